"""Figures and facts side by side: claims and facts come in, rows with the columns of the kind asked for go out."""

from collections.abc import Callable, Iterable, Sequence

from tallystick.cli.options import StatementKind
from tallystick.cli.output import Cell
from tallystick.extraction.record import COLUMNS, FACT_COLUMNS, fact_record, record
from tallystick.model.claim import Claim
from tallystick.model.fact import Fact
from tallystick.model.ledger import Ledger

__all__ = ["CASE_COLUMNS", "columns", "rows_of", "statements"]

KIND = "kind"
CASE_COLUMNS = ("id", *COLUMNS, "stated", "traced_to")


def columns(
    kind: StatementKind, figures: Sequence[str] = COLUMNS, facts: Sequence[str] = FACT_COLUMNS
) -> tuple[str, ...]:
    """Give the columns of CSV and table for `kind`; of all, those of both, each once, the kind first."""
    if kind is StatementKind.FIGURE:
        return tuple(figures)
    if kind is StatementKind.FACT:
        return tuple(facts)
    return tuple(dict.fromkeys((KIND, *figures, *facts)))


def statements(ledger: Ledger, kind: StatementKind) -> list[dict[str, Cell]]:
    """Give the outside records of the claims or facts of a case, each claim with the origin it goes back to."""
    origin_of = {claim: origin.id for origin in ledger.lineage.origins for claim in origin.claims}

    def row(claim: Claim) -> dict[str, Cell]:
        fields: dict[str, Cell] = {"id": claim.id}
        fields.update(record(claim))
        fields.update(stated=claim.stated, traced_to=origin_of.get(claim.id))
        return fields

    def told(fact: Fact) -> dict[str, Cell]:
        fields: dict[str, Cell] = {"kind": "fact", "id": fact.id}
        fields.update(fact_record(fact))
        return fields

    names = [document.id for document in ledger.documents]
    return rows_of(ledger.claims, ledger.facts, kind, claim_row=row, fact_row=told, documents=names)


def rows_of(
    claims: Iterable[Claim],
    facts: Iterable[Fact],
    kind: StatementKind,
    *,
    claim_row: Callable[[Claim], dict[str, Cell]] | None = None,
    fact_row: Callable[[Fact], dict[str, Cell]] | None = None,
    documents: Iterable[str] = (),
) -> list[dict[str, Cell]]:
    """Give the rows of the kind asked for; of all, in the order of the documents and their text.

    Args:
        claims: The figures.
        facts: The facts.
        kind: What is written; where it is all, every row names its kind.
        claim_row: The row of a claim where it is not the claim record.
        fact_row: The row of a fact where it is not the fact record.
        documents: Ids in their order; not needed for one document.
    """
    of_claim, of_fact = claim_row or _claim_row, fact_row or _fact_row
    if kind is StatementKind.FIGURE:
        return [of_claim(claim) for claim in claims]
    if kind is StatementKind.FACT:
        return [of_fact(fact) for fact in facts]
    order = {name: number for number, name in enumerate(documents)}
    rows: list[tuple[int, int, dict[str, Cell]]] = []
    rows += [(order.get(fact.document, 0), fact.start, of_fact(fact)) for fact in facts]
    rows += [(order.get(one.document, 0), one.start, {KIND: "figure"} | of_claim(one)) for one in claims]
    return [row for _, _, row in sorted(rows, key=lambda one: one[:2])]


def _claim_row(claim: Claim) -> dict[str, Cell]:
    return dict(record(claim))


def _fact_row(fact: Fact) -> dict[str, Cell]:
    return dict(fact_record(fact))
