"""The edge under construction: two turns, a mechanism and its evidence come in, an `Edge` goes out.

Here stand the confidences of all mechanisms, so that they can be compared.
"""

from typing import NamedTuple

from tallystick.model.lineage import Edge, EdgeKind, EdgeLevel, Mechanism, Shared
from tallystick.tracing.tellings import Report, Telling

__all__ = ["Link", "claim_link", "report_link"]

# How surely a mechanism means dependence. They rank the mechanisms and are no measured rates: text that is the same
# needs no inference, a named relay names its source itself, the rest is inferred from who, when, what and where.
CERTAIN = 1.0
IDENTICAL = 0.98
NEAR = 0.9
CREDITED = 0.9
ATTRIBUTED = 0.95
ANNOUNCED = 0.9
ANNOUNCED_BY_BODY = 0.8
REPEATED_STATEMENT = 0.75
REWORDED = 0.7
# The same words quoted, with the figure in them or beside them; of two reports only that they quote alike.
QUOTED = 0.9
BESIDE = 0.7
QUOTES = 0.6
ON_ONE_OCCASION = 0.75
UNDATED = 0.7
DRIFTED = 0.65
UNNAMED = 0.5
# Outlets known to print one newsroom's copy, with one figure that neither credits to anybody.
ONE_NEWSROOM = 0.75
CORRECTED = 0.8


class Link(NamedTuple):
    """One step back.

    Attributes:
        later: Turn of the claim or document that repeats.
        earlier: Turn of that which it goes back to.
        edge: The edge.
        joins: Whether the two claims have one origin.
    """

    later: int
    earlier: int
    edge: Edge
    joins: bool


KINDS = {
    Mechanism.REPEATED_PASSAGE: EdgeKind.QUOTED,
    Mechanism.IDENTICAL_TEXT: EdgeKind.QUOTED,
    Mechanism.NEAR_IDENTICAL_TEXT: EdgeKind.DERIVED,
    Mechanism.PARTIAL_TEXT: EdgeKind.DERIVED,
    Mechanism.REWORDED_TEXT: EdgeKind.DERIVED,
    Mechanism.REPUBLISHED_TEXT: EdgeKind.QUOTED,
    Mechanism.CREDIT: EdgeKind.PRIMARY,
    Mechanism.ATTRIBUTION: EdgeKind.PRIMARY,
    Mechanism.SAME_ANNOUNCEMENT: EdgeKind.DERIVED,
    Mechanism.SAME_STATEMENT: EdgeKind.DERIVED,
    Mechanism.QUOTATION: EdgeKind.QUOTED,
    Mechanism.NAMED_EVENT: EdgeKind.PRIMARY,
    Mechanism.UNATTRIBUTED_REPEAT: EdgeKind.DERIVED,
    Mechanism.FAMILY: EdgeKind.DERIVED,
    Mechanism.CORRECTION: EdgeKind.REVISED,
    Mechanism.ANALYST: EdgeKind.DERIVED,
}


def claim_link(
    later: Telling, earlier: Telling, mechanism: Mechanism, reason: str, confidence: float, *, joins: bool = True,
    shared: tuple[Shared, ...] = (),
) -> Link:  # fmt: skip
    """Give the step from claim `later` back to claim `earlier`; `shared` are the passages that show it."""
    reason = reason[:1].upper() + reason[1:]
    edge = Edge(
        later.claim.id, earlier.claim.id, EdgeLevel.CLAIM, KINDS[mechanism], mechanism, reason, confidence, shared,
        later.report.published,
    )  # fmt: skip
    return Link(later.order, earlier.order, edge, joins)


def report_link(
    later: Report, earlier: Report, mechanism: Mechanism, reason: str, confidence: float, *,
    shared: tuple[Shared, ...] = (),
) -> Link:  # fmt: skip
    """Give the step from document `later` back to document `earlier`; `shared` are the passages that show it."""
    edge = Edge(
        later.document.id, earlier.document.id, EdgeLevel.DOCUMENT, KINDS[mechanism], mechanism, reason, confidence,
        shared, later.published,
    )  # fmt: skip
    return Link(later.rank, earlier.rank, edge, joins=False)
