"""A number in a text, before anybody asks what it counts."""

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Bound", "Change", "Number", "Quantity", "QuantityKind"]

Number = int | float


class Bound(StrEnum):
    """How the text bounds the number."""

    EXACT = "exact"
    APPROX = "approx"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    RANGE = "range"
    VAGUE = "vague"


class Change(StrEnum):
    """What the words at the number make of it: it is the value, about it, below or above it, or a step up or down."""

    EQUAL = "="
    ABOUT = "~"
    BELOW = "<"
    ABOVE = ">"
    UP = "up"
    DOWN = "down"


class QuantityKind(StrEnum):
    """What sort of number it is; only COUNT and MONEY, and some MEASUREs, can be figure claims."""

    COUNT = "count"
    MONEY = "money"
    PERCENT = "percent"
    MEASURE = "measure"
    DURATION = "duration"
    DATE = "date"
    TIME = "time"
    AGE = "age"
    ORDINAL = "ordinal"
    DESIGNATION = "designation"
    PHONE = "phone"
    SCORE = "score"
    SHARE = "share"
    RATE = "rate"
    FRACTION = "fraction"
    DIFFERENCE = "difference"
    PRONOUN = "pronoun"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as written.

    Attributes:
        start: First code point of the numeral with its multiplier, its currency and the inside of a range.
        end: One past its last code point.
        low: Closed lower bound, or None.
        high: Closed upper bound, or None.
        bound: Which of the bounds the text gives.
        kind: What sort of number it is.
        unit: ISO 4217 code for MONEY; "tonne", "kilometer", ... for MEASURE; else None.
        hedge: (start, end) of the words that bound it ("more than"), or None.
        cue: (start, end) of the words that decided the kind, or None.
        attached: The noun that hangs on the numeral itself by a hyphen or a suffix
            ("62-member" -> "member", "million-strong" -> "strong"), or None.
        change: What the hedge or the verb of change makes of it.
        per: What it is told by ("day" of "200 a day", "barrel" of "$70 per barrel"), or None.
        subunit: The hundredth of a currency it is written in ("cent"), or None; `low` and `high` count whole ones.
    """

    start: int
    end: int
    low: Number | None
    high: Number | None
    bound: Bound
    kind: QuantityKind
    unit: str | None = None
    hedge: tuple[int, int] | None = None
    cue: tuple[int, int] | None = None
    attached: str | None = None
    change: Change = Change.EQUAL
    per: str | None = None
    subunit: str | None = None
