"""Reviews of claims in a case: a decision comes in and becomes a row, the claims of its report go out under it.

Nothing here begins a transaction; the case does.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa

from tallystick.errors import ReviewConflictError, ReviewError
from tallystick.model.claim import Claim
from tallystick.model.review import Held, Review, ReviewVerdict, Standing, extracted, held, holding
from tallystick.storage import listing, rows, tables, writing

__all__ = ["Proposal", "current", "decide", "holding_of", "home", "last_about", "one", "restore", "reviews"]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a reviewer decides; the fields are those of `Review`.

    Attributes:
        verdict: What is decided.
        document: Id of the document.
        before: The claims that it is about, as they stand; those of a withdrawal are of no account.
        after: What stands in their place.
        why: The reason.
        of: Number of the review that this one withdraws, else None.
    """

    verdict: ReviewVerdict
    document: str
    before: tuple[Claim, ...]
    after: tuple[Claim, ...]
    why: str = ""
    of: int | None = None


def reviews(connection: sa.Connection, document: str | None = None) -> tuple[Review, ...]:
    """Every review, or those of a document, in the order in which they were made."""
    table = tables.reviews
    query = sa.select(table).order_by(table.c.number)
    if document is not None:
        query = query.where(table.c.document == document)
    return tuple(rows.review_of(dict(row)) for row in connection.execute(query).mappings())


def holding_of(connection: sa.Connection, review: Review) -> tuple[Review, ...]:
    """The reviews that hold and are about a claim of this one, itself among them where it holds, in order."""
    table, about = tables.reviews.c, tables.reviewed.c
    numbers = sa.select(about.review).where(about.claim.in_(sorted(review.touched)))
    query = sa.select(tables.reviews).where(table.number.in_(numbers)).order_by(table.number)
    return holding(rows.review_of(dict(row)) for row in connection.execute(query).mappings())


def home(connection: sa.Connection, number: int) -> str | None:
    """Id of the document that a review is about; None where there is no such review."""
    table = tables.reviews.c
    found: str | None = connection.scalar(sa.select(table.document).where(table.number == number))
    return found


def last_about(connection: sa.Connection, claims: Iterable[str]) -> int:
    """Number of the last review about any of these claims, withdrawals among them; 0 where there is none."""
    table = tables.reviewed.c
    return connection.scalar(sa.select(sa.func.max(table.review)).where(table.claim.in_(sorted(claims)))) or 0


def decide(
    connection: sa.Connection, decision: Proposal, made: str, by: str, seen: int
) -> tuple[Review, tuple[Held, ...], tuple[Held, ...]]:
    """Insert what was decided, and put the claims of its document in order.

    Args:
        connection: Within a transaction.
        decision: What was decided.
        made: UTC time, ISO 8601.
        by: Who decided.
        seen: Number of the last review of its claims that the reviewer knew of.

    Returns:
        The review; the claims of the document before it; and those after it.

    Raises:
        ReviewConflictError: Where somebody else has reviewed one of the claims since.
        ReviewError: Where a claim is not as the decision has it, or there is nothing to withdraw.
    """
    before = current(connection, decision.document)
    earlier = reviews(connection, decision.document)
    if decision.verdict is ReviewVerdict.WITHDRAWN:
        decision = _withdrawing(decision, earlier)
    number = (connection.scalar(sa.select(sa.func.max(tables.reviews.c.number))) or 0) + 1
    review = Review(
        number, made, by, decision.verdict, decision.document, decision.before, decision.after, decision.why,
        decision.of,
    )  # fmt: skip
    _check(connection, review, before, seen)
    connection.execute(sa.insert(tables.reviews), rows.review_row(review))
    about = [{"claim": claim, "review": number} for claim in sorted(review.touched)]
    connection.execute(sa.insert(tables.reviewed), about)
    made_of = extracted((one.claim for one in before), earlier)
    return review, before, _replace(connection, decision.document, before, held(made_of, (*earlier, review)))


