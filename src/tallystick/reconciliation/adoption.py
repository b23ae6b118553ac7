"""Where a figure belongs whose text leaves country, place, measure or time open.

Takes such entries and the groups they may belong to; gives for each origin the one group that can have it, if any.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import inf

from tallystick.model.quantity import Bound
from tallystick.reconciliation.entries import Entry
from tallystick.reconciliation.intervals import Interval, merged

__all__ = ["SMALL", "adopted"]

# Two claims of different reports agree by chance in 1.3 % of all pairs up to 20, in 0.4 % up to 100 (3,221 claims of
# the English gold sets): a small figure proves no kinship where there is a choice.
SMALL = 20
# With more groups than this an agreement is more likely chance than kinship.
MOST_GROUPS = 40
# "More than 10,000" is written of 10,500 or of 14,000, not of 30,000; "thousands" of 2,000 to 9,999 (rule R11).
OPEN_REACH = 1.5
VAGUE_REACH = 5.0


def adopted(
    orphans: Sequence[Entry], homes: Mapping[str, Sequence[Entry]], *, unless_alone: bool = True
) -> dict[str, str]:
    """Give the key of the group to which each origin among `orphans` belongs; origins that stay apart are left out.

    Args:
        orphans: Entries that lack what sets the groups apart.
        homes: The groups by key.
        unless_alone: Whether the figure must agree even where there is only one group, and that of the same story.
    """
    if not homes or len(homes) > MOST_GROUPS:
        return {}
    spans = {key: merged(_kindred(entry) for entry in members) for key, members in homes.items()}
    held: defaultdict[str, set[str]] = defaultdict(set)
    for key, members in homes.items():
        for entry in members:
            held[entry.origin.id].add(key)
    firsts: dict[str, Entry] = {}
    for entry in orphans:
        first = firsts.get(entry.origin.id)
        if first is None or (entry.rank, entry.claim.id) < (first.rank, first.claim.id):
            firsts[entry.origin.id] = entry
    found: dict[str, str] = {}
    for origin, entry in firsts.items():
        fits = [key for key in homes if _agrees(_kindred(entry), spans[key])]
        if len(held[origin]) == 1:
            found[origin] = next(iter(held[origin]))
        elif len(homes) == 1:
            (only,) = homes
            if fits or (not unless_alone and any(other.story == entry.story for other in homes[only])):
                found[origin] = only
        elif len(fits) == 1 and _kindred(entry).high > SMALL:
            found[origin] = fits[0]
    return found


def _kindred(entry: Entry) -> Interval:
    """The figures that speak for the same count: an open bound reaches not far, or it would agree with anything."""
    low, high = entry.tolerant
    if high == inf:
        high = max(low, entry.stated.low * (VAGUE_REACH if entry.claim.bound is Bound.VAGUE else OPEN_REACH))
    if low == -inf:
        low = min(high, entry.stated.high / OPEN_REACH)
    return Interval(low, high)


def _agrees(figure: Interval, spans: Sequence[Interval]) -> bool:
    at = bisect_left(spans, figure.low, key=_high)
    return at < len(spans) and spans[at].low <= figure.high


def _high(span: Interval) -> float:
    return span.high
