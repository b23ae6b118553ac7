"""How far reviewers agree: reviews come in, percentages, Krippendorff's alpha and the disagreements go out.

Of each claim the first judgement of each person counts, also where it was taken back later: what somebody thought
before anybody answered is what can be compared.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from tallystick.inquiry.fields import ENTRIES, shown
from tallystick.model.claim import Claim
from tallystick.model.review import Review, ReviewVerdict

__all__ = ["Agreement", "Disagreement", "Field", "Opinion", "agreement", "alpha", "opinions"]

# The span is compared by the figure that it marks; both ends would count one disagreement twice.
COMPARED = tuple(name for name in ENTRIES if name not in ("start", "end"))
VERDICT = "verdict"


class Opinion(NamedTuple):
    """What one person first thought of a claim: whether it is one, and how it reads; None where it is none.

    Attributes:
        by: Who.
        review: Number of the review that says so.
        accepted: Whether it is a claim.
        claim: As the person has it; None where it is none, and where it was split into several.
    """

    by: str
    review: int
    accepted: bool
    claim: Claim | None


class Field(NamedTuple):
    """How far people agree on one question.

    Attributes:
        name: The field, or "verdict".
        pairs: Pairs of judgements that answer it.
        agreed: Those that agree.
        claims: Claims on which there are such pairs.
        alpha: Krippendorff's alpha, nominal; None where there is nothing to tell by: fewer than two answers of two
            kinds.
    """

    name: str
    pairs: int
    agreed: int
    claims: int
    alpha: float | None


class Disagreement(NamedTuple):
    """A claim on which two people differ in one field: who has what."""

    claim: str
    document: str
    figure: str
    field: str
    said: tuple[tuple[str, str], ...]


class Agreement(NamedTuple):
    """How far reviewers agree.

    Attributes:
        claims: Claims that two or more people have judged.
        people: Who they are, by name.
        fields: The verdict first, then field by field, those that differ most first.
        disagreements: By claim in the order of the last review, then by field.
    """

    claims: int
    people: tuple[str, ...]
    fields: tuple[Field, ...]
    disagreements: tuple[Disagreement, ...]


def opinions(reviews: Iterable[Review]) -> dict[str, tuple[Opinion, ...]]:
    """Give the first opinion of each person about each claim, by its id, in the order in which they came.

    Args:
        reviews: In the order of their numbers.
    """
    found: defaultdict[str, dict[str, Opinion]] = defaultdict(dict)
    for review in reviews:
        if review.verdict is ReviewVerdict.WITHDRAWN:
            continue
        after = {claim.id: claim for claim in review.after}
        judged = {claim.id for claim in review.before} or set(after)
        for claim in sorted(judged):
            if review.by not in found[claim]:
                accepted = review.verdict is not ReviewVerdict.REJECTED
                read = None if review.verdict is ReviewVerdict.SPLIT else after.get(claim)
                found[claim][review.by] = Opinion(review.by, review.number, accepted, read)
    return {claim: tuple(held.values()) for claim, held in found.items()}


def alpha(units: Iterable[Sequence[Hashable]]) -> float | None:
    """Give Krippendorff's alpha for nominal values.

    1 is agreement without exception, 0 is what chance would give, below 0 is worse than that. It is worked out from the
    coincidences of values, as in K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011).

    Args:
        units: For each thing that was judged the values that people gave it, those that gave none left out.

    Returns:
        The value; None where fewer than two values can be paired, or all that can are the same, for then nothing tells
        agreement from chance.
    """
    totals: defaultdict[Hashable, Fraction] = defaultdict(Fraction)
    observed = Fraction()
    for values in units:
        # Every pair of two values of one thing counts so that a thing counts by how many judged it.
        for one, count in Counter(values).items() if len(values) > 1 else ():
            totals[one] += count
            observed += Fraction(count * (len(values) - count), len(values) - 1)
    whole = sum(totals.values(), Fraction())
    expected = whole * whole - sum((value * value for value in totals.values()), Fraction())
    return None if not expected else float(1 - (whole - 1) * observed / expected)


def agreement(reviews: Iterable[Review]) -> Agreement:
    """Give how far reviewers agree about the claims that two or more of them have judged.

    Args:
        reviews: In the order of their numbers; those of claims that one person alone has judged may be among them.
    """
    judged = {claim: held for claim, held in opinions(reviews).items() if len(held) > 1}
    latest = sorted(judged, key=lambda claim: (-max(one.review for one in judged[claim]), claim))
    verdicts = _field(VERDICT, {claim: [_said(one.accepted) for one in judged[claim]] for claim in latest})
    fields = [
        _field(name, {claim: [value for _, value in _values(judged[claim], name)] for claim in latest})
        for name in COMPARED
    ]
    fields.sort(key=lambda one: (one.agreed - one.pairs, one.name))
    people = sorted({one.by for held in judged.values() for one in held})
    differing = tuple(one for claim in latest for one in _disagreements(claim, judged[claim]))
    return Agreement(len(judged), tuple(people), (verdicts, *fields), differing)


def _said(accepted: bool) -> str:
    return "a claim" if accepted else "no claim"


def _values(held: Sequence[Opinion], name: str) -> list[tuple[str, str]]:
    """What each who read the claim has in a field."""
    return [(one.by, shown(getattr(one.claim, name))) for one in held if one.claim is not None]


def _field(name: str, units: Mapping[str, Sequence[str]]) -> Field:
    """How far the values agree of claims on one question."""
    pairs = agreed = claims = 0
    for values in units.values():
        own = len(values) * (len(values) - 1) // 2
        pairs += own
        agreed += sum(count * (count - 1) // 2 for count in Counter(values).values())
        claims += own > 0
    return Field(name, pairs, agreed, claims, alpha(units.values()))


def _disagreements(claim: str, held: Sequence[Opinion]) -> list[Disagreement]:
    """In what people differ about a claim."""
    shown_by = next((one.claim for one in held if one.claim is not None), None)
    document = "" if shown_by is None else shown_by.document
    figure = "" if shown_by is None else shown_by.figure
    found = [(VERDICT, tuple((one.by, _said(one.accepted)) for one in held))]
    found += [(name, tuple(_values(held, name))) for name in COMPARED]
    return [
        Disagreement(claim, document, figure, name, said)
        for name, said in found
        if len({value for _, value in said}) > 1
    ]  # fmt: skip
