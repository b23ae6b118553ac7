"""A document cut into runs for the page: its text and claims come in, paragraphs of marked runs go out.

Offsets are code points of the text; each run is cut before it is made legible, so that marks stand where claims do.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from tallystick.model.claim import Claim
from tallystick.model.document import READABLE, Document, Passage, PassageKind
from tallystick.model.flag import Evidence
from tallystick.reporting.wording import legible

__all__ = ["Paragraph", "Run", "Sentence", "marked", "paragraphs", "shown_evidence"]


class Run(NamedTuple):
    """A stretch of text.

    Attributes:
        text: Its words, made legible.
        claim: The claim whose figure it is, or None.
        also: Claims that overlap it and share its mark.
        evidence: The spans that begin in these words, of flags that rest on words and not on a figure, and of facts.
    """

    text: str
    claim: Claim | None = None
    also: tuple[Claim, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class Sentence(NamedTuple):
    """The runs of one sentence; `told` where it holds a claim."""

    runs: tuple[Run, ...]
    told: bool


class Paragraph(NamedTuple):
    """A passage of the document."""

    sentences: tuple[Sentence, ...]
    kind: PassageKind
    left_out: bool
    repeated: bool


class _Figure(NamedTuple):
    """Where a mark stands: the union of claims that overlap, cut at the end of its passage."""

    start: int
    end: int
    claims: tuple[Claim, ...]


def paragraphs(document: Document, claims: Iterable[Claim], evidence: Iterable[Evidence] = ()) -> tuple[Paragraph, ...]:
    """Give the passages of `document` with its claims marked, and where no claim stands, the evidence.

    Args:
        document: The document.
        claims: Those of this document.
        evidence: Spans of this document; the mark of one ends where a claim begins; those that overlap share one.
    """
    spans = sorted(set(evidence), key=lambda one: (one.start, -one.end))
    inside: list[list[Claim]] = [[] for _ in document.passages]
    starts = [passage.start for passage in document.passages]
    for claim in sorted(claims, key=lambda claim: (claim.start, -claim.end, claim.id)):
        at = bisect_right(starts, claim.start) - 1
        # A claim between passages has no words on the page to stand on.
        if at >= 0 and claim.start < document.passages[at].end and claim.start < claim.end:
            inside[at].append(claim)
    return tuple(
        _paragraph(document.text, passage, held, spans) for passage, held in zip(document.passages, inside, strict=True)
    )


def marked(shown: Iterable[Paragraph]) -> frozenset[str]:
    """Give the ids of the claims that have a mark in `shown`."""
    return frozenset(
        claim.id
        for paragraph in shown
        for sentence in paragraph.sentences
        for run in sentence.runs
        if run.claim is not None
        for claim in (run.claim, *run.also)
    )


def shown_evidence(shown: Iterable[Paragraph]) -> frozenset[Evidence]:
    """Give the spans of evidence that have a mark in `shown`."""
    runs = (run for paragraph in shown for sentence in paragraph.sentences for run in sentence.runs)
    return frozenset(one for run in runs for one in run.evidence)


def _paragraph(text: str, passage: Passage, claims: Sequence[Claim], spans: Sequence[Evidence]) -> Paragraph:
    sentences: list[Sentence] = []
    at = passage.start
    for start, end, figures in _sentences(text, passage, list(_figures(passage, claims))):
        if at < start:
            sentences.append(Sentence(tuple(_plain(text, at, start, spans)), told=False))
        sentences.append(Sentence(tuple(_runs(text, start, end, figures, spans)), told=True))
        at = end
    if at < passage.end:
        sentences.append(Sentence(tuple(_plain(text, at, passage.end, spans)), told=False))
    return Paragraph(tuple(sentences), passage.kind, passage.kind not in READABLE, passage.repeats is not None)


def _figures(passage: Passage, claims: Iterable[Claim]) -> Iterator[_Figure]:
    """The marks of a passage, in order, without overlap."""
    start = end = passage.start
    held: list[Claim] = []
    for claim in claims:
        if held and claim.start >= end:
            yield _Figure(start, end, tuple(held))
            held = []
        if not held:
            start, end = claim.start, claim.start
        held.append(claim)
        end = max(end, min(claim.end, passage.end))
    if held:
        yield _Figure(start, end, tuple(held))


def _sentences(
    text: str, passage: Passage, figures: Sequence[_Figure]
) -> Iterator[tuple[int, int, tuple[_Figure, ...]]]:
    """The sentences that hold figures, in order, without overlap; where a quote is not found, the figure alone."""
    at, next_one = passage.start, 0
    while next_one < len(figures):
        first = figures[next_one]
        start, end = _quoted(text, first)
        start, end = max(start, at), min(end, passage.end)
        last = next_one + 1
        while last < len(figures) and figures[last].start < end:
            end = max(end, figures[last].end)
            last += 1
        yield start, end, tuple(figures[next_one:last])
        at, next_one = end, last


def _quoted(text: str, figure: _Figure) -> tuple[int, int]:
    """The span of the sentence around a figure, never less than the figure itself."""
    quote = figure.claims[0].quote
    found = text.find(quote, max(0, figure.end - len(quote)), figure.start + len(quote))
    if found < 0 or found > figure.start:
        return figure.start, figure.end
    return found, max(figure.end, found + len(quote))


def _runs(text: str, start: int, end: int, figures: Iterable[_Figure], spans: Sequence[Evidence]) -> Iterator[Run]:
    at = start
    for figure in figures:
        yield from _plain(text, at, figure.start, spans)
        low = bisect_left(spans, figure.start, key=lambda one: one.start)
        high = bisect_left(spans, figure.end, key=lambda one: one.start)
        yield Run(
            legible(text[figure.start : figure.end]), figure.claims[0], figure.claims[1:], tuple(spans[low:high])
        )  # fmt: skip
        at = figure.end
    yield from _plain(text, at, end, spans)


def _plain(text: str, start: int, end: int, spans: Sequence[Evidence]) -> Iterator[Run]:
    """A stretch without figures, cut where evidence begins and ends."""
    at = start
    index = bisect_left(spans, start, key=lambda one: one.start)
    while index < len(spans) and spans[index].start < end:
        first = spans[index]
        held: list[Evidence] = []
        stop = first.start
        while index < len(spans) and spans[index].start < (stop if held else end):
            held.append(spans[index])
            stop = max(stop, min(spans[index].end, end))
            index += 1
            if stop == first.start:
                break
        if stop == first.start:
            # A span of nothing has no words to mark.
            continue
        if at < first.start:
            yield Run(legible(text[at : first.start]))
        stop = first.start + (len(text[first.start : stop].rstrip()) or stop - first.start)
        yield Run(legible(text[first.start : stop]), evidence=tuple(held))
        at = stop
    if at < end:
        yield Run(legible(text[at:end]))
