"""What a report is before it is read: a stream of bytes with what its container says of it."""

import re
from dataclasses import dataclass, field
from enum import Enum
from hashlib import sha256
from typing import BinaryIO

from tallystick.errors import ReadingError
from tallystick.model.document import Detail, Document, Original, Retrieval, Retrieved, Sureness
from tallystick.reading.text.language import detect, detect_passages
from tallystick.reading.text.passages import Hints, label
from tallystick.values.dates import is_iso

__all__ = ["HEAD", "LARGEST", "Address", "Kind", "LeftOut", "Received", "assemble", "stated"]

# Largest report in bytes. The longest article of the gold sets has 60 kB; a web page with its scripts inlined reaches
# a few MB; beyond this it is a dump of many reports, which belongs in an archive or in a .jsonl of one report a line.
LARGEST = 20_000_000
# Bytes of the head from which a kind is told; every format that is read shows itself earlier.
HEAD = 8_192
SURROGATE = re.compile("[\ud800-\udfff]")


class Kind(Enum):
    """What a stream of bytes is; its value is its media type."""

    TEXT = "text/plain"
    MARKDOWN = "text/markdown"
    HTML = "text/html"
    PDF = "application/pdf"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    MAIL = "message/rfc822"
    JSON = "application/json"
    JSON_LINES = "application/x-ndjson"
    JSON_ARRAY = "application/x-json-array"
    CSV = "text/csv"
    FEED = "application/feed+xml"
    SITEMAP = "application/sitemap+xml"
    ADDRESSES = "text/uri-list"
    WARC = "application/warc"
    ZIP = "application/zip"
    GZIP = "application/gzip"
    UNKNOWN = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Received:
    """One stream of bytes that holds a report or many.

    Attributes:
        name: Where it was found: a path, path:line, path!member of an archive, an address.
        stream: Its bytes, at their start; good until the next one is asked of the same container.
        kind: Its format, where its container knows it; None leaves it to be told by its bytes.
        id: The id that its container gives it, or None.
        details: What its container says of it, the best first.
        retrieval: How it came from the web, where that is known.
        depth: How many containers it lies in.
    """

    name: str
    stream: BinaryIO = field(repr=False)
    kind: Kind | None = None
    id: str | None = None
    details: tuple[Detail, ...] = ()
    retrieval: Retrieval | None = None
    depth: int = 0


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One piece of a container that is left out on purpose.

    Attributes:
        reason: Why, for a reader; pieces are counted by it.
    """

    reason: str


@dataclass(frozen=True, slots=True)
class Address:
    """A report that a feed, a sitemap or a list of addresses names without holding it.

    Attributes:
        url: Where it is.
        name: Where it was named: path:line, or an address.
        details: What is said of it there.
        summary: The few words that a feed says of it, read in its place where nothing is fetched; else None.
    """

    url: str
    name: str
    details: tuple[Detail, ...] = ()
    summary: Retrieved | None = None


def assemble(
    received: Received, content: bytes, kind: Kind, text: str, details: tuple[Detail, ...] = (),
    hints: Hints | None = None, *, id: str | None = None,  # noqa: A002 - the record's own name for it
    digest: str | None = None,
) -> Retrieved:  # fmt: skip
    """Make the record of a report that has been read.

    Args:
        received: What it was read from.
        content: Its bytes, all of them.
        kind: Its format.
        text: Its text: the body, then what stands apart from it.
        details: What its own format says of it, the best first; they go before those of its container.
        hints: What the format knows of the passages.
        id: Its id, where neither the container nor the SHA-256 of the text is to give it.
        digest: SHA-256 of `content` in hex, where it is known: a feed of 10,000 entries is hashed once.

    Raises:
        ReadingError: Where the text is empty or cannot be written, or the date taken is no ISO 8601.
    """
    name = received.name
    if not text.strip():
        raise ReadingError(name, "the text is empty")
    if half := SURROGATE.search(text):
        raise ReadingError(name, f"half a surrogate pair at code point {half.start()}")
    known = (*details, *received.details)
    for detail in known:
        if SURROGATE.search(detail.value):
            raise ReadingError(name, f"half a surrogate pair in '{detail.field}'")
    first: dict[str, str] = {}
    for detail in known:
        first.setdefault(detail.field, detail.value)
    for dated in ("published", "updated"):
        if dated in first and not is_iso(first[dated]):
            reason = (
                f"{dated} {first[dated][:40]!r} is not an ISO 8601 date; write it as 2025-06-17 or 2025-06-17T08:00:00Z"
            )
            raise ReadingError(name, reason)
    digest = digest or sha256(content).hexdigest()
    language = first.get("language") or detect(text)
    document = Document(
        id=received.id or id or sha256(text.encode("utf-8")).hexdigest(),
        text=text,
        sha256=digest,
        passages=detect_passages(text, label(text, hints), language),
        name=name,
        title=first.get("title"),
        url=first.get("url"),
        outlet=first.get("outlet"),
        author=first.get("author"),
        published=first.get("published"),
        language=language,
        updated=first.get("updated"),
        details=known,
    )
    return Retrieved(document, Original(digest, kind.value, content, received.retrieval))


def stated(field: str, value: str | None, how: str) -> tuple[Detail, ...]:
    """Give the one detail of a field made for it, or none where the field is empty."""
    return (Detail(field, value, how, Sureness.STATED),) if value else ()
