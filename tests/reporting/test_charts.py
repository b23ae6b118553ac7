"""The chart of a population: readings by the day they became known, ranges behind them, and all of it in words."""

import re
from dataclasses import replace

import pytest

from tallystick.model.estimate import Estimate
from tallystick.reporting.charts import MOST, Drawn, chart, drawable
from wires import wire_ledger


def estimate() -> Estimate:
    """The estimate of the wire report: three readings, one superseded, two in conflict."""
    return wire_ledger().estimates[0]


def drawn(*estimates: Estimate) -> Drawn:
    """The chart of `estimates`."""
    found = chart(estimates, "p-1")
    assert found is not None
    return found


def test_a_reading_stands_at_the_day_on_which_it_became_known() -> None:
    """The day of the statement is taken where that of the first report is not known."""
    first = estimate()
    late = replace(first.readings[0], known="2031-07-01")
    unknown = replace(first.readings[1], known=None, date="2031-02")
    words = drawn(replace(first, readings=(late, unknown))).description
    assert "2031-07-01 River office" in words
    assert "2031-02 Union" in words


def test_what_stands_in_a_conflict_is_ringed_and_said() -> None:
    """One ring for each such reading; the superseded one is in none."""
    found = drawn(estimate())
    assert found.svg.count('stroke="var(--denied)"') == 2
    assert found.description.count("(in conflict)") == 2
    assert drawn(replace(estimate(), conflicts=())).svg.count('stroke="var(--denied)"') == 0


def test_a_conflict_without_figures_means_its_origins() -> None:
    """Every reading of them is ringed."""
    first = estimate()
    whole = replace(first.conflicts[0], claims=())
    assert drawn(replace(first, conflicts=(whole,))).svg.count('stroke="var(--denied)"') == 2


@pytest.mark.parametrize(
    ("stale", "best", "word"), [(True, 1_900, "last known"), (False, 1_900, "best"), (False, None, "range, no best")]
)
def test_the_range_says_what_it_is(stale: bool, best: int | None, word: str) -> None:
    """A count that nobody refreshed is no best one."""
    assert f">{word}<" in drawn(replace(estimate(), stale=stale, best=best)).svg


def test_one_day_is_no_course() -> None:
    """Whatever is said on it."""
    first = estimate()
    same = replace(first, readings=tuple(replace(one, known="2031-03-01") for one in first.readings))
    assert not drawable([same])
    assert chart([same], "p-1") is None
    assert drawable([first])


def test_of_many_readings_the_most_reported_are_drawn() -> None:
    """A chart of a thousand points is a blot."""
    first = estimate()
    many = tuple(
        replace(first.readings[0], origin=f"o-{at}", reports=at, known=f"2031-{1 + at % 12:02}-{1 + at % 28:02}")
        for at in range(1_000)
    )
    words = drawn(replace(first, readings=many, conflicts=())).description
    assert words.count("River office") == MOST


def test_labels_do_not_cover_one_another() -> None:
    """Of readings that are close the latest keeps its name; the words beside the chart keep all."""
    first = estimate()
    close = tuple(
        replace(first.readings[0], origin=f"o-{at}", speaker=f"Speaker {at}", known=day)
        for at, day in enumerate(("2031-01-01", "2031-01-02", "2031-12-01"))
    )
    found = drawn(replace(first, readings=close, conflicts=()))
    assert re.findall(r">(Speaker \d)<", found.svg) == ["Speaker 1", "Speaker 2"]
    assert found.description.count("Speaker") == 3


def test_the_same_estimates_give_the_same_bytes() -> None:
    """Neither a counter nor a clock shows."""
    assert drawn(estimate()) == drawn(estimate())
