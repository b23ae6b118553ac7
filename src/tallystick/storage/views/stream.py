"""A case record by record, of one moment: a view comes in, records of the model go out in portions.

What is held is the order of a kind, eight bytes a record, and one portion of it. The orders are those of `Ledger`, told
in SQL.
"""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from tallystick.model.document import Document
from tallystick.model.estimate import Estimate
from tallystick.model.fact import Fact
from tallystick.model.flag import SEVERITIES, Flag
from tallystick.model.hit import ORDER, Hit
from tallystick.model.judgement import Judgement
from tallystick.model.lineage import LAST, Edge, Origin
from tallystick.model.review import Review, Standing
from tallystick.model.stream import Citation, Stated
from tallystick.storage import rows, tables
from tallystick.storage.contents import COUNTING
from tallystick.storage.custody import Action
from tallystick.storage.views.view import View

__all__ = ["Records", "portions", "stream"]

# Records that are held at once. Of twice as many a statement is no cheaper; texts of reports may be long.
PORTION = 500
REPORTS = 100
# By these entries of the log nothing changes that leaves the case.
LOOKING = (Action.ACCESSED.value, Action.VERIFIED.value, Action.STAMPED.value, Action.REPORTED.value)
# Characters of a time to the second: "2026-03-01T10:00:00".
SECONDS = 19
CITED = tuple(
    tables.documents.c[name]
    for name in ("id", "sha256", "title", "url", "outlet", "author", "published", "language")
)  # fmt: skip


def stream(view: View) -> "Records":
    """Give what a view shows, record by record; only as long as the view is open."""
    return Records(view.connection)


