"""A case in either kind of store: one that was made in a folder, and its rows in a database of PostgreSQL."""

from collections.abc import Callable
from pathlib import Path
from shutil import copytree
from typing import TypeAlias

import pytest
import sqlalchemy as sa

from databases import POSTGRESQL, SQLITE, Server
from tallystick.storage import schema, tables
from tallystick.storage.opening import store_at
from tallystick.storage.stores.address import CaseAddress

__all__ = ["Kept", "copied_to", "copies", "fresh", "kept"]

Kept: TypeAlias = Callable[[Path], CaseAddress]


def copied_to(address: str, folder: Path) -> None:
    """Put the rows of a case, not its files, into an empty database."""
    source, target = store_at(folder), store_at(address)
    with (
        source.engine(read_only=True).connect() as one, source.reading(one),
        target.engine(read_only=False).connect() as other, target.writing(other),
    ):  # fmt: skip
        schema.upgrade(other, address, create=True)
        other.execute(sa.delete(tables.gone))
        for table in tables.metadata.sorted_tables:
            rows = one.execute(sa.select(table).order_by(*table.primary_key)).mappings().all()
            if rows:
                other.execute(sa.insert(table), [dict(row) for row in rows])
            key = next(iter(table.primary_key)).name
            counter = other.scalar(sa.select(sa.func.pg_get_serial_sequence(table.name, key)))
            if rows and counter and rows[-1][key] > 0:
                other.execute(sa.select(sa.func.setval(counter, rows[-1][key])))
        # As a server does by itself after a while.
        other.exec_driver_sql("ANALYZE")


@pytest.fixture(scope="session")
def copies(request: pytest.FixtureRequest) -> Kept:
    """Gives the copy of a case in PostgreSQL, of the same state of it always the same one."""
    made: dict[tuple[Path, bytes], str] = {}

    def of(folder: Path) -> CaseAddress:
        server: Server = request.getfixturevalue("server")
        state = (folder, b"".join(path.read_bytes() for path in sorted(folder.glob("case.sqlite*"))))
        if state not in made:
            # Gone with the server.
            made[state] = server.address(server.create())
            copied_to(made[state], folder)
        return store_at(made[state]).address

    return of


@pytest.fixture(params=[SQLITE, POSTGRESQL])
def kept(request: pytest.FixtureRequest) -> Kept:
    """Gives the address of a case that was made in a folder: the folder, and then that of its copy in PostgreSQL."""
    if request.param == SQLITE:
        return lambda folder: folder
    found: Kept = request.getfixturevalue("copies")
    return found


@pytest.fixture(params=[SQLITE, POSTGRESQL])
def fresh(request: pytest.FixtureRequest, tmp_path: Path) -> Kept:
    """As `kept`, but a copy that the test may write to."""
    if request.param == SQLITE:
        return lambda folder: Path(copytree(folder, tmp_path / "fresh"))
    server: Server = request.getfixturevalue("server")

    def of(folder: Path) -> CaseAddress:
        address = server.address(server.create())
        copied_to(address, folder)
        return store_at(address).address

    return of
