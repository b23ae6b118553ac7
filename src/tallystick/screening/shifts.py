"""When and on what scale: tellings of one statement come in, warnings where a relay moved its date or order go out.

A copy that is dated a year late, an event on another day, "last year" for a longer time, "hundreds" for thousands.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import combinations
from math import floor, log10
from re import compile as pattern

from tallystick.model.claim import Claim, Measure, Status
from tallystick.model.flag import Evidence, Flag
from tallystick.model.lineage import EdgeLevel, Mechanism
from tallystick.model.quantity import Bound
from tallystick.screening.findings import WARNING, Holdings, amount, flag, named, spans
from tallystick.screening.tellings import CASUALTY, COMMON, related, same_occasion, statements
from tallystick.values.dates import published_date
from tallystick.values.periods import Period, period

__all__ = ["dates_shifted", "periods_stretched", "scales_shifted", "years_of_copies_shifted"]

# What makes one report a copy of another as a whole.
COPIES = frozenset((Mechanism.IDENTICAL_TEXT, Mechanism.NEAR_IDENTICAL_TEXT, Mechanism.REPUBLISHED_TEXT))
# A slip of the day stays within about a month; further apart are two events.
MOST_DAYS = 31
# A time of which a figure is a flow or a sum; shorter ones are days of an event.
LEAST_PERIOD = 32
# A cue of these names a day by itself; "Tuesday" and "yesterday" are reckoned from a publication and may be one off.
EXPLICIT = pattern(r"\d")
OVER_TIME = frozenset((Measure.CUMULATIVE, Measure.FLOW))
# "Hundreds" may be told of some thousands, "thousands" of tens of thousands; fifty times the word is another order.
FAR = 50
# "Tens of thousands" may be told of a figure that is nearly one ten thousand.
NEARLY = 0.9
# Most tellings of one statement that are compared; more of them tell nothing new.
MOST = 40


def years_of_copies_shifted(holdings: Holdings) -> Iterator[Flag]:
    """Yield a warning for each report that is a copy of another and dated whole years later, on the same day.

    Evidence are the first words that both have in common.
    """
    published = {document.id: published_date(document.published) for document in holdings.documents}
    for edge in holdings.lineage.edges:
        if edge.level is not EdgeLevel.DOCUMENT or edge.mechanism not in COPIES or not edge.shared:
            continue
        later, earlier = published.get(edge.later), published.get(edge.earlier)
        if later is None or earlier is None or not _years_apart(earlier, later):
            continue
        first = edge.shared[0]
        reason = (
            f"{holdings.outlet(edge.later)} is dated {later}, and {holdings.outlet(edge.earlier)}, of which it is a "
            f"copy, {earlier}: the same day of another year."
        )
        evidence = (
            Evidence(edge.earlier, first.earlier_start, first.earlier_end),
            Evidence(edge.later, first.later_start, first.later_end),
        )
        yield flag("year_shifted", WARNING, reason, evidence)


def dates_shifted(holdings: Holdings) -> Iterator[Flag]:
    """Yield a warning where reports of one statement give its event different days, or the same day of another year.

    Both must write the day out, and neither may give both days.
    """
    for group in statements(holdings):
        dated: defaultdict[date, list[Claim]] = defaultdict(list)
        for telling in group[:MOST]:
            day = _explicit_day(telling.claim)
            if day is not None:
                dated[day].append(telling.claim)
        for one, other in combinations(sorted(dated), 2):
            pair = _alike(holdings, dated[one], dated[other])
            years = _years_apart(one, other)
            if pair is None or not (years or (other - one).days <= MOST_DAYS):
                continue
            first, second = pair
            what = "the same day of another year" if years else "another day"
            reason = (
                f"{holdings.outlet(first.document)} dates {named(first)} to {one}, {holdings.outlet(second.document)} "
                f"{named(second)} to {other}, {what}, both of {holdings.speaker(first)}."
            )
            evidence = (*_with_day(first), *_with_day(second))
            yield flag("year_shifted" if years else "date_shifted", WARNING, reason, evidence, pair)


def periods_stretched(holdings: Holdings) -> Iterator[Flag]:
    """Yield a warning where reports of one statement count one figure over different times.

    A time that holds the other is a vaguer word for it.
    """
    for group in statements(holdings):
        timed = [(telling.claim, span) for telling in group[:MOST] if (span := _span(telling.claim)) is not None]
        for (one, first), (other, second) in combinations(timed, 2):
            if _holds(first, second) or _holds(second, first):
                continue
            pair = _alike(holdings, _told_with(timed, first), _told_with(timed, second))
            if pair is None or {claim.id for claim in pair} != {one.id, other.id}:
                continue
            reason = (
                f"{holdings.outlet(one.document)} counts {named(one)} over {one.when}, "
                f"{holdings.outlet(other.document)} {named(other)} over {other.when}, both of {holdings.speaker(one)}."
            )
            yield flag("period_stretched", WARNING, reason, (*_with_day(one), *_with_day(other)), (one, other))
            break


def scales_shifted(holdings: Holdings) -> Iterator[Flag]:
    """Yield a warning where "hundreds" or the like stand for a figure of the same statement of another order.

    Casualties are left out: they grow from day to day.
    """
    vague: defaultdict[tuple[str, str, str], list[Claim]] = defaultdict(list)
    exact: defaultdict[tuple[str, str, str], list[Claim]] = defaultdict(list)
    for claim in holdings.claims:
        origin, category = holdings.origin(claim), holdings.category(claim)
        voice = holdings.names.voice(claim.speaker or (origin.speaker if origin is not None else None))
        if voice is None or category is None or category.kind == CASUALTY or claim.status is Status.DENIED:
            continue
        key = voice, claim.category, claim.unit
        if claim.bound is Bound.VAGUE and claim.low is not None and claim.low >= COMMON:
            vague[key].append(claim)
        elif (amount(claim) or 0) > COMMON:
            exact[key].append(claim)
    for key, words in sorted(vague.items()):
        counted = exact.get(key, [])[:MOST]
        for word in words[:MOST]:
            found = next((claim for claim in counted if _same_told(holdings, claim, word)), None)
            if found is not None and not any(
                _fits(claim, word) for claim in counted + words if _near(claim, word, found)
            ):
                pair = found, word
                reason = (
                    f"{holdings.outlet(word.document)} tells of {named(word)}, {holdings.outlet(found.document)} of "
                    f"{named(found)}, both of {holdings.speaker(found)}: the figures are of another order."
                )
                yield flag("scale_shifted", WARNING, reason, spans(pair), pair)


def _same_told(holdings: Holdings, exact: Claim, vague: Claim) -> bool:
    """Whether a vague word of another report stands for a figure told of the same occasion, place and step."""
    if (exact.status, exact.aspect, _place(exact)) != (vague.status, vague.aspect, _place(vague)):
        return False
    if exact.origin is not None and vague.origin is not None and exact.origin != vague.origin:
        return False
    return not _fits(exact, vague) and same_occasion(holdings, exact, vague)


def _near(claim: Claim, word: Claim, found: Claim) -> bool:
    """Whether a claim stands in one of two reports and is neither of the claims compared."""
    return claim.id not in (word.id, found.id) and claim.document in (word.document, found.document)


def _fits(claim: Claim, vague: Claim) -> bool:
    """Whether a figure may be told by the vague word; another vague word fits where it is of the same order."""
    if claim.bound is Bound.VAGUE:
        return claim.low == vague.low
    value = amount(claim)
    if value is None or vague.low is None:
        return True
    unit = 10.0 ** floor(log10(vague.low))
    if claim.bound is Bound.AT_LEAST:
        return value < unit * FAR
    if claim.bound is Bound.AT_MOST:
        return value >= unit * NEARLY
    return unit * NEARLY <= value < unit * FAR


def _place(claim: Claim) -> str:
    return (claim.place or "").casefold()


def _years_apart(one: date, other: date) -> bool:
    return one.year != other.year and (one.month, one.day) == (other.month, other.day)


def _cue(claim: Claim) -> tuple[int, int] | None:
    """Where the words stand that date the event, if they do so by themselves."""
    ground = next((one for one in claim.grounds if one.field == "when"), None)
    if ground is None or ground.start is None or ground.end is None or EXPLICIT.search(ground.cue) is None:
        return None
    return ground.start, ground.end


def _explicit_day(claim: Claim) -> date | None:
    """The day of the event that a claim writes out."""
    days = period(claim.when)
    return date.fromordinal(days.first) if days is not None and days.first == days.last and _cue(claim) else None


def _span(claim: Claim) -> Period | None:
    """The time over which a claim counts, if it is long enough to be one."""
    days = period(claim.when)
    if days is None or days.last - days.first + 1 < LEAST_PERIOD or claim.status is not Status.ACTUAL:
        return None
    return days if claim.aspect is not None or claim.measure in OVER_TIME else None


def _holds(one: Period, other: Period) -> bool:
    return one.first <= other.first and other.last <= one.last


def _told_with(timed: list[tuple[Claim, Period]], span: Period) -> list[Claim]:
    return [claim for claim, own in timed if own == span]


def _alike(holdings: Holdings, one: list[Claim], other: list[Claim]) -> tuple[Claim, Claim] | None:
    """The first two claims of one occasion that tell the same of the same; None where a report has both dates."""
    if {claim.document for claim in one} & {claim.document for claim in other}:
        return None
    for first in one:
        for second in other:
            same = first.category == second.category or related(holdings, first, second)
            if same and first.aspect == second.aspect and same_occasion(holdings, first, second):
                return first, second
    return None


def _with_day(claim: Claim) -> Iterator[Evidence]:
    """The figure of a claim and the words that date it."""
    yield Evidence(claim.document, claim.start, claim.end)
    ground = next((one for one in claim.grounds if one.field == "when"), None)
    if ground is not None and ground.start is not None and ground.end is not None:
        yield Evidence(claim.document, ground.start, ground.end)
