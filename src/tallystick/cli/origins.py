"""`tallystick origins`: where the figures of a case come from, and who repeats whom."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

import typer

from tallystick.cli.moments import listed
from tallystick.cli.options import AsOfOption, CaseOption, OutOption, RecordedOption
from tallystick.cli.origin_trees import Forest
from tallystick.cli.output import write_lines, write_rows
from tallystick.model.claim import Claim
from tallystick.model.document import Document
from tallystick.model.estimate import Estimate
from tallystick.model.ledger import Ledger
from tallystick.model.lineage import Edge, Origin
from tallystick.storage.case import Case

__all__ = ["add_to", "command", "fields"]

EPILOG = """Examples:

  tallystick origins --case my-case

  tallystick origins --case my-case --speaker shoigu --population worker

  tallystick origins --case my-case --format jsonl | jq 'select(.documents | length > 2)'"""
COLUMNS = ("origin", "speaker", "date", "documents", "claims", "independent", "linked", "reason")


class OriginFormat(StrEnum):
    """How origins are written, the tree first."""

    TREE = "tree"
    TABLE = "table"
    JSONL = "jsonl"
    CSV = "csv"


def add_to(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("origins", epilog=EPILOG)(command)


def command(
    case: CaseOption,
    style: Annotated[OriginFormat, typer.Option("-f", "--format", help="Form of the output.")] = OriginFormat.TREE,
    out: OutOption = "-",
    population: Annotated[
        str,
        typer.Option("--population", metavar="TEXT", help="Only of what is called so, or of this category."),
    ] = "",
    outlet: Annotated[
        str, typer.Option("--outlet", metavar="TEXT", help="Only what an outlet so called carries.")
    ] = "",
    speaker: Annotated[str, typer.Option("--speaker", metavar="TEXT", help="Only of a speaker so called.")] = "",
    as_of: AsOfOption = None,
    recorded: RecordedOption = None,
) -> None:
    """Show the origins of a case: each is one count, however many reports carry it, with the steps that show that."""
    ledger = listed(case, "origins", as_of, recorded, now=_traced, then=lambda ledger: ledger)
    wanted = _Wanted(ledger, population, outlet, speaker)
    origins = [origin for origin in ledger.lineage.origins if wanted.takes(origin)]
    forest = Forest(ledger)
    if style is OriginFormat.TREE:
        write_lines(_trees(forest, origins), out)
        return
    rows = [fields(origin) | {"steps": list(map(_step, forest.steps(origin)))} for origin in origins]
    if style is OriginFormat.TABLE:
        # On a screen the ids would bury the rest: how many there are is what one looks for.
        counted = ("documents", "claims", "linked")
        counts = ({name: len(getattr(origin, name)) for name in counted} for origin in origins)
        rows = [row | count for row, count in zip(rows, counts, strict=True)]
    write_rows(rows, COLUMNS, style, out)


def fields(origin: Origin) -> dict[str, object]:
    """Give the outside record of `origin`."""
    return {
        "origin": origin.id,
        "speaker": origin.speaker,
        "date": origin.date,
        "documents": list(origin.documents),
        "claims": list(origin.claims),
        "independent": {"low": origin.independent.low, "high": origin.independent.high},
        "reason": origin.reason,
        "linked": list(origin.linked),
        "known": origin.known,
    }


def _step(edge: Edge) -> dict[str, object]:
    """The outside record of a step between two claims."""
    return {
        "later": edge.later,
        "earlier": edge.earlier,
        "kind": edge.kind,
        "mechanism": edge.mechanism,
        "confidence": edge.confidence,
        "reason": edge.reason,
        "known": edge.known,
    }


def _traced(case: Case) -> Ledger:
    """What is shown of a case, and no more."""
    with case.moment():
        return Ledger(case.documents(), case.claims(), case.lineage(), case.estimates(), ())


def _trees(forest: Forest, origins: list[Origin]) -> Iterator[str]:
    """The origins one below the other, an empty line between them."""
    for number, origin in enumerate(origins):
        if number:
            yield ""
        yield from forest.drawn(origin)


class _Wanted:
    """Which origins are asked for; an empty text asks for all."""

    def __init__(self, ledger: Ledger, population: str, outlet: str, speaker: str) -> None:
        self._population, self._outlet, self._speaker = (text.casefold() for text in (population, outlet, speaker))
        self._claims: dict[str, Claim] = {claim.id: claim for claim in ledger.claims}
        self._documents: dict[str, Document] = {document.id: document for document in ledger.documents}
        self._estimates: dict[str, Estimate] = {claim: one for one in ledger.estimates for claim in one.claims}

    def takes(self, origin: Origin) -> bool:
        """Whether the origin is one of them."""
        return (
            self._fits(self._population, self._populations(origin))
            and self._fits(self._outlet, self._outlets(origin))
            and self._fits(self._speaker, self._speakers(origin))
        )

    def _fits(self, wanted: str, names: Iterator[str | None]) -> bool:
        return not wanted or any(wanted in name.casefold() for name in names if name)

    def _populations(self, origin: Origin) -> Iterator[str | None]:
        for name in origin.claims:
            if name in self._claims:
                yield self._claims[name].category
            if name in self._estimates:
                yield self._estimates[name].population.label

    def _outlets(self, origin: Origin) -> Iterator[str | None]:
        yield from (self._documents[name].outlet for name in origin.documents if name in self._documents)
        yield from (self._claims[name].via for name in origin.claims if name in self._claims)

    def _speakers(self, origin: Origin) -> Iterator[str | None]:
        yield origin.speaker
        yield from (self._claims[name].speaker for name in origin.claims if name in self._claims)
