"""Unpack a gzip file as it is read: a stream comes in, the stream that it holds goes out as one to be read in turn."""

import zlib
from collections.abc import Iterator
from io import BufferedReader, RawIOBase
from pathlib import PurePath
from typing import BinaryIO, cast

from tallystick.errors import ReadingError
from tallystick.reading.containers.bombs import STEEPEST, explodes
from tallystick.reading.received import Received

__all__ = ["gzip_stream"]

MARK = b"\x1f\x8b"
GZIP = 16 + zlib.MAX_WBITS
PIECE = 1 << 16


def gzip_stream(received: Received) -> Iterator[Received]:
    """Give what a gzip file holds, all its members as one stream; whatever follows the last one is no part of it.

    Yields:
        One stream named as the file, and after "!" as the file without ".gz". Reading it raises `ReadingError` where
        it is damaged, cut short or a bomb; what was read before that stays good.
    """
    inner = PurePath(received.name)
    name = f"{received.name}!{inner.stem}" if inner.suffix.casefold() == ".gz" else received.name
    unpacked = BufferedReader(_Unpacked(received.stream, received.name), PIECE)
    yield Received(
        name, cast("BinaryIO", unpacked), id=received.id, details=received.details, retrieval=received.retrieval,
    )  # fmt: skip


class _Unpacked(RawIOBase):
    """The bytes of the members of a gzip stream, one after the other."""

    def __init__(self, packed: BinaryIO, name: str) -> None:
        self._packed = packed
        self._name = name
        self._member = zlib.decompressobj(GZIP)
        self._rest = b""
        self._taken = self._given = 0

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fill `buffer` with what comes next."""
        target = memoryview(cast("bytearray", buffer)).cast("B")
        while True:
            if self._member.eof and not self._next():
                return 0
            packed = self._rest or self._more()
            try:
                piece = self._member.decompress(packed, len(target))
            except zlib.error as error:
                raise ReadingError(self._name, f"the gzip stream is damaged ({error})") from error
            self._rest = self._member.unused_data if self._member.eof else self._member.unconsumed_tail
            if piece:
                self._count(len(piece))
                target[: len(piece)] = piece
                return len(piece)
            if not packed and not self._member.eof:
                raise ReadingError(self._name, "the gzip stream is cut short; get the whole file")

    def _next(self) -> bool:
        """Whether another member follows; padding and other bytes after the last one are no member."""
        if len(self._rest) < len(MARK):
            self._rest += self._more()
        if not self._rest.startswith(MARK):
            return False
        self._member = zlib.decompressobj(GZIP)
        return True

    def _more(self) -> bytes:
        packed = self._packed.read(PIECE)
        self._taken += len(packed)
        return packed

    def _count(self, size: int) -> None:
        """Stop where far more comes out than went in."""
        self._given += size
        if explodes(self._given, self._taken):
            reason = f"gives more than {STEEPEST} times its size, as a gzip bomb does; unpack it first if it is none"
            raise ReadingError(self._name, reason)
