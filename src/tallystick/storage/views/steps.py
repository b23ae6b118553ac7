"""A step between two claims or reports as it is judged: a view comes in, both ends and what joins them go out."""

from collections.abc import Sequence
from typing import NamedTuple

import sqlalchemy as sa

from tallystick.model.change import Change
from tallystick.model.judgement import Judgement
from tallystick.model.lineage import Edge, EdgeLevel
from tallystick.storage import rows, tables
from tallystick.storage.contents import COUNTING
from tallystick.storage.dialects import piece
from tallystick.storage.views import search
from tallystick.storage.views.view import View

__all__ = ["MOST_ENDS", "MOST_MOVED", "End", "Moved", "Passage", "Step", "candidates", "end", "last_change", "moved",
           "step"]  # fmt: skip

# Claims and reports that a search for the earlier end offers.
MOST_ENDS = 20
# Matches of a search that are looked at for those published in time.
MOST_MATCHES = 200
# Passages of one step, and code points of each, that are shown.
MOST_PASSAGES = 12
LONGEST_PASSAGE = 600
# Code points of a report's text that stand for it.
BEGINNING = 240
# Changes that are told of one judgement.
MOST_MOVED = 40


class End(NamedTuple):
    """A claim or a report.

    Attributes:
        id: Its id.
        level: Which of both it is.
        document: Id of the report.
        outlet: Who published it, or None.
        title: As published, or None.
        published: Day or time, or None.
        quote: The sentence of a claim; how a report begins.
        figure: The figure of a claim, or "".
        prefix: What stands before it.
        start: Where the figure stands in the report; None for a report.
        end: One past its last code point, or None.
        origin: Id of the origin of a claim, or None.
    """

    id: str
    level: EdgeLevel
    document: str
    outlet: str | None
    title: str | None
    published: str | None
    quote: str
    figure: str = ""
    prefix: str = ""
    start: int | None = None
    end: int | None = None
    origin: str | None = None


class Passage(NamedTuple):
    """Words that stand in both reports, where, and whether they are cut here."""

    words: str
    later: tuple[int, int]
    earlier: tuple[int, int]
    cut: bool


class Step(NamedTuple):
    """A step with all that is known of it.

    Attributes:
        later: What repeats.
        earlier: What it goes back to.
        edges: What joins the two, the surest first; empty where nothing does.
        passages: The words that both reports have by these edges, or by those between the reports.
        judgements: What was decided about the two, in order.
    """

    later: End
    earlier: End
    edges: tuple[Edge, ...]
    passages: tuple[Passage, ...]
    judgements: tuple[Judgement, ...]


class Moved(NamedTuple):
    """What became different after a change of that number, at most `MOST_MOVED`; whether more is still derived."""

    changes: tuple[Change, ...]
    more: int
    behind: bool


def end(view: View, name: str) -> End | None:
    """Give the claim or the report of an id; None where there is none, or where a reviewer took the claim away."""
    found = _claim_ends(view, (name,)) or _report_ends(view, (name,))
    return found[0] if found else None


def step(view: View, later: str, earlier: str) -> Step | None:
    """Give the step between two claims or reports, whichever repeats; None where one of them is not there."""
    ends = [end(view, name) for name in (later, earlier)]
    first, second = ends
    if first is None or second is None:
        return None
    edges = _edges(view, first.id, second.id)
    if edges and edges[0].later == second.id:
        first, second = second, first
    shown = edges if first.level is EdgeLevel.DOCUMENT else (*edges, *_edges(view, first.document, second.document))
    passages = _passages(view, shown, first)
    table = tables.judgements.c
    pair = sa.select(tables.judgements).where(
        table.later.in_((later, earlier)), table.earlier.in_((later, earlier))
    ).order_by(table.number)  # fmt: skip
    judgements = tuple(map(rows.judgement_of, view.rows(pair)))
    return Step(first, second, edges, passages, judgements)


