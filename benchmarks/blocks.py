"""What a block of reports takes to be joined and traced: `python -m benchmarks.blocks FOLDER 1000 2000 8000`.

The reports are those of the made-up CC-NEWS that bear on the dossier, which makes one block of them; each size is
measured in a process of its own, by one hand and by two. The constants of `docs/scale.md` come from here.
"""

import os
import pickle
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from itertools import count, islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

from benchmarks.ccnews.corpus import write_page
from benchmarks.ccnews.stories import plan
from benchmarks.measured import say, together
from tallystick.batch.deriving_parts import derive_part
from tallystick.batch.engines.local import LocalEngine
from tallystick.batch.jobs import DeriveJob, Limits, Lost, Rules, Subject
from tallystick.batch.joining import join, spread
from tallystick.batch.marking import LAYOUT, markers
from tallystick.batch.places import Folder
from tallystick.batch.reading_shards import SHARDS
from tallystick.batch.running import Request, State, batch
from tallystick.batch.shards import shards
from tallystick.dossiers.loading import load
from tallystick.pipeline import VERSION

__all__: list[str] = []

DOSSIER = "dprk-russia"
SHARD = 4_000_000
HANDS = (1, 2)


class _Took(NamedTuple):
    """What a block took.

    Attributes:
        join: Seconds by the clock to find it and to bring its reports to their part.
        derive: Seconds by the clock to derive it.
        memory: MB of the processes that did, above rest.
    """

    join: float
    derive: float
    memory: float


class _Silent:
    """Nobody is told how far a batch is."""

    def show(self, state: State) -> None:
        """Say nothing."""

    def fail(self, lost: Lost) -> None:
        """Tell what is wrong."""
        raise AssertionError(f"{lost.name}: {lost.reason}")


def main() -> None:
    """Print a line for each size and number of hands."""
    scratch = Path(sys.argv[1])
    for reports in map(int, sys.argv[2:]):
        folder = scratch / f"block-{reports}"
        folder.mkdir(parents=True, exist_ok=True)
        archive = folder / "bearing.warc.gz"
        if not archive.exists():
            say(f"{reports:,} reports are made up")
            _write(archive, reports)
        with closing(LocalEngine(os.cpu_count() or 1)) as engine:
            batch(Request((str(archive),), DOSSIER, str(folder / "out"), SHARD), engine, _Silent())
        for hands in HANDS:
            took = _apart(archive, folder / "out", hands)
            print(
                f"{reports:,} reports, {hands} hands: join {took.join:.2f} s, derive {took.derive:.2f} s, "
                f"{took.memory * 1000 / reports:.0f} kB a report",
                flush=True,
            )


def _write(archive: Path, reports: int) -> None:
    """The first pages of the press that bear on the dossier, as an archive of their own."""
    part = archive.with_suffix(".part")
    with part.open("wb") as stream:
        for own in islice((own for own in map(plan, count()) if own.bears), reports):
            write_page(stream, own, archive.name)
    part.rename(archive)


def _apart(archive: Path, out: Path, hands: int) -> _Took:
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_measure, args=(archive, out, hands, theirs))
    process.start()
    theirs.close()
    took: _Took = ours.recv()
    process.join()
    return took


def _measure(archive: Path, out: Path, hands: int, pipe: Connection) -> None:
    dossier = load(DOSSIER)
    rules = Rules(dossier.name, dossier.sha256, VERSION, LAYOUT)
    subject = Subject(rules, pickle.dumps(dossier))
    done: Sequence[str] = [one.id for one in shards((str(archive),), SHARD)]
    folder = Folder(str(out))
    told = markers(folder, [f"{SHARDS}/{name}" for name in done], rules)
    begun = time.perf_counter()
    joined = join(folder, done, rules, (one["digest"] for one in told.values()))
    spread(folder, done, joined.parts)
    join_took = time.perf_counter() - begun
    jobs = [DeriveJob(part, str(out), Limits(), hands) for part in joined.parts]
    with together() as memory:
        for job in jobs:
            derive_part(job, subject)
    begun = time.perf_counter()
    for job in jobs:
        derive_part(job, subject)
    pipe.send(_Took(join_took, time.perf_counter() - begun, memory.megabytes))


if __name__ == "__main__":
    main()
