"""A reviewer's decision about a case: who decided what, when and why; decisions are only ever added."""

from dataclasses import dataclass
from enum import StrEnum

from tallystick.model.lineage import EdgeLevel

__all__ = ["Judgement", "Verdict"]


class Verdict(StrEnum):
    """What was decided about the step between two claims or two documents, or about a provision that may apply."""

    CUT = "cut"
    ADDED = "added"
    CONFIRMED = "confirmed"
    """A reviewer has looked at the step that the rules found, and it holds."""

    WITHDRAWN = "withdrawn"
    DETERMINED = "determined"


@dataclass(frozen=True, slots=True)
class Judgement:
    """One decision; the last one about a pair of ids holds.

    Attributes:
        number: Its turn among the decisions of a case, from 1.
        made: UTC time at which it was made, ISO 8601 with "Z".
        by: Who decided.
        verdict: The step does not hold, does hold though no rule finds it, holds as the rules find it, an earlier
            decision about it is taken back, or a competent body has determined that the provision applies.
        later: Id of the claim or document that repeats, or of the hit.
        earlier: Id of the claim or document that it goes back to, or of the provision.
        level: Whether the ids are claims, documents, or a hit with its provision.
        why: The reviewer's reason.
        before: What held about the pair until then: mechanism and confidence of the step, or the tier of the hit; None
            where there was none.
        after: What holds from then on, or None where there is no step.
    """

    number: int
    made: str
    by: str
    verdict: Verdict
    later: str
    earlier: str
    level: EdgeLevel
    why: str
    before: str | None = None
    after: str | None = None