def candidates(view: View, asked: str, later: End) -> tuple[End, ...]:
    """Give claims, or for a report reports, that have the words asked for or that id and are not after `later`.

    Args:
        view: The case.
        asked: Words, or an id.
        later: What goes back to one of them.
    """
    named = end(view, asked.strip())
    if named is not None and named.level is later.level:
        return () if named.id == later.id else (named,)
    reports = later.level is EdgeLevel.DOCUMENT
    of = (tables.documents if reports else tables.claims).c
    holding = search.documents_with(view, asked) if reports else search.claims_with(view, asked)
    if holding is None:
        return ()
    query = sa.select(of.id).where(of.position.in_(search.earliest(holding, MOST_MATCHES)), of.id != later.id)
    names = view.connection.scalars(query).all()
    found = _report_ends(view, names) if reports else _claim_ends(view, names)
    in_time = (one for one in found if not later.published or (one.published or "") <= later.published)
    return tuple(sorted(in_time, key=lambda one: (one.published or "", one.id), reverse=True)[:MOST_ENDS])


def last_change(view: View) -> int:
    """Give the number of the last change that is kept; 0 where there is none."""
    return view.scalar(sa.select(sa.func.max(tables.changes.c.number))) or 0


def moved(view: View, after: int) -> Moved:
    """Give what became different after the change of that number."""
    table = tables.changes.c
    later = table.number > after
    query = sa.select(tables.changes).where(later).order_by(table.number).limit(MOST_MOVED)
    found = tuple(rows.change_of(row) for row in view.rows(query))
    total = last_change(view) - after
    return Moved(found, max(total - len(found), 0), view.behind)


def _claim_ends(view: View, names: Sequence[str]) -> list[End]:
    claims, documents, pairs = tables.claims.c, tables.documents.c, tables.origin_claims.c
    query = (
        sa.select(
            claims.id, claims.document, claims.quote, claims.figure, claims.prefix, claims.start, claims.end,
            documents.outlet, documents.title, documents.published, pairs.origin,
        )
        .join(tables.documents, documents.id == claims.document)
        .outerjoin(tables.origin_claims, pairs.claim == claims.id)
        .where(claims.id.in_(list(names)), COUNTING)
    )  # fmt: skip
    return [End(level=EdgeLevel.CLAIM, **row) for row in view.rows(query)]


def _report_ends(view: View, names: Sequence[str]) -> list[End]:
    columns = tables.documents.c
    query = sa.select(
        columns.id, columns.id.label("document"), columns.outlet, columns.title, columns.published,
        piece(columns.text, 1, BEGINNING).label("quote"),
    ).where(columns.id.in_(list(names)))  # fmt: skip
    return [End(level=EdgeLevel.DOCUMENT, **row) for row in view.rows(query)]


def _edges(view: View, one: str, other: str) -> tuple[Edge, ...]:
    """What joins two ids, in either direction, the surest first."""
    table = tables.edges.c
    either = sa.or_(sa.and_(table.later == one, table.earlier == other),
                    sa.and_(table.later == other, table.earlier == one))  # fmt: skip
    found = map(rows.edge_of, view.rows(sa.select(tables.edges).where(either)))
    return tuple(sorted(found, key=lambda edge: (-edge.confidence, edge.mechanism, edge.later)))


def _passages(view: View, edges: Sequence[Edge], first: End) -> tuple[Passage, ...]:
    """The words that two reports have in common, each once, as the later one writes them."""
    own = (first.id, first.document)
    spans = sorted({
        ((one.later_start, one.later_end), (one.earlier_start, one.earlier_end)) if edge.later in own
        else ((one.earlier_start, one.earlier_end), (one.later_start, one.later_end))
        for edge in edges for one in edge.shared
    })  # fmt: skip
    text = tables.documents.c.text
    found = []
    for here, there in spans[:MOST_PASSAGES]:
        long = min(here[1] - here[0], LONGEST_PASSAGE)
        query = sa.select(piece(text, here[0] + 1, long)).where(tables.documents.c.id == first.document)
        found.append(Passage(view.scalar(query) or "", here, there, here[1] - here[0] > LONGEST_PASSAGE))
    return tuple(found)
