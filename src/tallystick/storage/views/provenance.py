"""Where a report came from: a view comes in, its preserved bytes, its receipt and its entries in the log go out."""

import json
from typing import NamedTuple

import sqlalchemy as sa

from tallystick.model.document import Document
from tallystick.storage import evidence, tables
from tallystick.storage.custody import Action, Entry, entries
from tallystick.storage.journal import Receipt, receipt_of
from tallystick.storage.views.view import View

__all__ = ["MOST_REVIEWS", "Trace", "Trail", "original", "receipt", "trail"]

# Entries about reviews that are shown, the latest ones.
MOST_REVIEWS = 200
# What was done to a report itself; the log calls these by its id.
TO_IT = (Action.READ.value, Action.EXTRACTED.value, Action.TAKEN_OVER.value)


class Trace(NamedTuple):
    """An entry of the custody log.

    Attributes:
        number: Its turn in the log of the whole case.
        time: UTC, ISO 8601.
        actor: Who did it; "" where nobody was named.
        tool: With which program.
        action: What was done.
        told: What else it says, each with its name.
        hash: By which the next entry holds it.
    """

    number: int
    time: str
    actor: str
    tool: str
    action: str
    told: tuple[tuple[str, str], ...]
    hash: str


class Trail(NamedTuple):
    """What the custody log holds of a report.

    Attributes:
        traces: Its entries, in order.
        receipt: How its bytes came; None of a case from before there was a log.
        unshown: How many entries about older reviews are left out.
    """

    traces: tuple[Trace, ...]
    receipt: Receipt | None
    unshown: int


def original(view: View, document: Document) -> bytes:
    """Give the preserved bytes of a report.

    Raises:
        CaseError: Where they are missing or no longer the same.
    """
    return evidence.take(view.files, document.sha256)


def receipt(view: View, document: Document) -> Receipt | None:
    """Give how the bytes of a report came, the first time; None of a case from before there was a log."""
    return next((found for _, found in _receipts(view, document)), None)


def trail(view: View, document: Document) -> Trail:
    """Give what the custody log holds of a report."""
    log = tables.custody.c
    received = list(_receipts(view, document))
    done = entries(view.connection, log.subject == document.id, log.action.in_(TO_IT))
    held = tables.reviews.c
    about = held.document == document.id
    numbers = view.rows(sa.select(held.number).where(about).order_by(held.number.desc()).limit(MOST_REVIEWS))
    total = view.scalar(sa.select(sa.func.count()).select_from(tables.reviews).where(about)) or 0
    subjects = [str(row["number"]) for row in numbers]
    judged = entries(view.connection, log.subject.in_(subjects), log.action == Action.REVIEWED.value)
    found = sorted((*(entry for entry, _ in received), *done, *judged), key=lambda entry: entry.number)
    first = received[0][1] if received else None
    return Trail(tuple(map(_trace, found)), first, total - len(numbers))


def _receipts(view: View, document: Document) -> list[tuple[Entry, Receipt]]:
    """The entries that tell of the receipt of a report: the same bytes may have come as another one too."""
    log = tables.custody.c
    found = entries(view.connection, log.subject == document.sha256, log.action == Action.RECEIVED.value)
    told = ((entry, _came(entry)) for entry in found)
    return [(entry, came) for entry, came in told if came is not None and came.document == document.id]


def _came(entry: Entry) -> Receipt | None:
    """The receipt of an entry; None where somebody has changed it, which `verify` reports."""
    try:
        return receipt_of(entry)
    except (ValueError, KeyError, TypeError):
        return None


def _trace(entry: Entry) -> Trace:
    try:
        held = json.loads(entry.particulars)
    except ValueError:
        held = None
    # An entry that somebody has changed is shown as it is; `verify` reports it.
    told = held if isinstance(held, dict) else {"unreadable": entry.particulars}
    shown = tuple((name, _words(value)) for name, value in told.items() if value is not None)
    return Trace(entry.number, entry.time, entry.actor, entry.tool, entry.action, shown, entry.hash)


def _words(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
