"""Names of places and peoples, and the country each belongs to.

Takes names as reports write them; gives ISO 3166-1 alpha-2 codes from `places.tsv`, which
`scripts/build_places.py` builds. Cities come from GeoNames (https://www.geonames.org), licensed CC BY 4.0.
"""

from functools import cache
from importlib.resources import files
from typing import NamedTuple

__all__ = [
    "Located",
    "country_of",
    "demonym",
    "is_country",
    "is_demonym_noun",
    "is_place",
    "locate",
    "nationality",
    "town_country",
]

# The mark of a place that lies in no single country: seas and parts of the world.
NOWHERE = "-"
# Longest name of the table, in words; of a surface no more words are looked at.
LONGEST = 5
LONGEST_SURFACE = 12


class Located(NamedTuple):
    """A known place: its country (ISO 3166-1 alpha-2), and what identifies it.

    `identifier` is the ISO 3166-1 alpha-2 code of a country, the ISO 3166-2 code of a region ("RU-KRS") or the number
    of a city in GeoNames; None where only the country is known.
    """

    country: str
    identifier: str | None

    def __str__(self) -> str:
        """Country and identifier on one line: "KE", "RU-KRS", "CN, GeoNames 2037013"."""
        if self.identifier is None:
            return self.country
        return f"{self.country}, GeoNames {self.identifier}" if self.identifier.isdecimal() else self.identifier


class _Tables(NamedTuple):
    """Lower-case names with their country; ids by name."""

    places: dict[str, str]
    adjectives: dict[str, str]
    people: dict[str, str]
    towns: dict[str, str]
    identifiers: dict[str, str]


@cache
def _tables() -> _Tables:
    """Places, adjectives of nationality, nouns for peoples and towns, each lower case with its country."""
    places: dict[str, str] = {}
    countries: dict[str, str] = {}
    adjectives: dict[str, str] = {}
    people: dict[str, str] = {}
    towns: dict[str, str] = {}
    identifiers: dict[str, str] = {}
    kinds = {"country": countries, "adjective": adjectives, "people": people, "town": towns}
    text = (files("tallystick.values") / "places.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        name, code, kind, *identifier = line.split("\t")
        kinds.get(kind, places)[name] = code
        if identifier:
            identifiers[name] = identifier[0]
    places.update(countries)
    identifiers.update((name, code) for name, code in countries.items() if code != NOWHERE)
    return _Tables(places, adjectives, people, towns, identifiers)


def country_of(name: str) -> str | None:
    """Give the country (ISO 3166-1 alpha-2) that the place `name` is or lies in; None where not known.

    A state that no longer exists has the code withdrawn from ISO 3166-1 ("SU", "YU"). Case does not count, nor does
    a leading "the".
    """
    code = _tables().places.get(_folded(name))
    return None if code == NOWHERE else code


@cache
def _codes() -> frozenset[str]:
    """The codes of all countries that a place or a people of the table belongs to."""
    tables = _tables()
    return frozenset((*tables.places.values(), *tables.adjectives.values(), *tables.people.values())) - {NOWHERE}


def is_country(code: str) -> bool:
    """Whether `code` is that of a country: ISO 3166-1 alpha-2, in capitals, also withdrawn ones ("SU")."""
    return code in _codes()


def town_country(name: str) -> str | None:
    """Give the country of a town too small for `country_of`; only for a name that the text uses as a place."""
    return _tables().towns.get(_folded(name))


def locate(surface: str) -> Located | None:
    """Give country and identifier of a place as a report writes it.

    The longest known name in the surface decides, of equally long ones the first: "the Kursk region" is Kursk,
    "Harbin, northeast China" is Harbin. Where the place around it lies in another country ("San Fernando, Calif."), a
    namesake is meant, and that place alone is told. A nationality gives the country alone ("the Israeli border").

    Args:
        surface: The place as written.

    Returns:
        What is known of the place; None where no name of it is, and for places of several countries.
    """
    joined = [found for part in surface.split(" and ")[:LONGEST_SURFACE] if (found := _within(part)) is not None]
    if len({one.country for one in joined}) > 1:
        return None
    return joined[0] if joined else None


def _within(surface: str) -> Located | None:
    """The place at the head of a chain ("Dayton, Ohio"), unless the larger one around it lies in another country."""
    parts = surface.replace(" in ", ", ").split(", ")[:LONGEST_SURFACE]
    known = [found for part in parts if (found := _named(part)) is not None]
    if not known:
        return None
    return known[0] if known[0].country == known[-1].country else known[-1]


def _named(surface: str) -> Located | None:
    """The longest known name in a surface; of equally long ones the first."""
    words = surface.split()[:LONGEST_SURFACE]
    tables = _tables()
    known: str | None = None
    for size in range(min(LONGEST, len(words)), 0, -1):
        for at in range(len(words) - size + 1):
            name = _folded(" ".join(words[at : at + size]).removesuffix("'s").removesuffix("’s"))
            code = tables.places.get(name)
            if code is None and at == 0:
                code = tables.towns.get(name)
            if code is not None and code != NOWHERE and words[at][0].isupper():
                return Located(code, tables.identifiers.get(name))
            if known is None and size < LONGEST and words[at][0].isupper():
                known = tables.adjectives.get(name)
    return None if known is None else Located(known, None)


def is_place(name: str) -> bool:
    """Whether `name` is that of a country, a region, a larger city or a part of the world."""
    return _folded(name) in _tables().places


def nationality(word: str) -> str | None:
    """Give the country of an adjective of nationality ("Israeli", "North Korean"); None where it is none."""
    return _tables().adjectives.get(word.lower())


def demonym(word: str) -> str | None:
    """Give the country of an adjective of nationality or a noun for a people ("Danish", "Danes"); else None."""
    tables = _tables()
    folded = word.lower()
    return tables.people.get(folded) or tables.adjectives.get(folded)


def is_demonym_noun(word: str) -> bool:
    """Whether `word` is a noun for a people ("Palestinians", "Chinese")."""
    return word.lower() in _tables().people


def _folded(name: str) -> str:
    folded = name.lower().replace("’", "'")
    return folded.removeprefix("the ")
