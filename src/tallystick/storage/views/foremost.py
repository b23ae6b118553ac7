"""The part of a large case that a report shows: a view comes in, a ledger of what matters most and counts go out.

Estimates that are flagged come first, then those that are disputed or reported most, as the report itself ranks them;
with them comes all that they rest on.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

import sqlalchemy as sa

from tallystick.model.claim import Claim
from tallystick.model.document import Document, by_publication
from tallystick.model.estimate import Estimate, estimate_order
from tallystick.model.fact import Fact
from tallystick.model.flag import Flag, flag_order
from tallystick.model.ledger import Ledger
from tallystick.model.lineage import Edge, Lineage, Origin, edge_order, origin_order
from tallystick.storage import contents, rows, tables
from tallystick.storage.contents import COUNTING
from tallystick.storage.views import whole
from tallystick.storage.views.stream import Records
from tallystick.storage.views.view import View

__all__ = ["LARGE", "Amounts", "amounts", "foremost"]

# Claims from which on a case is large: below, all of it is read in a second.
LARGE = 8_000
# Of each kind: twice as many estimates as a page has cards, all flags and hits that it has room for.
ESTIMATES, FLAGS, HITS, JUDGEMENTS = 300, 300, 60, 300
# Claims of one estimate that are read, by publication: `tallystick explain` lists all.
CLAIMS_OF_ONE = 400
PORTION = 500
NOTE = "note"


class Amounts(NamedTuple):
    """How much a case holds, who is quoted (name, figures, origins), and when its latest report was published."""

    reports: int
    claims: int
    origins: int
    estimates: int
    flags: int
    hits: int
    speakers: tuple[tuple[str, int, int], ...]
    latest: str | None


def amounts(view: View) -> Amounts:
    """Count what a case holds."""
    held = whole.held(view)
    claims = view.scalar(sa.select(sa.func.count()).select_from(tables.claims).where(COUNTING)) or 0
    of = tables.origins.c
    figures = sa.func.sum(sa.func.json_array_length(of.claims))
    quoted = sa.select(of.speaker, figures, sa.func.count()).where(of.speaker > "").group_by(of.speaker)
    speakers = tuple(
        (str(name), int(number), int(origins))
        for name, number, origins in view.connection.execute(quoted.order_by(of.speaker))
    )
    latest: str | None = view.scalar(sa.select(sa.func.max(tables.documents.c.published)))
    return Amounts(
        held["documents"], claims, held["origins"], held["estimates"], held["flags"], held["hits"], speakers, latest
    )  # fmt: skip


def foremost(view: View) -> Ledger:
    """Give the part of a case that a report shows, in the order of a ledger."""
    estimates = _estimates(view)
    flags = _flags(view, [one.id for one in estimates])
    hits = tuple(islice(Records(view.connection).hits(), HITS))
    cited = (name for flag in flags for name in flag.claims[:CLAIMS_OF_ONE])
    shown = (name for hit in hits for finding in hit.findings for name in (*finding.claims, *finding.against))
    own = (name for one in estimates for name in one.claims[:CLAIMS_OF_ONE])
    claims = _claims(view, dict.fromkeys((*own, *cited, *shown)))
    spans = (one.document for flag in flags for one in flag.evidence)
    evident = (one.document for hit in hits for finding in hit.findings for one in finding.evidence)
    names = tuple(dict.fromkeys((*(claim.document for claim in claims), *spans, *evident)))
    documents = contents.some_documents(view.connection, names)
    judgements = contents.judgements(view.connection)[-JUDGEMENTS:]
    return Ledger(
        documents, _in_text(claims, documents), _lineage(view, claims, documents), estimates, flags,
        contents.failures(view.connection), tuple(_facts(view, documents)), judgements, hits,
    )  # fmt: skip


def _estimates(view: View) -> tuple[Estimate, ...]:
    """The first estimates by rank, in the order of a ledger."""
    of, pairs, flagged, flags = tables.estimates.c, tables.estimate_claims.c, tables.flag_claims.c, tables.flags.c
    marked = (
        sa.select(pairs.estimate).distinct()
        .join(tables.flag_claims, flagged.claim == pairs.claim).join(tables.flags, flags.id == flagged.flag)
        .where(flags.severity != NOTE)
    )  # fmt: skip
    disputed = sa.func.json_array_length(of.conflicts) > 0
    ledger = (of.reports.desc(), of.independent_high.desc(), of.label, of.status, sa.func.coalesce(of.when, ""), of.id)
    query = sa.select(of.id).order_by(of.id.in_(marked).desc(), disputed.desc(), of.reports.desc(), *ledger)
    names = view.connection.scalars(query.limit(ESTIMATES)).all()
    return tuple(sorted(whole.estimates(view, names), key=estimate_order))


def _flags(view: View, estimates: Sequence[str]) -> tuple[Flag, ...]:
    """The gravest flags, and all that mark one of these estimates."""
    of, pairs, flagged = tables.flags.c, tables.estimate_claims.c, tables.flag_claims.c
    marking = (
        sa.select(flagged.flag).distinct().join(tables.estimate_claims, pairs.claim == flagged.claim)
        .join(tables.flags, of.id == flagged.flag).where(pairs.estimate.in_(estimates), of.severity != NOTE)
    )  # fmt: skip
    gravest = [flag.id for flag in islice(Records(view.connection).flags(), FLAGS)]
    names = dict.fromkeys((*gravest, *view.connection.scalars(marking).all()))
    found = [flag for some in _portions(tuple(names)) for flag in whole.flags(view, some)]
    return tuple(sorted(found, key=flag_order))


def _claims(view: View, names: Iterable[str]) -> list[Claim]:
    """The claims of these ids that count."""
    return [one.claim for one in Records(view.connection).claims_of(names).values()]


def _in_text(claims: Iterable[Claim], documents: Sequence[Document]) -> tuple[Claim, ...]:
    """Claims in the order of the documents, then of their text."""
    turns = {document.id: turn for turn, document in enumerate(sorted(documents, key=by_publication))}
    held = (claim for claim in claims if claim.document in turns)
    return tuple(sorted(held, key=lambda claim: (turns[claim.document], claim.start, claim.end, claim.id)))


def _lineage(view: View, claims: Sequence[Claim], documents: Sequence[Document]) -> Lineage:
    """The origins of some claims, and the steps from them and from their reports."""
    of, pairs = tables.edges.c, tables.origin_claims.c
    origins: dict[str, Origin] = {}
    edges: dict[int, Edge] = {}
    for some in _portions([claim.id for claim in claims]):
        found = view.connection.scalars(sa.select(pairs.origin).distinct().where(pairs.claim.in_(some))).all()
        origins.update((one.id, one) for one in whole.origins(view, [name for name in found if name not in origins]))
        edges.update(_edges(view, of.later.in_(some)))
    for some in _portions([document.id for document in documents]):
        edges.update(_edges(view, of.later.in_(some)))
    return Lineage(tuple(sorted(edges.values(), key=edge_order)), tuple(sorted(origins.values(), key=origin_order)))


def _edges(view: View, within: sa.ColumnElement[bool]) -> Iterator[tuple[int, Edge]]:
    for row in view.rows(sa.select(tables.edges).where(within)):
        yield row["position"], rows.edge_of(row)


def _facts(view: View, documents: Iterable[Document]) -> Iterator[Fact]:
    # In the order of the documents: so are the portions, and the facts within one.
    for some in _portions([document.id for document in documents]):
        yield from contents.facts_of(view.connection, *some)


def _portions(names: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (names[first : first + PORTION] for first in range(0, len(names), PORTION))
