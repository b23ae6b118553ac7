"""What ties a report to others, so that they are derived together: plain numbers that a case can keep and look up."""

from typing import NamedTuple

__all__ = ["Tie"]


class Tie(NamedTuple):
    """What a report has in common with all others that have the same key within some days.

    Attributes:
        key: A number below 2**63 that stands for what is shared and for `reach`.
        first: The day from which on the report is concerned, a proleptic Gregorian ordinal.
        last: The last such day.
        reach: Days that may lie between two reports that the key ties.
    """

    key: int
    first: int
    last: int
    reach: int
