"""Which members meet by their ties: members with ties come in, pairs that join all that meet go out.

Sorted arrays do it, so that tens of millions of ties take seconds and 24 bytes each.
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from tallystick.model.tie import Tie

__all__ = ["meeting"]

# More than any day.
LIFT = 2**25


def meeting(held: Iterable[tuple[int, Sequence[Tie]]]) -> Iterator[tuple[int, int]]:
    """Yield pairs of members that have a key in common and days near enough.

    Each member is paired with the one before it under a key, which is enough to join all that meet.

    Args:
        held: Members below 2**31, each with its ties.
    """
    columns = tuple(array(code) for code in "qiiii")
    for member, own in held:
        for tie in own:
            for column, value in zip(columns, (*tie, member), strict=True):
                column.append(value)
    keys, firsts, lasts, reaches, members = (np.frombuffer(one, dtype=one.typecode) for one in columns)
    if not len(keys):
        return
    order = np.lexsort((firsts, keys))
    keys, firsts, lasts, reaches, members = (one[order] for one in (keys, firsts, lasts, reaches, members))
    same = keys[1:] == keys[:-1]
    # The last day that any member under the key has reached so far: each key is lifted above the one before it.
    lift = np.concatenate(([0], np.cumsum(~same))) * LIFT
    until = np.maximum.accumulate(lasts + lift) - lift
    met = same & (firsts[1:] - until[:-1] <= reaches[1:]) & (members[1:] != members[:-1])
    yield from zip(members[:-1][met].tolist(), members[1:][met].tolist(), strict=True)
