"""What a relay makes of a figure that it leaves as it is: tellings of one statement come in, warnings go out.

Casualties become deaths, plans become arrivals, all who ever came become those who are there, two groups become one,
and what an army has becomes what it sent.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from re import Match, Pattern, escape
from re import compile as pattern
from typing import NamedTuple

from yaml import CSafeLoader, load

from tallystick.model.claim import Aspect, Claim, Measure, Status
from tallystick.model.flag import Flag
from tallystick.screening.findings import WARNING, Holdings, flag, named, spans
from tallystick.screening.tellings import CASUALTY, Telling, apart, related, same_occasion, statements

__all__ = [
    "aspects_drifted",
    "casualties_as_deaths",
    "casualty_and_deaths",
    "climbs",
    "inventories_as_deployments",
    "populations_merged",
    "stocks_from_cumulative",
]

# Steps of the ladder that mean different things to a reader (rule R4); "decided" and "announced" are told alike, and
# whoever has arrived may be said to work. What came back or was lost is another figure, not a higher step of this one.
STEPS = {
    Aspect.CONSIDERED: 0,
    Aspect.OFFERED: 0,
    Aspect.DECIDED: 1,
    Aspect.ANNOUNCED: 1,
    Aspect.IN_PROGRESS: 2,
    Aspect.ARRIVED: 3,
    Aspect.WORKING: 3,
}
STEP_NAMES = ("only considered", "planned", "under way", "done")
PLANNED_STEP = 1
OVER_TIME = frozenset((Measure.CUMULATIVE, Measure.FLOW, Measure.PEAK))
# Code points of a quoted sentence in which cues are looked for; longer ones are lists.
SENTENCE = 600
# Code points before a figure within which somebody is said to have it.
REACH = 60
# Most tellings of one statement that are compared; more of them tell nothing new.
MOST = 60


class _Cues(NamedTuple):
    """The patterns of this module."""

    cumulative: Pattern[str]
    peak: Pattern[str]
    inventory: Pattern[str]
    there: Pattern[str]


@cache
def _cues() -> _Cues:
    words: dict[str, list[str]] = load(
        files("tallystick.screening").joinpath("drifts.yaml").read_text("utf-8"), CSafeLoader
    )
    hedges = rf"(?:(?:{_either(words['hedges'])}) ){{0,3}}"
    return _Cues(
        pattern(rf"\b(?:{_either(words['cumulative'])})\b"),
        pattern(rf"\b(?:{_either(words['peak'])})\b"),
        pattern(rf"\b(?:{_either(words['inventory'])}) {hedges}$"),
        pattern(rf"\b(?:{_either(words['there'])})\b"),
    )


def _either(words: Iterable[str]) -> str:
    """A choice of phrases, the longest first."""
    return "|".join(escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


def casualties_as_deaths(holdings: Holdings) -> Iterator[Flag]:
    """Yield a warning where one report of a statement gives as killed what another gives as casualties of all kinds."""
    for group in statements(holdings):
        claims = _claims(group)
        dead = [claim for claim in claims if claim.aspect is Aspect.KILLED]
        union_of = [one for one in claims if any(casualty_and_deaths(holdings, one, other) for other in dead)]
        pair = apart(union_of, dead)
        if pair is not None:
            union, killed = pair
            reason = (
                f"{holdings.outlet(killed.document)} gives {named(killed)} as killed, "
                f"{holdings.outlet(union.document)} {named(union)} as casualties of all kinds, "
                f"both of {holdings.speaker(union)}."
            )
            yield flag("casualty_as_death", WARNING, reason, spans(pair), pair)


def casualty_and_deaths(holdings: Holdings, one: Claim, other: Claim) -> bool:
    """Tell whether one claim counts casualties of several kinds and the other one of those kinds, the killed."""
    if other.aspect is not Aspect.KILLED:
        return False
    union, part = holdings.category(one), holdings.category(other)
    if union is None or part is None:
        return False
    return union.kind == part.kind == CASUALTY and part.id in union.parts


def aspects_drifted(holdings: Holdings) -> Iterator[Flag]:
    """Yield a warning where a report moves the figure of a statement up or down the ladder from plan to outcome.

    A speaker may himself have more to tell some days later, so only tellings of one origin or of two days count.
    """
    for group in statements(holdings):
        claims = _claims(group)
        pair = _climb(holdings, claims)
        if pair is None:
            continue
        first, later = pair
        steps = (_step(first) or 0, _step(later) or 0)
        raised = steps[1] > steps[0]
        reason = (
            f"{holdings.outlet(later.document)} tells {named(later)} as {STEP_NAMES[steps[1]]}, "
            f"{holdings.outlet(first.document)} {named(first)} as {STEP_NAMES[steps[0]]}, both of "
            f"{holdings.speaker(first)}."
        )
        yield flag("aspect_raised" if raised else "aspect_lowered", WARNING, reason, spans(pair), pair)


def climbs(holdings: Holdings, group: list[Telling]) -> bool:
    """Tell whether `aspects_drifted` speaks of this statement."""
    return _climb(holdings, _claims(group)) is not None


def _climb(holdings: Holdings, claims: list[Claim]) -> tuple[Claim, Claim] | None:
    """The earliest telling and the first that stands on another step; None where one report gives both."""
    placed = sorted(
        ((claim, step) for claim in claims if (step := _step(claim)) is not None),
        key=lambda one: (holdings.turns.get(one[0].document, 0), one[0].start),
    )
    if not placed or not any(claim.aspect in STEPS for claim, _ in placed):
        return None
    first, ground = placed[0]
    own = {claim.document for claim, step in placed if step == ground}
    for claim, step in placed[1:]:
        if step == ground or claim.document in own or not same_occasion(holdings, first, claim):
            continue
        if first.aspect not in STEPS and claim.aspect not in STEPS:
            continue
        if first.category == claim.category or related(holdings, first, claim):
            return first, claim
    return None


def _step(claim: Claim) -> int | None:
    """The step of a claim: its aspect, else that of a plan."""
    if claim.aspect is not None:
        return STEPS.get(claim.aspect)
    return PLANNED_STEP if claim.status is Status.PLANNED else None


def stocks_from_cumulative(holdings: Holdings) -> Iterator[Flag]:
    """Yield a warning where those whom one report counts over a time, or at most at one time, are there in another."""
    for group in statements(holdings):
        claims = _claims(group)
        over = [claim for claim in claims if _is_over_time(claim)]
        stock = [claim for claim in claims if claim.measure is Measure.STOCK and not _is_over_time(claim)]
        pair = apart(over, stock)
        if pair is None or not (pair[0].category == pair[1].category or related(holdings, *pair)):
            continue
        counted, there = pair
        what = "at most at one time" if _is_peak(counted) else "over a time"
        reason = (
            f"{holdings.outlet(there.document)} gives {named(there)} as being there, "
            f"{holdings.outlet(counted.document)} counts {named(counted)} {what}, both of {holdings.speaker(counted)}."
        )
        yield flag("stock_from_cumulative", WARNING, reason, spans(pair), pair)


def _is_over_time(claim: Claim) -> bool:
    """Whether a claim counts all of a time, or the most at one time."""
    if claim.measure in OVER_TIME:
        return True
    return _is_peak(claim) or _cues().cumulative.search(claim.quote[:SENTENCE].casefold()) is not None


def _is_peak(claim: Claim) -> bool:
    return claim.measure is Measure.PEAK or _cues().peak.search(claim.quote[:SENTENCE].casefold()) is not None


def populations_merged(holdings: Holdings) -> Iterator[Flag]:
    """Yield a warning where a report gives for two groups together what another gives for each of them."""
    for group in statements(holdings):
        by_report: defaultdict[str, list[Claim]] = defaultdict(list)
        for claim in _claims(group):
            by_report[claim.document].append(claim)
        pairs = [pair for claims in by_report.values() if (pair := _two_groups(holdings, claims)) is not None]
        for claims in by_report.values():
            pair = next((pair for pair in pairs if len(claims) == 1 and _names_both(holdings, claims[0], pair)), None)
            if pair is not None:
                both = (*pair, claims[0])
                reason = (
                    f"{holdings.outlet(claims[0].document)} gives {named(claims[0])}, "
                    f"{holdings.outlet(pair[0].document)} {named(pair[0])} and {named(pair[1])} besides, both of "
                    f"{holdings.speaker(pair[0])}: two groups were made one."
                )
                yield flag("populations_merged", WARNING, reason, spans(both), both)


def _two_groups(holdings: Holdings, claims: list[Claim]) -> tuple[Claim, Claim] | None:
    """Two claims of one report that give the figure for two groups of people; None where it gives but one."""
    for one in claims[1:]:
        kinds = [holdings.category(claim) for claim in (claims[0], one)]
        if all(kind is not None and kind.kind == "people" for kind in kinds) and not related(holdings, claims[0], one):
            return (claims[0], one) if claims[0].category != one.category else None
    return None


def _names_both(holdings: Holdings, claim: Claim, pair: tuple[Claim, Claim]) -> bool:
    """Whether the counted of a claim names both groups of a pair, or its category is their union."""
    if claim.document == pair[0].document:
        return False
    category = holdings.category(claim)
    if category is not None and {one.category for one in pair} <= set(category.parts):
        return True
    counted = (claim.counted or "").casefold()
    heads = [(one.counted or "").casefold().rpartition(" ")[2] for one in pair]
    return " and " in counted and all(head and head in counted.split() for head in heads)


def inventories_as_deployments(holdings: Holdings) -> Iterator[Flag]:
    """Yield a warning where those whom an army has, by one report of a statement, are sent or there by another."""
    for group in statements(holdings):
        claims = _claims(group)
        held = [claim for claim in claims if _is_inventory(claim)]
        sent = [claim for claim in claims if _is_deployed(claim) and not _is_inventory(claim)]
        pair = apart(held, sent)
        if pair is None or not (pair[0].category == pair[1].category or related(holdings, *pair)):
            continue
        owned, there = pair
        reason = (
            f"{holdings.outlet(there.document)} tells {named(there)} as sent or in place, "
            f"{holdings.outlet(owned.document)} says only that somebody has {named(owned)}, both of "
            f"{holdings.speaker(owned)}."
        )
        yield flag("inventory_as_deployment", WARNING, reason, spans(pair), pair)


def _is_inventory(claim: Claim) -> bool:
    """Whether a claim says that somebody has so many, and not where."""
    if claim.status is not Status.ACTUAL or claim.aspect is not None or claim.place is not None:
        return False
    return _before(claim) is not None


def _before(claim: Claim) -> Match[str] | None:
    """The words directly before the figure by which somebody has it."""
    at = claim.quote.find(claim.figure)
    before = claim.quote[max(0, at - REACH) : at] if 0 <= at == claim.quote.rfind(claim.figure) else claim.prefix
    return _cues().inventory.search(" ".join(before.casefold().split()) + " ")


def _is_deployed(claim: Claim) -> bool:
    """Whether a claim tells of people who are somewhere or on their way."""
    if claim.status is not Status.ACTUAL:
        return False
    if claim.aspect in (Aspect.IN_PROGRESS, Aspect.ARRIVED, Aspect.WORKING):
        return True
    at = claim.quote.find(claim.figure)
    behind = claim.quote[at + len(claim.figure) : SENTENCE] if at >= 0 else claim.suffix
    return claim.place is not None and _cues().there.search(behind.casefold()) is not None


def _claims(group: list[Telling]) -> list[Claim]:
    return [telling.claim for telling in group[:MOST]]
