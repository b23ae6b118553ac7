"""A case in a folder: its tables in a SQLite file, and its files beside that.

What SQLite and the disk say against it is put into errors that name the case.
"""

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import sqlalchemy as sa
from sqlalchemy.pool import NullPool, QueuePool

from tallystick.errors import CaseError, CaseReadOnlyError, TallystickError

__all__ = ["FILE", "PARTIAL", "FolderFiles", "Sqlite"]

FILE = "case.sqlite"
# What a file that is being written ends in; one that a cut-off run left is written over or stays without meaning.
PARTIAL = ".part"
READ_ONLY = 0o444
# Bytes read at once for a digest.
BLOCK = 1 << 20
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
# Readers at once; a further one waits. More than the cores of a laptop keep busy only take memory.
READERS = 16
# Bytes of the file that readers look at where the system holds them, without copying a page each time: filters over
# 100,000 claims take a half to a quarter of the time.
MAPPED = 4 * 1024**3
# Seconds for which a reader waits where the file is locked, which a write-ahead log nearly never has it be.
BUSY = 5
# A medium that cannot be written, a full one, a quota used up, a file larger than the system lets it be.
UNWRITABLE = frozenset((errno.EROFS, errno.ENOSPC, errno.EDQUOT, errno.EFBIG))


@dataclass(frozen=True, slots=True)
class Sqlite:
    """The store of a case that is a folder."""

    address: Path
    tables = FILE

    @property
    def folder(self) -> Path:
        """The case itself."""
        return self.address

    def require(self, *, create: bool) -> None:
        """Make the folder, or raise where there is no case in it."""
        name = str(self.address)
        if create:
            try:
                self.address.mkdir(parents=True, exist_ok=True)
            except FileExistsError as error:
                raise CaseError(name, "is a file; give a folder for the case") from error
            except OSError as error:
                raise CaseReadOnlyError(name, f"cannot be made: {error.strerror or error}") from error
        elif not (self.address / FILE).is_file():
            raise CaseError(name, "holds no case; 'tallystick run PATH... --case' makes one")

    def engine(self, *, read_only: bool) -> sa.Engine:
        """Give the engine on the file; a transaction of a writer begins by waiting for its turn.

        One file has one engine as long as it is in use: what SQLAlchemy has compiled is kept with it, which is a
        quarter of what a small change takes.
        """
        return _engine((self.address / FILE).resolve(), read_only)

    def readers(self) -> sa.Engine:
        """Give an engine for many readers at once."""
        address = f"{(self.address / FILE).resolve().as_uri()}?mode=ro"
        engine = sa.create_engine(
            "sqlite://", poolclass=QueuePool, pool_size=READERS, max_overflow=0, creator=lambda: _reader(address)
        )

        @sa.event.listens_for(engine, "begin")
        def _begin(connection: sa.Connection) -> None:
            connection.exec_driver_sql("BEGIN")

        return engine

    @contextmanager
    def reading(self, connection: sa.Connection) -> Iterator[None]:
        """A transaction that waits for nobody and has nobody wait."""
        connection.info[READS] = True
        try:
            with connection.begin():
                yield
        finally:
            connection.info[READS] = False

    @contextmanager
    def writing(self, connection: sa.Connection) -> Iterator[None]:
        """A transaction that begins when its turn has come."""
        with connection.begin():
            yield

    @contextmanager
    def told(self) -> Iterator[None]:
        """Turn what SQLite and the disk say into an error that names the case."""
        try:
            yield
        except sa.exc.DBAPIError as error:
            raise self._said(str(error.orig)) from error
        except OSError as error:
            if isinstance(error, TallystickError | BrokenPipeError):
                # Something else than the case: what it was written to while it was read.
                raise
            if isinstance(error, PermissionError) or error.errno in UNWRITABLE:
                raise CaseReadOnlyError(str(self.address), f"cannot be written: {error.strerror or error}") from error
            raise CaseError(str(self.address), f"cannot be used: {error.strerror or error}") from error

    def _said(self, said: str) -> CaseError:
        name = str(self.address)
        if "unable to open" in said and (self.address / f"{FILE}-wal").exists():
            # What a cut-off run left in its log can only be read where SQLite may make the log's index.
            reason = (
                "its last run was cut off; copy it to where it can be written, and run 'tallystick run' on it there"
            )
            return CaseReadOnlyError(name, reason)
        if "readonly" in said or "unable to open" in said:
            return CaseReadOnlyError(name, f"cannot be written ({said}); check its permissions")
        if "disk is full" in said:
            return CaseReadOnlyError(name, f"cannot be written ({said}); make room on its disk")
        if "no such index" in said:
            reason = "reports are being loaded into it, or that was cut off; 'tallystick run' on it ends it"
            return CaseError(name, reason)
        if "locked" in said:
            return CaseError(name, "another process is writing to it; try again when that is done")
        return CaseError(name, f"its {FILE} cannot be used ({said})")

    def files(self, _connection: sa.Connection) -> "FolderFiles":
        """Give the files of the folder."""
        return FolderFiles(self.address)

    def damage(self, connection: sa.Connection) -> tuple[str, ...]:
        """Give what SQLite itself finds wrong with its file."""
        found = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
        loose = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        said = tuple(str(one) for one in found if one != "ok")
        return said + tuple(f"row {one[1]} of {one[0]} belongs to nothing" for one in loose)


