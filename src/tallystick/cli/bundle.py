"""`tallystick bundle`: a case as a BagIt package that can be read, and checked, without Tallystick."""

import json
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from tallystick.cli import estimates, flags, hits, judge, origins
from tallystick.cli.messages import bar
from tallystick.cli.operator import operator
from tallystick.cli.options import CaseOption, StatementKind
from tallystick.cli.output import Cell, write_rows
from tallystick.cli.statements import CASE_COLUMNS, statements
from tallystick.dossiers.loading import bundled, source, uses
from tallystick.errors import BundleError
from tallystick.model.ledger import Ledger
from tallystick.pipeline import note_access
from tallystick.storage.bundling import bag
from tallystick.storage.case import REPORT, Case
from tallystick.storage.custody import Action, Entry, canonical, fields
from tallystick.storage.evidence import ORIGINALS, RECORDS, STAMPS
from tallystick.storage.journal import receipt_of
from tallystick.storage.verifying import verify

__all__ = ["add_to", "command"]

EPILOG = """Examples:

  tallystick bundle --case my-case --out my-case-2026-03

  tallystick bundle --case my-case --out my-case.zip

The package follows BagIt 1.0; README.txt in it explains the rest. Nothing that is there is written over."""
GUIDE = Path(__file__).with_name("bundle_readme.txt")
DOSSIER = "dossier.yaml"


def add_to(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("bundle", epilog=EPILOG)(command)


def command(
    case: CaseOption,
    out: Annotated[
        Path, typer.Option("-o", "--out", metavar="FOLDER|FILE.zip", help="The package to make.", show_default=False)
    ],
) -> None:
    """Verify a case and write it as a package with its evidence, custody log, claims, estimates and report."""
    with bar("verifying and bundling") as progress, Case.open(case, read_only=True) as opened, opened.moment():
        found = verify(opened, progress=progress)
        if found.faults:
            reason = f"not everything in {case} is as it was; 'tallystick verify' names what is not"
            raise BundleError(str(out), reason)
        log = opened.custody()
        with bag(out, _about(log, found.documents)) as payload:
            _copy(opened, payload)
            _write_log(log, payload)
            _write_ledger(opened.ledger(), payload)
            shutil.copyfile(GUIDE, payload / "README.txt")
    note_access(case, "bundle", by=operator())
    typer.echo(out)


def _about(log: tuple[Entry, ...], documents: int) -> tuple[tuple[str, str], ...]:
    """What bag-info.txt says; the date is that of the last entry, so that the same case gives the same package."""
    last = log[-1]
    return (
        ("External-Description", f"A Tallystick case: {documents} news reports, their originals and what they count"),
        ("Bagging-Date", last.time[:10]),
        ("Bag-Software-Agent", last.tool),
        ("Custody-Entries", str(last.number)),
        ("Custody-Head", last.hash),
    )


def _copy(case: Case, payload: Path) -> None:
    """Copy the files of the case: originals, records, time-stamps, the report and the dossier."""
    for folder in (ORIGINALS, RECORDS, STAMPS):
        for name in case.kept.names(folder):
            target = payload / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(case.kept.read(name))
    if case.kept.holds(REPORT):
        (payload / REPORT).write_bytes(case.kept.read(REPORT))
    rules = case.rules()
    with case.dossier_file() as kept:
        if kept is not None:
            shutil.copyfile(kept, payload / DOSSIER)
        elif rules is not None and rules.dossier in bundled():
            (payload / DOSSIER).write_bytes(source(rules.dossier))
        if (payload / DOSSIER).exists():
            for used in uses(payload / DOSSIER if kept is None else kept):
                (payload / DOSSIER).with_suffix("").mkdir(exist_ok=True)
                ((payload / DOSSIER).with_suffix("") / used.name).write_bytes(used.content)


def _write_log(log: tuple[Entry, ...], payload: Path) -> None:
    """Write the log as it is hashed, and apart from it how each original came."""
    _lines(payload / "custody.jsonl", (canonical(fields(entry)) for entry in log))
    receipts = (asdict(receipt_of(entry)) for entry in log if entry.action == Action.RECEIVED)
    _lines(payload / "receipts.jsonl", map(_json, receipts))


def _write_ledger(ledger: Ledger, payload: Path) -> None:
    """Write what was read and found."""
    _lines(payload / "documents.jsonl", (_json(asdict(document)) for document in ledger.documents))
    claims = statements(ledger, StatementKind.FIGURE)
    write_rows(claims, CASE_COLUMNS, "csv", str(payload / "claims.csv"))
    texts = {document.id: document.text for document in ledger.documents}
    made: dict[str, list[dict[str, Cell]]] = {
        "claims": claims,
        "facts": statements(ledger, StatementKind.FACT),
        "origins": [origins.fields(origin) for origin in ledger.lineage.origins],
        "edges": [asdict(edge) for edge in ledger.lineage.edges],
        "estimates": [estimates.fields(estimate) for estimate in ledger.estimates],
        "flags": [flags.fields(flag, texts) for flag in ledger.flags],
        "hits": [hits.fields(hit, texts) for hit in ledger.hits],
        "judgements": [judge.fields(judgement) for judgement in ledger.judgements],
        "failures": [asdict(failure) for failure in ledger.failures],
    }
    for name, rows in made.items():
        _lines(payload / f"{name}.jsonl", map(_json, rows))
    write_rows(made["estimates"], estimates.COLUMNS, "csv", str(payload / "estimates.csv"))


def _json(row: Mapping[str, object]) -> str:
    return json.dumps(row, ensure_ascii=False)


def _lines(path: Path, lines: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.writelines(line + "\n" for line in lines)
