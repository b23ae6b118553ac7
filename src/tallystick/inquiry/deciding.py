"""A reviewer's decisions about who repeats whom: a verdict and its reason come in, what moves by it goes out.

A decision is kept for good, and everything that follows from the lineage is derived again under it. Only the blocks of
the two reports or claims are looked at: what is decided costs the same in a small and in a large case.
"""

from collections.abc import Iterable
from typing import NamedTuple

from tallystick.errors import JudgementError, UnknownNameError
from tallystick.inquiry.naming import near, one_of
from tallystick.model.change import Change
from tallystick.model.document import by_publication
from tallystick.model.judgement import Judgement, Verdict
from tallystick.model.ledger import Derived, Ledger
from tallystick.model.lineage import Edge, EdgeLevel, Mechanism
from tallystick.pipeline import derive, derive_anew, keeper, subject_of
from tallystick.reporting.changes import changes
from tallystick.storage.case import Case
from tallystick.storage.custody import Keeper
from tallystick.storage.stores.address import CaseAddress
from tallystick.values.periods import last_day

__all__ = ["Decision", "decide", "judge", "of_blocks"]

# What an analyst adds holds for sure until it is taken back; so does what one confirms.
BY_ANALYST = f"{Mechanism.ANALYST} 1.00"
SURE = "1.00"
# Steps of a report that an error lists.
MOST = 5


class Decision(NamedTuple):
    """A judgement, and what moved by it."""

    judgement: Judgement
    changes: tuple[Change, ...]


def judge(
    address: CaseAddress, verdict: Verdict, later: str, earlier: str, why: str, *, by: Keeper | None = None
) -> Decision:
    """Decide about the step from `later` back to `earlier`, bring the case and its report up to date with that.

    Args:
        address: The case.
        verdict: Whether the step is cut, added, confirmed, or an earlier decision about it withdrawn.
        later: Id of the claim or document that repeats, or the beginning of it that no other has.
        earlier: Id of the claim or document that it goes back to, or its beginning.
        why: The reason; it may not be empty.
        by: Who decides; None names nobody.

    Raises:
        UnknownNameError: Where an id is not there, or begins more than one.
        JudgementError: Where nothing is to be decided: no reason, no such step, or decided so already.
        CaseReadOnlyError: Where the case cannot be written.
        CaseError: Where there is no case, or it cannot be read.
    """
    with Case.open(address, keeper=by or keeper()) as case:
        later, earlier = (_full(case, name) for name in (later, earlier))
        if not all(case.homes((name,)) for name in (later, earlier)):
            # Reports that came in since the case was last derived stand in no block yet.
            derive_anew(case)
        before = _about(case, (later, earlier))
        made = decide(case, verdict, later, earlier, why)
        derive_anew(case)
        return Decision(made, changes(before, _about(case, (later, earlier))))


def decide(case: Case, verdict: Verdict, later: str, earlier: str, why: str) -> Judgement:
    """Keep what is decided about the step from `later` back to `earlier`; what follows is for others to derive.

    Args:
        case: The case, open to be written.
        verdict: As of `judge`, like the other arguments.
        later: As of `judge`.
        earlier: As of `judge`.
        why: As of `judge`.

    Raises:
        UnknownNameError, JudgementError, CaseReadOnlyError, CaseError: As of `judge`.
    """
    later, earlier = (_full(case, name) for name in (later, earlier))
    before = _about(case, (later, earlier))
    level = _level(before, later, earlier)
    if not why.strip():
        raise JudgementError(later, earlier, "say why, with --why TEXT: a judgement without its reason is none")
    _check(before, verdict, later, earlier, level)
    held = _step(before.lineage.edges, later, earlier)
    after = None
    if verdict is Verdict.ADDED:
        after = BY_ANALYST
    elif verdict is Verdict.CONFIRMED and held is not None:
        after = f"{held.rpartition(' ')[0]} {SURE}"
    elif verdict is Verdict.WITHDRAWN:
        # What the rules say of the pair is only known once they are asked without the decision.
        left = tuple(one for one in before.judgements if {one.later, one.earlier} != {later, earlier})
        derived = derive(before.documents, before.claims, subject_of(case), left, facts=before.facts)
        after = _step(derived.lineage.edges, later, earlier)
    return case.judge(verdict, later, earlier, level, why, before=held, after=after)


