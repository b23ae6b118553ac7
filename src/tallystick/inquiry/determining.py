"""A reviewer's word that a competent body has determined a provision to apply: a hit and its reason come in.

No program sets that tier; what moves by it goes out, and like every decision it is kept for good.
"""

from pathlib import Path

from tallystick.errors import JudgementError, UnknownNameError
from tallystick.inquiry.deciding import Decision
from tallystick.inquiry.naming import near, one_of
from tallystick.model.hit import Hit
from tallystick.model.judgement import Verdict
from tallystick.model.ledger import Ledger
from tallystick.model.lineage import EdgeLevel
from tallystick.model.provision import Tier
from tallystick.pipeline import derive, derive_anew, keeper, subject_of
from tallystick.reporting.changes import changes
from tallystick.storage.case import Case
from tallystick.storage.custody import Keeper

__all__ = ["determine"]


def determine(folder: Path, name: str, why: str, *, withdraw: bool = False, by: Keeper | None = None) -> Decision:
    """Note that a competent body has determined a provision to apply to a population, or take that back.

    Args:
        folder: The case.
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
    with Case.open(folder, keeper=by or keeper()) as case:
        before = case.ledger()
        hit = _hit(before, name)
        if not why.strip():
            raise JudgementError(
                hit.id, hit.provision, "say who determined it and where that is written, with --why TEXT"
            )
        if withdraw is not (hit.tier is Tier.DETERMINED):
            state = "is not determined, so there is nothing to withdraw" if withdraw else "is determined already"
            raise JudgementError(hit.id, hit.provision, f"{state}; 'judge list' lists every decision")
        verdict = Verdict.WITHDRAWN if withdraw else Verdict.DETERMINED
        after = _without(case, before, hit) if withdraw else Tier.DETERMINED.value
        made = case.judge(
            verdict, hit.id, hit.provision, EdgeLevel.HIT, why, before=hit.tier.value, after=after
        )  # fmt: skip
        return Decision(made, changes(before, derive_anew(case)))


def _hit(ledger: Ledger, name: str) -> Hit:
    """The hit of an id or its beginning."""
    held = {hit.id: hit for hit in ledger.hits}
    found = one_of(name, held, "hit")
    if found is None:
        likely = near(name, held)
        meant = f"; did you mean {' or '.join(likely)}?" if likely else ""
        raise UnknownNameError(name, f"no hit of that id{meant} 'tallystick hits --format jsonl' lists them")
    return held[found]


def _without(case: Case, ledger: Ledger, hit: Hit) -> str | None:
    """The tier that the facts told give by themselves."""
    left = tuple(one for one in ledger.judgements if one.later != hit.id)
    derived = derive(ledger.documents, ledger.claims, subject_of(case), left, facts=ledger.facts)
    return next((one.tier.value for one in derived.hits if one.id == hit.id), None)
