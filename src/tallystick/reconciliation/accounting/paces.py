"""Rates over time make totals: books come in, a conflict for every rate, time and total that do not fit goes out."""

from collections.abc import Iterator

from tallystick.model.estimate import ConflictKind
from tallystick.reconciliation.accounting.books import Books, Remark, contradiction, figure, source
from tallystick.reconciliation.intervals import Interval, number, stated, written
from tallystick.values.rates import Paced, paced
from tallystick.values.sums import loose, term

__all__ = ["paces"]


def paces(books: Books) -> Iterator[Remark]:
    """Yield what is wrong where one voice gives rate, duration and total in one sentence."""
    for sentence in books.sentences:
        for found in paced(sentence):
            one, other = books.entry(found.rate), books.entry(found.total)
            if one.voice != other.voice or one.claim.status is not other.claim.status:
                continue
            low, high = loose(term(found.rate))
            reached = Interval(low * found.times[0], high * found.times[1])
            if not reached.meets(Interval(*loose(term(found.total)))):
                yield from _told(books, found)


def _told(books: Books, found: Paced) -> Iterator[Remark]:
    entries = books.entry(found.rate), books.entry(found.total)
    rate, (least, most) = stated(found.rate), found.times
    product = Interval(float(round(rate.low * least)), float(round(rate.high * most)))
    times = f"{number(least):,}" if least == most else f"{least:,.4g} to {most:,.4g}"
    arithmetic = f"{written(rate)} a {found.per} x {times} = {written(product)}, not {written(stated(found.total))}"
    reason = (
        f"{source(entries[0])} gives {figure(found.rate)} a {found.per}, {found.duration} and {figure(found.total)}"
    )
    conflict = contradiction(ConflictKind.RATE, reason, arithmetic, entries)
    yield Remark(books.line(found.total), conflict.reason, conflict)
    if books.line(found.rate) != books.line(found.total):
        yield Remark(books.line(found.rate), conflict.reason)
