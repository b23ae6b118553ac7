"""Names of places and peoples, and the country each belongs to.

Takes names as reports write them; gives ISO 3166-1 alpha-2 codes from `places.tsv`, which
`scripts/build_places.py` builds. Cities come from GeoNames (https://www.geonames.org), licensed CC BY 4.0.
"""

from functools import cache
from importlib.resources import files

__all__ = ["country_of", "demonym", "is_demonym_noun", "is_place", "nationality"]

# The mark of a place that lies in no single country: seas and parts of the world.
NOWHERE = "-"


@cache
def _tables() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Places, adjectives of nationality and nouns for peoples, each lower case with its country."""
    places: dict[str, str] = {}
    countries: dict[str, str] = {}
    adjectives: dict[str, str] = {}
    people: dict[str, str] = {}
    kinds = {"country": countries, "adjective": adjectives, "people": people}
    text = (files("tallystick.values") / "places.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        name, code, kind = line.split("\t")
        kinds.get(kind, places)[name] = code
    places.update(countries)
    return places, adjectives, people


def country_of(name: str) -> str | None:
    """Give the country (ISO 3166-1 alpha-2) that the place `name` is or lies in; None where not known.

    A state that no longer exists has the code withdrawn from ISO 3166-1 ("SU", "YU"). Case does not count, nor does
    a leading "the".
    """
    code = _tables()[0].get(_folded(name))
    return None if code == NOWHERE else code


def is_place(name: str) -> bool:
    """Whether `name` is that of a country, a region, a larger city or a part of the world."""
    return _folded(name) in _tables()[0]


def nationality(word: str) -> str | None:
    """Give the country of an adjective of nationality ("Israeli", "North Korean"); None where it is none."""
    return _tables()[1].get(word.lower())


def demonym(word: str) -> str | None:
    """Give the country of an adjective of nationality or a noun for a people ("Danish", "Danes"); else None."""
    _, adjectives, people = _tables()
    folded = word.lower()
    return people.get(folded) or adjectives.get(folded)


def is_demonym_noun(word: str) -> bool:
    """Whether `word` is a noun for a people ("Palestinians", "Chinese")."""
    return word.lower() in _tables()[2]


def _folded(name: str) -> str:
    folded = name.lower().replace("’", "'")
    return folded.removeprefix("the ")
