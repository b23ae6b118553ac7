"""The journey from end to end: the only place where the stages meet.

Takes paths, a case folder and a dossier; gives the ledger of the case and its report.html. Every stage is pure or
keeps to its own folder, so an interrupted run is taken up again by running it once more.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from tallystick.dossiers.loading import bundled, load, source
from tallystick.errors import CaseReadOnlyError, ReadingError
from tallystick.extraction.extraction import extract
from tallystick.extraction.facts import facts
from tallystick.model.claim import Claim
from tallystick.model.document import Document, Failure, Retrieved
from tallystick.model.dossier import Dossier
from tallystick.model.fact import Fact
from tallystick.model.ledger import Ledger
from tallystick.model.progress import Progress, Silent
from tallystick.reading.reading import read
from tallystick.reconciliation.reconciliation import reconcile
from tallystick.reporting.report import report
from tallystick.screening.screening import screen
from tallystick.storage.case import REPORT, Case, Rules, Statements
from tallystick.storage.custody import Action, Keeper
from tallystick.tracing.tracing import trace

__all__ = ["DEFAULT_DOSSIER", "Outcome", "derive", "keeper", "note_access", "open_ledger", "run"]

DEFAULT_DOSSIER = "general"
VERSION = version("tallystick")
# Times that a case is derived from anew because another process added to it meanwhile. A process that goes on adding
# derives from all of it when it is done, so what the last of these tries leaves is not left for long.
PATIENCE = 5


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a run.

    Attributes:
        added: Number of documents that the case did not hold before.
        known: Number of documents that it held already.
        failures: What could not be taken this time.
        ledger: The whole case.
        report: Where the report was written.
    """

    added: int
    known: int
    failures: tuple[Failure, ...]
    ledger: Ledger
    report: Path


def keeper(operator: str = "") -> Keeper:
    """Give who works with a case: `operator`, with this program and the clock of this machine."""
    return Keeper(operator, f"tallystick {VERSION}", lambda: datetime.now(UTC))


def run(
    inputs: Iterable[str | Path], folder: Path, dossier: str | None = None, *, progress: Progress | None = None,
    by: Keeper | None = None,
) -> Outcome:  # fmt: skip
    """Read `inputs` into the case at `folder`, trace, reconcile and screen it, and write its report.

    Args:
        inputs: Files, folders, or "-" for standard input.
        folder: The case; made where it does not exist.
        dossier: A bundled name or a YAML file; None takes the one the case was made with, else "general".
        progress: Told of every document read.
        by: Who runs it, for the custody log; None names nobody.

    Raises:
        DossierError, UnknownDossierError: Where the dossier cannot be loaded; the case is left as it was.
        CaseError: Where the case cannot be opened or written.
    """
    subject = load(dossier) if dossier is not None else None
    with Case.open(folder, create=True, keeper=by or keeper()) as case:
        kept = None if dossier is None or dossier in bundled() else source(dossier)
        if subject is None:
            subject, kept = _dossier_of(case)
        _apply_rules(case, subject, kept)
        added, known, failures = _gather(case, inputs, subject, progress or Silent())
        _derive_from(case, subject)
        ledger = case.keep_report(lambda held: report(held, subject, version=VERSION).encode("utf-8"))
        return Outcome(added, known, tuple(failures), ledger, folder / REPORT)


def derive(documents: tuple[Document, ...], claims: tuple[Claim, ...], dossier: Dossier) -> Ledger:
    """Give the ledger of `documents` and `claims`: traced, reconciled and screened. Pure: no file is touched."""
    lineage = trace(documents, claims, dossier)
    estimates = reconcile(documents, claims, lineage, dossier)
    flags = screen(documents, claims, lineage, estimates, dossier)
    return Ledger(documents, claims, lineage, estimates, flags)


def open_ledger(folder: Path, purpose: str, *, by: Keeper | None = None) -> Ledger:
    """Give what the case at `folder` holds, changing nothing but its custody log.

    Args:
        folder: The case.
        purpose: What it is opened for, for the custody log.
        by: Who opens it; None names nobody.

    Raises:
        CaseError: Where there is no case, or it cannot be read.
    """
    with Case.open(folder, read_only=True) as case:
        ledger = case.ledger()
    note_access(folder, purpose, by=by)
    return ledger


def note_access(folder: Path, purpose: str, *, by: Keeper | None = None) -> None:
    """Write an access into the custody log, where the case can be written.

    Raises:
        CaseError: Where the case is damaged or another process holds it for too long.
    """
    try:
        with Case.open(folder, keeper=by or keeper()) as case:
            case.note(Action.ACCESSED, purpose, {})
    except CaseReadOnlyError:
        # A copy on a medium that takes no entry is still there to be read.
        return


def _gather(
    case: Case, inputs: Iterable[str | Path], dossier: Dossier, progress: Progress
) -> tuple[int, int, list[Failure]]:
    """Read and extract what is new; each document is stored as soon as it is read."""
    added = known = 0
    failures: list[Failure] = []
    for found in read(inputs, progress=progress):
        if isinstance(found, Failure):
            failure: Failure | None = found
        elif case.holds(found.document):
            known += 1
            continue
        else:
            new, failure = _take(case, found, dossier)
            added += new
            known += not new and failure is None
        if failure is not None:
            failures.append(failure)
            if failure.stage != "extract":
                case.note_failure(failure)
    return added, known, failures


def _take(case: Case, found: Retrieved, dossier: Dossier) -> tuple[bool, Failure | None]:
    """Store a document with its claims and facts; one whose language cannot be read yet is kept without them.

    Gives whether it was added, and what failed; a failure to extract is in the case already.
    """
    failure = None
    claims: tuple[Claim, ...] = ()
    told: tuple[Fact, ...] = ()
    try:
        claims, told = extract(found.document, dossier), facts(found.document, dossier)
    except ReadingError as error:
        failure = Failure(found.document.name, "extract", error.reason)
    try:
        return case.add(found, claims, told, failure), failure
    except ReadingError as error:
        return False, Failure(found.document.name, "store", error.reason)


def _derive_from(case: Case, dossier: Dossier) -> None:
    """Derive from everything that the case holds, also what another process has added meanwhile."""
    for last in range(PATIENCE, 0, -1):
        state = case.state()
        derived = derive(case.documents(), case.claims(), dossier)
        after = state if last > 1 else None
        if case.replace_derived(derived.lineage, derived.estimates, derived.flags, after=after):
            return


def _dossier_of(case: Case) -> tuple[Dossier, bytes | None]:
    """The dossier the case was made with, with its YAML where it is not a bundled one; "general" for a new case."""
    kept = case.dossier_file()
    if kept is not None:
        return load(kept), source(kept)
    rules = case.rules()
    return load(DEFAULT_DOSSIER if rules is None else rules.dossier), None


def _apply_rules(case: Case, dossier: Dossier, kept: bytes | None) -> None:
    """Where other rules made the claims of the case, read all its documents again under these; `kept` is their YAML."""
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
