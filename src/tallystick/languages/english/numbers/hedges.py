"""Find the words that bound an English figure: "more than", "about", "up to", "or more".

Takes a figure among the tokens of its sentence; gives the `Hedge` that stands at it, or None.
"""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from tallystick.languages.english.grammar.inflection import word_lists
from tallystick.languages.english.numbers.figures import Figure
from tallystick.languages.language import Token
from tallystick.model.quantity import Bound

__all__ = ["Hedge", "hedge_of"]

BOUNDS = (("approx", Bound.APPROX), ("at_least", Bound.AT_LEAST), ("at_most", Bound.AT_MOST))
TAKERS = frozenset("take takes took taken taking hand handed fight anger row concern concerns".split())
PREPOSITIONS = frozenset(("over", "under", "above", "below"))
# "Asked about the 12 men", "built around the 37 m skeleton" bound nothing.
TOPICS = frozenset(("about", "around", "near"))
# Signs that bound only the number they touch; apart, ">" quotes a letter.
SIGNS = frozenset((">", "<", "≥", "≤", "~"))
# What may stand between a number and "or more": "40 percent", "10,000 foreign workers".
LONGEST_COUNTED = 4
COUNTED_TAGS = frozenset(("NN", "NNS", "JJ", "%", "SYM", "$"))
# Most words between a hedge and its figure: "up to an additional 1,000".
BETWEEN = 2
PUSHES = frozenset("push pushed pushes pushing drive drove driven driving".split())
# Words from "pushed" to "up to": "pushed the claims up to $37 billion" tells where they ended.
PUSH_REACH = 4
# "Twice as many as 600" and "more than the 600" compare with a figure that is exact itself.
COMPARISONS = frozenset(("as many as", "as much as", "more than", "fewer than", "less than"))
TIMES = frozenset(("twice", "thrice", "times", "half", "double", "triple"))
CROSSES = frozenset("broke break breaks broken passed passes pass crossed crosses cross topped surpassed".split())
PASSES = frozenset(("passed", "passes", "passing", "crossed", "crosses", "broke"))
SMALLEST_PASSED = 100
THRESHOLDS = frozenset(("mark", "threshold", "barrier"))


class Hedge(NamedTuple):
    """The tokens [first, last) that bound a figure."""

    bound: Bound
    first: int
    last: int


def hedge_of(tokens: Sequence[Token], figure: Figure) -> Hedge | None:
    """Give the hedge right before `figure`, "a" or "another" passed over, or the one right behind it."""
    between = word_lists("numbers/quantities.yaml")["between"]
    end = figure.first
    for _ in range(BETWEEN + 1):
        found = _ending_at(tokens, end, close=end == figure.first)
        if found is not None:
            return found
        if end == 0 or tokens[end - 1].lower not in between:
            break
        end -= 1
    return _crossed(tokens, figure) or _behind(tokens, figure) or _behind_the_noun(tokens, figure)


def _crossed(tokens: Sequence[Token], figure: Figure) -> Hedge | None:
    """Read "broke the 2,000 mark"."""
    at = figure.first - 2
    verb = figure.first - 1
    if verb >= 0 and tokens[verb].lower in PASSES and figure.value >= SMALLEST_PASSED:
        # "The toll passed 3,000 on Monday" but "the house passed 300 bills".
        noun = figure.last < len(tokens) and tokens[figure.last].tag in ("NN", "NNS", "NNP", "NNPS", "JJ", "VBN")
        return None if noun else Hedge(Bound.AT_LEAST, verb, figure.first)
    if at < 0 or tokens[at + 1].lower != "the" or tokens[at].lower not in CROSSES or figure.last >= len(tokens):
        return None
    behind = figure.last + 1 if tokens[figure.last].text == "-" and figure.last + 1 < len(tokens) else figure.last
    return Hedge(Bound.AT_LEAST, at, at + 1) if tokens[behind].lower in THRESHOLDS else None


