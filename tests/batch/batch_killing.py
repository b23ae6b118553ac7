"""Batches whose driver or workers are killed at moments drawn by lot; for `test_batch_resume`, in a process of its own.

Takes a folder and a number of kills; prints one JSON object about what came of it.
"""

import json
import os
import shutil
import signal
import sys
from collections import Counter
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from random import Random
from time import monotonic, sleep

from batch_results import Heard
from crawl import DOSSIER, pages, written
from tallystick.batch.engines.local import LocalEngine
from tallystick.batch.running import Request, batch

SEED = 5
# Bytes of a shard: some two dozen of them, so that every kill meets some that are done and some that are not.
SHARD = 2_500
# Of the time of a batch that is left in peace.
SOON, LATE = 0.15, 0.9
# Seconds in which the workers of a driver that was killed must be gone.
GONE = 20.0


def drive(crawl: Path, out: Path) -> None:
    """Do a batch with two workers."""
    engine = LocalEngine(2)
    try:
        batch(Request((str(crawl),), DOSSIER, str(out), SHARD), engine, Heard())
    finally:
        engine.close()


def begun(crawl: Path, out: Path) -> int:
    """Begin a batch in a child."""
    child = os.fork()
    if child == 0:
        try:
            drive(crawl, out)
        finally:
            os._exit(0)
    return child


def children(process: int) -> list[int]:
    """The workers of a driver."""
    found: list[int] = []
    with suppress(FileNotFoundError):
        for task in Path(f"/proc/{process}/task").iterdir():
            with suppress(FileNotFoundError, ProcessLookupError):
                found.extend(map(int, (task / "children").read_text().split()))
    return sorted(found)


def lives(process: int) -> bool:
    """Whether a process of that number is there and works."""
    with suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def results(out: Path) -> dict[str, str]:
    """The digests of all files but those that tell how long it took, and of nothing unfinished."""
    return {
        str(path.relative_to(out)): sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.suffix not in (".json", ".md")
    }


def main() -> None:
    """Kill, resume, compare."""
    folder, kills = Path(sys.argv[1]), int(sys.argv[2])
    chance = Random(SEED)  # noqa: S311 - a seed that repeats
    crawl = folder / "crawl"
    written(crawl / "a.warc.gz", pages(60))
    written(crawl / "b.jsonl", pages(90)[60:])
    start = monotonic()
    drive(crawl, folder / "peace")
    whole = monotonic() - start
    expected, told = results(folder / "peace"), Counter[str]()
    wrong: list[str] = []
    while told["driver"] + told["worker"] < kills:
        out = folder / "killed"
        driver = begun(crawl, out)
        while True:
            sleep(chance.uniform(SOON, LATE) * whole)
            workers = children(driver)
            what = "driver" if told["driver"] < told["worker"] else "worker"
            if not lives(driver) or (what == "worker" and not workers):
                break
            os.kill(driver if what == "driver" else chance.choice(workers), signal.SIGKILL)
            told[what] += 1
            if what == "driver" or told["driver"] + told["worker"] >= kills:
                break
        os.waitpid(driver, 0)
        patience = monotonic() + GONE
        while any(map(lives, workers)):
            if monotonic() > patience:
                wrong.append("a worker goes on without its driver")
                break
            sleep(0.1)
        if (out / "report.json").exists():
            told["finished"] += 1
            if results(out) != expected:
                wrong.append("a batch that was killed ends otherwise")
            shutil.rmtree(out)
    drive(crawl, folder / "killed")
    if results(folder / "killed") != expected:
        wrong.append("the last batch ends otherwise")
    print(json.dumps({"wrong": wrong, "told": told, "shards": len(list((folder / "peace" / "shards").glob("*.json")))}))  # noqa: T201


if __name__ == "__main__":
    main()
