"""The record that the readers of English numbers hand to each other: a numeral with its currency, or a range."""

from decimal import Decimal
from typing import NamedTuple

__all__ = ["Figure"]


class Figure(NamedTuple):
    """A number as written, before its bound and its kind are known.

    Attributes:
        first: Its first token, currency included.
        last: One past its last token.
        start: First code point.
        end: One past the last code point; may lie inside token `last - 1` ("six-member").
        value: What it says; the lower end of a range; the lower bound of a vague plural.
        upper: The upper end of a range, or None.
        scale: What its last scale word multiplied by.
        vague: Whether it is a vague plural.
        form: "digits", "words", "ordinal" or "fraction".
        rest: What hangs on it inside its last token ("member"), or "".
        currency: ISO 4217 code, or None.
        divisor: 100 for cents and pence, else 1.
    """

    first: int
    last: int
    start: int
    end: int
    value: Decimal
    upper: Decimal | None
    scale: int
    vague: bool
    form: str
    rest: str
    currency: str | None
    divisor: Decimal = Decimal(1)
