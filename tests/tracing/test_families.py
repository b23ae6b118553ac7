"""Outlets of one family: their equal figures in their own voice are one newsroom's, whatever they are called."""

from dataclasses import replace

import pytest

from factory import claim, document
from tallystick.dossiers.loading import load
from tallystick.model.document import Document
from tallystick.model.dossier import Source
from tallystick.model.lineage import Lineage, Mechanism
from tallystick.tracing.blocking import blocks
from tallystick.tracing.tracing import trace

SOURCES = (
    Source("North Mirror", domains=("mirror.example",), family="Mirrors"),
    Source("South Mirror", family="Mirrors"),
    Source("Gazette"),
)
DOSSIER_OF_FAMILIES = replace(load("dprk-russia"), sources=SOURCES)


def report(name: str, outlet: str | None, day: int = 1, url: str | None = None) -> Document:
    """A report with one figure."""
    text = f"{name}: There are 4,700 troops in Kursk."
    return document(text, id=name, outlet=outlet, published=f"2025-01-{day:02}", url=url)


def lineage(*reports: Document, speaker: str | None = None) -> Lineage:
    """The lineage of reports that all give one figure."""
    claims = tuple(claim(one, "4,700", place="Kursk", counted="troops", speaker=speaker) for one in reports)
    return trace(reports, claims, DOSSIER_OF_FAMILIES)


def mechanisms(found: Lineage) -> set[Mechanism]:
    """What showed its steps."""
    return {edge.mechanism for edge in found.edges}


def test_two_outlets_of_one_family_are_one_newsroom() -> None:
    """Their figure has one origin, and the step names the family."""
    found = lineage(report("a", "North Mirror"), report("b", "South Mirror", 2))
    assert len(found.origins) == 1
    (edge,) = (edge for edge in found.edges if edge.mechanism is Mechanism.FAMILY)
    assert "Mirrors" in edge.reason


def test_an_outlet_of_no_family_keeps_its_own_origin() -> None:
    """It may only repeat, which nothing shows."""
    found = lineage(report("a", "North Mirror"), report("b", "Gazette", 2))
    assert Mechanism.FAMILY not in mechanisms(found)
    assert len(found.origins) == 2


def test_a_subdomain_belongs_to_the_family_of_its_domain() -> None:
    """A network of mirrors lives on many host names."""
    found = lineage(report("a", "South Mirror"), report("b", None, 2, "https://fr.mirror.example/x"))
    assert Mechanism.FAMILY in mechanisms(found)


def test_figures_that_name_a_speaker_go_back_to_him_instead() -> None:
    """A family is asked only where nobody is credited."""
    assert Mechanism.FAMILY not in mechanisms(
        lineage(report("a", "North Mirror"), report("b", "South Mirror", 2), speaker="Ann Weaver")
    )


@pytest.mark.parametrize("places", [True, False])
def test_blocks_keep_a_family_together(places: bool) -> None:
    """What tracing would join, deriving block by block joins too."""
    dossier = DOSSIER_OF_FAMILIES if places else replace(DOSSIER_OF_FAMILIES, places=())
    reports = (report("a", "North Mirror"), report("b", "South Mirror", 20))
    claims = tuple(claim(one, "4,700", counted="troops") for one in reports)
    assert len(blocks(reports, claims, dossier)) == 1