def _about(case: Case, names: tuple[str, ...]) -> Ledger:
    """What the case holds of the blocks of some documents or claims, with every judgement."""
    with case.moment():
        return of_blocks(case, case.homes(names))


def of_blocks(case: Case, homes: tuple[int, ...]) -> Ledger:
    """Give what a case holds of some blocks, with every judgement."""
    with case.moment():
        held = [case.block(number) for number in homes]
        found = Derived().joined(case.derived_of(number) for number in homes)
        return Ledger(
            tuple(sorted((document for one in held for document in one[0]), key=by_publication)),
            tuple(claim for one in held for claim in one[1]),
            found.lineage, found.estimates, found.flags,
            facts=tuple(fact for one in held for fact in one[2]), judgements=case.judgements(), hits=found.hits,
        )  # fmt: skip


def _full(case: Case, name: str) -> str:
    """An id in full."""
    found = one_of(name, case.named(name), "claim or document")
    if found is None:
        likely = near(name, case.named())
        meant = f"; did you mean {' or '.join(likely)}?" if likely else ""
        reason = f"no claim or document of that id{meant} 'tallystick export' lists them"
        raise UnknownNameError(name, reason)
    return found


def _level(ledger: Ledger, first: str, second: str) -> EdgeLevel:
    """What the two ids are of; raises where no step can lead from the first to the second."""
    claims = {claim.id: claim.document for claim in ledger.claims}
    documents = {document.id: document for document in ledger.documents}
    if not all(one in claims or one in documents for one in (first, second)):
        raise JudgementError(first, second, "one of them has only just come in; decide when it has been derived")
    if (first in claims) != (second in claims):
        raise JudgementError(first, second, "one is a claim and the other a document; give two of one kind")
    if first == second:
        raise JudgementError(first, second, "a step leads from one to another")
    days = [last_day(documents[claims.get(one, one)].published or "") for one in (first, second)]
    if days[0] is not None and days[1] is not None and days[0] < days[1]:
        reason = f"the first was published on {days[0]}, before the second ({days[1]}); give the later one first"
        raise JudgementError(first, second, reason)
    return EdgeLevel.CLAIM if first in claims else EdgeLevel.DOCUMENT


def _check(ledger: Ledger, verdict: Verdict, later: str, earlier: str, level: EdgeLevel) -> None:
    """Raise where the verdict would change nothing."""
    last = next((one for one in reversed(ledger.judgements) if {one.later, one.earlier} == {later, earlier}), None)
    standing = None if last is None or last.verdict is Verdict.WITHDRAWN else last
    if verdict is Verdict.WITHDRAWN:
        if standing is None:
            raise JudgementError(later, earlier, "there is no judgement about it to withdraw; 'judge list' lists them")
        return
    if standing is not None and standing.verdict is verdict:
        raise JudgementError(later, earlier, f"is {verdict} already, by judgement {standing.number}")
    if verdict is Verdict.CONFIRMED and standing is not None and standing.verdict is Verdict.ADDED:
        # A confirmation in the place of the addition would take the step away.
        raise JudgementError(later, earlier, f"is added already, by judgement {standing.number}, and sure by that")
    if verdict in (Verdict.CUT, Verdict.CONFIRMED) and _step(ledger.lineage.edges, later, earlier) is None:
        steps = [edge.earlier for edge in ledger.lineage.edges if edge.later == later and edge.level is level]
        known = f"it goes back to {', '.join(steps[:MOST])}" if steps else "it goes back to nothing"
        wanted = "cut" if verdict is Verdict.CUT else "confirm"
        raise JudgementError(later, earlier, f"there is no such step to {wanted}; {known}")


def _step(edges: Iterable[Edge], later: str, earlier: str) -> str | None:
    """The surest step between the two, whichever comes first: its mechanism and confidence."""
    found = [edge for edge in edges if {edge.later, edge.earlier} == {later, earlier}]
    if not found:
        return None
    surest = max(found, key=lambda edge: (edge.confidence, edge.mechanism))
    return f"{surest.mechanism} {surest.confidence:.2f}"
