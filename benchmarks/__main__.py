"""Run the benchmarks and show one table: `python -m benchmarks [STAGE...]`.

Each stage runs in a process of its own, so that the memory of one is not that of another. The table goes to standard
output, what goes on to standard error; a run of all stages writes `RESULTS.md`.
"""

import os
import sys
import time
from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.running import FAILED, STAGES, run
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
    start, load, begun = time.perf_counter(), os.getloadavg()[0], datetime.now(UTC)
    rows, skipped = run(asked.stages or STAGES, asked.scratch)
    print(aligned(rows))
    for one in skipped:
        print(f"{one.stage}: not measured: {one.why}", file=sys.stderr)
    if not asked.stages:
        minutes = (time.perf_counter() - start) / 60
        whole = Run(f"{begun:%Y-%m-%d %H:%M} UTC", minutes, (load, os.getloadavg()[0]), rows, skipped)
        RESULTS.write_text(results(whole), encoding="utf-8")
        print(f"written: {RESULTS}", file=sys.stderr)
    return int(any(one.why.startswith(FAILED) for one in skipped))


if __name__ == "__main__":
    sys.exit(main())
