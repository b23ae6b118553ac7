"""An origin as a tool answers it: its id comes in, the report that tells it first and those that repeat it go out."""

from collections import defaultdict
from collections.abc import Sequence

from tallystick.errors import AskingError
from tallystick.exporting.records import IndependentRecord
from tallystick.mcp_server.answers import Related
from tallystick.mcp_server.citing import claimed
from tallystick.mcp_server.derived_answers import OriginAnswer, ReportLine
from tallystick.mcp_server.desk import Desk, notes_of, unknown_id
from tallystick.mcp_server.portions import MOST, fitting, turn_of
from tallystick.model.claim import Claim
from tallystick.model.document import Document, by_publication
from tallystick.model.ledger import Ledger
from tallystick.model.lineage import Edge, Origin
from tallystick.reporting.wording import mechanism
from tallystick.storage.views import lookup, origins
from tallystick.storage.views.view import View

__all__ = ["get_origin"]

# Figures that are quoted of one report.
MOST_QUOTED = 2
# Estimates and other origins that are named.
MOST_RELATED = 6


def get_origin(desk: Desk, name: str, limit: int, cursor: str) -> OriginAnswer:
    """Give an origin with its reports, the first to tell it first.

    Raises:
        AskingError: Where there is no such origin.
    """
    with desk.moment() as view:
        found = origins.of_origin(view, name)
        if found is None:
            raise unknown_id(view, name, "origin")
        turn = turn_of(cursor, view.mark, "get_origin", name)
        origin = found.ledger.lineage.origins[0]
        reports = _reports(found.ledger)
        if turn.first and turn.first >= len(reports):
            raise AskingError("cursor: leads behind the last report; leave it out")
        shown = fitting(reports[turn.first : turn.first + min(limit, MOST)])
        last = turn.first + len(shown)
        left_out = (
            f"{found.claims_left_out:,} further claims go back to it: search_claims(origin='{name}') lists them all."
            if found.claims_left_out
            else ""
        )
        return OriginAnswer(
            origin.id, origin.speaker, origin.date,
            IndependentRecord(origin.independent.low, origin.independent.high), origin.reason, len(origin.claims),
            len(origin.documents), shown, _estimates(view, origin), origin.linked[:MOST_RELATED], origin.known,
            len(reports) - last, turn.cursor(last) if last < len(reports) else None,
            notes_of(view, "Reports that only repeat it add no independent origin, however many they are.", left_out),
        )  # fmt: skip


def _estimates(view: View, origin: Origin) -> tuple[Related, ...]:
    """The estimates that it is weighed in."""
    found = lookup.weighing(view, origin.id, MOST_RELATED)
    return tuple(Related(name, label) for name, label in found)


def _reports(ledger: Ledger) -> list[ReportLine]:
    """The reports of an origin, in order of publication."""
    claims: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in ledger.claims:
        claims[claim.document].append(claim)
    home = {claim.id: claim.document for claim in ledger.claims}
    steps: defaultdict[str, list[Edge]] = defaultdict(list)
    for edge in ledger.lineage.edges:
        later, earlier = (home.get(one, one) for one in (edge.later, edge.earlier))
        if later != earlier:
            steps[later].append(edge)
    told = sorted(ledger.documents, key=by_publication)
    return [_line(one, claims[one.id], steps[one.id], home) for one in told if claims[one.id]]


def _line(document: Document, claims: Sequence[Claim], steps: Sequence[Edge], home: dict[str, str]) -> ReportLine:
    """One report: it repeats by the surest of its steps, and is a first telling where it has none."""
    quotations = tuple(claimed(one, document.outlet, document.published) for one in claims[:MOST_QUOTED])
    if not steps:
        return ReportLine(document.id, "first", quotations, document.outlet, document.published, document.title)
    surest = max(steps, key=lambda edge: (edge.confidence, edge.mechanism, edge.earlier))
    return ReportLine(
        document.id, "repeats", quotations, document.outlet, document.published, document.title,
        home.get(surest.earlier, surest.earlier), mechanism(surest.mechanism), surest.reason, surest.confidence,
    )  # fmt: skip
