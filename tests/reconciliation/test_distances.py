"""Places told by how far they are from another: rule R19, with its reason."""

from dataclasses import replace

import pytest

from factory import document
from reconciled import DOSSIER, claim, origin, weighed
from tallystick.model.claim import Claim, Ground
from tallystick.model.document import Document
from tallystick.model.dossier import Place
from tallystick.reconciliation.distances import ring


def placed(report: Document, figure: str, place: str) -> Claim:
    """A claim whose place stands at these words."""
    start = report.text.index(place, report.text.index(figure))
    ground = Ground("place", place, place, start, start + len(place))
    found = claim(report, figure, place=place)
    return replace(found, grounds=(*found.grounds, ground))


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("300 workers live 50 km from Rostov.", "Rostov", "50 km from Rostov"),
        ("300 workers live 50 km from the border of Rostov.", "Rostov", "50 km from the border of Rostov"),
        ("300 workers live 50 km (31 miles) west of Rostov.", "Rostov", "50 km (31 miles) west of Rostov"),
        ("300 workers live within 20 miles of the Rostov border.", "Rostov border", "20 miles of the Rostov border"),
        ("300 workers live on the border with Rostov.", "Rostov", "on the border with Rostov"),
        ("300 workers live close to Russia's border.", "Russia's border", "Russia's border"),
    ],
)  # fmt: skip
def test_a_distance_is_a_ring(text: str, place: str, words: str) -> None:
    """R19: what lies at a distance from a place, or on a border, is told in words of its own."""
    report = document(text)
    assert ring(placed(report, "300", place), report.text) == words


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("300 workers live near Kursk.", "Kursk"),
        ("300 workers live in Kursk, 50 km from Rostov.", "Kursk"),
        ("300 workers live in the Kursk border region.", "Kursk border region"),
        ("300 workers live within Russia's borders.", "Russia's borders"),
        ("300 workers live in a lonely village near the Rostov border.", "lonely village near the Rostov border"),
    ],
)
def test_a_place_beside_another_is_no_ring(text: str, place: str) -> None:
    """R19: "near Kursk" names Kursk, and what is itself named is not undone by a distance beside it."""
    report = document(text)
    assert ring(placed(report, "300", place), report.text) is None


def test_a_ring_is_compared_with_nothing_inside_the_place() -> None:
    """R19: 50 km from Rostov may be abroad, so its count is no rival of one in Rostov, and the estimate says why."""
    reports = [
        document("300 workers live 50 km from Rostov.", id="one", published="2025-06-01"),
        document("900 workers live in Rostov.", id="two", published="2025-06-01"),
    ]
    claims = [placed(reports[0], "300", "Rostov"), placed(reports[1], "900", "Rostov")]
    around, inside = sorted(weighed(reports, claims), key=lambda estimate: len(estimate.steps), reverse=True)
    assert around.population.place == "50 km from Rostov"
    assert around.population.label == "Soldiers, KP, 50 km from Rostov"
    assert any("Place undetermined" in step for step in around.steps)
    assert inside.population.place == "Rostov"
    assert not any("Place undetermined" in step for step in inside.steps)


def test_the_same_ring_of_one_story_is_one_place() -> None:
    """R19: the same words in two tellings of one statement tell one place."""
    texts = ("300 workers live 50 km from Rostov.", "Again: 300 workers live 50 km from Rostov.")
    reports = [document(text, id=f"d{turn}", published="2025-06-01") for turn, text in enumerate(texts)]
    claims = [placed(report, "300", "Rostov") for report in reports]
    (estimate,) = weighed(reports, claims, origin(*claims))
    assert estimate.reports == 2


def test_a_border_that_the_dossier_lists_is_a_place() -> None:
    """R19: a name that only sounds like a border is the place that the dossier says it is."""
    report = document("300 workers live in the Kursk border.")
    places = (*DOSSIER.places, Place("strip", "Kursk border", country="RU", within="russia"))
    (estimate,) = weighed([report], [placed(report, "300", "Kursk border")], dossier=replace(DOSSIER, places=places))
    assert not any("Place undetermined" in step for step in estimate.steps)


def test_a_ring_stays_one_where_a_retelling_loses_the_distance() -> None:
    """R19: a relay that drops "50 km from" does not move the counted into the country."""
    texts = ("300 workers live 50 km from Rostov.", "300 workers live in Rostov.")
    reports = [document(text, id=f"d{turn}", published=f"2025-06-0{turn + 1}") for turn, text in enumerate(texts)]
    claims = [placed(report, "300", "Rostov") for report in reports]
    (estimate,) = weighed(reports, claims, origin(*claims))
    assert estimate.population.place == "50 km from Rostov"
