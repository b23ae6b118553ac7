"""`tallystick demo`: the main job on the bundled sample."""

from pathlib import Path
from typing import Annotated

import typer

from tallystick.cli.messages import bar, say
from tallystick.cli.operator import operator
from tallystick.cli.run import tell
from tallystick.pipeline import run
from tallystick.sample import reports
from tallystick.storage.stores.address import CaseAddress, case_address

__all__ = ["add_to", "command"]

PLACE = Path("demo")
EPILOG = """Example:

  tallystick demo --case demo"""


def add_to(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("demo", epilog=EPILOG)(command)


def command(
    case: Annotated[
        CaseAddress,
        typer.Option(
            "--case", metavar="CASE", parser=case_address, show_default="demo",
            help="The case to make: a folder, or postgresql://USER@HOST/DATABASE.",
        ),
    ] = PLACE,
) -> None:  # fmt: skip
    """Run the main job on the bundled sample of reports and say where the report is."""
    with reports() as folder, bar("reading the sample") as progress:
        outcome = run([str(folder)], case, "dprk-russia", progress=progress, by=operator())
    say("The sample is invented: its outlets do not exist, its figures are those of the reference dossier.")
    tell(outcome, case)
