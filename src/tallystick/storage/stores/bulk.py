"""Many rows and files at once, as each kind of database takes them fastest: rows in their order come in.

SQLite takes a hundred narrow rows in one statement and words in one for all; PostgreSQL takes a stream. What slows a
large loading down, the indexes that only queries need, is laid aside and made at its end; until then the database
itself remembers how, so that a loading that was cut off is ended by the next.
"""

import gc
import os
import shutil
import stat
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import chain
from operator import is_not, itemgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeAlias

import sqlalchemy as sa

from tallystick.errors import CaseError
from tallystick.storage.stores.postgres import RowFiles, files
from tallystick.storage.stores.sqlite import PARTIAL, READ_ONLY, FolderFiles
from tallystick.storage.stores.store import Files

__all__ = [
    "CYCLES",
    "Row",
    "Shape",
    "count_on",
    "gathered",
    "insert",
    "keep",
    "laid_aside",
    "lay_aside",
    "lie_apart",
    "look_after",
    "safe",
    "sweep",
    "take_up",
    "unhindered",
    "unsafe",
    "unsearched",
]

Row: TypeAlias = tuple[Any, ...]
POSTGRESQL = "postgresql"
# Which rows of SQLite's tables have an index of words, by the table that holds it; see migration 0009.
WORDS = {"claims": "claim_words", "documents": "document_words"}
# Bytes of words that SQLite gathers before it writes them: those of a portion are written once.
GATHERED = 64 << 20
USUALLY_GATHERED = 1 << 20
# Pieces of an index of words that SQLite merges into one as they come, its own setting; none while a case is loaded:
# of 300,000 claims, portion by portion, that takes 17 us a claim instead of 26, and 7 to merge them all at the end.
MERGED = 4
# KiB of pages that SQLite holds while it loads; the unique indexes of a million claims have 100 MB.
PAGES = -256_000
USUAL_PAGES = -2_000
# Pages of 4 kB that SQLite's log holds before they are brought into the file: of most indexes each portion changes the
# same pages again, and to wait for the disk each 1,000 pages takes as long as everything else.
LOGGED = 65_536
USUALLY_LOGGED = 1_000
# Objects after which cycles among them are looked for, and how seldom among older ones. Reports and rows have none; to
# look for them as often as Python does is half of making reports and nine tenths of taking rows from another process.
CYCLES = (50_000, 50, 100)
# How a file is opened that is written once.
FRESH = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
# Seconds after which a folder of files that have no names yet belongs to nobody.
OLD = 86_400
# Rows in one statement of SQLite, of tables with so few columns: two thirds of the time of one by one. Claims, which
# have 23, take a fifth more.
ROWS = 100
NARROW = 10
# What was laid aside: name and statement of each index.
ASIDE = "laid_aside"


class Shape:
    """How rows of a table are laid out as tuples: some of its columns, in their order."""

    def __init__(self, table: sa.Table, names: Iterable[str] | None = None) -> None:
        """Take the table and the names of the columns; all without them."""
        self.table = table
        self.names = tuple(table.c.keys() if names is None else names)
        self.of: Callable[[Mapping[str, Any]], Row] = itemgetter(*self.names)

    def bound(self, rows: Sequence[Row], dialect: sa.Dialect) -> Sequence[Row]:
        """Give rows of the model's values as the driver of a database takes them."""
        found = (self.table.c[name].type.dialect_impl(dialect).bind_processor(dialect) for name in self.names)
        changed: dict[int, list[Any]] = {}
        for place, turn in enumerate(found):
            if turn is not None:
                given = [row[place] for row in rows]
                turned = list(map(turn, given))
                # Most numbers and texts stay as they are.
                if any(map(is_not, given, turned)):
                    changed[place] = turned
        if not changed:
            return rows
        columns = list(zip(*rows, strict=True))
        return list(zip(*(changed.get(place, column) for place, column in enumerate(columns)), strict=True))


