"""Take JSON lines apart: a stream comes in, each line of it goes out as a report of its own."""

from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO

from tallystick.model.document import Failure
from tallystick.reading.received import LARGEST, Kind, Received

__all__ = ["json_lines"]

MARK = b"\xef\xbb\xbf"


def json_lines(received: Received) -> Iterator[Received | Failure]:
    """Give each line that is not blank; the rest of the stream is read whatever one line holds."""
    any_line = False
    for number, line in enumerate(_bounded_lines(received.stream), start=1):
        where = f"{received.name}:{number}"
        if line is None:
            any_line = True
            yield Failure(where, "read", f"larger than {LARGEST // 1_000_000} MB; give one report a line")
        elif content := line.removeprefix(MARK).strip():
            any_line = True
            yield Received(
                where, BytesIO(content), Kind.JSON, details=received.details, depth=received.depth + 1,
                bulk=received.bulk,
            )  # fmt: skip
    if not any_line:
        yield Failure(received.name, "read", "no line in it holds a report")


def _bounded_lines(stream: BinaryIO) -> Iterator[bytes | None]:
    """The lines of a stream; one longer than `LARGEST` comes as None and is never held whole."""
    while line := stream.readline(LARGEST + 1):
        if len(line) <= LARGEST:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(LARGEST)
        yield None
