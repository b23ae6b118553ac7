"""`tallystick explain`: the whole derivation of one estimate, as text, as a graph or for programs."""

import json
from enum import StrEnum
from typing import Annotated

import typer

from tallystick.cli import estimates, origins
from tallystick.cli.moments import listed
from tallystick.cli.options import AsOfOption, CaseOption, OutOption, RecordedOption
from tallystick.cli.output import write_text
from tallystick.errors import UnknownEstimateError
from tallystick.model.claim import Claim
from tallystick.model.estimate import Conflict, Estimate, Reading, Widening
from tallystick.model.ledger import Ledger
from tallystick.model.lineage import Edge
from tallystick.reporting.derivation import Carrier, Derivation, Derivations, Line
from tallystick.reporting.explaining import explanation
from tallystick.reporting.graphs import picture
from tallystick.reporting.notations import dot, mermaid
from tallystick.reporting.wording import legible, span, unsettled
from tallystick.storage.case import Case

__all__ = ["ExplanationFormat", "add_to", "chosen", "command", "fields"]

EPILOG = """Examples:

  tallystick explain "killed kp kursk" --case my-case

  tallystick explain "killed kp kursk" --case my-case --as-of 2025-06-17

  tallystick explain e-41bfd2 --case my-case --format svg -o origins.svg

  tallystick explain e-41bfd2 --case my-case --format dot | dot -Tpdf > origins.pdf"""
# Candidates that an error lists: more than a screen of them helps nobody.
MOST_CANDIDATES = 20


class ExplanationFormat(StrEnum):
    """How a derivation is written."""

    TEXT = "text"
    JSON = "json"
    SVG = "svg"
    DOT = "dot"
    MERMAID = "mermaid"


