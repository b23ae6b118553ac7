"""GeoJSON: valid by RFC 7946, a point only where one is known, the ids of the ledger."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from marked import HOSTILE, hostile, sample, written
from tallystick.dossiers.loading import load
from tallystick.exporting import geojson
from tallystick.exporting.conventions import VAGUE_WORDS
from tallystick.exporting.dating import Dated, dated
from tallystick.exporting.siting import Sites
from tallystick.languages.english.numbers.numerals import VAGUE
from tallystick.model.ledger import Ledger
from tallystick.model.lineage import Lineage

SCHEMA = Draft202012Validator(
    json.loads((Path(__file__).parent / "schemas" / "geojson.json").read_text(encoding="utf-8"))
)


def collection(ledger: Ledger) -> dict[str, Any]:
    """The collection that is written of a ledger."""
    found: dict[str, Any] = json.loads(written(geojson.write, ledger))
    return found


@pytest.mark.parametrize("ledger", [sample(), hostile()[0], Ledger((), (), Lineage((), ()), (), ())])
def test_it_is_valid_by_rfc_7946(ledger: Ledger) -> None:
    """Of the sample, of reports that mean harm and of an empty case."""
    made = collection(ledger)
    SCHEMA.validate(made)
    assert [feature["id"] for feature in made["features"]] == [one.id for one in ledger.estimates]


def test_the_schema_refuses_what_is_no_geojson() -> None:
    """Latitude before longitude, a feature without geometry, a box of three."""
    made = collection(sample())
    first = made["features"][0]
    far = {**first, "geometry": {"type": "Point", "coordinates": [51.7, 136.2]}}
    bare = {name: value for name, value in first.items() if name != "geometry"}
    for wrong in ({**made, "features": [far]}, {**made, "features": [bare]}, {**made, "bbox": [1, 2, 3]}):
        assert not SCHEMA.is_valid(wrong)


def test_the_box_holds_every_point_and_no_country_has_one() -> None:
    """West, south, east, north; precision 6 and none go without geometry."""
    made = collection(sample())
    points = [one["geometry"]["coordinates"] for one in made["features"] if one["geometry"]]
    west, south, east, north = made["bbox"]
    assert (west, east) == (min(x for x, _ in points), max(x for x, _ in points))
    assert (south, north) == (min(y for _, y in points), max(y for _, y in points))
    for one in made["features"]:
        assert (one["geometry"] is None) == (one["properties"]["precision"] in (6, None))
    assert {one["properties"]["precision"] for one in made["features"]} == {4, 6, None}


def test_kursk_of_the_dossier_is_a_region_east_of_greenwich() -> None:
    """Longitude first; the dossier says that it is the region, so that its town is not claimed."""
    made = next(one for one in collection(sample())["features"] if one["properties"]["place"] == "Kursk")
    assert made["geometry"]["coordinates"] == [36.18, 51.73]
    assert (made["properties"]["precision"], made["properties"]["country"]) == (4, "RU")


def test_figures_stand_beside_what_the_reports_wrote() -> None:
    """A vague plural stays what it is: its words, its bound, an open end; two grades, apart."""
    made = collection(hostile()[0])
    readings = [reading for one in made["features"] for reading in one["properties"]["readings"]]
    vague = next(one for one in readings if one["bound"] == "vague")
    assert (vague["figures"], vague["low"], vague["high"]) == (["Dozens"], 24, None)
    one = made["features"][0]["properties"]
    assert one["credibility"] in range(1, 7)
    assert one["reliability"] in "ABCDEF"


def test_ids_resolve_in_the_ledger() -> None:
    """Claims, reports and origins are those that the ledger knows."""
    ledger = sample()
    claims, documents = {one.id for one in ledger.claims}, {one.id for one in ledger.documents}
    origins = {one.id for one in ledger.lineage.origins}
    for one in collection(ledger)["features"]:
        told = one["properties"]
        assert set(told["claims"]) <= claims
        assert set(told["documents"]) <= documents
        assert {reading["origin"] for reading in told["readings"]} <= origins
        assert told["claims"]


def test_what_is_no_number_is_left_out() -> None:
    """JSON knows no infinity."""
    ledger = sample()
    first = replace(ledger.estimates[0], best=float("inf"), low=float("nan"))
    made = collection(replace(ledger, estimates=(first,)))["features"][0]["properties"]
    assert (made["best"], made["low"]) == (None, None)


def test_a_hostile_label_changes_nothing_but_itself() -> None:
    """Quotation marks, controls and markup stay text."""
    ledger = sample()
    population = replace(ledger.estimates[0].population, label=HOSTILE, place=HOSTILE)
    made = collection(replace(ledger, estimates=(replace(ledger.estimates[0], population=population),)))
    SCHEMA.validate(made)
    assert made["features"][0]["properties"]["label"] == HOSTILE


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [
        (None, Dated()),
        ("soon", Dated()),
        ("2025-06-17", Dated("2025-06-17", "2025-06-17", "day", 1)),
        ("2025-06-16/2025-06-18", Dated("2025-06-16", "2025-06-18", "week", 2)),
        ("2025-06-16/2025-06-22", Dated("2025-06-16", "2025-06-22", "week", 3)),
        ("2025-06~", Dated("2025-06-01", "2025-06-30", "month", 4)),
        ("2024", Dated("2024-01-01", "2024-12-31", "year", 5)),
        ("2024-01/2024-06", Dated("2024-01-01", "2024-06-30", "year", 5)),
        ("2019/2024", Dated("2019-01-01", "2024-12-31", None, None)),
        ("2024-03/..", Dated("2024-03-01", None)),
        ("../2019-12-22", Dated(None, "2019-12-22")),
    ],
)
def test_a_date_has_two_ends_and_an_accuracy(edtf: str | None, expected: Dated) -> None:
    """The shortest of day, week, month and year that holds it; GED's scale beside."""
    assert dated(edtf) == expected


@pytest.mark.parametrize(
    ("name", "precision", "has_point"),
    [("Seoul", 1, True), ("Kursk", 4, True), ("Primorye", 4, True), ("Russia", 6, False), ("Pyongyang", 6, False),
     ("Moscow", 6, False), ("Alabuga", 6, False), ("Kenya", 6, False)],
)  # fmt: skip
def test_how_exactly_a_place_is_known(name: str, precision: int, has_point: bool) -> None:
    """A dossier that calls the state by its capital means the state: no point; a region is where its town is."""
    site = Sites(load("dprk-russia")).at(name)
    assert site is not None
    assert (site.precision, site.latitude is not None) == (precision, has_point)


@pytest.mark.parametrize("name", [None, "there", "", HOSTILE, "x" * 10_000])
def test_a_place_that_nobody_knows_is_nowhere(name: str | None) -> None:
    """Nothing is guessed."""
    assert Sites(load("dprk-russia")).at(name) is None


def test_the_rule_of_vague_words_is_the_one_by_which_they_are_read() -> None:
    """What is published is what is done."""
    assert {word: low for word, low in VAGUE_WORDS.items() if " of " not in word} == VAGUE
    assert VAGUE_WORDS["tens of thousands"] == 10 * VAGUE["thousands"]
