"""The pages of a shard, one by one: what its file holds comes out as streams still to be read, in the file's order.

A page is named by where it stands in its file, whatever shard it is in: by its first byte ("a.warc.gz@1024"), or in
files whose lines or rows can be counted by its number ("a.jsonl.gz:7"). One without the dossier's terms is told from
its bytes alone, before anything of it is parsed.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, datetime
from typing import BinaryIO

from tallystick.batch.places import opened
from tallystick.batch.shards import Form, Shard
from tallystick.batch.tables import rows_before, rows_of
from tallystick.batch.windows import line_start, member_start, window
from tallystick.errors import ReadingError
from tallystick.model.document import Failure
from tallystick.reading.containers.gzip_stream import gzip_stream
from tallystick.reading.containers.json_lines import bounded_lines, json_report
from tallystick.reading.containers.warc import EMPTY, NO_TERM, warc
from tallystick.reading.received import LARGEST, Address, LeftOut, Received

__all__ = ["Held", "pages"]

Held = Received | Address | LeftOut | Failure
Wanted = Callable[[bytes], bool]
MARK = b"\xef\xbb\xbf"


def pages(shard: Shard, wanted: Wanted | None) -> Iterator[Held]:
    """Give each page of a shard, and in the place of one that is not wanted or cannot be had, why.

    Args:
        shard: The shard.
        wanted: Tells from its bytes whether a page may bear on the dossier; None takes all.

    Raises:
        OSError: Where the file cannot be opened or read on.
    """
    with closing(opened(shard.file.name)) as stream:
        match shard.form:
            case Form.WARC:
                yield from warc(Received(shard.file.name, stream), wanted, begins=0)
            case Form.WARC_GZIP:
                yield from _members(shard, stream, wanted)
            case Form.JSON_LINES:
                part = window(stream, shard.first, shard.last, line_start) if shard.part else stream
                yield from _placed_lines(Received(shard.file.name, part), wanted)
            case Form.JSON_LINES_GZIP:
                yield from _packed_lines(shard, stream, wanted)
            case Form.PARQUET:
                yield from _rows(shard, stream, wanted)


def _members(shard: Shard, stream: BinaryIO, wanted: Wanted | None) -> Iterator[Held]:
    if not shard.part:
        yield from warc(Received(shard.file.name, stream), wanted, begins=0)
        return
    part = window(stream, shard.first, shard.last, member_start)
    for one in warc(Received(shard.file.name, part), wanted, begins=part.tell()):
        # That no page begins in a part is nothing wrong: its only member may be a request, or lie before it.
        if not (isinstance(one, Failure) and one.reason == EMPTY):
            yield one


def _packed_lines(shard: Shard, stream: BinaryIO, wanted: Wanted | None) -> Iterator[Held]:
    try:
        for unpacked in gzip_stream(Received(shard.file.name, stream)):
            yield from _lines(Received(shard.file.name, unpacked.stream), wanted)
    except ReadingError as error:
        yield Failure(error.document, "read", error.reason)


def _lines(received: Received, wanted: Wanted | None) -> Iterator[Held]:
    for number, line in enumerate(bounded_lines(received.stream), start=1):
        yield from _line(line, f"{received.name}:{number}", received, wanted)


def _placed_lines(received: Received, wanted: Wanted | None) -> Iterator[Held]:
    """Lines of a part of a file: how many stand before it nobody knows."""
    at = received.stream.tell()
    for line in bounded_lines(received.stream):
        yield from _line(line, f"{received.name}@{at}", received, wanted)
        at = received.stream.tell()


def _line(line: bytes | None, name: str, within: Received, wanted: Wanted | None) -> Iterator[Held]:
    if line is None:
        yield Failure(name, "read", f"larger than {LARGEST // 1_000_000} MB; give one report a line")
    elif content := line.removeprefix(MARK).strip():
        yield _report(content, name, within, wanted)


def _report(content: bytes, name: str, within: Received, wanted: Wanted | None) -> Held:
    if wanted is not None and not wanted(content):
        return LeftOut(NO_TERM)
    return json_report(content, name, within)


def _rows(shard: Shard, stream: BinaryIO, wanted: Wanted | None) -> Iterator[Held]:
    """The rows of a Parquet file, each as the line of JSON that a JSONL of the same columns would hold."""
    within = Received(shard.file.name, stream)
    try:
        before = rows_before(stream, shard.first)
        found = rows_of(stream, groups=range(shard.first, shard.last) if shard.part else None)
        for number, row in enumerate(found, start=before + 1):
            told = {name: value for name, value in row.items() if value is not None}
            content = json.dumps(told, ensure_ascii=False, default=_told).encode("utf-8", "replace")
            yield _report(content, f"{shard.file.name}:{number}", within, wanted)
    except ValueError as error:
        yield Failure(
            shard.file.name, "read", f"no Parquet file that can be read ({' '.join(str(error).split())[:200]})"
        )


def _told(value: object) -> object:
    """A value that JSON has no form for."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return str(value)
