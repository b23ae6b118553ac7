"""How soon a reviewer should look at each claim: claims and what is derived of them come in, priorities go out.

What its reading had to do without speaks for a claim, and what its estimate would lose if it were wrong. Each weight
has its reason in words, so that a page can say why a claim comes first.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from tallystick.model.change import Range
from tallystick.model.claim import Claim, Status
from tallystick.model.estimate import Estimate, Reading
from tallystick.model.flag import Flag
from tallystick.model.ledger import Derived
from tallystick.model.priority import Priority
from tallystick.model.quantity import Bound

__all__ = ["Reason", "doubts", "priorities", "share"]


class Reason(NamedTuple):
    """One thing that speaks for looking at a claim.

    Attributes:
        weight: What it counts, from 0 to 1.
        words: The thing itself, for a reader, without a full stop.
    """

    weight: float
    words: str


# What each open question about a reading adds to its doubt. They only order a queue: what the text itself leaves open
# (who, where, when, whose) weighs by how far a wrong guess would move the claim into another estimate, and what another
# report speaks against weighs more than that. Agreement between reviewers can tell whether these are the right ones.
ERROR = Reason(0.35, "it cannot be right as it is read")
WARNING = Reason(0.2, "something about it does not add up")
NO_STATUS = Reason(0.1, "no word of the text says that it is a fact and not a plan")
NO_SPEAKER = Reason(0.15, "nobody is named who says so")
NO_PLACE = Reason(0.15, "no place is named")
NO_COUNTRY = Reason(0.1, "no country of origin is named")
NO_DATE = Reason(0.1, "no date is told")
NO_NOUN = Reason(0.15, "what is counted was taken from the words around it")
VAGUE = Reason(0.15, "the figure is vague")
OPEN = Reason(0.05, "one end of the figure is open")
RELAYED = Reason(0.05, "it came through another outlet")
NO_MEASURE = Reason(0.05, "it may count those who are there or those who came")

# How much an estimate hangs on a claim. The steps are coarse so that within one of them the more doubtful come first.
ALONE = 1.0
SOLE_STATEMENT = 0.6  # the one statement, which several reports tell: each of them can be misread by itself
BOUND_TO_END = 0.75
ONE_OF_FEW = 0.45
ONE_OF_MANY = 0.25
REPEATED = 0.15
SUPERSEDED = 0.05
# A median of so many figures moves when one of them does; of more, hardly.
FEW = 3


def priorities(claims: Iterable[Claim], derived: Derived) -> dict[str, Priority]:
    """Give the priority of each claim by its id.

    Args:
        claims: Of one block.
        derived: What follows from that block.
    """
    flags: defaultdict[str, list[Flag]] = defaultdict(list)
    for flag in derived.flags:
        for claim in flag.claims:
            flags[claim].append(flag)
    hangs: dict[str, float] = {}
    for estimate in derived.estimates:
        for name, reason in _hanging(estimate).items():
            hangs[name] = max(hangs.get(name, 0.0), reason.weight)
    return {
        claim.id: Priority(_sum(doubts(claim, flags.get(claim.id, ()))), hangs.get(claim.id, 0.0)) for claim in claims
    }


def doubts(claim: Claim, flags: Iterable[Flag] = ()) -> tuple[Reason, ...]:
    """Give what is unsure about the reading of a claim, the weightiest first.

    Args:
        claim: The claim.
        flags: Those about it.
    """
    grave = {flag.severity for flag in flags}
    worded = {ground.field for ground in claim.grounds if ground.start is not None or ground.cue.startswith("reviewer")}
    open_ = (
        (ERROR, "error" in grave), (WARNING, "warning" in grave), (NO_SPEAKER, claim.speaker is None),
        (NO_PLACE, claim.place is None), (NO_NOUN, claim.counted is None), (VAGUE, claim.bound is Bound.VAGUE),
        (NO_STATUS, "status" not in worded and "aspect" not in worded), (NO_COUNTRY, claim.origin is None),
        (NO_DATE, claim.when is None), (OPEN, _half_open(claim)), (RELAYED, claim.via is not None),
        (NO_MEASURE, claim.measure is None and claim.status is Status.ACTUAL),
    )  # fmt: skip
    return tuple(sorted((reason for reason, holds in open_ if holds), key=lambda one: -one.weight))


def _sum(reasons: Sequence[Reason]) -> float:
    """Several doubts together, at most 1."""
    return round(min(1.0, sum(one.weight for one in reasons)), 4)


def _half_open(claim: Claim) -> bool:
    """Whether exactly one end of the figure is told."""
    return claim.bound is not Bound.VAGUE and (claim.low is None) != (claim.high is None)


def _hanging(estimate: Estimate) -> Mapping[str, Reason]:
    """How much an estimate hangs on each of its claims, in one pass over its readings."""
    standing = sum(1 for one in estimate.readings if not one.superseded)
    figure = Range(estimate.best, estimate.low, estimate.high)
    found: dict[str, Reason] = {}
    for reading in estimate.readings:
        reason = share(reading, figure, standing)
        for claim in reading.claims:
            if claim not in found or reason.weight > found[claim].weight:
                found[claim] = reason
    return found


def share(reading: Reading, figure: Range, standing: int) -> Reason:
    """Give what an estimate would lose with one claim of a reading.

    Args:
        reading: The reading that the claim carries.
        figure: That of the estimate.
        standing: How many readings of the estimate are not superseded.
    """
    told = len(reading.claims)
    if reading.superseded:
        return Reason(SUPERSEDED, "its speaker gave a later figure, which counts instead")
    if standing <= 1:
        if told == 1:
            return Reason(ALONE, "the estimate hangs on this figure alone")
        return Reason(SOLE_STATEMENT, f"the estimate hangs on one statement, which {told:,} claims tell")
    if told > 1:
        return Reason(REPEATED, f"{_more(told - 1)} the same figure")
    end = _end(reading, figure)
    if end is not None:
        return Reason(BOUND_TO_END, f"it sets the {end} of the estimate")
    if standing <= FEW:
        return Reason(ONE_OF_FEW, f"it is one of {standing} figures that are weighed")
    return Reason(ONE_OF_MANY, f"it is one of {standing:,} figures that are weighed")


def _end(reading: Reading, figure: Range) -> str | None:
    """Which figure of an estimate is one that a reading tells."""
    told = {value for value in (reading.low, reading.high) if value is not None}
    for name, value in (("best figure", figure.best), ("upper end", figure.high), ("lower end", figure.low)):
        if value is not None and value in told:
            return name
    return None


def _more(others: int) -> str:
    return "one more claim tells" if others == 1 else f"{others:,} more claims tell"
