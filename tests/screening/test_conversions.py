"""Conversions and units that do not fit: whole reports come in, flags with the arithmetic go out."""

import pytest

from factory import claim, document
from tallystick.deriving import derive
from tallystick.dossiers.loading import load
from tallystick.extraction.extraction import extract
from tallystick.model.document import Document
from tallystick.model.flag import Flag
from tallystick.model.lineage import Independent, Lineage, Origin
from tallystick.screening.conversions import inconsistent_units
from tallystick.screening.findings import Holdings

DOSSIER = load("dprk-russia")


def flags(*reports: Document) -> list[Flag]:
    """The flags on units in a case of these reports."""
    claims = tuple(claim for one in reports for claim in extract(one, DOSSIER))
    return [flag for flag in derive(reports, claims, DOSSIER).flags if flag.code == "inconsistent_units"]


@pytest.mark.parametrize(
    ("text", "numbers", "come"),
    [
        ("The village lies 31 miles (60 km) from the border.", ["31", "60"], "49.1 to 50.7 km"),
        ("Ukraine received 100 tonnes (100,000 pounds) of aid.", ["100", "100,000"], "198,000 to 243,000 pounds"),
        ("Sappers cleared 200 square miles (about 320 square kilometers).", ["200", "320"], "square kilometers"),
        ("It has a 5,000-kilometer (5,000-mile) range.", ["5,000", "5,000"], "mile"),
    ],
)
def test_a_wrong_conversion_is_flagged(text: str, numbers: list[str], come: str) -> None:
    """The reader sees what the first number would be in the second unit."""
    told = document(text, id="one", published="2025-06-17")
    (found,) = flags(told)
    assert found.severity == "warning"
    assert [told.text[span.start : span.end] for span in found.evidence] == numbers
    assert come in found.reason


def test_a_wrong_conversion_of_a_figure_names_its_claim() -> None:
    """What is flagged in the text is flagged at the figure."""
    told = document("Ukraine received 100 tonnes (100,000 pounds) of aid.", id="one", published="2025-06-17")
    claims = extract(told, DOSSIER)
    (found,) = (one for one in derive((told,), claims, DOSSIER).flags if one.code == "inconsistent_units")
    assert set(found.claims) <= {one.id for one in claims}
    assert found.claims


@pytest.mark.parametrize(
    "text",
    [
        "The village lies 31 miles (50 km) from the border.",
        "The village lies a mile, about 1 mile (2 km), from the border.",
        "The village lies 10 km (60 miles from the next town) away.",
        "The village lies six miles (10 km) from the border.",
        "The range is 3 to 10 miles (5 to 16 km).",
        "Ukraine received 100 tons (90 tonnes) of aid.",
        "Ukraine received 100 tons (220,000 pounds) of aid.",
        "Sappers cleared 500 hectares (1,200 acres).",
        "It flew at 30,000 feet (9,000 m).",
        "Fields of 20 hectares (5 km) were mined.",
    ],
)
def test_round_conversions_and_other_brackets_are_in_order(text: str) -> None:
    """Rounding, tons of every kind, a range, and a bracket that converts nothing."""
    assert flags(document(text, published="2025-06-17")) == []


@pytest.mark.parametrize(("unit", "wrong"), [("RUB", True), ("USD", False), ("person", False)])
def test_one_number_of_one_statement_has_one_unit(unit: str, *, wrong: bool) -> None:
    """Dollars have become rubles on the way; persons and items are named as the text goes."""
    texts = document("It cost 20,000.", id="a"), document("It cost 20,000, he said.", id="b")
    told = [claim(texts[0], "20,000", unit="USD", category="money"), claim(texts[1], "20,000", unit=unit)]
    names = tuple(one.id for one in told)
    origin = Origin("o", "A", None, ("a", "b"), names, Independent(1, 1), "For tests.")
    found = list(inconsistent_units(Holdings(texts, tuple(told), Lineage((), (origin,)), (), DOSSIER)))
    assert [one.claims for one in found] == ([names] if wrong else [])
