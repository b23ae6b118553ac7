"""What a number loses when a passage is copied or translated: copied passages come in, flags for lost digits go out.

Where the words before and after a figure are those of another report and the figure is that report's without its
thousands ("13" for "13,221", "5" for "5 thousand"), nobody counted anew.
"""

from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise, product, takewhile

from tallystick.model.claim import Claim
from tallystick.model.flag import Flag
from tallystick.model.lineage import EdgeLevel
from tallystick.screening.findings import WARNING, Holdings, amount, flag, named, spans

__all__ = ["is_shortened", "lost_pairs", "numbers_lost"]

# Code points between two passages that two reports share; where more differs, more than a number was changed.
GAP = 60
# A numeral that has been torn apart ("13/221") is read as two figures.
TORN = 2
SEPARATORS = ",.   '"
# Languages that count in ten thousands lose four zeros at once, others three.
POWERS = (10, 100, 1000, 10_000, 1_000_000)


def numbers_lost(holdings: Holdings) -> Iterator[Flag]:
    """Yield a warning for each figure in a copied passage that has lost or gained digits on the way.

    An update ("14 dead" for "12 dead") is none: only a power of ten, ten thousand, or a group of digits is.
    """
    for earlier, later in _pairs(holdings):
        reason = (
            f"{holdings.outlet(later.document)} has {named(later)} in a passage in which "
            f"{holdings.outlet(earlier.document)} has {named(earlier)}: digits were lost or added in copying or "
            f"translating."
        )
        yield flag("number_lost_in_translation", WARNING, reason, spans((earlier, later)), (earlier, later))


def lost_pairs(holdings: Holdings) -> frozenset[frozenset[str]]:
    """Give the ids of the two claims of each flag of `numbers_lost`."""
    return frozenset(frozenset((one.id, other.id)) for one, other in _pairs(holdings))


def _pairs(holdings: Holdings) -> Iterator[tuple[Claim, Claim]]:
    """The earlier and the later figure at one place of a passage that two reports share, where digits differ."""
    for edge in holdings.lineage.edges:
        if edge.level is EdgeLevel.DOCUMENT:
            for one, other in pairwise(edge.shared):
                later = _between(holdings, edge.later, one.later_end, other.later_start)
                earlier = _between(holdings, edge.earlier, one.earlier_end, other.earlier_start)
                if min(len(later), len(earlier)) == 1:
                    yield from _misread(earlier, later)


def _misread(earlier: list[Claim], later: list[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """The first pair of figures of one unit of which one is the other without some of its digits."""
    for pair in product(earlier, later):
        if pair[0].unit == pair[1].unit and (is_shortened(*pair) or is_shortened(*reversed(pair))):
            yield pair
            return


def _between(holdings: Holdings, document: str, start: int, end: int) -> list[Claim]:
    """The figures between two passages or touching them; none where too much or too many stand there."""
    if not 0 <= end - start <= GAP:
        return []
    claims = holdings.claims_of(document)
    at = bisect_left(claims, start, key=lambda claim: claim.end)
    found = list(takewhile(lambda claim: claim.start <= end, claims[at : at + TORN + 1]))
    return found if len(found) <= TORN else []


def is_shortened(short: Claim, full: Claim) -> bool:
    """Tell whether a figure is another one divided by a power of ten, or its first group of digits alone."""
    less, more = amount(short) or 0.0, amount(full) or 0.0
    if not 0 < less < more:
        return False
    if any(less * power == more for power in POWERS):
        return True
    at = next((at for at, mark in enumerate(full.figure) if mark in SEPARATORS), 0)
    return at > 0 and short.figure == full.figure[:at]
