"""What a sum of money is paid for or worth in Russian and Ukrainian: "кредит на сумму 2 млн", "5 млн на ремонт"."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

from tallystick.languages.language import Token
from tallystick.languages.slavic.numbers.words import PACKAGES
from tallystick.languages.slavic.parsing import plain
from tallystick.languages.writing.words import lists

__all__ = ["paid_for"]

FOR = frozenset(("на", "для"))
# Marks beyond which nothing of the sum is told.
MARKS = frozenset((";", ".", "!", "?", ":", "(", ")"))
# How far before a sum what it is the price or the size of stands, and how many words that has.
REACH = 9
LONGEST = 4
# Infinitives and short past forms, and datives of who is paid.
NOT_NOUNS = tuple("ать ить еть ять уть ться ати ити іти ути тися дал дала дали лял ляв".split())
PAYERS = ("ям", "ам", "ому", "ему")


class _Words(NamedTuple):
    small: frozenset[str]
    sizes: tuple[str, ...]
    sums: frozenset[str]


@cache
def _words(code: str) -> _Words:
    held = {name: tuple(map(plain, words)) for name, words in lists(PACKAGES[code], "nouns.yaml").items()}
    return _Words(frozenset(held["small"]), held["sizes"], frozenset(held["sums"]))


def paid_for(
    code: str,
    tokens: Sequence[Token],
    begin: int,
    end: int,
    verbal: Callable[[int], bool],
    taken: Callable[[int], bool],
) -> tuple[int, int] | None:
    """Give what the sum at `tokens[begin:end]` is paid for or the size of, as its first token and one past its last.

    Args:
        code: "ru" or "uk".
        tokens: Those of the sentence.
        begin: First token of the sum.
        end: One past its last, with the country of its currency.
        verbal: Tells whether a token looks like a verb; asked of those near the sum alone.
        taken: Tells whether it is part of a number.
    """
    words = _words(code)

    def is_noun(at: int) -> bool:
        token, word = tokens[at], plain(tokens[at].lower)
        if token.tag != "word" or word in words.small or taken(at):
            return False
        return word in words.sums or not (verbal(at) or word.endswith((*NOT_NOUNS, *PAYERS)))

    def is_thing(at: int) -> bool:
        word = plain(tokens[at].lower)
        return is_noun(at) and (word in words.sums or not word.startswith(words.sizes))

    if end + 1 < len(tokens) and tokens[end].lower in FOR and is_noun(end + 1):
        last = end + 2
        while last < len(tokens) and last - end <= LONGEST and is_noun(last) and not tokens[last].text[:1].isupper():
            last += 1
        return end + 1, last
    for at in range(begin - 1, max(-1, begin - REACH), -1):
        if tokens[at].text in MARKS:
            return None
        if is_thing(at):
            first = at
            while first and at - first < LONGEST - 1 and is_thing(first - 1):
                first -= 1
            return first, at + 1
    return None
