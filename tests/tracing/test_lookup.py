"""Candidates are few in a large case, and those that matter stay among them."""

from datetime import date, timedelta

import pytest

from factory import claim, document
from tallystick.dossiers.loading import load
from tallystick.tracing.likeness import FREQUENT_DAYS, Likeness
from tallystick.tracing.lookup import Index, published, said
from tallystick.tracing.tellings import Casebook, Telling
from tallystick.tracing.tracing import trace

DOSSIER = load("dprk-russia")
LIKENESS = Likeness(DOSSIER)


def tellings(figure: str, days: list[int | None], *, places: bool = False) -> tuple[Telling, ...]:
    """One figure on different days of a year, each of another place where wanted."""
    sources = tuple(
        document(
            f"{figure} at gate {number}", id=f"d{number:04d}",
            published=None if day is None else (date(2025, 1, 1) + timedelta(day)).isoformat(),
        )
        for number, day in enumerate(days)
    )  # fmt: skip
    claims = tuple(
        claim(source, figure, speaker="Anna Petrova", place=f"Gate {number}" if places else None)
        for number, source in enumerate(sources)
    )
    return Casebook(sources, claims, DOSSIER).tellings


@pytest.mark.parametrize(("figure", "reach"), [("7", 2), ("70", 31), ("7,000", 366)])
def test_figures_within_reach_are_found(figure: str, reach: int) -> None:
    """Small figures are looked for within days, frequent ones within a month, others within a year."""
    for gap in (0, 1, reach):
        one, other = tellings(figure, [0, gap])
        index = Index(LIKENESS, said)
        index.add(one, "x")
        assert one in list(index.like(other, "x"))


def test_small_figures_of_other_weeks_are_not_compared() -> None:
    """A thousand reports of three dead are many accidents."""
    *others, last = tellings("3", list(range(0, 300, 3)), places=True)
    index = Index(LIKENESS, said)
    for telling in others:
        index.add(telling, "x")
    assert len(list(index.like(last, "x"))) <= 4


def test_an_early_figure_is_found_among_many_that_came_before() -> None:
    """Hundreds of places with the same figure in other months push none of this month out."""
    found = tellings("80", [*range(300), 330, 331], places=True)
    index = Index(LIKENESS, said)
    for telling in found[:-1]:
        index.add(telling, "x")
    assert found[-2] in list(index.like(found[-1], "x"))


def test_figures_without_a_date_are_found_by_all() -> None:
    """Nobody knows how far they are off."""
    orders: list[list[int | None]] = [[None, 5], [5, None], [None, None]]
    for days in orders:
        one, other = sorted(tellings("7,000", days))
        index = Index(LIKENESS, published, small=FREQUENT_DAYS)
        index.add(one, "x")
        assert list(index.like(other, "x")) == [one]


def test_figures_of_one_report_are_found_whatever_their_dates() -> None:
    """A report may tell on what day a small figure was said first, and give it again without."""
    source = document("7 dead, 7 dead", id="a", published="2025-06-01")
    claims = claim(source, "7", speaker="police", stated="2025-03-01"), claim(source, "7", speaker="police", nth=1)
    (origin,) = trace((source,), claims, DOSSIER).origins
    assert len(origin.claims) == 2


def test_a_statement_of_officials_is_found_among_hundreds_with_its_number() -> None:
    """Four hundred other places with 2,000, eight a day, do not hide the one that was named the day before."""
    sources = tuple(
        document(
            f"In {number} they had 2,000", id=f"d{number:03d}",
            published=(date(2025, 1, 1) + timedelta(number // 8)).isoformat(),
        )
        for number in range(401)
    )  # fmt: skip
    places = [f"Town{number}" for number in range(400)] + ["Town399"]
    claims = tuple(
        claim(source, "2,000", category="displaced", speaker="officials", place=place)
        for source, place in zip(sources, places, strict=True)
    )
    lineage = trace(sources, claims, DOSSIER)
    (origin,) = (origin for origin in lineage.origins if claims[-1].id in origin.claims)
    assert claims[399].id in origin.claims
