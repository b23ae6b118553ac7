"""Changes in words: what became different comes in, one line each goes out, with what brought it."""

from collections.abc import Sequence

from tallystick.model.change import Change, ChangeKind, Range, Source
from tallystick.reporting.brief import ChangeLine
from tallystick.reporting.wording import legible
from tallystick.values.phrases import settled

__all__ = ["MARKS", "MOST_REPORTS", "line", "moved", "named"]

# A mark, and the word for what it is.
MARKS = {
    ChangeKind.REPORT: ("+", "report"),
    ChangeKind.REPORT_GONE: ("-", "report"),
    ChangeKind.ORIGIN: ("+", "origin"),
    ChangeKind.ORIGIN_GONE: ("-", "origin"),
    ChangeKind.ESTIMATE: ("~", "estimate"),
    ChangeKind.ESTIMATE_GONE: ("-", "estimate"),
    ChangeKind.SUPERSEDED: ("~", "superseded"),
    ChangeKind.CONFLICT: ("!", "conflict"),
    ChangeKind.CONFLICT_GONE: ("-", "conflict"),
    ChangeKind.FLAG: ("!", "flag"),
    ChangeKind.FLAG_GONE: ("-", "flag"),
    ChangeKind.HIT: ("~", "provision"),
    ChangeKind.HIT_GONE: ("-", "provision"),
}
# Reports that are named of one change: more are counted.
MOST_REPORTS = 5
# Traits that the figure tells already.
TOLD = ("best", "low", "high")


def moved(change: Change) -> str:
    """Give what a change is about, and of an estimate from what to what it moved."""
    if change.kind is not ChangeKind.ESTIMATE:
        return change.label
    return f"{change.label}: {_figure(change.before)} -> {_figure(change.after)}"


def named(reports: Sequence[Source]) -> str:
    """Give the first of some reports for a reader, and how many more there are; "" where there are none."""
    more = f" and {len(reports) - MOST_REPORTS} more" if len(reports) > MOST_REPORTS else ""
    return "; ".join(one.label for one in reports[:MOST_REPORTS]) + more


def line(change: Change) -> ChangeLine:
    """Give a change as a printed report tells it."""
    mark, kind = MARKS[change.kind]
    turns = (f"{one.trait}: {one.before} → {one.after}" for one in change.turns if one.trait not in TOLD)
    brought = (f"by {named(change.reports)}",) if change.reports else ()
    causes = (*turns, *brought, *change.causes)
    return ChangeLine(mark, kind, _line(moved(change).replace(" -> ", " → ")), tuple(map(_line, causes)))


def _figure(given: Range | None) -> str:
    return "none" if given is None else settled(given.best, given.low, given.high)


def _line(text: str) -> str:
    return " ".join(legible(text).split())