def add_to(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("explain", epilog=EPILOG)(command)


def command(
    estimate: Annotated[
        str, typer.Argument(metavar="ESTIMATE", help="Id of an estimate, its beginning, or words of its label.")
    ],
    case: CaseOption,
    style: Annotated[
        ExplanationFormat, typer.Option("-f", "--format", help="Form of the output; svg, dot and mermaid draw it.")
    ] = ExplanationFormat.TEXT,
    out: OutOption = "-",
    as_of: AsOfOption = None,
    recorded: RecordedOption = None,
) -> None:
    """Tell how an estimate came about: its figure, every reading, widening, conflict, origin and quotation."""
    ledger = listed(case, "explain", as_of, recorded, now=Case.ledger, then=lambda then: then)
    derivation = Derivations(ledger).of(chosen(ledger, estimate))
    match style:
        case ExplanationFormat.TEXT:
            text = explanation(derivation)
        case ExplanationFormat.JSON:
            text = json.dumps(fields(derivation), ensure_ascii=False, indent=2) + "\n"
        case ExplanationFormat.SVG:
            text = picture(derivation)
        case ExplanationFormat.DOT:
            text = dot(derivation)
        case ExplanationFormat.MERMAID:
            text = mermaid(derivation)
    write_text(text, out)


def chosen(ledger: Ledger, name: str) -> Estimate:
    """Give the one estimate that `name` means: its id, else the beginning of it, else words of its label or status.

    Raises:
        UnknownEstimateError: Where it means none or several.
    """
    asked = name.strip()
    words = asked.casefold().replace(",", " ").split()
    for fits in (
        lambda one: one.id == asked,
        lambda one: bool(asked) and one.id.startswith(asked),
        lambda one: one.population.label.casefold() == asked.casefold(),
        lambda one: bool(words) and set(words) <= set(_words(one)),
        lambda one: bool(words) and all(word in " ".join(_words(one)) for word in words),
    ):
        found = [one for one in ledger.estimates if fits(one)]
        if len(found) == 1:
            return found[0]
        if found:
            shown = found[:MOST_CANDIDATES]
            raise UnknownEstimateError(asked, tuple(map(_line, shown)), len(found) - len(shown))
    raise UnknownEstimateError(asked, ())


def fields(derivation: Derivation) -> dict[str, object]:
    """Give the outside record of a derivation: that of its estimate, and everything that led to it."""
    estimate = derivation.estimate
    return estimates.fields(estimate) | {
        "why_no_best": unsettled(estimate) or None,
        "stale": estimate.stale,
        "known": estimate.known,
        "readings": [_reading(reading) for reading in estimate.readings],
        "widenings": [_widening(one) for one in estimate.widenings],
        "conflicts": [_conflict(one) for one in estimate.conflicts],
        "linked": [list(pair) for pair in derivation.linked],
        "derivation": [_origin(line) for line in derivation.lines],
        "judgements": [
            {"number": one.number, "made": one.made, "by": one.by, "verdict": one.verdict, "later": one.later,
             "earlier": one.earlier, "level": one.level, "why": one.why}
            for one in derivation.judgements
        ],
    }  # fmt: skip


def _words(estimate: Estimate) -> list[str]:
    """The words by which an estimate can be asked for."""
    parts = (estimate.population.label, estimate.status.value, estimate.measure or "", estimate.when or "")
    return " ".join(parts).casefold().replace(",", " ").replace("(", " ").replace(")", " ").split()


def _line(estimate: Estimate) -> str:
    """An estimate as an error lists it."""
    parts = (estimate.status.value, estimate.measure and estimate.measure.value, estimate.when)
    about = ", ".join(part for part in parts if part)
    label = legible(" ".join(estimate.population.label.split()))
    return f"{estimate.id}  {label} ({about}): {span(estimate.low, estimate.high)}"


def _reading(reading: Reading) -> dict[str, object]:
    return {
        "origin": reading.origin, "speaker": reading.speaker, "date": reading.date, "low": reading.low,
        "high": reading.high, "bound": reading.bound, "weight": reading.weight, "reliability": reading.reliability,
        "superseded": reading.superseded, "reports": reading.reports, "known": reading.known,
        "claims": list(reading.claims),
    }  # fmt: skip


def _widening(one: Widening) -> dict[str, object]:
    return {"rule": one.rule, "low": one.low, "high": one.high, "reason": one.reason}


def _conflict(one: Conflict) -> dict[str, object]:
    return {
        "kind": one.kind, "reason": one.reason, "arithmetic": one.arithmetic, "origins": list(one.origins),
        "claims": list(one.claims),
    }  # fmt: skip


def _origin(line: Line) -> dict[str, object]:
    """A statement with its reports, and the steps between them."""
    return origins.fields(line.origin) | {
        "linked": list(line.origin.linked),
        "known": line.origin.known,
        "carried_by": [_carrier(carrier) for carrier in line.carriers],
        "steps": [
            {"later": step.later, "earlier": step.earlier, "edges": [_edge(edge) for edge in step.edges]}
            for step in line.steps
        ],
    }


def _carrier(carrier: Carrier) -> dict[str, object]:
    document = carrier.document
    return {
        "document": document.id, "outlet": document.outlet, "published": document.published, "url": document.url,
        "folded": carrier.folded, "claims": [_claim(claim) for claim in carrier.claims],
    }  # fmt: skip


def _claim(claim: Claim) -> dict[str, object]:
    return {
        "claim": claim.id, "figure": claim.figure, "start": claim.start, "end": claim.end, "low": claim.low,
        "high": claim.high, "bound": claim.bound, "speaker": claim.speaker, "via": claim.via, "quote": claim.quote,
    }  # fmt: skip


def _edge(edge: Edge) -> dict[str, object]:
    return {
        "later": edge.later, "earlier": edge.earlier, "level": edge.level, "kind": edge.kind,
        "mechanism": edge.mechanism, "confidence": edge.confidence, "reason": edge.reason, "known": edge.known,
        "shared": [
            {"later": [one.later_start, one.later_end], "earlier": [one.earlier_start, one.earlier_end]}
            for one in edge.shared
        ],
    }  # fmt: skip
