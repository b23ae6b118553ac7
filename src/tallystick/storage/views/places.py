"""What the case counts where: a view comes in, and how much is told of each place goes out.

Where a place is, this module does not know: the caller says which names are of one place.
"""

from collections.abc import Mapping
from typing import NamedTuple

import sqlalchemy as sa

from tallystick.model.lineage import Independent
from tallystick.model.review import Standing
from tallystick.storage import tables
from tallystick.storage.dialects import tabled
from tallystick.storage.views.view import View

__all__ = ["Told", "names", "told"]

# Claims that a reviewer took away tell nothing of a place.
COUNTING = tables.listing.c.standing.not_in([one.value for one in Standing if not one.counts])


class Told(NamedTuple):
    """What is told of a place: claims, the reports that hold them, and how many independent origins they go back to."""

    claims: int
    reports: int
    independent: Independent


def names(view: View) -> dict[str, int]:
    """Give every place as reports write it, with how many claims that count are of it."""
    place = tables.listing.c.place
    query = sa.select(place, sa.func.count().label("claims")).where(place > "", COUNTING).group_by(place)
    return {row["place"]: row["claims"] for row in view.rows(query.order_by(place))}


def told(view: View, spots: Mapping[str, str]) -> dict[str, Told]:
    """Give what is told of each spot; an origin or report that names it twice counts once.

    Args:
        view: The case.
        spots: For each place as reports write it, what it is.
    """
    listed, origins = tables.listing.c, tables.origins.c
    each = tabled(list(spots.items()))
    place, spot = (each.c.value[part].as_string() for part in range(2))
    spotted = sa.select(place.label("place"), spot.label("spot")).select_from(each).cte("spots")
    surely = sa.case((origins.independent_low > 0, listed.lineage))
    query = (
        sa.select(
            spotted.c.spot, sa.func.count(), sa.func.count(listed.document.distinct()),
            sa.func.count(surely.distinct()), sa.func.count(listed.lineage.distinct()),
        )
        .select_from(tables.listing)
        .join(spotted, spotted.c.place == listed.place)
        .outerjoin(tables.origins, origins.id == listed.lineage)
        .where(COUNTING)
        .group_by(spotted.c.spot)
        .order_by(spotted.c.spot)
    )  # fmt: skip
    return {
        name: Told(claims, reports, Independent(low, high))
        for name, claims, reports, low, high in view.connection.execute(query)
    }
