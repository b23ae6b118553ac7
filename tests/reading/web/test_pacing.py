"""Distances between requests, and waits after failures."""

from datetime import UTC, datetime
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.reading.web.pacing import INTERVAL, LEFT_ALONE, LONGEST_WAIT, Pace, Trouble, backoff, retry_after
from website import NOW, Time


def test_one_host_is_left_alone_for_a_while() -> None:
    """The second request to it waits; one to another host does not, nor one that comes late."""
    time = Time()
    pace = Pace(time.sleep, time.monotonic)
    pace.wait("a.example")
    pace.wait("b.example")
    assert time.slept == []
    time.now += 0.5
    pace.wait("a.example")
    assert time.slept == [INTERVAL - 0.5]
    time.now += 60
    pace.wait("a.example", 10.0)
    assert len(time.slept) == 1
    pace.wait("a.example")
    assert time.slept[1:] == [10.0]


@given(st.integers(1, 10_000), st.integers())
def test_a_wait_is_doubled_spread_and_bounded(failures: int, seed: int) -> None:
    """Between half and the whole of 2, 4, 8 ... seconds, up to an hour."""
    whole = min(LONGEST_WAIT, 2.0 ** min(failures, 40))
    assert whole / 2 <= backoff(failures, Random(seed)) <= whole  # noqa: S311


def test_the_same_chance_gives_the_same_waits() -> None:
    """Chance is passed in."""
    assert backoff(3, Random(5)) == backoff(3, Random(5))  # noqa: S311
    assert backoff(3, Random(5)) != backoff(3, Random(6))  # noqa: S311


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0), (" 0 ", 0.0), ("Tue, 17 Jun 2025 09:00:00 GMT", 3_600.0),
        ("Tue, 17 Jun 2025 07:00:00 GMT", 0.0),
        ("Tue, 17 Jun 2025 11:00:00 +0200", 3_600.0), ("-5", None), ("soon", None), ("", None), (None, None),
        ("9" * 5_000, None), ("Tue, 99 Jun 99999 09:00:00 GMT", None),
    ],
)  # fmt: skip
def test_retry_after_is_seconds_or_a_date(value: str | None, seconds: float | None) -> None:
    """Everything else asks for nothing."""
    assert retry_after(value, NOW) == seconds


@given(st.text(max_size=60))
def test_no_text_makes_retry_after_raise(value: str) -> None:
    """A header is whatever a server writes."""
    found = retry_after(value, datetime(2025, 1, 1, tzinfo=UTC))
    assert found is None or found >= 0


def test_a_host_that_fails_again_and_again_is_left_alone_for_a_while() -> None:
    """Three addresses in a row; one that answers lets it start anew, and so does time."""
    time = Time()
    trouble = Trouble(time.monotonic)
    for failed in (True, True, False, True, True):
        trouble.note("a.example", failed=failed)
        assert not trouble.of("a.example")
    trouble.note("a.example", failed=True)
    assert trouble.of("a.example")
    assert not trouble.of("b.example")
    time.now += LEFT_ALONE + 1
    assert not trouble.of("a.example")
    trouble.note("a.example", failed=True)
    assert trouble.of("a.example")
