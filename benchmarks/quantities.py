"""How fast numbers are read, beside quantulum3 on the same sentences in the same run.

The sentences are those of the bundled sample's English reports, since quantulum3 reads no other language. Both start
from plain text: ours cuts, tags and reads it, with change, hedge and what is counted; quantulum3 reads values and units
of measure. A long text shows that time grows with length.
"""

from collections.abc import Iterator
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from benchmarks.measured import TENFOLD, Measured, Skipped, by_turns, peak, seconds
from tallystick.extraction.quantities import numbers
from tallystick.languages.english.grammar.parsing import parse
from tallystick.model.document import Document, Failure, Passage, PassageKind
from tallystick.reading.reading import read
from tallystick.sample import reports

__all__ = ["measured"]

REPEATS = 5
ENGLISH = "en"
# The shorter of two long texts, in characters.
SHORT = 200_000
# How many times the peer's speed is wanted.
WANTED = 10


def measured(scratch: Path) -> Iterator[Measured | Skipped]:  # noqa: ARG001 - a stage's
    """Give sentences a second of both readers, and the growth with the length of a text."""
    with reports() as folder:
        found = [one.document for one in read([folder]) if not isinstance(one, Failure)]
    documents = [document for document in found if document.language == ENGLISH]
    texts = [document.text[one.start : one.end] for document in documents for one in parse(document).sentences]
    short, long = (_long(documents, size) for size in (SHORT, SHORT * TENFOLD))
    with peak() as memory:
        growth = seconds(partial(_numbers, [long])) / seconds(partial(_numbers, [short]))
    theirs = None
    jobs = [partial(_numbers, documents)]
    if find_spec("quantulum3") is None:
        yield Skipped("quantities", "quantulum3 is not installed (group bench)")
        (own,) = by_turns(REPEATS, *jobs)
    else:
        from quantulum3 import parser  # noqa: PLC0415 - the peer is optional

        own, peer = by_turns(REPEATS, *jobs, lambda: [parser.parse(text) for text in texts])
        theirs = len(texts) / peer
    yield Measured(
        "quantities", "sentences whose numbers are read", len(texts) / own, "sentences/s", memory.megabytes, growth,
        "quantulum3" if theirs else "", theirs, WANTED,
    )  # fmt: skip


def _numbers(documents: list[Document]) -> None:
    for document in documents:
        for _ in numbers(document):
            pass


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
