"""`tallystick custody`: the log of what was done with a case."""

import typer

from tallystick.cli.options import CaseOption, LedgerFormat, OutOption
from tallystick.cli.output import TableFormat, write_rows
from tallystick.pipeline import custody
from tallystick.storage.custody import COLUMNS, fields

__all__ = ["add_to", "command"]

EPILOG = """Examples:

  tallystick custody --case my-case

  tallystick custody --case my-case --format jsonl | jq 'select(.action == "receipt")'"""
TABLE_COLUMNS = ("number", "time", "actor", "tool", "action", "subject")


def add_to(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("custody", epilog=EPILOG)(command)


def command(case: CaseOption, style: LedgerFormat = TableFormat.TABLE, out: OutOption = "-") -> None:
    """List the custody log of a case: who did what with it and when, each entry with the hash of the one before."""
    rows = [fields(entry) for entry in custody(case)]
    write_rows(rows, TABLE_COLUMNS if style is TableFormat.TABLE else COLUMNS, style, out)
