"""A case, in a folder or in a database: its tables and its originals, to which reports are added one by one.

Records of the model come in and go out; SQL stays inside. Each report is one transaction, so that a run that is cut
off has lost at most the report it was at.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from hashlib import sha256
from types import TracebackType
from typing import NamedTuple, Self

import sqlalchemy as sa

from tallystick.errors import CaseReadOnlyError, ReadingError
from tallystick.model.change import Change
from tallystick.model.claim import Claim
from tallystick.model.document import Failure, Retrieved
from tallystick.model.fact import Fact
from tallystick.model.judgement import Judgement, Verdict
from tallystick.model.ledger import Derived, Ledger
from tallystick.model.lineage import EdgeLevel
from tallystick.model.priority import Priority
from tallystick.model.review import Review
from tallystick.model.tie import Tie
from tallystick.storage import blocks, contents, evidence, listing, reviewing, schema, tables, writing
from tallystick.storage.again import again
from tallystick.storage.contents import Rules
from tallystick.storage.custody import Action, Keeper, Particulars
from tallystick.storage.feeds import Feeds
from tallystick.storage.holdings import Holdings
from tallystick.storage.journal import Journal
from tallystick.storage.opening import store_at
from tallystick.storage.proposals import Proposals
from tallystick.storage.reviewing import Proposal
from tallystick.storage.stamping import Stamp
from tallystick.storage.stores import bulk
from tallystick.storage.stores.address import CaseAddress
from tallystick.storage.stores.store import Store
from tallystick.storage.taking_over import dossier_name, take_over

__all__ = ["REPORT", "Author", "Case", "DossierFiles", "Proposal", "Rules", "Statements"]

REPORT = "report.html"
# The first revision with a log; what a case held before it can only be noted as it is found.
FIRST_LOGGED = "0004"
# Times that a report is made anew because another process changed the case meanwhile; that one writes its own after.
TRIES = 5


class Author(NamedTuple):
    """Who decided something, and when: UTC, ISO 8601."""

    by: str
    made: str


@dataclass(frozen=True, slots=True)
class DossierFiles:
    """The files of a dossier that does not come with Tallystick.

    Attributes:
        content: Its YAML.
        parts: Names and contents of the files that it uses, but for bundled ones.
    """

    content: bytes
    parts: tuple[tuple[str, bytes], ...] = ()


@dataclass(frozen=True, slots=True)
class Statements:
    """What one document says under some rules.

    Attributes:
        document: Its id.
        claims: Its claims.
        facts: Its facts.
    """

    document: str
    claims: tuple[Claim, ...]
    facts: tuple[Fact, ...] = ()


class Case(Holdings):
    """An open case; `Case.open` gives one, and `with` closes it."""

    def __init__(
        self, store: Store, engine: sa.Engine, connection: sa.Connection, keeper: Keeper, *, read_only: bool
    ) -> None:
        super().__init__(store, connection, Journal(connection, keeper))
        self.read_only = read_only
        self._engine = engine

    @classmethod
    def open(
        cls, address: CaseAddress | str, *, create: bool = False, read_only: bool = False, keeper: Keeper | None = None,
        migrate: bool = True,
    ) -> Self:  # fmt: skip
        """Open the case at `address`.

        Args:
            address: The case: a folder, `postgresql://USER@HOST/DATABASE`, or what `case_address` made of either.
            create: Whether to make it where it is not there; never where it is opened read-only.
            read_only: Whether to open it without writing a byte, also on a medium that cannot be written.
            keeper: Who works with it, for its custody log; None names nobody and takes the machine's clock.
            migrate: Whether tables of an older Tallystick are brought up to date; never where it is opened read-only.

        Raises:
            CaseVersionError: Where a newer Tallystick made it.
            CaseReadOnlyError: Where it is to be written and cannot be.
            CaseError: Where there is no case, or what is there is none.
        """
        store = store_at(address)
        make = create and not read_only
        store.require(create=make)
        engine = store.engine(read_only=read_only)
        try:
            with store.told():
                connection = engine.connect()
            try:
                case = cls(store, engine, connection, keeper or Keeper(), read_only=read_only)
                case._prepare(create=make, migrate=migrate and not read_only)
            except BaseException:
                connection.close()
                raise
        except BaseException:
            engine.dispose()
            raise
        return case

    def _prepare(self, *, create: bool, migrate: bool) -> None:
        """Check the tables, or make or migrate them and say so in the log."""
        if not migrate:
            with self.moment():
                schema.check(self._connection, str(self.address))
            return
        with self._writing():
            before, after = schema.upgrade(self._connection, str(self.address), create=create)
            self._end_loading()
            if before is None:
                self._journal.note(Action.MADE, self.store.tables, {"schema": after})
            elif before != after:
                self._journal.note(Action.MIGRATED, self.store.tables, {"schema": after, "before": before})
                if before < FIRST_LOGGED:
                    take_over(self.kept, self._connection, self._journal)

    def _end_loading(self) -> None:
        """Make the indexes that a loading which was cut off has laid aside; `Loading` goes on without them."""
        bulk.take_up(self._connection)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of it; what was added is on disk already."""
        self._connection.close()
        self._engine.dispose()

    def add(
        self, found: Retrieved, claims: Iterable[Claim], facts: Iterable[Fact] = (), failure: Failure | None = None
    ) -> bool:
        """Keep a report, its original, claims and facts, all or nothing; a failure of it noted earlier is dropped.

        Args:
            found: The report.
            claims: Its claims.
            facts: Its facts.
            failure: Why it could not be extracted from, where it could not.

        Returns:
            Whether it was added; False where another process has added it meanwhile.

        Raises:
            ReadingError: Where another report of the same id is there.
            CaseReadOnlyError: Where the case was opened read-only or the disk refuses.
        """
        return self._add(found, Statements(found.document.id, tuple(claims), tuple(facts)), failure)

    @again
    def _add(self, found: Retrieved, statements: Statements, failure: Failure | None) -> bool:
        document = found.document
        with self._writing() as connection:
            taken = connection.scalar(sa.select(tables.documents.c.name).where(tables.documents.c.id == document.id))
            if taken is not None and self.holds(document):
                return False
            if taken is not None:
                reason = f"another report with the id '{document.id}' is in the case ({taken}); give it its own id"
                raise ReadingError(document.name, reason)
            record = evidence.keep(self.kept, found.original)
            self._journal.received(found, record)
            writing.insert_document(connection, document)
            self._journal.read(document)
            writing.insert_statements(connection, statements.claims, statements.facts)
            listing.refresh(connection, document.id, reviewed=False)
            self._journal.extracted(statements.document, statements.claims, statements.facts)
            failed = tables.failures.c.document == document.name
            connection.execute(sa.delete(tables.failures).where(failed))
            if failure is not None:
                self._note_failure(failure)
        return True

    def _replace(self, statements: Statements) -> None:
        """Put what a document says by now in the place of what it said, or could not say, before."""
        connection, document = self._connection, statements.document
        for table in (tables.claims, tables.facts):
            connection.execute(sa.delete(table).where(table.c.document == document))
        held = reviewing.restore(connection, document, statements.claims)
        writing.insert_held(connection, held)
        writing.insert_facts(connection, statements.facts)
        listing.refresh(connection, document)
        self._journal.extracted(document, [one.claim for one in held if one.standing.counts], statements.facts)
        name = sa.select(tables.documents.c.name).where(tables.documents.c.id == document).scalar_subquery()
        failed = sa.and_(tables.failures.c.document == name, tables.failures.c.stage == "extract")
        connection.execute(sa.delete(tables.failures).where(failed))

    @again
    def note_failure(self, failure: Failure) -> None:
        """Keep what could not be taken; the same failure is kept once."""
        with self._writing():
            self._note_failure(failure)

    def _note_failure(self, failure: Failure) -> None:
        row = {"document": failure.document, "stage": failure.stage, "reason": failure.reason}
        same = sa.and_(*(tables.failures.c[name] == value for name, value in row.items()))
        if self._connection.execute(sa.select(tables.failures).where(same)).first() is None:
            self._connection.execute(sa.insert(tables.failures), row)

    @again
    def judge(
        self, verdict: Verdict, later: str, earlier: str, level: EdgeLevel, why: str, *, before: str | None = None,
        after: str | None = None, author: Author | None = None,
    ) -> Judgement:  # fmt: skip
        """Keep what a reviewer decided about the step from `later` back to `earlier`, and give it with its number.

        Of a decision about a hit, `later` is the hit and `earlier` its provision. `author` is who decided, where that
        is another than whoever works with the case, and when.

        Raises:
            ValueError: Where `why` says nothing.
            CaseReadOnlyError: Where the case was opened read-only or the disk refuses.
        """
        if not why.strip():
            raise ValueError("a judgement needs its reason")
        with self._writing() as connection:
            by, made = author or self._journal.author()
            number = len(contents.judgements(connection)) + 1
            judgement = Judgement(number, made, by, verdict, later, earlier, level, why.strip(), before, after)
            writing.insert_judgement(connection, judgement)
            self._journal.judged(judgement)
            if level is EdgeLevel.HIT:
                blocks.disturb_hit(connection, later)
            else:
                blocks.disturb(connection, (later, earlier))
        return judgement

    @again
    def review(self, proposal: Proposal, *, seen: int, author: Author | None = None) -> Review:
        """Keep what a reviewer decided about claims of one document, and put it in force.

        What follows from it is derived by the next `bring_up_to_date`; where the claims that count stay the same,
        nothing is.

        Args:
            proposal: What was decided.
            seen: Number of the last review of these claims that the reviewer knew of; 0 where there was none.
            author: Who decided, where that is another than whoever works with the case, and when.

        Raises:
            ReviewConflictError: Where somebody else has reviewed one of the claims since.
            ReviewError: Where a claim is not, or is no longer, as the proposal has it.
            CaseReadOnlyError: Where the case was opened read-only or the disk refuses.
        """
        with self._writing() as connection:
            by, made = author or self._journal.author()
            review, before, after = reviewing.decide(connection, proposal, made, by, seen)
            self._journal.reviewed(review)
            counted = [[one.claim for one in held if one.standing.counts] for held in (before, after)]
            if counted[0] != counted[1]:
                facts = contents.facts_of(connection, proposal.document)
                self._journal.extracted(proposal.document, counted[1], facts)
                blocks.disturb(connection, (proposal.document,))
        return review

    @again
    def extend(self, ties: Mapping[str, Sequence[Tie]]) -> None:
        """Give documents whose claims were reviewed the ties that these have by now; their blocks are stale then."""
        with self._writing() as connection:
            blocks.extend(connection, ties)

    @again
    def settle(self, ties: Mapping[str, Sequence[Tie]]) -> None:
        """Put documents that have no block yet into blocks by their ties; what this touches is stale until derived.

        Args:
            ties: For each document by its id its ties.
        """
        with self._writing() as connection:
            blocks.settle(connection, ties)

    def join(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Put the reports of two ids each, of documents or claims, into one block; ids that are not there are left."""
        found = tuple(pairs)
        if found:
            self._join(found)

    @again
    def _join(self, pairs: Sequence[tuple[str, str]]) -> None:
        with self._writing() as connection:
            for one, other in pairs:
                blocks.join(connection, one, other)

    @again
    def replace_derived(
        self, found: Mapping[int, Derived], *, after: int | None = None, members: Mapping[int, int] | None = None,
        moved: Callable[[Derived, Derived], Iterable[Change]] | None = None,
        priorities: Mapping[str, Priority] | None = None, outdated: bool = False,
    ) -> bool:  # fmt: skip
        """Put what was derived of blocks in the place of what was before; where it is the same, write nothing.

        Args:
            found: What was derived of the documents of each block.
            after: What `state` gave before the documents were taken out to derive from; None where nobody else writes.
            members: From how many documents each block was derived; None where nobody else writes. A block only grows,
                and another process may have put a document into it without any change that `state` tells of.
            moved: Tells what became different, to be kept, of what was derived of the blocks before and is by now;
                None keeps nothing.
            priorities: How soon a reviewer should look at each claim of these blocks.
            outdated: Whether it is also put where claims have changed since `after`; its blocks are to be derived then.

        Returns:
            Whether it holds for the case as it is; False where another process has changed it meanwhile.
        """
        with self._writing() as connection:
            current = after is None or after == self.state()
            if not (current or outdated):
                return False
            if any(blocks.size(connection, block) != count for block, count in (members or {}).items()):
                return False
            made = {block: Derived() for block in blocks.gone(connection)}
            made.update((block, derived.joined(())) for block, derived in found.items())
            before = {block: contents.derived(connection, block) for block in sorted(made)}
            changed = [block for block, derived in before.items() if derived != made[block]]
            # All of the old goes before any of the new comes: what two blocks hold is now the one's, now the other's.
            for block in changed:
                writing.delete_derived(connection, block)
            for block in changed:
                writing.insert_derived(connection, block, made[block])
                self._journal.derived(block, made[block])
            # A claim whose row is new wants its place also where what is derived of it is as it was.
            for block in sorted(made):
                listing.place(connection, made[block], contents.claim_names(connection, block), priorities or {})
            if moved is not None and changed:
                was, now = (Derived().joined(held[block] for block in changed) for held in (before, made))
                writing.insert_changes(connection, moved(was, now), self._journal.author()[1], self.state())
            for block in found if current else ():
                blocks.freshen(connection, block)
        return current

    def keep_report(self, make: Callable[[Ledger], bytes]) -> Ledger:
        """Write report.html of what the case holds, where its bytes differ, and give what it was made of.

        Raises:
            CaseError: Where it cannot be written.
        """
        for last in range(TRIES, 0, -1):
            with self.moment():
                ledger, number = self.ledger(), self._journal.last_finding()
            page = make(ledger)
            with self._writing() as connection:
                # What another process has found meanwhile must not be written over with less.
                same = (ledger.failures, number) == (contents.failures(connection), self._journal.last_finding())
                if same or last == 1:
                    self._put_report(page)
                    break
        return ledger

    def _put_report(self, page: bytes) -> None:
        found = sha256(page).hexdigest()
        there = self._journal.last_report() == found and self.kept.holds(REPORT)
        if not there or self.kept.read(REPORT) != page:
            self.kept.put(REPORT, page)
            self._journal.note(Action.REPORTED, REPORT, {"sha256": found, "size": len(page)})

    @property
    def feeds(self) -> Feeds:
        """What is remembered of the feeds that are watched for it."""
        return Feeds(self._connection, self.moment, self._writing)

    @property
    def proposals(self) -> Proposals:
        """What a second reader was asked about it and proposes."""
        return Proposals(self._connection, self._journal, self.moment, self._writing)

    @again
    def note(self, action: Action, subject: str, particulars: Particulars) -> None:
        """Write into the custody log what was done with the case from outside it: an access, a verification."""
        with self._writing():
            self._journal.note(action, subject, particulars)

    @again
    def keep_stamp(self, answer: bytes, stamp: Stamp) -> None:
        """Keep the answer of an authority that says `stamp`; the same answer is kept once."""
        with self._writing():
            digest = evidence.keep_beside(self.kept, evidence.STAMPS, answer)
            if not self._journal.tells(Action.STAMPED, digest):
                self._journal.note(Action.STAMPED, digest, asdict(stamp))

    @again
    def set_rules(self, rules: Rules, dossier: DossierFiles | None = None, anew: Sequence[Statements] = ()) -> None:
        """Note by which rules the claims are made, all or nothing.

        Args:
            rules: The rules.
            dossier: The files of a dossier that is not a bundled one, to be kept.
            anew: What documents that are there say under these rules, in the place of what they said under others.
        """
        with self._writing() as connection:
            if dossier is not None:
                own = dossier_name(rules)
                for name, content in dossier.parts:
                    # Where `dossiers.using` looks: in a folder beside the file that has its name.
                    self.kept.put(f"{own.removesuffix('.yaml')}/{name}", content)
                self.kept.put(own, dossier.content)
            for statements in anew:
                self._replace(statements)
            if self.rules() == rules:
                return
            blocks.clear(connection)
            connection.execute(sa.delete(tables.rules))
            row = {"dossier": rules.dossier, "dossier_sha256": rules.dossier_sha256, "version": rules.version}
            connection.execute(sa.insert(tables.rules), row)
            self._journal.note(Action.RULED, rules.dossier, {"sha256": rules.dossier_sha256, "version": rules.version})

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        """A transaction; its end is on disk or nothing of it is."""
        if self.read_only:
            raise CaseReadOnlyError(str(self.address), "was opened read-only")
        with self.store.told(), self.store.writing(self._connection):
            yield self._connection
