"""Take a feed apart: RSS, Atom or JSON Feed comes in, each entry goes out as a report or the address of one.

An entry that carries its whole text is a report; one with a summary is an address, with the summary for whoever does
not fetch. The evidence of a report is the feed as it was received.
"""

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from typing import NamedTuple

from tallystick.errors import ReadingError
from tallystick.model.document import Detail, Failure, PassageKind, Retrieved, Sureness
from tallystick.reading.containers.feed_entries import Entry, entries_of
from tallystick.reading.received import Address, Kind, Received, assemble, stated
from tallystick.reading.text.apart import JOINT, laid
from tallystick.reading.text.characters import normalize
from tallystick.reading.text.fragments import Piece, fragment
from tallystick.reading.text.language import detect
from tallystick.reading.text.passages import Hints

__all__ = ["feed"]

# Feeds have some 100 kB; those of a few thousand whole articles reach this.
LARGEST = 10_000_000
# A description of this length is the article; teasers are cut at 55 words (WordPress) or 500 marks at most.
WHOLE = 1_000
# Ends of a teaser that was cut, however long it is.
CUT = ("[…]", "[...]", "…", "...", "read more", "continue reading", "читать далее", "читати далі", "더보기")
# Languages that are told by their letters: what a feed says against them is the default of its software.
LETTERED = frozenset(("ru", "uk", "ko", "zh", "ja"))


def feed(received: Received) -> Iterator[Retrieved | Address | Failure]:
    """Give each entry, named path[1], path[2] and so on in their order.

    Raises:
        ReadingError: Where it is no feed that can be read.
    """
    content = received.stream.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise ReadingError(received.name, f"a feed larger than {LARGEST // 1_000_000} MB")
    try:
        found = entries_of(content)
    except ValueError as error:
        raise ReadingError(received.name, str(error)) from error
    evidence = _Evidence(content, sha256(content).hexdigest())
    ids: set[str] = set()
    for number, entry in enumerate(found.entries, start=1):
        within = replace(received, name=f"{received.name}[{number}]", id=None)
        yield _read(entry, _once(entry, ids), evidence, within)
    if found.problem:
        yield Failure(received.name, "read", found.problem)


class _Evidence(NamedTuple):
    """The bytes of a feed and their SHA-256 in hex."""

    content: bytes
    digest: str


def _once(entry: Entry, ids: set[str]) -> str | None:
    """The id of an entry; of two entries with one id the second has none."""
    known = entry.id or entry.url
    if known is None or known in ids:
        return None
    ids.add(known)
    return known


def _read(entry: Entry, known: str | None, evidence: _Evidence, received: Received) -> Retrieved | Address | Failure:
    """The report or the address that an entry is."""
    body, summary = _pieces(entry.html, entry.text), _pieces(entry.summary, "")
    whole = bool(body) and not _is_cut(body)
    if not body or (not whole and _length(summary) > _length(body)):
        body, summary = summary, ()
        whole = _length(body) >= WHOLE and not _is_cut(body)
    title = " ".join(piece.text for piece in fragment(entry.title)) or None
    details = _details(entry, title, body)
    try:
        read = _assembled(body, summary, title, details, evidence, received, known)
    except ReadingError as error:
        if entry.url is None:
            return Failure(error.document, "read", error.reason)
        read = None
    if (whole and read) or entry.url is None:
        return read or Failure(received.name, "read", "an entry without a text or an address")
    return Address(entry.url, received.name, (*details, *received.details), read)


def _assembled(
    body: tuple[Piece, ...], summary: tuple[Piece, ...], title: str | None, details: tuple[Detail, ...],
    evidence: _Evidence, received: Received, known: str | None,
) -> Retrieved:  # fmt: skip
    """The report: the body, then its title, its summary and the captions within it."""
    within = [piece for piece in body if piece.kind is not PassageKind.CAPTION]
    headings: set[int] = set()
    at = 0
    for piece in within:
        if piece.kind is PassageKind.HEADLINE:
            headings.add(at)
        at += len(piece.text) + len(JOINT)
    apart = (
        (title or "", PassageKind.HEADLINE),
        (_standfirst(summary), PassageKind.STANDFIRST),
        *((piece.text, piece.kind) for piece in body if piece.kind is PassageKind.CAPTION),
    )
    text = JOINT.join(piece.text for piece in within)
    if not text:
        raise ReadingError(received.name, "an entry without a text")
    whole = laid(text, apart)
    hints = Hints(title, headings=frozenset(headings), stretches=whole.stretches)
    return assemble(received, evidence.content, Kind.FEED, whole.text, details, hints, id=known, digest=evidence.digest)


def _standfirst(summary: tuple[Piece, ...]) -> str:
    """The summary, where it is none of the article itself; the mark of a cut one is taken off."""
    if _length(summary) >= WHOLE:
        return ""
    text = " ".join(piece.text for piece in summary)
    return text.rstrip("[]….").strip() if _is_cut(summary) else text


def _pieces(html: str, text: str) -> tuple[Piece, ...]:
    """The paragraphs of HTML, or of a plain text where there is none."""
    if html:
        return fragment(html)
    lines = (normalize(" ".join(line.split())).text for line in text.splitlines())
    return tuple(Piece(line, PassageKind.BODY) for line in lines if line)


def _length(pieces: tuple[Piece, ...]) -> int:
    return sum(len(piece.text) for piece in pieces)


def _is_cut(pieces: tuple[Piece, ...]) -> bool:
    """Whether a text is the beginning of one that goes on elsewhere."""
    last = pieces[-1].text.casefold().rstrip(" .→»>") if pieces else ""
    shown = pieces[-1].text.casefold().rstrip() if pieces else ""
    return shown.endswith(CUT) or last.endswith(CUT)


def _details(entry: Entry, title: str | None, body: tuple[Piece, ...]) -> tuple[Detail, ...]:
    """What an entry says of its report."""
    language = (entry.language or "").replace("_", "-")
    told = detect("\n".join(piece.text for piece in body) or title or "")
    primary = language.partition("-")[0].casefold()
    agrees = primary == told or (told not in LETTERED and primary not in LETTERED)
    return (
        *stated("title", title, f"{entry.form} title"),
        *stated("url", entry.url, f"{entry.form} link"),
        *((Detail("outlet", entry.outlet, f"{entry.form} title of the feed", Sureness.READ),) if entry.outlet else ()),
        *stated("author", entry.author, f"{entry.form} author"),
        *stated("published", entry.published, f"{entry.form} {entry.published_in}"),
        *stated("updated", entry.updated, f"{entry.form} {entry.updated_in}"),
        *stated("language", language if agrees else None, f"{entry.form} language"),
    )
