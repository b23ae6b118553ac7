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

from tallystick.model.review import Standing
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
# A review counts as a judgement of its maker until it is taken back.
UNJUDGED = """
NOT EXISTS (
    SELECT 1 FROM reviewed r JOIN reviews w ON w.number = r.review
    WHERE r.claim = l.claim AND w."by" = :me AND w.verdict <> 'withdrawn'
      AND NOT EXISTS (SELECT 1 FROM reviews z WHERE z.document = w.document AND z."of" = w.number)
)
"""


def place_of(view: View, claim: str) -> Place | None:
    """Give where a claim stands in the queue; None where there is no such claim."""
    row = view.first(
        sa.text("SELECT dispute, sway, doubt, position FROM listing WHERE claim = :claim"), {"claim": claim}
    )
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
def _query(sought: Sought, *, onward: bool, back: bool) -> sa.TextClause:
    """The query for the next claim of one standing."""
    source, wanted = _narrowed(sought)
    wanted += [UNJUDGED] if sought.round in (Round.SECOND, Round.MINE) else []
    wanted += (
        [f"(l.dispute, l.sway, l.doubt, l.position) {'>' if back else '<'} (:dispute, :sway, :doubt, :position)"]
        if onward
        else []
    )
    way = "ASC" if back else "DESC"
    order = f"l.dispute {way}, l.sway {way}, l.doubt {way}, l.position {way}"
    return sa.text(
        f"SELECT l.claim, l.dispute, l.sway, l.doubt, l.position FROM {source}"  # noqa: S608 - our own names
        f" WHERE {' AND '.join(wanted)} ORDER BY {order} LIMIT 1"
    )


def _narrowed(sought: Sought) -> tuple[str, list[str]]:
    """Where the claims with these filters come from, by the index that has them in order, and what they must be."""
    flagged = ["l.severity > 1"] if sought.flagged else []
    kind = ["l.category = :category"] if sought.category else []
    if sought.population:
        source = "estimate_claims e CROSS JOIN listing l ON l.claim = e.claim"
        return source, ["e.estimate = :population", "+l.standing = :standing", *kind, *flagged]
    index = "ix_listing_kind_queue" if kind else "ix_listing_flagged_queue" if flagged else "ix_listing_queue"
    return f"listing l INDEXED BY {index}", ["l.standing = :standing", *kind, *flagged]


_counts: Kept[Progress] = Kept()


def progress(view: View, sought: Sought) -> Progress:
    """Give how many of the claims with these filters somebody has judged; who did does not count."""
    asked = Sought(Round.ALL, sought.category, sought.population, sought.flagged)
    return _counts.of(view, asked, lambda moment: _counted(moment, asked))


def _counted(view: View, sought: Sought) -> Progress:
    reviewed = whole = 0
    source, wanted = _narrowed(sought)
    query = sa.text(f"SELECT count(*) FROM {source} WHERE {' AND '.join(wanted)}")  # noqa: S608 - our own names
    for standing in STANDINGS[Round.ALL]:
        values = {"standing": standing.value, "category": sought.category, "population": sought.population}
        number = view.scalar(query, values)
        whole += number
        reviewed += 0 if standing is Standing.EXTRACTED else number
    return Progress(reviewed, whole)
