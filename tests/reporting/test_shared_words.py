"""What two reports have in common: excerpts of both, and where the words stand."""

from dataclasses import replace

from tallystick.model.lineage import EdgeLevel, Lineage, Shared
from tallystick.reporting.sharing import LONGEST_EXCERPT, MOST_PAIRS, shared
from wires import WIRE, wire_ledger

ALL = frozenset(document.id for document in wire_ledger().documents)


def test_both_texts_of_a_shared_passage_are_given() -> None:
    """The later report names the earlier one, and both know where the words stand."""
    found = shared(wire_ledger(), ALL)
    (alike,) = found.alike["told"]
    assert alike.earlier.id == "wire"
    assert alike.pairs == ((WIRE, WIRE),)
    assert found.spans == {"told": ((0, len(WIRE)),), "wire": ((0, len(WIRE)),)}


def test_what_is_not_on_the_page_is_not_tinted() -> None:
    """An excerpt may come from a report whose text is left out."""
    found = shared(wire_ledger(), frozenset(("told",)))
    assert set(found.alike) == set(found.spans) == {"told"}


def test_of_many_passages_a_few_are_shown_and_the_rest_is_counted() -> None:
    """A passage as long as a book is cut."""
    ledger = wire_ledger()
    edge = ledger.lineage.edges[1]
    long = tuple(replace(one, text="w" * 5_000) for one in ledger.documents)
    many = replace(edge, shared=tuple(Shared(at, at + 1_000, at, at + 1_000) for at in range(0, 3_000, 300)))
    (alike,) = shared(replace(ledger, documents=long, lineage=Lineage((many,), ())), ALL).alike["told"]
    assert len(alike.pairs) == MOST_PAIRS
    assert alike.more == 10 - MOST_PAIRS
    assert all(len(pair.later) == LONGEST_EXCERPT for pair in alike.pairs)


def test_an_edge_between_claims_counts_where_the_reports_have_none() -> None:
    """Its offsets are those of the claims' documents."""
    ledger = wire_ledger()
    first, second = ledger.lineage.edges[:2]
    between = replace(first, shared=second.shared)
    assert between.level is EdgeLevel.CLAIM
    found = shared(replace(ledger, lineage=Lineage((between,), ())), ALL)
    assert found.alike["told"][0].pairs == ((WIRE, WIRE),)
