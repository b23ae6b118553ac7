"""Run stages: their names come in, what they measured goes out. Each runs in a process of its own."""

import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias, cast

from benchmarks.measured import Measured, Skipped, Stage

__all__ = ["FAILED", "STAGES", "Found", "run"]

Found: TypeAlias = Measured | Skipped

# In the order of a report's journey; each is a module of this package.
STAGES = (
    "archives", "pages", "extraction", "quantities", "recycling", "tracing", "fusion", "shootings", "screening",
    "growth", "million", "loading", "exports", "api", "workbench", "batch",
)  # fmt: skip
# How the reason begins why a stage that failed was not measured.
FAILED = "failed: "


def run(
    stages: Sequence[str], scratch: Path | None, after: Callable[[Sequence[Found]], None] = lambda _: None
) -> list[Found]:
    """Run stages, one after the other; what they need is made up in `scratch`, or in a folder that is removed.

    Args:
        stages: Their names.
        scratch: Where what they need stays for another run.
        after: Told after each stage all that was found until then, so that a run that is cut off leaves something.
    """
    found: list[Found] = []
    with ExitStack() as stack:
        folder = scratch or Path(stack.enter_context(TemporaryDirectory(prefix="tallystick-bench-")))
        folder.mkdir(parents=True, exist_ok=True)
        for name in stages:
            start = time.perf_counter()
            print(name, file=sys.stderr, flush=True)
            found.extend(_apart(name, folder))
            print(f"  {time.perf_counter() - start:.0f} s", file=sys.stderr, flush=True)
            after(found)
    return found


def _apart(name: str, scratch: Path) -> list[Found]:
    """A stage in a process of its own; one whose process dies is told as such, so that the others are not lost."""
    try:
        with ProcessPoolExecutor(1, get_context("spawn")) as pool:
            return pool.submit(_stage, name, scratch).result()
    except BrokenProcessPool as error:
        return [Skipped(name, f"{FAILED}{error}")]


def _stage(name: str, scratch: Path) -> list[Found]:
    """All that a stage finds; where it fails, what it found before that."""
    found: list[Found] = []
    try:
        found.extend(cast("Stage", import_module(f"benchmarks.{name}")).measured(scratch))
    except Exception as error:  # noqa: BLE001 - the edge of a batch of stages, each of which stands for itself
        found.append(Skipped(name, f"{FAILED}{type(error).__name__}: {error}"))
    return found
