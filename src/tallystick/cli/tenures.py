"""`tallystick tenures`: who held which office when, and files that tell it checked and taken over."""

from pathlib import Path
from typing import Annotated

import typer

from tallystick.cli.messages import say
from tallystick.cli.options import LedgerFormat, OutOption
from tallystick.cli.output import TableFormat, write_rows
from tallystick.dossiers.lines import MAX_BYTES
from tallystick.dossiers.loading import load
from tallystick.dossiers.tenures.ftm import EVERYTHING, Imported, Wanted, read_entities
from tallystick.dossiers.tenures.rows import COLUMNS, Row
from tallystick.dossiers.tenures.table import fields, read_rows
from tallystick.errors import DossierError, UnknownNameError
from tallystick.inquiry.holding import Held, held
from tallystick.values.periods import period

__all__ = ["add_to"]

EPILOG = """Examples:

  tallystick tenures list dprk-russia --on 2024-05-12

  tallystick tenures list --person Шойгу

  tallystick tenures check officials.tenures.csv

  tallystick tenures import peps.ftm.json --country RU --office minister -o ministers.tenures.csv

A dossier names such files under 'uses'; docs/how-to.md says what their columns are."""
LISTED = ("person", "office", "start", "end", "held", "matched", "checked", "citation")
# Ends of the names of the two kinds of files.
TABLES = (".csv",)
ENTITIES = (".ftm.json", ".ftm.jsonl", ".ijson")
# Entities that an import could not use, told one by one; more say that the file is a piece of a larger one.
MOST_TOLD = 20
Name = Annotated[str, typer.Argument(metavar="[DOSSIER]", help="A dossier file, or the name of a bundled one.")]
OnOption = Annotated[
    str | None,
    typer.Option(
        "--on", metavar="DATE", help="Who held an office on this day, or in this month or year.", show_default=False
    ),
]
PersonOption = Annotated[
    str | None,
    typer.Option("--person", metavar="NAME", help="Whose offices; in any spelling and script.", show_default=False),
]
Files = Annotated[list[Path], typer.Argument(metavar="FILE...", help="CSV or FollowTheMoney JSON lines.")]
FileName = Annotated[Path, typer.Argument(metavar="FILE", help="CSV or FollowTheMoney JSON lines.")]
CountryOption = Annotated[
    str, typer.Option("--country", metavar="CODE", help="Only offices of this state, such as RU.", show_default=False)
]
OfficeOption = Annotated[
    str, typer.Option("--office", metavar="TEXT", help="Only offices with these words.", show_default=False)
]


def add_to(app: typer.Typer) -> None:
    """Add the command with its parts to `app`."""
    parts = typer.Typer(
        name="tenures",
        help="Tell who held which office when; check and import files that say so.",
        epilog=EPILOG,
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    parts.command("list")(listed)
    parts.command("check")(check)
    parts.command("import")(take_over)
    app.add_typer(parts)


def listed(
    dossier: Name = "dprk-russia",
    on: OnOption = None,
    person: PersonOption = None,
    style: LedgerFormat = TableFormat.TABLE,
    out: OutOption = "-",
) -> None:
    """List who held which office when, by a dossier."""
    if on is not None and period(on) is None:
        raise typer.BadParameter(f"'{on}' is no date; write a day (2025-06-17), a month (2025-06) or a year (2025)")
    subject = load(dossier)
    found = held(subject, on=on, person=person)
    if person is not None and not found and not held(subject, person=person):
        raise UnknownNameError(
            person, f"nobody of that name held an office by {dossier}; without --person all are told"
        )
    write_rows([_line(one) for one in found], LISTED, style, out)


def check(files: Files) -> None:
    """Check tenure files; exit status 1 where one has a mistake, with every mistake and its line."""
    wrong = False
    for file in files:
        try:
            found = _read(file, EVERYTHING)
        except DossierError as error:
            wrong = True
            say(str(error))
            continue
        for problem in found.dangling:
            wrong = True
            say(f"{file}:{problem}")
        say(f"{file}: {len(found.rows):,} tenures of {len({row.id or row.person for row in found.rows}):,} holders")
    if wrong:
        raise typer.Exit(1)


def take_over(file: FileName, country: CountryOption = "", office: OfficeOption = "", out: OutOption = "-") -> None:
    """Write the tenures of a file as a tenure table, as dossiers use it."""
    found = _read(file, Wanted(country, office))
    for problem in found.dangling[:MOST_TOLD]:
        say(f"tallystick: {file}:{problem}; left out")
    if len(found.dangling) > MOST_TOLD:
        say(f"tallystick: {file}: and {len(found.dangling) - MOST_TOLD:,} more such; left out")
    for reason, count in found.passed_over:
        say(f"{file}: passed over: {count:,} {reason}")
    write_rows((fields(row) for row in found.rows), COLUMNS, TableFormat.CSV, out)
    say(f"{file}: {len(found.rows):,} tenures")


def _line(one: Held) -> dict[str, object]:
    """The outside record of a tenure."""
    matched = None
    if one.found is not None:
        matched = f"{one.found.match.kind}: {one.found.name} ({one.found.match.score:g})"
    return {
        "actor": one.actor.id,
        "person": one.actor.name,
        "office": one.tenure.office.name,
        "start": one.tenure.start,
        "end": one.tenure.end,
        "died": one.actor.died,
        "held": one.holding,
        "matched": matched,
        "checked": one.tenure.checked,
        "citation": one.tenure.citation,
    }


def _read(file: Path, wanted: Wanted) -> Imported:
    """The tenures of a file, by the end of its name."""
    name = file.name.lower()
    try:
        if name.endswith(TABLES):
            with file.open("rb") as stream:
                content = stream.read(MAX_BYTES + 1)
            if len(content) > MAX_BYTES:
                problem = f"1: the file is larger than {MAX_BYTES:,} bytes; no table of tenures is"
                raise DossierError(str(file), (problem,))
            rows = tuple(row for row in read_rows(content, str(file)) if _is_wanted(row, wanted))
            return Imported(rows, (), ())
        if name.endswith(ENTITIES):
            return read_entities(lambda: file.open("rb"), str(file), wanted)
    except OSError as error:
        raise DossierError(str(file), (f"1: cannot be read: {error.strerror or error}",)) from error
    ends = ", ".join(f"NAME{end}" for end in (*TABLES, *ENTITIES))
    raise DossierError(str(file), (f"1: what kind of file this is, its name does not say; known are {ends}",))


def _is_wanted(row: Row, wanted: Wanted) -> bool:
    """Whether a row of a table is of the state and the office asked for."""
    words = wanted.office.casefold()
    offices = (row.office, *row.office_variants)
    return wanted.country.upper() in ("", row.country) and any(words in office.casefold() for office in offices)
