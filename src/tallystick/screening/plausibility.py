"""Sizes and yields that would be unusual: claims and what their sentences say of units and work come in, notes go out.

A brigade of 90,000 or a deminer who clears half a hectare a day may be true; a reader should look twice. Nothing
here moves a figure (rule R20 of the domain notes).
"""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from re import IGNORECASE
from re import compile as pattern
from typing import NamedTuple

from yaml import CSafeLoader, load

from tallystick.model.claim import Claim, Status
from tallystick.model.document import Document
from tallystick.model.flag import Evidence, Flag
from tallystick.screening.findings import NOTE, Holdings, flag, named
from tallystick.screening.names import Phrases, Word, words_of
from tallystick.values.rates import DURATION, SPANS
from tallystick.values.ratios import NUMBERS

__all__ = ["implausible_sizes"]

# Customary strengths: the U.S. Army's table of its organization (platoon 16 to 44, company 62 to 190, battalion 300 to
# 1,000, brigade 3,000 to 5,000, division 10,000 to 15,000, corps 20,000 to 45,000); brigades of other armies begin at
# 2,000, and a Russian regiment has 1,500 to 2,500.
CUSTOMARY = {
    "platoon": (16, 44),
    "company": (62, 190),
    "battalion": (300, 1_000),
    "regiment": (1_500, 2_500),
    "brigade": (2_000, 5_000),
    "division": (10_000, 15_000),
    "corps": (20_000, 45_000),
}
# Units are depleted, reinforced and called by names that are too large, so that anything short of half or double is
# nothing to remark on; a "brigade" of 1,000 is a detachment.
GENEROUS = 1.9
# These also name parts of businesses.
AMBIGUOUS = frozenset(("company", "division", "corps"))
PLURALS = {"companies": "company", **{unit + "s": unit for unit in CUSTOMARY if unit not in ("company", "corps")}}
NAMED = Phrases((*CUSTOMARY, *PLURALS))
# A deminer with a detector clears 10 to 50 square meters a day (general knowledge; the domain notes say so, too);
# twenty times the upper end allows for machines and for land that is only walked over.
MOST_CLEARED = 1_000.0
# A working year knows no more days; a claim of a longer campaign gives no daily yield.
LONGEST_COUNT = 1_000
AREA = pattern(
    r"(?<![\d.,])(?P<number>\d{1,3}(?:,\d{3}){1,3}|\d{1,9})(?:\.\d{1,3})? ?(?P<scale>million )?(?P<unit>hectares?|ha|"
    r"square (?:kilomet(?:er|re)s?|km|miles?|met(?:er|re)s?)|sq\.? km)\b",
    IGNORECASE,
)
SQUARE_METERS = {"hectare": 10_000.0, "ha": 10_000.0, "kilo": 1_000_000.0, "mile": 2_589_988.0, "meter": 1.0}
# Code points before a figure within which its unit stands, and behind it within which "each" does.
REACH = 120
BEHIND = 40
# Code points of a sentence in which land and time are looked for; longer ones are lists.
SENTENCE = 600
# A new sentence, or an aside that speaks of something else.
BREAK = pattern(r"[.!?;:()\n]")
PEOPLED = frozenset(("people", "other"))
PERSON = "person"


class _Cues(NamedTuple):
    """The words of plausibility.yaml."""

    joins: frozenset[tuple[str, ...]]
    holds: frozenset[tuple[str, ...]]
    hedges: frozenset[str]
    civil: frozenset[str]
    soldiers: frozenset[str]
    clears: frozenset[str]
    clearers: frozenset[str]
    each: frozenset[str]


class _Unit(NamedTuple):
    """A unit that has the number of people: which, how many such units, where the name stands, whether that is all."""

    name: str
    many: float
    start: int
    end: int
    whole: bool


@cache
def _cues() -> _Cues:
    text = (files("tallystick.screening") / "plausibility.yaml").read_text(encoding="utf-8")
    # CSafeLoader builds plain values only; nothing in the file can run.
    found: dict[str, list[str]] = load(text, CSafeLoader)
    joins, holds = (frozenset(tuple(phrase.split()) for phrase in found.pop(name)) for name in ("joins", "holds"))
    return _Cues(joins, holds, **{name: frozenset(words) for name, words in found.items()})


def implausible_sizes(holdings: Holdings) -> Iterator[Flag]:
    """Yield a note for each unit whose stated strength, or people whose stated work, is far from what is customary.

    Only what one sentence gives together is reckoned with.
    """
    for document in holdings.documents:
        for claim in holdings.claims_of(document.id):
            category = holdings.category(claim)
            counted = claim.unit == PERSON and (category is None or category.kind in PEOPLED)
            if counted and claim.status is not Status.DENIED:
                yield from _oversized(holdings, document, claim)
                yield from _overworked(holdings, document, claim)


