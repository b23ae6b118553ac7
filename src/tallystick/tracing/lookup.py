"""Tellings by what must agree anyway, so that only few are compared: number, unit, kind, a further key, and time.

Tellings go in one by one in their order; those that can be the same figure as another one come out.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from enum import IntEnum

from tallystick.model.quantity import Number
from tallystick.tracing.likeness import CLOSE, FREQUENT, FREQUENT_DAYS, SMALL, STATEMENT_LIFE, Likeness
from tallystick.tracing.tellings import Telling
from tallystick.tracing.voices import VoiceKind
from tallystick.values.periods import Period

__all__ = ["Index", "published", "said"]

# Populations and statuses of one number, speaker or place, and time that are kept for comparison. A place in the news
# has a handful; what has more is made up.
KEPT = 64
# A span of more drawers than this is as good as no date.
WIDEST = 4

Days = Callable[[Telling], Period | None]


class _Drawer(IntEnum):
    """How a drawer is numbered."""

    TIME = 0
    UNDATED = 1
    ANY = 2
    REPORT = 3
    EVENT = 4


Drawer = tuple[_Drawer, int]
Alike = dict[tuple[object, ...], list[Telling]]


def said(telling: Telling) -> Period | None:
    """Give the days on which a telling was said."""
    return telling.said


def published(telling: Telling) -> Period | None:
    """Give the day on which the report of a telling was published."""
    day = telling.report.day
    return None if day is None else Period(day, day)


class Index:
    """Tellings by unit, number, category, a further key and time.

    A look-up gives those whose days are not further off than equal figures can be one: a few days for small figures, a
    month for frequent ones, a year for others. Of those that compare the same it keeps the first and the latest.
    """

    def __init__(self, likeness: Likeness, days: Days | None, *, small: int = CLOSE) -> None:
        """Start empty.

        Args:
            likeness: Knows which categories are related.
            days: Gives the time of a telling; None where the further key stands for it.
            small: Days within which small figures can be one.
        """
        self._held: defaultdict[tuple[str, Number, str], defaultdict[tuple[str, Drawer], Alike]] = defaultdict(_chest)
        self._likeness = likeness
        self._days = days
        self._small = small

    def add(self, telling: Telling, key: str) -> None:
        """Keep `telling` under `key`; tellings are added in their order."""
        claim = telling.claim
        alike = (
            claim.status, claim.origin, claim.bound, telling.seat.words, telling.happened,
            telling.voice and telling.voice.key,
        )  # fmt: skip
        for value in telling.values:
            chest = self._held[claim.unit, value, key]
            for drawer in self._own(telling, value):
                held = chest[claim.category, drawer]
                if alike in held:
                    held[alike][1:] = [telling]
                elif len(held) < KEPT:
                    held[alike] = [telling]

    def like(self, telling: Telling, key: str) -> Iterator[Telling]:
        """Yield those under `key` with a number, the unit and a related category of `telling`, some of them twice."""
        for value in telling.values:
            chest = self._held.get((telling.claim.unit, value, key))
            if chest is None:
                continue
            drawers = self._near(telling, value)
            for category in self._likeness.related(telling.claim.category):
                for drawer in drawers:
                    held = chest.get((category, drawer))
                    if held is not None:
                        for alike in held.values():
                            yield from alike

    def _own(self, telling: Telling, value: Number) -> list[Drawer]:
        """The drawers into which a telling is put."""
        drawers = [(_Drawer.ANY, 0)]
        if self._days is None:
            return drawers
        times = _numbers(self._days(telling), self._width(telling, value))
        drawers.extend((_Drawer.TIME, number) for number in times)
        if not times:
            drawers.append((_Drawer.UNDATED, 0))
        if self._days is said:
            drawers.append((_Drawer.REPORT, telling.report.rank))
            drawers.extend((_Drawer.EVENT, number) for number in _numbers(telling.happened, FREQUENT_DAYS))
        return drawers

    def _near(self, telling: Telling, value: Number) -> list[Drawer]:
        """The drawers in which the tellings lie that can be the same as one."""
        times = range(0) if self._days is None else _numbers(self._days(telling), self._width(telling, value))
        if not times:
            return [(_Drawer.ANY, 0)]
        drawers = [(_Drawer.UNDATED, 0)]
        drawers.extend((_Drawer.TIME, number) for number in range(times.start - 1, times.stop + 1))
        if self._days is said:
            drawers.append((_Drawer.REPORT, telling.report.rank))
            events = _numbers(telling.happened, FREQUENT_DAYS)
            if events:
                drawers.extend((_Drawer.EVENT, number) for number in range(events.start - 1, events.stop + 1))
        return drawers

    def _width(self, telling: Telling, value: Number) -> int:
        """Days within which two equal figures can be one; nameless "officials" are others after a few days."""
        nameless = telling.voice is not None and telling.voice.kind is VoiceKind.ROLE
        if value <= SMALL or (nameless and self._days is said):
            return self._small
        return FREQUENT_DAYS if value <= FREQUENT else STATEMENT_LIFE


def _chest() -> defaultdict[tuple[str, Drawer], Alike]:
    return defaultdict(dict)


def _numbers(period: Period | None, width: int) -> range:
    """The numbers of the drawers of `width` days that a period touches; none where it says too little."""
    if period is None:
        return range(0)
    numbers = range(period.first // width, period.last // width + 1)
    return numbers if len(numbers) <= WIDEST else range(0)
