"""A reviewer's word that a competent body has determined a provision to apply: a hit and its reason come in.

No program sets that tier; what moves by it goes out, and like every decision it is kept for good. Only the block of the
hit is looked at, so that it costs the same in a small and in a large case.
"""

from tallystick.errors import JudgementError, UnknownNameError
from tallystick.inquiry.deciding import Decision, of_blocks
from tallystick.inquiry.naming import near, one_of
from tallystick.model.hit import Hit
from tallystick.model.judgement import Judgement, Verdict
from tallystick.model.ledger import Ledger
from tallystick.model.lineage import EdgeLevel
from tallystick.model.provision import Tier
from tallystick.pipeline import derive, derive_anew, keeper, subject_of
from tallystick.reporting.changes import changes
from tallystick.storage.case import Case
from tallystick.storage.custody import Keeper
from tallystick.storage.stores.address import CaseAddress

__all__ = ["decide_hit", "determine"]


def determine(
    address: CaseAddress, name: str, why: str, *, withdraw: bool = False, by: Keeper | None = None
) -> Decision:
    """Note what a competent body has determined, or take that back; the case and its report are brought up to date.

    Args:
        address: The case.
        name: Id of the hit, or the beginning of it that no other has.
        why: Who determined it, when and where that can be read; it may not be empty.
        withdraw: Take an earlier decision back, so that the facts told decide again.
        by: Who decides; None names nobody.

    Raises:
        UnknownNameError: Where the id is not there, or begins more than one.
        JudgementError: Where nothing is to be decided: no reason, or decided so already.
        CaseReadOnlyError: Where the case cannot be written.
        CaseError: Where there is no case, or it cannot be read.
    """
    with Case.open(address, keeper=by or keeper()) as case:
        before = of_blocks(case, (_hit(case, name)[0],))
        made = decide_hit(case, name, why, withdraw=withdraw)
        derive_anew(case)
        held = case.hit(made.later)
        # A hit that is gone was of the block that was looked at before.
        after = of_blocks(case, (held[0],)) if held else of_blocks(case, case.homes(one.id for one in before.documents))
        return Decision(made, changes(before, after))


def decide_hit(case: Case, name: str, why: str, *, withdraw: bool = False) -> Judgement:
    """Keep what is decided about a hit; what follows is for others to derive.

    Args:
        case: The case, open to be written.
        name: As of `determine`, like the other arguments.
        why: As of `determine`.
        withdraw: As of `determine`.

    Raises:
        UnknownNameError, JudgementError, CaseReadOnlyError, CaseError: As of `determine`.
    """
    block, hit = _hit(case, name)
    if not why.strip():
        raise JudgementError(hit.id, hit.provision, "say who determined it and where that is written, with --why TEXT")
    last = next((one for one in reversed(case.judgements()) if one.later == hit.id), None)
    if withdraw is not (last is not None and last.verdict is Verdict.DETERMINED):
        state = "is not determined, so there is nothing to withdraw" if withdraw else "is determined already"
        raise JudgementError(hit.id, hit.provision, f"{state}; 'judge list' lists every decision")
    verdict = Verdict.WITHDRAWN if withdraw else Verdict.DETERMINED
    after = _without(case, of_blocks(case, (block,)), hit) if withdraw else Tier.DETERMINED.value
    before = Tier.DETERMINED if withdraw else hit.tier
    return case.judge(verdict, hit.id, hit.provision, EdgeLevel.HIT, why, before=before.value, after=after)


def _hit(case: Case, name: str) -> tuple[int, Hit]:
    """The hit of an id or its beginning, with its block."""
    full = one_of(name, case.hit_names(name), "hit")
    found = None if full is None else case.hit(full)
    if found is None:
        likely = near(name, case.hit_names())
        meant = f"; did you mean {' or '.join(likely)}?" if likely else ""
        raise UnknownNameError(name, f"no hit of that id{meant} 'tallystick hits --format jsonl' lists them")
    return found


def _without(case: Case, ledger: Ledger, hit: Hit) -> str | None:
    """The tier that the facts told give by themselves."""
    left = tuple(one for one in ledger.judgements if one.later != hit.id)
    derived = derive(ledger.documents, ledger.claims, subject_of(case), left, facts=ledger.facts)
    return next((one.tier.value for one in derived.hits if one.id == hit.id), None)
