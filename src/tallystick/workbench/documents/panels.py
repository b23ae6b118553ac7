"""What stands beside a report about one of its claims: the claim and its neighbors come in, a panel goes out."""

from collections.abc import Sequence
from typing import NamedTuple

from tallystick.storage.views.opened import Chosen, Figure
from tallystick.workbench.documents import fields
from tallystick.workbench.documents.fields import Judged, Row

__all__ = ["Panel", "panel_of"]


class Panel(NamedTuple):
    """What a panel shows.

    Attributes:
        chosen: The claim with all that is known about it.
        rows: Its fields with their grounds.
        history: What reviewers decided about it, in order.
        previous: The claim before it in the report, or None.
        following: The one behind it, or None.
        turn: Which of the claims of the report it is, from 1.
        of: How many these are.
        over: Other claims that share words with it.
    """

    chosen: Chosen
    rows: tuple[Row, ...]
    history: tuple[Judged, ...]
    previous: Figure | None
    following: Figure | None
    turn: int
    of: int
    over: tuple[Figure, ...]


def panel_of(chosen: Chosen, figures: Sequence[Figure]) -> Panel:
    """Give the panel of a claim among the claims of its report, in their order."""
    claim = chosen.held.claim
    turn = next(turn for turn, one in enumerate(figures) if one.id == claim.id)
    over = tuple(one for one in figures if one.id != claim.id and one.start < claim.end and one.end > claim.start)
    return Panel(
        chosen, fields.rows(claim), fields.history(claim.id, chosen.reviews), figures[turn - 1] if turn else None,
        figures[turn + 1] if turn + 1 < len(figures) else None, turn + 1, len(figures), over,
    )  # fmt: skip
