"""Calendar arithmetic that reports need, written as EDTF strings (ISO 8601-2 level 0).

Takes publication dates, weekdays, months and seasons; gives dates, months, years and intervals such as
"2024-01/2024-06". Nothing here knows a language.
"""

import re
from datetime import MAXYEAR, MINYEAR, date, datetime, timedelta

__all__ = [
    "day",
    "half",
    "interval",
    "is_iso",
    "month",
    "month_away",
    "nearest_year",
    "published_date",
    "quarter",
    "season",
    "week",
    "weekday",
    "weekend",
    "year",
]

MONTHS = 12
WEEK = 7
SATURDAY = 5
PARTIAL_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2]))?")
# First months of the seasons as reports use them; winter ends in the next year.
SEASON_STARTS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}


def published_date(published: str | None) -> date | None:
    """Give the day of an ISO 8601 date or time, or None where `published` holds none."""
    if published is None:
        return None
    try:
        return date.fromisoformat(published[:10])
    except ValueError:
        return None


def is_iso(value: str) -> bool:
    """Whether `value` is a year, a month, a day or a time in ISO 8601."""
    if PARTIAL_DATE.fullmatch(value):
        return True
    try:
        date.fromisoformat(value[:10])
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def year(number: int) -> str:
    """Give year `number` as EDTF: "2024"."""
    return f"{number:04d}"


def month(number: int, of: int) -> str:
    """Give month `of` (1-12) of year `number` as EDTF: "2024-06"."""
    return f"{number:04d}-{of:02d}"


def day(number: int, of: int, at: int) -> str | None:
    """Give day `at` of month `of` of year `number` as EDTF, or None where the calendar has no such day."""
    try:
        return date(number, of, at).isoformat()
    except ValueError:
        return None


def interval(first: str, last: str) -> str:
    """Give the closed interval from the start of `first` to the end of `last`, both EDTF; one date where they agree."""
    start, end = first.partition("/")[0], last.rpartition("/")[2]
    return start if start == end else f"{start}/{end}"


def half(number: int, of: int) -> str:
    """Give half `of` (1 or 2) of year `number`: "2024-01/2024-06"."""
    return _months(number, 6 * of - 5, 6)


def quarter(number: int, of: int) -> str:
    """Give quarter `of` (1-4) of year `number`: "2024-04/2024-06"."""
    return _months(number, 3 * of - 2, 3)


def season(number: int, name: str) -> str:
    """Give the three months of a northern season that begins in year `number`: autumn is September to November."""
    return _months(number, SEASON_STARTS[name], 3)


def weekday(anchor: date, of: int, *, ahead: bool = False, strict: bool = False) -> date:
    """Give the weekday `of` (Monday is 0) nearest to `anchor` on one side of it.

    Args:
        anchor: Day of publication.
        of: Which weekday, 0-6.
        ahead: Look into the future; otherwise back.
        strict: Never give `anchor` itself.
    """
    away = (of - anchor.weekday()) % WEEK if ahead else (anchor.weekday() - of) % WEEK
    if away == 0 and strict:
        away = WEEK
    return _shift(anchor, away if ahead else -away)


def week(anchor: date, away: int) -> str:
    """Give the week, Monday to Sunday, that lies `away` weeks from that of `anchor`."""
    monday = _shift(anchor, WEEK * away - anchor.weekday())
    return interval(monday.isoformat(), _shift(monday, WEEK - 1).isoformat())


def weekend(anchor: date) -> str:
    """Give the last Saturday and Sunday that began on `anchor` or before."""
    saturday = weekday(anchor, SATURDAY)
    return interval(saturday.isoformat(), _shift(saturday, 1).isoformat())


def month_away(anchor: date, away: int) -> str:
    """Give the month `away` months from that of `anchor`."""
    count = anchor.year * MONTHS + anchor.month - 1 + away
    return month(count // MONTHS, count % MONTHS + 1)


def nearest_year(anchor: date, of: int, *, ahead: bool = False) -> int:
    """Give the year of month `of` (1-12) closest to `anchor` on one side: back, or `ahead`; its own month counts."""
    if ahead:
        return anchor.year + (of < anchor.month)
    return anchor.year - (of > anchor.month)


def _months(number: int, first: int, length: int) -> str:
    last = first + length - 1
    end = month(number + (last - 1) // MONTHS, (last - 1) % MONTHS + 1)
    return interval(month(number, first), end)


def _shift(anchor: date, days: int) -> date:
    """`anchor` moved by `days`, kept inside the calendar."""
    try:
        return anchor + timedelta(days=days)
    except OverflowError:
        return date(MINYEAR, 1, 1) if days < 0 else date(MAXYEAR, 12, 31)
