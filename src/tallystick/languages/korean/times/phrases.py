"""Find expressions of time in Korean text: "2024년 10월 17일", "지난달 30일", "내년 상반기", "이날".

Takes a span of the text and the day of publication; gives `TimePhrase`s with their EDTF date, or None for one that it
cannot resolve without a year.
"""

import re
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import NamedTuple

from tallystick.languages.korean.grammar.eojeols import PACKAGE
from tallystick.languages.writing.words import content, lists
from tallystick.values import dates

__all__ = ["TimePhrase", "time_phrases"]

FILE = "times/times.yaml"
# A year in figures is one of these; "1000년" is a length of time.
YEARS = range(1800, 2200)
CENTURY = 100
THIS_CENTURY = 2000
# Two figures before 년 are a year of this century up to this one ("24년"), else of the last.
PIVOT = 50
SINCE = re.compile(r"\s?(?:이후|이래|부터|들어)")
UNTIL = re.compile(r"\s?(?:까지|말까지|안에|내에|이내)")
SPAN = re.compile(r"\s?(?:동안|간|째|차|여|가량|만에|뒤|후|전(?!쟁|투))")
DECEMBER = 12


class TimePhrase(NamedTuple):
    """An expression of time.

    Attributes:
        start: First code point.
        end: One past its last, with 이후 or 까지.
        edtf: The date, or None where it cannot be told.
        ahead: True where the phrase itself looks into the future ("오는", "내달", "까지").
        since: True for the start of something that goes on ("이후").
    """

    start: int
    end: int
    edtf: str | None
    ahead: bool
    since: bool


@cache
def _numbers(name: str) -> dict[str, int]:
    held = content(PACKAGE, FILE)[name]
    return {str(word): int(away) for word, away in held.items()} if isinstance(held, dict) else {}


@cache
def _seasons() -> dict[str, str]:
    held = content(PACKAGE, FILE)["seasons"]
    return {str(word): str(name) for word, name in held.items()} if isinstance(held, dict) else {}


