"""What all reports show of one population: its marks come in, what they say of each element goes out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from tallystick.model.claim import Status
from tallystick.model.flag import Evidence
from tallystick.model.hit import Finding, Role, Standing
from tallystick.model.lineage import Origin
from tallystick.screening.elements.showing import Mark
from tallystick.screening.elements.subjects import Kind, Subjects
from tallystick.screening.elements.witnesses import Witnesses
from tallystick.values.periods import Period

__all__ = ["Fold", "Name", "Window", "fold"]

# Claims, facts and spans that a finding lists on either side; the first of each origin comes first. Nobody reads more,
# and a case where 50,000 claims name a nationality would list them once for every provision.
MOST = 200


class Name(NamedTuple):
    """What a sign shows: the pack, the kind and the id of it."""

    pack: str
    kind: Kind
    id: str


class Window(NamedTuple):
    """The days on which a provision is in force: from `first` on, up to but not on `end`; None where open."""

    first: int | None
    end: int | None

    def holds(self, act: Period | None) -> bool:
        """Whether something of these days may fall into it; what nothing dates may."""
        return act is None or (
            (self.first is None or act.last >= self.first) and (self.end is None or act.first < self.end)
        )


@dataclass(slots=True)
class _Told:
    """The marks that speak of one thing."""

    plain: list[Mark] = field(default_factory=list)
    contested: list[Mark] = field(default_factory=list)
    planned: list[Mark] = field(default_factory=list)
    against: list[Mark] = field(default_factory=list)
    notes: dict[str, None] = field(default_factory=dict)

    def showing(self) -> list[Mark]:
        """Those that show it best: told as a fact, else by a contested reading, else as a plan."""
        return self.plain or self.contested or self.planned


class Fold:
    """What the marks of one population say, element by element."""

    def __init__(self, told: dict[Name, _Told], witnesses: Witnesses) -> None:
        """Keep what was told; findings are worked out when they are first asked for."""
        self._told = told
        self._witnesses = witnesses
        self._findings: dict[Name, Finding] = {}

    def finding(self, name: Name) -> Finding:
        """Give what the reports say of one thing; its role is that of an element."""
        if name not in self._findings:
            self._findings[name] = self._finding(name)
        return self._findings[name]

    def scoped(self, pack: str) -> bool:
        """Whether the population concerns a pack at all."""
        return Name(pack, Kind.SCOPE, "") in self._told

    def _finding(self, name: Name) -> Finding:
        """The finding, worked out."""
        told = self._told.get(name)
        if told is None:
            return Finding(name.id, Role.ELEMENT, Standing.MISSING)
        showing = told.showing()
        origins: dict[str, Origin] = {}
        firsts: list[Mark] = []
        for mark in showing:
            origin = self._witnesses.origin(mark)
            if origin is not None and origin.id not in origins:
                origins[origin.id] = origin
                firsts.append(mark)
        independent = self._witnesses.independent(origins.values())
        kept = list(dict.fromkeys((*firsts, *showing)))[:MOST]
        against = told.against[:MOST]
        notes = list(told.notes)
        dropped = len(showing) - len(kept)
        if dropped > 0:
            notes.append(f"{dropped:,} more passages tell it")
        evidence = {Evidence(mark.document, mark.start, mark.end) for mark in (*kept, *against)}
        return Finding(
            name.id,
            Role.ELEMENT,
            _standing(told),
            tuple(sorted({mark.claim for mark in kept if mark.fact is None})),
            tuple(sorted({mark.fact for mark in kept if mark.fact is not None})),
            tuple(sorted({mark.fact or mark.claim for mark in against})),
            self._witnesses.ordered(origins),
            independent,
            tuple(sorted(evidence, key=_place)),
            "; ".join(notes),
        )


def fold(marks: Iterable[Mark], subjects: Subjects, witnesses: Witnesses) -> Fold:
    """Give what marks of one population, in order of publication, say of each element, exemption and justification.

    What is told as a plan shows an element as planned, unless the sign itself names plans among its statuses: somebody
    who is to be sent is a national of his country already.
    """
    told: dict[Name, _Told] = {}
    names = _names(subjects)
    for mark in marks:
        for number in mark.signs:
            held = told.setdefault(names[number], _Told())
            subject = subjects.named[number]
            if subject.kind is Kind.JUSTIFICATION or subject.kind is Kind.SCOPE:
                held.plain.append(mark)
                continue
            asked = subjects.signs[number].statuses
            denied = mark.status is Status.DENIED and Status.DENIED not in asked
            if denied and subject.contrary:
                continue
            if denied or subject.contrary:
                side = held.against
            elif mark.status in (Status.PLANNED, Status.POSSIBLE) and mark.status not in asked:
                side = held.planned
            else:
                side = held.contested if subject.contested else held.plain
            if not side or side[-1] is not mark:
                side.append(mark)
            if subject.note:
                held.notes.setdefault(subject.note)
    return Fold({name: one for name, one in told.items() if one.showing() or one.against}, witnesses)


def _names(subjects: Subjects) -> Sequence[Name]:
    """The names of the signs, by number."""
    return [Name(subject.pack, subject.kind, subject.id) for subject in subjects.named]


def _standing(told: _Told) -> Standing:
    """Where it stands."""
    if told.against:
        return Standing.CONTRADICTED
    if told.plain:
        return Standing.MET
    return Standing.INTERPRETED if told.contested else Standing.PLANNED


def _place(evidence: Evidence) -> tuple[str, int, int]:
    return evidence.document, evidence.start, evidence.end
