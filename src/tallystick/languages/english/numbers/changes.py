"""Tell what the words at an English number make of it: about, below, above, or a step up or down.

Takes a figure among the tokens of its sentence with its kind and its hedge; gives a `Change`. A verb of change speaks
of the step ("rose 3 percent"), not of the value that was reached ("rose to 3 percent").
"""

from collections.abc import Sequence

from tallystick.languages.english.grammar.inflection import verb_base, word_lists, word_maps
from tallystick.languages.english.numbers.figures import Figure
from tallystick.languages.english.numbers.hedges import Hedge
from tallystick.languages.language import Token
from tallystick.model.quantity import Bound, Change, QuantityKind

__all__ = ["change_of"]

OF_BOUND = {Bound.APPROX: Change.ABOUT, Bound.AT_LEAST: Change.ABOVE, Bound.AT_MOST: Change.BELOW}
# "As many as 14" tells that it was 14 and that this is much.
MUCH = frozenset(("as many as", "as much as"))
# Steps of people are lives lost and workers hired; only of these sorts do "lost" and "added" tell a change of value.
VALUES = frozenset((QuantityKind.PERCENT, QuantityKind.MONEY, QuantityKind.MEASURE))
# Words between a verb of change and its step: "rose by as much as 3 percent", "sales by 35 percent".
REACH = 5
# "He averaged 7.3 points": no single value need be it.
AVERAGING = frozenset(("averaged", "averages", "averaging", "average"))
INDEX_POINTS = frozenset(("point", "points"))
COORDINATION = ((",", "or"), ("or",), ("(",), (",",))


def change_of(
    tokens: Sequence[Token],
    figure: Figure,
    kind: QuantityKind,
    hedge: Hedge | None,
    earlier: tuple[Figure, Change] | None,
) -> Change:
    """Give the change that `figure` tells.

    Args:
        tokens: Those of its sentence.
        figure: A number or a range.
        kind: What sort of number it is.
        hedge: The words that bound it.
        earlier: The figure before with its change: "lost 190 points, or 0.6%" goes on.
    """
    step = _step(tokens, figure, kind) or _restated(tokens, figure, kind, earlier)
    if step is not None:
        return step
    if hedge is None:
        averaged = figure.first > 0 and tokens[figure.first - 1].lower in AVERAGING
        return Change.ABOUT if averaged else Change.EQUAL
    words = " ".join(token.lower for token in tokens[hedge.first : hedge.last])
    return Change.EQUAL if words in MUCH else OF_BOUND[hedge.bound]


def _step(tokens: Sequence[Token], figure: Figure, kind: QuantityKind) -> Change | None:
    """A step up or down that a verb or a particle before the figure tells."""
    lists = word_lists("numbers/changes.yaml")
    by = False
    valued = kind in VALUES or (figure.last < len(tokens) and tokens[figure.last].lower in INDEX_POINTS)
    if not valued and kind is not QuantityKind.COUNT:
        return None
    at = figure.first - 1
    for _ in range(REACH):
        if at < 0:
            return None
        lower = tokens[at].lower
        if lower in ("up", "down"):
            following = tokens[at + 1].lower if at + 1 < figure.first else ""
            if following in ("to", "from", "at", "with") or not valued:
                return None
            return Change.UP if lower == "up" else Change.DOWN
        if lower == "by":
            by = True
        elif tokens[at].tag.startswith("VB") or lower in lists["rising"] or lower in lists["falling"]:
            return _direction(tokens[at], by=by, valued=valued)
        elif tokens[at].tag in (",", ".", ":", "CD") or (not by and lower not in lists["passed_over"]):
            return None
        at -= 1
    return None


def _direction(token: Token, *, by: bool, valued: bool) -> Change | None:
    """Which way a verb goes, None where it tells no change of a value."""
    lists = word_lists("numbers/changes.yaml")
    base = word_maps("numbers/changes.yaml")["forms"].get(token.lower) or verb_base(token.lower)
    for direction, sure, doubtful in (
        (Change.UP, "rising", "rising_values"), (Change.DOWN, "falling", "falling_values"),
    ):  # fmt: skip
        if base in lists[sure] and (valued or by):
            return direction
        if base in lists[doubtful] and valued:
            return direction
    return None


def _restated(
    tokens: Sequence[Token], figure: Figure, kind: QuantityKind, earlier: tuple[Figure, Change] | None
) -> Change | None:
    """The change of the figure before where this one tells it again in other terms: "lost 190 points, or 0.6%"."""
    if earlier is None or kind not in VALUES or earlier[1] not in (Change.UP, Change.DOWN):
        return None
    between = [token.lower for token in tokens[earlier[0].last : figure.first]]
    while between and between[0] in INDEX_POINTS | {"%", "percent", "per", "cent"}:
        between.pop(0)
    return earlier[1] if tuple(between) in COORDINATION[:2] or between == ["("] else None
