"""A case on disk: a folder with a SQLite file and the originals, to which reports are added one by one.

Records of the model come in and go out; SQL stays inside. Each report is one transaction, so that a run that is cut
off has lost at most the report it was at.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from types import TracebackType

import sqlalchemy as sa

from tallystick.errors import CaseReadOnlyError, ReadingError
from tallystick.model.claim import Claim
from tallystick.model.document import Document, Failure, Retrieved
from tallystick.model.estimate import Estimate
from tallystick.model.fact import Fact
from tallystick.model.flag import Flag
from tallystick.model.ledger import Ledger
from tallystick.model.lineage import Lineage
from tallystick.storage import contents, evidence, schema, tables, writing
from tallystick.storage.contents import Rules
from tallystick.storage.custody import Action, Entry, Keeper, Particulars
from tallystick.storage.feeds import Feeds
from tallystick.storage.journal import Journal, Receipt
from tallystick.storage.opening import FILE, engine_on, require, told
from tallystick.storage.stamping import Stamp

__all__ = ["REPORT", "Case", "Rules", "Statements"]

# The YAML of dossiers that are not bundled ones, each under its SHA-256, so that the case can be read again without the
# user's file; up to schema 0003 there was one, under a name of its own.
DOSSIERS = "dossiers"
EARLIER_DOSSIER_FILE = "dossier.yaml"
REPORT = "report.html"
# Times that a report is made anew because another process changed the case meanwhile; that one writes its own after.
TRIES = 5


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


class Case:
    """An open case; `Case.open` gives one, and `with` closes it."""

    def __init__(
        self, folder: Path, engine: sa.Engine, connection: sa.Connection, keeper: Keeper, *, read_only: bool
    ) -> None:
        self.folder = folder
        self.read_only = read_only
        self._engine = engine
        self._connection = connection
        self._journal = Journal(connection, keeper)

    @classmethod
    def open(
        cls, folder: Path | str, *, create: bool = False, read_only: bool = False, keeper: Keeper | None = None
    ) -> "Case":
        """Open the case at `folder`.

        Args:
            folder: The case.
            create: Whether to make it where it is not there; never where it is opened read-only.
            read_only: Whether to open it without writing a byte, also on a medium that cannot be written.
            keeper: Who works with it, for its custody log; None names nobody and takes the machine's clock.

        Raises:
            CaseVersionError: Where a newer Tallystick made it.
            CaseReadOnlyError: Where it is to be written and cannot be.
            CaseError: Where there is no case, or what is there is none.
        """
        path = Path(folder)
        require(path, create=create and not read_only)
        engine = engine_on(path / FILE, read_only=read_only)
        try:
            with told(path):
                connection = engine.connect()
            try:
                case = cls(path, engine, connection, keeper or Keeper(), read_only=read_only)
                case._prepare()
            except BaseException:
                connection.close()
                raise
        except BaseException:
            engine.dispose()
            raise
        return case

    def _prepare(self) -> None:
        """Check the tables, or make or migrate them and say so in the log."""
        with told(self.folder):
            if self.read_only:
                schema.check(self._connection, str(self.folder))
                return
            with self._connection.begin():
                before, after = schema.upgrade(self._connection, str(self.folder))
                if before is None:
                    self._journal.note(Action.MADE, FILE, {"schema": after})
                elif before != after:
                    self._journal.note(Action.MIGRATED, FILE, {"schema": after, "before": before})
                    self._take_over()

    def __enter__(self) -> "Case":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file; what was added is on disk already."""
        self._connection.close()
        self._engine.dispose()

    def holds(self, document: Document) -> bool:
        """Whether the case has this report: the same id with the same bytes, or with the same text and fields."""
        with self.moment():
            return contents.holds(self._connection, document)

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
        document = found.document
        statements = Statements(document.id, tuple(claims), tuple(facts))
        with self._writing() as connection:
            taken = connection.scalar(sa.select(tables.documents.c.name).where(tables.documents.c.id == document.id))
            if taken is not None and self.holds(document):
                return False
            if taken is not None:
                reason = f"another report with the id '{document.id}' is in the case ({taken}); give it its own id"
                raise ReadingError(document.name, reason)
            record = evidence.keep(self.folder, found.original)
            self._journal.received(found, record)
            writing.insert_document(connection, document)
            self._journal.read(document)
            writing.insert_statements(connection, statements.claims, statements.facts)
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
        writing.insert_statements(connection, statements.claims, statements.facts)
        self._journal.extracted(statements.document, statements.claims, statements.facts)
        name = sa.select(tables.documents.c.name).where(tables.documents.c.id == document).scalar_subquery()
        failed = sa.and_(tables.failures.c.document == name, tables.failures.c.stage == "extract")
        connection.execute(sa.delete(tables.failures).where(failed))

    def note_failure(self, failure: Failure) -> None:
        """Keep what could not be taken; the same failure is kept once."""
        with self._writing():
            self._note_failure(failure)

    def _note_failure(self, failure: Failure) -> None:
        row = {"document": failure.document, "stage": failure.stage, "reason": failure.reason}
        same = sa.and_(*(tables.failures.c[name] == value for name, value in row.items()))
        if self._connection.execute(sa.select(tables.failures).where(same)).first() is None:
            self._connection.execute(sa.insert(tables.failures), row)

    def replace_derived(
        self, lineage: Lineage, estimates: tuple[Estimate, ...], flags: tuple[Flag, ...], *, after: int | None = None
    ) -> bool:
        """Put what was derived in the place of what was derived before; where it is the same, write nothing.

        Args:
            lineage: Edges and origins.
            estimates: The estimates.
            flags: The flags.
            after: What `state` gave before the documents were taken out to derive from; None where nobody else writes.

        Returns:
            Whether it holds for the case as it is; False where another process has changed it since `after`.
        """
        with self._writing() as connection:
            if after is not None and after != self.state():
                return False
            if self._derived() != (lineage, estimates, flags):
                writing.replace_derived(connection, lineage, estimates, flags)
                self._journal.derived(lineage, estimates, flags)
        return True

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
        path, found = self.folder / REPORT, sha256(page).hexdigest()
        if self._journal.last_report() != found or not path.exists() or path.read_bytes() != page:
            evidence.write_whole(path, page)
            self._journal.note(Action.REPORTED, REPORT, {"sha256": found, "size": len(page)})

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

    def ledger(self) -> Ledger:
        """Everything that the case holds at one moment, also while another process adds to it."""
        with self.moment():
            return Ledger(
                self.documents(), self.claims(), *self._derived(), contents.failures(self._connection), self.facts()
            )

    def original(self, document: Document) -> bytes:
        """Give the bytes that `document` was read from.

        Raises:
            CaseError: Where they are missing or were changed.
        """
        return evidence.take(self.folder, document.sha256)

    def files(self, folder: str) -> Iterator[Path]:
        """Every original or WARC record, by which `folder` says, in order of name."""
        return evidence.files(self.folder, folder)

    def receipt(self, document: Document) -> Receipt | None:
        """How the original of `document` came; None in a case from before there was a custody log."""
        with self.moment():
            return self._journal.receipt(document)

    @property
    def feeds(self) -> Feeds:
        """What is remembered of the feeds that are watched for it."""
        return Feeds(self._connection, self.moment, self._writing)

    def custody(self) -> tuple[Entry, ...]:
        """Every entry of the custody log, in order."""
        with self.moment():
            return tuple(self._journal.entries())

    def state(self) -> int:
        """Number of the last entry of the log by which documents, claims or rules changed; 0 where there is none."""
        with self.moment():
            return self._journal.state()

    def damage(self) -> tuple[str, ...]:
        """What SQLite itself finds wrong with the file; empty where it finds nothing."""
        with self.moment():
            found = self._connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
            loose = self._connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        said = tuple(str(one) for one in found if one != "ok")
        return said + tuple(f"row {one[1]} of {one[0]} belongs to nothing" for one in loose)

    def note(self, action: Action, subject: str, particulars: Particulars) -> None:
        """Write into the custody log what was done with the case from outside it: an access, a verification."""
        with self._writing():
            self._journal.note(action, subject, particulars)

    def keep_stamp(self, answer: bytes, stamp: Stamp) -> None:
        """Keep the answer of an authority that says `stamp`; the same answer is kept once."""
        with self._writing():
            digest = evidence.keep_beside(self.folder, evidence.STAMPS, answer)
            if not self._journal.tells(Action.STAMPED, digest):
                self._journal.note(Action.STAMPED, digest, asdict(stamp))

    def rules(self) -> Rules | None:
        """By which rules the claims were made; None in a new case."""
        with self.moment():
            return contents.rules(self._connection)

    def set_rules(self, rules: Rules, dossier: bytes | None = None, anew: Sequence[Statements] = ()) -> None:
        """Note by which rules the claims are made, all or nothing.

        Args:
            rules: The rules.
            dossier: The YAML of a dossier that is not a bundled one, to be kept.
            anew: What documents that are there say under these rules, in the place of what they said under others.
        """
        with self._writing() as connection:
            if dossier is not None:
                path = self._dossier_path(rules)
                path.parent.mkdir(exist_ok=True)
                evidence.write_whole(path, dossier)
            for statements in anew:
                self._replace(statements)
            if self.rules() == rules:
                return
            connection.execute(sa.delete(tables.rules))
            row = {"dossier": rules.dossier, "dossier_sha256": rules.dossier_sha256, "version": rules.version}
            connection.execute(sa.insert(tables.rules), row)
            self._journal.note(Action.RULED, rules.dossier, {"sha256": rules.dossier_sha256, "version": rules.version})

    def dossier_file(self) -> Path | None:
        """The dossier file that the case keeps, or None where its dossier is a bundled one."""
        rules = self.rules()
        path = None if rules is None else self._dossier_path(rules)
        return path if path is not None and path.exists() else None

    def _dossier_path(self, rules: Rules) -> Path:
        return self.folder / DOSSIERS / f"{rules.dossier_sha256}.yaml"

    def _derived(self) -> tuple[Lineage, tuple[Estimate, ...], tuple[Flag, ...]]:
        connection = self._connection
        return contents.lineage(connection), contents.estimates(connection), contents.flags(connection)

    def _take_over(self) -> None:
        """Note what a case from before there was a log holds, so that a later change of it shows."""
        rules = self.rules()
        earlier = self.folder / EARLIER_DOSSIER_FILE
        if rules is not None and earlier.exists():
            path = self._dossier_path(rules)
            path.parent.mkdir(exist_ok=True)
            earlier.replace(path)
        claims: defaultdict[str, list[Claim]] = defaultdict(list)
        facts: defaultdict[str, list[Fact]] = defaultdict(list)
        for claim in self.claims():
            claims[claim.document].append(claim)
        for fact in self.facts():
            facts[fact.document].append(fact)
        for document in self.documents():
            self._journal.read(document, Action.TAKEN_OVER)
            self._journal.extracted(document.id, claims[document.id], facts[document.id])
        derived = self._derived()
        if derived != (Lineage((), ()), (), ()):
            self._journal.derived(*derived)

    @contextmanager
    def moment(self) -> Iterator[None]:
        """A block in which everything that is read is of one moment."""
        if self._connection.in_transaction():
            yield
            return
        with told(self.folder), self._connection.begin():
            yield

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        """A transaction; its end is on disk or nothing of it is."""
        if self.read_only:
            raise CaseReadOnlyError(str(self.folder), "was opened read-only")
        with told(self.folder), self._connection.begin():
            yield self._connection
