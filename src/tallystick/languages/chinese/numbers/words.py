"""The numerals, hedges, classifiers and units of Chinese, ready to be looked up."""

import re
from dataclasses import dataclass
from functools import cache

from tallystick.languages.writing.myriads import Myriads
from tallystick.languages.writing.numbers import KINDS
from tallystick.languages.writing.words import content, lists
from tallystick.model.quantity import Bound, QuantityKind

__all__ = ["PACKAGE", "NumberWords", "fates", "number_words"]

PACKAGE = "tallystick.languages.chinese"


@dataclass(frozen=True, slots=True)
class NumberWords:
    """What `numbers.yaml` says: the numerals, and the other words as patterns that match at one place.

    Attributes:
        myriads: The characters of numerals.
        start: Finds where a numeral may begin.
        before: Hedges that end before a number, with their bound.
        behind: Hedges behind a number or its classifier, with their bound.
        joins: Words of a range.
        currency: Names of currencies behind a number.
        codes: Their codes.
        signs: Signs of currencies before a number, with their codes.
        classifier: Classifiers of persons, households and pieces.
        persons: Those of persons.
        households: Those of households.
        other: Words behind a number that make it no count, with the kind.
        labels: Words before a number that make it a name.
        kilograms: Units that a thousand of make a tonne.
        tonnes: Tonnes.
        no_numbers: Words that begin like a numeral and are none.
        idioms: Fixed words for a vague number, with its lowest value.
    """

    myriads: Myriads
    start: re.Pattern[str]
    before: tuple[tuple[str, Bound], ...]
    behind: tuple[tuple[str, Bound], ...]
    joins: re.Pattern[str]
    currency: re.Pattern[str]
    codes: dict[str, str]
    signs: tuple[tuple[str, str], ...]
    classifier: re.Pattern[str]
    persons: frozenset[str]
    households: frozenset[str]
    other: tuple[tuple[str, QuantityKind], ...]
    labels: tuple[str, ...]
    kilograms: tuple[str, ...]
    tonnes: tuple[str, ...]
    no_numbers: tuple[str, ...]
    idioms: tuple[tuple[str, int], ...]


@cache
def number_words() -> NumberWords:
    """Give the words; read once."""
    held = content(PACKAGE, "numbers/numbers.yaml")

    def table(name: str) -> dict[str, object]:
        found = held[name]
        assert isinstance(found, dict)  # noqa: S101 - our own reviewed file
        return {str(key): value for key, value in found.items()}

    def words(name: str, found: object = None) -> tuple[str, ...]:
        listed = held[name] if found is None else found
        assert isinstance(listed, list)  # noqa: S101
        return tuple(sorted(map(str, listed), key=lambda word: (-len(word), word)))

    def numbers(name: str) -> dict[str, int]:
        return {word: int(str(value)) for word, value in table(name).items()}

    def bounded(name: str) -> tuple[tuple[str, Bound], ...]:
        pairs = [(word, Bound(bound)) for bound, listed in table(name).items() for word in words(name, listed)]
        return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair[0])))

    myriads = Myriads(
        numbers("ones"), numbers("small"), numbers("large"), frozenset(words("several")), frozenset(words("about")),
        frozenset(words("over")), elliptic=True, spaced=True,
    )  # fmt: skip
    codes = {word: code for code, listed in table("currencies").items() for word in words("currencies", listed)}
    others = [(word, KINDS[kind]) for kind, listed in table("others").items() for word in words("others", listed)]
    characters = "".join((*myriads.ones, *myriads.small, *myriads.large, *myriads.several, *myriads.about))
    signs = sorted(((sign, str(code)) for sign, code in table("money_signs").items()), key=lambda pair: -len(pair[0]))
    classifiers = (*words("persons"), *words("households"), *words("pieces"))
    return NumberWords(
        myriads=myriads,
        start=re.compile(f"[0-9\uff10-\uff19{characters}]"),
        before=bounded("hedges"),
        behind=bounded("after"),
        joins=_either(words("ranges")),
        currency=_either(tuple(sorted(codes, key=lambda word: (-len(word), word)))),
        codes=codes,
        signs=tuple(signs),
        classifier=_either(tuple(sorted(classifiers, key=lambda word: (-len(word), word)))),
        persons=frozenset(words("persons")),
        households=frozenset(words("households")),
        other=tuple(sorted(others, key=lambda pair: (-len(pair[0]), pair[0]))),
        labels=words("labels"),
        kilograms=words("kilo"),
        tonnes=words("tonnes"),
        no_numbers=words("no_numbers"),
        idioms=tuple(sorted(numbers("idioms").items(), key=lambda pair: -len(pair[0]))),
    )  # fmt: skip


@cache
def fates() -> re.Pattern[str]:
    """Give what finds a word of what happened to people."""
    return _either(lists(PACKAGE, "nouns/nouns.yaml")["outcomes"])


def _either(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words)))
