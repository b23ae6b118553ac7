"""What it costs to screen 100,000 claims against provisions, and to screen them again when one report is added.

The reports are made up and tell of one subject, so that all of them meet in a few populations: the dearest case.
"""

import resource
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256

from benchmarks.tracing import WORDS, Wheel
from tallystick.dossiers.loading import load
from tallystick.extraction.facts import facts
from tallystick.model.claim import Claim, Status
from tallystick.model.document import Document
from tallystick.model.dossier import Dossier
from tallystick.model.fact import Fact
from tallystick.model.provision import Pack
from tallystick.model.quantity import Bound
from tallystick.reading.text.passages import label
from tallystick.reconciliation.reconciliation import reconcile
from tallystick.screening.elements.elements import examine
from tallystick.screening.screening import screen
from tallystick.tracing.tracing import trace

__all__ = ["main"]

CLAIMS = 100_000
FIGURES = 10
WORDS_OF_SENTENCE = 14
# The bundled regime has 22; these are added under other ids until there are 30.
PROVISIONS = 30
CATEGORIES = ("construction_worker", "deminer", "soldier", "labourer", "killed", "wounded")
PLACES = ("Kursk", "Rostov", "Donetsk", "Russia", "Tatarstan", "Primorye", "Khabarovsk", "Luhansk")
SPEAKERS = (None, "the National Intelligence Service", "Sergei Shoigu", "the Pentagon", "Budanov", "officials")
PAID = "The North Korean workers earn about $800 a month in foreign currency, an official said."


def main() -> None:
    """Print seconds and memory of flags and hits together, of hits alone, and of hits with one report more."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else CLAIMS
    dossier = _widened(load("dprk-russia"))
    documents: list[Document] = []
    claims: list[Claim] = []
    told: list[Fact] = []
    for document, figures, paid in _reports(count // FIGURES + 1, dossier):
        documents.append(document)
        claims.extend(figures)
        told.extend(paid)
    *kept, last = documents
    held, more = tuple(kept), tuple(documents)
    own = tuple(claim for claim in claims if claim.document != last.id)
    said = tuple(fact for fact in told if fact.document != last.id)
    start = time.perf_counter()
    lineage = trace(held, own, dossier)
    estimates = reconcile(held, own, lineage, dossier)
    print(f"screening: {len(held):,} reports, {len(own):,} claims, {len(estimates)} estimates made in "
          f"{time.perf_counter() - start:.0f} s", flush=True)  # fmt: skip
    start = time.perf_counter()
    found = screen(held, own, said, lineage, estimates, dossier)
    whole = time.perf_counter() - start
    start = time.perf_counter()
    examination = examine(held, own, said, lineage, estimates, dossier)
    alone = time.perf_counter() - start
    lineage = trace(more, tuple(claims), dossier)
    estimates = reconcile(more, tuple(claims), lineage, dossier)
    start = time.perf_counter()
    after = examine(more, claims, told, lineage, estimates, dossier, examination)
    again = time.perf_counter() - start
    if after.hits() != examine(more, claims, told, lineage, estimates, dossier).hits():
        raise SystemExit("screening: what was taken over is not what a new examination gives")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    counted = f"{len(found.flags):,} flags and {len(found.hits):,} hits of {PROVISIONS} provisions"
    print(
        f"screening: {counted} in {whole:.1f} s, hits alone {alone:.1f} s, "
        f"with one report more {again:.2f} s; peak {peak:.0f} MB"
    )


def _widened(dossier: Dossier) -> Dossier:
    """The dossier with as many provisions as are asked for."""
    pack = dossier.packs[0]
    extra = tuple(
        replace(provision, id=f"{provision.id}-again")
        for provision in pack.provisions[: PROVISIONS - len(pack.provisions)]
    )
    wide: Pack = replace(pack, provisions=pack.provisions + extra)
    return replace(dossier, packs=(wide,))


def _reports(count: int, dossier: Dossier) -> Iterator[tuple[Document, tuple[Claim, ...], tuple[Fact, ...]]]:
    """Reports with their claims, and with the facts of a sentence on pay in each tenth."""
    for number in range(count):
        wheel = Wheel(number)
        sentences = []
        for turn in range(FIGURES):
            words = [WORDS[wheel.turn(len(WORDS))] for _ in range(WORDS_OF_SENTENCE)]
            words.insert(5, f"{_figure(number, turn)} North Koreans in {PLACES[(number + turn) % len(PLACES)]}")
            sentences.append(" ".join(words).capitalize() + ".")
        if number % 10 == 0:
            sentences.append(PAID)
        text = "\n".join(sentences)
        day = f"{2024 + number // 336 % 2:04d}-{1 + number // 28 % 12:02d}-{1 + number % 28:02d}"
        document = Document(
            f"doc-{number}", text, sha256(text.encode()).hexdigest(), label(text), "", outlet=f"Outlet {number % 97}",
            published=f"{day}T08:00:00Z",
        )  # fmt: skip
        told = facts(document, dossier) if number % 10 == 0 else ()
        yield document, tuple(_claims(document, number, day, wheel)), told


def _figure(number: int, turn: int) -> int:
    return 121 + (number * 7 + turn * 1_009) % 9_000


def _claims(document: Document, number: int, day: str, wheel: Wheel) -> Iterator[Claim]:
    """The figures of a report, each with a speaker drawn for it."""
    for turn in range(FIGURES):
        figure = str(_figure(number, turn))
        place = PLACES[(number + turn) % len(PLACES)]
        start = document.text.lower().index(f"{figure} north koreans")
        speaker = SPEAKERS[wheel.turn(len(SPEAKERS))]
        value = int(figure)
        yield Claim(
            f"c-{number}-{turn}", document.id, start, start + len(figure), figure, value, value, Bound.EXACT, "person",
            "North Koreans", CATEGORIES[turn % len(CATEGORIES)], "KP", place, Status.ACTUAL, None, None, speaker, None,
            None, day, document.text[start : start + 80], "", "", (),
        )  # fmt: skip


if __name__ == "__main__":
    main()
