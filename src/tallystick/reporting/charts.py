"""Draw what is known of one population over time: estimates come in, one SVG goes out.

Each reading stands at the day on which it became known; planned and actual differ in shape and in color, superseded
figures are pale, bounds are lines, figures in a conflict are ringed. Behind them lies each estimate's range, with its
best figure as a line. The colors are variables of the page's style, so that they follow light, dark and print.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import vl_convert

from tallystick.model.claim import Status
from tallystick.model.estimate import Estimate, Reading
from tallystick.model.quantity import Bound, Number
from tallystick.reporting.wording import bounded, figure, legible, span

__all__ = ["PRINTED", "Drawn", "chart", "drawable"]

# One point shows no course; more of them than this cover one another.
FEWEST, MOST = 2, 60
WIDTH, HEIGHT = 800, 210
# Width on paper: with the labels beside it a chart fills a page of A4, and its letters stay those of a small print.
PRINTED = 430
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
ALARM = ("#070707", "var(--denied)")
SHAPES = {Status.PLANNED: "square", Status.ACTUAL: "circle", Status.POSSIBLE: "diamond", Status.DENIED: "cross"}
DAY = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
# Vega names its clip paths by number: two charts on one page would share them.
NAMED = re.compile(r'(id="|url\(#|href="#)(clip|gradient)')
LONGEST_LABEL = 40
# Pixels that a label of usual length takes, with the word on the estimate below it.
LABEL_WIDTH, LABEL_HEIGHT = 120, 13
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
    disputed: bool


def drawable(estimates: Iterable[Estimate]) -> bool:
    """Tell whether the readings of `estimates` have enough days for a course."""
    return len({day for estimate in estimates for reading in estimate.readings if (day := _day(reading))}) >= FEWEST


def chart(estimates: Sequence[Estimate], name: str, width: int = WIDTH) -> Drawn | None:
    """Draw the dated readings of the estimates of one population, or None where there are fewer than two.

    Args:
        estimates: Of one population, one for each status and measure.
        name: Unique on the page: ids inside the SVG begin with it.
        width: Of the chart in pixels, without the labels beside it.
    """
    points = [point for estimate in estimates for point in _points(estimate)]
    if len({point.date for point in points}) < FEWEST:
        return None
    shown = set(sorted(range(len(points)), key=lambda at: _rank(points[at]))[:MOST])
    points = [point for at, point in enumerate(points) if at in shown]
    svg = vl_convert.vegalite_to_svg(_spec(points, [_band(one) for one in estimates], width), vl_version="5.20")
    return Drawn(_themed(svg, name), _described(points, estimates))


def _points(estimate: Estimate) -> Iterator[_Point]:
    """The readings that have a day and a figure."""
    origins = {origin for conflict in estimate.conflicts for origin in conflict.origins}
    claims = {claim for conflict in estimate.conflicts for claim in conflict.claims}
    for reading in estimate.readings:
        day = _day(reading)
        if day is not None:
            # A conflict that names its figures means these; one that does not, all of its origins.
            disputed = not claims.isdisjoint(reading.claims) if claims else reading.origin in origins
            yield _Point(day, estimate.status, reading, disputed)


def _day(reading: Reading) -> str | None:
    """The day on which a reading became known, failing that of its statement; None where it has no figure either."""
    if reading.low is None and reading.high is None:
        return None
    match = DAY.match(reading.known or "") or DAY.match(reading.date or "")
    return match.group() if match is not None else None


def _rank(point: _Point) -> tuple[bool, int, str, str]:
    """The key that puts the points first that matter most."""
    return point.reading.superseded, -point.reading.reports, point.date, point.reading.origin


def _band(estimate: Estimate) -> dict[str, object]:
    """The range of an estimate from its first to its last reading, as a row of the chart's data."""
    days = sorted(day for reading in estimate.readings if (day := _day(reading)))
    low, high = (float(end) if end is not None else None for end in (estimate.low, estimate.high))
    best = None if estimate.best is None else float(estimate.best)
    told = "last known" if estimate.stale else "best" if best is not None else "range, no best"
    return {
        "status": estimate.status.value, "from": days[0] if days else None, "to": days[-1] if days else None,
        "low": low, "high": high, "best": best, "stale": estimate.stale, "told": told,
    }  # fmt: skip


def _spec(points: Iterable[_Point], bands: Iterable[dict[str, object]], width: int) -> dict[str, object]:
    """The Vega-Lite specification."""
    rows = _spaced([_row(point) for point in points], width)
    statuses = [status for status in Status if any(row["status"] == status.value for row in rows)]
    names = [status.value for status in statuses]
    color = {"field": "status", "type": "nominal",
             "legend": {"title": None, "orient": "top", "symbolSize": 90, "symbolOpacity": 1},
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
    rings = {"mark": {"type": "point", "shape": "circle", "filled": False, "size": 330, "stroke": ALARM[0],
                      "strokeWidth": 1.6},
             "transform": [{"filter": "datum.disputed"}],
             "encoding": {"x": time, "y": value | {"field": "value"}}}  # fmt: skip
    labels = {"mark": {"type": "text", "align": "left", "dx": 9, "dy": -6, "fontSize": 11},
              "encoding": {"x": time, "y": value | {"field": "value"},
                           "text": {"field": "label", "type": "nominal"}}}  # fmt: skip
    held = [band for band in bands if band["from"] is not None and band["status"] in names]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": width, "height": HEIGHT, "background": None, "padding": PADDING,
        "data": {"values": rows},
        "layer": [*_ranges(held, time, value, color), lines, marks, rings, labels],
        "config": {
            "font": FONT, "view": {"stroke": None},
            "axis": {"labelColor": INK[0], "domainColor": GRID[0], "tickColor": GRID[0], "gridColor": GRID[0],
                     "labelFontSize": 11},
            "legend": {"labelColor": INK[0], "labelFontSize": 12}, "text": {"color": INK[0]},
        },
    }  # fmt: skip


