"""`tallystick hits`: which provisions may apply to whom, and which fact is missing."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated

import typer

from tallystick.cli.moments import listed
from tallystick.cli.options import AsOfOption, CaseOption, LedgerFormat, OutOption, RecordedOption
from tallystick.cli.output import TableFormat, write_rows
from tallystick.model.hit import Finding, Hit, Role, Standing
from tallystick.model.lineage import Independent
from tallystick.model.provision import Jurisdiction, Tier

__all__ = ["add_to", "command", "fields"]

EPILOG = """Examples:

  tallystick hits --case my-case

  tallystick hits --case my-case --tier prima_facie --provision unscr-2397-8

  tallystick hits --case my-case --format jsonl | jq -r '.statement, .missing[]'

A hit tells which facts of a provision the reports tell, never that a rule was disregarded. The tier 'determined' is
given by a person alone: see 'tallystick judge determine --help'."""
COLUMNS = ("tier", "provision", "population", "met", "planned", "interpreted", "contested", "missing", "origins")
# What an element may be to a provision; exemptions and justifications are told as findings.
ASKED = frozenset((Role.ELEMENT, Role.INDICATOR, Role.SUPPORTING))


def add_to(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("hits", epilog=EPILOG)(command)


def command(
    case: CaseOption,
    tier: Annotated[Tier | None, typer.Option("--tier", help="Only hits of this tier.", show_default=False)] = None,
    provision: Annotated[
        str | None,
        typer.Option("--provision", metavar="ID", help="Only hits of this provision.", show_default=False),
    ] = None,
    style: LedgerFormat = TableFormat.TABLE,
    out: OutOption = "-",
    as_of: AsOfOption = None,
    recorded: RecordedOption = None,
) -> None:
    """List the provisions that may apply, each with the facts told and the fact to find out."""
    quoted = style is TableFormat.JSONL
    found, documents = listed(
        case, "hits", as_of, recorded,
        now=lambda held: (held.hits(), held.documents() if quoted else ()),
        then=lambda ledger: (ledger.hits, ledger.documents),
    )  # fmt: skip
    kept = [hit for hit in found if tier in (None, hit.tier) and provision in (None, hit.provision)]
    texts = {document.id: document.text for document in documents}
    rows: Iterator[Mapping[str, object]] = (
        fields(hit, texts) if quoted else _line(hit, spoken=style is TableFormat.TABLE) for hit in kept
    )
    write_rows(rows, COLUMNS, style, out)


def fields(hit: Hit, texts: Mapping[str, str]) -> dict[str, object]:
    """Give the outside record of `hit`.

    Args:
        hit: It.
        texts: The texts of the reports by id, from which its evidence is quoted.
    """
    told = [finding for finding in hit.findings if finding.role in ASKED]
    return {
        "hit": hit.id,
        "pack": hit.pack,
        "provision": hit.provision,
        "tier": hit.tier.value,
        "population": hit.population.label,
        "category": hit.population.category,
        "origin": hit.population.origin,
        "place": hit.population.place,
        "met": _subjects(told, Standing.MET),
        "planned": _subjects(told, Standing.PLANNED),
        "interpreted": _subjects(told, Standing.INTERPRETED),
        "contested": _contested(hit, told),
        "missing": list(hit.missing),
        "origins": list(hit.origins),
        "independent": _range(hit.independent),
        "jurisdiction": hit.jurisdiction.value,
        "acts": hit.acts,
        "statement": hit.statement,
        "estimates": list(hit.estimates),
        "findings": [_finding(finding, texts) for finding in hit.findings],
    }


def _finding(finding: Finding, texts: Mapping[str, str]) -> dict[str, object]:
    """The outside record of what the reports say of one element."""
    return {
        "subject": finding.subject,
        "role": finding.role.value,
        "standing": finding.standing.value,
        "claims": list(finding.claims),
        "facts": list(finding.facts),
        "against": list(finding.against),
        "origins": list(finding.origins),
        "independent": _range(finding.independent),
        "evidence": [
            {
                "document": one.document,
                "start": one.start,
                "end": one.end,
                "quote": texts.get(one.document, "")[one.start : one.end],
            }
            for one in finding.evidence
        ],
        "note": finding.note,
    }


def _line(hit: Hit, *, spoken: bool) -> dict[str, object]:
    """A hit on one line; where people read it, one origin behind it is told beside its tier."""
    told = [finding for finding in hit.findings if finding.role in ASKED]
    independent = hit.independent
    several = f"{independent.low:,}" if independent.low == independent.high else f"{independent.low}-{independent.high}"
    return {
        "tier": f"{hit.tier.value} (single origin)" if spoken and independent.high == 1 else hit.tier.value,
        "provision": hit.provision,
        "population": hit.population.label,
        "met": "; ".join(_subjects(told, Standing.MET)),
        "planned": "; ".join(_subjects(told, Standing.PLANNED)),
        "interpreted": "; ".join(_subjects(told, Standing.INTERPRETED)),
        "contested": "; ".join(_contested(hit, told)),
        "missing": " ".join(hit.missing),
        "origins": several,
    }


def _subjects(findings: Iterable[Finding], standing: Standing) -> list[str]:
    """The ids of the elements that stand so, each once."""
    return list(dict.fromkeys(finding.subject for finding in findings if finding.standing is standing))


def _contested(hit: Hit, findings: Iterable[Finding]) -> list[str]:
    """The elements that some report speaks against, then the jurisdiction where that is contested."""
    against = _subjects(findings, Standing.CONTRADICTED)
    return [*against, "jurisdiction"] if hit.jurisdiction is Jurisdiction.CONTESTED else against


def _range(independent: Independent) -> dict[str, int]:
    """How many independent origins, at least and at most."""
    return {"low": independent.low, "high": independent.high}
