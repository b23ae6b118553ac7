"""How soon a reviewer should look at each claim: claims and what is derived of them come in, priorities go out.

What is unsure in its reading speaks for a claim, and what an estimate would be without it.
"""

from collections.abc import Iterable

from tallystick.model.claim import Claim
from tallystick.model.estimate import Estimate, Reading
from tallystick.model.ledger import Derived
from tallystick.model.priority import Priority

__all__ = ["priorities"]

# What each open question about a claim adds to its doubt; an estimate of what misleads most, until reviews can tell.
NO_SPEAKER, NO_DATE, NO_PLACE, NO_COUNTRY, NO_BOUNDS, FLAGGED = 0.25, 0.15, 0.1, 0.1, 0.2, 0.2


def priorities(claims: Iterable[Claim], derived: Derived) -> dict[str, Priority]:
    """Give the priority of each claim by its id.

    Args:
        claims: Of one block.
        derived: What follows from that block.
    """
    flagged = {claim for flag in derived.flags if flag.severity != "note" for claim in flag.claims}
    sway = _sway(derived.estimates)
    return {claim.id: Priority(_doubt(claim, flagged), sway.get(claim.id, 0.0)) for claim in claims}


def _doubt(claim: Claim, flagged: set[str]) -> float:
    """How unsure the reading of a claim is: what its report does not tell, and what does not add up."""
    doubts = (
        (claim.speaker is None, NO_SPEAKER), (claim.when is None, NO_DATE), (claim.place is None, NO_PLACE),
        (claim.origin is None, NO_COUNTRY), (claim.low is None or claim.high is None, NO_BOUNDS),
        (claim.id in flagged, FLAGGED),
    )  # fmt: skip
    return round(sum(weight for open_, weight in doubts if open_), 4)


def _sway(estimates: Iterable[Estimate]) -> dict[str, float]:
    """How much the estimates hang on each claim."""
    found: dict[str, float] = {}
    for estimate in estimates:
        standing = [one for one in estimate.readings if not one.superseded]
        for reading in estimate.readings:
            share = _share(reading, estimate, len(standing)) / max(1, len(reading.claims))
            for claim in reading.claims:
                found[claim] = max(found.get(claim, 0.0), round(share, 4))
    return found


def _share(reading: Reading, estimate: Estimate, standing: int) -> float:
    """What the estimate would lose without a reading: all of it, an end or the middle of its range, or some weight."""
    if reading.superseded:
        return 0.05
    if standing <= 1:
        return 1.0
    ends = {value for value in (estimate.best, estimate.low, estimate.high) if value is not None}
    told = {value for value in (reading.low, reading.high) if value is not None}
    return min(1.0, 1 / standing + (0.4 if ends & told else 0.0))
