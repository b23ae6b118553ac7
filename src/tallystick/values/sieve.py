"""A first look at bytes: the terms of a group come in, and whether a page may hold one of them goes out, at a glance.

Most pages of a crawl are in Latin letters and have none of a subject's words. They are told by a search for a few
short pieces, which processors do 16 bytes at a time (Teddy) and 5 to 10 times as fast as the search for whole words;
that holds for 64 pieces at most, so the search for more is done in rounds.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import product

import numpy as np
from ahocorasick_rs import BytesAhoCorasick, MatchKind

__all__ = ["Sieve"]

# Pieces that one round looks for: 32 take 8 microseconds on a page of 60 kB, 64 take 15, 120 take 176.
ROUND = 64
# With more rounds the search for whole words is as fast.
MOST_ROUNDS = 4
# Letters of a piece; each is looked for in both cases, so that 4 letters are 16 pieces.
LETTERS = 4
FEWEST = 3
# Bytes of other letters spelled in references ("&#1082;") or escapes ("\\u043a") that tell them from quotes and dashes.
SPELLED = 5
# Bytes beyond ASCII that pages in Latin letters have in UTF-8: accents, quotation marks, dashes, pictographs.
QUIET = (*range(0xC0), *range(0xC2, 0xC6), 0xE2, 0xEF, 0xF0)
STIRRING = np.ones(256, dtype=bool)
STIRRING[list(QUIET)] = False
LEADS = 0xC0
ESCAPES = ("&#{}", "&#x{:x}", "&#X{:x}", "\\u{:04x}")


class Sieve:
    """Lets every page through that may hold a term of its group, and few others."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        """Prepare the search for pieces of which a page without stirring bytes holds one."""
        found = sorted(set(pieces))
        self._rounds = tuple(
            BytesAhoCorasick(found[at : at + ROUND], matchkind=MatchKind.LeftmostFirst)
            for at in range(0, len(found), ROUND)
        )

    @property
    def rounds(self) -> int:
        """How many searches a page in Latin letters takes."""
        return len(self._rounds)

    @classmethod
    def of(cls, terms: Sequence[tuple[str, ...]], encodings: Sequence[Sequence[str]]) -> "Sieve | None":
        """Give the sieve of a group; None where its terms are too many or too short for one.

        Args:
            terms: The words of each term, in lower case.
            encodings: For each term, the encodings besides UTF-8 in which pages spell its letters.
        """
        latin = [words for words in terms if any(_run(word) for word in words)]
        pieces = {cased.encode("ascii") for piece in _cover(latin) for cased in _cases(piece)}
        for words, codes in zip(terms, encodings, strict=True):
            if words in latin:
                continue
            word = max(words, key=len)
            if word.isascii() or any(letter.isascii() for letter in word):
                return None
            for code in ("utf-8", *codes):
                quiet = _quiet(word, code)
                if quiet is None:
                    return None
                pieces |= quiet
            pieces |= _escaped(word[0])
        return cls(pieces) if len(pieces) <= ROUND * MOST_ROUNDS else None

    def passes(self, content: bytes) -> bool:
        """Whether `content`, in any encoding but UTF-16, may hold a term."""
        if not content.isascii():
            marks = np.frombuffer(content, dtype=np.uint8)
            if STIRRING[marks[marks >= LEADS]].any():
                return True
        return any(search.find_matches_as_indexes(content) for search in self._rounds)


def _run(word: str) -> str:
    """The longest run of ASCII letters and digits of a word, where it is long enough to be looked for."""
    runs = "".join(mark if mark.isascii() and mark.isalnum() else " " for mark in word).split()
    longest = max(runs, key=len, default="")
    return longest if len(longest) >= FEWEST else ""


def _cover(terms: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """A few pieces of which every term holds one."""
    left = [_pieces(filter(None, map(_run, words))) for words in terms]
    while left:
        counts = Counter(piece for pieces in left for piece in pieces)
        best = max(counts, key=lambda piece: (counts[piece], len(piece), piece))
        yield best
        left = [pieces for pieces in left if best not in pieces]


def _pieces(runs: Iterable[str]) -> set[str]:
    """Every piece of some runs of letters; a short run is one piece."""
    return {run[at : at + LETTERS] for run in runs for at in range(max(1, len(run) - LETTERS + 1))}


def _cases(piece: str) -> Iterator[str]:
    """A piece with each letter in both cases."""
    for letters in product(*((mark, mark.upper()) if mark.isalpha() else (mark,) for mark in piece)):
        yield "".join(letters)


def _quiet(word: str, code: str) -> set[bytes] | None:
    """The forms of a word in an encoding that hold no stirring byte; None where they are too many."""
    try:
        letters = [{letter.encode(code), letter.upper().encode(code)} for letter in word]
    except UnicodeEncodeError:
        return set()
    if any(all(_stirs(form) for form in forms) for forms in letters):
        return set()
    quiet = [sorted(form for form in forms if not _stirs(form)) for forms in letters]
    if 2 ** sum(len(forms) > 1 for forms in quiet) > ROUND:
        return None
    return {b"".join(forms) for forms in product(*quiet)}


def _stirs(form: bytes) -> bool:
    return any(STIRRING[byte] for byte in form)


def _escaped(letter: str) -> set[bytes]:
    """How a word that begins with a letter begins where its letters are spelled by number."""
    found = set()
    for cased in {letter, letter.upper()}:
        for escape in ESCAPES:
            spelled = escape.format(ord(cased[0]))[:SPELLED]
            found |= {spelled.encode("ascii"), (spelled[:2] + spelled[2:].upper()).encode("ascii")}
    return found
