"""How old a count may grow: the readings of a line come in, whether it is only the last known one goes out.

Only a stock grows old. What flowed in a closed time and the dead of an event stay what they were (rule R14, after the
"decaying data" of the Internal Displacement Monitoring Centre: a stock that nobody has refreshed is flagged and moved
out of totals).
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from tallystick.model.claim import Measure
from tallystick.reconciliation.periods import STALE_DAYS
from tallystick.reconciliation.readings import Voiced

__all__ = ["Age", "age"]


class Age(NamedTuple):
    """How old the count of a line is.

    Attributes:
        last: The last day that it speaks of, as a proleptic Gregorian ordinal; None where no day is known.
        days: Days from then to the day of the estimate; 0 where it does not grow old.
        stale: Whether it is only the last known one.
    """

    last: int | None
    days: int
    stale: bool


def age(found: Iterable[Voiced], measure: Measure | None, as_of: date | None) -> Age:
    """Give the age of what `found` counts on the day `as_of`.

    Args:
        found: The readings of a line.
        measure: How the line relates to time; only a stock grows old.
        as_of: The day of the estimate; None where no day is known, and then nothing is stale.
    """
    days = [day for voiced in found if not voiced.reading.superseded and (day := _day(voiced)) is not None]
    last = max(days, default=None)
    if measure is not Measure.STOCK or last is None or as_of is None:
        return Age(last, 0, stale=False)
    passed = max(0, as_of.toordinal() - last)
    return Age(last, passed, stale=passed > STALE_DAYS)


def _day(voiced: Voiced) -> int | None:
    """The last day that a reading speaks of: that of the count, else that of the statement, else of its report."""
    if voiced.lead.when is not None:
        return voiced.lead.when.last
    if voiced.said is not None:
        return voiced.said.last
    return None if voiced.reading.known is None else date.fromisoformat(voiced.reading.known).toordinal()
