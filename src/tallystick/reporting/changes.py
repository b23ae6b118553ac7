"""What became different between two states of a case: new reports, estimates that moved, flags that came or went.

Two ledgers come in; `Change` records go out in the order in which the later one lists them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from tallystick.model.document import Document
from tallystick.model.estimate import Estimate
from tallystick.model.ledger import Ledger
from tallystick.model.quantity import Number

__all__ = ["Change", "ChangeKind", "Range", "changes"]


class ChangeKind(StrEnum):
    """What became different."""

    REPORT = "report"  # came in
    ESTIMATE = "estimate"  # came up, or has another figure than before
    ESTIMATE_GONE = "estimate_gone"
    FLAG = "flag"  # came up
    FLAG_GONE = "flag_gone"


@dataclass(frozen=True, slots=True)
class Range:
    """The figure of an estimate: its best value, or None, and the ends of its range, None where they are open."""

    best: Number | None
    low: Number | None
    high: Number | None


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that became different.

    Attributes:
        kind: What.
        id: Id of the document, estimate or flag.
        label: A line for a reader.
        before: The estimate's figure in the earlier state; None where it was not there, and of what is no estimate.
        after: The same in the later state.
    """

    kind: ChangeKind
    id: str
    label: str
    before: Range | None = None
    after: Range | None = None


def changes(before: Ledger, after: Ledger) -> tuple[Change, ...]:
    """Give what differs between `before` and `after`: reports first, then estimates, then flags."""
    return (*_reports(before, after), *_estimates(before, after), *_flags(before, after))


def _reports(before: Ledger, after: Ledger) -> Iterator[Change]:
    known = {document.id for document in before.documents}
    for document in after.documents:
        if document.id not in known:
            yield Change(ChangeKind.REPORT, document.id, _report(document))


def _estimates(before: Ledger, after: Ledger) -> Iterator[Change]:
    known = {estimate.id: estimate for estimate in before.estimates}
    for estimate in after.estimates:
        earlier = known.pop(estimate.id, None)
        was, now = None if earlier is None else _range(earlier), _range(estimate)
        if was != now:
            yield Change(ChangeKind.ESTIMATE, estimate.id, _line(estimate), was, now)
    for estimate in known.values():
        yield Change(ChangeKind.ESTIMATE_GONE, estimate.id, _line(estimate), _range(estimate))


def _flags(before: Ledger, after: Ledger) -> Iterator[Change]:
    known = {flag.id: flag for flag in before.flags}
    for flag in after.flags:
        if known.pop(flag.id, None) is None:
            yield Change(ChangeKind.FLAG, flag.id, f"{flag.code}: {flag.reason}")
    for flag in known.values():
        yield Change(ChangeKind.FLAG_GONE, flag.id, f"{flag.code}: {flag.reason}")


def _report(document: Document) -> str:
    """A report in one line: title, outlet and date, address or name."""
    title = document.title or document.text.lstrip().partition("\n")[0][:80]
    known = ", ".join(part for part in (document.outlet, document.published) if part)
    return f"{title} ({known}) {document.url or document.name}" if known else f"{title} {document.url or document.name}"


def _line(estimate: Estimate) -> str:
    """An estimate in one line: whom it counts, its status, measure and time."""
    parts = (str(estimate.status), estimate.measure and str(estimate.measure), estimate.when)
    return f"{estimate.population.label} ({', '.join(part for part in parts if part)})"


def _range(estimate: Estimate) -> Range:
    return Range(estimate.best, estimate.low, estimate.high)
