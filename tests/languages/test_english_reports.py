"""Sentences of English reports as the wires write them, read from end to end."""

from typing import NamedTuple

import pytest

from tallystick.dossiers.loading import load
from tallystick.extraction.extraction import extract
from tallystick.model.document import Document
from tallystick.reading.text.passages import label


class Told(NamedTuple):
    """What a claim is to say; None where it says nothing."""

    figure: str
    bound: str
    category: str
    unit: str = "person"
    speaker: str | None = None
    when: str | None = None


def read(text: str) -> list[Told]:
    """The claims of a report of that text."""
    document = Document("one", text, "", label(text), "", published="2025-06-17", language="en")
    return [
        Told(claim.figure, claim.bound.value, claim.category, claim.unit, claim.speaker, claim.when)
        for claim in extract(document, load("general"))
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "The death toll climbed past 100, including 27 campers.",
            [Told("100", "at_least", "killed"), Told("27", "exact", "killed")],
        ),
        ("The dead included 11 women.", [Told("11", "exact", "killed")]),
        ("The number of displaced went beyond 4 million.", [Told("4 million", "at_least", "displaced")]),
        (
            "Norway pledged another 250 million kroner.",
            [Told("250 million kroner", "exact", "money", "NOK", "Norway")],
        ),
        (
            "Denmark pledged another 250 million kroner.",
            [Told("250 million kroner", "exact", "money", "DKK", "Denmark")],
        ),
        (
            "Germany will deliver two Patriot systems.",
            [Told("two", "exact", "vehicle_or_weapon", "item")],
        ),
        (
            "At least 16 died, the union's chief said, while the rights body put the toll at 10.",
            [
                Told("16", "at_least", "killed", speaker="union's chief"),
                Told("10", "exact", "killed", speaker="rights body"),
            ],
        ),
        (
            "More than 57,000 people have been killed since the war began on Oct. 7, 2023.",
            [Told("57,000", "at_least", "killed", when="2023-10-07/2025-06-17")],
        ),
        (
            "Strikes killed 60 people overnight. More than 57,000 people have died since the war began.",
            [
                Told("60", "exact", "killed", when="2025-06-16/2025-06-17"),
                Told("57,000", "at_least", "killed"),
            ],
        ),
    ],
)
def test_a_sentence_is_read_whole(text: str, told: list[Told]) -> None:
    """Figure, bound, category, unit, speaker and date."""
    assert read(text) == told
