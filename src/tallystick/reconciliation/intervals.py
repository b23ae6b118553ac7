"""Intervals of figures and of days: bounds as texts give them come in, what two of them have in common goes out.

An open end is an infinity, so that overlap and gap are plain comparisons.
"""

from collections.abc import Iterable
from math import inf
from typing import NamedTuple

from tallystick.model.claim import Claim
from tallystick.model.quantity import Bound, Number
from tallystick.values.sums import ABOUT, rounded_by

__all__ = ["Interval", "hull", "merged", "number", "stated", "tolerant", "written"]


class Interval(NamedTuple):
    """Closed bounds; an open end is an infinity."""

    low: float
    high: float

    def meets(self, other: "Interval") -> bool:
        """Whether some number lies in both."""
        return self.low <= other.high and other.low <= self.high

    def within(self, other: "Interval") -> "Interval":
        """Give what both have in common; only for intervals that meet."""
        return Interval(max(self.low, other.low), min(self.high, other.high))


def stated(claim: Claim) -> Interval:
    """Give the bounds that the text gives."""
    low = -inf if claim.low is None else float(claim.low)
    high = inf if claim.high is None else float(claim.high)
    return Interval(min(low, high), max(low, high))


def tolerant(claim: Claim) -> Interval:
    """Give the bounds within which another figure still agrees with this one: rounding and "about" allowed for."""
    low, high = stated(claim)
    if claim.bound is Bound.APPROX:
        return Interval(low - ABOUT * abs(low), high + ABOUT * abs(high))
    return Interval(low - rounded_by(low), high + rounded_by(high))


def hull(intervals: tuple[Interval, ...]) -> Interval:
    """Give the narrowest interval that holds all of `intervals`; there is at least one."""
    return Interval(min(low for low, _ in intervals), max(high for _, high in intervals))


def merged(intervals: Iterable[Interval]) -> list[Interval]:
    """Give overlapping intervals joined, in ascending order."""
    found: list[Interval] = []
    for span in sorted(intervals):
        if found and span.low <= found[-1].high:
            found[-1] = Interval(found[-1].low, max(found[-1].high, span.high))
        else:
            found.append(span)
    return found


def number(value: float) -> Number | None:
    """Give a bound as the records hold it: an integer where it is one, None where it is open."""
    if value in (inf, -inf):
        return None
    return int(value) if float(value).is_integer() else value


def written(interval: Interval) -> str:
    """Give an interval for a sentence: "5,000", "at least 5,000", "900 to 1,100", "any number"."""
    low, high = number(interval.low), number(interval.high)
    if low is None:
        return "any number" if high is None else f"at most {high:,}"
    if high is None:
        return f"at least {low:,}"
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"
