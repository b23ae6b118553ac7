"""What relays make of a figure that they leave as it is; whole sentences come in."""

from itertools import permutations

import pytest

from factory import document
from tallystick.deriving import derive
from tallystick.dossiers.loading import load
from tallystick.extraction.extraction import extract
from tallystick.model.document import Document
from tallystick.model.flag import Flag

DOSSIER = load("dprk-russia")
CODES = (
    "aspect_lowered", "aspect_raised", "casualty_as_death", "inventory_as_deployment", "population_mismatch",
    "populations_merged", "status_mismatch", "stock_from_cumulative",
)  # fmt: skip
NIS = "The National Intelligence Service said"


def reports(*texts: str, days: tuple[str, ...] = ("2025-06-18", "2025-06-19")) -> tuple[Document, ...]:
    """One report a text, by outlets of their own."""
    return tuple(
        document(text, id=name, outlet=name.capitalize(), published=day)
        for name, text, day in zip(("one", "two"), texts, days, strict=True)
    )


def flags(*told: Document) -> list[Flag]:
    """The flags of these kinds in a case of these reports."""
    claims = tuple(claim for one in told for claim in extract(one, DOSSIER))
    return [flag for flag in derive(told, claims, DOSSIER).flags if flag.code in CODES]


def words(flag: Flag, *told: Document) -> list[str]:
    """The words that a flag rests on, with their report."""
    texts = {one.id: one.text for one in told}
    return [f"{span.document}: {texts[span.document][span.start : span.end]}" for span in flag.evidence]


RAISED = [
    (
        "casualty_as_death",
        f"{NIS} that 4,700 North Korean soldiers were killed or wounded.",
        f"{NIS} that 4,700 North Korean soldiers were killed.",
    ),
    (
        "casualty_as_death",
        f"{NIS} that North Korea has suffered 4,700 casualties.",
        f"{NIS} that 4,700 North Korean soldiers were killed in Kursk.",
    ),
    (
        "aspect_raised",
        f"{NIS} that North Korea will send 15,000 workers to Russia.",
        f"{NIS} that North Korea has sent 15,000 workers to Russia.",
    ),
    (
        "aspect_raised",
        f"{NIS} that North Korea is sending 5,000 builders to Russia.",
        f"{NIS} that 5,000 builders arrived in Russia.",
    ),
    (
        "aspect_lowered",
        f"{NIS} that North Korea has sent 15,000 workers to Russia.",
        f"{NIS} that North Korea will send 15,000 workers to Russia.",
    ),
    (
        "stock_from_cumulative",
        f"{NIS} that a total of 15,000 North Korean workers have worked in Russia since 2023.",
        f"{NIS} that 15,000 North Korean workers are currently employed in Russia.",
    ),
    (
        "stock_from_cumulative",
        f"{NIS} that at most 15,000 North Korean workers were in Russia at any one time.",
        f"{NIS} that 15,000 North Korean workers are working in Russia.",
    ),
    (
        "inventory_as_deployment",
        "The National Intelligence Service said that the North Korean army has about 60,000 engineers.",
        f"{NIS} that 60,000 engineers are in Donetsk.",
    ),
    (
        "inventory_as_deployment",
        "The National Intelligence Service said that North Korea possesses 60,000 engineers.",
        f"{NIS} that North Korea sent 60,000 engineers to Donetsk.",
    ),
]


@pytest.mark.parametrize(("code", "first", "later"), RAISED)
def test_a_telling_that_makes_something_else_of_the_figure_is_flagged(code: str, first: str, later: str) -> None:
    """One flag, and only the most telling one, which rests on both figures and names both reports."""
    told = reports(first, later)
    (found,) = flags(*told)
    assert (found.code, found.severity) == (code, "warning")
    assert {word.partition(":")[0] for word in words(found, *told)} == {"one", "two"}
    assert len({word.partition(": ")[2] for word in words(found, *told)}) == 1
    assert "One" in found.reason
    assert "Two" in found.reason


