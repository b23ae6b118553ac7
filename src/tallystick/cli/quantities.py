"""`tallystick quantities`: every number of reports with its bounds, kind and unit, without a case."""

from typing import Annotated

import typer

from tallystick.cli.messages import DOCUMENT_FAILED, bar, say_failures
from tallystick.cli.options import ClaimFormat, OutOption
from tallystick.cli.output import Format, write_rows
from tallystick.errors import ReadingError
from tallystick.extraction.quantities import QUANTITY_COLUMNS, numbers
from tallystick.model.document import Failure
from tallystick.reading.reading import read

__all__ = ["add_to", "command"]

EPILOG = """Examples:

  tallystick quantities article.txt

  tallystick quantities reports.jsonl --format table

  echo "It sent 30 to 40 thousand men for $1.2bn." | tallystick quantities - | jq .unit

Exit status 1: a document could not be read, the others came out."""
TABLE_COLUMNS = ("document", "figure", "low", "high", "change", "kind", "unit", "counted")


def add_to(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("quantities", epilog=EPILOG)(command)


def command(
    inputs: Annotated[
        list[str], typer.Argument(metavar="INPUT...", help="Files (.txt .md .html .jsonl), folders, or - for stdin.")
    ],
    style: ClaimFormat = Format.JSONL,
    out: OutOption = "-",
) -> None:
    """Write every number of the inputs, one a line: its value, bound, kind, unit and what it counts."""
    rows = []
    failures: list[Failure] = []
    with bar("reading numbers") as progress:
        for found in read(inputs, progress=progress):
            if isinstance(found, Failure):
                failures.append(found)
                continue
            try:
                rows += list(numbers(found.document))
            except ReadingError as error:
                failures.append(Failure(error.document, "extract", error.reason))
    write_rows(rows, TABLE_COLUMNS if style is Format.TABLE else QUANTITY_COLUMNS, style, out)
    say_failures(failures)
    if failures:
        raise typer.Exit(DOCUMENT_FAILED)
