"""What two reports share: the texts of both come in, their common runs and their like paragraphs go out."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from tallystick.tracing.copies.texts import Paragraph, Text
from tallystick.tracing.copies.verifying import Run, masked, runs
from tallystick.tracing.copies.words import SHINGLE, Flags, Hashes, runs_of_five

__all__ = ["MIN_NEAR_WORDS", "MIN_WORDS", "PLAIN_WORDS", "Match", "Overlap", "longest", "overlap"]

# Shorter paragraphs ("The ministry gave no details.") are equal by chance.
MIN_WORDS = 8
# Below this a near copy shows too few shingles to tell.
MIN_NEAR_WORDS = 12
# Share of the shorter paragraph's shingles: of 3,332 paragraphs with 12 words or more in the gold sets en-train and
# en-dev no two of different reports share more than 0.46, and only four more than 0.4 (measured 2025-11-25).
NEAR_SHARE = 0.6
# With all numbers masked no two share more than 0.84; a copy whose numbers were changed (machine translation, a new
# count) keeps nearly all, and still shares the runs between the numbers.
MASKED_SHARE = 0.9
MASKED_LEAST = 0.3
# A passage without a figure shows a copied report only from here on; shorter ones are formulas.
PLAIN_WORDS = 20


class Match(NamedTuple):
    """A paragraph and the one of an earlier report that it repeats.

    Attributes:
        later: The paragraph.
        earlier: The one that it repeats.
        share: The part of the shorter one's five-word runs that the other has too.
        same: Whether both have the same words.
        aside: Whether the share is that of the text with its numbers left aside.
    """

    later: Paragraph
    earlier: Paragraph
    share: float
    same: bool
    aside: bool


class Overlap(NamedTuple):
    """What a report shares with an earlier one.

    Attributes:
        runs: Common runs of words, in order.
        matches: For each paragraph that repeats one of the earlier report the likest one, in order.
        inside: For each word of the later report whether it is in a run, or in a paragraph that differs in its
            numbers alone.
        share: The part of its five-word runs that lie in those.
    """

    runs: tuple[Run, ...]
    matches: tuple[Match, ...]
    inside: Flags
    share: float


def overlap(later: Text, earlier: Text) -> Overlap:
    """Compare a report with an earlier one."""
    found = runs(later.prints, earlier.prints)
    inside = np.zeros(len(later.prints.words), dtype=np.bool_)
    for run in found:
        inside[run.later : run.later + run.length] = True
    matches = tuple(_matches(later, earlier, found))
    for match in matches:
        if match.aside:
            inside[match.later.first : match.later.last] = True
    whole = inside[SHINGLE - 1 :].copy()
    for turn in range(SHINGLE - 1):
        whole &= inside[turn : turn + len(whole)]
    share = np.count_nonzero(whole) / len(whole) if len(whole) else 0.0
    return Overlap(tuple(found), matches, inside, share)


def longest(flags: Flags) -> int:
    """Give the length of the longest row of true flags."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], flags, [False]))))
    return int((edges[1::2] - edges[::2]).max(initial=0))


def _matches(later: Text, earlier: Text, found: Sequence[Run]) -> list[Match]:
    """For each paragraph the likest one of the earlier report, if it is like enough."""
    best: dict[int, Match] = {}
    for (turn, at), count in _common(later, earlier, found).items():
        match = _match(later, earlier, later.paragraphs[turn], earlier.paragraphs[at], count)
        if match is not None and (turn not in best or match.share > best[turn].share):
            best[turn] = match
    return [best[turn] for turn in sorted(best)]


def _common(later: Text, earlier: Text, found: Sequence[Run]) -> dict[tuple[int, int], int]:
    """How many five-word runs each two paragraphs share, by their turns."""
    firsts, theirs = ([paragraph.first for paragraph in text.paragraphs] for text in (later, earlier))
    counts: defaultdict[tuple[int, int], int] = defaultdict(int)
    for run in found:
        done = 0
        while done < run.length:
            turn = bisect_right(firsts, run.later + done) - 1
            at = bisect_right(theirs, run.earlier + done) - 1
            left = later.paragraphs[turn].last - run.later - done, earlier.paragraphs[at].last - run.earlier - done
            size = min(run.length - done, *left)
            counts[turn, at] += max(0, size - SHINGLE + 1)
            done += size
    return counts


def _match(later: Text, earlier: Text, one: Paragraph, other: Paragraph, count: int) -> Match | None:
    """The pair of paragraphs that share `count` five-word runs, if it is enough."""
    fewer = min(one.words, other.words)
    if fewer < MIN_WORDS:
        return None
    share = min(1.0, count / (fewer - SHINGLE + 1))
    same = one.words == other.words and bool(np.array_equal(_of(later, one), _of(earlier, other)))
    if same:
        return Match(one, other, 1.0, same=True, aside=False)
    if fewer < MIN_NEAR_WORDS:
        return None
    if share >= NEAR_SHARE:
        return Match(one, other, share, same=False, aside=False)
    if share >= MASKED_LEAST:
        share = _masked_share(later, earlier, one, other)
        if share >= MASKED_SHARE:
            return Match(one, other, share, same=False, aside=True)
    return None


def _of(text: Text, paragraph: Paragraph) -> Hashes:
    return text.prints.words[paragraph.first : paragraph.last]


def _masked_share(later: Text, earlier: Text, one: Paragraph, other: Paragraph) -> float:
    """The shared part of the shorter paragraph with all numbers alike."""
    first, second = (
        np.unique(runs_of_five(masked(text.prints, paragraph.first, paragraph.last)))
        for text, paragraph in ((later, one), (earlier, other))
    )
    return len(np.intersect1d(first, second, assume_unique=True)) / min(len(first), len(second))
