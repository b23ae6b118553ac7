"""The journey from end to end: the only place where the stages meet.

Takes paths, a case and a dossier; gives the ledger of the case and its report.html. Every stage is pure or
keeps to its own folder, so an interrupted run is taken up again by running it once more.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from tallystick.deriving import bring_up_to_date, derive
from tallystick.dossiers.loading import bundled, load, source, uses
from tallystick.editions import edition
from tallystick.errors import CaseError, CaseReadOnlyError, ReadingError
from tallystick.extraction.extraction import extract
from tallystick.extraction.facts import facts
from tallystick.intake import NOTED, gather, revised, until_stopped
from tallystick.model.change import Change
from tallystick.model.document import Failure
from tallystick.model.dossier import Dossier
from tallystick.model.ledger import Ledger
from tallystick.model.progress import Progress, Silent
from tallystick.reading.bearing import bearing
from tallystick.reading.reading import Fetch, read
from tallystick.reading.received import Address
from tallystick.reading.web.fetching import Web
from tallystick.reading.web.watching import EVERY, Watcher, due_in
from tallystick.reporting.changes import changes
from tallystick.reporting.report import report
from tallystick.storage.case import REPORT, Case, DossierFiles, Rules, Statements
from tallystick.storage.custody import Action, Entry, Keeper, Particulars
from tallystick.storage.loading import Loading, Report
from tallystick.storage.stores.address import CaseAddress
from tallystick.storage.verifying import Verification, verify
from tallystick.values.terms import Terms

__all__ = [
    "DEFAULT_DOSSIER",
    "Look",
    "Outcome",
    "custody",
    "derive",
    "derive_anew",
    "fill",
    "keeper",
    "look",
    "note_access",
    "open_ledger",
    "opened",
    "ruled",
    "run",
    "subject_of",
    "verified",
]

DEFAULT_DOSSIER = "general"
VERSION = version("tallystick")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a run.

    Attributes:
        added: Number of documents that the case did not hold before.
        known: Number of documents that it held already.
        failures: What could not be taken this time.
        ledger: The whole case.
        report: Where the report was written; None where it lies in a database, with the case.
    """

    added: int
    known: int
    failures: tuple[Failure, ...]
    ledger: Ledger
    report: Path | None


@dataclass(frozen=True, slots=True)
class Look:
    """What came of one look at the feeds of a case.

    Attributes:
        added: Number of documents that the case did not hold before.
        known: Number of documents that it held already.
        failures: What could not be taken this time.
        changes: What became different.
        wait: Seconds until the first feed is due again.
        state: Of the case when the look was over.
    """

    added: int
    known: int
    failures: tuple[Failure, ...]
    changes: tuple[Change, ...]
    wait: float
    state: int


def keeper(operator: str = "") -> Keeper:
    """Give who works with a case: `operator`, with this program and the clock of this machine."""
    return Keeper(operator, f"tallystick {VERSION}", lambda: datetime.now(UTC))


def run(
    inputs: Iterable[str | Path | Address], address: CaseAddress, dossier: str | None = None, *,
    progress: Progress | None = None, by: Keeper | None = None, fetch: Fetch | None = None,
) -> Outcome:  # fmt: skip
    """Read `inputs` into the case at `address`, trace, reconcile and screen it, and write its report.

    Args:
        inputs: Files, folders, "-" for standard input, or addresses. Of a web archive only those pages are read that
            hold the terms of the dossier, where it has some.
        address: The case; made where it does not exist.
        dossier: A bundled name or a YAML file; None takes the one the case was made with, else "general".
        progress: Told of every document read.
        by: Who runs it, for the custody log; None names nobody.
        fetch: How addresses, also those that feeds and lists name, are got; None gives a failure for each.

    Raises:
        DossierError, UnknownDossierError: Where the dossier cannot be loaded; the case is left as it was.
        CaseError: Where the case cannot be opened or written.
    """
    given = None if dossier is None else _loaded(dossier)
    with Case.open(address, create=True, keeper=by or keeper()) as case:
        subject, kept = given or _dossier_of(case)
        _apply_rules(case, subject, kept)
        wanted = Terms(subject.watch.terms).in_bytes if subject.watch.terms else None
        found = until_stopped(read(inputs, progress=progress, wanted=wanted, fetch=fetch))
        added, known, failures = gather(case, found, subject)
        return Outcome(added, known, tuple(failures), _derive_and_report(case, subject), case.kept.path(REPORT))


