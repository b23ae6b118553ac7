"""A retrieved report: its text, whence it came, and which passages of it are the body."""

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Document", "Failure", "Original", "Passage", "PassageKind", "Retrieved"]


class PassageKind(StrEnum):
    """What a passage of the text is; figures are read in headlines and body only."""

    HEADLINE = "headline"
    BODY = "body"
    BYLINE = "byline"
    COMMENT = "comment"
    FURNITURE = "furniture"
    DISCLAIMER = "disclaimer"


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph of a document.

    Attributes:
        start: First code point of the paragraph in `Document.text`.
        end: One past its last code point.
        kind: What the paragraph is.
        repeats: `start` of the earlier paragraph of the same document that this one repeats, or None.
    """

    start: int
    end: int
    kind: PassageKind
    repeats: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One retrieved report.

    Attributes:
        id: The caller's id; where none was given, the SHA-256 in hex of `text`, of a web page that of its bytes.
        text: The report as plain text; every offset counts its Unicode code points.
        sha256: SHA-256 in hex of the preserved bytes from which `text` was read.
        passages: The paragraphs of `text` in order, without overlap.
        name: Where it was read: a path, or path:line.
        title: As published.
        url: As published.
        outlet: Who published it.
        author: As published.
        published: ISO 8601 date or time, or None.
        language: BCP 47.
    """

    id: str
    text: str
    sha256: str
    passages: tuple[Passage, ...]
    name: str
    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: str | None = None
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Failure:
    """One report that a stage could not take, named and kept while the others go on.

    Attributes:
        document: The id, path or path:line of what failed.
        stage: The verb that failed: "read", "extract", "store".
        reason: One sentence for the user.
    """

    document: str
    stage: str
    reason: str


@dataclass(frozen=True, slots=True)
class Original:
    """The bytes of a report exactly as they were received; never rewritten.

    Attributes:
        sha256: SHA-256 of `content` in hex.
        media_type: "text/plain", "text/markdown", "text/html" or "application/json" (one line of a JSONL file).
        content: The bytes.
    """

    sha256: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Retrieved:
    """A report as read, together with the evidence it was read from."""

    document: Document
    original: Original
