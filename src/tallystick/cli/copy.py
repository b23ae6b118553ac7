"""`tallystick copy`: a case from a folder into a database, back, or between two of a kind."""

from typing import Annotated

import typer

from tallystick.cli.messages import bar
from tallystick.cli.operator import operator
from tallystick.errors import CaseError
from tallystick.pipeline import note_access
from tallystick.storage.accounts.moving import copy_accounts, make_ready
from tallystick.storage.copying import copy
from tallystick.storage.stores.address import CaseAddress, case_address

__all__ = ["add_to", "command"]

EPILOG = """Examples:

  tallystick copy my-case postgresql://desk@db.example/my_case

  tallystick copy postgresql://desk@db.example/my_case my-case-2026-03

  tallystick copy my-case postgresql://desk@db.example/my_case --accounts

Everything is copied: reports, originals, claims, reviews, the custody log with its hashes, dossier and report. Who may
sign in to its workbench is copied with --accounts alone, so that no hash of a password goes where it is not wanted. A
copy is whole or not there: one that was cut off is begun anew by the same command."""


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
    accounts: Annotated[
        bool,
        typer.Option(
            "--accounts", help="Also the accounts of its workbench: roles, hashes of passwords, tokens, the audit log."
        ),
    ] = False,
) -> None:  # fmt: skip
    """Copy a case into another store without loss, and hold the copy against it."""
    if accounts:
        make_ready(case, target)
    with bar("copying", unit="rows and files") as progress:
        copied = copy(case, target, progress=progress)
    note_access(case, f"copy to {target}", by=operator())
    rows = copied.rows
    typer.echo(
        f"{target}: {rows['documents']:,} documents, {rows['claims']:,} claims, {rows['custody']:,} entries of the"
        f" custody log, {sum(rows.values()):,} rows in all and {copied.files:,} files, each the same as in {case}"
        f" (SHA-256 {copied.sha256})"
    )
    if accounts:
        try:
            count = copy_accounts(case, target)
        except CaseError as error:
            reason = f"holds the case now, but not its accounts ({error}); empty it and copy again"
            raise CaseError(str(target), reason) from error
        typer.echo(f"{target}: {count:,} accounts of its workbench, with their audit log")
