"""The outlines that a map is drawn on: the ones that come with Tallystick, or a file of the user's own in the case.

A file comes in, paths of SVG in units of the sheet go out. What a file of the user's may hold is bounded, and what is
wrong with it is told in one sentence.
"""

import json
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from hashlib import sha256
from importlib.resources import files
from itertools import pairwise
from math import isfinite
from pathlib import Path
from stat import S_ISREG
from typing import NamedTuple

from markupsafe import Markup, escape

from tallystick.reporting.maps.projecting import HEIGHT, WIDTH, project

__all__ = ["OWN", "Middle", "Outlines", "middles", "outlines"]

# Name of the user's file in the folder of a case.
OWN = "outlines.geojson"
# Bytes of it: the countries of Natural Earth 1:10 million have 24 MB; a browser draws a tenth of that at ease.
MOST_BYTES = 8 * 1024 * 1024
MOST_POINTS = 200_000
# Collections within collections.
DEEPEST = 8
LONGEST_ERROR = 200
# What holds other shapes, and where.
COLLECTIONS = {"FeatureCollection": "features", "GeometryCollection": "geometries"}
# Degrees between two neighboring points that no line crosses the sheet for: it goes around the earth the other way.
LEAP = 180.0


class Middle(NamedTuple):
    """Where a country is marked as a whole, and its name in English."""

    longitude: float
    latitude: float
    name: str


class Outlines(NamedTuple):
    """What is drawn below the places.

    Attributes:
        source: Whose outlines these are, for a reader.
        picture: An SVG with the symbols "land" and "borders".
        mark: Digest of the picture, for its address.
        land: The areas, a path in units of the sheet.
        borders: The lines, such a path.
        trouble: What is wrong with the user's file, so that these are the outlines that come with Tallystick; or "".
    """

    source: str
    picture: str
    mark: str
    land: str
    borders: str
    trouble: str = ""


class _BadOutlinesError(Exception):
    """What is wrong with a file, in one sentence."""


def outlines(folder: Path) -> Outlines:
    """Give the user's outlines of a case, or where there are none or they cannot be used, those of Tallystick."""
    path = folder / OWN
    try:
        found = path.stat()
    except OSError:
        return _bundled()
    if not S_ISREG(found.st_mode):
        # A pipe in its place would be waited for.
        return _bundled()._replace(trouble=f"{OWN} is no file")
    return _own(path, found.st_mtime_ns, found.st_size)


def middles() -> dict[str, Middle]:
    """Give where each country is marked, by ISO 3166-1 alpha-2."""
    return _file()[1]


@cache
def _file() -> tuple[dict[str, str], dict[str, Middle]]:
    content = (files("tallystick.reporting.maps") / "outlines.json").read_text(encoding="utf-8")
    held = json.loads(content)
    return (
        {name: str(held[name]) for name in ("source", "land", "borders")},
        {code: Middle(*one) for code, one in held["middles"].items()},
    )


@cache
def _bundled() -> Outlines:
    held = _file()[0]
    return _drawn(held["source"], held["land"], held["borders"])


@lru_cache(4)
def _own(path: Path, _changed: int, size: int) -> Outlines:
    """The user's file as it was last changed."""
    try:
        if size > MOST_BYTES:
            raise _BadOutlinesError(f"has {size:,} bytes; {MOST_BYTES:,} are taken at most, so simplify it")
        areas, lines = _read(path)
    except _BadOutlinesError as error:
        return _bundled()._replace(trouble=f"{OWN} {error}")
    return _drawn(f"{OWN} of this case", areas, lines)


def _drawn(source: str, land: str, borders: str) -> Outlines:
    """The picture; its colors are those of the page that uses it."""
    picture = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"><defs>'
        f'<path id="land" d="{escape(land)}" vector-effect="non-scaling-stroke"/>'
        f'<path id="borders" d="{escape(borders)}" vector-effect="non-scaling-stroke"/></defs></svg>'
    )
    mark = sha256(picture.encode()).hexdigest()[:16]
    return Outlines(source, Markup(picture), mark, land, borders)  # noqa: S704 - escaped above


