"""Ratio words recomputed: books come in, "triple" that is 2.3 times goes out as a conflict.

"More than double" of what is more than three times is true and says too little: that is a step, no conflict.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from math import inf

from tallystick.model.claim import Claim
from tallystick.model.estimate import ConflictKind
from tallystick.reconciliation.accounting.books import Books, Remark, contradiction, figure, source
from tallystick.values.ratios import Comparison, Verdict, comparisons, quotient, recalls, verdict
from tallystick.values.sums import term

__all__ = ["multiples"]


def multiples(books: Books) -> Iterator[Remark]:
    """Yield a conflict for each ratio word that its two figures belie, and a step for each that understates them."""
    earlier = _Earlier(books)
    for sentence in books.sentences:
        found = list(comparisons(sentence))
        for ratio, claim in recalls(sentence):
            start = earlier.of(claim)
            if start is not None:
                found.append(Comparison(ratio, claim, start))
        for one in found:
            judged = verdict(one.ratio, term(one.figure), term(one.start))
            if judged is not Verdict.RIGHT:
                yield from _told(books, one, judged)


class _Earlier:
    """What every voice has said of every population, in order of the days."""

    def __init__(self, books: Books) -> None:
        self._books = books
        self._said: defaultdict[tuple[str, str], list[tuple[int, Claim]]] = defaultdict(list)
        for entry in books.entries:
            if entry.said is not None:
                self._said[books.line(entry.claim), entry.voice].append((entry.said.last, entry.claim))
        for series in self._said.values():
            series.sort(key=_day)

    def of(self, claim: Claim) -> Claim | None:
        """The figure that the same voice gave of the same population last before, or None."""
        entry = self._books.entry(claim)
        series = self._said.get((self._books.line(claim), entry.voice), [])
        at = 0 if entry.said is None else bisect_left(series, entry.said.first, key=_day)
        return series[at - 1][1] if at else None


def _day(said: tuple[int, Claim]) -> int:
    return said[0]


def _told(books: Books, found: Comparison, judged: Verdict) -> Iterator[Remark]:
    entries = [books.entry(claim) for claim in (found.figure, found.start)]
    lines = books.line(found.figure), books.line(found.start)
    said = f"{source(entries[0])} says '{found.ratio.words}' of {figure(found.figure)} and {figure(found.start)}"
    if judged is Verdict.UNDERSTATED:
        arithmetic = _division(found.figure, found.start)
        yield Remark(lines[0], f"{said}: {arithmetic}, so that is true and says too little.")
        return
    arithmetic = f"{_division(found.figure, found.start)}, not '{found.ratio.words}'"
    conflict = contradiction(ConflictKind.RATIO, said, arithmetic, entries)
    yield Remark(lines[0], conflict.reason, conflict)
    if lines[1] != lines[0]:
        yield Remark(lines[1], conflict.reason)


def _division(one: Claim, other: Claim) -> str:
    low, high = quotient(term(one), term(other))
    least, most = f"{low:.2g}", f"{high:.2g}"
    shown = f"at least {least}" if high == inf else least if least == most else f"{least} to {most}"
    return f"{figure(one, counted=False)} / {figure(other, counted=False)} = {shown}"
