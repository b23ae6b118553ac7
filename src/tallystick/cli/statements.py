"""Figures and facts side by side: claims and facts come in, rows with the columns of the kind asked for go out."""

from collections.abc import Callable, Iterable, Sequence

from tallystick.cli.options import StatementKind
from tallystick.cli.output import Cell
from tallystick.extraction.record import COLUMNS, FACT_COLUMNS, fact_record, record
from tallystick.model.claim import Claim
from tallystick.model.fact import Fact

__all__ = ["columns", "rows_of"]

KIND = "kind"


def columns(
    kind: StatementKind, figures: Sequence[str] = COLUMNS, facts: Sequence[str] = FACT_COLUMNS
) -> tuple[str, ...]:
    """Give the columns of CSV and table for `kind`; of all, those of both, each once, the kind first."""
    if kind is StatementKind.FIGURE:
        return tuple(figures)
    if kind is StatementKind.FACT:
        return tuple(facts)
    return tuple(dict.fromkeys((KIND, *figures, *facts)))


def rows_of(
    claims: Iterable[Claim],
    facts: Iterable[Fact],
    kind: StatementKind,
    *,
    claim_row: Callable[[Claim], dict[str, Cell]] | None = None,
) -> list[dict[str, Cell]]:
    """Give the rows of one document in the order of its text.

    Args:
        claims: Its figures.
        facts: Its facts.
        kind: What is written; where it is all, every row names its kind.
        claim_row: The row of a claim where it is not the claim record.
    """
    made = claim_row or _row
    if kind is StatementKind.FIGURE:
        return [made(claim) for claim in claims]
    rows: list[tuple[int, dict[str, Cell]]] = []
    rows += [(claim.start, {KIND: "figure"} | made(claim)) for claim in claims]
    rows += [(fact.start, dict(fact_record(fact))) for fact in facts]
    return [row for _, row in sorted(rows, key=lambda one: one[0])]


def _row(claim: Claim) -> dict[str, Cell]:
    return dict(record(claim))
