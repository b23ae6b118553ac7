"""A first look at bytes: the terms of a group come in, and whether a page may hold one of them goes out, at a glance.

Most pages of a crawl are in UTF-8 and have none of a subject's words. They are told by a search for a few short pieces,
which processors do 16 bytes at a time (Teddy) and 5 to 10 times as fast as the search for whole words; that holds for
64 pieces at most, so the search for more is done in rounds.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import product

import numpy as np
from ahocorasick_rs import BytesAhoCorasick, MatchKind

__all__ = ["FOLD", "Sieve", "is_utf_8"]

# Pieces that one round looks for: 32 take 8 microseconds on a page of 60 kB, 64 take 15, 120 take 176.
ROUND = 64
# With more rounds the search for whole words is as fast.
MOST_ROUNDS = 4
# Letters of a piece, and the fewest of one in Latin letters.
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


def _fold() -> bytes:
    """A table after which the upper and lower case of a letter are the same bytes, in every encoding named above.

    ASCII, Latin-1, windows-1251 and KOI8 differ in bit 0x20. In UTF-8 the halves of a Cyrillic pair differ in the high
    nibble of the second byte and between 0xD0 and 0xD1 in the first. Leveling all of this also makes some letters
    alike that are not (а and р in UTF-8), which lets a few more pages through and hides none.
    """
    table = bytearray(range(256))
    for byte in (*range(0x41, 0x5B), *range(0xC0, 0xE0)):
        table[byte] = byte | 0x20
    for byte in range(0x80, 0xC0):
        table[byte] = 0xB0 | byte & 0x0F
    table[0xD1] = table[0xF1] = table[0xD0]
    return bytes(table)


FOLD = _fold()


class Sieve:
    """Lets every page through that may hold a term of its group, and few others."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        """Prepare the search for pieces, leveled by `FOLD`: a page with a term has one, if in UTF-8 or not stirring."""
        found = sorted(set(pieces))
        self._rounds = tuple(
            BytesAhoCorasick(found[at : at + ROUND], matchkind=MatchKind.LeftmostFirst)
            for at in range(0, len(found), ROUND)
        )

    @property
    def rounds(self) -> int:
        """How many searches a page takes."""
        return len(self._rounds)

    @classmethod
    def of(cls, terms: Sequence[tuple[str, ...]], encodings: Sequence[Sequence[str]]) -> "Sieve | None":
        """Give the sieve of a group; None where its terms are too many or too short for one.

        Args:
            terms: The words of each term, in lower case.
            encodings: For each term, the encodings besides UTF-8 in which pages spell its letters.
        """
        pieces = {form for piece in _cover(terms) for form in _forms(piece)}
        for words, codes in zip(terms, encodings, strict=True):
            if _runs(words):
                continue
            word = max(words, key=len)
            if word.isascii() or any(letter.isascii() for letter in word):
                return None
            for code in codes:
                quiet = _quiet(word, code)
                if quiet is None or _is_both(word, code):
                    return None
                pieces |= quiet
            pieces |= _escaped(word[0])
        return cls(pieces) if len(pieces) <= ROUND * MOST_ROUNDS else None

    def passes(self, content: bytes, folded: bytes) -> bool:
        """Whether `content`, in any encoding but UTF-16, may hold a term; `folded` is the same, leveled by `FOLD`."""
        if any(search.find_matches_as_indexes(folded) for search in self._rounds):
            return True
        if content.isascii() or is_utf_8(content):
            return False
        marks = np.frombuffer(content, dtype=np.uint8)
        return bool(STIRRING[marks[marks >= LEADS]].any())


def is_utf_8(content: bytes) -> bool:
    """Whether all of `content` is UTF-8."""
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def _run(word: str) -> str:
    """The longest run of ASCII letters and digits of a word, where it is long enough to be looked for."""
    runs = "".join(mark if mark.isascii() and mark.isalnum() else " " for mark in word).split()
    longest = max(runs, key=len, default="")
    return longest if len(longest) >= FEWEST else ""


def _runs(words: Iterable[str]) -> tuple[str, ...]:
    """The runs of Latin letters by which a term is told; none where it has no such."""
    return tuple(filter(None, map(_run, words)))


def _cover(terms: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """A few pieces of which every term holds one."""
    left = [_pieces(_runs(words) or words) for words in terms]
    while left:
        counts = Counter(piece for pieces in left for piece in pieces)
        best = max(counts, key=lambda piece: (counts[piece], len(piece), piece))
        yield best
        left = [pieces for pieces in left if best not in pieces]


def _pieces(runs: Iterable[str]) -> set[str]:
    """Every piece of some runs of letters; a short run is one piece."""
    return {run[at : at + LETTERS] for run in runs for at in range(max(1, len(run) - LETTERS + 1))}


def _forms(piece: str) -> Iterator[bytes]:
    """A piece in UTF-8 as it is leveled, each letter in both cases where they stay apart."""
    letters = [{cased.encode().translate(FOLD) for cased in (letter, letter.upper())} for letter in piece]
    yield from map(b"".join, product(*letters))


def _is_both(word: str, code: str) -> bool:
    """Whether a word in an old encoding is UTF-8 too, so that a page in the one could be taken for the other."""
    try:
        return any(is_utf_8(cased.encode(code)) for cased in (word, word.upper(), word.title()))
    except UnicodeEncodeError:
        return False


def _quiet(word: str, code: str) -> set[bytes] | None:
    """The forms of a word in an old encoding that hold no stirring byte, leveled; None where they are too many."""
    try:
        letters = [{letter.encode(code), letter.upper().encode(code)} for letter in word]
    except UnicodeEncodeError:
        return set()
    if any(all(_stirs(form) for form in forms) for forms in letters):
        return set()
    quiet = [sorted(form for form in forms if not _stirs(form)) for forms in letters]
    if 2 ** sum(len(forms) > 1 for forms in quiet) > ROUND:
        return None
    return {b"".join(forms).translate(FOLD) for forms in product(*quiet)}


def _stirs(form: bytes) -> bool:
    return any(STIRRING[byte] for byte in form)


def _escaped(letter: str) -> set[bytes]:
    """How a word that begins with a letter begins where its letters are spelled by number."""
    found = set()
    for cased in {letter, letter.upper()}:
        for escape in ESCAPES:
            spelled = escape.format(ord(cased[0]))[:SPELLED]
            found.add(spelled.encode("ascii").translate(FOLD))
    return found
