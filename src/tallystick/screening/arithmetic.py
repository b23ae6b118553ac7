"""Sums and orders that do not hold: claims and estimates come in, flags with the arithmetic go out."""

from collections import defaultdict
from collections.abc import Iterator
from functools import partial

from tallystick.model.claim import Claim, Status
from tallystick.model.estimate import Estimate
from tallystick.model.flag import Flag
from tallystick.screening.findings import ERROR, WARNING, Holdings, amount, cut, flag, named, spans
from tallystick.values.sums import Enumeration, Fit, enumeration, fit, is_summable, sentences, term

__all__ = ["impossible_orders", "sum_mismatches"]

# A group no larger than this is a patrol or a delegation, not all who were there.
FEW = 100
# Words of the longest noun phrases that dossiers list.
LONGEST_NOUN = 5
CASUALTY = "casualty"
PEOPLE = "people"
UNLISTED = "other"
PERSON = "person"
# Those among whom people of no listed sort may be counted.
PEOPLED = frozenset((PEOPLE, CASUALTY, UNLISTED))


def sum_mismatches(holdings: Holdings) -> Iterator[Flag]:
    """Yield an error for each sentence whose parts exceed their whole, or, where it names all parts, miss it."""
    for sentence in sentences(holdings.claims):
        found = enumeration(sentence, partial(_fits, holdings), partial(_may_fit, holdings))
        if found is not None and is_summable(found.whole, holdings.category(found.whole)):
            misfit = fit(term(found.whole), [term(part) for part in found.parts], complete=found.complete)
            if misfit in (Fit.TOO_MUCH, Fit.TOO_LITTLE):
                yield _mismatch(holdings, found)


def _fits(holdings: Holdings, whole: Claim, part: Claim) -> bool:
    """Whether `part` may be a part of `whole`: of the same unit and status, of a sort that it may hold."""
    category = holdings.category(whole)
    sorts = {whole.category, *(category.parts if category is not None else ())}
    return part.unit == whole.unit and part.status is whole.status and part.category in sorts


def _may_fit(holdings: Holdings, whole: Claim, part: Claim) -> bool:
    """Whether `part` may be a part of `whole` under another name: women are refugees, doctors people."""
    kinds = {UNLISTED if category is None else category.kind for category in map(holdings.category, (whole, part))}
    same = whole.unit == part.unit == PERSON and part.status is whole.status
    return _fits(holdings, whole, part) or (same and UNLISTED in kinds and kinds <= PEOPLED)


def _mismatch(holdings: Holdings, found: Enumeration) -> Flag:
    whole, parts = found.whole, found.parts
    terms = " + ".join(named(part) for part in parts)
    total = sum(part.low or 0 for part in parts)
    reason = (
        f"{holdings.outlet(whole.document)} gives {named(whole)} and as its parts {terms}: that is {total:,.10g}, "
        f"not {amount(whole) or 0:,.10g}."
    )
    return flag("sum_mismatch", ERROR, reason, spans((whole, *parts)), (whole, *parts))


def impossible_orders(holdings: Holdings) -> Iterator[Flag]:
    """Yield an error for a lower bound above the upper one, and for more casualties than there were people."""
    for claim in holdings.claims:
        if claim.low is not None and claim.high is not None and claim.low > claim.high:
            reason = f"{named(claim)} has a lower bound, {claim.low:,}, above its upper bound, {claim.high:,}."
            yield flag("impossible_order", ERROR, reason, spans((claim,)), (claim,))
    nouns = _nouns(holdings)
    there: defaultdict[tuple[str, str, str | None], list[Estimate]] = defaultdict(list)
    kinds = {category.id: category.kind for category in holdings.dossier.categories}
    for estimate in holdings.estimates:
        population = estimate.population
        if kinds.get(population.category) == PEOPLE and population.origin and estimate.status is Status.ACTUAL:
            there[population.category, population.origin, population.place].append(estimate)
    for estimate in holdings.estimates:
        population = estimate.population
        if kinds.get(population.category) != CASUALTY or estimate.status is not Status.ACTUAL or not population.origin:
            continue
        claims = holdings.known(estimate.claims)
        sorts = {sort for claim in claims if (sort := _sort(claim, nouns)) is not None}
        if len(sorts) != 1 or estimate.low is None:
            continue
        sent = there.get((sorts.pop(), population.origin, population.place), [])
        most = [other.high for other in sent if other.high is not None]
        if sent and len(most) == len(sent) and estimate.low > max(most) > FEW:
            others = [claim for other in sent for claim in holdings.known(other.claims)]
            reason = (
                f"{cut(population.label)}: at least {estimate.low:,}, but {cut(sent[0].population.label)}: never more "
                f"than {max(most):,}."
            )
            yield flag("impossible_order", WARNING, reason, spans((*claims, *others)), (*claims, *others))


def _nouns(holdings: Holdings) -> dict[str, str]:
    """The nouns of the dossier for sorts of people, singular and plural, with the category of each."""
    found: dict[str, str] = {}
    for category in holdings.dossier.categories:
        if category.kind == PEOPLE:
            for _, words in category.words:
                for noun in words.nouns:
                    found.setdefault(noun, category.id)
                    found.setdefault(noun + "s", category.id)
    return found


def _sort(claim: Claim, nouns: dict[str, str]) -> str | None:
    """The category of people whom a casualty claim counts ("600 North Korean soldiers")."""
    words = (claim.counted or "").casefold().split()[-LONGEST_NOUN:]
    return next((nouns[phrase] for at in range(len(words)) if (phrase := " ".join(words[at:])) in nouns), None)
