"""The journey from end to end: the only place where the stages meet.

Takes paths, a case folder and a dossier; gives the ledger of the case and its report.html. Every stage is pure or
keeps to its own folder, so an interrupted run is taken up again by running it once more.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from tallystick.dossiers.loading import bundled, load, source
from tallystick.errors import CaseError, ReadingError
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
from tallystick.storage.case import Case, Rules
from tallystick.tracing.tracing import trace

__all__ = ["DEFAULT_DOSSIER", "Outcome", "derive", "open_ledger", "run"]

DEFAULT_DOSSIER = "general"
REPORT_NAME = "report.html"
VERSION = version("tallystick")


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


def run(
    inputs: Iterable[str | Path], folder: Path, dossier: str | None = None, *, progress: Progress | None = None
) -> Outcome:
    """Read `inputs` into the case at `folder`, trace, reconcile and screen it, and write its report.

    Args:
        inputs: Files, folders, or "-" for standard input.
        folder: The case; made where it does not exist.
        dossier: A bundled name or a YAML file; None takes the one the case was made with, else "general".
        progress: Told of every document read.

    Raises:
        DossierError, UnknownDossierError: Where the dossier cannot be loaded; the case is left as it was.
        CaseError: Where the case cannot be opened or written.
    """
    subject = load(dossier) if dossier is not None else None
    with Case.open(folder, create=True) as case:
        kept = None if dossier is None or dossier in bundled() else source(dossier)
        if subject is None:
            subject, kept = _dossier_of(case)
        _apply_rules(case, subject, kept)
        added, known, failures = _gather(case, inputs, subject, progress or Silent())
        derived = derive(case.documents(), case.claims(), subject)
        case.replace_derived(derived.lineage, derived.estimates, derived.flags)
        ledger = case.ledger()
        return Outcome(added, known, tuple(failures), ledger, _write_report(folder, ledger, subject))


def derive(documents: tuple[Document, ...], claims: tuple[Claim, ...], dossier: Dossier) -> Ledger:
    """Give the ledger of `documents` and `claims`: traced, reconciled and screened. Pure: no file is touched."""
    lineage = trace(documents, claims, dossier)
    estimates = reconcile(documents, claims, lineage, dossier)
    flags = screen(documents, claims, lineage, estimates, dossier)
    return Ledger(documents, claims, lineage, estimates, flags)


def open_ledger(folder: Path) -> Ledger:
    """Give what the case at `folder` holds, without changing it.

    Raises:
        CaseError: Where there is no case, or it cannot be read.
    """
    with Case.open(folder, read_only=True) as case:
        return case.ledger()


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
            failure = _take(case, found, dossier)
            added += failure is None or failure.stage == "extract"
        if failure is not None:
            case.note_failure(failure)
            failures.append(failure)
    return added, known, failures


def _take(case: Case, found: Retrieved, dossier: Dossier) -> Failure | None:
    """Store a document with its claims and facts; one whose language cannot be read yet is kept without them."""
    failure = None
    claims: tuple[Claim, ...] = ()
    told: tuple[Fact, ...] = ()
    try:
        claims, told = extract(found.document, dossier), facts(found.document, dossier)
    except ReadingError as error:
        failure = Failure(found.document.name, "extract", error.reason)
    try:
        case.add(found, claims, told)
    except ReadingError as error:
        return Failure(found.document.name, "store", error.reason)
    return failure


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
    if before is not None:
        for document in case.documents():
            try:
                case.replace_claims(document.id, extract(document, dossier), facts(document, dossier))
            except ReadingError:
                # Named when it was added; a language that could not be read then holds no claims now.
                continue
    case.set_rules(rules, kept)


def _write_report(folder: Path, ledger: Ledger, dossier: Dossier) -> Path:
    """Write report.html where its bytes differ; a run that changes nothing leaves the file alone."""
    path = folder / REPORT_NAME
    page = report(ledger, dossier, version=VERSION).encode("utf-8")
    try:
        if not path.exists() or path.read_bytes() != page:
            partial = path.with_suffix(".html.part")
            partial.write_bytes(page)
            partial.replace(path)
    except OSError as error:
        raise CaseError(str(path), f"the report cannot be written: {error.strerror or error}") from error
    return path
