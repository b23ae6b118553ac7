"""Where the boxes of a drawn derivation stand: left to right by time, nothing covered, few of many copies."""

from dataclasses import replace

from factory import claim, document
from tallystick.model.estimate import Estimate
from tallystick.model.ledger import Ledger
from tallystick.model.lineage import Edge, EdgeKind, EdgeLevel, Lineage, Mechanism
from tallystick.reporting.derivation import Derivations
from tallystick.reporting.layouts import DEEPEST, MOST_COPIES, Layout, laid_out
from wires import COPIES, wire_ledger


def layout(ledger: Ledger, most: int = 24) -> Layout:
    """The layout of the first estimate."""
    return laid_out(Derivations(ledger).of(ledger.estimates[0]), most)


def test_each_box_stands_right_of_what_it_goes_back_to() -> None:
    """And not above it."""
    found = layout(wire_ledger())
    for box in found.boxes:
        if box.above is not None:
            assert found.boxes[box.above].column < box.column
            assert found.boxes[box.above].row <= box.row


def test_no_two_boxes_stand_in_one_place_and_no_line_runs_through_one() -> None:
    """Left of a box in its row stands only what it goes back to."""
    found = layout(wire_ledger())
    assert len({(box.row, box.column) for box in found.boxes}) == len(found.boxes)
    for box in found.boxes:
        left = {at for at, one in enumerate(found.boxes) if one.row == box.row and one.column < box.column}
        above, chain = box.above, set()
        while above is not None:
            chain.add(above)
            above = found.boxes[above].above
        assert left <= chain


def test_copies_beyond_a_few_are_counted() -> None:
    """The count says that they are copies, and nothing is lost."""
    found = layout(wire_ledger())
    rest = [box for box in found.boxes if box.rest]
    assert [(box.rest, box.copies) for box in rest] == [(COPIES - MOST_COPIES, True)]
    assert found.boxes[rest[0].above or 0].carrier is not None


def test_reports_beyond_the_most_are_counted_too() -> None:
    """What others go back to is drawn first."""
    found = layout(wire_ledger(), most=4)
    drawn = [box.carrier.document.id for box in found.boxes if box.carrier is not None]
    assert drawn == ["wire", "told", "early", "late"]
    assert sum(box.rest for box in found.boxes) == COPIES


def test_linked_statements_are_named_by_their_boxes() -> None:
    """The pair leads to two statements."""
    found = layout(wire_ledger())
    assert [(found.boxes[one].origin.id, found.boxes[other].origin.id) for one, other in found.linked] == [
        ("o-1", "o-3")
    ]


def test_a_chain_without_end_is_cut() -> None:
    """What lies deeper than a page is wide is counted where the chain is cut."""
    ledger = wire_ledger()
    chain = [document(f"Once more 9{at:03} divers.", id=f"x-{at:03}", published="2032-01-01") for at in range(300)]
    claims = [claim(one, f"9{at:03}") for at, one in enumerate(chain)]
    edges = tuple(
        Edge(claims[at].id, claims[at - 1].id, EdgeLevel.CLAIM, EdgeKind.DERIVED, Mechanism.ATTRIBUTION, "again", 0.8)
        for at in range(1, 300)
    )
    names = tuple(one.id for one in claims)
    origin = replace(ledger.lineage.origins[0], claims=names)
    whole: Estimate = replace(ledger.estimates[0], claims=names)
    found = layout(Ledger(tuple(chain), tuple(claims), Lineage(edges, (origin,)), (whole,), ()))
    assert sum(box.carrier is not None for box in found.boxes) == DEEPEST
    assert [box.rest for box in found.boxes if box.rest] == [300 - DEEPEST]
