"""A case as many readers look at it at once: connections that can only read come from a pool, a view is of one moment.

The modules beside this one ask; nothing here or there writes.
"""

import time
from collections.abc import Callable, Hashable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from threading import Event
from typing import Any, TypeAlias, TypeVar

import sqlalchemy as sa

from tallystick.storage import schema, tables
from tallystick.storage.opening import store_at
from tallystick.storage.stores.address import CaseAddress
from tallystick.storage.stores.store import Files, Store

__all__ = ["View", "Views"]

# What is done beside takes so much of the time that it is asked for: with two processors, one that always counted anew
# what somebody's reviews change would be half of what all readers have.
BESIDE = 0.25

Told = TypeVar("Told")
Task: TypeAlias = Callable[["View"], None]
Aside: TypeAlias = Callable[[Task], None]


class View:
    """What a case holds at one moment; the modules of `storage.views` ask it."""

    def __init__(self, store: Store, connection: sa.Connection, aside: Aside, *, exact: bool = False) -> None:
        self._store = store
        self.exact = exact
        """Whether nothing may be shown of an earlier state, however dear it is to count anew."""
        self.aside = aside
        """Has something done with a later view, in another thread and after all that waits there already."""
        self._connection = connection
        self._told: dict[Hashable, Any] = {}

    def once(self, what: Hashable, ask: Callable[[], Told]) -> Told:
        """Give what `ask` gives, of which `what` is the name; of one moment it is asked but once."""
        if what not in self._told:
            self._told[what] = ask()
        told: Told = self._told[what]
        return told

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
    def address(self) -> CaseAddress:
        """Where the case lives."""
        return self._store.address

    @property
    def files(self) -> Files:
        """The files of the case."""
        return self._store.files(self._connection)

    @property
    def connection(self) -> sa.Connection:
        """The connection, for the modules of `storage` that take one."""
        return self._connection

    @property
    def mark(self) -> int:
        """Number of the last entry of the custody log: where it is the same, so is everything that is shown."""
        return self.once("mark", lambda: self.scalar(sa.select(sa.func.max(tables.custody.c.number))) or 0)

    @property
    def behind(self) -> bool:
        """Whether something has changed that has not been derived yet."""
        blocks, documents = tables.blocks.c, tables.documents.c
        if self.scalar(sa.select(sa.literal(1)).where(sa.exists().where(blocks.stale))) is not None:
            return True
        last = self.scalar(sa.select(sa.func.max(blocks.member))) or 0
        return (self.scalar(sa.select(sa.func.max(documents.position))) or 0) > last


class Views:
    """The readers of one case; `close` lets go of it."""

    def __init__(self, address: CaseAddress | str, *, exact: bool = False) -> None:
        """Take the case at `address`, whose tables must be those of this Tallystick.

        Args:
            address: The case.
            exact: Whether what is counted over the whole case is counted anew at every change: for programs, which
                take what they are told for all there is.

        Raises:
            CaseError, CaseVersionError: Where there is no case, or one of another version.
        """
        self._store = store_at(address)
        self._store.require(create=False)
        self._exact = exact
        self._engine = self._store.readers()
        self._beside = ThreadPoolExecutor(1, thread_name_prefix="beside")
        self._closed = Event()
        with self._connected() as connection:
            schema.check(connection, str(self.address))

    @property
    def address(self) -> CaseAddress:
        """Where the case lives."""
        return self._store.address

    @contextmanager
    def moment(self) -> Iterator[View]:
        """A view; everything that is asked of it is of one moment.

        Raises:
            CaseError: Where the case cannot be read.
        """
        with self._connected() as connection:
            yield View(self._store, connection, self._aside, exact=self._exact)

    @contextmanager
    def _connected(self) -> Iterator[sa.Connection]:
        """A connection of the pool, within a transaction."""
        with self._store.told(), self._engine.connect() as connection, self._store.reading(connection):
            yield connection

    def _aside(self, task: Task) -> None:
        """Have a task done with a view of its own; one that comes when the case is let go of is dropped."""

        def done() -> None:
            start = time.monotonic()
            with self.moment() as view:
                task(view)
            self._closed.wait((time.monotonic() - start) * (1 / BESIDE - 1))

        with suppress(RuntimeError):
            self._beside.submit(done)

    def close(self) -> None:
        """Let go of the case."""
        self._closed.set()
        self._beside.shutdown(cancel_futures=True)
        self._engine.dispose()
