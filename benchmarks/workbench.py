"""How fast the workbench answers with a large case, ten readers and a reviewer: every page and every filter.

The case is made up: 20,000 reports with 100,000 claims. Ten readers go through all addresses without pause while a
reviewer decides about two claims a second, which is derived behind. The server has been up for a moment, and has shown
every page once. Beside it stands the bare query of the same rows.
"""

import sqlite3
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

from benchmarks.workbench_addresses import addresses, left_out
from benchmarks.workbench_case import REPORTS, fill
from benchmarks.workbench_load import PATIENCE, READERS, Answer, Ask, ask, reviewing, served
from tallystick.storage.opening import FILE
from tallystick.workbench.rooms import ROOMS

__all__ = ["main", "table"]

SECONDS = 45.0
# What the 95th percentile of every address has to stay under, in milliseconds.
LIMIT = 200.0
# The first status of an answer that is none.
BAD = 400
# A page of claims as bare SQL, without anything around it.
PEER = "SELECT * FROM claims WHERE position IN (SELECT position FROM listing ORDER BY position LIMIT 50)"
PEER_OF = "/claims"
REPEATS = 30


def table(answers: Iterable[Answer]) -> list[str]:
    """Give a line for each address: answers, milliseconds (median, 95th, 99th percentile), kB, and what is wrong."""
    held: defaultdict[str, list[Answer]] = defaultdict(list)
    for answer in answers:
        held[answer.name].append(answer)
    return [_line(name, own) for name, own in sorted(held.items(), key=lambda one: -_of_hundred(one[1], 95))]


def _line(name: str, own: Sequence[Answer]) -> str:
    middle, most, last = (_of_hundred(own, share) for share in (50, 95, 99))
    failed = sum(answer.status >= BAD for answer in own)
    wrong = ("  SLOW" if most > LIMIT else "") + (f"  {failed} FAILED" if failed else "")
    size = statistics.mean(answer.size for answer in own) / 1e3
    return f"{middle:7.0f} {most:7.0f} {last:7.0f} ms {size:6.0f} kB {len(own):5}  {name}{wrong}"


def _of_hundred(own: Sequence[Answer], share: int) -> float:
    """Milliseconds under which so many of a hundred answers were."""
    times = sorted(answer.seconds for answer in own)
    return times[min(len(times) - 1, len(times) * share // 100)] * 1e3


def measure(folder: Path, seconds: float = SECONDS, readers: int = READERS) -> None:
    """Print what the workbench does with the case at `folder` under load."""
    asked = addresses(ROOMS, folder)
    print(f"workbench: {len(asked)} addresses; not measured: {', '.join(left_out(ROOMS)) or 'none'}")
    with served(folder) as (address, costs):
        alone = _alone(address, asked)
        with reviewing(address, _chosen(folder)) as reviewed:
            start = time.perf_counter()
            answers = ask(address, asked, seconds, readers=readers)
            taken = time.perf_counter() - start
    print("\n".join(["workbench: median 95th 99th percentile, size, answers", *table(answers)]))
    slow = sum(line.endswith("SLOW") for line in table(answers))
    taken_in = sum(status < BAD for status in reviewed)
    print(
        f"workbench: {readers} readers, {taken_in} of {len(reviewed)} reviews taken: {len(answers) / taken:.0f} answers"
        f" a second, 95th percentile {_of_hundred(answers, 95):.0f} ms, {slow} addresses over {LIMIT:.0f} ms;"
        f" server {costs[0].memory:.0f} MB, {costs[0].seconds / len(answers) * 1e3:.0f} ms of a processor an answer"
    )
    bare = _bare(folder)
    print(f"workbench: {PEER_OF} for one reader {alone:.1f} ms; its rows as bare SQL {bare:.1f} ms")


def _chosen(folder: Path) -> list[str]:
    """Claims of reports far from one another, of which a reviewer decides about the first."""
    with sqlite3.connect(f"{(folder / FILE).resolve().as_uri()}?mode=ro", uri=True) as db:
        found = db.execute("SELECT id FROM claims WHERE position % 97 = 1 AND standing = 'extracted'")
        return [name for (name,) in found]


def _alone(address: str, asked: Sequence[Ask]) -> float:
    """Milliseconds of a page for one reader with the server to itself, the least of many; shows every page once."""
    with httpx.Client(base_url=address, timeout=PATIENCE, trust_env=False) as client:
        for one in {each.name: each for each in asked}.values():
            client.get(one.address)
        return min(client.get(PEER_OF).elapsed.total_seconds() for _ in range(REPEATS)) * 1e3


def _bare(folder: Path) -> float:
    """Milliseconds of the same rows by SQL alone; the least of many."""
    times = []
    with sqlite3.connect(f"{(folder / FILE).resolve().as_uri()}?mode=ro", uri=True) as db:
        for _ in range(REPEATS):
            start = time.perf_counter()
            db.execute(PEER).fetchall()
            times.append(time.perf_counter() - start)
    return min(times) * 1e3


def main(arguments: Sequence[str] = ()) -> None:
    """Make the case and measure; arguments: a number of reports, or a folder with a case that is there already."""
    given = arguments[0] if arguments else str(REPORTS)
    if not given.isdigit():
        measure(Path(given))
        return
    with TemporaryDirectory() as folder:
        start = time.perf_counter()
        fill(Path(folder) / "case", int(given))
        print(f"workbench: a case of {int(given):,} reports made in {time.perf_counter() - start:.0f} s", flush=True)
        measure(Path(folder) / "case")


if __name__ == "__main__":
    main(sys.argv[1:])
