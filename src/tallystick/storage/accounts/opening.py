"""The accounts of a workbench: the address of a case comes in, what holds its accounts open goes out.

Beside a case in a folder lies a file that is its owner's alone; of a case in a database they are in a schema of their
own. Every write is one short transaction, and none touches a table of the case.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from tallystick.errors import CaseVersionError
from tallystick.storage.accounts.database import Schema
from tallystick.storage.accounts.file import ACCOUNTS_FILE, File
from tallystick.storage.accounts.tables import STEPS
from tallystick.storage.opening import store_at
from tallystick.storage.stores.address import CaseAddress
from tallystick.storage.stores.postgres import Postgres

__all__ = ["ACCOUNTS_FILE", "Accounts"]


class Accounts:
    """Open accounts; the modules beside this one ask and change them, `close` lets go of them."""

    def __init__(self, address: CaseAddress) -> None:
        """Open the accounts of a case, or make them.

        Raises:
            CaseVersionError: Where a newer Tallystick made them.
            CaseError: Where they cannot be used.
        """
        store = store_at(address)
        self._held = Schema(store) if isinstance(store, Postgres) else File(store.folder)
        try:
            self._prepare()
        except BaseException:
            self.close()
            raise

    def _prepare(self) -> None:
        """Take the steps that have not been taken yet."""
        with self.reading() as connection:
            if self._held.version(connection) == len(STEPS):
                return
        with self.writing() as connection:
            version = self._held.version(connection)
            if version > len(STEPS):
                reason = f"was made by a newer Tallystick (version {version}); install that version"
                raise CaseVersionError(self._held.name, reason)
            for step in STEPS[version:]:
                step(connection)
            self._held.set_version(connection, len(STEPS))

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Give a connection to ask.

        Raises:
            CaseError: Where they cannot be read.
        """
        with self._held.reading() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """Give a connection in a transaction that no other write goes between; it is kept, or on an error dropped.

        Raises:
            CaseError: Where they cannot be written.
        """
        with self._held.writing() as connection:
            yield connection

    def close(self) -> None:
        """Let go of them."""
        self._held.close()

    def __enter__(self) -> "Accounts":
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()
