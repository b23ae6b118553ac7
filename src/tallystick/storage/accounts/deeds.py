"""The audit log: what everybody did, in order; it is only added to, and the file itself refuses anything else."""

from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from tallystick.storage.accounts import tables
from tallystick.storage.accounts.opening import Accounts
from tallystick.storage.custody import instant

__all__ = ["Deed", "Found", "actions", "note", "page"]

# What was done stays readable; a whole report does not belong here.
LONGEST = 2_000


class Deed(NamedTuple):
    """One entry.

    Attributes:
        number: Its number, from 1 without a gap.
        time: When; ISO 8601 in UTC.
        who: Name of the account; "" where nobody was signed in.
        action: What was done, such as "sign in".
        subject: To what.
        told: What else there is to say.
        address: From which address; "" where the program itself did it.
    """

    number: int
    time: str
    who: str
    action: str
    subject: str
    told: str
    address: str


class Found(NamedTuple):
    """A page of the log, the latest first.

    Attributes:
        deeds: Its entries.
        number: Which page it is, from 1.
        pages: How many there are, at least 1.
        total: How many entries there are on all of them.
    """

    deeds: tuple[Deed, ...]
    number: int
    pages: int
    total: int


COLUMNS = tuple(tables.audit.c[name] for name in Deed._fields)


def note(
    file: Accounts, now: datetime, who: str, action: str, subject: str, told: str = "", address: str = ""
) -> None:  # fmt: skip
    """Add an entry."""
    values = {"time": instant(now), "who": who, "action": action, "subject": subject, "told": told, "address": address}
    row = {name: _written(value) for name, value in values.items()}
    with file.writing() as connection:
        last = connection.scalar(sa.select(sa.func.max(tables.audit.c.number))) or 0
        connection.execute(sa.insert(tables.audit).values(number=last + 1, **row))


def _written(value: str) -> str:
    """A text as SQLite can hold it, cut off where it is too long."""
    held = value.encode("utf-8", "replace").decode("utf-8")
    return held if len(held) <= LONGEST else held[: LONGEST - 1] + "…"


def page(file: Accounts, number: int, size: int, *, who: str = "", action: str = "") -> Found:
    """Give a page of the log; `who` and `action` leave out what others did, and what else was done."""
    columns = tables.audit.c
    asked = ((columns.who, who), (columns.action, action))
    which = [column == value for column, value in asked if value]
    with file.reading() as connection:
        total = int(connection.scalar(sa.select(sa.func.count()).select_from(tables.audit).where(*which)) or 0)
        pages = max(1, -(-total // size))
        shown = min(max(number, 1), pages)
        query = sa.select(*COLUMNS).where(*which).order_by(columns.number.desc())
        rows = connection.execute(query.limit(size).offset((shown - 1) * size))
        return Found(tuple(Deed(*row) for row in rows), shown, pages, total)


def actions(file: Accounts) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give who is named in the log, and what was done, each in order."""
    columns = tables.audit.c
    with file.reading() as connection:
        who = connection.scalars(sa.select(columns.who).distinct().where(columns.who != "").order_by(columns.who))
        done = connection.scalars(sa.select(columns.action).distinct().order_by(columns.action))
        return tuple(who), tuple(done)
