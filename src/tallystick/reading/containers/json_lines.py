"""Take JSON lines apart: a stream comes in, each line of it goes out as a report of its own or the address of one."""

from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO

from tallystick.errors import ReadingError
from tallystick.model.document import Failure
from tallystick.reading.exports import address
from tallystick.reading.formats.json_document import json_values
from tallystick.reading.received import LARGEST, Address, Kind, Received

__all__ = ["bounded_lines", "json_lines", "json_report"]

MARK = b"\xef\xbb\xbf"


def json_lines(received: Received) -> Iterator[Received | Address | Failure]:
    """Give each line that is not blank; the rest of the stream is read whatever one line holds."""
    any_line = False
    for number, line in enumerate(bounded_lines(received.stream), start=1):
        where = f"{received.name}:{number}"
        if line is None:
            any_line = True
            yield Failure(where, "read", f"larger than {LARGEST // 1_000_000} MB; give one report a line")
        elif content := line.removeprefix(MARK).strip():
            any_line = True
            yield json_report(content, where, received)
    if not any_line:
        yield Failure(received.name, "read", "no line in it holds a report")


def json_report(content: bytes, name: str, within: Received) -> Received | Address:
    """Give one JSON value as a report, or as an address where it names a page without its text.

    Args:
        content: Its bytes, which are the evidence.
        name: Where it stands.
        within: The container that it stands in.
    """
    try:
        named = address(json_values(content, name), name, "JSON")
    except ReadingError:  # said again by whoever reads it
        named = None
    if named:
        return Address(named.url, name, (*named.details, *within.details))
    return Received(name, BytesIO(content), Kind.JSON, details=within.details, depth=within.depth + 1)


def bounded_lines(stream: BinaryIO) -> Iterator[bytes | None]:
    """Give the lines of a stream; one longer than `LARGEST` comes as None and is never held whole."""
    while line := stream.readline(LARGEST + 1):
        if len(line) <= LARGEST:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(LARGEST)
        yield None
