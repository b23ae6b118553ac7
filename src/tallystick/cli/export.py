"""`tallystick export`: what a case holds, in the formats of other programs."""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from tallystick.cli.messages import bar, say, waiting
from tallystick.cli.operator import operator
from tallystick.cli.options import AsOfOption, CaseOption, OutOption, RecordedOption
from tallystick.cli.output import write_rows
from tallystick.cli.watched import Watched
from tallystick.cli.written import STANDARD, written
from tallystick.exporting.exporting import FORMATS
from tallystick.exporting.kinds import Kind, records_of
from tallystick.exporting.lines import encoded
from tallystick.exporting.subject import Subject
from tallystick.exporting.tabular import columns, values
from tallystick.inquiry.timeline import When, as_known, kept
from tallystick.inquiry.whole import whole
from tallystick.model.progress import Progress
from tallystick.model.stream import LedgerStream, Streamed
from tallystick.pipeline import VERSION, opened, subject_of
from tallystick.storage.case import Case
from tallystick.storage.opening import FILE
from tallystick.storage.stores.address import CaseAddress

__all__ = ["ExportFormat", "ExportKind", "add_to", "command"]

EPILOG = """Examples:

  tallystick export --case my-case --format csv -o claims.csv

  tallystick export --case my-case --format parquet --kind estimate -o estimates.parquet

  tallystick export --case my-case --format ftm -o case.ftm.json

  tallystick export --case my-case --kind case -o case.jsonl

  tallystick export --case my-case | jq 'select(.category == "killed")'"""
# Of what a table in the terminal has room for.
TABLES: Mapping[Kind, tuple[str, ...]] = {
    Kind.FIGURE: ("id", "document", "figure", "counted", "category", "status", "speaker", "stated", "traced_to"),
    Kind.FACT: ("id", "document", "slot", "value", "status", "speaker", "stated"),
    Kind.ESTIMATE: ("id", "label", "status", "when", "best", "low", "high", "credibility", "reports"),
    Kind.ORIGIN: ("id", "speaker", "date", "independent_low", "independent_high", "reason"),
    Kind.EDGE: ("later", "earlier", "mechanism", "confidence", "reason"),
    Kind.FLAG: ("id", "severity", "code", "reason"),
    Kind.HIT: ("id", "tier", "provision", "label", "acts"),
    Kind.JUDGEMENT: ("number", "made", "by", "verdict", "later", "earlier", "why"),
    Kind.ALL: ("kind", "id", "document", "figure", "counted", "category", "status", "speaker", "stated", "traced_to",
               "slot", "value"),
}  # fmt: skip
Made = TypeVar("Made")


class ExportFormat(StrEnum):
    """Formats of an export: those of `exporting`, and a table for the terminal."""

    JSONL = "jsonl"
    CSV = "csv"
    TABLE = "table"
    PARQUET = "parquet"
    FTM = "ftm"
    FTM_STATEMENTS = "ftm-statements"
    STIX = "stix"
    GEOJSON = "geojson"
    CLAIMREVIEW = "claimreview"
    PROV = "prov"
    WEBANNOTATION = "webannotation"
    GED = "ged"
    DATASETTE = "datasette-metadata"


class ExportKind(StrEnum):
    """What is written: one kind of record, figures and facts, or the whole case."""

    FIGURE = "figure"
    FACT = "fact"
    ESTIMATE = "estimate"
    ORIGIN = "origin"
    EDGE = "edge"
    FLAG = "flag"
    HIT = "hit"
    JUDGEMENT = "judgement"
    ALL = "all"
    CASE = "case"


