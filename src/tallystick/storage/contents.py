"""What a case holds, table by table: a connection comes in, records of the model go out in their order.

Nothing here begins a transaction; the case does, so that everything read in one is of one moment.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from tallystick.model.claim import Claim
from tallystick.model.document import Document, Failure, by_publication
from tallystick.model.estimate import Estimate
from tallystick.model.fact import Fact
from tallystick.model.flag import Flag
from tallystick.model.judgement import Judgement
from tallystick.model.lineage import Lineage
from tallystick.storage import rows, tables

__all__ = [
    "Rules",
    "claims",
    "documents",
    "estimates",
    "facts",
    "failures",
    "flags",
    "holds",
    "judgements",
    "lineage",
    "rules",
]

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


def documents(connection: sa.Connection) -> tuple[Document, ...]:
    """Every report, by publication."""
    passages = rows.grouped(_all(connection, tables.passages), "document")
    found = (rows.document_of(row, passages[row["id"]]) for row in _all(connection, tables.documents))
    return tuple(sorted(found, key=by_publication))


def claims(connection: sa.Connection) -> tuple[Claim, ...]:
    """Every claim, in the order of the documents, then by `start`."""
    grounds = rows.grouped(_all(connection, tables.grounds), "claim")
    return tuple(rows.claim_of(row, grounds[row["id"]]) for row in _in_text(connection, tables.claims))


def facts(connection: sa.Connection) -> tuple[Fact, ...]:
    """Every fact, in the order of the documents, then by `start`."""
    grounds = rows.grouped(_all(connection, tables.fact_grounds), "fact")
    return tuple(rows.fact_of(row, grounds[row["id"]]) for row in _in_text(connection, tables.facts))


def lineage(connection: sa.Connection) -> Lineage:
    """The edges and origins."""
    edges = tuple(map(rows.edge_of, _all(connection, tables.edges)))
    return Lineage(edges, tuple(map(rows.origin_of, _all(connection, tables.origins))))


def estimates(connection: sa.Connection) -> tuple[Estimate, ...]:
    """Every estimate with its readings."""
    readings = rows.grouped(_all(connection, tables.readings), "estimate")
    return tuple(rows.estimate_of(row, readings[row["id"]]) for row in _all(connection, tables.estimates))


def flags(connection: sa.Connection) -> tuple[Flag, ...]:
    """Every flag with its evidence."""
    spans = rows.grouped(_all(connection, tables.evidence), "flag")
    return tuple(rows.flag_of(row, spans[row["id"]]) for row in _all(connection, tables.flags))


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


def _in_text(connection: sa.Connection, table: sa.Table) -> list[Mapping[str, Any]]:
    """The rows of a table of spans, in the order of the documents, then of the text."""
    columns = tables.documents.c
    published = {row["id"]: row["published"] for row in _rows(connection, sa.select(columns.id, columns.published))}
    found = _all(connection, table)
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


def _all(connection: sa.Connection, table: sa.Table) -> list[Mapping[str, Any]]:
    return _rows(connection, sa.select(table).order_by(table.c.position))


def _rows(connection: sa.Connection, query: sa.Select[Any]) -> list[Mapping[str, Any]]:
    return [dict(row) for row in connection.execute(query).mappings()]
