"""EDTF dates become spans of days."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.values.periods import gap, period


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("2025-06-17", date(2025, 6, 17), date(2025, 6, 17)),
        ("2025-06-17T08:00:00Z", date(2025, 6, 17), date(2025, 6, 17)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("../2019", date(2019, 1, 1), date(2019, 12, 31)),
        ("2024-01/..", date(2024, 1, 1), date(2024, 1, 31)),
        ("2024-01/2024-06", date(2024, 1, 1), date(2024, 6, 30)),
        ("2025-10-01/2025-10-10~", date(2025, 10, 1), date(2025, 10, 10)),
    ],
)
def test_an_edtf_date_has_a_first_and_a_last_day(edtf: str, first: date, last: date) -> None:
    """Years, months, days and intervals are closed spans."""
    assert period(edtf) == (first.toordinal(), last.toordinal())


@pytest.mark.parametrize("edtf", [None, "", "../..", "2025-13", "2025-02-30", "June", "2025/2024", "9" * 500, "²"])
def test_what_is_no_date_has_no_days(edtf: str | None) -> None:
    """Days that no calendar has and junk give None."""
    assert period(edtf) is None


def test_an_uncertain_end_may_lie_further_out() -> None:
    """By the slack that the caller gives, at the marked end alone."""
    exact, wide = period("2024-05-01/2024-05-31~"), period("2024-05-01/2024-05-31~", slack=31)
    assert exact is not None
    assert wide is not None
    assert (wide.first, wide.last) == (exact.first, exact.last + 31)


@given(st.text(max_size=60))
def test_no_text_breaks_it(text: str) -> None:
    """Any text gives days or None."""
    found = period(text)
    assert found is None or found.first <= found.last


def test_the_gap_is_counted_between_the_nearest_days() -> None:
    """A month touches its own days; two days apart are two, in either order."""
    june, day, later = period("2025-06"), period("2025-06-17"), period("2025-07-02")
    assert june is not None
    assert day is not None
    assert later is not None
    assert gap(june, day) == 0
    assert gap(june, later) == gap(later, june) == 2
