"""The way of reports into a case: what reading or watching finds comes in, and is extracted from and kept.

Each report is kept as soon as it is read, so that a run that is cut off has lost at most the one it was at.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from hashlib import sha256

from tallystick.errors import ReadingError, StoppedError
from tallystick.extraction.extraction import extract
from tallystick.extraction.facts import facts
from tallystick.model.claim import Claim
from tallystick.model.document import READABLE, Document, Failure, Retrieved
from tallystick.model.dossier import Dossier
from tallystick.model.fact import Fact
from tallystick.model.progress import Progress
from tallystick.reading.reading import NO_TERM
from tallystick.storage.case import Case
from tallystick.values.terms import Terms

__all__ = ["bearing", "gather", "revised", "until_stopped"]

# Failures that the case need not be told: it holds the one already, and the other says nothing of any report.
NOTED = ("extract", "watch")


def until_stopped(found: Iterable[Retrieved | Failure]) -> Iterator[Retrieved | Failure]:
    """Pass on what is found until a stop is asked for."""
    try:
        yield from found
    except StoppedError:
        return


def bearing(
    found: Iterable[Retrieved | Failure], terms: Terms, progress: Progress
) -> Iterator[Retrieved | Failure]:  # fmt: skip
    """Pass on failures, and reports whose own words hold terms of the dossier."""
    for one in found:
        if isinstance(one, Failure) or terms.in_text(_own_words(one.document)):
            yield one
        else:
            progress.leave_out(NO_TERM)


def revised(
    case: Case, found: Iterable[Retrieved | Failure], earlier: Iterable[Document]
) -> Iterator[Retrieved | Failure]:
    """Give a report that its feed has changed an id of its own: the version that the case holds stays as it is."""
    taken = {document.id for document in earlier}
    for one in found:
        if isinstance(one, Retrieved) and one.document.id in taken and not case.holds(one.document):
            digest = sha256(one.document.text.encode("utf-8")).hexdigest()
            yield replace(one, document=replace(one.document, id=f"{one.document.id}#{digest[:12]}"))
        else:
            yield one


def _own_words(document: Document) -> str:
    """Title and readable passages: a link to another story is not about this one."""
    passages = (document.text[one.start : one.end] for one in document.passages if one.kind in READABLE)
    return "\n".join((document.title or "", *passages))


def gather(
    case: Case, reports: Iterable[Retrieved | Failure], dossier: Dossier
) -> tuple[int, int, list[Failure]]:  # fmt: skip
    """Extract from what is new; each document is stored as soon as it is read."""
    added = known = 0
    failures: list[Failure] = []
    for found in reports:
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
            if failure.stage not in NOTED:
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
