"""Read every number of a document for the outside world, claim or not.

Takes a `Document`; gives one JSON-ready record a number: its span, its bounds, its kind, its unit and what it counts.
"""

from collections.abc import Iterator

from tallystick.languages.known import parsed
from tallystick.languages.language import Counted, Language, Parse, Sentence
from tallystick.model.document import Document
from tallystick.model.quantity import Number, Quantity, QuantityKind

__all__ = ["QUANTITY_COLUMNS", "numbers", "quantity_record"]

NumberField = str | int | float | None

QUANTITY_COLUMNS = (
    "document", "start", "end", "figure", "low", "high", "bound", "change", "kind", "unit", "counted", "hedge",
)  # fmt: skip

# Finer kinds that only decide whether a number can be a claim; outside they are what they look like.
OUTSIDE = {
    QuantityKind.FRACTION: QuantityKind.SHARE,
    QuantityKind.DIFFERENCE: QuantityKind.COUNT,
    QuantityKind.PRONOUN: QuantityKind.COUNT,
}
# What a currency is called where its code cannot stand alone: "dollar per barrel".
CURRENCY_NAMES = {
    "USD": "dollar", "EUR": "euro", "GBP": "pound sterling", "JPY": "japanese yen", "CNY": "chinese yuan",
    "AUD": "australian dollar", "CAD": "canadian dollar", "NZD": "new zealand dollar", "MYR": "malaysian ringgit",
    "INR": "indian rupee", "KRW": "south korean won", "RUB": "russian ruble", "CHF": "swiss franc",
}  # fmt: skip
# Numbers to either side that may tell what one counts; a table in one sentence must not be read over and over.
REACH = 6
NOT_COUNTING = frozenset(
    (QuantityKind.DATE, QuantityKind.TIME, QuantityKind.ORDINAL, QuantityKind.DESIGNATION, QuantityKind.PHONE,
     QuantityKind.SCORE, QuantityKind.AGE)
)  # fmt: skip


def numbers(document: Document) -> Iterator[dict[str, NumberField]]:
    """Yield the record of every number of `document`, in the order of the text.

    Args:
        document: The report; only its headlines and body are read.

    Yields:
        The fields of `QUANTITY_COLUMNS`. `figure == text[start:end]` holds for each; a bound that the text leaves open
        is None. `unit` is an ISO 4217 code for a sum, "percent", the name of a unit in the singular, or "".

    Raises:
        ReadingError: Where no language of the document can be read.
    """
    told = ((sentence, language, parse) for language, parse in parsed(document) for sentence in parse.sentences)
    for sentence, language, parse in sorted(told, key=_start):
        found = language.quantities(sentence, document.text)
        for index, quantity in enumerate(found):
            counted = None
            if quantity.kind not in NOT_COUNTING:
                first = max(0, index - REACH)
                counted = language.counted(parse, sentence, found[first : index + REACH], index - first)
            yield quantity_record(document, quantity, counted)


def _start(told: tuple[Sentence, Language, Parse]) -> int:
    return told[0].start


def quantity_record(document: Document, quantity: Quantity, counted: Counted | None) -> dict[str, NumberField]:
    """Give the record of `quantity`; `counted` is what it counts, None where nothing is counted."""
    text = document.text
    times = 1 if quantity.subunit is None else 100
    kind = OUTSIDE.get(quantity.kind, quantity.kind)
    if kind is QuantityKind.COUNT and quantity.per is not None:
        kind = QuantityKind.RATE
    return {
        "document": document.id,
        "start": quantity.start,
        "end": quantity.end,
        "figure": text[quantity.start : quantity.end],
        "low": _times(quantity.low, times),
        "high": _times(quantity.high, times),
        "bound": str(quantity.bound),
        "change": str(quantity.change),
        "kind": str(kind),
        "unit": _unit(quantity),
        "counted": None if counted is None else counted.phrase,
        "hedge": None if quantity.hedge is None else text[slice(*quantity.hedge)],
    }


def _times(number: Number | None, times: int) -> Number | None:
    """The number in hundredths where it is written so, free of the noise of binary fractions."""
    if number is None or times == 1:
        return number
    whole = round(number * times, 6)
    return int(whole) if whole == int(whole) else whole


def _unit(quantity: Quantity) -> str:
    """The normalized unit, with what it is told by: "USD", "dollar per barrel", "per day", ""."""
    unit = quantity.subunit or quantity.unit or ""
    if quantity.per is None:
        return unit
    if quantity.kind is QuantityKind.MONEY:
        unit = quantity.subunit or CURRENCY_NAMES.get(unit, unit)
    return f"{unit} per {quantity.per}".lstrip()
