"""Draw what the origins say of one population over time: readings come in, one SVG goes out.

Planned and actual differ in shape and in color, superseded figures are pale, bounds are lines. The colors are variables
of the page's style, so that they follow light, dark and print.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import vl_convert

from tallystick.model.claim import Status
from tallystick.model.estimate import Estimate, Reading
from tallystick.model.quantity import Bound, Number
from tallystick.reporting.wording import bounded, legible

__all__ = ["Drawn", "chart"]

# One point shows no course.
FEWEST = 2
WIDTH, HEIGHT = 800, 210
FONT = "'Source Sans 3', 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
# Room on the right for the label of the last point.
PADDING = {"left": 4, "right": 130, "top": 4, "bottom": 4}
# Stand-ins that Vega takes for colors; the page's variables take their place.
COLORS = {
    Status.PLANNED: ("#010101", "var(--planned)"),
    Status.ACTUAL: ("#020202", "var(--actual)"),
    Status.POSSIBLE: ("#030303", "var(--possible)"),
    Status.DENIED: ("#040404", "var(--denied)"),
}
INK = ("#050505", "currentColor")
GRID = ("#060606", "var(--line)")
SHAPES = {Status.PLANNED: "square", Status.ACTUAL: "circle", Status.POSSIBLE: "diamond", Status.DENIED: "cross"}
DAY = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
# Vega names its clip paths by number: two charts on one page would share them.
NAMED = re.compile(r'(id="|url\(#|href="#)(clip|gradient)')
LONGEST_LABEL = 40
# Vega names months and days without their year: below these spans in years a tick names the day, then the month.
SPELL_DAYS, SPELL_MONTHS = 0.25, 3.0


class Drawn(NamedTuple):
    """A chart and what it shows in one sentence, for those who cannot see it."""

    svg: str
    description: str


class _Point(NamedTuple):
    date: str
    status: Status
    reading: Reading


def chart(estimates: Sequence[Estimate], name: str) -> Drawn | None:
    """Draw the dated readings of the estimates of one population, or None where there are fewer than two.

    Args:
        estimates: Of one population, one for each status and measure.
        name: Unique on the page: ids inside the SVG begin with it.
    """
    points = [
        _Point(match.group(), estimate.status, reading)
        for estimate in estimates
        for reading in estimate.readings
        if (match := DAY.match(reading.date or "")) is not None
        and (reading.low is not None or reading.high is not None)
    ]
    if len(points) < FEWEST or len({point.date for point in points}) < FEWEST:
        return None
    svg = vl_convert.vegalite_to_svg(_spec(points), vl_version="5.20")
    return Drawn(_themed(svg, name), _described(points))


def _spec(points: Iterable[_Point]) -> dict[str, object]:
    """The Vega-Lite specification."""
    rows = [_row(point) for point in points]
    statuses = [status for status in Status if any(row["status"] == status.value for row in rows)]
    names = [status.value for status in statuses]
    color = {"field": "status", "type": "nominal", "legend": {"title": None, "orient": "top", "symbolSize": 90},
             "scale": {"domain": names, "range": [COLORS[status][0] for status in statuses]}}  # fmt: skip
    shape = {"field": "status", "type": "nominal",
             "scale": {"domain": names, "range": [SHAPES[status] for status in statuses]}}  # fmt: skip
    time = {"field": "date", "type": "temporal", "scale": {"type": "utc", "nice": True},
            "axis": {"title": None, "grid": False, "labelOverlap": True, "tickCount": 6,
                     "format": _ticks([str(row["date"]) for row in rows])}}  # fmt: skip
    value = {"type": "quantitative", "axis": {"title": None, "format": ",.0f", "tickCount": 5}, "scale": {"zero": True}}
    opacity = {"condition": {"test": "datum.superseded", "value": 0.35}, "value": 1}
    lines = {"mark": {"type": "rule", "strokeWidth": 2}, "transform": [{"filter": "datum.low !== datum.high"}],
             "encoding": {"x": time, "y": value | {"field": "low"}, "y2": {"field": "high"}, "color": color,
                          "opacity": opacity}}  # fmt: skip
    marks = {"mark": {"type": "point", "filled": True, "size": 90},
             "encoding": {"x": time, "y": value | {"field": "value"}, "color": color, "shape": shape,
                          "opacity": opacity}}  # fmt: skip
    labels = {"mark": {"type": "text", "align": "left", "dx": 9, "dy": -6, "fontSize": 11},
              "encoding": {"x": time, "y": value | {"field": "value"},
                           "text": {"field": "label", "type": "nominal"}}}  # fmt: skip
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": WIDTH, "height": HEIGHT, "background": None, "padding": PADDING,
        "data": {"values": rows},
        "layer": [lines, marks, labels],
        "config": {
            "font": FONT, "view": {"stroke": None},
            "axis": {"labelColor": INK[0], "domainColor": GRID[0], "tickColor": GRID[0], "gridColor": GRID[0],
                     "labelFontSize": 11},
            "legend": {"labelColor": INK[0], "labelFontSize": 12}, "text": {"color": INK[0]},
        },
    }  # fmt: skip


def _row(point: _Point) -> dict[str, object]:
    """One reading as a row of the chart's data."""
    reading = point.reading
    known = [float(end) for end in (reading.low, reading.high) if end is not None]
    value = sum(known) / len(known)
    who = legible(reading.speaker or "unnamed").replace("\n", " ")
    return {
        "date": point.date, "status": point.status.value, "value": value, "superseded": reading.superseded,
        "low": _end(reading.low, value), "high": _end(reading.high, value),
        "label": who if len(who) <= LONGEST_LABEL else who[: LONGEST_LABEL - 1] + "…",
        "bound": Bound(reading.bound).value,
    }  # fmt: skip


def _ticks(dates: Sequence[str]) -> str:
    """How the dates below the chart are written, each with its year."""
    first, last = (_years(date) for date in (min(dates), max(dates)))
    if last - first < SPELL_DAYS:
        return "%-d %b %Y"
    return "%b %Y" if last - first < SPELL_MONTHS else "%Y"


def _years(date: str) -> float:
    """A date as a number of years, near enough to choose a format."""
    year, month, day = (*(int(part) for part in date.split("-")), 1, 1)[:3]
    return year + (month - 1) / 12 + (day - 1) / 365


def _end(value: Number | None, other: float) -> float:
    return other if value is None else float(value)


def _themed(svg: str, name: str) -> str:
    """Put the page's colors in, and make ids unique on the page; the page itself labels the picture."""
    for stand_in, variable in (*COLORS.values(), INK, GRID):
        svg = svg.replace(f'"{stand_in}"', f'"{variable}"')
    svg = NAMED.sub(rf"\g<1>{name}-\g<2>", svg)
    return svg.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)


def _described(points: Sequence[_Point]) -> str:
    """The chart in words."""
    told = [
        f"{point.date} {point.reading.speaker or 'unnamed'}, {point.status.value}:"
        f" {bounded(point.reading.low, point.reading.high, point.reading.bound)}"
        for point in sorted(points, key=lambda point: (point.date, point.reading.origin))
    ]
    return legible("Figures over time. " + "; ".join(told) + ".")
