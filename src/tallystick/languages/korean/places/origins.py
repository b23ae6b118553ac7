"""Read the country that the counted of Korean text come from.

Takes a figure with what it counts; gives ISO 3166-1 alpha-2 and the word that tells it: the nationality in the counted
noun phrase, else the one who pays, sends or fires.
"""

from functools import cache

from tallystick.languages.korean.grammar.eojeols import PACKAGE, Eojeol, Role, eojeols, is_verb, noun_phrase
from tallystick.languages.korean.places.countries import COMPOUNDS, country, country_of_word
from tallystick.languages.korean.places.places import is_place
from tallystick.languages.korean.status.endings import is_past
from tallystick.languages.language import Counted, Parse, Sentence
from tallystick.languages.writing.words import lists
from tallystick.model.claim import Ground
from tallystick.model.quantity import Quantity, QuantityKind

__all__ = ["origin"]

# How far before its figure the one who gives stands, and its verb behind, in eojeols.
BEFORE, BEHIND = 14, 8
OURS = "KR"


@cache
def _held(name: str) -> frozenset[str]:
    return frozenset(lists(PACKAGE, COMPOUNDS)[name])


@cache
def _giving() -> tuple[str, ...]:
    return lists(PACKAGE, COMPOUNDS)["giving"]


def origin(parse: Parse, sentence: Sentence, quantity: Quantity, counted: Counted) -> tuple[str, Ground] | None:
    """Tell the country (ISO 3166-1 alpha-2) that the counted come from.

    Args:
        parse: The document.
        sentence: The sentence of the figure.
        quantity: The figure.
        counted: What it counts.
    """
    text = parse.document.text
    words = eojeols(text, sentence.start, sentence.end)
    at = next((k for k, word in enumerate(words) if word.end > quantity.start), len(words) - 1)
    found = None
    if counted.start is not None and counted.end is not None and not counted.inherited:
        inside = [
            k for k, word in enumerate(words) if counted.start <= word.start and word.start < counted.end and k != at
        ]
        if inside:
            first = noun_phrase(words, inside[0]) if inside[0] < at else inside[0]
            found = _within(words, first, inside[-1])
    elif at and counted.phrase is not None:
        inside = [k for k in range(at) if words[k].role == Role.NONE]
        if inside and inside[-1] == at - 1:
            found = _within(words, noun_phrase(words, at - 1), at - 1)
    if found is None and (counted.phrase is not None or quantity.kind is QuantityKind.MONEY):
        found = _giver(words, at)
    if found is None:
        return None
    code, word = found
    return code, Ground("origin", code, word.text, word.start, word.end)


def _within(words: tuple[Eojeol, ...], first: int, last: int) -> tuple[str, Eojeol] | None:
    """The nationality in a noun phrase: that of its last word that has one, unless it only tells a place."""
    for k in range(last, first - 1, -1):
        word = words[k]
        if word.text == "우리" and k + 1 <= last and words[k + 1].stem.startswith(tuple(_held("ours"))):
            return OURS, word
        code = country_of_word(word.stem) or country_of_word(word.text)
        if code is None or word.role not in (
            Role.NONE,
            Role.GENITIVE,
            Role.SUBJECT,
            Role.TOPIC,
            Role.OBJECT,
            Role.WITH,
        ):
            continue
        behind = words[k + 1].stem if k + 1 <= last else ""
        if country(word.stem) is not None and (
            behind in _held("not_theirs")
            or (behind and is_place(behind) and len(behind) > 1 and country(behind) is None)
        ):
            continue
        return code, word
    return None


def _giver(words: tuple[Eojeol, ...], at: int) -> tuple[str, Eojeol] | None:
    """The nearest subject before the figure, where it is a country that pays, sends or fires."""
    behind = words[at : at + BEHIND]
    own = any(word.text.startswith("자국") for word in words[max(0, at - 2) : at + 3])
    if not own and not any(word.text.startswith(_giving()) for word in behind):
        return None
    for k in range(at - 1, max(at - BEFORE, -1), -1):
        word = words[k]
        if (
            is_past(word.text)
            and is_verb(word.text)
            and word.role == Role.NONE
            and word.text.endswith(("고", "며", "나", "만", "데", "다"))
        ):
            return None
        if word.role not in (Role.SUBJECT, Role.TOPIC):
            continue
        if word.stem in ("군", "정부") and k and words[k - 1].text == "우리":
            return OURS, word
        code = country_of_word(word.stem)
        if code is None and own and word.role != Role.TOPIC:
            continue
        if code is None and k and (own or word.stem.endswith(lists(PACKAGE, COMPOUNDS)["bodies"])):
            code = country_of_word(words[k - 1].stem)
        return None if code is None else (code, word)
    return None
