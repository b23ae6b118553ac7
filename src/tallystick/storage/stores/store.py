"""What a case asks of where it lives: connections in transactions, and files beside the tables."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

import sqlalchemy as sa

from tallystick.storage.stores.address import CaseAddress

__all__ = ["Files", "Store"]


class Files(Protocol):
    """The files of a case: originals, records, time-stamps, dossiers, the report; each has a name with slashes."""

    def names(self, folder: str) -> Iterator[str]:
        """Give the name of everything below `folder`, in order; not what a cut-off run left half written."""

    def holds(self, name: str) -> bool:
        """Whether there is such a file."""

    def read(self, name: str) -> bytes:
        """Give its bytes.

        Raises:
            OSError: Where it is not there or cannot be read.
        """

    def hashed(self, name: str) -> str:
        """Give the SHA-256 in hex of its bytes.

        Raises:
            OSError: Where it is not there, cannot be read, or is no file of its own.
        """

    def keep(self, name: str, content: bytes) -> None:
        """Write a file that is never to be written over, whole or not at all, of whose name there is none yet.

        Raises:
            OSError: Where the disk refuses.
        """

    def put(self, name: str, content: bytes) -> None:
        """Write a file, whole or not at all, also in the place of an earlier one.

        Raises:
            OSError: Where the disk refuses.
        """

    def rename(self, name: str, new: str) -> None:
        """Give a file another name.

        Raises:
            OSError: Where the disk refuses.
        """

    def path(self, name: str) -> Path | None:
        """Give where a file lies on this machine; None where it lies with the tables."""

    def lent(self, folder: str) -> AbstractContextManager[Path]:
        """A block in which what is below `folder` lies in a folder of the disk, to be read there.

        Raises:
            OSError: Where the disk refuses.
        """


class Store(Protocol):
    """Where one case lives; it holds no connection itself."""

    @property
    def address(self) -> CaseAddress:
        """The case; `str()` of it names the case to people."""

    @property
    def folder(self) -> Path:
        """A folder of this machine for what belongs to the case here alone; it need not be there."""

    @property
    def tables(self) -> str:
        """What people call that which holds the tables."""

    def require(self, *, create: bool) -> None:
        """Make place for a case, or raise where there cannot be one.

        Raises:
            CaseReadOnlyError: Where none can be made.
            CaseError: Where there is no case, or something else in its place.
        """

    def engine(self, *, read_only: bool) -> sa.Engine:
        """Give the engine for one who works with the case; it holds no connection."""

    def readers(self) -> sa.Engine:
        """Give an engine for many readers at once, whose connections can only read and are used again."""

    def reading(self, connection: sa.Connection) -> AbstractContextManager[None]:
        """A transaction in which everything that is read is of one moment; nobody waits for it."""

    def writing(self, connection: sa.Connection) -> AbstractContextManager[None]:
        """A transaction that begins by waiting until no other writes, so that it reads what the last one left."""

    def told(self) -> AbstractContextManager[None]:
        """A block in which what the database and the disk say becomes an error that names the case.

        Raises:
            CaseReadOnlyError: Where it cannot be written, also for want of room.
            CaseAwayError: Where it does not answer, or no longer; nothing of what was being written is kept.
            CaseBusyError: Where another got in between and doing it again may help; nothing of it was written.
            CaseError: Where anything else is wrong with it.
        """

    def files(self, connection: sa.Connection) -> Files:
        """Give the files of the case; they are read and written within the transaction of the connection."""

    def damage(self, connection: sa.Connection) -> tuple[str, ...]:
        """Give what the database itself finds wrong; empty where it finds nothing."""
