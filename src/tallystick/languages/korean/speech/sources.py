"""Read the name of who speaks: the noun phrase before a particle, without dates, message nouns and outlets' kinds.

Takes eojeols; gives `Source`s. How much a phrase looks like somebody who can speak is told by its last word.
"""

import re
from enum import IntEnum
from functools import cache
from typing import NamedTuple

from tallystick.languages.korean.grammar.eojeols import PACKAGE, Eojeol, is_adverb, noun_phrase
from tallystick.languages.korean.places.countries import country
from tallystick.languages.writing.words import lists

__all__ = ["FILE", "Likeness", "Source", "is_medium", "is_pronoun", "listed", "source"]

FILE = "speech/speech.yaml"
# Longest name, in eojeols: "국회 정보위원회 여당 간사인 이성권 국민의힘 의원".
LONGEST_NAME = 8
# Shortest ending of a list that may end a longer word: "국" ends too much that is none.
SHORTEST_ENDING = 2
PARENTHESIS = re.compile(r"\([^()]*\)")
TIME = re.compile(r"^(?:\d|오전|오후|이날|지난|올해|전날|최근|당시|같은)|(?:일|월|년|시|분)$")
DIGITS = re.compile(r"\d")
# A thing pointed at says nothing: "이 제도는", "이번 조치는".
POINTING = frozenset(("이", "그", "이번", "해당", "이런", "그런", "이러한"))
QUOTED = "\"'“”‘’「」『』〈〉《》"
# Plural and deputies of a name: "관계자들", "국방부 측".
TAIL = re.compile("(?:들|측)$")


class Likeness(IntEnum):
    """How much a noun phrase looks like somebody who can speak."""

    NOBODY = 0
    PERHAPS = 1
    COUNTRY = 2
    SPEAKER = 3


class Source(NamedTuple):
    """Who speaks, as written.

    Attributes:
        name: The name.
        start: First code point.
        end: One past its last.
        first: Index of its first eojeol.
        likeness: How much it looks like somebody who can speak.
    """

    name: str
    start: int
    end: int
    first: int
    likeness: Likeness


@cache
def listed(name: str) -> frozenset[str]:
    """A list of the speech words as a set."""
    return frozenset(lists(PACKAGE, FILE)[name])


def is_medium(name: str) -> bool:
    """Whether `name` is that of a medium, or of media."""
    bare = TAIL.sub("", PARENTHESIS.sub("", name).strip(QUOTED + " "))
    last = bare.split()[-1:] or [""]
    word = last[0].strip(QUOTED)
    return _ends(word, "media") or bare in listed("media")


def is_pronoun(name: str) -> bool:
    """Whether `name` only points at somebody."""
    return name in listed("pronouns")


@cache
def _endings(name: str) -> tuple[str, ...]:
    return tuple(word for word in lists(PACKAGE, FILE)[name] if len(word) >= SHORTEST_ENDING)


def _ends(word: str, name: str) -> bool:
    return word in listed(name) or (len(word) > 1 and word.endswith(_endings(name)))


def _likeness(words: tuple[str, ...]) -> Likeness:
    last = PARENTHESIS.sub("", words[-1]).strip(QUOTED) if words else ""
    bare = TAIL.sub("", last) if len(last) > 1 else last
    if not bare or DIGITS.match(bare):
        return Likeness.NOBODY
    if bare in listed("persons") and len(words) > 1 and words[0] in listed("pointers"):
        return Likeness.SPEAKER
    if is_pronoun(last) or _ends(bare, "titles") or is_medium(last):
        return Likeness.SPEAKER if bare not in listed("no_speakers") else Likeness.NOBODY
    if last in listed("no_speakers") or bare in listed("no_speakers"):
        return Likeness.NOBODY
    if _ends(bare, "organizations"):
        return Likeness.SPEAKER
    if country(bare) is not None:
        return Likeness.COUNTRY
    if words[0] in POINTING:
        return Likeness.NOBODY
    if any(DIGITS.search(word) and word[-1] in "명개발기대원" for word in words):
        return Likeness.NOBODY
    return Likeness.PERHAPS


def source(text: str, words: tuple[Eojeol, ...], last: int, floor: int = 0, *, message: bool = False) -> Source | None:
    """Give the source whose name ends with the stem of `words[last]`.

    Args:
        text: The document's text.
        words: Eojeols of the utterance.
        last: Index of the last word of the phrase.
        floor: First index that may belong to it.
        message: Strip nouns of saying behind the name ("국방부의 발표").
    """
    first = max(noun_phrase(words, last, floor), last - LONGEST_NAME)
    stop = last
    if message:
        while stop > first and words[stop].stem in listed("message"):
            stop -= 1
        if words[stop].stem in listed("message"):
            return None
    while stop > first and words[stop].stem == "등":
        stop -= 1
    first = _trimmed(words, first, stop)
    if first > stop:
        return None
    start, end = words[first].start, words[stop].stem_end
    name = text[start:end]
    opening = PARENTHESIS.search(name)
    if opening is not None and opening.end() == len(name):
        end = start + opening.start()
        name = text[start:end]
    likeness = _likeness(tuple(word.stem for word in words[first : stop + 1]))
    bare = name.strip(QUOTED)
    offset = name.find(bare) if bare else 0
    return Source(bare or name, start + offset, start + offset + len(bare or name), first, likeness)


def _trimmed(words: tuple[Eojeol, ...], first: int, last: int) -> int:
    """Drop dates, adverbs, appositions in -인 and the kind of a medium from the front of a name."""
    for k in range(last - 1, first - 1, -1):
        word = words[k]
        if TIME.search(word.text) and (DIGITS.search(word.text) or is_adverb(word.text)):
            return k + 1
        if word.text.endswith("인") and len(word.text) > SHORTEST_ENDING and _is_apposition(word.text[:-1]):
            return k + 1
    # "뉴욕 타임스 등 미국 언론" keeps the name before 등.
    generic = TAIL.sub("", words[last].stem) in listed("media_kinds")
    if is_medium(words[last].stem) and not generic and all(word.text != "등" for word in words[first:last]):
        while first < last and (words[first].stem in listed("media_kinds") or country(words[first].stem) is not None):
            first += 1
    while first < last and (is_adverb(words[first].text) or words[first].text == "및"):
        first += 1
    return first


def _is_apposition(word: str) -> bool:
    return _ends(word, "titles") or _ends(word, "organizations") or _ends(word, "media")
