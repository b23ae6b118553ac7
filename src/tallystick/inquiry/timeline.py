"""What was known when: a case and a day come in, the ledger as it would have been by the end of that day goes out.

Two times are told apart: when the world could know a report, and when the case got it. Every answer is derived anew
from the claims, so that it is what the case would have shown, by the rules as they are now.
"""

from datetime import date
from typing import NamedTuple

from tallystick.model.change import Change
from tallystick.model.claim import Claim
from tallystick.model.document import Document
from tallystick.model.dossier import Dossier
from tallystick.model.fact import Fact
from tallystick.model.judgement import Judgement
from tallystick.model.ledger import Ledger
from tallystick.model.lineage import EdgeLevel
from tallystick.pipeline import derive, subject_of
from tallystick.reporting.changes import changes
from tallystick.storage.case import Case
from tallystick.values.dates import published_date
from tallystick.values.periods import last_day

__all__ = ["Kept", "When", "as_known", "differences", "kept"]

# A day in a time of the log: "2026-03-01T10:00:00.000000Z".
DAY = 10


class When(NamedTuple):
    """A point in one or both times; None does not limit.

    Attributes:
        published: Reports that the world could know by the end of this day.
        recorded: Reports and judgements that the case held by the end of this day, in UTC.
    """

    published: date | None = None
    recorded: date | None = None


class Kept(NamedTuple):
    """What a case holds of its own, from which everything else is derived.

    Attributes:
        documents: Its reports, by publication.
        claims: Their claims.
        facts: Their facts.
        judgements: What reviewers decided, in order.
        entered: When the case came to hold each document, UTC time by id.
        dossier: Its dossier.
    """

    documents: tuple[Document, ...]
    claims: tuple[Claim, ...]
    facts: tuple[Fact, ...]
    judgements: tuple[Judgement, ...]
    entered: dict[str, str]
    dossier: Dossier


def kept(case: Case) -> Kept:
    """Give what `case` holds, of one moment.

    Raises:
        CaseError: Where it cannot be read.
        DossierError, UnknownDossierError: Where its dossier cannot be loaded.
    """
    with case.moment():
        return Kept(
            case.documents(), case.claims(), case.facts(), case.judgements(), case.entered(), subject_of(case)
        )  # fmt: skip


def as_known(held: Kept, when: When) -> Ledger:
    """Give the ledger of what was published, and held by the case, at a point in time: derived anew. Pure.

    A report without a date of publication counts from the day on which the case got it; one of which only the month
    or year is known, from the end of that.
    """
    documents = tuple(one for one in held.documents if _known(one, held.entered, when))
    names = {document.id for document in documents}
    claims = tuple(claim for claim in held.claims if claim.document in names)
    ids = names | {claim.id for claim in claims}
    judgements = tuple(
        one
        for one in held.judgements
        if (one.level is EdgeLevel.HIT or {one.later, one.earlier} <= ids)
        and (when.recorded is None or one.made[:DAY] <= when.recorded.isoformat())
    )
    return derive(documents, claims, held.dossier, judgements, facts=held.facts, as_of=when.published)


def differences(held: Kept, first: When, second: When) -> tuple[Change, ...]:
    """Give what changed between two points in time, each with the reports that changed it. Pure."""
    return changes(as_known(held, first), as_known(held, second))


def _known(document: Document, entered: dict[str, str], when: When) -> bool:
    """Whether a report was there, in both times."""
    got = entered.get(document.id, "")[:DAY]
    if when.recorded is not None and got > when.recorded.isoformat():
        return False
    if when.published is None:
        return True
    published = _published(document)
    return (got if published is None else published.isoformat()) <= when.published.isoformat()


def _published(document: Document) -> date | None:
    """The last day on which a report can have been published; None where it has no date."""
    if document.published is None:
        return None
    return last_day(document.published) or published_date(document.published)
