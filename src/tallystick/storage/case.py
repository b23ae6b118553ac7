"""A case on disk: a folder with a SQLite file and the originals, to which reports are added one by one.

Records of the model come in and go out; SQL stays inside. Each report is one transaction, so that a run that is cut
off has lost at most the report it was at.
"""

import errno
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from types import TracebackType
from typing import Any

import sqlalchemy as sa
from sqlalchemy.pool import NullPool

from tallystick.errors import CaseError, CaseReadOnlyError, ReadingError
from tallystick.model.claim import Claim
from tallystick.model.document import Document, Failure, Retrieved
from tallystick.model.estimate import Estimate
from tallystick.model.fact import Fact
from tallystick.model.flag import Flag
from tallystick.model.ledger import Ledger
from tallystick.model.lineage import Lineage
from tallystick.storage import evidence, rows, schema, tables

__all__ = ["Case", "Rules"]

FILE = "case.sqlite"
# The YAML of a dossier that is not a bundled one, so that the case can be read again without the user's file.
DOSSIER_FILE = "dossier.yaml"
# Seconds that a second process waits for the first one's transaction; a report takes milliseconds.
PATIENCE = 30
# Seconds between two tries where SQLite itself does not wait.
PAUSE = 0.02
DERIVED = (tables.readings, tables.estimates, tables.evidence, tables.flags, tables.edges, tables.origins)


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


