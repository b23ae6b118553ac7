"""Sums and orders that do not hold: claims and estimates come in, flags with the arithmetic go out."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby
from re import IGNORECASE
from re import compile as pattern

from tallystick.model.claim import Claim, Status
from tallystick.model.estimate import Estimate
from tallystick.model.flag import Flag
from tallystick.screening.findings import ERROR, WARNING, Holdings, amount, cut, flag, named, spans

__all__ = ["impossible_orders", "sum_mismatches"]

# Words between a whole and its parts. The first kind says that parts follow, the second that all parts follow.
PARTS = pattern(r"\b(?:including|include[sd]?|among them|of whom|of which|of them|of those)\b", IGNORECASE)
ALL_PARTS = pattern(
    r"\b(?:made up of|consist(?:s|ed|ing)? of|comprising|composed of|divided into|namely)\b", IGNORECASE
)
# Words directly before a whole that follows its parts.
TOTAL = pattern(
    r"\b(?:a total of|for a total of|in total|in all|altogether|totall?ing|bringing the total to)\W*$", IGNORECASE
)
# Figures rounded to thousands may miss their sum by this share.
ROUNDING = 0.02
# Code points between two figures of one enumeration.
NEAR = 200
FEWEST_PARTS = 2
# A group no larger than this is a patrol or a delegation, not all who were there.
FEW = 100
# Words of the longest noun phrases that dossiers list.
LONGEST_NOUN = 5
CASUALTY = "casualty"
PEOPLE = "people"


def sum_mismatches(holdings: Holdings) -> Iterator[Flag]:
    """Yield an error for each sentence whose parts exceed their whole, or, where it names all parts, miss it."""
    for (_, _), group in groupby(holdings.claims, key=lambda claim: (claim.document, claim.quote)):
        claims = [claim for claim in group if amount(claim)]
        if len(claims) > FEWEST_PARTS - 1:
            yield from _sentence(holdings, claims)


def _sentence(holdings: Holdings, claims: Sequence[Claim]) -> Iterator[Flag]:
    """The flags of one sentence with at least two plain figures."""
    for at, whole in enumerate(claims[:-1]):
        between = holdings.between(whole, claims[at + 1])[:NEAR]
        every = ALL_PARTS.search(between) is not None
        if not every and PARTS.search(between) is None:
            continue
        parts = _run(holdings, whole, claims[at + 1 :])
        wanted, found = amount(whole) or 0.0, sum(amount(part) or 0.0 for part in parts)
        if not parts or whole.low is None:
            continue
        too_many = whole.high is not None and found > wanted * (1 + ROUNDING)
        too_few = every and len(parts) >= FEWEST_PARTS and found < wanted * (1 - ROUNDING)
        if too_many or too_few:
            yield _mismatch(holdings, whole, parts, found)
        return
    last = claims[-1]
    if len(claims) > FEWEST_PARTS and TOTAL.search(holdings.between(claims[-2], last)[-NEAR:]) is not None:
        parts = [claim for claim in claims[:-1] if _fits(holdings, last, claim)]
        wanted, found = amount(last) or 0.0, sum(amount(part) or 0.0 for part in parts)
        if len(parts) == len(claims) - 1 and abs(found - wanted) > wanted * ROUNDING:
            yield _mismatch(holdings, last, parts, found)


def _run(holdings: Holdings, whole: Claim, following: Sequence[Claim]) -> list[Claim]:
    """The parts that follow a whole without a break: of its unit, and of a sort that it may be made of."""
    parts: list[Claim] = []
    last = whole
    for claim in following:
        if claim.start - last.end > NEAR or not _fits(holdings, whole, claim):
            break
        if parts and PARTS.search(holdings.between(last, claim)) is not None:
            # "6,000, including 5,000 builders, among them 200 welders": a part of a part.
            break
        parts.append(claim)
        last = claim
    return parts


def _fits(holdings: Holdings, whole: Claim, part: Claim) -> bool:
    """Whether `part` may be a part of `whole`: no larger, of the same unit and status, of a sort that it may hold."""
    if (amount(part) or 0.0) > (amount(whole) or 0.0):
        # "Three others, including ..., brought the toll to 16": the larger figure is no part of the smaller.
        return False
    category = holdings.category(whole)
    sorts = {whole.category, *(category.parts if category is not None else ())}
    return part.unit == whole.unit and part.status is whole.status and part.category in sorts


def _mismatch(holdings: Holdings, whole: Claim, parts: Sequence[Claim], found: float) -> Flag:
    terms = " + ".join(named(part) for part in parts)
    reason = (
        f"{holdings.outlet(whole.document)} gives {named(whole)} and as its parts {terms}: that is {found:,.10g}, "
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
