"""A reviewer's decision about figures: which claims it took away and which it put in their place.

Reviews are only ever added. What a report says by now follows from what was extracted and the reviews that hold, so
that a report that is extracted anew keeps what people decided about it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from tallystick.model.claim import Claim

__all__ = ["Held", "Review", "ReviewVerdict", "Standing", "extracted", "held", "holding"]


class ReviewVerdict(StrEnum):
    """What was decided about claims."""

    ACCEPTED = "accepted"  # as it stands
    EDITED = "edited"  # some fields are others
    REJECTED = "rejected"  # no claim
    SPLIT = "split"  # several claims in one
    MERGED = "merged"  # one claim in several
    ADDED = "added"  # was missed
    WITHDRAWN = "withdrawn"  # an earlier decision is taken back


class Standing(StrEnum):
    """By whose word a claim stands, or does not."""

    EXTRACTED = "extracted"
    ACCEPTED = "accepted"
    EDITED = "edited"
    SPLIT = "split"
    MERGED = "merged"
    ADDED = "added"
    REJECTED = "rejected"
    REPLACED = "replaced"  # by those into which it was split or merged

    @property
    def counts(self) -> bool:
        """Whether the claim is one of the report's, and goes into estimates."""
        return self not in (Standing.REJECTED, Standing.REPLACED)


@dataclass(frozen=True, slots=True)
class Review:
    """One decision about claims of one document; the last one about a claim holds.

    Attributes:
        number: Its turn among the reviews of a case, from 1.
        made: UTC time at which it was made, ISO 8601 with "Z".
        by: Who decided.
        verdict: What was decided.
        document: Id of the document.
        before: The claims that it was about, as they stood.
        after: What stands in their place; the same claims where they were accepted, none where they were rejected.
        why: The reviewer's reason; may be empty where a claim was accepted.
        of: Number of the review that this one withdraws, else None.
    """

    number: int
    made: str
    by: str
    verdict: ReviewVerdict
    document: str
    before: tuple[Claim, ...]
    after: tuple[Claim, ...]
    why: str
    of: int | None = None

    @property
    def touched(self) -> frozenset[str]:
        """Ids of all claims that it is about."""
        return frozenset(claim.id for claim in (*self.before, *self.after))


@dataclass(frozen=True, slots=True)
class Held:
    """A claim with its standing."""

    claim: Claim
    standing: Standing


def holding(reviews: Iterable[Review]) -> tuple[Review, ...]:
    """Give the reviews that hold: no withdrawals, and none that was withdrawn."""
    made = tuple(reviews)
    withdrawn = {review.of for review in made if review.verdict is ReviewVerdict.WITHDRAWN}
    return tuple(
        review for review in made if review.verdict is not ReviewVerdict.WITHDRAWN and review.number not in withdrawn
    )


def extracted(current: Iterable[Claim], reviews: Iterable[Review]) -> tuple[Claim, ...]:
    """Give what was extracted from a report, given the claims that it has by now and all its reviews in order."""
    first: dict[str, Claim] = {}
    made: set[str] = set()
    for review in reviews:
        for claim in review.before:
            if claim.id not in made:
                first.setdefault(claim.id, claim)
        made.update(claim.id for claim in review.after if claim.id not in first)
    rest = (claim for claim in current if claim.id not in first and claim.id not in made)
    return tuple(sorted((*first.values(), *rest), key=lambda claim: (claim.start, claim.end, claim.id)))


def held(claims: Iterable[Claim], reviews: Iterable[Review]) -> tuple[Held, ...]:
    """Give the claims of a report under its reviews, in the order of its text.

    Args:
        claims: What was extracted from it; what a reviewer has decided about stands also where it is not among these.
        reviews: All its reviews, in order.
    """
    state = {claim.id: Held(claim, Standing.EXTRACTED) for claim in claims}
    for review in holding(reviews):
        kept = {claim.id for claim in review.after}
        for claim in review.before:
            if claim.id not in kept:
                gone = Standing.REJECTED if review.verdict is ReviewVerdict.REJECTED else Standing.REPLACED
                state[claim.id] = Held(state[claim.id].claim if claim.id in state else claim, gone)
        standing = Standing(review.verdict.value)
        for claim in review.after:
            state[claim.id] = Held(claim, standing)
    return tuple(sorted(state.values(), key=lambda one: (one.claim.start, one.claim.end, one.claim.id)))
