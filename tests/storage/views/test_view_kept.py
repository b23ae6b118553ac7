"""Counts that are kept: shown while the case is the same, counted anew when it is not, dear ones more seldom."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from tallystick.storage.stores.address import case_address
from tallystick.storage.views import kept
from tallystick.storage.views.kept import Kept
from tallystick.storage.views.view import Task, View


class Clock:
    """A clock that goes when it is told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def monotonic(self) -> float:
        """Give the time."""
        return self.now

    def thread_time(self) -> float:
        """Give the time of the processor, which has nothing else to do."""
        return self.now


@pytest.fixture(autouse=True)
def counted_at_once() -> None:
    """Nothing: here counts are dear as they are."""


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock that counts are timed by."""
    made = Clock()
    monkeypatch.setattr(kept, "time", made)
    return made


def a_view(mark: int, folder: str = "case", aside: list[Task] | None = None, *, exact: bool = False) -> View:
    """A view of a case in some state; what it has done aside is listed."""
    waiting = [] if aside is None else aside
    return cast("View", SimpleNamespace(address=Path(folder), mark=mark, aside=waiting.append, exact=exact))


class Counting:
    """Counts how often it is asked to count, and takes its time."""

    def __init__(self, clock: Clock, seconds: float = 0.0) -> None:
        self.times = 0
        self._clock, self._seconds = clock, seconds

    def __call__(self, _view: Any) -> int:
        """Count."""
        self.times += 1
        self._clock.now += self._seconds
        return self.times


def test_the_same_state_is_counted_once(clock: Clock) -> None:
    """Whoever asks again gets what was counted, at any later time."""
    held, count = Kept[int](), Counting(clock, 1.0)
    assert held.of(a_view(1), "all", count) == 1
    clock.now += 1_000
    assert held.of(a_view(1), "all", count) == 1


def test_what_is_cheap_is_counted_at_every_change(clock: Clock) -> None:
    """Nothing small is ever behind."""
    held, count = Kept[int](), Counting(clock, kept.CHEAP / 2)
    assert [held.of(a_view(mark), "all", count) for mark in (1, 2, 3)] == [1, 2, 3]


def test_what_is_dear_is_counted_anew_only_after_a_while(clock: Clock) -> None:
    """With a change each moment, counting takes its share of the time and no more."""
    held, count, aside = Kept[int](), Counting(clock, 1.0), list[Task]()
    assert held.of(a_view(1, aside=aside), "all", count) == 1
    clock.now += 1.0 / kept.SHARE - 0.1
    assert held.of(a_view(2, aside=aside), "all", count) == 1
    assert not aside
    clock.now += 0.2
    assert held.of(a_view(3, aside=aside), "all", count) == 1
    aside.pop()(a_view(3))
    assert held.of(a_view(3, aside=aside), "all", count) == 2


def test_a_share_can_be_another(clock: Clock) -> None:
    """What need not be of this state is kept for longer; what asks for this very state gets it, and others too then."""
    held, count = Kept[int](share=0.01), Counting(clock, 1.0)
    assert held.of(a_view(1), "all", count) == 1
    clock.now += 90
    assert held.of(a_view(2), "all", count) == 1
    assert held.now(a_view(2), "all", count) == 2
    assert held.now(a_view(2), "all", count) == 2
    assert held.of(a_view(2), "all", count) == 2


def test_counts_of_other_things_and_other_cases_are_others(clock: Clock) -> None:
    """A count is found by what it is of, and by its case."""
    held, count = Kept[int](), Counting(clock)
    assert held.of(a_view(1), "one", count) == 1
    assert held.of(a_view(1), "other", count) == 2
    assert held.of(a_view(1, "another"), "one", count) == 3
    assert held.of(a_view(1), "one", count) == 1


def test_the_least_lately_asked_for_is_given_up(clock: Clock) -> None:
    """Memory has an end."""
    held, count = Kept[int](most=2), Counting(clock)
    for what in ("a", "b", "a", "c"):
        held.of(a_view(1), what, count)
    assert count.times == 3
    held.of(a_view(1), "a", count)
    assert count.times == 3
    held.of(a_view(1), "b", count)
    assert count.times == 4


def test_a_count_that_fails_leaves_nothing_behind(clock: Clock) -> None:
    """The next one who asks counts again."""
    held, count = Kept[int](), Counting(clock)

    def failing(_view: View) -> int:
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="disk"):
        held.of(a_view(1), "all", failing)
    assert held.of(a_view(1), "all", count) == 1


def test_nobody_waits_for_what_was_counted_lately(clock: Clock) -> None:
    """It is counted beside, once, for whoever comes after that."""
    held, count, aside = Kept[int](), Counting(clock, 0.1), list[Task]()
    assert held.of(a_view(1, aside=aside), "all", count) == 1
    clock.now += 0.1 / kept.SHARE + 1
    assert held.of(a_view(2, aside=aside), "all", count) == 1
    assert held.of(a_view(3, aside=aside), "all", count) == 1
    (task,) = aside
    task(a_view(4))
    assert held.of(a_view(4, aside=aside), "all", count) == 2
    assert len(aside) == 1


def test_after_a_pause_the_truth_is_waited_for(clock: Clock) -> None:
    """What was counted long ago is not shown of a case that has changed."""
    held, count, aside = Kept[int](), Counting(clock, 0.1), list[Task]()
    assert held.of(a_view(1, aside=aside), "all", count) == 1
    clock.now += 0.1 / kept.SHARE + kept.LATELY + 1
    assert held.of(a_view(2, aside=aside), "all", count) == 2
    assert aside == []


def test_an_exact_view_is_never_shown_an_earlier_state(clock: Clock) -> None:
    """However dear it is: a program that has just written asks for what is there by now."""
    held, aside = Kept[int](), list[Task]()
    count = Counting(clock, seconds=2.0)
    assert held.of(a_view(1, aside=aside, exact=True), "all", count) == 1
    assert held.of(a_view(2, aside=aside, exact=True), "all", count) == 2
    assert held.of(a_view(2, aside=aside, exact=True), "all", count) == 2
    # Who need not have it exact goes on being shown what was counted shortly before.
    assert held.of(a_view(3, aside=aside), "all", count) == 2
    assert held.of(a_view(3, aside=aside, exact=True), "all", count) == 3
    assert aside == []


def test_what_a_database_counts_is_timed_by_the_clock(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its processor is another one: what takes long there is dear, though this one has nothing to do."""
    monkeypatch.setattr(clock, "thread_time", lambda: 0.0)
    counts: Kept[int] = Kept()
    here, there = Counting(clock, 1.0), Counting(clock, 1.0)
    address = case_address("postgresql://desk@db.example/case")
    views = [cast("View", SimpleNamespace(address=address, mark=mark, aside=[].append, exact=False)) for mark in (1, 2)]
    assert [counts.of(view, "all", there) for view in views] == [1, 1]
    assert [counts.of(a_view(mark), "all", here) for mark in (1, 2)] == [1, 2]
