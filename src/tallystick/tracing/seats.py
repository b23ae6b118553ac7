"""Where: the words by which a text names a place come in; whether two of them can be one place goes out."""

from enum import IntEnum
from typing import NamedTuple

from tallystick.model.dossier import Dossier, Place
from tallystick.values.names import fold, place_names
from tallystick.values.places import country_of, demonym

__all__ = ["Nearness", "Seat", "Seats", "nearness"]


class Nearness(IntEnum):
    """How well two places fit."""

    APART = 0
    OPEN = 1
    SAME = 2


class Seat(NamedTuple):
    """A place, resolved.

    Attributes:
        words: Its folded words; empty where no place is given.
        chain: Ids of the dossier's place and of those that hold it, narrowest first.
        country: ISO 3166-1 alpha-2, or None.
    """

    words: tuple[str, ...]
    chain: tuple[str, ...]
    country: str | None


NOWHERE = Seat((), (), None)


def nearness(one: Seat, other: Seat) -> Nearness:
    """Tell whether two places are one, or one holds the other; OPEN where nobody can tell.

    A claim without a place fits every place.
    """
    if not one.words or not other.words or one.words == other.words:
        return Nearness.SAME
    if one.chain and other.chain:
        within = one.chain[0] in other.chain or other.chain[0] in one.chain
        return Nearness.SAME if within else Nearness.APART
    if one.country is not None and other.country is not None and one.country != other.country:
        return Nearness.APART
    holds = set(one.words) <= set(other.words) or set(other.words) <= set(one.words)
    return Nearness.SAME if holds else Nearness.OPEN


class Seats:
    """The places of a case; asks the dossier first, then the gazetteer."""

    def __init__(self, dossier: Dossier) -> None:
        """Index the names of the dossier's places."""
        self._places = {place.id: place for place in dossier.places}
        self._names = place_names(dossier)
        self._known: dict[str, Seat] = {}

    def seat(self, name: str | None) -> Seat:
        """Give the seat of `name` as a text writes it."""
        if name is None:
            return NOWHERE
        if name not in self._known:
            words = fold(name)
            place = self._names.longest(words)
            country = place.country if place is not None else country_of(name) or demonym(name)
            self._known[name] = Seat(words, self._chain(place), country)
        return self._known[name]

    def _chain(self, place: Place | None) -> tuple[str, ...]:
        chain: list[str] = []
        while place is not None and place.id not in chain:
            chain.append(place.id)
            place = self._places.get(place.within or "")
        return tuple(chain)
