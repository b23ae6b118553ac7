"""Read every number of an English sentence: its value, its bound, and what sort of number it is.

Takes a sentence of a parse; gives `Quantity` records in order. Numerals are joined into ranges and sums, the words
around them give the bound, and `quantity_kinds` tells dates, ages and names from counts.
"""

from collections.abc import Sequence
from dataclasses import replace

from tallystick.languages.english.numbers.changes import change_of
from tallystick.languages.english.numbers.digits import MINUS, Numeral, as_number
from tallystick.languages.english.numbers.figures import Figure, Sort
from tallystick.languages.english.numbers.hedges import Hedge, hedge_of
from tallystick.languages.english.numbers.money import currency_of
from tallystick.languages.english.numbers.numerals import numerals
from tallystick.languages.english.numbers.quantity_kinds import kind_of
from tallystick.languages.english.numbers.ranges import ranges
from tallystick.languages.english.numbers.units import per_at, per_many_at, unit_at
from tallystick.languages.language import Sentence, Token
from tallystick.model.quantity import Bound, Change, Number, Quantity, QuantityKind

__all__ = ["quantities"]

# How far a hedge reaches over "or" to the next figure ("up to 80,000 tents or 20,000 huts"), in tokens.
COORDINATION = 5
# What these kinds are told in; the other kinds carry their own.
UNITS = {QuantityKind.PERCENT: "percent", QuantityKind.AGE: "year of age"}
TOLD_BY = frozenset(
    (QuantityKind.COUNT, QuantityKind.MONEY, QuantityKind.MEASURE, QuantityKind.PERCENT, QuantityKind.DURATION,
     QuantityKind.RATE)
)  # fmt: skip
# Words between a count and "a day": "2,000 new cases a day".
LONGEST_COUNTED = 5
COUNTED_TAGS = frozenset(("NN", "NNS", "NNP", "NNPS", "JJ", "VBN"))
# Below zero nothing is counted.
SIGNED = frozenset((QuantityKind.MONEY, QuantityKind.MEASURE, QuantityKind.PERCENT))
COUNTED = frozenset((QuantityKind.COUNT, QuantityKind.MONEY, QuantityKind.MEASURE))


def quantities(sentence: Sentence, text: str) -> tuple[Quantity, ...]:
    """Give every number of `sentence` with its kind, in order, without overlap.

    Args:
        sentence: A sentence of a parse.
        text: The text of its document; offsets count its code points.

    Returns:
        One record a number. `start` and `end` hold the numeral with its scale, its currency and the inside of a range;
        the words that bound it are its `hedge`.
    """
    tokens = sentence.tokens
    found = numerals(tokens, text)
    if not found:
        return ()
    figures = ranges(tokens, _figures(tokens, found))
    records: list[Quantity] = []
    hedged: tuple[Figure, Hedge] | None = None
    changed: tuple[Figure, Change] | None = None
    sort: Sort | None = None
    for at, unsigned in enumerate(figures):
        sort = kind_of(tokens, figures, at, sort)
        figure = _signed(tokens, unsigned, text) if sort.kind in SIGNED else unsigned
        hedge = _hedge(tokens, figure, sort, hedged)
        # A range has its bounds; what softens it shows in the change alone.
        softener = hedge_of(tokens, figure) if figure.upper is not None else hedge
        change = change_of(tokens, figure, sort.kind, softener, changed)
        records.append(_record(tokens, figure, sort, hedge, change))
        hedged = None if hedge is None or sort.kind not in COUNTED else (figure, hedge)
        changed = (figure, change)
    return _shares(records)


def _hedge(tokens: Sequence[Token], figure: Figure, sort: Sort, hedged: tuple[Figure, Hedge] | None) -> Hedge | None:
    """The words that bound a figure: its own, or those of the figure that "or" or brackets tie it to."""
    if figure.upper is not None:
        return None
    own = hedge_of(tokens, figure)
    if own is not None or hedged is None:
        return own
    one, shared = hedged
    tied = _coordinated(tokens, one, figure) or _converted(tokens, one, figure, sort)
    return shared if tied else None


def _record(tokens: Sequence[Token], figure: Figure, sort: Sort, hedge: Hedge | None, change: Change) -> Quantity:
    low, high, bound = _bounds(figure, hedge)
    money = sort.kind is QuantityKind.MONEY
    return Quantity(
        start=figure.start,
        end=figure.end,
        low=low,
        high=high,
        bound=bound,
        kind=sort.kind,
        unit=figure.currency if money else UNITS.get(sort.kind, sort.unit),
        hedge=None if hedge is None else _span(tokens, figure, hedge),
        cue=None if sort.cue is None else (tokens[sort.cue].start, tokens[sort.cue].end),
        attached=sort.attached,
        change=change,
        per=_told_by(tokens, figure, sort),
        subunit=figure.subunit if money else None,
    )


def _shares(records: list[Quantity]) -> tuple[Quantity, ...]:
    """The records with the two numbers of each "one in five" as one."""
    joined: list[Quantity] = []
    for record in records:
        one = joined[-1] if joined else None
        if one is not None and record.kind is QuantityKind.SHARE and one.kind is QuantityKind.SHARE:
            parted = one.cue == record.cue and one.cue is not None and one.end <= one.cue[0]
            if parted and one.low and record.low:
                part = one.low / record.low
                joined[-1] = replace(one, end=record.end, low=part, high=part)
                continue
        joined.append(record)
    return tuple(joined)


