"""Who held which office when, and what they are quoted with: tenures and figures come in, bars with marks go out."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from tallystick.model.dossier import Actor, Dossier, Tenure
from tallystick.screening.names import Names
from tallystick.storage.views.timeline import Fault, Quoted
from tallystick.values.periods import Period, period
from tallystick.workbench.timeline.strips import WIDTH, Scale

__all__ = ["Holder", "Mark", "Term", "Voices", "holders"]

# Office holders that are drawn: those who are quoted most, or called by an office that they did not hold.
MOST = 12
# Marks that can be told apart on one bar.
MOST_MARKS = 80
# Before and behind every day.
ALWAYS = Period(date.min.toordinal(), date.max.toordinal())


class Term(NamedTuple):
    """One tenure as a bar: the office, from and until in words, and where it stands, or None where it lies outside."""

    office: str
    since: str
    until: str
    citation: str
    x: float
    width: float
    seen: bool


class Mark(NamedTuple):
    """Something that somebody is quoted with, or called: its day, whether an office was held then, and the report."""

    x: float
    day: str
    out: bool
    document: str
    words: str


class Holder(NamedTuple):
    """Somebody with their tenures and marks, and how many figures they are quoted with inside and outside of these."""

    name: str
    terms: tuple[Term, ...]
    marks: tuple[Mark, ...]
    inside: int
    outside: int
    faults: tuple[Fault, ...]


class Voices:
    """Who of a dossier a speaker is; the names of the last dossier are kept."""

    def __init__(self) -> None:
        self._of = ""
        self._names: Names | None = None

    def actors(self, dossier: Dossier, speakers: Iterable[str]) -> dict[str, str]:
        """Give the id of the actor that each speaker is, for those who ever held an office.

        Args:
            dossier: Its actors and tenures.
            speakers: As reports write them.
        """
        if not dossier.tenures:
            return {}
        names = self._names
        if names is None or self._of != dossier.sha256:
            names = Names(dossier)
            self._names, self._of = names, dossier.sha256
        known = {tenure.actor for tenure in dossier.tenures}
        found = {speaker: names.voice(speaker) for speaker in speakers}
        return {speaker: actor for speaker, actor in found.items() if actor in known}


def holders(
    dossier: Dossier, actors: dict[str, str], quoted: Sequence[Quoted], faults: Sequence[Fault], along: Scale
) -> tuple[Holder, ...]:  # fmt: skip
    """Give those who are quoted or called by an office, with their tenures.

    Args:
        dossier: Its actors and tenures.
        actors: Which actor each speaker is.
        quoted: Figures of these speakers.
        faults: Reports that call somebody by an office that they did not hold.
        along: The days that are drawn.
    """
    said: defaultdict[str, list[Quoted]] = defaultdict(list)
    for one in quoted:
        said[actors[one.speaker]].append(one)
    wrong: defaultdict[str, list[Fault]] = defaultdict(list)
    known = {actor.id: actor for actor in dossier.actors}
    terms: defaultdict[str, list[Tenure]] = defaultdict(list)
    for tenure in dossier.tenures:
        terms[tenure.actor].append(tenure)
    for fault in faults:
        day = period(fault.day[:10])
        if day is not None and along.first <= day.first <= along.last:
            for actor in _called(fault, (known[name] for name in terms if name in known)):
                wrong[actor].append(fault)
    ranked = Counter({name: len(said[name]) for name in said}) + Counter(dict.fromkeys(wrong, 1))
    return tuple(
        _holder(known[name].name if name in known else name, terms[name], said[name], wrong[name], along)
        for name, _ in ranked.most_common(MOST)
    )


def _called(fault: Fault, actors: Iterable[Actor]) -> Iterable[str]:
    """The people whose name stands in the words that name an office."""
    words = fault.words.casefold()
    for actor in actors:
        if actor.kind == "person" and any(name.casefold() in words for name in (actor.name, *actor.aliases)):
            yield actor.id


def _holder(
    name: str, tenures: Sequence[Tenure], said: Sequence[Quoted], wrong: Sequence[Fault], along: Scale
) -> Holder:  # fmt: skip
    """One row of the picture."""
    held = [_days(tenure) for tenure in tenures]
    marks, inside, outside = [], 0, 0
    for one in said:
        # What was said is dated roughly at times, and what was published with a time.
        day = period(one.day) or period(one.day[:10])
        if day is not None:
            out = not any(term.first <= day.last and day.first <= term.last for term in held)
            inside, outside = inside + (not out), outside + out
            if along.first <= day.first and day.last <= along.last:
                marks.append(Mark(along.at((day.first + day.last + 1) / 2), one.day[:10], out, one.document, "quoted"))
    for fault in wrong:
        day = period(fault.day[:10])
        if day is not None:
            marks.append(Mark(along.at(day.first + 0.5), fault.day[:10], True, fault.document, fault.words))
    shown = sorted(marks, key=lambda mark: (not mark.out, mark.day))[:MOST_MARKS]
    terms = tuple(
        _term(tenure, days, along) for tenure, days in sorted(zip(tenures, held, strict=True), key=lambda pair: pair[1])
    )
    return Holder(name, terms, tuple(shown), inside, outside, tuple(wrong))


def _days(tenure: Tenure) -> Period:
    """The days of a tenure; an end that is not known is taken as far as it can be."""
    start, end = period(tenure.start), period(tenure.end)
    return Period((start or ALWAYS).first, (end or ALWAYS).last)


def _term(tenure: Tenure, days: Period, along: Scale) -> Term:
    left, right = along.at(days.first), along.at(days.last + 1)
    seen = days.first <= along.last and along.first <= days.last
    return Term(
        tenure.office.name, tenure.start or "", tenure.end or "", tenure.citation, left,
        round(min(max(right - left, 1.0), WIDTH), 1), seen,
    )  # fmt: skip
