"""Texts that resemble one another or share passages: any texts come in, pairs of them with exact shares go out."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain, combinations, product
from math import sqrt
from typing import NamedTuple

import numpy as np

from tallystick.model.lineage import Shared
from tallystick.tracing.copies.marks import Prints, bands, prints
from tallystick.tracing.copies.verifying import covered, likeness, passages, runs
from tallystick.tracing.copies.words import Hashes, Places

__all__ = ["Pair", "Reuse", "resembling", "reuse"]

# Texts with the same mark that each text is compared with: the next ones in order. Pairs are lost where more than this
# have nearly the same text; identical texts are told apart from these and never lost.
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
        words: Words of either text, whichever has fewer, that stand in a five-word run of the other.
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


class _Groups:
    """Texts of the same words together.

    Attributes:
        of_texts: The prints of every text.
        prints: Those of the first text of each group.
        members: The turns of the texts of each group.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        """Leave out texts without a five-word run."""
        members: defaultdict[bytes, list[int]] = defaultdict(list)
        self.of_texts = list(prints(texts))
        for turn, of_text in enumerate(self.of_texts):
            if len(of_text.shingles):
                members[of_text.words.tobytes()].append(turn)
        self.members = list(members.values())
        self.prints = [self.of_texts[of_group[0]] for of_group in self.members]
        self._ranked: dict[int, Hashes] = {}

    def ranked(self, group: int) -> Hashes:
        """Give the five-word runs of a group, each once, in order of their hashes."""
        if group not in self._ranked:
            self._ranked[group] = np.unique(self.prints[group].shingles)
        return self._ranked[group]


def resembling(texts: Sequence[str], at_least: float = 0.5) -> Iterator[Pair]:
    """Yield the pairs of texts with a Jaccard of at least `at_least`, in order of their turns.

    Candidates come from MinHash and sampled five-word runs, each is verified by an exact count. Texts of fewer than
    five words resemble nothing.

    Args:
        texts: Any texts.
        at_least: From 0.3 to 1; below, candidates are missed.
    """
    groups = _Groups(texts)
    found = [Pair(*turns, 1.0, 1.0) for group in range(len(groups.members)) for turns in _turns(groups, group, group)]
    candidates, _ = _candidates(groups.prints)
    if len(candidates):
        ones, others = np.divmod(candidates, len(groups.prints))
        digests = np.array([of_text.digest for of_text in groups.prints])
        least = at_least - DEVIATIONS * sqrt(at_least * (1 - at_least) / digests.shape[1])
        likely = (digests[ones] == digests[others]).mean(axis=1) >= least
        for one, other in zip(ones[likely].tolist(), others[likely].tolist(), strict=True):
            like = likeness(groups.ranked(one), groups.ranked(other))
            if like.jaccard >= at_least:
                found.extend(Pair(*turns, *like) for turns in _turns(groups, one, other))
    found.sort()
    yield from found


def reuse(texts: Sequence[str], at_least: int = 120) -> Iterator[Reuse]:
    """Yield the pairs of texts of each of which at least `at_least` words stand in the other, in order.

    Args:
        texts: Any texts.
        at_least: Words; below 40 pairs are missed.
    """
    groups = _Groups(texts)
    found: list[Reuse] = []
    candidates, counts = _candidates(groups.prints)
    chosen = [divmod(pair, len(groups.prints)) for pair in candidates[counts >= FEWEST_MARKS].tolist()]
    same = ((group, group) for group, members in enumerate(groups.members) if len(members) > 1)
    for one, other in chain(same, chosen):
        inside = [
            covered(groups.prints[first], groups.ranked(second)) for first, second in ((one, other), (other, one))
        ]
        words = min(int(flags.sum()) for flags in inside)
        if words >= at_least:
            like = likeness(groups.ranked(one), groups.ranked(other))
            for first, second in _turns(groups, one, other):
                later, earlier = groups.of_texts[second], groups.of_texts[first]
                shared = passages(later, earlier, runs(later, earlier), (texts[second], texts[first]))
                found.append(Reuse(first, second, words, *like, shared))
    found.sort()
    yield from found


def _turns(groups: _Groups, one: int, other: int) -> Iterator[tuple[int, int]]:
    """The turns of all pairs of texts of two groups, or of one."""
    if one == other:
        yield from combinations(groups.members[one], 2)
        return
    for first, second in product(groups.members[one], groups.members[other]):
        yield min(first, second), max(first, second)


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
