"""The map: places as exact as they are known, on outlines that may be the user's own."""

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from tallystick.model.lineage import Independent
from tallystick.pipeline import run
from tallystick.reporting.maps.outlines import MOST_BYTES, OWN, outlines
from tallystick.reporting.maps.projecting import HEIGHT, WIDTH, project
from tallystick.storage.views.places import Told
from tallystick.values.coordinates import Precision, Spot
from tallystick.workbench.bench import Bench
from tallystick.workbench.map.charting import Chart, Mark, Nowhere
from tallystick.workbench.map.drawing import WORLD, Box, box_of, picture, region

SQUARE = [[30, 50], [40, 50], [40, 60], [30, 50]]


def a_mark(name: str, precision: Precision, longitude: float, latitude: float, claims: int = 1) -> Mark:
    """A place with as many origins as claims."""
    spot = Spot("RU", name, precision, latitude, longitude)
    told = Told(claims, claims, Independent(claims, claims))
    return Mark(name, (name,), spot, "Russia", told, longitude, latitude, *project(longitude, latitude))


def a_chart(folder: Path, *marks: Mark) -> Chart:
    """A chart of some places."""
    return Chart(folder, 1, marks, 0, (), 0)


def test_places_stand_on_the_map_and_in_the_table(enter: Any) -> None:
    """With how exactly each is known, and the claims behind it."""
    shown = enter().get("/map").text
    assert 'class="spot city" href="/claims?place=Kursk"' in shown
    assert 'class="spot region" href="/claims?place=Russia%27s+Kursk+region"' in shown
    table = shown.split('id="listed"')[1]
    assert '<a href="/claims?place=Kursk">Kursk</a>' in table
    row = re.search(r'<tr id="place-0">.*?</tr>', table, re.DOTALL)
    assert row is not None
    assert re.findall(r'class="number">([^<]*)<', row.group(0)) == ["3", "2", "3"]


def test_what_is_no_known_place_is_listed_and_not_drawn(enter: Any, bench: Bench, tmp_path: Path) -> None:
    """A hostile name is shown as text."""
    report = {"id": "m", "published": "2025-07-03", "text": "Police said 40 soldiers were killed in Mordor on Monday."}
    more = tmp_path / "more.jsonl"
    more.write_text(json.dumps(report) + "\n", encoding="utf-8")
    run([more], bench.folder)
    drawn, listed = enter().get("/map").text.split("Not on the map")
    assert "Mordor" not in drawn
    assert 'href="/claims?place=Mordor"' in listed


def test_a_country_is_marked_as_a_whole(enter: Any, bench: Bench, tmp_path: Path) -> None:
    """Two places of which only the country is known are one mark in its middle."""
    text = "Police said 40 soldiers were killed in Russia on Monday. Police said 50 were wounded in Tatarstan."
    more = tmp_path / "more.jsonl"
    more.write_text(json.dumps({"id": "m", "published": "2025-07-03", "text": text}) + "\n", encoding="utf-8")
    run([more], bench.folder)
    shown = enter().get("/map").text
    assert shown.count('class="spot country" href') == 1
    assert "somewhere in Russia: 2 independent origins, 1 report" in shown
    assert "Somewhere in Russia" in shown


@pytest.mark.parametrize("box", ["20,40,60,62", "-500,0,1,1", "1,2,3", "nan,0,1,1", "x,y,z,a", "9,9,5,5", "0,0,1,inf"])
def test_any_part_of_the_earth_may_be_asked_for(enter: Any, box: str) -> None:
    """What is none gives the whole."""
    assert enter().get("/map", params={"box": box}).status_code == 200


def test_the_outlines_may_be_kept_by_the_browser(enter: Any) -> None:
    """Their address has their mark; nothing else of the page may be kept."""
    client = enter()
    address = re.search(r'href="(/map/outlines.svg\?mark=\w+)#land"', client.get("/map").text)
    assert address is not None
    answer = client.get(address.group(1))
    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert "max-age" in answer.headers["cache-control"]
    assert '<path id="land" d="M' in answer.text
    assert client.get("/map").headers["cache-control"] == "no-store"


def test_a_point_is_projected_onto_the_sheet() -> None:
    """The middle of the earth is in the middle, its edges are at the edges."""
    assert project(0, 84) == (WIDTH / 2, 0)
    assert project(0, -58)[1] == pytest.approx(HEIGHT, abs=1)
    assert project(180, 0)[0] == pytest.approx(WIDTH)
    assert project(20, 50)[0] < project(20, 0)[0]
    assert project(0, 90) == project(0, 84)


def test_the_mark_tells_how_exact_a_place_is(tmp_path: Path) -> None:
    """A city is filled, a region a ring, a country hatched; a name is text."""
    chart = a_chart(
        tmp_path, a_mark("Town", Precision.CITY, 10, 50), a_mark("Shire", Precision.REGION, 20, 40),
        a_mark("<b>Land</b>", Precision.COUNTRY, 40, 30),
    )  # fmt: skip
    drawn = picture(chart, WORLD, "/o.svg")
    assert re.search(r'class="spot city".*?<circle cx="[\d.]+" cy="[\d.]+" r="[\d.]+"/></a>', drawn)
    assert re.search(r'class="spot region".*?stroke-width="[\d.]+"/></a>', drawn)
    assert re.search(r'class="spot country".*?fill="url\(#hatch\)"/></a>', drawn)
    assert "<b>" not in drawn
    assert "style=" not in drawn


