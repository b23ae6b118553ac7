"""`tallystick import`: a whole case, or what colleagues decided, read into a case."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from tallystick.cli.messages import DOCUMENT_FAILED, bar, say, waiting
from tallystick.cli.operator import operator
from tallystick.cli.options import CaseOption
from tallystick.errors import ImportingError
from tallystick.inquiry.importing import Imported, import_case, import_decisions
from tallystick.storage.stores.address import CaseAddress

__all__ = ["add_to"]

EPILOG = """Examples:

  tallystick import case.jsonl --case new-case

  tallystick import --judgements colleague.jsonl --case my-case

'export --kind case' writes the first, 'export --kind judgement' the second. Nothing that the case holds is written
over: what does not fit is named, and left out. Run it again where it was cut off."""
STANDARD = "-"
# Lines that are named; the others are counted.
MOST = 20


def add_to(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("import", epilog=EPILOG)(command)


def command(
    case: CaseOption,
    file: Annotated[
        str | None,
        typer.Argument(metavar="[FILE|-]", help="A whole case as jsonl; - is standard input.", show_default=False),
    ] = None,
    judgements: Annotated[
        str | None,
        typer.Option(
            "--judgements",
            metavar="FILE|-",
            help="Take only what colleagues decided about what the case holds.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Read a case that 'export' wrote into a case, or what colleagues decided about the same claims."""
    if (file is None) == (judgements is None):
        raise typer.BadParameter("give either FILE, a whole case, or --judgements FILE")
    name = file or judgements or STANDARD
    with _opened(name) as stream:
        if file is not None:
            with bar("importing", unit="reports") as progress:
                made = import_case(stream, name, case, by=operator(), progress=progress)
            say(f"{case}: reports: {made.added:,} added, {made.known:,} already there")
        else:
            with waiting("deriving anew"):
                made = import_decisions(stream, name, case, by=operator())
            if not any((*made.reviews, *made.judgements)):
                say(f"tallystick: {name}: holds nothing that anybody decided")
    _tell(made, name, case)


@contextmanager
def _opened(name: str) -> Iterator[BinaryIO]:
    if name == STANDARD:
        yield sys.stdin.buffer
        return
    try:
        with Path(name).open("rb") as stream:
            yield stream
    except OSError as error:
        if error.filename != name:
            raise
        raise ImportingError(name, f"cannot be read: {error.strerror or error}") from error


def _tell(made: Imported, name: str, case: CaseAddress) -> None:
    """Say what came of it; exit with 1 where something was left out."""
    for words, taken in (("reviews", made.reviews), ("judgements", made.judgements)):
        if any(taken):
            left = len(taken.unknown) + len(taken.conflicts)
            say(f"{case}: {words}: {taken.added:,} added, {taken.known:,} already there, {left:,} left out")
    if made.same is False:
        say(f"{case}: what follows from the reports is not what {name} says; another version made it, or the case holds"
            " other reports too")  # fmt: skip
    odd = [f"line {one.line}: {one.reason}" if one.line else one.reason for one in made.faults]
    odd += [one for taken in (made.reviews, made.judgements) for one in (*taken.unknown, *taken.conflicts)]
    for one in odd[:MOST]:
        say(f"tallystick: {name}: {one}")
    if len(odd) > MOST:
        say(f"tallystick: {name}: and {len(odd) - MOST:,} more")
    if odd:
        raise typer.Exit(DOCUMENT_FAILED)
