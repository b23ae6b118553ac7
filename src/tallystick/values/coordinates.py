"""Where a place is, and how exactly that is known: a place as a report writes it comes in, a point goes out.

Points come from `coordinates.tsv`, which `scripts/build_places.py` builds of GeoNames (https://www.geonames.org), CC BY
4.0. A place that is not known is nowhere: nothing is guessed.
"""

import re
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from tallystick.values.places import Located, locate

__all__ = ["Precision", "Spot", "whereabouts"]

# Places that are looked up once: a case of 100,000 claims writes some ten thousand in different words.
KEPT = 65_536
# What stands behind the name of a city where its surroundings are meant.
AROUND = re.compile(
    r"[ ,]+(?:region|oblast|province|krai|district|state|governorate|prefecture|county|area|territory|republic)\b",
    re.IGNORECASE,
)
OWNER = re.compile(r"[’']s\s+|s[’']\s+")


class Precision(StrEnum):
    """How exactly it is known where a place is."""

    CITY = "city"
    REGION = "region"
    COUNTRY = "country"


class Spot(NamedTuple):
    """A place on the earth.

    Attributes:
        country: ISO 3166-1 alpha-2.
        identifier: What tells it from other places: number in GeoNames, ISO 3166-2 or ISO 3166-1; two names of one
            place have one.
        precision: How exact the point is. Of a region it is its main city or the middle of its people; of a country
            there is none.
        latitude: In degrees, north positive; None for a country.
        longitude: In degrees, east positive; None for a country.
    """

    country: str
    identifier: str
    precision: Precision
    latitude: float | None = None
    longitude: float | None = None


@cache
def _points() -> dict[str, tuple[float, float]]:
    """Latitude and longitude by identifier."""
    found = {}
    for line in (files("tallystick.values") / "coordinates.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            name, latitude, longitude = line.split("\t")
            found[name] = float(latitude), float(longitude)
    return found


@lru_cache(KEPT)
def whereabouts(surface: str) -> Spot | None:
    """Give where a place is; None where no name of a place is in it, and for places of several countries.

    The finest name decides: "Russia's Kursk region" is the region of Kursk. Where a region has no point of its own in
    the table, only its country is known.

    Args:
        surface: The place as written.
    """
    first = locate(surface)
    if first is None:
        return None
    # The part behind an owner ("Russia's Kursk region") may name the place more exactly.
    inner = locate(OWNER.split(surface)[-1])
    found = inner if inner is not None and inner.country == first.country and _is_finer(inner, first) else first
    around = AROUND.search(surface)
    if around is not None:
        city = locate(OWNER.split(surface[: around.start()])[-1])
        if city is not None and city.country == found.country and _is_city(city):
            return _spot(city, Precision.REGION)
    return _spot(found, Precision.CITY if _is_city(found) else Precision.REGION)


def _is_city(place: Located) -> bool:
    return place.identifier is not None and place.identifier.isdecimal()


def _is_finer(one: Located, other: Located) -> bool:
    return one.identifier is not None and other.identifier in (None, other.country)


def _spot(place: Located, precision: Precision) -> Spot:
    point = None if place.identifier is None else _points().get(place.identifier)
    if point is None or place.identifier is None:
        return Spot(place.country, place.country, Precision.COUNTRY)
    # The surroundings of a city are another place than the city.
    name = f"{place.identifier}+" if precision is Precision.REGION and _is_city(place) else place.identifier
    return Spot(place.country, name, precision, *point)
