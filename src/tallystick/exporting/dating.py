"""When something was counted: an EDTF date comes in, its first and last day go out, with how exactly it is known."""

from datetime import date
from typing import NamedTuple

from tallystick.values.periods import period

__all__ = ["Dated", "dated"]

OPEN = ("", "..")
# The longest span of days that is a day, a week, a month, a year; longer ones have no name.
ACCURACIES = ((1, "day"), (7, "week"), (31, "month"), (366, "year"))
# Date precision of UCDP GED: a day, 2 to 6 days, a week, at most a month, at most a year; it has none for more.
PRECISIONS = ((1, 1), (6, 2), (7, 3), (31, 4), (366, 5))


class Dated(NamedTuple):
    """When something was.

    Attributes:
        start: First day that is meant, ISO 8601, or None where it is open.
        end: Last day that is meant, or None where it is open.
        accuracy: "day", "week", "month" or "year": the shortest that holds the span; None where none does.
        precision: The same on the scale of UCDP GED, 1 to 5.
    """

    start: str | None = None
    end: str | None = None
    accuracy: str | None = None
    precision: int | None = None


def dated(edtf: str | None) -> Dated:
    """Give when something was; all None where it is not known or not understood."""
    span = period(edtf)
    if edtf is None or span is None:
        return Dated()
    first, slash, last = edtf.strip().partition("/")
    if slash and (first in OPEN or last in OPEN):
        return Dated(_day(span.first) if last in OPEN else None, None if last in OPEN else _day(span.last))
    days = span.last - span.first + 1
    return Dated(
        _day(span.first),
        _day(span.last),
        next((name for most, name in ACCURACIES if days <= most), None),
        next((step for most, step in PRECISIONS if days <= most), None),
    )


def _day(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()
