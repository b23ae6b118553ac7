r"""Recycled text: what `resembling` and `reuse` find of an exhaustive count, how fast they are, how copies grow.

1. On the articles of bench/shootings all pairs are compared here without an index: words are what `\w+` finds in the
   text in lower case, shingles are runs of five of them. "Alike" are two articles with a Jaccard of their sets of
   shingles of at least 0.5. "Reuse" is a pair below that in which at least 120 words of each article stand in
   five-word runs that the other has too (of each: in a long list of crimes "a man was shot in the" comes thirteen
   times, which takes nothing from an article that has it once). That was settled after a first count of 120 words of
   either article: of its 71 pairs 0.845 were found, the missed ones nearly all such lists.
   The same from 60 words on, where there are more pairs.
2. On the bodies of bench/reuters21578: bodies in a second, from texts to verified pairs, against rensa and datasketch
   alone, both as their users write it: the same words and shingles, 128 permutations, an index at 0.5 that each text
   asks and enters. One process, all in one run; each the best of three.
3. On made-up documents, one in four a copy of an earlier one: processor seconds for 1,000 more after the first 1,000
   and before the last of 100,000, each from 4,000 of them, and the memory of the index for each document.
"""

import json
import re
import time
import tracemalloc
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from hashlib import sha256
from html import unescape
from importlib import import_module
from importlib.util import find_spec
from itertools import combinations
from pathlib import Path

from rensa import RMinHash, RMinHashLSH

from tallystick.dossiers.loading import load
from tallystick.model.document import Document
from tallystick.model.lineage import EdgeLevel
from tallystick.reading.text.passages import label
from tallystick.tracing.copies.candidates import Index
from tallystick.tracing.copies.copies import copies
from tallystick.tracing.copies.resembling import resembling, reuse
from tallystick.tracing.copies.texts import marks
from tallystick.tracing.tellings import Casebook

__all__ = ["main"]

BENCH = Path(__file__).resolve().parents[2] / "shared" / "bench"
WORD = re.compile(r"\w+")
BODY = re.compile(r"<BODY>(.*?)</BODY>", re.DOTALL)
RUN = 5
ALIKE = 0.5
REUSED = (120, 60)
PERMUTATIONS = 128
REPEATS = 3
SMALL = 1_000
LARGE = 100_000
WINDOW = 4_000
WORDS = 120
COPIED = 4
VOCABULARY = [
    f"{one}{two}" for one in "ba ko li mu ne ro sa ti vu we".split() for two in "ba ko li mu ne ro sa".split()
]

Runs = frozenset[tuple[str, ...]]


def shingles(text: str) -> list[tuple[str, ...]]:
    """Give the runs of five words of a text, in order."""
    words = WORD.findall(text.casefold())
    return [tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)]


def covered(own: Sequence[tuple[str, ...]], theirs: Runs) -> int:
    """Give how many words of a text stand in runs that another has too."""
    inside = {at + turn for at, run in enumerate(own) if run in theirs for turn in range(RUN)}
    return len(inside)


def exhaustive(texts: Sequence[str]) -> tuple[set[tuple[int, int]], dict[tuple[int, int], int]]:
    """Give the pairs that are alike and for the others with a common run their words in common."""
    rows = [shingles(text) for text in texts]
    sets = [frozenset(row) for row in rows]
    holders: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for turn, runs in enumerate(sets):
        for run in runs:
            holders[run].append(turn)
    common: Counter[tuple[int, int]] = Counter()
    for held in holders.values():
        common.update(combinations(held, 2))
    alike: set[tuple[int, int]] = set()
    reused: dict[tuple[int, int], int] = {}
    for (one, other), count in common.items():
        if count >= ALIKE * (len(sets[one]) + len(sets[other]) - count):
            alike.add((one, other))
        else:
            reused[one, other] = min(covered(rows[one], sets[other]), covered(rows[other], sets[one]))
    return alike, reused


def articles() -> None:
    """Print recall and precision on the articles."""
    path = BENCH / "shootings" / "raw.docs.jsonl"
    if not path.is_file():
        print("recycling: bench/shootings is not here; SKIPPED")
        return
    texts = [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]
    alike, reused = exhaustive(texts)
    score(f"{len(texts)} articles, alike", alike, {(pair.first, pair.second) for pair in resembling(texts, ALIKE)})
    for least in REUSED:
        true = {pair for pair, words in reused.items() if words >= least}
        found = {(pair.first, pair.second) for pair in reuse(texts, least) if pair.jaccard < ALIKE}
        score(f"{len(texts)} articles, reuse of {least} words", true, found)


def score(name: str, true: set[tuple[int, int]], found: set[tuple[int, int]]) -> None:
    """Print how many of the true pairs were found, and how many of the found ones are true."""
    hits = len(true & found)
    print(
        f"recycling: {name}: {len(true)} pairs, recall {hits / max(len(true), 1):.3f}, "
        f"precision {hits / max(len(found), 1):.3f}"
    )