def _ending_at(tokens: Sequence[Token], end: int, *, close: bool) -> Hedge | None:
    """The longest hedge whose last token is the one before `end`; a mere "over" must stand close to its figure."""
    phrases, longest = _before()
    if not end or tokens[end - 1].lower not in _last_words():
        return None
    for size in range(min(longest, end), 0, -1):
        words = " ".join(token.lower for token in tokens[end - size : end])
        bound = phrases.get(words)
        if bound is None:
            continue
        if words in PREPOSITIONS and (not close or _is_preposition(tokens, end - 1)):
            return None
        if words in SIGNS and tokens[end - 1].end != tokens[end].start:
            return None
        if words in TOPICS and not close and tokens[end].lower == "the":
            return None
        if words in COMPARISONS and _compares(tokens, end - size, end, close=close):
            return None
        if words == "up to" and end > 2 and tokens[end - 3].lower in ("adds", "add", "added", "adding", "from"):
            return None
        if words == "up to" and any(token.lower in PUSHES for token in tokens[max(0, end - 2 - PUSH_REACH) : end - 3]):
            return None
        return Hedge(bound, end - size, end)
    return None


def _compares(tokens: Sequence[Token], first: int, end: int, *, close: bool) -> bool:
    """Whether the hedge compares with a figure that is known: "twice as many as 600", "more than the 600 it gave"."""
    times = first > 0 and tokens[first - 1].lower in TIMES and tokens[first].lower == "as"
    return times or (not close and tokens[end].lower == "the")


def _is_preposition(tokens: Sequence[Token], at: int) -> bool:
    """Whether "over" goes with a verb or noun before it: "took over 10 villages", "anger over 12 deaths"."""
    before = tokens[at - 1].lower if at else ""
    return before in TAKERS


def _behind_the_noun(tokens: Sequence[Token], figure: Figure) -> Hedge | None:
    """Read "40 percent or more" and "10,000 men at most": a hedge of several words behind what is counted."""
    phrases, longest = _after()
    at, limit = figure.last, min(len(tokens), figure.last + LONGEST_COUNTED)
    while at < limit and tokens[at].tag in COUNTED_TAGS:
        at += 1
    if at == figure.last or at >= len(tokens) or tokens[at].lower not in _first_words():
        return None
    for size in range(min(longest, len(tokens) - at), 1, -1):
        bound = phrases.get(" ".join(token.lower for token in tokens[at : at + size]))
        if bound is not None:
            noun = at + size < len(tokens) and tokens[at + size].tag in COUNTED_TAGS
            return (
                None if noun or (tokens[at + size :] and tokens[at + size].tag == "CD") else Hedge(bound, at, at + size)
            )
    return None


def _behind(tokens: Sequence[Token], figure: Figure) -> Hedge | None:
    phrases, longest = _after()
    opens = figure.last < len(tokens) and tokens[figure.last].lower in _first_words()
    for size in range(min(longest, len(tokens) - figure.last) if opens else 0, 0, -1):
        words = " ".join(token.lower for token in tokens[figure.last : figure.last + size])
        if words == "+" and tokens[figure.last].start != figure.end:
            continue
        bound = phrases.get(words)
        if bound is not None:
            return Hedge(bound, figure.last, figure.last + size)
    if figure.rest in ("plus", "odd"):
        return Hedge(Bound.AT_LEAST if figure.rest == "plus" else Bound.APPROX, figure.last - 1, figure.last)
    following = [token.lower for token in tokens[figure.last : figure.last + 2]]
    if following in (["-", "plus"], ["-", "odd"]):
        return Hedge(Bound.AT_LEAST if following[1] == "plus" else Bound.APPROX, figure.last, figure.last + 2)
    return None


@cache
def _before() -> tuple[dict[str, Bound], int]:
    return _phrases("")


@cache
def _after() -> tuple[dict[str, Bound], int]:
    return _phrases("after_")


@cache
def _last_words() -> frozenset[str]:
    """The words that end a hedge before a number; most words of a text are passed over by this alone."""
    return frozenset(phrase.split()[-1] for phrase in _before()[0])


@cache
def _first_words() -> frozenset[str]:
    """The words that open a hedge behind a number."""
    return frozenset(phrase.split()[0] for phrase in _after()[0])


def _phrases(prefix: str) -> tuple[dict[str, Bound], int]:
    """The hedges of one side with their bounds, and how many words the longest has."""
    lists = word_lists("numbers/quantities.yaml")
    phrases = {phrase: bound for name, bound in BOUNDS for phrase in lists[prefix + name]}
    return phrases, max(len(phrase.split()) for phrase in phrases)
