"""A small case to review in: its claims by report, and short ways to decide about them."""

from collections.abc import Iterator
from contextlib import contextmanager

from bench_case import a_case
from tallystick.deriving import bring_up_to_date
from tallystick.inquiry.fields import Entry, Fields, entry_of, fields_of, typed
from tallystick.model.claim import Claim
from tallystick.model.review import Standing
from tallystick.pipeline import keeper, subject_of
from tallystick.storage.case import Case
from tallystick.storage.stores.address import CaseAddress

__all__ = ["a_case", "claim_of", "entry", "following", "said", "standings", "working"]

HERALD = "herald-1"


@contextmanager
def working(folder: CaseAddress, who: str = "ana") -> Iterator[Case]:
    """Open the case as somebody."""
    with Case.open(folder, keeper=keeper(who)) as case:
        yield case


def claim_of(case: Case, document: str = HERALD, turn: int = 0) -> Claim:
    """Give a claim of a report by its turn in the text, also one that was taken away."""
    return case.held(document)[turn].claim


def entry(claim: Claim, **typed_in: str) -> Entry:
    """Give the form of a claim with some fields typed anew."""
    return entry_of(fields_of(claim))._replace(**typed_in)


def said(case: Case, claim: Claim, **typed_in: str) -> Fields:
    """Give the fields of a claim with some typed anew, as they are read."""
    document = case.document(claim.document)
    return typed(entry(claim, **typed_in), document, subject_of(case), known=fields_of(claim))


def standings(case: Case, document: str = HERALD) -> dict[str, Standing]:
    """Give by whose word each claim of a report stands."""
    return {one.claim.id: one.standing for one in case.held(document)}


def following(case: Case) -> None:
    """Derive what follows from what was decided."""
    bring_up_to_date(case, subject_of(case))
