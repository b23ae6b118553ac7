"""The map as a picture: a chart and the part of the earth to show come in, one SVG goes out.

How exact a place is shows in its mark: a city is a dot, a region a ring, a country a hatched round. Colors are those of
the page; the same chart gives the same picture.
"""

from collections.abc import Iterator, Sequence
from math import sqrt
from typing import NamedTuple

from markupsafe import Markup, escape

from tallystick.reporting.maps.projecting import HEIGHT, WIDTH, project
from tallystick.reporting.wording import count, legible
from tallystick.storage.stores.address import CaseAddress
from tallystick.storage.views.recent import Recent
from tallystick.values.coordinates import Precision
from tallystick.workbench.map.charting import Chart, Mark
from tallystick.workbench.pages import query_of

__all__ = ["WORLD", "Box", "around", "box_of", "href", "picture", "region"]

# Pixels that the picture is wide, for which marks and letters are sized.
PIXELS = 1200
# Radius in pixels of a mark: of one origin, what each further one adds to its area, and the largest.
LEAST, PER_ROOT, LARGEST = 4.0, 2.6, 34.0
# Places that are named on the map, and the size of their letters in pixels; a name is cut at so many signs.
MOST_NAMED, LETTER, SIGN, LONGEST_NAME = 16, 12.5, 7.0, 26
# Sheet units of the narrowest part that is shown: there the outlines have edges that can be seen.
NARROWEST = 300.0
# Degrees around a single place; around a country what most of them take.
AROUND = {Precision.CITY: 4.0, Precision.REGION: 6.0, Precision.COUNTRY: 14.0}
# Part of all claims that the region of a dossier holds, and degrees that are left free around it.
MOST_OF_ALL, MARGIN = 0.9, 4.0
MOST_KEPT = 64


class Box(NamedTuple):
    """A part of the earth, in degrees."""

    west: float
    south: float
    east: float
    north: float

    def __str__(self) -> str:
        """As it stands in an address."""
        return ",".join(f"{side:.1f}" for side in self)


WORLD = Box(-180, -58, 180, 84)


class _Frame(NamedTuple):
    """A part of the sheet, in its units; `unit` is a pixel of the picture."""

    left: float
    top: float
    wide: float
    high: float

    @property
    def unit(self) -> float:
        return self.wide / PIXELS


def box_of(text: str) -> Box | None:
    """Give the part of the earth of an address, "west,south,east,north"; None where it is none."""
    parts = text.split(",")
    try:
        sides = [float(part) for part in parts]
    except ValueError:
        return None
    if len(sides) != len(Box._fields) or not all(-360 <= side <= 360 for side in sides):
        return None
    box = Box(*sides)
    return box if box.west < box.east and box.south < box.north else None


def around(mark: Mark) -> Box:
    """Give the surroundings of a place."""
    far = AROUND[mark.spot.precision]
    return Box(mark.longitude - far, mark.latitude - far / 2, mark.longitude + far, mark.latitude + far / 2)


def region(chart: Chart) -> Box | None:
    """Give the smallest part of the earth that the places of most claims need; None where there is no place."""
    total = sum(mark.told.claims for mark in chart.marks)
    held: list[Mark] = []
    for mark in sorted(chart.marks, key=lambda one: -one.told.claims):
        if sum(one.told.claims for one in held) < MOST_OF_ALL * total:
            held.append(mark)
    if not held:
        return None
    wests, norths = [mark.longitude for mark in held], [mark.latitude for mark in held]
    return Box(min(wests) - MARGIN, min(norths) - MARGIN, max(wests) + MARGIN, max(norths) + MARGIN)


def href(mark: Mark, at: int) -> str:
    """Where a mark leads: to its claims, or where they write it in several ways, to its row in the list."""
    return f"#place-{at}" if len(mark.names) > 1 else f"/claims{query_of({'place': mark.names[0]})}"


_KEPT: Recent[tuple[CaseAddress, int, str, str], Markup] = Recent(MOST_KEPT)


def picture(chart: Chart, box: Box, outlines: str) -> Markup:
    """Give the picture.

    Args:
        chart: What stands on it.
        box: What part of the earth it shows; a little more where its shape asks for it.
        outlines: Address of the outlines, without the name of a symbol.
    """
    key = chart.case, chart.mark, str(box), outlines
    held = _KEPT.get(key)
    return _KEPT.put(key, _picture(chart, _frame(box), escape(outlines))) if held is None else held


