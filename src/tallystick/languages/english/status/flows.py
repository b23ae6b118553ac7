"""Find the words that make a figure a flow: so many a year, or so many who came or went in a period that is over.

Takes a `Measured`; gives the tokens [first, last) that decide, or None.
"""

from tallystick.languages.english.grammar.inflection import singular, verb_base, word_lists
from tallystick.languages.english.status.measured import FAR, NEAR, WORDS, Measured, Span

__all__ = ["flow"]

EACH = frozenset(("each", "every", "per"))
WITHIN = frozenset(("in", "during", "for"))
YEAR_DIGITS = 4
# Behind the first, the last, the whole of: "the first five months", "the whole of 1986".
BOUNDING = frozenset(("first", "second", "third", "fourth", "last", "final", "same", "previous", "whole"))
LINKS = frozenset(
    "of to at total totalled totaled reached were was fell rose dropped declined decreased increased comprised".split()
)


def flow(figure: Measured) -> Span | None:
    """Give what makes `figure` a flow; sums of money are none, since prices and wages are told by time too."""
    if figure.money:
        return None
    return _rate(figure) or _moved(figure) or _noun(figure)


def _rate(figure: Measured) -> Span | None:
    """So many a year, in the figure's own clause: "6,000 lives a year", "each year 500 workers leave"."""
    tokens, periods = figure.tokens, word_lists(WORDS)["periods"]
    for i in range(figure.last + 1, min(len(tokens), figure.end + NEAR)):
        if tokens[i].tag in (",", ":") or figure.lower(i) in ("who", "which", "that", "and"):
            break
        told = figure.lower(i) in EACH or (figure.lower(i) == "a" and figure.per is not None)
        if told and figure.lower(i + 1) in periods:
            return i, i + 2
        if figure.lower(i) in word_lists(WORDS)["rates"]:
            return i, i + 1
    for i in range(max(0, figure.first - NEAR), figure.first):
        before = i == 0 or figure.tokens[i - 1].tag in (",", "CC", "``", '"')
        each = figure.lower(i) in EACH and figure.lower(i + 1) in periods
        if each and before and not figure.barred(i + 2, figure.first):
            return i, i + 2
    return None


def _moved(figure: Measured) -> Span | None:
    """A movement in the past tense with a period: "5,000 crossed in May", "900 were deported last year"."""
    at = figure.verb
    if at is None or figure.tokens[at].tag not in ("VBD", "VBN"):
        return None
    flowing = word_lists(WORDS)["flowing"]
    # "700 workers left the island", but not "the blast left 700 dead" nor "700 people left homeless"
    gone = at >= figure.end and verb_base(figure.lower(at)) in flowing and figure.tag(at + 1) not in ("JJ", "VBN")
    if figure.predicate not in flowing and not gone:
        return None
    apart = figure.perfect() or (at >= figure.end and figure.barred(figure.end, at))
    return None if apart else _bounded(figure, at)


def _noun(figure: Measured) -> Span | None:
    """A noun of a flow that the figure is the size of: "exports of 500 tonnes in 1986"."""
    for i in range(figure.first - 1, max(-1, figure.first - 2 * NEAR), -1):
        if figure.is_any(i, "flows") and figure.tokens[i].tag in ("NN", "NNS"):
            linked = any(token.lower in LINKS for token in figure.tokens[i + 1 : figure.first])
            return _bounded(figure, i) if linked and not figure.barred(i, figure.first) else None
    return None


def _bounded(figure: Measured, at: int) -> Span | None:
    """A period that the clause of token `at` and of the figure is bounded by."""
    start = min(at, figure.first)
    for i in range(max(0, start - NEAR), min(len(figure.tokens), max(at, figure.last) + FAR)):
        span = _period(figure, i)
        if span is None:
            continue
        low, high = (i, start) if i < start else (max(at, figure.end), i)
        if not figure.barred(low, high):
            return span
    return None


def _period(figure: Measured, i: int) -> Span | None:
    """The words of a bounded period at token `i`: "in 2024", "in May", "last week", "the first five months"."""
    words = word_lists(WORDS)
    lower, following = figure.lower(i), figure.lower(i + 1)
    if lower in WITHIN:
        year = len(following) == YEAR_DIGITS and following.isdigit() and following[:2] in ("18", "19", "20")
        month = following in words["months"] and figure.tokens[i + 1].text[:1].isupper()
        return (i, i + 2) if year or month else None
    if lower in ("last", "this") and following in words["periods"] - {"day", "hour", "period"}:
        return i, i + 2
    if lower in words["periods"] and following in ("ended", "ending") and figure.lower(i - 1) == "the":
        return i, i + 2
    if lower in BOUNDING and figure.lower(i - 1) == "the":
        return next(((i, j + 1) for j in (i + 1, i + 2) if singular(figure.lower(j)) in words["periods"]), None)
    return None
