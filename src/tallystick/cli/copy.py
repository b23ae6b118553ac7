"""`tallystick copy`: a case from a folder into a database, back, or between two of a kind."""

from typing import Annotated

import typer

from tallystick.cli.messages import bar
from tallystick.cli.operator import operator
from tallystick.pipeline import note_access
from tallystick.storage.copying import copy
from tallystick.storage.stores.address import CaseAddress, case_address

__all__ = ["add_to", "command"]

EPILOG = """Examples:

  tallystick copy my-case postgresql://desk@db.example/my_case

  tallystick copy postgresql://desk@db.example/my_case my-case-2026-03

Everything is copied: reports, originals, claims, reviews, the custody log with its hashes, dossier and report.
Accounts of a workbench are not; they belong to the machine. A copy is whole or not there: one that was cut off is
begun anew by the same command."""


def add_to(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("copy", epilog=EPILOG)(command)


def command(
    case: Annotated[
        CaseAddress,
        typer.Argument(
            metavar="CASE", parser=case_address, show_default=False,
            help="The case: a folder, or postgresql://USER@HOST/DATABASE.",
        ),
    ],
    target: Annotated[
        CaseAddress,
        typer.Argument(
            metavar="CASE", parser=case_address, show_default=False,
            help="Where to copy it: a new folder, or an empty database.",
        ),
    ],
) -> None:  # fmt: skip
    """Copy a case into another store without loss, and hold the copy against it."""
    with bar("copying", unit="rows and files") as progress:
        copied = copy(case, target, progress=progress)
    note_access(case, f"copy to {target}", by=operator())
    rows = copied.rows
    typer.echo(
        f"{target}: {rows['documents']:,} documents, {rows['claims']:,} claims, {rows['custody']:,} entries of the"
        f" custody log, {sum(rows.values()):,} rows in all and {copied.files:,} files, each the same as in {case}"
        f" (SHA-256 {copied.sha256})"
    )
