"""How an estimate came about: a ledger comes in, for an estimate its whole derivation goes out.

The derivation is a graph from the statements, over the reports that carry them, to every figure that was folded in.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tallystick.model.claim import Claim
from tallystick.model.document import Document, by_publication
from tallystick.model.estimate import Estimate
from tallystick.model.judgement import Judgement
from tallystick.model.ledger import Ledger
from tallystick.model.lineage import Edge, EdgeLevel, Mechanism, Origin

__all__ = ["COPIES", "Carrier", "Derivation", "Derivations", "Line", "Step"]

# Steps by which the later text is the earlier one: what they lead to is a copy, and copies add nothing.
COPIES = frozenset((
    Mechanism.REPEATED_PASSAGE, Mechanism.IDENTICAL_TEXT, Mechanism.NEAR_IDENTICAL_TEXT, Mechanism.PARTIAL_TEXT,
    Mechanism.REWORDED_TEXT, Mechanism.REPUBLISHED_TEXT,
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Carrier:
    """A report that carries a statement.

    Attributes:
        document: The report.
        claims: Its claims that go back to the statement: those of the estimate, else those that others lead to.
        folded: Whether the estimate holds them; else the report is only on the way back to the statement.
    """

    document: Document
    claims: tuple[Claim, ...]
    folded: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One step back, from a report to the report that it repeats.

    Attributes:
        later: Id of the document that repeats.
        earlier: Id of the document that it goes back to.
        edges: What shows the step, the surest first; at least one.
    """

    later: str
    earlier: str
    edges: tuple[Edge, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One statement with the reports that carry it.

    Attributes:
        origin: The statement.
        carriers: The reports in order of publication.
        steps: From report to report, the surest step of each report first; a report without any is a first telling.
        depth: How many steps each report stands behind the statement at most, by document; 1 for a first telling.
    """

    origin: Origin
    carriers: tuple[Carrier, ...]
    steps: tuple[Step, ...]
    depth: Mapping[str, int]

    def above(self) -> dict[str, Step]:
        """Give the surest step of each report that has one, by document."""
        found: dict[str, Step] = {}
        for step in self.steps:
            found.setdefault(step.later, step)
        return found


@dataclass(frozen=True, slots=True)
class Derivation:
    """All that an estimate rests on.

    Attributes:
        estimate: The estimate.
        lines: Its statements, in the order of its readings.
        parts: The estimates that add up to it.
        whole: The estimate of which it is a part, or None.
        linked: Pairs of ids of its origins whose speakers may share what they know.
        judgements: What reviewers decided about its claims and reports, in order.
    """

    estimate: Estimate
    lines: tuple[Line, ...]
    parts: tuple[Estimate, ...]
    whole: Estimate | None
    linked: tuple[tuple[str, str], ...]
    judgements: tuple[Judgement, ...]

    def claims(self) -> Iterator[tuple[Line, Carrier, Claim]]:
        """Give every claim that was folded in, by statement, report and place in the text."""
        for line in self.lines:
            for carrier in line.carriers:
                if carrier.folded:
                    for claim in carrier.claims:
                        yield line, carrier, claim


class Derivations:
    """The derivations of a ledger; what they share is looked up once."""

    def __init__(self, ledger: Ledger) -> None:
        """Index `ledger` once, in time that grows with its size."""
        self._documents = {document.id: document for document in ledger.documents}
        self._claims = {claim.id: claim for claim in ledger.claims}
        self._estimates = {estimate.id: estimate for estimate in ledger.estimates}
        self._origin_of = {name: origin for origin in ledger.lineage.origins for name in origin.claims}
        self._back: dict[str, list[Edge]] = defaultdict(list)
        for edge in ledger.lineage.edges:
            self._back[edge.later].append(edge)
        self._judgements: dict[str, list[Judgement]] = defaultdict(list)
        for judgement in ledger.judgements:
            for name in {judgement.later, judgement.earlier}:
                self._judgements[name].append(judgement)

    def of(self, estimate: Estimate) -> Derivation:
        """Give the derivation of `estimate`, one of the ledger's."""
        held: dict[str, list[Claim]] = defaultdict(list)
        origins: dict[str, Origin] = {}
        for name in estimate.claims:
            origin, claim = self._origin_of.get(name), self._claims.get(name)
            if origin is not None and claim is not None and claim.document in self._documents:
                held[origin.id].append(claim)
                origins[origin.id] = origin
        order = {reading.origin: at for at, reading in enumerate(estimate.readings)}
        names = sorted(held, key=lambda name: (order.get(name, len(order)), name))
        lines = tuple(self._line(origins[name], held[name]) for name in names)
        return Derivation(
            estimate,
            lines,
            tuple(self._estimates[part] for part in estimate.parts if part in self._estimates),
            self._estimates.get(estimate.whole) if estimate.whole is not None else None,
            tuple(_linked(origins.values())),
            tuple(self._decided(lines)),
        )

    def _line(self, origin: Origin, folded: Sequence[Claim]) -> Line:
        """The reports of one statement: those of the estimate, and those that they lead back to."""
        inside = {claim.id for claim in folded}
        reached, edges = self._reached(origin, folded)
        by_document: dict[str, list[Claim]] = defaultdict(list)
        for claim in reached:
            by_document[claim.document].append(claim)
        carriers = []
        for document in sorted((self._documents[name] for name in by_document), key=by_publication):
            claims = sorted(by_document[document.id], key=lambda claim: (claim.start, claim.end, claim.id))
            own = tuple(claim for claim in claims if claim.id in inside)
            carriers.append(Carrier(document, own or tuple(claims), bool(own)))
        steps = self._steps(carriers, edges)
        return Line(origin, tuple(carriers), steps, _depths(carriers, steps))

    def _reached(self, origin: Origin, folded: Sequence[Claim]) -> tuple[list[Claim], list[Edge]]:
        """The claims of an origin that `folded` lead back to, with the edges between them."""
        seen = {claim.id: claim for claim in folded}
        waiting, edges = list(folded), []
        while waiting:
            for edge in self._back.get(waiting.pop().id, ()):
                earlier = self._claims.get(edge.earlier)
                if edge.level is not EdgeLevel.CLAIM or earlier is None or earlier.document not in self._documents:
                    continue
                if self._origin_of.get(edge.earlier) is not origin:
                    continue
                edges.append(edge)
                if edge.earlier not in seen:
                    seen[edge.earlier] = earlier
                    waiting.append(earlier)
        return list(seen.values()), edges

    def _steps(self, carriers: Sequence[Carrier], edges: Iterable[Edge]) -> tuple[Step, ...]:
        """The steps between reports: edges between their claims, and between the reports themselves."""
        place = {carrier.document.id: at for at, carrier in enumerate(carriers)}
        found: dict[tuple[str, str], list[Edge]] = defaultdict(list)
        for edge in edges:
            later, earlier = self._claims[edge.later].document, self._claims[edge.earlier].document
            if later != earlier:
                found[later, earlier].append(edge)
        for name in place:
            for edge in self._back.get(name, ()):
                if edge.level is EdgeLevel.DOCUMENT and edge.earlier in place and edge.earlier != name:
                    found[name, edge.earlier].append(edge)
        steps = [Step(later, earlier, tuple(sorted(shown, key=_surest))) for (later, earlier), shown in found.items()]
        return tuple(sorted(steps, key=lambda step: (place[step.later], _surest(step.edges[0]), place[step.earlier])))

    def _decided(self, lines: Iterable[Line]) -> Iterator[Judgement]:
        """What was decided about the claims and reports of `lines`."""
        if not self._judgements:
            return
        names = {name for line in lines for carrier in line.carriers
                 for name in (carrier.document.id, *(claim.id for claim in carrier.claims))}  # fmt: skip
        found = {judgement.number: judgement for name in names for judgement in self._judgements.get(name, ())}
        for number in sorted(found):
            yield found[number]


def _surest(edge: Edge) -> tuple[bool, float, str, str, str]:
    """The key that puts the surest edge first; what shows where a figure comes from before what its text shares."""
    return edge.level is EdgeLevel.DOCUMENT, -edge.confidence, edge.mechanism.value, edge.earlier, edge.later


def _depths(carriers: Sequence[Carrier], steps: Sequence[Step]) -> dict[str, int]:
    """How many steps each report stands behind the statement, along the surest steps."""
    above: dict[str, str] = {}
    for step in steps:
        above.setdefault(step.later, step.earlier)
    depth: dict[str, int] = {}
    for carrier in carriers:
        path: dict[str, None] = {}
        at = carrier.document.id
        # A ledger from elsewhere may lead in a circle: its first report by publication is taken for the first telling.
        while at not in depth and at in above and at not in path:
            path[at] = None
            at = above[at]
        depth.setdefault(at, 1)
        for name in reversed(path):
            depth.setdefault(name, depth[above[name]] + 1)
    return depth


def _linked(origins: Iterable[Origin]) -> Iterator[tuple[str, str]]:
    """Each pair of origins that are linked, once."""
    known = {origin.id: origin for origin in origins}
    above: dict[str, set[str]] = defaultdict(set)
    for name, origin in known.items():
        for other in origin.linked:
            if other in known and other != name:
                above[min(name, other)].add(max(name, other))
    for name in sorted(above):
        for other in sorted(above[name]):
            yield name, other
