"""What a case keeps of a second reader: reports that went out and what it proposed come in, what is open goes out.

A proposal is no claim: nothing of it counts until a person accepts it, which is a review.
"""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import replace

import sqlalchemy as sa

from tallystick.errors import ReviewError
from tallystick.model.second_reader import Asking, Dispute, DisputeKind, ModelProposal, ProposalVerdict, Reader
from tallystick.storage import listing, rows, tables, writing
from tallystick.storage.journal import Journal

__all__ = ["Proposals", "asking_digests"]


class Proposals:
    """The memory of what a second reader said; each change is on disk when its method returns."""

    def __init__(
        self, connection: sa.Connection, journal: Journal, reading: Callable[[], AbstractContextManager[None]],
        writing: Callable[[], AbstractContextManager[sa.Connection]],
    ) -> None:  # fmt: skip
        """Take the connection of an open case, its log and its ways to begin a transaction."""
        self._connection = connection
        self._journal = journal
        self._reading = reading
        self._writing = writing

    def asked(self, reader: Reader) -> frozenset[str]:
        """Give the reports about which this model was asked with this prompt, by whatever endpoint."""
        table = tables.askings.c
        same = (table.model == reader.model, table.prompt_sha256 == reader.prompt_sha256)
        with self._reading():
            return frozenset(self._connection.scalars(sa.select(table.document).where(*same)))

    def sending(self, document: str, reader: Reader, sent: int) -> None:
        """Write into the custody log that a report is about to leave the machine.

        Args:
            document: Id of the report.
            reader: Who is asked.
            sent: Bytes of words that go out.
        """
        with self._writing():
            self._journal.sending(document, reader, sent)

    def keep(self, asking: Asking, disputes: Iterable[Dispute]) -> Asking:
        """Keep what came of asking about a report, and give it with its number, its time and who asked.

        Args:
            asking: What came of it.
            disputes: Where it disagrees with the claims of the report as they are.
        """
        with self._writing() as connection:
            by, made = self._journal.author()
            kept = replace(asking, number=_next(connection, tables.askings), made=made, by=by)
            connection.execute(sa.insert(tables.askings), rows.asking_row(kept))
            first = _next(connection, tables.proposals)
            for number, claim in enumerate(kept.claims, first):
                row = {
                    "number": number, "asking": kept.number, "document": claim.document, "claim": claim.id,
                    "start": claim.start, "end": claim.end, "whole": rows.whole_claim(claim),
                }  # fmt: skip
                connection.execute(sa.insert(tables.proposals), row)
            self._journal.proposed(kept)
            _dispute(connection, kept, disputes)
        return kept

    def dispute(self, asking: Asking, disputes: Iterable[Dispute]) -> None:
        """Put where a report and its last asking disagree by now in the place of where they did, where that differs."""
        found = tuple(disputes)
        with self._reading():
            same = _known(self._connection, asking) == found
        if not same:
            with self._writing() as connection:
                _dispute(connection, asking, found)

    def latest(self) -> tuple[Asking, ...]:
        """Give the last asking about each report, in order."""
        table = tables.askings.c
        last = sa.select(sa.func.max(table.number)).group_by(table.document)
        with self._reading():
            return _askings(self._connection, table.number.in_(last))

    def all(self) -> tuple[Asking, ...]:
        """Give every asking, in order."""
        with self._reading():
            return _askings(self._connection, sa.true())

    def proposal(self, number: int) -> ModelProposal | None:
        """Give the proposal of this number; None where there is none."""
        with self._reading():
            return _proposal(self._connection, number)

    def refused(self, number: int) -> bool:
        """Whether a proposal was refused, and that was not taken back."""
        with self._reading():
            return _refused(self._connection, number)

    def decide(self, number: int, verdict: ProposalVerdict, why: str) -> None:
        """Keep that a proposal is refused, or that this is taken back.

        Raises:
            ReviewError: Where there is no such proposal, or it is decided so already.
            CaseReadOnlyError: Where the case cannot be written.
        """
        with self._writing() as connection:
            if _proposal(connection, number) is None:
                raise ReviewError(f"proposal {number}", "there is no such proposal")
            if _refused(connection, number) is (verdict is ProposalVerdict.REFUSED):
                said = "was refused already" if verdict is ProposalVerdict.REFUSED else "is not refused"
                raise ReviewError(f"proposal {number}", said)
            by, made = self._journal.author()
            row = {
                "number": _next(connection, tables.proposal_verdicts), "made": made, "by": by, "proposal": number,
                "verdict": verdict.value, "why": why,
            }  # fmt: skip
            connection.execute(sa.insert(tables.proposal_verdicts), row)
            self._journal.refused(number, verdict, why)


