"""A report as it is read: its text, claims and what repeats it come in, stretches of marked text go out.

Offsets are code points of the text. A long report is cut into parts, so that what is drawn of it stays small.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from tallystick.errors import ReadingError
from tallystick.extraction.attributions import attributions_in
from tallystick.model.attribution import Attribution
from tallystick.model.document import Document, Passage
from tallystick.storage.views.opened import Alike, Figure
from tallystick.workbench.documents.marking import Mark, MarkKind, Node, nested

__all__ = ["MOST_FIGURES", "PART", "Part", "Stretch", "part_of", "parts", "read"]

# Code points of a part: some fifteen pages of a book. Of this many, speech is read in about 50 ms.
PART = 20_000
# Claims marked in one part; a part that has more is a table of numbers.
MOST_FIGURES = 500
# Parts whose attributions are kept: readers go back and forth among a few each; they take 20 MB at most.
KEPT = 256


class Part(NamedTuple):
    """A part of a report: code points from `start` to before `end`, and which of how many it is, from 1."""

    start: int
    end: int
    number: int
    total: int


class Stretch(NamedTuple):
    """A passage, or words between two.

    Attributes:
        start: First code point.
        end: One past the last one.
        passage: The passage that it is, or a piece of; None of words between two.
        nodes: Its words with their marks.
        also: The other reports that have some of these words; none where they are those of the stretch before it.
    """

    start: int
    end: int
    passage: Passage | None
    nodes: tuple[Node, ...]
    also: tuple[Alike, ...]


def parts(document: Document) -> tuple[Part, ...]:
    """Cut a report into parts, where it can be between passages."""
    edges = [0]
    starts = [passage.start for passage in document.passages]
    while len(document.text) - edges[-1] > PART:
        last = edges[-1] + PART
        at = bisect_right(starts, last) - 1
        # A passage that fills half a part is cut: parts of a few words would be many.
        fits = at >= 0 and starts[at] > edges[-1] + PART // 2
        edges.append(starts[at] if fits else last)
    edges.append(len(document.text))
    total = len(edges) - 1
    return tuple(Part(edges[turn], edges[turn + 1], turn + 1, total) for turn in range(total))


def part_of(found: Sequence[Part], at: int) -> Part:
    """Give the part that holds a code point; the nearest one where none does."""
    return found[max(0, bisect_right(found, at, key=lambda one: one.start) - 1)]


def read(
    document: Document, part: Part, figures: Iterable[Figure], alike: Iterable[Alike] = (),
    place: tuple[int, int] | None = None,
) -> tuple[Stretch, ...]:  # fmt: skip
    """Give the stretches of a part, which together are its words; blanks between passages are none.

    Args:
        document: The report.
        part: One of its parts.
        figures: Its claims; of those in the part the first MOST_FIGURES are marked.
        alike: The reports that have words of it.
        place: Words that are asked for, as start and end.
    """
    inside = [one for one in figures if one.start < part.end and one.end > part.start][:MOST_FIGURES]
    marks = [Mark(one.start, one.end, MarkKind.CLAIM, one.id) for one in inside]
    marks += _credits(document, part, inside)
    if place is not None:
        marks.append(Mark(*place, MarkKind.PLACE))
    shared = [(start, end, other) for other in alike for start, end in other.here]
    marks += [Mark(start, end, MarkKind.SHARED) for start, end in _joined((start, end) for start, end, _ in shared)]
    spans = list(_spans(document, part))
    ends = [end for _, end, _ in spans]
    held: list[list[Mark]] = [[] for _ in spans]
    also: list[list[Alike]] = [[] for _ in spans]
    for mark in marks:
        for at in _over(spans, ends, mark.start, mark.end):
            held[at].append(mark)
    for start, end, other in shared:
        for at in _over(spans, ends, start, end):
            if other not in also[at][-1:]:
                also[at].append(other)
    return tuple(
        Stretch(start, end, passage, nested(start, end, held[at]), () if _same(also, at) else tuple(also[at]))
        for at, (start, end, passage) in enumerate(spans)
    )


def _same(also: Sequence[Sequence[Alike]], at: int) -> bool:
    """Whether the reports that share a stretch are those that share the one before it."""
    return at > 0 and also[at] == also[at - 1]


def _over(spans: Sequence[tuple[int, int, Passage | None]], ends: Sequence[int], start: int, end: int) -> Iterator[int]:
    """The turns of the spans, in order and without overlap, that share a code point with one from `start` to `end`."""
    at = bisect_right(ends, start)
    while at < len(spans) and spans[at][0] < end:
        yield at
        at += 1


def _spans(document: Document, part: Part) -> Iterator[tuple[int, int, Passage | None]]:
    """The passages of a part, and what is no blank between them."""
    at = part.start
    first = bisect_right(document.passages, part.start, key=lambda one: one.end)
    last = bisect_left(document.passages, part.end, key=lambda one: one.start)
    for passage in document.passages[first:last]:
        if document.text[at : passage.start].strip():
            yield at, passage.start, None
        start, end = max(at, passage.start), min(passage.end, part.end)
        if start < end:
            yield start, end, passage
        at = max(at, end)
    if document.text[at : part.end].strip():
        yield at, part.end, None


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in order, those that overlap or touch as one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return found


def _credits(document: Document, part: Part, figures: Sequence[Figure]) -> Iterator[Mark]:
    """Who is credited with the claims of a part: the words that name them, that link, and that they are credited with.

    A part is read by itself; a speech that began before it may not be seen.
    """
    for found in _attributions(_alone(document, part)) if figures else ():
        content = [(start + part.start, end + part.start) for start, end in found.content]
        if not any(one.start < end and one.end > start for start, end in content for one in figures):
            continue
        for start, end in content:
            yield Mark(start, end, MarkKind.CONTENT, found.speaker)
        for kind, spans in ((MarkKind.SOURCE, found.source), (MarkKind.CUE, found.cue)):
            for start, end in spans:
                yield Mark(start + part.start, end + part.start, kind, found.speaker)


def _alone(document: Document, part: Part) -> Document:
    """A part as a report of its own, so that what is kept of it is small."""
    passages = tuple(
        replace(one, start=max(one.start, part.start) - part.start, end=min(one.end, part.end) - part.start)
        for one in document.passages
        if one.start < part.end and one.end > part.start
    )
    return replace(document, text=document.text[part.start : part.end], passages=passages, details=())


@lru_cache(maxsize=KEPT)
def _attributions(document: Document) -> tuple[Attribution, ...]:
    """The attributions of a report; none in a language that cannot be read."""
    try:
        return attributions_in(document)
    except ReadingError:
        return ()
