"""Many made-up documents, 10,000 or a million, traced in bounded memory: ties and blocks first, then block by block.

No document is held: each is made again from its number when its block is traced, as a case would read it from its
store. Kept are the ties, 28 bytes each, and the number of the block of each document. Two processes share the work.
"""

import resource
import sys
import time
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain, islice
from multiprocessing import get_context
from pathlib import Path

from benchmarks.growth import reports
from benchmarks.measured import TENFOLD, Measured, peak, say
from tallystick.dossiers.loading import load
from tallystick.model.claim import Claim
from tallystick.model.document import Document
from tallystick.model.dossier import Dossier
from tallystick.model.tie import Tie
from tallystick.tracing.blocking import leading, ties
from tallystick.tracing.tracing import trace

__all__ = ["measured"]

COUNT = 10_000
PORTION = 500
PROCESSES = 2
EVERY = 100_000
# MB that a process may have, however many documents there are.
LIMIT = 250.0


@cache
def _dossier() -> Dossier:
    return load("general")


def _made(numbers: Sequence[int]) -> tuple[tuple[Document, ...], tuple[Claim, ...]]:
    """Documents and claims of these numbers."""
    made = [one for number in numbers for one in reports(number, 1)]
    return tuple(document for document, _ in made), tuple(chain.from_iterable(claims for _, claims in made))


def _tied(first: int) -> list[tuple[Tie, ...]]:
    """The ties of a portion of the documents, in their order."""
    documents, claims = _made(range(first, first + PORTION))
    found = ties(documents, claims, _dossier())
    return [found[document.id] for document in documents]


def _traced(blocks: list[list[int]]) -> int:
    """How many documents a few blocks have, which are traced."""
    for numbers in blocks:
        trace(*_made(numbers), _dossier())
    return sum(map(len, blocks))


def _portions(found: Iterator[list[int]]) -> Iterator[list[list[int]]]:
    while portion := list(islice(found, PORTION // 10)):
        yield portion


def _blocks(leaders: Sequence[int]) -> Iterator[list[int]]:
    """Members of each block: a block is whole when its last member has come."""
    members: dict[int, list[int]] = {}
    for number, leader in enumerate(leaders):
        members.setdefault(leader, []).append(number)
    yield from members.values()


def measured(scratch: Path) -> Iterator[Measured]:  # noqa: ARG001 - a stage's
    """Give documents a second of two processes that share the work by blocks, beside all of them traced at once."""
    smaller = _by_blocks(COUNT // TENFOLD)
    say(f"{COUNT:,} documents")
    with peak() as memory:
        by_blocks = _by_blocks(COUNT)
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e3
    start = time.perf_counter()
    whole = _made(range(COUNT))
    trace(*whole, _dossier())
    at_once = time.perf_counter() - start
    yield Measured(
        "million", f"documents traced by {PROCESSES} processes, a block at a time", COUNT / by_blocks, "documents/s",
        memory.megabytes, by_blocks / smaller, "traced at once", COUNT / at_once,
    )  # fmt: skip
    yield Measured(
        "million", "memory of each of them, with Python's", before, "MB", beside="limit", theirs=LIMIT, wanted=1
    )


def _by_blocks(count: int) -> float:
    """Seconds by the clock in which so many documents are traced."""
    start = time.perf_counter()
    with get_context("spawn").Pool(PROCESSES) as pool:
        leaders = leading(chain.from_iterable(pool.imap(_tied, range(0, count, PORTION))))
        done = 0
        for documents in pool.imap_unordered(_traced, _portions(_blocks(leaders))):
            before, done = done, done + documents
            if done // EVERY > before // EVERY:
                say(f"{done:,} documents traced, {time.perf_counter() - start:.0f} s")
    return time.perf_counter() - start


def main() -> None:
    """Say how long as many documents take as are asked for: `python -m benchmarks.million 1000000`."""
    count = int(sys.argv[1])
    with peak() as memory:
        spent = _by_blocks(count)
    helper = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e3
    print(
        f"{count:,} documents traced in {spent:.0f} s, {count / spent:,.0f} a second; {memory.megabytes:,.0f} MB here, "
        f"{helper:,.0f} MB in each of {PROCESSES} processes"
    )


if __name__ == "__main__":
    main()
