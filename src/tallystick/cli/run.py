"""`tallystick run`: the main job, from reports to a sourced ledger."""

from typing import Annotated

import typer

from tallystick.batch.taking import take
from tallystick.cli.messages import DOCUMENT_FAILED, bar, say, say_failures
from tallystick.cli.operator import operator
from tallystick.cli.options import INPUTS, CaseOption, DossierOption
from tallystick.model.flag import Flag
from tallystick.pipeline import Outcome, run
from tallystick.storage.stores.address import CaseAddress

__all__ = ["add_to", "command", "tell"]

EPILOG = """Examples:

  tallystick run reports/ --case my-case --dossier dprk-russia

  tallystick run today.jsonl clip.html --case my-case

  tallystick run --from results --case my-case

Running again with more files adds them; running again with the same files changes nothing."""


def add_to(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("run", epilog=EPILOG)(command)


def command(
    case: CaseOption,
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="INPUT...", help=INPUTS, show_default=False)
    ] = None,
    dossier: DossierOption = None,
    results: Annotated[
        str | None,
        typer.Option(
            "--from", metavar="FOLDER", help="Take what `tallystick batch` has found instead; here or s3://.",
            show_default=False,
        ),
    ] = None,
) -> None:  # fmt: skip
    """Read reports into a case and write its report.html."""
    if bool(paths) == (results is not None):
        raise typer.BadParameter("give either INPUT... or --from FOLDER")
    with bar("reading") as progress:
        if results is None:
            outcome = run(paths or (), case, dossier, progress=progress, by=operator())
        else:
            outcome = take(results, case, dossier, progress=progress, by=operator())
    tell(outcome, case)


def tell(outcome: Outcome, case: CaseAddress) -> None:
    """Say what came of a run: failures and the sum on standard error, the report's path on standard output.

    Raises:
        typer.Exit: With status 1 where some document failed.
    """
    say_failures(outcome.failures)
    ledger = outcome.ledger
    say(f"{case}: {outcome.added} added, {outcome.known} already there, {len(outcome.failures)} failed")
    say(
        f"{case}: {len(ledger.documents)} documents, {len(ledger.claims)} claims from"
        f" {len(ledger.lineage.origins)} origins, {len(ledger.estimates)} estimates, {_count(ledger.flags)}"
    )
    if outcome.report is None:
        say(f"its report lies in the database; 'tallystick report --case {case} -o report.html' writes one")
    else:
        typer.echo(outcome.report)
    if outcome.failures:
        raise typer.Exit(DOCUMENT_FAILED)


def _count(flags: tuple[Flag, ...]) -> str:
    return f"{len(flags)} flag" if len(flags) == 1 else f"{len(flags)} flags"