def _oversized(holdings: Holdings, document: Document, claim: Claim) -> Iterator[Flag]:
    """The note on a unit of which the words before a figure say that it is its strength."""
    unit = _unit(document.text, claim)
    if unit is None:
        return
    least, most = CUSTOMARY[unit.name]
    # "Two brigades of 5,000" may be 5,000 in each or in both: the reading that is more usual counts.
    low = None if claim.low is None else claim.low / (1 if _is_each(document.text, claim) else unit.many)
    if unit.whole and claim.high is not None and claim.high * GENEROUS < least:
        told = f"{claim.high:,.10g}" + ("" if claim.low == claim.high else " or less")
    elif low is not None and low > most * GENEROUS:
        told = f"{low:,.10g}" + ("" if claim.low == claim.high else " or more")
    else:
        return
    reason = (
        f"{holdings.outlet(document.id)} gives {named(claim)} as the strength of "
        f'"{" ".join(document.text[unit.start : unit.end].split())}": a {unit.name} of {told} would be unusual, '
        f"{least:,} to {most:,} are customary."
    )
    evidence = (Evidence(document.id, unit.start, unit.end), Evidence(document.id, claim.start, claim.end))
    yield flag("implausible_size", NOTE, reason, evidence, (claim,))


def _unit(text: str, claim: Claim) -> _Unit | None:
    """The unit that the words directly before a figure give this strength."""
    cues = _cues()
    first = max(0, claim.start - REACH)
    if not NAMED.may_stand(text, first, claim.start):
        return None
    words = words_of(text, first, claim.start)
    at = len(words)
    while at and words[at - 1].folded in cues.hedges:
        at -= 1
    joins = [
        join
        for join in (*cues.joins, *cues.holds)
        if tuple(word.folded for word in words[max(0, at - len(join)) : at]) == join
    ]
    join = max(joins, key=len, default=())
    at -= len(join)
    if not join or not at:
        return None
    noun = words[at - 1]
    name = PLURALS.get(noun.folded, noun.folded)
    if name not in CUSTOMARY or BREAK.search(text, noun.end, claim.start):
        return None
    if at > 1 and words[at - 2].folded in cues.civil:
        return None
    if name in AMBIGUOUS and not cues.soldiers.intersection((claim.counted or "").casefold().split()):
        return None
    count = _count(words[max(0, at - 4) : at - 1]) if noun.folded in PLURALS else 1.0
    return None if count is None else _Unit(name, count, noun.start, noun.end, join in cues.joins)


def _count(before: list[Word]) -> float | None:
    """How many units the words before their name say; None where they do not."""
    for word in reversed(before):
        if word.folded in NUMBERS:
            return NUMBERS[word.folded]
        if word.folded.isdecimal() and len(word.folded) < len("1000"):
            return float(word.folded) or None
    return None


def _is_each(text: str, claim: Claim) -> bool:
    """Whether the figure is of every single unit."""
    return any(word.folded in _cues().each for word in words_of(text, claim.end, claim.end + BEHIND))


def _overworked(holdings: Holdings, document: Document, claim: Claim) -> Iterator[Flag]:
    """The note on people who clear more land a day than people can, where their sentence gives land and time."""
    cues = _cues()
    quote = claim.quote
    clearing = cues.clearers.intersection((claim.counted or "").casefold().split())
    if not clearing or not claim.high or len(quote) > SENTENCE:
        return
    areas, spans = list(AREA.finditer(quote)), list(DURATION.finditer(quote))
    if len(areas) != 1 or len(spans) != 1 or not cues.clears.intersection(word.folded for word in words_of(quote)):
        return
    word = spans[0]["count"].casefold()
    times = int(word) if word.isdecimal() else NUMBERS.get(word, 1.0)
    days = times * SPANS[spans[0]["span"].casefold()][1]
    if not 0 < times <= LONGEST_COUNT:
        return
    daily = _square_meters(areas[0]["number"], areas[0]["unit"], million=bool(areas[0]["scale"])) / claim.high / days
    if daily <= MOST_CLEARED:
        return
    reason = (
        f"{holdings.outlet(document.id)} tells that {named(claim)} cleared {areas[0].group()} "
        f"{spans[0].group()}: {daily:,.0f} square meters for each of them and day would be unusual, a deminer clears "
        f"10 to 50 by hand."
    )
    start = document.text.find(quote, max(0, claim.start - len(quote)), claim.start + len(quote))
    evidence = [Evidence(document.id, claim.start, claim.end)]
    if start >= 0:
        evidence.extend(Evidence(document.id, start + one.start(), start + one.end()) for one in (*areas, *spans))
    yield flag("implausible_size", NOTE, reason, evidence, (claim,))


def _square_meters(number: str, unit: str, *, million: bool) -> float:
    size = next(size for name, size in SQUARE_METERS.items() if name in unit.casefold() or _is_metric(name, unit))
    return float(number.replace(",", "")) * size * (1_000_000 if million else 1)


def _is_metric(name: str, unit: str) -> bool:
    """Whether a unit that writes no name out is this one: "km", "metre"."""
    spelled = unit.casefold()
    return (name == "kilo" and spelled.endswith("km")) or (name == "meter" and spelled.startswith("square metre"))
