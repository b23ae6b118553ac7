"""A document cut into runs for the page: its text and claims come in, paragraphs of marked runs go out.

Offsets are code points of the text; each run is cut before it is made legible, so that marks stand where claims do.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from tallystick.model.claim import Claim
from tallystick.model.document import Document, Passage, PassageKind
from tallystick.reporting.wording import legible

__all__ = ["Paragraph", "Run", "Sentence", "paragraphs"]

LEFT_OUT = frozenset((PassageKind.COMMENT, PassageKind.FURNITURE, PassageKind.DISCLAIMER, PassageKind.BYLINE))


class Run(NamedTuple):
    """A stretch of text; `claim` where it is a figure."""

    text: str
    claim: Claim | None = None


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


def paragraphs(document: Document, claims: Sequence[Claim]) -> tuple[Paragraph, ...]:
    """Give the passages of `document` with its claims marked; `claims` are those of this document."""
    ordered = sorted(claims, key=lambda claim: (claim.start, claim.end))
    return tuple(_paragraph(document, passage, ordered) for passage in document.passages)


def _paragraph(document: Document, passage: Passage, claims: Sequence[Claim]) -> Paragraph:
    inside = [claim for claim in claims if passage.start <= claim.start and claim.end <= passage.end]
    sentences: list[Sentence] = []
    at = passage.start
    for start, end in _sentences(document.text, passage, inside):
        if at < start:
            sentences.append(Sentence((Run(legible(document.text[at:start])),), told=False))
        held = [claim for claim in inside if start <= claim.start and claim.end <= end]
        sentences.append(Sentence(tuple(_runs(document.text, start, end, held)), told=True))
        at = end
    if at < passage.end:
        sentences.append(Sentence((Run(legible(document.text[at : passage.end])),), told=False))
    return Paragraph(tuple(sentences), passage.kind, passage.kind in LEFT_OUT, passage.repeats is not None)


def _sentences(text: str, passage: Passage, claims: Iterable[Claim]) -> Iterator[tuple[int, int]]:
    """The sentences that hold claims, in order, without overlap; where a quote is not found, the figure alone."""
    at = passage.start
    for claim in claims:
        if claim.end <= at:
            continue
        found = text.find(claim.quote, max(at, claim.end - len(claim.quote)), claim.start + len(claim.quote))
        holds = found >= 0 and found <= claim.start and claim.end <= found + len(claim.quote)
        start, end = (found, found + len(claim.quote)) if holds else (claim.start, claim.end)
        start, end = max(start, at), min(end, passage.end)
        if start <= claim.start and claim.end <= end:
            yield start, end
            at = end


def _runs(text: str, start: int, end: int, claims: Iterable[Claim]) -> Iterator[Run]:
    at = start
    for claim in claims:
        if claim.start < at:
            continue
        if at < claim.start:
            yield Run(legible(text[at : claim.start]))
        yield Run(legible(text[claim.start : claim.end]), claim)
        at = claim.end
    if at < end:
        yield Run(legible(text[at:end]))
