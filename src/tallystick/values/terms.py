"""Whether a text bears on a subject: groups of words come in, yes or no goes out, for a text or for raw bytes.

The words of all languages are looked for in one pass (Aho-Corasick). Bytes are tested without being decoded, so that
a crawl is gone through at the speed of reading it; what the text holds is never missed in its bytes, while bytes may
seem to hold what the text does not.
"""

import re
from collections.abc import Iterable, Iterator, Set
from html.entities import codepoint2name
from itertools import product
from math import prod

from ahocorasick_rs import AhoCorasick, BytesAhoCorasick, Implementation

from tallystick.values.sieve import FOLD, Sieve, is_utf_8

__all__ = ["Terms"]

# What stands between the words of a phrase: spaces, hyphens, points, apostrophes.
BETWEEN = re.compile(r"[\W_]+")
HAN = re.compile("[\u2e80-\u2fdf\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
KANA = re.compile("[\u3040-\u30ff\u31f0-\u31ff]")
HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]")
CYRILLIC = re.compile("[\u0400-\u052f]")
# Scripts that set no spaces between words, or hang particles on them: their terms are found inside a run of letters.
SOLID = (HAN, KANA, HANGUL)
# Encodings besides UTF-8 and UTF-16 in which news pages spell a script.
ENCODINGS = (
    (HAN, ("gb18030", "big5", "shift_jis", "euc_jp", "cp949")),
    (KANA, ("shift_jis", "euc_jp", "gb18030")),
    (HANGUL, ("cp949",)),
    (CYRILLIC, ("cp1251", "koi8_u")),
)
LATIN = ("cp1252", "cp1250", "cp1254")
# Letters of other kinds whose lower case is an ASCII or Latin-1 letter (Kelvin, angstrom, dotted capital I): the bytes
# of such a word are not those of the word, and nobody writes news with them.
STRAY = str.maketrans(dict.fromkeys("\u212a\u212b\u0130\u1e9e", " "))
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
# Most spellings of one word that differ in case in a way that `FOLD` does not level (cp1251 has one such letter).
MOST_SPELLINGS = 64
# How many words of a phrase are looked for in bytes, and the letters of the shortest that tells anything beside a
# longer one: of 36 kB pages of random English words, every one held "of", "un" and "s" 70 times, "kim" three times.
TELLING = 2
SHORTEST = 3
# Bytes or characters looked through at once: a hostile page of one term over and over makes a list of no more hits.
PIECE = 1 << 20


class Terms:
    """Groups of terms, each found in text and in bytes.

    A term is one word or several. It is found in any case, as whole words whatever stands between them; with "*" at
    its end, at the start of a longer word too ("russia*"). A term in Chinese, Japanese or Korean is found anywhere.
    In bytes a phrase is told by its two longest words, wherever they stand: one of short words lets more pages through.
    """

    def __init__(self, groups: Iterable[Iterable[str]]) -> None:
        """Prepare both searches.

        Args:
            groups: The terms of each group. A text bears on the subject where every group has a term in it; where
                there is no group, every text does.

        Raises:
            ValueError: Where a term holds neither letter nor digit.
        """
        self._groups = tuple(tuple(dict.fromkeys(group)) for group in groups)
        terms = tuple(dict.fromkeys(term for group in self._groups for term in group))
        patterns = [_pattern(term) for term in terms]
        self._of_term = [frozenset(n for n, group in enumerate(self._groups) if term in group) for term in terms]
        self._longest_term = max(map(len, patterns), default=0)
        self._text = AhoCorasick(patterns, store_patterns=False) if terms else None
        words = {word: n for n, word in enumerate(dict.fromkeys(word for term in terms for word in _telling(term)))}
        self._needs = tuple(
            tuple(frozenset(words[word] for word in _telling(term)) for term in group) for group in self._groups
        )
        spelled = sorted({(form, number) for word, number in words.items() for form in _spellings(word)})
        self._word_of = [number for _, number in spelled]
        old = {form for word in words for form in _old(word)}
        self._old = frozenset(turn for turn, (form, _) in enumerate(spelled) if form in old)
        self._longest = max((len(form) for form, _ in spelled), default=0)
        self._sieve = _narrowest(self._groups)
        self._bytes = (
            BytesAhoCorasick([form for form, _ in spelled], implementation=Implementation.DFA) if spelled else None
        )

    def in_text(self, text: str) -> bool:
        """Tell whether every group has a term in `text`."""
        if self._text is None:
            return not self._groups
        plain = f" {BETWEEN.sub(' ', text.translate(STRAY).lower())} "
        missing = set(range(len(self._groups)))
        for start in range(0, len(plain), PIECE):
            piece = plain[start : start + PIECE + self._longest_term]
            for term in {hit for hit, _, _ in self._text.find_matches_as_indexes(piece, overlapping=True)}:
                missing -= self._of_term[term]
        return not missing

    def in_bytes(self, content: bytes) -> bool:
        """Tell whether the text of `content` may have a term of every group; no text that `in_text` takes is missed.

        It holds for UTF-8, UTF-16 with a mark, and, where the whole is no UTF-8, for the encodings that are usual for
        each script; also for words spelled in character references or JSON escapes from end to end. A word cut by a
        tag, a soft hyphen or a line end is not seen there; the other places where a report writes it are.
        """
        if self._bytes is None:
            return not self._groups
        if content.startswith(UTF_16):
            content = content.decode("utf-16", "replace").encode("utf-8", "replace")
        folded = content.translate(FOLD)
        if self._sieve is not None and not self._sieve.passes(content, folded):
            return False
        found: set[int] = set()
        for start in range(0, max(len(content), 1), PIECE):
            piece = folded[start : start + PIECE + self._longest]
            hits = self._bytes.find_matches_as_indexes(piece, overlapping=True)
            if not hits:
                continue
            found.update({hit for hit, _, _ in hits})
            if self._told_by(found):
                # What is told in an old encoding alone is nothing in UTF-8: every Chinese page has the two bytes of a
                # Korean syllable, in the end of a character and the comma behind it.
                return self._told_by(found - self._old) or not is_utf_8(content)
        return False

    def _told_by(self, found: Set[int]) -> bool:
        """Whether each group has a term of which all words are among these spellings."""
        words = {self._word_of[turn] for turn in found}
        return all(any(needed <= words for needed in group) for group in self._needs)


