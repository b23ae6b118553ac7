"""Take a web archive apart: a WARC comes in, plain or packed, each page of it goes out with how it was received.

A crawl of a month holds millions of pages of which a few matter, so a page without a term that is looked for is told
from its bytes alone, before anything of it is parsed.
"""

import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC
from hashlib import sha256
from io import BytesIO
from typing import BinaryIO, Protocol

from fastwarc.stream_io import BrotliReader, ChunkedReader, GzipReader, ZstdReader
from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from tallystick.errors import ReadingError
from tallystick.model.document import Failure, Retrieval
from tallystick.reading.containers.bombs import STEEPEST, explodes
from tallystick.reading.received import LARGEST, LeftOut, Received, stated

__all__ = ["EMPTY", "NO_TERM", "warc"]

EMPTY = "no page in this archive"
NO_TERM = "holds no term of the dossier"
TOO_LARGE = f"records of an archive that are said to be larger than {LARGEST // 1_000_000} MB"
NO_PAGE = "pages of an archive that are no reports: pictures, scripts, other answers than 200"
# Pages, files that were put in as they were, and the texts of pages (WET).
TYPES = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
# Header lines of one record in bytes; servers send some 2 kB, and refuse to take more than 8 to 16.
LONGEST_HEADER = 65_536
OK = 200
STATUS = re.compile(rb"HTTP/\d(?:\.\d)? (\d{3})\b")
END_OF_HEADER = re.compile(rb"\r?\n\r?\n")
ENCODED = re.compile(rb"\n(?:content|transfer)-encoding:", re.IGNORECASE)


class _Decoder(Protocol):
    """Something that takes an encoding off."""

    def read(self, size: int, /) -> bytes:
        """Give up to `size` bytes."""


class _Inflated:
    """What servers call deflate: a zlib stream."""

    def __init__(self, stream: BytesIO) -> None:
        self._packed = stream.getvalue()

    def read(self, size: int, /) -> bytes:
        """Give its first `size` bytes."""
        try:
            return zlib.decompressobj().decompress(self._packed, size)
        except zlib.error as error:
            raise OSError(str(error)) from error


READERS: dict[str, Callable[[BytesIO], _Decoder]] = {
    "gzip": GzipReader, "x-gzip": GzipReader, "deflate": _Inflated, "br": BrotliReader, "zstd": ZstdReader,
}  # fmt: skip
# Encodings one over the other; one is usual.
MOST_ENCODINGS = 2
READ_TYPES = re.compile(
    r"text/(?:html|plain|markdown|csv|xml)\b|application/(?:(?:(?:xhtml|rss|atom)\+)?xml|pdf|json)\b", re.IGNORECASE
)


def warc(
    received: Received, wanted: Callable[[bytes], bool] | None, *, begins: int | None = None
) -> Iterator[Received | LeftOut | Failure]:  # fmt: skip
    """Give each page of a WARC that holds what is wanted, in the archive's order.

    Args:
        received: The archive, plain or packed with gzip, Zstandard or LZ4.
        wanted: Tells from its bytes whether a page is read; None reads all of them.
        begins: The byte of a file at which the archive begins, for pages to be named by where they stand in that file;
            None names them by their number.

    Yields:
        A page, with the id that its address and its bytes give it; a `LeftOut` for what is none or is not wanted; a
        `Failure` for a record that is broken, and one where the archive breaks off.
    """
    given = 0
    number = 0
    name_of = _Names(received.name, begins).of
    try:
        records = ArchiveIterator(
            _Forward(received.stream),
            record_types=TYPES,
            parse_http=False,
            max_header_len=LONGEST_HEADER,
            quirks_mode=True,
        )
        for number, record in enumerate(records, start=1):
            if explodes(given, record.stream_pos):
                raise ReadingError(received.name, f"gives more than {STEEPEST} times its size, as a bomb does")
            given += record.content_length
            yield _page(record, name_of(number, record.stream_pos), received.depth, wanted)
    except ReadingError:
        raise
    except (OSError, EOFError, ValueError) as error:
        reason = f"the archive breaks off after {number:,} pages ({' '.join(str(error).split())[:200]})"
        yield Failure(received.name, "read", reason)
        return
    if not number:
        yield Failure(received.name, "read", EMPTY)


