"""A batch over the made-up CC-NEWS: pages a second, what two workers gain, memory of a worker, one result for all.

Each batch runs in a process of its own, begun and ended by it with its workers, as `tallystick batch` is; its times are
by the clock. `python -m benchmarks.batch FOLDER 200000` measures a larger press.
"""

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import partial
from importlib.util import find_spec
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from fastwarc.warc import ArchiveIterator, WarcRecordType

from benchmarks.archives import bare
from benchmarks.ccnews.corpus import PAGES_A_FILE, archives, truth, write
from benchmarks.measured import TENFOLD, Measured, Skipped, by_turns, peak, say
from benchmarks.table import aligned
from tallystick.batch.engines.choosing import engine_named
from tallystick.batch.engines.engine import EngineName
from tallystick.batch.jobs import Lost
from tallystick.batch.running import Request, State, batch
from tallystick.dossiers.loading import load
from tallystick.extraction.extraction import extract
from tallystick.model.document import Failure
from tallystick.model.dossier import Dossier
from tallystick.reading.reading import read

__all__ = ["measured"]

DOSSIER = "dprk-russia"
# Of fewer pages the start of two workers takes too large a part: at 200,000 it is 3 seconds of some 40.
PAGES = 50_000
# Bytes of a shard: small enough that two workers end at about the same time.
SHARD = 16_000_000
REPEATS = 2
# What two workers have to gain, and how much more memory a worker may take with ten times the pages.
GAIN, FLAT = 1.7, 1.1
# Seconds after which a batch counts as stuck.
PATIENCE = 600
# Seconds that an engine has to leave in.
LEAVE = 30
# The engines beside the plain one, with the package that each needs.
OTHERS = ((EngineName.DAFT, "daft"), (EngineName.RAY, "ray"))


class _Ran(NamedTuple):
    """What a batch took and gave.

    Attributes:
        seconds: By the clock, from the command to the report.
        driver: MB of the process that gives out the work, above rest.
        worker: MB that a worker had at most while it read shards, with Python's.
        digest: Of the results.
        documents: Reports that it found.
        stages: Seconds of the workers by stage.
    """

    seconds: float
    driver: float
    worker: float
    digest: str
    documents: int
    stages: tuple[tuple[str, float], ...]


class _Silent:
    """Nobody is told how far a batch is."""

    def show(self, state: State) -> None:
        """Say nothing."""

    def fail(self, lost: Lost) -> None:
        """Tell what is wrong."""
        raise AssertionError(f"{lost.name}: {lost.reason}")


