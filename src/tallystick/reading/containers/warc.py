"""Take a web archive apart: a WARC comes in, plain or packed, each page of it goes out with how it was received.

A crawl of a month holds millions of pages of which a few matter, so a page without a term that is looked for is told
from its bytes alone, before anything of it is parsed.
"""

import re
from collections.abc import Callable, Iterator
from datetime import UTC
from hashlib import sha256
from io import BytesIO
from typing import BinaryIO

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from tallystick.errors import ReadingError
from tallystick.model.document import Failure, Retrieval
from tallystick.reading.received import LARGEST, LeftOut, Received, stated

__all__ = ["NO_TERM", "warc"]

NO_TERM = "holds no term of the dossier"
NO_PAGE = "pages of an archive that are no reports: pictures, scripts, other answers than 200"
# Pages, files that were put in as they were, and the texts of pages (WET).
TYPES = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
# Header lines of one record in bytes; servers send some 2 kB, and refuse to take more than 8 to 16.
LONGEST_HEADER = 65_536
# An archive that gives more than `FREE` bytes at more than `STEEPEST` times its own size is made to exhaust: pages
# shrink 4 to 10 times; zeros, of which bombs are made, 1,030 times.
FREE = 100_000_000
STEEPEST = 200
OK = 200
READ_TYPES = re.compile(
    r"text/(?:html|plain|markdown|csv|xml)\b|application/(?:(?:(?:xhtml|rss|atom)\+)?xml|pdf|json)\b", re.IGNORECASE
)


def warc(received: Received, wanted: Callable[[bytes], bool] | None) -> Iterator[Received | LeftOut | Failure]:
    """Give each page of a WARC that holds what is wanted, in the archive's order.

    Args:
        received: The archive, plain or packed with gzip, Zstandard or LZ4.
        wanted: Tells from its bytes whether a page is read; None reads all of them.

    Yields:
        A page, with the id that its address and its bytes give it; a `LeftOut` for what is none or is not wanted; a
        `Failure` for a record that is broken, and one where the archive breaks off.
    """
    given = 0
    number = 0
    try:
        records = ArchiveIterator(
            _Forward(received.stream),
            record_types=TYPES,
            parse_http=False,
            max_header_len=LONGEST_HEADER,
            quirks_mode=True,
        )
        for number, record in enumerate(records, start=1):
            if given > FREE and given > STEEPEST * max(record.stream_pos, 1):
                raise ReadingError(received.name, f"gives more than {STEEPEST} times its size, as a bomb does")
            given += record.content_length
            yield _page(record, f"{received.name}:{number}", received.depth, wanted)
    except (OSError, EOFError, ValueError) as error:
        if isinstance(error, ReadingError):
            raise
        reason = f"the archive breaks off after {number:,} pages ({' '.join(str(error).split())[:200]})"
        yield Failure(received.name, "read", reason)
        return
    if not number:
        yield Failure(received.name, "read", "no page in this archive")


def _page(
    record: WarcRecord, name: str, depth: int, wanted: Callable[[bytes], bool] | None
) -> Received | LeftOut | Failure:  # fmt: skip
    """One record: a page to be read, or why it is not."""
    length = record.content_length
    if length > LARGEST + LONGEST_HEADER:
        return LeftOut(NO_PAGE)
    try:
        record.freeze()
    except (OSError, ValueError) as error:
        return Failure(name, "read", f"a record that cannot be unpacked ({error})")
    if record.content_length < length:
        reason = f"the archive breaks off here, after {record.content_length:,} of {length:,} bytes of the record"
        return Failure(name, "read", reason)
    status, media = OK, record.headers.get("Content-Type", "")
    if record.is_http:
        try:
            record.parse_http(auto_decode="all", max_header_len=LONGEST_HEADER, quirks_mode=True)
            status, media = record.http_headers.status_code or 0, record.http_headers.get("Content-Type", "")
        except (OSError, ValueError) as error:
            return Failure(name, "read", f"a record whose HTTP answer is broken ({error})")
    if status != OK or (media and not READ_TYPES.match(media)):
        return LeftOut(NO_PAGE)
    try:
        content = record.reader.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        return Failure(name, "read", f"a record that cannot be unpacked ({error})")
    if wanted is not None and not wanted(content):
        return LeftOut(NO_TERM)
    return _received(record, name, depth, content)


class _Forward:
    """A stream that only goes on, as fastwarc reads: it asks where it is, which a pipe cannot tell."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._at = 0

    def read(self, size: int = -1) -> bytes:
        """Give up to `size` bytes."""
        piece = self._stream.read(size)
        self._at += len(piece)
        return piece

    def tell(self) -> int:
        """Give how many bytes were read."""
        return self._at

    def seek(self, offset: int, whence: int = 0) -> int:
        """Refuse: what was read is gone."""
        raise OSError(f"no way back to {offset} (from {whence})")

    def close(self) -> None:
        """Leave the stream to whoever opened it."""


def _received(record: WarcRecord, name: str, depth: int, content: bytes) -> Received:
    """The page with its address and how it was received."""
    url = (record.headers.get("WARC-Target-URI") or "").strip("<>")
    headers: tuple[tuple[str, str], ...] = ()
    if record.is_http:
        headers = tuple((key, value) for key, value in record.http_headers.astuples())
    moment = record.record_date
    when = moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z") if moment else ""
    # One text under two addresses is two reports: a copy under another masthead is what tracing looks for.
    id = sha256(url.encode("utf-8", "surrogatepass") + b"\0" + content).hexdigest()  # noqa: A001 - the record's name
    return Received(
        name, BytesIO(content), id=id, details=stated("url", url, "WARC-Target-URI"),
        retrieval=Retrieval(url, when, OK, headers), depth=depth + 1,
    )  # fmt: skip
