"""What stands behind an estimate: it comes in, the letter of its best source and its origins in words go out."""

from tallystick.model.estimate import Estimate
from tallystick.model.lineage import Independent
from tallystick.values.phrases import count

__all__ = ["independents", "reliability"]

# Not gradable; never a bad grade, and so behind all others.
UNGRADED = "F"


def reliability(estimate: Estimate) -> str:
    """Give the best Admiralty letter A-F among the readings that hold; credibility is another thing, see there."""
    return min((one.reliability for one in estimate.readings if not one.superseded), default=UNGRADED)


def independents(independent: Independent) -> str:
    """Give how many independent origins there are: "2 independent origins", "0 to 1 independent origin"."""
    low, high = independent.low, independent.high
    return count(high, "independent origin") if low == high else f"{low:,} to {count(high, 'independent origin')}"
