"""How fast numbers are read, beside quantulum3 on the same sentences in the same run.

The sentences are those of the bundled sample. Both start from plain text: ours cuts, tags and reads it, with change,
hedge and what is counted; quantulum3 reads values and units of measure. A long text shows that time grows with length.
"""

import time
import tracemalloc
from collections.abc import Callable
from importlib.util import find_spec

from tallystick.extraction.quantities import numbers
from tallystick.languages.english.grammar.parsing import parse
from tallystick.model.document import Document, Failure, Passage, PassageKind
from tallystick.reading.reading import read
from tallystick.sample import reports

__all__ = ["main"]

REPEATS = 3
MEGABYTE = 1_000_000
# Lengths of the long text, in megabytes: linear reading takes four times as long for the second.
SHORT, LONG = 1, 4
# The goal of the project, in sentences a second; a run that misses it says so.
WANTED = 10


def main() -> None:
    """Print seconds, peak memory and sentences a second of both readers, and the growth with length."""
    with reports() as folder:
        documents = [found.document for found in read([folder]) if not isinstance(found, Failure)]
    count = sum(1 for document in documents for _ in numbers(document))
    texts = _sentences(documents)
    print(f"quantities: {len(texts)} sentences with {count} numbers")
    ours = _measured("tallystick, from text to records", lambda: [list(numbers(one)) for one in documents], len(texts))
    _grow(documents)
    if find_spec("quantulum3") is None:
        print("quantities: quantulum3 is not installed, NOT compared; `make install` brings it")
        return
    from quantulum3 import parser  # noqa: PLC0415 - the peer is optional

    theirs = _measured("quantulum3", lambda: [parser.parse(text) for text in texts], len(texts))
    times = theirs / ours
    verdict = "as wanted" if times >= WANTED else f"LESS than the {WANTED} wanted"
    print(f"quantities: tallystick reads {times:.0f} times the sentences a second of quantulum3, {verdict}")


def _sentences(documents: list[Document]) -> list[str]:
    """The sentences of the documents as plain texts, for a peer that knows no documents."""
    return [document.text[one.start : one.end] for document in documents for one in parse(document).sentences]


def _grow(documents: list[Document]) -> None:
    """Print how the time of one long text grows with its length."""
    seconds = {}
    for size in (SHORT, LONG):
        document = _long(documents, size * MEGABYTE)
        start = time.process_time()
        found = sum(1 for _ in numbers(document))
        seconds[size] = time.process_time() - start
        print(f"quantities: {size} MB in one text: {seconds[size]:.1f} s, {found} numbers")
    growth = seconds[LONG] / seconds[SHORT]
    print(f"quantities: {LONG // SHORT} times the text takes {growth:.1f} times as long")


def _long(documents: list[Document], size: int) -> Document:
    """The bodies of the sample over and over, as one report of `size` code points, a passage a paragraph."""
    bodies = [document.text[one.start : one.end] for document in documents for one in document.passages]
    parts: list[str] = []
    passages: list[Passage] = []
    at = 0
    while at < size:
        body = bodies[len(parts) % len(bodies)]
        passages.append(Passage(at, at + len(body), PassageKind.BODY))
        parts.append(body)
        at += len(body) + 1
    return Document("long", "\n".join(parts), "0" * 64, tuple(passages), "long.txt")


def _measured(name: str, job: Callable[[], object], sentences: int) -> float:
    """Run `job` a few times; print and give the best time of the processor, which other work does not stretch."""
    job()
    times = []
    for _ in range(REPEATS):
        start = time.process_time()
        job()
        times.append(time.process_time() - start)
    tracemalloc.start()
    job()
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    best = min(times)
    print(f"quantities: {name}: {sentences / best:.0f} sentences/s; peak {peak:.1f} MB while running")
    return best
