"""`tallystick settings`: every setting, its value, and where the value came from."""

import os
from pathlib import Path

import typer

from tallystick.cli.options import LedgerFormat
from tallystick.cli.output import TableFormat, write_rows
from tallystick.settings import listing

__all__ = ["add_to", "command"]

EPILOG = """Settings are read from tallystick.toml in the current folder, then from TALLYSTICK_* in the environment.

Example:

  tallystick settings --format jsonl"""
COLUMNS = ("name", "value", "source", "help")


def add_to(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("settings", epilog=EPILOG)(command)


def command(style: LedgerFormat = TableFormat.TABLE) -> None:
    """Print every setting with its value and where it came from."""
    rows = [
        {"name": found.name, "value": found.value, "source": found.source, "help": found.help}
        for found in listing(os.environ, Path.cwd())
    ]
    write_rows(rows, COLUMNS, style)
