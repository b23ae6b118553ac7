"""How fast numbers are read, beside quantulum3 on the same sentences in the same run.

The sentences are those of the bundled sample. quantulum3 is the best kept reader of quantities in English text; it
reads units of measure too, and neither counts nor hedges, so only the time is compared.
"""

import time
import tracemalloc
from collections.abc import Callable
from importlib.util import find_spec

from tallystick.languages.english.parsing import parse
from tallystick.languages.english.quantities import quantities
from tallystick.languages.language import Sentence
from tallystick.model.document import Document, Failure
from tallystick.reading.reading import read
from tallystick.sample import reports

__all__ = ["main"]

REPEATS = 3


def main() -> None:
    """Print seconds and peak memory of both readers, and their ratio."""
    sentences = _sentences()
    count = sum(len(quantities(sentence, document.text)) for document, sentence in sentences)
    print(f"quantities: {len(sentences)} sentences with {count} numbers")
    texts = [document.text[sentence.start : sentence.end] for document, sentence in sentences]
    ours = _measured("tallystick", lambda: [quantities(sentence, document.text) for document, sentence in sentences])
    if find_spec("quantulum3") is None:
        print("quantities: quantulum3 is not installed, NOT compared; `make install` brings it")
        return
    from quantulum3 import parser  # noqa: PLC0415 - the peer is optional

    theirs = _measured("quantulum3", lambda: [parser.parse(text) for text in texts])
    print(f"quantities: tallystick takes 1/{theirs / ours:.0f} of the time of quantulum3")


def _sentences() -> list[tuple[Document, Sentence]]:
    with reports() as folder:
        documents = [found.document for found in read([folder]) if not isinstance(found, Failure)]
    return [(document, sentence) for document in documents for sentence in parse(document).sentences]


def _measured(name: str, job: Callable[[], object]) -> float:
    """Run `job` a few times; print and give the best time."""
    job()
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        job()
        times.append(time.perf_counter() - start)
    tracemalloc.start()
    job()
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    print(f"quantities: {name} {min(times) * 1000:.1f} ms; peak {peak:.1f} MB while running")
    return min(times)
