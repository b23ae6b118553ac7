"""Changes of a case as lines for a person and as records for programs: what moved, by how much, and by which report."""

from collections.abc import Iterable, Iterator

from tallystick.cli.options import ChangeFormat
from tallystick.cli.output import Cell, write_lines, write_rows
from tallystick.model.change import Change, ChangeKind, Range
from tallystick.reporting.changed import MARKS, moved, named
from tallystick.values.phrases import settled

__all__ = ["COLUMNS", "fields", "paragraph", "printable", "rows", "sentence", "write_changes"]

COLUMNS = ("kind", "id", "label", "before", "after", "turns", "reports", "causes")
OF_FIGURES = (ChangeKind.ESTIMATE, ChangeKind.ESTIMATE_GONE)
OF_REPORTS = (ChangeKind.REPORT, ChangeKind.REPORT_GONE)


def write_changes(changes: Iterable[Change], style: ChangeFormat, target: str = "-") -> None:
    """Write `changes` to `target`, a path or "-" for standard output.

    Raises:
        OutputError: Where the file cannot be written.
    """
    if style is ChangeFormat.TEXT:
        write_lines((line for change in changes for line in paragraph(change)), target)
    else:
        write_rows(rows(changes, flat=style is ChangeFormat.CSV), COLUMNS, style, target)


def sentence(change: Change) -> str:
    """Give `change` in one line."""
    mark, word = MARKS[change.kind]
    return f"{mark} {word}  {printable(moved(change))}"


def paragraph(change: Change) -> Iterator[str]:
    """Give `change` in a line, then what else turned and what brought it, one indented line each."""
    yield sentence(change)
    for turn in change.turns:
        if turn.trait not in ("best", "low", "high"):
            yield f"      {turn.trait}: {turn.before} -> {turn.after}"
    if change.reports:
        yield f"      by: {printable(named(change.reports))}"
    yield from (f"      because: {printable(cause)}" for cause in change.causes)


def fields(change: Change) -> dict[str, Cell]:
    """Give the outside record of `change`: of a report no more than what it is."""
    row: dict[str, Cell] = {"kind": change.kind, "id": change.id, "label": change.label}
    if change.kind in OF_REPORTS:
        return row
    if change.kind in OF_FIGURES:
        row |= {"before": _row(change.before), "after": _row(change.after)}
        turns = [{"what": one.trait, "before": one.before, "after": one.after} for one in change.turns]
        row["turns"] = turns
    if change.was is not None:
        row["was"] = change.was
    return row | {"reports": [one.id for one in change.reports], "causes": list(change.causes)}


def rows(changes: Iterable[Change], *, flat: bool) -> Iterator[dict[str, Cell]]:
    """Give the records of `changes`; where they are to be cells (`flat`), what is nested in words."""
    for change in changes:
        row = fields(change)
        if flat and change.kind in OF_FIGURES:
            row["before"], row["after"] = _cell(change.before), _cell(change.after)
            row["turns"] = [f"{one.trait}: {one.before} -> {one.after}" for one in change.turns]
        yield row


def printable(text: str) -> str:
    """Give `text` without what would steer a terminal."""
    return "".join(mark if mark.isprintable() else " " for mark in text)


def _row(given: Range | None) -> dict[str, float | int | None] | None:
    return None if given is None else {"best": given.best, "low": given.low, "high": given.high}


def _cell(given: Range | None) -> str | None:
    return None if given is None else settled(given.best, given.low, given.high)
