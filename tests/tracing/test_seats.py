"""Places as reports write them are compared through the dossier and the gazetteer."""

import pytest

from tallystick.dossiers.loading import load
from tallystick.tracing.seats import Nearness, Seats, nearness


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Kursk Oblast", "Russia's Kursk region", Nearness.SAME),
        ("Kursk", "a border region", Nearness.SAME),
        ("Russia", "Kursk region", Nearness.SAME),
        ("Kursk", "Rostov region", Nearness.APART),
        ("Kursk", "Donetsk", Nearness.APART),
        ("Kursk", None, Nearness.SAME),
        ("Kabul", "Nairobi", Nearness.APART),
        ("the village of Ostrava Dol", "Ostrava Dol", Nearness.SAME),
        ("Kandahar", "Kabul", Nearness.OPEN),
    ],
)
def test_two_places_fit_or_not(one: str | None, other: str | None, expected: Nearness) -> None:
    """A place fits itself, what holds it and what it holds; countries tell others apart."""
    seats = Seats(load("dprk-russia"))
    assert nearness(seats.seat(one), seats.seat(other)) is expected
    assert nearness(seats.seat(other), seats.seat(one)) is expected
