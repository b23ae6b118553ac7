"""Write reporting/maps/outlines.json: the outlines of land and of countries, and where the middle of each country is.

Takes countries-50m.json of the npm package world-atlas 2.0.2 (TopoJSON made of Natural Earth, 1:50 million); gives
paths on the sheet of the map, simplified, and for each country a point well inside its largest part. Run it after a
new release of that package:

    npm pack world-atlas@2.0.2 && tar -xzf world-atlas-2.0.2.tgz package/countries-50m.json
    python scripts/build_outlines.py package/countries-50m.json
"""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pycountry

from tallystick.reporting.maps.projecting import project

__all__ = ["outlines"]

TARGET = Path(__file__).resolve().parent.parent / "src" / "tallystick" / "workbench" / "map" / "outlines.json"
SOURCE = "world-atlas 2.0.2 (ISC license), made of Natural Earth 1:50m (public domain)"
# Units of the sheet by which a line may leave the true one: less than a pixel where a region fills the window.
TOLERANCE = 1.4
# Square units of the smallest island that is drawn; smaller ones have no breadth on any window.
SMALLEST = 30.0
# Points tried across a country for the one furthest from its edge.
TRIED = 24
# Latitude south of which nothing is drawn: the edge of the sheet.
SOUTH = -58.0
HALF = 180.0
# Shapes that Natural Earth gives no number of ISO 3166-1.
UNNUMBERED = {"Kosovo": "XK"}

Point = tuple[float, float]
Middle = list[float | str]


def outlines(topology: dict[str, Any]) -> dict[str, Any]:
    """Give land, borders and the middles of countries.

    Args:
        topology: The parsed TopoJSON.

    Returns:
        `source`; `land` and `borders`, paths of SVG in units of the sheet; `middles`, longitude, latitude and
        name by ISO 3166-1 alpha-2 code.
    """
    arcs = list(_arcs(topology))
    countries = topology["objects"]["countries"]["geometries"]
    lines = [_simplified(_unwound(arc)) for arc in arcs]
    used = Counter(at if at >= 0 else ~at for country in countries for ring in _rings(country) for at in ring)
    land = [ring for one in topology["objects"]["land"]["geometries"] for ring in _rings(one)]
    shapes = [shape for ring in land for shape in _cut(_joined(lines, ring))]
    return {
        "source": SOURCE,
        "land": "".join(_path(shape, closed=True) for shape in shapes if _is_drawn(shape)),
        # What two countries share; what only one has is its coast.
        "borders": "".join(_path(lines[at], closed=False) for at, count in sorted(used.items()) if count > 1),
        "middles": dict(sorted(_middles(countries, arcs))),
    }


def _arcs(topology: dict[str, Any]) -> Iterator[list[Point]]:
    """Each arc in degrees: the first point, then differences, in steps of the grid."""
    (wide, high), (left, low) = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step in arc:
            x, y = x + step[0], y + step[1]
            points.append((x * wide + left, y * high + low))
        yield points


def _rings(geometry: dict[str, Any]) -> Iterator[list[int]]:
    """The rings of a geometry as numbers of arcs; ~n is arc n backwards."""
    if geometry["type"] == "Polygon":
        yield from geometry["arcs"]
    elif geometry["type"] == "MultiPolygon":
        for polygon in geometry["arcs"]:
            yield from polygon


def _joined(lines: Sequence[Sequence[Point]], ring: Iterable[int]) -> list[Point]:
    """A ring in degrees that runs on where it crosses the line of dates."""
    found: list[Point] = []
    for at in ring:
        line = lines[at] if at >= 0 else lines[~at][::-1]
        found.extend(line[1:] if found else line)
    return _unwound(found)


def _unwound(line: Sequence[Point]) -> list[Point]:
    """A line without leaps from one edge of the world to the other: its longitudes go beyond 180 instead."""
    turns, before = 0.0, line[0][0]
    found = []
    for longitude, latitude in line:
        if abs(longitude - before) > HALF:
            turns += 2 * HALF if longitude < before else -2 * HALF
        before = longitude
        found.append((longitude + turns, latitude))
    return found


def _cut(ring: Sequence[Point]) -> Iterator[list[Point]]:
    """The parts of a ring that stand on the sheet, each at its own edge."""
    for turn in (-2 * HALF, 0.0, 2 * HALF):
        part: list[Point] = [(longitude + turn, latitude) for longitude, latitude in ring]
        for side in (1, -1):
            part = _clipped(part, side)
        if part:
            yield part


