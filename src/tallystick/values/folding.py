"""Words of a name as they are compared: a word comes in, its stem without what its sentence adds goes out.

"Песковым" is "песков", "쇼이구가" is "쇼이구", "쇼이구서기" is two words. Latin and Han words stay as they are; Han has
no spaces, so that names are looked for in it sign by sign (`spread`).
"""

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from re import compile as pattern
from typing import NamedTuple, cast

from yaml import CSafeLoader, load

__all__ = ["DOT", "HANGUL_START", "Signs", "is_continued", "signs", "spread", "stems", "without_patronymics"]

# Names and words of them that are remembered.
KNOWN = 2**14
# Letters of a Cyrillic stem, and syllables of a Korean one, that an ending leaves at least: "Кім" has none.
SHORTEST_STEM = 3
SHORTEST_KOREAN = 2
# Syllables of most Korean names: a surname of one, a given name of two, whose last may look like a particle.
KOREAN_NAME = 3
# Marks the first syllable of a Korean word: names begin where words do, and may go on in particles and titles.
HANGUL_START = "▁"
# Stands between the parts of a foreign name in Chinese; other dots are read as this one.
DOT = "·"
HAN = r"\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
HANGUL = r"\uac00-\ud7a3"
# A sign of Han, a word of Hangul, the dot, or a run of anything else.
PIECES = pattern(rf"[{HAN}]|[{HANGUL}]+|{DOT}|[^{HAN}{HANGUL}{DOT}]+")
CYRILLIC = pattern(r"[\u0400-\u04ff]+")
KOREAN = pattern(rf"[{HANGUL}]+")


class _Endings(NamedTuple):
    """What folding.yaml holds, each list the longest first."""

    cyrillic: tuple[str, ...]
    patronymics: tuple[str, ...]
    particles: tuple[str, ...]
    titles: tuple[str, ...]
    surnames: tuple[str, ...]


@cache
def _endings() -> _Endings:
    text = (files("tallystick.values") / "folding.yaml").read_text(encoding="utf-8")
    # CSafeLoader builds plain values only; nothing in the file can run.
    lists = cast("dict[str, list[str]]", load(text, CSafeLoader))
    return _Endings(
        *(tuple(sorted(dict.fromkeys(lists[name]), key=lambda ending: -len(ending))) for name in _Endings._fields)
    )


@lru_cache(maxsize=KNOWN)
def stems(word: str) -> tuple[str, ...]:
    """Give a case-folded word without what its sentence adds; a Korean name with its title gives both."""
    if word.isascii():
        return (word,)
    if CYRILLIC.fullmatch(word) is not None:
        return (_cyrillic(word.replace("ё", "е")),)
    if KOREAN.fullmatch(word) is not None:
        return _korean(word)
    return (word,)


def _cyrillic(word: str) -> str:
    for ending in _endings().cyrillic:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return word.removesuffix(ending)
    return word


def _korean(word: str) -> tuple[str, ...]:
    titles = _endings().titles
    bare = word if word in titles else _without(word, _endings().particles)
    if len(word) == KOREAN_NAME and word.startswith(_endings().surnames) and bare not in titles:
        bare = word
    for whole in () if bare in titles else (bare, word):
        name = _without(whole, titles)
        if name != whole:
            return name, whole.removeprefix(name)
    return (bare,)


def _without(word: str, endings: Iterable[str]) -> str:
    for ending in endings:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_KOREAN:
            return word.removesuffix(ending)
    return word


def without_patronymics(words: tuple[str, ...]) -> tuple[str, ...]:
    """Give the stems of a name without middle names by the father: "Сергей Кужугетович Шойгу" is "Сергей Шойгу"."""
    inner = tuple(
        word for word in words[1:-1] if not (word.endswith(_endings().patronymics) and CYRILLIC.fullmatch(word))
    )
    return words[:1] + inner + words[1:][-1:]


class Signs(tuple[str, ...]):
    """Words as `spread` gives them; spread again they stay the same."""

    __slots__ = ()


def spread(words: Sequence[str]) -> Signs:
    """Give words with those of Han and Hangul sign by sign; the first sign of a Korean word is marked as such."""
    if isinstance(words, Signs):
        return words
    if all(map(str.isascii, words)):
        return Signs(words)
    return Signs(sign for word in words for sign, _ in signs(word))


@lru_cache(maxsize=KNOWN)
def signs(word: str) -> tuple[tuple[str, int], ...]:
    """Give the signs of one word as `spread` does, each with the place in the word where it begins."""
    found: list[tuple[str, int]] = []
    for piece in PIECES.finditer(word):
        if KOREAN.match(piece[0]) is None:
            found.append((piece[0], piece.start()))
        else:
            starts = range(piece.start(), piece.end())
            found.extend((HANGUL_START * (at == piece.start()) + word[at], at) for at in starts)
    return tuple(found) or ((word, 0),)


def is_continued(words: Sequence[str], end: int) -> bool:
    """Whether a Korean word goes on where a name in spread `words` ends."""
    return end < len(words) and KOREAN.fullmatch(words[end]) is not None
