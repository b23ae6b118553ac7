"""Running totals: books come in, totals that fall and totals that are less than what they hold go out as conflicts.

What one voice counts from one day on never becomes less, unless it corrects itself. Nobody is in a place who never came
there, so of one voice the present are no more than all who came; a total "since" some day leaves out who was there.
"""

from collections import defaultdict
from collections.abc import Iterator
from re import IGNORECASE
from re import compile as pattern

from tallystick.model.claim import Aspect, Measure
from tallystick.model.estimate import ConflictKind
from tallystick.reconciliation.accounting.books import (
    PEOPLE,
    Books,
    Remark,
    contradiction,
    figure,
    population,
    source,
)
from tallystick.reconciliation.entries import CASUALTY, Entry
from tallystick.reconciliation.intervals import written

__all__ = ["running"]

# Words with which a speaker takes back some of what he counted.
CORRECTED = pattern(r"\b(?:revis\w+|correct\w+|lowered|adjust\w+|recount\w*|mistak\w+|duplicat\w+)\b", IGNORECASE)
# Code points within which one text counts the same people as present and as all who came.
NEAR = 400


def running(books: Books) -> Iterator[Remark]:
    """Yield totals of one voice that decrease, and numbers of present or arrived above the total that holds them."""
    yield from _decreasing(books)
    for entries in books.texts():
        yield from _bounded(books, entries)


def _decreasing(books: Books) -> Iterator[Remark]:
    """Every total that is less than an earlier one of the same voice, population and first day."""
    series: defaultdict[tuple[str, str, int], list[Entry]] = defaultdict(list)
    for entry in books.entries:
        if entry.claim.measure is Measure.CUMULATIVE and entry.said is not None and not _corrected(entry):
            since = 0 if entry.when is None else entry.when.first
            series[books.line(entry.claim), entry.voice, since].append(entry)
    for _, entries in sorted(series.items()):
        highest: Entry | None = None
        for entry in sorted(entries, key=_said):
            if highest is not None and _day(highest) < _day(entry) and entry.tolerant.high < highest.tolerant.low:
                arithmetic = f"{written(highest.stated)}, then {written(entry.stated)}"
                reason = f"{source(entry)} gives a running total that falls"
                conflict = contradiction(ConflictKind.DECREASE, reason, arithmetic, (highest, entry))
                yield Remark(books.line(entry.claim), conflict.reason, conflict)
            if highest is None or entry.tolerant.low > highest.tolerant.low:
                highest = entry


def _bounded(books: Books, entries: list[Entry]) -> Iterator[Remark]:
    """What one voice counts in one text: the present and the arrivals against the total."""
    totals: dict[tuple[str, ...], Entry] = {}
    for entry in entries:
        if entry.claim.measure is Measure.CUMULATIVE and entry.kind in (PEOPLE, CASUALTY):
            key = entry.claim.category, entry.head, *population(entry)
            held = totals.get(key)
            if held is None or entry.tolerant.high > held.tolerant.high:
                totals[key] = entry
    for entry in entries:
        total = totals.get((entry.claim.category, entry.head, *population(entry)))
        if total is None or total is entry or abs(total.claim.start - entry.claim.start) > NEAR:
            continue
        if entry.tolerant.low <= total.tolerant.high or not _within(entry, total):
            continue
        arithmetic = f"{written(entry.stated)}, more than the total of {written(total.stated)}"
        reason = f"{source(entry)} gives {figure(entry.claim)} and, of all up to then, {figure(total.claim)}"
        conflict = contradiction(ConflictKind.BALANCE, reason, arithmetic, (entry, total))
        yield Remark(books.line(entry.claim), conflict.reason, conflict)
        yield Remark(books.line(total.claim), conflict.reason)


def _within(entry: Entry, total: Entry) -> bool:
    """Whether the total must hold a figure: the present where it has no first day, else those who came then."""
    if entry.claim.measure is Measure.STOCK:
        return total.when is None and entry.when is None and entry.kind == PEOPLE
    flow = entry.claim.measure is Measure.FLOW or entry.claim.aspect is Aspect.ARRIVED
    if not flow or entry.when is None or total.when is None or entry.claim.measure is Measure.CUMULATIVE:
        return False
    return total.when.first <= entry.when.first and entry.when.last <= total.when.last


def _corrected(entry: Entry) -> bool:
    return CORRECTED.search(entry.claim.quote) is not None


def _day(entry: Entry) -> int:
    return 0 if entry.said is None else entry.said.first


def _said(entry: Entry) -> tuple[int, str, int]:
    return _day(entry), entry.claim.document, entry.claim.start