@pytest.mark.parametrize(
    ("first", "later"),
    [
        # The same said twice.
        (
            f"{NIS} that 4,700 soldiers were killed or wounded.",
            f"{NIS} that North Korea has suffered 4,700 casualties.",
        ),
        (f"{NIS} that North Korea has sent 15,000 workers to Russia.", f"{NIS} that 15,000 workers arrived in Russia."),
        (
            f"{NIS} that North Korea decided to send 15,000 workers.",
            f"{NIS} that North Korea will send 15,000 workers.",
        ),
        # Somebody else says so.
        (
            f"{NIS} that North Korea will send 15,000 workers to Russia.",
            "Andriy Yusov said that North Korea has sent 15,000 workers to Russia.",
        ),
        # Another figure.
        (
            f"{NIS} that North Korea will send 15,000 workers to Russia.",
            f"{NIS} that North Korea has sent 3,000 workers to Russia.",
        ),
        # The later report tells both.
        (
            f"{NIS} that North Korea will send 15,000 workers to Russia.",
            f"{NIS} that North Korea will send 15,000 workers to Russia. {NIS} that it has sent 15,000 workers.",
        ),
        # What an army has somewhere is there.
        (
            f"{NIS} that North Korea has 15,000 soldiers in Kursk.",
            f"{NIS} that 15,000 soldiers are in Kursk.",
        ),
        # Small numbers agree by chance.
        (f"{NIS} that 47 soldiers were killed or wounded.", f"{NIS} that 47 soldiers were killed."),
    ],
)
def test_other_wordings_and_other_statements_are_left_alone(first: str, later: str) -> None:
    """Nothing is raised where nothing was made of the figure, or where it is not the same statement."""
    assert flags(*reports(first, later)) == []


def test_a_speaker_may_have_more_to_tell_a_week_later() -> None:
    """What was a plan has been done: no relay raised it (rule R4)."""
    told = reports(
        f"On June 4, {NIS.replace('The', 'the')} that North Korea will send 15,000 workers to Russia.",
        f"On June 10, {NIS.replace('The', 'the')} that North Korea has sent 15,000 workers to Russia.",
        days=("2025-06-04", "2025-06-10"),
    )
    assert "aspect_raised" not in [flag.code for flag in flags(*told)]


def test_two_groups_of_one_number_made_one_are_flagged() -> None:
    """15,000 soldiers and 15,000 workers are not 15,000 soldiers and workers."""
    told = reports(
        f"{NIS} that 15,000 troops and 15,000 workers are in Russia.",
        f"{NIS} that 15,000 troops and workers are in Russia.",
    )
    (found,) = flags(*told)
    assert (found.code, words(found, *told)) == ("populations_merged", ["one: 15,000", "one: 15,000", "two: 15,000"])


@pytest.mark.parametrize(
    ("first", "later"),
    [
        (
            f"{NIS} that 15,000 troops and 15,000 workers are in Russia.",
            f"{NIS} that 15,000 workers are in Russia.",
        ),
        (
            f"{NIS} that 15,000 troops and workers are in Russia.",
            f"{NIS} that 15,000 troops and workers are in Russia.",
        ),
        (
            f"{NIS} that 15,000 troops and 12,000 workers are in Russia.",
            f"{NIS} that 15,000 troops and workers are in Russia.",
        ),
    ],
)
def test_one_of_two_groups_and_one_group_told_twice_are_no_merger(first: str, later: str) -> None:
    """A report may leave one group out, and a union that nobody divides is the speaker's own."""
    assert [flag.code for flag in flags(*reports(first, later)) if flag.code == "populations_merged"] == []


@pytest.mark.parametrize(("code", "first", "later"), RAISED)
def test_the_order_of_the_reports_changes_nothing(code: str, first: str, later: str) -> None:
    """The same reports in any order give the same flags."""
    told = reports(first, later)
    assert len({tuple(flags(*order)) for order in permutations(told)}) == 1, code
