"""The order in which claims are reviewed: what a reviewer wants to see comes in, the next claim and progress go out.

What the rules and a second reader read differently comes first, then what only the rules read. Of those alike the
claims on which an estimate hangs most come first, of these the most doubtful, of these the latest listed. A step from
one claim to the next is one look into an index for each standing, however many claims there are.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple

import sqlalchemy as sa

from tallystick.model.review import ReviewVerdict, Standing
from tallystick.storage import tables
from tallystick.storage.dialects import by_index, unindexed
from tallystick.storage.views.kept import Kept
from tallystick.storage.views.view import View

__all__ = ["Place", "Progress", "Round", "Sought", "next_claim", "place_of", "progress"]


class Round(StrEnum):
    """Which claims a reviewer goes through."""

    FIRST = "first"  # that nobody has judged
    SECOND = "second"  # that others have judged, and the reviewer has not
    MINE = "mine"  # that the reviewer has not judged
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Sought:
    """What a reviewer wants to see.

    Attributes:
        round: Which claims by who has judged them.
        category: Of this category alone, or None.
        population: Of the estimate of this id alone, or None.
        flagged: Only those about which there is a warning or an error.
    """

    round: Round = Round.FIRST
    category: str | None = None
    population: str | None = None
    flagged: bool = False


class Place(NamedTuple):
    """Where a claim stands in the queue."""

    dispute: int
    sway: float
    doubt: float
    position: int


class Progress(NamedTuple):
    """How far a queue has been gone through.

    Attributes:
        reviewed: Claims with these filters that somebody has judged.
        all: All claims with these filters.
    """

    reviewed: int
    all: int


# A look for each of these standings finds the next claim. What was split or merged is looked at by what came of it.
STANDINGS = {
    Round.FIRST: (Standing.EXTRACTED,),
    Round.SECOND: tuple(one for one in Standing if one is not Standing.EXTRACTED and one is not Standing.REPLACED),
    Round.MINE: tuple(one for one in Standing if one is not Standing.REPLACED),
    Round.ALL: tuple(one for one in Standing if one is not Standing.REPLACED),
}
# What the queue is sorted by; the index by which a claim is found has these in this order.
PLACE = ("dispute", "sway", "doubt", "position")


def place_of(view: View, claim: str) -> Place | None:
    """Give where a claim stands in the queue; None where there is no such claim."""
    of = tables.listing.c
    row = view.first(sa.select(*(of[name] for name in PLACE)).where(of.claim == claim))
    return None if row is None else _place(row)


def _place(row: Mapping[str, Any]) -> Place:
    return Place(row["dispute"], row["sway"], row["doubt"], row["position"])


def next_claim(view: View, sought: Sought, me: str, after: Place | None = None, *, back: bool = False) -> str | None:
    """Give the id of the next claim to look at, or None where there is none further.

    Args:
        view: The case.
        sought: What the reviewer wants to see.
        me: Who reviews.
        after: Where the claim stands behind which to look; None begins at the first.
        back: Whether to look before it instead, nearest first.
    """
    found = []
    for standing in STANDINGS[sought.round]:
        values: dict[str, str | float | None] = {
            "standing": standing.value, "me": me, "category": sought.category, "population": sought.population,
        }  # fmt: skip
        if after is not None:
            values |= after._asdict()
        row = view.first(_query(sought, onward=after is not None, back=back), values)
        if row is not None:
            found.append((_place(row), row["claim"]))
    if not found:
        return None
    return str((min if back else max)(found)[1])


@lru_cache
def _query(sought: Sought, *, onward: bool, back: bool) -> sa.Select[Any]:
    """The query for the next claim of one standing."""
    listed = _listed(sought)
    place = [listed.c[name] for name in PLACE]
    query = _narrowed(sought, sa.select(listed.c.claim, *place), listed)
    if sought.round in (Round.SECOND, Round.MINE):
        query = query.where(_unjudged(listed))
    if onward:
        here, there = sa.tuple_(*place), sa.tuple_(*(sa.bindparam(one.name, type_=one.type) for one in place))
        query = query.where(here > there if back else here < there)
    return query.order_by(*(one.asc() if back else one.desc() for one in place)).limit(1)


def _unjudged(listed: sa.FromClause) -> sa.ColumnElement[bool]:
    """That `me` has not judged a claim; a review counts as a judgement of its maker until it is taken back."""
    about, review, back = tables.reviewed.c, tables.reviews, tables.reviews.alias()
    judged = (
        sa.select(sa.literal(1))
        .join_from(tables.reviewed, review, review.c.number == about.review)
        .where(
            about.claim == listed.c.claim, review.c.by == sa.bindparam("me"),
            review.c.verdict != ReviewVerdict.WITHDRAWN.value,
            ~sa.exists().where(back.c.document == review.c.document, back.c.of == review.c.number),
        )
    )  # fmt: skip
    return ~judged.exists()


def _listed(sought: Sought) -> sa.FromClause:
    """The listing of claims, with the index that has those with these filters in the order of the queue."""
    if sought.population:
        return tables.listing
    index = "kind_queue" if sought.category else "flagged_queue" if sought.flagged else "queue"
    return by_index(tables.listing, f"ix_listing_{index}")


def _narrowed(sought: Sought, query: sa.Select[Any], listed: sa.FromClause) -> sa.Select[Any]:
    """The query of those claims alone that have these filters, and one standing."""
    of, pairs = listed.c, tables.estimate_claims.c
    standing: sa.ColumnElement[Any] = of.standing
    category: sa.ColumnElement[Any] = of.category
    if sought.population:
        # By the claims of the estimate, not by what they have in common with all others.
        query = query.select_from(tables.estimate_claims).join(listed, of.claim == pairs.claim)
        query = query.where(pairs.estimate == sa.bindparam("population"))
        standing, category = unindexed(standing), unindexed(category)
    if sought.category:
        query = query.where(category == sa.bindparam("category"))
    if sought.flagged:
        # In these words the index has it.
        query = query.where(of.severity > sa.literal_column("1"))
    return query.select_from(listed).where(standing == sa.bindparam("standing"))


_counts: Kept[Progress] = Kept()


def progress(view: View, sought: Sought) -> Progress:
    """Give how many of the claims with these filters somebody has judged; who did does not count."""
    asked = Sought(Round.ALL, sought.category, sought.population, sought.flagged)
    return _counts.of(view, asked, lambda moment: _counted(moment, asked))


def _counted(view: View, sought: Sought) -> Progress:
    reviewed = whole = 0
    query = _narrowed(sought, sa.select(sa.func.count()), _listed(sought))
    for standing in STANDINGS[Round.ALL]:
        values = {"standing": standing.value, "category": sought.category, "population": sought.population}
        number = view.scalar(query, values)
        whole += number
        reviewed += 0 if standing is Standing.EXTRACTED else number
    return Progress(reviewed, whole)