def fill(
    reports: Iterable[Report], rules: Rules, address: CaseAddress, dossier: str | None = None, *, first: str,
    failures: Iterable[Failure] = (), progress: Progress | None = None, by: Keeper | None = None,
) -> Outcome:  # fmt: skip
    """Put what was read and extracted elsewhere into the case at `address`, and derive and report as `run` does.

    Args:
        reports: The reports with their claims and facts; where the rules of the case are others, these are read anew.
        rules: By which they were extracted.
        address: The case; made where it does not exist.
        dossier: A bundled name or a YAML file; None takes the one the case was made with.
        first: The dossier of a case that is made now, where `dossier` is None.
        failures: What could not be taken elsewhere; the case keeps these.
        progress: Told of every document.
        by: Who runs it, for the custody log; None names nobody.

    Raises:
        DossierError, UnknownDossierError: Where the dossier cannot be loaded.
        CaseError: Where the case cannot be opened or written.
    """
    given = None if dossier is None else _loaded(dossier)
    with Loading.open(address, create=True, keeper=by or keeper()) as case:
        subject, kept = given or (_loaded(first) if case.rules() is None else _dossier_of(case))
        _apply_rules(case, subject, kept)
        loaded = case.load(reports if case.rules() == rules else _anew(reports, subject), progress=progress)
        left = tuple(failures)
        for failure in left:
            if failure.stage not in NOTED:
                case.note_failure(failure)
        failed = (*left, *loaded.refused)
        return Outcome(loaded.added, loaded.known, failed, _derive_and_report(case, subject), case.kept.path(REPORT))


def _anew(reports: Iterable[Report], subject: Dossier) -> Iterator[Report]:
    """Reports with what they say under another dossier."""
    for one in reports:
        document = one.found.document
        try:
            yield Report(one.found, extract(document, subject), facts(document, subject))
        except ReadingError as error:
            yield Report(one.found, failure=Failure(document.name, "extract", error.reason))


def look(
    address: CaseAddress, web: Web, dossier: str | None = None, *, feeds: Iterable[str] = (), every: float = EVERY,
    progress: Progress | None = None, by: Keeper | None = None, after: int | None = None,
) -> Look:  # fmt: skip
    """Read into the case at `address` what is new in the feeds of its dossier and holds the dossier's terms.

    Args:
        address: The case; made where it does not exist.
        web: How feeds and pages are got.
        dossier: As of `run`.
        feeds: Addresses of further feeds.
        every: Seconds between two looks at one feed; one that is not due is left alone.
        progress: Told of every document read.
        by: Who watches, for the custody log; None names nobody.
        after: `state` of the look before in this run: where nothing came since, nothing is derived again.

    Raises:
        DossierError, UnknownDossierError: Where the dossier cannot be loaded; the case is left as it was.
        CaseError: Where the case cannot be opened or written, or there is no feed to look at.
    """
    given = None if dossier is None else _loaded(dossier)
    listener = progress or Silent()
    with Case.open(address, create=True, keeper=by or keeper()) as case:
        subject, kept = given or _dossier_of(case)
        urls = tuple(dict.fromkeys((*subject.watch.feeds, *feeds)))
        if not urls:
            reason = f"dossier {subject.name} names no feeds; write some under 'watch', or give one with --feed URL"
            raise CaseError(str(address), reason)
        before = case.ledger()
        _apply_rules(case, subject, kept)
        watcher = Watcher(web, case.feeds, listener, every)
        found = until_stopped(one for url in urls for one in watcher.look(url))
        told = bearing(found, Terms(subject.watch.terms), listener)
        added, known, failures = gather(case, revised(case, told, before.documents), subject)
        ledger = before if case.state() == after else _derive_and_report(case, subject)
        wait = due_in(urls, case.feeds, web.means.clock())
        return Look(added, known, tuple(failures), changes(before, ledger), wait, case.state())


@contextmanager
def opened(address: CaseAddress, purpose: str, *, by: Keeper | None = None) -> Iterator[Case]:
    """Open the case at `address` to be read, and note the access in its custody log, where that can be written.

    Args:
        address: The case.
        purpose: What it is opened for, for the custody log.
        by: Who opens it; None names nobody.

    Raises:
        CaseError: Where there is no case, or it cannot be read.
    """
    with _to_read(address, by) as case:
        yield case
        # A copy on a medium that takes no entry is still there to be read.
        with suppress(CaseReadOnlyError):
            case.note(Action.ACCESSED, purpose, {})


def _to_read(address: CaseAddress, by: Keeper | None) -> Case:
    """A case whose log can take an entry; one that can only be read on a medium that takes none."""
    try:
        return Case.open(address, keeper=by or keeper(), migrate=False)
    except CaseReadOnlyError:
        return Case.open(address, read_only=True)


