"""Pictures of figures over time: readings come in, SVG goes out, drawn by the server.

The large chart takes the renderer a tenth of a second and one at a time, so it is kept, and a page that it is missing
from does not wait for it. The small one is a few lines of our own.
"""

import logging
import threading
from collections import OrderedDict
from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from typing import NamedTuple

from tallystick.model.claim import Status
from tallystick.model.estimate import Estimate, Population, Reading
from tallystick.model.lineage import Independent
from tallystick.model.quantity import Bound
from tallystick.reporting.charts import Drawn, drawable
from tallystick.storage.views.populations import Point
from tallystick.values.periods import period
from tallystick.workbench.overview.renderer import Renderer, RendererError

__all__ = ["Bar", "Charts", "Dot", "Spark", "bar", "spark"]

log = logging.getLogger(__name__)

# Charts that are kept: one is some 15 kB.
MOST = 256
# Pixels of the small pictures.
WIDTH, HEIGHT, EDGE = 120, 28, 4
BAR = 72
# Days on which a single reading is drawn stand in the middle.
FEWEST = 2


class Dot(NamedTuple):
    """One reading in a small picture: its middle and ends in pixels, and whether a later figure replaced it."""

    x: float
    y: float
    top: float
    bottom: float
    superseded: bool


class Spark(NamedTuple):
    """A small picture of figures over time: its dots, the line through those that stand, and the same in words."""

    width: int
    height: int
    dots: tuple[Dot, ...]
    line: str
    words: str


class Bar(NamedTuple):
    """Reports and, inside, independent origins as widths in pixels: surely independent ones, and the most there are."""

    width: int
    reports: float
    low: float
    high: float


def spark(points: Sequence[Point]) -> Spark | None:
    """Draw the readings that have a day and a figure; None where there are fewer than two."""
    placed = []
    for point in points:
        days, ends = period(point.day), [float(end) for end in (point.low, point.high) if end is not None]
        if days is not None and ends:
            placed.append((days.first, min(ends), max(ends), point.superseded))
    if len(placed) < FEWEST:
        return None
    placed.sort()
    first, last = placed[0][0], placed[-1][0]
    highest = max(top for _, _, top, _ in placed) or 1.0

    def across(day: int) -> float:
        share = (day - first) / (last - first) if last > first else 0.5
        return round(EDGE + (WIDTH - 2 * EDGE) * share, 1)

    def down(value: float) -> float:
        return round(HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * value / highest, 1)

    dots = tuple(
        Dot(across(day), down((low + high) / 2), down(high), down(low), gone) for day, low, high, gone in placed
    )
    line = " ".join(f"{dot.x},{dot.y}" for dot in dots if not dot.superseded)
    lowest = min(low for _, low, _, _ in placed)
    words = f"{len(dots)} readings from {_day(first)} to {_day(last)}, between {lowest:,.0f} and {highest:,.0f}"
    return Spark(WIDTH, HEIGHT, dots, line, words)


def _day(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()


def bar(reports: int, independent: Independent, most: int) -> Bar:
    """Draw origins against reports, beside others of which one has the `most` reports."""
    scale = BAR / max(most, 1)
    # Independent origins in a report that quotes two are more than reports.
    shown = max(reports, independent.high)
    return Bar(BAR, round(min(BAR, shown * scale), 1), round(min(BAR, independent.low * scale), 1),
               round(min(BAR, independent.high * scale), 1))  # fmt: skip


class Charts:
    """Large charts that were drawn, by what they show; one for every application."""

    def __init__(self) -> None:
        self._drawn: OrderedDict[str, Drawn | None] = OrderedDict()
        self._lock = threading.Lock()
        self._renderer = Renderer()
        self._warm = threading.Event()

    def held(self, estimates: Sequence[Estimate]) -> tuple[bool, Drawn | None]:
        """Tell whether the chart of these estimates is there already, and give it; None where there is nothing to draw.

        Args:
            estimates: Of one population.
        """
        if not drawable(estimates):
            return True, None
        key = _key(estimates)
        with self._lock:
            if key not in self._drawn:
                return False, None
            self._drawn.move_to_end(key)
            return True, self._drawn[key]

    def draw(self, estimates: Sequence[Estimate]) -> Drawn | None:
        """Give the chart of these estimates, drawn where it is not there; None where there is nothing to draw.

        A chart that could not be drawn is told in the log, and tried again the next time.
        """
        there, found = self.held(estimates)
        if there:
            return found
        key = _key(estimates)
        try:
            drawn = self._renderer.draw(estimates, f"chart-{key[:12]}")
        except RendererError as error:
            log.warning("chart not drawn reason=%s", error)
            return None
        with self._lock:
            self._drawn[key] = drawn
            while len(self._drawn) > MOST:
                self._drawn.popitem(last=False)
        return drawn

    def warm(self) -> None:
        """Start the renderer behind whoever asks, once: its first chart takes more than a second."""
        if not self._warm.is_set():
            self._warm.set()
            threading.Thread(target=self.draw, args=((_sample(),),), daemon=True).start()

    def close(self) -> None:
        """End the renderer."""
        self._renderer.close()


def _key(estimates: Sequence[Estimate]) -> str:
    """What a chart shows, as a digest."""
    shown = [
        (one.status, one.best, one.low, one.high, one.stale, one.readings, one.conflicts) for one in estimates
    ]  # fmt: skip
    return sha256(repr(shown).encode("utf-8", "surrogatepass")).hexdigest()


def _sample() -> Estimate:
    """An estimate that is drawn to start the renderer."""
    readings = tuple(Reading(day, None, day, 1, 1, Bound.EXACT, (), 1) for day in ("2000-01-01", "2000-02-01"))
    return Estimate(
        "sample", Population("sample", None, None, "Sample", "person"), Status.ACTUAL, None, None, 1, 1, 1, 6, readings,
        (), Independent(1, 1), 1, (), None, (), (),
    )  # fmt: skip
