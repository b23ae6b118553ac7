"""When and on what scale a relay tells a figure; whole reports come in."""

from itertools import permutations

import pytest

from factory import document
from tallystick.deriving import derive
from tallystick.dossiers.loading import load
from tallystick.extraction.extraction import extract
from tallystick.model.document import Document
from tallystick.model.flag import Flag

DOSSIER = load("dprk-russia")
CODES = ("date_shifted", "period_stretched", "scale_shifted", "translation_suspect", "year_shifted")
NIS = "The National Intelligence Service said"
COPY = (
    "The lawmakers met the press after a closed hearing in Seoul and told what the service had said to them. "
    "About 11,000 North Korean soldiers were moved to the border region late in the month, they said, and some of them "
    "had fought beside an airborne brigade. The service also watched shipments of guns, rocket launchers and "
    "other arms on the railway, and expected the two countries to exchange visits of high officials before winter."
)


def reports(*texts: str, days: tuple[str, str] = ("2025-12-14", "2025-12-15")) -> tuple[Document, ...]:
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
    """The words that a flag rests on."""
    texts = {one.id: one.text for one in told}
    return [texts[span.document][span.start : span.end] for span in flag.evidence]


RAISED = [
    (
        "date_shifted",
        "KCNA said 1,200 soldiers arrived in Pyongyang on December 12, 2025.",
        "KCNA said 1,200 soldiers arrived in Pyongyang on December 9, 2025.",
        ["1,200", "December 12, 2025", "1,200", "December 9, 2025"],
    ),
    (
        "year_shifted",
        "KCNA said 1,200 soldiers arrived in Pyongyang on December 9, 2024.",
        "KCNA said 1,200 soldiers arrived in Pyongyang on December 9, 2025.",
        ["1,200", "December 9, 2024", "1,200", "December 9, 2025"],
    ),
    (
        "period_stretched",
        f"{NIS} North Korea sent 14,000 troops to Russia between October 2024 and May 2025.",
        f"{NIS} North Korea sent 14,000 troops to Russia last year.",
        ["14,000", "October 2024 and May 2025", "14,000", "last year"],
    ),
    (
        "scale_shifted",
        "Shoigu said North Korea will send 6,000 military builders to Kursk.",
        "Shoigu said North Korea will send hundreds of military builders to Kursk.",
        ["6,000", "hundreds"],
    ),
    (
        "scale_shifted",
        "Shoigu said North Korea will send 6,000 military builders to Kursk.",
        "Shoigu said North Korea will send tens of thousands of military builders to Kursk.",
        ["6,000", "tens of thousands"],
    ),
]


@pytest.mark.parametrize(("code", "first", "later", "evidence"), RAISED)
def test_another_date_time_or_order_of_one_statement_is_flagged(
    code: str, first: str, later: str, evidence: list[str]
) -> None:
    """The flag rests on the figures and on the words that date them."""
    told = reports(first, later)
    (found,) = flags(*told)
    assert (found.code, found.severity) == (code, "warning")
    assert sorted(words(found, *told)) == sorted(evidence)
    assert "One" in found.reason
    assert "Two" in found.reason


@pytest.mark.parametrize(
    ("first", "later"),
    [
        # A weekday is reckoned, not told.
        (
            "KCNA said 1,200 soldiers arrived in Pyongyang on December 12, 2025.",
            "KCNA said 1,200 soldiers arrived in Pyongyang on Saturday.",
        ),
        # Two events.
        (
            "KCNA said 1,200 soldiers arrived in Pyongyang on December 12, 2025.",
            "KCNA said 1,200 soldiers arrived in Pyongyang on August 9, 2025.",
        ),
        # One report tells of both days.
        (
            "KCNA said 1,200 soldiers arrived in Pyongyang on December 9, 2025.",
            "KCNA said 1,200 soldiers arrived on December 9, 2025 and 1,200 soldiers on December 12, 2025.",
        ),
        # Somebody else's figure.
        (
            "KCNA said 1,200 soldiers arrived in Pyongyang on December 12, 2025.",
            "The Kremlin said 1,200 soldiers arrived in Pyongyang on December 9, 2025.",
        ),
        # A vaguer time holds the other.
        (
            f"{NIS} North Korea sent 14,000 troops to Russia between October 2024 and May 2025.",
            f"{NIS} North Korea has sent 14,000 troops to Russia since 2024.",
        ),
        # The same order.
        (
            "Shoigu said North Korea will send 6,000 military builders to Kursk.",
            "Shoigu said North Korea will send thousands of military builders to Kursk.",
        ),
        # The report has the figure, too.
        (
            "Shoigu said North Korea will send 6,000 military builders to Kursk.",
            "Shoigu said North Korea will send hundreds of military builders to Kursk, 800 military builders in all.",
        ),
        # Other people.
        (
            "Shoigu said North Korea will send 6,000 military builders to Kursk.",
            "Shoigu said North Korea will send hundreds of soldiers to Kursk.",
        ),
        # Losses grow.
        (f"{NIS} that hundreds of soldiers were killed.", f"{NIS} that 6,000 soldiers were killed."),
    ],
)
def test_other_events_and_vaguer_words_are_left_alone(first: str, later: str) -> None:
    """Nothing is raised where nothing was moved."""
    assert flags(*reports(first, later)) == []


@pytest.mark.parametrize(
    ("day", "wrong"), [("2025-11-20", True), ("2026-11-20", True), ("2024-11-21", False), ("2025-11-28", False)]
)
def test_a_copy_that_is_dated_whole_years_later_is_flagged(day: str, *, wrong: bool) -> None:
    """An aggregator stamps its own year on what it takes over."""
    told = reports(COPY, COPY, days=("2024-11-20", day))
    found = [flag for flag in flags(*told) if flag.code == "year_shifted"]
    assert [flag.severity for flag in found] == (["warning"] if wrong else [])
    assert all(len(set(words(flag, *told))) == 1 for flag in found)


def test_another_report_of_the_same_day_a_year_later_is_no_copy() -> None:
    """Only copies are compared."""
    other = "The governor opened a bridge in Rostov. He thanked 300 workers who had built it."
    assert flags(*reports(COPY, other, days=("2024-11-20", "2025-11-20"))) == []


@pytest.mark.parametrize(("code", "first", "later", "evidence"), RAISED)
def test_the_order_of_the_reports_changes_nothing(code: str, first: str, later: str, evidence: list[str]) -> None:
    """The same reports in any order give the same flags."""
    told = reports(first, later)
    assert len({tuple(flags(*order)) for order in permutations(told)}) == 1, (code, evidence)
