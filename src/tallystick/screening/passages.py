"""Paragraphs that a report prints again: documents come in, a flag for each report that does so goes out."""

from bisect import bisect_right
from collections.abc import Iterator

from tallystick.model.document import PassageKind
from tallystick.model.flag import Evidence, Flag
from tallystick.screening.findings import WARNING, Holdings, flag

__all__ = ["repeated_passages"]

# A byline, a date or a heading may well stand twice; a paragraph of this many code points does not.
LONG = 60


def repeated_passages(holdings: Holdings) -> Iterator[Flag]:
    """Yield a warning for each report that prints its own paragraphs again: figures in them are no second report."""
    for document in holdings.documents:
        by_start = {passage.start: passage for passage in document.passages}
        again = [
            passage
            for passage in document.passages
            if passage.repeats is not None and passage.kind is PassageKind.BODY and passage.end - passage.start >= LONG
        ]
        if not again:
            continue
        evidence = []
        for passage in again:
            first = by_start.get(passage.repeats if passage.repeats is not None else -1)
            if first is not None:
                evidence.append(Evidence(document.id, first.start, first.end))
            evidence.append(Evidence(document.id, passage.start, passage.end))
        ends = [passage.end for passage in again]
        inside = [
            claim
            for claim in holdings.claims_of(document.id)
            if (at := bisect_right(ends, claim.start)) < len(again) and again[at].start <= claim.start
        ]
        paragraphs = "one of its paragraphs" if len(again) == 1 else f"{len(again):,} of its paragraphs"
        figures = "one figure stands" if len(inside) == 1 else f"{len(inside):,} figures stand"
        reason = f"{holdings.outlet(document.id)} prints {paragraphs} again; {figures} in the repeated text."
        yield flag("repeated_passage", WARNING, reason, evidence, inside)