def _narrowest(groups: Iterable[tuple[str, ...]]) -> Sieve | None:
    """The sieve of the group that has the fewest pieces; None where no group has one."""
    sieves = [
        Sieve.of([_words(term) for term in group], [_encodings("".join(_words(term))) for term in group])
        for group in groups
        if group
    ]
    return min((one for one in sieves if one is not None), key=lambda one: one.rounds, default=None)


def _words(term: str) -> tuple[str, ...]:
    """The words of a term in lower case; the last one may be the start of one."""
    words = tuple(BETWEEN.sub(" ", term.translate(STRAY).lower()).split())
    if not words:
        raise ValueError(f"the term {term!r} holds neither letter nor digit")
    return words


def _telling(term: str) -> tuple[str, ...]:
    """The words by which a term is told in bytes: its longest two; "un" and "of" stand in every page."""
    longest = sorted(_words(term), key=len, reverse=True)
    return (longest[0], *(word for word in longest[1:TELLING] if len(word) >= SHORTEST))


def _pattern(term: str) -> str:
    """What is looked for in a text whose words stand between single spaces."""
    phrase = " ".join(_words(term))
    if any(script.search(phrase) for script in SOLID):
        return phrase  # as in the dossier: a space within it is any mark that stands there
    return f" {phrase}" if term.rstrip().endswith("*") else f" {phrase} "


def _encodings(word: str) -> tuple[str, ...]:
    """The encodings besides UTF-8 in which pages spell the letters of a word."""
    found = [code for script, codes in ENCODINGS if script.search(word) for code in codes]
    return tuple(dict.fromkeys(found or LATIN))


def _spellings(word: str) -> Iterator[bytes]:
    """Every way in which a page may spell a word, after `FOLD`."""
    if word.isascii():
        yield word.encode("ascii").translate(FOLD)
        return
    for encoding in ("utf-8", *_encodings(word)):
        yield from _encoded(word, encoding)
    for cased in (word, word.upper(), word.title()):
        for escape in ("&#{};", "&#x{:x};", "\\u{:04x}"):
            spelled = "".join(letter if letter.isascii() else escape.format(ord(letter)) for letter in cased)
            yield spelled.encode("ascii").translate(FOLD)
        names = [codepoint2name.get(ord(letter)) for letter in cased if not letter.isascii()]
        if all(names):
            named = iter(names)
            spelled = "".join(letter if letter.isascii() else f"&{next(named)};" for letter in cased)
            yield spelled.encode("ascii").translate(FOLD)


def _old(word: str) -> Iterator[bytes]:
    """The spellings of a word in other encodings than UTF-8, if their bytes are none of UTF-8 in any case."""
    if word.isascii():
        return
    for encoding in _encodings(word):
        if not any(is_utf_8(cased.encode(encoding, "ignore")) for cased in (word, word.upper(), word.title())):
            yield from _encoded(word, encoding)


def _encoded(word: str, encoding: str) -> Iterator[bytes]:
    """A word in one encoding, in every mixture of cases that is not leveled; nothing where it cannot spell it."""
    letters = [_cases(letter, encoding) for letter in word]
    if prod(map(len, letters)) <= MOST_SPELLINGS:
        yield from map(b"".join, product(*letters))
    else:
        yield from (b"".join(cases[side] for cases in letters) for side in (0, -1))


def _cases(letter: str, encoding: str) -> tuple[bytes, ...]:
    """A letter in lower and upper case, once where they are leveled; none where the encoding does not have it."""
    upper = letter.upper()
    cases = (letter, upper) if len(upper) == 1 and upper.lower() == letter else (letter,)
    return tuple(dict.fromkeys(code.translate(FOLD) for case in cases if (code := case.encode(encoding, "ignore"))))
