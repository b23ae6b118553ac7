"""From reports and claims to the ledger: traced, reconciled and screened, block by block.

What belongs to one block is derived by itself, so a case is brought up to date by deriving the blocks that have
changed, and any selection of its reports is derived in the same way without touching it.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from tallystick.model.change import Change
from tallystick.model.claim import Claim
from tallystick.model.document import Document, by_publication
from tallystick.model.dossier import Dossier
from tallystick.model.fact import Fact
from tallystick.model.hit import Hit
from tallystick.model.judgement import Judgement, Verdict
from tallystick.model.ledger import Derived, Ledger
from tallystick.model.lineage import EdgeLevel
from tallystick.model.priority import Priority
from tallystick.model.provision import Tier
from tallystick.reconciliation.reconciliation import reconcile
from tallystick.reporting.changes import changes
from tallystick.screening.priorities import priorities
from tallystick.screening.screening import screen
from tallystick.storage.case import Case
from tallystick.tracing.blocking import blocks, ties
from tallystick.tracing.tracing import trace

__all__ = ["bring_up_to_date", "derive", "derive_block"]

# Documents that are put into blocks, or derived, in one transaction: a made-up case of 100,000 short reports was
# derived so within 490 MB.
PORTION = 10_000
# Times that blocks are derived again because another process changed the case meanwhile. The last time what was found
# is kept as it is, so that several people who review without a pause see their figures move; the blocks stay to be
# derived, which whoever changed the case does when that is done.
PATIENCE = 5


def derive(
    documents: tuple[Document, ...], claims: tuple[Claim, ...], dossier: Dossier,
    judgements: tuple[Judgement, ...] = (), *, facts: Iterable[Fact] = (), as_of: date | None = None,
) -> Ledger:  # fmt: skip
    """Give the ledger of `documents`, `claims` and `facts`. Pure: no file is touched.

    The same reports give the same ledger in whatever order they come.

    Args:
        documents: The reports.
        claims: Their claims.
        dossier: The subject under watch.
        judgements: What reviewers decided, in order.
        facts: What the reports tell besides figures; those of other reports are left out.
        as_of: Day at which it is judged whether a count is stale; None takes that of the latest report of the block.
    """
    ordered = tuple(sorted(documents, key=by_publication))
    turns = {document.id: turn for turn, document in enumerate(ordered)}
    told = tuple(
        sorted((one for one in facts if one.document in turns), key=lambda one: (turns[one.document], one.start))
    )
    by_document: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in told:
        by_document[fact.document].append(fact)
    whole = Derived().joined(
        derive_block(
            block.documents, block.claims, tuple(fact for one in block.documents for fact in by_document[one.id]),
            dossier, judgements, as_of=as_of,
        )
        for block in blocks(documents, claims, dossier, judgements)
    )  # fmt: skip
    return Ledger(
        ordered, claims, whole.lineage, whole.estimates, whole.flags,
        facts=told, judgements=judgements, hits=whole.hits,
    )  # fmt: skip


def derive_block(
    documents: tuple[Document, ...], claims: tuple[Claim, ...], facts: tuple[Fact, ...], dossier: Dossier,
    judgements: Iterable[Judgement] = (), *, as_of: date | None = None,
) -> Derived:  # fmt: skip
    """Give what follows from the reports of one block; arguments as of `derive`."""
    judgements = tuple(judgements)
    lineage = trace(documents, claims, dossier, judgements)
    estimates = reconcile(documents, claims, lineage, dossier, as_of=as_of)
    found = screen(documents, claims, facts, lineage, estimates, dossier)
    return Derived(lineage, estimates, found.flags, _judged(found.hits, judgements))


def _judged(hits: tuple[Hit, ...], judgements: Iterable[Judgement]) -> tuple[Hit, ...]:
    """The hits, of which those have the highest tier that a reviewer says a competent body has determined."""
    last = {one.later: one.verdict for one in judgements if one.level is EdgeLevel.HIT}
    return tuple(replace(hit, tier=Tier.DETERMINED) if last.get(hit.id) is Verdict.DETERMINED else hit for hit in hits)


def bring_up_to_date(case: Case, dossier: Dossier) -> None:
    """Derive what has changed in a case since it was last derived, also by what another process has added meanwhile."""
    first = not case.filled()
    for left in range(PATIENCE, 0, -1):
        while True:
            documents, claims = case.unsettled(PORTION)
            if not documents:
                break
            case.settle(ties(documents, claims, dossier))
        documents, claims = case.reviewed_anew()
        if documents:
            case.extend(ties(documents, claims, dossier))
        judgements = case.judgements()
        case.join((one.later, one.earlier) for one in judgements if one.level is not EdgeLevel.HIT)
        if _derive_stale(case, dossier, judgements, _Turn(first, last=left == 1)):
            return


def _derive_stale(case: Case, dossier: Dossier, judgements: tuple[Judgement, ...], turn: "_Turn") -> bool:
    """Derive the blocks that have changed; whether nobody came between."""
    portion = _Portion({}, {}, [], [], {})
    state = case.state()
    for block in case.stale_blocks():
        documents, claims, facts = case.block(block)
        derived = derive_block(documents, claims, facts, dossier, judgements)
        portion.found[block], portion.members[block] = derived, len(documents)
        portion.documents.extend(documents)
        portion.claims.extend(claims)
        portion.priorities.update(priorities(claims, derived))
        if len(portion.documents) >= PORTION:
            if not _put(case, portion, judgements, state, turn) and not turn.last:
                return False
            portion = _Portion({}, {}, [], [], {})
    return _put(case, portion, judgements, state, turn)


class _Turn(NamedTuple):
    """How the stale blocks are derived this time.

    Attributes:
        first: Whether the case is being filled: then all is new, and nobody has seen it otherwise.
        last: Whether what is found is kept though the case has changed meanwhile.
    """

    first: bool
    last: bool


class _Portion(NamedTuple):
    """Blocks that are put into a case in one transaction."""

    found: dict[int, Derived]
    members: dict[int, int]
    documents: list[Document]
    claims: list[Claim]
    priorities: dict[str, Priority]


def _put(
    case: Case, portion: _Portion, judgements: tuple[Judgement, ...], state: int, turn: _Turn
) -> bool:  # fmt: skip
    """Put what was derived in the place of what was before, with what became different; whether nobody came between."""

    def moved(before: Derived, after: Derived) -> tuple[Change, ...]:
        return changes(_ledger(portion, before, judgements, known=True), _ledger(portion, after, judgements))

    return case.replace_derived(
        portion.found, after=state, members=portion.members, moved=None if turn.first else moved,
        priorities=portion.priorities, outdated=turn.last,
    )  # fmt: skip


def _ledger(portion: _Portion, derived: Derived, judgements: tuple[Judgement, ...], *, known: bool = False) -> Ledger:
    """The reports of some blocks with what was derived of them; where `known`, of reports those that it was from."""
    held = {name for origin in derived.lineage.origins for name in origin.documents}
    documents = tuple(one for one in portion.documents if not known or one.id in held)
    return Ledger(
        tuple(sorted(documents, key=by_publication)),
        tuple(one for one in portion.claims if not known or one.document in held),
        derived.lineage, derived.estimates, derived.flags, judgements=judgements, hits=derived.hits,
    )  # fmt: skip
