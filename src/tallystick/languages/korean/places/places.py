"""Read where the counted of Korean text are, or where they go.

Takes a figure with its sentence; gives a `PlaceReading` as written. -에서 marks where something happens, -에 and -로 where
somebody goes; a noun phrase counts as a place by its last word, or by the verb behind it.
"""

from functools import cache

from tallystick.languages.korean.grammar.eojeols import (
    PACKAGE,
    Eojeol,
    Role,
    eojeols,
    is_adverb,
    is_verb,
    noun_phrase,
)
from tallystick.languages.korean.places.countries import country
from tallystick.languages.korean.speech.clauses import speakers
from tallystick.languages.korean.status.endings import is_past
from tallystick.languages.language import Counted, Parse, PlaceReading, Sentence
from tallystick.languages.writing.words import lists
from tallystick.model.attribution import Span
from tallystick.model.quantity import Quantity

__all__ = ["is_place", "place"]

FILE = "places/places.yaml"
# How far from its figure a place stands, in eojeols.
BEFORE, BEHIND = 30, 12
# Longest name of a place, in eojeols.
LONGEST = 8
# How far behind its goal a verb of going stands, in eojeols.
VERB_REACH = 2
# Shortest word before a one-syllable end: "파주" of "파주시".
SHORTEST_NAME = 2
CLOSING = ("으며", "고", "지만", "으나", "는데", "다고", "라고", "다며", "라며", "다", "고서")
QUOTES = "'\"‘’“”"


@cache
def _held(name: str) -> frozenset[str]:
    return frozenset(lists(PACKAGE, FILE)[name])


@cache
def _endings() -> tuple[str, ...]:
    return tuple(word for word in lists(PACKAGE, FILE)["places"] if len(word) > 1)


@cache
def _moving() -> tuple[str, ...]:
    return lists(PACKAGE, FILE)["moving"]


def is_place(word: str) -> bool:
    """Whether `word`, without its particle, is known to name a place or to end a name of one."""
    bare = word.split("(")[0].strip(QUOTES)
    if not bare:
        return False
    if country(bare) is not None or bare in _held("places") or bare.endswith(_endings()):
        return True
    return len(bare) > SHORTEST_NAME and bare[-1] in _held("short") and bare not in _held("abstract")


def place(parse: Parse, sentence: Sentence, quantity: Quantity, counted: Counted) -> PlaceReading | None:
    """Tell where the counted are, or where they go.

    Args:
        parse: The document.
        sentence: The sentence of the figure.
        quantity: The figure.
        counted: What it counts.

    Returns:
        The place of the figure's own clause: where somebody goes before where something happens, the nearest first;
        None where the text names none.
    """
    text = parse.document.text
    words = eojeols(text, sentence.start, sentence.end)
    at = next((k for k, word in enumerate(words) if word.end > quantity.start), len(words) - 1)
    speech = _speech(text, words)
    first = counted.start if counted.start is not None and counted.start < quantity.start else quantity.start
    goal = _behind(text, words, at, speech)
    if goal is not None:
        return goal
    return _before(text, words, at, first, speech)


def _speech(text: str, words: tuple[Eojeol, ...]) -> list[Span]:
    """Between what is said and its verb stands where it was said."""
    spans: list[Span] = []
    for saying, subject in speakers(text, words):
        if saying.closer is not None:
            spans.append((words[saying.closer].end, words[saying.at].end))
        if subject is not None:
            spans.append((subject.start, subject.end))
    spans.extend((words[max(0, k - LONGEST)].start, word.end) for k, word in enumerate(words) if word.text in ("따르면", "의하면"))
    return spans


def _behind(text: str, words: tuple[Eojeol, ...], at: int, speech: list[Span]) -> PlaceReading | None:
    """Where those of the figure go, told behind it: "1만명을 러시아로 보냈다"."""
    here: PlaceReading | None = None
    for k in range(at + 1, min(at + BEHIND, len(words))):
        word = words[k]
        if any(start <= word.start < end for start, end in speech):
            break
        if word.role in (Role.GOAL, Role.TO, Role.DATIVE) and word.role != Role.DATIVE and is_place(word.stem) and _goes(words, k):
            return _reading(text, words, k, at + 1)
        if word.role == Role.NONE and is_place(word.stem) and k + 1 < len(words) and _moves(words[k + 1]):
            return _reading(text, words, k, at + 1)
        if word.role == Role.OBJECT and is_place(word.stem) and _visits(words, k):
            return _reading(text, words, k, at + 1)
        if here is None and word.role == Role.PLACE and _happens(word):
            here = _reading(text, words, k, at + 1)
        if is_past(word.text) or word.text.endswith(CLOSING) and is_verb(word.text) or (word.closes.startswith(",") and is_verb(word.text)):
            break
    return here


