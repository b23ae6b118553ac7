"""A case of many claims: how fast it is loaded, and how fast it answers ten readers while somebody writes.

The case has 100,000 claims, on SQLite; `python -m benchmarks.case_of_a_million` takes a million, and PostgreSQL too.
Loading is beside bare inserts of the same claims; times are by the clock, since two processes share the work.
"""

import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.case_of_a_million import LIMIT, READERS, fill, measure, percentile
from benchmarks.measured import TENFOLD, Measured, peak, say
from benchmarks.million_case import FIGURES, reports

__all__ = ["measured"]

CLAIMS = 100_000
# Claims a second that loading has to reach.
WANTED = 20_000
# Seconds for which readers ask.
SECONDS = 20.0


def measured(scratch: Path) -> Iterator[Measured]:
    """Give claims a second, and the 95th percentile of what readers wait."""
    with TemporaryDirectory(dir=scratch) as here:
        less = fill(f"{here}/small", CLAIMS // TENFOLD)
        say(f"{CLAIMS:,} claims")
        case = f"{here}/large"
        with peak() as memory:
            filled = fill(case, CLAIMS)
        bare = _bare(Path(here, "bare.sqlite"))
        rate = filled.claims / filled.loading
        yield Measured(
            "loading", f"{filled.claims:,} claims loaded with their reports", rate, "claims/s", memory.megabytes,
            filled.loading / less.loading, "goal", WANTED, 1,
        )  # fmt: skip
        yield Measured(
            "loading", "with what is derived of them, and indexes", filled.claims / filled.whole, "claims/s",
            memory.megabytes, filled.whole / less.whole, "bare insert", filled.claims / bare,
        )  # fmt: skip
        answers, _ = measure(case, SECONDS)
    waited = [one.seconds * 1e3 for one in answers]
    rate = len(waited) / SECONDS
    yield Measured(
        "loading", f"95th percentile of {rate:.0f} answers/s to {READERS} readers and a writer", percentile(waited, 95),
        "ms", None, None, "limit", LIMIT, 1,
    )  # fmt: skip


def _bare(path: Path) -> float:
    """Seconds in which the bare fields of the same reports and claims, made up meanwhile, are in a file of SQLite."""
    start = time.perf_counter()
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE documents (id PRIMARY KEY, text, outlet, published)")
        db.execute("CREATE TABLE claims (id PRIMARY KEY, told)")
        for report in reports(0, CLAIMS // FIGURES):
            own = report.found.document
            row = (own.id, own.text, own.outlet, own.published)
            db.execute("INSERT INTO documents VALUES (?, ?, ?, ?)", row)
            db.executemany("INSERT INTO claims VALUES (?, ?)", [(one.id, repr(one)) for one in report.claims])
    db.close()
    return time.perf_counter() - start
