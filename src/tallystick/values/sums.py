"""Wholes and their parts: claims of one sentence come in, which are parts of which and whether they add up goes out.

Reconciliation and screening both add up figures; the words and the tolerance are here, so that they never disagree.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import groupby, pairwise
from math import inf
from re import IGNORECASE
from re import compile as pattern
from typing import NamedTuple

from tallystick.model.claim import Claim
from tallystick.model.dossier import Category
from tallystick.model.quantity import Bound

__all__ = [
    "ABOUT",
    "Enumeration",
    "Fit",
    "Sentence",
    "Term",
    "enumeration",
    "fit",
    "loose",
    "rounded_by",
    "sentences",
    "term",
]

# "About 1,000" holds for 900 to 1,100: rule R11 of the domain notes, the customary tenth. A bare round figure is not
# vaguer than one with "about" before it, so rounding never excuses more than this share of a whole.
ABOUT = 0.1
# A figure of several digits may be rounded to its last digit that is not zero; one of a single digit was counted.
ROUNDED_FROM = 100
# Words between a whole and its parts. The first kind says that parts follow, the second that all parts follow.
PARTS = pattern(r"\b(?:including|include[sd]?|among them|of whom|of which|of them|of those)\b", IGNORECASE)
ALL_PARTS = pattern(
    r"\b(?:made up of|consist(?:s|ed|ing)? of|comprising|composed of|divided into|namely)\b", IGNORECASE
)
# Words directly before a part, so that nothing else can be counted by it; then it may even exceed its whole.
DIRECT = pattern(
    r"\b(?:including|among them|of whom|of which|consisting of|made up of)(?: (?:about|some|at least|over|the))?\W*$",
    IGNORECASE,
)
# Words directly before a whole that follows its parts.
TOTAL = pattern(
    r"\b(?:a total of|for a total of|in total|in all|altogether|totall?ing|bringing the total to)\W*$", IGNORECASE
)
# "3,300 soldiers were killed or wounded"; "two people dead and wounded two others" is another matter.
OUTCOMES = pattern(r"^[\w ]{0,24}\b(?:killed|dead) or (?:wounded|injured|hurt)\b", IGNORECASE)
# "Nearly 100,000" is about it and not above it.
NEARLY = pattern(r"\b(?:nearly|almost|close to|just under|not quite)\W*$", IGNORECASE)
# A colon directly before the first part: "120 people: 40 doctors, 35 nurses".
COLON = pattern(r"(?<=\w): (?=(?:(?:about|around|some|nearly|almost|over|at least) )?$)", IGNORECASE)
# What else a list may hold: numbers that are no claims, and members without one ("and a driver", "and the rest").
REST = pattern(
    r"\d|\b(?:the rest|remainder|remaining|dozens|hundreds|thousands|several|many|others? of)\b|"
    r"(?:,|\band|\bplus|\bas well as) (?:an?|one|another|the|their|his|its) (?!additional|extra|further)[a-z]",
    IGNORECASE,
)
# What stands directly before the next member of a list: "5,000 builders along with an additional 1,000 sappers".
LISTED = pattern(
    r"(?:,|&|\b(?:and|or|plus|along with|as well as))"
    r"(?: (?:an?|the|about|around|some|nearly|almost|over|another|additional|more|than|at|least)){0,4} ?[$€£]?$",
    IGNORECASE,
)
# Casualties of a battle are told by a noun; "five people were shot" begins a story in which others die, and a "loss" is
# of money as often as of men.
TOLL = pattern(r"\bcasualt|\blosses\b|\b(?:killed|dead) (?:and|or) (?:wounded|injured)\b", IGNORECASE)
MONEY, CASUALTY = "money", "casualty"
# What ends a statement, also where a headline or "Inc." misled the search for sentences.
END = pattern(r"[.;:?!]\s|\b(?:while|whereas|but|although|compared with)\b", IGNORECASE)
# Code points between two figures of one enumeration, and between a whole and the word that leads its parts.
NEAR = 200
ADJACENT = 60
FEWEST_PARTS = 2
# Times that a figure may stand in its sentence before the search for its place is given up.
MOST_REPEATS = 200

Kin = Callable[[Claim, Claim], bool]


class Term(NamedTuple):
    """A figure in a sum.

    Attributes:
        low: Closed lower bound as written, or minus infinity.
        high: Closed upper bound as written, or infinity.
        least: The lower bound that the words before the figure allow: a tenth below for "about".
        most: The upper bound that they allow: a tenth above for "about", nothing for "nearly".
    """

    low: float
    high: float
    least: float
    most: float


class Sentence(NamedTuple):
    """The claims of one sentence.

    Attributes:
        claims: At least one, in order.
        start: First code point of the sentence in its document.
    """

    claims: tuple[Claim, ...]
    start: int

    def text(self, start: int, end: int) -> str:
        """Give the text between two code points of the document, as far as it lies within the sentence."""
        return self.claims[0].quote[max(0, start - self.start) : max(0, end - self.start)]


class Enumeration(NamedTuple):
    """A whole with the parts that its sentence names.

    Attributes:
        whole: The whole.
        parts: The parts in order; at least one.
        complete: Whether the words say that these are all parts.
    """

    whole: Claim
    parts: tuple[Claim, ...]
    complete: bool


class Fit(StrEnum):
    """How parts and whole agree."""

    EXACT = "exact"
    ROUNDED = "rounded"
    TOO_MUCH = "too_much"
    TOO_LITTLE = "too_little"


def term(claim: Claim) -> Term:
    """Give the bounds of a claim for a sum."""
    low = -inf if claim.low is None else float(claim.low)
    high = inf if claim.high is None else float(claim.high)
    low, high = min(low, high), max(low, high)
    if claim.bound is not Bound.APPROX:
        return Term(low, high, low, high)
    most = high if NEARLY.search(claim.prefix) else high + ABOUT * abs(high)
    return Term(low, high, low - ABOUT * abs(low), most)


def rounded_by(value: float) -> float:
    """Give half the unit of the last digit that is not zero: by how much a round figure may be off (rule R12)."""
    if value in (inf, -inf) or abs(value) < ROUNDED_FROM or value % 1:
        return 0.0
    digits = str(abs(int(value)))
    return 10.0 ** (len(digits) - len(digits.rstrip("0"))) / 2 - 0.5


def loose(one: Term) -> tuple[float, float]:
    """Give the bounds of a figure that stands alone: "about" allowed for, and rounding up to the same tenth."""
    low = one.least - (min(rounded_by(one.low), ABOUT * abs(one.low)) if one.low != -inf else 0.0)
    high = one.most + (min(rounded_by(one.high), ABOUT * abs(one.high)) if one.high != inf else 0.0)
    return low, high


def fit(whole: Term, parts: Sequence[Term], *, complete: bool) -> Fit:
    """Say whether `parts` add up to `whole`.

    Every bare figure may be rounded to its last digit that is not zero, all of them together by no more than a tenth of
    the whole; "about" allows a tenth of the figure that it stands before, and no rounding besides.

    Args:
        whole: The whole.
        parts: The parts; at least one.
        complete: Whether they are all parts; others may fall short of the whole.
    """
    if all(one.low == one.high for one in (whole, *parts)) and sum(part.low for part in parts) == whole.low:
        return Fit.EXACT
    size = max((abs(end) for end in (whole.low, whole.high) if end not in (inf, -inf)), default=0.0)
    bare = [one for one in (whole, *parts) if one.least == one.low]
    slack = sum(max(rounded_by(one.low), rounded_by(one.high)) for one in bare)
    slack = min(slack, ABOUT * size) if size >= ROUNDED_FROM else 0.0
    if sum(part.least for part in parts) - slack > whole.most:
        return Fit.TOO_MUCH
    if complete and sum(part.most for part in parts) + slack < whole.least:
        return Fit.TOO_LITTLE
    return Fit.ROUNDED


def is_toll(claim: Claim, category: Category | None) -> bool:
    """Whether a claim counts the casualties of several outcomes together, by a noun that says so."""
    union = category is not None and category.kind == CASUALTY and bool(category.parts)
    told = TOLL.search(claim.counted or "") or OUTCOMES.search(claim.suffix)
    return union and told is not None


def is_summable(claim: Claim, category: Category | None) -> bool:
    """Whether a claim is of a sort whose parts cannot exceed it: not of money, from which losses are taken off."""
    if category is None or category.kind != CASUALTY or not category.parts:
        return category is None or category.kind != MONEY
    return is_toll(claim, category)


def sentences(claims: Iterable[Claim]) -> Iterator[Sentence]:
    """Yield the claims of each sentence, in order of their figures.

    Args:
        claims: Claims in order of document and place. A sentence that stands twice in a document is two sentences.
    """
    for _, group in groupby(claims, key=lambda claim: (claim.document, claim.quote)):
        held: list[Claim] = []
        for claim in group:
            if held and claim.start - held[0].start >= len(claim.quote):
                yield Sentence(tuple(held), _start(held[0]))
                held = []
            held.append(claim)
        yield Sentence(tuple(held), _start(held[0]))


def enumeration(sentence: Sentence, kin: Kin, akin: Kin | None = None) -> Enumeration | None:
    """Give the whole of a sentence with the parts that follow it, or with those that it sums up; None without one.

    Args:
        sentence: The sentence.
        kin: Whether the second may be a part of the first by what it counts, whatever its size.
        akin: The same less strictly ("450 refugees: 300 women"), for lists that are complete and for single parts, as
            neither can overlap with others; None takes `kin`.
    """
    claims = sentence.claims
    for turn, (whole, following) in enumerate(pairwise(claims)):
        words = sentence.text(whole.end, following.start)[:NEAR]
        cue = ALL_PARTS.search(words)
        complete = cue is not None
        cue = cue or PARTS.search(words) or COLON.search(words)
        if cue is None:
            continue
        if cue.start() > ADJACENT or END.search(words[: cue.start()]) or END.search(words[cue.end() :]):
            # "514 certificates were sold. Upcoming issues include 200 notes": of something else.
            return None
        before = claims[turn - 1] if turn else None
        if before is not None and before.unit == whole.unit and _listed(sentence, before, whole):
            # "56 passengers and 10 crew, among them 30 citizens": of both.
            return None
        parts = _parts(sentence, turn, akin if complete and akin is not None else kin)
        if not parts and akin is not None:
            parts = _parts(sentence, turn, akin)[:FEWEST_PARTS]
            parts = parts if len(parts) < FEWEST_PARTS else []
        complete = complete and len(parts) >= FEWEST_PARTS and _is_all(sentence, whole, parts)
        return Enumeration(whole, tuple(parts), complete) if parts else None
    if len(claims) > FEWEST_PARTS and TOTAL.search(sentence.text(claims[-2].end, claims[-1].start)[-NEAR:]):
        whole, summed = claims[-1], claims[:-1]
        if all((akin or kin)(whole, part) and not _exceeds(part, whole) for part in summed):
            return Enumeration(whole, summed, _is_all(sentence, summed[0], summed[1:], tail=0))
    return None


def _parts(sentence: Sentence, turn: int, kin: Kin) -> list[Claim]:
    """The parts that follow the whole at `turn`, or the one directly behind the cue, which may even exceed it."""
    whole, following = sentence.claims[turn], sentence.claims[turn + 1]
    parts = _run(sentence, turn, kin)
    words = sentence.text(whole.end, following.start)
    if not parts and len(words) <= ADJACENT and DIRECT.search(words) and kin(whole, following):
        return [following] if term(following).low > term(whole).high else []
    return parts


def _is_all(sentence: Sentence, first: Claim, others: Sequence[Claim], tail: int = ADJACENT) -> bool:
    """Whether nothing else is listed from `first` on: no number that is no claim, nobody without one."""
    last = first
    for claim in others:
        if REST.search(sentence.text(last.end, claim.start)):
            return False
        last = claim
    words = sentence.text(last.end, last.end + tail)
    end = END.search(words)
    return REST.search(words[: end.start()] if end else words) is None


def _run(sentence: Sentence, turn: int, kin: Kin) -> list[Claim]:
    """The parts that follow the whole at `turn` without a break."""
    whole = sentence.claims[turn]
    parts: list[Claim] = []
    last = whole
    for claim in sentence.claims[turn + 1 :]:
        # "Three others, including ..., brought the toll to 16": the larger figure is no part of the smaller, and an
        # equal one is the whole again ("Four dead, including two children. Four people are dead").
        if claim.start - last.end > NEAR or not kin(whole, claim) or term(claim).low >= term(whole).high:
            break
        if parts and not _listed(sentence, last, claim):
            break
        parts.append(claim)
        last = claim
    return parts


def _listed(sentence: Sentence, one: Claim, other: Claim) -> bool:
    """Whether two figures are members of one list; "5,000 builders, among them 200 welders" are a part and its part."""
    words = sentence.text(one.end, other.start)
    return LISTED.search(words) is not None and PARTS.search(words) is None and END.search(words) is None


def _exceeds(part: Claim, whole: Claim) -> bool:
    """Whether a part is larger than its whole, as both are written."""
    return term(part).low > term(whole).high


def _start(claim: Claim) -> int:
    """Where the sentence of a claim starts: what goes before the figure there is the claim's own prefix."""
    found = max(0, claim.quote.find(claim.figure))
    at = found
    for _ in range(MOST_REPEATS):
        before = claim.quote[max(0, at - len(claim.prefix)) : at]
        end = at + len(claim.figure)
        behind = claim.quote[end : end + len(claim.suffix)]
        if claim.prefix.endswith(before) and claim.suffix.startswith(behind):
            return claim.start - at
        at = claim.quote.find(claim.figure, at + 1)
        if at < 0:
            break
    return claim.start - found
