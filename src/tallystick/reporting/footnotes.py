"""Footnotes of a report: claims and spans come in as they are mentioned, numbers go out, and at the end the notes.

A note leads to a span of a preserved document by digests: that of the bytes and that of the words (after ICD 206, which
asks that a reader can retrieve what is cited).
"""

from collections.abc import Iterable, Mapping
from hashlib import sha256

from tallystick.model.claim import Claim
from tallystick.model.document import Document
from tallystick.model.flag import Evidence
from tallystick.reporting.brief import Footnote
from tallystick.reporting.wording import address, legible

__all__ = ["Footnotes"]

# Of all: some twenty pages; what is mentioned first has its note.
MOST = 400
# Code points of a sentence that are shown on either side of the words.
AROUND = 220
# In which a blank is looked for to cut at; where there is none, as in Chinese, the cut is within words.
LONGEST_WORD = 40
# Of words that are a whole passage.
LONGEST = 600


class Footnotes:
    """The notes of one report, each span once, in order of first mention."""

    def __init__(self, documents: Mapping[str, Document], claims: Mapping[str, Claim]) -> None:
        """Take the documents and claims that may be cited, by id."""
        self._documents = documents
        self._claims = claims
        self._notes: dict[tuple[str, int, int], Footnote] = {}

    def of_claims(self, names: Iterable[str], most: int) -> tuple[int, ...]:
        """Give the numbers of the notes of the first `most` claims of these ids that can be cited."""
        found: dict[int, None] = {}
        for name in names:
            claim = self._claims.get(name)
            if claim is not None:
                number = self._number(Evidence(claim.document, claim.start, claim.end), claim)
                found.update({} if number is None else {number: None})
            if len(found) == most:
                break
        return tuple(found)

    def of_spans(self, spans: Iterable[Evidence], most: int) -> tuple[int, ...]:
        """Give the numbers of the notes of the first `most` of these spans that can be cited."""
        found: dict[int, None] = {}
        for one in spans:
            number = self._number(one, None)
            found.update({} if number is None else {number: None})
            if len(found) == most:
                break
        return tuple(found)

    def notes(self) -> tuple[Footnote, ...]:
        """Give the notes that were mentioned, in order of their numbers."""
        return tuple(self._notes.values())

    def _number(self, span: Evidence, claim: Claim | None) -> int | None:
        """The number of the note of a span; None where its document is not at hand, or there are too many."""
        key = (span.document, span.start, span.end)
        held = self._notes.get(key)
        if held is not None:
            return held.number
        document = self._documents.get(span.document)
        if document is None or len(self._notes) == MOST:
            return None
        note = _note(len(self._notes) + 1, document, span, claim)
        self._notes[key] = note
        return note.number


def _note(number: int, document: Document, span: Evidence, claim: Claim | None) -> Footnote:
    words = document.text[span.start : span.end]
    before, behind = _sentence(document.text, span, claim)
    parts = (document.outlet, document.author, f"“{document.title}”" if document.title else None)
    source = ", ".join(_line(part) for part in parts if part) or _line(document.id)
    return Footnote(
        number, claim.id if claim is not None else None, source, _line(document.published), address(document) or "",
        document.id, document.sha256, span.start, span.end, before, _cut(_line(words), LONGEST), behind,
        sha256(words.encode("utf-8", "surrogatepass")).hexdigest(),
    )  # fmt: skip


def _sentence(text: str, span: Evidence, claim: Claim | None) -> tuple[str, str]:
    """What stands before and behind a span in its sentence, else in its paragraph."""
    first = text.rfind("\n", 0, span.start) + 1
    last = text.find("\n", span.end)
    last = len(text) if last < 0 else last
    if claim is not None and claim.quote:
        begin = text.find(claim.quote, max(0, span.end - len(claim.quote)), span.start + len(claim.quote))
        if begin >= 0:
            first, last = begin, begin + len(claim.quote)
    before, behind = _flat(text[first : span.start]), _flat(text[span.end : last])
    if len(before) > AROUND:
        near = before[-AROUND:]
        before = "… " + near[near.find(" ", 0, LONGEST_WORD) + 1 :]
    if len(behind) > AROUND:
        near = behind[:AROUND]
        behind = near[: max(near.rfind(" ", AROUND - LONGEST_WORD), 0) or AROUND] + " …"
    return before.lstrip(), behind.rstrip()


def _flat(text: str) -> str:
    """Text on one line; a blank at an end stays one."""
    shown = legible(text)
    return (" " if shown[:1].isspace() else "") + " ".join(shown.split()) + (" " if shown[-1:].isspace() else "")


def _line(text: str | None) -> str:
    return " ".join(legible(text).split())


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
