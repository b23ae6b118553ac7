"""`tallystick sources`: who publishes, who is behind it, and how far its reports are to be trusted."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from tallystick.cli.messages import say
from tallystick.cli.options import LedgerFormat, OutOption
from tallystick.cli.output import TableFormat, write_rows
from tallystick.dossiers.lines import MAX_BYTES
from tallystick.dossiers.loading import load
from tallystick.dossiers.sources.rows import COLUMNS
from tallystick.dossiers.sources.table import read_table
from tallystick.errors import DossierError
from tallystick.model.dossier import Grade, Source

__all__ = ["add_to", "fields"]

EPILOG = """Examples:

  tallystick sources list dprk-russia

  tallystick sources list general --format csv > my.sources.csv

  tallystick sources check my.sources.csv

A source that no register lists is F: not gradable, never bad."""
SHOWN = ("source", "kind", "owner", "state", "family", "topic", "role", "letter", "since", "by")


def add_to(app: typer.Typer) -> None:
    """Add the command with its parts to `app`."""
    sources = typer.Typer(
        name="sources",
        help="List the register of sources of a dossier, or check a register of your own.",
        epilog=EPILOG,
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    sources.command("list")(listing)
    sources.command("check")(check)
    app.add_typer(sources)


def listing(
    dossier: Annotated[
        str, typer.Argument(metavar="DOSSIER", help="A dossier file, or the name of a bundled one.")
    ] = "general",
    style: LedgerFormat = TableFormat.TABLE,
    out: OutOption = "-",
) -> None:
    """List the sources of DOSSIER, one line for each grade; as CSV it is a register again."""
    rows = (row for source in load(dossier).sources for row in fields(source))
    write_rows(rows, COLUMNS if style is TableFormat.CSV else SHOWN, style, out)


def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Registers: CSV files with a header.")],
) -> None:
    """Check registers; exit status 1 where one has a mistake, with every mistake and its line."""
    wrong = False
    for file in files:
        try:
            sources = read_table(_content(file), str(file))
        except DossierError as error:
            wrong = True
            say(str(error))
            continue
        say(f"{file}: {len(sources):,} sources, {sum(len(source.grades) for source in sources):,} grades")
    if wrong:
        raise typer.Exit(1)


def fields(source: Source) -> Iterator[dict[str, object]]:
    """Yield the outside record of `source`, one for each grade; the first has its particulars as all others do."""
    for grade in source.grades or (Grade(source.reliability, reason=source.note),):
        yield {
            "source": source.name,
            "aliases": "|".join(source.aliases),
            "domains": "|".join(source.domains),
            "kind": source.kind,
            "owner": source.owner,
            "state": source.state,
            "family": source.family,
            "topic": grade.topic,
            "role": grade.role,
            "letter": grade.letter,
            "since": grade.since,
            "by": grade.by,
            "reason": grade.reason,
        }


def _content(file: Path) -> bytes:
    """The bytes of a register of a bearable size."""
    try:
        with file.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise DossierError(str(file), (f"1: cannot be read: {error.strerror or error}",)) from error
    if len(content) > MAX_BYTES:
        raise DossierError(str(file), (f"1: the file is larger than {MAX_BYTES:,} bytes; no register is",))
    return content
