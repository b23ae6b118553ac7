"""What a batch of a month of the world's news takes, by the constants that were measured: `python -m benchmarks.costs`.

Every constant is a figure of a run that `docs/scale.md` describes; what is reckoned from them is an extrapolation. The
table in that page is what this prints.
"""

from dataclasses import dataclass
from typing import NamedTuple

from tallystick.batch.summing import CORE_HOUR

__all__ = ["MEASURED", "MONTH", "Constants", "Month", "Taken", "table", "taken"]

HOUR = 3600.0
MACHINES = (1, 10, 100)


@dataclass(frozen=True, slots=True)
class Constants:
    """What was measured, on two cores of one machine.

    Attributes:
        scan: Compressed MB of WARC that a core goes through in a second, pages told by their bytes.
        bearing: Seconds of a core for a page that bears on the dossier: reading, extraction, signatures, Parquet.
        gain: How much faster two workers are than one.
        join: Seconds in which one process finds the blocks of 1,000 reports and brings them to their parts.
        derive: Seconds in which one process derives a block of 1,000 reports.
        growth: Exponent by which that grows with the reports of a block.
        hands: How much faster two processes of one machine derive a block than one.
        line: MB that a machine fetches in a second, where the archives are not on its disk: a line of 1 Gbit/s.
    """

    scan: float
    bearing: float
    gain: float
    join: float
    derive: float
    growth: float
    hands: float
    line: float


@dataclass(frozen=True, slots=True)
class Month:
    """What is to be read: assumptions, not measurements.

    Attributes:
        pages: Pages of the archives.
        megabytes: Their compressed size.
        bearing: Share of the pages that bears on the dossier.
        block: Share of these that is in the largest block.
    """

    pages: int
    megabytes: int
    bearing: float
    block: float


class Taken(NamedTuple):
    """What so many machines take, in seconds; `dollars` at the price of a core that a batch assumes."""

    machines: int
    reading: float
    fetching: float
    joining: float
    deriving: float
    whole: float
    dollars: float


MEASURED = Constants(
    scan=113.0, bearing=0.0241, gain=1.86, join=0.2, derive=4.0, growth=1.1, hands=1.15, line=125.0
)  # fmt: skip
MONTH = Month(pages=20_000_000, megabytes=500_000, bearing=0.002, block=0.25)
CORES = 2


def taken(month: Month, machines: int, by: Constants = MEASURED) -> Taken:
    """Reckon what a month takes on machines of two cores.

    Args:
        month: What is read.
        machines: How many there are.
        by: What was measured.
    """
    reports = month.pages * month.bearing
    work = month.megabytes / by.scan + reports * by.bearing
    reading = work / (by.gain * machines)
    fetching = month.megabytes / (by.line * machines)
    joining = reports / 1000 * by.join
    # A block gets as many of the workers as it has of the reports, of one machine.
    helped = CORES * machines * month.block >= CORES
    largest = by.derive * (reports * month.block / 1000) ** by.growth / (by.hands if helped else 1.0)
    rest = by.derive * reports * (1 - month.block) / 1000 / (by.gain * machines)
    deriving = max(largest, rest)
    whole = max(reading, fetching) + joining + deriving
    return Taken(
        machines, reading, fetching, joining, deriving, whole, whole / HOUR * machines * CORES * CORE_HOUR
    )  # fmt: skip


def table(month: Month = MONTH) -> str:
    """Give the table of 1, 10 and 100 machines as Markdown."""
    lines = [
        "| machines of two cores | reading | fetching | joining | deriving | in all | dollars |",
        "|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for machines in MACHINES:
        one = taken(month, machines)
        times = " | ".join(_time(value) for value in one[1:6])
        lines.append(f"| {machines} | {times} | {one.dollars:.2f} |")
    return "\n".join(lines)


def _time(seconds: float) -> str:
    if seconds >= HOUR:
        return f"{seconds / HOUR:.1f} h"
    return f"{seconds / 60:.1f} min" if seconds >= 60 else f"{seconds:.0f} s"


if __name__ == "__main__":
    print(table())
