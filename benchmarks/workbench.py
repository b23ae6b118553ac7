"""How fast the workbench answers with a large case, ten readers and a reviewer: every page and every filter.

The case is made up: 5,000 reports with 25,000 claims. Ten readers go through all addresses without pause while a
reviewer decides about two claims a second, which is derived behind. The server has been up for a moment, and has shown
every page once. Beside it stands the bare query of the same rows.
"""

import sqlite3
import statistics
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory
from typing import NamedTuple

import httpx

from benchmarks.measured import TENFOLD, Measured, say
from benchmarks.workbench_addresses import addresses, left_out
from benchmarks.workbench_case import REPORTS, made
from benchmarks.workbench_load import PATIENCE, READERS, Answer, Ask, ask, reviewing, served
from tallystick.storage.opening import FILE
from tallystick.workbench.rooms import ROOMS

__all__ = ["LIMIT", "Load", "measure", "measured", "table"]

SECONDS = 30.0
# What the 95th percentile of every address has to stay under, in milliseconds.
LIMIT = 200.0
# The first status of an answer that is none.
BAD = 400
# A page of claims as bare SQL, without anything around it.
PEER = "SELECT * FROM claims WHERE position IN (SELECT position FROM listing ORDER BY position LIMIT 50)"
PEER_OF = "/claims"
REPEATS = 30
# Of the slowest kinds of pages so many are told while it runs.
SHOWN = 5


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


def measured(scratch: Path) -> Iterator[Measured]:
    """Give answers a second under load, their 95th percentile, memory, and a page alone beside bare SQL."""
    with TemporaryDirectory(dir=scratch) as here:
        # Reviews change the case, which other stages read too.
        folder = Path(copytree(made(scratch), Path(here, "case")))
        small = made(scratch, REPORTS // TENFOLD)
        with served(small) as (address, _):
            earlier = _alone(address, addresses(ROOMS, small))
        load = measure(folder)
        bare = _bare(folder)
    lines = table(load.answers)
    for line in lines[:SHOWN]:
        say(line)
    slow = sum("SLOW" in line for line in lines)
    if failed := [line for line in lines if "FAILED" in line]:
        raise AssertionError(f"pages that fail: {failed}")
    say(f"{load.taken} reviews taken; {slow} of {len(lines)} kinds of pages over {LIMIT:.0f} ms")
    say(f"{load.processor:.0f} ms of a processor an answer")
    rate = len(load.answers) / load.seconds
    yield Measured(
        "workbench", f"95th percentile of {rate:.0f} answers/s to {READERS} readers beside a reviewer",
        _of_hundred(load.answers, 95), "ms", load.memory, None, "limit", LIMIT, 1,
    )  # fmt: skip
    yield Measured(
        "workbench", "claims listed for one reader", load.alone, "ms", None, load.alone / earlier, "bare SQL", bare
    )  # fmt: skip


class Load(NamedTuple):
    """What the workbench did under load.

    Attributes:
        answers: All that it gave.
        seconds: How long it was asked.
        taken: How many reviews it took meanwhile.
        alone: Milliseconds of a page of claims before that, for one reader.
        memory: MB of the server.
        processor: Milliseconds of a processor for an answer.
    """

    answers: Sequence[Answer]
    seconds: float
    taken: int
    alone: float
    memory: float
    processor: float


def measure(folder: Path, seconds: float = SECONDS, readers: int = READERS) -> Load:
    """Give what the workbench does with the case at `folder` under load."""
    asked = addresses(ROOMS, folder)
    say(f"{len(asked)} addresses; not measured: {', '.join(left_out(ROOMS)) or 'none'}")
    with served(folder) as (address, costs):
        alone = _alone(address, asked)
        with reviewing(address, _chosen(folder)) as reviewed:
            start = time.perf_counter()
            answers = ask(address, asked, seconds, readers=readers)
            spent = time.perf_counter() - start
    taken = sum(status < BAD for status in reviewed)
    return Load(answers, spent, taken, alone, costs[0].memory, costs[0].seconds / len(answers) * 1e3)


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
