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

__all__ = ["Paragraph", "Run", "Sentence", "marked", "paragraphs", "shortened", "shown_evidence"]

# Words beside a mark that a long document keeps: a page of a book.
LONGEST_RUN = 2_000


class Run(NamedTuple):
    """A stretch of text.

    Attributes:
        text: Its words, made legible.
        claim: The claim whose figure it is, or None.
        also: Claims that overlap it and share its mark.
        evidence: The spans that begin in these words, of flags that rest on words and not on a figure, and of facts.
        shared: Whether another report has these words too.
    """

    text: str
    claim: Claim | None = None
    also: tuple[Claim, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    shared: bool = False


class Sentence(NamedTuple):
    """The runs of one sentence; `told` where it holds a claim."""

    runs: tuple[Run, ...]
    told: bool


class Paragraph(NamedTuple):
    """A passage of the document; `language` is its own, where it is not that of the document."""

    sentences: tuple[Sentence, ...]
    kind: PassageKind
    left_out: bool
    repeated: bool
    language: str | None = None


class _Words(NamedTuple):
    """A text, and where in it evidence and shared words stand."""

    text: str
    spans: Sequence[Evidence]
    shared: Sequence[tuple[int, int]]


class _Figure(NamedTuple):
    """Where a mark stands: the union of claims that overlap, cut at the end of its passage."""

    start: int
    end: int
    claims: tuple[Claim, ...]


def paragraphs(
    document: Document,
    claims: Iterable[Claim],
    evidence: Iterable[Evidence] = (),
    shared: Iterable[tuple[int, int]] = (),
) -> tuple[Paragraph, ...]:
    """Give the passages of `document` with its claims marked, and where no claim stands, the evidence.

    Args:
        document: The document.
        claims: Those of this document.
        evidence: Spans of this document; the mark of one ends where a claim begins; those that overlap share one.
        shared: Where words stand that another report has too, as start and end.
    """
    spans = sorted(set(evidence), key=lambda one: (one.start, -one.end))
    inside: list[list[Claim]] = [[] for _ in document.passages]
    starts = [passage.start for passage in document.passages]
    for claim in sorted(claims, key=lambda claim: (claim.start, -claim.end, claim.id)):
        at = bisect_right(starts, claim.start) - 1
        # A claim between passages has no words on the page to stand on.
        if at >= 0 and claim.start < document.passages[at].end and claim.start < claim.end:
            inside[at].append(claim)
    words = _Words(document.text, spans, _merged(shared))
    return tuple(_paragraph(words, passage, held) for passage, held in zip(document.passages, inside, strict=True))


def shortened(shown: Iterable[Paragraph]) -> tuple[tuple[Paragraph, ...], int]:
    """Give the paragraphs of a long document that hold a mark, their plain words cut, and how many were left out."""
    kept, left_out = [], 0
    for paragraph in shown:
        if any(run.claim is not None or run.evidence for one in paragraph.sentences for run in one.runs):
            kept.append(paragraph._replace(sentences=tuple(_cut(one) for one in paragraph.sentences)))
        else:
            left_out += 1
    return tuple(kept), left_out


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


def _cut(sentence: Sentence) -> Sentence:
    """A sentence whose plain runs are no longer than `LONGEST_RUN`."""
    half = LONGEST_RUN // 2
    return sentence._replace(
        runs=tuple(
            run
            if run.claim is not None or run.evidence or len(run.text) <= LONGEST_RUN
            else run._replace(text=f"{run.text[:half]} […] {run.text[-half:]}")
            for run in sentence.runs
        )
    )


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in order, those that overlap or touch as one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        elif start < end:
            found.append((start, end))
    return found


def _pieces(words: _Words, start: int, end: int) -> Iterator[Run]:
    """A stretch without any mark, cut where shared words begin and end."""
    at = start
    index = bisect_right(words.shared, start, key=lambda span: span[1])
    while at < end and index < len(words.shared) and words.shared[index][0] < end:
        begin, stop = max(words.shared[index][0], at), min(words.shared[index][1], end)
        if at < begin:
            yield Run(legible(words.text[at:begin]))
        yield Run(legible(words.text[begin:stop]), shared=True)
        at, index = stop, index + 1
    if at < end:
        yield Run(legible(words.text[at:end]))


def _is_shared(words: _Words, start: int) -> bool:
    index = bisect_right(words.shared, start, key=lambda span: span[1])
    return index < len(words.shared) and words.shared[index][0] <= start


def _paragraph(words: _Words, passage: Passage, claims: Sequence[Claim]) -> Paragraph:
    text = words.text
    sentences: list[Sentence] = []
    at = passage.start
    for start, end, figures in _sentences(text, passage, list(_figures(passage, claims))):
        if at < start:
            sentences.append(Sentence(tuple(_plain(words, at, start)), told=False))
        sentences.append(Sentence(tuple(_runs(words, start, end, figures)), told=True))
        at = end
    if at < passage.end:
        sentences.append(Sentence(tuple(_plain(words, at, passage.end)), told=False))
    left_out, repeated = passage.kind not in READABLE, passage.repeats is not None
    return Paragraph(tuple(sentences), passage.kind, left_out, repeated, passage.language)


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


def _runs(words: _Words, start: int, end: int, figures: Iterable[_Figure]) -> Iterator[Run]:
    at, spans = start, words.spans
    for figure in figures:
        yield from _plain(words, at, figure.start)
        low = bisect_left(spans, figure.start, key=lambda one: one.start)
        high = bisect_left(spans, figure.end, key=lambda one: one.start)
        yield Run(
            legible(words.text[figure.start : figure.end]), figure.claims[0], figure.claims[1:], tuple(spans[low:high]),
            _is_shared(words, figure.start),
        )  # fmt: skip
        at = figure.end
    yield from _plain(words, at, end)


def _plain(words: _Words, start: int, end: int) -> Iterator[Run]:
    """A stretch without figures, cut where evidence begins and ends."""
    at, text, spans = start, words.text, words.spans
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
        yield from _pieces(words, at, first.start)
        stop = first.start + (len(text[first.start : stop].rstrip()) or stop - first.start)
        yield Run(
            legible(text[first.start : stop]), evidence=tuple(held), shared=_is_shared(words, first.start)
        )  # fmt: skip
        at = stop
    yield from _pieces(words, at, end)
