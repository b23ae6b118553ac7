"""A retrieved report: its text, whence it came, and which passages of it are the body."""

from dataclasses import dataclass
from enum import StrEnum

__all__ = [
    "READABLE",
    "Detail",
    "Document",
    "Failure",
    "Original",
    "Passage",
    "PassageKind",
    "Retrieval",
    "Retrieved",
    "Sureness",
    "by_publication",
]


class PassageKind(StrEnum):
    """What a passage of the text is; figures are read in those of `READABLE` only."""

    HEADLINE = "headline"
    STANDFIRST = "standfirst"
    BODY = "body"
    CAPTION = "caption"
    BYLINE = "byline"
    COMMENT = "comment"
    RELATED = "related"
    FURNITURE = "furniture"
    DISCLAIMER = "disclaimer"


# What the report itself says: a reader's comment and a link to another story are not its words.
READABLE = frozenset((PassageKind.HEADLINE, PassageKind.STANDFIRST, PassageKind.BODY, PassageKind.CAPTION))


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph of a document.

    Attributes:
        start: First code point of the paragraph in `Document.text`.
        end: One past its last code point.
        kind: What the paragraph is.
        repeats: `start` of the earlier paragraph of the same document that this one repeats, or None.
        language: BCP 47, where it is not that of the document; else None.
        turn: In an interview, the name of who speaks here as the report writes it; else None.
        page: Page of a PDF that it starts on, counted from 1; else None.
    """

    start: int
    end: int
    kind: PassageKind
    repeats: int | None = None
    language: str | None = None
    turn: str | None = None
    page: int | None = None


class Sureness(StrEnum):
    """How far a detail can be relied on."""

    STATED = "stated"  # in a field made for it: a meta element, a feed's element, a header line
    READ = "read"  # in the words of the page or its address
    GUESSED = "guessed"  # inferred from something else


@dataclass(frozen=True, slots=True)
class Detail:
    """One thing that is known about a report besides its text, and how it was found.

    Attributes:
        field: "title", "url", "outlet", "author", "published", "updated", "language" or "credit".
        value: As found; a date in ISO 8601.
        how: Where it stood, for a reader: "meta article:published_time", "JSON-LD datePublished", "feed pubDate".
        sureness: How far it can be relied on.
    """

    field: str
    value: str
    how: str
    sureness: Sureness


@dataclass(frozen=True, slots=True)
class Document:
    """One retrieved report.

    Attributes:
        id: The caller's id; where none was given, the SHA-256 in hex of `text`, of a web page that of its bytes.
        text: The report as plain text; every offset counts its Unicode code points. The article's body comes first,
            as one piece; what stands apart from it (a title above it, captions, reader comments) follows it.
        sha256: SHA-256 in hex of the preserved bytes from which `text` was read.
        passages: The paragraphs of `text` in order, without overlap.
        name: Where it was read: a path, or path:line.
        title: As published.
        url: As published.
        outlet: Who published it.
        author: As published.
        published: ISO 8601 date or time, or None.
        language: BCP 47.
        updated: ISO 8601 date or time of the latest change that the report names, or None.
        details: How each of these was found, the best first; also values that disagree with the one taken.
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
    updated: str | None = None
    details: tuple[Detail, ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """One report that a stage could not take, named and kept while the others go on.

    Attributes:
        document: The id, path or path:line of what failed.
        stage: The verb that failed: "read", "extract", "store"; "watch" for a feed that cannot be had just now.
        reason: One sentence for the user.
    """

    document: str
    stage: str
    reason: str


@dataclass(frozen=True, slots=True)
class Retrieval:
    """How bytes were received from the web, now or by whoever made the archive that holds them.

    Attributes:
        url: The address asked for.
        retrieved: When, ISO 8601 in UTC.
        status: HTTP status of the answer.
        headers: Its headers in order, as sent.
        redirects: The further addresses that the answer led through, in order; the last one gave the bytes.
    """

    url: str
    retrieved: str
    status: int
    headers: tuple[tuple[str, str], ...] = ()
    redirects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Original:
    """The bytes of a report exactly as they were received; never rewritten.

    Attributes:
        sha256: SHA-256 of `content` in hex.
        media_type: "text/plain", "text/markdown", "text/html", "application/pdf", "application/json" (one line of a
            JSONL file) and so on.
        content: The bytes.
        retrieval: How they were received, where they came from the web; else None.
    """

    sha256: str
    media_type: str
    content: bytes
    retrieval: Retrieval | None = None


@dataclass(frozen=True, slots=True)
class Retrieved:
    """A report as read, together with the evidence it was read from."""

    document: Document
    original: Original


def by_publication(document: Document) -> tuple[bool, str, str]:
    """Give the key of the order in which a case shows its reports: by time of publication, undated ones last.

    It rests on what a report says alone, so that the same reports come out the same in whatever order they came in.
    """
    return document.published is None, document.published or "", document.id
