"""Direct speech of a report: a document comes in, its quotations word by word and the marks that show them go out.

Two reports that quote ten words in a row alike, or a sentence of seven, share a mark (winnowing: Schleimer, Wilkerson
and Aiken, SIGMOD 2003).
"""

from collections.abc import Iterator, Sequence
from hashlib import blake2b
from itertools import pairwise
from re import compile as pattern
from typing import NamedTuple

from tallystick.model.document import READABLE, Document, Passage

__all__ = ["ALIKE", "SENTENCE", "Quote", "quotation_marks", "sampled", "speech"]

# Words in a row by which two quotations are one, and those of a whole sentence that is one. Of the 68 pairs that seven
# words alone tie among 1,332 articles on shootings, ten are formulas within sentences ("in the wrong place at the wrong
# time"), which join reports of different years; shorter sentences are formulas themselves ("we don't know yet").
ALIKE = 10
SENTENCE = 7
# A mark stands for eight words, and of three of them in a row one is kept: ten words always have one.
GRAM = 8
WINDOW = ALIKE - GRAM + 1
# Marks of one report: one for about two words, so only transcripts have more; of those the smallest are kept, which
# are the same ones in every report.
MOST_MARKS = 512
# Direct speech within a paragraph; what goes on in the next one has no closing mark. More than 2,000 signs are no
# quotation, but a mark that was left out.
QUOTATION = pattern(r"[“„«][^“”„«»\"\n]{1,2000}(?:[”“»]|$)|\"[^“”„«»\"\n]{1,2000}\"|(?<!\w)‘[^‘’\n]{1,2000}’(?!\w)")
WORD = pattern(r"\w+")
# What ends a sentence.
STOPS = frozenset(".!?…")


class Quote(NamedTuple):
    """One quotation.

    Attributes:
        passage: The paragraph that holds it.
        words: Its words, case folded.
        spans: Start and end of each word in the document.
        borders: Turns of the words that begin a sentence, and one past the last word.
    """

    passage: Passage
    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    borders: tuple[int, ...]

    def is_whole(self, first: int, length: int) -> bool:
        """Whether some of its words are whole sentences."""
        return first in self.borders and first + length in self.borders


def speech(document: Document) -> tuple[Quote, ...]:
    """Give the quotations of seven words and more that a report prints for the first time, in order."""
    found = []
    for passage in document.passages:
        if passage.kind not in READABLE or passage.repeats is not None:
            continue
        for quotation in QUOTATION.finditer(document.text, passage.start, passage.end):
            words = list(WORD.finditer(document.text, *quotation.span()))
            if len(words) >= SENTENCE:
                folded = tuple(word[0].casefold() for word in words)
                spans = tuple(word.span() for word in words)
                found.append(Quote(passage, folded, spans, _borders(document.text, spans)))
    return tuple(found)


def _borders(text: str, spans: tuple[tuple[int, int], ...]) -> tuple[int, ...]:
    ends = (not STOPS.isdisjoint(text[one[1] : other[0]]) for one, other in pairwise(spans))
    return 0, *(turn for turn, ended in enumerate(ends, 1) if ended), len(spans)


def quotation_marks(document: Document) -> tuple[int, ...]:
    """Give at most 512 numbers of 63 bits, of which two reports that quote the same words share one.

    They depend on the words of its direct speech alone and come in ascending order.
    """
    return tuple(sorted({mark for mark, _, _ in sampled(speech(document))}))


def sampled(quotes: Sequence[Quote]) -> list[tuple[int, int, int]]:
    """Give the marks of quotations, each with the turn of its quotation and of its first word there, in order."""
    found = [
        (mark, turn, place)
        for turn, quote in enumerate(quotes)
        for mark, place in (*_winnowed(quote.words), *_sentences(quote))
    ]
    marks = {mark for mark, _, _ in found}
    if len(marks) <= MOST_MARKS:
        return found
    kept = frozenset(sorted(marks)[:MOST_MARKS])
    return [entry for entry in found if entry[0] in kept]


def _sentences(quote: Quote) -> Iterator[tuple[int, int]]:
    """The mark of every sentence that is too short for others, with the turn of its first word."""
    for first, last in pairwise(quote.borders):
        if SENTENCE <= last - first < ALIKE:
            yield _mark(quote.words[first:last]), first


def _winnowed(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The smallest mark of every three neighboring ones, with the turn of its first word."""
    marks = [_mark(words[first : first + GRAM]) for first in range(len(words) - GRAM + 1)]
    last = -1
    for first in range(len(marks) - WINDOW + 1):
        smallest, place = min((marks[turn], turn) for turn in range(first, first + WINDOW))
        if place != last:
            last = place
            yield smallest, place


def _mark(words: Sequence[str]) -> int:
    return int.from_bytes(blake2b(" ".join(words).encode(), digest_size=8).digest()) >> 1
