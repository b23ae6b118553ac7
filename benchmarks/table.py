"""Show what was measured: records come in, an aligned table and `RESULTS.md` go out."""

import os
import platform
from collections.abc import Iterable, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NamedTuple

from benchmarks.measured import Measured, Skipped

__all__ = ["RESULTS", "Run", "aligned", "results"]

RESULTS = Path(__file__).with_name("RESULTS.md")
HEADS = ("stage", "measured", "reached", "memory", "growth", "beside", "theirs", "ratio", "wanted")
# Columns of words; the others are figures, and stand to the right.
WORDS = (0, 1, 5)
# Figures from here on are told without decimals.
WHOLE, TENTHS = 100, 10
GIGABYTE = 1024**3
# What the stages are measured beside, and the rest of what figures depend on.
PACKAGES = (
    "fastwarc", "trafilatura", "quantulum3", "rensa", "datasketch", "pyarrow", "daft", "ray", "psycopg", "sqlalchemy",
    "lxml", "numpy",
)  # fmt: skip
PEERS = """\
- **fastwarc alone** unpacks every record of the same archive and reads its bytes, and does nothing with them.
- **trafilatura alone** gives the text and the metadata of the same page (`bare_extraction`), and no parts of it.
- **quantulum3** reads values and units of measure of the same sentences; it does not read who counts what, nor changes.
- **rensa** and **datasketch alone** make signatures of 128 permutations and ask an index at 0.5 for each text, as their
  users write it; they verify no pair.
- **exhaustive count** compares all pairs. **plain voting** counts which value most sources give. **MaxEnt, published**
  is what the authors of that set reached on it.
- **bare loop** asks of every claim and provision whether a word of the one is in the other; **examined anew** screens
  all claims again.
- **bare SQL**, **bare jsonl** and **bare insert** are Python's `sqlite3` with the same rows and nothing around it;
  **bare parquet** and **bare csv** are pyarrow and `csv` with the same rows.
- **traced at once** is the same in one process, without blocks. **one worker** is the same batch with one process,
  **local** the same with a plain pool of two; **truth** is what the generator of the press says of its pages; **read
  alone** reads the same pages and extracts nothing.
- **English** is the same extraction on English articles of the same length.
- **limit** and **goal** are figures that the project promises, no program.
"""


class Run(NamedTuple):
    """A run of the benchmarks.

    Attributes:
        begun: The day and time, UTC.
        minutes: How long it took.
        load: How many processes wanted a core when it began, and when it ended.
        rows: What was measured.
        skipped: What could not be.
    """

    begun: str
    minutes: float
    load: tuple[float, float]
    rows: Sequence[Measured]
    skipped: Sequence[Skipped]


def aligned(rows: Iterable[Measured]) -> str:
    """Give the table as text, its columns aligned."""
    cells = [HEADS, *map(_cells, rows)]
    widths = [max(len(line[at]) for line in cells) for at in range(len(HEADS))]
    lines = ["  ".join(_padded(cell, at, widths[at]) for at, cell in enumerate(line)).rstrip() for line in cells]
    return "\n".join([lines[0], "-" * max(map(len, lines)), *lines[1:]])


def results(run: Run) -> str:
    """Give the text of `RESULTS.md`."""
    cells = [HEADS, tuple("---" if at in WORDS else "---:" for at in range(len(HEADS))), *map(_cells, run.rows)]
    table = "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |" for line in cells)
    skipped = "\n".join(f"- {one.stage}: {one.why}" for one in run.skipped) or "- nothing"
    before, after = run.load
    return f"""\
# What was measured

Written by `make bench` (`python -m benchmarks`) on {run.begun}, in {run.minutes:.0f} minutes; do not edit. One stage
alone: `python -m benchmarks archives`; `python -m benchmarks --list` names them all.

{_machine()} When the run began {before:.1f} processes wanted a core, when it ended
{after:.1f} (averages of a minute): what else the machine did slows both sides of a ratio, and stretches every figure
that is no ratio.

{_versions()}

{table}

- **memory**: the most above what the process had at rest, in MB. **growth**: the time at ten times the size by the time
  at the size, where 10 is linear and 1 is flat. Figures of one process are by the time of its core, which other work
  stretches least; those of several by the clock.
- **ratio**: what was reached by the peer's figure in the same run. Of a cost (ms, s, MB, bytes) less is better, of
  everything else more. **wanted** is what the project promises of the ratio, with MISSED where it was not reached.

## Beside what

{PEERS}
## Not measured in this run

{skipped}
"""


def _cells(row: Measured) -> tuple[str, ...]:
    """A record as the cells of a line."""
    unit = f" {row.unit}"
    wanted = ""
    if row.wanted is not None:
        wanted = f"{'at most' if row.costs else 'at least'} {row.wanted:g}{', MISSED' if row.missed else ''}"
    return (
        row.stage,
        row.what,
        _figure(row.reached) + unit,
        "" if row.memory is None else f"{_figure(row.memory)} MB",
        "" if row.growth is None else _figure(row.growth),
        row.beside,
        "" if row.theirs is None else _figure(row.theirs) + unit,
        "" if row.ratio is None else f"{row.ratio:.2f}",
        wanted,
    )


def _figure(value: float) -> str:
    if value >= WHOLE:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= TENTHS else f"{value:.2f}" if value >= 1 else f"{value:.3f}"


def _padded(cell: str, at: int, width: int) -> str:
    return cell.ljust(width) if at in WORDS else cell.rjust(width)


def _machine() -> str:
    """One sentence on the machine."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / GIGABYTE
    return (
        f"The machine: {os.cpu_count()} cores ({_model()}), {memory:.0f} GiB of memory, {platform.system()} "
        f"{platform.release()}."
    )


def _model() -> str:
    """The processor's name, as far as the system tells it."""
    told = Path("/proc/cpuinfo")
    lines = told.read_text(encoding="utf-8").splitlines() if told.exists() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor() or platform.machine())


def _versions() -> str:
    """One sentence on the programs."""
    found = []
    for name in PACKAGES:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            found.append(f"{name} not installed")
    return f"Tallystick {version('tallystick')} on Python {platform.python_version()}, with {', '.join(found)}."
