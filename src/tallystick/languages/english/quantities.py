"""Read every number of an English sentence: its value, its bound, and what sort of number it is.

Takes a sentence of a parse; gives `Quantity` records in order. Numerals are joined into ranges and sums, the words
around them give the bound, and `quantity_kinds` tells dates, ages and names from counts.
"""

from collections.abc import Sequence
from decimal import Decimal

from tallystick.languages.english.calendar_kinds import is_month
from tallystick.languages.english.changes import change_of
from tallystick.languages.english.digits import Numeral, as_number
from tallystick.languages.english.figures import Figure, Sort
from tallystick.languages.english.hedges import Hedge, hedge_of
from tallystick.languages.english.money import currency_of
from tallystick.languages.english.numerals import numerals
from tallystick.languages.english.quantity_kinds import kind_of
from tallystick.languages.english.units import per_at
from tallystick.languages.language import Sentence, Token
from tallystick.model.quantity import Bound, Change, Number, Quantity, QuantityKind

__all__ = ["quantities"]

JOINERS = frozenset(("to", "-", "–", "—", "--"))
# Words that may stand between "to" and the upper end: "5 to about 10".
SOFTENERS = frozenset(("about", "around", "nearly", "perhaps", "maybe", "almost", "possibly", "even"))
# "two or three" is a range; "500 or 3,000" is two figures.
SMALL_ALTERNATIVE = 20
# How far a hedge reaches over "or" to the next figure ("up to 3 million shells or 500,000 rockets"), in tokens.
COORDINATION = 5
THOUSAND = 1_000
# Ends of one range are seldom farther apart than this.
CLOSE = 4
# What these kinds are told in; the other kinds carry their own.
UNITS = {QuantityKind.PERCENT: "percent", QuantityKind.AGE: "year of age"}
TOLD_BY = frozenset(
    (QuantityKind.COUNT, QuantityKind.MONEY, QuantityKind.MEASURE, QuantityKind.PERCENT, QuantityKind.DURATION,
     QuantityKind.RATE)
)  # fmt: skip
# Words between a count and "a day": "2,000 new cases a day".
LONGEST_COUNTED = 5
COUNTED_TAGS = frozenset(("NN", "NNS", "NNP", "NNPS", "JJ", "VBN"))
COUNTED = frozenset((QuantityKind.COUNT, QuantityKind.MONEY, QuantityKind.MEASURE))
SPREADING = frozenset("range ranges ranged ranging vary varies varied varying estimated anywhere priced".split())
# "rose 32,000 to 1.4 million" tells a difference and a count, no range.
CHANGES = frozenset(
    "by up down rise rises rose risen fall falls fell fallen increase increases increased decrease decreased grew grow"
    " grown climb climbed drop dropped jump jumped gain gained raise raised cut add added another plus".split()
)


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
    figures = _ranges(tokens, _figures(tokens, found))
    records: list[Quantity] = []
    hedged: tuple[Figure, Hedge] | None = None
    changed: tuple[Figure, Change] | None = None
    sort: Sort | None = None
    for at, figure in enumerate(figures):
        sort = kind_of(tokens, figures, at, sort)
        hedge = None if figure.upper is not None else hedge_of(tokens, figure)
        if hedge is None and hedged is not None and figure.upper is None and _coordinated(tokens, hedged[0], figure):
            hedge = hedged[1]
        hedged = None if hedge is None or sort.kind not in COUNTED else (figure, hedge)
        change = change_of(tokens, figure, sort.kind, hedge, changed)
        changed = (figure, change)
        low, high, bound = _bounds(figure, hedge)
        records.append(
            Quantity(
                start=figure.start, end=figure.end, low=low, high=high, bound=bound, kind=sort.kind,
                unit=figure.currency if sort.kind is QuantityKind.MONEY else UNITS.get(sort.kind, sort.unit),
                hedge=None if hedge is None else _span(tokens, figure, hedge),
                cue=None if sort.cue is None else (tokens[sort.cue].start, tokens[sort.cue].end),
                attached=sort.attached, change=change, per=_told_by(tokens, figure, sort),
                subunit=figure.subunit if sort.kind is QuantityKind.MONEY else None,
            )
        )  # fmt: skip
    return tuple(records)


def _told_by(tokens: Sequence[Token], figure: Figure, sort: Sort) -> str | None:
    """What a number is told by, where "per day" or the like stands behind its unit or its noun."""
    if sort.kind not in TOLD_BY:
        return None
    at = figure.last
    if sort.kind not in (QuantityKind.COUNT, QuantityKind.MONEY) and sort.cue is not None:
        at = max(at, sort.cue + 1)
        if at < len(tokens) and tokens[at].lower == "cent":
            at += 1
    found = per_at(tokens, at)
    if found is None and sort.kind is QuantityKind.RATE:
        found = per_at(tokens, figure.last)
    if found is None and sort.kind is QuantityKind.COUNT:
        while at < min(len(tokens), figure.last + LONGEST_COUNTED) and tokens[at].tag in COUNTED_TAGS:
            at += 1
        found = per_at(tokens, at)
    return None if found is None else found.name


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
    return Figure(
        currency.first, currency.last, start, currency.end, numeral.value / currency.divisor, None, numeral.scale,
        numeral.vague, numeral.form, currency.rest, currency.code, currency.divisor, currency.subunit,
    )  # fmt: skip


