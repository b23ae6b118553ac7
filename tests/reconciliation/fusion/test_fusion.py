"""What comes of weighing observations: votes where nothing tells sources apart, records of sources where much does."""

from collections.abc import Sequence

import pytest

from tallystick.model.observation import Fusion, Observation, Tolerance
from tallystick.reconciliation.fusion.fusion import fuse

TEN = Tolerance(10.0)
DAY = Tolerance(10.0, period=1440.0)
PERCENT = Tolerance(0.01, relative=True)


def said(*values: str, tolerance: Tolerance | None = None, subject: str = "bridge") -> list[Observation]:
    """One observation a value, each by a source of its own."""
    return [Observation(f"s{at}", subject, "length", value, tolerance) for at, value in enumerate(values)]


def resolved(observations: Sequence[Observation]) -> str:
    """The value of the only question."""
    (one,) = fuse(observations).resolved
    return one.value


def test_nothing_gives_nothing() -> None:
    """No observations, no values, no sources."""
    assert fuse([]) == Fusion((), ())


def test_a_single_source_is_believed_with_doubt() -> None:
    """Its value is the value; nobody confirms it."""
    (one,) = fuse(said("410")).resolved
    assert (one.value, one.support, one.sources) == ("410", 1, 1)
    assert 0.5 < one.confidence < 0.99


def test_the_majority_of_three_wins() -> None:
    """With no record of anybody it is plain voting."""
    found = fuse(said("410", "430", "410"))
    (one,) = found.resolved
    assert (one.value, one.support, one.sources) == ("410", 2, 3)
    assert one.confidence > 0.5


def test_a_vote_within_the_tolerance_is_support() -> None:
    """Two near values outvote two equal ones that a third source has not."""
    assert resolved(said("700", "708", "716", "900", "900", tolerance=TEN)) == "708"


def test_of_near_values_the_one_in_the_middle_wins() -> None:
    """All support one another, none is said twice."""
    assert resolved(said("13", "10", "12", tolerance=TEN)) == "12"


def test_a_tie_falls_to_the_least() -> None:
    """Two figures with one supporter each: the same one in any order."""
    assert resolved(said("90", "100", tolerance=Tolerance(1.0))) == "90"
    assert resolved(said("100", "90", tolerance=Tolerance(1.0))) == "90"
    assert resolved(said("b9", "b10")) == "b9"


def test_times_are_near_around_midnight() -> None:
    """23:58 and 0:03 support each other on the circle of a day, and on no line."""
    assert resolved(said("1438", "3", "700", "0", "711", tolerance=DAY)) in {"1438", "0", "3"}
    (one,) = fuse(said("1438", "3", "0", tolerance=DAY)).resolved
    assert one.support == 3
    assert max(one.support for one in fuse(said("1438", "3", tolerance=TEN)).resolved) == 1


def test_a_time_may_be_written_a_day_later() -> None:
    """1443 minutes after midnight is three minutes after the next."""
    (one,) = fuse(said("1443", "3", tolerance=DAY)).resolved
    assert one.support == 2
    assert one.value == "3"


def test_a_percentage_grows_with_the_value() -> None:
    """Ten of a thousand are within one percent, ten of a hundred are not."""
    (large,) = fuse(said("1000", "1010", tolerance=PERCENT)).resolved
    (small,) = fuse(said("100", "110", tolerance=PERCENT)).resolved
    assert (large.support, small.support) == (2, 1)


def test_texts_are_compared_as_they_stand() -> None:
    """Without a tolerance 7 and 7.0 are two values; with one they are the same number."""
    assert fuse(said("7", "7.0")).resolved[0].support == 1
    numbers = fuse(said("7.0", "7", tolerance=Tolerance(0.0))).resolved[0]
    assert (numbers.support, numbers.value) == (2, "7")


def test_texts_and_numbers_may_stand_side_by_side() -> None:
    """A word without a tolerance answers the same question as figures with one."""
    both = [*said("700", "705", tolerance=TEN), Observation("s9", "bridge", "length", "canceled")]
    (one,) = fuse(both).resolved
    assert (one.value, one.sources) == ("700", 3)


def test_a_word_with_a_tolerance_is_refused() -> None:
    """No word is near a number."""
    with pytest.raises(ValueError, match="'soon' has a tolerance and is no number"):
        fuse(said("soon", "12", tolerance=TEN))


def test_an_observation_told_twice_counts_once() -> None:
    """A row that is repeated is no second source."""
    (one,) = fuse([*said("410"), *said("410"), *said("410")]).resolved
    assert (one.support, one.sources) == (1, 1)
