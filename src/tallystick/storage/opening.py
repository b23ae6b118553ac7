"""The door of a case: its address comes in, the store that is behind it goes out."""

from pathlib import Path

from tallystick.storage.stores.address import CaseAddress, Database, case_address
from tallystick.storage.stores.postgres import Postgres
from tallystick.storage.stores.sqlite import FILE, Sqlite
from tallystick.storage.stores.store import Store

__all__ = ["FILE", "store_at"]


def store_at(address: CaseAddress | str) -> Store:
    """Give the store of a case.

    Args:
        address: The path of its folder, a `Database`, or what a user writes for either.

    Raises:
        CaseError: Where it is no address.
        ExtraMissingError: Where it is a database and the extra `team` is not installed.
    """
    found = case_address(address) if isinstance(address, str) else address
    return Postgres.of(found) if isinstance(found, Database) else Sqlite(Path(str(found)))
