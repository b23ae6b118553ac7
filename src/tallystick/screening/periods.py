"""Dates as bounds: an EDTF date of a dossier or a claim comes in, its first and last possible day go out."""

from calendar import monthrange
from datetime import date
from re import compile as pattern

__all__ = ["APPROXIMATE_DAYS", "bounds"]

EDTF = pattern(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?([?~%]?)")
# "2024-05~" may be off by about a month.
APPROXIMATE_DAYS = 31


def bounds(edtf: str | None) -> tuple[int, int] | None:
    """Give the ordinals of the first and the last day that `edtf` may mean; None where it holds no date.

    An interval spans from the first day of its start to the last day of its end; an open end is left out.
    """
    if edtf is None:
        return None
    start, slash, end = edtf.strip().partition("/")
    first = _single(start)
    last = _single(end) if slash else first
    if first is None or last is None:
        return first or last
    return min(first[0], last[0]), max(first[1], last[1])


def _single(text: str) -> tuple[int, int] | None:
    found = EDTF.fullmatch(text.partition("T")[0])
    if found is None:
        return None
    year = int(found[1])
    months = (int(found[2]), int(found[2])) if found[2] else (1, 12)
    try:
        last = int(found[3]) if found[3] else monthrange(year, months[1])[1]
        first = date(year, months[0], int(found[3]) if found[3] else 1).toordinal()
        slack = APPROXIMATE_DAYS if found[4] else 0
        return first - slack, date(year, months[1], last).toordinal() + slack
    except ValueError:
        return None
