"""The origin tree of an estimate: its derivation comes in, rows with a depth go out.

Each row is one report under the one it goes back to; reports that only copy another one stand folded under it.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from tallystick.model.lineage import Origin
from tallystick.reporting.derivation import COPIES, Carrier, Derivation, Line, Step

__all__ = ["MOST_BRANCHES", "MOST_COPIES", "MOST_TREES", "Branch", "Tree", "trees"]

# Deeper chains are drawn at this depth: a line that starts beyond the middle of the page cannot be read.
DEEPEST = 5
# Rows of one tree, copies under one row, trees of one estimate: `tallystick explain` lists all.
MOST_BRANCHES, MOST_COPIES, MOST_TREES = 24, 12, 12


class Branch(NamedTuple):
    """A report in the tree.

    Attributes:
        carrier: The report with its claims.
        depth: How far it is indented.
        step: The surest step to the report that it goes back to, or None for a first telling.
        above: The report that it goes back to, or None.
        copies: The copies folded under it.
        more: How many further copies are not listed.
    """

    carrier: Carrier
    depth: int
    step: Step | None
    above: Carrier | None = None
    copies: tuple["Branch", ...] = ()
    more: int = 0


class Tree(NamedTuple):
    """An origin, the reports that carry it, and how many further ones are not listed."""

    origin: Origin
    branches: tuple[Branch, ...]
    more: int
    linked: tuple[Origin, ...]


def trees(derivation: Derivation) -> tuple[Tree, ...]:
    """Give a tree for each statement of `derivation`, in its order, at most `MOST_TREES`."""
    origins = {line.origin.id: line.origin for line in derivation.lines}
    linked: dict[str, list[Origin]] = defaultdict(list)
    for one, other in derivation.linked:
        linked[one].append(origins[other])
        linked[other].append(origins[one])
    return tuple(_tree(line, tuple(linked[line.origin.id])) for line in derivation.lines[:MOST_TREES])


def _tree(line: Line, linked: tuple[Origin, ...]) -> Tree:
    branches: list[Branch] = []
    listed = 0
    for branch in _branches(line):
        if len(branches) == MOST_BRANCHES:
            break
        branches.append(branch)
        listed += 1 + len(branch.copies) + branch.more
    return Tree(line.origin, tuple(branches), len(line.carriers) - listed, linked)


def _branches(line: Line) -> Iterator[Branch]:
    """The reports of a statement, each behind the one that it goes back to."""
    steps = line.above()
    carriers = {carrier.document.id: carrier for carrier in line.carriers}
    below: dict[str | None, list[Carrier]] = defaultdict(list)
    for carrier in line.carriers:
        name = carrier.document.id
        below[steps[name].earlier if line.depth[name] > 1 else None].append(carrier)

    def branch(carrier: Carrier) -> Branch:
        name = carrier.document.id
        step = steps[name] if line.depth[name] > 1 else None
        above = None if step is None else carriers[step.earlier]
        return Branch(carrier, min(line.depth[name] - 1, DEEPEST), step, above)

    def is_copy(carrier: Carrier) -> bool:
        """Whether a report is a copy that nothing else goes back to."""
        name = carrier.document.id
        return line.depth[name] > 1 and name not in below and steps[name].edges[0].mechanism in COPIES

    waiting = list(reversed(below[None]))
    while waiting:
        carrier = waiting.pop()
        under = below.get(carrier.document.id, [])
        copies = [branch(one) for one in under if is_copy(one)]
        waiting += reversed([one for one in under if not is_copy(one)])
        yield branch(carrier)._replace(copies=tuple(copies[:MOST_COPIES]), more=max(0, len(copies) - MOST_COPIES))
