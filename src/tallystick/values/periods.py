"""EDTF dates as spans of days, so that two of them can be compared.

Takes the strings of claims, origins and dossiers ("2025-06-17", "2025-06", "2024-01/2024-06"); gives the first and the
last day.
"""

from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import NamedTuple

__all__ = ["Period", "gap", "last_day", "period"]

DECEMBER = 12
# Longest EDTF string that is looked at; "2024-01-01/2024-06-30" has 21 marks.
LONGEST = 40
# Marks of uncertainty and approximation at the end of a date.
UNSURE = "~?%"
# Dates that are remembered: a century has 36,525 days, most cases a few thousand.
KNOWN = 2**13


class Period(NamedTuple):
    """The days from `first` to `last`, both inside, as proleptic Gregorian ordinals."""

    first: int
    last: int


def period(edtf: str | None, *, slack: int = 0) -> Period | None:
    """Give the days that `edtf` may mean; None where it is None or not understood.

    Args:
        edtf: A year, a month, a day or an interval of two of them; an open end ("2024-01/..") is left out.
        slack: Days by which an end that is marked uncertain or approximate may lie further out.
    """
    return None if edtf is None or len(edtf) > LONGEST else _period(edtf, slack)


@lru_cache(maxsize=KNOWN)
def _period(edtf: str, slack: int) -> Period | None:
    """The days, worked out; a case writes the same few thousand dates again and again."""
    start, slash, end = edtf.strip().partition("/")
    first = _one(start, slack)
    last = _one(end, slack) if slash else first
    if first is None or last is None:
        return first or last if {start, end} & {"..", ""} else None
    return Period(first.first, last.last) if first.first <= last.last else None


def last_day(edtf: str) -> date | None:
    """Give the last day of an EDTF day, month, year or interval; None where it is none of these."""
    span = period(edtf)
    return None if span is None else date.fromordinal(span.last)


def gap(one: Period, other: Period) -> int:
    """Give the days that lie between two periods; 0 where they touch or overlap."""
    return max(0, one.first - other.last, other.first - one.last)


def _one(text: str, slack: int) -> Period | None:
    """A single year, month or day; a time behind the day is cut off."""
    bare = text.rstrip(UNSURE)
    wide = slack if bare != text else 0
    parts = bare.partition("T")[0].split("-")
    if not all(part.isascii() and part.isdigit() for part in parts):
        return None
    numbers = [int(part) for part in parts]
    try:
        match numbers:
            case [year]:
                return _widened(date(year, 1, 1), date(year, DECEMBER, 31), wide)
            case [year, month]:
                return _widened(date(year, month, 1), date(year, month, monthrange(year, month)[1]), wide)
            case [year, month, day]:
                return _widened(date(year, month, day), date(year, month, day), wide)
    except ValueError:
        return None
    return None


def _widened(first: date, last: date, days: int) -> Period:
    return Period(first.toordinal() - days, last.toordinal() + days)
