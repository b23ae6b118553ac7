"""One report as it lies open, and one of its claims: a view comes in, what stands beside the text goes out.

Everything is found by an index from the report or the claim; nothing grows with the case but what repeats the report,
which is cut.
"""

from collections.abc import Iterator
from typing import NamedTuple

import sqlalchemy as sa

from tallystick.errors import UnknownNameError
from tallystick.model.claim import Claim, Status
from tallystick.model.flag import Flag, flag_order
from tallystick.model.lineage import EdgeLevel, Independent, Mechanism
from tallystick.model.quantity import Number
from tallystick.model.review import Held, Review, Standing
from tallystick.storage import rows, tables
from tallystick.storage.views.view import View

__all__ = [
    "MOST_ALIKE",
    "Alike",
    "Chosen",
    "Figure",
    "Repeats",
    "Root",
    "Step",
    "Weighed",
    "alike",
    "chosen",
    "document_of",
    "figures",
]

# Reports that share words with this one, on each side, the surest first: a wire's story has hundreds of copies.
MOST_ALIKE = 25
# Steps of one way back; longer ones were not seen, and a circle ends here too.
LONGEST_WAY = 25
# Estimates and flags of one claim.
MOST_OF_CLAIM = 50


class Figure(NamedTuple):
    """A claim as the text shows it: where its figure stands, what it says, and by whose word."""

    id: str
    start: int
    end: int
    figure: str
    counted: str | None
    category: str
    status: Status
    standing: Standing
    speaker: str | None


class Alike(NamedTuple):
    """Another report that has words of this one.

    Attributes:
        document: Its id.
        title: As published, or None.
        outlet: Who published it, or None.
        published: Day or time, ISO 8601, or None.
        earlier: Whether this report goes back to that one; else that one goes back to this.
        mechanism: What showed it.
        reason: One sentence.
        here: Where the shared words stand in this report, as start and end.
        there: Where they stand in the other one, in the same order.
    """

    document: str
    title: str | None
    outlet: str | None
    published: str | None
    earlier: bool
    mechanism: Mechanism
    reason: str
    here: tuple[tuple[int, int], ...]
    there: tuple[tuple[int, int], ...]


class Repeats(NamedTuple):
    """The reports that have words of this one, and how many more there are."""

    shown: tuple[Alike, ...]
    more: int


class Step(NamedTuple):
    """One step back: what showed it, and the claim that it leads to."""

    mechanism: Mechanism
    reason: str
    confidence: float
    claim: str
    figure: str
    document: str
    outlet: str | None
    published: str | None


class Root(NamedTuple):
    """The origin of a claim.

    Attributes:
        id: Id of the origin.
        speaker: Who said it, or None.
        date: EDTF date of the statement, or None.
        independent: How many independent observations it is.
        reason: Why its claims are one origin.
        reports: How many reports carry it.
        claims: How many claims go back to it.
        way: The steps from the claim back; empty where it is a first telling.
        repeated_by: How many claims go back to this one itself.
    """

    id: str
    speaker: str | None
    date: str | None
    independent: Independent
    reason: str
    reports: int
    claims: int
    way: tuple[Step, ...]
    repeated_by: int


class Weighed(NamedTuple):
    """An estimate that a claim goes into."""

    id: str
    label: str
    status: Status
    best: Number | None
    low: Number | None
    high: Number | None
    unit: str


class Chosen(NamedTuple):
    """A claim with all that is known about it.

    Attributes:
        held: The claim with its standing.
        reviews: What reviewers decided about it, in order.
        flags: The flags on it, the gravest first.
        estimates: The estimates that it goes into.
        root: Its origin; None where it has none yet, or does not count.
    """

    held: Held
    reviews: tuple[Review, ...]
    flags: tuple[Flag, ...]
    estimates: tuple[Weighed, ...]
    root: Root | None


def figures(view: View, document: str) -> tuple[Figure, ...]:
    """Give the claims of a report, also those that do not count, in the order of its text."""
    held = tables.claims.c
    columns = [held[name] for name in Figure._fields]
    query = sa.select(*columns).where(held.document == document).order_by(held.start, held.end, held.id)
    return tuple(
        Figure(
            row.id, row.start, row.end, row.figure, row.counted, row.category, Status(row.status),
            Standing(row.standing), row.speaker,
        )
        for row in view.connection.execute(query)
    )  # fmt: skip


def alike(view: View, document: str) -> Repeats:
    """Give the reports that have words of this one: those it goes back to, then those that go back to it."""
    found = [*_alike(view, document, earlier=True), *_alike(view, document, earlier=False)]
    ends = tables.edges.c
    total = sum(
        view.scalar(
            sa.select(sa.func.count()).where(here == document, ends.level == EdgeLevel.DOCUMENT.value)
        ) or 0
        for here in (ends.later, ends.earlier)
    )  # fmt: skip
    return Repeats(tuple(found), total - len(found))


