"""Every number of a Russian or Ukrainian sentence with its bounds, kind and unit."""

from collections.abc import Iterator, Sequence

from tallystick.languages.language import Sentence, Token
from tallystick.languages.slavic.numbers.hedges import Hedge, hedge_of
from tallystick.languages.slavic.numbers.kinds import CARDINAL_ENDINGS, kind_of
from tallystick.languages.slavic.numbers.money import money
from tallystick.languages.slavic.numbers.numerals import numerals
from tallystick.languages.slavic.numbers.ranges import Reach, reaches
from tallystick.languages.slavic.numbers.words import NumberWords, number_words
from tallystick.languages.writing.numbers import CHANGES
from tallystick.model.quantity import Bound, Change, Number, Quantity, QuantityKind

__all__ = ["quantities"]

# A bare plural is at least two of its kind ("тысячи" is 2,000), as claim records have it.
VAGUE_TIMES = 2
HUNDREDTHS = 100
# "144-миллионный народ".
MULTIPLIED = (
    ("тысяч", 10**3),
    ("тисяч", 10**3),
    ("миллион", 10**6),
    ("мільйон", 10**6),
    ("миллиард", 10**9),
    ("мільярд", 10**9),
)


def quantities(code: str, sentence: Sentence, text: str) -> tuple[Quantity, ...]:
    """Give every number of `sentence` in order, without overlap.

    Args:
        code: "ru" or "uk".
        sentence: The sentence.
        text: The document's text.
    """
    words = number_words(code)
    return tuple(_quantities(sentence, reaches(sentence.tokens, numerals(sentence.tokens, words), words), words))


def _quantities(sentence: Sentence, found: list[Reach], words: NumberWords) -> Iterator[Quantity]:
    tokens = sentence.tokens
    end_before = sentence.start
    for turn, reach in enumerate(found):
        closing = reach.high or reach.low
        kind = kind_of(tokens, closing, words)
        share = money(tokens, found[turn + 1].first, found[turn + 1].last, words) if reach.paired else None
        sum_of = (
            money(tokens, reach.first, reach.last, words)
            if kind.kind in (QuantityKind.COUNT, QuantityKind.PRONOUN)
            else None
        )
        paid = sum_of or share
        first, last = (reach.first, reach.last) if sum_of is None else (sum_of.first, sum_of.last)
        vague = reach.low.vague
        hedge = None if reach.exact else hedge_of(tokens, first, last, words)
        if vague and reach.low.either and hedge is not None:
            vague = False  # "около тысячи": the genitive of one thousand, not thousands
        suffix, times = _suffix(tokens, last) if kind.kind is QuantityKind.COUNT else (0, 1)
        bound, low, high = _bounds(reach, hedge, vague, times)
        if paid is not None and paid.subunit is not None:
            low, high = (None if end is None else end / HUNDREDTHS for end in (low, high))
        start = max(tokens[first].start, end_before)
        end = end_before = tokens[last + suffix - 1].end
        yield Quantity(
            start, end, low, high, bound,
            QuantityKind.MONEY if paid is not None else kind.kind,
            paid.unit if paid is not None else kind.unit,
            None if hedge is None else hedge.span,
            attached=kind.attached,
            change=CHANGES.get(bound, Change.EQUAL),
            subunit=None if paid is None else paid.subunit,
        )  # fmt: skip


def _suffix(tokens: Sequence[Token], last: int) -> tuple[int, int]:
    """What hangs on the digits by a hyphen and belongs to them: tokens of it, and what it multiplies by."""
    if last + 1 >= len(tokens) or tokens[last].text not in ("-", "‑") or tokens[last].start != tokens[last - 1].end:
        return 0, 1
    ending = tokens[last + 1]
    if ending.start != tokens[last].end:
        return 0, 1
    if ending.lower in CARDINAL_ENDINGS:
        return 2, 1
    return next(((2, times) for stem, times in MULTIPLIED if ending.lower.startswith(stem)), (0, 1))


def _bounds(reach: Reach, hedge: Hedge | None, vague: bool, times: int) -> tuple[Bound, Number | None, Number | None]:
    low, high = reach.low.value * times, (reach.high or reach.low).value * times
    if reach.high is not None:
        return Bound.RANGE, min(low, high), max(low, high)
    if vague:
        return Bound.VAGUE, low * VAGUE_TIMES, None
    if reach.low.hedged:
        return Bound.AT_LEAST, low, None
    if hedge is None:
        return Bound.EXACT, low, low
    if hedge.bound is Bound.AT_LEAST:
        return Bound.AT_LEAST, low, None
    if hedge.bound is Bound.AT_MOST:
        return Bound.AT_MOST, None, high
    return Bound.APPROX, low, high
