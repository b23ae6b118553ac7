"""Dates as sentences tell them, with all that they may mean: text and the day of the report come in, dates go out.

"Last December" in a report of June is that of the year before; in one of December it may be of either year. Rules that
say that a date is wrong need everything that it may mean.
"""

from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib.resources import files
from re import IGNORECASE, Match, Pattern
from re import compile as pattern
from typing import NamedTuple

from yaml import CSafeLoader, load

from tallystick.values.dates import day, month, month_away, nearest_year, year
from tallystick.values.periods import Period, period

__all__ = ["Told", "told_dates"]

# Dates of one sentence that are looked at.
MOST = 20


class Told(NamedTuple):
    """A date that a sentence tells.

    Attributes:
        start: First code point of its words.
        end: One past the last.
        readings: EDTF dates that it may mean, the likeliest first; at least one.
    """

    start: int
    end: int
    readings: tuple[str, ...]

    def may_be(self, other: Period) -> bool:
        """Whether one of its readings shares a day with `other`."""
        return any(found.first <= other.last and other.first <= found.last for found in self.periods())

    def periods(self) -> list[Period]:
        """Give its readings as days."""
        return [found for found in map(period, self.readings) if found is not None]


class _Months(NamedTuple):
    """Names of months with their numbers, and the pattern of dates made of them."""

    numbers: dict[str, int]
    dated: Pattern[str]


@cache
def _months() -> _Months:
    text = (files("tallystick.screening") / "instrument_dates.yaml").read_text(encoding="utf-8")
    # CSafeLoader builds plain values only; nothing in the file can run.
    found: dict[str, list[str]] = load(text, CSafeLoader)
    numbers = {name: at for key in ("months", "abbreviations") for at, name in enumerate(found[key], start=1)}
    numbers["sept"] = numbers["september"]
    names = "|".join(sorted(numbers, key=lambda name: (-len(name), name)))
    name, digits, years = (
        rf"(?P<month{{0}}>{names})\b(?:\.(?= \d|,))?",
        r"(?P<day{0}>\d{{1,2}})(?:st|nd|rd|th)?",
        r"(?P<year{0}>(?:19|20)\d\d)",
    )
    # A bare name of a month needs a word before it: "May" and "March" are others, too.
    forms = (
        rf"\b{digits.format(1)} {name.format(1)}(?:,? {years.format(1)}\b)?",
        rf"\b{name.format(2)} {digits.format(2)}\b(?:,? {years.format(2)}\b)?",
        rf"\b{name.format(3)},? {years.format(3)}\b",
        rf"\b(?:(?:in|since|of|during|late|early|mid|by) |mid-)(?P<which>last |this )?{name.format(4)}(?! \d)",
        rf"\b(?P<recent>last |this ){name.format(5)}(?! \d)",
        r"\b(?P<iso>(?:19|20)\d\d-\d\d-\d\d)\b",
        r"\b(?P<away>last|this) (?P<unit>month|year)\b",
        r"\b(?:in|since|of|during|late|early|mid) (?P<year6>(?:19|20)\d\d)\b(?![-–/])",
    )
    return _Months(numbers, pattern("|".join(forms), IGNORECASE))


def told_dates(text: str, start: int, end: int, published: date | None) -> Iterator[Told]:
    """Yield the dates that `text[start:end]` tells, in order.

    Args:
        text: A text.
        start: First code point that is looked at.
        end: One past the last.
        published: Day of the report; without it, dates that are relative to it are left out.
    """
    for turn, found in enumerate(_months().dated.finditer(text, start, end)):
        if turn == MOST:
            return
        readings = _readings(found, published)
        if readings:
            yield Told(found.start(), found.end(), readings)


def _readings(found: Match[str], published: date | None) -> tuple[str, ...]:
    """What a date may mean."""
    held = found.groupdict()
    if held["iso"] is not None:
        return (held["iso"],) if period(held["iso"]) is not None else ()
    if held["away"] is not None:
        return _away(held["away"].casefold(), held["unit"].casefold(), published)
    if held["year6"] is not None:
        return (year(int(held["year6"])),)
    turn = next(at for at in "12345" if held[f"month{at}"] is not None)
    number = _months().numbers[held[f"month{turn}"].casefold()]
    at = held.get(f"day{turn}")
    named = held.get(f"year{turn}")
    years = [int(named)] if named is not None else _years(number, published)
    dates = [month(one, number) if at is None else day(one, number, int(at)) for one in years]
    return tuple(one for one in dates if one is not None)


def _away(which: str, unit: str, published: date | None) -> tuple[str, ...]:
    if published is None:
        return ()
    away = -1 if which == "last" else 0
    return (month_away(published, away),) if unit == "month" else (year(published.year + away),)


def _years(number: int, published: date | None) -> list[int]:
    """The years of a month without one: the nearest, and the one before it, which "last" may mean."""
    if published is None:
        return []
    near = nearest_year(published, number)
    return [near, near - 1]
