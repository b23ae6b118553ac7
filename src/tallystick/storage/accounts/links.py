"""One-time links: each lets one person in, once, and until it runs out."""

from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from tallystick.errors import AccountError
from tallystick.storage.accounts import tables
from tallystick.storage.accounts.opening import Accounts
from tallystick.storage.accounts.people import insert
from tallystick.storage.accounts.sessions import digest
from tallystick.storage.custody import instant

__all__ = ["Link", "find", "keep", "pending", "use"]

GONE = "this link has been used, has run out, or never was; ask for another one"


class Link(NamedTuple):
    """A link that can be used.

    Attributes:
        account: Number of the account whose password it sets; None where it makes an account.
        name: Name of that account.
        role: Role of that account, or of the one that it makes.
        by: Who made it; "" where it was printed at the start.
    """

    account: int | None
    name: str | None
    role: str
    by: str


def keep(file: Accounts, token: str, role: str, expires: datetime, *, account: int | None = None, by: str = "") -> None:
    """Keep a new link; one for the same account, or another one that makes a first account, works no longer."""
    row = {"token": digest(token), "account": account, "role": role, "by": by, "expires": instant(expires)}
    earlier = tables.links.c.account.is_(None) if account is None else tables.links.c.account == account
    with file.writing() as connection:
        connection.execute(sa.delete(tables.links).where(earlier))
        connection.execute(sa.insert(tables.links).values(row))


def find(file: Accounts, token: str, now: datetime) -> Link:
    """Give the link of a token without using it.

    Raises:
        AccountError: Where it cannot be used.
    """
    with file.reading() as connection:
        return _find(connection, token, now)


def _find(connection: sa.Connection, token: str, now: datetime) -> Link:
    links, accounts = tables.links.c, tables.accounts.c
    query = (
        sa.select(links.account, accounts.name, sa.func.coalesce(accounts.role, links.role), links.by)
        .join_from(tables.links, tables.accounts, isouter=True)
        .where(links.token == digest(token), links.expires > instant(now), accounts.disabled.is_(None))
    )
    row = connection.execute(query).first()
    if row is None:
        raise AccountError(GONE)
    return Link(*row)


def use(file: Accounts, token: str, now: datetime, password: str, name: str = "") -> int:
    """Use a link: set the password of its account, or make the account that it is for, and give its number.

    Args:
        file: Where it is kept.
        token: What the address of the link ends with.
        now: When.
        password: Hash of the password.
        name: Name of the account where the link makes one.

    Raises:
        AccountError: Where it cannot be used, or the name cannot be; then it can be used still.
    """
    with file.writing() as connection:
        link = _find(connection, token, now)
        connection.execute(sa.delete(tables.links).where(tables.links.c.token == digest(token)))
        if link.account is None:
            return insert(connection, name, link.role, now, password=password)
        which = tables.accounts.c.number == link.account
        connection.execute(sa.update(tables.accounts).where(which).values(password=password))
        connection.execute(sa.delete(tables.sessions).where(tables.sessions.c.account == link.account))
        return link.account


def pending(file: Accounts, now: datetime) -> dict[int, str]:
    """Give until when each account has a link that nobody has used."""
    columns = tables.links.c
    query = sa.select(columns.account, columns.expires).where(
        columns.account.is_not(None), columns.expires > instant(now)
    )
    with file.reading() as connection:
        return {int(account): expires for account, expires in connection.execute(query)}
