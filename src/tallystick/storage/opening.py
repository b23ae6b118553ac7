"""The door of a case: a folder comes in, an engine on its SQLite file goes out.

What SQLite and the disk say against it is put into errors that name the case.
"""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import sqlalchemy as sa
from sqlalchemy.pool import NullPool

from tallystick.errors import CaseError, CaseReadOnlyError, TallystickError

__all__ = ["FILE", "READS", "engine_on", "require", "told"]

FILE = "case.sqlite"
# Seconds that a second process waits for the first one's transaction; a report takes milliseconds.
PATIENCE = 30
# Seconds between two tries where SQLite itself does not wait.
PAUSE = 0.02
# Engines that are kept: a case is read and written, and a program has one case, or compares two.
ENGINES = 8
# Set in `Connection.info` while a writer only reads, so that it holds up no other.
READS = "reads"
# How SQLite opens what is written: a file that is not there is made.
WRITABLE = "rwc"
# A medium that cannot be written, a full one, a quota used up, a file larger than the system lets it be.
UNWRITABLE = frozenset((errno.EROFS, errno.ENOSPC, errno.EDQUOT, errno.EFBIG))


def require(path: Path, *, create: bool) -> None:
    """Make the folder, or raise where there is no case in it.

    Raises:
        CaseReadOnlyError: Where it cannot be made.
        CaseError: Where there is no case, or a file stands in its place.
    """
    if create:
        try:
            path.mkdir(parents=True, exist_ok=True)
        except FileExistsError as error:
            raise CaseError(str(path), "is a file; give a folder for the case") from error
        except OSError as error:
            raise CaseReadOnlyError(str(path), f"cannot be made: {error.strerror or error}") from error
    elif not (path / FILE).is_file():
        raise CaseError(str(path), "holds no case; 'tallystick run PATH... --case' makes one")


def engine_on(file: Path, *, read_only: bool) -> sa.Engine:
    """Give the engine on a SQLite file; a transaction of a writer begins by waiting for its turn.

    It holds no connection. One file has one engine as long as it is in use: what SQLAlchemy has compiled is kept with
    it, which is a quarter of what a small change takes.
    """
    return _engine(file.resolve(), read_only)


@lru_cache(maxsize=ENGINES)
def _engine(file: Path, read_only: bool) -> sa.Engine:
    """The engine on a file that is resolved."""

    def connect() -> sqlite3.Connection:
        options = f"mode={WRITABLE}"
        if read_only:
            # Without a write-ahead log nobody is writing, and an immutable file needs no lock on a medium without any.
            quiet = not file.with_name(file.name + "-wal").exists()
            options = "mode=ro&immutable=1" if quiet else "mode=ro"
        # Without an isolation level the module begins no transaction of its own, so that ours hold tables and rows.
        return sqlite3.connect(f"{file.as_uri()}?{options}", uri=True, timeout=PATIENCE, isolation_level=None)

    engine = sa.create_engine("sqlite://", poolclass=NullPool, creator=connect)

    @sa.event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:
        connection.execute("PRAGMA foreign_keys=ON")
        if not read_only:
            _use_log(connection)
            connection.execute("PRAGMA synchronous=NORMAL")

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        # A writer waits for its turn here: one that had begun by reading could only fail where another wrote since.
        only_reads = read_only or connection.info.get(READS, False)
        connection.exec_driver_sql("BEGIN" if only_reads else "BEGIN IMMEDIATE")

    return engine


def _use_log(connection: sqlite3.Connection) -> None:
    """Switch to the write-ahead log; SQLite does not wait for its turn here, so this does."""
    deadline = monotonic() + PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or monotonic() >= deadline:
                raise
            sleep(PAUSE)
        else:
            return


@contextmanager
def told(folder: Path) -> Iterator[None]:
    """Turn what SQLite and the disk say into an error that names the case.

    Raises:
        CaseReadOnlyError: Where it cannot be written, also for want of room.
        CaseError: Where anything else is wrong with it.
    """
    try:
        yield
    except sa.exc.DBAPIError as error:
        said = str(error.orig)
        if "unable to open" in said and (folder / f"{FILE}-wal").exists():
            # What a cut-off run left in its log can only be read where SQLite may make the log's index.
            reason = (
                "its last run was cut off; copy it to where it can be written, and run 'tallystick run' on it there"
            )
            raise CaseReadOnlyError(str(folder), reason) from error
        if "readonly" in said or "unable to open" in said:
            raise CaseReadOnlyError(str(folder), f"cannot be written ({said}); check its permissions") from error
        if "disk is full" in said:
            raise CaseReadOnlyError(str(folder), f"cannot be written ({said}); make room on its disk") from error
        if "locked" in said:
            raise CaseError(str(folder), "another process is writing to it; try again when that is done") from error
        raise CaseError(str(folder), f"its {FILE} cannot be used ({said})") from error
    except OSError as error:
        if isinstance(error, TallystickError | BrokenPipeError):
            # Something else than the case: what it was written to while it was read.
            raise
        if isinstance(error, PermissionError) or error.errno in UNWRITABLE:
            raise CaseReadOnlyError(str(folder), f"cannot be written: {error.strerror or error}") from error
        raise CaseError(str(folder), f"cannot be used: {error.strerror or error}") from error
