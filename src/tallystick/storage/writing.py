"""Records of the model into the tables of a case, each with what belongs to it, and the digests the log holds of them.

Takes a connection within a transaction and records; gives nothing back but digests.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import sqlalchemy as sa

from tallystick.model.change import Change
from tallystick.model.claim import Claim
from tallystick.model.document import Document
from tallystick.model.estimate import Estimate
from tallystick.model.fact import Fact
from tallystick.model.flag import Flag
from tallystick.model.judgement import Judgement
from tallystick.model.ledger import Derived
from tallystick.model.review import Held, Review, Standing
from tallystick.model.second_reader import Asking
from tallystick.storage import rows, tables
from tallystick.storage.custody import digest

__all__ = [
    "asking_digest",
    "delete_derived",
    "derived_digest",
    "document_digest",
    "insert_changes",
    "insert_derived",
    "insert_document",
    "insert_facts",
    "insert_held",
    "insert_judgement",
    "insert_statements",
    "judgement_digest",
    "review_digest",
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
    insert_held(connection, [Held(claim, Standing.EXTRACTED) for claim in claims])
    insert_facts(connection, facts)


def insert_facts(connection: sa.Connection, facts: Iterable[Fact]) -> None:
    """Insert facts with their grounds."""
    told = tuple(facts)
    _insert(connection, tables.facts, map(rows.fact_row, told))
    _insert(connection, tables.fact_grounds, _fact_grounds(told))


def insert_held(connection: sa.Connection, found: Iterable[Held]) -> None:
    """Insert claims with their grounds and their standing."""
    held = tuple(found)
    made = (rows.claim_row(one.claim) | {"standing": one.standing.value} for one in held)
    _insert(connection, tables.claims, made)
    _insert(connection, tables.grounds, _claim_grounds([one.claim for one in held]))


def insert_changes(connection: sa.Connection, found: Iterable[Change], made: str, state: int) -> None:
    """Insert what became different by a derivation, with its time and the state of the case that it was from."""
    first = (connection.scalar(sa.select(sa.func.max(tables.changes.c.number))) or 0) + 1
    told = ({"number": number} | rows.change_row(one) for number, one in enumerate(found, first))
    _insert(connection, tables.changes, ({**row, "made": made, "state": state} for row in told))


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
    origins, estimates, flags = derived.lineage.origins, derived.estimates, derived.flags
    _insert(connection, tables.origin_claims, _pairs("origin", ((one.id, one.claims) for one in origins)))
    _insert(connection, tables.estimate_claims, _pairs("estimate", ((one.id, one.claims) for one in estimates)))
    _insert(connection, tables.flag_claims, _pairs("flag", ((one.id, one.claims) for one in flags)))


def _pairs(column: str, wholes: Iterable[tuple[str, Iterable[str]]]) -> Iterator[Made]:
    """A row for each claim of each whole."""
    for whole, claims in wholes:
        for claim in dict.fromkeys(claims):
            yield {column: whole, "claim": claim}


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


def review_digest(review: Review) -> str:
    """Give the SHA-256 in hex of a review, all fields."""
    return digest((rows.review_row(review),))


def asking_digest(asking: Asking) -> str:
    """Give the SHA-256 in hex of what came of asking a second reader, all fields and proposals."""
    return digest((rows.asking_row(asking), *map(rows.whole_claim, asking.claims)))


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