class _Names:
    """Names of the pages of an archive."""

    def __init__(self, archive: str, begins: int | None) -> None:
        self._archive = archive
        self._begins = begins
        self._last, self._turn = -1, 0

    def of(self, number: int, at: int) -> str:
        """Name a page by its number, or by the byte at which it begins; pages packed as one by their turn there too."""
        if self._begins is None:
            return f"{self._archive}:{number}"
        self._turn = self._turn + 1 if at == self._last else 1
        self._last = at
        return f"{self._archive}@{self._begins + at}" + (f":{self._turn}" if self._turn > 1 else "")


def _page(
    record: WarcRecord, name: str, depth: int, wanted: Callable[[bytes], bool] | None
) -> Received | LeftOut | Failure:  # fmt: skip
    """One record: a page to be read, or why it is not; of one without a term nothing is parsed."""
    length = record.content_length
    if length > LARGEST + LONGEST_HEADER:
        return LeftOut(TOO_LARGE)
    try:
        block: bytes = record.reader.read()
    except (OSError, ValueError) as error:
        return Failure(name, "read", f"a record that cannot be unpacked ({error})")
    if len(block) < length:
        reason = f"the archive breaks off here, after {len(block):,} of {length:,} bytes of the record"
        return Failure(name, "read", reason)
    if not record.is_http:
        return _wanted_page(record, name, depth, wanted, (), record.headers.get("Content-Type") or "", block)
    status = STATUS.match(block)
    end = END_OF_HEADER.search(block, 0, LONGEST_HEADER)
    if status is None or end is None:
        return Failure(name, "read", "a record whose HTTP answer is broken")
    if int(status[1]) != OK:
        return LeftOut(NO_PAGE)
    head = block[: end.start()]
    plain = ENCODED.search(head) is None
    if plain and wanted is not None and not wanted(block):
        return LeftOut(NO_TERM)
    headers = _headers(head)
    first = {key.casefold(): value for key, value in reversed(headers)}
    content = block[end.end() :] if plain else _decoded(block[end.end() :], first)
    return _wanted_page(record, name, depth, wanted, headers, first.get("content-type", ""), content)


def _wanted_page(
    record: WarcRecord, name: str, depth: int, wanted: Callable[[bytes], bool] | None,
    headers: tuple[tuple[str, str], ...], media: str, content: bytes,
) -> Received | LeftOut:  # fmt: skip
    """A page of a kind that is read and that is wanted."""
    if media and not READ_TYPES.match(media):
        return LeftOut(NO_PAGE)
    if wanted is not None and not wanted(content):
        return LeftOut(NO_TERM)
    return _received(record, name, depth, headers, content)


def _headers(head: bytes) -> tuple[tuple[str, str], ...]:
    """The header lines of an answer, in order."""
    lines = head.decode("latin-1").splitlines()[1:]
    pairs = (line.partition(":") for line in lines)
    return tuple((key.strip(), value.strip()) for key, colon, value in pairs if colon)


def _decoded(content: bytes, headers: Mapping[str, str]) -> bytes:
    """A payload without its encodings; crawlers often take them off and leave the header, so what fails is kept."""
    if "chunked" in headers.get("transfer-encoding", "").casefold():
        content = _through(ChunkedReader, content)
    for encoding in reversed(headers.get("content-encoding", "").casefold().split(",")[:MOST_ENCODINGS]):
        if reader := READERS.get(encoding.strip()):
            content = _through(reader, content)
    return content


def _through(reader: Callable[[BytesIO], _Decoder], content: bytes) -> bytes:
    """What a reader makes of a payload, up to one byte more than is read of a report."""
    try:
        return reader(BytesIO(content)).read(LARGEST + 1)
    except (OSError, ValueError):
        return content


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


def _received(
    record: WarcRecord, name: str, depth: int, headers: tuple[tuple[str, str], ...], content: bytes
) -> Received:
    """The page with its address and how it was received."""
    url = (record.headers.get("WARC-Target-URI") or "").strip("<>")
    moment = record.record_date
    when = moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z") if moment else ""
    # One text under two addresses is two reports: a copy under another masthead is what tracing looks for.
    id = sha256(url.encode("utf-8", "surrogatepass") + b"\0" + content).hexdigest()  # noqa: A001 - the record's name
    return Received(
        name, BytesIO(content), id=id, details=stated("url", url, "WARC-Target-URI"),
        retrieval=Retrieval(url, when, OK, headers), depth=depth + 1,
    )  # fmt: skip
