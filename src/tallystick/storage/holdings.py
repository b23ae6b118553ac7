"""What an open case holds, as it is read: a connection comes in, records of the model go out, each of one moment.

Nothing is written here; `Case` adds that.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from tallystick.errors import UnknownDocumentError, UnknownNameError
from tallystick.model.claim import Claim
from tallystick.model.document import Document
from tallystick.model.estimate import Estimate
from tallystick.model.fact import Fact
from tallystick.model.flag import Flag
from tallystick.model.hit import Hit
from tallystick.model.judgement import Judgement
from tallystick.model.ledger import Derived, Ledger
from tallystick.model.lineage import Lineage
from tallystick.model.review import Held, Review
from tallystick.storage import blocks, contents, evidence, reviewing, tables
from tallystick.storage.contents import Rules
from tallystick.storage.custody import Entry
from tallystick.storage.journal import Journal, Receipt
from tallystick.storage.stores.address import CaseAddress
from tallystick.storage.stores.store import Store
from tallystick.storage.taking_over import DOSSIERS, dossier_name
from tallystick.storage.views.preserved import Preserved
from tallystick.storage.views.stream import portions

__all__ = ["Holdings"]


class Holdings:
    """The side of a case from which it is read."""

    def __init__(self, store: Store, connection: sa.Connection, journal: Journal) -> None:
        self.store = store
        self.kept = store.files(connection)
        """Its files, to be read within a `moment`."""
        self._connection = connection
        self._journal = journal

    @property
    def address(self) -> CaseAddress:
        """Where it lives; `str()` of it names it to people."""
        return self.store.address

    def holds(self, document: Document) -> bool:
        """Whether the case has this report: the same id with the same bytes, or with the same text and fields."""
        with self.moment():
            return contents.holds(self._connection, document)

    def documents(self) -> tuple[Document, ...]:
        """Every report, by publication."""
        with self.moment():
            return contents.documents(self._connection)

    def claims(self) -> tuple[Claim, ...]:
        """Every claim, in the order of the documents, then by `start`."""
        with self.moment():
            return contents.claims(self._connection)

    def facts(self) -> tuple[Fact, ...]:
        """Every fact, in the order of the documents, then by `start`."""
        with self.moment():
            return contents.facts(self._connection)

    def lineage(self) -> Lineage:
        """The edges and origins."""
        with self.moment():
            return contents.lineage(self._connection)

    def estimates(self) -> tuple[Estimate, ...]:
        """Every estimate, the most reported first."""
        with self.moment():
            return contents.estimates(self._connection)

    def flags(self) -> tuple[Flag, ...]:
        """Every flag, the gravest first."""
        with self.moment():
            return contents.flags(self._connection)

    def hits(self) -> tuple[Hit, ...]:
        """Every hit, the gravest tier first."""
        with self.moment():
            return contents.hits(self._connection)

    def hit(self, name: str) -> tuple[int, Hit] | None:
        """The hit of this id with the block that it was derived from; None where the case holds none."""
        with self.moment():
            return contents.hit(self._connection, name)

    def hit_names(self, beginning: str = "") -> tuple[str, ...]:
        """The ids of hits which begin so, in alphabetical order."""
        with self.moment():
            return contents.hit_names(self._connection, beginning)

    def judgements(self) -> tuple[Judgement, ...]:
        """What reviewers decided, in order."""
        with self.moment():
            return contents.judgements(self._connection)

    def reviews(self, document: str | None = None) -> tuple[Review, ...]:
        """What reviewers decided about claims, or about those of one document, in order."""
        with self.moment():
            return reviewing.reviews(self._connection, document)

    def claim(self, name: str) -> Held:
        """The claim of this id with its standing, also one that was taken away.

        Raises:
            UnknownNameError: Where the case holds none.
        """
        with self.moment():
            found = reviewing.one(self._connection, name)
        if found is None:
            raise UnknownNameError(name, "no claim of that id is in the case")
        return found

    def document(self, name: str) -> Document:
        """The report of this id.

        Raises:
            UnknownDocumentError: Where the case holds none.
        """
        with self.moment():
            found = contents.some_documents(self._connection, (name,))
        if not found:
            raise UnknownDocumentError(name, str(self.address))
        return found[0]

    def review_home(self, number: int) -> str | None:
        """Id of the document that a review is about; None where there is no such review."""
        with self.moment():
            return reviewing.home(self._connection, number)

    def last_review_of(self, claims: Iterable[str]) -> int:
        """Number of the last review about any of these claims, withdrawals among them; 0 where there is none."""
        with self.moment():
            return reviewing.last_about(self._connection, claims)

    @property
    def operator(self) -> str:
        """Who works with the case; empty where nobody is named."""
        return self._journal.author()[0]

    def held(self, document: str) -> tuple[Held, ...]:
        """The claims of a document with their standing, also those taken away, in the order of its text."""
        with self.moment():
            return reviewing.current(self._connection, document)

    def entered(self) -> dict[str, str]:
        """When the case came to hold each document: UTC time, ISO 8601, by id of the document."""
        with self.moment():
            return self._journal.entered()

    def unsettled(self, most: int) -> tuple[tuple[Document, ...], tuple[Claim, ...]]:
        """The first documents that no block has yet, at most so many, with their claims."""
        with self.moment():
            names = blocks.unsettled(self._connection, most)
            return contents.some_documents(self._connection, names), contents.some_claims(self._connection, names)

    def reviewed_anew(self) -> tuple[tuple[Document, ...], tuple[Claim, ...]]:
        """The documents of changed blocks whose claims people have reviewed, with the claims that count."""
        with self.moment():
            names = blocks.reviewed(self._connection)
            return contents.some_documents(self._connection, names), contents.some_claims(self._connection, names)

    def derived_of(self, block: int) -> Derived:
        """What was derived of a block last; nothing where it has not been derived."""
        with self.moment():
            return contents.derived(self._connection, block)

    def filled(self) -> bool:
        """Whether anything has been derived of it."""
        with self.moment():
            return contents.filled(self._connection)

    def stale_blocks(self) -> tuple[int, ...]:
        """The blocks that have changed since they were derived, in order."""
        with self.moment():
            return blocks.stale(self._connection)

    def block(self, number: int) -> tuple[tuple[Document, ...], tuple[Claim, ...], tuple[Fact, ...]]:
        """The documents of a block with their claims and facts, by publication."""
        with self.moment():
            documents, claims = contents.documents(self._connection, number), contents.claims(self._connection, number)
            return documents, claims, contents.facts(self._connection, number)

    def homes(self, names: Iterable[str]) -> tuple[int, ...]:
        """The blocks of documents and claims by their ids, in order; ids that have none yet, or are not there, none."""
        with self.moment():
            return blocks.homes(self._connection, names)

    def named(self, beginning: str = "") -> tuple[str, ...]:
        """The ids of documents and of claims that count which begin so, in alphabetical order."""
        with self.moment():
            return contents.named(self._connection, beginning)

    def derived(self) -> dict[int, Derived]:
        """What was derived of each block."""
        with self.moment():
            numbers = contents.derived_blocks(self._connection)
            return {number: contents.derived(self._connection, number) for number in numbers}

    def ledger(self) -> Ledger:
        """Everything that the case holds at one moment, also while another process adds to it."""
        with self.moment():
            found = contents.derived(self._connection)
            return Ledger(
                self.documents(), self.claims(), found.lineage, found.estimates, found.flags,
                contents.failures(self._connection), self.facts(), self.judgements(), found.hits,
            )  # fmt: skip

    def original(self, document: Document) -> bytes:
        """Give the bytes that `document` was read from.

        Raises:
            CaseError: Where they are missing or were changed.
        """
        with self.moment():
            return evidence.take(self.kept, document.sha256)

    def receipt(self, document: Document) -> Receipt | None:
        """How the original of `document` came; None in a case from before there was a custody log."""
        with self.moment():
            return self._journal.receipt(document)

    def custody(self) -> tuple[Entry, ...]:
        """Every entry of the custody log, in order."""
        with self.moment():
            return tuple(self._journal.entries())

    def state(self) -> int:
        """Number of the last entry of the log by which what is derived changes; 0 where there is none."""
        with self.moment():
            return self._journal.state()

    def damage(self) -> tuple[str, ...]:
        """What the database itself finds wrong with what it holds; empty where it finds nothing."""
        with self.moment():
            return self.store.damage(self._connection)

    def rules(self) -> Rules | None:
        """By which rules the claims were made; None in a new case."""
        with self.moment():
            return contents.rules(self._connection)

    @contextmanager
    def dossier_file(self) -> Iterator[Path | None]:
        """A block in which the dossier file that the case keeps can be read; None where its dossier is a bundled one.

        What it uses lies in a folder beside it, as `dossiers` looks for it.
        """
        with self.moment():
            rules = self.rules()
            name = None if rules is None else dossier_name(rules)
            if name is None or not self.kept.holds(name):
                yield None
                return
            with self.kept.lent(DOSSIERS) as folder:
                yield folder / Path(name).name

    @contextmanager
    def streamed(self) -> Iterator[Preserved]:
        """A block in which everything that the case holds comes record by record, of one moment."""
        with self.moment():
            yield Preserved(self.kept, self._connection)

    def claimed(self, names: Iterable[str]) -> tuple[str, ...]:
        """Those of some ids that claims or facts have already, taken-away claims among them."""
        wanted = tuple(names)
        with self.moment():
            found = (
                name
                for table in (tables.claims, tables.facts)
                for some in portions(wanted)
                for name in self._connection.scalars(sa.select(table.c.id).where(table.c.id.in_(some)))
            )
            return tuple(found)

    @property
    def within(self) -> bool:
        """Whether a transaction of it is open."""
        return self._connection.in_transaction()

    @contextmanager
    def moment(self) -> Iterator[None]:
        """A block in which everything that is read is of one moment."""
        if self.within:
            yield
            return
        with self.store.told(), self.store.reading(self._connection):
            yield
