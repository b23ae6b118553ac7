"""Read one expression of time in an English sentence.

Takes the tokens of a sentence and where an expression may begin; gives the `TimePhrase` that begins there, resolved
against the day of publication.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from tallystick.languages.english.grammar.inflection import singular, word_lists
from tallystick.languages.english.times.time_words import (
    CLOSING_EDGES,
    DAY_PARTS,
    DAYS_AWAY,
    DETERMINERS,
    DIRECTIONS,
    MONTHS,
    NUMBERS,
    OPENING_EDGES,
    ORDINALS,
    SEASONS,
    WEEKDAYS,
    YEAR_CUES,
)
from tallystick.languages.language import Token
from tallystick.values import dates

__all__ = ["TimePhrase", "TimeReader"]

# Years that a report may mean by four digits alone.
FIRST_YEAR, LAST_YEAR = 1500, 2199
# A plan is reported some weeks after the day on which it was made; only an older day without a year is the next one.
JUST_PAST = timedelta(days=60)
# A day without a year that comes this soon is the coming one whatever the verb: "leases that expire on May 14"
# (en-train: 20, 60 and 120 days do not differ by more than 0.004).
SOON = timedelta(days=60)
# Furthest "N months ago" that is resolved.
LONGEST_AGO = 400
# Units of a time that reaches up to the publication: "in the past 24 hours".
STRETCHES = frozenset(("hour", "day", "week", "month", "year"))
# How far behind a year the noun for the event stands that it describes, in tokens.
EVENT_REACH = 4


class TimePhrase(NamedTuple):
    """Tokens [first, last) and the date they mean; `since` and `by` tell an open start and a deadline."""

    first: int
    last: int
    edtf: str | None
    since: bool = False
    ahead: bool = False


class _Found(NamedTuple):
    last: int
    edtf: str | None
    ahead: bool = False


class TimeReader:
    """Reads one expression at a time of one sentence.

    Args:
        tokens: The tokens of the sentence.
        published: Day of publication, or None.
        near_year: Year that the text gives nearby, for months without one.
        ahead: Whether dates without a year lie after the publication (plans).
    """

    __slots__ = ("ahead", "near_year", "published", "tokens")

    def __init__(self, tokens: Sequence[Token], published: date | None, near_year: int | None, ahead: bool) -> None:
        self.tokens = tokens
        self.published = published
        self.near_year = near_year
        self.ahead = ahead

    def word(self, i: int) -> str:
        """Token `i` in lower case without a full stop; "" outside the sentence."""
        return self.tokens[i].lower.rstrip(".") if 0 <= i < len(self.tokens) else ""

    def at(self, i: int) -> TimePhrase | None:
        """The expression that begins at token `i`."""
        word = self.word(i)
        found = None
        if word in MONTHS:
            found = self.month(i)
        elif word in WEEKDAYS:
            found = self.weekday(i, 0)
        elif word[:1].isdigit():
            found = self.digits(i)
        elif word in DIRECTIONS:
            found = self.directed(i) or self.portion(i)
        elif word in SEASONS:
            found = self.season(i)
        elif word in ORDINALS or word in OPENING_EDGES or word in CLOSING_EDGES:
            found = self.portion(i)
        else:
            found = self.relative(i)
        if found is None:
            return None
        return TimePhrase(i, found.last, found.edtf, ahead=found.ahead)

    def number(self, i: int) -> int | None:
        """A whole number in digits of at most four places at token `i`."""
        word = self.word(i)
        for suffix in ("st", "nd", "rd", "th"):
            word = word.removesuffix(suffix)
        return int(word) if word.isdecimal() and word.isascii() and len(word) <= len("2024") else None

    def year(self, i: int) -> int | None:
        """A year in four digits at token `i`; "1990s" is none."""
        value = self.number(i)
        if value is None or not FIRST_YEAR <= value <= LAST_YEAR:
            return None
        decade = self.word(i + 1) in ("s", "'s") and self.tokens[i + 1].start == self.tokens[i].end
        return None if decade else value

    def month(self, i: int) -> _Found | None:
        """Read "June", "June 17", "June 17, 2024", "June 2024"; a modal "may" and a verb "march" are none."""
        token = self.tokens[i]
        if not token.text[0].isupper() or (token.lower in ("may", "march") and token.tag == "MD"):
            return None
        of = MONTHS[self.word(i)]
        j = i + 2 if self.word(i + 1) == "" and i + 1 < len(self.tokens) else i + 1
        at = self.number(j)
        if at is not None and 1 <= at <= 31:
            comma = 1 if self.word(j + 1) == "," else 0
            number = self.year(j + 1 + comma)
            if number is not None:
                return _Found(j + 2 + comma, dates.day(number, of, at))
            return _Found(j + 1, self._dated(of, at, j + 1))
        skip = 1 if self.word(j) in ("of", ",") and self.year(j + 1) is not None else 0
        number = self.year(j + skip)
        if number is not None:
            return _Found(j + skip + 1, dates.month(number, of))
        if self.word(j) in DIRECTIONS and self.word(j + 1) == "year" and self.published is not None:
            return _Found(j + 2, dates.month(self.published.year + DIRECTIONS[self.word(j)], of))
        if self.word(i) == "may" and self.word(i - 1) not in YEAR_CUES | {"last", "next", "this"}:
            return None
        number = self._year_of(of)
        return _Found(i + 1, None if number is None else dates.month(number, of))

    def _dated(self, of: int, at: int, behind: int) -> str | None:
        """A day and a month without a year: that of the year named `behind` the event, else the nearest such day."""
        if self.published is not None:
            if self._is_last_year(behind):
                return dates.day(self.published.year - 1, of, at)
            own = dates.day(self.published.year, of, at)
            number = self.published.year
            if own is not None and not self.ahead and date.fromisoformat(own) > self.published + SOON:
                number -= 1
            elif own is not None and self.ahead and date.fromisoformat(own) < self.published - JUST_PAST:
                number += 1
            return dates.day(number, of, at)
        return None if self.near_year is None else dates.day(self.near_year, of, at)

    def _is_last_year(self, at: int) -> bool:
        """Whether an event and "last year" follow: "the December 26 flood last year"."""
        while at < len(self.tokens) and self.tokens[at].tag in ("NN", "NNS", "JJ"):
            if self.word(at) == "last" and self.word(at + 1) == "year":
                return True
            at += 1
        return False

    def _year_of(self, of: int) -> int | None:
        if self.published is not None:
            return dates.nearest_year(self.published, of, ahead=self.ahead)
        return self.near_year

    def weekday(self, i: int, away: int) -> _Found | None:
        """Read "Monday", "last Monday", "next Monday"; wires write "monday", too."""
        last = i + 2 if self.word(i + 1) in DAY_PARTS else i + 1
        if self.published is None:
            return _Found(last, None)
        ahead = away > 0 or ((self.ahead or self.word(i - 1) == "by") and away == 0)
        # "last Tuesday" in a report of a Tuesday is the one before.
        at = dates.weekday(self.published, WEEKDAYS[self.word(i)], ahead=ahead, strict=away < 0)
        return _Found(last, at.isoformat(), ahead)

    def digits(self, i: int) -> _Found | None:
        """Read "17 June 2024", "2024", "1990s" is none."""
        at = self.number(i)
        if at is None:
            return self._ago(i)
        j = i + 2 if self.word(i + 1) == "of" else i + 1
        if 1 <= at <= 31 and self.word(j) in MONTHS and self.tokens[j].text[0].isupper():
            of = MONTHS[self.word(j)]
            comma = 1 if self.word(j + 1) == "," else 0
            number = self.year(j + 1 + comma)
            if number is not None:
                return _Found(j + 2 + comma, dates.day(number, of, at))
            return _Found(j + 1, self._dated(of, at, j + 1))
        number = self.year(i)
        if number is not None and len(self.tokens[i].text) == len("2024") and self._stands_as_year(i):
            return _Found(i + 1, dates.year(number))
        return self._ago(i)

    def _stands_as_year(self, i: int) -> bool:
        """Whether four digits are a year by what stands around them."""
        before = self.word(i - 1)
        following = self.tokens[i + 1].tag if i + 1 < len(self.tokens) else "."
        if before in DETERMINERS and self._names_an_event(i + 1):
            return True
        if following == "NNS":
            return False
        if before in YEAR_CUES:
            return True
        return before in ("-", "–", "/", ",") and self.year(i - 2) is not None

    def _names_an_event(self, i: int) -> bool:
        """Whether the noun phrase from token `i` on is an event: "the 2004 Asian tsunami"."""
        words = word_lists("status/status.yaml")
        for at in range(i, min(len(self.tokens), i + EVENT_REACH)):
            if not self.tokens[at].tag.startswith(("NN", "JJ")):
                return False
            noun = singular(self.tokens[at].lower)
            if noun in words["event_nouns"] or noun in words["dated_nouns"]:
                return True
        return False

    def directed(self, i: int) -> _Found | None:
        """Read "last week", "this year", "next June", "past 24 hours"."""
        away = DIRECTIONS[self.word(i)]
        j = i + 1
        word = self.word(j)
        published = self.published
        if word in WEEKDAYS:
            return self.weekday(j, away)
        if word in MONTHS and self.tokens[j].text[0].isupper():
            of = MONTHS[word]
            if published is None:
                return _Found(j + 1, None)
            number = dates.nearest_year(published, of, ahead=away > 0 or (self.ahead and away == 0))
            return _Found(j + 1, dates.month(number, of), away > 0)
        if word in SEASONS:
            return _Found(j + 1, self._season(word, away), away > 0)
        if word in DAY_PARTS and away == 0:
            return _Found(j + 1, None if published is None else published.isoformat())
        if word == "day":
            return self._neighbor(i, away)
        if away < 0 and self.word(j + 1).removesuffix("s") in STRETCHES:
            return self._stretch(j)
        unit = {"night": "night", "week": "week", "weekend": "weekend", "month": "month", "year": "year"}.get(word)
        if unit is None:
            return None
        if published is None:
            return _Found(j + 1, None, away > 0)
        return _Found(j + 1, _unit(published, unit, away), away > 0)

    def _stretch(self, i: int) -> _Found | None:
        """Read "24 hours", "three months" behind "the past": the time up to the day of publication."""
        amount = NUMBERS.get(self.word(i)) or self.number(i)
        if amount is None or amount > LONGEST_AGO:
            return None
        unit = self.word(i + 1).removesuffix("s")
        number = self.year(i + 3) if self.word(i + 2) == "of" else None
        if number is not None and unit == "month" and amount <= dates.MONTHS:
            first = dates.month(number, dates.MONTHS + 1 - amount)
            return _Found(i + 4, dates.interval(first, dates.month(number, dates.MONTHS)))
        if self.published is None:
            return _Found(i + 2, None)
        if unit in ("month", "year"):
            whole = dates.month_away(self.published, -amount) if unit == "month" else ""
            start = whole or dates.year(max(1, self.published.year - amount))
            return _Found(i + 2, dates.interval(start, self.published.isoformat()[: len(start)]))
        days = -(-amount // 24) if unit == "hour" else amount * (7 if unit == "week" else 1)
        return _Found(i + 2, dates.interval(_days(self.published, -days), self.published.isoformat()))

    def _neighbor(self, i: int, away: int) -> _Found | None:
        """Read "the previous day": the day before that of publication, as wires use it."""
        if self.word(i) != "previous" or self.word(i - 1) != "the":
            return None
        return _Found(i + 2, None if self.published is None else _days(self.published, away))

    def _season(self, word: str, away: int) -> str | None:
        if self.published is None:
            return None
        number = self.published.year
        start = dates.SEASON_STARTS[SEASONS[word]]
        if away < 0 and start + 2 >= self.published.month:
            number -= 1
        elif away > 0 and start <= self.published.month:
            number += 1
        return dates.season(number, SEASONS[word])

    def season(self, i: int) -> _Found | None:
        """Read "autumn 2024", "summer of 2024"; "fall" and "spring" alone are none."""
        skip = 1 if self.word(i + 1) == "of" else 0
        number = self.year(i + 1 + skip)
        if number is None:
            return None
        return _Found(i + 2 + skip, dates.season(number, SEASONS[self.word(i)]))

    def portion(self, i: int) -> _Found | None:
        """Read "first half of 2024", "second quarter", "end of October 2025", "early 2024"."""
        word = self.word(i)
        if word in OPENING_EDGES or word in CLOSING_EDGES:
            return self._edge(i)
        unit = self.word(i + 1)
        if word == "first" and self.word(i + 2) == "months":
            return self._first_months(i)
        if unit not in ("half", "quarter"):
            return None
        j = i + 2
        number, last = self.published.year if self.published else None, j
        if self.word(j) == "of":
            j += 1
        if self.year(j) is not None:
            number, last = self.year(j), j + 1
        elif self.word(j) in DIRECTIONS and self.word(j + 1) == "year":
            number, last = (None if number is None else number + DIRECTIONS[self.word(j)]), j + 2
        of = ORDINALS.get(word, 0)
        parts = 2 if unit == "half" else 4
        if (
            number is None
            or not (-1 <= of <= parts)
            or of == 0
            or (word == "last" and unit == "quarter" and last == i + 2)
        ):
            return _Found(last, None)
        of = parts if of < 0 else of
        return _Found(last, dates.half(number, of) if parts == 2 else dates.quarter(number, of))

    def _first_months(self, i: int) -> _Found | None:
        """Read "first nine months of 2005", "first two months of this year"."""
        amount = NUMBERS.get(self.word(i + 1)) or self.number(i + 1)
        if amount is None or not 1 <= amount <= dates.MONTHS or self.word(i + 3) != "of":
            return None
        number, last = self.year(i + 4), i + 5
        if number is None and self.word(i + 4) in DIRECTIONS and self.word(i + 5) == "year":
            last = i + 6
            if self.published is not None:
                number = self.published.year + DIRECTIONS[self.word(i + 4)]
        if number is None:
            return _Found(last, None)
        return _Found(last, dates.interval(dates.month(number, 1), dates.month(number, amount)))

    def _edge(self, i: int) -> _Found | None:
        """An edge of a year is its first or last month; an edge of a month is that month."""
        j = i + 1
        if self.word(j) == "of":
            j += 1
        elif self.word(i) in ("start", "beginning"):
            return None
        if self.word(j) in MONTHS:
            return self.month(j)
        if self.word(j) in ("this", "next", "last") and self.word(j + 1) in ("year", "month", "week"):
            directed = self.directed(j)
        elif self.word(j) == "the" and self.word(j + 1) == "year":
            directed = _Found(j + 2, None if self.published is None else dates.year(self.published.year))
        else:
            number = self.year(j)
            directed = None if number is None else _Found(j + 1, dates.year(number))
        if directed is None or directed.edtf is None or len(directed.edtf) != len("2024"):
            return directed
        if self.word(i) in ("early", "late"):
            return directed
        of = 1 if self.word(i) in OPENING_EDGES else 12
        return _Found(directed.last, dates.month(int(directed.edtf), of), directed.ahead)

    def relative(self, i: int) -> _Found | None:
        """Read "today", "yesterday", "overnight", "the weekend", "two days ago"."""
        word = self.word(i)
        published = self.published
        days = DAYS_AWAY.get(word)
        if days is not None:
            if self.word(i + 1) in ("'s", "’s") and self.word(i) == "today":
                return None
            return _Found(i + 1, None if published is None else _days(published, days), days > 0)
        if word == "weekend" and self.word(i - 1) == "the" and self.word(i - 2) in ("at", "over", "during"):
            return _Found(i + 1, None if published is None else dates.weekend(published))
        if word == "overnight" and published is not None:
            return _Found(i + 1, dates.interval(_days(published, -1), _days(published, 0)))
        return self._ago(i) if word in NUMBERS else None

    def _ago(self, i: int) -> _Found | None:
        """Read "two days ago", "24 hours ago"."""
        amount = NUMBERS.get(self.word(i)) or self.number(i)
        unit = self.word(i + 1).removesuffix("s")
        if amount is None or self.word(i + 2) not in ("ago", "earlier") or amount > LONGEST_AGO:
            return None
        if self.published is None:
            return _Found(i + 3, None)
        if unit == "day":
            return _Found(i + 3, _days(self.published, -amount))
        if unit == "week":
            return _Found(i + 3, dates.week(self.published, -amount))
        if unit == "month":
            return _Found(i + 3, dates.month_away(self.published, -amount))
        if unit == "year":
            return _Found(i + 3, dates.year(max(1, self.published.year - amount)))
        return None


def _unit(anchor: date, unit: str, away: int) -> str:
    """A night, week, weekend, month or year `away` from that of `anchor`."""
    if unit == "night":
        return _days(anchor, away)
    if unit == "week":
        return dates.week(anchor, away)
    if unit == "weekend":
        return dates.weekend(anchor if away <= 0 else anchor + timedelta(days=7))
    if unit == "month":
        return dates.month_away(anchor, away)
    return dates.year(anchor.year + away)


def _days(anchor: date, away: int) -> str:
    return (anchor + timedelta(days=away)).isoformat()
