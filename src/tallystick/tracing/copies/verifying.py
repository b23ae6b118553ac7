"""What two texts have in common, exactly: the prints of both come in, shares and common runs of words go out."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from tallystick.model.lineage import Shared
from tallystick.tracing.copies.marks import Prints
from tallystick.tracing.copies.words import SHINGLE, Flags, Hashes, Places

__all__ = ["Likeness", "Run", "covered", "likeness", "masked", "passages", "runs"]

# Common runs of one pair that are lengthened and kept; a text repeated without end has no more.
MOST_RUNS = 4096
# Words compared at a time while a run is lengthened.
STRIDE = 256
# What may differ in a shared passage: blanks and the shape of quotation marks.
LOOSE = str.maketrans(dict.fromkeys("\"'`´‘’‚‛“”„‟«»‹›「」『』＂＇"))
NUMBER = np.uint64(0x4E55_4D42_4552)


class Likeness(NamedTuple):
    """How much two texts have in common.

    Attributes:
        jaccard: Five-word runs that stand in both, of all that stand in either.
        containment: The same, of those that stand in the text that has fewer.
    """

    jaccard: float
    containment: float


class Run(NamedTuple):
    """A run of words that stands in both texts.

    Attributes:
        later: Turn of its first word in the later text.
        earlier: Turn of its first word in the earlier text.
        length: Its words.
    """

    later: int
    earlier: int
    length: int


def likeness(one: Hashes, other: Hashes) -> Likeness:
    """Compare two texts by their five-word runs, each given once and in the order of their hashes."""
    if not len(one) or not len(other):
        return Likeness(0.0, 0.0)
    common = len(np.intersect1d(one, other, assume_unique=True))
    return Likeness(common / (len(one) + len(other) - common), common / min(len(one), len(other)))


def covered(one: Prints, ranked: Hashes) -> Flags:
    """Tell for each word of a text whether it stands in one of the five-word runs of another, given in order."""
    inside = np.zeros(len(one.words), dtype=np.bool_)
    if not len(ranked):
        return inside
    hits = ranked[np.minimum(np.searchsorted(ranked, one.shingles), len(ranked) - 1)] == one.shingles
    for turn in range(SHINGLE):
        inside[turn : turn + len(hits)] |= hits
    return inside


def runs(later: Prints, earlier: Prints) -> list[Run]:
    """Give the longest common runs of five words and more, in order of the later text and without overlap in it.

    A run ends where a part of either text is left out.
    """
    own, theirs = later.shingles, earlier.shingles
    if not len(own) or not len(theirs):
        return []
    found: list[Run] = []
    done = 0
    for start, at, count in _diagonals(own, theirs):
        skipped = max(0, done - start)
        if skipped >= count:
            continue
        first, second = start + skipped, at + skipped
        count = _extended(own, theirs, first, second, count - skipped)  # noqa: PLW2901 - the run grows
        done = first + count
        found.append(Run(first, second, count + SHINGLE - 1))
    return [part for run in _without_overlap(found) for part in _split(run, later.parts, earlier.parts)]


def masked(one: Prints, first: int, last: int) -> Hashes:
    """Give some words of a text, from one turn to before another, with all its numbers taken for the same."""
    return np.where(one.numbers[first:last], NUMBER, one.words[first:last])


def _diagonals(own: Hashes, theirs: Hashes) -> Sequence[tuple[int, int, int]]:
    """Runs of shingles that follow one another in both texts, by the first place of each in the earlier one."""
    # Methods, not the functions of numpy that call them: of short texts the call is what takes the time.
    order = theirs.argsort(kind="stable")
    ranked = theirs[order]
    at = np.minimum(ranked.searchsorted(own), len(ranked) - 1)
    (hits,) = (ranked[at] == own).nonzero()
    if not len(hits):
        return []
    places = order[at[hits]]
    fresh = np.ones(len(hits), dtype=np.bool_)
    fresh[1:] = (hits[1:] != hits[:-1] + 1) | (places[1:] != places[:-1] + 1)
    starts = fresh.nonzero()[0].tolist()
    counts = [end - start for start, end in pairwise((*starts, len(hits)))]
    return list(zip(hits[starts].tolist(), places[starts].tolist(), counts, strict=True))[:MOST_RUNS]


def _extended(own: Hashes, theirs: Hashes, first: int, second: int, count: int) -> int:
    """How many shingles are the same from two places on, of which `count` are known to be."""
    while first + count < len(own) and second + count < len(theirs) and own[first + count] == theirs[second + count]:
        one = own[first + count : first + count + STRIDE]
        other = theirs[second + count : second + count + STRIDE]
        size = min(len(one), len(other))
        differing = np.flatnonzero(one[:size] != other[:size])
        count += int(differing[0]) if len(differing) else size
    return count


def _without_overlap(found: list[Run]) -> list[Run]:
    """The runs, each without the words that the one before has."""
    kept: list[Run] = []
    end = 0
    for run in found:
        cut = max(0, end - run.later)
        if run.length - cut >= SHINGLE:
            kept.append(Run(run.later + cut, run.earlier + cut, run.length - cut))
            end = run.later + run.length
    return kept


def _split(run: Run, own: Places, theirs: Places) -> list[Run]:
    """The run in pieces that lie within one part of each text."""
    one = own[run.later : run.later + run.length]
    other = theirs[run.earlier : run.earlier + run.length]
    if one[0] == one[-1] and other[0] == other[-1]:
        return [run]
    cuts = np.flatnonzero((one[1:] != one[:-1]) | (other[1:] != other[:-1])) + 1
    bounds = [0, *cuts.tolist(), run.length]
    return [Run(run.later + start, run.earlier + start, end - start) for start, end in pairwise(bounds)]


def passages(later: Prints, earlier: Prints, found: Sequence[Run], texts: tuple[str, str]) -> tuple[Shared, ...]:
    """Give the common runs as passages of both texts that are equal but for blanks and quotation marks.

    Args:
        later: Prints of the later text.
        earlier: Prints of the earlier text.
        found: Their common runs.
        texts: The later and the earlier text.
    """
    return tuple(shared for run in found for shared in _equal(later, earlier, run, texts))


def _equal(later: Prints, earlier: Prints, run: Run, texts: tuple[str, str]) -> list[Shared]:
    """The run in pieces, cut where a letter's case or a sign between two words differs."""
    one, other = slice(run.later, run.later + run.length), slice(run.earlier, run.earlier + run.length)
    starts, ends = later.starts[one].tolist(), later.ends[one].tolist()
    olds, old_ends = earlier.starts[other].tolist(), earlier.ends[other].tolist()
    own, theirs = texts[0][starts[0] : ends[-1]], texts[1][olds[0] : old_ends[-1]]
    if own == theirs or _bare(own) == _bare(theirs):
        return [Shared(starts[0], ends[-1], olds[0], old_ends[-1])]
    pieces: list[tuple[int, int]] = []
    first: int | None = None
    for turn in range(run.length):
        same = texts[0][starts[turn] : ends[turn]] == texts[1][olds[turn] : old_ends[turn]]
        if first is not None and same:
            gap = _bare(texts[0][ends[turn - 1] : starts[turn]]) == _bare(texts[1][old_ends[turn - 1] : olds[turn]])
            if gap:
                continue
        if first is not None:
            pieces.append((first, turn))
        first = turn if same else None
    if first is not None:
        pieces.append((first, run.length))
    long = [piece for piece in pieces if piece[1] - piece[0] >= SHINGLE]
    kept = long or sorted(pieces, key=lambda piece: piece[0] - piece[1])[:1]
    return [Shared(starts[start], ends[end - 1], olds[start], old_ends[end - 1]) for start, end in kept]


def _bare(text: str) -> str:
    """The text without blanks and quotation marks."""
    return "".join(text.translate(LOOSE).split())
