"""Origins as a list, and what goes back to one of them or to those of an estimate: a view comes in, records go out.

What is drawn is a ledger of a few reports without their texts, never the case: the first claims of each origin, which
the others lead back to, with the steps between them.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import sqlalchemy as sa

from tallystick.model.claim import Claim, Status
from tallystick.model.document import Document, by_publication
from tallystick.model.estimate import Estimate, Population, Reading
from tallystick.model.ledger import Ledger
from tallystick.model.lineage import Independent, Lineage, Origin, edge_order
from tallystick.storage import rows, tables
from tallystick.storage.contents import COUNTING
from tallystick.storage.views import search
from tallystick.storage.views.kept import Kept
from tallystick.storage.views.view import View

__all__ = ["MOST_CLAIMS", "MOST_LISTED", "PER_PAGE", "Asked", "Listed", "Page", "Portion", "listed", "of_estimate",
           "of_origin"]  # fmt: skip

PER_PAGE = 40
# Origins that one list pages through: nobody turns a hundred pages, a filter leads there sooner.
MOST_LISTED = 4_000
# Claims in whose sentences words are looked for.
MOST_FOUND = 4_000
# Claims of one origin that are looked at, the earliest first: a picture shows 24 reports, the list below it as many.
MOST_CLAIMS = 160
# Statements of one estimate that are looked at; the list shows as many.
MOST_STATEMENTS = 12
# Figures of one origin that its box names.
MOST_FIGURES = 2


class Asked(NamedTuple):
    """Which origins a list shows.

    Attributes:
        speaker: Only where the speaker's name has these letters in it; "" for every one.
        text: Only where the sentence of a claim has these words; "" for every one.
        page: From 1; one beyond the last gives the last.
    """

    speaker: str = ""
    text: str = ""
    page: int = 1


class Listed(NamedTuple):
    """An origin in the list: how many reports and claims go back to it, and how far it counts."""

    id: str
    speaker: str | None
    date: str | None
    reports: int
    claims: int
    independent: Independent
    reason: str


class Page(NamedTuple):
    """A page of the list; `total` is of all pages, `cut` says that there are more than are listed."""

    origins: tuple[Listed, ...]
    number: int
    pages: int
    total: int
    cut: bool


class Portion(NamedTuple):
    """What is drawn.

    Attributes:
        ledger: The reports, without their texts, with claims, steps, origins and judgements.
        estimate: What all of it is of; of a single origin it is made for the picture and stands in no case.
        claims_left_out: Claims of these origins that were not looked at.
        statements_left_out: Origins of the estimate that were not looked at.
    """

    ledger: Ledger
    estimate: Estimate
    claims_left_out: int
    statements_left_out: int


_KEPT: Kept[tuple[str, ...]] = Kept()


def listed(view: View, asked: Asked) -> Page:
    """Give a page of the origins, those that most claims go back to first."""
    names = _names(view, asked)
    pages = max(1, -(-len(names) // PER_PAGE))
    number = min(max(asked.page, 1), pages)
    shown = names[(number - 1) * PER_PAGE : number * PER_PAGE]
    columns = tables.origins.c
    found = {row["id"]: row for row in view.rows(sa.select(tables.origins).where(columns.id.in_(shown)))}
    origins = tuple(_listed(rows.origin_of(found[name])) for name in shown if name in found)
    return Page(origins, number, pages, len(names), len(names) == MOST_LISTED)


def _listed(origin: Origin) -> Listed:
    return Listed(
        origin.id, origin.speaker, origin.date, len(origin.documents), len(origin.claims), origin.independent,
        origin.reason,
    )  # fmt: skip


def _names(view: View, asked: Asked) -> tuple[str, ...]:
    """The ids of all that are listed, in order; what is gone since is left out where it is shown."""
    return _KEPT.of(view, (asked.speaker.casefold(), asked.text.casefold()), lambda held: _found(held, asked))


def _found(view: View, asked: Asked) -> tuple[str, ...]:
    origins, pairs, claims = tables.origins.c, tables.origin_claims.c, tables.claims.c
    many = sa.func.count()
    query = sa.select(pairs.origin).group_by(pairs.origin).order_by(many.desc(), pairs.origin).limit(MOST_LISTED)
    if asked.speaker:
        like = origins.speaker.icontains(asked.speaker, autoescape=True)
        query = query.where(pairs.origin.in_(sa.select(origins.id).where(like)))
    if asked.text:
        holding = search.claims_with(view, asked.text)
        if holding is None:
            return ()
        held = sa.select(claims.id).where(claims.position.in_(search.earliest(holding, MOST_FOUND)))
        named = sa.select(pairs.origin).where(pairs.claim.in_(held))
        query = query.where(pairs.origin.in_(named))
    return tuple(row["origin"] for row in view.rows(query))


def of_origin(view: View, name: str) -> Portion | None:
    """Give what goes back to an origin; None where there is none of this id."""
    row = view.first(sa.select(tables.origins).where(tables.origins.c.id == name))
    if row is None:
        return None
    origin = rows.origin_of(row)
    kept = origin.claims[:MOST_CLAIMS]
    claims = _claims(view, kept)
    ledger = _ledger(view, (origin,), claims)
    return Portion(ledger, _made_for(origin, claims), len(origin.claims) - len(kept), 0)


def of_estimate(view: View, name: str) -> Portion | None:
    """Give what goes back to the origins of an estimate; None where there is none of this id."""
    row = view.first(sa.select(tables.estimates).where(tables.estimates.c.id == name))
    if row is None:
        return None
    columns = tables.readings.c
    readings = view.rows(sa.select(tables.readings).where(columns.estimate == name).order_by(columns.position))
    estimate = rows.estimate_of(row, readings)
    statements = tuple(dict.fromkeys(reading.origin for reading in estimate.readings))
    shown = statements[:MOST_STATEMENTS]
    found = view.rows(sa.select(tables.origins).where(tables.origins.c.id.in_(shown)))
    origins = tuple(rows.origin_of(one) for one in found)
    inside = frozenset(estimate.claims)
    kept: list[str] = []
    left_out = 0
    for origin in origins:
        # Those of the estimate, and those that they may lead back to.
        own = [claim for claim in origin.claims if claim in inside][:MOST_CLAIMS]
        way = [claim for claim in origin.claims[:MOST_CLAIMS] if claim not in inside]
        kept += own + way
        left_out += sum(claim in inside for claim in origin.claims) - len(own)
    ledger = _ledger(view, origins, _claims(view, kept), estimate)
    return Portion(ledger, estimate, left_out, len(statements) - len(shown))


def _ledger(view: View, origins: tuple[Origin, ...], claims: tuple[Claim, ...], *estimates: Estimate) -> Ledger:
    documents = _documents(view, sorted({claim.document for claim in claims}))
    names = [*(claim.id for claim in claims), *(document.id for document in documents)]
    edges = tables.edges.c
    ends = frozenset(names)
    steps = (rows.edge_of(row) for row in view.rows(sa.select(tables.edges).where(edges.later.in_(names))))
    between = sorted((edge for edge in steps if edge.earlier in ends), key=edge_order)
    decided = tables.judgements.c
    judged = sa.select(tables.judgements).where(decided.later.in_(names), decided.earlier.in_(names))
    judgements = tuple(map(rows.judgement_of, view.rows(judged.order_by(decided.number))))
    return Ledger(documents, claims, Lineage(tuple(between), origins), estimates, (), judgements=judgements)


def _claims(view: View, names: Iterable[str]) -> tuple[Claim, ...]:
    """Claims that count, without what shows their fields."""
    within = tables.claims.c.id.in_(list(names))
    found = [rows.claim_of(row, ()) for row in view.rows(sa.select(tables.claims).where(within, COUNTING))]
    return tuple(sorted(found, key=lambda claim: (claim.document, claim.start, claim.end, claim.id)))


def _documents(view: View, names: Sequence[str]) -> tuple[Document, ...]:
    """Reports as far as a picture names them, without text."""
    columns = tables.documents.c
    named = (columns.id, columns.title, columns.outlet, columns.published, columns.language)
    found = [
        Document(row["id"], "", "", (), "", row["title"], None, row["outlet"], None, row["published"], row["language"])
        for row in view.rows(sa.select(*named).where(columns.id.in_(names)))
    ]
    return tuple(sorted(found, key=by_publication))


def _made_for(origin: Origin, claims: Sequence[Claim]) -> Estimate:
    """An origin as a picture takes it: all its claims as if one estimate held them, with its figures."""
    label = f"{origin.speaker or 'No speaker named'}, {origin.date or 'undated'}"
    figures = {(claim.low, claim.high, claim.bound): claim for claim in reversed(claims)}
    readings = tuple(
        Reading(origin.id, origin.speaker, origin.date, low, high, bound, (claim.id,), 1)
        for (low, high, bound), claim in sorted(figures.items(), key=lambda one: one[1].id)[:MOST_FIGURES]
    )
    return Estimate(
        id=origin.id, population=Population("", None, None, label, ""), status=Status.ACTUAL, measure=None, when=None,
        best=None, low=None, high=None, credibility=6, readings=readings, claims=tuple(claim.id for claim in claims),
        independent=origin.independent, reports=len(origin.documents), parts=(), whole=None, conflicts=(), steps=(),
    )  # fmt: skip
