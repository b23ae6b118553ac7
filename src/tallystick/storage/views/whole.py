"""Records of the model by their ids, as a page of a list names them: ids come in, records in their order go out.

What is there no more is passed over.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from tallystick.model.estimate import Estimate
from tallystick.model.flag import Evidence, Flag
from tallystick.model.hit import Hit
from tallystick.model.judgement import Judgement
from tallystick.model.lineage import Edge, Origin
from tallystick.model.review import Review
from tallystick.model.stream import Stated
from tallystick.storage import rows, tables
from tallystick.storage.dialects import piece, tabled
from tallystick.storage.views import claims as claim_views
from tallystick.storage.views.stream import Records
from tallystick.storage.views.view import View

__all__ = [
    "MOST_STEPS", "Card", "Steps", "beside", "cards", "citing", "estimates", "first_entry", "flags", "held", "hits",
    "judgements", "last_hash", "last_review", "origins", "quotes", "reviews", "reviews_of", "stated", "steps_from",
    "steps_of",
]  # fmt: skip

# Steps to or from one claim that are given: a wire's figure has hundreds of copies.
MOST_STEPS = 200
# Steps between the claims of one origin: those of a figure that everybody copied.
MOST_BETWEEN = 2_000
# Claims of the same report that are named beside one.
MOST_BESIDE = 50
HELD = ("documents", "claims", "origins", "estimates", "flags", "hits", "judgements", "reviews", "changes")
# Spans that are quoted at once.
PORTION = 2_000


class Card(NamedTuple):
    """A report without its text; the fields are those of `Document`, and how many code points its text has."""

    id: str
    sha256: str
    title: str | None
    url: str | None
    outlet: str | None
    author: str | None
    published: str | None
    updated: str | None
    language: str
    characters: int


class Steps(NamedTuple):
    """Steps, and whether there are more than are given."""

    edges: tuple[Edge, ...]
    more: bool


def last_hash(view: View) -> str:
    """Give the hash of the last entry of the custody log: where it is the same, so is everything that is shown."""
    of = tables.custody.c
    found: str | None = view.scalar(sa.select(of.hash).order_by(of.number.desc()).limit(1))
    return found or ""


def first_entry(view: View) -> tuple[str, str]:
    """Give hash and time of the first entry of the custody log: what names a case for good, and when it was made."""
    of = tables.custody.c
    row = view.first(sa.select(of.hash, of.time).order_by(of.number).limit(1))
    return ("", "1970-01-01T00:00:00Z") if row is None else (row["hash"], row["time"])


def held(view: View) -> dict[str, int]:
    """Give how many of each kind the case holds; of claims those too that count no more."""
    counts = (sa.select(sa.func.count()).select_from(tables.metadata.tables[name]).scalar_subquery() for name in HELD)
    found = view.connection.execute(sa.select(*counts)).one()
    return dict(zip(HELD, found, strict=True))


def stated(view: View, names: Sequence[str]) -> tuple[Stated, ...]:
    """Give claims with what the case knows of them, those that a reviewer took away too."""
    of = tables.claims.c
    places = {row["id"]: row["position"] for row in view.rows(sa.select(of.id, of.position).where(of.id.in_(names)))}
    found = claim_views.whole(view, [places[name] for name in names if name in places])
    cited = Records(view.connection).citations_of(one.claim.document for one in found)
    return tuple(Stated(one.claim, cited[one.claim.document], one.lineage, one.standing) for one in found)


def cards(view: View, names: Sequence[str]) -> tuple[Card, ...]:
    """Give reports without their texts."""
    of = tables.documents.c
    columns = (*(of[name] for name in Card._fields[:-1]), sa.func.length(of.text).label("characters"))
    found = (Card(**row) for row in view.rows(sa.select(*columns).where(of.id.in_(names))))
    return _in_order(names, {one.id: one for one in found})


def origins(view: View, names: Sequence[str]) -> tuple[Origin, ...]:
    """Give origins."""
    found = map(rows.origin_of, _of(view, tables.origins, names))
    return _in_order(names, {one.id: one for one in found})


def estimates(view: View, names: Sequence[str]) -> tuple[Estimate, ...]:
    """Give estimates with their readings."""
    of = tables.readings.c
    query = sa.select(tables.readings).where(of.estimate.in_(names)).order_by(of.position)
    readings = rows.grouped(view.rows(query), "estimate")
    found = (rows.estimate_of(row, readings[row["id"]]) for row in _of(view, tables.estimates, names))
    return _in_order(names, {one.id: one for one in found})


def flags(view: View, names: Sequence[str]) -> tuple[Flag, ...]:
    """Give flags with their evidence."""
    of = tables.evidence.c
    spans = rows.grouped(
        view.rows(sa.select(tables.evidence).where(of.flag.in_(names)).order_by(of.position)), "flag"
    )  # fmt: skip
    found = (rows.flag_of(row, spans[row["id"]]) for row in _of(view, tables.flags, names))
    return _in_order(names, {one.id: one for one in found})


def hits(view: View, names: Sequence[str]) -> tuple[Hit, ...]:
    """Give hits."""
    return _in_order(names, {one.id: one for one in map(rows.hit_of, _of(view, tables.hits, names))})


def judgements(view: View, numbers: Sequence[int]) -> tuple[Judgement, ...]:
    """Give judgements by their numbers."""
    of = tables.judgements.c
    found = map(rows.judgement_of, view.rows(sa.select(tables.judgements).where(of.number.in_(numbers))))
    return _in_order(numbers, {one.number: one for one in found})


def reviews(view: View, numbers: Sequence[int]) -> tuple[Review, ...]:
    """Give reviews of claims by their numbers."""
    of = tables.reviews.c
    found = map(rows.review_of, view.rows(sa.select(tables.reviews).where(of.number.in_(numbers))))
    return _in_order(numbers, {one.number: one for one in found})


def quotes(view: View, spans: Iterable[Evidence]) -> dict[Evidence, str]:
    """Give the words of spans, without reading the reports whole."""
    asked = tuple(dict.fromkeys(spans))
    found: dict[Evidence, str] = {}
    for first in range(0, len(asked), PORTION):
        some = asked[first : first + PORTION]
        each = tabled([(turn, one.document, one.start, one.end - one.start) for turn, one in enumerate(some)])
        turn, document, start, long = (each.c.value[place] for place in range(4))
        words = piece(tables.documents.c.text, start.as_integer() + 1, long.as_integer())
        query = sa.select(turn.as_integer(), words)
        held = query.join_from(each, tables.documents, tables.documents.c.id == document.as_string())
        found.update((some[number], told) for number, told in view.connection.execute(held))
    return found


def steps_of(view: View, name: str, *, back: bool) -> Steps:
    """Give the steps from a claim or report back to others, or those of others back to it, the surest first."""
    of = tables.edges.c
    query = sa.select(tables.edges).where((of.later if back else of.earlier) == name)
    found = view.rows(query.order_by(of.confidence.desc(), of.later, of.earlier).limit(MOST_STEPS + 1))
    return Steps(tuple(map(rows.edge_of, found[:MOST_STEPS])), len(found) > MOST_STEPS)


def steps_from(view: View, names: Sequence[str]) -> Steps:
    """Give the steps back from some claims or reports, in order."""
    of = tables.edges.c
    query = sa.select(tables.edges).where(of.later.in_(names)).order_by(of.later, of.earlier, of.mechanism)
    found = view.rows(query.limit(MOST_BETWEEN + 1))
    return Steps(tuple(map(rows.edge_of, found[:MOST_BETWEEN])), len(found) > MOST_BETWEEN)


def citing(view: View, kind: str, claim: str) -> tuple[str, ...]:
    """Give the ids of the estimates or flags that rest on a claim; `kind` is "estimate" or "flag"."""
    of = (tables.estimate_claims if kind == "estimate" else tables.flag_claims).c
    return tuple(view.connection.scalars(sa.select(of[kind]).where(of.claim == claim).order_by(of[kind])))


def beside(view: View, claim: str) -> tuple[str, ...]:
    """Give the ids of other claims of the report of a claim, the nearest in the text first."""
    of, own = tables.claims.c, tables.claims.alias()
    near = sa.func.abs(of.start - own.c.start)
    query = sa.select(of.id).join_from(tables.claims, own, of.document == own.c.document)
    found = query.where(own.c.id == claim, of.id != claim).order_by(near, of.start, of.id).limit(MOST_BESIDE)
    return tuple(view.connection.scalars(found))


def last_review(view: View, claim: str) -> int:
    """Give the number of the last review of a claim; 0 where there is none."""
    of = tables.reviewed.c
    return view.scalar(sa.select(sa.func.max(of.review)).where(of.claim == claim)) or 0


def reviews_of(view: View, claim: str) -> tuple[Review, ...]:
    """Give the reviews of a claim in order."""
    of = tables.reviewed.c
    numbers = view.connection.scalars(sa.select(of.review).where(of.claim == claim).order_by(of.review))
    return reviews(view, numbers.all())


def _of(view: View, table: sa.Table, names: Sequence[str]) -> list[dict[str, Any]]:
    return view.rows(sa.select(table).where(table.c.id.in_(names)))


def _in_order(names: Sequence[Any], found: Mapping[Any, Any]) -> tuple[Any, ...]:
    return tuple(found[name] for name in names if name in found)
