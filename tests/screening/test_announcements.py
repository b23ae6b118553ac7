"""Who announced it: whole reports come in, figures that are credited to two who are not one voice go out."""

from dataclasses import replace

import pytest

from factory import document
from tallystick.deriving import derive
from tallystick.dossiers.loading import load
from tallystick.extraction.extraction import extract
from tallystick.model.document import Passage, PassageKind
from tallystick.model.flag import Flag

DOSSIER = load("dprk-russia")


def flags(headline: str, body: str) -> list[Flag]:
    """The flags on attributions in a report with this headline."""
    told = document(f"{headline}\n{body}", id="one", outlet="One", published="2025-06-17")
    first, *others = told.passages
    told = replace(told, passages=(Passage(first.start, first.end, PassageKind.HEADLINE), *others))
    found = derive((told,), extract(told, DOSSIER), DOSSIER).flags
    return [flag for flag in found if flag.code == "conflicting_attributions"]


@pytest.mark.parametrize(
    ("headline", "body", "names"),
    [
        (
            "Kremlin announces 6,000 North Korean workers for Kursk",
            "Governor Alexander Khinshtein announced that 6,000 North Korean workers would come to Kursk.",
            ("Kremlin", "Khinshtein"),
        ),
        (
            "North Korea confirms 6,000 workers for Kursk",
            "Sergei Shoigu was in Seoul. Ukraine announced that 6,000 North Korean workers would come to Kursk.",
            ("Democratic People's Republic of Korea", "Ukraine"),
        ),
        (
            "Workers for Kursk",
            ("The Kremlin announced that 6,000 North Korean workers would come. Governor Khinshtein "
             "announced the arrival of 6,000 North Korean workers."),
            ("Kremlin", "Khinshtein"),
        ),
    ],
)  # fmt: skip
def test_one_announcement_has_one_speaker(headline: str, body: str, names: tuple[str, str]) -> None:
    """The headline counts against the text, and one sentence against another."""
    (found,) = flags(headline, body)
    assert found.severity == "warning"
    assert len(found.claims) == len(found.evidence) == len(names)
    assert names[1] in found.reason


@pytest.mark.parametrize(
    ("headline", "body"),
    [
        (
            "Kremlin announces 6,000 North Korean workers for Kursk",
            "Sergei Shoigu announced that 6,000 North Korean workers would come to Kursk.",
        ),
        (
            "Russia announces 6,000 North Korean workers for Kursk",
            "Governor Alexander Khinshtein announced that 6,000 North Korean workers would come to Kursk.",
        ),
        (
            "Kremlin announces 6,000 North Korean workers for Kursk",
            "Governor Alexander Khinshtein also announced that 6,000 North Korean workers would come to Kursk.",
        ),
        (
            "Kremlin announces 6,000 North Korean workers for Kursk",
            "Governor Alexander Khinshtein announced that 5,000 North Korean workers would come to Kursk.",
        ),
        (
            "North Korea confirms 6,000 workers for Kursk",
            "North Korea confirmed that 6,000 workers would come. Ukraine confirmed 6,000 North Korean workers.",
        ),
        (
            "Workers for Kursk",
            ("The Kremlin confirmed that 6,000 North Korean workers would come. Ukraine confirmed that 6,000 North "
             "Korean workers would come to Kursk."),
        ),
        (
            "Kremlin says 6,000 North Korean workers will come to Kursk",
            "Governor Alexander Khinshtein said that 6,000 North Korean workers would come to Kursk.",
        ),
    ],
)  # fmt: skip
def test_one_voice_two_figures_and_second_statements_are_in_order(headline: str, body: str) -> None:
    """Who speaks for the body, its country, another figure, a second statement, and plain words of speech."""
    assert flags(headline, body) == []
