"""Steps of treaties and resolutions, and what is done under them: reports come in, dates that do not fit go out."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factory import document
from tallystick.deriving import derive
from tallystick.dossiers.loading import load
from tallystick.extraction.extraction import extract
from tallystick.model.flag import Flag
from tallystick.model.lineage import Lineage
from tallystick.screening.findings import Holdings
from tallystick.screening.instrument_dates import confused_dates, premature_acts

DOSSIER = load("dprk-russia")
CONFUSED, EARLY = "instrument_date_confused", "instrument_not_in_force"


def flags(code: str, text: str, day: str | None = "2025-06-17") -> list[tuple[Flag, list[str]]]:
    """The flags of one kind in one report, each with the words that it rests on."""
    told = document(text, id="one", outlet="One", published=day)
    return [
        (flag, [told.text[span.start : span.end] for span in flag.evidence])
        for flag in derive((told,), extract(told, DOSSIER), DOSSIER).flags
        if flag.code == code
    ]


@pytest.mark.parametrize(
    ("text", "evidence", "step"),
    [
        (
            "Russia and North Korea are bound by a mutual defense treaty, signed last December.",
            ["mutual defense treaty", "signed", "last December"],
            "it came into force on 2024-12-04",
        ),
        (
            "The comprehensive strategic partnership treaty between Russia and North Korea took effect in June 2024.",
            ["comprehensive strategic partnership treaty", "took effect", "June 2024"],
            "it was signed on 2024-06-19",
        ),
        (
            "In December 2024, Russia and North Korea signed a mutual defense treaty.",
            ["December 2024", "signed", "mutual defense treaty"],
            "it came into force on 2024-12-04",
        ),
        (
            "Moscow met Pyongyang. The strategic partnership treaty that Putin and Kim signed last November is new.",
            ["strategic partnership treaty", "signed", "last November"],
            "last ratification was on 2024-11-11",
        ),
        (
            "Russia and North Korea have a mutual defense treaty.\nThe treaty, in force since October, is new.",
            ["treaty", "in force since", "since October"],
            "none of its known steps",
        ),
        (
            "The mutual defense treaty (signed on December 4, 2024) obliges both Russia and North Korea.",
            ["mutual defense treaty", "signed", "December 4, 2024"],
            "it came into force on 2024-12-04",
        ),
        (
            "Resolution 2397, which was unanimously adopted on Sept. 11, 2017, sent North Korean workers home.",
            ["Resolution 2397", "adopted", "Sept. 11, 2017"],
            "it was adopted on 2017-12-22",
        ),
        (
            "Resolution 2397, adopted in September 2017, sent North Korean workers home.",
            ["Resolution 2397", "adopted", "September 2017"],
            "it was adopted on 2017-12-22",
        ),
    ],
)  # fmt: skip
def test_a_step_with_the_date_of_another_one_is_flagged(text: str, evidence: list[str], step: str) -> None:
    """The reader is told which step the date is of, and how far that was checked."""
    ((found, words),) = flags(CONFUSED, text)
    assert (found.severity, words) == ("warning", evidence)
    assert step in found.reason
    assert "[V: " in found.reason


@pytest.mark.parametrize(
    "text",
    [
        "Russia and North Korea are bound by a mutual defense treaty, signed last June.",
        "The mutual defense treaty between Russia and North Korea took effect last December.",
        "The mutual defense treaty between Russia and North Korea was signed in June and took effect in December.",
        "The mutual defense treaty between Russia and North Korea was ratified last November.",
        "North Korea ratified the mutual defense treaty with Russia in November 2024.",
        "The mutual defense treaty signed by Kim and Putin in June took effect on Dec. 4, Russia and North Korea said.",
        "Kim and Putin signed the mutual defense treaty nine months after meeting in September 2023 in Russia.",
        "Putin, who signed the mutual defense treaty with North Korea, sent a letter from Russia in January.",
        "The mutual defense treaty between Russia and North Korea, signed last year, covers attacks.",
        "The mutual defense treaty between Russia and North Korea, signed on June 20, 2024, covers attacks.",
        "The Soviet Union and North Korea signed a mutual defense treaty in July 1961. Russia let it end.",
        "Russia and Iran signed a strategic partnership treaty in January 2025, and North Korea sent word.",
        "North Korea looked on. The US-South Korea mutual defense treaty, signed in October 2024, angers Russia.",
        "Russia and North Korea have a mutual defense treaty, and Kim signed an order on 12 December 2024.",
        "Putin signed a law on the mutual defense treaty with North Korea in November 2024, Russia said.",
        "Russia and North Korea will have signed a mutual defense treaty by December 2024.",
        "Resolution 2397, adopted in December 2017, sent North Korean workers home.",
        "Resolution 2375 and Resolution 2397, adopted in September and December 2017, bind North Korea.",
        "Resolution 2397, which followed a test in November 2017, bound North Korea.",
    ],
)
def test_dates_that_fit_or_are_of_something_else_are_in_order(text: str) -> None:
    """Own steps, years, neighboring days, treaties of other countries and times, and other acts."""
    assert flags(CONFUSED, text) == []


def test_without_a_day_of_the_report_a_month_has_no_year() -> None:
    """A "last December" of a report that nobody can date may be any."""
    text = "Russia and North Korea are bound by a mutual defense treaty, signed {}."
    assert flags(CONFUSED, text.format("last December"), None) == []
    assert len(flags(CONFUSED, text.format("in December 2024"), None)) == 1


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        ("In August 2017 China sent North Korean workers home under Resolution 2397.", "August 2017"),
        ("North Korean workers were sent home in accordance with UNSCR 2397 in October 2017.", "October 2017"),
        ("China closed North Korean firms on 5 November 2017 pursuant to UN Security Council Resolution 2397.",
         "5 November 2017"),
    ],
)  # fmt: skip
def test_nothing_is_done_under_what_is_not_there(text: str, evidence: str) -> None:
    """A resolution of December binds nobody in August."""
    ((found, words),) = flags(EARLY, text)
    assert found.severity == "warning"
    assert evidence in words
    assert "2017-12-22" in found.reason


@pytest.mark.parametrize(
    "text",
    [
        "In March 2018 China sent North Korean workers home under Resolution 2397.",
        "China sent home under Resolution 2397 North Korean workers who had come before August 2017.",
        "After a test in November 2017 North Korean workers were sent home under Resolution 2397.",
        "In November 2017 North Korea tested a missile, and workers were sent home under Resolution 2397.",
        "Permits that were given in August 2017 to North Koreans will end under Resolution 2397.",
        "In October 2024 North Korea sent 10,000 soldiers to Russia under the mutual defense treaty.",
    ],
)
def test_dates_of_other_things_say_nothing_of_what_is_done(text: str) -> None:
    """What is later, a test that led to it, a deadline; what justifies nothing is looked at with the provisions."""
    assert flags(EARLY, text) == []


def test_a_dossier_without_law_knows_no_dates() -> None:
    """Nothing is known of any treaty."""
    told = document("Russia and North Korea are bound by a mutual defense treaty, signed in December 2024.")
    bare = replace(DOSSIER, packs=())
    assert CONFUSED not in {flag.code for flag in derive((told,), extract(told, bare), bare).flags}


PIECES = ("the treaty", "mutual defense treaty", "Resolution 2397", "signed", "adopted", "took effect", "last December",
          "in June 2024", "under", "Russia", "North Korea", ",", ".", "31 February 2024", "\n", "which")  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_no_text_breaks_the_rules(pieces: list[str]) -> None:
    """Whatever stands beside each other, each span holds words."""
    told = document("Russia and North Korea. " + " ".join(pieces), published="2025-06-17")
    holdings = Holdings((told,), (), Lineage((), ()), (), DOSSIER)
    for found in (*confused_dates(holdings), *premature_acts(holdings)):
        assert all(told.text[span.start : span.end].strip() for span in found.evidence)
