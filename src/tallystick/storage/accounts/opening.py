"""The accounts of a workbench: the folder of a case comes in, an open `workbench.sqlite` in it goes out.

It is readable for its owner alone. Every write is one short transaction, and none touches the file of the case.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.pool import QueuePool

from tallystick.errors import CaseError, CaseVersionError
from tallystick.storage.accounts.tables import STEPS
from tallystick.storage.opening import store_at
from tallystick.storage.stores.address import CaseAddress

__all__ = ["ACCOUNTS_FILE", "Accounts"]

ACCOUNTS_FILE = "workbench.sqlite"
# For its owner alone: hashes of passwords are in it.
MODE = 0o600
# Connections at once, as many as threads of the workbench use it; a further one waits.
CONNECTIONS = 16
# Seconds that a write waits for another one; each takes milliseconds.
PATIENCE = 10


class Accounts:
    """An open file of accounts; the modules beside this one ask and change it, `close` lets go of it."""

    def __init__(self, address: CaseAddress) -> None:
        """Open the file in the folder of a case, or make it there; of a database, in what this machine has of it.

        Raises:
            CaseVersionError: Where a newer Tallystick made it.
            CaseError: Where it cannot be used.
        """
        folder = store_at(address).folder
        self.path = folder / ACCOUNTS_FILE
        with self._told():
            folder.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, MODE)
            try:
                os.fchmod(descriptor, MODE)
            finally:
                os.close(descriptor)
        self._engine = sa.create_engine(
            "sqlite://", poolclass=QueuePool, pool_size=CONNECTIONS, max_overflow=0, creator=self._connect
        )
        try:
            self._prepare()
        except BaseException:
            self.close()
            raise

    def _connect(self) -> sqlite3.Connection:
        """A connection that begins no transaction of its own accord."""
        connection = sqlite3.connect(
            self.path, timeout=PATIENCE, isolation_level=None, check_same_thread=False
        )  # fmt: skip
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        return connection

    def _prepare(self) -> None:
        """Take the steps that the file has not taken yet."""
        with self.reading() as connection:
            if _version(connection) == len(STEPS):
                return
        with self.writing() as connection:
            version = _version(connection)
            if version > len(STEPS):
                reason = f"was made by a newer Tallystick (version {version}); install that version"
                raise CaseVersionError(str(self.path), reason)
            for step in STEPS[version:]:
                step(connection)
            connection.exec_driver_sql(f"PRAGMA user_version={len(STEPS)}")

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Give a connection to ask.

        Raises:
            CaseError: Where the file cannot be read.
        """
        with self._told(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """Give a connection in a transaction that no other write goes between; it is kept, or on an error dropped.

        Raises:
            CaseError: Where the file cannot be written.
        """
        with self._told(), self._engine.begin() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield connection

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn what SQLite and the disk say into an error that names the file."""
        try:
            yield
        except sa.exc.IntegrityError:
            raise
        except sa.exc.DBAPIError as error:
            raise CaseError(str(self.path), f"cannot be used ({error.orig})") from error
        except OSError as error:
            raise CaseError(str(self.path), f"cannot be used: {error.strerror or error}") from error

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def __enter__(self) -> "Accounts":
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()


def _version(connection: sa.Connection) -> int:
    """How many steps a file has taken."""
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar() or 0)
