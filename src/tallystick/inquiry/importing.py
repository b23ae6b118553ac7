"""A whole case, or what colleagues decided, read into a case: lines come in, what came of them goes out.

Each report is one transaction, so that an import that is cut off has lost at most the one it was at; run again it goes
on. What the case holds is never written over.
"""

import re
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import BinaryIO, Protocol

from tallystick.dossiers.loading import bundled, load
from tallystick.errors import DossierError, ImportingError, ReadingError, UnknownDossierError
from tallystick.exporting.lines import DERIVED, FORM, DossierFile, End, Head, Line, encoded
from tallystick.inquiry.colleagues import Taken, judge, review
from tallystick.inquiry.parcels import Fault, Lines, Parcel, parcels, retrieved, wrong_in
from tallystick.inquiry.whole import derived
from tallystick.model.document import Failure
from tallystick.model.judgement import Judgement
from tallystick.model.progress import Progress, Silent
from tallystick.model.review import Review, extracted
from tallystick.pipeline import derive_anew, keeper
from tallystick.storage.case import Case, DossierFiles, Rules
from tallystick.storage.custody import Action, Keeper
from tallystick.storage.stores.address import CaseAddress

__all__ = ["Imported", "import_case", "import_decisions"]

SUFFIX = ".yaml"
# A file beside its dossier: in no other folder, hidden by no dot; and bytes of the longest name that file systems take.
NAME = re.compile(r"[^./\\\x00][^/\\\x00]*")
LONGEST_NAME = 255


class Hash(Protocol):
    """A digest in the making."""

    def update(self, content: bytes, /) -> None:
        """Take more bytes."""

    def digest(self) -> bytes:
        """Give what it is by now."""


