"""`tallystick estimates`: what each figure is, and why."""

import typer

from tallystick.cli.operator import operator
from tallystick.cli.options import CaseOption, LedgerFormat, OutOption
from tallystick.cli.output import TableFormat, write_rows
from tallystick.model.estimate import Estimate
from tallystick.pipeline import open_ledger

__all__ = ["COLUMNS", "add_to", "command", "fields"]

EPILOG = """Examples:

  tallystick estimates --case my-case

  tallystick estimates --case my-case --format jsonl | jq '{label, best, low, high, steps}'"""
COLUMNS = ("label", "status", "measure", "when", "best", "low", "high", "independent", "reports", "credibility")


def add_to(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("estimates", epilog=EPILOG)(command)


def command(case: CaseOption, style: LedgerFormat = TableFormat.TABLE, out: OutOption = "-") -> None:
    """List the estimates of a case: one line a population, measure and status."""
    ledger = open_ledger(case, "estimates", by=operator())
    write_rows([fields(estimate) for estimate in ledger.estimates], COLUMNS, style, out)


def fields(estimate: Estimate) -> dict[str, object]:
    """Give the outside record of `estimate`."""
    population = estimate.population
    return {
        "estimate": estimate.id,
        "label": population.label,
        "category": population.category,
        "origin_country": population.origin,
        "place": population.place,
        "unit": population.unit,
        "status": estimate.status,
        "measure": estimate.measure,
        "when": estimate.when,
        "best": estimate.best,
        "low": estimate.low,
        "high": estimate.high,
        "credibility": estimate.credibility,
        "independent": {"low": estimate.independent.low, "high": estimate.independent.high},
        "reports": estimate.reports,
        "origins": [reading.origin for reading in estimate.readings],
        "speakers": [reading.speaker for reading in estimate.readings],
        "claims": list(estimate.claims),
        "parts": list(estimate.parts),
        "whole": estimate.whole,
        "conflicts": [conflict.reason for conflict in estimate.conflicts],
        "steps": list(estimate.steps),
    }
