"""Texts that resemble one another or share passages: any texts come in, pairs of them with exact shares go out."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, product
from math import sqrt
from typing import NamedTuple

import numpy as np

from tallystick.model.lineage import Shared
from tallystick.tracing.copies.marks import Prints, bands, prints
from tallystick.tracing.copies.verifying import covered, likeness, passages, runs
from tallystick.tracing.copies.words import Hashes, Places

__all__ = ["Pair", "Reuse", "resembling", "reuse"]

# Texts with a mark that each text is compared with: the next ones in order. Pairs are lost where more than this have
# nearly the same text; identical texts are told apart from these and never lost.
NEIGHBORS = 128
# The estimate by MinHash may lie this many standard deviations below the truth: three of 10,000 lie further.
DEVIATIONS = 3.4
# Shared marks from which on two texts are compared for passages: a passage of 120 words has six and more.
FEWEST_MARKS = 2


class Pair(NamedTuple):
    """Two texts that resemble each other.

    Attributes:
        first: Turn of one text, from 0.
        second: Turn of the other, greater than `first`.
        jaccard: Five-word runs that stand in both, of all that stand in either.
        containment: The same, of those in the text that has fewer.
    """

    first: int
    second: int
    jaccard: float
    containment: float


class Reuse(NamedTuple):
    """Two texts that share passages.

    Attributes:
        first: Turn of one text, from 0.
        second: Turn of the other, greater than `first`.
        words: Words of either text, whichever has more, that stand in a five-word run of the other.
        jaccard: Five-word runs that stand in both, of all that stand in either.
        containment: The same, of those in the text that has fewer.
        shared: The passages, `later` in the second text and `earlier` in the first.
    """

    first: int
    second: int
    words: int
    jaccard: float
    containment: float
    shared: tuple[Shared, ...]


class _Groups(NamedTuple):
    """Texts of the same words, and the prints of the first of each."""

    prints: list[Prints]
    members: list[list[int]]


def resembling(texts: Sequence[str], at_least: float = 0.5) -> Iterator[Pair]:
    """Yield the pairs of texts with a Jaccard of at least `at_least`, in order of their turns.

    Candidates come from MinHash and sampled five-word runs, each is verified by an exact count. Texts of fewer than
    five words resemble nothing.

    Args:
        texts: Any texts.
        at_least: From 0.3 to 1; below, candidates are missed.
    """
    groups = _grouped(texts)
    found = [Pair(first, second, 1.0, 1.0) for members in groups.members for first, second in combinations(members, 2)]
    digests = np.array([of_text.digest for of_text in groups.prints])
    candidates, _ = _candidates(groups.prints)
    ones, others = candidates // max(len(groups.prints), 1), candidates % max(len(groups.prints), 1)
    if len(candidates):
        rows = digests.shape[1]
        least = at_least - DEVIATIONS * sqrt(at_least * (1 - at_least) / rows)
        likely = (digests[ones] == digests[others]).mean(axis=1) >= least
        ones, others = ones[likely], others[likely]
    distinct: dict[int, Hashes] = {}
    for one, other in zip(ones.tolist(), others.tolist(), strict=True):
        for turn in (one, other):
            if turn not in distinct:
                distinct[turn] = np.unique(groups.prints[turn].shingles)
        like = likeness(distinct[one], distinct[other])
        if like.jaccard >= at_least:
            for first, second in product(groups.members[one], groups.members[other]):
                found.append(Pair(min(first, second), max(first, second), *like))
    found.sort()
    yield from found


def reuse(texts: Sequence[str], at_least: int = 120) -> Iterator[Reuse]:
    """Yield the pairs of texts of which one has at least `at_least` words in common with the other, in order.

    Args:
        texts: Any texts.
        at_least: Words; below 40 pairs are missed.
    """
    groups = _grouped(texts)
    found: list[Reuse] = []
    for turn, members in enumerate(groups.members):
        for first, second in combinations(members, 2):
            found.extend(_reused(groups.prints[turn], groups.prints[turn], (first, second), texts, at_least))
    candidates, counts = _candidates(groups.prints)
    for candidate in candidates[counts >= FEWEST_MARKS].tolist():
        one, other = divmod(candidate, len(groups.prints))
        for turns in product(groups.members[one], groups.members[other]):
            found.extend(_reused(groups.prints[one], groups.prints[other], turns, texts, at_least))
    found.sort()
    yield from found


def _reused(one: Prints, other: Prints, turns: tuple[int, int], texts: Sequence[str], at_least: int) -> Iterator[Reuse]:
    """The reuse between two texts, if it is enough."""
    words = max(int(covered(one, other).sum()), int(covered(other, one).sum()))
    if words < at_least:
        return
    if turns[0] > turns[1]:
        one, other, turns = other, one, (turns[1], turns[0])
    like = likeness(np.unique(one.shingles), np.unique(other.shingles))
    shared = passages(other, one, runs(other, one), (texts[turns[1]], texts[turns[0]]))
    yield Reuse(*turns, words, *like, shared)


def _grouped(texts: Sequence[str]) -> _Groups:
    """Put texts of the same words together; texts without a five-word run are left out."""
    members: defaultdict[bytes, list[int]] = defaultdict(list)
    first: dict[bytes, Prints] = {}
    for turn, of_text in enumerate(prints(texts)):
        if len(of_text.shingles):
            key = of_text.words.tobytes()
            members[key].append(turn)
            first.setdefault(key, of_text)
    return _Groups(list(first.values()), list(members.values()))


def _candidates(of_texts: Sequence[Prints]) -> tuple[Places, Places]:
    """Pairs of texts that share marks, each as first * number of texts + second, and how many marks they share."""
    count = len(of_texts)
    if not count:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    sampled = [of_text.sampled for of_text in of_texts]
    banded = bands(np.array([of_text.digest for of_text in of_texts]))
    marks = np.concatenate((banded.ravel(), *sampled))
    turns = np.arange(count)
    owners = np.concatenate((np.repeat(turns, banded.shape[1]), np.repeat(turns, [len(marks) for marks in sampled])))
    order = np.argsort(marks, kind="stable")
    marks, owners = marks[order], owners[order]
    found: list[Places] = []
    left = np.arange(len(marks))
    for step in range(1, NEIGHBORS + 1):
        left = left[left + step < len(marks)]
        left = left[marks[left] == marks[left + step]]
        if not len(left):
            break
        ones, others = owners[left], owners[left + step]
        found.append((np.minimum(ones, others) * count + np.maximum(ones, others))[ones != others])
    pairs, counts = np.unique(np.concatenate(found), return_counts=True) if found else (order[:0], order[:0])
    return pairs, counts
