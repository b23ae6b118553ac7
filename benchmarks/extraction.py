"""How many articles of 2,500 characters a core extracts in a second, and what it costs in memory.

The articles are the bundled sample, joined and cut to that length; the dossier is `general`. The figure that issue
and README state is articles a second of the whole `extract`, one process, the lexicon already loaded.
"""

import time
import tracemalloc

from tallystick.dossiers.loading import load
from tallystick.extraction.extraction import extract
from tallystick.model.document import Document, Failure
from tallystick.reading.reading import read
from tallystick.reading.text.passages import label
from tallystick.sample import reports

__all__ = ["main"]

ARTICLE = 2_500
REPEATS = 5


def articles() -> list[Document]:
    """Give the sample as documents of about `ARTICLE` characters, cut at line ends."""
    with reports() as folder:
        texts = [found.document.text for found in read([str(folder)]) if not isinstance(found, Failure)]
    lines = "\n".join(texts).split("\n")
    documents: list[Document] = []
    held: list[str] = []
    for line in lines:
        held.append(line)
        if sum(map(len, held)) >= ARTICLE:
            text = "\n".join(held)
            documents.append(Document(f"article-{len(documents)}", text, "", label(text), "", published="2025-11-20"))
            held = []
    return documents


def main() -> None:
    """Print articles and claims a second, and the peak of memory."""
    dossier = load("general")
    documents = articles()
    extract(documents[0], dossier)
    times = []
    claims = 0
    for _ in range(REPEATS):
        start = time.perf_counter()
        claims = sum(len(extract(document, dossier)) for document in documents)
        times.append(time.perf_counter() - start)
    characters = sum(len(document.text) for document in documents)
    best = characters / ARTICLE / min(times)
    middle = characters / ARTICLE / sorted(times)[REPEATS // 2]
    tracemalloc.start()
    for document in documents:
        extract(document, dossier)
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    print(f"extract: {len(documents)} articles of {ARTICLE} characters, {claims} claims")
    print(f"extract: best {best:.0f}, median {middle:.0f} articles a second a core; peak {peak:.1f} MB while running")


if __name__ == "__main__":
    main()