class Case:
    """An open case; `Case.open` gives one, and `with` closes it."""

    def __init__(self, folder: Path, engine: sa.Engine, connection: sa.Connection, *, read_only: bool) -> None:
        self.folder = folder
        self.read_only = read_only
        self._engine = engine
        self._connection = connection

    @classmethod
    def open(cls, folder: Path | str, *, create: bool = False, read_only: bool = False) -> "Case":
        """Open the case at `folder`.

        Args:
            folder: The case.
            create: Whether to make it where it is not there; never where it is opened read-only.
            read_only: Whether to open it without writing a byte, also on a medium that cannot be written.

        Raises:
            CaseVersionError: Where a newer Tallystick made it.
            CaseReadOnlyError: Where it is to be written and cannot be.
            CaseError: Where there is no case, or what is there is none.
        """
        path = Path(folder)
        _require(path, create=create and not read_only)
        engine = _engine(path / FILE, read_only=read_only)
        try:
            with _told(path):
                connection = engine.connect()
            try:
                with _told(path):
                    if read_only:
                        schema.check(connection, str(path))
                    else:
                        schema.upgrade(connection, str(path))
            except BaseException:
                connection.close()
                raise
        except BaseException:
            engine.dispose()
            raise
        return cls(path, engine, connection, read_only=read_only)

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
        query = sa.select(tables.documents).where(tables.documents.c.id == document.id)
        found = self._rows(query)
        if not found:
            return False
        row = found[0]
        same = all(
            row[name] == getattr(document, name) for name in rows.DOCUMENT_TEXTS if name not in ("sha256", "name")
        )
        return same or row["sha256"] == document.sha256

    def add(self, found: Retrieved, claims: Iterable[Claim], facts: Iterable[Fact] = ()) -> None:
        """Keep a report, its original, claims and facts, all or nothing; a failure of it noted earlier is dropped.

        Raises:
            ReadingError: Where another report of the same id is there.
            CaseReadOnlyError: Where the case was opened read-only or the disk refuses.
        """
        document = found.document
        with self._writing() as connection:
            taken = connection.scalar(sa.select(tables.documents.c.name).where(tables.documents.c.id == document.id))
            if taken is not None:
                reason = f"another report with the id '{document.id}' is in the case ({taken}); give it its own id"
                raise ReadingError(document.name, reason)
            evidence.keep(self.folder, found.original)
            connection.execute(sa.insert(tables.documents), rows.document_row(document))
            _insert(connection, tables.passages, (rows.passage_row(document.id, one) for one in document.passages))
            _insert_claims(connection, claims)
            _insert_facts(connection, facts)
            failed = tables.failures.c.document == document.name
            connection.execute(sa.delete(tables.failures).where(failed))

    def replace_claims(self, document: str, claims: Iterable[Claim], facts: Iterable[Fact] = ()) -> None:
        """Put `claims` and `facts` in the place of those of the document, which can be extracted from by now."""
        with self._writing() as connection:
            for table in (tables.claims, tables.facts):
                connection.execute(sa.delete(table).where(table.c.document == document))
            _insert_claims(connection, claims)
            _insert_facts(connection, facts)
            name = sa.select(tables.documents.c.name).where(tables.documents.c.id == document).scalar_subquery()
            failed = sa.and_(tables.failures.c.document == name, tables.failures.c.stage == "extract")
            connection.execute(sa.delete(tables.failures).where(failed))

    def note_failure(self, failure: Failure) -> None:
        """Keep what could not be taken; the same failure is kept once."""
        row = {"document": failure.document, "stage": failure.stage, "reason": failure.reason}
        with self._writing() as connection:
            same = sa.and_(*(tables.failures.c[name] == value for name, value in row.items()))
            if connection.execute(sa.select(tables.failures).where(same)).first() is None:
                connection.execute(sa.insert(tables.failures), row)

    def replace_derived(self, lineage: Lineage, estimates: tuple[Estimate, ...], flags: tuple[Flag, ...]) -> None:
        """Put what was derived in the place of what was derived before; where it is the same, write nothing."""
        with self._writing() as connection:
            if (self._lineage(), self._estimates(), self._flags()) == (lineage, estimates, flags):
                return
            for table in DERIVED:
                connection.execute(sa.delete(table))
            _insert(connection, tables.edges, map(rows.edge_row, lineage.edges))
            _insert(connection, tables.origins, map(rows.origin_row, lineage.origins))
            _insert(connection, tables.estimates, map(rows.estimate_row, estimates))
            _insert(
                connection, tables.readings,
                (rows.reading_row(estimate.id, reading) for estimate in estimates for reading in estimate.readings),
            )  # fmt: skip
            _insert(connection, tables.flags, map(rows.flag_row, flags))
            spans = (
                {"flag": flag.id, "document": one.document, "start": one.start, "end": one.end}
                for flag in flags
                for one in flag.evidence
            )
            _insert(connection, tables.evidence, spans)

    def documents(self) -> tuple[Document, ...]:
        """Every report in the order in which it was added."""
        with self._reading():
            passages = rows.grouped(self._all(tables.passages), "document")
            return tuple(rows.document_of(row, passages[row["id"]]) for row in self._all(tables.documents))

    def claims(self) -> tuple[Claim, ...]:
        """Every claim, in the order of the documents, then by `start`."""
        with self._reading():
            grounds = rows.grouped(self._all(tables.grounds), "claim")
            return tuple(rows.claim_of(row, grounds[row["id"]]) for row in self._in_text(tables.claims))

    def facts(self) -> tuple[Fact, ...]:
        """Every fact, in the order of the documents, then by `start`."""
        with self._reading():
            grounds = rows.grouped(self._all(tables.fact_grounds), "fact")
            return tuple(rows.fact_of(row, grounds[row["id"]]) for row in self._in_text(tables.facts))

    def ledger(self) -> Ledger:
        """Everything that the case holds at one moment, also while another process adds to it."""
        with self._reading():
            failures = tuple(map(rows.failure_of, self._all(tables.failures)))
            return Ledger(
                self.documents(), self.claims(), self._lineage(), self._estimates(), self._flags(), failures,
                self.facts(),
            )  # fmt: skip

    def original(self, document: Document) -> bytes:
        """Give the bytes that `document` was read from.

        Raises:
            CaseError: Where they are missing or were changed.
        """
        return evidence.take(self.folder, document.sha256)

    def rules(self) -> Rules | None:
        """By which rules the claims were made; None in a new case."""
        found = self._all(tables.rules)
        if not found:
            return None
        return Rules(found[-1]["dossier"], found[-1]["dossier_sha256"], found[-1]["version"])

    def set_rules(self, rules: Rules, dossier: bytes | None = None) -> None:
        """Note by which rules the claims are made, and keep the YAML of a dossier that is not a bundled one."""
        with self._writing() as connection:
            path = self.folder / DOSSIER_FILE
            if dossier is None:
                path.unlink(missing_ok=True)
            else:
                partial = path.with_name(f"{path.name}.part")
                partial.write_bytes(dossier)
                partial.replace(path)
            connection.execute(sa.delete(tables.rules))
            row = {"dossier": rules.dossier, "dossier_sha256": rules.dossier_sha256, "version": rules.version}
            connection.execute(sa.insert(tables.rules), row)

    def dossier_file(self) -> Path | None:
        """The dossier file that the case keeps, or None where its dossier is a bundled one."""
        path = self.folder / DOSSIER_FILE
        return path if path.exists() else None

    def _lineage(self) -> Lineage:
        return Lineage(
            tuple(map(rows.edge_of, self._all(tables.edges))), tuple(map(rows.origin_of, self._all(tables.origins)))
        )

    def _estimates(self) -> tuple[Estimate, ...]:
        readings = rows.grouped(self._all(tables.readings), "estimate")
        return tuple(rows.estimate_of(row, readings[row["id"]]) for row in self._all(tables.estimates))

    def _flags(self) -> tuple[Flag, ...]:
        spans = rows.grouped(self._all(tables.evidence), "flag")
        return tuple(rows.flag_of(row, spans[row["id"]]) for row in self._all(tables.flags))

    def _in_text(self, table: sa.Table) -> list[Mapping[str, Any]]:
        """The rows of a table of spans, in the order of the documents, then of the text."""
        columns = tables.documents.c
        order = {row["id"]: row["position"] for row in self._rows(sa.select(columns.id, columns.position))}
        found = self._all(table)
        found.sort(key=lambda row: (order[row["document"]], row["start"], row["end"]))
        return found

    def _all(self, table: sa.Table) -> list[Mapping[str, Any]]:
        return self._rows(sa.select(table).order_by(table.c.position))

    def _rows(self, query: sa.Select[Any]) -> list[Mapping[str, Any]]:
        with self._reading():
            return [dict(row) for row in self._connection.execute(query).mappings()]

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """The transaction at hand, or one of its own: everything read in it is of one moment."""
        if self._connection.in_transaction():
            yield
            return
        with _told(self.folder), self._connection.begin():
            yield

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        """A transaction; its end is on disk or nothing of it is."""
        if self.read_only:
            raise CaseReadOnlyError(str(self.folder), "was opened read-only")
        with _told(self.folder), self._connection.begin():
            yield self._connection