def _alike(view: View, document: str, *, earlier: bool) -> Iterator[Alike]:
    edges, held = tables.edges.c, tables.documents.c
    here, there = (edges.later, edges.earlier) if earlier else (edges.earlier, edges.later)
    query = (
        sa.select(tables.edges, held.title, held.outlet, held.published)
        .join_from(tables.edges, tables.documents, held.id == there)
        .where(here == document, edges.level == EdgeLevel.DOCUMENT.value)
        .order_by(edges.confidence.desc(), edges.position)
        .limit(MOST_ALIKE)
    )
    for row in view.rows(query):
        edge = rows.edge_of(row)
        later = tuple((one.later_start, one.later_end) for one in edge.shared)
        first = tuple((one.earlier_start, one.earlier_end) for one in edge.shared)
        yield Alike(
            edge.earlier if earlier else edge.later, row["title"], row["outlet"], row["published"], earlier,
            edge.mechanism, edge.reason, *((later, first) if earlier else (first, later)),
        )  # fmt: skip


def document_of(view: View, claim: str) -> str:
    """Give the id of the report of a claim.

    Raises:
        UnknownNameError: Where there is no such claim.
    """
    found: str | None = view.scalar(sa.select(tables.claims.c.document).where(tables.claims.c.id == claim))
    if found is None:
        raise UnknownNameError(claim, "the case holds no claim of that id; it may have been split or merged")
    return found


def chosen(view: View, claim: str) -> Chosen:
    """Give a claim with all that is known about it.

    Raises:
        UnknownNameError: Where there is no such claim.
    """
    row = view.first(sa.select(tables.claims).where(tables.claims.c.id == claim))
    if row is None:
        raise UnknownNameError(claim, "the case holds no claim of that id; it may have been split or merged")
    grounds = view.rows(
        sa.select(tables.grounds).where(tables.grounds.c.claim == claim).order_by(tables.grounds.c.position)
    )
    held = Held(rows.claim_of(row, grounds), Standing(row["standing"]))
    return Chosen(held, _reviews(view, claim), _flags(view, claim), _estimates(view, claim), _root(view, held.claim))


def _reviews(view: View, claim: str) -> tuple[Review, ...]:
    about, held = tables.reviewed.c, tables.reviews.c
    numbers = sa.select(about.review).where(about.claim == claim)
    query = sa.select(tables.reviews).where(held.number.in_(numbers)).order_by(held.number)
    return tuple(map(rows.review_of, view.rows(query)))


def _flags(view: View, claim: str) -> tuple[Flag, ...]:
    of, held, spans = tables.flag_claims.c, tables.flags.c, tables.evidence.c
    names = sa.select(of.flag).where(of.claim == claim).order_by(of.flag).limit(MOST_OF_CLAIM)
    found = view.rows(sa.select(tables.flags).where(held.id.in_(names)))
    shown = [row["id"] for row in found]
    query = sa.select(tables.evidence).where(spans.flag.in_(shown)).order_by(spans.position)
    evidence = rows.grouped(view.rows(query), "flag")
    return tuple(sorted((rows.flag_of(row, evidence[row["id"]]) for row in found), key=flag_order))


def _estimates(view: View, claim: str) -> tuple[Weighed, ...]:
    of, held = tables.estimate_claims.c, tables.estimates.c
    columns = [held[name] for name in Weighed._fields]
    query = (
        sa.select(*columns)
        .where(held.id.in_(sa.select(of.estimate).where(of.claim == claim)))
        .order_by(held.position)
        .limit(MOST_OF_CLAIM)
    )
    return tuple(Weighed(**{**row, "status": Status(row["status"])}) for row in view.rows(query))


def _root(view: View, claim: Claim) -> Root | None:
    of, held, ends = tables.origin_claims.c, tables.origins.c, tables.edges.c
    row = view.first(
        sa.select(
            held.id, held.speaker, held.date, held.independent_low, held.independent_high, held.reason,
            sa.func.json_array_length(held.documents).label("reports"),
            sa.func.json_array_length(held.claims).label("claims"),
        ).where(held.id.in_(sa.select(of.origin).where(of.claim == claim.id)))
    )  # fmt: skip
    if row is None:
        return None
    behind = sa.select(sa.func.count()).where(ends.earlier == claim.id, ends.level == EdgeLevel.CLAIM.value)
    return Root(
        row["id"], row["speaker"], row["date"], Independent(row["independent_low"], row["independent_high"]),
        row["reason"], row["reports"], row["claims"], tuple(_way(view, claim.id)), view.scalar(behind) or 0,
    )  # fmt: skip


def _way(view: View, claim: str) -> Iterator[Step]:
    """The surest steps back from a claim, one after another."""
    seen = {claim}
    edges, held, reports = tables.edges.c, tables.claims.c, tables.documents.c
    columns = (edges.mechanism, edges.reason, edges.confidence, held.id, held.figure, held.document, reports.outlet,
               reports.published)  # fmt: skip
    while len(seen) <= LONGEST_WAY:
        row = view.connection.execute(
            sa.select(*columns)
            .join_from(tables.edges, tables.claims, held.id == edges.earlier)
            .join(tables.documents, reports.id == held.document)
            .where(edges.later == claim, edges.level == EdgeLevel.CLAIM.value)
            .order_by(edges.confidence.desc(), edges.position)
            .limit(1)
        ).first()
        if row is None or row.id in seen:
            return
        claim = row.id
        seen.add(claim)
        yield Step(Mechanism(row.mechanism), *row[1:])
