"""How many articles a core extracts in a second in each language, and what the first one of a language costs.

The articles are the paragraphs of the bundled sample in a language, from another one on each, cut to 2,000 characters.
Each language is measured in a process of its own, so that the first article pays for loading it.
"""

import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from importlib.util import find_spec
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from benchmarks.measured import TENFOLD, Measured, Skipped, by_turns, peak, say
from tallystick.dossiers.loading import load
from tallystick.extraction.extraction import extract
from tallystick.model.document import Document, Failure, PassageKind
from tallystick.model.dossier import Dossier
from tallystick.reading.reading import read
from tallystick.reading.text.passages import label
from tallystick.sample import reports

__all__ = ["measured"]

ARTICLE = 2_000
ARTICLES = 30
REPEATS = 3
LANGUAGES = ("en", "ru", "uk", "ko", "zh")
# Articles that the peer reads: it takes a tenth of a second for one.
PEERS = 10
# Seconds that a person at a command line does not notice in what follows.
LIMIT = 1.0


class _Language(NamedTuple):
    """Articles a second, seconds of the first one, MB, growth with length, and the peer's articles a second."""

    rate: float
    first: float
    memory: float
    growth: float
    peer: float | None


def measured(scratch: Path) -> Iterator[Measured | Skipped]:  # noqa: ARG001 - a stage's
    """Give a row for each language, and one for the dearest first article."""
    told: dict[str, _Language] = {}
    for language in LANGUAGES:
        say(language)
        with ProcessPoolExecutor(1, get_context("spawn")) as pool:
            told[language] = pool.submit(_measure, language).result()
    english = told["en"]
    if english.peer is None:
        yield Skipped("extraction", "quantulum3 is not installed (group bench)")
    for language, one in told.items():
        beside, theirs = ("quantulum3", english.peer) if language == "en" else ("English", english.rate)
        yield Measured(
            "extraction", f"articles of {ARTICLE:,} characters, {language}", one.rate, "articles/s", one.memory,
            one.growth, beside if theirs else "", theirs,
        )  # fmt: skip
    slowest = max(told, key=lambda language: told[language].first)
    yield Measured(
        "extraction", f"first article, {slowest} (the dearest)", told[slowest].first, "s", beside="limit", theirs=LIMIT,
        wanted=1,
    )  # fmt: skip


def _measure(language: str) -> _Language:
    dossier = load("general")
    articles = _articles(language, ARTICLES, ARTICLE)
    (long,) = _articles(language, 1, ARTICLE * TENFOLD)
    start = time.process_time()
    extract(articles[0], dossier)
    first = time.process_time() - start
    with peak() as memory:
        whole, one, longer = by_turns(
            REPEATS, partial(_extracted, articles, dossier), partial(_extracted, articles[:1], dossier),
            partial(_extracted, [long], dossier),
        )  # fmt: skip
    return _Language(
        ARTICLES / whole, first, memory.megabytes, longer / one, _peer(articles) if language == "en" else None
    )


def _extracted(articles: list[Document], dossier: Dossier) -> None:
    for article in articles:
        extract(article, dossier)


def _peer(articles: list[Document]) -> float | None:
    """Articles a second of quantulum3; None where it is not installed."""
    if find_spec("quantulum3") is None:
        return None
    from quantulum3 import parser  # noqa: PLC0415 - the peer is optional

    texts = [article.text for article in articles[:PEERS]]
    parser.parse(texts[0])
    (spent,) = by_turns(1, lambda: [parser.parse(text) for text in texts])
    return len(texts) / spent


def _articles(language: str, count: int, size: int) -> list[Document]:
    """The sample's paragraphs in `language`, from another one on each, cut to the length of an article."""
    with reports() as folder:
        found = [one.document for one in read([str(folder)]) if not isinstance(one, Failure)]
    # Nothing but bodies: an article in which comments begin is read no further.
    lines = [
        one.text[passage.start : passage.end]
        for one in found
        if one.language.startswith(language)
        for passage in one.passages
        if passage.kind is PassageKind.BODY
    ]
    articles = []
    for turn in range(count):
        held: list[str] = []
        while sum(map(len, held)) < size:
            held.append(lines[(turn + len(held)) % len(lines)])
        text = "\n".join(held)[:size]
        articles.append(
            Document(f"{language}-{turn}", text, "", label(text), "", published="2025-11-20", language=language)
        )
    return articles
