"""A million made-up documents traced in bounded memory: ties and blocks first, then block by block.

No document is held: each is made again from its number when its block is traced, as a case would read it from its
store. Kept are the ties, 28 bytes each, and the number of the block of each document. Two processes share the work.
"""

import resource
import sys
import time
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain, islice
from multiprocessing import Pool

from benchmarks.growth import reports
from tallystick.dossiers.loading import load
from tallystick.model.claim import Claim
from tallystick.model.document import Document
from tallystick.model.dossier import Dossier
from tallystick.model.tie import Tie
from tallystick.tracing.blocking import leading, ties
from tallystick.tracing.tracing import trace

__all__ = ["main"]

COUNT = 1_000_000
PORTION = 500
PROCESSES = 2
EVERY = 100_000


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


def _traced(blocks: list[list[int]]) -> tuple[int, int, int]:
    """Documents, edges and origins of a few blocks."""
    documents = edges = origins = 0
    for numbers in blocks:
        lineage = trace(*_made(numbers), _dossier())
        documents, edges, origins = documents + len(numbers), edges + len(lineage.edges), origins + len(lineage.origins)
    return documents, edges, origins


def _portions(found: Iterator[list[int]]) -> Iterator[list[list[int]]]:
    while portion := list(islice(found, PORTION // 10)):
        yield portion


def _blocks(leaders: Sequence[int]) -> Iterator[list[int]]:
    """Members of each block: a block is whole when its last member has come."""
    members: dict[int, list[int]] = {}
    for number, leader in enumerate(leaders):
        members.setdefault(leader, []).append(number)
    yield from members.values()


def main() -> None:
    """Print seconds, documents a second, and the memory of this process and of its largest helper."""
    count = int(sys.argv[2]) if len(sys.argv) > 2 else COUNT
    start = time.perf_counter()
    with Pool(PROCESSES) as pool:
        leaders = leading(chain.from_iterable(pool.imap(_tied, range(0, count, PORTION))))
        tied = time.perf_counter() - start
        print(f"million: {count} documents in {len(set(leaders))} blocks: {tied:.0f} s", flush=True)
        done = edges = origins = 0
        for documents, more_edges, more_origins in pool.imap_unordered(_traced, _portions(_blocks(leaders))):
            before, done = done, done + documents
            edges, origins = edges + more_edges, origins + more_origins
            if done // EVERY > before // EVERY:
                print(f"million: {done} documents traced, {time.perf_counter() - start:.0f} s", flush=True)
    seconds = time.perf_counter() - start
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    helper = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e3
    print(
        f"million: {done} documents, {edges} edges, {origins} origins: {seconds:.0f} s, {done / seconds:.0f} a second; "
        f"peak {own:.0f} MB here, {helper:.0f} MB in each of {PROCESSES} helpers"
    )


if __name__ == "__main__":
    main()
