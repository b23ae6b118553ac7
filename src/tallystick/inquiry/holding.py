"""Who held which office when: a dossier, a date and a name come in, its tenures go out.

A name may be in any spelling and script; how it was found stands beside each tenure.
"""

from enum import StrEnum
from typing import NamedTuple

from tallystick.model.dossier import Actor, Dossier, Tenure
from tallystick.values.periods import Period, period
from tallystick.values.transliteration import Found, MatchKind, NameMatcher

__all__ = ["Held", "Holding", "held"]

# "2024-05~" may be off by about a month, as screening takes it.
APPROXIMATE_DAYS = 31


class Holding(StrEnum):
    """Whether somebody held an office on a date."""

    YES = "yes"
    PERHAPS = "perhaps"


class Held(NamedTuple):
    """A tenure and how it was found.

    Attributes:
        actor: Who.
        tenure: The office and its dates.
        holding: Whether it covers the date asked for; None where none was. `PERHAPS` where the date is no single day of
            the tenure: its start is not known or falls on it, or its end does.
        found: The name of the actor that the one asked for matches, and how; None where none was.
    """

    actor: Actor
    tenure: Tenure
    holding: Holding | None = None
    found: Found | None = None


def held(dossier: Dossier, *, on: str | None = None, person: str | None = None) -> tuple[Held, ...]:
    """Give the tenures of a dossier, in its order.

    Args:
        dossier: Who acts, and who held what.
        on: EDTF date; only tenures that may cover a day of it. A tenure ends with its holder's death.
        person: Name of the holder in any spelling; those who match it surest come first, and where somebody's name is
            the same in a reviewed or romanized spelling, nobody is given who is only called alike.
    """
    actors = {actor.id: actor for actor in dossier.actors}
    holders = dict.fromkeys(tenure.actor for tenure in dossier.tenures)
    found = None if person is None else _found(person, [actors[holder] for holder in holders if holder in actors])
    day = period(on)
    listed = []
    for tenure in dossier.tenures:
        actor = actors.get(tenure.actor)
        if actor is None or (found is not None and actor.id not in found):
            continue
        holding = None if day is None else _holding(tenure, actor, day)
        if day is None or holding is not None:
            listed.append(Held(actor, tenure, holding, None if found is None else found[actor.id]))
    if found is not None:
        rank = {holder: number for number, holder in enumerate(found)}
        listed.sort(key=lambda one: rank[one.actor.id])
    return tuple(listed)


def _found(person: str, actors: list[Actor]) -> dict[str, Found]:
    """The actors that a name may mean, by id, the surest first."""
    named: dict[str, list[str]] = {}
    for actor in actors:
        for name in (actor.name, *actor.aliases):
            named.setdefault(name, []).append(actor.id)
    matches = NameMatcher(named).find(person)
    sure = [match for match in matches if match.match.kind is not MatchKind.SIMILARITY]
    found: dict[str, Found] = {}
    for match in sure or matches:
        for holder in named[match.name]:
            found.setdefault(holder, match)
    return found


def _holding(tenure: Tenure, actor: Actor, day: Period) -> Holding | None:
    """Whether a tenure covers a day; None where it cannot."""
    start = period(tenure.start, slack=APPROXIMATE_DAYS)
    ends = [end for end in (period(tenure.end, slack=APPROXIMATE_DAYS), period(actor.died)) if end is not None]
    if (start is not None and day.last < start.first) or any(day.first > end.last for end in ends):
        return None
    surely = start is not None and day.first >= start.last and all(day.last < end.first for end in ends)
    return Holding.YES if surely else Holding.PERHAPS