def add_to(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("export", epilog=EPILOG)(command)


def command(
    case: CaseOption,
    style: Annotated[ExportFormat, typer.Option("-f", "--format", help="Form of the output.")] = ExportFormat.JSONL,
    out: OutOption = STANDARD,
    kind: Annotated[
        ExportKind | None,
        typer.Option(
            "--kind",
            help="Which records, in jsonl, csv, parquet and table; 'all' is figures and facts, 'case' everything, as"
            " jsonl that 'import' reads. Other formats hold what they have room for.",
            show_default="figure",
        ),
    ] = None,
    as_of: AsOfOption = None,
    recorded: RecordedOption = None,
) -> None:
    """Write what a case holds: its claims with their origins, other records, or all of it in another program's form."""
    _check(style, kind, out, as_of, recorded)
    if out != STANDARD and isinstance(case, Path) and Path(out).resolve() == (case / FILE).resolve():
        raise typer.BadParameter(f"{out} is the case itself; give another file with -o")
    if kind is ExportKind.CASE:
        with opened(case, "export", by=operator()) as held, _told(out) as progress, written(out) as target:
            for line in whole(held):
                target.write(encoded(line))
                progress.advance()
        return
    wanted = Kind(ExportKind.FIGURE if kind is None else kind)
    with _streamed(case, as_of, recorded) as (stream, subject), _told(out) as progress:
        watched = Watched(stream, progress)
        if style is ExportFormat.TABLE:
            _write_table(watched, wanted, out)
            return
        form = FORMATS[style]
        with written(out) as target:
            if form.write_kind is None:
                form.write(watched, subject, target)
            else:
                form.write_kind(watched, subject, target, wanted)


def _check(
    style: ExportFormat, kind: ExportKind | None, out: str, as_of: date | None, recorded: date | None
) -> None:  # fmt: skip
    """Raise where what is asked for does not go together.

    Raises:
        typer.BadParameter: Then.
    """
    form = FORMATS.get(style)
    tabular = form is None or form.write_kind is not None
    if kind is ExportKind.CASE and style is not ExportFormat.JSONL:
        raise typer.BadParameter("a whole case is written as jsonl; leave out --format, or give another --kind")
    if kind is ExportKind.CASE and (as_of or recorded):
        raise typer.BadParameter("a whole case is written as it is now; leave out --as-of and --recorded")
    if kind is not None and not tabular:
        raise typer.BadParameter(f"{style} holds what it has room for; leave out --kind")
    if form is not None and form.binary and out == STANDARD and sys.stdout.isatty():
        raise typer.BadParameter(f"a terminal cannot show {style}; give a file with -o, or pipe it on")


@contextmanager
def _streamed(case: CaseAddress, as_of: date | None, recorded: date | None) -> Iterator[tuple[LedgerStream, Subject]]:
    """What is exported of a case, of one moment; derived anew where a day is given."""
    with opened(case, "export", by=operator()) as held:
        if as_of is None and recorded is None:
            with held.streamed() as stream:
                yield stream, _subject(held, stream.changed())
            return
        taken = kept(held)
        with waiting(f"deriving export anew from {len(taken.documents):,} reports"):
            ledger = as_known(taken, When(as_of, recorded))
        with held.streamed() as stream:
            made = stream.changed()
        days = (f"published by {as_of}" if as_of else "", f"held by {recorded}" if recorded else "")
        known = " and ".join(day for day in days if day)
        say(f"{case}: {len(ledger.documents):,} of {len(taken.documents):,} reports {known}")
        names = {document.id for document in ledger.documents}
        reviews = (
            one
            for one in held.reviews()
            if one.document in names and (recorded is None or one.made[:10] <= recorded.isoformat())
        )
        yield Streamed(ledger, reviews), _subject(held, made)


def _subject(case: Case, made: str) -> Subject:
    dossier = subject_of(case)
    return Subject(dossier, VERSION, made, dossier.sha256)


def _write_table(stream: LedgerStream, kind: Kind, out: str) -> None:
    """Draw the columns of a kind that a terminal has room for."""
    shown = tuple(column for column in columns(kind) if column.name in TABLES[kind])
    names = [column.name for column in shown]
    rows = [dict(zip(names, values(record, shown), strict=True)) for record in records_of(stream, kind)]
    for row in rows:
        if kind is Kind.ALL:
            row["kind"] = row["kind"] or Kind.FIGURE.value
    write_rows(rows, TABLES[kind], "table", out)


@contextmanager
def _told(out: str) -> Iterator[Progress]:
    """A bar on standard error that counts records."""
    with bar("exporting", streaming=out == STANDARD, unit="records") as progress:
        yield progress
