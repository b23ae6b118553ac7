"""The numerals, hedges, classifiers and units of Korean, ready to be looked up."""

import re
from dataclasses import dataclass
from functools import cache

from tallystick.languages.writing.myriads import Myriads
from tallystick.languages.writing.numbers import KINDS
from tallystick.languages.writing.words import content
from tallystick.model.quantity import Bound, QuantityKind

__all__ = ["PACKAGE", "NumberWords", "number_words"]

PACKAGE = "tallystick.languages.korean"


@dataclass(frozen=True, slots=True)
class NumberWords:
    """What `numbers.yaml` says: the numerals, and the other words, the longest first.

    Attributes:
        myriads: Numerals in digits with multipliers; a blank may stand within.
        written: Numerals in Hangul, for a run that ends before a classifier.
        hangul: Matches such a run.
        native: Matches native numerals; `tens`, `ones` and `pairs` give their values.
        tens: Native tens.
        ones: Native ones.
        pairs: Native pairs of neighbors.
        before: Hedges before a number with their bound.
        behind: Hedges behind a number or its classifier with their bound.
        joins: Words of a range.
        currency: Names of currencies; `codes` gives their codes.
        codes: Codes by name.
        signs: Signs of currencies before a number.
        classifier: Classifiers of persons, households and pieces.
        persons: Those of persons.
        other: Words behind a number that make it no count, with the kind.
        labels: Words before a number that make it a name.
        kilograms: Kilograms.
        tonnes: Tonnes.
    """

    myriads: Myriads
    written: Myriads
    hangul: re.Pattern[str]
    native: re.Pattern[str]
    tens: dict[str, int]
    ones: dict[str, int]
    pairs: dict[str, tuple[int, int]]
    before: tuple[tuple[str, Bound], ...]
    behind: tuple[tuple[str, Bound], ...]
    joins: re.Pattern[str]
    currency: re.Pattern[str]
    codes: dict[str, str]
    signs: tuple[tuple[str, str], ...]
    classifier: re.Pattern[str]
    persons: frozenset[str]
    other: tuple[tuple[str, QuantityKind], ...]
    labels: tuple[str, ...]
    kilograms: tuple[str, ...]
    tonnes: tuple[str, ...]


def _table(name: str) -> dict[str, object]:
    found = content(PACKAGE, "numbers/numbers.yaml")[name]
    assert isinstance(found, dict)  # noqa: S101 - our own reviewed file
    return {str(key): value for key, value in found.items()}


def _words(name: str, listed: object = None) -> tuple[str, ...]:
    found = content(PACKAGE, "numbers/numbers.yaml")[name] if listed is None else listed
    assert isinstance(found, list)  # noqa: S101
    return tuple(sorted(map(str, found), key=lambda word: (-len(word), word)))


def _numbers(name: str) -> dict[str, int]:
    return {word: int(str(value)) for word, value in _table(name).items()}


def _bounded(name: str) -> tuple[tuple[str, Bound], ...]:
    pairs = [(word, Bound(bound)) for bound, listed in _table(name).items() for word in _words(name, listed)]
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair[0])))


def _either(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word)))))


def _pairs() -> dict[str, tuple[int, int]]:
    pairs: dict[str, tuple[int, int]] = {}
    for word, both in _table("pairs").items():
        assert isinstance(both, list)  # noqa: S101
        pairs[word] = (int(both[0]), int(both[1]))
    return pairs


@cache
def number_words() -> NumberWords:
    """Give the words; read once."""
    small, large, ones = _numbers("small"), _numbers("large"), _numbers("ones")
    several, over = frozenset(_words("several")), frozenset(_words("over"))
    codes = {word: code for code, listed in _table("currencies").items() for word in _words("currencies", listed)}
    others = [(word, KINDS[kind]) for kind, listed in _table("others").items() for word in _words("others", listed)]
    tens, native, pairs = _numbers("native_tens"), _numbers("native_ones"), _pairs()
    either_tens, either_ones = _either(tuple(tens)).pattern, _either(tuple(native)).pattern
    syllables = "".join((*ones, *small, *large))
    signs = sorted(((sign, str(code)) for sign, code in _table("money_signs").items()), key=lambda pair: -len(pair[0]))
    return NumberWords(
        myriads=Myriads({}, small, large, several, over=over, spaced=True),
        written=Myriads(ones, small, large, several, over=over),
        hangul=re.compile(f"[{syllables}]*[{''.join((*small, *large))}][{syllables}]*"),
        native=re.compile(f"(?:{_either(tuple(pairs)).pattern})|(?:{either_tens})(?:{either_ones})?|(?:{either_ones})"),
        tens=tens,
        ones=native,
        pairs=pairs,
        before=_bounded("hedges"),
        behind=_bounded("after"),
        joins=_either(_words("ranges")),
        currency=_either(tuple(codes)),
        codes=codes,
        signs=tuple(signs),
        classifier=_either((*_words("persons"), *_words("households"), *_words("pieces"))),
        persons=frozenset(_words("persons")),
        other=tuple(sorted(others, key=lambda pair: (-len(pair[0]), pair[0]))),
        labels=_words("labels"),
        kilograms=_words("kilo"),
        tonnes=_words("tonnes"),
    )  # fmt: skip
