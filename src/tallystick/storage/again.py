"""A change of a case is done once more where the database says that another program got in between.

Writers of Tallystick take turns and never meet; others, a person at `psql` among them, may hold what a writer wants.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from tallystick.errors import CaseBusyError

__all__ = ["again"]

Given = ParamSpec("Given")
Made = TypeVar("Made")
# Whoever gets in between five times in a row holds more than one transaction.
TRIES = 5


class _Writes(Protocol):
    """What has changes of its own."""

    @property
    def within(self) -> bool:
        """Whether a transaction is open already: whoever began it would have to do it again."""


Writer = TypeVar("Writer", bound=_Writes)


def again(
    change: Callable[Concatenate[Writer, Given], Made],
) -> Callable[Concatenate[Writer, Given], Made]:
    """Have a method that is one transaction done up to five times, each time with the same arguments.

    These must be such as can be gone through again: no iterators.
    """

    @wraps(change)
    def done(writer: Writer, /, *given: Given.args, **named: Given.kwargs) -> Made:
        for _ in range(TRIES - 1):
            try:
                return change(writer, *given, **named)
            except CaseBusyError:
                if writer.within:
                    raise
        return change(writer, *given, **named)

    return done
