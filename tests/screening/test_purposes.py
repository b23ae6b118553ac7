"""A task that only one retelling knows: whole reports come in."""

from factory import document
from tallystick.deriving import derive
from tallystick.dossiers.loading import load
from tallystick.extraction.extraction import extract
from tallystick.extraction.facts import facts
from tallystick.model.document import Document
from tallystick.model.flag import Flag

DOSSIER = load("dprk-russia")
FIRST = "Sergei Shoigu said that 5,000 North Korean builders will rebuild houses and bridges in the Kursk region."


def report(text: str, day: str, name: str) -> Document:
    """A report of this day."""
    return document(text, id=name, outlet=name.capitalize(), published=day)


def flags(*reports: Document) -> list[Flag]:
    """The notes on purposes."""
    claims = tuple(claim for one in reports for claim in extract(one, DOSSIER))
    told = tuple(fact for one in reports for fact in facts(one, DOSSIER))
    return [flag for flag in derive(reports, claims, DOSSIER, facts=told).flags if flag.code == "purpose_invented"]


def test_a_task_that_no_other_telling_knows_is_a_note() -> None:
    """The figure is Shoigu's in both; the trenches are nobody's but the later paper's."""
    later = report(
        "Sergei Shoigu said that 5,000 North Korean builders will dig trenches in the Kursk region.",
        "2025-06-19",
        "two",
    )
    (found,) = flags(report(FIRST, "2025-06-17", "one"), later)
    assert found.severity == "note"
    assert "trenches" in later.text[found.evidence[0].start : found.evidence[0].end]
    assert found.evidence[0].document == "two"


def test_the_same_task_in_other_forms_is_in_order() -> None:
    """To take part in the rebuilding is to rebuild."""
    later = report(
        "Sergei Shoigu said that 5,000 North Korean builders will take part in the rebuilding of bridges in Kursk.",
        "2025-06-19", "two",
    )  # fmt: skip
    assert flags(report(FIRST, "2025-06-17", "one"), later) == []


def test_a_figure_of_another_speaker_may_have_a_task_of_its_own() -> None:
    """Another origin tells what it knows."""
    later = report(
        "Ukraine's military intelligence said that 900 North Korean builders dig trenches in Belgorod.", "2025-06-19",
        "two",
    )  # fmt: skip
    assert flags(report(FIRST, "2025-06-17", "one"), later) == []