def _ranges(tokens: Sequence[Token], figures: list[Figure]) -> list[Figure]:
    """Join the two ends of each range."""
    joined: list[Figure] = []
    for figure in figures:
        if joined and (whole := _range(tokens, joined[-1], figure)) is not None:
            joined[-1] = whole
        else:
            joined.append(figure)
    return joined


def _range(tokens: Sequence[Token], one: Figure, two: Figure) -> Figure | None:
    """The range from `one` to `two`, or None where they are two figures."""
    if one.upper is not None or one.form in ("ordinal", "fraction") or two.form in ("ordinal", "fraction"):
        return None
    if one.vague or two.vague or (one.currency is not None and two.currency not in (None, one.currency)):
        return None
    if not _is_joined(tokens, one, two) or _in_chain(tokens, one, two):
        return None
    low, high = one.value, two.value
    if one.scale == 1 and two.scale > 1 and low < high / two.scale and one.rest == "":
        low *= two.scale
    elif _shares_thousands(tokens, one, two):
        low *= THOUSAND
    if two.scale == 1 and one.scale > 1 and two.currency is None and high > low / one.scale:
        # "1.8 million to 2.3"
        high *= one.scale
    if one.currency is None and two.currency is not None:
        low /= two.divisor
    if low >= high:
        return None
    return one._replace(
        last=two.last, end=two.end, value=low, upper=high, scale=max(one.scale, two.scale), rest=two.rest,
        currency=two.currency or one.currency, form=two.form,
    )  # fmt: skip


def _in_chain(tokens: Sequence[Token], one: Figure, two: Figure) -> bool:
    """Whether more digits hang on either end by a hyphen, as in the number of a telephone."""
    if tokens[one.last].text != "-":
        return False
    before, behind = one.first - 2, two.last + 1
    if before >= 0 and tokens[before + 1].text == "-" and tokens[before].text.isdecimal():
        return tokens[before].end == tokens[before + 1].start and tokens[before + 1].end == one.start
    touches = behind < len(tokens) and tokens[two.last].text == "-" and tokens[two.last].start == two.end
    return touches and tokens[behind].text.isdecimal() and tokens[behind].start == tokens[two.last].end


def _is_joined(tokens: Sequence[Token], one: Figure, two: Figure) -> bool:
    """Whether the words between two figures make them one range."""
    between = [token.lower for token in tokens[one.last : two.first]]
    if one.rest:
        return False
    while len(between) > 1 and between[-1] in SOFTENERS:
        between.pop()
    if between in (["-", "to"], ["-", "and"]) and one.end == tokens[one.last].start:
        between = ["to"]
    if len(between) != 1:
        return False
    word = between[0]
    before = [token.lower for token in tokens[max(0, one.first - 4) : one.first]]
    if word == "and":
        return "between" in before[-3:]
    if word == "or":
        both = one.form == two.form == "words" or (one.value == one.value.to_integral_value())
        two_value = two.value / two.scale if one.scale == 1 else two.value
        return both and 0 < two_value - one.value <= 1 and two_value <= SMALL_ALTERNATIVE
    if word == "to":
        # "rose from 70,000 to 85,000" tells two counts, "ranging from 70,000 to 85,000" one.
        if before[-1:] and (before[-1] in CHANGES or is_month(before[-1])):
            return False
        spread = any(token.lower in SPREADING for token in tokens[max(0, one.first - 6) : one.first])
        # A change needs a verb before it: "From 50 to 70 trucks wait there" tells one count.
        opens = before == ["from"]
        return "from" not in before[-2:] or spread or opens
    if word == "/":
        return _are_close(one.value / one.scale, two.value / two.scale) and one.end == tokens[one.last].start
    return word in JOINERS and (word != "-" or tokens[one.last].start == one.end or two.start == tokens[one.last].end)


def _are_close(low: Decimal, high: Decimal) -> bool:
    """Whether "72/78" may be a dealer's or a reporter's range and no fraction or date."""
    return low > 12 and low < high < 2 * low


def _shares_thousands(tokens: Sequence[Token], one: Figure, two: Figure) -> bool:
    """Whether the lower end leaves out the thousands of the upper one: "100-150,000 troops"."""
    if one.scale > 1 or two.scale > 1 or one.form != "digits" or one.value >= THOUSAND or two.value % THOUSAND:
        return False
    tight = tokens[one.last].text in ("-", "–") and tokens[one.last].start == one.end
    return tight and one.value * THOUSAND < two.value < one.value * THOUSAND * CLOSE


def _coordinated(tokens: Sequence[Token], one: Figure, two: Figure) -> bool:
    """Whether "or" ties a figure to a hedged one before it."""
    between = tokens[one.last : two.first]
    return 1 < len(between) <= COORDINATION and between[-1].lower == "or"


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