def _read(path: Path) -> tuple[str, str]:
    """Paths of the areas and of the lines of a GeoJSON file."""
    try:
        with path.open("rb") as opened:
            content = opened.read(MOST_BYTES + 1)
        held = json.loads(content.decode("utf-8-sig"), parse_constant=_refuse)
    except OSError as error:
        raise _BadOutlinesError(f"cannot be read: {error.strerror}") from None
    except RecursionError:
        raise _BadOutlinesError("is nested too deep") from None
    except ValueError as error:
        raise _BadOutlinesError(f"is no JSON: {str(error)[:LONGEST_ERROR]}") from None
    areas: list[str] = []
    lines: list[str] = []
    left = MOST_POINTS
    for closed, points in _shapes(held, 0):
        left -= len(points)
        if left < 0:
            raise _BadOutlinesError(f"has more than {MOST_POINTS:,} points; simplify it")
        (areas if closed else lines).append(_path(points, closed=closed))
    if not areas and not lines:
        raise _BadOutlinesError("holds neither areas nor lines")
    return "".join(areas), "".join(lines)


def _refuse(name: str) -> float:
    raise ValueError(f"{name} is no number")


def _shapes(held: object, depth: int) -> Iterator[tuple[bool, list[tuple[float, float]]]]:
    """Every ring, as closed, and every line of a GeoJSON object, in degrees."""
    if depth > DEEPEST:
        raise _BadOutlinesError(f"nests collections more than {DEEPEST} deep")
    if not isinstance(held, dict) or not isinstance(held.get("type"), str):
        raise _BadOutlinesError("is no GeoJSON: an object with a type is expected")
    kind = held.get("type")
    if kind in COLLECTIONS:
        for one in _sequence(held.get(COLLECTIONS[kind])):
            yield from _shapes(one, depth + 1)
    elif kind == "Feature":
        if held.get("geometry") is not None:
            yield from _shapes(held["geometry"], depth + 1)
    elif kind in ("Polygon", "MultiPolygon"):
        polygons = [held.get("coordinates")] if kind == "Polygon" else _sequence(held.get("coordinates"))
        for polygon in polygons:
            for ring in _sequence(polygon):
                yield True, _points(ring)
    elif kind in ("LineString", "MultiLineString"):
        for line in [held.get("coordinates")] if kind == "LineString" else _sequence(held.get("coordinates")):
            yield False, _points(line)
    elif kind not in ("Point", "MultiPoint"):
        raise _BadOutlinesError(f"is no GeoJSON: type {str(kind)[:LONGEST_ERROR]!r} is none")


def _sequence(held: object) -> Sequence[object]:
    if not isinstance(held, list):
        raise _BadOutlinesError("is no GeoJSON: a list is expected where coordinates, features or geometries stand")
    return held


def _points(held: object) -> list[tuple[float, float]]:
    found = []
    for point in _sequence(held):
        numbers = point[:2] if isinstance(point, list) else []
        if len(numbers) != len("xy") or not all(_is_degree(one) for one in numbers):
            raise _BadOutlinesError(f"holds a point that is none: {str(point)[:LONGEST_ERROR]}")
        found.append((min(max(float(numbers[0]), -LEAP), LEAP), float(numbers[1])))
    return found


def _is_degree(value: object) -> bool:
    # A huge integer is not finite as a float; what is no number of the earth is drawn nowhere.
    return isinstance(value, int | float) and abs(value) <= 2 * LEAP and isfinite(value)


def _path(points: Sequence[tuple[float, float]], *, closed: bool) -> str:
    """A path in whole units; where a line leaps across the sheet, it is taken up on the other side."""
    pieces: list[str] = []
    before: tuple[int, int] | None = None
    leaps = {at + 1 for at, (one, other) in enumerate(pairwise(points)) if abs(one[0] - other[0]) > LEAP}
    for at, point in enumerate(points):
        x, y = (round(one) for one in project(*point))
        if before is None or at in leaps:
            pieces.append(f"M{x} {y}")
        elif (x, y) != before:
            pieces.append(f"L{x} {y}")
        before = x, y
    return "".join(pieces) + ("z" if closed and pieces else "")
