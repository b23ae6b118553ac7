"""How far the sources behind an estimate can be relied on: an estimate comes in, one letter goes out."""

from tallystick.model.estimate import Estimate

__all__ = ["reliability"]

# Not gradable; never a bad grade, and so behind all others.
UNGRADED = "F"


def reliability(estimate: Estimate) -> str:
    """Give the best Admiralty letter A-F among the readings that hold; credibility is another thing, see there."""
    return min((one.reliability for one in estimate.readings if not one.superseded), default=UNGRADED)
