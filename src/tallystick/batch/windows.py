"""The part of a file that a shard is: where its first line or gzip member begins, up to where that of the next does.

Each part finds both ends by itself, so no file is gone through before its shards are; together they hold every line
and every member once.
"""

import zlib
from collections.abc import Callable, Iterator
from io import BufferedReader, RawIOBase
from typing import BinaryIO, cast

__all__ = ["line_start", "member_start", "window"]

PIECE = 1 << 20
GZIP = 16 + zlib.MAX_WBITS
# The head of a gzip member that holds deflated bytes, as all do. It also stands in packed bytes by chance, once in
# 16 MB, so what it unpacks to must begin as a record does.
MEMBER = b"\x1f\x8b\x08"
RECORD = b"WARC/"
# Packed bytes that are enough to see the first five of a record.
ENOUGH = 1 << 10
LINE_END = b"\n"


def window(stream: BinaryIO, first: int, last: int, start: Callable[[BinaryIO, int], int]) -> BinaryIO:
    """Give the bytes of a file from the first piece that begins at or after `first` up to that at or after `last`.

    Args:
        stream: The file, which can be read from any place.
        first: Where the shard begins.
        last: One past its end.
        start: Finds the first piece that begins at or after a byte: `line_start` or `member_start`.

    Returns:
        A stream of them, which tells places in the file; empty where no piece begins in between.
    """
    begin = start(stream, first)
    end = start(stream, last) if begin < last else begin
    stream.seek(begin)
    return cast("BinaryIO", BufferedReader(_Window(stream, end - begin), PIECE))


def line_start(stream: BinaryIO, at: int) -> int:
    """Give where the first line begins that begins at `at` or after; the size of the file where none does."""
    if at == 0:
        return 0
    where = at - 1
    for piece in _pieces(stream, where):
        found = piece.find(LINE_END)
        if found >= 0:
            return where + found + 1
        where += len(piece)
    return where


def member_start(stream: BinaryIO, at: int) -> int:
    """Give where the first gzip member with a record begins at `at` or after; the size of the file where none does."""
    if at == 0:
        return 0
    where, kept = at, b""
    for piece in _pieces(stream, at):
        kept += piece
        found = kept.find(MEMBER)
        while 0 <= found < len(kept) - ENOUGH:
            if _holds_record(kept[found : found + ENOUGH]):
                return where + found
            found = kept.find(MEMBER, found + 1)
        done = max(0, found if found >= 0 else len(kept) - len(MEMBER) + 1)
        where, kept = where + done, kept[done:]
    found = kept.find(MEMBER)
    while found >= 0:
        if _holds_record(kept[found:]):
            return where + found
        found = kept.find(MEMBER, found + 1)
    return where + len(kept)


def _pieces(stream: BinaryIO, at: int) -> Iterator[bytes]:
    stream.seek(at)
    while piece := stream.read(PIECE):
        yield piece


def _holds_record(packed: bytes) -> bool:
    try:
        return zlib.decompressobj(GZIP).decompress(packed, len(RECORD)) == RECORD
    except zlib.error:
        return False


class _Window(RawIOBase):
    """So many bytes of a stream from where it stands."""

    def __init__(self, stream: BinaryIO, size: int) -> None:
        self._stream = stream
        self._left = size

    def readable(self) -> bool:
        """Always."""
        return True

    def tell(self) -> int:
        """Give which byte of the whole file comes next."""
        return self._stream.tell()

    def readinto(self, buffer: object) -> int:
        """Fill `buffer` with what comes next."""
        target = memoryview(cast("bytearray", buffer)).cast("B")
        piece = self._stream.read(min(len(target), self._left))
        self._left -= len(piece)
        target[: len(piece)] = piece
        return len(piece)
