"""What a figure turned into on its way: tellings of one statement come in, flags where they count other things go out.

A retelling that changes the number by a power of ten, the counted people, or a plan into a fact has lost something in
translation or in haste.
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations, product

from tallystick.model.claim import Claim, Status
from tallystick.model.flag import Flag
from tallystick.model.quantity import Bound
from tallystick.screening.drifts import casualty_and_deaths, climbs
from tallystick.screening.findings import WARNING, Holdings, amount, flag, named, spans
from tallystick.screening.renderings import is_shortened, lost_pairs
from tallystick.screening.tellings import COMMON, apart, related, same_statement, statements, telling_of

__all__ = ["lost_digits", "population_mismatches", "status_mismatches"]

# More different figures than this within one estimate are a list, not retellings.
MOST_FIGURES = 40
# Claims of one figure that are compared with those of another.
MOST_COMPARED = 40


def lost_digits(holdings: Holdings) -> Iterator[Flag]:
    """Yield a warning for two reports of one statement whose figures differ by a power of ten or by lost digits.

    Reports in two languages are flagged whatever the difference is, where each gives one figure as exact. Copied
    passages have a flag of their own.
    """
    copied = set(lost_pairs(holdings))
    for claims in _comparable(holdings):
        figures: dict[float, list[Claim]] = {}
        for claim in claims:
            value = amount(claim)
            if value:
                figures.setdefault(value, []).append(claim)
        if not 1 < len(figures) <= MOST_FIGURES:
            continue
        lone = _lone(figures)
        for one, other in combinations(figures.values(), 2):
            pair = _shortened(holdings, one, other)
            how = "digits were lost or added, as in translation"
            if pair is None:
                pair = _translated(holdings, [c for c in one if c.id in lone], [c for c in other if c.id in lone])
                how = "the number changed between two languages"
            if pair is not None and frozenset(claim.id for claim in pair) not in copied:
                first, second = pair
                copied.add(frozenset(claim.id for claim in pair))
                reason = (
                    f"{holdings.outlet(first.document)} gives {named(first)}, {holdings.outlet(second.document)} "
                    f"{named(second)} of the same statement: {how}."
                )
                yield flag("translation_suspect", WARNING, reason, spans(pair), pair)


def _comparable(holdings: Holdings) -> Iterator[list[Claim]]:
    """The claims of each estimate, then those of one speaker, day and category in reports of several languages.

    A number that changed on its way may have become an estimate of its own, where its report does not say whence the
    people come or whither they go.
    """
    for estimate in holdings.estimates:
        yield list(holdings.known(estimate.claims))
    told: defaultdict[tuple[str, int, str, str, Status], list[Claim]] = defaultdict(list)
    for claim in holdings.claims:
        telling = telling_of(holdings, claim)
        if telling is not None and telling.day is not None:
            told[telling.voice, telling.day, claim.category, claim.unit, claim.status].append(claim)
    for _, claims in sorted(told.items()):
        if len({holdings.language(claim.document) for claim in claims}) > 1:
            yield claims


def _lone(figures: dict[float, list[Claim]]) -> frozenset[str]:
    """The claims of reports that give one figure only."""
    given: dict[str, set[float]] = {}
    for value, claims in figures.items():
        for claim in claims:
            given.setdefault(claim.document, set()).add(value)
    return frozenset(claim.id for claims in figures.values() for claim in claims if len(given[claim.document]) == 1)


def _shortened(holdings: Holdings, one: list[Claim], other: list[Claim]) -> tuple[Claim, Claim] | None:
    """The first two claims of one statement of which one figure is the other without some of its digits."""
    return next(
        (
            (a, b)
            for a in one[:MOST_COMPARED]
            for b in other[:MOST_COMPARED]
            if (is_shortened(a, b) or is_shortened(b, a)) and same_statement(holdings, a, b)
        ),
        None,
    )


def _translated(holdings: Holdings, one: list[Claim], other: list[Claim]) -> tuple[Claim, Claim] | None:
    """The first two claims of one speaker, day and population that differ, in reports of two languages."""
    exact, others = (
        [claim for claim in claims[:MOST_COMPARED] if claim.bound is Bound.EXACT and (amount(claim) or 0) > COMMON]
        for claims in (one, other)
    )
    return next((pair for pair in product(exact, others) if _are_one_in_two_languages(holdings, *pair)), None)


def _are_one_in_two_languages(holdings: Holdings, one: Claim, other: Claim) -> bool:
    if holdings.language(one.document) == holdings.language(other.document):
        return False
    if (one.category, one.unit, one.status) != (other.category, other.unit, other.status):
        return False
    first, second = telling_of(holdings, one), telling_of(holdings, other)
    if first is None or second is None or first.day is None:
        return False
    return (first.voice, first.day) == (second.voice, second.day)


def population_mismatches(holdings: Holdings) -> Iterator[Flag]:
    """Yield a warning where reports of one statement give one figure and count other people.

    A report that gives the figure for both speaks of two groups, and then there is nothing wrong. A union and its parts
    are one wording and another of the same people, unless they are casualties: "killed or wounded" is not "killed".
    """
    for group in statements(holdings):
        sorts: dict[str, list[Claim]] = {}
        for telling in group:
            sorts.setdefault(telling.claim.category, []).append(telling.claim)
        for one, other in combinations(sorts.values(), 2):
            pair = apart(one, other)
            if pair is None or casualty_and_deaths(holdings, *pair) or casualty_and_deaths(holdings, *reversed(pair)):
                continue
            if not related(holdings, *pair):
                first, second = pair
                reason = (
                    f"{holdings.outlet(first.document)} gives {_sorted(holdings, first)}, "
                    f"{holdings.outlet(second.document)} {_sorted(holdings, second)}, both of "
                    f"{holdings.speaker(first)}: one of them names other people."
                )
                yield flag("population_mismatch", WARNING, reason, spans(pair), pair)


def status_mismatches(holdings: Holdings) -> Iterator[Flag]:
    """Yield a warning where reports of one statement tell the same figure as a plan and as a fact."""
    for group in statements(holdings):
        if climbs(holdings, group):
            continue
        plans = [telling.claim for telling in group if telling.claim.status is Status.PLANNED]
        facts = [telling.claim for telling in group if telling.claim.status is Status.ACTUAL]
        pair = apart(plans, facts)
        if pair is not None and (pair[0].category == pair[1].category or related(holdings, *pair)):
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
