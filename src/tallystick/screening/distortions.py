"""What a figure turned into on its way: tellings of one statement come in, flags where they count other things go out.

A retelling that changes the number by a power of ten, the counted people, or a plan into a fact has lost something in
translation or in haste.
"""

from collections.abc import Iterator
from itertools import combinations

from tallystick.model.claim import Claim, Status
from tallystick.model.flag import Flag
from tallystick.screening.drifts import casualty_and_deaths, climbs
from tallystick.screening.findings import WARNING, Holdings, amount, flag, named, spans
from tallystick.screening.renderings import is_shortened, lost_pairs
from tallystick.screening.tellings import apart, related, same_statement, statements

__all__ = ["lost_digits", "population_mismatches", "status_mismatches"]

# More different figures than this within one estimate are a list, not retellings.
MOST_FIGURES = 40


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
            pair = next(((a, b) for a in one for b in other if same_statement(holdings, a, b)), None)
            if pair is not None and frozenset(claim.id for claim in pair) not in copied:
                first, second = pair
                reason = (
                    f"{holdings.outlet(first.document)} gives {named(first)}, {holdings.outlet(second.document)} "
                    f"{named(second)} of the same statement: digits were lost or added, as in translation."
                )
                yield flag("translation_suspect", WARNING, reason, spans(pair), pair)


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
