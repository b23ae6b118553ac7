"""Decide about many claims at once: what was chosen comes in and is decided one by one; what was refused goes out.

Each claim gets a review of its own, so that one that somebody else has decided about meanwhile keeps back no other.
"""

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from tallystick.errors import ReviewError, UnknownNameError
from tallystick.inquiry import reviewing
from tallystick.storage.case import Case
from tallystick.workbench.access.visitors import Visitor
from tallystick.workbench.bench import Bench
from tallystick.workbench.pages import whole_number

__all__ = ["MOST", "Outcome", "Refused", "Wanted", "judge", "wanted"]

# Claims that are decided at once: a few pages. Each takes some milliseconds of the one writer that a case has.
MOST = 200

Verdict = Literal["accept", "reject"]


class Wanted(NamedTuple):
    """What a form asks for.

    Attributes:
        verdict: What is decided.
        claims: Ids of the claims chosen, each once.
        seen: Number of the last review that the page knew of.
        why: The reason.
    """

    verdict: Verdict
    claims: tuple[str, ...]
    seen: int
    why: str


class Refused(NamedTuple):
    """A claim about which nothing was decided, its figure where there is such a claim, and why."""

    claim: str
    figure: str
    reason: str


class Outcome(NamedTuple):
    """What became of a form; `trouble` says why nothing was tried at all, else it is ""."""

    verdict: Verdict
    done: int = 0
    refused: tuple[Refused, ...] = ()
    trouble: str = ""


def wanted(form: Mapping[str, str | Sequence[str]]) -> Wanted:
    """Give what a form asks for; whatever is no "accept" rejects, which needs a reason."""
    chosen = form.get("claim", ())
    names = (chosen,) if isinstance(chosen, str) else tuple(chosen)
    seen, why = whole_number(str(form.get("seen", ""))), str(form.get("why", "")).strip()
    verdict: Verdict = "accept" if form.get("verdict") == "accept" else "reject"
    return Wanted(verdict, tuple(dict.fromkeys(names)), seen, why)


def judge(bench: Bench, visitor: Visitor, asked: Wanted) -> Outcome:
    """Accept or reject the claims chosen, note each in the audit log, and have what follows derived.

    Raises:
        CaseReadOnlyError: Where the case cannot be written.
    """
    trouble = _trouble(asked)
    if trouble:
        return Outcome(asked.verdict, trouble=trouble)
    done, refused = 0, list[Refused]()
    try:
        with Case.open(bench.address, keeper=bench.keeper(visitor.name), migrate=False) as case:
            for claim in asked.claims:
                reason = _refusal(case, claim, asked)
                if reason:
                    refused.append(Refused(claim, _figure(case, claim), reason))
                    continue
                done += 1
                told = f"{asked.verdict}: {asked.why}" if asked.why else asked.verdict
                bench.audit.note(visitor.name, "review", claim, told)
    finally:
        if done:
            bench.follower.follow(visitor.name)
    return Outcome(asked.verdict, done, tuple(refused))


def _trouble(asked: Wanted) -> str:
    """Why nothing is tried; "" where it is."""
    if not asked.claims:
        return "No claim was chosen. Check the box beside each claim that this is about."
    if len(asked.claims) > MOST:
        return f"{len(asked.claims)} claims were chosen; at most {MOST} are decided at once."
    if asked.verdict == "reject" and not asked.why:
        return "Rejecting needs a reason. Nothing was changed."
    return ""


def _refusal(case: Case, claim: str, asked: Wanted) -> str:
    """Decide about a claim; why that could not be, "" where it was."""
    try:
        if asked.verdict == "accept":
            reviewing.accept(case, claim, seen=asked.seen, why=asked.why)
        else:
            reviewing.reject(case, claim, seen=asked.seen, why=asked.why)
    except ReviewError as error:
        return error.reason
    except UnknownNameError as error:
        return str(error)
    return ""


def _figure(case: Case, claim: str) -> str:
    """The figure of a claim by which a reader knows it again; "" where there is none."""
    try:
        return case.claim(claim).claim.figure
    except UnknownNameError:
        return ""
