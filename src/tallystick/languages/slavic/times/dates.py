"""When something happened or was said, as a Russian or Ukrainian sentence dates it; EDTF goes out.

"17 июня 2025 года", "в 2014 году", "з січня 2004 по серпень 2008 року", "вчера" by the day of publication.
"""

import re
from bisect import bisect_right
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from tallystick.languages.language import Counted, Parse, Sentence, TimeReading
from tallystick.languages.slavic.numbers.words import PACKAGES
from tallystick.languages.slavic.parsing import plain
from tallystick.languages.writing.words import content
from tallystick.model.attribution import Attribution, Span
from tallystick.model.quantity import Quantity

__all__ = ["stated", "when"]

YEAR = r"(?:1[89]|20)\d\d"
# Letters of a month behind its stem: "июня", "вересні".
ENDING = r"[а-яіїєґ']{0,5}"
YEARS = rf"\b(?P<first>{YEAR})\s*(?:[-–—]|по|до)\s*(?P<last>{YEAR})\b"
BARE = (
    rf"\b(?P<bare>{YEAR})(?:-?(?:го|му|м|ого|ому))?\s*(?:г\.|год|рок|році|рік|р\.|рр\.|гг\.)"
    rf"|\b(?:за|в|у|с|з|до)\s+(?P<short>{YEAR})\b(?!\s*(?:\w|[-–—]))"
)
ISO = r"\b(?P<iso>20\d\d-\d\d-\d\d)\b"
DOTTED = r"\b(?P<dd>\d{1,2})\.(?P<mm>\d{1,2})\.(?P<yyyy>20\d\d|19\d\d)\b"


class _Times(NamedTuple):
    pattern: re.Pattern[str]
    months: dict[str, int]
    weekdays: dict[str, int]
    days: dict[str, int]
    years: dict[str, int]


class _Dated(NamedTuple):
    start: int
    end: int
    edtf: str


@cache
def _times(code: str) -> _Times:
    held = content(PACKAGES[code], "times.yaml")

    def table(name: str) -> dict[str, int]:
        given = held[name]
        assert isinstance(given, dict)  # noqa: S101 - our own reviewed file
        return {plain(str(word)): int(number) for word, number in given.items()}

    months = table("months")
    stems = "|".join(sorted(months, key=len, reverse=True))
    month = rf"(?P<month>{stems}){ENDING}\b"
    day = rf"\b(?:(?P<day>\d{{1,2}})(?:-?го)?\s+)?{month}(?:\s+(?P<year>{YEAR}))?"
    days = rf"\b(?P<near>{'|'.join(table('days'))})\b"
    years = rf"\b(?P<relative>{'|'.join(table('years'))})\b"
    weekday = rf"\b(?:в|во|у)\s+(?P<weekday>{'|'.join(table('weekdays'))}){ENDING}\b"
    pattern = re.compile("|".join((YEARS, ISO, DOTTED, day, BARE, years, days, weekday)))
    return _Times(pattern, months, table("weekdays"), table("days"), table("years"))


def when(code: str, parse: Parse, sentence: Sentence, quantity: Quantity, counted: Counted) -> TimeReading | None:
    """Give when the counted thing happened: the date in the sentence that is nearest to the figure.

    Args:
        code: "ru" or "uk".
        parse: The document; its day of publication completes dates without a year.
        sentence: The sentence of the figure.
        quantity: The figure.
        counted: What it counts.
    """
    found = _dates(code, parse, sentence)
    told = list(TOLD.finditer(parse.document.text, sentence.start, quantity.start))
    if told:
        # "17 июня он заявил, что отправит": the day is that of the statement.
        found = [one for one in found if one.start > told[-1].start()]
    if not found:
        return None
    before = [one for one in found if one.end <= quantity.start]
    chosen = before[-1] if before else min(found, key=lambda one: abs(one.start - quantity.end))
    joined = _from_until(parse.document.text, before)
    return joined or TimeReading(chosen.edtf, (chosen.start, chosen.end))