def bare_rensa(texts: Sequence[str]) -> int:
    """Give how many candidates rensa alone has for all texts."""
    index = RMinHashLSH(threshold=ALIKE, num_perm=PERMUTATIONS, num_bands=32)
    found = 0
    for turn, text in enumerate(texts):
        words = WORD.findall(text.casefold())
        sketch = RMinHash(num_perm=PERMUTATIONS, seed=1)
        sketch.update([" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1)])
        found += len(index.query(sketch))
        index.insert(turn, sketch)
    return found


def bare_datasketch(texts: Sequence[str]) -> int:
    """Give how many candidates datasketch alone has for all texts."""
    datasketch = import_module("datasketch")
    index = datasketch.MinHashLSH(threshold=ALIKE, num_perm=PERMUTATIONS)
    found = 0
    for turn, text in enumerate(texts):
        words = WORD.findall(text.casefold())
        sketch = datasketch.MinHash(num_perm=PERMUTATIONS, seed=1)
        sketch.update_batch([" ".join(words[at : at + RUN]).encode() for at in range(len(words) - RUN + 1)])
        found += len(index.query(sketch))
        index.insert(turn, sketch)
    return found


def verified(texts: Sequence[str]) -> int:
    """Give how many pairs are alike by exact count."""
    return sum(1 for _ in resembling(texts, ALIKE))


def throughput() -> None:
    """Print bodies in a second: ours, with verification, and others' without."""
    folder = BENCH / "reuters21578"
    if not folder.is_dir():
        print("recycling: bench/reuters21578 is not here; SKIPPED")
        return
    files = sorted(folder.glob("*.sgm"))
    texts = [unescape(body) for path in files for body in BODY.findall(path.read_text(encoding="latin-1"))]
    ways: list[tuple[str, Callable[[Sequence[str]], int]]] = [
        ("tallystick, verified", verified), ("rensa alone", bare_rensa),
    ]  # fmt: skip
    if find_spec("datasketch"):
        ways.append(("datasketch alone", bare_datasketch))
    else:
        print("recycling: datasketch is not installed (group bench): its line is SKIPPED")
    speeds: dict[str, float] = {}
    for _ in range(REPEATS):
        for name, way in ways:
            start = time.perf_counter()
            found = way(texts)
            speed = len(texts) / (time.perf_counter() - start)
            if speed > speeds.get(name, 0.0):
                speeds[name] = speed
                print(f"recycling: {len(texts)} bodies, {name}: {speed:,.0f} bodies/s, {found} pairs")
    ours, *others = speeds.items()
    for name, speed in others:
        print(f"recycling: {ours[0]} has {ours[1] / speed:.2f} times the throughput of {name}")


def made_up(number: int) -> Document:
    """Give one of the documents that the growth is measured on."""
    source = number * 7919 % number if number and number % COPIED == 0 else number
    state = source + 1
    words = []
    for _ in range(WORDS):
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        words.append(VOCABULARY[(state >> 33) % len(VOCABULARY)])
    text = f"{' '.join(words[:60])}.\n{' '.join(words[60:])}."
    day = f"20{10 + number // 10_000:02d}-{1 + number // 1000 % 10:02d}-{1 + number % 1000 // 40:02d}"
    digest = sha256(text.encode()).hexdigest()
    return Document(f"{number:07d}", text, digest, label(text), "", outlet=f"Outlet {number % 40}", published=day)


def growth() -> None:
    """Print seconds for 1,000 documents early and late in a large case, and the memory of its index."""
    documents = tuple(made_up(number) for number in range(LARGE))
    casebook = Casebook(documents, (), load("general"))
    passed: list[float] = []
    due = [SMALL, SMALL + WINDOW, LARGE - WINDOW, LARGE - COPIED]
    steps = 0
    start = time.process_time()
    for link in copies(casebook):
        steps += link.edge.level is EdgeLevel.DOCUMENT
        while due and link.later >= due[0]:
            due.pop(0)
            passed.append(time.process_time())
    early, late = (1000 * (passed[at + 1] - passed[at]) / WINDOW for at in (0, 2))
    print(
        f"recycling: {len(documents)} documents, {steps} copies in {passed[-1] - start:.1f} s: 1,000 more cost "
        f"{early:.2f} s after {SMALL} and {late:.2f} s before {LARGE}, {late / early:.2f} times as much"
    )
    tracemalloc.start()
    index = Index()
    count = 0
    for turn, document in enumerate(documents[: 10 * SMALL]):
        of_document = marks(document)
        count += len(of_document)
        index.add(turn, of_document)
    size = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    print(
        f"recycling: {count / (10 * SMALL):.0f} marks of {WORDS} words, "
        f"index {size / (10 * SMALL):,.0f} bytes a document"
    )


def main() -> None:
    """Print all figures."""
    articles()
    throughput()
    growth()


if __name__ == "__main__":
    main()
