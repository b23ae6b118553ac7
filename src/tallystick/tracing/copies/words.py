"""The words of a string as numbers: a string comes in, hashes and places of its words go out.

All words are found and hashed at once, without a Python object for any of them.
"""

from functools import cache
from typing import NamedTuple
from unicodedata import category

import numpy as np
import numpy.typing as npt

__all__ = ["BATCH", "SHINGLE", "Flags", "Hashes", "Places", "Words", "mixed", "runs_of_five", "words"]

Hashes = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

SHINGLE = 5
# Code points hashed together: what fits the cache of a processor.
BATCH = 1 << 16
# Odd, so that it has an inverse modulo 2**64.
BASE = 0x9E37_79B9_7F4A_7C15
INVERSE = pow(BASE, -1, 1 << 64)
# Code points from here on are looked up in no table: CJK extensions are words, the rest is signs.
PLANE = 1 << 16
FAR_WORDS = 1 << 17
# Each of these is a word: their languages put no blanks between words.
UNSPACED = ((0x3040, 0x30FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF))


class Words(NamedTuple):
    """The words of a string in order.

    Attributes:
        hashes: Hash of each word, its case aside; a number with its separators is one word.
        starts: First code point of each.
        ends: One past its last code point.
        numbers: Whether each begins with a digit.
    """

    hashes: Hashes
    starts: Places
    ends: Places
    numbers: Flags


class _Alphabet(NamedTuple):
    """What each code point of the first plane is: in lower case, 0 where it separates words."""

    folded: Hashes
    unspaced: Flags


@cache
def _alphabet() -> _Alphabet:
    folded = np.zeros(PLANE, dtype=np.uint64)
    for code in range(PLANE):
        sign = chr(code)
        if category(sign)[0] in "LNM" or sign == "_":
            lower = sign.lower()
            folded[code] = ord(lower) if len(lower) == 1 else code
    unspaced = np.zeros(PLANE, dtype=np.bool_)
    for first, last in UNSPACED:
        unspaced[first : last + 1] = True
    return _Alphabet(folded, unspaced & (folded > 0))


def _powers(size: int) -> tuple[Hashes, Hashes]:
    """The powers of `BASE` and of its inverse, modulo 2**64."""
    rows = np.empty((2, size), dtype=np.uint64)
    rows[:, 0], rows[0, 1:], rows[1, 1:] = 1, BASE, INVERSE
    np.cumprod(rows, axis=1, out=rows)
    return rows[0], rows[1]


@cache
def _batch_powers() -> tuple[Hashes, Hashes]:
    return _powers(2 * BATCH)


def mixed(values: Hashes) -> Hashes:
    """Give hashes each bit of which depends on all bits of the value (the last steps of splitmix64)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58_476D_1CE4_E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D0_49BB_1331_11EB)
    return values ^ (values >> np.uint64(31))


def runs_of_five(hashes: Hashes) -> Hashes:
    """Give the hash of each run of five words; none where there are fewer."""
    count = max(len(hashes) - SHINGLE + 1, 0)
    total = np.zeros(count, dtype=np.uint64)
    for turn in range(SHINGLE if count else 0):
        total = total * np.uint64(BASE) + hashes[turn : turn + count]
    return mixed(total)


def words(text: str) -> Words:
    """Give the words of `text`: letters, digits and their marks; between digits also a comma or a full stop."""
    codes: npt.NDArray[np.uint8] | npt.NDArray[np.uint32]
    narrow = text.isascii()
    if narrow:
        codes = np.frombuffer(text.encode("ascii"), dtype=np.uint8)
    else:
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    alphabet = _alphabet()
    near = codes if narrow else np.minimum(codes, PLANE - 1)
    folded = alphabet.folded[near]
    if not narrow:
        far = codes >= FAR_WORDS
        folded[far] = codes[far]
    digit = (codes >= ord("0")) & (codes <= ord("9"))
    inside = np.flatnonzero((codes[1:-1] == ord(",")) | (codes[1:-1] == ord("."))) + 1
    inside = inside[digit[inside - 1] & digit[inside + 1]]
    folded[inside] = codes[inside]
    starts, ends = _bounds(folded != 0, None if narrow else alphabet.unspaced[near] | far)
    powers, inverses = _batch_powers() if len(codes) <= 2 * BATCH else _powers(len(codes))
    sums = np.zeros(len(codes) + 1, dtype=np.uint64)
    np.cumsum(folded * powers[: len(codes)], out=sums[1:])
    return Words(mixed((sums[ends] - sums[starts]) * inverses[starts]), starts, ends, digit[starts])


def _bounds(inside: Flags, alone: Flags | None) -> tuple[Places, Places]:
    """Where words start and end, from whether each code point is part of one and is one by itself."""
    framed = np.zeros(len(inside) + 2, dtype=np.bool_)
    framed[1:-1] = inside
    edge = framed[1:] != framed[:-1]
    if alone is not None:
        split = np.zeros(len(inside) + 1, dtype=np.bool_)
        split[:-1] = alone
        split[1:] |= alone
        edge |= split & framed[1:] & framed[:-1]
        edge[:-1] |= alone
        edge[1:] |= alone
    return np.flatnonzero(edge[:-1] & inside), np.flatnonzero(edge[1:] & inside) + 1
