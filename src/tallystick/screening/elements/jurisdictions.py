"""In whose jurisdiction a population is: the words of its place and a time come in, country and answer go out.

A distance from another place and a border have two sides (rule R19 of the domain notes); who holds a place that
another state claims depends on the date.
"""

from typing import NamedTuple

from tallystick.model.dossier import Dossier, Place
from tallystick.model.provision import Jurisdiction
from tallystick.values.names import fold, place_names
from tallystick.values.periods import Period, period
from tallystick.values.places import locate

__all__ = ["Ground", "Grounds", "question"]

# Words of a place that is told only by how far it is from another, or that lies along a line with two sides.
RING_WORDS = frozenset(
    "km kms kilometer kilometers kilometre kilometres mile miles meter meters metre metres border borders borderland"
    " borderlands frontier frontiers".split()
)
# Most places that may hold one another; a real chain has four.
DEEPEST = 12


class Ground(NamedTuple):
    """Where a population is.

    Attributes:
        country: ISO 3166-1 alpha-2 of the state that the place belongs to, or None.
        jurisdiction: Whether it lies within that state's jurisdiction.
        party: ISO 3166-1 alpha-2 of another state that holds it at that time, or None.
    """

    country: str | None
    jurisdiction: Jurisdiction
    party: str | None = None


class Grounds:
    """The places of a dossier with who holds them when; of places that it does not list, their countries."""

    def __init__(self, dossier: Dossier) -> None:
        """Index the places by all their names."""
        self._names = place_names(dossier)
        self._places = {place.id: place for place in dossier.places}
        self._known: dict[tuple[str | None, Period | None], Ground] = {}

    def ground(self, place: str | None, acts: Period | None) -> Ground:
        """Give where a place is.

        Args:
            place: As the dossier or the clearest claim names it, or None.
            acts: The days of what happened there, or None where they are not known: then whoever holds the place
                without an end counts.
        """
        asked = (place, acts)
        if asked not in self._known:
            self._known[asked] = self._ground(place, acts)
        return self._known[asked]

    def _ground(self, place: str | None, acts: Period | None) -> Ground:
        """The answer, worked out."""
        words = fold(place) if place is not None else ()
        if place is None or not words:
            return Ground(None, Jurisdiction.UNDETERMINED)
        known = self._names.longest(words)
        if known is None:
            located = locate(place)
            country = None if located is None else located.country
        else:
            country = known.country
        # Its country may still be the one that reports mean: only its jurisdiction is open.
        if country is None or not RING_WORDS.isdisjoint(words) or any(word[:1].isdigit() for word in words):
            return Ground(country, Jurisdiction.UNDETERMINED)
        party = None if known is None else self._holder(known, country, acts)
        return Ground(country, Jurisdiction.CONTESTED if party else Jurisdiction.DETERMINED, party)

    def _holder(self, place: Place, country: str, acts: Period | None) -> str | None:
        """Who else holds the place, or one that it lies in, at that time; None where nobody does."""
        for _ in range(DEEPEST):
            for control in place.control:
                since, until = period(control.since), period(control.until)
                if control.party == country:
                    continue
                if acts is None:
                    held = control.until is None
                else:
                    held = (since is None or since.first <= acts.last) and (until is None or acts.first <= until.last)
                if held:
                    return control.party
            if place.within is None or place.within not in self._places:
                return None
            place = self._places[place.within]
        return None


def question(place: str | None, ground: Ground) -> str | None:
    """Give what to find out about a place before a provision can be said to reach it; None where that is clear."""
    if ground.jurisdiction is Jurisdiction.DETERMINED:
        return None
    if place is None:
        return "Where are they, and within whose jurisdiction?"
    if ground.jurisdiction is Jurisdiction.CONTESTED:
        return f"Who controlled {place} on the date of the act, and within whose jurisdiction does it lie?"
    return f"Is the place ({place}) within the jurisdiction of the state concerned?"
