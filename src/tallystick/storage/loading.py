"""Many reports at once: what `Case.add` keeps one by one comes in by the thousand, and the same rows are in the case.

A portion is one transaction, whole or not at all; a loading that was cut off goes on when it is begun anew, since
what is there is passed over. What rows are made of, the dearest part, needs no case: `prepared` may run elsewhere.
"""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice, pairwise
from threading import Event
from typing import NamedTuple

import sqlalchemy as sa

from tallystick.model.claim import Claim
from tallystick.model.document import Failure, Retrieved
from tallystick.model.fact import Fact
from tallystick.model.progress import Progress, Silent
from tallystick.storage import evidence, listing, rows, settling, tables, writing
from tallystick.storage.case import Case
from tallystick.storage.contents import KNOWN_BY, MOST_VALUES
from tallystick.storage.custody import Action, Keeper, canonical, digests_of
from tallystick.storage.journal import of_extraction, of_reading, of_receipt
from tallystick.storage.settling import Settled
from tallystick.storage.stores import bulk
from tallystick.storage.stores.bulk import Row, Shape
from tallystick.storage.stores.store import Files, Store
from tallystick.storage.warc_records import warc_record

__all__ = ["PORTION", "Loaded", "Loading", "Prepared", "Report", "prepared"]

# Documents in one transaction, and bytes of their originals: each portion writes most pages of the unique indexes anew,
# so that of 600,000 claims those of 5,000 take an eighth longer; with more it takes more memory.
PORTION = 10_000
BYTES = 64 << 20
# Blocks of reports whose derivations are kept in one transaction.
BLOCKS = 2_000
# Tables whose rows a report brings, each behind those that its rows belong to, with the names of the values.
BRINGS = (
    (tables.documents, rows.DOCUMENT), (tables.passages, rows.PASSAGE), (tables.claims, rows.CLAIM),
    (tables.grounds, rows.CLAIM_GROUND), (tables.facts, rows.FACT), (tables.fact_grounds, rows.FACT_GROUND),
)  # fmt: skip
NAMES = tuple(names for _, names in BRINGS)
# A claim stands as it was extracted, which the table itself sets.
SHAPES = tuple(Shape(table, names) for table, names in BRINGS)
# Places of two of them, and of what a report is known by in a row of the first.
DOCUMENTS, CLAIMS = 0, 2
KNOWN = tuple(map(SHAPES[DOCUMENTS].names.index, KNOWN_BY))
ID, NAME, SHA256 = map(SHAPES[DOCUMENTS].names.index, ("id", "name", "sha256"))
CUSTODY = Shape(tables.custody)
RECEIVED, READ, NOTED = (one.value for one in (Action.RECEIVED, Action.READ, Action.EXTRACTED))
# Reports whose digests are taken at once: with one it takes nearly twice as long, with a thousand a fifth longer.
TOGETHER = 50


class Report(NamedTuple):
    """What `Case.add` takes.

    Attributes:
        found: The report with its original.
        claims: Its claims.
        facts: Its facts.
        failure: Why it could not be extracted from, where it could not.
    """

    found: Retrieved
    claims: tuple[Claim, ...] = ()
    facts: tuple[Fact, ...] = ()
    failure: Failure | None = None


class Told(NamedTuple):
    """What belongs to one of the reports that are prepared.

    Attributes:
        counts: Of each table of SHAPES how many rows are of this report.
        entries: What the log will say of it: actions, subjects and canonical particulars.
        failure: Why it could not be extracted from, where it could not.
    """

    counts: tuple[int, ...]
    entries: tuple[tuple[str, str, str], ...]
    failure: Failure | None


