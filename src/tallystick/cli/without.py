"""`tallystick without`: what falls if a source falls."""

from collections import Counter
from collections.abc import Iterator
from typing import Annotated

import typer

from tallystick.cli.changes import COLUMNS, paragraph, rows
from tallystick.cli.messages import say, waiting
from tallystick.cli.operator import operator
from tallystick.cli.options import CaseOption, ChangeFormat, ChangeOption, OutOption
from tallystick.cli.output import write_lines, write_rows
from tallystick.inquiry.removal import Fall, without
from tallystick.inquiry.timeline import kept
from tallystick.pipeline import opened

__all__ = ["add_to", "command"]

EPILOG = """Examples:

  tallystick without "Volga Wire" --case my-case

  tallystick without o-1f2e3d --case my-case --format jsonl

Nothing is changed in the case. Of an outlet or agency its reports fall, and what others give via it, credit to it or
copy from it; of a speaker everything that he asserts, also as others retell it; of an origin its claims."""


def add_to(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("without", epilog=EPILOG)(command)


def command(
    name: Annotated[
        str,
        typer.Argument(
            metavar="SOURCE|ORIGIN",
            help="An outlet, agency or speaker by any of its names; or the id of a report or origin, or its beginning.",
        ),
    ],
    case: CaseOption,
    style: ChangeOption = ChangeFormat.TEXT,
    out: OutOption = "-",
) -> None:
    """Show what a case would say without a source: what vanishes, widens or loses credibility, and which flags go."""
    with opened(case, "without", by=operator()) as held:
        taken = kept(held)
    with waiting(f"deriving anew from {len(taken.documents):,} reports"):
        removal = without(taken, name)
    counts = Counter(fall.effects[0] for fall in removal.falls)
    told = ", ".join(f"{effect}: {number:,}" for effect, number in counts.items()) or "nothing else changes"
    fallen = f"{_count(removal.documents, 'report')} and {_count(removal.claims, 'claim')} fall"
    say(f"{case} without {removal.what}: {fallen}; {told}")
    if style is ChangeFormat.TEXT:
        write_lines(_lines(removal.falls), out)
        return
    flat = style is ChangeFormat.CSV
    found = zip(removal.falls, rows((fall.change for fall in removal.falls), flat=flat), strict=True)
    write_rows(({"effects": list(fall.effects)} | row for fall, row in found), ("effects", *COLUMNS), style, out)


def _lines(falls: tuple[Fall, ...]) -> Iterator[str]:
    """The falls by their gravest effect, each effect a heading."""
    heading = None
    for fall in falls:
        if fall.effects[0] != heading:
            if heading is not None:
                yield ""
            heading = fall.effects[0]
            yield f"{heading.capitalize()}:"
        first, *rest = paragraph(fall.change)
        yield "  " + first.partition("  ")[2]
        if fall.effects[1:]:
            yield f"      and {', '.join(fall.effects[1:])}"
        yield from rest


def _count(ids: tuple[str, ...], what: str) -> str:
    return f"1 {what}" if len(ids) == 1 else f"{len(ids):,} {what}s"
