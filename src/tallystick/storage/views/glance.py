"""A case at a glance: how much of everything there is, how much is reviewed, the gravest flags and hits."""

from typing import NamedTuple

import sqlalchemy as sa

from tallystick.model.flag import SEVERITIES
from tallystick.model.hit import ORDER
from tallystick.model.provision import Tier
from tallystick.model.review import Standing
from tallystick.storage import tables
from tallystick.storage.views.populations import HitLine
from tallystick.storage.views.view import View

__all__ = ["MOST", "FlagLine", "Glance", "glance"]

# Flags and hits that are shown of all.
MOST = 6


class FlagLine(NamedTuple):
    """A flag in a line, with the estimate that one of its claims went into, or None."""

    id: str
    code: str
    severity: str
    reason: str
    estimate: str | None


class Glance(NamedTuple):
    """A case at a glance.

    Attributes:
        reports: Documents.
        claims: Claims that count.
        origins: Independent points that they go back to.
        estimates: Estimates.
        reviewed: Claims that a reviewer has decided about, those that were taken away among them.
        to_review: Claims of which nobody has said anything.
        severities: How many flags there are of each severity, the gravest first.
        flags: The gravest flags.
        hits_held: How many provisions may apply to how many populations.
        hits: The gravest of these.
        failures: Reports that could not be taken.
    """

    reports: int
    claims: int
    origins: int
    estimates: int
    reviewed: int
    to_review: int
    severities: tuple[tuple[str, int], ...]
    flags: tuple[FlagLine, ...]
    hits_held: int
    hits: tuple[HitLine, ...]
    failures: int

    @property
    def flagged(self) -> int:
        """How many flags there are."""
        return sum(number for _, number in self.severities)


def glance(view: View) -> Glance:
    """Count the case; to be kept until it changes."""
    standing = tables.listing.c.standing
    standings = {
        row["standing"]: int(row["held"])
        for row in view.rows(sa.select(standing, sa.func.count().label("held")).group_by(standing))
    }
    counting = sum(standings.get(one.value, 0) for one in Standing if one.counts)
    waiting = standings.get(Standing.EXTRACTED.value, 0)
    severity = tables.flags.c.severity
    held = {
        row["severity"]: int(row["held"])
        for row in view.rows(sa.select(severity, sa.func.count().label("held")).group_by(severity))
    }
    return Glance(
        _size(view, tables.documents), counting, _size(view, tables.origins), _size(view, tables.estimates),
        sum(standings.values()) - waiting, waiting,
        tuple((name, held[name]) for name in SEVERITIES if name in held), _flags(view), _size(view, tables.hits),
        _hits(view), _size(view, tables.failures),
    )  # fmt: skip


def _size(view: View, table: sa.Table) -> int:
    return view.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def _flags(view: View) -> tuple[FlagLine, ...]:
    """The gravest flags; of one severity those that came first."""
    columns, of_flag, of_estimate = tables.flags.c, tables.flag_claims, tables.estimate_claims
    grave = sa.case({name: at for at, name in enumerate(SEVERITIES)}, value=columns.severity, else_=len(SEVERITIES))
    first = sa.select(columns.position).order_by(grave, columns.position).limit(MOST)
    estimate = (
        sa.select(of_estimate.c.estimate).join(of_flag, of_flag.c.claim == of_estimate.c.claim)
        .where(of_flag.c.flag == columns.id).order_by(of_flag.c.claim, of_estimate.c.estimate).limit(1)
        .scalar_subquery()
    )  # fmt: skip
    query = sa.select(columns.id, columns.code, columns.severity, columns.reason, estimate.label("estimate"))
    found = view.rows(query.where(columns.position.in_(first)).order_by(grave, columns.position))
    return tuple(FlagLine(**row) for row in found)


def _hits(view: View) -> tuple[HitLine, ...]:
    """The hits of the gravest tiers."""
    columns = tables.hits.c
    grave = sa.case({tier.value: at for at, tier in enumerate(ORDER)}, value=columns.tier, else_=len(ORDER))
    first = sa.select(columns.position).order_by(grave, columns.position).limit(MOST)
    query = sa.select(*(columns[name] for name in HitLine._fields))
    found = view.rows(query.where(columns.position.in_(first)).order_by(grave, columns.position))
    return tuple(HitLine(**row | {"tier": Tier(row["tier"])}) for row in found)
