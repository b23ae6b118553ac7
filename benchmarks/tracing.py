"""How the time of `trace` grows with the case, 500 documents against 5,000, beside signatures of the texts alone.

The documents are made up from word lists, one in four a copy of an earlier one, one in eight a rewritten copy, and one
in five with words that others quote and a briefing that others name.
Every 500 of them are about one event: its claims have 40 figures, 7 speakers, 4 places, so that many of them meet;
more documents are more events.
"""

from collections.abc import Iterator
from functools import partial
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from benchmarks.measured import TENFOLD, Measured, Skipped, peak, say, seconds
from benchmarks.signatures import bare_datasketch
from tallystick.dossiers.loading import load
from tallystick.model.claim import Claim, Status
from tallystick.model.document import Document
from tallystick.model.quantity import Bound
from tallystick.reading.text.passages import label
from tallystick.tracing.tracing import trace

__all__ = ["WORDS", "Wheel", "measured"]

SMALL = 500
PARAGRAPHS = 8
SENTENCES = 2
EVENT = 500
FIGURES = 40
WORDS = (
    "harbor valley bridge soldier minister ferry depot border column winter market signal witness convoy river camp "
    "council engine letter morning station village reporter number garden shelter captain crossing road tower agency "
    "budget cement worker farmer doctor driver window school hospital railway tunnel island northern southern empty "
    "sudden quiet broken repaired counted carried reached promised refused described measured"
).split()
SPEAKERS = (None, "Sergei Shoigu", "the Kremlin", "National Intelligence Service", "officials", "Anna Petrova", "HUR")
PLACES = (None, "Kursk region", "Russia", "Donetsk")
CATEGORIES = ("soldier", "construction_worker", "worker_other", "killed")


class Wheel:
    """Numbers that look random and are the same on every machine: a linear congruential generator."""

    def __init__(self, start: int) -> None:
        self.state = start

    def turn(self, below: int) -> int:
        """Give the next number from 0 to `below` - 1."""
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % below


def case(size: int) -> tuple[tuple[Document, ...], tuple[Claim, ...]]:
    """Give a made-up case of `size` documents and its claims."""
    documents: list[Document] = []
    claims: list[Claim] = []
    for number in range(size):
        wheel = Wheel(number)
        source = wheel.turn(max(1, number)) if number and number % 4 == 0 else number
        text = "\n".join(_paragraphs(Wheel(source + 10**6), source // EVENT))
        if number % 8 == 0:
            text = "Later that day another word came. " + text
        if number % 5 == 0:
            text += "\n" + _spoken(Wheel(source // EVENT))
        day = f"2025-{1 + number * 12 // size:02d}-{1 + number % 28:02d}"
        digest = sha256(text.encode()).hexdigest()
        document = Document(
            f"doc-{number}", text, digest, label(text), "", outlet=f"Outlet {number % 40}", published=day
        )
        documents.append(document)
        claims.extend(_claims(document, wheel))
    return tuple(documents), tuple(claims)


def _spoken(wheel: Wheel) -> str:
    """What was said on the occasion of an event: the same words in all its reports."""
    words = " ".join(WORDS[wheel.turn(len(WORDS))] for _ in range(16))
    return f"“{words},” they were told at a closed-door briefing of the National Intelligence Service."


def _paragraphs(wheel: Wheel, event: int) -> Iterator[str]:
    """The text of one report; each event has numbers of its own."""
    for _ in range(PARAGRAPHS):
        sentences = []
        for _ in range(SENTENCES):
            words = [WORDS[wheel.turn(len(WORDS))] for _ in range(18)]
            words.insert(6, f"{1 + event * FIGURES + wheel.turn(FIGURES)},000 people")
            sentences.append(" ".join(words).capitalize() + ".")
        yield " ".join(sentences)


def _claims(document: Document, wheel: Wheel) -> Iterator[Claim]:
    """The figures of a document, each with a speaker and a population drawn for it."""
    at = document.text.find(",000")
    while at >= 0:
        start = document.text.rfind(" ", 0, at) + 1
        end = at + len(",000")
        figure = document.text[start:end]
        value = int(figure.replace(",", ""))
        yield Claim(
            f"c-{document.id}-{start}", document.id, start, end, figure, value, value, Bound.EXACT, "person", "people",
            CATEGORIES[wheel.turn(len(CATEGORIES))], "KP", PLACES[wheel.turn(len(PLACES))],
            Status.PLANNED if wheel.turn(2) else Status.ACTUAL, None, None, SPEAKERS[wheel.turn(len(SPEAKERS))], None,
            None, document.published, document.text[start : end + 40], "", "", (),
        )  # fmt: skip
        at = document.text.find(",000", end)


def measured(scratch: Path) -> Iterator[Measured | Skipped]:  # noqa: ARG001 - a stage's
    """Give documents a second, growth and memory, beside the signatures of the same texts alone."""
    dossier = load("dprk-russia")
    small, large = case(SMALL), case(SMALL * TENFOLD)
    say(f"{len(small[1]):,} claims, then {len(large[1]):,}")
    shorter = seconds(partial(trace, *small, dossier))
    with peak() as memory:
        longer = seconds(partial(trace, *large, dossier))
    texts = [document.text for document in large[0]]
    theirs = None
    if find_spec("datasketch"):
        theirs = len(texts) / seconds(partial(bare_datasketch, texts))
    else:
        yield Skipped("tracing", "datasketch is not installed (group bench)")
    yield Measured(
        "tracing", f"documents traced, {len(large[1]) // len(texts)} claims each", len(texts) / longer, "documents/s",
        memory.megabytes, longer / shorter, "datasketch alone" if theirs else "", theirs,
    )  # fmt: skip