def insert(connection: sa.Connection, shape: Shape, rows: Sequence[Row]) -> None:
    """Insert rows of the model's values, within the transaction that `connection` is in."""
    if not rows:
        return
    preparer = connection.dialect.identifier_preparer
    table = preparer.format_table(shape.table)
    names = ", ".join(map(preparer.quote, shape.names))
    made = shape.bound(rows, connection.dialect)
    if connection.dialect.name == POSTGRESQL:
        with _stream(connection, f"COPY {table} ({names}) FROM STDIN") as stream:
            for row in made:
                stream.write_row(row)
        return
    statement = f"INSERT INTO {table} ({names}) VALUES "  # noqa: S608 - our own names
    marks = f"({', '.join('?' * len(shape.names))})"
    # Wide rows are faster one by one.
    whole = len(made) - len(made) % ROWS if len(shape.names) <= NARROW else 0
    if whole:
        several = [tuple(chain.from_iterable(made[first : first + ROWS])) for first in range(0, whole, ROWS)]
        connection.exec_driver_sql(statement + ", ".join([marks] * ROWS), several)
    if whole < len(made):
        connection.exec_driver_sql(statement + marks, list(made[whole:]))


@contextmanager
def _stream(connection: sa.Connection, statement: str) -> Iterator[Any]:
    """What takes rows for PostgreSQL's COPY."""
    try:
        with _driver(connection).cursor() as cursor, cursor.copy(statement) as stream:
            yield stream
    except connection.dialect.loaded_dbapi.Error as error:
        # As SQLAlchemy, which has no COPY, would put it.
        raise sa.exc.DBAPIError(statement, None, error) from error


def _driver(connection: sa.Connection) -> Any:
    """The driver's own connection."""
    return connection.connection.driver_connection


@contextmanager
def gathered(connection: sa.Connection) -> Iterator[None]:
    """A block within a transaction that inserts documents and claims; SQLite indexes their words after it, all at once.

    A trigger that does so row by row takes six times as long.
    """
    if connection.dialect.name == POSTGRESQL:
        yield
        return
    query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name IN (?, ?)"
    triggers = connection.exec_driver_sql(query, tuple(f"{table}_words_insert" for table in WORDS)).all()
    last = {table: connection.exec_driver_sql(f"SELECT max(position) FROM {table}").scalar() or 0 for table in WORDS}  # noqa: S608
    for name, _ in triggers:
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    yield
    for table, words in WORDS.items():
        columns = [row[1] for row in connection.exec_driver_sql(f"PRAGMA table_info({words})")]
        listed = ", ".join(columns)
        _tell(connection, words, "hashsize", GATHERED)
        connection.exec_driver_sql(
            f"INSERT INTO {words} (rowid, {listed}) SELECT position, {listed} FROM {words}_texts WHERE position > ?",  # noqa: S608
            (last[table],),
        )
        _tell(connection, words, "hashsize", USUALLY_GATHERED)
    for _, statement in triggers:
        connection.exec_driver_sql(statement)


def _tell(connection: sa.Connection, words: str, what: str, number: int) -> None:
    """Set something of an index of words of SQLite."""
    connection.exec_driver_sql(f"INSERT INTO {words} ({words}, rank) VALUES ('{what}', {number})")  # noqa: S608 - ours


@contextmanager
def unhindered(connection: sa.Connection) -> Iterator[None]:
    """A block, outside of a transaction, in which SQLite holds more pages, writes them rarely and trusts its rows."""
    if connection.dialect.name == POSTGRESQL:
        yield
        return
    bare = _driver(connection)
    bare.execute("PRAGMA foreign_keys=OFF")
    bare.execute(f"PRAGMA cache_size={PAGES}")
    bare.execute(f"PRAGMA wal_autocheckpoint={LOGGED}")
    try:
        yield
    finally:
        bare.execute(f"PRAGMA wal_autocheckpoint={USUALLY_LOGGED}")
        bare.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        bare.execute(f"PRAGMA cache_size={USUAL_PAGES}")
        bare.execute("PRAGMA foreign_keys=ON")


