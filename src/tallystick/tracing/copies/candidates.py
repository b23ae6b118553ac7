"""Which reports may share text: the marks of reports come in, the earlier ones that hold the same marks go out."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

__all__ = ["HOLDERS", "Candidate", "Index"]

# Reports that a mark remembers, the first ones: a text that is in more of them is no new evidence, and a formula that
# stands in every report costs no more than these.
HOLDERS = 4
# Earlier reports that are compared in full with one: those with which it shares most marks.
MOST_CANDIDATES = 8


class Candidate(NamedTuple):
    """An earlier report that shares marks.

    Attributes:
        turn: Its turn in the case.
        marks: How many marks are shared.
    """

    turn: int
    marks: int


class Index:
    """For each mark the first reports that hold it.

    Attributes:
        holders: The turns of those reports, the first one alone or a few in order; plain numbers, to be kept.
    """

    def __init__(self, holders: Mapping[int, int | tuple[int, ...]] | None = None) -> None:
        """Take up an index that was kept; an empty one if left out."""
        self.holders: dict[int, int | tuple[int, ...]] = dict(holders or {})

    def add(self, turn: int, marks: Iterable[int]) -> None:
        """Enter a report; reports must be entered in order of their turns, each once."""
        holders = self.holders
        for mark in marks:
            held = holders.get(mark)
            if held is None:
                holders[mark] = turn
            elif isinstance(held, int):
                holders[mark] = (held, turn)
            elif len(held) < HOLDERS:
                holders[mark] = (*held, turn)

    def candidates(self, marks: Iterable[int]) -> list[Candidate]:
        """Give the reports that hold most of `marks`, those first; of as many the earlier ones first."""
        counts: Counter[int] = Counter()
        for mark in marks:
            held = self.holders.get(mark)
            if held is not None:
                counts.update((held,) if isinstance(held, int) else held)
        ranked = sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))
        return [Candidate(*entry) for entry in ranked[:MOST_CANDIDATES]]
