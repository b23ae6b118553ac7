"""Calendar arithmetic: pure dates in, EDTF strings out."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.values import dates

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))


def test_first_half_of_a_year() -> None:
    """The first half runs from January to June."""
    assert dates.half(2024, 1) == "2024-01/2024-06"


def test_quarter() -> None:
    """The fourth quarter runs from October to December."""
    assert dates.quarter(2023, 4) == "2023-10/2023-12"


@pytest.mark.parametrize(
    ("name", "expected"),
    [("autumn", "2024-09/2024-11"), ("winter", "2024-12/2025-02"), ("spring", "2024-03/2024-05")],
)
def test_seasons(name: str, expected: str) -> None:
    """A season is three months, and winter ends in the next year."""
    assert dates.season(2024, name) == expected


def test_no_such_day() -> None:
    """A day that the calendar lacks is None."""
    assert dates.day(2023, 2, 29) is None


@pytest.mark.parametrize(("text", "expected"), [(None, None), ("soon", None), ("2024-06-17T10:00Z", date(2024, 6, 17))])
def test_published_date(text: str | None, expected: date | None) -> None:
    """A time is cut to its day; what is no date is None."""
    assert dates.published_date(text) == expected


def test_interval_of_equal_ends_is_one_date() -> None:
    """An interval with one end is that date."""
    assert dates.interval("2024", "2024") == "2024"


def test_interval_takes_outer_ends() -> None:
    """Intervals given as ends contribute their outer ends."""
    assert dates.interval("2024-01/2024-03", "2024-10/2024-12") == "2024-01/2024-12"


def test_month_before_january() -> None:
    """The month before January lies in the year before."""
    assert dates.month_away(date(2024, 1, 31), -1) == "2023-12"


def test_last_week() -> None:
    """Last week runs from Monday to Sunday."""
    assert dates.week(date(2024, 6, 19), -1) == "2024-06-10/2024-06-16"


def test_weekend() -> None:
    """On a Monday the weekend is the two days before."""
    assert dates.weekend(date(2024, 6, 17)) == "2024-06-15/2024-06-16"


def test_year_of_a_month_back() -> None:
    """A month later in the year than the anchor is last year's when looked for in the past."""
    assert dates.nearest_year(date(2024, 3, 1), 12) == 2023
    assert dates.nearest_year(date(2024, 3, 1), 2, ahead=True) == 2025


@given(DAYS, st.integers(0, 6), st.booleans(), st.booleans())
def test_weekday_lies_within_a_week_on_its_side(anchor: date, of: int, ahead: bool, strict: bool) -> None:
    """The weekday found is that weekday, at most seven days off, on the side asked for."""
    found = dates.weekday(anchor, of, ahead=ahead, strict=strict)
    away = (found - anchor).days if ahead else (anchor - found).days
    assert found.weekday() == of
    assert (1 if strict else 0) <= away <= (7 if strict else 6)


@given(DAYS, st.integers(-30, 30))
def test_months_away_add_up(anchor: date, away: int) -> None:
    """Going there and back gives the month of the anchor."""
    there = date.fromisoformat(dates.month_away(anchor, away) + "-01")
    assert dates.month_away(there, -away) == dates.month(anchor.year, anchor.month)
