"""The origin tree: reports under what they go back to, copies folded, long lists cut and counted."""

from dataclasses import replace

from factory import claim, document
from tallystick.model.ledger import Ledger
from tallystick.model.lineage import Edge, EdgeKind, EdgeLevel, Lineage, Mechanism
from tallystick.reporting.derivation import Derivations
from tallystick.reporting.trees import MOST_BRANCHES, MOST_COPIES, Tree, trees
from wires import COPIES, wire_ledger


def tree(ledger: Ledger) -> Tree:
    """The tree of the first statement."""
    return trees(Derivations(ledger).of(ledger.estimates[0]))[0]


def wide(number: int, mechanism: Mechanism) -> Ledger:
    """One report that `number` others go back to."""
    ledger = wire_ledger()
    documents = [document("Some 2,000 divers.", id=f"x-{at:04}", published="2031-03-01") for at in range(number + 1)]
    claims = [claim(one, "2,000") for one in documents]
    edges = tuple(
        Edge(one.id, claims[0].id, EdgeLevel.CLAIM, EdgeKind.QUOTED, mechanism, "again", 0.9) for one in claims[1:]
    )
    names = tuple(one.id for one in claims)
    origin, whole = replace(ledger.lineage.origins[0], claims=names), replace(ledger.estimates[0], claims=names)
    return Ledger(tuple(documents), tuple(claims), Lineage(edges, (origin,)), (whole,), ())


def test_reports_stand_under_what_they_go_back_to() -> None:
    """With the step that led there; a first telling has none."""
    found = tree(wire_ledger())
    assert [(one.carrier.document.id, one.depth) for one in found.branches] == [("wire", 0), ("told", 1)]
    assert found.branches[0].step is None
    assert found.branches[1].above == found.branches[0].carrier


def test_mere_copies_are_folded_under_their_original() -> None:
    """They are no rows of their own, and none is lost."""
    found = tree(wire_ledger())
    assert [one.carrier.document.id for one in found.branches[1].copies] == [f"mast-{at}" for at in range(COPIES)]
    assert found.more == 0


def test_many_copies_are_counted() -> None:
    """A few are named."""
    found = tree(wide(500, Mechanism.IDENTICAL_TEXT))
    assert len(found.branches) == 1
    assert len(found.branches[0].copies) == MOST_COPIES
    assert found.branches[0].more == 500 - MOST_COPIES
    assert found.more == 0


def test_many_reports_are_counted_too() -> None:
    """Those that are no copies stand in rows up to a number."""
    found = tree(wide(500, Mechanism.ATTRIBUTION))
    assert len(found.branches) == MOST_BRANCHES
    assert found.more == 501 - MOST_BRANCHES


def test_linked_statements_know_each_other() -> None:
    """In both directions."""
    ledger = wire_ledger()
    first, _, last = trees(Derivations(ledger).of(ledger.estimates[0]))
    assert [origin.id for origin in first.linked] == ["o-3"]
    assert [origin.id for origin in last.linked] == ["o-1"]
