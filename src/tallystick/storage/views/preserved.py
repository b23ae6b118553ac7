"""Everything that a case holds of its reports, record by record: also their bytes, and claims that were taken away."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import sqlalchemy as sa

from tallystick.model.document import Document, Failure, Original
from tallystick.model.fact import Fact
from tallystick.model.review import Held, Standing
from tallystick.storage import contents, evidence, rows, tables
from tallystick.storage.custody import Action, entries
from tallystick.storage.journal import Receipt, receipt_of
from tallystick.storage.stores.store import Files
from tallystick.storage.views.stream import Records, portions

__all__ = ["Kept", "Preserved"]

# Of a report that a case held before it had a log nobody knows how its bytes came.
UNKNOWN = "application/octet-stream"


class Kept(NamedTuple):
    """A report with its bytes, all its claims with their standing, and its facts, both in the order of its text."""

    document: Document
    original: Original
    held: tuple[Held, ...]
    facts: tuple[Fact, ...]


class Preserved(Records):
    """The content of a case behind a connection within a transaction, with what lies beside its file."""

    def __init__(self, files: Files, connection: sa.Connection) -> None:
        super().__init__(connection)
        self._files = files

    def reports(self) -> Iterator[Kept]:
        """Give every report, by publication.

        Raises:
            CaseError: Where its bytes are missing or no longer the same.
        """
        for positions in self._reports():
            found = self._at(tables.documents, positions)
            names = [row["id"] for row in found]
            passages = self._of(tables.passages, "document", names)
            cited = self._cited(tables.documents.c.position.in_(positions))
            claims = rows.grouped(self._within(tables.claims, cited), "document")
            facts = rows.grouped(self._within(tables.facts, cited), "document")
            grounds = self._grounds(claims.values(), tables.grounds, "claim")
            told = self._grounds(facts.values(), tables.fact_grounds, "fact")
            receipts = self._receipts([row["sha256"] for row in found])
            for row in found:
                document = rows.document_of(row, passages[row["id"]])
                yield Kept(
                    document,
                    self._original(document, receipts.get(document.id)),
                    tuple(
                        Held(rows.claim_of(one, grounds[one["id"]]), Standing(one["standing"]))
                        for one in claims[document.id]
                    ),
                    tuple(rows.fact_of(one, told[one["id"]]) for one in facts[document.id]),
                )

    def failures(self) -> tuple[Failure, ...]:
        """Everything that could not be taken, by name."""
        return contents.failures(self._connection)

    def _grounds(
        self, found: Iterable[Sequence[rows.Row]], table: sa.Table, column: str
    ) -> defaultdict[str, list[rows.Row]]:
        """The grounds of what stands in some reports, by its id."""
        grounds: defaultdict[str, list[rows.Row]] = defaultdict(list)
        for some in portions([row["id"] for spans in found for row in spans]):
            grounds.update(self._of(table, column, some))
        return grounds

    def _receipts(self, digests: Sequence[str]) -> dict[str, Receipt]:
        """How some originals came the first time, by the ids of their reports."""
        log = tables.custody.c
        received = entries(self._connection, log.subject.in_(digests), log.action == Action.RECEIVED.value)
        found: dict[str, Receipt] = {}
        for receipt in map(receipt_of, received):
            found.setdefault(receipt.document, receipt)
        return found

    def _original(self, document: Document, receipt: Receipt | None) -> Original:
        content = evidence.take(self._files, document.sha256)
        if receipt is None:
            return Original(document.sha256, UNKNOWN, content)
        return Original(document.sha256, receipt.media_type, content, receipt.retrieval)
