"""Accounts in `workbench.sqlite`, a file in the folder of a case that is readable for its owner alone."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.pool import QueuePool

from tallystick.errors import CaseError

__all__ = ["ACCOUNTS_FILE", "File"]

ACCOUNTS_FILE = "workbench.sqlite"
# For its owner alone: hashes of passwords are in it.
MODE = 0o600
# Connections at once, as many as threads of the workbench use it; a further one waits.
CONNECTIONS = 16
# Seconds that a write waits for another one; each takes milliseconds.
PATIENCE = 10


class File:
    """An open file of accounts."""

    def __init__(self, folder: Path) -> None:
        """Open the file in a folder, or make an empty one there.

        Raises:
            CaseError: Where it cannot be used.
        """
        self._path = folder / ACCOUNTS_FILE
        self.name = str(self._path)
        """What people call it."""
        with self._told():
            folder.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, MODE)
            try:
                os.fchmod(descriptor, MODE)
            finally:
                os.close(descriptor)
        self._engine = sa.create_engine(
            "sqlite://", poolclass=QueuePool, pool_size=CONNECTIONS, max_overflow=0, creator=self._connect
        )

    def _connect(self) -> sqlite3.Connection:
        """A connection that begins no transaction of its own accord."""
        connection = sqlite3.connect(
            self._path, timeout=PATIENCE, isolation_level=None, check_same_thread=False
        )  # fmt: skip
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        return connection

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Give a connection to ask."""
        with self._told(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """Give a connection in a transaction that no other write goes between."""
        with self._told(), self._engine.begin() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield connection

    def version(self, connection: sa.Connection) -> int:
        """Give how many steps it has taken."""
        return int(connection.exec_driver_sql("PRAGMA user_version").scalar() or 0)

    def set_version(self, connection: sa.Connection, version: int) -> None:
        """Keep how many steps it has taken."""
        connection.exec_driver_sql(f"PRAGMA user_version={version}")

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn what SQLite and the disk say into an error that names the file."""
        try:
            yield
        except sa.exc.IntegrityError:
            raise
        except sa.exc.DBAPIError as error:
            raise CaseError(self.name, f"cannot be used ({error.orig})") from error
        except OSError as error:
            raise CaseError(self.name, f"cannot be used: {error.strerror or error}") from error

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()
