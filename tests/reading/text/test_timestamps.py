"""Dates of exports, feeds and mails in ISO 8601."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.reading.text.timestamps import iso
from tallystick.values.dates import is_iso


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2025-06-17", "2025-06-17"),
        ("20250617", "2025-06-17"),
        ("20250617T081500Z", "2025-06-17T08:15:00Z"),
        ("20250617081500", "2025-06-17T08:15:00Z"),
        ("2025-06-17 08:15:00", "2025-06-17T08:15:00"),
        ("2025-06-17 08:15:00 UTC", "2025-06-17T08:15:00Z"),
        ("2025-06-17 08:15:00 +0300", "2025-06-17T08:15:00+03:00"),
        ("2025-06-17T08:15:00.250+03:00", "2025-06-17T08:15:00.250000+03:00"),
        (" Tue, 17 Jun 2025 08:15:00 GMT ", "2025-06-17T08:15:00Z"),
        ("Tue, 17 Jun 2025 08:15:00 +0300", "2025-06-17T08:15:00+03:00"),
        ("17 Jun 25 08:15 EST", "2025-06-17T08:15:00-05:00"),
        ("Tue, 17 Jun 2025 08:15:00 UTC", "2025-06-17T08:15:00Z"),
    ],
)
def test_a_date_of_another_program_comes_out_in_iso_8601(written: str, meant: str) -> None:
    """A zone stays as it is; a time without one gets none."""
    assert iso(written) == meant


@pytest.mark.parametrize(
    "written", ["", "last week", "17/06/2025", "06-17-2025", "2025-06-31", "20251317081500", "1" * 99]
)
def test_what_is_no_date_or_may_be_two_gives_none(written: str) -> None:
    """17/06 and 06/17 are not told apart by guesses."""
    assert iso(written) is None


@given(st.one_of(st.text(max_size=90), st.from_regex(r"[0-9TZ:+ .,a-zA-Z-]{1,40}", fullmatch=True)))
def test_any_text_gives_an_iso_date_or_none_fuzz(written: str) -> None:
    """Whatever is taken is a date that the rest of the program takes too."""
    found = iso(written)
    assert found is None or is_iso(found)
