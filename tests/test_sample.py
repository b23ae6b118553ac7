"""The bundled sample shows one of everything that an estimate can be made of."""

import pytest

from tallystick.model.estimate import ConflictKind, Estimate
from tallystick.model.ledger import Ledger
from tallystick.model.lineage import Mechanism
from tallystick.pipeline import run
from tallystick.sample import reports


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    """The ledger of the bundled sample."""
    with reports() as folder:
        return run([folder], tmp_path_factory.mktemp("sample"), "dprk-russia").ledger


def estimate_of(ledger: Ledger, document: str, figure: str) -> Estimate:
    """The estimate that holds a figure of a document."""
    name = next(one.id for one in ledger.claims if (one.document, one.figure) == (document, figure))
    return next(estimate for estimate in ledger.estimates if name in estimate.claims)


def test_two_independent_origins_give_a_best_figure(ledger: Ledger) -> None:
    """A spy agency and a governor count the same soldiers; what the agency said first is superseded."""
    found = estimate_of(ledger, "ferry-times-1006", "11,000")
    assert found.independent.low == 2
    assert found.best is not None
    superseded = [reading for reading in found.readings if reading.superseded]
    assert [(reading.low, reading.date) for reading in superseded] == [(10_000, "2025-10-03")]


def test_a_single_origin_gives_a_range_and_no_best_figure(ledger: Ledger) -> None:
    """However many reports carry it."""
    found = estimate_of(ledger, "volga-wire-0617", "5,000")
    assert found.reports > 2
    assert found.independent.high == 1
    assert found.best is None
    assert found.low is not None
    assert found.whole is not None


def test_casualties_that_do_not_add_up_are_a_conflict(ledger: Ledger) -> None:
    """2,300 killed and 3,100 wounded are more than 4,000 casualties."""
    found = estimate_of(ledger, "harbor-press-1205", "4,000")
    told = [conflict.arithmetic for conflict in found.conflicts if conflict.kind is ConflictKind.CASUALTIES]
    assert any("= 5,400, not 4,000" in arithmetic for arithmetic in told)


def test_copies_share_passages_and_a_quotation_leads_to_who_had_it_first(ledger: Ledger) -> None:
    """A masthead that prints the agency's text, and a feature that quotes the governor a month later."""
    edges = ledger.lineage.edges
    copies = [edge for edge in edges if (edge.later, edge.earlier) == ("coast-courier-0618", "harbor-press-0617")]
    assert any(edge.mechanism is Mechanism.IDENTICAL_TEXT and edge.shared for edge in copies)
    document_of = {claim.id: claim.document for claim in ledger.claims}
    quoted = {(document_of.get(edge.later), document_of.get(edge.earlier))
              for edge in edges if edge.mechanism is Mechanism.QUOTATION}  # fmt: skip
    assert ("morning-anchor-1102", "ferry-times-1006") in quoted


def test_parts_of_one_announcement_are_not_added_to_the_whole(ledger: Ledger) -> None:
    """6,000 is 5,000 and 1,000."""
    found = estimate_of(ledger, "market-ledger-0618", "6,000")
    assert len(found.parts) == 2