Numbered = Iterator[tuple[int, Line | Fault | Parcel]]


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of an import.

    Attributes:
        added: Reports that the case has now and did not have.
        known: Reports that it had already.
        reviews: What came of the reviews of claims.
        judgements: What came of the judgements.
        faults: Lines that could not be taken, and reports that are in the case as others.
        same: Whether what was derived from the reports is what the file says; None where it says nothing of it.
    """

    added: int
    known: int
    reviews: Taken
    judgements: Taken
    faults: tuple[Fault, ...]
    same: bool | None = None


def import_case(
    stream: BinaryIO, name: str, address: CaseAddress, *, by: Keeper | None = None, progress: Progress | None = None
) -> Imported:
    """Read what `whole` gave into the case at `address`, and derive what follows from it.

    Args:
        stream: The file.
        name: What it is called, for errors and the custody log.
        address: The case; made where it is not there.
        by: Who imports; None names nobody.
        progress: Told of every report.

    Raises:
        ImportingError: Where it is no such file, or its claims were made by other rules than those of the case.
        CaseError: Where the case cannot be opened or written.
    """
    lines = Lines(stream)
    found = parcels(lines.read())
    head, files, first = _beginning(found, name)
    rules = None
    if head.version is not None and head.dossier is not None and head.dossier_sha256 is not None:
        rules = Rules(head.dossier, head.dossier_sha256, head.version)
    kept = _dossier(files, rules, name)
    with Case.open(address, create=True, keeper=by or keeper()) as case:
        _follow(case, rules, kept, name)
        work = _Import(case, progress or Silent())
        work.take(chain(first, found))
        made = work.finish(name, lines.digest)
        derive_anew(case)
        same = None
        if work.told:
            digest = sha256()
            for line in derived(case):
                digest.update(encoded(line))
            same = digest.digest() == work.derived.digest()
        return Imported(made.added, made.known, made.reviews, made.judgements, made.faults, same)


def import_decisions(stream: BinaryIO, name: str, address: CaseAddress, *, by: Keeper | None = None) -> Imported:
    """Read the reviews and judgements of a file into the case at `address`, and derive what follows from them.

    Args:
        stream: What `decisions` or `whole` gave.
        name: What it is called, for errors and the custody log.
        address: The case, which holds what they are about.
        by: Who imports; None names nobody.

    Raises:
        CaseError: Where there is no case, or it cannot be written.
    """
    lines = Lines(stream)
    reviews: list[Review] = []
    judgements: list[Judgement] = []
    faults: list[Fault] = []
    for _, line in lines.read():
        if isinstance(line, Review):
            reviews.append(line)
        elif isinstance(line, Judgement):
            judgements.append(line)
        elif isinstance(line, Fault):
            faults.append(line)
    with Case.open(address, keeper=by or keeper()) as case:
        derive_anew(case)
        reviewed = review(case, reviews)
        if reviewed.added:
            # A judgement may be about a hit that follows from a review.
            derive_anew(case)
        judged = judge(case, judgements)
        made = Imported(0, 0, reviewed, judged, tuple(faults))
        _note(case, name, lines.digest, made)
        derive_anew(case)
    return made


def _beginning(found: Numbered, name: str) -> tuple[Head, list[DossierFile], list[tuple[int, Line | Fault | Parcel]]]:
    """The first line, the files of the dossier, and the line that comes after them."""
    head = next(found, (0, None))[1]
    if not isinstance(head, Head):
        odd = f" ({head.reason})" if isinstance(head, Fault) else ""
        reason = f"does not begin as a whole case does{odd}; 'tallystick export --kind case' writes one"
        raise ImportingError(name, reason)
    if head.form != FORM:
        raise ImportingError(name, f"has form {head.form}, which a newer Tallystick wrote; install that")
    files: list[DossierFile] = []
    for number, line in found:
        if not isinstance(line, DossierFile):
            return head, files, [(number, line)]
        files.append(line)
    return head, files, []


def _dossier(files: list[DossierFile], rules: Rules | None, name: str) -> DossierFiles | None:
    """The dossier that a file brings, held against the digest that its rules name; None where it is a bundled one."""
    own = [one for one in files if one.name is None]
    if rules is None or not own:
        if rules is not None and rules.dossier not in bundled():
            raise ImportingError(
                name, f"does not hold its dossier {rules.dossier!r}, which does not come with Tallystick"
            )
        return None
    parts = tuple((one.name, one.content) for one in files if one.name is not None)
    odd = next((part for part, _ in parts if NAME.fullmatch(part) is None or len(part.encode()) > LONGEST_NAME), None)
    if odd is not None:
        raise ImportingError(name, f"a file of its dossier is called {odd!r}, which is no name of a file")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"dossier{SUFFIX}")
        path.write_bytes(own[0].content)
        path.with_suffix("").mkdir()
        for part, content in parts:
            Path(path.with_suffix(""), part).write_bytes(content)
        try:
            loaded = load(path)
        except (DossierError, UnknownDossierError) as error:
            raise ImportingError(name, f"its dossier cannot be read: {error}") from error
    if (loaded.name, loaded.sha256) != (rules.dossier, rules.dossier_sha256):
        raise ImportingError(name, "its dossier is not the one by which its claims were made")
    return DossierFiles(own[0].content, parts)


def _follow(case: Case, rules: Rules | None, kept: DossierFiles | None, name: str) -> None:
    """Give a new case the rules of the file; raise where the case has others."""
    held = case.rules()
    if held is None and rules is not None:
        case.set_rules(rules, kept)
    elif held != rules:
        theirs, ours = (
            "no rules" if one is None else f"dossier {one.dossier} ({one.dossier_sha256[:12]}) and {one.version}"
            for one in (rules, held)
        )
        reason = (
            f"its claims were made by {theirs}, those of {case.address} by {ours}; import it into a new case, or bring"
            " both up to date by 'tallystick run' first"
        )
        raise ImportingError(name, reason)


@dataclass(slots=True)
class _Import:
    """A whole case on its way into another one."""

    case: Case
    progress: Progress
    added: int = 0
    known: int = 0
    told: bool = False
    ended: bool = False
    faults: list[Fault] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    reviews: list[Review] = field(default_factory=list)
    judgements: list[Judgement] = field(default_factory=list)
    about: defaultdict[str, list[Review]] = field(default_factory=lambda: defaultdict(list))
    derived: Hash = field(default_factory=sha256)

    def take(self, found: Iterable[tuple[int, Line | Fault | Parcel]]) -> None:
        """Take every line; reports as they come, the rest at the end."""
        reports = 0
        for number, line in found:
            if isinstance(line, Parcel):
                reports += 1
                self._report(line)
                self.progress.advance()
            elif isinstance(line, Fault):
                self.faults.append(line)
            elif isinstance(line, Review):
                self.reviews.append(line)
                self.about[line.document].append(line)
            elif isinstance(line, Judgement):
                self.judgements.append(line)
            elif isinstance(line, Failure):
                self.failures.append(line)
            elif isinstance(line, DERIVED):
                self.told = True
                self.derived.update(encoded(line))
            elif isinstance(line, End):
                self.ended = True
                if line.reports != reports:
                    self.faults.append(
                        Fault(number, f"there should be {line.reports} reports before it, not {reports}")
                    )
            else:
                self.faults.append(Fault(number, "stands in the wrong place"))

    def _report(self, parcel: Parcel) -> None:
        """Take a report with all that belongs to it, or nothing of it."""
        document = parcel.report.document
        if not parcel.whole:
            return
        reviews = tuple(self.about[document.id])
        wrong = wrong_in(parcel, reviews)
        if wrong is not None:
            self.faults.append(Fault(parcel.line, f"report {document.id!r} is left out: {wrong}"))
            return
        claims = extracted((one.claim for one in parcel.held), reviews)
        # Asked first: what another import adds meanwhile is then there as a report, and not as claims of another one.
        taken = self.case.claimed([one.claim.id for one in parcel.held] + [one.id for one in parcel.facts])
        if self.case.holds(document):
            self.known += 1
            if self.case.document(document.id).text != document.text:
                reason = f"report {document.id!r} is in the case with other words; those of the case stay"
                self.faults.append(Fault(parcel.line, reason))
                return
            ours = extracted((one.claim for one in self.case.held(document.id)), self.case.reviews(document.id))
            if ours != claims:
                reason = f"report {document.id!r} is in the case with other claims; those of the case stay"
                self.faults.append(Fault(parcel.line, reason))
            return
        if taken:
            reason = f"report {document.id!r} is left out: another report in the case has claim {taken[0]!r}"
            self.faults.append(Fault(parcel.line, reason))
            return
        try:
            self.added += self.case.add(retrieved(parcel), claims, parcel.facts)
        except ReadingError as error:
            self.faults.append(Fault(parcel.line, f"{error.reason}; it is left out"))
        except ValueError as error:
            self.faults.append(Fault(parcel.line, f"report {document.id!r} is left out: {error}"))

    def finish(self, name: str, digest: str) -> Imported:
        """Take what comes after the reports, and note the import in the log."""
        if not self.ended:
            self.faults.append(
                Fault(0, "the file has no last line, so that some of it may be missing; export it again")
            )
        reviewed = review(self.case, self.reviews)
        judged = judge(self.case, self.judgements, checked=False)
        for failure in self.failures:
            self.case.note_failure(failure)
        made = Imported(self.added, self.known, reviewed, judged, tuple(self.faults))
        _note(self.case, name, digest, made)
        return made


def _note(case: Case, name: str, digest: str, made: Imported) -> None:
    """Say in the custody log what was imported."""
    case.note(Action.IMPORTED, digest, {
        "name": name, "reports": made.added, "known": made.known, "reviews": made.reviews.added,
        "judgements": made.judgements.added,
        "unknown": len(made.reviews.unknown) + len(made.judgements.unknown),
        "conflicts": len(made.reviews.conflicts) + len(made.judgements.conflicts), "faults": len(made.faults),
    })  # fmt: skip
