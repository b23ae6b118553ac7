"""The map of a printed report: places stand where they are, names are text, and only what is near is drawn."""

from pathlib import Path
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from tallystick.reporting.maps.outlines import outlines
from tallystick.reporting.maps.projecting import project
from tallystick.reporting.maps.sketch import Place, sketch

SVG = "{http://www.w3.org/2000/svg}"
KURSK = Place("Kursk", 36.18, 51.73, exact=True, origins=2)
REGION = Place("Rostov region", 39.7, 47.2, exact=False, origins=1)


def drawn(*places: Place) -> ET.Element:
    """The picture of some places, read as XML."""
    return ET.fromstring(sketch(places, outlines(Path("nowhere"))))  # noqa: S314 - our own SVG


def test_a_city_is_a_dot_and_a_region_a_ring_where_they_are() -> None:
    """Marks stand at the projected points."""
    city, region = sorted(drawn(KURSK, REGION).iter(f"{SVG}circle"), key=lambda one: one.get("fill") == "none")
    for mark, place in ((city, KURSK), (region, REGION)):
        x, y = project(place.longitude, place.latitude)
        assert (mark.get("cx"), mark.get("cy")) == (f"{x:.1f}", f"{y:.1f}")
    assert region.get("fill") == "none"


def test_only_the_outlines_that_are_near_are_drawn() -> None:
    """A map of one place holds a part of the world's outlines."""
    held = outlines(Path("nowhere"))
    land = drawn(KURSK).find(f"{SVG}path")
    assert land is not None
    assert 0 < len(land.get("d", "")) < len(held.land) / 2


@given(st.text(min_size=1), st.floats(-180, 180), st.floats(-58, 84))
def test_any_name_anywhere_is_text_within_the_sheet(name: str, longitude: float, latitude: float) -> None:
    """The picture can be read, and its mark is inside of it."""
    root = drawn(Place(name, longitude, latitude, exact=True, origins=1))
    left, top, wide, high = map(float, root.get("viewBox", "").split())
    mark = root.find(f"{SVG}circle")
    assert mark is not None
    assert left - 1 <= float(mark.get("cx", "nan")) <= left + wide + 1
    assert top - 1 <= float(mark.get("cy", "nan")) <= top + high + 1
    assert all(len(text) == 0 for text in root.iter(f"{SVG}text"))


def test_the_same_places_give_the_same_picture() -> None:
    """In whatever order they come."""
    held = outlines(Path("nowhere"))
    assert sketch([KURSK, REGION], held) == sketch([REGION, KURSK], held)
