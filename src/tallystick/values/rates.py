"""Rates and totals of one sentence: "200 a day for 30 days, 6,000 in all"; a sentence comes in, the three go out.

The words are English; the arithmetic knows no language.
"""

from collections.abc import Iterator
from re import IGNORECASE
from re import compile as pattern
from typing import NamedTuple

from tallystick.model.claim import Claim
from tallystick.values.ratios import NUMBERS
from tallystick.values.sums import Sentence

__all__ = ["Paced", "paced"]

# Days of a span as people reckon with it; a month may have 28 to 31 days, a year 365 or 366.
SPANS = {"day": (1, 1), "week": (7, 7), "month": (28, 31), "year": (365, 366)}
MONTHS_OF_A_YEAR = 12
# Nouns may stand before "a day", but "12 people in a day" is no rate.
NOUNS = (
    r"(?:(?!(?:in|within|for|over|after|before|of|on|at|than|during|such|that|about|once|half|by)\b)[a-z-]+\s+){0,3}?"
)
PER = pattern(rf"^\W*{NOUNS}(?:a|an|per|each|every)\s+(day|week|month|year)\b", IGNORECASE)
DAILY = pattern(rf"^\W*{NOUNS}(daily|weekly|monthly|annually|yearly)\b", IGNORECASE)
ADVERBS = {"daily": "day", "weekly": "week", "monthly": "month", "annually": "year", "yearly": "year"}
DURATION = pattern(
    r"\b(?:for|in|over|within|during)\s+(?:the\s+)?(?:(?:past|last|next|first|full|whole)\s+)?"
    r"(?P<count>\d{1,4}|an?|one|" + "|".join(NUMBERS) + r")\s+(?P<span>day|week|month|year)s?\b",
    IGNORECASE,
)
# Words that make a figure the total of what goes before it.
TOTAL = pattern(
    r"\b(?:a total of|in total|in all|altogether|totall?ing|which makes|that is|that makes|amounts? to|adds? up to|"
    r"bringing the total to)(?:\s+(?:about|around|some|nearly|almost))?\W*$",
    IGNORECASE,
)
IN_ALL = pattern(rf"^\W*{NOUNS}(?:in total|in all|altogether)\b", IGNORECASE)
OR = pattern(r"[ ,(](?:or|that is|which is|equal to)(?: (?:about|around|some|nearly|almost))? ?\W?$", IGNORECASE)
# Code points behind a figure within which its "a day" stands.
REACH = 60
LONGEST_COUNT = 10_000


class Paced(NamedTuple):
    """A rate, how long it held and what came of it, as one sentence gives them.

    Attributes:
        rate: The figure told by a span.
        per: That span: "day", "week", "month" or "year".
        total: The figure that is the whole of it.
        times: The least and the greatest number of spans in the time that the sentence names.
        duration: That time as written ("30 days").
    """

    rate: Claim
    per: str
    total: Claim
    times: tuple[float, float]
    duration: str


def paced(sentence: Sentence) -> Iterator[Paced]:
    """Yield the rate of a sentence with the time and the total that it names; nothing where one of the three lacks."""
    rates = [(claim, per) for claim in sentence.claims if (per := _per(sentence, claim)) is not None]
    if len(rates) == len(("a month", "a year")):
        yield from _told_twice(sentence, *rates)
    if len(rates) != 1 or len(sentence.claims) < len(("rate", "total")):
        return
    rate, per = rates[0]
    spans = list(DURATION.finditer(sentence.claims[0].quote))
    if len(spans) != 1:
        return
    found = spans[0]
    word = found["count"].casefold()
    count = int(word) if word.isdecimal() else NUMBERS.get(word, 1.0)
    if not 0 < count <= LONGEST_COUNT:
        return
    for total in sentence.claims:
        if total is not rate and total.unit == rate.unit and _summed(sentence, total):
            duration = found[0][found.start("count") - found.start() :]
            yield Paced(rate, per, total, _times(count, found["span"].casefold(), per), duration)
            return


def _told_twice(sentence: Sentence, one: tuple[Claim, str], other: tuple[Claim, str]) -> Iterator[Paced]:
    """One rate told by two spans: "800 dollars a month, or 9,600 a year"."""
    (rate, per), (total, span) = sorted((one, other), key=lambda rated: SPANS[rated[1]])
    first, second = one[0], other[0]
    words = sentence.text(first.end, second.start)
    if per != span and rate.unit == total.unit and len(words) <= REACH and OR.search(words) is not None:
        yield Paced(rate, per, total, _times(1, span, per), f"a {span}")


def _per(sentence: Sentence, claim: Claim) -> str | None:
    """The span by which a figure is told."""
    behind = sentence.text(claim.end, claim.end + REACH)
    found = PER.match(behind)
    if found is not None:
        return found[1].casefold()
    found = DAILY.match(behind)
    return None if found is None else ADVERBS[found[1].casefold()]


def _summed(sentence: Sentence, total: Claim) -> bool:
    """Whether the words before or behind a figure make it a total."""
    before, behind = sentence.text(total.start - REACH, total.start), sentence.text(total.end, total.end + REACH)
    return TOTAL.search(before) is not None or IN_ALL.match(behind) is not None


def _times(count: float, span: str, per: str) -> tuple[float, float]:
    """How many of `per` there are in `count` of `span`."""
    if span == per:
        return count, count
    if (span, per) == ("year", "month"):
        return count * MONTHS_OF_A_YEAR, count * MONTHS_OF_A_YEAR
    least, most = SPANS[span]
    shortest, longest = SPANS[per]
    return count * least / longest, count * most / shortest
