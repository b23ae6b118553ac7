"""Accounts in PostgreSQL: a schema beside that of the case, in the same database.

It has a name of its own, so that the rights to read the case give none to read hashes of passwords.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from tallystick.errors import CaseError
from tallystick.storage.stores.postgres import Postgres

__all__ = ["Schema", "is_beside"]

# Behind the name of the schema of the case.
BEHIND = "_workbench"
# Every connection looks for tables there alone, and writers take turns apart from those of the case.
ENTER = f"SELECT set_config('search_path', quote_ident(current_schema() || '{BEHIND}'), false)"
WHERE = "SELECT current_setting('search_path')"
# Who makes the schema waits for whoever is making it.
TURN = "SELECT pg_advisory_xact_lock(hashtext('tallystick workbench'))"


def is_beside(store: Postgres) -> bool:
    """Whether there is a schema of accounts beside that of a case.

    Raises:
        CaseError: Where the database cannot be reached.
    """
    with store.told(), store.engine(read_only=True).connect() as connection, store.reading(connection):
        found = connection.exec_driver_sql(f"SELECT to_regnamespace(quote_ident(current_schema() || '{BEHIND}'))")
        return found.scalar() is not None


class Schema:
    """An open schema of accounts."""

    def __init__(self, store: Postgres) -> None:
        """Open the schema beside that of a case, or make an empty one.

        Raises:
            CaseError: Where it cannot be used.
        """
        self._store = store
        self.name = f"{store.address} (accounts)"
        """What people call it."""
        self._engine = store.readers()

        @sa.event.listens_for(self._engine, "connect")
        def _enter(connection: Any, _record: object) -> None:
            with connection.cursor() as cursor:
                cursor.execute(ENTER)
            connection.commit()

        try:
            self._make()
        except BaseException:
            self.close()
            raise

    def _make(self) -> None:
        """Make the schema where there is none."""
        with self._told(), self._engine.begin() as connection:
            connection.exec_driver_sql(TURN)
            schema = connection.exec_driver_sql(WHERE).scalar()
            if connection.exec_driver_sql("SELECT current_schema()").scalar() is None:
                connection.exec_driver_sql(f"CREATE SCHEMA IF NOT EXISTS {schema}")
                connection.exec_driver_sql("CREATE TABLE IF NOT EXISTS steps (taken integer NOT NULL)")

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Give a connection to ask."""
        with self._told(), self._engine.connect() as connection, self._store.reading(connection):
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """Give a connection in a transaction that no other write goes between."""
        with self._told(), self._engine.connect() as connection, self._store.writing(connection):
            yield connection

    def version(self, connection: sa.Connection) -> int:
        """Give how many steps it has taken."""
        return int(connection.exec_driver_sql("SELECT max(taken) FROM steps").scalar() or 0)

    def set_version(self, connection: sa.Connection, version: int) -> None:
        """Keep how many steps it has taken."""
        connection.exec_driver_sql(f"INSERT INTO steps VALUES ({version})")  # noqa: S608 - a number

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn what the database says into an error that names the case; what breaks a rule of a table stays."""
        try:
            with self._store.told():
                yield
        except CaseError as error:
            if isinstance(error.__cause__, sa.exc.IntegrityError):
                raise error.__cause__ from None
            raise

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()
