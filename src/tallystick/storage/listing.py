"""The rows by which a table of claims is filtered and sorted: kept in step with claims, reports and what is derived.

Nothing here begins a transaction; the case does.
"""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from tallystick.model.flag import SEVERITIES
from tallystick.model.ledger import Derived
from tallystick.model.lineage import Course
from tallystick.model.priority import Priority
from tallystick.storage import tables
from tallystick.storage.contents import MOST_VALUES

__all__ = ["add_behind", "place", "refresh"]

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
UPDATE listing SET lineage = NULL, severity = 0, doubt = 0, sway = 0
WHERE document = :document AND standing IN ('rejected', 'replaced')
""")


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


def add_behind(connection: sa.Connection, last: int) -> None:
    """List the claims that came behind position `last`, all at once; none of them is listed yet."""
    connection.execute(BEHIND, {"last": last})


def place(
    connection: sa.Connection, derived: Derived, claims: Sequence[str], priorities: Mapping[str, Priority]
) -> None:
    """List for the claims of a block what is derived of them: origin, gravest flag, sway, course."""
    origins = {claim: origin.id for origin in derived.lineage.origins for claim in origin.claims}
    courses = _courses(connection, derived, claims)
    severity: dict[str, int] = {}
    for flag in derived.flags:
        grave = len(SEVERITIES) - SEVERITIES.index(flag.severity)
        for claim in flag.claims:
            severity[claim] = max(severity.get(claim, 0), grave)
    none = Priority(0.0, 0.0)
    placed = [
        {
            "named": claim, "lineage": origins.get(claim), "severity": severity.get(claim, 0),
            "doubt": priorities.get(claim, none).doubt, "sway": priorities.get(claim, none).sway,
            "course": courses.get(claim),
        }
        for claim in claims
    ]  # fmt: skip
    if placed:
        update = sa.update(tables.listing).where(tables.listing.c.claim == sa.bindparam("named"))
        connection.execute(update.values(
            lineage=sa.bindparam("lineage"), severity=sa.bindparam("severity"), doubt=sa.bindparam("doubt"),
            sway=sa.bindparam("sway"), course=sa.bindparam("course"),
        ), placed)  # fmt: skip


def _courses(connection: sa.Connection, derived: Derived, claims: Sequence[str]) -> dict[str, str]:
    """Of each claim whether its report is the first of its origin, a later one, or its figure has given way."""
    firsts = {claim: origin.documents[0] for origin in derived.lineage.origins for claim in origin.claims}
    gone = {
        claim for estimate in derived.estimates for reading in estimate.readings if reading.superseded
        for claim in reading.claims
    }  # fmt: skip
    table, found = tables.listing.c, {}
    for first in range(0, len(claims), MOST_VALUES):
        within = table.claim.in_(claims[first : first + MOST_VALUES])
        for claim, document in connection.execute(sa.select(table.claim, table.document).where(within)):
            told = Course.FIRST if firsts.get(claim, document) == document else Course.COPIED
            found[claim] = (Course.SUPERSEDED if claim in gone else told).value
    return found
