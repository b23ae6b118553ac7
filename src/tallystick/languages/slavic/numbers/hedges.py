"""Words that bound a number in Russian and Ukrainian, before it, inside it and behind it.

Russian and Ukrainian "до" leads to a level after a verb of change ("снизился до 5 тысяч" is 5,000) and bounds else.
"""

from collections.abc import Sequence
from typing import NamedTuple

from tallystick.languages.language import Token
from tallystick.languages.slavic.numbers.words import NumberWords
from tallystick.languages.slavic.parsing import plain
from tallystick.model.quantity import Bound

__all__ = ["Hedge", "hedge_of"]

# How far before a number a verb of change may stand that makes "до" lead to a level, in tokens.
REACH = 14
# Nouns that follow a number and, before it, make it approximate: "человек 20".
TURNED = frozenset(("человек", "чоловік", "осіб", "штук", "тысяч", "тисяч", "людей"))
# Behind these the noun is theirs: "много человек".
GOVERNING = ("ть", "ко", "сот", "много", "мало", "багато", "скільки")
# Behind "от" a bound, unless a range or a source goes on: "от 500 человек".
WEAK_FROM = frozenset(("от", "від"))
# What stands between a hedge and its number: a sign or a name of a currency, "суммы", "чем".
BETWEEN = frozenset(
    ("$", "€", "£", "₽", "₴", "us", "usd", "eur", "уровня", "отметки", "рівня", "суммы", "суму", "сумму")
)
PREPOSITIONS = frozenset(("в", "во", "у", "на"))
CLAUSE_MARKS = frozenset((";", ":", "(", ")", "—", "–"))


class Hedge(NamedTuple):
    """A bound with the span of the words that give it; None where it stands in the form of the number."""

    bound: Bound
    span: tuple[int, int] | None


def hedge_of(tokens: Sequence[Token], first: int, last: int, words: NumberWords) -> Hedge | None:
    """Give what bounds the number at `tokens[first:last]`, or None where it is exact."""
    stop = first
    while stop > 0 and plain(tokens[stop - 1].lower) in BETWEEN:
        stop -= 1
    # "Примерно в 20 тысяч", "більше ніж в 805 мільярдів": the preposition that a verb asks for stands between.
    inner = stop - 1 if stop and plain(tokens[stop - 1].lower) in PREPOSITIONS else stop
    found = _before(tokens, stop, words)
    if found is None and inner < stop:
        found = _before(tokens, inner, words)
    return found or _behind(tokens, last, words) or _turned(tokens, first, last)


def _before(tokens: Sequence[Token], stop: int, words: NumberWords) -> Hedge | None:
    plains = [plain(token.lower) for token in tokens[max(0, stop - 4) : stop]]
    for phrase, bound in words.hedges:
        size = len(phrase)
        if size > len(plains) or tuple(plains[-size:]) != phrase:
            continue
        start = stop - size
        if size == 1 and phrase[0] in words.lists["weak"] and not _weak_holds(tokens, stop, phrase[0], words):
            continue
        if phrase == ("до",) and _is_level(tokens, start, words):
            return None
        # "Не більше" is listed, of "не превысит" and the like not all forms are.
        negated = bound is Bound.AT_LEAST and start > 0 and plain(tokens[start - 1].lower) == "не"
        return Hedge(Bound.AT_MOST if negated else bound, (tokens[start].start, tokens[stop - 1].end))
    return None


def _weak_holds(tokens: Sequence[Token], stop: int, word: str, words: NumberWords) -> bool:
    """Whether a preposition with other uses bounds the number: "под 500 человек", "від 100 гривень" before no range."""
    if word in WEAK_FROM:
        rest = [plain(token.lower) for token in tokens[stop : stop + 8]]
        verb = plain(tokens[stop - 2].lower) if stop > 1 else ""
        return "до" not in rest and any(verb.startswith(stem) for stem in words.lists["starting"])
    return (
        word in ("под", "під", "біля")
        and stop < len(tokens)
        and tokens[stop].tag == "num"
        and len(tokens[stop].text) > 1
    )


def _is_level(tokens: Sequence[Token], at: int, words: NumberWords) -> bool:
    """Whether a verb of change leads to the "до" at `at` within its clause."""
    for k in range(at - 1, max(-1, at - REACH), -1):
        word = plain(tokens[k].lower)
        if word in CLAUSE_MARKS:
            return False
        if any(word.startswith(stem) for stem in words.lists["change"]):
            return True
    return False


def _behind(tokens: Sequence[Token], last: int, words: NumberWords) -> Hedge | None:
    """A hedge behind the number, also past one noun: "500 и более", "500 человек и более"."""
    for skipped in (0, 1):
        plains = tuple(plain(token.lower) for token in tokens[last + skipped : last + skipped + 4])
        if skipped and (last >= len(tokens) or tokens[last].tag != "word"):
            return None
        for phrase, bound in words.after:
            if plains[: len(phrase)] == phrase:
                start, end = tokens[last + skipped].start, tokens[last + skipped + len(phrase) - 1].end
                return Hedge(bound, (start, end))
    return None


def _turned(tokens: Sequence[Token], first: int, last: int) -> Hedge | None:
    """The noun first makes it approximate: "человек двадцать", "тысяч пять"."""
    if not first or plain(tokens[first - 1].lower) not in TURNED:
        return None
    governed = first > 1 and (tokens[first - 2].tag == "num" or tokens[first - 2].lower.endswith(GOVERNING))
    follows = (
        last < len(tokens)
        and tokens[last].tag == "word"
        and plain(tokens[last].lower) not in ("и", "а", "в", "на", "і", "та", "у")
    )
    if governed or (follows and tokens[first].tag == "num"):
        return None
    return Hedge(Bound.APPROX, (tokens[first - 1].start, tokens[first - 1].end))
