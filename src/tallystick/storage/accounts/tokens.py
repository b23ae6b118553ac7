"""Tokens of programs: of each only its hash is kept; whose it is, and what it may do of that, goes out.

A token may do what its scopes name, and never more than its owner by now: where the owner's role is lowered or the
account disabled, so are its tokens from the next request on.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from zlib import crc32

import sqlalchemy as sa

from tallystick.errors import AccountError
from tallystick.storage.accounts import tables
from tallystick.storage.accounts.opening import Accounts
from tallystick.storage.accounts.sessions import digest
from tallystick.storage.custody import instant

__all__ = [
    "BYTES",
    "INGEST",
    "PREFIX",
    "READ",
    "REVIEW",
    "SCOPES",
    "Token",
    "add",
    "find",
    "may",
    "mine",
    "minted",
    "revoke",
    "tokens",
    "touch",
]  # fmt: skip

READ, INGEST, REVIEW = "read", "ingest", "review"
# Each scope with the least role that it takes; the roles in order, each may do what those before it may.
ROLES = ("reader", "analyst", "administrator")
SCOPES: Mapping[str, str] = {READ: "reader", INGEST: "analyst", REVIEW: "analyst"}
# What scanners for secrets look for; the last six characters are a checksum, so that they need not ask.
PREFIX = "tally_"
# Bytes of chance in a token: beyond all guessing.
BYTES = 24
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
SECRET_DIGITS, CHECK_DIGITS = 33, 6
# Characters of a token that are shown again, by which its owner tells it from others.
SHOWN = len(PREFIX) + 4
LONGEST_LABEL = 60
# Of one person: who needs more has forgotten some.
MOST = 50


class Token(NamedTuple):
    """A token without what proves it.

    Attributes:
        number: Its number, which no other one ever gets.
        account: Number of its owner's account.
        owner: Name of the owner.
        role: What the owner may do now.
        label: What the owner calls it.
        hint: How it begins.
        scopes: What it was made for.
        made: When; ISO 8601 in UTC.
        expires: From when on it is worth nothing; None for never.
        used: When it was used last, to the minute; None for never.
        revoked: When it was revoked; None where it is not.
    """

    number: int
    account: int
    owner: str
    role: str
    label: str
    hint: str
    scopes: tuple[str, ...]
    made: str
    expires: str | None
    used: str | None
    revoked: str | None

    def may(self, scope: str) -> bool:
        """Whether it may do what a scope names, by its own scopes and by its owner's role now."""
        return scope in self.scopes and may(self.role, scope)

    def over(self, now: datetime) -> bool:
        """Whether it is revoked or has run out."""
        return self.revoked is not None or (self.expires is not None and self.expires <= instant(now))


OWN = ("number", "account", "label", "hint", "scopes", "made", "expires", "used", "revoked")
# Written once, as that of sessions: it runs for every request.
ALL = sa.select(
    *(tables.tokens.c[name] for name in OWN), tables.accounts.c.name.label("owner"), tables.accounts.c.role
).join_from(tables.tokens, tables.accounts)  # fmt: skip
FIND = ALL.where(tables.tokens.c.token == sa.bindparam("token"), tables.accounts.c.disabled.is_(None))


def may(role: str, scope: str) -> bool:
    """Give whether who has a role may do what a scope names."""
    return ROLES.index(role) >= ROLES.index(SCOPES[scope])


def minted(chance: bytes) -> str:
    """Give the token of `BYTES` bytes of chance."""
    secret = _digits(int.from_bytes(chance), SECRET_DIGITS)
    return PREFIX + secret + _check(secret)


def mine(text: str) -> bool:
    """Give whether a text has the form and the checksum of a token."""
    secret, check = text[len(PREFIX) : -CHECK_DIGITS], text[-CHECK_DIGITS:]
    return text.startswith(PREFIX) and len(secret) == SECRET_DIGITS and check == _check(secret)


def _check(secret: str) -> str:
    return _digits(crc32(secret.encode("utf-8", "replace")), CHECK_DIGITS)


def _digits(number: int, least: int) -> str:
    found = ""
    while number:
        number, digit = divmod(number, len(DIGITS))
        found = DIGITS[digit] + found
    return found.rjust(least, DIGITS[0])


