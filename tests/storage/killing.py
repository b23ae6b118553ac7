"""Runs that are killed at moments drawn by lot and taken up again; for `test_interruption`, in a process of its own.

Takes a folder, a number of documents and a number of kills; prints one JSON object about what came of it.
"""

import json
import os
import signal
import sys
from collections import Counter
from pathlib import Path
from random import Random
from time import monotonic, sleep

from tallystick.pipeline import run
from tallystick.storage.case import REPORT, Case
from tallystick.storage.verifying import verify

SEED = 7
# Each run goes on where the last was killed: of as many as the first number, all are killed early and so lie all over
# the reading; the rest are killed anywhere, and so in what comes after it.
EARLY, ANYWHERE = 20, 5
# Of the time of a run that is left in peace.
SOON, LATE = 0.08, 0.5
PLACES = ("Kursk", "Belgorod", "Sudzha", "Rylsk")
KINDS = ("sappers", "builders", "soldiers")


def inputs(folder: Path, number: int) -> Path:
    """Write a file of `number` small reports, one in a language that is not read, and two bad lines."""
    chance = Random(SEED)  # noqa: S311 - a seed that repeats
    path = folder / "reports.jsonl"
    with path.open("w", encoding="utf-8") as stream:
        for one in range(number):
            text = (
                f"The ministry said on {1 + one % 28} March 2025 that {chance.randrange(100, 9000):,}"
                f" {chance.choice(KINDS)} had arrived in {chance.choice(PLACES)}."
            )
            report = {"id": f"r-{one}", "text": text, "published": "2025-03-28", "outlet": f"Press {one % 9}"}
            if one == number // 2:
                report |= {"text": "Il ministro ha detto che 300 soldati sono arrivati.", "language": "it"}
                stream.write('{"id": "no text"}\nno json\n')
            stream.write(json.dumps(report) + "\n")
    return path


def killed(reports: Path, case: Path, seconds: float) -> bool:
    """Run in a child and kill it after `seconds`; whether it was killed before it was done."""
    child = os.fork()
    if child == 0:
        try:
            run([reports], case, "dprk-russia")
        finally:
            os._exit(0)
    sleep(seconds)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def faults_of(case: Path, reports: int) -> list[str]:
    """Everything that is wrong with a case after its last run."""
    with Case.open(case, read_only=True) as opened:
        found = [f"{one.subject}: {one.reason}" for one in verify(opened).faults]
        log = Counter((entry.action, entry.subject) for entry in opened.custody())
    for action in ("reading", "extraction"):
        once = [number for (done, _), number in log.items() if done == action]
        if once != [1] * reports:
            found.append(f"{action}: {len(once)} documents, {sum(once)} entries")
    left = [path.name for path in case.rglob("*.part")]
    return found + left


def main(folder: Path, number: int, kills: int) -> None:
    """Make a case in peace, then cases that are killed again and again and then finished."""
    run([inputs(folder, 2)], folder / "warm", "dprk-russia")
    reports = inputs(folder, number)
    chance = Random(SEED)  # noqa: S311 - a seed that repeats
    begun = monotonic()
    peace = run([reports], folder / "peace", "dprk-russia")
    whole = monotonic() - begun
    page = (folder / "peace" / REPORT).read_bytes()
    wrong: list[str] = []
    stages: Counter[str] = Counter()
    for one in range(kills // (EARLY + ANYWHERE)):
        case = folder / f"case-{one}"
        for latest in (SOON,) * EARLY + (LATE,) * ANYWHERE:
            while not killed(reports, case, whole * latest * chance.random()):
                stages["too late"] += 1
            held = sum(path.is_file() for path in (case / "evidence").rglob("*"))
            stages["while reading" if held < number else "after it"] += 1
        outcome = run([reports], case)
        wrong += faults_of(case, number)
        if outcome.ledger != peace.ledger:
            wrong.append(f"{case.name}: the ledger is another")
        if (case / REPORT).read_bytes() != page:
            wrong.append(f"{case.name}: the report is another")
    sys.stdout.write(json.dumps({"wrong": wrong, "stages": stages}) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
