"""What the case counts where: a view comes in, and how much is told of each place goes out.

Where a place is, this module does not know: the caller says which names are of one place.
"""

import json
from collections.abc import Mapping
from typing import NamedTuple

import sqlalchemy as sa

from tallystick.model.lineage import Independent
from tallystick.model.review import Standing
from tallystick.storage.views.view import View

__all__ = ["Told", "names", "told"]

# Claims that a reviewer took away tell nothing of a place.
AWAY = ", ".join(f"'{one.value}'" for one in Standing if not one.counts)
COUNTING = f"standing NOT IN ({AWAY})"
NAMES = sa.text(f"SELECT place, COUNT(*) AS claims FROM listing WHERE place > '' AND {COUNTING} GROUP BY place")  # noqa: S608 - our own words
TOLD = sa.text(f"""
WITH spots AS (SELECT json_each."key" AS place, json_each.value AS spot FROM json_each(:spots))
SELECT s.spot AS spot, COUNT(*) AS claims, COUNT(DISTINCT l.document) AS reports, COUNT(DISTINCT l.lineage) AS origins,
       COUNT(DISTINCT CASE WHEN o.independent_low > 0 THEN l.lineage END) AS surely
FROM listing l JOIN spots s ON s.place = l.place LEFT JOIN origins o ON o.id = l.lineage
WHERE l.{COUNTING} GROUP BY s.spot
""")  # noqa: S608 - our own words


class Told(NamedTuple):
    """What is told of a place: claims, the reports that hold them, and how many independent origins they go back to."""

    claims: int
    reports: int
    independent: Independent


def names(view: View) -> dict[str, int]:
    """Give every place as reports write it, with how many claims that count are of it."""
    return {row["place"]: row["claims"] for row in view.rows(NAMES)}


def told(view: View, spots: Mapping[str, str]) -> dict[str, Told]:
    """Give what is told of each spot; an origin or report that names it twice counts once.

    Args:
        view: The case.
        spots: For each place as reports write it, what it is.
    """
    found = view.rows(TOLD, {"spots": json.dumps(spots)})
    return {
        row["spot"]: Told(row["claims"], row["reports"], Independent(row["surely"], row["origins"])) for row in found
    }
