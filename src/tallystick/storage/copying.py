"""A case from one store into another without loss: two addresses come in, how much was copied goes out.

A copy is whole or not there: in a folder the file of its tables gets its name last, in a database everything is one
transaction. At the end every row and every file of the copy is read again and held against what was read of the case.
"""

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import sqlalchemy as sa

from tallystick.errors import CaseError
from tallystick.model.progress import Progress, Silent
from tallystick.storage import evidence, schema, tables
from tallystick.storage.case import REPORT
from tallystick.storage.opening import FILE, store_at
from tallystick.storage.stores import bulk
from tallystick.storage.stores.address import CaseAddress
from tallystick.storage.stores.bulk import Row, Shape
from tallystick.storage.stores.sqlite import Sqlite
from tallystick.storage.stores.store import Files, Store
from tallystick.storage.taking_over import DOSSIERS

__all__ = ["Copied", "copy"]

# What a folder holds while a case is copied into it; one that was cut off is begun anew there.
UNFINISHED = "copy.part"
# Rows and files that are handed over at once.
ROWS = 20_000
FILES = 2_000
# What lies in these is never written over.
FIXED = (evidence.ORIGINALS, evidence.RECORDS, evidence.STAMPS)
BELOW_FIXED = tuple(f"{folder}/" for folder in FIXED)
# Every table, each behind those that its rows belong to.
ALL = tables.metadata.sorted_tables


class Sum(NamedTuple):
    """Rows of one table, or files: how many, and the SHA-256 in hex of all of them in their order."""

    pieces: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Copied:
    """What a case and its copy hold.

    Attributes:
        rows: Of each table how many rows, by its name.
        files: Number of files.
        sha256: In hex, over every row and every file.
    """

    rows: Mapping[str, int]
    files: int
    sha256: str


def copy(source: CaseAddress, target: CaseAddress, *, progress: Progress | None = None) -> Copied:
    """Copy the case at `source`, as it is at this moment, to `target`.

    Accounts of a workbench are another matter: `storage.accounts.moving`.

    Args:
        source: The case; only read.
        target: A folder that is empty or not there, or an empty database; or where a copy was cut off.
        progress: Told of every row and every file, each of them copied and read again.

    Raises:
        CaseError: Where there is no case at `source`, something else at `target`, or the copy is not what was copied.
        CaseVersionError: Where another Tallystick made the case.
    """
    origin, place = store_at(source), store_at(target)
    origin.require(create=False)
    with _read(origin) as (held, kept), _written(place) as (made, put):
        there = sum(_count(held, table) for table in ALL)
        listener = _Listener(progress or Silent(), 2 * (there + sum(1 for _ in _names(kept))))
        files = _copy_files(kept, put, listener)
        with bulk.gathered(made):
            rows = {table.name: _copy_rows(held, made, table, listener) for table in ALL}
        bulk.take_up(made)
        for table in ALL:
            if _sum(_portions(made, table), listener) != rows[table.name]:
                raise CaseError(str(target), f"its {table.name} are not those of {source}; copy it again")
        if _sum_of_files(put, listener) != files:
            raise CaseError(str(target), f"its files are not those of {source}; copy it again")
    whole = sha256("".join(one.sha256 for one in (*rows.values(), files)).encode()).hexdigest()
    return Copied({name: one.pieces for name, one in rows.items()}, files.pieces, whole)


class _Listener:
    """Counts rows and files that were copied or read again, of so many."""

    def __init__(self, progress: Progress, of: int) -> None:
        self._progress = progress
        self._done, self._of = 0, of

    def advance(self, pieces: int) -> None:
        """Count some more."""
        self._done += pieces
        self._progress.advance(pieces)
        self._progress.reach(self._done, self._of)


@contextmanager
def _read(origin: Store) -> Iterator[tuple[sa.Connection, Files]]:
    """A block in which everything that is read of a case is of one moment."""
    with origin.told():
        connection = origin.engine(read_only=True).connect()
    with connection, origin.reading(connection):
        with origin.told():
            schema.check(connection, str(origin.address))
        yield connection, origin.files(connection)


@contextmanager
def _written(place: Store) -> Iterator[tuple[sa.Connection, Files]]:
    """A block that ends with a whole case, or without any."""
    if isinstance(place, Sqlite):
        with place.told(), _in_folder(place.address) as made:
            yield made
        return
    with place.told(), place.engine(read_only=False).connect() as connection, place.writing(connection):
        _make(connection, place)
        yield connection, place.files(connection)