@dataclass(frozen=True, slots=True)
class FolderFiles:
    """The files of a case that is a folder, under their names."""

    root: Path

    def names(self, folder: str) -> Iterator[str]:
        """Give every name below `folder`, in order."""
        for root, folders, found in os.walk(self.root / folder):
            folders.sort()
            for name in sorted(found):
                if not name.endswith(PARTIAL):
                    yield Path(root, name).relative_to(self.root).as_posix()

    def holds(self, name: str) -> bool:
        """Whether there is such a file."""
        return (self.root / name).exists()

    def read(self, name: str) -> bytes:
        """Give its bytes."""
        return (self.root / name).read_bytes()

    def hashed(self, name: str) -> str:
        """Give the SHA-256 in hex of its bytes, read piece by piece."""
        path, found = self.root / name, sha256()
        if path.is_symlink() or (path.exists() and not path.is_file()):
            raise OSError(errno.EINVAL, "it is no file of its own")
        with path.open("rb") as stream:
            while block := stream.read(BLOCK):
                found.update(block)
        return found.hexdigest()

    def keep(self, name: str, content: bytes) -> None:
        """Write a file that is never written over."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(path.name + PARTIAL)
        try:
            partial.unlink(missing_ok=True)
            with partial.open("xb") as stream:
                stream.write(content)
                stream.flush()
                # On the disk before it has its name: after a power cut a file of that name is whole.
                os.fsync(stream.fileno())
                partial.chmod(READ_ONLY)
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)

    def put(self, name: str, content: bytes) -> None:
        """Write a file that may be written over."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(path.name + PARTIAL)
        try:
            with partial.open("wb") as stream:
                stream.write(content)
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)

    def rename(self, name: str, new: str) -> None:
        """Give a file another name."""
        path = self.root / new
        path.parent.mkdir(parents=True, exist_ok=True)
        (self.root / name).replace(path)

    def path(self, name: str) -> Path | None:
        """Give where a file lies."""
        return self.root / name

    @contextmanager
    def lent(self, folder: str) -> Iterator[Path]:
        """The folder, where it lies."""
        yield self.root / folder


@lru_cache(maxsize=ENGINES)
def _engine(file: Path, read_only: bool) -> sa.Engine:
    """The engine on a file that is resolved; it holds no connection."""

    def connect() -> sqlite3.Connection:
        options = f"mode={WRITABLE}"
        if read_only:
            # Without a write-ahead log nobody is writing, and an immutable file needs no lock on a medium without any.
            quiet = not file.with_name(file.name + "-wal").exists()
            options = "mode=ro&immutable=1" if quiet else "mode=ro"
        # Without an isolation level the module begins no transaction of its own, so that ours hold tables and rows.
        uri = f"{file.as_uri()}?{options}"
        return _knowing(sqlite3.connect(uri, uri=True, timeout=PATIENCE, isolation_level=None))

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


def _reader(address: str) -> sqlite3.Connection:
    """A connection that can only read."""
    made = sqlite3.connect(address, uri=True, timeout=BUSY, isolation_level=None, check_same_thread=False)
    made.execute(f"PRAGMA mmap_size={MAPPED}")
    return _knowing(made)


def _knowing(connection: sqlite3.Connection) -> sqlite3.Connection:
    """A connection that knows `text_piece`: SQLite's own `substr` gives nothing behind a NUL."""
    connection.create_function("text_piece", 3, _piece, deterministic=True)
    return connection


def _piece(text: str | None, first: int, many: int) -> str | None:
    return None if text is None else text[first - 1 : first - 1 + many]
