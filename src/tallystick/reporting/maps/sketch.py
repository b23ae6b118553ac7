"""A map for a page that is printed: places with a number of origins come in, one SVG that needs nothing else goes out.

How exact a place is shows in its mark: a city is a dot, a region a ring. A country has no mark, since a point in its
middle would say more than is known. Colors are variables of the page.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate
from math import sqrt
from typing import NamedTuple

from markupsafe import escape

from tallystick.reporting.maps.outlines import Outlines, middles
from tallystick.reporting.maps.projecting import HEIGHT, WIDTH, project
from tallystick.reporting.wording import legible

__all__ = ["Place", "sketch"]

# Pixels of the picture.
PIXELS, HIGH = 760, 420
# Degrees left free around the places; a single one is shown with its surroundings.
MARGIN = 5.0
# Sheet units of the narrowest part that is shown, some 2,500 km: a place is known by the countries around it.
NARROWEST = 2_400.0
LEAST, PER_ROOT, LARGEST = 4.0, 2.6, 20.0
MOST_NAMED, LETTER, SIGN, LONGEST_NAME = 14, 12.0, 6.6, 26
FONT = "'Source Sans 3', Arial, sans-serif"
# One piece of an outline, from where the pen is set down; behind "l" points are told from the one before.
PIECE = re.compile(r"M[^M]*")
NUMBERS = re.compile(r"-?\d+(?:\.\d+)?")


class Place(NamedTuple):
    """A place that has a point.

    Attributes:
        name: For a reader.
        longitude: In degrees, east positive.
        latitude: In degrees, north positive.
        exact: Whether it is a city; else the point stands for a region.
        origins: How many independent origins tell of it.
    """

    name: str
    longitude: float
    latitude: float
    exact: bool
    origins: int


class _Frame(NamedTuple):
    left: float
    top: float
    wide: float

    @property
    def unit(self) -> float:
        """Sheet units of a pixel."""
        return self.wide / PIXELS

    @property
    def high(self) -> float:
        return self.wide * HIGH / PIXELS

    def overlaps(self, left: float, top: float, right: float, bottom: float) -> bool:
        across = left <= self.left + self.wide and right >= self.left
        return across and top <= self.top + self.high and bottom >= self.top


def sketch(places: Sequence[Place], outlines: Outlines) -> str:
    """Give the picture of some places, at least one; only the outlines near them are in it."""
    frame = _frame(places)
    unit = frame.unit
    land, borders = (_near(path, frame) for path in (outlines.land, outlines.borders))
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="sketch" width="{PIXELS}" height="{HIGH}"'
        f' viewBox="{frame.left:.0f} {frame.top:.0f} {frame.wide:.0f} {frame.high:.0f}">'
        f'<path d="{escape(land)}" fill="var(--land, #eceae3)" stroke="var(--line, #b9b5a8)"'
        f' stroke-width="{0.6 * unit:.2f}"/><path d="{escape(borders)}" fill="none" stroke="var(--line, #b9b5a8)"'
        f' stroke-width="{0.8 * unit:.2f}"/>'
    )
    order = sorted(places, key=lambda one: (-one.origins, one.name))
    return "".join((head, *_countries(frame), *(_mark(one, unit) for one in order), *_names(order, frame), "</svg>"))


def _frame(places: Sequence[Place]) -> _Frame:
    """The part of the sheet that holds all places, and nowhere beyond it."""
    corners = [
        project(one.longitude + east, one.latitude + north)
        for one in places for east in (-MARGIN, MARGIN) for north in (-MARGIN / 2, MARGIN / 2)
    ]  # fmt: skip
    left, right = min(x for x, _ in corners), max(x for x, _ in corners)
    top, bottom = min(y for _, y in corners), max(y for _, y in corners)
    wide = min(max(right - left, (bottom - top) * PIXELS / HIGH, NARROWEST), WIDTH)
    high = wide * HIGH / PIXELS
    above = min(max((top + bottom - high) / 2, 0), max(HEIGHT - high, 0))
    return _Frame(min(max((left + right - wide) / 2, 0), WIDTH - wide), above, wide)


def _near(path: str, frame: _Frame) -> str:
    """The pieces of a path that reach into a frame."""
    return "".join(piece for piece in PIECE.findall(path) if _reaches(piece, frame))


def _reaches(piece: str, frame: _Frame) -> bool:
    """Whether the box around a piece meets a frame."""
    numbers = [float(one) for one in NUMBERS.findall(piece)]
    across, down = numbers[::2], numbers[1::2]
    if "l" in piece:
        across, down = list(accumulate(across)), list(accumulate(down))
    return bool(down) and frame.overlaps(min(across), min(down), max(across), max(down))


def _countries(frame: _Frame) -> Iterator[str]:
    """The names of countries with their middle in a frame, where they have room; none on a map of half the earth."""
    if frame.wide > WIDTH / 3:
        return
    unit = frame.unit
    taken: list[tuple[float, float, float]] = []
    for middle in middles().values():
        x, y = project(middle.longitude, middle.latitude)
        far = len(middle.name) * (SIGN + 1) * unit / 2
        inside = frame.left + far < x < frame.left + frame.wide - far and frame.top < y < frame.top + frame.high
        if inside and not _is_taken(taken, x - far, x + far, y, unit):
            taken.append((x - far, x + far, y))
            yield (
                f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="middle" font-family="{FONT}"'
                f' font-size="{LETTER * unit:.1f}" letter-spacing="{unit:.1f}" fill="var(--quiet, #8a8f98)">'
                f"{escape(middle.name)}</text>"
            )


def _is_taken(taken: Sequence[tuple[float, float, float]], left: float, right: float, y: float, unit: float) -> bool:
    """Whether a name stands there already."""
    return any(left < other[1] and other[0] < right and abs(y - other[2]) < LETTER * unit for other in taken)


def _radius(place: Place, unit: float) -> float:
    return min(LEAST + PER_ROOT * sqrt(max(place.origins, 1)), LARGEST) * unit


def _mark(place: Place, unit: float) -> str:
    x, y = project(place.longitude, place.latitude)
    radius = _radius(place, unit)
    color = "var(--accent, #1d4f7c)"
    if place.exact:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{color}" fill-opacity="0.75"/>'
    line = max(radius / 2.5, 2 * unit)
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius - line / 2:.1f}" fill="none" stroke="{color}"'
        f' stroke-width="{line:.1f}"/>'
    )


def _names(places: Sequence[Place], frame: _Frame) -> Iterator[str]:
    """The names of the places of most origins, as far as they do not stand upon one another."""
    unit = frame.unit
    taken: list[tuple[float, float, float]] = []
    for place in places:
        name = " ".join(legible(place.name).split())
        name = name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…"
        x, y = project(place.longitude, place.latitude)
        left = x + _radius(place, unit) + 3 * unit
        right = left + len(name) * SIGN * unit
        if right > frame.left + frame.wide:
            left, right = x - _radius(place, unit) - 3 * unit - (right - left), x - _radius(place, unit) - 3 * unit
        if _is_taken(taken, left, right, y, unit):
            continue
        taken.append((left, right, y))
        yield (
            f'<text x="{left:.1f}" y="{y + 4 * unit:.1f}" font-family="{FONT}"'
            f' font-size="{LETTER * unit:.1f}" fill="currentColor">{escape(name)}</text>'
        )
        if len(taken) == MOST_NAMED:
            return
