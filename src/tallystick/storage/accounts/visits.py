"""When everybody last looked, for what has changed since."""

import sqlalchemy as sa

from tallystick.storage.accounts import tables
from tallystick.storage.accounts.opening import Accounts
from tallystick.storage.accounts.people import key_of

__all__ = ["Visits"]

NOTE = sa.text(
    'INSERT INTO visits ("key", time) VALUES (:key, :time) ON CONFLICT ("key") DO UPDATE SET time = excluded.time'
)


class Visits:
    """The visits that a file of accounts knows of."""

    def __init__(self, file: Accounts) -> None:
        self._file = file

    def last(self, name: str) -> str | None:
        """Give when `name` was last noted, as it was noted; None where that is not known."""
        query = sa.select(tables.visits.c.time).where(tables.visits.c.key == key_of(name))
        with self._file.reading() as connection:
            found: str | None = connection.scalar(query)
        return found

    def note(self, name: str, time: str) -> None:
        """Keep that `name` looks at the case at this UTC time, ISO 8601 with "Z"."""
        with self._file.writing() as connection:
            connection.execute(NOTE, {"key": key_of(name), "time": time})
