"""A case as many readers look at it at once: connections that can only read come from a pool, a view is of one moment.

The modules beside this one ask; nothing here or there writes.
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy.pool import QueuePool

from tallystick.storage import schema, tables
from tallystick.storage.opening import FILE, require, told

__all__ = ["View", "Views"]

# Readers at once; a further one waits. More than the cores of a laptop keep busy only take memory.
READERS = 16
# Bytes of the file that readers look at where the system holds them, without copying a page each time: filters over
# 100,000 claims take a half to a quarter of the time.
MAPPED = 4 * 1024**3
# Milliseconds for which a reader waits where the file is locked, which a write-ahead log nearly never has it be.
BUSY = 5_000


Task: TypeAlias = Callable[["View"], None]
Aside: TypeAlias = Callable[[Task], None]


class View:
    """What a case holds at one moment; the modules of `storage.views` ask it."""

    def __init__(self, folder: Path, connection: sa.Connection, aside: Aside, *, exact: bool = False) -> None:
        self.folder = folder
        self.exact = exact
        """Whether nothing may be shown of an earlier state, however dear it is to count anew."""
        self.aside = aside
        """Has something done with a later view, in another thread and after all that waits there already."""
        self._connection = connection

    def rows(self, query: sa.Executable, values: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        """Give all rows of a query, by column."""
        return [dict(row) for row in self._connection.execute(query, values or {}).mappings()]

    def first(self, query: sa.Executable, values: Mapping[str, Any] | None = None) -> dict[str, Any] | None:
        """Give the first row of a query, or None."""
        row = self._connection.execute(query, values or {}).mappings().first()
        return None if row is None else dict(row)

    def scalar(self, query: sa.Executable, values: Mapping[str, Any] | None = None) -> Any:
        """Give the first column of the first row, or None."""
        return self._connection.execute(query, values or {}).scalar()

    @property
    def connection(self) -> sa.Connection:
        """The connection, for the modules of `storage` that take one."""
        return self._connection

    @property
    def mark(self) -> int:
        """Number of the last entry of the custody log: where it is the same, so is everything that is shown."""
        return self.scalar(sa.select(sa.func.max(tables.custody.c.number))) or 0

    @property
    def behind(self) -> bool:
        """Whether something has changed that has not been derived yet."""
        blocks, documents = tables.blocks.c, tables.documents.c
        if self.scalar(sa.select(sa.literal(1)).where(sa.exists().where(blocks.stale))) is not None:
            return True
        last = self.scalar(sa.select(sa.func.max(blocks.member))) or 0
        return (self.scalar(sa.select(sa.func.max(documents.position))) or 0) > last


def _reader(address: str) -> sqlite3.Connection:
    """A connection that can only read."""
    made = sqlite3.connect(address, uri=True, timeout=BUSY / 1000, isolation_level=None, check_same_thread=False)
    made.execute(f"PRAGMA mmap_size={MAPPED}")
    return made


class Views:
    """The readers of one case; `close` lets go of it."""

    def __init__(self, folder: Path, *, exact: bool = False) -> None:
        """Take the case at `folder`, whose tables must be those of this Tallystick.

        Args:
            folder: The case.
            exact: Whether what is counted over the whole case is counted anew at every change: for programs, which
                take what they are told for all there is.

        Raises:
            CaseError, CaseVersionError: Where there is no case, or one of another version.
        """
        require(folder, create=False)
        self.folder = folder
        self._exact = exact
        address = f"{(folder / FILE).resolve().as_uri()}?mode=ro"
        self._engine = sa.create_engine(
            "sqlite://",
            poolclass=QueuePool,
            pool_size=READERS,
            max_overflow=0,
            creator=lambda: _reader(address),
        )
        self._beside = ThreadPoolExecutor(1, thread_name_prefix="beside")
        with told(folder), self._engine.connect() as connection:
            schema.check(connection, str(folder))

    @contextmanager
    def moment(self) -> Iterator[View]:
        """A view; everything that is asked of it is of one moment.

        Raises:
            CaseError: Where the case cannot be read.
        """
        with told(self.folder), self._engine.connect() as connection:
            connection.exec_driver_sql("BEGIN")
            try:
                yield View(self.folder, connection, self._aside, exact=self._exact)
            finally:
                connection.exec_driver_sql("ROLLBACK")

    def _aside(self, task: Task) -> None:
        """Have a task done with a view of its own; one that comes when the case is let go of is dropped."""

        def done() -> None:
            with self.moment() as view:
                task(view)

        with suppress(RuntimeError):
            self._beside.submit(done)

    def close(self) -> None:
        """Let go of the case."""
        self._beside.shutdown(cancel_futures=True)
        self._engine.dispose()
