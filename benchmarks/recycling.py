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
   asks and enters. One process, all in one run.
3. On made-up documents, one in four a copy of an earlier one: 2,000 of them, and 20,000.
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from hashlib import sha256
from html import unescape
from importlib.util import find_spec
from itertools import combinations
from pathlib import Path

from benchmarks.measured import SETS, TENFOLD, Measured, Skipped, by_turns, peak, say, seconds
from benchmarks.signatures import ALIKE, RUN, WORD, bare_datasketch, bare_rensa
from tallystick.dossiers.loading import load
from tallystick.model.document import Document
from tallystick.reading.text.passages import label
from tallystick.tracing.copies.copies import copies
from tallystick.tracing.copies.resembling import resembling, reuse
from tallystick.tracing.tellings import Casebook

__all__ = ["measured"]

BODY = re.compile(r"<BODY>(.*?)</BODY>", re.DOTALL)
REUSED = (120, 60)
REPEATS = 2
SMALL = 2_000
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


def _found(texts: Sequence[str]) -> Iterator[Measured]:
    """How many of the pairs of an exhaustive count are found, and how many of the found ones are such pairs."""
    alike, reused = exhaustive(texts)
    of = f"of {len(texts):,} articles"
    yield from _shares(f"pairs alike {of}", alike, {(pair.first, pair.second) for pair in resembling(texts, ALIKE)})
    for least in REUSED:
        true = {pair for pair, words in reused.items() if words >= least}
        found = {(pair.first, pair.second) for pair in reuse(texts, least) if pair.jaccard < ALIKE}
        yield from _shares(f"pairs with {least} words in common {of}", true, found)


def _shares(what: str, true: set[tuple[int, int]], found: set[tuple[int, int]]) -> Iterator[Measured]:
    hits = len(true & found)
    for share, which in ((hits / max(len(true), 1), "found"), (hits / max(len(found), 1), "right")):
        yield Measured("recycling", f"{what}: {which}", share, "of 1", beside="exhaustive count", theirs=1)


def verified(texts: Sequence[str]) -> int:
    """Give how many pairs are alike by exact count."""
    return sum(1 for _ in resembling(texts, ALIKE))


def _fast(texts: Sequence[str]) -> Iterator[Measured | Skipped]:
    """Texts in a second: ours, with verification, and others' without."""
    jobs: list[Callable[[], object]] = [partial(verified, texts), partial(bare_rensa, texts)]
    names = ["rensa alone"]
    if find_spec("datasketch"):
        jobs.append(partial(bare_datasketch, texts))
        names.append("datasketch alone")
    else:
        yield Skipped("recycling", "datasketch is not installed (group bench)")
    with peak() as memory:
        jobs[0]()
    own, *others = by_turns(REPEATS, *jobs)
    for name, spent in zip(names, others, strict=True):
        yield Measured(
            "recycling", f"{len(texts):,} wire stories, alike pairs verified", len(texts) / own, "texts/s",
            memory.megabytes, None, name, len(texts) / spent,
        )  # fmt: skip


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


def _grown() -> Iterator[Measured]:
    """Documents in a second whose copies are found, and how their time grows."""
    dossier = load("general")
    documents = tuple(map(made_up, range(SMALL * TENFOLD)))
    small, large = (Casebook(own, (), dossier) for own in (documents[:SMALL], documents))
    shorter = seconds(partial(_copies, small))
    with peak() as memory:
        longer = seconds(partial(_copies, large))
    texts = [document.text for document in documents]
    (theirs,) = by_turns(1, partial(bare_rensa, texts))
    yield Measured(
        "recycling", f"{len(texts):,} documents, copies told with who copied", len(texts) / longer, "documents/s",
        memory.megabytes, longer / shorter, "rensa alone", len(texts) / theirs,
    )  # fmt: skip


def _copies(casebook: Casebook) -> None:
    for _ in copies(casebook):
        pass


def measured(scratch: Path) -> Iterator[Measured | Skipped]:  # noqa: ARG001 - a stage's
    """Give what is found, how fast, and how it grows."""
    path = SETS / "shootings" / "raw.docs.jsonl"
    if path.is_file():
        say("articles against an exhaustive count")
        yield from _found([json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()])
    else:
        yield Skipped("recycling", "../shared/bench/shootings is not here")
    folder = SETS / "reuters21578"
    if folder.is_dir():
        say("wire stories beside peers")
        files = sorted(folder.glob("*.sgm"))
        yield from _fast([unescape(body) for one in files for body in BODY.findall(one.read_text(encoding="latin-1"))])
    else:
        yield Skipped("recycling", "../shared/bench/reuters21578 is not here")
    say("growth")
    yield from _grown()
