"""`tallystick quantities`: every number of reports with its bounds, kind and unit, without a case."""

import typer

from tallystick.cli.each import write_each
from tallystick.cli.options import ClaimFormat, InputsArgument, OutOption
from tallystick.cli.output import Format
from tallystick.extraction.quantities import QUANTITY_COLUMNS, numbers

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
    inputs: InputsArgument,
    style: ClaimFormat = Format.JSONL,
    out: OutOption = "-",
) -> None:
    """Write every number of the inputs, one a line: its value, bound, kind, unit and what it counts."""
    wanted = TABLE_COLUMNS if style is Format.TABLE else QUANTITY_COLUMNS
    write_each(inputs, lambda found: numbers(found.document), wanted, style, out, title="reading numbers")
