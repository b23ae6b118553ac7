"""The few numbers of a text by which its copies are found: texts come in, their prints and marks go out.

A mark is derived from one text alone, so that it can be kept and compared with the texts of later days.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from rensa import RMinHash

from tallystick.tracing.copies.words import BATCH, SHINGLE, Flags, Hashes, Places, mixed, runs_of_five, words

__all__ = ["SHORT", "Prints", "Reach", "prints"]

# Of 16 five-word runs in a row the one with the least hash is a mark ("winnowing"): two texts that share a passage of
# 20 words share a mark, and a text has one mark for 8.5 words (2 for 17).
WINDOW = 16
# A passage or quotation with fewer words has marks of its own: in each 12 words of it one.
SHORT = WINDOW + SHINGLE - 1
SHORT_WINDOW = 8
# MinHash: texts with a Jaccard of 0.5 agree in a band of two rows with a probability of 0.25, in none of 16 bands with
# 0.01; the winnowed marks find the pairs of all but the shortest texts as well.
BANDS = 16
ROWS = 2
SEED = 6_180_339
# Marks of a text; a report has 60, a book of 170,000 words as many as this.
MOST_MARKS = 20_000
SALT = np.uint64(0xD6E8_FEB8_6659_FD93)
NOTHING = np.zeros(0, dtype=np.uint64)


class Reach(NamedTuple):
    """The parts of a text that are compared.

    Attributes:
        spans: Start and end of each part in code points, in order; the rest of the text is left out.
        shorts: Start and end of short paragraphs and quotations among them, which have marks of their own.
    """

    spans: tuple[tuple[int, int], ...]
    shorts: tuple[tuple[int, int], ...] = ()


class Prints(NamedTuple):
    """A text as numbers.

    Attributes:
        words: Hash of each word, its case aside.
        starts: First code point of each word in the text.
        ends: One past its last code point.
        numbers: Whether each begins with a digit.
        parts: Turn of the part of the text that holds each word.
        shingles: Hash of each run of five words.
        digest: MinHash of the shingles.
        sampled: Hashes of shingles that stand for the passages of the text; a hash may come twice.
    """

    words: Hashes
    starts: Places
    ends: Places
    numbers: Flags
    parts: Places
    shingles: Hashes
    digest: npt.NDArray[np.uint32]
    sampled: Hashes

    @property
    def marks(self) -> tuple[int, ...]:
        """The numbers by which texts that share a passage are found, in order, each once; none below five words.

        They have 63 bits, which a database holds as a number.
        """
        if not len(self.shingles):
            return ()
        sampled = np.unique(self.sampled)[:MOST_MARKS]
        found = np.concatenate((bands(self.digest[np.newaxis])[0], sampled)) >> np.uint64(1)
        return tuple(np.unique(found).tolist())


def bands(digests: npt.NDArray[np.uint32]) -> Hashes:
    """Give for each MinHash, one a row, the marks of its bands."""
    rows = digests.astype(np.uint64).reshape(len(digests), BANDS, ROWS)
    turns = np.arange(1, BANDS + 1, dtype=np.uint64) * SALT
    return mixed((rows[:, :, 0] << np.uint64(32)) + rows[:, :, 1] + turns)


def prints(texts: Sequence[str], reaches: Sequence[Reach] | None = None) -> Iterator[Prints]:
    """Yield the prints of each text, in order.

    Args:
        texts: Any texts.
        reaches: For each text the parts of it that are compared; if left out, all of every text.
    """
    first = 0
    while first < len(texts):
        last, size = first, 0
        while last < len(texts) and (last == first or size + len(texts[last]) < BATCH):
            size += len(texts[last]) + 1
            last += 1
        batch = texts[first:last]
        parts = [Reach(((0, len(text)),)) for text in batch] if reaches is None else reaches[first:last]
        yield from _batch(batch, parts)
        first = last


def _batch(texts: Sequence[str], reaches: Sequence[Reach]) -> Iterator[Prints]:
    """The prints of texts that are hashed together."""
    spans = [(turn, start, end) for turn, reach in enumerate(reaches) for start, end in reach.spans]
    found = words("".join([f"{texts[turn][start:end]}\n" for turn, start, end in spans]))
    ends = np.cumsum(np.array([end - start + 1 for _, start, end in spans], dtype=np.int64))
    owners = np.array([turn for turn, _, _ in spans], dtype=np.int64)
    shifts = np.array([end + 1 for _, _, end in spans], dtype=np.int64) - ends
    parts = np.searchsorted(ends, found.starts, side="right")
    bounds = np.searchsorted(owners[parts], np.arange(len(texts) + 1))
    starts, ends = found.starts + shifts[parts], found.ends + shifts[parts]
    shingles = runs_of_five(found.hashes)
    least = _least(shingles, WINDOW)
    fresh = np.ones(len(least), dtype=np.bool_)
    fresh[1:] = least[1:] != least[:-1]
    fresh[bounds[bounds < len(least)]] = True
    digests = _digests(shingles, bounds)
    for turn, reach in enumerate(reaches):
        first, last = int(bounds[turn]), int(bounds[turn + 1])
        own = shingles[first : max(first, last - SHINGLE + 1)]
        if last - first >= SHORT:
            sampled = least[first : last - SHORT + 1][fresh[first : last - SHORT + 1]]
        else:
            sampled = _sampled(own, WINDOW)
        of_text = Prints(
            found.hashes[first:last], starts[first:last], ends[first:last], found.numbers[first:last],
            parts[first:last], own, digests[turn], sampled,
        )  # fmt: skip
        yield _with_shorts(of_text, reach.shorts) if reach.shorts else of_text


def _digests(shingles: Hashes, bounds: Places) -> npt.NDArray[np.uint32]:
    """The MinHash of each text, one a row; `bounds` are the turns of the first words of the texts."""
    counts = np.maximum(np.diff(bounds) - SHINGLE + 1, 0)
    rows = np.zeros(len(counts) + 1, dtype=np.int64)
    np.cumsum(counts, out=rows[1:])
    own = shingles[np.arange(rows[-1]) + np.repeat(bounds[:-1] - rows[:-1], counts)]
    matrix = RMinHash.digest_matrix_from_flat_token_hashes(own, rows, BANDS * ROWS, SEED)
    return np.array(matrix.to_rows(), dtype=np.uint32).reshape(len(counts), BANDS * ROWS)


def _least(values: Hashes, window: int) -> Hashes:
    """The least of each `window` values in a row; `window` is a power of two."""
    step = 1
    while step < window:
        values = np.minimum(values[:-step], values[step:]) if len(values) > step else values[:0]
        step *= 2
    return values


def _sampled(shingles: Hashes, window: int) -> Hashes:
    """The least of each `window` shingles in a row; of fewer the least of all."""
    least = _least(shingles, window)
    if len(least):
        return np.unique(least)
    return shingles.min(keepdims=True) if len(shingles) else NOTHING


def _with_shorts(of_text: Prints, shorts: Sequence[tuple[int, int]]) -> Prints:
    """The prints with the marks of short passages added."""
    bounds = np.searchsorted(of_text.starts, np.array(shorts, dtype=np.int64))
    sampled = [of_text.sampled]
    for first, last in bounds:
        if SHINGLE <= last - first < SHORT:
            own = of_text.shingles[first : last - SHINGLE + 1]
            sampled.append(_sampled(own, SHORT_WINDOW))
    return of_text._replace(sampled=np.concatenate(sampled))
