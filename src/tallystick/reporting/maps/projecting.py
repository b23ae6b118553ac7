"""From longitude and latitude to the sheet of the map: the Natural Earth projection, which bends the far north little.

Degrees come in, units of the sheet go out: x to the right, y downwards, whole numbers are exact to two kilometers.
"""

__all__ = ["HEIGHT", "WIDTH", "project"]

# Units of the whole sheet.
WIDTH = 20_000
# Of latitude, in degrees: nobody is counted beyond, and Antarctica would take a quarter of the sheet.
NORTH, SOUTH = 84.0, -58.0
# Polynomials of the projection by Tom Patterson (B. Jenny, T. Patterson, L. Hurni: Flex Projector, 2008), by powers
# of the latitude in radians.
X = ((0, 0.8707), (2, -0.131979), (4, -0.013791), (10, 0.003971), (12, -0.001529))
Y = ((1, 1.007226), (3, 0.015085), (7, -0.044475), (9, 0.028874), (11, -0.005916))
RADIANS = 0.017453292519943295
# Half of the sheet is 180 degrees at the equator.
SCALE = WIDTH / 2 / (180 * RADIANS * X[0][1])


def project(longitude: float, latitude: float) -> tuple[float, float]:
    """Give where a point stands on the sheet; latitudes beyond its edges stand on them."""
    above = _rise(min(max(latitude, SOUTH), NORTH))
    angle = min(max(latitude, SOUTH), NORTH) * RADIANS
    across = sum(factor * angle**power for power, factor in X) * longitude * RADIANS
    return WIDTH / 2 + SCALE * across, SCALE * (_rise(NORTH) - above)


def _rise(latitude: float) -> float:
    angle = latitude * RADIANS
    return sum(factor * angle**power for power, factor in Y)


HEIGHT = round(SCALE * (_rise(NORTH) - _rise(SOUTH)))
