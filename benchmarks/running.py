"""Run stages: their names come in, what they measured goes out. Each runs in a process of its own."""

import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

from benchmarks.measured import Measured, Skipped, Stage

__all__ = ["FAILED", "STAGES", "run"]

# In the order of a report's journey; each is a module of this package.
STAGES = (
    "archives", "pages", "extraction", "quantities", "recycling", "tracing", "fusion", "shootings", "screening",
    "growth", "million", "exports", "api", "workbench", "batch",
)  # fmt: skip
# How the reason begins why a stage that failed was not measured.
FAILED = "failed: "


def run(stages: Sequence[str], scratch: Path | None) -> tuple[list[Measured], list[Skipped]]:
    """Run stages, one after the other; what they need is made up in `scratch`, or in a folder that is removed."""
    rows: list[Measured] = []
    skipped: list[Skipped] = []
    with ExitStack() as stack:
        folder = scratch or Path(stack.enter_context(TemporaryDirectory(prefix="tallystick-bench-")))
        folder.mkdir(parents=True, exist_ok=True)
        for name in stages:
            start = time.perf_counter()
            print(name, file=sys.stderr, flush=True)
            for one in _apart(name, folder):
                if isinstance(one, Measured):
                    rows.append(one)
                else:
                    skipped.append(one)
            print(f"  {time.perf_counter() - start:.0f} s", file=sys.stderr, flush=True)
    return rows, skipped


def _apart(name: str, scratch: Path) -> list[Measured | Skipped]:
    """A stage in a process of its own; one that fails is told as such, so that the others are not lost."""
    try:
        with ProcessPoolExecutor(1, get_context("spawn")) as pool:
            return pool.submit(_stage, name, scratch).result()
    except Exception as error:  # noqa: BLE001 - the edge of a batch of stages, each of which stands for itself
        return [Skipped(name, f"{FAILED}{type(error).__name__}: {error}")]


def _stage(name: str, scratch: Path) -> list[Measured | Skipped]:
    stage = cast("Stage", import_module(f"benchmarks.{name}"))
    return list(stage.measured(scratch))
