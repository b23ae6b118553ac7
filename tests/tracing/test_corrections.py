"""A report that corrects an earlier one is its revision."""

import pytest

from factory import claim, document
from tallystick.dossiers.loading import load
from tallystick.model.document import Document
from tallystick.model.lineage import Edge, EdgeKind, Mechanism
from tallystick.tracing.tracing import trace

DOSSIER = load("general")
FIRST = document("Rain drove 90 families out.", id="first", outlet="Hill Post", published="2024-05-01",
                 title="Families leave the flooded valley")  # fmt: skip


def revisions(*documents: Document) -> list[Edge]:
    """The correction edges between documents whose figures one mayor gave."""
    claims = tuple(claim(source, "90", speaker="Mayor Lund") for source in documents if "90" in source.text)
    edges = trace(documents, claims, DOSSIER).edges
    return [edge for edge in edges if edge.mechanism is Mechanism.CORRECTION]


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("CORRECTED: Families leave the flooded valley", "Rain drove 90 families out, not 900."),
        ("Families leave the flooded valley", "Correction: rain drove 90 families out, not 900."),
        ("Families leave the flooded valley", "Rain fell.\n(Clarification) It drove 90 families out."),
    ],
)
def test_a_correction_goes_back_to_the_report_of_its_outlet(title: str, text: str) -> None:
    """Its title or its first paragraphs say what it is."""
    later = document(text, id="later", outlet="Hill Post", published="2024-05-02", title=title)
    (edge,) = revisions(FIRST, later)
    assert (edge.later, edge.earlier, edge.kind) == ("later", "first", EdgeKind.REVISED)


def test_a_correction_of_something_else_goes_back_to_nothing() -> None:
    """The same outlet is not enough: speaker, title or figures must be shared."""
    later = document("Correction: the opera opens on Friday.", id="later", outlet="Hill Post", published="2024-05-02",
                     title="A night at the opera")  # fmt: skip
    assert not revisions(FIRST, later)


def test_a_report_that_only_speaks_of_a_correction_is_none() -> None:
    """The word inside the prose says nothing about the report."""
    later = document("The mayor asked for a correction and said that 90 families left.", id="later",
                     outlet="Hill Post", published="2024-05-02")  # fmt: skip
    assert not revisions(FIRST, later)


def test_the_latest_report_of_the_subject_is_the_corrected_one() -> None:
    """A correction follows the report that it corrects."""
    second = document("Now 90 families are out.", id="second", outlet="Hill Post", published="2024-05-02",
                      title="Families leave the flooded valley")  # fmt: skip
    later = document("Correction: 90 families are out.", id="later", outlet="Hill Post", published="2024-05-03",
                     title="Families leave the flooded valley")  # fmt: skip
    edges = revisions(FIRST, second, later)
    assert [edge.earlier for edge in edges] == ["second"]
