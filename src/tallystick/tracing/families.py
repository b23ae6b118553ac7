"""Outlets that publish one newsroom's copy: a casebook comes in, steps between equal figures in their own voice go out.

A mirror, a language edition or a sister channel that prints a figure without saying whose it is has it from the
newsroom that they share.
"""

from collections.abc import Iterator

from tallystick.model.lineage import Mechanism
from tallystick.tracing.likeness import CLOSE, FREQUENT_DAYS, Likeness, is_frequent, is_small
from tallystick.tracing.links import ONE_NEWSROOM, Link, claim_link
from tallystick.tracing.lookup import Index, published
from tallystick.tracing.naming import what
from tallystick.tracing.origins import alike, are_one_count
from tallystick.tracing.tellings import Casebook, Telling

__all__ = ["families"]


def families(casebook: Casebook, likeness: Likeness, repeated: frozenset[int]) -> Iterator[Link]:
    """Yield the step from each figure in an outlet's own voice back to the first equal one of its family.

    Both must name no speaker and credit nobody, stand in two reports not further apart than copy travels, and agree in
    as much as two unattributed figures must to be one count. Small figures are left out: they agree by chance.

    Args:
        casebook: The case.
        likeness: Compares populations.
        repeated: Turns of claims in copied paragraphs, which need no other step.
    """
    index = Index(likeness, published, small=FREQUENT_DAYS)
    for telling in casebook.tellings:
        family = casebook.outlets.family(telling.report.document)
        if family is None or not _is_own(telling):
            continue
        if telling.order not in repeated:
            fitting = (other for other in index.like(telling, family) if _is_copy(telling, other, likeness))
            first = min(fitting, key=lambda other: other.order, default=None)
            if first is not None:
                reason = (
                    f"{telling.report.name} and {first.report.name} publish the copy of one newsroom, {family}; both "
                    f"give {what(telling)} in their own voice."
                )
                yield claim_link(telling, first, Mechanism.FAMILY, reason, ONE_NEWSROOM)
        index.add(telling, family)


def _is_own(telling: Telling) -> bool:
    """Whether an outlet gives a figure in its own voice."""
    attributed = telling.voice is not None or telling.via is not None or telling.report.credit is not None
    return not attributed and not is_small(telling.claim)


def _is_copy(telling: Telling, other: Telling, likeness: Likeness) -> bool:
    """Whether two figures of one family are one: of two reports, near in time, and agreeing in enough."""
    one, two = telling.report, other.report
    if one is two:
        return False
    near = CLOSE if is_frequent(telling.claim) else FREQUENT_DAYS
    if one.day is not None and two.day is not None and abs(one.day - two.day) > near:
        return False
    return alike(telling, other, likeness) and are_one_count(telling, other, likeness)
