"""What a figure turned into on its way: tellings of one statement come in, flags where they count other things go out.

A retelling that changes the number by a power of ten, the counted people, or a plan into a fact has lost something in
translation or in haste.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from tallystick.model.claim import Claim, Status
from tallystick.model.flag import Flag
from tallystick.screening.findings import WARNING, Holdings, amount, flag, named, spans
from tallystick.screening.renderings import is_shortened, lost_pairs
from tallystick.values.periods import period

__all__ = ["lost_digits", "population_mismatches", "status_mismatches"]

# Figures up to this number agree by chance too often: 0.4 % of all pairs up to 100 (3,221 claims of the gold sets).
COMMON = 100
# Days between two tellings of one statement; rule R15 gives two, weeklies take a week.
SAME_STATEMENT_DAYS = 7
# More different figures than this within one estimate are a list, not retellings.
MOST_FIGURES = 40
CASUALTY, OTHER = "casualty", "other"


class _Telling(NamedTuple):
    """A claim with who said it and when it became known."""

    claim: Claim
    voice: str
    day: int | None


def lost_digits(holdings: Holdings) -> Iterator[Flag]:
    """Yield a warning for two reports of one statement whose figures differ by a power of ten or by lost digits.

    Copied passages have a flag of their own.
    """
    copied = lost_pairs(holdings)
    for estimate in holdings.estimates:
        figures: dict[str, list[Claim]] = {}
        for claim in holdings.known(estimate.claims):
            if amount(claim):
                figures.setdefault(claim.figure, []).append(claim)
        if not 1 < len(figures) <= MOST_FIGURES:
            continue
        for one, other in combinations(figures.values(), 2):
            if not is_shortened(one[0], other[0]) and not is_shortened(other[0], one[0]):
                continue
            pair = next(((a, b) for a in one for b in other if _same_statement(holdings, a, b)), None)
            if pair is not None and frozenset(claim.id for claim in pair) not in copied:
                first, second = pair
                reason = (
                    f"{holdings.outlet(first.document)} gives {named(first)}, {holdings.outlet(second.document)} "
                    f"{named(second)} of the same statement: digits were lost or added, as in translation."
                )
                yield flag("translation_suspect", WARNING, reason, spans(pair), pair)


def _same_statement(holdings: Holdings, one: Claim, other: Claim) -> bool:
    """Whether two claims of different reports go back to one statement."""
    if one.document == other.document:
        return False
    first, second = _telling(holdings, one), _telling(holdings, other)
    origins = holdings.origin(one), holdings.origin(other)
    if origins[0] is not None and origins[0] is origins[1]:
        return True
    return first is not None and second is not None and first.voice == second.voice and _close(first, second)


def population_mismatches(holdings: Holdings) -> Iterator[Flag]:
    """Yield a warning where reports of one statement give one figure and count other people.

    A report that gives the figure for both speaks of two groups, and then there is nothing wrong. A union and its parts
    are one wording and another of the same people, unless they are casualties: "killed or wounded" is not "killed".
    """
    for group in _statements(holdings):
        sorts: dict[str, list[_Telling]] = {}
        for telling in group:
            sorts.setdefault(telling.claim.category, []).append(telling)
        for one, other in combinations(sorts.values(), 2):
            pair = _apart(one, other)
            if pair is not None and not _related(holdings, *pair):
                first, second = pair
                reason = (
                    f"{holdings.outlet(first.document)} gives {_sorted(holdings, first)}, "
                    f"{holdings.outlet(second.document)} {_sorted(holdings, second)}, both of "
                    f"{holdings.speaker(first)}: one of them names other people."
                )
                yield flag("population_mismatch", WARNING, reason, spans(pair), pair)


def status_mismatches(holdings: Holdings) -> Iterator[Flag]:
    """Yield a warning where reports of one statement tell the same figure as a plan and as a fact."""
    for group in _statements(holdings):
        plans = [telling for telling in group if telling.claim.status is Status.PLANNED]
        facts = [telling for telling in group if telling.claim.status is Status.ACTUAL]
        pair = _apart(plans, facts)
        if pair is not None and (pair[0].category == pair[1].category or _related(holdings, *pair)):
            first, second = pair
            reason = (
                f"{holdings.outlet(first.document)} tells {named(first)} as a plan, "
                f"{holdings.outlet(second.document)} {named(second)} as a fact, both of "
                f"{holdings.speaker(first)}."
            )
            yield flag("status_mismatch", WARNING, reason, spans(pair), pair)


def _sorted(holdings: Holdings, claim: Claim) -> str:
    """Figure and counted with the category: "4,700 troops (killed)"."""
    category = holdings.category(claim)
    return f"{named(claim)} ({claim.category if category is None else category.label.lower()})"


def _statements(holdings: Holdings) -> Iterator[list[_Telling]]:
    """Claims of one speaker, figure and unit that were told within days of one another."""
    groups: defaultdict[tuple[str, float, str], list[_Telling]] = defaultdict(list)
    for claim in holdings.claims:
        value, telling = amount(claim), _telling(holdings, claim)
        if telling is not None and value is not None and value > COMMON and claim.status is not Status.DENIED:
            groups[telling.voice, value, claim.unit].append(telling)
    for _, group in sorted(groups.items()):
        dated = sorted((telling for telling in group if telling.day is not None), key=_day)
        run: list[_Telling] = []
        for telling in dated:
            if run and _day(telling) - _day(run[0]) > SAME_STATEMENT_DAYS:
                yield run
                run = []
            run.append(telling)
        if run:
            yield run


def _telling(holdings: Holdings, claim: Claim) -> _Telling | None:
    """A claim with its speaker and day; None where nobody is named."""
    origin = holdings.origin(claim)
    own = holdings.names.voice(claim.speaker)
    voice = own if own is not None and not own.startswith("name:") else None
    voice = voice or holdings.names.voice(origin.speaker if origin is not None else None) or own
    if voice is None:
        return None
    said = period(claim.stated)
    published = holdings.published(claim)
    day = said[0] if said is not None else published.toordinal() if published is not None else None
    return _Telling(claim, voice, day)


def _apart(one: Iterable[_Telling], other: Iterable[_Telling]) -> tuple[Claim, Claim] | None:
    """The first claims of two sorts from different reports; None where some report gives both."""
    first, second = [telling.claim for telling in one], [telling.claim for telling in other]
    if not first or not second or {claim.document for claim in first} & {claim.document for claim in second}:
        return None
    return first[0], second[0]


def _related(holdings: Holdings, one: Claim, other: Claim) -> bool:
    """Whether the categories of two claims may name the same people, or one says too little."""
    kinds = [holdings.category(claim) for claim in (one, other)]
    first, second = kinds
    if first is None or second is None or OTHER in (first.kind, second.kind):
        return True
    if CASUALTY in (first.kind, second.kind):
        return first.kind != second.kind
    return second.id in first.parts or first.id in second.parts or bool(_shared(holdings, first.parts, second.parts))


def _shared(holdings: Holdings, one: Sequence[str], other: Sequence[str]) -> set[str]:
    return {category.id for category in holdings.dossier.categories} & set(one) & set(other)


def _close(one: _Telling, other: _Telling) -> bool:
    return one.day is not None and other.day is not None and abs(one.day - other.day) <= SAME_STATEMENT_DAYS


def _day(telling: _Telling) -> int:
    return telling.day or 0