def open_ledger(address: CaseAddress, purpose: str, *, by: Keeper | None = None) -> Ledger:
    """Give what the case at `address` holds, changing nothing but its custody log.

    Raises:
        CaseError: Where there is no case, or it cannot be read.
    """
    with opened(address, purpose, by=by) as case:
        return case.ledger()


def custody(address: CaseAddress) -> tuple[Entry, ...]:
    """Give the custody log of the case at `address`, without an entry about that.

    Raises:
        CaseError: Where there is no case, or it cannot be read.
    """
    with Case.open(address, read_only=True) as case:
        return case.custody()


def verified(address: CaseAddress, *, by: Keeper | None = None, progress: Progress | None = None) -> Verification:
    """Verify the case at `address`, and write into its custody log that this was done, where it can be written.

    Raises:
        CaseError: Where there is no case, or it cannot be read at all.
    """
    with Case.open(address, read_only=True) as case:
        found = verify(case, progress=progress)
    _note(address, by, Action.VERIFIED, found.head, {"entries": found.entries, "faults": len(found.faults)})
    return found


def note_access(address: CaseAddress, purpose: str, *, by: Keeper | None = None) -> None:
    """Write an access into the custody log, where the case can be written.

    Raises:
        CaseError: Where the case is damaged or another process holds it for too long.
    """
    _note(address, by, Action.ACCESSED, purpose, {})


def _note(address: CaseAddress, by: Keeper | None, action: Action, subject: str, particulars: Particulars) -> None:
    try:
        with Case.open(address, keeper=by or keeper()) as case:
            case.note(action, subject, particulars)
    except CaseReadOnlyError:
        # A copy on a medium that takes no entry is still there to be read.
        return


def subject_of(case: Case) -> Dossier:
    """Give the dossier that `case` was made with; "general" for a new case.

    Raises:
        DossierError, UnknownDossierError: Where it cannot be loaded.
    """
    return _dossier_of(case)[0]


def ruled(case: Case) -> Dossier:
    """Give the dossier that `case` was made with, after reading its reports again where other rules made its claims.

    Raises:
        DossierError, UnknownDossierError: Where it cannot be loaded.
        CaseError: Where the case cannot be written.
    """
    subject, kept = _dossier_of(case)
    _apply_rules(case, subject, kept)
    return subject


def derive_anew(case: Case, subject: Dossier | None = None) -> Ledger:
    """Derive from everything that `case` holds, write its report, and give what that shows.

    Args:
        case: The case.
        subject: Its dossier, where it is loaded already.

    Raises:
        CaseError: Where it cannot be written.
    """
    return _derive_and_report(case, subject or subject_of(case))


def _derive_and_report(case: Case, dossier: Dossier) -> Ledger:
    """Derive from everything that the case holds, write its report, and give what that shows."""
    bring_up_to_date(case, dossier)

    def written(held: Ledger) -> bytes:
        told = edition(held, dossier, version=VERSION, folder=case.store.folder, drawn=False)
        return report(held, dossier, version=VERSION, brief=told).encode("utf-8")

    return case.keep_report(written)


def _loaded(dossier: str) -> tuple[Dossier, DossierFiles | None]:
    """A dossier by name or path, with its files where it is not a bundled one."""
    return load(dossier), None if dossier in bundled() else _files(dossier)


def _files(dossier: str | Path) -> DossierFiles:
    """A dossier file with those that it uses and that do not come with Tallystick."""
    own = tuple((used.name, used.content) for used in uses(dossier) if not used.bundled)
    return DossierFiles(source(dossier), own)


def _dossier_of(case: Case) -> tuple[Dossier, DossierFiles | None]:
    """The dossier the case was made with, with its files where it is not a bundled one; "general" for a new case."""
    with case.dossier_file() as kept:
        if kept is not None:
            return load(kept), _files(kept)
    rules = case.rules()
    return load(DEFAULT_DOSSIER if rules is None else rules.dossier), None


def _apply_rules(case: Case, dossier: Dossier, kept: DossierFiles | None) -> None:
    """Where other rules made the claims of the case, read all its documents again under these; `kept` are its files."""
    rules = Rules(dossier.name, dossier.sha256, VERSION)
    before = case.rules()
    if before == rules:
        return
    anew = []
    for document in case.documents() if before is not None else ():
        try:
            anew.append(Statements(document.id, extract(document, dossier), facts(document, dossier)))
        except ReadingError:
            # Named when it was added; a language that could not be read then holds no claims now.
            continue
    case.set_rules(rules, kept, anew)
