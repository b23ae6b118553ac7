"""What a person decides about a proposal: accepted it becomes a claim by a review, refused it is kept as it is."""

from dataclasses import replace

from tallystick.errors import ReviewError
from tallystick.inquiry.reviewing import LONGEST_REASON
from tallystick.model.claim import Ground
from tallystick.model.review import Review, ReviewVerdict, Standing
from tallystick.model.second_reader import ModelProposal, ProposalVerdict
from tallystick.storage.case import Case, Proposal

__all__ = ["accept", "refuse", "take_back"]


def accept(case: Case, number: int, *, seen: int, why: str = "") -> Review:
    """Take a proposal as a claim that was missed, by the word of the reviewer; its grounds go on naming the model.

    Args:
        case: Open for writing; its keeper names the reviewer.
        number: Of the proposal.
        seen: Number of the last review that the reviewer knew of.
        why: The reason; empty says that the proposal was right.

    Raises:
        ReviewError: Where there is no such proposal, it was refused, or a claim marks its words already.
        CaseReadOnlyError: Where the case cannot be written.
    """
    found = _proposal(case, number)
    if case.proposals.refused(number):
        raise ReviewError(f"proposal {number}", "was refused; take that back first")
    claim = found.claim
    for one in case.held(claim.document):
        overlapping = one.claim.start < claim.end and claim.start < one.claim.end
        if overlapping and (one.standing.counts or one.claim.id == claim.id):
            raise ReviewError(one.claim.id, f"marks these words already, and stands as {one.standing.value}")
    by = Ground("figure", claim.figure, f"reviewer {case.operator}".strip())
    reason = _short(number, why) or "as the second reader proposed"
    made = replace(claim, grounds=(*claim.grounds, by))
    return case.review(Proposal(ReviewVerdict.ADDED, claim.document, (), (made,), reason), seen=seen)


def refuse(case: Case, number: int, *, why: str) -> None:
    """Say that a proposal is no claim; it is kept, and not shown again. Errors as of `accept`.

    One that was accepted stands as a claim: the review that made it one has to be withdrawn first.
    """
    reason = _short(number, why)
    if not reason:
        raise ReviewError(f"proposal {number}", "say why: a decision without its reason is none")
    claim = _proposal(case, number).claim
    if any(one.claim.id == claim.id and one.standing is Standing.ADDED for one in case.held(claim.document)):
        raise ReviewError(f"proposal {number}", "was accepted and stands as a claim; withdraw that review first")
    case.proposals.decide(number, ProposalVerdict.REFUSED, reason)


def take_back(case: Case, number: int, *, why: str) -> None:
    """Take a refusal back, so that the proposal waits again. Errors as of `accept`."""
    case.proposals.decide(number, ProposalVerdict.WITHDRAWN, _short(number, why))


def _proposal(case: Case, number: int) -> ModelProposal:
    found = case.proposals.proposal(number)
    if found is None:
        raise ReviewError(f"proposal {number}", "there is no such proposal")
    return found


def _short(number: int, why: str) -> str:
    """A reason that can be kept."""
    reason = why.strip()
    if len(reason) > LONGEST_REASON:
        raise ReviewError(f"proposal {number}", f"the reason is longer than {LONGEST_REASON:,} characters")
    return reason
