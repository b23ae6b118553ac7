"""A case as it is, or as it was at a point in time: options come in, what is listed of the case goes out."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from tallystick.cli.messages import say, waiting
from tallystick.cli.operator import operator
from tallystick.inquiry.timeline import When, as_known, kept
from tallystick.model.ledger import Ledger
from tallystick.pipeline import opened
from tallystick.storage.case import Case
from tallystick.storage.stores.address import CaseAddress

__all__ = ["listed"]

Listed = TypeVar("Listed")


def listed(
    case: CaseAddress, purpose: str, as_of: date | None, recorded: date | None, *, now: Callable[[Case], Listed],
    then: Callable[[Ledger], Listed],
) -> Listed:  # fmt: skip
    """Give what a command lists of a case, and note that in its custody log.

    Args:
        case: The case.
        purpose: The command, for the log.
        as_of: Day by whose end a report was published, or None.
        recorded: Day by whose end the case held it, or None.
        now: Takes what is listed out of the case as it is.
        then: Takes it out of the ledger as it was, where a day is given.

    Raises:
        CaseError: Where there is no case, or it cannot be read.
    """
    with opened(case, purpose, by=operator()) as held:
        if as_of is None and recorded is None:
            return now(held)
        taken = kept(held)
        with waiting(f"deriving {purpose} anew from {len(taken.documents):,} reports"):
            ledger = as_known(taken, When(as_of, recorded))
    days = (f"published by {as_of}" if as_of else "", f"held by {recorded}" if recorded else "")
    known = " and ".join(day for day in days if day)
    say(f"{case}: {len(ledger.documents):,} of {len(taken.documents):,} reports {known}")
    return then(ledger)
