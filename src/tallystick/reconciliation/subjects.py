"""Who speaks and where it is: words of a text and the names of a dossier come in, keys that compare equal go out."""

from collections.abc import Iterable
from typing import NamedTuple

from tallystick.model.dossier import Actor, Dossier
from tallystick.values.names import LONGEST, actor_names, bare_place, fold, place_names

__all__ = ["Site", "Subjects"]


class Site(NamedTuple):
    """A place, resolved.

    Attributes:
        key: The same for all namings of one place.
        name: For a reader.
        above: Keys of the places that hold it, narrowest first.
        country: ISO 3166-1 alpha-2, or None.
        known: Whether the dossier lists it.
        ring: Whether it is told only by how far it is from another place, so that it may lie in either country.
    """

    key: str
    name: str
    above: tuple[str, ...] = ()
    country: str | None = None
    known: bool = False
    ring: bool = False


class Subjects:
    """The actors and the places of a dossier, found by any of their names."""

    def __init__(self, dossier: Dossier) -> None:
        """Index all names by their words."""
        self._actors = actor_names(dossier)
        self._places = place_names(dossier)
        self._by_id = {place.id: place for place in dossier.places}
        self._actor_ids = {actor.id: actor for actor in dossier.actors}
        self._blocs = _blocs(dossier.actors)
        self._sites: dict[str, Site] = {}
        self._voices: dict[str, str] = {}

    def site(self, place: str | None, story: str = "") -> Site | None:
        """Give the place that a text names; one that the dossier does not know is its own words.

        What is no name ("the scene", "a hospital") is the same place within one story only, told by the id `story`.
        """
        if place is None or not fold(place):
            return None
        if place not in self._sites:
            self._sites[place] = self._site(place)
        found = self._sites[place]
        nameless = not found.known and place == place.lower() != place.upper()
        return found._replace(key=f"{story}:{found.key}") if nameless else found

    def ring(self, words: str, story: str) -> Site:
        """Give the place that a text tells by a distance or a border: it lies in nothing, and is one within its story.

        Words that the dossier lists in full ("Russian border region") name a place of their own.
        """
        folded = fold(words)
        known = self._places.longest(folded)
        if known is not None and any(fold(name) == folded for name in (known.name, *known.aliases)):
            return self._site(words)
        return Site(f"{story}:ring:" + " ".join(folded), " ".join(words[:LONGEST].split()), ring=True)

    def voice(self, speaker: str | None) -> str | None:
        """Give the key of a speaker: the id of an actor, else the folded name; None where nobody is named."""
        if speaker is None or not fold(speaker):
            return None
        if speaker not in self._voices:
            words = fold(speaker)
            found = sorted(self._actors.matches(words), key=lambda match: (match.first - match.last, match.first))
            persons = [match.what for match in found if match.what.kind == "person"]
            actor = next(iter(persons or [match.what for match in found]), None)
            self._voices[speaker] = "name:" + " ".join(words) if actor is None else actor.id
        return self._voices[speaker]

    def knows(self, voice: str) -> bool:
        """Whether the dossier lists the speaker."""
        return voice in self._actor_ids

    def allied(self, voice: str) -> tuple[str, ...]:
        """Give the keys of the actors with which `voice` may share its knowledge or for which it speaks."""
        actor = self._actor_ids.get(voice)
        return () if actor is None else (*actor.linked, *actor.speaks_for)

    def body(self, voice: str) -> str:
        """Give the key of the narrowest body for which `voice` speaks; its own where it speaks for none.

        A spokesman and his ministry are one speaker: what either says later takes the place of what the other said.
        """
        actor = self._actor_ids.get(voice)
        return actor.speaks_for[0] if actor is not None and actor.speaks_for else voice

    def side(self, voice: str) -> str | None:
        """Give the country of a speaker, None where the dossier names none."""
        actor = self._actor_ids.get(voice)
        return None if actor is None else actor.side

    def bloc(self, side: str) -> str:
        """Give the first of the countries whose actors may share knowledge with those of `side`, itself included."""
        return self._blocs.get(side, side)

    def _site(self, place: str) -> Site:
        words = fold(place)
        known = self._places.longest(words)
        if known is None:
            core = bare_place(words)
            return Site("name:" + " ".join(core), " ".join(place[:LONGEST].split()))
        above: list[str] = []
        upper = known.within
        while upper is not None and upper in self._by_id and upper not in above:
            above.append(upper)
            upper = self._by_id[upper].within
        return Site(known.id, known.name, tuple(above), known.country, known=True)


def _blocs(actors: Iterable[Actor]) -> dict[str, str]:
    """For every country the first of those with which it is connected by actors that may share what they know."""
    known = {actor.id: actor for actor in actors}
    firsts = {actor.side: actor.side for actor in known.values() if actor.side is not None}

    def first(side: str) -> str:
        while firsts[side] != side:
            side = firsts[side]
        return side

    for actor in known.values():
        for other in actor.linked:
            there = known[other].side if other in known else None
            if actor.side is not None and there is not None:
                one, two = sorted((first(actor.side), first(there)))
                firsts[two] = one
    return {side: first(side) for side in firsts}
