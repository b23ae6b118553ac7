"""Sessions: the hash of what a browser holds comes in, whose account it is goes out."""

from datetime import datetime
from hashlib import sha256
from typing import NamedTuple

import sqlalchemy as sa

from tallystick.storage.accounts import tables
from tallystick.storage.accounts.opening import Accounts
from tallystick.storage.custody import instant

__all__ = ["Session", "begin", "counted", "digest", "end", "end_all", "find", "sweep", "touch"]


class Session(NamedTuple):
    """A session whose account is not disabled.

    Attributes:
        account: Number of the account.
        name: Its name.
        role: What it may do now, not what it might when the session began.
        used: When it was used last, to the minute.
        expires: When it ends at the latest.
    """

    account: int
    name: str
    role: str
    used: str
    expires: str


# Written once: the statement is built only here, since it runs for every request.
FIND = (
    sa.select(
        tables.accounts.c.number, tables.accounts.c.name, tables.accounts.c.role, tables.sessions.c.used,
        tables.sessions.c.expires,
    )
    .join_from(tables.sessions, tables.accounts)
    .where(tables.sessions.c.token == sa.bindparam("token"), tables.accounts.c.disabled.is_(None))
)  # fmt: skip


def digest(token: str) -> str:
    """Give what is kept of a secret that has more than enough chance in it to need no salt."""
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def begin(file: Accounts, token: str, account: int, now: datetime, expires: datetime, address: str) -> None:
    """Keep a new session; `token` is what the browser holds."""
    row = {
        "token": digest(token), "account": account, "made": instant(now), "used": instant(now),
        "expires": instant(expires), "address": address,
    }  # fmt: skip
    with file.writing() as connection:
        connection.execute(sa.insert(tables.sessions).values(row))


def find(file: Accounts, token: str) -> Session | None:
    """Give the session of a token, which may have run out; None where there is none, or its account is disabled."""
    with file.reading() as connection:
        row = connection.execute(FIND, {"token": digest(token)}).first()
    return None if row is None else Session(*row)


def touch(file: Accounts, token: str, now: datetime) -> None:
    """Keep that a session was used."""
    with file.writing() as connection:
        which = tables.sessions.c.token == digest(token)
        connection.execute(sa.update(tables.sessions).where(which).values(used=instant(now)))


def end(file: Accounts, token: str) -> None:
    """End a session."""
    with file.writing() as connection:
        connection.execute(sa.delete(tables.sessions).where(tables.sessions.c.token == digest(token)))


def end_all(file: Accounts, account: int, besides: str = "") -> int:
    """End all sessions of an account besides that of one token, and give how many there were."""
    columns = tables.sessions.c
    with file.writing() as connection:
        gone = sa.delete(tables.sessions).where(columns.account == account, columns.token != digest(besides))
        return connection.execute(gone).rowcount


def sweep(file: Accounts, now: datetime, unused_since: datetime) -> None:
    """Forget sessions that have run out."""
    columns = tables.sessions.c
    with file.writing() as connection:
        over = sa.or_(columns.expires <= instant(now), columns.used <= instant(unused_since))
        connection.execute(sa.delete(tables.sessions).where(over))


def counted(file: Accounts, now: datetime, unused_since: datetime) -> dict[int, int]:
    """Give how many sessions each account has that has any."""
    columns = tables.sessions.c
    query = (
        sa.select(columns.account, sa.func.count())
        .where(columns.expires > instant(now), columns.used > instant(unused_since))
        .group_by(columns.account)
    )
    with file.reading() as connection:
        return {int(account): int(number) for account, number in connection.execute(query)}
