"""Look at the head of a stream without losing it: files, pipes and members of archives alike."""

from dataclasses import replace
from io import BufferedReader, BytesIO, RawIOBase
from typing import BinaryIO, cast

from tallystick.reading.received import HEAD, Received

__all__ = ["headed"]


def headed(received: Received) -> tuple[bytes, Received]:
    """Give the first `HEAD` bytes, fewer only where there are no more, and the same stream at its start.

    Raises:
        OSError: Where the stream cannot be read.
    """
    stream = received.stream
    head = _first(stream)
    if isinstance(stream, BytesIO) or (isinstance(stream, BufferedReader) and stream.seekable()):
        stream.seek(-len(head), 1)
        return head, received
    whole = BufferedReader(_Rejoined(head, stream), HEAD)
    return head, replace(received, stream=cast("BinaryIO", whole))


def _first(stream: BinaryIO) -> bytes:
    """The head; a pipe gives it in pieces."""
    head = b""
    while len(head) < HEAD and (piece := stream.read(HEAD - len(head))):
        head += piece
    return head


class _Rejoined(RawIOBase):
    """A head that was taken off, then the rest of its stream."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = memoryview(head)
        self._rest = rest

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fill `buffer` from the head, then from the rest."""
        target = memoryview(cast("bytearray", buffer)).cast("B")
        if self._head:
            size = min(len(target), len(self._head))
            target[:size] = self._head[:size]
            self._head = self._head[size:]
            return size
        piece = self._rest.read(len(target))
        target[: len(piece)] = piece
        return len(piece)
