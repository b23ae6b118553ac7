"""The way of reports into a case: what reading or watching finds comes in, and is extracted from and kept.

Each report is kept as soon as it is read, so that a run that is cut off has lost at most the one it was at.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from hashlib import sha256
from typing import NamedTuple

from tallystick.errors import ReadingError, StoppedError
from tallystick.extraction.extraction import extract
from tallystick.extraction.facts import facts
from tallystick.model.claim import Claim
from tallystick.model.document import Document, Failure, Retrieved
from tallystick.model.dossier import Dossier
from tallystick.model.fact import Fact
from tallystick.storage.case import Case

__all__ = ["NOTED", "Taken", "gather", "revised", "take", "until_stopped"]

# Failures that the case need not be told: it holds the first already, and the others say nothing of any report.
NOTED = ("extract", "watch", "batch")


def until_stopped(found: Iterable[Retrieved | Failure]) -> Iterator[Retrieved | Failure]:
    """Pass on what is found until a stop is asked for."""
    try:
        yield from found
    except StoppedError:
        return


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


class Taken(NamedTuple):
    """What came of one report.

    Attributes:
        name: Where it was found.
        document: Its id; None where it could not be read.
        added: Whether the case did not hold it before and does now.
        known: Whether the case held it already.
        claims: How many claims the case took with it.
        failure: What failed, or None.
    """

    name: str
    document: str | None
    added: bool
    known: bool
    claims: int
    failure: Failure | None


def take(
    case: Case, reports: Iterable[Retrieved | Failure], dossier: Dossier
) -> Iterator[Taken]:  # fmt: skip
    """Extract from what is new, and tell of every report what came of it; each is stored before the next is asked for.

    Raises:
        CaseError: Where the case cannot be written.
    """
    for found in reports:
        if isinstance(found, Failure):
            taken = Taken(found.document, None, added=False, known=False, claims=0, failure=found)
        elif case.holds(found.document):
            yield Taken(found.document.name, found.document.id, added=False, known=True, claims=0, failure=None)
            continue
        else:
            taken = _take(case, found, dossier)
        if taken.failure is not None and taken.failure.stage not in NOTED:
            case.note_failure(taken.failure)
        yield taken


def gather(
    case: Case, reports: Iterable[Retrieved | Failure], dossier: Dossier
) -> tuple[int, int, list[Failure]]:  # fmt: skip
    """Extract from what is new; each document is stored as soon as it is read."""
    added = known = 0
    failures: list[Failure] = []
    for taken in take(case, reports, dossier):
        added += taken.added
        known += taken.known
        if taken.failure is not None:
            failures.append(taken.failure)
    return added, known, failures


def _take(case: Case, found: Retrieved, dossier: Dossier) -> Taken:
    """Store a document with its claims and facts; one whose language cannot be read yet is kept without them.

    A failure to extract is in the case already.
    """
    failure = None
    claims: tuple[Claim, ...] = ()
    told: tuple[Fact, ...] = ()
    document = found.document
    try:
        claims, told = extract(document, dossier), facts(document, dossier)
    except ReadingError as error:
        failure = Failure(document.name, "extract", error.reason)
    added = False
    try:
        added = case.add(found, claims, told, failure)
    except ReadingError as error:
        failure = Failure(document.name, "store", error.reason)
    known = not added and failure is None
    return Taken(document.name, document.id, added, known, len(claims) if added else 0, failure)
