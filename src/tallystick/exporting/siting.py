"""Where a population is: a place as an estimate names it comes in, a point goes out, with how exactly it is known.

The scale is the where-precision of UCDP GED, 1 to 7: 1 a named town, 4 the first division of a country, 6 a country.
It tells how wide the place is that the report names, not how well the point was measured. Of a region the point is that
of its main city or the middle of its people; a country has none, and neither has a place that is not known.
"""

from functools import lru_cache
from typing import NamedTuple

from tallystick.model.dossier import Dossier, Place
from tallystick.values.coordinates import Precision, Spot, whereabouts
from tallystick.values.names import fold, place_names

__all__ = ["Site", "Sites"]

TOWN, REGION, COUNTRY = 1, 4, 6
PRECISIONS = {Precision.CITY: TOWN, Precision.REGION: REGION, Precision.COUNTRY: COUNTRY}
# Places that are looked up once.
KEPT = 2**14


class Site(NamedTuple):
    """Where a place is.

    Attributes:
        country: ISO 3166-1 alpha-2.
        precision: Where-precision of UCDP GED: 1, 4 or 6.
        identifier: Of the place that the point is of: number in GeoNames or ISO 3166-2; of a country its code.
        latitude: In degrees, north positive; None for a country.
        longitude: In degrees, east positive; None for a country.
    """

    country: str
    precision: int
    identifier: str
    latitude: float | None = None
    longitude: float | None = None


class Sites:
    """The places of a dossier, and behind them those of the world."""

    def __init__(self, dossier: Dossier) -> None:
        """Index the names of the dossier's places."""
        self._ids = {place.id: place for place in dossier.places}
        self._names = {fold(name): one for one in reversed(dossier.places) for name in (*one.aliases, one.name)}
        self._within = place_names(dossier)
        self.at = lru_cache(KEPT)(self._at)

    def _at(self, name: str | None) -> Site | None:
        """Give where a place is, or None where nobody knows.

        What the dossier says of a place goes first: its Kursk is the region, not the town.
        """
        if name is None:
            return None
        known = self._names.get(fold(name))
        if known is None and not name.isascii():
            # The gazetteer knows no other script; "러시아 쿠르스크주" holds the name of a place of the dossier.
            known = self._within.longest(fold(name))
        if known is None:
            return _site(whereabouts(name))
        holder = self._ids.get(known.within or "")
        return (
            _of(known)
            or (None if holder is None or holder.code is None else _of(holder))
            or (None if known.country is None else Site(known.country, COUNTRY, known.country))
        )


def _of(place: Place) -> Site | None:
    """The point of a dossier's place, in its own country; None where it has none.

    A region, which has a code, is also where its other names lead ("Vladivostok"). Any other place is not: the other
    names of a state are its capital's.
    """
    region = place.code is not None
    for name in (place.name, *place.aliases) if region else (place.name,):
        site = _site(whereabouts(name))
        if site is not None and site.latitude is not None and place.country in (None, site.country):
            return site._replace(precision=REGION) if region else site
    return None


def _site(spot: Spot | None) -> Site | None:
    if spot is None:
        return None
    return Site(
        spot.country, PRECISIONS[spot.precision], spot.identifier.removesuffix("+"), spot.latitude, spot.longitude
    )
