"""What the law may say of the three seeds; only where the shared folder is there."""

from functools import cache
from pathlib import Path

import pytest

from tallystick.deriving import derive
from tallystick.dossiers.loading import load
from tallystick.extraction.extraction import extract
from tallystick.extraction.facts import facts
from tallystick.model.document import Failure
from tallystick.model.hit import Hit, Role, Standing
from tallystick.model.provision import Tier
from tallystick.reading.reading import read

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds" / "docs.jsonl"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SEEDS.is_file(), reason="../shared is absent: hits on the seeds are NOT checked"),
]


@cache
def hits() -> tuple[Hit, ...]:
    """The hits of the three seeds as one case."""
    dossier = load("dprk-russia")
    read_in = list(read([SEEDS]))
    documents = tuple(one.document for one in read_in if not isinstance(one, Failure))
    claims = tuple(claim for one in documents for claim in extract(one, dossier))
    said = tuple(fact for one in documents for fact in facts(one, dossier))
    return derive(documents, claims, dossier, facts=said).hits


def of(category: str, provision: str = "unscr-2397-8") -> list[Hit]:
    """The hits of a provision for populations of a category."""
    return [hit for hit in hits() if hit.provision == provision and hit.population.category == category]


@pytest.mark.parametrize("category", ["construction_worker", "deminer", "worker_other"])
def test_what_was_announced_in_june_is_an_indicator(category: str) -> None:
    """5,000 builders and 1,000 sappers, under each of their names, are planned to come."""
    found = of(category)
    assert found
    for hit in found:
        assert hit.tier is Tier.INDICATOR
        arrived = next(one for one in hit.findings if one.subject == "in-host-state" and one.role is Role.ELEMENT)
        assert arrived.standing is Standing.PLANNED


def test_the_brigade_is_a_prima_facie_case_of_one_origin() -> None:
    """The order to earn foreign currency is told as a fact, by one report: a second origin is asked for first."""
    (hit,) = of("soldier")
    assert hit.tier is Tier.PRIMA_FACIE
    assert (hit.independent.low, hit.independent.high) == (1, 1)
    assert hit.missing[0] == "Is there an independent second origin?"
    assert any("side of the border" in question for question in hit.missing)
    assert any("Who pays them" in question for question in hit.missing)


def test_combat_of_soldiers_is_not_that_of_sappers_and_workers() -> None:
    """The reports tell of soldiers in Kursk between their sentences on sappers."""
    for category in ("construction_worker", "deminer", "worker_other"):
        for hit in of(category, "unscr-1718-8c"):
            assert hit.tier is Tier.INDICATOR
