"""Who speaks and where it is: words of a text and the names of a dossier come in, keys that compare equal go out."""

from re import compile as pattern
from typing import NamedTuple, TypeVar

from tallystick.model.dossier import Actor, Dossier, Place

__all__ = ["Site", "Subjects", "folded"]

Named = TypeVar("Named", Actor, Place)
WORD = pattern(r"\w+")
# A name with an office, or a place with its description; what is longer is a clause that extraction has let through.
LONGEST = 200
# Words that a place may carry or lack without becoming another one.
DESCRIPTIONS = frozenset(
    "the region oblast province district county area territory city prefecture governorate".split()
)


class Site(NamedTuple):
    """A place, resolved.

    Attributes:
        key: The same for all namings of one place.
        name: For a reader.
        above: Keys of the places that hold it, narrowest first.
        country: ISO 3166-1 alpha-2, or None.
        known: Whether the dossier lists it.
    """

    key: str
    name: str
    above: tuple[str, ...] = ()
    country: str | None = None
    known: bool = False


def folded(text: str) -> tuple[str, ...]:
    """Give the words of a name, case folded, without possessive endings."""
    plain = text[:LONGEST].casefold().replace("’", "'").replace("'s ", " ").removesuffix("'s").replace(".", "")
    return tuple(WORD.findall(plain))


class Subjects:
    """The actors and the places of a dossier, found by any of their names."""

    def __init__(self, dossier: Dossier) -> None:
        """Index all names by their words."""
        self._actors: dict[tuple[str, ...], Actor] = {}
        self._places: dict[tuple[str, ...], Place] = {}
        self._by_id = {place.id: place for place in dossier.places}
        self._actor_ids = {actor.id: actor for actor in dossier.actors}
        for actor in dossier.actors:
            for name in (actor.name, *actor.aliases):
                self._actors.setdefault(_bare(folded(name)), actor)
        for place in dossier.places:
            for name in (place.name, *place.aliases):
                self._places.setdefault(_bare(folded(name)), place)
        self._longest = max((len(words) for words in (*self._actors, *self._places)), default=0)
        self._sites: dict[str, Site] = {}
        self._voices: dict[str, str] = {}

    def site(self, place: str | None) -> Site | None:
        """Give the place that a text names; one that the dossier does not know is its own words."""
        if place is None or not folded(place):
            return None
        if place not in self._sites:
            self._sites[place] = self._site(place)
        return self._sites[place]

    def voice(self, speaker: str | None) -> str | None:
        """Give the key of a speaker: the id of an actor, else the folded name; None where nobody is named."""
        if speaker is None or not folded(speaker):
            return None
        if speaker not in self._voices:
            words = _bare(folded(speaker))
            found = self._named(words, self._actors)
            persons = [actor for actor in found if actor.kind == "person"]
            actor = next(iter(persons or found), None)
            self._voices[speaker] = "name:" + " ".join(words) if actor is None else actor.id
        return self._voices[speaker]

    def knows(self, voice: str) -> bool:
        """Whether the dossier lists the speaker."""
        return voice in self._actor_ids

    def allied(self, voice: str) -> tuple[str, ...]:
        """Give the keys of the actors with which `voice` may share its knowledge or for which it speaks."""
        actor = self._actor_ids.get(voice)
        return () if actor is None else (*actor.linked, *actor.speaks_for)

    def _site(self, place: str) -> Site:
        words = folded(place)
        known = next(iter(self._named(_bare(words), self._places)), None)
        if known is None:
            core = tuple(word for word in words if word not in DESCRIPTIONS) or words
            return Site("name:" + " ".join(core), " ".join(place[:LONGEST].split()))
        above: list[str] = []
        upper = known.within
        while upper is not None and upper in self._by_id and upper not in above:
            above.append(upper)
            upper = self._by_id[upper].within
        return Site(known.id, known.name, tuple(above), known.country, known=True)

    def _named(self, words: tuple[str, ...], names: dict[tuple[str, ...], Named]) -> list[Named]:
        """What is named inside `words`, longest names first, then the earliest."""
        found: list[Named] = []
        for length in range(min(self._longest, len(words)), 0, -1):
            for start in range(len(words) - length + 1):
                known = names.get(words[start : start + length])
                if known is not None and known not in found:
                    found.append(known)
        return found


def _bare(words: tuple[str, ...]) -> tuple[str, ...]:
    return words[1:] if words[:1] == ("the",) and len(words) > 1 else words
