"""The one table of the benchmarks: figures, ratios and what was missed, and the stages that there are."""

import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path

import pytest
from benchmarks.measured import Measured, Skipped, peak, together
from benchmarks.running import FAILED, STAGES, run
from benchmarks.table import Run, aligned, results

from tallystick.batch.forking import Forked

FAST = Measured("reading", "pages read", 1_200, "pages/s", 12.5, 9.8, "a peer", 1_000, 0.5)
SLOW = Measured("workbench", "95th percentile", 231, "ms", beside="limit", theirs=200, wanted=1)
PLAIN = Measured("fusion", "values: right", 0.9853, "of 1")
MEGABYTES = 40


def test_of_a_cost_less_is_better_and_of_a_rate_more() -> None:
    """A ratio over what is wanted is good for the one and bad for the other."""
    assert (FAST.ratio, FAST.missed) == (1.2, False)
    assert FAST._replace(reached=400).missed
    assert SLOW.missed
    assert not SLOW._replace(reached=200).missed
    assert PLAIN.ratio is None
    assert not PLAIN.missed


def test_the_table_is_aligned_and_names_what_was_missed() -> None:
    """Figures to the right, words to the left, each under its head."""
    head, _, fast, slow, plain = aligned([FAST, SLOW, PLAIN]).splitlines()
    assert (
        fast.split() == "reading pages read 1,200 pages/s 12.5 MB 9.80 a peer 1,000 pages/s 1.20 at least 0.5".split()
    )
    assert slow.split()[-6:] == "ms 1.16 at most 1, MISSED".split()
    assert "0.985 of 1" in plain
    assert head.index("reached") + len("reached") == fast.index("pages/s") + len("pages/s")


def test_the_results_tell_the_machine_the_versions_and_what_was_not_measured() -> None:
    """All that a reader needs to judge a figure."""
    told = results(Run("2026-01-01 10:00 UTC", 12.3, (0.5, 1.5), [FAST, SLOW], [Skipped("fusion", "no set is here")]))
    assert "2026-01-01 10:00 UTC, in 12 minutes" in told
    assert f"Python {sys.version.split()[0]}" in told
    assert "cores" in told
    assert "| reading | pages read | 1,200 pages/s |" in told
    assert "- fusion: no set is here" in told


def test_memory_is_measured_above_rest_and_an_earlier_peak_is_forgotten() -> None:
    """What was held before the block does not count, nor what was given back."""
    with peak() as first:
        held = bytearray(b"x") * (MEGABYTES * 1_000_000)
    with peak() as second:
        del held
    assert first.megabytes > MEGABYTES * 0.9
    assert second.megabytes < MEGABYTES / 2


def test_the_memory_of_a_process_that_one_forks_counts_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """While it runs; what both hold counts once."""
    monkeypatch.setattr("tallystick.batch.forking.os.cpu_count", lambda: 2)
    with together() as both:
        Forked(2).each([_hold, _hold])
    assert MEGABYTES * 1.8 < both.megabytes < MEGABYTES * 3


def _hold() -> None:
    held = bytearray(b"x") * (MEGABYTES * 1_000_000)
    time.sleep(0.5)
    del held


def test_every_stage_can_be_run() -> None:
    """Each name is a module that measures."""
    for name in STAGES:
        assert callable(import_module(f"benchmarks.{name}").measured)


def test_a_stage_that_fails_does_not_take_the_others_with_it(tmp_path: Path) -> None:
    """It is told as not measured, with its error."""
    told: list[int] = []
    found = run(["measured", "quantities"], tmp_path, lambda until_now: told.append(len(until_now)))
    assert [one.stage for one in found if isinstance(one, Skipped) and one.why.startswith(FAILED)] == ["measured"]
    assert {one.stage for one in found if isinstance(one, Measured)} == {"quantities"}
    assert told == [1, len(found)]


def test_an_unknown_stage_is_refused_with_the_names_of_those_there_are() -> None:
    """Before anything is measured."""
    asked = subprocess.run(
        [sys.executable, "-m", "benchmarks", "scanning"], capture_output=True, text=True, check=False
    )
    assert asked.returncode == 2
    assert "no stage is named scanning; the stages are archives" in asked.stderr
