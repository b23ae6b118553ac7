"""When somebody last looked, for what has changed since; by name, and by the folder of the case."""

from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from tallystick.storage.accounts import tables
from tallystick.storage.accounts.opening import Accounts
from tallystick.storage.accounts.people import key_of
from tallystick.storage.custody import instant

__all__ = ["last_visit", "visited"]


def last_visit(folder: Path, name: str) -> datetime | None:
    """Give when `name` last looked at the case in `folder`; None where that is not known.

    Raises:
        CaseError: Where the accounts cannot be read.
    """
    query = sa.select(tables.visits.c.time).where(tables.visits.c.key == key_of(name))
    with Accounts(folder) as file, file.reading() as connection:
        found = connection.scalar(query)
    return None if found is None else datetime.fromisoformat(found)


def visited(folder: Path, name: str, time: datetime) -> None:
    """Keep that `name` has looked at the case in `folder`.

    Raises:
        CaseError: Where the accounts cannot be written.
    """
    row = {"key": key_of(name), "time": instant(time)}
    kept = insert(tables.visits).values(row).on_conflict_do_update(index_elements=["key"], set_={"time": row["time"]})
    with Accounts(folder) as file, file.writing() as connection:
        connection.execute(kept)