def _either(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@cache
def _pattern() -> re.Pattern[str]:
    years, months = _either(tuple(_numbers("years"))), _either(tuple(_numbers("months")))
    days, weeks = _either(tuple(_numbers("days"))), _either(tuple(_numbers("weeks")))
    weekday = "".join(lists(PACKAGE, FILE)["weekdays"])
    seasons, halves = _either(tuple(_seasons())), _either(tuple(_numbers("halves")))
    rest = (
        rf"(?:\s?(?P<month>\d{{1,2}})월(?:\s?(?P<day>\d{{1,2}})일)?|\s?(?P<half>{halves})|\s?(?P<quarter>[1-4])분기"
        rf"|\s?(?P<season>{seasons})|\s?(?P<late>연?말)(?=까지|에|\s|$)|\s?(?P<early>초)(?=까지|에|부터|\s|$))?"
    )
    return re.compile(
        rf"(?<![\d가-힣])(?:(?P<way>지난|오는|올)\s)?(?:(?P<year>\d{{4}}|\d{{2}}(?=년\s?\d{{1,2}}월))년(?!대|생|\s?만|간|여|째|\s?동안){rest}"
        rf"|(?P<ryear>{years}){rest.replace('P<', 'P<r')}"
        rf"|(?P<rmonth2>{months})(?:\s?(?P<rday2>\d{{1,2}})일|(?=[\s,에의부까말초중]|$))"
        rf"|(?P<omonth>\d{{1,2}})월(?:\s?(?P<oday>\d{{1,2}})일)?"
        rf"|(?P<week>{weeks})(?:\s(?P<wday>[{weekday}])요일)?(?=[\s,에의부까말초]|$)"
        rf"|(?P<weekday>[{weekday}])요일"
        rf"|(?P<dday>{days})(?=[\s,은는에도부까의오(]|$)"
        rf"|(?P<alone>\d{{1,2}})일(?=[\s,(에의부까오새현]|$)"
        rf"|(?P<yend>연말|연내|세밑)(?=[\s,까에]|$))"
    )


@lru_cache(maxsize=64)
def time_phrases(text: str, start: int, end: int, anchor: date | None, *, ahead: bool) -> tuple[TimePhrase, ...]:
    """Give the expressions of time of `text[start:end]`, in order.

    Args:
        text: The document's text.
        start: Where to begin.
        end: Where to end.
        anchor: Day of publication, or None.
        ahead: Whether what they date is still to come, so that "10월" is the next one.
    """
    found: list[TimePhrase] = []
    year: int | None = None
    for match in _pattern().finditer(text, start, end):
        stop = match.end()
        behind = text[stop : stop + 8]
        if SPAN.match(behind) and not SINCE.match(behind):
            continue
        until, since = UNTIL.match(behind), SINCE.match(behind)
        stop += until.end() if until else since.end() if since else 0
        coming = ahead or match["way"] == "오는" or until is not None
        if match["way"] == "지난":
            coming = False
        edtf = _edtf(match, anchor, year, ahead=coming)
        if edtf is not None:
            year = int(edtf[:4])
        phrase = TimePhrase(match.start(), min(stop, end), edtf, coming, since is not None)
        found.append(_joined(found.pop(), phrase) if found and _follows(found[-1], phrase) else phrase)
    return tuple(found)


def _follows(first: TimePhrase, second: TimePhrase) -> bool:
    """Whether two phrases are the ends of one: "7월부터 8월 사이"."""
    known = first.edtf is not None and second.edtf is not None and first.edtf <= second.edtf
    return first.since and known and second.start - first.end <= len("  ")


def _joined(first: TimePhrase, second: TimePhrase) -> TimePhrase:
    edtf = dates.interval(str(first.edtf), str(second.edtf))
    return TimePhrase(first.start, second.end, edtf, first.ahead or second.ahead, since=False)


def _edtf(match: re.Match[str], anchor: date | None, year: int | None, *, ahead: bool) -> str | None:
    """The date of one match; `year` is that of the phrase before, which a bare month or day goes on from."""
    if match["year"]:
        number = int(match["year"])
        if number < CENTURY:
            number += THIS_CENTURY if number < PIVOT else THIS_CENTURY - CENTURY
        return _within(match, number, "") if number in YEARS else None
    if anchor is None:
        return _bare(match, None, year, ahead=ahead)
    if match["ryear"]:
        return _within(match, anchor.year + _numbers("years")[match["ryear"]], "r")
    if match["rmonth2"]:
        found = dates.month_away(anchor, _numbers("months")[match["rmonth2"]])
        return dates.day(int(found[:4]), int(found[5:7]), int(match["rday2"])) if match["rday2"] else found
    if match["week"]:
        away = _numbers("weeks")[match["week"]]
        if not match["wday"]:
            return dates.week(anchor, away)
        at = lists(PACKAGE, FILE)["weekdays"].index(match["wday"])
        return _moved(anchor, 7 * away - anchor.weekday() + at)
    if match["weekday"]:
        at = lists(PACKAGE, FILE)["weekdays"].index(match["weekday"])
        return dates.weekday(anchor, at, ahead=ahead).isoformat()
    if match["dday"]:
        return _moved(anchor, _numbers("days")[match["dday"]])
    if match["yend"]:
        return dates.month(anchor.year, DECEMBER)
    return _bare(match, anchor, year, ahead=ahead)


def _moved(anchor: date, days: int) -> str | None:
    try:
        return (anchor + timedelta(days=days)).isoformat()
    except OverflowError:
        return None


def _within(match: re.Match[str], number: int, prefix: str) -> str | None:
    """The year `number`, or the part of it that the match goes on to name."""
    if match[f"{prefix}month"]:
        return _month_day(number, int(match[f"{prefix}month"]), match[f"{prefix}day"])
    if match[f"{prefix}half"]:
        return dates.half(number, _numbers("halves")[match[f"{prefix}half"]])
    if match[f"{prefix}quarter"]:
        return dates.quarter(number, int(match[f"{prefix}quarter"]))
    if match[f"{prefix}season"]:
        return dates.season(number, _seasons()[match[f"{prefix}season"]])
    if match[f"{prefix}late"]:
        return dates.month(number, DECEMBER)
    return dates.year(number)


def _month_day(number: int, month: int, day: str | None) -> str | None:
    if not 1 <= month <= DECEMBER:
        return None
    return dates.day(number, month, int(day)) if day else dates.month(number, month)


def _bare(match: re.Match[str], anchor: date | None, year: int | None, *, ahead: bool) -> str | None:
    """A month or a day without a year: of the year named before, else the nearest one."""
    if match["omonth"]:
        month = int(match["omonth"])
        if not 1 <= month <= DECEMBER or (anchor is None and year is None):
            return None
        number = year
        if anchor is not None and (number is None or number == anchor.year):
            number = dates.nearest_year(anchor, month, ahead=ahead)
        return None if number is None else _month_day(number, month, match["oday"])
    if match["alone"] and anchor is not None:
        day = int(match["alone"])
        away = int(day < anchor.day) if ahead else -int(day > anchor.day)
        found = dates.month_away(anchor, away)
        return dates.day(int(found[:4]), int(found[5:7]), day)
    return None
