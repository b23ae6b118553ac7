"""`tallystick estimates`: what each figure is, and why."""

import typer

from tallystick.cli.moments import listed
from tallystick.cli.options import AsOfOption, CaseOption, LedgerFormat, OutOption, RecordedOption
from tallystick.cli.output import TableFormat, write_rows
from tallystick.model.estimate import Estimate
from tallystick.storage.case import Case

__all__ = ["COLUMNS", "add_to", "command", "fields"]

EPILOG = """Examples:

  tallystick estimates --case my-case

  tallystick estimates --case my-case --as-of 2025-06-17

  tallystick estimates --case my-case --format jsonl | jq '{label, best, low, high, steps}'"""
COLUMNS = ("label", "status", "measure", "when", "best", "low", "high", "independent", "reports", "credibility")


def add_to(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("estimates", epilog=EPILOG)(command)


def command(
    case: CaseOption,
    style: LedgerFormat = TableFormat.TABLE,
    out: OutOption = "-",
    as_of: AsOfOption = None,
    recorded: RecordedOption = None,
) -> None:
    """List the estimates of a case, as it is or as it was: one line a population, measure and status."""
    found = listed(case, "estimates", as_of, recorded, now=Case.estimates, then=lambda ledger: ledger.estimates)
    write_rows([fields(estimate) for estimate in found], COLUMNS, style, out)


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
        "widenings": [
            {"rule": one.rule, "low": one.low, "high": one.high, "reason": one.reason} for one in estimate.widenings
        ],
        "stale": estimate.stale,
        "known": estimate.known,
    }