@contextmanager
def _in_folder(folder: Path) -> Iterator[tuple[sa.Connection, Files]]:
    """A block whose tables are in a file of another name until its end."""
    unfinished = folder / UNFINISHED
    if unfinished.is_dir() and not (folder / FILE).exists():
        # What is there is of a copy that was cut off, and nobody's work.
        for name in (*FIXED, DOSSIERS, UNFINISHED):
            shutil.rmtree(folder / name, ignore_errors=True)
        (folder / REPORT).unlink(missing_ok=True)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CaseError(str(folder), "is not empty; give a new folder for the copy")
    unfinished.mkdir(parents=True)
    store = Sqlite(unfinished)
    with store.engine(read_only=False).connect() as connection:
        # It has no name yet: where it is cut off it is thrown away, so that nothing need be undone.
        bulk.unsafe(connection)
        with store.writing(connection):
            _make(connection, store)
            yield connection, Sqlite(folder).files(connection)
        bulk.safe(connection)
    with (unfinished / FILE).open("rb") as stream:
        os.fsync(stream.fileno())
    (unfinished / FILE).replace(folder / FILE)
    shutil.rmtree(unfinished)


def _make(connection: sa.Connection, place: Store) -> None:
    """Make empty tables, without the indexes that only queries need."""
    before, _ = schema.upgrade(connection, str(place.address), create=True)
    if before is not None:
        raise CaseError(str(place.address), "holds a case already; give an empty database for the copy")
    connection.execute(sa.delete(tables.gone))
    bulk.lay_aside(connection)


def _count(connection: sa.Connection, table: sa.Table) -> int:
    return connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def _copy_rows(held: sa.Connection, made: sa.Connection, table: sa.Table, listener: _Listener) -> Sum:
    """Copy a table in the order of its key."""
    shape = Shape(table)

    def copied() -> Iterator[Sequence[Row]]:
        for rows in _portions(held, table):
            bulk.insert(made, shape, rows)
            yield rows

    found = _sum(copied(), listener)
    bulk.count_on(made, table)
    return found


def _portions(connection: sa.Connection, table: sa.Table) -> Iterator[Sequence[Row]]:
    """The rows of a table in the order of its key, as values of the model."""
    query = sa.select(table).order_by(*table.primary_key)
    for rows in connection.execute(query, execution_options={"yield_per": ROWS}).partitions():
        yield list(map(tuple, rows))


def _sum(portions: Iterable[Sequence[Row]], listener: _Listener) -> Sum:
    """Count and digest rows: as Python writes them, which tells 1 from 1.0 and null from nothing."""
    count, found = 0, sha256()
    for rows in portions:
        count += len(rows)
        # PostgreSQL's numbers have no zero below zero.
        found.update("\n".join((*map(repr, rows), "")).replace("-0.0,", "0.0,").encode())
        listener.advance(len(rows))
    return Sum(count, found.hexdigest())


def _names(files: Files) -> Iterator[str]:
    """Every file of a case, those that are never written over first."""
    for folder in (*FIXED, DOSSIERS):
        yield from files.names(folder)
    if files.holds(REPORT):
        yield REPORT


def _copy_files(kept: Files, put: Files, listener: _Listener) -> Sum:
    """Copy every file."""
    count, found, names = 0, sha256(), _names(kept)
    while some := list(islice(names, FILES)):
        contents = {name: kept.read(name) for name in some}
        for name, content in contents.items():
            found.update(f"{name} {sha256(content).hexdigest()}\n".encode())
        bulk.keep(put, {name: content for name, content in contents.items() if name.startswith(BELOW_FIXED)})
        for name, content in contents.items():
            if not name.startswith(BELOW_FIXED):
                put.put(name, content)
        count += len(some)
        listener.advance(len(some))
    return Sum(count, found.hexdigest())


def _sum_of_files(files: Files, listener: _Listener) -> Sum:
    """Count and digest files as they lie there by now."""
    count, found = 0, sha256()
    for count, name in enumerate(_names(files), 1):  # noqa: B007
        found.update(f"{name} {files.hashed(name)}\n".encode())
        listener.advance(1)
    return Sum(count, found.hexdigest())
