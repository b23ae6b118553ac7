"""What a case does, as entries of its custody log: records come in, the particulars that the log keeps of them go in.

Everything is written in the transaction of what it tells of.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from tallystick.model.claim import Claim
from tallystick.model.document import Document, Retrieval, Retrieved
from tallystick.model.fact import Fact
from tallystick.model.judgement import Judgement
from tallystick.model.ledger import Derived
from tallystick.model.review import Review
from tallystick.model.second_reader import Asking, ProposalVerdict, Reader
from tallystick.storage import tables, writing
from tallystick.storage.custody import Action, Entry, Keeper, Particulars, append, chained, entries, instant

__all__ = [
    "LEDGER",
    "Journal",
    "Receipt",
    "block_name",
    "of_derivation",
    "of_extraction",
    "of_reading",
    "of_receipt",
    "receipt_of",
]

# What `derivation` was of before there were blocks.
LEDGER = "ledger"
# By these entries a case came to hold a document.
ENTERING = (Action.READ.value, Action.TAKEN_OVER.value)
# By these entries what is derived from the case changes.
# A review that leaves the claims as they are changes nothing of it; another is an extraction as well.
CHANGING = tuple(one.value for one in (Action.READ, Action.EXTRACTED, Action.RULED, Action.TAKEN_OVER, Action.JUDGED))


@dataclass(frozen=True, slots=True)
class Receipt:
    """How the original of a report came.

    Attributes:
        document: The id of the report.
        name: Where it was read: a path, path:line, an address.
        sha256: Of its original.
        media_type: Of its original.
        size: Of its original, in bytes.
        taken: When it came into the case, ISO 8601 in UTC.
        operator: Who took it in; empty where nobody was named.
        tool: Name and version of the program that did.
        retrieval: How it came from the web, where it did.
        warc: SHA-256 of its WARC record, where it came from the web.
    """

    document: str
    name: str
    sha256: str
    media_type: str
    size: int
    taken: str
    operator: str
    tool: str
    retrieval: Retrieval | None
    warc: str | None


def receipt_of(entry: Entry) -> Receipt:
    """Give the receipt that an entry of the log tells of.

    Raises:
        ValueError, KeyError, TypeError: Where its particulars are not those of a receipt.
    """
    told = json.loads(entry.particulars)
    came = told["retrieval"]
    retrieval = None
    if came is not None:
        headers = tuple((name, value) for name, value in came["headers"])
        retrieval = Retrieval(came["url"], came["retrieved"], came["status"], headers, tuple(came["redirects"]))
    return Receipt(
        told["document"], told["name"], entry.subject, told["media_type"], told["size"], entry.time, entry.actor,
        entry.tool, retrieval, told["warc"],
    )  # fmt: skip


def of_receipt(found: Retrieved, record: str | None) -> Particulars:
    """Give what the log keeps of how an original came; `record` is the SHA-256 of its WARC record."""
    original, retrieval = found.original, found.original.retrieval
    came = None
    if retrieval is not None:
        came = {
            "url": retrieval.url, "retrieved": retrieval.retrieved, "status": retrieval.status,
            "headers": [[name, value] for name, value in retrieval.headers], "redirects": list(retrieval.redirects),
        }  # fmt: skip
    return {
        "document": found.document.id, "name": found.document.name, "media_type": original.media_type,
        "size": len(original.content), "warc": record, "retrieval": came,
    }  # fmt: skip


def of_reading(document: Document, digest: str) -> Particulars:
    """Give what the log keeps of a document that was read; `digest` is that of the document."""
    return {"from": document.sha256, "passages": len(document.passages), "sha256": digest}


def of_extraction(claims: int, facts: int, digest: str) -> Particulars:
    """Give what the log keeps of so many claims and facts of a document; `digest` is that of them."""
    return {"claims": claims, "facts": facts, "sha256": digest}


def of_derivation(derived: Derived) -> Particulars:
    """Give what the log keeps of what was traced, reconciled and screened of a block."""
    return {
        "origins": len(derived.lineage.origins), "estimates": len(derived.estimates), "flags": len(derived.flags),
        "hits": len(derived.hits), "sha256": writing.derived_digest(derived),
    }  # fmt: skip


def block_name(block: int) -> str:
    """Give what the log calls a block."""
    return f"block {block}"


class Journal:
    """The custody log of an open case, written in its words."""

    def __init__(self, connection: sa.Connection, keeper: Keeper) -> None:
        self._connection = connection
        self._keeper = keeper

    def note(self, action: Action, subject: str, particulars: Particulars) -> None:
        """Write the next entry."""
        append(self._connection, self._keeper, action, subject, particulars)

    def received(self, found: Retrieved, record: str | None) -> None:
        """Note how the original of a report came; `record` is the SHA-256 of its WARC record."""
        self.note(Action.RECEIVED, found.original.sha256, of_receipt(found, record))

    def read(self, document: Document, action: Action = Action.READ) -> None:
        """Note what an original was read into."""
        self.note(action, document.id, of_reading(document, writing.document_digest(document)))

    def extracted(self, document: str, claims: Sequence[Claim], facts: Sequence[Fact]) -> None:
        """Note what was found in a document."""
        digest = writing.statements_digest(claims, facts)
        self.note(Action.EXTRACTED, document, of_extraction(len(claims), len(facts), digest))

    def author(self) -> tuple[str, str]:
        """Who works with the case, and the UTC time."""
        return self._keeper.operator, instant(self._keeper.clock())

    def judged(self, judgement: Judgement) -> None:
        """Note what a reviewer decided."""
        self.note(Action.JUDGED, str(judgement.number), {
            "verdict": judgement.verdict.value, "later": judgement.later, "earlier": judgement.earlier,
            "sha256": writing.judgement_digest(judgement),
        })  # fmt: skip

    def reviewed(self, review: Review) -> None:
        """Note what a reviewer decided about claims."""
        self.note(Action.REVIEWED, str(review.number), {
            "verdict": review.verdict.value, "document": review.document, "claims": sorted(review.touched),
            "sha256": writing.review_digest(review),
        })  # fmt: skip

    def sending(self, document: str, reader: Reader, sent: int) -> None:
        """Note that a report is about to leave the machine."""
        self.note(Action.SENT, document, {
            "endpoint": reader.endpoint, "model": reader.model, "prompt": reader.prompt,
            "prompt_sha256": reader.prompt_sha256, "bytes": sent,
        })  # fmt: skip

    def proposed(self, asking: Asking) -> None:
        """Note what came of asking a second reader about a report."""
        self.note(Action.PROPOSED, str(asking.number), {
            "document": asking.document, "endpoint": asking.reader.endpoint, "model": asking.reader.model,
            "version": asking.version, "proposals": len(asking.claims), "refused": len(asking.refusals),
            "sha256": writing.asking_digest(asking),
        })  # fmt: skip

    def refused(self, proposal: int, verdict: ProposalVerdict, why: str) -> None:
        """Note what a person decided about a proposal that is no claim."""
        self.note(Action.REFUSED, str(proposal), {"verdict": verdict.value, "why": why})

    def derived(self, block: int, derived: Derived) -> None:
        """Note what was traced, reconciled and screened of a block."""
        self.note(Action.DERIVED, block_name(block), of_derivation(derived))

    def following(self, told: Iterable[tuple[str, str, str]]) -> list[tuple[int | str, ...]]:
        """The rows of many next entries, of actions, subjects and canonical particulars; whoever asks inserts them."""
        return list(chained(self._connection, self._keeper, told))

    def entries(self) -> Iterator[Entry]:
        """Every entry, in order."""
        return entries(self._connection)

    def tells(self, action: Action, subject: str) -> bool:
        """Whether there is an entry of this action on this subject."""
        table = tables.custody.c
        return any(entries(self._connection, table.subject == subject, table.action == action.value))

    def last_report(self) -> str | None:
        """SHA-256 in hex of the report that was written last, or None."""
        found = list(entries(self._connection, tables.custody.c.action == Action.REPORTED.value))
        return json.loads(found[-1].particulars)["sha256"] if found else None

    def entered(self) -> dict[str, str]:
        """When the case came to hold each document: UTC time by id."""
        table = tables.custody.c
        query = sa.select(table.subject, table.time).where(table.action.in_(ENTERING)).order_by(table.number.desc())
        return {row.subject: row.time for row in self._connection.execute(query)}

    def state(self) -> int:
        """Number of the last entry by which documents, claims, judgements or rules changed; 0 where there is none."""
        return self._last_of(CHANGING)

    def last_finding(self) -> int:
        """Number of the last entry by which anything that a report shows changed; 0 where there is none."""
        return self._last_of((*CHANGING, Action.DERIVED.value))

    def _last_of(self, actions: Sequence[str]) -> int:
        table = tables.custody.c
        # Backward from the end, where it is soon found; a maximum would look at every entry.
        query = sa.select(table.number).where(table.action.in_(actions)).order_by(table.number.desc()).limit(1)
        return self._connection.scalar(query) or 0

    def receipt(self, document: Document) -> Receipt | None:
        """How the original of a document came; None of a case from before there was a log."""
        table = tables.custody.c
        of_it = (table.subject == document.sha256, table.action == Action.RECEIVED.value)
        found = (receipt_of(entry) for entry in entries(self._connection, *of_it))
        return next((one for one in found if one.document == document.id), None)