def _withdrawing(decision: Proposal, earlier: Sequence[Review]) -> Proposal:
    """The withdrawal of a review, with the claims that go and come back by it.

    Raises:
        ReviewError: Where there is no such review, it is withdrawn already, or a later one rests on it.
    """
    standing = {review.number: review for review in holding(earlier)}
    found = standing.get(decision.of or 0)
    if found is None:
        raise ReviewError(decision.document, f"there is no review {decision.of} of it to withdraw")
    later = next((one for one in standing.values() if one.number > found.number and one.touched & found.touched), None)
    if later is not None:
        reason = f"review {later.number} came after review {found.number}; withdraw that first"
        raise ReviewError(decision.document, reason)
    return replace(decision, before=found.after, after=found.before)


def _check(connection: sa.Connection, review: Review, before: Sequence[Held], seen: int) -> None:
    """Raise where a decision does not fit what stands."""
    if not review.touched:
        raise ReviewError(review.document, "a review needs a claim")
    withdrawn = review.verdict is ReviewVerdict.WITHDRAWN
    # What a decision makes anew nobody can have looked at; an id may have been that of a claim taken back since.
    about = review.touched if withdrawn else {claim.id for claim in review.before}
    last = last_about(connection, about)
    if last > seen:
        raise ReviewConflictError(min(about), last)
    if withdrawn:
        return
    stands = {one.claim.id: one for one in before}
    for claim in review.before:
        if claim.id not in stands or stands[claim.id].claim != claim:
            raise ReviewError(claim.id, "is not what it was when it was looked at; open it again")
    known = {claim.id for claim in review.before}
    for claim in review.after:
        if claim.document != review.document:
            raise ReviewError(claim.id, f"is no claim of {review.document}")
        if claim.id not in known and claim.id in stands and stands[claim.id].standing.counts:
            raise ReviewError(claim.id, "is there already")


def current(connection: sa.Connection, document: str) -> tuple[Held, ...]:
    """The claims of a document with their standing, also those that do not count, in the order of its text."""
    return _held(connection, tables.claims.c.document == document)


def one(connection: sa.Connection, claim: str) -> Held | None:
    """The claim of this id with its standing; None where there is none."""
    found = _held(connection, tables.claims.c.id == claim)
    return found[0] if found else None


def _held(connection: sa.Connection, within: sa.ColumnElement[bool]) -> tuple[Held, ...]:
    """Some claims with their standing, in the order of the text."""
    table = tables.claims
    found = connection.execute(
        sa.select(table).where(within).order_by(table.c.start, table.c.end, table.c.id)
    ).mappings()
    held_rows = [dict(row) for row in found]
    names = [row["id"] for row in held_rows]
    spans = tables.grounds
    grounds = rows.grouped(
        (
            dict(row)
            for row in connection.execute(
                sa.select(spans).where(spans.c.claim.in_(names)).order_by(spans.c.position)
            ).mappings()
        ),
        "claim",
    )
    return tuple(Held(rows.claim_of(row, grounds[row["id"]]), Standing(row["standing"])) for row in held_rows)


def restore(connection: sa.Connection, document: str, claims: Iterable[Claim]) -> tuple[Held, ...]:
    """Give claims that were extracted anew their standing under the reviews of their document."""
    return held(claims, reviews(connection, document))


def _replace(
    connection: sa.Connection, document: str, before: Sequence[Held], after: tuple[Held, ...]
) -> tuple[Held, ...]:
    """Write the claims that are not what they were."""
    known = {one.claim.id: one for one in before}
    changed = [one for one in after if known.get(one.claim.id) != one]
    # Where only the standing is another, what is derived of the claim stays.
    kept = [one for one in changed if one.claim.id in known and known[one.claim.id].claim == one.claim]
    for one in kept:
        row = tables.claims.c.id == one.claim.id
        connection.execute(sa.update(tables.claims).where(row).values(standing=one.standing.value))
    changed = [one for one in changed if one not in kept]
    gone = sorted(known.keys() - {one.claim.id for one in after})
    stale = [*gone, *(one.claim.id for one in changed if one.claim.id in known)]
    if stale:
        connection.execute(sa.delete(tables.claims).where(tables.claims.c.id.in_(stale)))
    writing.insert_held(connection, changed)
    listing.refresh(connection, document)
    return after
