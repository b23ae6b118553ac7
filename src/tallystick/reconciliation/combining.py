"""The best figure and its range: the readings of a line come in, numbers, conflicts and the arithmetic go out.

Origins that can all be right narrow one another; origins that cannot make a conflict, and the range then spans them.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import inf
from typing import NamedTuple

from tallystick.model.estimate import Conflict
from tallystick.model.quantity import Bound
from tallystick.reconciliation.intervals import APPROXIMATE, Interval, hull, written
from tallystick.reconciliation.readings import Voiced

__all__ = ["Combined", "combine"]

# With fewer origins that disagree there is no middle one.
ENOUGH_FOR_MEDIAN = 3
# Readings of one estimate that are told one by one in its steps; the others are counted.
TOLD = 12


class Combined(NamedTuple):
    """What the readings of a line come to.

    Attributes:
        best: The best figure, or None where the evidence does not carry one.
        span: The range.
        conflicts: What cannot be reconciled.
        steps: Every step, one sentence each.
    """

    best: float | None
    span: Interval
    conflicts: tuple[Conflict, ...]
    steps: tuple[str, ...]


def combine(found: Sequence[Voiced]) -> Combined:
    """Give best, low and high of `found`; at least one reading, one per origin."""
    standing = [voiced for voiced in found if not voiced.reading.superseded]
    steps = [step for voiced in found for step in voiced.steps]
    admissible = standing or list(found)
    steps.extend(f"{voiced.name}{_day(voiced)} gives {_as_written(voiced)}." for voiced in admissible[:TOLD])
    if len(admissible) > TOLD:
        steps.append(f"Another {len(admissible) - TOLD:,} origins are weighed alike.")
    groups = _agreeing(admissible)
    if len(groups) == 1:
        best, span, step = _together(admissible)
        conflicts: tuple[Conflict, ...] = ()
    else:
        best, span, step = _apart(admissible)
        conflicts = _conflicts(groups)
    steps.append(step)
    steps.extend(conflict.reason for conflict in conflicts)
    return Combined(best, span, conflicts, tuple(dict.fromkeys(steps)))


def _together(found: Sequence[Voiced]) -> tuple[float | None, Interval, str]:
    """Readings with a number that satisfies them all."""
    points = sorted({_point(voiced) for voiced in found} - {None}, key=lambda point: point or 0)
    if len(found) == 1:
        (only,) = found
        best = _point(only)
        span = _widened(only)
        if best is None:
            return None, span, f"One origin gives no single figure: the range is {written(span)} and there is no best."
        return (
            best,
            span,
            f"Only one origin: its figure {_figure(best)} is the best there is, the range {written(span)}.",
        )
    span = found[0].tolerant
    for voiced in found[1:]:
        span = voiced.tolerant.within(span) if voiced.tolerant.meets(span) else span
    given = [voiced for voiced in found if _point(voiced) is not None]
    if not points:
        return None, span, f"{len(found):,} origins agree on {written(span)} and none gives a single figure."
    exact = min(given, key=lambda voiced: (voiced.tolerant.high - voiced.tolerant.low, -voiced.stated.low))
    best = _point(exact) or 0.0
    span = hull(tuple(Interval(point, point) for point in points if point is not None))
    step = (
        f"{len(found):,} origins can all be right: {written(span)} is what they name, and {_figure(best)} is the "
        "most precise of it."
    )
    return best, span, step


def _apart(found: Sequence[Voiced]) -> tuple[float | None, Interval, str]:
    """Readings that cannot all be right."""
    ends = [end for voiced in found for end in voiced.stated if end not in (inf, -inf)]
    span = Interval(min(ends), max(ends)) if ends else Interval(-inf, inf)
    if any(voiced.stated.high == inf and voiced.stated.low == span.high for voiced in found):
        span = Interval(span.low, inf)
    if any(voiced.stated.low == -inf and voiced.stated.high == span.low for voiced in found):
        span = Interval(-inf, span.high)
    points = sorted(point for voiced in found if (point := _point(voiced)) is not None)
    if len(points) < ENOUGH_FOR_MEDIAN:
        return (
            None,
            span,
            f"Origins disagree and too few give a figure: the range is {written(span)}, there is no best.",
        )
    best = points[(len(points) - 1) // 2]
    return (
        best,
        span,
        f"Of {len(points):,} figures, one per origin, the middle one is {_figure(best)}; the range is {written(span)}.",
    )


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
        others = [voiced for voiced in upper if voiced.voice != one.voice and not voiced.tolerant.meets(one.tolerant)]
        if not others:
            continue
        other = max(others, key=lambda voiced: (voiced.tolerant.low, voiced.reading.origin))
        reason = (
            f"{one.name}{_day(one)} gives {_as_written(one)}, {other.name}{_day(other)} {_as_written(other)}: "
            f"{other.stated.low - one.stated.high:,.10g} apart, so both cannot be right."
        )
        members = dict.fromkeys(voiced.reading.origin for voiced in (*lower, *upper))
        conflicts.append(Conflict(tuple(members), reason))
    return tuple(conflicts)


def _point(voiced: Voiced) -> float | None:
    """The one figure that a reading gives, or the middle of a range; None for a bound."""
    low, high = voiced.stated
    if low == high:
        return low
    if voiced.lead.claim.bound is Bound.RANGE and low != -inf and high != inf:
        return (low + high) / 2
    return None


def _widened(voiced: Voiced) -> Interval:
    """The range of a single reading: as written, and a tenth either way for "about"."""
    low, high = voiced.stated
    if voiced.lead.claim.bound is Bound.APPROX:
        return Interval(low - APPROXIMATE * abs(low), high + APPROXIMATE * abs(high))
    return voiced.stated


def _as_written(voiced: Voiced) -> str:
    about = "about " if voiced.lead.claim.bound is Bound.APPROX else ""
    vague = " (vague)" if voiced.lead.claim.bound is Bound.VAGUE else ""
    return f"{about}{written(voiced.stated)}{vague}"


def _day(voiced: Voiced) -> str:
    return f" ({voiced.reading.date})" if voiced.reading.date else ""


def _figure(value: float) -> str:
    return f"{value:,.15g}"
