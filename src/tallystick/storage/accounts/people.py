"""Accounts: who may use the workbench, in which role, and how they sign in."""

import unicodedata
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from tallystick.errors import AccountError
from tallystick.storage.accounts import tables
from tallystick.storage.accounts.opening import Accounts
from tallystick.storage.custody import instant

__all__ = [
    "ADMINISTRATOR", "Person", "add", "administrators", "by_mail", "by_name", "by_number", "by_subject", "disable",
    "enable", "everybody", "key_of", "name_of", "pin", "seen", "set_mail", "set_password", "set_role",
]  # fmt: skip

# The role that can never be without somebody who can use it.
ADMINISTRATOR = "administrator"
# A name stands in judgements, in the audit log and in the bar of every page.
LONGEST_NAME = 60


class Person(NamedTuple):
    """An account.

    Attributes:
        number: Its number, which no other account ever gets.
        name: Its name.
        role: What it may do.
        password: Hash of its password; None where it has none.
        mail: Address under which single sign-on knows its owner.
        subject: Issuer and subject under which single sign-on has known its owner.
        made: When it was made.
        disabled: When it was disabled; None where it is not.
        seen: When its owner signed in last.
    """

    number: int
    name: str
    role: str
    password: str | None
    mail: str | None
    subject: str | None
    made: str
    disabled: str | None
    seen: str | None


COLUMNS = tuple(tables.accounts.c[name] for name in Person._fields)


def name_of(given: str) -> str:
    """Give a name as it is kept.

    Raises:
        AccountError: Where it is empty, too long, or has letters that cannot be seen.
    """
    name = " ".join(unicodedata.normalize("NFC", given).split())
    if not name:
        raise AccountError("give a name")
    if len(name) > LONGEST_NAME:
        raise AccountError(f"the name is longer than {LONGEST_NAME} letters")
    if any(unicodedata.category(letter).startswith("C") for letter in name):
        raise AccountError("the name has letters that cannot be seen")
    return name


