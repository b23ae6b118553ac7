"""How fast a web archive is gone through for a dossier's terms, beside bare fastwarc on the same file.

The archives are those of the made-up CC-NEWS, packed with gzip, of which 1 page in 100 bears on the bundled dossier.
Bare is the iteration with every payload read, and nothing done with it.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from fastwarc.warc import ArchiveIterator, WarcRecordType

from benchmarks.ccnews.corpus import write
from benchmarks.measured import TENFOLD, Measured, by_turns, peak, say, seconds
from tallystick.dossiers.loading import load
from tallystick.reading.containers.warc import warc
from tallystick.reading.reading import Wanted, read
from tallystick.reading.received import Received
from tallystick.values.terms import Terms

__all__ = ["bare", "measured"]

PAGES = 2_000
REPEATS = 3
ALONE = "fastwarc alone"
# The least share of the speed of bare fastwarc at which an archive is searched.
WANTED = 0.5


def measured(scratch: Path) -> Iterator[Measured]:
    """Give pages a second of the search, and of the search with what may bear read."""
    wanted = Terms(load("dprk-russia").watch.terms).in_bytes
    say(f"{PAGES * TENFOLD:,} pages are made up")
    small = write(scratch / f"press-{PAGES}", PAGES)
    large = write(scratch / f"press-{PAGES * TENFOLD}", PAGES * TENFOLD)
    with peak() as memory:
        alone, own = by_turns(REPEATS, partial(bare, large), partial(_searched, large, wanted))
    (smaller,) = by_turns(REPEATS, partial(_searched, small, wanted))
    pages = PAGES * TENFOLD
    yield Measured(
        "archives", "pages of WARC.gz searched for the dossier's terms", pages / own, "pages/s", memory.megabytes,
        own / smaller, ALONE, pages / alone, WANTED,
    )  # fmt: skip
    with peak() as memory:
        whole = seconds(partial(_read, large, wanted))
    less = seconds(partial(_read, small, wanted))
    yield Measured(
        "archives", "the same, and pages that may bear read", pages / whole, "pages/s", memory.megabytes, whole / less,
        ALONE, pages / alone,
    )  # fmt: skip


def bare(paths: Sequence[Path]) -> None:
    """Unpack every response of some archives and read its bytes."""
    for path in paths:
        with path.open("rb") as stream:
            for record in ArchiveIterator(stream, record_types=WarcRecordType.response, parse_http=False):
                record.reader.read()


def _searched(paths: Sequence[Path], wanted: Wanted) -> None:
    for path in paths:
        with path.open("rb") as stream:
            for _ in warc(Received(str(path), stream), wanted):
                pass


def _read(paths: Sequence[Path], wanted: Wanted) -> None:
    for _ in read(list(map(str, paths)), wanted=wanted):
        pass
