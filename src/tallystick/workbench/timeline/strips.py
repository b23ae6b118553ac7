"""The strip of days: counts come in, bars on a scale of time go out, and the spans that one can look into.

Coordinates are pixels of a picture of the given width, which the page scales.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from tallystick.storage.views.timeline import Bucket
from tallystick.values.periods import period

__all__ = [
    "HEIGHT",
    "WIDTH",
    "Column",
    "Scale",
    "Span",
    "Strip",
    "Tick",
    "crumbs",
    "neighbors",
    "scale",
    "spans",
    "strip",
    "width",
]

WIDTH, HEIGHT = 1000, 130
# Pixels between two bars, and the least that one takes.
GAP, THIN = 0.6, 1.2
# Room below for the days.
FOOT = 20
YEAR, MONTH, DAY = 4, 7, 10
# Up to so many days a strip has a bar for each day, up to so many months for each month.
MOST_DAYS, MOST_MONTHS = 400, 144
DAYS_OF_MONTH = 31
MOST_TICKS = 12
# Months from one tick to the next.
STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 600, 12_000)
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Scale(NamedTuple):
    """Days on a line: the first and the last, as ordinals, both inside."""

    first: int
    last: int

    def at(self, day: float) -> float:
        """Where a day begins, in pixels."""
        share = (day - self.first) / (self.last - self.first + 1)
        return round(WIDTH * min(max(share, 0.0), 1.0), 1)


class Column(NamedTuple):
    """The place of a span of time in the strip, and what stands there in words."""

    key: str
    x: float
    width: float
    words: str


class Tick(NamedTuple):
    """A mark below the strip."""

    x: float
    label: str


class Strip(NamedTuple):
    """The picture of a window.

    Attributes:
        columns: The places of its spans.
        first: The bars of what is told first, as the path of an SVG.
        copied: Those of what is repeated, which stand on the former.
        superseded: Those of what was superseded, on top.
        ticks: Marks below.
        highest: Figures in the highest bar.
        words: What it shows, in a sentence.
    """

    columns: tuple[Column, ...]
    first: str
    copied: str
    superseded: str
    ticks: tuple[Tick, ...]
    highest: int
    words: str


class Span(NamedTuple):
    """A span of time that one can look into: the beginning of a date, words for a reader, how many figures."""

    key: str
    label: str
    total: int


def width(day: str, extent: tuple[str, str] | None) -> int:
    """Give by how many code points of a date the figures of a window are put together.

    Args:
        day: The window.
        extent: First and last day of the case.
    """
    if day:
        return DAY
    first, last = (period(end) for end in extent) if extent else (None, None)
    if first is None or last is None or last.last - first.first < MOST_DAYS:
        return DAY
    return MONTH if (last.last - first.first) // DAYS_OF_MONTH < MOST_MONTHS else YEAR


def scale(day: str, extent: tuple[str, str]) -> Scale | None:
    """Give the days of a window: those of the case where it is all time, and of a day those of its month."""
    if day:
        held = period(day[:MONTH])
        return None if held is None else Scale(*held)
    first, last = (period(end) for end in extent)
    return None if first is None or last is None else Scale(first.first, last.last)


def strip(counted: Sequence[Bucket], along: Scale) -> Strip:
    """Draw the counts of spans of time."""
    placed = [(one, held) for one in counted if (held := period(one.key)) is not None]
    highest = max((one.total for one, _ in placed), default=1)
    reach = (HEIGHT - FOOT - 2) / highest
    columns: list[Column] = []
    paths: tuple[list[str], ...] = ([], [], [])
    for one, held in placed:
        left = along.at(held.first)
        wide = round(max(along.at(held.last + 1) - left - GAP, THIN), 1)
        floor = float(HEIGHT - FOOT)
        for path, number in zip(paths, (one.first, one.copied, one.superseded), strict=True):
            if number:
                floor -= number * reach
                path.append(f"M{left} {floor:.1f}h{wide}v{number * reach:.1f}h-{wide}z")
        words = f"{one.first:,} told first, {one.copied:,} repeated, {one.superseded:,} superseded"
        columns.append(Column(one.key, left, wide, f"{_label(one.key)}: {words}"))
    words = (
        f"Figures by day of publication: {sum(one.first for one in counted):,} told first,"
        f" {sum(one.copied for one in counted):,} repeated, {sum(one.superseded for one in counted):,} superseded;"
        f" at most {highest:,} in one bar."
    )
    first, copied, superseded = ("".join(path) for path in paths)
    return Strip(tuple(columns), first, copied, superseded, tuple(_ticks(along)), highest, words)


def _ticks(along: Scale) -> Iterable[Tick]:
    """Days, months or years, as many as can be read."""
    first, last = date.fromordinal(along.first), date.fromordinal(along.last)
    days = along.last - along.first
    if days <= 2 * DAYS_OF_MONTH:
        step = max(1, -(-days // MOST_TICKS))
        for ordinal in range(along.first, along.last + 1, step):
            yield Tick(along.at(ordinal), _label(date.fromordinal(ordinal).isoformat()))
        return
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    step = next(
        one for one in (1, 2, 3, 6, 12, 24, 60, 120, 600, 12_000) if months / one <= MOST_TICKS or one == 12_000
    )
    for number in range(first.year * 12 + first.month - 1, last.year * 12 + last.month, 1):
        day = date(number // 12, number % 12 + 1, 1).toordinal()
        if number % step == 0 and day >= along.first:
            yield Tick(along.at(day), _label(f"{number // 12:04}-{number % 12 + 1:02}", years=step >= 12))


def _label(key: str, *, years: bool = False) -> str:
    """A year, a month or a day for a reader."""
    parts = key.split("-")
    if len(parts) == 1 or years:
        return parts[0]
    month = MONTHS[int(parts[1]) - 1]
    return f"{month} {parts[0]}" if len(parts) == 2 else f"{int(parts[2])} {month} {parts[0]}"


def spans(day: str, counted: Iterable[Bucket]) -> tuple[Span, ...]:
    """Give the spans inside a window that one can look into: its years, months or days."""
    if len(day) >= DAY:
        return ()
    keys = list(counted)
    deeper = {0: YEAR, YEAR: MONTH, MONTH: DAY}[len(day)]
    if not day and len({one.key[:YEAR] for one in keys}) == 1:
        deeper = MONTH
    found: dict[str, int] = {}
    for one in keys:
        if len(one.key) >= deeper:
            found[one.key[:deeper]] = found.get(one.key[:deeper], 0) + one.total
    return tuple(Span(key, _label(key), total) for key, total in found.items() if period(key) is not None)


def crumbs(day: str) -> tuple[Span, ...]:
    """Give the windows that hold this one, the widest first, with this one last."""
    return tuple(
        Span(day[:end], _label(day[:end]), 0) for end in (YEAR, MONTH, DAY) if len(day) >= end
    )  # fmt: skip


def neighbors(day: str) -> tuple[str, str]:
    """Give the window of the same length before and behind this one; "" where there is none."""
    held = period(day)
    if not day or held is None:
        return "", ""
    ends = (held.first - 1, held.last + 1)
    inside = range(date.min.toordinal(), date.max.toordinal() + 1)
    before, behind = (date.fromordinal(end).isoformat()[: len(day)] if end in inside else "" for end in ends)
    return before, behind
