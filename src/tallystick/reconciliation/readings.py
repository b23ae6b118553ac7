"""What each origin says: the entries of a line come in, one reading for every origin goes out.

The earliest telling of an origin decides; others narrow it where they agree and are set aside where they do not.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from tallystick.model.document import Document
from tallystick.model.dossier import Dossier, Grade, Source
from tallystick.model.estimate import Reading
from tallystick.model.quantity import Bound
from tallystick.reconciliation.entries import Entry
from tallystick.reconciliation.intervals import Interval, number, written
from tallystick.reconciliation.subjects import Subjects
from tallystick.values.dates import published_date
from tallystick.values.names import actor_names, fold
from tallystick.values.periods import Period

__all__ = ["Grades", "Voiced", "readings"]

UNKNOWN = "F"
# Kinds of sources whose word is that of the state behind them.
OF_STATE = frozenset(("state_media", "official"))


class Voiced(NamedTuple):
    """A reading with what the arithmetic needs of it.

    Attributes:
        reading: The reading as the estimate holds it.
        voice: Key of its speaker.
        body: Key of the body whose figures its speaker gives; his own where he speaks for himself.
        lead: The entry that decides it.
        stated: Bounds as written.
        tolerant: Bounds with rounding and "about" allowed for.
        said: Days of the statement, or None.
        revised: Whether every claim of it has been corrected.
        steps: What was decided within the origin, one sentence each.
        name: The speaker for a sentence; the outlet where nobody is named.
        desk: Id of the document that tells it first.
        letter: Admiralty letter, for this topic, of the source that tells it first.
        lowers: Whether its speaker lowers with it a count to date that he had given higher.
    """

    reading: Reading
    voice: str
    body: str
    lead: Entry
    stated: Interval
    tolerant: Interval
    said: Period | None
    revised: bool
    steps: tuple[str, ...]
    name: str
    desk: str
    letter: str
    lowers: bool = False


class Grades:
    """Admiralty letters of the sources of a dossier, by outlet, host name and agency, and when reports came out.

    Of the grades of a source the one holds that fits best: for the category of the claim before one for its kind before
    one for every topic; among these for the role in which the source carries the claim before one for every role; among
    these the one of the latest `since` that is not after the report. A report without a date takes no dated grade.
    Where none fits, the general letter of the source holds. An F for a topic is an F: not gradable in that.
    """

    def __init__(self, documents: Sequence[Document], dossier: Dossier) -> None:
        """Index the sources of `dossier`."""
        self._names: dict[str, Source] = {}
        self._hosts: dict[str, Source] = {}
        for source in dossier.sources:
            for name in (source.name, *source.aliases):
                self._names.setdefault(name.casefold(), source)
            for host in source.domains:
                self._hosts.setdefault(host, source)
        self._actors = actor_names(dossier)
        self._sides: dict[str, str | None] = {}
        self._documents = {document.id: self._of(document) for document in documents}
        self._days = {document.id: published_date(document.published) for document in documents}
        self._outlets = {document.id: document.outlet or _desk(document) for document in documents}

    def letter(self, entry: Entry) -> str:
        """Give the better letter of the report and of the agency it names; F where neither is listed."""
        via = self._names.get((entry.claim.via or "").casefold())
        carrier = self._documents.get(entry.claim.document)
        found = []
        if carrier is not None:
            relayed = bool(entry.claim.via) and via is not carrier
            found.append(self._letter(carrier, entry, relayed=relayed))
        if via is not None and via is not carrier:
            found.append(self._letter(via, entry, relayed=False))
        return min(found, default=UNKNOWN)

    def _letter(self, source: Source, entry: Entry, *, relayed: bool) -> str:
        """The letter of a source for what it carries."""
        day = self._days.get(entry.claim.document)
        role = self._role(source, entry.claim.speaker, relayed=relayed)
        for topic in (entry.claim.category, entry.kind, ""):
            for part in (role, ""):
                fitting = [
                    (_since(grade), grade.letter)
                    for grade in source.grades
                    if (grade.topic, grade.role) == (topic, part) and _holds(grade, day)
                ]
                if fitting:
                    return max(fitting)[1]
        return source.reliability

    def _role(self, source: Source, speaker: str | None, *, relayed: bool) -> str:
        """How a source carries a claim: its own or its own state's word, or that of another.

        A source that lives on the texts of others is an aggregator whoever speaks; an outlet with a state behind it is
        not the state, so only media and offices of the state count its word as their own.
        """
        if source.kind == "aggregator":
            return "aggregator"
        if relayed:
            return "relay"
        if speaker is None or self._names.get(speaker.casefold()) is source:
            return "primary"
        own = source.kind in OF_STATE and source.state is not None and self._side(speaker) == source.state
        return "primary" if own else "relay"

    def _side(self, speaker: str) -> str | None:
        """The state that a speaker belongs to: the longest name of an actor in it decides."""
        if speaker not in self._sides:
            actor = self._actors.longest(fold(speaker))
            self._sides[speaker] = None if actor is None else actor.side
        return self._sides[speaker]

    def outlet(self, entry: Entry) -> str:
        """Give the name of the outlet that carries an entry."""
        return self._outlets.get(entry.claim.document, entry.claim.document)

    def known(self, entries: Iterable[Entry]) -> tuple[str, str] | None:
        """Give the first and the last day on which a report that carries one of `entries` was published."""
        days = [day for entry in entries if (day := self._days.get(entry.claim.document)) is not None]
        return (min(days).isoformat(), max(days).isoformat()) if days else None

    def _of(self, document: Document) -> Source | None:
        source = self._names.get((document.outlet or "").casefold())
        host = (document.url or "").partition("://")[2].partition("/")[0].partition(":")[0].casefold()
        while source is None and "." in host:
            source = self._hosts.get(host)
            host = host.partition(".")[2]
        return source


def _since(grade: Grade) -> str:
    """The EDTF day, month or year from which a grade holds, without marks of doubt; empty where it always did."""
    return (grade.since or "").rstrip("?~%")


def _holds(grade: Grade, day: date | None) -> bool:
    """Whether a grade holds for a report of `day`: from the first day of its `since`."""
    if not grade.since:
        return True
    since = _since(grade)
    return day is not None and since <= day.isoformat()[: len(since)]


def _desk(document: Document) -> str:
    """What to call a report without an outlet: its id, or the file that it came in where the id is only its hash."""
    return document.id if document.id != document.sha256 else document.name.rpartition("/")[2]


def readings(entries: Sequence[Entry], grades: Grades, subjects: Subjects) -> tuple[Voiced, ...]:
    """Give one reading for every origin among `entries`, in order of date."""
    origins: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        origins[entry.origin.id].append(entry)
    found = [_voiced(sorted(members, key=_telling), grades, subjects) for members in origins.values()]
    return tuple(sorted(found, key=_dated))


def _voiced(members: Sequence[Entry], grades: Grades, subjects: Subjects) -> Voiced:
    """The reading of one origin; `members` begin with the earliest telling."""
    standing = [entry for entry in members if not entry.revised] or list(members)
    lead = standing[0]
    stated, tolerant = lead.stated, lead.tolerant
    others: dict[str, None] = {}
    for entry in standing[1:]:
        if entry.stated.meets(stated):
            stated = entry.stated.within(stated)
            lead = _clearer(lead, entry, stated)
            tolerant = entry.tolerant.within(tolerant) if entry.tolerant.meets(tolerant) else tolerant
        elif not entry.tolerant.meets(tolerant):
            others[written(entry.stated)] = None
    tolerant = Interval(min(tolerant.low, stated.low), max(tolerant.high, stated.high))
    origin = lead.origin
    speaker = origin.speaker or lead.claim.speaker
    steps = []
    name = " ".join((speaker or grades.outlet(members[0])).split())
    if others:
        steps.append(
            f"Retellings of {name} give {', '.join(others)}; the earliest telling, {written(stated)}, decides."
        )
    if len(standing) < len(members):
        withdrawn = dict.fromkeys(written(entry.stated) for entry in members if entry.revised)
        steps.append(f"{', '.join(withdrawn)} was corrected and does not count.")
    known = grades.known(members)
    reading = Reading(
        origin=origin.id,
        speaker=speaker,
        date=origin.date or lead.claim.stated or lead.claim.when,
        low=number(stated.low),
        high=number(stated.high),
        bound=lead.claim.bound,
        claims=tuple(entry.claim.id for entry in members),
        reports=len({entry.claim.document for entry in members}),
        reliability=min(grades.letter(entry) for entry in members),
        known=None if known is None else known[0],
    )
    return Voiced(
        reading=reading,
        voice=lead.voice,
        body=subjects.body(lead.voice),
        lead=lead,
        stated=stated,
        tolerant=tolerant,
        said=members[0].said,
        revised=all(entry.revised for entry in members),
        steps=tuple(steps),
        name=name,
        desk=members[0].claim.document,
        letter=grades.letter(members[0]),
    )


def _clearer(lead: Entry, other: Entry, stated: Interval) -> Entry:
    """The entry whose bounds are the ones that now hold: "5,000" after "thousands"."""
    return other if lead.stated != stated and other.stated == stated and other.claim.bound is not Bound.VAGUE else lead


def _telling(entry: Entry) -> tuple[int, str, int, str]:
    return entry.rank, entry.claim.document, entry.claim.start, entry.claim.id


def _dated(voiced: Voiced) -> tuple[int, int, str]:
    said = voiced.said or Period(0, 0)
    return said.last, said.first, voiced.reading.origin
