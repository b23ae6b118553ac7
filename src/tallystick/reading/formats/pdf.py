"""Read a PDF: bytes come in, its text in reading order with the page of each passage goes out."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta, timezone

from tallystick.errors import ReadingError
from tallystick.model.document import Detail, PassageKind, Retrieved, Sureness
from tallystick.reading.formats.pdf_lines import BREAK, Line, laid_apart
from tallystick.reading.formats.pdf_paragraphs import Paragraph, paragraphs, running, without_numbers
from tallystick.reading.formats.titles import is_made_up
from tallystick.reading.received import Kind, Received, assemble
from tallystick.reading.text.characters import normalize
from tallystick.reading.text.passages import Hints
from tallystick.values.dates import is_iso

__all__ = ["pdf"]

NO_TEXT = "a scan without a text layer; run OCR first"
# "D:20250617083000+02'00'": all after the year may be missing.
DATE = re.compile(
    r"(?:D:)?([0-9]{4})(?:([0-9]{2})(?:([0-9]{2})(?:([0-9]{2})([0-9]{2})([0-9]{2})?)?)?)?"
    r"(?:Z|([+-])([0-9]{2})'?([0-9]{2})?)?"
)
PIECES = "\n\n"


def pdf(content: bytes, received: Received) -> Retrieved:
    """Read a PDF: its paragraphs, then what runs along its pages.

    Raises:
        ReadingError: Where it is broken, encrypted, too long, or holds no text.
    """
    found = laid_apart(content)
    if found.problem:
        raise ReadingError(received.name, found.problem)
    along = running(found.pages)
    parted = [
        [line for at, line in enumerate(page) if at not in along.get(index, ())]
        for index, page in enumerate(found.pages)
    ]
    body = _normalized(paragraphs(parted))
    if not body:
        raise ReadingError(received.name, NO_TEXT)
    aside = _once(found.pages, along)
    texts: list[str] = []
    pages: list[tuple[int, int]] = []
    headings: set[int] = set()
    at = 0
    for text, page in [*((one.text, one.page) for one in body), *aside]:
        pages.append((at, page))
        if len(texts) < len(body) and body[len(texts)].heading:
            headings.add(at)
        texts.append(text)
        at += len(text) + len(PIECES)
    text = PIECES.join(texts)
    start = len(PIECES.join(texts[: len(body)]))
    details = _details(dict(found.fields), body)
    title = next((detail.value for detail in details if detail.field == "title"), None)
    hints = Hints(
        title, headings=frozenset(headings), pages=tuple(pages),
        stretches=((start, len(text), PassageKind.FURNITURE),) if aside else (),
    )  # fmt: skip
    # What a feed or a mail says of the report goes before what the maker's software wrote into the file.
    received = replace(received, details=(*received.details, *details))
    return assemble(received, content, Kind.PDF, text, (), hints)


def _normalized(found: Sequence[Paragraph]) -> list[Paragraph]:
    """The paragraphs with their characters written one way; what holds only unseen ones is none."""
    written = (one._replace(text=normalize(one.text).text.strip()) for one in found)
    return [one for one in written if one.text]


def _once(pages: Sequence[Sequence[Line]], along: dict[int, set[int]]) -> list[tuple[str, int]]:
    """Each running line once, whatever its numbers, with the first page that it stands on."""
    found: dict[str, tuple[str, int]] = {}
    for index in sorted(along):
        for at in sorted(along[index]):
            line = normalize(pages[index][at].text.replace(BREAK, "-")).text.strip()
            found.setdefault(without_numbers(line), (line, index + 1))
    return [one for one in found.values() if one[0]]


def _details(fields: dict[str, str], body: Sequence[Paragraph]) -> tuple[Detail, ...]:
    """What the document information says of the report; the largest heading is its title where that gives none."""
    found = []
    title, author = fields.get("Title", ""), fields.get("Author", "")
    headings = [one for one in body if one.heading and one.page == 1]
    if not is_made_up(title):
        found.append(Detail("title", title, "PDF Title", Sureness.STATED))
    elif headings:
        largest = max(headings, key=lambda one: one.size)
        found.append(Detail("title", largest.text, "largest heading of the first page", Sureness.GUESSED))
    if author:
        found.append(Detail("author", author, "PDF Author", Sureness.GUESSED))
    for field, name in (("published", "CreationDate"), ("updated", "ModDate")):
        value = _iso(fields.get(name, ""))
        if value:
            found.append(Detail(field, value, f"PDF {name}", Sureness.GUESSED))
    return tuple(found)


def _iso(value: str) -> str | None:
    """A date of a PDF in ISO 8601; None where it is none."""
    match = DATE.fullmatch(value.replace(" ", "").removesuffix("'"))
    if not match:
        return None
    year, month, day, hour, minute, second, sign, hours, minutes = match.groups()
    try:
        if not hour:
            date = "-".join(part for part in (year, month, day) if part)
            return date if is_iso(date) else None
        away = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
        zone = timezone(-away if sign == "-" else away)
        moment = datetime(int(year), int(month), int(day), int(hour), int(minute), int(second or 0), tzinfo=zone)
        return moment.isoformat().replace("+00:00", "Z")
    except (ValueError, OverflowError):
        return None
