"""By how much a range must be wider than the figures that were reported: every widening a step with its own name.

Ranges that coders write down from reports are too narrow and lean to the low side (Vesco et al., Journal of Conflict
Resolution, doi 10.1177/00220027261423826), so a range never ends where the reported figures do without a reason.
"""

from collections.abc import Callable, Mapping, Sequence
from math import ceil, floor, inf
from typing import NamedTuple

from tallystick.model.estimate import Widening
from tallystick.model.quantity import Bound
from tallystick.reconciliation.decay import Age
from tallystick.reconciliation.intervals import Interval, number, written
from tallystick.reconciliation.periods import STALE_DAYS
from tallystick.reconciliation.readings import Voiced
from tallystick.reconciliation.subjects import Subjects
from tallystick.values.sums import ABOUT

__all__ = ["Widened", "reported", "widened"]

# Rule R13 of the domain notes; placeholders until ranges can be calibrated on cases with a known truth.
LOWER = 0.75
UPPER = 1.33
# Which end a side bends, and by how much the other one is moved.
HOME = f"its own people rather low: up to {UPPER:g} times"
AWAY = f"others to its own ends, rather high: down to {LOWER:g} times"
# For every STALE_DAYS that a stock has not been counted, an end moves by this part of itself. A placeholder as well:
# declared, so that a reader can see how much of a range is mere age.
DECAY = 0.1
# After this many of them the range says no more than that the count is old.
LONGEST_DECAY = 10
# A widened end is a whole number where the figures are, else one of ten-thousandths; what lies behind this many more
# places is the noise of binary fractions.
SCALE = 10_000.0
NOISE = 4


class Widened(NamedTuple):
    """A range and by what it became wider than what was reported."""

    span: Interval
    steps: tuple[Widening, ...]


def reported(found: Sequence[Voiced]) -> Interval:
    """Give the narrowest range that holds every figure that `found` gives; open only beyond the outermost figure."""
    return _hull([voiced.stated for voiced in found])


