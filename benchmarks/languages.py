"""How fast the languages beside English are read: articles of 2,000 characters a second a core, and the first document.

The articles are the reports of the bundled sample in each language, repeated to that length. Each language is timed in
a process of its own, so that what the first document costs beyond the second is what loading the language costs.
"""

import json
import subprocess
import sys
import time
import tracemalloc

from tallystick.dossiers.loading import load
from tallystick.extraction.extraction import extract
from tallystick.model.document import Document, Failure
from tallystick.reading.reading import read
from tallystick.reading.text.passages import label
from tallystick.sample import reports

__all__ = ["main"]

ARTICLE = 2_000
ARTICLES = 60
LANGUAGES = ("en", "ru", "uk", "ko", "zh")


def main() -> None:
    """Print a line for each language."""
    for language in LANGUAGES:
        finished = subprocess.run(
            [sys.executable, "-m", "benchmarks.languages", language], capture_output=True, text=True, check=True
        )
        told = json.loads(finished.stdout)
        print(
            f"languages: {language} {told['rate']:.0f} articles of {ARTICLE} characters a second a core, "
            f"{told['claims']} claims; first document {told['first']:.2f} s, loading {told['loading']:.2f} s; "
            f"peak {told['peak']:.1f} MB while running"
        )


def _measure(language: str) -> dict[str, float]:
    dossier = load("general")
    articles = _articles(language)
    started = time.perf_counter()
    extract(articles[0], dossier)
    first = time.perf_counter() - started
    started = time.perf_counter()
    extract(articles[0], dossier)
    loading = first - (time.perf_counter() - started)
    started = time.perf_counter()
    claims = sum(len(extract(article, dossier)) for article in articles)
    rate = len(articles) / (time.perf_counter() - started)
    tracemalloc.start()
    extract(articles[0], dossier)
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    return {"first": first, "loading": loading, "rate": rate, "claims": claims, "peak": peak}


def _articles(language: str) -> list[Document]:
    """The sample's reports in `language`, joined anew from another line each, cut to the length of an article."""
    with reports() as folder:
        found = [one.document for one in read([str(folder)]) if not isinstance(one, Failure)]
    lines = [line for one in found if one.language.startswith(language) for line in one.text.split("\n") if line]
    articles = []
    for turn in range(ARTICLES):
        held: list[str] = []
        while sum(map(len, held)) < ARTICLE:
            held.append(lines[(turn + len(held)) % len(lines)])
        text = "\n".join(held)[:ARTICLE]
        articles.append(
            Document(f"{language}-{turn}", text, "", label(text), "", published="2025-11-20", language=language)
        )
    return articles


if __name__ == "__main__":
    if len(sys.argv) > 1:
        json.dump(_measure(sys.argv[1]), sys.stdout)
    else:
        main()
