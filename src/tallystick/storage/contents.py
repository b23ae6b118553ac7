"""What a case holds, table by table: a connection comes in, records of the model go out in their order.

Nothing here begins a transaction; the case does, so that everything read in one is of one moment.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from tallystick.model.claim import Claim
from tallystick.model.document import Document, Failure, by_publication
from tallystick.model.estimate import Estimate
from tallystick.model.fact import Fact
from tallystick.model.flag import Flag
from tallystick.model.hit import Hit
from tallystick.model.judgement import Judgement
from tallystick.model.ledger import Derived
from tallystick.model.lineage import Lineage
from tallystick.model.review import Standing
from tallystick.storage import rows, tables

__all__ = [
    "KNOWN_BY",
    "MOST_VALUES",
    "Rules",
    "claim_names",
    "claims",
    "derived",
    "derived_blocks",
    "documents",
    "estimates",
    "facts",
    "facts_of",
    "failures",
    "filled",
    "flags",
    "hit",
    "hit_names",
    "hits",
    "holds",
    "judgements",
    "lineage",
    "named",
    "rules",
    "some_claims",
    "some_documents",
]

# Values in one statement; SQLite takes 32,766 at most.
MOST_VALUES = 5_000
# Tables of what is derived; readings and evidence belong to rows of them.
DERIVED = ("edges", "origins", "estimates", "flags", "hits")
# Claims that a reviewer took away are kept, and are none of the report's.
COUNTING = tables.claims.c.standing.not_in([one.value for one in Standing if not one.counts])
# Fields by which a report is known again in another wrapping; not where it was read, nor how each was found.
KNOWN_BY = tuple(name for name in rows.DOCUMENT_TEXTS if name not in ("sha256", "name"))


@dataclass(frozen=True, slots=True)
class Rules:
    """By which rules the claims of a case were made.

    Attributes:
        dossier: Name of the dossier.
        dossier_sha256: Its digest.
        version: Version of Tallystick.
    """

    dossier: str
    dossier_sha256: str
    version: str


def holds(connection: sa.Connection, document: Document) -> bool:
    """Whether this report is there: the same id with the same bytes, or with the same text and fields."""
    found = _rows(connection, sa.select(tables.documents).where(tables.documents.c.id == document.id))
    if not found:
        return False
    same = all(found[0][name] == getattr(document, name) for name in KNOWN_BY)
    return same or found[0]["sha256"] == document.sha256


def documents(connection: sa.Connection, block: int | None = None) -> tuple[Document, ...]:
    """Every report, or those of a block, by publication."""
    columns = tables.documents.c
    within = None if block is None else columns.position.in_(_members(block))
    passages = rows.grouped(_all(connection, tables.passages, _among(tables.passages, block)), "document")
    found = (rows.document_of(row, passages[row["id"]]) for row in _all(connection, tables.documents, within))
    return tuple(sorted(found, key=by_publication))


def claims(connection: sa.Connection, block: int | None = None) -> tuple[Claim, ...]:
    """Every claim that counts, or those of a block, in the order of the documents, then by `start`."""
    among = _among(tables.claims, block)
    within = COUNTING if among is None else sa.and_(among, COUNTING)
    held = None if among is None else tables.grounds.c.claim.in_(sa.select(tables.claims.c.id).where(within))
    grounds = rows.grouped(_all(connection, tables.grounds, held), "claim")
    return tuple(rows.claim_of(row, grounds[row["id"]]) for row in _in_text(connection, tables.claims, within))


def some_documents(connection: sa.Connection, names: Sequence[str]) -> tuple[Document, ...]:
    """The reports of these ids, by publication."""
    found: list[Document] = []
    for some in _portions(names):
        within = tables.documents.c.id.in_(some)
        passages = rows.grouped(_all(connection, tables.passages, tables.passages.c.document.in_(some)), "document")
        found.extend(rows.document_of(row, passages[row["id"]]) for row in _all(connection, tables.documents, within))
    return tuple(sorted(found, key=by_publication))


def some_claims(connection: sa.Connection, names: Sequence[str]) -> tuple[Claim, ...]:
    """The claims that count of the reports of these ids, by report and `start`."""
    found: list[Claim] = []
    for some in _portions(names):
        within = sa.and_(tables.claims.c.document.in_(some), COUNTING)
        held = tables.grounds.c.claim.in_(sa.select(tables.claims.c.id).where(within))
        grounds = rows.grouped(_all(connection, tables.grounds, held), "claim")
        found.extend(rows.claim_of(row, grounds[row["id"]]) for row in _all(connection, tables.claims, within))
    return tuple(sorted(found, key=lambda claim: (claim.document, claim.start, claim.end, claim.id)))


def named(connection: sa.Connection, beginning: str = "") -> tuple[str, ...]:
    """The ids of documents and of claims that count which begin so, in alphabetical order."""
    found: list[str] = []
    for table, within in ((tables.documents, sa.true()), (tables.claims, COUNTING)):
        query = sa.select(table.c.id).where(within)
        if beginning:
            # A range that an index answers; LIKE would read every id.
            query = query.where(table.c.id >= beginning, table.c.id < beginning + chr(sys.maxunicode))
        found.extend(connection.scalars(query))
    return tuple(sorted(found))


def _portions(names: Sequence[str]) -> Iterator[Sequence[str]]:
    return (names[first : first + MOST_VALUES] for first in range(0, len(names), MOST_VALUES))


def facts(connection: sa.Connection, block: int | None = None) -> tuple[Fact, ...]:
    """Every fact, or those of a block, in the order of the documents, then by `start`."""
    within = _among(tables.facts, block)
    held = None if within is None else tables.fact_grounds.c.fact.in_(sa.select(tables.facts.c.id).where(within))
    grounds = rows.grouped(_all(connection, tables.fact_grounds, held), "fact")
    return tuple(rows.fact_of(row, grounds[row["id"]]) for row in _in_text(connection, tables.facts, within))


def facts_of(connection: sa.Connection, *documents: str) -> tuple[Fact, ...]:
    """The facts of some reports, at most MOST_VALUES of them, in the order of the reports, then of their text."""
    within = tables.facts.c.document.in_(documents)
    held = tables.fact_grounds.c.fact.in_(sa.select(tables.facts.c.id).where(within))
    grounds = rows.grouped(_all(connection, tables.fact_grounds, held), "fact")
    return tuple(rows.fact_of(row, grounds[row["id"]]) for row in _in_text(connection, tables.facts, within))


def claim_names(connection: sa.Connection, block: int) -> tuple[str, ...]:
    """The ids of the claims of a block that count."""
    names = sa.select(tables.documents.c.id).where(tables.documents.c.position.in_(_members(block)))
    return tuple(connection.scalars(sa.select(tables.claims.c.id).where(tables.claims.c.document.in_(names), COUNTING)))


def lineage(connection: sa.Connection) -> Lineage:
    """The edges and origins."""
    return derived(connection, of=("edges", "origins")).lineage


def estimates(connection: sa.Connection) -> tuple[Estimate, ...]:
    """Every estimate with its readings, the most reported first."""
    return derived(connection, of=("estimates",)).estimates


def flags(connection: sa.Connection) -> tuple[Flag, ...]:
    """Every flag with its evidence, the gravest first."""
    return derived(connection, of=("flags",)).flags


def hits(connection: sa.Connection) -> tuple[Hit, ...]:
    """Every hit, the gravest tier first."""
    return derived(connection, of=("hits",)).hits


def hit(connection: sa.Connection, name: str) -> tuple[int, Hit] | None:
    """The hit of this id with the block that it was derived from, or None."""
    found = _rows(connection, sa.select(tables.hits).where(tables.hits.c.id == name))
    return (found[0]["block"], rows.hit_of(found[0])) if found else None


def hit_names(connection: sa.Connection, beginning: str = "") -> tuple[str, ...]:
    """The ids of hits which begin so, in alphabetical order."""
    query = sa.select(tables.hits.c.id).order_by(tables.hits.c.id)
    if beginning:
        query = query.where(tables.hits.c.id >= beginning, tables.hits.c.id < beginning + chr(sys.maxunicode))
    return tuple(connection.scalars(query))


def derived(
    connection: sa.Connection, block: int | None = None, *, of: Sequence[str] = DERIVED
) -> Derived:  # fmt: skip
    """What was derived of a block, or of all of them; of the tables named alone, for the rest nothing."""

    def held(table: sa.Table) -> list[Mapping[str, Any]]:
        return _all(connection, table, None if block is None else table.c.block == block) if table.name in of else []

    def parts(table: sa.Table, whole: sa.Table, column: str) -> Mapping[str, list[Mapping[str, Any]]]:
        if whole.name not in of:
            return {}
        within = None if block is None else table.c[column].in_(sa.select(whole.c.id).where(whole.c.block == block))
        return rows.grouped(_all(connection, table, within), column)

    readings, spans = parts(tables.readings, tables.estimates, "estimate"), parts(tables.evidence, tables.flags, "flag")
    found = Derived(
        Lineage(tuple(map(rows.edge_of, held(tables.edges))), tuple(map(rows.origin_of, held(tables.origins)))),
        tuple(rows.estimate_of(row, readings[row["id"]]) for row in held(tables.estimates)),
        tuple(rows.flag_of(row, spans[row["id"]]) for row in held(tables.flags)),
        tuple(map(rows.hit_of, held(tables.hits))),
    )
    return found.joined(())


def derived_blocks(connection: sa.Connection) -> tuple[int, ...]:
    """The blocks of which something was derived, in order."""
    found: set[int] = set()
    for name in DERIVED:
        table = tables.metadata.tables[name]
        found.update(connection.scalars(sa.select(table.c.block).distinct()))
    return tuple(sorted(found))


def filled(connection: sa.Connection) -> bool:
    """Whether anything has been derived; every claim that counts has an origin."""
    return connection.scalar(sa.select(sa.literal(1)).where(sa.exists().select_from(tables.origins))) is not None


def judgements(connection: sa.Connection) -> tuple[Judgement, ...]:
    """Every judgement, in the order in which they were made."""
    table = tables.judgements
    return tuple(map(rows.judgement_of, _rows(connection, sa.select(table).order_by(table.c.number))))


def failures(connection: sa.Connection) -> tuple[Failure, ...]:
    """Everything that could not be taken, by name."""
    found = map(rows.failure_of, _all(connection, tables.failures))
    return tuple(sorted(found, key=lambda failure: (failure.document, failure.stage, failure.reason)))


def rules(connection: sa.Connection) -> Rules | None:
    """By which rules the claims were made; None in a new case."""
    found = _all(connection, tables.rules)
    if not found:
        return None
    return Rules(found[-1]["dossier"], found[-1]["dossier_sha256"], found[-1]["version"])


def _members(block: int) -> sa.Select[Any]:
    """Positions of the documents of a block."""
    return sa.select(tables.blocks.c.member).where(tables.blocks.c.block == block)


def _among(table: sa.Table, block: int | None) -> sa.ColumnElement[bool] | None:
    """The rows of a table that belong to the documents of a block; all without one."""
    if block is None:
        return None
    columns = tables.documents.c
    return table.c.document.in_(sa.select(columns.id).where(columns.position.in_(_members(block))))


def _in_text(
    connection: sa.Connection, table: sa.Table, within: sa.ColumnElement[bool] | None = None
) -> list[Mapping[str, Any]]:
    """The rows of a table of spans, in the order of the documents, then of the text."""
    columns = tables.documents.c
    found = _all(connection, table, within)
    query = sa.select(columns.id, columns.published)
    if within is not None:
        query = query.where(columns.id.in_(sa.select(table.c.document).where(within)))
    published = {row["id"]: row["published"] for row in _rows(connection, query)}
    found.sort(
        key=lambda row: (
            published[row["document"]] is None,
            published[row["document"]] or "",
            row["document"],
            row["start"],
            row["end"],
            row["id"],
        )
    )
    return found


def _all(
    connection: sa.Connection, table: sa.Table, within: sa.ColumnElement[bool] | None = None
) -> list[Mapping[str, Any]]:
    query = sa.select(table).order_by(table.c.position)
    return _rows(connection, query if within is None else query.where(within))


def _rows(connection: sa.Connection, query: sa.Select[Any]) -> list[Mapping[str, Any]]:
    return [dict(row) for row in connection.execute(query).mappings()]