def _clipped(ring: Sequence[Point], side: int) -> list[Point]:
    """What of a ring is west of 180 degrees, or with side -1 east of -180 (Sutherland and Hodgman)."""
    found: list[Point] = []
    for (x0, y0), (x1, y1) in pairwise((*ring, *ring[:1])):
        here, there = x0 * side <= HALF, x1 * side <= HALF
        if here:
            found.append((x0, y0))
        if here != there:
            found.append((HALF * side, y0 + (y1 - y0) * (HALF * side - x0) / (x1 - x0)))
    return found


def _is_drawn(ring: Sequence[Point]) -> bool:
    south = all(latitude < SOUTH for _, latitude in ring)
    return not south and abs(_area([project(*point) for point in ring])) >= SMALLEST


def _simplified(degrees: list[Point]) -> list[Point]:
    """The line with fewer points (Douglas and Peucker); its ends stay, so that lines still meet."""
    line = [project(*point) for point in degrees]
    kept = {0, len(line) - 1}
    waiting = [(0, len(line) - 1)]
    while waiting:
        first, last = waiting.pop()
        far, at = 0.0, first
        for between in range(first + 1, last):
            away = _distance(line[between], line[first], line[last])
            if away > far:
                far, at = away, between
        if far > TOLERANCE:
            kept.add(at)
            waiting += [(first, at), (at, last)]
    return [degrees[at] for at in sorted(kept)]


def _distance(point: Point, first: Point, last: Point) -> float:
    """How far a point is from a stretch."""
    (x, y), (x0, y0), (x1, y1) = point, first, last
    long = (x1 - x0) ** 2 + (y1 - y0) ** 2
    part = 0.0 if long == 0 else max(0.0, min(1.0, ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / long))
    return float(((x - x0 - part * (x1 - x0)) ** 2 + (y - y0 - part * (y1 - y0)) ** 2) ** 0.5)


def _area(ring: Sequence[Point]) -> float:
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairwise((*ring, ring[0]))) / 2


def _path(line: Iterable[Point], *, closed: bool) -> str:
    """A path in whole units of the sheet, each point by its difference from the one before."""
    at: tuple[int, int] | None = None
    pieces: list[str] = []
    for degrees in line:
        x, y = project(*degrees)
        point = round(x), round(y)
        if at is None:
            pieces.append(f"M{point[0]} {point[1]}l")
        elif point != at:
            across, down = point[0] - at[0], point[1] - at[1]
            gap = "" if across < 0 or pieces[-1].endswith("l") else " "
            pieces.append(f"{gap}{across}{'' if down < 0 else ' '}{down}")
        at = point
    if len(pieces) < (3 if closed else 2):
        return ""
    return "".join(pieces) + ("z" if closed else "")


def _middles(countries: Iterable[dict[str, Any]], arcs: Sequence[Sequence[Point]]) -> Iterator[tuple[str, Middle]]:
    """For each country a point of its largest part that is far from its edge, and its name in English."""
    for country in countries:
        code = _code(country)
        rings = [_joined(arcs, ring) for ring in _rings(country)]
        if code is not None and rings:
            longitude, latitude = _inside(max(rings, key=lambda ring: abs(_area(ring))))
            east = (longitude + HALF) % (2 * HALF) - HALF
            yield code, [round(east, 2), round(latitude, 2), country["properties"]["name"]]


def _code(country: dict[str, Any]) -> str | None:
    if "id" in country:
        found = pycountry.countries.get(numeric=country["id"])
        return None if found is None else str(found.alpha_2)
    return UNNUMBERED.get(country["properties"]["name"])


def _inside(ring: Sequence[Point]) -> Point:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    best, far = (sum(xs) / len(xs), sum(ys) / len(ys)), -1.0
    # A few hundred points of a long coast are enough to keep away from it.
    edge = list(pairwise(ring[:: max(1, len(ring) // 400)]))
    for across in range(1, TRIED):
        for up in range(1, TRIED):
            point = min(xs) + (max(xs) - min(xs)) * across / TRIED, min(ys) + (max(ys) - min(ys)) * up / TRIED
            if _holds(ring, point):
                away = min(_distance(point, one, other) for one, other in edge)
                if away > far:
                    best, far = point, away
    return best


def _holds(ring: Sequence[Point], point: Point) -> bool:
    """Whether a point is inside: a line to the right crosses the edge an odd number of times."""
    x, y = point
    crossed = False
    for (x0, y0), (x1, y1) in pairwise((*ring, ring[0])):
        if (y0 > y) != (y1 > y) and x < (x1 - x0) * (y - y0) / (y1 - y0) + x0:
            crossed = not crossed
    return crossed


if __name__ == "__main__":
    made = outlines(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    TARGET.write_text(json.dumps(made, indent=0, sort_keys=True) + "\n", encoding="utf-8")
    print(f"{TARGET}: {TARGET.stat().st_size} bytes, {len(made['middles'])} countries")