def _insert(connection: sa.Connection, table: sa.Table, made: Iterable[Mapping[str, Any]]) -> None:
    """Insert rows in their order."""
    found = list(made)
    if found:
        connection.execute(sa.insert(table), found)


def _insert_claims(connection: sa.Connection, claims: Iterable[Claim]) -> None:
    found = tuple(claims)
    _insert(connection, tables.claims, map(rows.claim_row, found))
    _insert(connection, tables.grounds, (rows.ground_row(claim.id, one) for claim in found for one in claim.grounds))


def _insert_facts(connection: sa.Connection, facts: Iterable[Fact]) -> None:
    found = tuple(facts)
    _insert(connection, tables.facts, map(rows.fact_row, found))
    _insert(
        connection, tables.fact_grounds, (rows.fact_ground_row(fact.id, one) for fact in found for one in fact.grounds)
    )  # fmt: skip


def _require(path: Path, *, create: bool) -> None:
    """Make the folder, or raise where there is no case in it."""
    if create:
        try:
            path.mkdir(parents=True, exist_ok=True)
        except FileExistsError as error:
            raise CaseError(str(path), "is a file; give a folder for the case") from error
        except OSError as error:
            raise CaseReadOnlyError(str(path), f"cannot be made: {error.strerror or error}") from error
    elif not (path / FILE).is_file():
        raise CaseError(str(path), "holds no case; 'tallystick run PATH... --case' makes one")


def _engine(file: Path, *, read_only: bool) -> sa.Engine:
    if read_only:
        # Without a write-ahead log nobody is writing, and an immutable file needs no lock on a medium that has none.
        quiet = not file.with_name(file.name + "-wal").exists()
        options = "mode=ro&immutable=1" if quiet else "mode=ro"
    else:
        options = "mode=rwc"
    address = f"{file.resolve().as_uri()}?{options}"
    # Without an isolation level the module begins no transaction of its own, so that ours hold tables as well as rows.
    engine = sa.create_engine(
        "sqlite://",
        poolclass=NullPool,
        creator=lambda: sqlite3.connect(address, uri=True, timeout=PATIENCE, isolation_level=None),
    )

    @sa.event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:
        connection.execute("PRAGMA foreign_keys=ON")
        if not read_only:
            _use_log(connection)
            connection.execute("PRAGMA synchronous=NORMAL")

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        # A writer waits for its turn here: one that had begun by reading could only fail where another wrote since.
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")

    return engine


def _use_log(connection: sqlite3.Connection) -> None:
    """Switch to the write-ahead log; SQLite does not wait for its turn here, so this does."""
    deadline = monotonic() + PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or monotonic() >= deadline:
                raise
            sleep(PAUSE)
        else:
            return


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    """Turn what SQLite and the disk say into an error that names the case."""
    try:
        yield
    except sa.exc.DBAPIError as error:
        said = str(error.orig)
        if "unable to open" in said and (folder / f"{FILE}-wal").exists():
            # What a cut-off run left in its log can only be read where SQLite may make the log's index.
            reason = (
                "its last run was cut off; copy it to where it can be written, and run 'tallystick run' on it there"
            )
            raise CaseReadOnlyError(str(folder), reason) from error
        if "readonly" in said or "unable to open" in said:
            raise CaseReadOnlyError(str(folder), f"cannot be written ({said}); check its permissions") from error
        if "locked" in said:
            raise CaseError(str(folder), "another process is writing to it; try again when that is done") from error
        raise CaseError(str(folder), f"its {FILE} cannot be used ({said})") from error
    except OSError as error:
        if isinstance(error, PermissionError) or error.errno == errno.EROFS:
            raise CaseReadOnlyError(str(folder), f"cannot be written: {error.strerror or error}") from error
        raise CaseError(str(folder), f"cannot be used: {error.strerror or error}") from error
