"""Read where the counted of Korean text are, or where they go.

Takes a figure with its sentence; gives a `PlaceReading` as written. -에서 marks where something happens, -에 and -로
where somebody goes; a noun phrase counts as a place by its last word, or by the verb behind it.
"""

import re
from functools import cache, lru_cache

from tallystick.languages.korean.grammar.clauses import is_modifier, leaves_relative
from tallystick.languages.korean.grammar.eojeols import (
    PACKAGE,
    Eojeol,
    Role,
    eojeols,
    is_adverb,
    is_trailing,
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
# How far before its figure a place in the genitive stands.
GENITIVE_REACH = 6
# Shortest word before a one-syllable end: "파주" of "파주시".
SHORTEST_NAME = 2
CLOSING = ("으며", "고", "지만", "으나", "는데", "다고", "라고", "다며", "라며", "다", "고서")
# A floor is a place: "2층".
FLOOR = re.compile(r"\d+(?:층|호|구역|번지)$")
# Words by which a figure goes on from the one before.
ONWARD = frozenset(("가운데", "중", "이들", "그중", "이중"))
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
    if not bare or bare in _held("abstract"):
        return False
    if bare[0].isdigit():
        return FLOOR.match(bare) is not None
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
    speech = _speech(text, sentence.start, sentence.end)
    first = counted.start if counted.start is not None and counted.start < quantity.start else quantity.start
    goal = _behind(text, words, at, speech)
    if goal is not None:
        return goal
    return _before(text, words, at, first, speech)


@lru_cache(maxsize=64)
def _speech(text: str, start: int, end: int) -> tuple[Span, ...]:
    """Between what is said and its verb stands where it was said."""
    spans: list[Span] = []
    words = eojeols(text, start, end)
    for saying, subject in speakers(text, start, end):
        if saying.closer is not None:
            spans.append((words[saying.closer].end, words[saying.at].end))
        if subject is not None:
            spans.append((subject.start, subject.end))
    spans.extend(
        (words[max(0, k - LONGEST)].start, word.end)
        for k, word in enumerate(words)
        if word.text in ("따르면", "의하면")
    )
    return tuple(spans)


def _behind(text: str, words: tuple[Eojeol, ...], at: int, speech: tuple[Span, ...]) -> PlaceReading | None:
    """Where those of the figure go, told behind it: "1만명을 러시아로 보냈다"."""
    here: PlaceReading | None = None
    if at + 1 < len(words) and words[at + 1].text in ONWARD:
        return None
    for k in range(at + 1, min(at + BEHIND, len(words))):
        word = words[k]
        if any(start <= word.start < end for start, end in speech) or (
            word.role == Role.SUBJECT and word.text[0].isdigit()
        ):
            break
        if _is_goal(words, k):
            return _reading(text, words, k, at + 1)
        if here is None and word.role == Role.PLACE and _happens(word):
            here = _reading(text, words, k, at + 1)
        if _ends(word):
            break
    return here


def _ends(word: Eojeol) -> bool:
    """Whether the figure's clause ends with `word`: a tense, a modifier, or a connective of a casualty's predicate."""
    if is_past(word.text) or is_modifier(word):
        return True
    return (is_verb(word.text) and (word.text.endswith(CLOSING) and not word.text.endswith("고"))) or (
        word.text.endswith("고") and word.text.startswith(("숨지", "사망", "다치", "부상", "체포"))
    )


def _is_goal(words: tuple[Eojeol, ...], k: int) -> bool:
    """Whether the word at `k` is where somebody goes: "러시아로 보냈다", "국내 입국", "한국을 방문"."""
    word = words[k]
    behind = words[k + 1] if k + 1 < len(words) else None
    if word.role in (Role.GOAL, Role.TO):
        if is_place(word.stem) and _goes(words, k):
            return True
        return (
            word.text.endswith("에")
            and behind is not None
            and behind.text.startswith(_strong())
            and word.stem not in _held("abstract")
            and not _is_time(word)
        )
    if word.role == Role.NONE:
        return is_place(word.stem) and behind is not None and _moves(behind)
    return word.role == Role.OBJECT and is_place(word.stem) and _visits(words, k)


@cache
def _strong() -> tuple[str, ...]:
    return lists(PACKAGE, FILE)["strong"]


@cache
def _events() -> tuple[str, ...]:
    return lists(PACKAGE, FILE)["events"]


def _moves(word: Eojeol) -> bool:
    return word.text.startswith(tuple(one for one in _moving() if len(one) > 1))


def _visits(words: tuple[Eojeol, ...], k: int) -> bool:
    return any(word.text.startswith(("방문", "향해", "향하", "찾", "공격", "겨냥")) for word in words[k + 1 : k + 3])


def _goes(words: tuple[Eojeol, ...], k: int) -> bool:
    """Whether a verb of going stands soon behind the goal at `k`, or nothing but objects before the verb."""
    return any(word.text.startswith(_moving()) for word in words[k + 1 : k + 2 + VERB_REACH * 2])


def _happens(word: Eojeol) -> bool:
    """Whether -에서 marks a place here."""
    if word.text[0].isdigit():
        return FLOOR.match(word.stem) is not None
    return word.stem not in _held("abstract") and not word.stem.endswith(_abstract())


@cache
def _abstract() -> tuple[str, ...]:
    return tuple(word for word in lists(PACKAGE, FILE)["abstract"] if len(word) > 1)


def _before(text: str, words: tuple[Eojeol, ...], at: int, first: int, speech: tuple[Span, ...]) -> PlaceReading | None:
    """The nearest place told before the figure in its clause."""
    fallback: PlaceReading | None = None
    onward = any(word.text in ONWARD for word in words[max(0, at - 3) : at])
    for k in range(at - 1, max(at - BEFORE, -1), -1):
        word = words[k]
        if word.role == Role.NONE and not onward and _closes(word):
            return fallback
        if any(start <= word.start < end for start, end in speech) or word.start >= first:
            continue
        found = _told(text, words, k, at)
        if found is None or leaves_relative(words, word.end, first):
            continue
        if word.role == Role.PLACE or _is_named(found.name):
            return found
        fallback = fallback or found
    return fallback


def _closes(word: Eojeol) -> bool:
    """Whether a clause with its own tense, or what somebody says, ends with `word`."""
    if not is_verb(word.text) or not word.text.endswith(CLOSING):
        return False
    return is_past(word.text) or word.text.endswith(("다고", "라고"))


def _is_named(name: str) -> bool:
    """Whether a place is a proper one: it holds a country or more than one word."""
    return (
        " " in name
        or country(name) is not None
        or (name not in _held("places") and not name.endswith(("공장", "현장", "건물")))
    )


def _told(text: str, words: tuple[Eojeol, ...], k: int, at: int) -> PlaceReading | None:
    """The place that the word at `k`, before the figure, ends."""
    word = words[k]
    if word.stem.endswith(_events()) and word.role in (Role.TO, Role.PLACE, Role.TOPIC, Role.SUBJECT, Role.GENITIVE):
        return _of_event(text, words, k)
    if word.role == Role.PLACE and _happens(word):
        return _reading(text, words, k, 0)
    if word.role in (Role.GOAL, Role.TO) and word.stem not in _held("abstract"):
        if is_place(word.stem) and (
            word.text.endswith(("에는", "에도")) or _goes(words, k) or _reaches_verb(words, k, at)
        ):
            return _reading(text, words, k, 0)
        if word.text.endswith(("에는", "에도")) and not _is_time(word) and _stays(words, at):
            return _reading(text, words, k, 0)
        if word.text.endswith("에") and _sends(words, at) and not _is_time(word):
            return _reading(text, words, k, 0)
    if word.role == Role.OBJECT and is_place(word.stem) and _visits(words, k):
        return _reading(text, words, k, 0)
    if word.role == Role.GENITIVE and is_place(word.stem) and country(word.stem) is None and at - k <= GENITIVE_REACH:
        if any(is_verb(one.text) and one.role == Role.NONE for one in words[k + 1 : at]):
            return None
        return _reading(text, words, k, 0)
    return None


def _of_event(text: str, words: tuple[Eojeol, ...], k: int) -> PlaceReading | None:
    """The place that the noun phrase of an event begins with: "가자지구 공습으로"."""
    first = _without_dates(words, noun_phrase(words, k), k)
    last = next((j for j in range(k - 1, first - 1, -1) if is_place(words[j].stem)), None)
    if last is None:
        return None
    return _reading(text, words, last, first)


def _reaches_verb(words: tuple[Eojeol, ...], k: int, at: int) -> bool:
    """Whether the figure's own verb is one of going, and no verb stands between."""
    if any(is_verb(word.text) and word.role == Role.NONE for word in words[k + 1 : at]):
        return False
    return any(word.text.startswith(_moving()) for word in words[at + 1 : at + 5])


def _stays(words: tuple[Eojeol, ...], at: int) -> bool:
    """Whether the figure's verb tells that they are there: "버스에는 승객 45명이 타고 있었다"."""
    return any(
        word.text.startswith(("있", "타고", "살고", "모여", "모였", "남아", "근무", "일하", "머물"))
        for word in words[at + 1 : at + 5]
    )


def _sends(words: tuple[Eojeol, ...], at: int) -> bool:
    sending = ("파견", "파병", "보내", "보낸", "보냈", "투입", "배치", "상주", "참가")
    return any(word.text.startswith(sending) for word in words[at + 1 : at + 9])


def _is_time(word: Eojeol) -> bool:
    return word.text[0].isdigit() or word.stem.endswith(
        ("년", "월", "일", "시", "전", "후", "때", "사이", "동안", "이번", "당시", "명", "중", "전쟁", "것", "등")
    )


def _reading(text: str, words: tuple[Eojeol, ...], last: int, floor: int) -> PlaceReading:
    """The noun phrase that ends at `last`, with what tells where that place lies."""
    first = max(noun_phrase(words, last, floor), last - LONGEST)
    first = _without_dates(words, first, last)
    if (
        first >= 2
        and words[first - 1].text in _held("located")
        and words[first - 2].role in (Role.GOAL, Role.PLACE, Role.NONE)
    ):
        first = _without_dates(words, noun_phrase(words, first - 2, floor), first - 2)
    start, end = words[first].start, words[last].stem_end
    name = text[start:end]
    # "'희망의 집'에서": a mark closed inside is opened outside.
    if words[first].opens and words[first].opens[-1] in "'‘" and any(mark in name for mark in "'’"):
        start -= 1
    return PlaceReading(text[start:end], (start, end))


def _without_dates(words: tuple[Eojeol, ...], first: int, last: int) -> int:
    """Drop dates and adverbs from the front of a name, and the counted before it."""
    for k in range(last - 1, first - 1, -1):
        word = words[k]
        if (
            is_adverb(word.text)
            or is_trailing(word.text)
            or (word.text[0].isdigit() and word.text[-1] in "일월년시분명께경쯤")
        ):
            return k + 1
    return first
