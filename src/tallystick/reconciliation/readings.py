"""What each origin says: the entries of a line come in, one reading for every origin goes out.

The earliest telling of an origin decides; others narrow it where they agree and are set aside where they do not. A
later figure of the same speaker supersedes an earlier one, and never that of anybody else (rule R8).
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tallystick.model.document import Document
from tallystick.model.dossier import Dossier, Source
from tallystick.model.estimate import Reading
from tallystick.model.quantity import Bound
from tallystick.reconciliation.entries import Entry
from tallystick.reconciliation.intervals import Interval, number, written
from tallystick.values.periods import Period

__all__ = ["Grades", "Voiced", "readings"]

UNKNOWN = "F"


class Voiced(NamedTuple):
    """A reading with what the arithmetic needs of it.

    Attributes:
        reading: The reading as the estimate holds it.
        voice: Key of its speaker.
        lead: The entry that decides it.
        stated: Bounds as written.
        tolerant: Bounds with rounding and "about" allowed for.
        said: Days of the statement, or None.
        revised: Whether every claim of it has been corrected.
        steps: What was decided within the origin, one sentence each.
        name: The speaker for a sentence; the outlet where nobody is named.
        desk: Id of the document that tells it first.
    """

    reading: Reading
    voice: str
    lead: Entry
    stated: Interval
    tolerant: Interval
    said: Period | None
    revised: bool
    steps: tuple[str, ...]
    name: str
    desk: str


class Grades:
    """Admiralty letters of the sources of a dossier, by outlet, host name and agency."""

    def __init__(self, documents: Sequence[Document], dossier: Dossier) -> None:
        """Index the sources of `dossier`."""
        self._names: dict[str, Source] = {}
        self._hosts: dict[str, Source] = {}
        for source in dossier.sources:
            for name in (source.name, *source.aliases):
                self._names.setdefault(name.casefold(), source)
            for host in source.domains:
                self._hosts.setdefault(host, source)
        self._documents = {document.id: self._of(document) for document in documents}
        self._outlets = {document.id: document.outlet or _desk(document) for document in documents}

    def letter(self, entry: Entry) -> str:
        """Give the better letter of the report and of the agency it names; F where neither is listed."""
        agency = self._names.get((entry.claim.via or "").casefold())
        letters = (
            self._documents.get(entry.claim.document, UNKNOWN),
            UNKNOWN if agency is None else agency.reliability,
        )
        return min(letters)

    def outlet(self, entry: Entry) -> str:
        """Give the name of the outlet that carries an entry."""
        return self._outlets.get(entry.claim.document, entry.claim.document)

    def _of(self, document: Document) -> str:
        source = self._names.get((document.outlet or "").casefold())
        host = (document.url or "").partition("://")[2].partition("/")[0].partition(":")[0].casefold()
        while source is None and "." in host:
            source = self._hosts.get(host)
            host = host.partition(".")[2]
        return UNKNOWN if source is None else source.reliability


def _desk(document: Document) -> str:
    """What to call a report without an outlet: its id, or the file that it came in where the id is only its hash."""
    return document.id if document.id != document.sha256 else document.name.rpartition("/")[2]


def readings(entries: Sequence[Entry], grades: Grades) -> tuple[Voiced, ...]:
    """Give one reading for every origin among `entries`, in order of date."""
    origins: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        origins[entry.origin.id].append(entry)
    found = [_voiced(sorted(members, key=_telling), grades) for members in origins.values()]
    return _superseded(sorted(found, key=_dated))


def _voiced(members: Sequence[Entry], grades: Grades) -> Voiced:
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
    )
    revised = all(entry.revised for entry in members)
    return Voiced(
        reading,
        lead.voice,
        lead,
        stated,
        tolerant,
        members[0].said,
        revised,
        tuple(steps),
        name,
        members[0].claim.document,
    )


def _clearer(lead: Entry, other: Entry, stated: Interval) -> Entry:
    """The entry whose bounds are the ones that now hold: "5,000" after "thousands"."""
    return other if lead.stated != stated and other.stated == stated and other.claim.bound is not Bound.VAGUE else lead


def _superseded(found: Sequence[Voiced]) -> tuple[Voiced, ...]:
    """Readings with those marked that a correction or a later statement of the same speaker has replaced."""
    latest: dict[str, Voiced] = {}
    for voiced in found:
        if voiced.said is not None and not voiced.revised:
            latest[voiced.voice] = voiced
    return tuple(_marked(voiced, latest) for voiced in found)


def _marked(voiced: Voiced, latest: Mapping[str, Voiced]) -> Voiced:
    last = latest.get(voiced.voice)
    step = None
    if voiced.revised:
        step = f"{voiced.name}: {written(voiced.stated)} was corrected and does not count."
    elif last is not None and _before(voiced.said, last.said):
        step = (
            f"{voiced.name}: {written(voiced.stated)} ({voiced.reading.date}) is superseded by "
            f"{written(last.stated)} ({last.reading.date}) of the same speaker."
        )
    if step is None:
        return voiced
    old = voiced.reading
    reading = Reading(
        old.origin, old.speaker, old.date, old.low, old.high, old.bound, old.claims, old.reports, True, old.reliability
    )
    return voiced._replace(reading=reading, steps=(*voiced.steps, step))


def _before(one: Period | None, other: Period | None) -> bool:
    return one is not None and other is not None and one.last < other.first


def _telling(entry: Entry) -> tuple[int, str, int, str]:
    return entry.rank, entry.claim.document, entry.claim.start, entry.claim.id


def _dated(voiced: Voiced) -> tuple[int, int, str]:
    said = voiced.said or Period(0, 0)
    return said.last, said.first, voiced.reading.origin
