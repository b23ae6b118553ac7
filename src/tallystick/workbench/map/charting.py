"""What stands on the map: a view comes in, marks with their figures go out, and the places that stand nowhere.

Counted once for as long as the case stays as it is; where counting is dear, for a while longer.
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from tallystick.model.lineage import Independent
from tallystick.reporting.maps.outlines import Middle, middles
from tallystick.reporting.maps.projecting import project
from tallystick.storage.stores.address import CaseAddress
from tallystick.storage.views.kept import Kept
from tallystick.storage.views.places import Told, names, told
from tallystick.storage.views.view import View
from tallystick.values.coordinates import Spot, whereabouts

__all__ = ["Chart", "Mark", "Nowhere", "chart"]

# Marks that the map and the list below it hold, those of most origins; nobody reads more of them.
MOST_MARKS = 250
# Places that are not on the map and are named.
MOST_NOWHERE = 120
NOTHING = Told(0, 0, Independent(0, 0))


class Mark(NamedTuple):
    """A place on the map.

    Attributes:
        name: As most claims write it; where only the country is known, that of the country.
        names: All that claims write for it, the most frequent first.
        spot: Where it is, and how exactly that is known.
        country: Name of its country, or its code.
        told: What is told of it.
        longitude: Where it is drawn, in degrees.
        latitude: Where it is drawn, in degrees.
        x: The same on the sheet.
        y: The same on the sheet.
    """

    name: str
    names: tuple[str, ...]
    spot: Spot
    country: str
    told: Told
    longitude: float
    latitude: float
    x: float
    y: float


class Nowhere(NamedTuple):
    """A place that is not on the map, and how many claims are of it."""

    name: str
    claims: int


class Chart(NamedTuple):
    """What the map shows.

    Attributes:
        case: Where it lives.
        mark: Of the case when it was counted.
        marks: The places, those of most origins first.
        more: How many further places have a point and are left out.
        nowhere: Places without a point, those of most claims first.
        nowhere_more: How many further ones there are.
    """

    case: CaseAddress
    mark: int
    marks: tuple[Mark, ...]
    more: int
    nowhere: tuple[Nowhere, ...]
    nowhere_more: int


_KEPT: Kept[Chart] = Kept()


def chart(view: View) -> Chart:
    """Give what stands on the map."""
    return _KEPT.of(view, None, _charted)


def _charted(view: View) -> Chart:
    known = middles()
    of_spot: dict[str, list[str]] = defaultdict(list)
    spots: dict[str, Spot] = {}
    nowhere: list[Nowhere] = []
    written = names(view)
    for name, claims in sorted(written.items(), key=lambda one: (-one[1], one[0])):
        spot = whereabouts(name)
        if spot is None or (spot.latitude is None and spot.country not in known):
            nowhere.append(Nowhere(name, claims))
        else:
            of_spot[spot.identifier].append(name)
            spots[spot.identifier] = spot
    counted = told(view, {name: key for key, held in of_spot.items() for name in held})
    order = sorted(of_spot, key=lambda key: (_weight(counted.get(key, NOTHING)), key))
    marks = tuple(
        _mark(spots[key], tuple(of_spot[key]), counted.get(key, NOTHING), known) for key in order[:MOST_MARKS]
    )
    left_out = len(order) - len(marks)
    return Chart(
        view.address, view.mark, marks, left_out, tuple(nowhere[:MOST_NOWHERE]), max(len(nowhere) - MOST_NOWHERE, 0)
    )


def _weight(held: Told) -> tuple[int, int, int]:
    return -held.independent.high, -held.reports, -held.claims


def _mark(spot: Spot, written: tuple[str, ...], held: Told, known: Mapping[str, Middle]) -> Mark:
    middle = known.get(spot.country)
    country = spot.country if middle is None else middle.name
    name, longitude, latitude = written[0], spot.longitude, spot.latitude
    if longitude is None or latitude is None:
        name = country
        longitude, latitude = (0.0, 0.0) if middle is None else (middle.longitude, middle.latitude)
    return Mark(name, written, spot, country, held, longitude, latitude, *project(longitude, latitude))