@contextmanager
def unsearched() -> Iterator[None]:
    """A block in which this process looks for cycles rarely."""
    usual = gc.get_threshold()
    gc.set_threshold(*CYCLES)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def keep(kept: Files, found: Mapping[str, bytes]) -> None:
    """Write files that are never written over, of whose names there may be some; within a transaction.

    Raises:
        CaseError: Where other bytes lie under a name: they were changed after they were kept.
        OSError: Where the disk refuses.
    """
    fresh = dict(found)
    for name in _held(kept, found):
        if kept.read(name) != fresh.pop(name):
            raise CaseError(name, "the original was changed: its SHA-256 is not its name any more")
    if isinstance(kept, FolderFiles):
        _keep_in_folder(kept.root, fresh)
    elif isinstance(kept, RowFiles):
        with _stream(kept.connection, "COPY files (name, content, fixed) FROM STDIN") as stream:
            for name, content in fresh.items():
                stream.write_row((name, content, True))


def _held(kept: Files, found: Mapping[str, bytes]) -> list[str]:
    """Those of some names of which there is a file."""
    if not isinstance(kept, RowFiles):
        return list(filter(kept.holds, found))
    query = sa.select(files.c.name).where(
        files.c.name == sa.any_(sa.bindparam("names", list(found), type_=sa.ARRAY(sa.Text)))
    )
    return list(kept.connection.scalars(query))


def count_on(connection: sa.Connection, table: sa.Table) -> None:
    """Have PostgreSQL count on from the largest key of a table, where it gives keys; SQLite does by itself."""
    if connection.dialect.name != POSTGRESQL:
        return
    key = next(iter(table.primary_key))
    counter = connection.scalar(sa.select(sa.func.pg_get_serial_sequence(table.name, key.name)))
    last = connection.scalar(sa.select(sa.func.max(key)))
    if counter and last:
        connection.execute(sa.select(sa.func.setval(counter, last)))


def unsafe(connection: sa.Connection) -> None:
    """Have SQLite write a file that is thrown away where anything goes wrong: nothing is undone, nobody waits."""
    bare = _driver(connection)
    bare.execute("PRAGMA journal_mode=OFF")
    bare.execute("PRAGMA synchronous=OFF")
    bare.execute("PRAGMA foreign_keys=OFF")
    bare.execute(f"PRAGMA cache_size={PAGES}")


def safe(connection: sa.Connection) -> None:
    """Have SQLite write such a file as any other from now on."""
    bare = _driver(connection)
    bare.execute("PRAGMA synchronous=FULL")
    bare.execute("PRAGMA journal_mode=WAL")


def sweep(kept: Files) -> None:
    """Remove folders of files that killed writers have left behind, a day later: nobody writes for so long."""
    if isinstance(kept, FolderFiles):
        for folder in kept.root.glob(f".*{PARTIAL}/"):
            # Another may have removed it meanwhile, and what cannot be removed is in nobody's way.
            with suppress(OSError):
                if time.time() - folder.stat().st_mtime > OLD:
                    shutil.rmtree(folder)


def lie_apart(kept: Files) -> bool:
    """Whether files can be written by a thread that has no part in the transaction."""
    return isinstance(kept, FolderFiles)


def _keep_in_folder(root: Path, found: Mapping[str, bytes]) -> None:
    """Write files of which each has its name only when all are on the disk."""
    if not found:
        return
    # No pathlib, which takes as long as the disk does. Side by side in one folder at first: where each is made in the
    # folder that it stays in, all of loading takes a tenth longer, and another process may write the same file.
    paths = [f"{root}/{name}" for name in found]
    for parent in {path.rpartition("/")[0] for path in paths}:
        Path(parent).mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=root, prefix=".", suffix=PARTIAL) as beside:
        partial = [f"{beside}/{turn}{PARTIAL}" for turn in range(len(paths))]
        for path, content in zip(partial, found.values(), strict=True):
            _write(path, content)
        # All at once: to wait for the disk file by file takes longer than everything else of loading.
        os.sync()
        for path, place in zip(partial, paths, strict=True):
            os.replace(path, place)  # noqa: PTH105