class Records:
    """The content of a case behind a connection within a transaction; a `LedgerStream`."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def changed(self) -> str:
        """Give when what is exported last changed, by the custody log: UTC, ISO 8601 to the second; "" in a new case.

        An access or a verification changes nothing of it.
        """
        of = tables.custody.c
        query = sa.select(of.time).where(of.action.not_in(LOOKING)).order_by(of.number.desc()).limit(1)
        found = self._connection.scalar(query)
        return "" if found is None else f"{found[:SECONDS]}Z"

    def documents(self) -> Iterator[Document]:
        """Give every report, by publication."""
        for positions in self._reports():
            found = self._at(tables.documents, positions)
            passages = self._of(tables.passages, "document", [row["id"] for row in found])
            yield from (rows.document_of(row, passages[row["id"]]) for row in found)

    def stated(self) -> Iterator[Stated]:
        """Give every claim that counts, in the order of the documents, then by `start`."""
        for positions in self._reports():
            cited = self._cited(tables.documents.c.position.in_(positions))
            found = self._within(tables.claims, cited, COUNTING)
            yield from self._stated(found, cited)

    def facts(self) -> Iterator[Fact]:
        """Give every fact, in the order of the documents, then by `start`."""
        for positions in self._reports():
            found = self._within(tables.facts, self._cited(tables.documents.c.position.in_(positions)))
            grounds = self._of(tables.fact_grounds, "fact", [row["id"] for row in found])
            yield from (rows.fact_of(row, grounds[row["id"]]) for row in found)

    def edges(self) -> Iterator[Edge]:
        """Give every edge."""
        of = tables.edges.c
        for positions in self._order(tables.edges, _last(of.known), of.later, of.earlier, of.level, of.mechanism):
            yield from map(rows.edge_of, self._at(tables.edges, positions))

    def origins(self) -> Iterator[Origin]:
        """Give every origin."""
        of = tables.origins.c
        for positions in self._order(tables.origins, _last(of.known), _last(of.date), of.id):
            yield from map(rows.origin_of, self._at(tables.origins, positions))

    def estimates(self) -> Iterator[Estimate]:
        """Give every estimate, the most reported first."""
        of = tables.estimates.c
        keys = (
            of.reports.desc(), of.independent_high.desc(), of.label, of.status, sa.func.coalesce(of.when, ""), of.id
        )  # fmt: skip
        for positions in self._order(tables.estimates, *keys):
            found = self._at(tables.estimates, positions)
            readings = self._of(tables.readings, "estimate", [row["id"] for row in found])
            yield from (rows.estimate_of(row, readings[row["id"]]) for row in found)

    def flags(self) -> Iterator[Flag]:
        """Give every flag, the gravest first."""
        of, spans = tables.flags.c, tables.evidence.c
        first, second = (
            sa.select(column).where(spans.flag == of.id).order_by(spans.position).limit(1).scalar_subquery()
            for column in (spans.document, spans.start)
        )
        for positions in self._order(tables.flags, _rank(of.severity, SEVERITIES), of.code, first, second, of.id):
            found = self._at(tables.flags, positions)
            evidence = self._of(tables.evidence, "flag", [row["id"] for row in found])
            yield from (rows.flag_of(row, evidence[row["id"]]) for row in found)

    def hits(self) -> Iterator[Hit]:
        """Give every hit, the gravest tier first."""
        of = tables.hits.c
        tiers = [tier.value for tier in ORDER]
        for positions in self._order(tables.hits, _rank(of.tier, tiers), of.pack, of.provision, of.label, of.id):
            yield from map(rows.hit_of, self._at(tables.hits, positions))

    def judgements(self) -> Iterator[Judgement]:
        """Give every judgement, in order."""
        query = sa.select(tables.judgements).order_by(tables.judgements.c.number)
        yield from map(rows.judgement_of, self._each(query))

    def reviews(self) -> Iterator[Review]:
        """Give every review of claims, in order."""
        yield from map(rows.review_of, self._each(sa.select(tables.reviews).order_by(tables.reviews.c.number)))

    def claims_of(self, names: Iterable[str]) -> Mapping[str, Stated]:
        """Give the claims of these ids, by id; those that there are not, or that do not count, are left out."""
        wanted, found = tuple(dict.fromkeys(names)), dict[str, Stated]()
        for some in portions(wanted):
            claims = self._rows(sa.select(tables.claims).where(tables.claims.c.id.in_(some), COUNTING))
            cited = self._cited(tables.documents.c.id.in_({row["document"] for row in claims}))
            found.update((one.claim.id, one) for one in self._stated(claims, cited))
        return {name: found[name] for name in wanted if name in found}

    def citations_of(self, names: Iterable[str]) -> Mapping[str, Citation]:
        """Give where the reports of these ids are found, by id; those that there are not are left out."""
        wanted, found = tuple(dict.fromkeys(names)), dict[str, Citation]()
        for some in portions(wanted):
            found.update(self._cited(tables.documents.c.id.in_(some)))
        return {name: found[name] for name in wanted if name in found}

    def _stated(self, found: Sequence[rows.Row], cited: Mapping[str, Citation]) -> Iterator[Stated]:
        """The claims of some rows, in their order."""
        for some in portions(found):
            names = [row["id"] for row in some]
            grounds = self._of(tables.grounds, "claim", names)
            of = tables.origin_claims.c
            traced = {
                row.claim: row.origin
                for row in self._connection.execute(sa.select(of.claim, of.origin).where(of.claim.in_(names)))
            }
            for row in some:
                claim = rows.claim_of(row, grounds[row["id"]])
                yield Stated(claim, cited[row["document"]], traced.get(claim.id), Standing(row["standing"]))

    def _reports(self) -> Iterator[Sequence[int]]:
        """The positions of all reports by publication, in portions."""
        of = tables.documents.c
        order = self._order(tables.documents, of.published.is_(None), of.published, of.id)
        return (some[first : first + REPORTS] for some in order for first in range(0, len(some), REPORTS))

    def _cited(self, within: sa.ColumnElement[bool]) -> dict[str, Citation]:
        """Where some reports are found, by id, in the order of publication."""
        of = tables.documents.c
        query = sa.select(*CITED).where(within).order_by(of.published.is_(None), of.published, of.id)
        return {row.id: Citation(*row) for row in self._connection.execute(query)}

    def _within(
        self, table: sa.Table, cited: Mapping[str, Citation], counting: sa.ColumnElement[bool] | None = None
    ) -> list[rows.Row]:
        """The rows of a table of spans that stand in some reports, in the order of these, then of the text."""
        query = sa.select(table).where(table.c.document.in_(cited.keys()))
        found = self._rows(query if counting is None else query.where(counting))
        turns = {name: turn for turn, name in enumerate(cited)}
        return sorted(found, key=lambda row: (turns[row["document"]], row["start"], row["end"], row["id"]))

    def _order(self, table: sa.Table, *keys: Any) -> Iterator[Sequence[int]]:
        """The positions of all rows of a table by some keys, in portions."""
        query = sa.select(table.c.position).order_by(*keys, table.c.position)
        return portions(array("q", self._connection.execute(query).scalars()))

    def _at(self, table: sa.Table, positions: Sequence[int]) -> list[rows.Row]:
        """The rows at some positions, in the order of these."""
        found = {row["position"]: row for row in self._rows(sa.select(table).where(table.c.position.in_(positions)))}
        return [found[position] for position in positions]

    def _of(self, table: sa.Table, column: str, names: Sequence[str]) -> Mapping[str, list[rows.Row]]:
        """The rows that belong to some others, by these, in order."""
        query = sa.select(table).where(table.c[column].in_(names)).order_by(table.c.position)
        return rows.grouped(self._rows(query), column)

    def _rows(self, query: sa.Select[Any]) -> list[rows.Row]:
        return [dict(row) for row in self._connection.execute(query).mappings()]

    def _each(self, query: sa.Select[Any]) -> Iterator[rows.Row]:
        """The rows of a query, a portion at a time."""
        with self._connection.execute(query.execution_options(yield_per=PORTION)) as found:
            yield from (dict(row) for row in found.mappings())


def _last(column: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    """A date as it is sorted: what nobody dated comes last."""
    return sa.func.coalesce(sa.func.nullif(column, ""), LAST)


def _rank(column: sa.ColumnElement[Any], ranks: Sequence[str]) -> sa.ColumnElement[Any]:
    """The place of a column's value in an order."""
    return sa.case({value: place for place, value in enumerate(ranks)}, value=column)


def portions(whole: Any) -> Iterator[Any]:
    """Give a sequence in parts that one statement takes."""
    return (whole[first : first + PORTION] for first in range(0, len(whole), PORTION))