def measured(scratch: Path, pages: int = PAGES) -> Iterator[Measured | Skipped]:
    """Give the figures of batches over `pages` pages, and over a tenth of them."""
    press, small = scratch / f"press-{pages}", scratch / f"press-{pages // TENFOLD}"
    for folder, count in ((press, pages), (small, pages // TENFOLD)):
        say(f"{count:,} pages are made up")
        write(folder, count)
    yield from _bearing(press, scratch)
    less, first = _run(small, EngineName.LOCAL, 1), _run(press, EngineName.LOCAL, 1, most=1)
    say(f"{pages:,} pages by one worker, by two")
    alone, both = _run(press, EngineName.LOCAL, 1), _run(press, EngineName.LOCAL, 2)
    for stage, spent in alone.stages:
        say(f"one worker: {spent:8.2f} s {stage}")
    (unpacked,) = by_turns(1, partial(bare, archives(press)))
    yield Measured(
        "batch", f"{pages:,} pages from WARC to Parquet, one worker", pages / alone.seconds, "pages/s", alone.driver,
        alone.seconds / less.seconds, "fastwarc alone", pages / unpacked,
    )  # fmt: skip
    yield Measured(
        "batch", "the same, two workers", pages / both.seconds, "pages/s", both.driver, None, "one worker",
        pages / alone.seconds, GAIN,
    )  # fmt: skip
    # Beside the first archive, in which what libraries load once is loaded: word lists of 34 MB that one page in some
    # 4,000 asks for are no growth with the pages, and fewer pages may not ask for them.
    yield Measured(
        "batch", f"memory of a worker that reads, {pages:,} pages", alone.worker, "MB", None, None,
        f"{min(pages, PAGES_A_FILE):,} pages", first.worker, FLAT,
    )  # fmt: skip
    bears = sum(true.bears for true in truth(press))
    yield Measured(
        "batch", "pages found that bear on the dossier", alone.documents, "pages", beside="truth", theirs=bears
    )
    yield from _engines(press, pages, both)


def _engines(press: Path, pages: int, local: _Ran) -> Iterator[Measured | Skipped]:
    """The other engines: their speed beside the plain one's, and how many give the same."""
    asked, same = 1, 1
    for engine, package in OTHERS:
        if find_spec(package) is None:
            yield Skipped("batch", f"{package} is not installed (extras batch and cluster)")
            continue
        say(f"{engine}, two workers")
        ran = _run(press, engine, 2)
        asked, same = asked + 1, same + (ran.digest == local.digest)
        yield Measured(
            "batch", f"the same, two workers, {engine}", pages / ran.seconds, "pages/s", ran.driver, None, "local",
            pages / local.seconds,
        )  # fmt: skip
    yield Measured("batch", "engines with the same digest", same, "engines", None, None, "engines", asked, 1)


def _run(press: Path, engine: EngineName, workers: int, *, most: int | None = None) -> _Ran:
    """One batch over the archives of a press, or the first of them."""
    context = get_context("spawn")
    with TemporaryDirectory(dir=press) as out:
        ours, theirs = context.Pipe()
        process = context.Process(target=_batch, args=(archives(press)[:most], engine, workers, Path(out), theirs))
        process.start()
        theirs.close()
        try:
            # Two clusters of Ray on one machine have been seen to wait for one another forever.
            if not ours.poll(PATIENCE):
                raise TimeoutError(f"{engine} gave no result in {PATIENCE:,} s")
            ran: _Ran = ours.recv()
            process.join(LEAVE)
        finally:
            process.kill()
            process.join()
    return ran


def _batch(files: Sequence[Path], engine: EngineName, workers: int, out: Path, pipe: Connection) -> None:
    """One batch, in a process that has had no other."""
    request = Request(tuple(map(str, files)), DOSSIER, str(out), SHARD)
    start = time.perf_counter()
    with peak() as memory, closing(engine_named(engine, workers)) as chosen:
        summary = batch(request, chosen, _Silent())
    spent = time.perf_counter() - start
    most = summary.counted.memory / 1e6
    pipe.send(
        _Ran(spent, memory.megabytes, most, summary.digest, summary.documents, summary.seconds)
    )  # fmt: skip


def _bearing(press: Path, scratch: Path) -> Iterator[Measured]:
    """Pages that bear on the dossier, read and extracted: what they cost beyond the search for them."""
    path = scratch / "bearing.warc"
    count = _kept(press, path)
    dossier = load(DOSSIER)
    claims = _extracted(path, dossier)
    with peak() as memory:
        reading, whole = by_turns(REPEATS, partial(_documents, path), partial(_extracted, path, dossier))
    yield Measured(
        "batch", f"pages that bear, read and extracted, {claims / count:.0f} claims each", count / whole, "pages/s",
        memory.megabytes, None, "read alone", count / reading,
    )  # fmt: skip


def _kept(press: Path, path: Path) -> int:
    """Keep the pages that bear on the dossier as an archive of their own, and count them."""
    bears = {true.url for true in truth(press) if true.bears}
    with path.open("wb") as out:
        for archive in archives(press):
            with archive.open("rb") as stream:
                for record in ArchiveIterator(stream, record_types=WarcRecordType.response, parse_http=False):
                    if record.headers["WARC-Target-URI"] in bears:
                        record.write(out)
    return len(bears)


def _documents(path: Path) -> int:
    return sum(1 for _ in read([str(path)]))


def _extracted(path: Path, dossier: Dossier) -> int:
    return sum(len(extract(one.document, dossier)) for one in read([str(path)]) if not isinstance(one, Failure))


def main() -> None:
    """Print the table of a press of a size of one's own: `python -m benchmarks.batch FOLDER PAGES`."""
    scratch, pages = Path(sys.argv[1]), int(sys.argv[2])
    scratch.mkdir(parents=True, exist_ok=True)
    rows = [one for one in measured(scratch, pages) if isinstance(one, Measured)]
    print(aligned(rows))


if __name__ == "__main__":
    main()
