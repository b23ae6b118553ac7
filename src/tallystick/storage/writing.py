"""Records of the model into the tables of a case, each with what belongs to it, and the digests the log holds of them.

Takes a connection within a transaction and records; gives nothing back but digests.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa

from tallystick.model.claim import Claim
from tallystick.model.document import Document
from tallystick.model.estimate import Estimate
from tallystick.model.fact import Fact
from tallystick.model.flag import Flag
from tallystick.model.judgement import Judgement
from tallystick.model.ledger import Derived
from tallystick.storage import rows, tables
from tallystick.storage.custody import digest

__all__ = [
    "delete_derived",
    "derived_digest",
    "document_digest",
    "insert_derived",
    "insert_document",
    "insert_judgement",
    "insert_statements",
    "judgement_digest",
    "statements_digest",
]

Made = Mapping[str, Any]
DERIVED = (tables.estimates, tables.flags, tables.edges, tables.origins, tables.hits)


def insert_document(connection: sa.Connection, document: Document) -> None:
    """Insert a document with its passages."""
    connection.execute(sa.insert(tables.documents), rows.document_row(document))
    _insert(connection, tables.passages, _passages(document))


def insert_statements(connection: sa.Connection, claims: Iterable[Claim], facts: Iterable[Fact]) -> None:
    """Insert claims and facts with their grounds."""
    found, told = tuple(claims), tuple(facts)
    _insert(connection, tables.claims, map(rows.claim_row, found))
    _insert(connection, tables.grounds, _claim_grounds(found))
    _insert(connection, tables.facts, map(rows.fact_row, told))
    _insert(connection, tables.fact_grounds, _fact_grounds(told))


def insert_judgement(connection: sa.Connection, judgement: Judgement) -> None:
    """Insert a judgement; the table takes only the one with the next number."""
    connection.execute(sa.insert(tables.judgements), rows.judgement_row(judgement))


def delete_derived(connection: sa.Connection, block: int) -> None:
    """Delete what was derived of a block, readings and evidence with it."""
    for table in DERIVED:
        connection.execute(sa.delete(table).where(table.c.block == block))


def insert_derived(connection: sa.Connection, block: int, derived: Derived) -> None:
    """Insert what was derived of a block."""
    _insert(connection, tables.edges, map(rows.edge_row, derived.lineage.edges), block=block)
    _insert(connection, tables.origins, map(rows.origin_row, derived.lineage.origins), block=block)
    _insert(connection, tables.estimates, map(rows.estimate_row, derived.estimates), block=block)
    _insert(connection, tables.readings, _readings(derived.estimates))
    _insert(connection, tables.flags, map(rows.flag_row, derived.flags), block=block)
    _insert(connection, tables.evidence, _spans(derived.flags))
    _insert(connection, tables.hits, map(rows.hit_row, derived.hits), block=block)


def document_digest(document: Document) -> str:
    """Give the SHA-256 in hex of a document as the case holds it, all fields and passages."""
    return digest((rows.document_row(document), *_passages(document)))


def statements_digest(claims: Iterable[Claim], facts: Iterable[Fact]) -> str:
    """Give the SHA-256 in hex of the claims and facts of one document, in the order of its text."""
    found = sorted(claims, key=lambda one: (one.start, one.end))
    told = sorted(facts, key=lambda one: (one.start, one.end))
    return digest(
        (*map(rows.claim_row, found), *_claim_grounds(found), *map(rows.fact_row, told), *_fact_grounds(told))
    )


def judgement_digest(judgement: Judgement) -> str:
    """Give the SHA-256 in hex of a judgement, all fields."""
    return digest((rows.judgement_row(judgement),))


def derived_digest(derived: Derived) -> str:
    """Give the SHA-256 in hex of everything that is derived of a block."""
    lineage, estimates, flags = derived.lineage, derived.estimates, derived.flags
    return digest(
        (
            *map(rows.edge_row, lineage.edges), *map(rows.origin_row, lineage.origins),
            *map(rows.estimate_row, estimates), *_readings(estimates), *map(rows.flag_row, flags), *_spans(flags),
            *map(rows.hit_row, derived.hits),
        )
    )  # fmt: skip


def _insert(connection: sa.Connection, table: sa.Table, made: Iterable[Made], **more: int) -> None:
    """Insert rows in their order, with what is the same for all of them."""
    found = [{**one, **more} for one in made]
    if found:
        connection.execute(sa.insert(table), found)


def _passages(document: Document) -> list[Made]:
    return [rows.passage_row(document.id, one) for one in document.passages]


def _claim_grounds(claims: Iterable[Claim]) -> list[Made]:
    return [rows.ground_row(claim.id, one) for claim in claims for one in claim.grounds]


def _fact_grounds(facts: Iterable[Fact]) -> list[Made]:
    return [rows.fact_ground_row(fact.id, one) for fact in facts for one in fact.grounds]


def _readings(estimates: Iterable[Estimate]) -> list[Made]:
    return [rows.reading_row(estimate.id, one) for estimate in estimates for one in estimate.readings]


def _spans(flags: Iterable[Flag]) -> list[Made]:
    return [
        {"flag": flag.id, "document": one.document, "start": one.start, "end": one.end}
        for flag in flags
        for one in flag.evidence
    ]
