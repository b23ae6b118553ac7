"""Every claim with what tracing reads from its case: its turn, its voice, when it was said, where, which outlet.

Takes documents, claims and the dossier; gives `Casebook`, in which claims stand in the order in which they became
known: by day of publication, of one day agencies first and reports that credit another outlet last, then by time
and id.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from tallystick.model.claim import Claim
from tallystick.model.document import Document
from tallystick.model.dossier import Dossier
from tallystick.model.quantity import Bound, Number
from tallystick.tracing.outlets import Outlets
from tallystick.tracing.seats import Seat, Seats
from tallystick.tracing.voices import Voice, Voices
from tallystick.values.dates import published_date
from tallystick.values.periods import Period, period

__all__ = ["Casebook", "Report", "Telling"]

# Documents without a date of publication come after all others.
NEVER = 10**8
# Turn within a day of a report that credits another outlet: after agencies (0), whose text the papers of the day print
# whatever hour they name, and all others (1).
CREDITED = 2
# The caller gave no id where it is a SHA-256 in hex.
DIGEST = 64


class Report(NamedTuple):
    """A document with its turn.

    Attributes:
        document: The document.
        rank: Its turn in the case, from 0.
        day: Day of publication as an ordinal, or None.
        outlet: Key of its outlet, or None.
        credit: Key of another outlet that its credit line names, or None.
    """

    document: Document
    rank: int
    day: int | None
    outlet: str | None
    credit: str | None

    @property
    def published(self) -> str | None:
        """Day of publication as an EDTF date, or None."""
        return None if self.day is None else date.fromordinal(self.day).isoformat()

    @property
    def name(self) -> str:
        """The outlet for a reader; where none is known the caller's id, or where it was read."""
        document = self.document
        if document.outlet:
            return document.outlet
        nameless = len(document.id) == DIGEST and document.name
        return document.name.replace("\\", "/").rpartition("/")[2] if nameless else document.id


class Telling(NamedTuple):
    """A claim with its turn.

    Attributes:
        order: Its turn among all claims of the case, from 0.
        claim: The claim.
        report: The document that holds it.
        voice: Who asserts it, or None in the outlet's own voice.
        naming: The words that name the voice; for "the agency" those of the agency that the report named before.
        via: Key of the outlet that relays it, or None.
        said: The days on which it was said, or None where not known.
        dated: Whether the text itself dates the statement; else `said` is the day of publication.
        happened: The days of the counted event, or None.
        seat: Its place.
        values: The numbers that it stands for: one, or both ends of a range.
    """

    order: int
    claim: Claim
    report: Report
    voice: Voice | None
    naming: str | None
    via: str | None
    said: Period | None
    dated: bool
    happened: Period | None
    seat: Seat
    values: tuple[Number, ...]

    @property
    def exact(self) -> Number | None:
        """Its number where it is one number, however it is hedged; None for a range or a vague word."""
        return self.values[0] if len(self.values) == 1 and self.claim.bound is not Bound.VAGUE else None


class Casebook:
    """Reports and tellings of a case in order."""

    def __init__(self, documents: tuple[Document, ...], claims: tuple[Claim, ...], dossier: Dossier) -> None:
        """Resolve every name of the case once."""
        self.outlets = Outlets(dossier)
        self.reports = self._reports(documents)
        voices, seats = Voices(dossier), Seats(dossier)
        by_document = {report.document.id: report for report in self.reports}
        ordered = sorted(claims, key=lambda claim: (by_document[claim.document].rank, claim.start, claim.end, claim.id))
        self.tellings = tuple(
            _resolved(
                self._telling(order, claim, by_document[claim.document], voices, seats)
                for order, claim in enumerate(ordered)
            )
        )
        self.by_report: tuple[list[Telling], ...] = tuple([] for _ in self.reports)
        for telling in self.tellings:
            self.by_report[telling.report.rank].append(telling)

    def _reports(self, documents: Iterable[Document]) -> tuple[Report, ...]:
        found = []
        for document in documents:
            published = published_date(document.published)
            day = None if published is None else published.toordinal()
            outlet, credit = self.outlets.of(document), self.outlets.credited(document)
            credit = None if credit == outlet else credit
            turn = CREDITED if credit is not None else 0 if self.outlets.is_agency(outlet) else 1
            key = (NEVER if day is None else day, turn, document.published or "", document.id)
            found.append((key, document, day, outlet, credit))
        found.sort(key=lambda entry: entry[0])
        return tuple(Report(entry[1], rank, *entry[2:]) for rank, entry in enumerate(found))

    def _telling(self, order: int, claim: Claim, report: Report, voices: Voices, seats: Seats) -> Telling:
        stated = period(claim.stated)
        published = None if report.day is None else Period(report.day, report.day)
        dated = stated is not None and stated != published
        via = None if claim.via is None else self.outlets.key(claim.via)
        values = tuple(dict.fromkeys(value for value in (claim.low, claim.high) if value is not None))
        return Telling(
            order, claim, report, voices.voice(claim.speaker), claim.speaker, via, stated or published, dated,
            period(claim.when), seats.seat(claim.place), values,
        )  # fmt: skip


def _resolved(tellings: Iterable[Telling]) -> Iterator[Telling]:
    """Give "the agency" and "the ministry" the voice of the body that their report named last."""
    named: Telling | None = None
    for telling in tellings:
        voice = telling.voice
        if named is not None and named.report is not telling.report:
            named = None
        if voice is not None and named is not None and voice.is_bare:
            yield telling._replace(voice=named.voice, naming=named.naming)
            continue
        if voice is not None and voice.is_body:
            named = telling
        yield telling
