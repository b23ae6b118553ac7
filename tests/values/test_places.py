"""Countries and identifiers of places as reports write them."""

import pytest

from tallystick.values.places import Located, country_of, locate, town_country


@pytest.mark.parametrize(
    ("surface", "expected"),
    [
        ("Kenya", Located("KE", "KE")),
        ("Pennsylvania", Located("US", "US-PA")),
        ("the Yala province", Located("TH", "TH-95")),
        ("the city of Harbin", Located("CN", "2037013")),
        ("HOMEWOOD", Located("US", "4067927")),
        ("the Israeli border", Located("IL", None)),
        ("the Atlantic", None),
        ("the capital", None),
        ("", None),
    ],
)
def test_locate(surface: str, expected: Located | None) -> None:
    """A country is its own ISO code, a region its ISO 3166-2 code, a city its number in GeoNames."""
    assert locate(surface) == expected


def test_locate_takes_the_longest_name() -> None:
    """Of a chain the most telling name decides, and a word of common speech is no town."""
    assert locate("Sao Paulo in Brazil") == locate("Sao Paulo")
    assert locate("a hospital") is None


def test_locate_heeds_the_place_around() -> None:
    """A namesake in another country is told by the place around it; places of two countries are none."""
    assert locate("San Fernando, Calif.") == Located("US", None)
    assert locate("Kenya and Denmark") is None
    assert locate("Kenya and Nairobi") == Located("KE", "KE")


def test_towns_stand_apart_from_places() -> None:
    """A small town is no place of itself; only a surface that is used as one finds it."""
    assert country_of("Homewood") is None
    assert town_country("Homewood") == "US"
    assert town_country("Kenya") is None


@pytest.mark.parametrize(
    ("surface", "expected"),
    [("Kenya", "KE"), ("Pennsylvania", "US-PA"), ("Harbin", "CN, GeoNames 2037013"), ("the Israeli border", "IL")],
)
def test_located_reads_as_one_line(surface: str, expected: str) -> None:
    """The ground of a claim's place ends with it."""
    assert str(locate(surface)) == expected
