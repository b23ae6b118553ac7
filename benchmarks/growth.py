"""What 100 more documents cost a case of 1,000 and one of 100,000: settled, traced, reconciled and stored.

The documents are made up: ten report each event, in a town of its own and with figures of its own; three of the ten are
copies, and each event is told over three days. Each of 2,000 regions has a mayor of its own.
A larger case has more events. Flat growth is a ratio of 1.
"""

import gc
import resource
import sys
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.tracing import WORDS, Wheel
from tallystick.deriving import bring_up_to_date
from tallystick.dossiers.loading import load
from tallystick.model.claim import Claim, Status
from tallystick.model.document import Document, Original, Retrieved
from tallystick.model.dossier import Dossier
from tallystick.model.quantity import Bound
from tallystick.reading.text.passages import label
from tallystick.storage.case import Case, Rules

__all__ = ["main", "reports"]

SMALL = 1_000
LARGE = 100_000
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


def _added(case: Case, first: int, count: int, dossier: Dossier) -> None:
    """Put documents into a case and bring it up to date."""
    for document, claims in reports(first, count):
        content = document.text.encode()
        case.add(Retrieved(document, Original(document.sha256, "text/plain", content)), claims)
    bring_up_to_date(case, dossier)


def _costs(size: int, folder: Path) -> float:
    """Seconds that the next hundreds of documents take in a case of `size`; the least of a few."""
    dossier = load("general")
    with Case.open(folder, create=True) as case:
        case.set_rules(Rules("general", dossier.sha256, "benchmark"))
        start = time.perf_counter()
        # Half of the new documents belong to events that the case has already.
        whole = size - MORE * REPEATS // 2
        _added(case, 0, whole, dossier)
        print(f"growth: a case of {whole} documents made in {time.perf_counter() - start:.0f} s", flush=True)
        times = []
        at = whole
        for _ in range(REPEATS):
            gc.collect()
            start = time.perf_counter()
            _added(case, at, MORE, dossier)
            times.append(time.perf_counter() - start)
            at += MORE
        return min(times)


def main() -> None:
    """Print seconds for both sizes, their ratio, and the memory of the larger one."""
    large = int(sys.argv[2]) if len(sys.argv) > 2 else LARGE
    found = []
    for size in (SMALL, large):
        with TemporaryDirectory() as folder:
            found.append(_costs(size, Path(folder) / "case"))
        print(f"growth: {MORE} more documents in a case of {size}: {found[-1]:.2f} s", flush=True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    print(f"growth: {large // SMALL} times the case, {found[1] / found[0]:.2f} times the cost; peak {peak:.0f} MB")


if __name__ == "__main__":
    main()
