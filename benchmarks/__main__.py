"""Run the benchmarks and show one table: `python -m benchmarks [STAGE...]`.

Each stage runs in a process of its own, so that the memory of one is not that of another. The table goes to standard
output, what goes on to standard error; a run of all stages writes `RESULTS.md`, after each of them.
"""

import os
import sys
import time
from argparse import ArgumentParser
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from benchmarks.measured import Measured, Skipped
from benchmarks.running import FAILED, STAGES, Found, run
from benchmarks.table import RESULTS, Run, aligned, results

__all__: list[str] = []


def main() -> int:
    """Run what was asked for; 1 where a stage failed."""
    parser = ArgumentParser(prog="python -m benchmarks", description="Measure speed and memory beside peers.")
    parser.add_argument("stages", nargs="*", metavar="STAGE", help="which to run (all of them)")
    parser.add_argument("--list", action="store_true", help="list the stages")
    parser.add_argument("--scratch", type=Path, help="keep what is made up for the stages in this folder")
    asked = parser.parse_args()
    if asked.list:
        print("\n".join(STAGES))
        return 0
    if unknown := [name for name in asked.stages if name not in STAGES]:
        parser.error(f"no stage is named {', '.join(unknown)}; the stages are {', '.join(STAGES)}")
    begin = _Begin(time.perf_counter(), os.getloadavg()[0], datetime.now(UTC))
    found = run(asked.stages or STAGES, asked.scratch, _shown if asked.stages else begin.write)
    print(aligned([one for one in found if isinstance(one, Measured)]))
    skipped = [one for one in found if isinstance(one, Skipped)]
    for one in skipped:
        print(f"{one.stage}: not measured: {one.why}", file=sys.stderr)
    return int(any(one.why.startswith(FAILED) for one in skipped))


class _Begin(NamedTuple):
    """When a run of all stages began, by two clocks, and what else the machine did then."""

    clock: float
    load: float
    day: datetime

    def write(self, found: Sequence[Found]) -> None:
        """Write what was found until now."""
        _shown(found)
        rows = [one for one in found if isinstance(one, Measured)]
        skipped = [one for one in found if isinstance(one, Skipped)]
        minutes = (time.perf_counter() - self.clock) / 60
        whole = Run(f"{self.day:%Y-%m-%d %H:%M} UTC", minutes, (self.load, os.getloadavg()[0]), rows, skipped)
        RESULTS.write_text(results(whole), encoding="utf-8")


def _shown(found: Sequence[Found]) -> None:
    """Show the rows of the last stage while the others run."""
    own = [one for one in found if isinstance(one, Measured) and one.stage == found[-1].stage]
    print(aligned(own), file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