def _signed(tokens: Sequence[Token], figure: Figure, text: str) -> Figure:
    """The figure with the minus before it, where one stands there: "-15 C", "minus 130 degrees"."""
    at = figure.first - 1
    if at < 0 or figure.upper is not None:
        return figure
    if tokens[at].text == "-" and at and tokens[at - 1].lower == "minus":
        at -= 1
    elif tokens[at].text in MINUS:
        opens = tokens[at].end == figure.start and (at == 0 or text[tokens[at].start - 1] in " (\n")
        if not opens:
            return figure
    elif tokens[at].lower != "minus":
        return figure
    return figure._replace(first=at, start=tokens[at].start, value=-figure.value)


def _told_by(tokens: Sequence[Token], figure: Figure, sort: Sort) -> str | None:
    """What a number is told by, where "per day" or the like stands behind its unit or its noun."""
    if sort.kind not in TOLD_BY:
        return None
    at = figure.last
    if sort.kind not in (QuantityKind.COUNT, QuantityKind.MONEY) and sort.cue is not None:
        at = max(at, sort.cue + 1)
        if at < len(tokens) and tokens[at].lower == "cent":
            at += 1
    if sort.kind is QuantityKind.MONEY:
        at = _past_bracket(tokens, at)
        many = per_many_at(tokens, at)
        if many is not None:
            return many.name
    found = per_at(tokens, at)
    if found is None and sort.kind is QuantityKind.RATE:
        found = per_at(tokens, figure.last)
    if found is None and sort.kind is QuantityKind.COUNT:
        while at < min(len(tokens), figure.last + LONGEST_COUNTED) and tokens[at].tag in COUNTED_TAGS:
            at += 1
        found = per_at(tokens, at)
    return None if found is None else found.name


def _past_bracket(tokens: Sequence[Token], at: int) -> int:
    """Where a currency's short name in brackets ends: "46 European Currency Units (Ecus) per tonne"; else `at`."""
    if at >= len(tokens) or tokens[at].text != "(":
        return at
    for i in range(at + 1, min(len(tokens), at + LONGEST_COUNTED)):
        if tokens[i].tag == "CD":
            return at
        if tokens[i].text == ")":
            return i + 1
    return at


def _span(tokens: Sequence[Token], figure: Figure, hedge: Hedge) -> tuple[int, int]:
    """The code points of a hedge; one that hangs on the figure's own token starts behind the hyphen."""
    start, end = tokens[hedge.first].start, tokens[hedge.last - 1].end
    return (figure.end + 1, end) if start < figure.end < end else (start, end)


def _figures(tokens: Sequence[Token], found: Sequence[Numeral]) -> list[Figure]:
    """The numerals with their currencies; a mark between two of them belongs to one only."""
    figures: list[Figure] = []
    for at, numeral in enumerate(found):
        floor = figures[-1].last if figures else 0
        ceiling = found[at + 1].first if at + 1 < len(found) else len(tokens)
        figures.append(_figure(tokens, numeral, floor, ceiling))
    return figures


def _figure(tokens: Sequence[Token], numeral: Numeral, floor: int, ceiling: int) -> Figure:
    """A numeral with its currency, where that lies within the tokens [floor, ceiling)."""
    currency = currency_of(tokens, numeral)
    if currency is not None and (currency.first < floor or currency.last > ceiling):
        currency = None
    if currency is None:
        return Figure(
            numeral.first, numeral.last, numeral.start, numeral.end, numeral.value, None, numeral.scale, numeral.vague,
            numeral.form, numeral.rest, None,
        )  # fmt: skip
    start = tokens[currency.first].start if currency.first < numeral.first else numeral.start
    value = currency.sign * numeral.value / currency.divisor
    return Figure(
        currency.first, currency.last, start, currency.end, value, None, numeral.scale, numeral.vague, numeral.form,
        currency.rest, currency.code, currency.divisor, currency.subunit,
    )  # fmt: skip


def _coordinated(tokens: Sequence[Token], one: Figure, two: Figure) -> bool:
    """Whether "or" ties a figure to a hedged one before it."""
    between = tokens[one.last : two.first]
    return 1 < len(between) <= COORDINATION and between[-1].lower == "or"


def _converted(tokens: Sequence[Token], one: Figure, figure: Figure, sort: Sort) -> bool:
    """Whether brackets tell the hedged figure before again in another unit: "more than 100 kilometers (60 miles)"."""
    if sort.kind not in SIGNED or not figure.first or tokens[figure.first - 1].text != "(":
        return False
    between = tokens[one.last : figure.first - 1]
    if not between:
        return True
    unit = unit_at(tokens, one.last, one.end)
    return unit is not None and unit.last == figure.first - 1


def _bounds(figure: Figure, hedge: Hedge | None) -> tuple[Number | None, Number | None, Bound]:
    """The closed bounds of a figure."""
    low = as_number(figure.value)
    if figure.upper is not None:
        return low, as_number(figure.upper), Bound.RANGE
    if figure.vague:
        return low, None, Bound.VAGUE
    if hedge is None:
        return low, low, Bound.EXACT
    if hedge.bound is Bound.AT_LEAST:
        return low, None, Bound.AT_LEAST
    if hedge.bound is Bound.AT_MOST:
        return None, low, Bound.AT_MOST
    return low, low, hedge.bound
