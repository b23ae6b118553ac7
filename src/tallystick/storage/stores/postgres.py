"""A case in a database of PostgreSQL: its tables, and its files as rows of one more.

Writers take turns by a lock that lasts as long as their transaction, so that none ever fails because of another; what
is read in one transaction is of one moment. A connection that was lost is made anew by the next transaction; of the
one in which it was lost nothing is kept.
"""

import errno
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.pool import NullPool, QueuePool

from tallystick.errors import CaseAwayError, CaseBusyError, CaseError, CaseReadOnlyError, ExtraMissingError
from tallystick.storage.stores.address import Database
from tallystick.storage.stores.damage import DAMAGED, damage

__all__ = ["Postgres", "RowFiles", "files"]

# Seconds in which a server answers, or is none: those of a slow line, not those after which nobody waits any more.
CONNECT = {"connect_timeout": 10}
# Seconds that a writer waits for its turn, as with SQLite; each takes milliseconds.
PATIENCE = 30
# Seconds after which a server that says nothing is asked whether it is there, between two such questions, and in all
# before a connection counts as lost: a server that was unplugged sends no word of it, and Linux by itself asks after
# two hours.
ALIVE = {"keepalives": 1, "keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3,
         "tcp_user_timeout": 60_000}  # fmt: skip
# The first half of the key of the lock, which tells it from those of other programs: "tlly" in ASCII.
TURN = 0x746C6C79
# Readers at once; a further one waits. PostgreSQL takes a hundred connections as it comes.
READERS = 16
# Engines that are kept: a case is read and written, and a program has one case, or compares two.
ENGINES = 8
# What a folder is not called by.
NO_NAME = re.compile(r"[^\w-]+")
# Of a page that takes some milliseconds, compiling took 900 and a second process 80; a table that is read whole for
# what an index has costs a second; a search that half of a million claims hold has no room in four megabytes, and then
# reads each again; a plan that was made for another filter may be the wrong one.
READS = ("jit = off", "max_parallel_workers_per_gather = 0", "enable_seqscan = off", "random_page_cost = 1.1",
         "work_mem = '32MB'", "plan_cache_mode = force_custom_plan")  # fmt: skip
MOMENT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"
# Each statement behind it sees what all writers before have left, and no other comes in between.
WAIT = f"SELECT pg_advisory_xact_lock({TURN}, hashtext(current_schema()))"
# SQLSTATE by what they mean: https://www.postgresql.org/docs/15/errcodes-appendix.html
CROSSED = frozenset(("40001", "40P01"))
LOCKED = "55P03"
REFUSED = frozenset(("25006", "42501"))
FULL = frozenset(("53100", "54000"))

files = sa.table("files", sa.column("name", sa.Text), sa.column("content", sa.LargeBinary), sa.column("fixed"))


@dataclass(frozen=True, slots=True)
class Postgres:
    """The store of a case that is a database."""

    address: Database
    tables = "database"

    @classmethod
    def of(cls, address: Database) -> "Postgres":
        """Give the store of a database.

        Raises:
            ExtraMissingError: Where the extra `team` is not installed.
        """
        # Looked for and not imported: SQLAlchemy imports it where it connects.
        if find_spec("psycopg") is None:
            raise ExtraMissingError("A case in PostgreSQL", "team")
        return cls(address)

    @property
    def folder(self) -> Path:
        """A folder of the user's, named for the database: where the system keeps what programs remember."""
        state = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
        mark = sha256(str(self.address).encode()).hexdigest()[:8]
        return Path(state) / "tallystick" / f"{NO_NAME.sub('_', self.address.name)}-{mark}"

    def require(self, *, create: bool) -> None:
        """Nothing is made here: a database is made by whoever runs the server, its tables by the first run."""

    def engine(self, *, read_only: bool) -> sa.Engine:  # noqa: ARG002 - as with SQLite; transactions say which it is
        """Give the engine on the database; one for each, since what SQLAlchemy has compiled is kept with it."""
        return _engine(self.address)

    def readers(self) -> sa.Engine:
        """Give an engine for many readers at once; a connection that was lost is found out before it is used."""
        engine = _made(self.address, poolclass=QueuePool, pool_size=READERS, max_overflow=0, pool_pre_ping=True)
        sa.event.listen(engine, "connect", _only_reads)
        return engine

    @contextmanager
    def reading(self, connection: sa.Connection) -> Iterator[None]:
        """A transaction that waits for nobody and has nobody wait."""
        with _begun(connection, MOMENT):
            yield

    @contextmanager
    def writing(self, connection: sa.Connection) -> Iterator[None]:
        """A transaction that begins when its turn has come."""
        with _begun(connection, WAIT):
            yield

    @contextmanager
    def told(self) -> Iterator[None]:
        """Turn what the database says into an error that names the case."""
        try:
            yield
        except sa.exc.DBAPIError as error:
            raise self._said(error) from error

    def _said(self, error: sa.exc.DBAPIError) -> CaseError:
        name, said, state = str(self.address), self._shown(error.orig), getattr(error.orig, "sqlstate", None) or ""
        if state in CROSSED:
            return CaseBusyError(name, "another program changed the same at the same time; do it again")
        if state == LOCKED:
            return CaseError(name, "another process is writing to it; try again when that is done")
        if state in REFUSED:
            what, right = ("read", "read") if (error.statement or "").startswith("SELECT") else ("written", "write to")
            return CaseReadOnlyError(name, f"cannot be {what} ({said}); ask for the right to {right} it")
        if state in FULL:
            return CaseReadOnlyError(name, f"cannot be written ({said}); make room on its disk")
        if state in DAMAGED:
            return CaseError(name, f"its database is damaged ({said}); bring it back from a backup")
        if error.connection_invalidated:
            reason = f"the connection was lost ({said}); what was being done is not kept, do it again"
            return CaseAwayError(name, reason)
        if not state and isinstance(error, sa.exc.OperationalError):
            check = "check the address, the password (~/.pgpass, PGPASSWORD), the server, and that 'createdb' made it"
            return CaseAwayError(name, f"cannot be reached ({said}); {check}")
        return CaseError(name, f"its database cannot be used ({said})")

    def _shown(self, error: BaseException | None) -> str:
        """What the driver says, on one line and without what is secret."""
        # Of a statement that was refused without the statement.
        first = getattr(getattr(error, "diag", None), "message_primary", None)
        said = " ".join((first or str(error)).split())
        for secret in self.address.secrets:
            said = said.replace(secret, "***")
        return said

    def files(self, connection: sa.Connection) -> "RowFiles":
        """Give the files in the database."""
        return RowFiles(connection)

    def damage(self, connection: sa.Connection) -> tuple[str, ...]:
        """Give what PostgreSQL itself finds wrong with what it holds."""
        return damage(connection)