def test_a_part_shows_only_what_is_in_it(tmp_path: Path) -> None:
    """And marks of the same size on the window."""
    chart = a_chart(tmp_path, a_mark("Near", Precision.CITY, 10, 50), a_mark("Far", Precision.CITY, 120, -20))
    world, part = picture(chart, WORLD, "/o"), picture(chart, Box(0, 40, 20, 60), "/o")
    assert "Far" in world
    assert "Far" not in part
    assert "Near" in part
    radius = [float(re.findall(r' r="([\d.]+)"', one)[0]) for one in (world, part)]
    assert radius[0] > 5 * radius[1]


def test_names_do_not_stand_upon_one_another(tmp_path: Path) -> None:
    """Of two places side by side one is named."""
    chart = a_chart(tmp_path, a_mark("Anytown", Precision.CITY, 10, 50), a_mark("Nextown", Precision.CITY, 10.5, 50))
    assert re.findall(r"<text[^>]*>(\w+)<", picture(chart, WORLD, "/o")) == ["Anytown"]


def test_the_region_of_a_case_is_where_most_claims_are(tmp_path: Path) -> None:
    """A place far off with a few claims is left outside."""
    near = [a_mark(f"N{at}", Precision.CITY, 30 + at, 50, 40) for at in range(3)]
    found = region(a_chart(tmp_path, *near, a_mark("Far", Precision.CITY, -100, 10, 2)))
    assert found is not None
    assert (found.west, found.east) == (26, 36)
    assert region(a_chart(tmp_path)) is None
    assert box_of(str(found)) == found


def test_own_outlines_take_the_place_of_those_of_tallystick(tmp_path: Path) -> None:
    """Areas and lines of GeoJSON, whatever holds them."""
    shape = {"type": "GeometryCollection", "geometries": [{"type": "Polygon", "coordinates": [SQUARE]},
             {"type": "LineString", "coordinates": [[0, 0], [10, 10]]}]}  # fmt: skip
    held = {"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": shape, "properties": None}]}
    (tmp_path / OWN).write_text(json.dumps(held), encoding="utf-8")
    found = outlines(tmp_path)
    assert (found.trouble, found.source) == ("", f"{OWN} of this case")
    assert re.search(r'id="land" d="M\d+ \d+L\d+ \d+L\d+ \d+L\d+ \d+z"', found.picture)
    assert re.search(r'id="borders" d="M\d+ \d+L\d+ \d+"', found.picture)


@pytest.mark.parametrize(
    ("content", "trouble"),
    [
        ("", "is no JSON"),
        ("[" * 100_000, "is nested too deep"),
        ('{"type": "Polygon", "coordinates": [[[1, NaN]]]}', "is no JSON"),
        ('{"type": "Polygon", "coordinates": [[[1, 1e999], [2, 2]]]}', "holds a point that is none"),
        ('{"type": "Polygon", "coordinates": [[["<script>", 1]]]}', "holds a point that is none"),
        ('{"type": "Polygon", "coordinates": [[[' + "9" * 400 + ", 1]]]}", "holds a point that is none"),
        ('{"type": "Polygon", "coordinates": 7}', "a list is expected"),
        ('{"type": "FeatureCollection", "features": null}', "a list is expected"),
        ('{"type": "Topology"}', "type 'Topology' is none"),
        ('{"type": ["Polygon"]}', "an object with a type"),
        ("[]", "an object with a type"),
        ('{"type": "Point", "coordinates": [1, 1]}', "neither areas nor lines"),
        ('{"type": "GeometryCollection", "geometries": [' * 12 + "]}" * 12, "nests collections"),
        ("\xff\xfe", "is no JSON"),
    ],
)
def test_outlines_that_cannot_be_used_are_told(tmp_path: Path, content: str, trouble: str) -> None:
    """The map has those of Tallystick then."""
    (tmp_path / OWN).write_bytes(content.encode("latin-1"))
    found = outlines(tmp_path)
    assert trouble in found.trouble
    assert found.trouble.startswith(OWN)
    assert found.mark == outlines(tmp_path / "elsewhere").mark


def test_outlines_are_bounded(tmp_path: Path) -> None:
    """By their size before they are read, and by their points."""
    (tmp_path / OWN).write_bytes(b" " * (MOST_BYTES + 1))
    assert "are taken at most" in outlines(tmp_path).trouble
    (tmp_path / "other").mkdir()
    line = {"type": "LineString", "coordinates": [[1, 1]] * 200_001}
    (tmp_path / "other" / OWN).write_text(json.dumps(line), encoding="utf-8")
    assert "points; simplify it" in outlines(tmp_path / "other").trouble


def test_outlines_that_are_no_file_are_not_waited_for(tmp_path: Path) -> None:
    """Neither a folder nor a pipe."""
    os.mkfifo(tmp_path / OWN)
    assert outlines(tmp_path).trouble == f"{OWN} is no file"


def test_trouble_with_outlines_stands_on_the_page(enter: Any, bench: Bench) -> None:
    """As text, whatever the file has in it."""
    (bench.folder / OWN).write_text('{"type": "<script>alert(1)</script>"}', encoding="utf-8")
    shown = enter().get("/map").text
    assert "The outlines that come with Tallystick are shown" in shown
    assert "<script>alert" not in shown


def test_a_place_without_claims_leaves_a_page(tmp_path: Path) -> None:
    """A chart of nothing is drawn as outlines alone."""
    empty = Chart(tmp_path, 0, (), 0, (Nowhere("there", 2),), 0)
    assert "<circle" not in picture(empty, WORLD, "/o")