def _picture(chart: Chart, frame: _Frame, outlines: str) -> Markup:
    unit = frame.unit
    shown = [(at, mark) for at, mark in enumerate(chart.marks) if _is_inside(mark, frame)]
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="map" role="group" aria-labelledby="map-title map-about"'
        f' viewBox="{frame.left:.0f} {frame.top:.0f} {frame.wide:.0f} {frame.high:.0f}"'
        f' width="{PIXELS}" height="{round(PIXELS * frame.high / frame.wide)}">'
        f'<title id="map-title">Map of the places that are told of</title>'
        f'<desc id="map-about">{escape(count(len(shown), "place"))}; the table below says the same.</desc>'
        f'<defs><pattern id="hatch" patternUnits="userSpaceOnUse" width="{5 * unit:.2f}" height="{5 * unit:.2f}"'
        f' patternTransform="rotate(45)"><path class="hatch" d="M0 0V{5 * unit:.2f}" stroke-width="{2.4 * unit:.2f}"/>'
        f'</pattern></defs><use class="land" href="{outlines}#land"/><use class="borders" href="{outlines}#borders"/>'
    )
    # The small ones lie on the large ones.
    order = sorted(shown, key=lambda one: -_radius(one[1], 1))
    pieces = [head, *(_drawn(mark, at, unit) for at, mark in order), *_named([mark for _, mark in shown], frame)]
    return Markup("".join((*pieces, "</svg>")))  # noqa: S704 - every word in it is escaped


def _frame(box: Box) -> _Frame:
    """The part of the sheet that holds a box, as wide for its height as the whole sheet, and nowhere beyond it."""
    middle = 0.0 if box.south < 0 < box.north else min(box.south, box.north, key=abs)
    corners = [project(x, y) for x in (box.west, box.east) for y in (box.south, middle, box.north)]
    left, right = min(x for x, _ in corners), max(x for x, _ in corners)
    top, bottom = min(y for _, y in corners), max(y for _, y in corners)
    wide = min(max(right - left, (bottom - top) * WIDTH / HEIGHT, NARROWEST), WIDTH)
    high = wide * HEIGHT / WIDTH
    left = min(max((left + right - wide) / 2, 0), WIDTH - wide)
    return _Frame(left, min(max((top + bottom - high) / 2, 0), HEIGHT - high), wide, high)


def _is_inside(mark: Mark, frame: _Frame) -> bool:
    far = _radius(mark, frame.unit)
    across = frame.left - far <= mark.x <= frame.left + frame.wide + far
    return across and frame.top - far <= mark.y <= frame.top + frame.high + far


def _radius(mark: Mark, unit: float) -> float:
    return min(LEAST + PER_ROOT * sqrt(max(mark.told.independent.high, 1)), LARGEST) * unit


def _drawn(mark: Mark, at: int, unit: float) -> str:
    radius, precision = _radius(mark, unit), mark.spot.precision
    told = mark.told
    only = precision is Precision.COUNTRY
    known = f"somewhere in {mark.name}" if only else f"{mark.name}, {mark.country}, {precision}"
    words = (
        f"{known}: {_range(mark)} independent"
        f" {'origin' if told.independent.high == 1 else 'origins'}, {count(told.reports, 'report')}"
    )
    if precision is Precision.REGION:
        # A ring whose line is a fifth of its breadth, so that it is none of the dots.
        line = max(radius / 2.5, 2 * unit)
        drawn = f'<circle cx="{mark.x:.1f}" cy="{mark.y:.1f}" r="{radius - line / 2:.1f}" stroke-width="{line:.1f}"/>'
    elif precision is Precision.COUNTRY:
        round_by = max(radius, 9 * unit)
        drawn = f'<circle cx="{mark.x:.1f}" cy="{mark.y:.1f}" r="{round_by:.1f}" fill="url(#hatch)"/>'
    else:
        drawn = f'<circle cx="{mark.x:.1f}" cy="{mark.y:.1f}" r="{radius:.1f}"/>'
    said, to = escape(legible(words)), escape(href(mark, at))
    return f'<a class="spot {precision}" href="{to}" aria-label="{said}"><title>{said}</title>{drawn}</a>'


def _range(mark: Mark) -> str:
    low, high = mark.told.independent.low, mark.told.independent.high
    return str(high) if low == high else f"{low}–{high}"


def _named(marks: Sequence[Mark], frame: _Frame) -> Iterator[str]:
    """The names of the places of most origins, as far as they do not stand upon one another."""
    unit = frame.unit
    taken: list[tuple[float, float, float, float]] = []
    for mark in marks:
        name = " ".join(legible(mark.name).split())
        name = name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…"
        left = mark.x + _radius(mark, unit) + 4 * unit
        if mark.spot.precision is Precision.COUNTRY:
            left = mark.x + max(_radius(mark, unit), 9 * unit) + 4 * unit
        right, top, bottom = left + len(name) * SIGN * unit, mark.y - LETTER * unit / 2, mark.y + LETTER * unit / 2
        if right > frame.left + frame.wide or any(_overlap((left, right, top, bottom), other) for other in taken):
            continue
        taken.append((left, right, top, bottom))
        yield (
            f'<text class="name" aria-hidden="true" x="{left:.1f}" y="{mark.y + 4 * unit:.1f}"'
            f' font-size="{LETTER * unit:.1f}" stroke-width="{3 * unit:.1f}">{escape(name)}</text>'
        )
        if len(taken) == MOST_NAMED:
            return


def _overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]
