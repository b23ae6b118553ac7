"""`tallystick fuse`: one value for everything that the sources of a table say differently, without a case."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from tallystick.cli.messages import DOCUMENT_FAILED, bar, say, say_failures
from tallystick.cli.observations import observations
from tallystick.cli.output import Cell, OutputError, write_rows
from tallystick.errors import ReadingError
from tallystick.model.document import Failure
from tallystick.model.observation import Fusion, SourceAccuracy
from tallystick.reconciliation.fusion.fusion import fuse

__all__ = ["add_to", "command"]

EPILOG = """Examples:

  tallystick fuse observations.csv -o resolved.csv

  tallystick fuse observations.csv.gz --sources sources.csv > resolved.csv

  zcat observations.csv.gz | tallystick fuse - | head

The first row names the columns: source, item, attribute, value, and where there are any tolerance (10, or 1%) and
period (1440 for minutes of the day, on which 1438 and 2 are near). Without a tolerance values are compared as texts.

Exit status 1: a row could not be used, the others were."""
COLUMNS = ("item", "attribute", "value", "confidence")
SOURCE_COLUMNS = ("source", "attribute", "observations", "accuracy", "copies", "probability")
# Rows that are named one by one; of the rest only the number is told.
NAMED = 20
DIGITS = 4

TableArgument = Annotated[
    str, typer.Argument(metavar="OBSERVATIONS", help='A CSV file, also packed with gzip; "-" for standard input.')
]
OutOption = Annotated[
    str, typer.Option("--out", "-o", metavar="FILE", help="Where the values go; standard output where it is not given.")
]
SourcesOption = Annotated[
    str | None,
    typer.Option("--sources", metavar="FILE", help="Where to write how accurate each source is and whom it copies."),
]


def add_to(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("fuse", epilog=EPILOG)(command)


def command(table: TableArgument, out: OutOption = "-", sources: SourcesOption = None) -> None:
    """Weigh what sources say of the same things: one value each, by who is accurate and who copies from whom."""
    for target in (out, sources):
        _refuse(table, target)
    left_out = _LeftOut()
    with bar("weighing observations", unit="rounds") as progress:
        found = fuse(observations(table, left_out.take, progress), progress=progress)
    if not found.resolved:
        raise ReadingError(table, "no row holds an observation; the first row names the columns, each other one is one")
    write_rows(_values(found), COLUMNS, "csv", out)
    if sources is not None:
        write_rows(_records(found), SOURCE_COLUMNS, "csv", sources)
    left_out.sum_up()


class _LeftOut:
    """Rows that could not be used."""

    def __init__(self) -> None:
        self._count = 0

    def take(self, failure: Failure) -> None:
        """Name one of the first, count the rest."""
        self._count += 1
        if self._count <= NAMED:
            say_failures([failure])

    def sum_up(self) -> None:
        """Say how many there were, and end with the exit status for it."""
        if self._count:
            which = f", the first {NAMED} are named above" if self._count > NAMED else ""
            say(f"tallystick: left out: {self._count:,} rows{which}")
            raise typer.Exit(DOCUMENT_FAILED)


def _refuse(table: str, target: str | None) -> None:
    """Refuse to write over what is read."""
    if target in (None, "-") or table == "-":
        return
    try:
        same = Path(table).samefile(str(target))
    except OSError:
        return
    if same:
        raise OutputError(str(target), "it is the table that is read; name another file")


def _values(found: Fusion) -> Iterator[dict[str, Cell]]:
    for one in found.resolved:
        yield {
            "item": one.subject, "attribute": one.attribute, "value": one.value,
            "confidence": f"{one.confidence:.{DIGITS}f}",
        }  # fmt: skip


def _records(found: Fusion) -> Iterator[dict[str, Cell]]:
    """For each source a row on the whole, one for each attribute, and one for each source that it copies."""
    for one in found.sources:
        yield _record(one, "", one.observations, one.accuracy)
        for record in one.records:
            yield _record(one, record.attribute, record.observations, record.accuracy)
        for copied in one.copies:
            yield {"source": one.source, "copies": copied.source, "probability": f"{copied.probability:.{DIGITS}f}"}


def _record(one: SourceAccuracy, attribute: str, count: int, accuracy: float) -> dict[str, Cell]:
    return {
        "source": one.source, "attribute": attribute, "observations": count, "accuracy": f"{accuracy:.{DIGITS}f}",
    }  # fmt: skip
