"""The rows by which a table of claims is filtered and sorted: kept in step with claims, reports and what is derived.

Nothing here begins a transaction; the case does.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import sqlalchemy as sa

from tallystick.model.flag import SEVERITIES
from tallystick.model.ledger import Derived
from tallystick.model.lineage import Course
from tallystick.model.priority import Priority
from tallystick.storage import tables
from tallystick.storage.contents import MOST_VALUES
from tallystick.storage.stores import bulk

__all__ = ["BAR", "Placed", "add_behind", "place", "place_many", "placed", "refresh"]

NONE = Priority(0.0, 0.0)

COLUMNS = (
    "position, claim, document, start, published, outlet, language, category, status, measure, speaker, country, place,"
    " happened, unit, standing, value, dispute"
)
LISTED = f"""
INSERT INTO listing ({COLUMNS})
SELECT c.position, c.id, c.document, c.start, d.published, d.outlet, d.language, c.category, c.status, c.measure,
       c.speaker, c.origin, c.place, c."when", c.unit, c.standing, CAST(coalesce(c.low, c.high) AS DOUBLE PRECISION),
       CASE (SELECT min(x.kind) FROM disputes x WHERE x.claim = c.id)
            WHEN 'differing' THEN 2 WHEN 'only rules' THEN 1 ELSE 0 END
FROM claims c JOIN documents d ON d.id = c.document WHERE
"""  # noqa: S608 - our own names
ANEW = sa.text(f"""{LISTED} c.document = :document
ON CONFLICT (position) DO UPDATE SET standing = excluded.standing, dispute = excluded.dispute
""")
BEHIND = sa.text(f"{LISTED} c.position > :last")
# Nothing is derived of a claim that was taken away.
TAKEN_AWAY = sa.text("""
UPDATE listing SET lineage = NULL, severity = 0, codes = '', doubt = 0, sway = 0
WHERE document = :document AND standing IN ('rejected', 'replaced')
""")
# How many claims a report has, and those that came last; of these it is known which claims are theirs.
SIZED = sa.text("""
INSERT INTO sizes (position, claims, published)
SELECT d.position, (SELECT count(*) FROM listing l WHERE l.document = d.id), d.published
FROM documents d WHERE d.id = :document
ON CONFLICT (position) DO UPDATE SET claims = excluded.claims
""")
SIZED_BEHIND = sa.text("""
INSERT INTO sizes (position, claims, published)
SELECT d.position, coalesce(n.claims, 0), d.published FROM documents d LEFT JOIN
    (SELECT document, count(*) AS claims FROM listing WHERE position > :last GROUP BY document) n ON n.document = d.id
WHERE d.position > (SELECT coalesce(max(position), 0) FROM sizes)
""")
# Begins and ends each of the codes of a claim's flags.
BAR = "|"


def refresh(connection: sa.Connection, document: str, *, reviewed: bool = True) -> None:
    """List the claims of a document as they are by now.

    Args:
        connection: Within a transaction.
        document: Its id.
        reviewed: Whether a reviewer may have taken some away.
    """
    connection.execute(ANEW, {"document": document})
    if reviewed:
        connection.execute(TAKEN_AWAY, {"document": document})
    connection.execute(SIZED, {"document": document})


def add_behind(connection: sa.Connection, last: int) -> None:
    """List the claims that came behind position `last`, all at once; none of them is listed yet."""
    connection.execute(BEHIND, {"last": last})
    connection.execute(SIZED_BEHIND, {"last": last})


class Placed(NamedTuple):
    """What a claim is listed by of what is derived of it; the names are columns of `listing`."""

    claim: str
    lineage: str | None
    severity: int
    codes: str
    doubt: float
    sway: float
    course: str


def placed(
    derived: Derived, homes: Mapping[str, str], priorities: Mapping[str, Priority]
) -> Iterator[Placed]:  # fmt: skip
    """Give what is derived of claims of a block, each with its document: origin, flags, sway, course."""
    origins = {claim: origin for origin in derived.lineage.origins for claim in origin.claims}
    gone = {
        claim for estimate in derived.estimates for reading in estimate.readings if reading.superseded
        for claim in reading.claims
    }  # fmt: skip
    severity: dict[str, int] = {}
    codes: defaultdict[str, set[str]] = defaultdict(set)
    for flag in derived.flags:
        grave = len(SEVERITIES) - SEVERITIES.index(flag.severity)
        for claim in flag.claims:
            severity[claim] = max(severity.get(claim, 0), grave)
            codes[claim].add(flag.code)
    for claim, document in homes.items():
        origin, priority = origins.get(claim), priorities.get(claim, NONE)
        # The first report of its origin, a later one, or a figure that has given way.
        told = Course.FIRST if origin is None or origin.documents[0] == document else Course.COPIED
        course = (Course.SUPERSEDED if claim in gone else told).value
        traced = None if origin is None else origin.id
        marked = f"{BAR}{BAR.join(sorted(codes[claim]))}{BAR}" if claim in codes else ""
        yield Placed(claim, traced, severity.get(claim, 0), marked, priority.doubt, priority.sway, course)


def place(
    connection: sa.Connection, derived: Derived, claims: Sequence[str], priorities: Mapping[str, Priority]
) -> None:
    """List for the claims of a block what is derived of them."""
    table, homes = tables.listing.c, dict[str, str]()
    for first in range(0, len(claims), MOST_VALUES):
        within = table.claim.in_(claims[first : first + MOST_VALUES])
        homes.update(
            (row.claim, row.document)
            for row in connection.execute(sa.select(table.claim, table.document).where(within))
        )
    found = [{"named": one.claim, **one._asdict()} for one in placed(derived, homes, priorities)]
    if found:
        update = sa.update(tables.listing).where(table.claim == sa.bindparam("named"))
        connection.execute(update.values({name: sa.bindparam(name) for name in Placed._fields[1:]}), found)


def place_many(connection: sa.Connection, found: Sequence[Placed]) -> None:
    """List what is derived of many claims, all at once."""
    columns = tables.listing.c
    beside = sa.Table(
        "placed",
        sa.MetaData(),
        *(sa.Column(name, columns[name].type) for name in Placed._fields),
        prefixes=["TEMPORARY"],
    )
    beside.create(connection)
    bulk.insert(connection, bulk.Shape(beside), found)
    values = {name: beside.c[name] for name in Placed._fields[1:]}
    connection.execute(sa.update(tables.listing).values(values).where(columns.claim == beside.c.claim))
    beside.drop(connection)
