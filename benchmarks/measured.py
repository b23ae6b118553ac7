"""What a benchmark gives: one record a figure, and the means to measure time and memory in the same way everywhere.

A stage is a module with a function `measured(scratch)`: it takes a folder that all stages of a run share and gives its
records. It says on standard error what it does; `python -m benchmarks` makes one table of all records.
"""

import gc
import os
import resource
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

__all__ = [
    "COSTS",
    "SETS",
    "TENFOLD",
    "Measured",
    "Peak",
    "Skipped",
    "Stage",
    "by_turns",
    "peak",
    "say",
    "seconds",
    "together",
]

# Units of which less is better; of all others more is.
COSTS = ("ms", "s", "MB", "bytes")
# By what the larger size of a growth is larger than the smaller one.
TENFOLD = 10
# The public sets, which are beside the checkout where they are there at all.
SETS = Path(__file__).resolve().parents[2] / "shared" / "bench"
# Seconds between two looks at the memory of other processes.
LOOK = 0.1
# Where Linux tells the memory of a process, and what makes it forget the most that it had.
STATUS, FORGET = Path("/proc/self/status"), Path("/proc/self/clear_refs")


class Measured(NamedTuple):
    """One figure of a stage.

    Attributes:
        stage: The stage's name on the command line.
        what: What was measured.
        reached: The figure: best of a few runs where it is a time or a rate.
        unit: Of the figure: "pages/s", "ms".
        memory: The most memory above what the process had at rest, in MB.
        growth: The time at ten times the size by the time at the size; 10 is linear, 1 is flat.
        beside: Whom or what it is measured beside: a peer that did the same work in the same run, or a limit.
        theirs: The peer's figure or the limit, in the same unit.
        wanted: The least ratio of `reached` to `theirs` that is promised, of a cost the most; None where none is.
    """

    stage: str
    what: str
    reached: float
    unit: str
    memory: float | None = None
    growth: float | None = None
    beside: str = ""
    theirs: float | None = None
    wanted: float | None = None

    @property
    def costs(self) -> bool:
        """Whether less is better."""
        return self.unit in COSTS

    @property
    def ratio(self) -> float | None:
        """How many times the peer's figure, or what share of a limit, was reached."""
        return self.reached / self.theirs if self.theirs else None

    @property
    def missed(self) -> bool:
        """Whether less than what is promised was reached, of a cost more."""
        if self.ratio is None or self.wanted is None:
            return False
        return self.ratio > self.wanted if self.costs else self.ratio < self.wanted


class Skipped(NamedTuple):
    """A stage, or a part of one, that could not be measured here, and why."""

    stage: str
    why: str


class Stage(Protocol):
    """A module of a stage."""

    def measured(self, scratch: Path) -> Iterator[Measured | Skipped]:
        """Give its figures; `scratch` is a folder that all stages of a run share."""


@dataclass
class Peak:
    """The most memory above rest, in MB; 0 until it was measured."""

    megabytes: float = 0.0


@contextmanager
def peak() -> Iterator[Peak]:
    """Measure the memory of this process while the block runs, above what it had before."""
    gc.collect()
    found = Peak()
    # Linux alone can forget the peak; elsewhere an earlier, higher one hides a later one.
    if STATUS.exists():
        FORGET.write_text("5", encoding="ascii")
        before = _status("VmRSS")
        yield found
        found.megabytes = max(0.0, _status("VmHWM") - before)
    else:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        yield found
        found.megabytes = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1e3


@contextmanager
def together() -> Iterator[Peak]:
    """Measure the memory of this process and of those that it begins while the block runs, above what it had before.

    Pages that they share count once. Linux alone tells it, and looking takes time: the block is not to be timed.
    """
    found, over, before = Peak(), threading.Event(), _family()

    def look() -> None:
        while not over.wait(LOOK):
            found.megabytes = max(found.megabytes, _family() - before)

    watching = threading.Thread(target=look, daemon=True)
    watching.start()
    try:
        yield found
    finally:
        over.set()
        watching.join()


def _family() -> float:
    """MB of this process and of those that it has begun."""
    found = _shared(os.getpid())
    for listed in Path("/proc/self/task").glob("*/children"):
        # A thread or a child may end between two looks.
        with suppress(OSError, StopIteration):
            found += sum(_shared(int(child)) for child in listed.read_text(encoding="ascii").split())
    return found


def _shared(process: int) -> float:
    """MB of a process, of pages that several have its share."""
    return _status("Pss", Path(f"/proc/{process}/smaps_rollup"))


def _status(name: str, status: Path = STATUS) -> float:
    """A line of the status of a process that is a size, in MB."""
    lines = status.read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) / 1e3 for line in lines if line.startswith(f"{name}:"))


def seconds(job: Callable[[], object]) -> float:
    """Give the seconds of a processor that a job takes in this process: other work stretches them least."""
    start = time.process_time()
    job()
    return time.process_time() - start


def by_turns(repeats: int, *jobs: Callable[[], object]) -> tuple[float, ...]:
    """Give the least `seconds` of each job, done by turns: what else the machine does must not fall on one alone."""
    best = [float("inf")] * len(jobs)
    for _ in range(repeats):
        for turn, job in enumerate(jobs):
            best[turn] = min(best[turn], seconds(job))
    return tuple(best)


def say(text: str) -> None:
    """Tell on standard error what goes on."""
    print(f"  {text}", file=sys.stderr, flush=True)
