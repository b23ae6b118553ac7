"""How soon a reviewer should look at a claim."""

from typing import NamedTuple

__all__ = ["Priority"]


class Priority(NamedTuple):
    """What speaks for looking at a claim.

    Attributes:
        doubt: How unsure its reading is, from 0 to 1.
        sway: How much an estimate hangs on it, from 0 to 1.
    """

    doubt: float
    sway: float
