"""Rates, times and totals of one sentence."""

import pytest

from factory import claim, document
from tallystick.values.rates import Paced, paced
from tallystick.values.sums import sentences


def found_in(text: str, *figures: str) -> list[Paced]:
    """What is found in a sentence with claims on these figures."""
    report = document(text)
    (sentence,) = sentences(claim(report, figure) for figure in figures)
    return list(paced(sentence))


@pytest.mark.parametrize(
    ("text", "per", "times"),
    [
        ("200 people a day came for 30 days, a total of 9,000", "day", (30, 30)),
        ("200 came daily over two weeks, in all 9,000", "day", (14, 14)),
        ("200 dollars per month for a year amounts to 9,000", "month", (12, 12)),
        ("200 a day over the past three months, totaling 9,000", "day", (84, 93)),
        ("200 guests a day for 30 days, 9,000 guests in all", "day", (30, 30)),
        ("200 dollars a month, or about 9,000 a year", "month", (12, 12)),
        ("200 each week within six months, altogether about 9,000", "week", (24, 186 / 7)),
    ],
)
def test_a_rate_its_time_and_its_total_are_read(text: str, per: str, times: tuple[float, float]) -> None:
    """Months and years have as many days as they may have."""
    (found,) = found_in(text, "200", "9,000")
    assert (found.rate.figure, found.per, found.total.figure) == ("200", per, "9,000")
    assert found.times == pytest.approx(times)


@pytest.mark.parametrize(
    "text",
    [
        "200 people came in a day, a total of 9,000 for 30 days",
        "200 a day came, a total of 9,000",
        "200 a day came for 30 days, and 9,000 left",
        "200 a day came for 30 days and for 40 days, a total of 9,000",
        "200 a day came for 0 days, a total of 9,000",
    ],
)
def test_where_one_of_the_three_lacks_nothing_is_read(text: str) -> None:
    """No time, no total, two times, no rate, no time at all."""
    assert found_in(text, "200", "9,000") == []


def test_two_rates_are_ambiguous() -> None:
    """Then nothing tells which of them made the total."""
    assert found_in("200 a day and 80 a week for 30 days, a total of 9,000", "200", "80", "9,000") == []
