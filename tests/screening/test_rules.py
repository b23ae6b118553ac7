"""Rules R17, R18, R20, R21 and R23 as far as flags obey them, each with its reason; whole sentences come in."""

import pytest

from factory import document
from tallystick.deriving import derive
from tallystick.dossiers.loading import load
from tallystick.extraction.extraction import extract
from tallystick.model.document import Document
from tallystick.model.flag import Flag

DOSSIER = load("dprk-russia")


def report(text: str, day: str | None, name: str = "one") -> Document:
    """A report of this day."""
    return document(text, id=name, outlet=name.capitalize(), published=day)


def flags(code: str, *reports: Document) -> list[Flag]:
    """The flags of one kind in a case of these reports."""
    claims = tuple(claim for one in reports for claim in extract(one, DOSSIER))
    return [flag for flag in derive(reports, claims, DOSSIER).flags if flag.code == code]


def words(flag: Flag, *reports: Document) -> list[str]:
    """The words that a flag rests on."""
    texts = {one.id: one.text for one in reports}
    return [texts[span.document][span.start : span.end] for span in flag.evidence]


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        ("A brigade of 90,000 soldiers came to Kursk.", ["brigade", "90,000"]),
        ("The 11th brigade, numbering about 400 soldiers, came to Kursk.", ["brigade", "400"]),
        ("The battalion has 12,000 soldiers.", ["battalion", "12,000"]),
        ("Two brigades of 500 men each were sent to Kursk.", ["brigades", "500"]),
        ("A company of 2,000 soldiers was sent to Kursk.", ["company", "2,000"]),
        ("The brigade of 1,000 soldiers arrived in Rostov.", ["brigade", "1,000"]),
    ],
)
def test_a_unit_of_an_unusual_size_is_worth_a_note(text: str, evidence: list[str]) -> None:
    """R20: no army calls so many or so few a brigade; perhaps the text means a detachment, or all that were sent."""
    told = report(text, "2025-06-20")
    (found,) = flags("implausible_size", told)
    assert (found.severity, words(found, told)) == ("note", evidence)
    assert "would be unusual" in found.reason


@pytest.mark.parametrize(
    "text",
    [
        "Two brigades of 5,000 military builders will be sent to Kursk.",
        "A brigade of 3,000 soldiers came to Kursk.",
        "A company of 5,000 employees was sold.",
        "The fire brigade of 30 firefighters came.",
        "The brigade lost 400 soldiers.",
        "The brigade has 400 soldiers in Kursk.",
        "A battalion came. Of 12,000 soldiers nobody knew.",
        "A brigade of more than 1,000 soldiers came to Kursk.",
    ],
)
def test_usual_sizes_and_other_relations_are_left_alone(text: str) -> None:
    """R20: what is customary, a business, a part of a unit, its losses and an open bound say nothing unusual."""
    assert flags("implausible_size", report(text, "2025-06-20")) == []


def test_land_that_nobody_can_clear_is_worth_a_note() -> None:
    """R20: people, land and time of one sentence make a yield, and a deminer clears some dozens of square meters."""
    told = report("About 1,000 sappers cleared 42,400 hectares in 90 days.", "2025-12-20")
    (found,) = flags("implausible_size", told)
    assert "4,711 square meters" in found.reason
    assert words(found, told) == ["1,000", "42,400 hectares", "in 90 days"]


@pytest.mark.parametrize(
    "text",
    [
        "About 1,000 sappers cleared 200 hectares in 90 days.",
        "About 1,000 sappers cleared 42,400 hectares.",
        "About 1,000 sappers came. Fields of 42,400 hectares were sown in 90 days.",
    ],
)
def test_land_without_an_unusual_yield_is_left_alone(text: str) -> None:
    """R20: a yield is reckoned only where one sentence gives people, land and time."""
    assert flags("implausible_size", report(text, "2025-12-20")) == []