def _ranges(
    held: Sequence[Mapping[str, object]],
    time: Mapping[str, object],
    value: Mapping[str, object],
    color: Mapping[str, object],
) -> list[dict[str, object]]:
    """The layers of ranges and best figures, behind everything else; none where nothing spans time."""
    if not held:
        return []
    ends = {"x": {**time, "field": "from"}, "x2": {"field": "to"}}
    wide = {"mark": {"type": "rect", "opacity": 0.12},
            "transform": [{"filter": "datum.from !== datum.to && isValid(datum.low) && isValid(datum.high)"}],
            "encoding": ends | {"y": {**value, "field": "low"}, "y2": {"field": "high"}, "color": color}}  # fmt: skip
    narrow = {"mark": {"type": "rule", "opacity": 0.22, "strokeWidth": 14},
              "transform": [{"filter": "datum.from === datum.to && isValid(datum.low) && isValid(datum.high)"}],
              "encoding": {"x": ends["x"], "y": {**value, "field": "low"}, "y2": {"field": "high"},
                           "color": color}}  # fmt: skip
    fresh = {"mark": {"type": "rule", "strokeWidth": 1.4, "opacity": 0.8},
             "transform": [{"filter": "datum.best !== null && !datum.stale"}],
             "encoding": ends | {"y": {**value, "field": "best"}, "color": color}}  # fmt: skip
    stale = {"mark": {"type": "rule", "strokeWidth": 1.4, "opacity": 0.6, "strokeDash": [3, 3]},
             "transform": [{"filter": "datum.best !== null && datum.stale"}],
             "encoding": ends | {"y": {**value, "field": "best"}, "color": {"value": GRID[0]}}}  # fmt: skip
    told = {"mark": {"type": "text", "align": "left", "dx": 9, "dy": 10, "fontSize": 11, "fontStyle": "italic"},
            "transform": [{"calculate": "datum.best !== null ? datum.best : datum.high", "as": "at"},
                          {"filter": "datum.from !== datum.to && isValid(datum.at)"}],
            "encoding": {"x": {**time, "field": "to"}, "y": {**value, "field": "at"},
                         "text": {"field": "told", "type": "nominal"}}}  # fmt: skip
    return [{"data": {"values": held}, "layer": [wide, narrow, fresh, stale, told]}]


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
        "bound": Bound(reading.bound).value, "disputed": point.disputed,
    }  # fmt: skip


def _spaced(rows: Sequence[dict[str, object]], width: int) -> list[dict[str, object]]:
    """The rows with the labels of those left out that would stand on another label; the later one stays."""
    first, last = (_years(str(end(str(row["date"]) for row in rows))) for end in (min, max))
    highest = max(float(str(row["high"])) for row in rows) or 1.0
    kept: list[tuple[float, float]] = []
    spaced = []
    for row in sorted(rows, key=lambda row: (str(row["date"]), str(row["label"])), reverse=True):
        x = width * (_years(str(row["date"])) - first) / ((last - first) or 1.0)
        y = HEIGHT * float(str(row["value"])) / highest
        free = all(abs(x - other) > LABEL_WIDTH or abs(y - level) > LABEL_HEIGHT for other, level in kept)
        if free:
            kept.append((x, y))
        spaced.append(row if free else row | {"label": ""})
    return spaced[::-1]


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
    for stand_in, variable in (*COLORS.values(), INK, GRID, ALARM):
        svg = svg.replace(f'"{stand_in}"', f'"{variable}"')
    svg = NAMED.sub(rf"\g<1>{name}-\g<2>", svg)
    return svg.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)


def _described(points: Sequence[_Point], estimates: Iterable[Estimate]) -> str:
    """The chart in words."""
    told = [
        f"{point.date} {point.reading.speaker or 'unnamed'}, {point.status.value}:"
        f" {bounded(point.reading.low, point.reading.high, point.reading.bound)}{_remark(point)}"
        for point in sorted(points, key=lambda point: (point.date, point.reading.origin))
    ]
    results = [
        f"{estimate.status.value}: {'last known, ' if estimate.stale else ''}"
        f"{'no best' if estimate.best is None else f'best {figure(estimate.best)}'},"
        f" range {span(estimate.low, estimate.high)}"
        for estimate in estimates
    ]
    return legible(f"Figures over time. {'; '.join(told)}. Estimates: {'; '.join(results)}.")


def _remark(point: _Point) -> str:
    superseded = " (superseded)" if point.reading.superseded else ""
    return superseded + (" (in conflict)" if point.disputed else "")
