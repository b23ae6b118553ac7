"""`tallystick verify`: whether every byte of a case is still what it was."""

import typer

from tallystick.cli.messages import DOCUMENT_FAILED, bar, say
from tallystick.cli.operator import operator
from tallystick.cli.options import CaseOption
from tallystick.pipeline import verified

__all__ = ["add_to", "command"]

EPILOG = """Example:

  tallystick verify --case my-case

Exit status 1: something is not as it was; each fault is named on standard error."""


def add_to(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("verify", epilog=EPILOG)(command)


def command(case: CaseOption) -> None:
    """Hash the evidence and the custody log of a case anew and hold what was read and found against them."""
    with bar("verifying") as progress:
        found = verified(case, by=operator(), progress=progress)
    for fault in found.faults:
        say(f"tallystick: {case}: {fault.subject}: {fault.reason}")
    typer.echo(
        f"{case}: {found.originals} originals, {found.records} WARC records, {found.entries} entries of the custody"
        f" log, {found.documents} documents, {found.claims} claims; {_sum(len(found.faults))}"
    )
    if found.faults:
        raise typer.Exit(DOCUMENT_FAILED)


def _sum(faults: int) -> str:
    if not faults:
        return "everything is as it was"
    return "1 fault" if faults == 1 else f"{faults} faults"
