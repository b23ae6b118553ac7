"""Names of any script in Latin letters, and Latin spellings of several languages as the sounds they stand for.

Takes names as reports write them; gives their words, a plain Latin form, and keys that are equal where two spellings
are of one name ("Shoigu", "Schoigu" and "Шойгу"). Han has no table: what its characters sound like in a foreign name is
for reviewed variants to say.
"""

import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from yaml import CSafeLoader, load

__all__ = ["is_han", "is_hangul", "is_latin", "name_words", "readings", "romanized", "script", "skeleton", "sounds"]

# Longest name that is looked at; the longest in a list of a quarter million politicians has 130 marks.
LONGEST = 200
# Words of a name that are looked at.
MOST_WORDS = 8
# Words whose forms are remembered: lists of officials write the same given names again and again.
KNOWN = 2**15
WORD = re.compile(r"[^\W\d_]+(?:['’ʼʹ][^\W\d_]+)*")
MARKS = str.maketrans("", "", "'’ʼʹ")
SYLLABLES, LAST_SYLLABLE = 0xAC00, 0xD7A3
# Mark of the end of a word, for steps that hold there only.
END = "$"
VOWELS, FINALS = 21, 28
# Words of a Korean name in Latin letters: Kim Jong Un; Namgung has two syllables, and nobody three.
MOST_SYLLABLES = 3
TWICE = re.compile(r"(.)\1+")
# Latin letters that are more than one with a mark.
LETTERS = {
    "š": "sh",
    "č": "ch",
    "ž": "zh",
    "ß": "ss",
    "æ": "ae",
    "ø": "o",
    "œ": "oe",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ı": "i",
    "ə": "a",
}

Steps = tuple[tuple[str, str], ...]


class _Tables(NamedTuple):
    """What romanization.yaml holds."""

    russian: dict[str, str]
    ukrainian: dict[str, str]
    hangul: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]
    readings: dict[str, Steps]
    folds: Steps
    korean: Steps
    surnames: dict[str, str]
    coarse: Steps


@cache
def _tables() -> _Tables:
    text = (files("tallystick.values") / "romanization.yaml").read_text(encoding="utf-8")
    # CSafeLoader builds plain values only; nothing in the file can run.
    found = load(text, CSafeLoader)
    hangul = found["hangul"]
    return _Tables(
        russian=found["ru"],
        ukrainian=found["ru"] | found["uk"],
        hangul=(tuple(hangul["initials"]), tuple(hangul["vowels"]), tuple(hangul["finals"])),
        readings={name: _steps(pairs) for name, pairs in found["readings"].items()},
        folds=_steps(found["folds"]),
        korean=_steps(found["korean"]),
        surnames=found["korean_surnames"],
        coarse=_steps(found["coarse"]),
    )


def _steps(pairs: list[list[str]]) -> Steps:
    return tuple((pair[0], pair[1]) for pair in pairs)


def name_words(name: str) -> tuple[str, ...]:
    """Give the words of a name, case folded, without apostrophes and stress; hyphens and middle dots part words."""
    folded = unicodedata.normalize("NFKC", name[:LONGEST]).casefold()
    if not folded.isascii():
        folded = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return tuple(word.translate(MARKS) for word in WORD.findall(folded)[:MOST_WORDS])


def is_hangul(word: str) -> bool:
    """Whether a word is written in Hangul syllables."""
    return bool(word) and SYLLABLES <= ord(word[0]) <= LAST_SYLLABLE


def is_han(word: str) -> bool:
    """Whether a word begins with a Chinese character."""
    return bool(word) and unicodedata.name(word[0], "").startswith("CJK UNIFIED IDEOGRAPH")


@lru_cache(maxsize=KNOWN)
def script(word: str) -> str:
    """Give the script of the first letter of a word as Unicode names it ("LATIN", "CYRILLIC", "CJK"); else ""."""
    first = next((letter for letter in word if letter.isalpha()), "")
    return unicodedata.name(first, "").partition(" ")[0] if first else ""