def key_of(name: str) -> str:
    """Give what two names share that differ only in case or in how their letters are encoded."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def everybody(file: Accounts) -> tuple[Person, ...]:
    """Give all accounts, in order of name."""
    with file.reading() as connection:
        return tuple(Person(*row) for row in connection.execute(sa.select(*COLUMNS).order_by(tables.accounts.c.key)))


def by_number(file: Accounts, number: int) -> Person:
    """Give the account of that number.

    Raises:
        AccountError: Where there is none.
    """
    found = _one(file, tables.accounts.c.number == number)
    if found is None:
        raise AccountError("there is no such account")
    return found


def by_name(file: Accounts, name: str) -> Person | None:
    """Give the account of that name."""
    return _one(file, tables.accounts.c.key == key_of(name))


def by_mail(file: Accounts, mail: str) -> Person | None:
    """Give the account whose owner has that address."""
    return _one(file, tables.accounts.c.mail == mail.strip().casefold())


def by_subject(file: Accounts, subject: str) -> Person | None:
    """Give the account whose owner single sign-on has known as that."""
    return _one(file, tables.accounts.c.subject == subject)


def _one(file: Accounts, which: sa.ColumnElement[bool]) -> Person | None:
    with file.reading() as connection:
        row = connection.execute(sa.select(*COLUMNS).where(which)).first()
    return None if row is None else Person(*row)


def administrators(file: Accounts) -> int:
    """Give how many administrators can sign in."""
    with file.reading() as connection:
        return _able(connection, 0)


def _able(connection: sa.Connection, besides: int) -> int:
    """How many administrators can sign in, besides one."""
    columns = tables.accounts.c
    way_in = sa.or_(columns.password.is_not(None), columns.mail.is_not(None), columns.subject.is_not(None))
    query = sa.select(sa.func.count()).where(
        columns.role == ADMINISTRATOR, columns.disabled.is_(None), way_in, columns.number != besides
    )
    return int(connection.scalar(query) or 0)


def add(
    file: Accounts, name: str, role: str, now: datetime, *, password: str | None = None, mail: str | None = None,
    subject: str | None = None,
) -> Person:  # fmt: skip
    """Make an account and give it.

    Raises:
        AccountError: Where the name cannot be, or name, address or subject have an account already.
    """
    with file.writing() as connection:
        number = insert(connection, name, role, now, password=password, mail=mail, subject=subject)
    return by_number(file, number)


def insert(
    connection: sa.Connection, name: str, role: str, now: datetime, *, password: str | None = None,
    mail: str | None = None, subject: str | None = None,
) -> int:  # fmt: skip
    """Make an account within a transaction and give its number.

    Raises:
        AccountError: As `add`.
    """
    kept = name_of(name)
    row: dict[str, Any] = {
        "name": kept, "key": key_of(kept), "role": role, "password": password, "mail": _mail(mail), "subject": subject,
        "made": instant(now),
    }  # fmt: skip
    try:
        made = connection.execute(sa.insert(tables.accounts).values(row)).inserted_primary_key
    except sa.exc.IntegrityError as error:
        raise AccountError("there is an account of this name, or for this address") from error
    return int(made[0]) if made else 0


def _mail(given: str | None) -> str | None:
    """An address as it is kept; None where none is given."""
    mail = (given or "").strip().casefold()
    if mail and ("@" not in mail or any(letter.isspace() for letter in mail)):
        raise AccountError(f"'{mail}' is no mail address")
    return mail or None


def _change(file: Accounts, number: int, *, last: str = "", **values: str | None) -> None:
    """Change an account; with `last`, which says why not, never so that no administrator is left."""
    with file.writing() as connection:
        which = tables.accounts.c.number == number
        role = connection.scalar(sa.select(tables.accounts.c.role).where(which))
        if role is None:
            raise AccountError("there is no such account")
        if last and role == ADMINISTRATOR and not _able(connection, number):
            raise AccountError(last)
        try:
            connection.execute(sa.update(tables.accounts).where(which).values(values))
        except sa.exc.IntegrityError as error:
            raise AccountError("another account has this address") from error
        if values.get("disabled"):
            for table in (tables.sessions, tables.links):
                connection.execute(sa.delete(table).where(table.c.account == number))


def set_role(file: Accounts, number: int, role: str) -> None:
    """Give an account another role.

    Raises:
        AccountError: Where there is none, or it is the last administrator.
    """
    last = "" if role == ADMINISTRATOR else "this is the last administrator; make another one first"
    _change(file, number, last=last, role=role)


def disable(file: Accounts, number: int, now: datetime) -> None:
    """Disable an account, and end its sessions and links.

    Raises:
        AccountError: Where there is none, or it is the last administrator.
    """
    _change(file, number, last="this is the last administrator; make another one first", disabled=instant(now))


def enable(file: Accounts, number: int) -> None:
    """Let an account in again."""
    _change(file, number, disabled=None)


def set_password(file: Accounts, number: int, password: str) -> None:
    """Keep the hash of a password."""
    _change(file, number, password=password)


def set_mail(file: Accounts, number: int, mail: str) -> None:
    """Tie an account to the address under which single sign-on knows its owner; "" unties it.

    Raises:
        AccountError: Where it is no address, or that of another account.
    """
    kept = _mail(mail)
    alone = kept is None and by_number(file, number).password is None
    last = "this is how the last administrator signs in; make another one first" if alone else ""
    _change(file, number, last=last, mail=kept, subject=None)


def pin(file: Accounts, number: int, subject: str) -> None:
    """Keep as whom single sign-on knows the owner of an account: from now on an address alone opens it to nobody."""
    _change(file, number, subject=subject)


def seen(file: Accounts, number: int, now: datetime) -> None:
    """Keep that the owner has signed in."""
    _change(file, number, seen=instant(now))
