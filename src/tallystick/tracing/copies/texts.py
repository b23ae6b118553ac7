"""What of a report can show a copy: a document comes in, its words by paragraph and quotation go out.

Credits, datelines and notices, comments, links to other stories, and paragraphs printed twice are left out.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from re import compile as pattern
from typing import NamedTuple

import numpy as np

from tallystick.model.document import READABLE, Document, Passage
from tallystick.tracing.copies.marks import Prints, Reach, prints
from tallystick.tracing.copies.notices import notices
from tallystick.tracing.copies.words import Flags

__all__ = ["Paragraph", "Text", "marks", "read"]

# "PYONGYANG, June 17 (Harbor Press) - ": capitals, then at most 80 marks up to a dash between blanks.
DATELINE = pattern(r"[A-Z][A-Z .,'’-]{2,40}[^\n]{0,60}?\s(?:--?|[–—])\s")
# A line that says who wrote or owns the report: the same under every text of an agency.
CREDIT = pattern(
    r"(?i)\W{0,3}(?:(?:source|credit|via)\s{0,2}:|(?:additional )?(?:reporting|writing|editing|compiled) by\b"
    r"|copyright\b|©|all rights reserved)"
)
# Longer paragraphs that begin so are no credits.
CREDIT_LENGTH = 200
# Direct speech within a paragraph; a quotation of more than 1,000 signs has lost its end.
QUOTATION = pattern(r"[“„«\"][^“”„«»\"\n]{1,1000}[”“»\"]|‘[^‘’\n]{1,1000}’(?!\w)")
SENTENCE = pattern(r"[^.!?]{1,1000}[.!?]{0,3}")
# Paragraphs and sentences of direct speech up to this length may have fewer than 20 words.
SHORT_LENGTH = 400


class Paragraph(NamedTuple):
    """A paragraph by the turns of its words.

    Attributes:
        passage: The paragraph in the document.
        first: Turn of its first word among those that are compared.
        last: One past the turn of its last word.
    """

    passage: Passage
    first: int
    last: int

    @property
    def words(self) -> int:
        """How many words it has."""
        return self.last - self.first


class Text(NamedTuple):
    """A report as far as it can show a copy.

    Attributes:
        document: The report.
        prints: Its words as numbers.
        paragraphs: Its paragraphs with a word that is compared, in order.
        spoken: For each word whether it is direct speech.
    """

    document: Document
    prints: Prints
    paragraphs: tuple[Paragraph, ...]
    spoken: Flags


def marks(document: Document) -> tuple[int, ...]:
    """Give the numbers of a report, from its text alone, one of which each report with a copied passage shares.

    They are 63 bits wide, about one for each eight words and 16 more; the same for ever for the same text.
    """
    (text,) = read([document])
    return text.prints.marks


def read(documents: Sequence[Document]) -> Iterator[Text]:
    """Yield what of each report can show a copy, in order."""
    found = [_parts(document) for document in documents]
    of_texts = prints([document.text for document in documents], [parts.reach for parts in found])
    for document, parts, of_text in zip(documents, found, of_texts, strict=True):
        bounds = [(passage.start, passage.end) for passage in parts.passages]
        paragraphs = tuple(
            Paragraph(passage, first, last)
            for passage, (first, last) in zip(parts.passages, _words_of(of_text, bounds), strict=True)
            if first < last
        )
        spoken = np.zeros(len(of_text.words), dtype=np.bool_)
        for first, last in _words_of(of_text, parts.quotations):
            spoken[first:last] = True
        yield Text(document, of_text, paragraphs, spoken)


class _Parts(NamedTuple):
    """The parts of a document that can show a copy."""

    reach: Reach
    passages: list[Passage]
    quotations: list[tuple[int, int]]


def _parts(document: Document) -> _Parts:
    """The parts that are compared; paragraphs that follow one another are one part."""
    text = document.text
    cuts = notices(text)
    spans: list[tuple[int, int]] = []
    shorts: list[tuple[int, int]] = []
    quotations: list[tuple[int, int]] = []
    passages = [passage for passage in document.passages if passage.kind in READABLE and passage.repeats is None]
    for passage in passages:
        start, end = passage.start, passage.end
        if end - start <= CREDIT_LENGTH and CREDIT.match(text, start, end):
            continue
        dateline = DATELINE.match(text, start, end)
        if dateline is not None:
            start = dateline.end()
        if end - start <= SHORT_LENGTH:
            shorts.append((start, end))
        for first, last in _without(start, end, cuts):
            if spans and not text[spans[-1][1] : first].strip():
                spans[-1] = (spans[-1][0], last)
            else:
                spans.append((first, last))
        for quotation in QUOTATION.finditer(text, start, end):
            quotations.append(quotation.span())
            sentences = SENTENCE.finditer(text, *quotation.span())
            shorts.extend(sentence.span() for sentence in sentences if len(sentence[0]) <= SHORT_LENGTH)
    return _Parts(Reach(tuple(spans), tuple(shorts)), passages, quotations)


def _words_of(of_text: Prints, bounds: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """For each part of a text the turn of its first word and one past that of its last."""
    found = np.searchsorted(of_text.starts, np.array(bounds, dtype=np.int64).reshape(-1, 2))
    return [(first, last) for first, last in found.tolist()]


def _without(start: int, end: int, cuts: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """What is left of a part of the text when some are cut out of it; `cuts` are in order."""
    for first, last in cuts[bisect_right(cuts, start, key=_end) :]:
        if first >= end:
            break
        if first > start:
            yield start, first
        start = last
    if start < end:
        yield start, end


def _end(cut: tuple[int, int]) -> int:
    return cut[1]
