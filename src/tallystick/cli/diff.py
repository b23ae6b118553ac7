"""`tallystick diff`: what changed between two days, and which report changed it."""

from datetime import date
from typing import Annotated

import typer

from tallystick.cli.changes import write_changes
from tallystick.cli.messages import say, waiting
from tallystick.cli.operator import operator
from tallystick.cli.options import CaseOption, ChangeFormat, ChangeOption, OutOption, end_of
from tallystick.inquiry.timeline import When, differences, kept
from tallystick.pipeline import opened

__all__ = ["add_to", "command"]

EPILOG = """Examples:

  tallystick diff 2025-06-17 2025-07 --case my-case

  tallystick diff 2025-06-17 2025-06-30 --case my-case --recorded

  tallystick diff 2025-05 2025-06 --case my-case --format jsonl | jq 'select(.kind == "estimate")'

A day means its end, a month or year the end of its last day. The earlier of the two is the first, in whatever order
they are given."""
Day = Annotated[date, typer.Argument(metavar="DATE", parser=end_of, help="A day, month or year.")]


def add_to(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("diff", epilog=EPILOG)(command)


def command(
    one: Day,
    other: Day,
    case: CaseOption,
    recorded: Annotated[
        bool,
        typer.Option("--recorded", help="Compare by when the case got the reports (UTC), not by their publication."),
    ] = False,
    style: ChangeOption = ChangeFormat.TEXT,
    out: OutOption = "-",
) -> None:
    """Show what changed between two days: origins, estimates, conflicts, flags, each with the reports behind it."""
    days = sorted((one, other))
    first, second = (When(recorded=day) if recorded else When(published=day) for day in days)
    with opened(case, "diff", by=operator()) as held:
        taken = kept(held)
    with waiting(f"deriving both days anew from {len(taken.documents):,} reports"):
        found = differences(taken, first, second)
    how = "held by the case" if recorded else "published"
    say(f"{case}: what changed from {days[0]} to {days[1]} in what was {how}: {len(found):,} changes")
    write_changes(found, style, out)
