"""What it costs to screen 10,000 claims against provisions, and to screen them again when one report is added.

The reports are made up and tell of one subject, so that all of them meet in a few populations: the dearest case.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from benchmarks.measured import TENFOLD, Measured, peak, say, seconds
from benchmarks.tracing import WORDS, Wheel
from tallystick.dossiers.loading import load
from tallystick.extraction.facts import facts
from tallystick.model.claim import Claim, Status
from tallystick.model.document import Document
from tallystick.model.dossier import Dossier
from tallystick.model.estimate import Estimate
from tallystick.model.fact import Fact
from tallystick.model.lineage import Lineage
from tallystick.model.provision import Pack
from tallystick.model.quantity import Bound
from tallystick.reading.text.passages import label
from tallystick.reconciliation.reconciliation import reconcile
from tallystick.screening.elements.elements import examine
from tallystick.screening.screening import screen
from tallystick.tracing.tracing import trace

__all__ = ["measured"]

CLAIMS = 10_000
FIGURES = 10
WORDS_OF_SENTENCE = 14
# The bundled regime has 22; these are added under other ids until there are 30.
PROVISIONS = 30
CATEGORIES = ("construction_worker", "deminer", "soldier", "labourer", "killed", "wounded")
PLACES = ("Kursk", "Rostov", "Donetsk", "Russia", "Tatarstan", "Primorye", "Khabarovsk", "Luhansk")
SPEAKERS = (None, "the National Intelligence Service", "Sergei Shoigu", "the Pentagon", "Budanov", "officials")
PAID = "The North Korean workers earn about $800 a month in foreign currency, an official said."


def measured(scratch: Path) -> Iterator[Measured]:  # noqa: ARG001 - a stage's
    """Give claims a second of hits and of all flags, beside a bare loop, and what one report more costs."""
    dossier = _widened(load("dprk-russia"))
    small = _Case.of(CLAIMS // TENFOLD, dossier)
    say(f"{CLAIMS:,} claims")
    large = _Case.of(CLAIMS, dossier)
    shorter = seconds(partial(examine, *small, dossier))
    with peak() as memory:
        longer = seconds(partial(examine, *large, dossier))
    alone = seconds(partial(_loop, large.claims, dossier))
    yield Measured(
        "screening", f"claims held against {PROVISIONS} provisions", CLAIMS / longer, "claims/s", memory.megabytes,
        longer / shorter, "bare loop", CLAIMS / alone,
    )  # fmt: skip
    shorter = seconds(partial(screen, *small, dossier))
    with peak() as memory:
        longer = seconds(partial(screen, *large, dossier))
    yield Measured(
        "screening", "the same, with all flags", CLAIMS / longer, "claims/s", memory.megabytes, longer / shorter,
        "bare loop", CLAIMS / alone,
    )  # fmt: skip
    examination = examine(*large, dossier)
    more = _Case.of(CLAIMS + FIGURES, dossier)
    after = examine(*more, dossier, examination)
    if after.hits() != examine(*more, dossier).hits():
        raise AssertionError("what was taken over is not what a new examination gives")
    again, anew = seconds(partial(examine, *more, dossier, examination)), seconds(partial(examine, *more, dossier))
    yield Measured("screening", "hits when a report comes to it", again, "s", beside="examined anew", theirs=anew)


class _Case(NamedTuple):
    """What is screened, in the order in which `examine` takes it."""

    documents: tuple[Document, ...]
    claims: tuple[Claim, ...]
    facts: tuple[Fact, ...]
    lineage: Lineage
    estimates: tuple[Estimate, ...]

    @classmethod
    def of(cls, count: int, dossier: Dossier) -> "_Case":
        """A case of so many claims, traced and reconciled."""
        documents: list[Document] = []
        claims: list[Claim] = []
        told: list[Fact] = []
        for document, figures, paid in _reports(count // FIGURES, dossier):
            documents.append(document)
            claims.extend(figures)
            told.extend(paid)
        held, own = tuple(documents), tuple(claims)
        lineage = trace(held, own, dossier)
        return cls(held, own, tuple(told), lineage, reconcile(held, own, lineage, dossier))


def _loop(claims: Sequence[Claim], dossier: Dossier) -> int:
    """Ask of every claim and every provision the least that can be asked: whether a word of one is in the other."""
    elements = [provision.elements for pack in dossier.packs for provision in pack.provisions]
    return sum(claim.category in own for claim in claims for own in elements)


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
