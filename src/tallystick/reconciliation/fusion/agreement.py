"""Which values agree: the values of a table come in, for each the run of values within its tolerance goes out.

The values of a question are sorted, so those that agree with one stand beside each other; on a circle they may stand in
two runs. A sum over them is two differences of a running total, however many values a question has.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tallystick.reconciliation.fusion.table import Floats, Ints, Table

__all__ = ["Agreement", "agreement"]

# What binary fractions may lose: 0.3 is within 0.1 of 0.2.
SLACK = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Agreement:
    """For each value the values that agree with it, itself among them.

    Attributes:
        low: First value of the run.
        high: Behind its last.
        wrapped_low: First value of the run beyond the end of the circle.
        wrapped_high: Behind its last; no more than `wrapped_low` where there is none.
    """

    low: Ints
    high: Ints
    wrapped_low: Ints
    wrapped_high: Ints

    def total(self, of_values: Floats) -> Floats:
        """Give for each value the sum of `of_values` over the values that agree with it."""
        running: Floats = np.concatenate(([0.0], np.cumsum(of_values)))
        beyond = running[self.wrapped_high] - running[self.wrapped_low]
        sums: Floats = running[self.high] - running[self.low] + beyond
        return sums

    def agree(self, one: Ints, other: Ints) -> npt.NDArray[np.bool_]:
        """Tell for pairs of values whether `other` agrees with `one`."""
        beside = (other >= self.low[one]) & (other < self.high[one])
        return beside | ((other >= self.wrapped_low[one]) & (other < self.wrapped_high[one]))


def agreement(table: Table) -> Agreement:
    """Give which values of `table` agree."""
    at, within, period = table.value_number, table.value_within, table.value_period
    count = len(at)
    textual = within < 0
    reach = np.where(textual, 0.0, within + SLACK * np.maximum(1.0, np.abs(at)))
    # All of a circle agrees with a value whose tolerance spans it; there is nothing left beyond its end.
    whole = (period > 0) & (2 * reach >= period)
    reach = np.where(whole, period, reach)
    own = np.arange(count)
    low = np.where(textual, own, _places(table, at - reach, behind=False))
    high = np.where(textual, own + 1, _places(table, at + reach, behind=True))
    under = (period > 0) & ~whole & (at - reach < 0)
    over = (period > 0) & ~whole & (at + reach >= period)
    from_ = np.where(under, at - reach + period, 0.0)
    to = np.where(over, at + reach - period, period)
    wraps = under | over
    wrapped_low = np.where(wraps, _places(table, from_, behind=False), 0)
    wrapped_high = np.where(wraps, _places(table, to, behind=True), 0)
    return Agreement(low, high, wrapped_low, wrapped_high)


def _places(table: Table, bound: Floats, *, behind: bool) -> Ints:
    """Where each `bound` would stand among the sorted numbers of its question, `behind` those that equal it."""
    count = len(bound)
    textual = table.value_within < 0
    question = np.concatenate((table.value_question, table.value_question))
    place = np.concatenate((table.value_number, bound))
    # Texts stand behind the numbers of their question, and no bound reaches them.
    kind = np.concatenate((np.where(textual, 1, 0), np.zeros(count, dtype=np.int64)))
    tie = np.concatenate((np.ones(count, dtype=np.int64), np.full(count, 2 if behind else 0)))
    order = np.lexsort((tie, place, kind, question))
    passed = np.cumsum(order < count)
    places = np.empty(count, dtype=np.int64)
    asked = order >= count
    places[order[asked] - count] = passed[asked]
    return places
