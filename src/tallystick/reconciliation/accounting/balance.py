"""Who is there is who was there, and who came, less who left: books come in, accounts that do not balance go out.

An account is two dated stocks of one population by one voice in one text, with the arrivals and departures between
them. What the voice does not count it does not deny: without departures somebody may have left unseen, so that the
later stock may fall short and only must not exceed; the dead may have been counted or not. Figures are intervals.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from math import inf

from tallystick.model.claim import Aspect, Measure
from tallystick.model.estimate import ConflictKind
from tallystick.reconciliation.accounting.books import PEOPLE, Books, Remark, contradiction, population, source
from tallystick.reconciliation.entries import Entry
from tallystick.reconciliation.intervals import Interval, written
from tallystick.values.periods import Period

__all__ = ["balance"]

DIRECTIONS = {Aspect.ARRIVED: 1, Aspect.RETURNED: -1}
KILLED = "killed"
NOBODY = Interval(0.0, 0.0)
UNCOUNTED = Interval(0.0, inf)


def balance(books: Books) -> Iterator[Remark]:
    """Yield a conflict for every later stock that cannot be, and a step where somebody must have moved uncounted."""
    for entries in books.texts():
        accounts: defaultdict[tuple[str, ...], list[Entry]] = defaultdict(list)
        deaths: defaultdict[tuple[str, ...], list[Entry]] = defaultdict(list)
        for entry in entries:
            if entry.when is None or books.stale(entry):
                continue
            if entry.kind == PEOPLE:
                accounts[entry.claim.category, entry.head, *population(entry)].append(entry)
            elif entry.claim.category == KILLED:
                deaths[population(entry)].append(entry)
        for key, members in accounts.items():
            yield from _account(books, members, deaths.get(key[2:], []))


def _account(books: Books, entries: Sequence[Entry], deaths: Sequence[Entry]) -> Iterator[Remark]:
    """The remarks on one population."""
    stocks = sorted((entry for entry in entries if entry.claim.measure is Measure.STOCK), key=_when)
    flows = _Flows([entry for entry in entries if _moves(entry)])
    dead = _Flows(deaths)
    for at in range(1, len(stocks)):
        before, after = stocks[at - 1], stocks[at]
        first, last = _period(before), _period(after)
        if first.first >= last.first or first.last >= last.last:
            continue
        moved = flows.between(first, last)
        if moved:
            yield from _balanced(books, _Account(before, after, moved, dead.between(first, last)))


class _Flows:
    """Movements in order of their last day, so that each is looked at for one account only."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = sorted(entries, key=_when)
        self._ends = [_period(entry).last for entry in self._entries]

    def between(self, first: Period, last: Period) -> list[Entry]:
        """The movements after one stock and up to another."""
        start, end = bisect_right(self._ends, first.last), bisect_right(self._ends, last.last)
        return [entry for entry in self._entries[start:end] if _period(entry).first >= first.first]


class _Account:
    """Two stocks of one voice with what moved between them."""

    def __init__(self, before: Entry, after: Entry, moved: Sequence[Entry], dead: Sequence[Entry]) -> None:
        self.after = after
        self.held = (before, *moved, *dead, after)
        self._before = before
        self._ways = tuple(tuple(entry for entry in moved if _direction(entry) == way) for way in (1, -1))
        self._dead = tuple(dead)

    def expected(self, uncounted: Interval) -> Interval:
        """What the later stock may be; a movement of which nothing is said is `uncounted`."""
        came, left = (_total(way) if way else uncounted for way in self._ways)
        start = self._before.tolerant
        return Interval(start.low + came.low - left.high - _total(self._dead).high, start.high + came.high - left.low)

    def shown(self) -> str:
        """The sum of the figures as written."""
        came, left = self._ways
        terms = [written(self._before.stated), *(f"+ {written(entry.stated)} came" for entry in came)]
        terms.extend(f"- {written(entry.stated)} left" for entry in left)
        terms.extend(f"- {written(entry.stated)} died" for entry in self._dead)
        start, came_all = self._before.stated, _sum(came)
        gone = _sum((*left, *self._dead))
        reached = Interval(start.low + came_all.low - gone.high, start.high + came_all.high - gone.low)
        return f"{' '.join(terms)} = {written(reached)}"


def _balanced(books: Books, account: _Account) -> Iterator[Remark]:
    """Whether the later stock can be what the earlier one and the movements come to."""
    after = account.after
    home = books.line(after.claim)
    if account.expected(UNCOUNTED).meets(after.tolerant):
        nobody_else = account.expected(NOBODY)
        if not nobody_else.meets(after.tolerant):
            way = "come" if after.tolerant.low > nobody_else.high else "left"
            step = (
                f"{account.shown()}, and {written(after.stated)} are given: others must have {way} meanwhile, whom "
                f"{source(after)} does not count."
            )
            yield Remark(home, step)
        return
    reason = f"{source(after)} gives two stocks and what moved between them, which do not balance"
    arithmetic = f"{account.shown()}, not {written(after.stated)}"
    conflict = contradiction(ConflictKind.BALANCE, reason, arithmetic, account.held)
    yield Remark(home, conflict.reason, conflict)
    for line in dict.fromkeys(books.line(entry.claim) for entry in account.held):
        if line != home:
            yield Remark(line, conflict.reason)


def _moves(entry: Entry) -> bool:
    """Whether an entry counts arrivals or departures."""
    return entry.claim.measure is not Measure.STOCK and entry.claim.aspect in DIRECTIONS


def _direction(entry: Entry) -> int:
    return 0 if entry.claim.aspect is None else DIRECTIONS[entry.claim.aspect]


def _total(entries: Sequence[Entry]) -> Interval:
    """All of them together, with rounding and "about" allowed for."""
    return Interval(sum(entry.tolerant.low for entry in entries), sum(entry.tolerant.high for entry in entries))


def _sum(entries: Sequence[Entry]) -> Interval:
    """All of them together, as written."""
    return Interval(sum(entry.stated.low for entry in entries), sum(entry.stated.high for entry in entries))


def _period(entry: Entry) -> Period:
    return entry.when or Period(0, 0)


def _when(entry: Entry) -> tuple[int, int, int]:
    period = _period(entry)
    return period.last, period.first, entry.claim.start
