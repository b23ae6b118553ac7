"""Crossings, visas and permits beside persons: books come in, a step for what they bound, and only if, goes out.

A crossing is no person and a permit no arrival, so neither is converted into the other (rule R1) and the two never make
a conflict. Where fewer crossings are declared than persons are said to have come, both can be right only if somebody
came unseen or earlier; that, and nothing more, is said.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import accumulate
from re import IGNORECASE
from re import compile as pattern

from tallystick.model.claim import Aspect, Measure, Status
from tallystick.reconciliation.accounting.books import PEOPLE, Books, Remark, figure, source
from tallystick.reconciliation.entries import Entry
from tallystick.reconciliation.intervals import number
from tallystick.values.periods import Period

__all__ = ["passages"]

# What is counted at a border or at a desk, one of which may be a person's second.
PASSAGE = pattern(r"\b(?:crossings?|entry|entries|visas?|(?:work |entry )?permits?|authori[sz]ations?)$", IGNORECASE)
ARRIVALS = frozenset((Measure.FLOW, Measure.CUMULATIVE))
# Terms of a sum that are written out.
SHOWN = 6


def passages(books: Books) -> Iterator[Remark]:
    """Yield a step for each number of arrived persons above the crossings declared for the same time and place."""
    crossings: defaultdict[tuple[str, str, str], list[Entry]] = defaultdict(list)
    persons: dict[str, Entry] = {}
    for entry in books.entries:
        if entry.claim.status is not Status.ACTUAL or books.stale(entry) or entry.country is None or entry.site is None:
            continue
        word = PASSAGE.search(entry.claim.unit) or PASSAGE.search(" ".join((entry.claim.counted or "").split()))
        if word is not None:
            noun = word[0].casefold()
            crossings[entry.country, entry.site.key, noun].append(entry)
        elif entry.kind == PEOPLE and (entry.claim.measure in ARRIVALS or entry.claim.aspect is Aspect.ARRIVED):
            persons.setdefault(books.line(entry.claim), entry)
    series: defaultdict[tuple[str, str], list[_Series]] = defaultdict(list)
    for (country, place, noun), members in sorted(crossings.items()):
        series[country, place].append(_Series(noun, members))
    for line, entry in sorted(persons.items()):
        site = "" if entry.site is None else entry.site.key
        for declared in series.get((entry.country or "", site), ()):
            step = declared.bound(entry)
            if step is not None:
                yield Remark(line, step)


class _Series:
    """Declared crossings of one country and place, at times that do not overlap, so that they may be added."""

    def __init__(self, noun: str, entries: Sequence[Entry]) -> None:
        self._noun = noun
        self._entries: list[Entry] = []
        for entry in sorted(entries, key=_when):
            if entry.when is not None and (not self._entries or _period(self._entries[-1]).last < entry.when.first):
                self._entries.append(entry)
        self._starts = [_period(entry).first for entry in self._entries]
        self._ends = [_period(entry).last for entry in self._entries]
        self._sums = list(accumulate((entry.tolerant.high for entry in self._entries), initial=0.0))

    def bound(self, persons: Entry) -> str | None:
        """What the crossings of the same time say of arrived persons; None where they do not bound them."""
        span = persons.when
        if span is None and persons.said is not None:
            span = Period(0, persons.said.last)
        if span is None:
            return None
        start, end = bisect_left(self._starts, span.first), bisect_right(self._ends, span.last)
        if start >= end or persons.tolerant.low <= self._sums[end] - self._sums[start]:
            return None
        held = self._entries[start:end]
        terms = " + ".join(figure(entry.claim, counted=False) for entry in held[:SHOWN])
        total = number(sum(entry.stated.high for entry in held))
        more = f" + {len(held) - SHOWN:,} more" if len(held) > SHOWN else ""
        summed = f"{terms}{more} = {total:,}" if len(held) > 1 and total is not None else terms
        return (
            f"{source(persons)} counts {figure(persons.claim)}, {source(held[0])} {summed} of the unit '{self._noun}' "
            "in that time: that bounds it from above only if nobody came earlier, unseen or under another name; one "
            "person may also stand behind several. Different units are not converted."
        )


def _period(entry: Entry) -> Period:
    return entry.when or Period(0, 0)


def _when(entry: Entry) -> tuple[int, int, float, str, int]:
    """The earliest first; of those that begin together the longest and largest."""
    period = _period(entry)
    return period.first, -period.last, -entry.stated.high, entry.claim.document, entry.claim.start