def widened(found: Sequence[Voiced], subjects: Subjects, *, single: bool, age: Age, own: str | None) -> Widened:
    """Give the range of an estimate with every step that made it wider than `reported`.

    Args:
        found: The readings that hold; at least one.
        subjects: Tells whose side a speaker is on.
        single: Whether they may all go back to a single origin.
        age: How old the count is.
        own: ISO 3166-1 alpha-2 of the country that the counted come from, or None.
    """
    whole = all(end in (inf, -inf) or end.is_integer() for voiced in found for end in voiced.stated)
    course = _Course(reported(found), whole)
    course.vague(found)
    course.about(found)
    side = _side(found, subjects)
    if single:
        course.stretch(
            "single_origin", LOWER, UPPER,
            f"A single origin stands behind it, and nobody who could check it: from {LOWER:g} to {UPPER:g} times",
        )  # fmt: skip
    elif side is not None:
        home = own is not None and own in side.split(", ")
        why, low, high = (HOME, 1.0, UPPER) if home else (AWAY, LOWER, 1.0)
        course.stretch("one_side", low, high, f"All origins are of one side ({side}), which counts {why}")
    if age.stale:
        periods = min(age.days // STALE_DAYS, LONGEST_DECAY)
        low, high = (1 - DECAY) ** periods, (1 + DECAY) ** periods
        course.stretch(
            "stale", low, high,
            f"Not counted anew for {age.days:,} days: a tenth either way for every {STALE_DAYS} days, "
            f"from {low:.2f} to {high:.2f} times",
        )  # fmt: skip
    course.round(found)
    return Widened(course.span, tuple(course.steps))


class _Course:
    """A range on its way from the reported figures to the range of the estimate."""

    def __init__(self, span: Interval, whole: bool) -> None:
        self.span = span
        self.steps: list[Widening] = []
        self._scale = 1.0 if whole else SCALE

    def stretch(self, rule: str, low: float, high: float, reason: str) -> None:
        """Multiply both ends; `reason` ends in the factor and is completed with the ends it is taken of."""
        before = self.span
        if before == Interval(-inf, inf):
            return
        after = Interval(
            before.low - (1 - low) * abs(before.low) if before.low != -inf else -inf,
            before.high + (high - 1) * abs(before.high) if before.high != inf else inf,
        )
        self._step(rule, after, f"{reason} {written(before)}")

    def vague(self, found: Sequence[Voiced]) -> None:
        """Name the words that set an end: they were read as an interval when the claim was."""
        for voiced in found:
            ends = {end for end in voiced.stated if end not in (inf, -inf)}
            if voiced.lead.claim.bound is Bound.VAGUE and not ends.isdisjoint(self.span):
                words = " ".join(voiced.lead.claim.figure.split())
                self._step("vague", self.span, f"“{words}” is taken for {written(voiced.stated)}")
                return

    def about(self, found: Sequence[Voiced]) -> None:
        """Let "about" reach a tenth either way."""
        reach = {
            voiced.stated: Interval(
                voiced.stated.low - ABOUT * abs(voiced.stated.low),
                voiced.stated.high + ABOUT * abs(voiced.stated.high),
            )
            for voiced in found
            if voiced.lead.claim.bound is Bound.APPROX
        }
        self._reach("about", reach, "“about” {} is a tenth more or less")

    def round(self, found: Sequence[Voiced]) -> None:
        """Let a figure that may be rounded reach half the unit of its last digit that is not zero."""
        reach = {
            voiced.stated: voiced.tolerant
            for voiced in found
            if voiced.lead.claim.bound is not Bound.APPROX and voiced.tolerant != voiced.stated
        }
        self._reach("rounding", reach, "{} may be rounded to its last digit that is not zero")

    def _reach(self, rule: str, reach: Mapping[Interval, Interval], reason: str) -> None:
        """Widen to the closed ends of `reach`; the reason names the figures that set an end."""
        ends = [end for span in reach.values() for end in span if end not in (inf, -inf)]
        if not ends:
            return
        low, high = min(self.span.low, *ends), max(self.span.high, *ends)
        below = [stated for stated in sorted(reach) if reach[stated].low == low < self.span.low][:1]
        above = [stated for stated in sorted(reach) if reach[stated].high == high > self.span.high][-1:]
        names = " and ".join(dict.fromkeys(written(stated) for stated in (*below, *above)))
        if names:
            self._step(rule, Interval(low, high), reason.format(names))

    def _step(self, rule: str, span: Interval, reason: str) -> None:
        low, high = self._outward(span.low, floor), self._outward(span.high, ceil)
        self.span = Interval(min(low, self.span.low), max(high, self.span.high))
        sentence = f"{reason[:1].upper()}{reason[1:]}: {written(self.span)}."
        self.steps.append(Widening(rule, number(self.span.low), number(self.span.high), sentence))

    def _outward(self, end: float, rounding: Callable[[float], int]) -> float:
        """The end, rounded outward to the places that a reader needs; 3,990.0000001 is taken for 3,990."""
        return end if end in (inf, -inf) else rounding(round(end * self._scale, NOISE)) / self._scale


def _hull(spans: Sequence[Interval]) -> Interval:
    """The range of all finite ends, open where an open bound lies beyond all that is closed."""
    lows = [span.low for span in spans if span.low != -inf]
    highs = [span.high for span in spans if span.high != inf]
    # "At least 8,000" leaves a range open that nobody closes above 8,000, and "at most" one below.
    open_up = any(span.high == inf and (not highs or span.low > max(highs)) for span in spans)
    open_down = any(span.low == -inf and (not lows or span.high < min(lows)) for span in spans)
    ends = lows + highs
    return Interval(
        -inf if open_down or not ends else min(ends),
        inf if open_up or not ends else max(ends),
    )


def _side(found: Sequence[Voiced], subjects: Subjects) -> str | None:
    """The one side to which all speakers belong, as its countries; None where they are of several or of none.

    Countries whose actors may share what they know are one side.
    """
    countries = {subjects.side(voiced.voice) for voiced in found}
    if not countries or None in countries:
        return None
    blocs = {subjects.bloc(country) for country in countries if country is not None}
    return ", ".join(sorted(country for country in countries if country is not None)) if len(blocs) == 1 else None