def romanized(name: str) -> str:
    """Give a name in plain Latin letters, lower case; words of a script without a table are left out.

    Cyrillic follows BGN/PCGN, for Ukrainian where its letters show that; Hangul the Revised Romanization.
    """
    return " ".join(latin for word in name_words(name) if (latin := _latin(word)[0]))


@lru_cache(maxsize=KNOWN)
def _latin(word: str) -> tuple[str, ...]:
    """The romanizations of a word; of Cyrillic that may be Russian or Ukrainian two, the likelier first."""
    tables = _tables()
    if is_hangul(word):
        return ("".join(_syllable(letter) for letter in word),)
    if is_han(word):
        return ("",)
    russian = "".join(_letter(letter, tables.russian) for letter in word)
    ukrainian = "".join(_letter(letter, tables.ukrainian) for letter in word)
    if russian == ukrainian:
        return (russian,)
    return (ukrainian, russian) if set(word) & set("іїєґ") else (russian, ukrainian)


def _letter(letter: str, table: dict[str, str]) -> str:
    """A letter in Latin ones without marks; empty where there is no table for its script."""
    known = table.get(letter, LETTERS.get(letter))
    if known is not None:
        return known
    bare = "".join(mark for mark in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(mark))
    return "".join(
        mark if mark.isascii() and mark.isalpha() else table.get(mark, LETTERS.get(mark, "")) for mark in bare
    )


def _syllable(letter: str) -> str:
    """A Hangul syllable in Latin letters."""
    number = ord(letter) - SYLLABLES
    if not 0 <= number <= LAST_SYLLABLE - SYLLABLES:
        return ""
    initials, vowels, finals = _tables().hangul
    initial, rest = divmod(number, VOWELS * FINALS)
    return initials[initial] + vowels[rest // FINALS] + finals[rest % FINALS]


@lru_cache(maxsize=KNOWN)
def readings(word: str) -> tuple[str, ...]:
    """Give the sounds that a word may stand for, one for each language whose spelling it may follow; English first.

    A word of another script has one for each of its romanizations. The sounds are for comparing only.
    """
    tables = _tables()
    latin = _latin(word)
    names = ("en",) if is_hangul(word) or _is_cyrillic(word) else tuple(tables.readings)
    found = (_folded(_replaced(spelled + END, tables.readings[name])) for name in names for spelled in latin)
    return tuple(dict.fromkeys(sounded for sounded in found if sounded))


def _is_cyrillic(word: str) -> bool:
    return any("Ѐ" <= letter <= "ӿ" for letter in word)


def _replaced(text: str, steps: Steps) -> str:
    for old, new in steps:
        text = text.replace(old, new)
    return text


def _folded(text: str) -> str:
    """Sounds with the folds of all readings; a letter that stands twice counts once."""
    return TWICE.sub(r"\1", _replaced(TWICE.sub(r"\1", text.removesuffix(END)), _tables().folds))


def sounds(words: tuple[str, ...]) -> str | None:
    """Give the sounds of a Korean name without spaces, for names in Hangul and Latin ones with a Korean surname.

    None for every other name.
    """
    surnames = _tables().surnames
    if words and all(map(is_hangul, words)):
        spelled = [_syllable(letter) for letter in "".join(words)]
    elif 1 < len(words) <= MOST_SYLLABLES and all(map(str.isascii, words)) and words[0] in surnames:
        spelled = list(words)
    else:
        return None
    spelled[0] = surnames.get(spelled[0], spelled[0])
    return TWICE.sub(r"\1", _replaced("".join(spelled), _tables().korean))


@lru_cache(maxsize=KNOWN)
def skeleton(sounded: str) -> str:
    """Give the consonants of one reading, with those taken together that languages and scripts mix up.

    "Blinov" and "Brinov" have the same, "Nezhimakov" and "Neizhmakov" too.
    """
    coarse = _replaced(sounded, _tables().coarse)
    return TWICE.sub(r"\1", "".join(letter for letter in coarse if letter not in "aeiouy"))


def is_latin(name: str) -> bool:
    """Whether the first letter of a name is a Latin one."""
    first = next((letter for letter in name if letter.isalpha()), "")
    return bool(first) and unicodedata.name(first, "").startswith("LATIN")
