"""Make a CC-NEWS: `python -m benchmarks.ccnews FOLDER --pages N`."""

import sys
import time
from argparse import ArgumentParser
from pathlib import Path

from benchmarks.ccnews.corpus import truth, write

__all__: list[str] = []

PAGES = 200_000


def main() -> None:
    """Write the files, and say what is in them."""
    parser = ArgumentParser(prog="python -m benchmarks.ccnews", description="Make a CC-NEWS that is always the same.")
    parser.add_argument("folder", type=Path, help="gets `warc`, the archives, and `truth`, what is true of their pages")
    parser.add_argument("--pages", type=int, default=PAGES, help="how many pages (%(default)s)")
    parser.add_argument("--processes", type=int, default=2, help="how many write at once (%(default)s)")
    asked = parser.parse_args()
    start = time.perf_counter()
    files = write(asked.folder, asked.pages, processes=asked.processes)
    bears = copies = 0
    for true in truth(asked.folder):
        bears, copies = bears + true.bears, copies + (true.copied is not None)
    size = sum(path.stat().st_size for path in files)
    print(
        f"{asked.pages:,} pages in {len(files)} archives of together {size / 1e6:,.0f} MB, {bears:,} bear on the "
        f"dossier, {copies:,} are copies; {time.perf_counter() - start:.0f} s",
        file=sys.stderr,
    )


if __name__ == "__main__":
    main()
