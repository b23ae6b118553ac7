"""Turns: who speaks in each paragraph, and that a report without an interview has none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.reading.text.passages import Hints, label
from tallystick.reading.text.turns import turns

ASKED = "How many builders have come to the region so far?"
TOLD = "About six hundred, and more will follow by the end of the year."


def spoken(*lines: str, names: frozenset[str] = frozenset()) -> list[str | None]:
    """Who speaks in each line."""
    return [passage.turn for passage in label("\n\n".join(lines), Hints(names=names))]


@pytest.mark.parametrize(
    ("asks", "answers"), [("Q", "A"), ("Anna Bright", "Tom Reed"), ("Вопрос", "Ответ"), ("Анна Світла", "Іван Річ")]
)
def test_names_before_colons_take_turns(asks: str, answers: str) -> None:
    """As the report writes them, in any letters."""
    lines = [f"{asks}: {ASKED}", f"{answers}: {TOLD}"] * 2
    assert spoken(*lines) == [asks, answers] * 2


def test_an_answer_goes_on_over_paragraphs() -> None:
    """Up to the next mark; behind the last one the report may go on by itself."""
    lines = [
        f"Q: {ASKED}",
        f"A: {TOLD}",
        "Nobody has counted them, though.",
        f"Q: {ASKED}",
        f"A: {TOLD}",
        "They met in June.",
    ]
    assert spoken(*lines) == ["Q", "A", "A", "Q", "A", None]


def test_a_line_above_names_who_asks_and_who_answers() -> None:
    """The letters stand for persons."""
    lines = ["Interview by Anna Bright", "Interview with Tom Reed", *[f"Q: {ASKED}", f"A: {TOLD}"] * 2]
    assert spoken(*lines) == [None, None, *["Anna Bright", "Tom Reed"] * 2]


def test_marks_of_markdown_and_names_in_bold_open_turns() -> None:
    """A colon is not needed where the name stands in bold."""
    assert spoken(*[f"**Anna Bright:** {ASKED}", f"**Tom Reed** {TOLD}"] * 2) == ["Anna Bright", "Tom Reed"] * 2
    names = frozenset(("Anna Bright", "Tom Reed"))
    assert spoken(*[f"Anna Bright {ASKED}", f"Tom Reed {TOLD}"] * 2, names=names) == ["Anna Bright", "Tom Reed"] * 2
    assert spoken(*[f"Anna Bright {ASKED}", f"Tom Reed {TOLD}"] * 2) == [None] * 4


@pytest.mark.parametrize(
    "lines",
    [
        (f"Photo: {TOLD}", f"Moscow: {TOLD}", f"Kyiv: {ASKED}"),
        (f"The ministry said: {TOLD}", f"It said: {ASKED}") * 2,
        (f"Update: {TOLD}", f"Update: {ASKED}", f"Update: {TOLD}"),
        (f"at 10: {TOLD}", f"at 11: {TOLD}") * 2,
    ],
)
def test_lists_and_prose_are_no_interview(lines: tuple[str, ...]) -> None:
    """Two speakers come back, or there is none."""
    assert spoken(*lines) == [None] * len(lines)


def test_what_the_report_does_not_tell_opens_no_turn() -> None:
    """Readers may quarrel as in an interview."""
    lines = [f"Q: {ASKED}", f"A: {TOLD}"] * 2
    assert turns(lines, [False] * 4) == [None] * 4


@given(st.lists(st.text(alphabet="QA:. *_ab\u00a0北：", max_size=40), max_size=12))
def test_fuzz_each_paragraph_has_one_speaker_or_none(lines: list[str]) -> None:
    """And a speaker is never an empty name."""
    found = turns(lines, [True] * len(lines), frozenset(("Q a",)))
    assert len(found) == len(lines)
    assert all(speaker is None or speaker.strip() for speaker in found)
