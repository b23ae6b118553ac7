"""Figures and grades in words: values of the ledger come in, short texts without markup go out."""

from tallystick.model.quantity import Bound, Number

__all__ = ["bounded", "count", "credibility", "figure", "settled", "span"]

CREDIBILITY = {
    1: "confirmed by independent origins",
    2: "probably true",
    3: "possibly true",
    4: "doubtful",
    5: "improbable",
    6: "cannot be judged",
}


def figure(value: Number | None) -> str:
    """A number with separators; an en dash where there is none."""
    if value is None:
        return "–"
    return f"{value:,}" if isinstance(value, int) or value != int(value) else f"{int(value):,}"


def bounded(low: Number | None, high: Number | None, bound: Bound) -> str:
    """A figure with its bound in words: "at least 10,000"."""
    match bound:
        case Bound.AT_LEAST:
            return f"at least {figure(low)}"
        case Bound.AT_MOST:
            return f"at most {figure(high)}"
        case Bound.APPROX:
            return f"about {figure(low)}"
        case Bound.RANGE:
            return f"{figure(low)} to {figure(high)}"
        case Bound.VAGUE:
            return f"{figure(low)} or more (a vague word)"
        case Bound.EXACT:
            return figure(low)


def count(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: "1 report", "3 reports"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def credibility(value: int) -> str:
    """What a credibility of 1 to 6 means."""
    return CREDIBILITY.get(value, "")


def span(low: Number | None, high: Number | None) -> str:
    """A range in words: "5,000 to 6,000", "at least 200"; an en dash where it has no end."""
    if low is None or high is None:
        return "–" if low is high else f"at least {figure(low)}" if high is None else f"at most {figure(high)}"
    return figure(low) if low == high else f"{figure(low)} to {figure(high)}"


def settled(best: Number | None, low: Number | None, high: Number | None) -> str:
    """A best figure with its range, or the range alone: "2,000 (1,800 to 4,750)", "3,750 to 6,650"; open ends told."""
    ends = tuple("open" if end is None else figure(end) for end in (low, high))
    spread = ends[0] if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"
    return spread if best is None or figure(best) == spread else f"{figure(best)} ({spread})"
