"""How fast a large case leaves the program in every format, and in how much memory.

The case is made up: 5,000 reports with 25,000 claims. Each export is a process of its own, as `tallystick export`
is. Tables are beside the bare rows of the same claims out of SQLite, with nothing joined to them; for other formats
there is the limit of a minute for 100,000 claims.
"""

import csv
import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pyarrow as pa
from pyarrow import parquet

from benchmarks.measured import TENFOLD, Measured, by_turns, peak, say, seconds
from benchmarks.workbench_case import FIGURES, REPORTS, made
from tallystick.exporting.exporting import FORMATS
from tallystick.exporting.lines import encoded
from tallystick.exporting.subject import Subject
from tallystick.inquiry.whole import whole
from tallystick.pipeline import VERSION, subject_of
from tallystick.storage.case import Case
from tallystick.storage.opening import FILE

__all__ = ["measured"]

# Claims a second that every format has to reach, and the most memory above rest, in MB.
LIMIT = 100_000 / 60
MOST = 200.0
# The name under which the whole case is measured beside the formats.
WHOLE = "the whole case as jsonl"
# A format of settings, which holds no claim.
NO_CLAIMS = "datasette-metadata"
# Rows that the bare writer of Parquet holds at once, as ours does.
GROUP = 10_000


class _Cost(NamedTuple):
    """Seconds and MB of one export."""

    seconds: float
    megabytes: float


def measured(scratch: Path) -> Iterator[Measured]:
    """Give claims a second in each format, growth, memory, and the most memory of any."""
    small, large = made(scratch, REPORTS // TENFOLD), made(scratch)
    count = REPORTS * FIGURES
    bare = {name: count / by_turns(2, partial(job, large))[0] for name, job in BARE.items()}
    most = 0.0
    for name in (*(name for name in FORMATS if name != NO_CLAIMS), WHOLE):
        say(name)
        with ProcessPoolExecutor(1, get_context("spawn")) as pool:
            shorter, longer = (pool.submit(_export, folder, name).result() for folder in (small, large))
        most = max(most, longer.megabytes)
        beside, theirs, wanted = (f"bare {name}", bare[name], None) if name in bare else ("limit", LIMIT, 1)
        yield Measured(
            "exports", f"claims written, {name}", count / longer.seconds, "claims/s", longer.megabytes,
            longer.seconds / shorter.seconds, beside, theirs, wanted,
        )  # fmt: skip
    yield Measured("exports", "the most memory of any format", most, "MB", beside="limit", theirs=MOST, wanted=1)


def _export(folder: Path, name: str) -> _Cost:
    with TemporaryDirectory() as here, Case.open(folder, read_only=True) as case, peak() as memory:
        spent = seconds(partial(_written, case, name, Path(here, "out")))
    return _Cost(spent, memory.megabytes)


def _written(case: Case, name: str, path: Path) -> None:
    with path.open("wb") as out, case.streamed() as stream:
        if name == WHOLE:
            out.writelines(map(encoded, whole(case)))
            return
        dossier = subject_of(case)
        FORMATS[name].write(stream, Subject(dossier, VERSION, stream.changed(), dossier.sha256), out)


def _rows(folder: Path) -> Iterator[sqlite3.Row]:
    """The bare rows of the claims."""
    db = sqlite3.connect(f"file:{folder / FILE}?mode=ro", uri=True)
    db.row_factory = sqlite3.Row
    yield from db.execute("SELECT * FROM claims")
    db.close()


def _bare_jsonl(folder: Path) -> None:
    with TemporaryDirectory() as here, Path(here, "out").open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(dict(row)) + "\n" for row in _rows(folder))


def _bare_csv(folder: Path) -> None:
    with TemporaryDirectory() as here, Path(here, "out").open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(_rows(folder))


def _bare_parquet(folder: Path) -> None:
    """The rows as a table, written in groups."""
    table = pa.Table.from_pylist([dict(row) for row in _rows(folder)])
    with TemporaryDirectory() as here:
        parquet.write_table(table, Path(here, "out"), row_group_size=GROUP)


BARE: Mapping[str, Callable[[Path], None]] = {"csv": _bare_csv, "jsonl": _bare_jsonl, "parquet": _bare_parquet}
