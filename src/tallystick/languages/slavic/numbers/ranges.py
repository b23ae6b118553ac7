"""Two numerals that make one range, or share a multiplier, in Russian and Ukrainian.

"От 21 до 23 млн", "5-6 тысяч", "між 10 і 12 тисячами" are ranges; "с 50 до 62 млн" and "і 30, і 500 тисяч" are two
numbers that share the multiplier of the second.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tallystick.languages.language import Token
from tallystick.languages.slavic.numbers.hedges import CLAUSE_MARKS
from tallystick.languages.slavic.numbers.money import SIGNS
from tallystick.languages.slavic.numbers.numerals import Numeral
from tallystick.languages.slavic.numbers.words import NumberWords
from tallystick.languages.slavic.parsing import plain

__all__ = ["Reach", "reaches"]

DASHES = frozenset(("-", "–", "—", "‑", "−"))
THOUSAND = 1000
# Tokens before "от" in which a verb of change tells of two levels and not of a range.
LOOK_BACK = 10


@dataclass(frozen=True, slots=True)
class Reach:
    """A number or a range: its numerals, the first token and one past the last.

    Attributes:
        low: The number, or the lower end.
        high: The upper end of a range, or None.
        first: Its first token.
        last: One past its last token.
        exact: True for each of the levels between which something changed.
        paired: True for the first of two levels, whose currency the second names.
    """

    low: Numeral
    high: Numeral | None
    first: int
    last: int
    exact: bool = False
    paired: bool = False


def reaches(tokens: Sequence[Token], found: Sequence[Numeral], words: NumberWords) -> list[Reach]:
    """Give the numbers and ranges that `found` make, in order."""
    made: list[Reach] = []
    k = 0
    numerals = list(found)
    while k < len(numerals):
        low = numerals[k]
        high = numerals[k + 1] if k + 1 < len(numerals) else None
        joined = None if high is None else _joined(tokens, low, high, words)
        if high is None or joined is None:
            made.append(Reach(low, None, low.first, low.last))
            k += 1
        elif joined == "range":
            shared = _shared(low, high)
            made.append(Reach(shared, high, low.first, high.last))
            k += 2
        else:
            numerals[k] = _shared(low, high)
            exact = joined == "levels"
            made.append(Reach(numerals[k], None, low.first, low.last, exact, paired=exact))
            k += 1
            if exact:
                made.append(Reach(high, None, high.first, high.last, exact))
                k += 1
    return made


def _shared(low: Numeral, high: Numeral) -> Numeral:
    """The first number with the multiplier of the second, where it has none and is the smaller without it."""
    if low.scale != 1 or high.scale < THOUSAND or low.vague or high.vague or low.value >= THOUSAND:
        return low
    value = low.value * high.scale
    return replace(low, value=round(value) if abs(value - round(value)) < 1e-6 * value else value, scale=high.scale)


def _joined(tokens: Sequence[Token], low: Numeral, high: Numeral, words: NumberWords) -> str | None:
    """How two numerals hang together: "range", "levels" (of a change), "scale" (they share it), or None."""
    if low.broken or high.broken or low.vague != high.vague:
        return None
    between = [plain(token.lower) for token in tokens[low.last : high.first] if token.text not in SIGNS]
    first = low.first - (low.first > 0 and tokens[low.first - 1].text in SIGNS)
    before = plain(tokens[first - 1].lower) if first else ""
    share = low.scale == 1 and high.scale >= THOUSAND and low.value < THOUSAND
    rising = _shared(low, high).value < high.value
    if len(between) == 1 and between[0] in DASHES and rising:
        return "range"
    if between and between[-1] in words.lists["to"] and before in words.lists["from"] and len(between) <= 3:
        if _changes(tokens, low.first, words):
            return "levels"
        if before in ("с", "со", "з", "із", "зі"):
            return "levels"
        return "range" if rising and len(between) == 1 else "levels"
    if len(between) == 1 and between[0] in words.lists["between_and"] and before in words.lists["between"]:
        return "range"
    if len(between) == 1 and between[0] in words.lists["or"] and rising and share:
        return "range"
    if share and 1 <= len(between) <= 2 and all(word in (",", *words.lists["joiners"]) for word in between):
        return "scale" if low.digits == high.digits and low.value > 1 else None
    return None


def _changes(tokens: Sequence[Token], first: int, words: NumberWords) -> bool:
    for k in range(first - 1, max(-1, first - LOOK_BACK), -1):
        word = plain(tokens[k].lower)
        if word in CLAUSE_MARKS:
            return False
        if any(word.startswith(stem) for stem in words.lists["change"]):
            return True
    return False