def _write(path: str, content: bytes) -> None:
    """Write a file that is read-only from the first."""
    opened, left = os.open(path, FRESH, READ_ONLY), memoryview(content)
    try:
        while left:
            left = left[os.write(opened, left) :]
        # What this process leaves out of the mode of every file; to look takes a tenth of setting it.
        if stat.S_IMODE(os.fstat(opened).st_mode) != READ_ONLY:
            os.fchmod(opened, READ_ONLY)
    finally:
        os.close(opened)


def laid_aside(connection: sa.Connection) -> bool:
    """Whether a loading that has not ended laid indexes aside."""
    return sa.inspect(connection).has_table(ASIDE)


def lay_aside(connection: sa.Connection) -> None:
    """Drop the indexes that only queries need, and remember them; those of words stay in pieces; in a transaction."""
    found = _indexes(connection)
    connection.exec_driver_sql(f"CREATE TABLE {ASIDE} (name TEXT PRIMARY KEY, statement TEXT NOT NULL)")
    remember = sa.text(f"INSERT INTO {ASIDE} VALUES (:name, :statement)")  # noqa: S608 - our own names
    for name, statement in found:
        connection.execute(remember, {"name": name, "statement": statement})
        connection.exec_driver_sql(f"DROP INDEX {name}")
    if connection.dialect.name != POSTGRESQL:
        for words in WORDS.values():
            _tell(connection, words, "automerge", 0)


def take_up(connection: sa.Connection) -> bool:
    """Make the indexes that were laid aside, within a transaction; give whether there were any."""
    if not laid_aside(connection):
        return False
    statements = connection.exec_driver_sql(f"SELECT statement FROM {ASIDE} ORDER BY name").scalars().all()  # noqa: S608
    for statement in statements:
        connection.exec_driver_sql(statement)
    connection.exec_driver_sql(f"DROP TABLE {ASIDE}")
    if connection.dialect.name == POSTGRESQL:
        # By itself it would do so minutes later, and until then look through whole tables.
        connection.exec_driver_sql("ANALYZE")
        return True
    for words in WORDS.values():
        connection.exec_driver_sql(f"INSERT INTO {words} ({words}) VALUES ('optimize')")  # noqa: S608 - our own names
        _tell(connection, words, "automerge", MERGED)
    return True


def look_after(connection: sa.Connection, found: Iterable[sa.Table]) -> None:
    """Have PostgreSQL note which rows everybody sees, so that indexes alone tell of them; outside of a transaction.

    Counts of a million claims take half as long then; the server itself would begin with it after a minute.
    """
    if connection.dialect.name != POSTGRESQL:
        return
    bare = _driver(connection)
    bare.autocommit = True
    try:
        bare.execute(f"VACUUM (SKIP_LOCKED) {', '.join(table.name for table in found)}")
    finally:
        bare.autocommit = False


def _indexes(connection: sa.Connection) -> list[tuple[str, str]]:
    """Name and statement of every index that is no constraint."""
    if connection.dialect.name == POSTGRESQL:
        # What is not to be found out about the values of an index is no part of its definition; see migration 0012.
        query = (
            "SELECT i.relname, pg_get_indexdef(i.oid) || coalesce((SELECT string_agg('; ALTER INDEX ' ||"
            " quote_ident(i.relname) || ' ALTER COLUMN ' || a.attnum || ' SET STATISTICS ' || a.attstattarget, '')"
            " FROM pg_attribute a WHERE a.attrelid = i.oid AND a.attstattarget >= 0), '')"
            " FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid"
            " JOIN pg_namespace n ON n.oid = i.relnamespace WHERE n.nspname = current_schema() AND NOT x.indisunique"
        )
    else:
        query = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql LIKE 'CREATE INDEX%'"
    return [(row[0], row[1]) for row in connection.exec_driver_sql(query)]