def add(
    file: Accounts, account: int, secret: str, now: datetime, *, label: str, scopes: Sequence[str],
    expires: datetime | None = None,
) -> Token:  # fmt: skip
    """Keep a new token.

    Args:
        file: The accounts.
        account: Number of its owner's account.
        secret: The token, from `minted`; only its hash is kept.
        now: The time.
        label: What the owner calls it.
        scopes: What it may do.
        expires: From when on it is worth nothing; None for never.

    Raises:
        AccountError: Where there is no such account, its role does not cover a scope, or label or scopes cannot be.
    """
    name = " ".join(label.split())
    if not name or len(name) > LONGEST_LABEL or not name.isprintable():
        raise AccountError(f"give the token a name of 1 to {LONGEST_LABEL} letters that can be seen")
    wanted = tuple(scope for scope in SCOPES if scope in scopes)
    unknown = sorted(set(scopes) - set(SCOPES))
    if unknown or not wanted:
        raise AccountError(f"{', '.join(unknown) or 'no scope'}: a token has some of {', '.join(SCOPES)}")
    if expires is not None and expires <= now:
        raise AccountError("this token would have run out before it is used; give a later day")
    row = {
        "account": account, "token": digest(secret), "label": name, "hint": secret[:SHOWN],
        "scopes": json.dumps(wanted), "made": instant(now), "expires": None if expires is None else instant(expires),
    }  # fmt: skip
    with file.writing() as connection:
        owner = tables.accounts.c
        role = connection.scalar(sa.select(owner.role).where(owner.number == account, owner.disabled.is_(None)))
        if role is None:
            raise AccountError("there is no such account, or it is disabled")
        beyond = [scope for scope in wanted if not may(role, scope)]
        if beyond:
            raise AccountError(f"{', '.join(beyond)}: takes the role {SCOPES[beyond[0]]}; its owner is {role}")
        of = tables.tokens.c
        held = sa.select(sa.func.count()).where(of.account == account, of.revoked.is_(None))
        if (connection.scalar(held) or 0) >= MOST:
            raise AccountError(f"nobody has more than {MOST} tokens; revoke those that are not used")
        connection.execute(sa.insert(tables.tokens).values(row))
        return _token(connection.execute(FIND, {"token": row["token"]}).mappings().one())


def find(file: Accounts, secret: str, now: datetime) -> Token | None:
    """Give the token that holds now; None where there is none, it is over, or its owner's account is disabled."""
    if not mine(secret):
        return None
    with file.reading() as connection:
        row = connection.execute(FIND, {"token": digest(secret)}).mappings().first()
    found = None if row is None else _token(row)
    return None if found is None or found.over(now) else found


def touch(file: Accounts, number: int, now: datetime) -> None:
    """Keep that a token was used."""
    with file.writing() as connection:
        which = tables.tokens.c.number == number
        connection.execute(sa.update(tables.tokens).where(which).values(used=instant(now)))


def tokens(file: Accounts, account: int | None = None) -> tuple[Token, ...]:
    """Give the tokens of an account, or of all, the latest first; those that are over too."""
    of = tables.tokens.c
    query = ALL.order_by(of.number.desc())
    with file.reading() as connection:
        found = connection.execute(query if account is None else query.where(of.account == account)).mappings()
        return tuple(map(_token, found))


def revoke(file: Accounts, number: int, now: datetime, account: int | None = None) -> Token:
    """Make a token worth nothing, and give it.

    Args:
        file: The accounts.
        number: Of the token.
        now: The time.
        account: Whose it must be; None for anybody's.

    Raises:
        AccountError: Where there is no such token, or it is revoked already.
    """
    found = next((one for one in tokens(file, account) if one.number == number), None)
    if found is None:
        raise AccountError(f"there is no token {number}")
    if found.revoked is not None:
        raise AccountError(f"token {number} is revoked already")
    with file.writing() as connection:
        which = tables.tokens.c.number == number
        connection.execute(sa.update(tables.tokens).where(which).values(revoked=instant(now)))
    return found


def _token(row: sa.RowMapping) -> Token:
    return Token(**{**row, "scopes": tuple(json.loads(row["scopes"]))})
