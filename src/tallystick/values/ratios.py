"""Ratio words and the figures that they compare: a sentence comes in, what it says of which two figures goes out.

"Nearly triple the 11,000" is 2.7 to 3 times 11,000. The words are English; the arithmetic knows no language.
"""

from collections.abc import Iterator
from enum import StrEnum
from math import inf
from re import IGNORECASE, Match
from re import compile as pattern
from typing import NamedTuple

from tallystick.model.claim import Claim
from tallystick.values.sums import ABOUT, Sentence, Term

__all__ = ["Comparison", "Ratio", "Verdict", "comparisons", "quotient", "recalls", "verdict"]

# A bare ratio word is said of what lies within a twentieth of it: "triple" of 2.85 to 3.15 times. Reporters write
# "nearly triple" of 2.7 and "more than triple" of 3.3.
BARE = 0.05
# The larger half of what "more than double" leaves open: from three times on, another word would have been nearer.
NEXT = 1.0
# A figure that ends in zeros was rounded, by no more than this of it: "tripled" of 11,000 and 30,000 is 2.7 times as
# they stand and may be 2.9 of what was counted.
ZEROS = 0.10
# No count is told as a larger multiple of another one; above it the number is another figure.
MOST_TIMES = 1000.0
# Code points between a ratio word and the figures that it compares.
REACH = 120
LINK_REACH = 60
# Comparisons of one sentence that are looked at.
MOST_COMPARISONS = 20

NUMBERS = {
    "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "six": 6.0, "seven": 7.0, "eight": 8.0, "nine": 9.0,
    "ten": 10.0, "eleven": 11.0, "twelve": 12.0, "twenty": 20.0, "hundred": 100.0,
}  # fmt: skip
WORDS = {
    "double": 2.0, "doubled": 2.0, "doubling": 2.0, "twice": 2.0, "triple": 3.0, "tripled": 3.0, "tripling": 3.0,
    "treble": 3.0, "trebled": 3.0, "thrice": 3.0, "quadruple": 4.0, "quadrupled": 4.0, "quintupled": 5.0, "halved": 0.5,
    "half": 0.5, "a half": 0.5, "one third": 1 / 3, "a third": 1 / 3, "one-third": 1 / 3, "two thirds": 2 / 3,
    "two-thirds": 2 / 3, "a quarter": 0.25, "one quarter": 0.25, "three quarters": 0.75, "three-quarters": 0.75,
    "a fifth": 0.2, "one-fifth": 0.2, "a tenth": 0.1, "one-tenth": 0.1,
}  # fmt: skip
# The words of changes: "tripled to 33,000 from 11,000".
CHANGES = frozenset("doubled doubling tripled tripling trebled quadrupled quintupled halved".split())
ABOVE = frozenset(("more than", "over", "at least", "well over", "greater than"))
BELOW = frozenset(("less than", "under", "not even", "fewer than", "at most", "barely"))
NEARLY = frozenset(("nearly", "almost", "close to", "just under", "not quite"))
ROUGHLY = frozenset(("about", "around", "roughly", "approximately", "some"))
RATIO = pattern(
    r"\b(?:(?P<hedge>"
    + "|".join(sorted(ABOVE | BELOW | NEARLY | ROUGHLY, key=len, reverse=True))
    + r")\s+)?(?:(?P<number>\d{1,4}(?:\.\d{1,2})?|"
    + "|".join(NUMBERS)
    + r")(?:\s+times|[- ]?fold)|(?P<word>"
    + "|".join(sorted(WORDS, key=len, reverse=True))
    + r"))\b",
    IGNORECASE,
)
# What may stand between a ratio word and the figure that it starts from; "more" leaves open whether the start counts.
LINKS = frozenset(
    "of the that a an as many much more than higher larger greater bigger fewer its their his her last previous "
    "earlier year's years estimated official reported figure number total toll estimate count some about around "
    "only just roughly nearly almost over".split()
)
MORE = frozenset("more higher larger greater bigger".split())
# What directly precedes a ratio word that tells something of the figure before it: "25,000, triple the ...", "it is".
APPOSED = pattern(r"(?:[,(–—-]|\b(?:is|are|was|were|be|or|represents?|represented|equals?|making it))\s*$", IGNORECASE)
# An earlier figure of the same speaker, which the sentence does not repeat: "double its previous estimate".
RECALLED = pattern(
    r"^ (?:of |that of )?(?:the|its|their|his|her) (?:\w+ )?(?:previous|earlier|prior|former|initial|last) (?:\w+ )?"
    r"(?:figure|estimate|number|count|toll|tally|total)\b",
    IGNORECASE,
)
BREAK = pattern(r"[;:?!]|\b(?:while|whereas|but|although|who|which|whose)\b", IGNORECASE)
FROM_TO = pattern(r"\b(from|to)\b(?:\s+(?:about|around|some|nearly|almost|over|just|only|an|the))*\W*$", IGNORECASE)


class Ratio(NamedTuple):
    """What a ratio word says.

    Attributes:
        words: As written, with its hedge.
        times: The multiple that it names.
        low: The least multiple that it is said of.
        high: The greatest, or infinity.
    """

    words: str
    times: float
    low: float
    high: float


class Comparison(NamedTuple):
    """Two figures of one sentence with what it says of their ratio.

    Attributes:
        ratio: What it says.
        figure: The figure of which it is said.
        start: The figure that it is measured by.
    """

    ratio: Ratio
    figure: Claim
    start: Claim


class Verdict(StrEnum):
    """How a ratio word fits its figures."""

    RIGHT = "right"
    UNDERSTATED = "understated"
    WRONG = "wrong"


