"""What would move if one claim were none: the reports around it come in, the estimates that move go out.

Everything is derived twice, with the claim and without it, so that what an earlier version derived makes no difference.
"""

from tallystick.model.change import Change, ChangeKind
from tallystick.model.dossier import Dossier
from tallystick.model.ledger import Ledger
from tallystick.pipeline import derive
from tallystick.reporting.changes import changes

__all__ = ["left_out"]

KINDS = frozenset(
    (ChangeKind.ESTIMATE, ChangeKind.ESTIMATE_GONE, ChangeKind.CONFLICT, ChangeKind.CONFLICT_GONE)
)  # fmt: skip


def left_out(around: Ledger, dossier: Dossier, claim: str) -> tuple[Change, ...]:
    """Give how the estimates and their conflicts would move if a claim were none. Pure.

    Args:
        around: The block of the claim: its reports, their claims, and what reviewers decided about their steps.
        dossier: The subject under watch.
        claim: Id of the claim.
    """
    left = tuple(one for one in around.claims if one.id != claim)
    with_it = derive(around.documents, around.claims, dossier, around.judgements)
    without = derive(around.documents, left, dossier, around.judgements)
    return tuple(one for one in changes(with_it, without) if one.kind in KINDS)