def asking_digests(askings: Iterable[Asking]) -> dict[str, str]:
    """Give the SHA-256 in hex of each asking, by its number as the custody log names it."""
    return {str(one.number): writing.asking_digest(one) for one in askings}


def _next(connection: sa.Connection, table: sa.Table) -> int:
    """The next number of a table to which is only added."""
    return (connection.scalar(sa.select(sa.func.max(table.c.number))) or 0) + 1


def _askings(connection: sa.Connection, wanted: sa.ColumnElement[bool]) -> tuple[Asking, ...]:
    table, proposed = tables.askings, tables.proposals
    found = connection.execute(sa.select(table).where(wanted).order_by(table.c.number)).mappings().all()
    within = proposed.c.asking.in_(sa.select(table.c.number).where(wanted))
    made = connection.execute(sa.select(proposed).where(within).order_by(proposed.c.number)).mappings()
    own: dict[int, list[dict[str, object]]] = {}
    for row in made:
        own.setdefault(row["asking"], []).append(dict(row))
    return tuple(rows.asking_of(dict(row), own.get(row["number"], ())) for row in found)


def _proposal(connection: sa.Connection, number: int) -> ModelProposal | None:
    table = tables.proposals
    row = connection.execute(sa.select(table).where(table.c.number == number)).mappings().first()
    return None if row is None else ModelProposal(row["number"], row["asking"], rows.claim_of_whole(row["whole"]))


def _refused(connection: sa.Connection, number: int) -> bool:
    table = tables.proposal_verdicts.c
    last = sa.select(table.verdict).where(table.proposal == number).order_by(table.number.desc()).limit(1)
    return connection.scalar(last) == ProposalVerdict.REFUSED.value


def _known(connection: sa.Connection, asking: Asking) -> tuple[Dispute, ...]:
    """The disputes of the report of an asking as they are kept."""
    table, proposed = tables.disputes, tables.proposals
    query = (
        sa.select(table.c.kind, table.c.claim, proposed.c.claim.label("proposed"))
        .join_from(table, proposed, proposed.c.number == table.c.proposal, isouter=True)
        .where(table.c.document == asking.document)
        .order_by(table.c.position)
    )
    return tuple(Dispute(DisputeKind(row.kind), row.claim, row.proposed) for row in connection.execute(query))


def _dispute(connection: sa.Connection, asking: Asking, disputes: Iterable[Dispute]) -> None:
    """Put the disputes of the report of an asking, which must be its last one, in the place of earlier ones."""
    table, proposed = tables.disputes, tables.proposals.c
    connection.execute(sa.delete(table).where(table.c.document == asking.document))
    named = connection.execute(sa.select(proposed.claim, proposed.number).where(proposed.asking == asking.number))
    numbers = {row.claim: row.number for row in named}
    found = [
        {"document": asking.document, "kind": one.kind.value, "claim": one.claim,
         "proposal": None if one.proposed is None else numbers[one.proposed]}
        for one in disputes
    ]  # fmt: skip
    if found:
        connection.execute(sa.insert(table), found)
    listing.refresh(connection, asking.document)