def _moves(word: Eojeol) -> bool:
    return word.text.startswith(tuple(one for one in _moving() if len(one) > 1))


def _visits(words: tuple[Eojeol, ...], k: int) -> bool:
    return any(word.text.startswith(("방문", "향해", "향하", "찾", "공격", "겨냥")) for word in words[k + 1 : k + 3])


def _goes(words: tuple[Eojeol, ...], k: int) -> bool:
    """Whether a verb of going stands soon behind the goal at `k`, or nothing but objects before the verb."""
    return any(word.text.startswith(_moving()) for word in words[k + 1 : k + 2 + VERB_REACH * 2])


def _happens(word: Eojeol) -> bool:
    """Whether -에서 marks a place here."""
    return word.stem not in _held("abstract") and not word.stem.endswith(("회의", "회견", "인터뷰", "사고", "조사", "대회")) and not word.text[0].isdigit()


def _before(text: str, words: tuple[Eojeol, ...], at: int, first: int, speech: list[Span]) -> PlaceReading | None:
    """The nearest place told before the figure in its clause."""
    for k in range(at - 1, max(at - BEFORE, -1), -1):
        word = words[k]
        if is_past(word.text) and word.text.endswith(CLOSING) and word.role == Role.NONE:
            return None
        if any(start <= word.start < end for start, end in speech) or word.start >= first:
            continue
        if word.role == Role.PLACE and _happens(word):
            return _reading(text, words, k, 0)
        if word.role in (Role.GOAL, Role.TO) and word.stem not in _held("abstract") and (
            is_place(word.stem) and (word.text.endswith(("에는", "에도")) or _goes(words, k) or _reaches_verb(words, k, at))
            or (word.text.endswith("에") and _sends(words, at) and not _is_time(word))
        ):
            return _reading(text, words, k, 0)
        if word.role == Role.OBJECT and is_place(word.stem) and _visits(words, k):
            return _reading(text, words, k, 0)
        if word.role == Role.GENITIVE and is_place(word.stem) and country(word.stem) is None and at - k <= 3:  # noqa: PLR2004
            return _reading(text, words, k, 0)
    return None


def _reaches_verb(words: tuple[Eojeol, ...], k: int, at: int) -> bool:
    """Whether the figure's own verb is one of going, and no verb stands between."""
    if any(is_verb(word.text) and word.role == Role.NONE for word in words[k + 1 : at]):
        return False
    return any(word.text.startswith(_moving()) for word in words[at + 1 : at + 5])


def _sends(words: tuple[Eojeol, ...], at: int) -> bool:
    sending = ("파견", "파병", "보내", "보낸", "보냈", "투입", "배치", "상주", "참가")
    return any(word.text.startswith(sending) for word in words[at + 1 : at + 6])


def _is_time(word: Eojeol) -> bool:
    return word.text[0].isdigit() or word.stem.endswith(("년", "월", "일", "시", "전", "후", "때", "사이", "동안", "이번", "당시", "명", "중", "전쟁", "것", "등"))


def _reading(text: str, words: tuple[Eojeol, ...], last: int, floor: int) -> PlaceReading:
    """The noun phrase that ends at `last`, with what tells where that place lies."""
    first = max(noun_phrase(words, last, floor), last - LONGEST)
    first = _without_dates(words, first, last)
    if first >= 2 and words[first - 1].text in _held("located") and words[first - 2].role in (Role.GOAL, Role.NONE):  # noqa: PLR2004
        first = _without_dates(words, max(noun_phrase(words, first - 2, floor), last - LONGEST), first - 2)
    start, end = words[first].start, words[last].stem_end
    opened = text[start - 1 : start] if start and text[start - 1] in "'‘\"“" and "'" in text[start:end] + "’" else ""
    start -= len(opened) if opened and text[start:end].count("'") % 2 else 0
    return PlaceReading(text[start:end], (start, end))


def _without_dates(words: tuple[Eojeol, ...], first: int, last: int) -> int:
    """Drop dates and adverbs from the front of a name, and the counted before it."""
    for k in range(last - 1, first - 1, -1):
        word = words[k]
        if is_adverb(word.text) or (word.text[0].isdigit() and word.text[-1] in "일월년시분명께경쯤"):
            return k + 1
    return first