@dataclass(frozen=True, slots=True)
class RowFiles:
    """The files of a case that is a database, as rows; those that are kept the database refuses to change."""

    connection: sa.Connection

    def names(self, folder: str) -> Iterator[str]:
        """Give every name below `folder`, in order."""
        below = files.c.name.startswith(f"{folder}/", autoescape=True)
        yield from self.connection.scalars(sa.select(files.c.name).where(below).order_by(files.c.name)).all()

    def holds(self, name: str) -> bool:
        """Whether there is such a file."""
        return self.connection.scalar(sa.select(sa.literal(1)).where(files.c.name == name)) is not None

    def read(self, name: str) -> bytes:
        """Give its bytes."""
        found = self.connection.scalar(sa.select(files.c.content).where(files.c.name == name))
        if found is None:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), name)
        return bytes(found)

    def hashed(self, name: str) -> str:
        """Give the SHA-256 in hex of its bytes, counted here and not by the server."""
        return sha256(self.read(name)).hexdigest()

    def keep(self, name: str, content: bytes) -> None:
        """Write a file that is never written over."""
        self.connection.execute(sa.insert(files), {"name": name, "content": content, "fixed": True})

    def put(self, name: str, content: bytes) -> None:
        """Write a file that may be written over."""
        put = (
            "INSERT INTO files (name, content, fixed) VALUES (:name, :content, false)"
            " ON CONFLICT (name) DO UPDATE SET content = excluded.content"
        )
        self.connection.execute(sa.text(put), {"name": name, "content": content})

    def rename(self, name: str, new: str) -> None:
        """Give a file another name."""
        self.connection.execute(sa.update(files).where(files.c.name == name).values(name=new))

    def path(self, _name: str) -> Path | None:
        """No file of a database lies anywhere else."""

    @contextmanager
    def lent(self, folder: str) -> Iterator[Path]:
        """A folder that is gone after the block, with what lies below `folder`."""
        with tempfile.TemporaryDirectory(prefix="tallystick-") as lent:
            for name in self.names(folder):
                path = Path(lent, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(self.read(name))
            yield Path(lent, folder)


@lru_cache(maxsize=ENGINES)
def _engine(address: Database) -> sa.Engine:
    """The engine on a database; it holds no connection."""
    return _made(address, poolclass=NullPool)


def _made(address: Database, **options: Any) -> sa.Engine:
    # What the address itself says of these counts.
    means = {name: value for name, value in (CONNECT | ALIVE).items() if name not in address.url.query}
    engine = sa.create_engine(address.url, connect_args=means, **options)

    @sa.event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"SET lock_timeout = '{PATIENCE}s'")
            cursor.execute("SET client_encoding = 'UTF8'")
            # What is asked takes milliseconds; to compile it first took as long again: words of a million claims 100
            # ms with it and 50 without.
            cursor.execute("SET jit = off")
            # Whatever the server has as its own: who has the turn sees what the one before has left.
            cursor.execute("SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL READ COMMITTED")
        connection.commit()

    return engine


def _only_reads(connection: Any, _record: object) -> None:
    """Have a connection of many plan for answers that come at once."""
    with connection.cursor() as cursor:
        for setting in READS:
            cursor.execute(f"SET {setting}")
    connection.commit()


@contextmanager
def _begun(connection: sa.Connection, first: str) -> Iterator[None]:
    """A transaction that begins with a statement; where the connection was lost before it, with a new one."""
    transaction = connection.begin()
    try:
        connection.exec_driver_sql(first)
    except sa.exc.DBAPIError as error:
        transaction.close()
        if not error.connection_invalidated:
            raise
        transaction = connection.begin()
        try:
            connection.exec_driver_sql(first)
        except BaseException:
            transaction.close()
            raise
    except BaseException:
        transaction.close()
        raise
    with transaction:
        yield
