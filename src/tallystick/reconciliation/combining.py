"""The best figure and its range: the readings of a line come in, numbers, conflicts and the arithmetic go out.

One value for each origin, and the best of them is their weighted median (rule R13). Where a single origin stands
behind a line, or no text tells how its figure relates to time, there is a range and no best figure.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import inf
from typing import NamedTuple

from tallystick.model.claim import Measure
from tallystick.model.estimate import Conflict, Widening
from tallystick.model.lineage import Independent
from tallystick.model.quantity import Bound
from tallystick.reconciliation.decay import Age
from tallystick.reconciliation.entries import CASUALTY
from tallystick.reconciliation.grading import independent
from tallystick.reconciliation.intervals import Interval, written
from tallystick.reconciliation.readings import Voiced
from tallystick.reconciliation.subjects import Subjects
from tallystick.reconciliation.weighing import Records, weighed
from tallystick.reconciliation.widening import reported, widened

__all__ = ["Combined", "Setting", "combine"]

# With fewer figures that disagree there is no middle one.
ENOUGH_FOR_MEDIAN = 3
# Readings of one estimate that are told one by one in its steps; the others are counted.
TOLD = 12


class Setting(NamedTuple):
    """What else is known of a line when its readings are combined.

    Attributes:
        measure: How its figure relates to time, or None where no text decides it.
        own: ISO 3166-1 alpha-2 of the country that the counted come from, or None.
        age: How old the count is.
        records: How often the speakers of the case agreed with others.
    """

    measure: Measure | None
    own: str | None
    age: Age
    records: Records


class Combined(NamedTuple):
    """What the readings of a line come to.

    Attributes:
        found: The readings, with what each weighs.
        independent: How many independent origins stand behind those that hold.
        best: The best figure, or None where the evidence does not carry one.
        reported: The range of the figures as reported.
        span: The range of the estimate.
        widenings: By what it is wider than the reported one, in order.
        contradicted: Whether origins contradict one another.
        conflicts: What cannot be reconciled; empty where the count is only the last known one.
        steps: Every step, one sentence each.
    """

    found: tuple[Voiced, ...]
    independent: Independent
    best: float | None
    reported: Interval
    span: Interval
    widenings: tuple[Widening, ...]
    contradicted: bool
    conflicts: tuple[Conflict, ...]
    steps: tuple[str, ...]


def combine(found: Sequence[Voiced], subjects: Subjects, setting: Setting) -> Combined:
    """Give best, low and high of `found`: at least one reading, one per origin, also those that no longer hold."""
    heavy, reasons = weighed(found, setting.records, subjects)
    admissible = [voiced for voiced in heavy if not voiced.reading.superseded] or list(heavy)
    count = independent(heavy, subjects)
    steps = [step for voiced in heavy for step in voiced.steps]
    steps.extend(f"{voiced.name}{_day(voiced)} gives {_as_written(voiced)}." for voiced in admissible[:TOLD])
    if len(admissible) > TOLD:
        steps.append(f"Another {len(admissible) - TOLD:,} origins are weighed alike.")
    groups = _agreeing(admissible)
    single = count.low <= 1
    best = None
    refused = _refused(admissible, groups, setting, single=single)
    if refused is None:
        best = _median(admissible)
        holding = {voiced.reading.origin for voiced in admissible}
        weights = zip(heavy, reasons, strict=True)
        steps.extend([reason for voiced, reason in weights if voiced.reading.origin in holding][:TOLD])
    span, widenings = widened(admissible, subjects, single=single, age=setting.age, own=setting.own)
    steps.append(refused or _chosen(admissible, best or 0.0))
    bounds = reported(admissible)
    if len(admissible) > 1:
        steps.append(f"Reported: {written(bounds)}.")
    steps.extend(widening.reason for widening in widenings)
    conflicts = _conflicts(groups)
    steps.extend(conflict.reason for conflict in conflicts)
    if setting.age.stale:
        steps.append("It is only the last known count: it stands in no sum with newer ones and in no conflict.")
    return Combined(
        found=heavy,
        independent=count,
        best=best,
        reported=bounds,
        span=span,
        widenings=widenings,
        contradicted=bool(conflicts),
        conflicts=() if setting.age.stale else conflicts,
        steps=tuple(dict.fromkeys(steps)),
    )


def _refused(
    admissible: Sequence[Voiced], groups: Sequence[Sequence[Voiced]], setting: Setting, *, single: bool
) -> str | None:
    """Why there is no best figure, as a sentence; None where there is one."""
    lead = admissible[0]
    figures = sum(_point(voiced) is not None for voiced in admissible)
    if single and len(admissible) == 1:
        return f"No best figure: there is only one origin, {lead.name} with {_as_written(lead)}."
    if single:
        return f"No best figure: its {len(admissible):,} origins may all go back to a single one."
    if lead.lead.per is not None:
        return f"No best figure: so much per {lead.lead.per} is a rate and counts nothing."
    if setting.measure is None and lead.lead.kind != CASUALTY:
        return "No best figure: no text says whether this is a stock, a flow or a count to date."
    if not figures:
        return f"No best figure: {len(admissible):,} origins give bounds and none of them a figure."
    if len(groups) > 1 and figures < ENOUGH_FOR_MEDIAN:
        return "No best figure: origins contradict one another and too few give a figure to have a middle one."
    return None


def _median(admissible: Sequence[Voiced]) -> float | None:
    """The lowest figure that has half of the weight at or below it; the lower one, and so the more careful, of two."""
    points = sorted((point, voiced.reading.weight) for voiced in admissible if (point := _point(voiced)) is not None)
    half = sum(weight for _, weight in points) / 2
    reached = 0.0
    for point, weight in points:
        reached += weight
        if reached >= half:
            return point
    return None


def _chosen(admissible: Sequence[Voiced], best: float) -> str:
    figures = sum(_point(voiced) is not None for voiced in admissible)
    if figures == 1:
        return f"Only one of {len(admissible):,} origins gives a figure, {best:,.15g}, and the others fit it."
    return f"Of {figures:,} figures, one for each origin, {best:,.15g} is the weighted median."


def _agreeing(found: Sequence[Voiced]) -> list[list[Voiced]]:
    """Readings in the fewest groups each of which some number satisfies, in ascending order."""
    groups: list[list[Voiced]] = []
    reach = -inf
    for voiced in sorted(found, key=lambda voiced: (voiced.tolerant.high, voiced.tolerant.low, voiced.reading.origin)):
        if not groups or voiced.tolerant.low > reach:
            groups.append([])
            reach = voiced.tolerant.high
        groups[-1].append(voiced)
    return groups


def _conflicts(groups: Sequence[Sequence[Voiced]]) -> tuple[Conflict, ...]:
    """One conflict for every two neighboring groups that different speakers hold and that are not mere repeats."""
    conflicts = []
    for lower, upper in pairwise(groups):
        one = min(lower, key=lambda voiced: (voiced.tolerant.high, voiced.reading.origin))
        others = [voiced for voiced in upper if voiced.body != one.body and not voiced.tolerant.meets(one.tolerant)]
        if not others:
            continue
        other = max(others, key=lambda voiced: (voiced.tolerant.low, voiced.reading.origin))
        apart = other.stated.low - one.stated.high
        reason = (
            f"{one.name}{_day(one)} gives {_as_written(one)}, {other.name}{_day(other)} {_as_written(other)}: "
            f"{apart:,.10g} apart, so both cannot be right."
        )
        members = (*lower, *upper)
        conflicts.append(
            Conflict(
                origins=tuple(dict.fromkeys(voiced.reading.origin for voiced in members)),
                reason=reason,
                arithmetic=f"{other.stated.low:,.10g} - {one.stated.high:,.10g} = {apart:,.10g}",
                claims=tuple(dict.fromkeys(claim for voiced in members for claim in voiced.reading.claims)),
            )
        )
    return tuple(conflicts)


def _point(voiced: Voiced) -> float | None:
    """The one figure that a reading gives, or the middle of a range; None for a bound and for a vague word."""
    low, high = voiced.stated
    if low == high:
        return low
    if voiced.lead.claim.bound is Bound.RANGE and low != -inf and high != inf:
        return (low + high) / 2
    return None


def _as_written(voiced: Voiced) -> str:
    about = "about " if voiced.lead.claim.bound is Bound.APPROX else ""
    vague = " (vague)" if voiced.lead.claim.bound is Bound.VAGUE else ""
    return f"{about}{written(voiced.stated)}{vague}"


def _day(voiced: Voiced) -> str:
    return f" ({voiced.reading.date})" if voiced.reading.date else ""
