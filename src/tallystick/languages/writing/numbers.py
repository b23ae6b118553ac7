"""What numbers have in common in languages read over their letters: how a hedge bounds them, what is no count."""

from tallystick.model.attribution import Span
from tallystick.model.quantity import Bound, Change, Number, QuantityKind

__all__ = ["CHANGES", "KINDS", "Hedged", "bounds"]

# A bound and the span of the words that give it.
Hedged = tuple[Bound, Span]
CHANGES = {Bound.AT_LEAST: Change.ABOVE, Bound.AT_MOST: Change.BELOW, Bound.APPROX: Change.ABOUT}
# Lists of words behind a number by which it is no count, as the YAML of a language names them.
KINDS = {
    "percent": QuantityKind.PERCENT,
    "date": QuantityKind.DATE,
    "time": QuantityKind.TIME,
    "duration": QuantityKind.DURATION,
    "age": QuantityKind.AGE,
    "measure": QuantityKind.MEASURE,
    "rate": QuantityKind.RATE,
    "ordinal": QuantityKind.ORDINAL,
    "organization": QuantityKind.DESIGNATION,
}


def bounds(
    low: Number, high: Number | None, hedge: Hedged | None, *, vague: bool, over: bool
) -> tuple[Bound, Number | None, Number | None]:
    """Give the bound of a number and its closed ends.

    Args:
        low: The number, or the lower end of a range.
        high: The upper end, or None.
        hedge: What bounds it, or None.
        vague: Whether it is a multiplier without a number (数百, 수천).
        over: Whether 余, 多 or 여 stands at it.
    """
    if high is not None:
        return Bound.RANGE, low, high
    if vague:
        return Bound.VAGUE, low, None
    if hedge is not None and hedge[0] is Bound.APPROX:
        return Bound.APPROX, low, low
    if over or (hedge is not None and hedge[0] is Bound.AT_LEAST):
        return Bound.AT_LEAST, low, None
    return (Bound.EXACT, low, low) if hedge is None else (Bound.AT_MOST, None, low)
