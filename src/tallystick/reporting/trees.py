"""The origin tree of an estimate: its claims and their edges come in, rows with a depth go out.

Each row is one claim under the one it goes back to, with the reason of that step; a row without a step is a root.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from tallystick.model.claim import Claim
from tallystick.model.document import Document
from tallystick.model.estimate import Estimate
from tallystick.model.lineage import Edge, EdgeLevel, Lineage, Origin

__all__ = ["Branch", "Tree", "Trees"]

# Deeper chains are drawn at this depth: a line that starts beyond the middle of the page cannot be read.
DEEPEST = 5


class Branch(NamedTuple):
    """A claim in the tree; `edge` is the step to the claim above it or elsewhere, None for a root."""

    claim: Claim
    document: Document
    depth: int
    edge: Edge | None


class Tree(NamedTuple):
    """An origin and the claims of one estimate that go back to it."""

    origin: Origin
    branches: tuple[Branch, ...]


class Trees:
    """The steps of a case, ready to be drawn."""

    def __init__(self, documents: Mapping[str, Document], claims: Mapping[str, Claim], lineage: Lineage) -> None:
        self._documents = documents
        self._claims = claims
        self._order = {name: at for at, name in enumerate(claims)}
        self._origin_of = {claim: origin for origin in lineage.origins for claim in origin.claims}
        self._step: dict[str, Edge] = {}
        for edge in lineage.edges:
            held = self._step.get(edge.later)
            if edge.level is EdgeLevel.CLAIM and (held is None or edge.confidence > held.confidence):
                self._step[edge.later] = edge

    def of(self, estimate: Estimate) -> tuple[Tree, ...]:
        """Give a tree for each origin of `estimate`, in the order of its readings."""
        by_origin: dict[str, list[str]] = defaultdict(list)
        for name in estimate.claims:
            origin = self._origin_of.get(name)
            if origin is not None and name in self._claims:
                by_origin[origin.id].append(name)
        order = {reading.origin: at for at, reading in enumerate(estimate.readings)}
        found = sorted(by_origin, key=lambda origin: (order.get(origin, len(order)), origin))
        return tuple(
            Tree(self._origin_of[by_origin[origin][0]], tuple(self._branches(by_origin[origin]))) for origin in found
        )

    def _branches(self, names: list[str]) -> Iterable[Branch]:
        """The claims of one origin, each behind the one that it goes back to."""
        inside = frozenset(names)
        below: dict[str | None, list[str]] = defaultdict(list)
        for name in sorted(names, key=lambda name: self._order[name]):
            edge = self._step.get(name)
            above = edge.earlier if edge is not None and edge.earlier in inside and edge.earlier != name else None
            below[above].append(name)
        seen: set[str] = set()
        waiting = [(name, 0) for name in reversed(below[None])]
        # Steps lead back in time, but a ledger may come from elsewhere: what a circle leaves out is drawn as a root.
        rest = [name for name in reversed(names) if name not in below[None]]
        while waiting or rest:
            name, depth = waiting.pop() if waiting else (rest.pop(), 0)
            if name in seen:
                continue
            seen.add(name)
            claim = self._claims[name]
            yield Branch(claim, self._documents[claim.document], min(depth, DEEPEST), self._step.get(name))
            waiting += [(child, depth + 1) for child in reversed(below[name])]
