"""Currencies before and behind a number, in Russian and Ukrainian."""

from collections.abc import Sequence
from typing import NamedTuple

from tallystick.languages.language import Token
from tallystick.languages.slavic.numbers.words import NumberWords
from tallystick.languages.slavic.parsing import plain

__all__ = ["SIGNS", "Money", "money"]

SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "₽": "RUB", "₴": "UAH", "¥": "JPY", "₩": "KRW"}
# "US$ 5 млн", "USD 300".
CODES = frozenset(("usd", "eur", "rub", "uah", "gbp", "us"))
# Adjectives between a number and its currency at most ("тысяч новых российских рублей").
ADJECTIVES = 2
# Names of units that single letters stand for too: believed only where the letter ends with a full stop or the clause.
HUNDREDTHS = (("цент", "USD"), ("пенс", "GBP"), ("евроцент", "EUR"), ("копій", "UAH"), ("копійок", "UAH"))
LETTERS = frozenset(("р",))


class Money(NamedTuple):
    """A currency at a number: its code, and the tokens of the number with it."""

    unit: str
    first: int
    last: int
    subunit: str | None = None


def money(tokens: Sequence[Token], first: int, last: int, words: NumberWords) -> Money | None:
    """Give the currency of the number at `tokens[first:last]`, or None where it is no sum of money."""
    before = tokens[first - 1].text if first else ""
    if before in SIGNS:
        dollar = (
            first > 1
            and tokens[first - 2].lower in ("us", "a", "c")
            and tokens[first - 2].end == tokens[first - 1].start
        )
        return Money(SIGNS[before], first - 1 - dollar, last)
    if before.lower() in CODES and before.isupper():
        return Money(before.upper(), first - 1, last)
    stop = last
    adjectives: list[str] = []
    while stop < len(tokens) and len(adjectives) <= ADJECTIVES:
        word = plain(tokens[stop].lower)
        unit = _unit(word, tokens, stop, words)
        if unit is not None:
            return Money(_by_country(unit, adjectives, words), first, stop + 1)
        if word in words.stems["subunits"]:
            return Money(_subunit(word), first, stop + 1, word)
        if not _is_adjective(word, words):
            return None
        adjectives.append(word)
        stop += 1
    return None


def _unit(word: str, tokens: Sequence[Token], at: int, words: NumberWords) -> str | None:
    if word in LETTERS and not (at + 1 < len(tokens) and tokens[at + 1].text == "."):
        return None
    return next((code for code, names in words.currencies if word in names), None)


def _subunit(word: str) -> str:
    """The currency whose hundredth is named."""
    return next((unit for stem, unit in HUNDREDTHS if word.startswith(stem)), "RUB")


def _is_adjective(word: str, words: NumberWords) -> bool:
    stems = (*words.lists["money_adjectives"], *words.of_country)
    return any(word.startswith(stem) for stem in stems)


def _by_country(unit: str, adjectives: Sequence[str], words: NumberWords) -> str:
    """The code of the currency of a country: "канадских долларов" are CAD."""
    for stem, codes in words.of_country.items():
        if unit in codes and any(word.startswith(stem) for word in adjectives):
            return codes[unit]
    return unit
