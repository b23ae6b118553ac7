"""Where the parts of a drawn derivation stand: a derivation comes in, boxes in columns and rows go out.

A statement stands at the left, what was published later further right. A report stands in the row of what it goes
back to or below it, alone in its row on the left of it, so that no line runs through a box.
"""

import heapq
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tallystick.model.lineage import Origin
from tallystick.reporting.derivation import COPIES, Carrier, Derivation, Line, Step

__all__ = ["MOST_REPORTS", "MOST_STATEMENTS", "Box", "Layout", "laid_out"]

# What fits on one screen at a size that can be read: beyond it a picture tells less than the list beside it.
MOST_REPORTS = 24
MOST_STATEMENTS = 8
# A chain that is longer runs out of the page on the right.
DEEPEST = 5
# Columns over which reports are spread by their day; chains may take more.
SPREAD = 3
# Copies of one report that are drawn; all of them say the same.
MOST_COPIES = 4
# Further steps of one report that are drawn beside its surest one.
MOST_ALSO = 2


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the picture; a statement has neither carrier nor step, a count of what is not drawn has no carrier.

    Attributes:
        origin: The statement that it belongs to.
        column: From the left, 0 for statements.
        row: From the top.
        above: Place in `Layout.boxes` of what it goes back to, or None for a statement.
        carrier: The report, or None.
        step: The surest step back, or None for a first telling.
        rest: How many reports are not drawn, for a count; else 0.
        copies: Whether all of these are copies.
    """

    origin: Origin
    column: int
    row: int
    above: int | None = None
    carrier: Carrier | None = None
    step: Step | None = None
    rest: int = 0
    copies: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """What is drawn.

    Attributes:
        boxes: Each behind the one that it goes back to.
        also: Further steps, as places of the earlier and the later box.
        linked: Pairs of statements that may share what they know, as places of their boxes.
        rows: How many rows there are.
        columns: How many columns there are.
        statements_left_out: How many statements are not drawn.
    """

    boxes: tuple[Box, ...]
    also: tuple[tuple[int, int, Step], ...]
    linked: tuple[tuple[int, int], ...]
    rows: int
    columns: int
    statements_left_out: int


def laid_out(derivation: Derivation, most: int = MOST_REPORTS) -> Layout:
    """Give where everything stands.

    Args:
        derivation: What is drawn.
        most: How many reports are drawn at most, those that others go back to first; the rest is counted.
    """
    lines = derivation.lines[:MOST_STATEMENTS]
    chosen = [_chosen(line, share) for line, share in zip(lines, _shares(lines, most), strict=True)]
    days = sorted({day for line, drawn in zip(lines, chosen, strict=True) for carrier in line.carriers
                   if carrier.document.id in drawn and (day := _day(carrier)) is not None})  # fmt: skip
    early = {day: 1 + at * SPREAD // len(days) for at, day in enumerate(days)}
    boxes: list[Box] = []
    also: list[tuple[int, int, Step]] = []
    row = 0
    for line, drawn in zip(lines, chosen, strict=True):
        first = len(boxes)
        row = _Placing(line, drawn, early, boxes).place(row) + 1
        also += _also(line, boxes, first)
    statement = {box.origin.id: at for at, box in enumerate(boxes) if box.above is None}
    linked = tuple((statement[one], statement[other]) for one, other in derivation.linked
                   if one in statement and other in statement)  # fmt: skip
    columns = 1 + max((box.column for box in boxes), default=0)
    return Layout(tuple(boxes), tuple(also), linked, row, columns, len(derivation.lines) - len(lines))


class _Placing:
    """The boxes of one statement."""

    def __init__(self, line: Line, drawn: frozenset[str], early: Mapping[str, int], boxes: list[Box]) -> None:
        self._line = line
        self._steps = line.above()
        self._early = early
        self._boxes = boxes
        self._below: dict[str | None, list[Carrier]] = defaultdict(list)
        self._left_out: dict[str | None, list[Carrier]] = defaultdict(list)
        nearest: dict[str | None, str | None] = {None: None}
        for carrier in sorted(line.carriers, key=lambda carrier: line.depth[carrier.document.id]):
            name = carrier.document.id
            above = nearest[_above(line, self._steps, name)]
            nearest[name] = name if name in drawn else above
            (self._below if name in drawn else self._left_out)[above].append(carrier)

    def place(self, row: int) -> int:
        """Put the statement and what follows from it at `row` and below, and give the last row used."""
        self._boxes.append(Box(self._line.origin, 0, row))
        return self._under(None, len(self._boxes) - 1, row)

    def _under(self, name: str | None, at: int, row: int) -> int:
        """Put what goes back to the box `at`: the first in its row, the others below. As deep as a chain may be."""
        last, free = row, True
        for carrier in self._below[name]:
            last, free = last if free else last + 1, False
            key = carrier.document.id
            step = self._steps[key] if self._line.depth[key] > 1 else None
            column = max(self._boxes[at].column + 1, self._early.get(_day(carrier) or "", 1))
            self._boxes.append(Box(self._line.origin, column, last, at, carrier, step))
            last = self._under(key, len(self._boxes) - 1, last)
        rest = self._left_out[name]
        if rest:
            last = last if free else last + 1
            copies = all(_is_copy(self._line, self._steps, carrier) for carrier in rest)
            box = Box(self._line.origin, self._boxes[at].column + 1, last, at, rest=len(rest), copies=copies)
            self._boxes.append(box)
        return last


def _shares(lines: Sequence[Line], most: int) -> list[int]:
    """How many reports of each statement are drawn: small ones whole, what is left in equal shares."""
    shares = [0] * len(lines)
    left = most
    order = sorted(range(len(lines)), key=lambda at: (len(lines[at].carriers), at))
    for turn, at in enumerate(order):
        shares[at] = min(len(lines[at].carriers), max(1, left // (len(order) - turn)))
        left -= shares[at]
    return shares


def _chosen(line: Line, share: int) -> frozenset[str]:
    """The reports of a statement that are drawn: those that others go back to, then the earliest, few mere copies."""
    steps = line.above()
    below: dict[str | None, list[tuple[bool, int, str]]] = defaultdict(list)
    led_to = {step.earlier for step in steps.values()}
    for at, carrier in enumerate(line.carriers):
        name = carrier.document.id
        if line.depth[name] <= DEEPEST:
            below[_above(line, steps, name)].append((name not in led_to, at, name))
    waiting = list(below[None])
    heapq.heapify(waiting)
    found: set[str] = set()
    carriers = {carrier.document.id: carrier for carrier in line.carriers}
    copies: dict[str | None, int] = defaultdict(int)
    while waiting and len(found) < share:
        name = heapq.heappop(waiting)[2]
        if name not in led_to and _is_copy(line, steps, carriers[name]):
            above = _above(line, steps, name)
            copies[above] += 1
            if copies[above] > MOST_COPIES:
                continue
        found.add(name)
        for one in below[name]:
            heapq.heappush(waiting, one)
    return frozenset(found)


def _also(line: Line, boxes: Sequence[Box], first: int) -> list[tuple[int, int, Step]]:
    """The further steps between boxes of one statement that lead from left to right."""
    place = {box.carrier.document.id: at for at, box in enumerate(boxes) if at >= first and box.carrier is not None}
    found: list[tuple[int, int, Step]] = []
    drawn: dict[str, int] = defaultdict(int)
    for step in line.steps:
        earlier, later = place.get(step.earlier), place.get(step.later)
        if earlier is None or later is None or boxes[later].step == step or drawn[step.later] == MOST_ALSO:
            continue
        if boxes[earlier].column < boxes[later].column:
            drawn[step.later] += 1
            found.append((earlier, later, step))
    return found


def _above(line: Line, steps: Mapping[str, Step], name: str) -> str | None:
    """The report that a report goes back to, or None where it goes back to the statement itself."""
    return steps[name].earlier if line.depth[name] > 1 else None


def _is_copy(line: Line, steps: Mapping[str, Step], carrier: Carrier) -> bool:
    name = carrier.document.id
    return line.depth[name] > 1 and steps[name].edges[0].mechanism in COPIES


def _day(carrier: Carrier) -> str | None:
    return carrier.document.published[:10] if carrier.document.published else None