def comparisons(sentence: Sentence) -> Iterator[Comparison]:
    """Yield the figures of a sentence that a ratio word compares, in order of the words."""
    if len(sentence.claims) < len(("figure", "start")):
        return
    quote = sentence.claims[0].quote
    for number, found in enumerate(RATIO.finditer(quote)):
        if number >= MOST_COMPARISONS:
            return
        first, last = sentence.start + found.start(), sentence.start + found.end()
        before = [claim for claim in sentence.claims if claim.end <= first]
        behind = [claim for claim in sentence.claims if claim.start >= last]
        word = (found["word"] or "").casefold()
        if word in CHANGES and len(behind) > 1:
            pair = _changed(sentence, last, behind[0], behind[1])
            if pair is not None:
                yield Comparison(_ratio(found, more=False), *pair)
                continue
        if not before or not behind or before[-1].unit != behind[0].unit:
            continue
        lead, link = sentence.text(before[-1].end, first), sentence.text(last, behind[0].start)
        words = link.casefold().split()
        linked = (
            len(link) <= LINK_REACH and bool(words) and all(part.strip("$€£'’\"") in LINKS for part in words if part)
        )
        if linked and len(lead) <= REACH and APPOSED.search(lead) and BREAK.search(lead) is None:
            yield Comparison(_ratio(found, more=not MORE.isdisjoint(words)), before[-1], behind[0])


def recalls(sentence: Sentence) -> Iterator[tuple[Ratio, Claim]]:
    """Yield the figures of a sentence that a ratio word compares with an earlier figure of their speaker."""
    quote = sentence.claims[0].quote
    for number, found in enumerate(RATIO.finditer(quote)):
        if number >= MOST_COMPARISONS:
            return
        if RECALLED.match(quote[found.end() : found.end() + LINK_REACH]) is None:
            continue
        first = sentence.start + found.start()
        before = [claim for claim in sentence.claims if claim.end <= first]
        lead = sentence.text(before[-1].end, first) if before else ""
        if before and len(lead) <= REACH and APPOSED.search(lead) and BREAK.search(lead) is None:
            yield _ratio(found, more=False), before[-1]


def _changed(sentence: Sentence, last: int, one: Claim, other: Claim) -> tuple[Claim, Claim] | None:
    """The later and the earlier figure of "tripled to 33,000 from 11,000"."""
    first, second = sentence.text(last, one.start), sentence.text(one.end, other.start)
    marks = FROM_TO.search(first), FROM_TO.search(second)
    if marks[0] is None or marks[1] is None or len(first) > LINK_REACH or len(second) > LINK_REACH:
        return None
    ways = marks[0][1].casefold(), marks[1][1].casefold()
    if one.unit != other.unit or BREAK.search(first + second) or set(ways) != {"from", "to"}:
        return None
    return (one, other) if ways[0] == "to" else (other, one)


def _ratio(found: Match[str], *, more: bool) -> Ratio:
    """What the words say; "three times more than" is said of three times and of four."""
    number = (found["number"] or "").casefold()
    times = NUMBERS.get(number) or (float(number) if number else WORDS[found["word"].casefold()])
    hedge = " ".join((found["hedge"] or "").casefold().split())
    low, high = times * (1 - BARE), times * (1 + BARE)
    if hedge in ABOVE:
        low, high = times, inf
    elif hedge in BELOW:
        low, high = 0.0, times
    elif hedge in NEARLY:
        low, high = times * (1 - ABOUT), times
    elif hedge in ROUGHLY:
        low, high = times * (1 - ABOUT), times * (1 + ABOUT)
    if more and number:
        high += NEXT
    return Ratio(" ".join(found[0].split()), times, low, high)


def quotient(figure: Term, start: Term) -> tuple[float, float]:
    """Give the least and the greatest ratio of two figures, with "about" allowed for; (0, infinity) where open."""
    low = max(0.0, figure.least) / start.most if start.most > 0 else 0.0
    high = max(0.0, figure.most) / start.least if start.least > 0 else inf
    return low, high


def verdict(ratio: Ratio, figure: Term, start: Term) -> Verdict:
    """Say whether a ratio word fits its figures; wrong only where no reading of all three fits.

    A bare word is said of figures as round as they stand; a range says by itself how far it is open, and a hedge does.
    """
    low, high = quotient(figure, start)
    least, most = low, high
    if ratio.high < inf and _is_bare(ratio) and all(one.low == one.high for one in (figure, start)):
        least, most = quotient(_rounded(figure), _rounded(start))
    if most < ratio.low or least > ratio.high or ratio.times > MOST_TIMES:
        return Verdict.RIGHT if ratio.times > MOST_TIMES else Verdict.WRONG
    if ratio.high == inf and ratio.times >= 1 and low >= ratio.times + NEXT:
        return Verdict.UNDERSTATED
    return Verdict.RIGHT


def _is_bare(ratio: Ratio) -> bool:
    """Whether nothing hedges a ratio word."""
    found = RATIO.fullmatch(ratio.words)
    return found is not None and found["hedge"] is None


def _rounded(one: Term) -> Term:
    """A figure that ends in zeros, with half of the last digit before them left open at each end."""
    whole = f"{one.low:.0f}"
    zeros = len(whole) - len(whole.rstrip("0"))
    slack = min(0.5 * 10.0**zeros, ZEROS * abs(one.low)) if zeros and one.low.is_integer() else 0.0
    return Term(one.low, one.high, one.least - slack, one.most + slack)
