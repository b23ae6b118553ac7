"""Who speaks and who publishes: names as reports write them come in, each party once goes out.

Two spellings that the dossier knows of one actor are one party, and so are two that differ in case, full stops or a
leading article. Of any other name it is not known whether it is somebody else's, and it stands for itself.
"""

from collections.abc import Mapping
from typing import NamedTuple

from tallystick.model.dossier import Actor, Dossier, Source
from tallystick.values.names import fold, names_of

__all__ = ["Parties", "Party"]


class Party(NamedTuple):
    """Somebody who speaks or publishes.

    Attributes:
        key: What two spellings of one party have in common.
        name: As the dossier has it or, of somebody whom it does not know, as the report writes it.
        actor: What the dossier knows of a speaker, or None.
        source: What the dossier knows of an outlet, or None.
    """

    key: str
    name: str
    actor: Actor | None = None
    source: Source | None = None


class Parties:
    """The actors and outlets of a dossier by every name they have."""

    def __init__(self, dossier: Dossier) -> None:
        """Index the names; where two share one, it is the first's."""
        self._actors: Mapping[tuple[str, ...], Actor] = {
            fold(name): actor for actor in reversed(dossier.actors) for name in reversed(names_of(actor))
        }
        self._sources: Mapping[tuple[str, ...], Source] = {
            fold(name): source for source in reversed(dossier.sources) for name in (*source.aliases, source.name)
        }

    def speaker(self, name: str | None) -> Party | None:
        """Give who speaks; None where no name has a letter in it, and in the outlet's own voice."""
        words = fold(name) if name else ()
        actor = self._actors.get(words)
        if actor is not None:
            return of_actor(actor)
        return Party(" ".join(words), name, source=self._sources.get(words)) if words and name else None

    def outlet(self, name: str | None) -> Party | None:
        """Give who publishes; None where no name has a letter in it."""
        words = fold(name) if name else ()
        source = self._sources.get(words)
        if source is not None:
            return Party(" ".join(fold(source.name)), source.name, self._actors.get(words), source)
        return self.speaker(name)


def of_actor(actor: Actor) -> Party:
    """Give an actor of the dossier as a party."""
    return Party(" ".join(fold(actor.name)) or actor.id, actor.name, actor)
