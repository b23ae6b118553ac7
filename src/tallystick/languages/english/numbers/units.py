"""Read the unit of measure behind an English number, and what it is told by: "sq ft", "45g", "km/h", "per barrel".

Takes the tokens of a sentence and the place behind a number; gives a `Unit` with its normalized name.
"""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from tallystick.languages.english.grammar.inflection import singular, word_lists, word_maps
from tallystick.languages.language import Token

__all__ = ["Unit", "per_at", "per_many_at", "unit_at"]

NOUNS = frozenset(("NN", "NNS", "NNP", "NNPS"))
SLASHES = frozenset(("/", "⁄"))
LETTERS = frozenset(("g", "L", "V"))
ARTICLES = frozenset(("a", "an"))


class Unit(NamedTuple):
    """A unit's normalized name and one past its last token."""

    name: str
    last: int


def unit_at(tokens: Sequence[Token], at: int, end: int) -> Unit | None:
    """Give the unit of measure whose first token is `at`.

    Args:
        tokens: Those of a sentence.
        at: The token behind a number and a hyphen.
        end: Where the number ends: a symbol of one letter must touch it.
    """
    if at >= len(tokens):
        return None
    maps = word_maps("numbers/units.yaml")
    token = tokens[at]
    opener = singular(token.lower)
    longest = _openers().get(opener, 0)
    for size in range(min(longest, len(tokens) - at), 1, -1):
        words = " ".join((opener, *(following.lower for following in tokens[at + 1 : at + size])))
        name = maps["phrases"].get(words) or maps["phrases"].get(singular(words))
        if name is not None:
            return Unit(name, at + size)
    name = maps["symbols"].get(token.text)
    # One letter names a unit where it touches the number, or where no noun follows: "200 g of rice".
    alone = token.text in LETTERS and not (at + 1 < len(tokens) and tokens[at + 1].tag in NOUNS)
    if name is None and (token.start == end or alone):
        name = maps["touching"].get(token.text)
    if name is None:
        words_of = maps["words"]
        name = words_of.get(token.lower) or words_of.get(opener)
        if name is None and "-" in token.lower:
            head = token.lower.split("-")[0]
            name = words_of.get(singular(head)) or words_of.get(head)
    return None if name is None else Unit(name, at + 1)


def per_at(tokens: Sequence[Token], at: int) -> Unit | None:
    """Give what a number is told by, where "per", "a" or a slash stands at token `at`: "day", "square foot"."""
    if at + 1 >= len(tokens):
        return None
    lower = tokens[at].lower
    lists = word_lists("numbers/units.yaml")
    following = singular(tokens[at + 1].lower)
    if lower in ARTICLES or lower == "each" or lower == "every":
        told = following in lists["periods"] or (lower in ARTICLES and following in lists["shares"])
        return Unit(following, at + 2) if told else None
    if lower != "per" and not (lower in SLASHES and tokens[at].end == tokens[at + 1].start):
        return None
    unit = unit_at(tokens, at + 1, -1)
    if unit is not None:
        return unit
    if lower != "per":
        return Unit(following, at + 2) if following in lists["periods"] else None
    if tokens[at + 1].tag not in NOUNS or following == "cent":
        return None
    return Unit(following, at + 2)


def per_many_at(tokens: Sequence[Token], at: int) -> Unit | None:
    """Give what a price is told by, where it is more than one: "per 100 kilos", "per 1,000 people"."""
    if at + 2 >= len(tokens) or tokens[at].lower != "per" or tokens[at + 1].tag != "CD":
        return None
    unit = unit_at(tokens, at + 2, -1)
    if unit is None and tokens[at + 2].tag in NOUNS:
        unit = Unit(singular(tokens[at + 2].lower), at + 3)
    return None if unit is None else Unit(f"{tokens[at + 1].text} {unit.name}", unit.last)


@cache
def _openers() -> dict[str, int]:
    """The words that open a unit of several words, and how many the longest of each has."""
    longest: dict[str, int] = {}
    for phrase in word_maps("numbers/units.yaml")["phrases"]:
        words = phrase.split()
        longest[words[0]] = max(longest.get(words[0], 0), len(words))
    return longest
