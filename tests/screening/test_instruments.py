"""Rule R18 for numbers of resolutions: whole reports come in, those that a regime does not know go out."""

from dataclasses import replace

import pytest

from factory import document
from tallystick.deriving import derive
from tallystick.dossiers.loading import load
from tallystick.extraction.extraction import extract
from tallystick.model.flag import Flag
from tallystick.model.provision import Instrument, Pack, Sign

KNOWN = tuple(
    Instrument(id=f"unscr-{number}", title=f"S/RES/{number}", kind="resolution", number=number)
    for number in ("1718", "1874", "2371", "2375", "2397")
)
PACK = Pack(
    name="unsc-1718-dprk", title="Sanctions", about="", program=None, scope=(Sign(origins=("KP",)),),
    instruments=KNOWN, elements=(), exemptions=(), justifications=(), duties=(), provisions=(),
)  # fmt: skip
DOSSIER = replace(load("dprk-russia"), packs=(PACK,))


def flags(text: str) -> list[tuple[Flag, list[str]]]:
    """The flags on unknown instruments in one report, each with the words that it rests on."""
    told = document(text, id="one", outlet="One", published="2025-06-20")
    found = derive((told,), extract(told, DOSSIER), DOSSIER).flags
    return [
        (flag, [told.text[span.start : span.end] for span in flag.evidence])
        for flag in found
        if flag.code == "unknown_instrument"
    ]


@pytest.mark.parametrize(
    ("text", "number", "meant"),
    [
        ("Resolution 2379 banned North Korean workers abroad.", "2379", "S/RES/2397"),
        ("The UNSCR 1781 sanctions bind all who trade with the DPRK.", "1781", "S/RES/1718"),
        ("Sanctions on Pyongyang rest on resolutions 1718, 1874 and 2379.", "2379", "S/RES/2371"),
        ("S/RES/2999 prohibits hiring North Korean labor.", "2999", "no resolution of that number."),
    ],
)
def test_a_resolution_that_the_regime_does_not_know_is_flagged(text: str, number: str, meant: str) -> None:
    """The reader is told of the one that is probably meant."""
    ((found, evidence),) = flags(text)
    assert (found.severity, evidence) == ("warning", [number])
    assert meant in found.reason


@pytest.mark.parametrize(
    "text",
    [
        "Resolution 2397 banned North Korean workers abroad.",
        "Resolution 2345 renewed the panel that watches sanctions on North Korea.",
        "Resolution 2379 set up a team that looks into crimes in Iraq.",
        "Resolution 2379 set up a team for Iraq. Sanctions on North Korea stand.",
        "North Korea spoke against Resolution 2379 in the hall.",
        "The resolution banned 2379 North Korean workers.",
        "Resolution 2,379 banned North Korean workers.",
    ],
)
def test_resolutions_of_other_subjects_are_in_order(text: str) -> None:
    """What is known, what is of another subject, and numbers that are none of a resolution."""
    assert flags(text) == []


def test_without_a_pack_nothing_is_known_to_be_missing() -> None:
    """A dossier without law says nothing of resolutions."""
    told = document("Resolution 2379 banned North Korean workers abroad.", published="2025-06-20")
    bare = replace(DOSSIER, packs=())
    assert "unknown_instrument" not in {flag.code for flag in derive((told,), extract(told, bare), bare).flags}