class Prepared(NamedTuple):
    """Reports as they are put into a case; it can be sent from one process to another.

    Attributes:
        rows: Of each table of SHAPES the rows of all reports, in their order.
        told: What belongs to each.
        files: Names and bytes of originals and WARC records.
    """

    rows: tuple[list[Row], ...]
    told: list[Told]
    files: dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of loading.

    Attributes:
        added: Number of documents that the case did not hold before.
        known: Number of documents that it held already.
        claims: Number of claims of those added.
        refused: What could not be taken, since another report has its id; the case keeps it as a failure.
    """

    added: int = 0
    known: int = 0
    claims: int = 0
    refused: tuple[Failure, ...] = ()

    def __add__(self, other: "Loaded") -> "Loaded":
        return Loaded(
            self.added + other.added, self.known + other.known, self.claims + other.claims, self.refused + other.refused
        )


def prepared(reports: Iterable[Report], kept: Files | None = None) -> Prepared:
    """Give reports as rows and files, with what the log will say of them.

    Args:
        reports: The reports.
        kept: The files of the case, where they are written right away if they lie in a folder; None leaves all to it.

    Raises:
        ValueError: Where an original does not have the digest that it names, or a claim or fact is of another report.
    """
    made = Prepared(tuple([] for _ in SHAPES), [], {})
    following = iter(reports)
    while some := list(islice(following, TOGETHER)):
        _prepare(some, made)
    if kept is not None and bulk.lie_apart(kept):
        bulk.keep(kept, made.files)
        made.files.clear()
    return made


def _prepare(reports: Sequence[Report], made: Prepared) -> None:
    """Put some reports to those that are prepared."""
    every = list(map(_rows, reports))
    kinds = [(names, [own[place] for own in every]) for place, names in enumerate(NAMES)]
    read, said = digests_of(kinds[:CLAIMS]), digests_of(kinds[CLAIMS:])
    for report, own, one, other in zip(reports, every, read, said, strict=True):
        made.told.append(Told(tuple(map(len, own)), _entries(report, made.files, one, other), report.failure))
        for some, target in zip(own, made.rows, strict=True):
            target.extend(some)


def _rows(report: Report) -> tuple[list[Row], ...]:
    """The rows of a report, of each table of BRINGS."""
    document, claims, facts = report.found.document, report.claims, report.facts
    statements: tuple[Claim | Fact, ...] = (*claims, *facts)
    for one in statements:
        if one.document != document.id:
            raise ValueError(f"{one.id} is of {one.document}, not of {document.id}")
    return (
        [rows.document_values(document)],
        [rows.passage_values(document.id, one) for one in document.passages],
        [rows.claim_values(one) for one in claims],
        [rows.ground_values(one.id, ground) for one in claims for ground in one.grounds],
        [rows.fact_values(one) for one in facts],
        [rows.ground_values(one.id, ground) for one in facts for ground in one.grounds],
    )


def _entries(report: Report, files: dict[str, bytes], read: str, said: str) -> tuple[tuple[str, str, str], ...]:
    """What the log says of a report, whose files are put to the others; `said` holds of claims in their order."""
    found, document, claims, facts = report.found, report.found.document, report.claims, report.facts
    record = _prepare_files(found, files)
    if not (_in_text(claims) and _in_text(facts)):
        said = writing.statements_digest(claims, facts)
    return (
        (RECEIVED, found.original.sha256, canonical(of_receipt(found, record))),
        (READ, document.id, canonical(of_reading(document, read))),
        (NOTED, document.id, canonical(of_extraction(len(claims), len(facts), said))),
    )


def _prepare_files(found: Retrieved, files: dict[str, bytes]) -> str | None:
    """Put the original of a report, and its WARC record, to the files; gives the SHA-256 of the record."""
    original = found.original
    if sha256(original.content).hexdigest() != original.sha256:
        raise ValueError(f"{original.sha256} is not the SHA-256 of the content")
    files[evidence.name_of(evidence.ORIGINALS, original.sha256)] = original.content
    if original.retrieval is None:
        return None
    content = warc_record(original, original.retrieval)
    record = sha256(content).hexdigest()
    files[evidence.name_of(evidence.RECORDS, record)] = content
    return record


def _in_text(found: Sequence[Claim | Fact]) -> bool:
    """Whether these are in the order of the text, in which their digest is taken."""
    return all((one.start, one.end) <= (other.start, other.end) for one, other in pairwise(found))


def _portion(reports: Iterator[Report]) -> Iterator[Report]:
    """The reports of one portion: the next so many, or fewer large ones."""
    size = 0
    for report in islice(reports, PORTION):
        yield report
        size += len(report.found.original.content)
        if size >= BYTES:
            return


class Loading(Case):
    """An open case that takes many reports at once; `Loading.open` gives one, as `Case.open` does."""

    def __init__(
        self, store: Store, engine: sa.Engine, connection: sa.Connection, keeper: Keeper, *, read_only: bool
    ) -> None:
        super().__init__(store, engine, connection, keeper, read_only=read_only)
        self._at_once = False
        self._idle = Event()
        self._idle.set()

    def _end_loading(self) -> None:
        """Indexes that are laid aside stay so until this loading ends."""

    def load(self, reports: Iterable[Report], *, progress: Progress | None = None) -> Loaded:
        """Keep reports, portion by portion; those that the case holds are passed over.

        Args:
            reports: The reports, in the order in which they are kept; they are asked for in a thread of its own.
            progress: Told of every document.

        Raises:
            CaseReadOnlyError: Where the case was opened read-only or the disk refuses.
            ValueError: Where an original does not have the digest that it names, or a claim is of another report; the
                portions before it are kept.
        """
        with ThreadPoolExecutor(max_workers=1) as ahead:
            try:
                return self.put(self._prepared_ahead(iter(reports), ahead), progress=progress)
            finally:
                self._idle.set()

    def _prepared_ahead(self, reports: Iterator[Report], ahead: Executor) -> Iterator[Prepared]:
        """Prepare each portion while the database is at work with the one before."""
        coming = ahead.submit(self._next, reports)
        while (portion := coming.result()).told:
            coming = ahead.submit(self._next, reports)
            yield portion

    def _next(self, reports: Iterator[Report]) -> Prepared:
        """The next portion, its files on the disk where they lie in a folder."""
        return prepared(self._when_idle(_portion(reports)), self.kept)

    def _when_idle(self, reports: Iterable[Report]) -> Iterator[Report]:
        """Reports, each when no rows are being handed over: two threads of Python at once take longer than one."""
        for report in reports:
            self._idle.wait()
            yield report

    def put(self, portions: Iterable[Prepared], *, progress: Progress | None = None) -> Loaded:
        """Keep reports that are prepared, each portion whole or not at all.

        Args:
            portions: What `prepared` gave, perhaps in other processes; a few thousand documents each are fast.
            progress: Told of every document.

        Raises:
            CaseReadOnlyError: Where the case was opened read-only or the disk refuses.
        """
        listener, loaded = progress or Silent(), Loaded()
        with self.at_once():
            for portion in portions:
                loaded += self._put(portion)
                listener.advance(len(portion.told))
        return loaded

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """A block in which much is loaded: where nothing was in the case, indexes that only queries need come last.

        Raises:
            CaseReadOnlyError: Where the case was opened read-only or the disk refuses.
        """
        if self._at_once:
            yield
            return
        with self._writing() as connection:
            if not bulk.laid_aside(connection) and connection.scalar(sa.select(tables.documents.c.id).limit(1)) is None:
                bulk.lay_aside(connection)
        bulk.sweep(self.kept)
        self._at_once = True
        try:
            with bulk.unhindered(self._connection), bulk.unsearched():
                yield
                with self._writing() as connection:
                    taken = bulk.take_up(connection)
                if taken:
                    bulk.look_after(self._connection, tables.metadata.sorted_tables)
        finally:
            self._at_once = False

    def keep_derived(self, blocks: Iterable[Settled], *, progress: Progress | None = None) -> int:
        """Keep what was derived elsewhere of reports that are there, portion by portion; give of how many.

        Args:
            blocks: What `Case.settle` and `Case.replace_derived` would keep of reports that no block has yet; a block
                of which a report has one is passed over.
            progress: Told of every document.

        Raises:
            CaseReadOnlyError: Where the case was opened read-only or the disk refuses.
        """
        listener, following, settled = progress or Silent(), iter(blocks), 0
        with self.at_once():
            while some := list(islice(following, BLOCKS)):
                with self._writing() as connection:
                    number = settling.settle(connection, self._journal, some)
                settled += number
                listener.advance(number)
        return settled

    def _put(self, portion: Prepared) -> Loaded:
        """Keep one portion."""
        with self._writing() as connection:
            self._idle.clear()
            portion, known, refused = self._new(portion)
            bulk.keep(self.kept, portion.files)
            last = connection.scalar(sa.select(sa.func.max(tables.claims.c.position))) or 0
            with bulk.gathered(connection):
                for shape, made in zip(SHAPES, portion.rows, strict=True):
                    bulk.insert(connection, shape, made)
                entries = (entry for told in portion.told for entry in told.entries)
                bulk.insert(connection, CUSTODY, self._journal.following(entries))
                self._fail(portion, refused)
                self._idle.set()
                listing.add_behind(connection, last)
        return Loaded(len(portion.told), known, len(portion.rows[CLAIMS]), tuple(refused))

    def _fail(self, portion: Prepared, refused: Iterable[Failure]) -> None:
        """Drop failures noted earlier of what is there now, and note those of by now."""
        failures = tables.failures
        noted = set(self._connection.scalars(sa.select(failures.c.document)))
        gone = noted.intersection(row[NAME] for row in portion.rows[DOCUMENTS])
        for name in sorted(gone):
            self._connection.execute(sa.delete(failures).where(failures.c.document == name))
        for failure in (*(one.failure for one in portion.told), *refused):
            if failure is not None:
                self._note_failure(failure)

    def _new(self, portion: Prepared) -> tuple[Prepared, int, list[Failure]]:
        """The portion without what the case holds, the number of that, and what has the id of another report."""
        taken = self._taken([row[ID] for row in portion.rows[DOCUMENTS]])
        dropped: set[int] = set()
        refused: list[Failure] = []
        for place, row in enumerate(portion.rows[DOCUMENTS]):
            other = taken.setdefault(row[ID], row)
            if other is row:
                continue
            dropped.add(place)
            if other[SHA256] != row[SHA256] and any(other[one] != row[one] for one in KNOWN):
                reason = f"another report with the id '{row[ID]}' is in the case ({other[NAME]}); give it its own id"
                refused.append(Failure(row[NAME], "store", reason))
        return (_without(portion, dropped) if dropped else portion), len(dropped) - len(refused), refused

    def _taken(self, names: Sequence[str]) -> dict[str, Row]:
        """Rows of those documents that the case holds, by id."""
        found: dict[str, Row] = {}
        columns = [tables.documents.c[name] for name in SHAPES[DOCUMENTS].names]
        for first in range(0, len(names), MOST_VALUES):
            within = tables.documents.c.id.in_(names[first : first + MOST_VALUES])
            found.update((row[ID], tuple(row)) for row in self._connection.execute(sa.select(*columns).where(within)))
        return found


def _without(portion: Prepared, dropped: set[int]) -> Prepared:
    """A portion without the documents at some places; the files of others may be the same, so those stay."""
    kept = Prepared(tuple([] for _ in SHAPES), [], portion.files)
    begins = [0] * len(SHAPES)
    for place, told in enumerate(portion.told):
        ends = [begin + count for begin, count in zip(begins, told.counts, strict=True)]
        if place not in dropped:
            kept.told.append(told)
            for target, found, begin, end in zip(kept.rows, portion.rows, begins, ends, strict=True):
                target.extend(found[begin:end])
        begins = ends
    return kept
