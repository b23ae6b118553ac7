"""An origin drawn for a terminal: who said it first, who repeats whom, and by which step each report shows that.

Origins with their claims, reports and steps come in; lines of text go out.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from tallystick.cli.changes import printable
from tallystick.model.claim import Claim
from tallystick.model.document import Document
from tallystick.model.ledger import Ledger
from tallystick.model.lineage import Edge, EdgeLevel, Origin

__all__ = ["Forest"]

# Reports under one report, and levels of repeating, that are drawn: more are counted.
MOST = 8
DEEPEST = 6
# Figures of one report, and marks of a name, that are written out.
FIGURES = 4
WIDEST = 28
UNDATED = "no date"
# Of a claim's id, "c-" and 16 digits, so much stands in a step: `judge` takes it so.
ABBREVIATED = 10
# Marks of a rail: "├─ ".
RAIL = 3


class _Node(NamedTuple):
    """A report in an origin.

    Attributes:
        document: The report.
        claims: Its claims of this origin.
        step: The surest step back to another report of the origin; None where the origin begins.
    """

    document: str
    claims: tuple[Claim, ...]
    step: Edge | None


class Forest:
    """The origins of a case, ready to be drawn."""

    def __init__(self, ledger: Ledger) -> None:
        """Index reports, claims and steps."""
        self._documents: dict[str, Document] = {document.id: document for document in ledger.documents}
        self._turns = {name: number for number, name in enumerate(self._documents)}
        self._claims: dict[str, Claim] = {claim.id: claim for claim in ledger.claims}
        self._origins: dict[str, Origin] = {origin.id: origin for origin in ledger.lineage.origins}
        self._steps: defaultdict[str, list[Edge]] = defaultdict(list)
        for edge in ledger.lineage.edges:
            if edge.level is EdgeLevel.CLAIM:
                self._steps[edge.later].append(edge)

    def steps(self, origin: Origin) -> Iterator[Edge]:
        """Give every step back of the claims of `origin`, also one that leads to another origin."""
        for claim in origin.claims:
            yield from self._steps.get(claim, ())

    def drawn(self, origin: Origin) -> Iterator[str]:
        """Give the lines of `origin`: its statement, the tree of its reports, and with whom it may share."""
        yield _heading(origin)
        yield f"  {printable(origin.reason)}"
        nodes = self._nodes(origin)
        below: defaultdict[str | None, list[_Node]] = defaultdict(list)
        for node in nodes:
            below[self._before(node)].append(node)
        yield from self._branches(below, None, "  ", self._width(below), 0)
        for name in origin.linked[:MOST]:
            other = self._origins.get(name)
            who = "" if other is None else f" {_said(other)}"
            yield f"  may share what it knows with {name}{who}"
        if len(origin.linked) > MOST:
            yield f"  and with {len(origin.linked) - MOST} more"

    def _nodes(self, origin: Origin) -> list[_Node]:
        """The reports of the origin in order of publication, each with the surest step to another one of them."""
        held: defaultdict[str, list[Claim]] = defaultdict(list)
        for name in origin.claims:
            if name in self._claims:
                held[self._claims[name].document].append(self._claims[name])
        inside = set(origin.claims)
        found = []
        for document in sorted(held, key=lambda name: (self._turns.get(name, 0), name)):
            steps = [
                edge
                for claim in held[document]
                for edge in self._steps.get(claim.id, ())
                if edge.earlier in inside and self._claims[edge.earlier].document != document
            ]
            surest = min(steps, key=lambda edge: (-edge.confidence, edge.later, edge.earlier), default=None)
            claims = tuple(sorted(held[document], key=lambda claim: (claim.start, claim.id)))
            found.append(_Node(document, claims, surest))
        return found

    def _width(self, below: dict[str | None, list[_Node]]) -> int:
        """How wide the column of outlets is, the rails before them included, so that the figures stand in one."""
        widest, level = 0, below.get(None, [])
        for depth in range(DEEPEST + 1):
            widest = max(widest, *(RAIL * depth + len(self._outlet(node.document)) for node in level), 0)
            level = [one for node in level for one in below.get(node.document, [])]
        return widest

    def _before(self, node: _Node) -> str | None:
        """The report to which the step of `node` leads."""
        return None if node.step is None else self._claims[node.step.earlier].document

    def _branches(
        self, below: dict[str | None, list[_Node]], over: str | None, margin: str, width: int, depth: int
    ) -> Iterator[str]:
        """The lines of everything that goes back to `over`."""
        nodes = below.get(over, [])
        shown = nodes[:MOST] if over is not None else nodes[: 2 * MOST]
        for number, node in enumerate(shown):
            last = number == len(nodes) - 1
            rail, blank = ("", "") if over is None else ("└─ ", "   ") if last else ("├─ ", "│  ")
            yield margin + rail + self._report(node, width - RAIL * depth)
            further = margin + blank
            hanging = "│  " if below.get(node.document) else "   "
            if node.step is not None:
                yield further + hanging + _step(node.step)
            if depth < DEEPEST:
                yield from self._branches(below, node.document, further, width, depth + 1)
            elif below.get(node.document):
                yield f"{further}└─ … and what repeats it: {_reports(len(below[node.document]))} or more"
        if len(nodes) > len(shown):
            rail = "" if over is None else "└─ "
            yield f"{margin}{rail}… and {_reports(len(nodes) - len(shown))} more"

    def _report(self, node: _Node, width: int) -> str:
        """Day, outlet, figures and id of a report."""
        document = self._documents.get(node.document)
        day = (document.published or UNDATED)[:10] if document else UNDATED
        figures = list(dict.fromkeys(_figure(claim) for claim in node.claims))
        more = f" … and {len(figures) - FIGURES} more" if len(figures) > FIGURES else ""
        outlet = self._outlet(node.document)
        said = "; ".join(figures[:FIGURES])
        return printable(f"{day:<10}  {outlet:<{width}}  {said}{more}  [{_short(node.document)}]")

    def _outlet(self, name: str) -> str:
        document = self._documents.get(name)
        outlet = (document.outlet if document else None) or "-"
        return outlet if len(outlet) <= WIDEST else outlet[: WIDEST - 1] + "…"


def _heading(origin: Origin) -> str:
    low, high = origin.independent.low, origin.independent.high
    standing = "independent" if low == 1 else "may only repeat another" if high == 1 else f"{low}-{high} origins"
    counts = f"{_reports(len(origin.documents))}, {len(origin.claims)} claim{'s' if len(origin.claims) != 1 else ''}"
    linked = ", linked" if origin.linked else ""
    return printable(f"{origin.id}  {_said(origin)}  ({counts}; {standing}{linked})")


def _said(origin: Origin) -> str:
    return ", ".join(part for part in (origin.speaker or "nobody named", origin.date) if part)


def _figure(claim: Claim) -> str:
    """The figure as it stands with what it counts."""
    return f"{claim.figure} {claim.counted}" if claim.counted and claim.counted not in claim.figure else claim.figure


def _step(edge: Edge) -> str:
    mechanism = edge.mechanism.replace("_", " ")
    ends = f"{edge.later[:ABBREVIATED]} -> {edge.earlier[:ABBREVIATED]}"
    return printable(f"{edge.kind} by {mechanism}, {edge.confidence:.2f} ({ends}): {edge.reason}")


def _reports(number: int) -> str:
    return f"{number:,} report{'s' if number != 1 else ''}"


def _short(name: str) -> str:
    """An id that is a digest by its beginning, which `judge` and `without` take for it."""
    return name[:12] if len(name) == 64 else name
