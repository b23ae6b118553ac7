"""Where places are: to the city, the region, the country, or not at all."""

import pytest

from tallystick.values.coordinates import Precision, Spot, whereabouts


@pytest.mark.parametrize(
    ("surface", "identifier", "precision"),
    [
        ("Kursk", "538560", Precision.CITY),
        ("Kursk region", "538560+", Precision.REGION),
        ("Russia's Kursk region", "538560+", Precision.REGION),
        ("clear mines in the Kursk region", "538560+", Precision.REGION),
        ("Russia’s Kursk", "538560", Precision.CITY),
        ("Texas", "US-TX", Precision.REGION),
        ("Harbin, northeast China", "2037013", Precision.CITY),
        ("Tatarstan", "RU", Precision.COUNTRY),
        ("Russia", "RU", Precision.COUNTRY),
        ("the Israeli border", "IL", Precision.COUNTRY),
    ],
)
def test_a_place_is_as_exact_as_its_name(surface: str, identifier: str, precision: Precision) -> None:
    """The finest known name in the words decides."""
    found = whereabouts(surface)
    assert found is not None
    assert (found.identifier, found.precision) == (identifier, precision)


@pytest.mark.parametrize("surface", ["there", "", "Middle-earth", "Africa", "Russia and China"])
def test_what_is_not_one_known_place_is_nowhere(surface: str) -> None:
    """Nothing is guessed."""
    assert whereabouts(surface) is None


def test_a_city_stands_where_it_is() -> None:
    """North and east are positive; a country has no point of its own."""
    assert whereabouts("Kursk") == Spot("RU", "538560", Precision.CITY, 51.73, 36.18)
    assert whereabouts("Russia") == Spot("RU", "RU", Precision.COUNTRY)
