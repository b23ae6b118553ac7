"""Rule R18 for the dead: whole reports come in, what they let them say goes out."""

import pytest

from factory import document
from tallystick.deriving import derive
from tallystick.dossiers.loading import load
from tallystick.extraction.extraction import extract
from tallystick.model.flag import Flag

DOSSIER = load("dprk-russia")


def flags(text: str, day: str | None) -> list[tuple[Flag, list[str]]]:
    """The flags on dead speakers in one report, each with the words that it rests on."""
    told = document(text, id="one", outlet="One", published=day)
    found = derive((told,), extract(told, DOSSIER), DOSSIER).flags
    return [
        (flag, [told.text[span.start : span.end] for span in flag.evidence])
        for flag in found
        if flag.code == "deceased_speaker"
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ambassador Matsegora said that 9,000 North Korean workers are in Russia.", ["Matsegora said"]),
        ("“The farms need hands,” said Alexander Matsegora on Monday.", ["said Alexander Matsegora"]),
        ("Matsegora also confirmed that the farms need hands.", ["Matsegora also confirmed"]),
    ],
)
def test_the_dead_say_nothing_new(text: str, words: list[str]) -> None:
    """A report of months after a death that lets the dead speak is wrong, with or without a figure."""
    ((found, evidence),) = flags(text, "2026-03-10")
    assert (found.severity, evidence) == ("error", words)
    assert "2025-12-06" in found.reason


def test_a_figure_that_is_dated_after_the_death_is_an_error() -> None:
    """The sentence itself dates the statement, so the day of the report is not needed."""
    text = "Matsegora said on 3 March 2026 that 9,000 North Korean workers are in Russia."
    ((found, evidence),) = flags(text, "2026-03-10")
    assert (found.severity, evidence) == ("error", ["9,000"])


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Ambassador Matsegora said that 9,000 North Korean workers are in Russia.", "2025-11-10"),
        ("Ambassador Matsegora said that 9,000 North Korean workers are in Russia.", "2025-12-15"),
        ("Ambassador Matsegora said that 9,000 North Korean workers are in Russia.", None),
        ("Matsegora had said that 9,000 North Korean workers are in Russia.", "2026-03-10"),
        ("In 2018 Matsegora said that 9,000 North Korean workers were in Russia.", "2026-03-10"),
        ("Matsegora said the farms need hands.\nThe ambassador died in office.", "2026-03-10"),
        ("The late ambassador Matsegora said the farms need hands.", "2026-03-10"),
        ("Matsegora's widow said the farms need hands.", "2026-03-10"),
        ("The clerk told of Matsegora, and Khinshtein said the farms need hands.", "2026-03-10"),
    ],
)
def test_words_of_the_living_and_old_words_are_in_order(text: str, day: str | None) -> None:
    """What was said in life, what is told as past, and what others say."""
    assert flags(text, day) == []