def stated(code: str, parse: Parse, attribution: Attribution) -> TimeReading | None:
    """Give when a statement was made: the date beside its verb, else the day of publication."""
    start, end = attribution.cue[0] if attribution.cue else attribution.content[0]
    k = bisect_right(parse.sentences, start, key=_start) - 1
    sentence = parse.sentences[k] if k >= 0 and start < parse.sentences[k].end else None
    if sentence is not None:
        inside = [
            one
            for one in _dates(code, parse, sentence)
            if not any(first <= one.start < last for first, last in attribution.content if first > end)
        ]
        near = [one for one in inside if abs(one.start - start) < REACH and len(one.edtf) == len("2025-06-17")]
        if near:
            chosen = min(near, key=lambda one: abs(one.start - start))
            return TimeReading(chosen.edtf, (chosen.start, chosen.end))
    published = parse.document.published
    return None if published is None else TimeReading(published[:10], None)


def _start(sentence: Sentence) -> int:
    return sentence.start


# Where what is told begins.
TOLD = re.compile(r",\s(?:что|що|будто|ніби)\b")
# How far from its verb a date still dates the statement, in code points.
REACH = 60


def _dates(code: str, parse: Parse, sentence: Sentence) -> list[_Dated]:
    times = _times(code)
    text = plain(parse.document.text[sentence.start : sentence.end].lower())
    published = _published(parse)
    found = []
    for match in times.pattern.finditer(text):
        edtf = _edtf(match, times, published)
        if edtf is not None:
            found.append(_Dated(sentence.start + match.start(), sentence.start + match.end(), edtf))
    return found


def _published(parse: Parse) -> date | None:
    published = parse.document.published
    try:
        return None if published is None else date.fromisoformat(published[:10])
    except ValueError:
        return None


def _edtf(match: re.Match[str], times: _Times, published: date | None) -> str | None:
    got = match.groupdict()
    if got["first"]:
        return f"{got['first']}/{got['last']}" if got["first"] < got["last"] else None
    if got["iso"]:
        return got["iso"]
    if got["yyyy"]:
        return _day(int(got["yyyy"]), int(got["mm"]), int(got["dd"]))
    if got["month"]:
        return _month(got, times.months[got["month"]], published)
    if got["bare"] or got["short"]:
        return got["bare"] or got["short"]
    if published is None:
        return None
    if got["relative"]:
        return str(published.year + times.years[got["relative"]])
    if got["near"]:
        return str(published + timedelta(days=times.days[got["near"]]))
    back = (published.weekday() - times.weekdays[got["weekday"]]) % 7
    return str(published - timedelta(days=back))


def _month(got: dict[str, str | None], month: int, published: date | None) -> str | None:
    """A day or a month; without a year the last one that had come when the report appeared."""
    day = int(got["day"]) if got["day"] else None
    if got["year"]:
        year = int(got["year"])
    elif published is not None and day is not None:
        year = published.year if (month, day) <= (published.month, published.day) else published.year - 1
    else:
        return None
    return f"{year:04}-{month:02}" if day is None else _day(year, month, day)


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _from_until(text: str, before: list[_Dated]) -> TimeReading | None:
    """Two dates that are the ends of a period: "з січня 2004 по серпень 2008"."""
    if len(before) < 2:
        return None
    first, last = before[-2], before[-1]
    between = text[first.end : last.start].lower()
    lead = text[max(0, first.start - 12) : first.start].lower().split()
    opened = any(word in ("с", "со", "з", "із", "зі", "период", "період", "от", "від") for word in lead[-2:])
    if opened and re.fullmatch(r"[^.;]{0,25}\b(?:по|до)\b[^.;]{0,12}", between) and first.edtf < last.edtf:
        span: Span = (first.start, last.end)
        return TimeReading(f"{first.edtf}/{last.edtf}", span)
    return None
