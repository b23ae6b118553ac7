"""When something happened or was said, as a Chinese sentence dates it; EDTF goes out.

2025年6月17日, 去年, 昨日, 本月 by the day of publication; digits of either width and characters.
"""

import re
from bisect import bisect_right
from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from tallystick.languages.chinese.script.script import folded
from tallystick.languages.language import Counted, Parse, Sentence, TimeReading
from tallystick.model.attribution import Attribution
from tallystick.model.quantity import Quantity

__all__ = ["stated", "when"]

HAN = {"〇": 0, "零": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
NUMBER = r"(?:\d{1,2}|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"
PATTERN = re.compile(
    rf"(?P<first>\d{{4}})年?(?:至|到|-|—|～)(?P<last>\d{{4}})年"
    rf"|(?P<year>\d{{4}}|[一二][〇零一二三四五六七八九]{{3}})年(?:(?P<month>{NUMBER})月(?:(?P<day>{NUMBER})(?:日|号))?)?(?!代)"
    rf"|(?P<bare_month>{NUMBER})月(?P<bare_day>{NUMBER})(?:日|号)"
    rf"|(?<![\d月])(?P<only>\d{{1,2}}|[一二三]?十[一二三四五六七八九]?)日(?![元本圆])"
    rf"|(?P<relative>去年|今年|明年|前年|上年|本年)(?:(?P<of_month>{NUMBER})月)?"
    r"|(?P<near>今天|今日|昨天|昨日|前天|明天|当天)"
    r"|(?P<this>本月|上月|上个月|下月|下个月)"
)
YEARS = {"去年": -1, "上年": -1, "今年": 0, "本年": 0, "明年": 1, "前年": -2}
DAYS = {"今天": 0, "今日": 0, "昨天": -1, "昨日": -1, "前天": -2, "明天": 1, "当天": 0}
MONTHS = {"本月": 0, "上月": -1, "上个月": -1, "下月": 1, "下个月": 1}
MONTHS_A_YEAR = 12
# Words of saying: a date before one of them in the clause is that of the statement.
SAYING = re.compile("宣布|表示|说[，：,:]|称[，：,:]|透露|证实|指出|报道")
SINCE = re.compile("[^，。；]{0,12}以来")
# How far before its cue a date still dates a statement, in code points.
REACH = 24


class _Dated(NamedTuple):
    start: int
    end: int
    edtf: str


def when(parse: Parse, sentence: Sentence, quantity: Quantity, counted: Counted) -> TimeReading | None:
    """Give when the counted thing happened: the date of the sentence that stands last before the figure, else after it.

    Args:
        parse: The document; its day of publication completes dates without a year.
        sentence: The sentence of the figure.
        quantity: The figure.
        counted: What it counts.
    """
    text = folded(parse.document.text)
    found = _dates(parse, sentence)
    said = [match.start() for match in SAYING.finditer(text, sentence.start, quantity.start)]
    if said:
        found = [one for one in found if one.start > said[-1]]
    if not found:
        return None
    before = [one for one in found if one.end <= quantity.start]
    chosen = before[-1] if before else found[0]
    published = _published(parse)
    since = SINCE.match(text, chosen.end, sentence.end) or text[: chosen.start].endswith(("自", "自从"))
    if since and published is not None and "/" not in chosen.edtf:
        return TimeReading(f"{chosen.edtf}/{published}", (chosen.start, chosen.end))
    return TimeReading(chosen.edtf, (chosen.start, chosen.end))


def stated(parse: Parse, attribution: Attribution) -> TimeReading | None:
    """Give when a statement was made: the day beside its verb, else the day of publication."""
    start = attribution.cue[0][0] if attribution.cue else attribution.content[0][0]
    k = bisect_right(parse.sentences, start, key=_start) - 1
    if k >= 0:
        near = [
            one
            for one in _dates(parse, parse.sentences[k])
            if 0 <= start - one.end < REACH and len(one.edtf) == len("2025-06-17")
        ]
        if near:
            return TimeReading(near[-1].edtf, (near[-1].start, near[-1].end))
    published = parse.document.published
    return None if published is None else TimeReading(published[:10], None)


def _start(sentence: Sentence) -> int:
    return sentence.start


def _dates(parse: Parse, sentence: Sentence) -> list[_Dated]:
    text = folded(parse.document.text)
    published = _published(parse)
    found: list[_Dated] = []
    for match in PATTERN.finditer(text, sentence.start, sentence.end):
        edtf = _edtf(match, published)
        if edtf is not None:
            found.append(_Dated(match.start(), match.end(), edtf))
    return found


def _published(parse: Parse) -> date | None:
    published = parse.document.published
    try:
        return None if published is None else date.fromisoformat(published[:10])
    except ValueError:
        return None


def _number(written: str) -> int:
    """A number below a hundred, or a year, in digits or characters."""
    if written.isdigit():
        return int(written)
    if "十" in written:
        tens, _, ones = written.partition("十")
        return HAN.get(tens, 1) * 10 + HAN.get(ones, 0)
    return int("".join(str(HAN[one]) for one in written))


def _edtf(match: re.Match[str], published: date | None) -> str | None:
    got = match.groupdict()
    if got["first"]:
        return f"{got['first']}/{got['last']}" if got["first"] < got["last"] else None
    if got["year"]:
        year = _number(got["year"])
        return _date(year, got["month"], got["day"])
    if published is None:
        return None
    if got["bare_month"]:
        month, day = _number(got["bare_month"]), _number(got["bare_day"])
        year = published.year if (month, day) <= (published.month, published.day) else published.year - 1
        return _date(year, got["bare_month"], got["bare_day"])
    if got["only"]:
        return _day_of_month(_number(got["only"]), published)
    if got["relative"]:
        return _date(published.year + YEARS[got["relative"]], got["of_month"], None)
    if got["near"]:
        return str(published + timedelta(days=DAYS[got["near"]]))
    months = published.year * MONTHS_A_YEAR + published.month - 1 + MONTHS[got["this"]]
    return f"{months // MONTHS_A_YEAR:04}-{months % MONTHS_A_YEAR + 1:02}"


def _day_of_month(day: int, published: date) -> str | None:
    """The last day of that number that had come when the report appeared."""
    year, month = published.year, published.month
    if day > published.day:
        year, month = (year, month - 1) if month > 1 else (year - 1, MONTHS_A_YEAR)
    return date(year, month, day).isoformat() if 1 <= day <= monthrange(year, month)[1] else None


def _date(year: int, month: str | None, day: str | None) -> str | None:
    if month is None:
        return f"{year:04}"
    number = _number(month)
    if not 1 <= number <= MONTHS_A_YEAR:
        return None
    if day is None:
        return f"{year:04}-{number:02}"
    last = _number(day)
    return date(year, number, last).isoformat() if 1 <= last <= monthrange(year, number)[1] else None
