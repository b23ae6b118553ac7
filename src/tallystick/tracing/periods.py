"""EDTF dates as spans of days, so that two of them can be compared.

Takes the strings of claims ("2025-06-17", "2025-06", "2024-01/2024-06"); gives the first and the last day.
"""

from calendar import monthrange
from datetime import date
from typing import NamedTuple

__all__ = ["Period", "gap", "period"]

DECEMBER = 12
# Longest EDTF string that is looked at; "2024-01-01/2024-06-30" has 21 marks.
LONGEST = 40


class Period(NamedTuple):
    """The days from `first` to `last`, both inside, as proleptic Gregorian ordinals."""

    first: int
    last: int


def period(edtf: str | None) -> Period | None:
    """Give the days that `edtf` may mean; None where it is None, open-ended or not understood.

    Marks of uncertainty ("~", "?", "%") do not widen it.
    """
    if edtf is None or len(edtf) > LONGEST:
        return None
    start, _, end = edtf.partition("/")
    first, last = _one(start), _one(end or start)
    if first is None or last is None or last.last < first.first:
        return None
    return Period(first.first, last.last)


def gap(one: Period, other: Period) -> int:
    """Give the days that lie between two periods; 0 where they touch or overlap."""
    return max(0, one.first - other.last, other.first - one.last)


def _one(text: str) -> Period | None:
    """A single year, month or day; a time behind the day is cut off."""
    parts = text.strip("~?%").partition("T")[0].split("-")
    if not all(part.isascii() and part.isdigit() for part in parts):
        return None
    numbers = [int(part) for part in parts]
    try:
        match numbers:
            case [year]:
                return Period(date(year, 1, 1).toordinal(), date(year, DECEMBER, 31).toordinal())
            case [year, month]:
                last = monthrange(year, month)[1]
                return Period(date(year, month, 1).toordinal(), date(year, month, last).toordinal())
            case [year, month, day]:
                only = date(year, month, day).toordinal()
                return Period(only, only)
    except ValueError:
        return None
    return None
