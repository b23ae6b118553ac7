"""What 100 more documents cost a case of 500 and one of 5,000: settled, traced, reconciled and stored.

The documents are made up: ten report each event, in a town of its own and with figures of its own; three of the ten are
copies, and each event is told over three days. Each of 2,000 regions has a mayor of its own.
A larger case has more events.
"""

import sqlite3
from collections.abc import Iterator
from functools import partial
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measured import TENFOLD, Measured, by_turns, peak, say, seconds
from benchmarks.tracing import WORDS, Wheel
from tallystick.deriving import bring_up_to_date
from tallystick.dossiers.loading import load
from tallystick.model.claim import Claim, Status
from tallystick.model.document import Document, Original, Retrieved
from tallystick.model.dossier import Dossier
from tallystick.model.quantity import Bound
from tallystick.reading.text.passages import label
from tallystick.storage.case import Case, Rules

__all__ = ["measured", "reports"]

SMALL = 500
MORE = 100
REPEATS = 3
TELLERS = 10
COPIES = 3
FIGURES = 3
DAYS = 3
SPEAKERS = (None, "officials", "Mayor Anna {}", "police")
# Regions with a mayor of their own.
REGIONS = 2_000
CATEGORIES = ("killed", "wounded", "displaced")
MONTHS = 12
WORDS_OF_SENTENCE = 16
SENTENCES = 6


def reports(first: int, count: int) -> Iterator[tuple[Document, tuple[Claim, ...]]]:
    """Give `count` documents from number `first` on, each with its claims; a number always gives the same one."""
    for number in range(first, first + count):
        event, teller = divmod(number, TELLERS)
        wheel = Wheel(event * TELLERS + (0 if teller < COPIES else teller))
        document = _document(number, event, wheel)
        yield document, tuple(_claims(document, event, Wheel(number)))


def _document(number: int, event: int, wheel: Wheel) -> Document:
    """A report of an event: its figures stand in the first sentences."""
    sentences = []
    for turn in range(SENTENCES):
        words = [WORDS[wheel.turn(len(WORDS))] for _ in range(WORDS_OF_SENTENCE)]
        if turn < FIGURES:
            words.insert(5, f"{_figure(event, turn)} people in {_town(event)}")
        sentences.append(" ".join(words).capitalize() + ".")
    text = "\n".join(sentences)
    published = f"{2000 + event // (28 * MONTHS) % 25:04d}-{1 + event // 28 % MONTHS:02d}-{1 + event % 28:02d}"
    digest = sha256(text.encode()).hexdigest()
    return Document(
        f"doc-{number}", text, digest, label(text), "", outlet=f"Outlet {number % 997}",
        published=f"{published}T{8 + number % DAYS:02d}:00:00Z",
    )  # fmt: skip


def _figure(event: int, turn: int) -> int:
    return 21 + (event * 7 + turn * 1_009) % 4_000


def _town(event: int) -> str:
    return f"Town{chr(97 + event % 26)}{event}"


def _claims(document: Document, event: int, wheel: Wheel) -> Iterator[Claim]:
    """The figures of a report, each with a speaker drawn for it."""
    for turn in range(FIGURES):
        value = _figure(event, turn)
        figure = str(value)
        speaker = SPEAKERS[wheel.turn(len(SPEAKERS))]
        start = document.text.index(f"{figure} people")
        yield Claim(
            f"c-{document.id}-{turn}", document.id, start, start + len(figure), figure, value, value, Bound.EXACT,
            "person", "people", CATEGORIES[turn], None, _town(event), Status.ACTUAL, None, None,
            speaker and speaker.format(f"Pet{event % REGIONS}ova"), None, None, (document.published or "")[:10],
            document.text[start : start + 60], "", "", (),
        )  # fmt: skip


def measured(scratch: Path) -> Iterator[Measured]:
    """Give documents a second that come to a small and to a large case, beside bare inserts of their rows."""
    costs = []
    with peak() as memory:
        for size in (SMALL, SMALL * TENFOLD):
            say(f"a case of {size:,} documents")
            with TemporaryDirectory(dir=scratch) as folder:
                costs.append(_costs(size, Path(folder) / "case"))
    with TemporaryDirectory(dir=scratch) as folder:
        (bare,) = by_turns(REPEATS, lambda: _bare(Path(folder) / "bare.sqlite"))
    yield Measured(
        "growth", f"documents that come to {SMALL * TENFOLD:,}, {MORE} at once", MORE / costs[1], "documents/s",
        memory.megabytes, costs[1] / costs[0], "bare insert", MORE / bare,
    )  # fmt: skip


def _costs(size: int, folder: Path) -> float:
    """Seconds that the next hundreds of documents take in a case of `size`; the least of a few."""
    dossier = load("general")
    with Case.open(folder, create=True) as case:
        case.set_rules(Rules("general", dossier.sha256, "benchmark"))
        # Half of the new documents belong to events that the case has already.
        whole = size - MORE * REPEATS // 2
        _added(case, 0, whole, dossier)
        return min(seconds(partial(_added, case, whole + MORE * turn, MORE, dossier)) for turn in range(REPEATS))


def _added(case: Case, first: int, count: int, dossier: Dossier) -> None:
    """Put documents into a case and bring it up to date."""
    for document, claims in reports(first, count):
        content = document.text.encode()
        case.add(Retrieved(document, Original(document.sha256, "text/plain", content)), claims)
    bring_up_to_date(case, dossier)


def _bare(path: Path) -> None:
    """Put the fields of as many documents and their claims into a file of SQLite, in one transaction."""
    path.unlink(missing_ok=True)
    with sqlite3.connect(path) as db:
        for document, claims in reports(0, MORE):
            db.execute("CREATE TABLE IF NOT EXISTS documents (id PRIMARY KEY, text, outlet, published)")
            db.execute("CREATE TABLE IF NOT EXISTS claims (id PRIMARY KEY, told)")
            row = (document.id, document.text, document.outlet, document.published)
            db.execute("INSERT INTO documents VALUES (?, ?, ?, ?)", row)
            db.executemany("INSERT INTO claims VALUES (?, ?)", [(claim.id, repr(claim)) for claim in claims])
    db.close()
