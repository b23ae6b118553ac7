"""The derivation of an estimate: which reports carry its statements, and what goes back to what."""

from dataclasses import replace

from tallystick.model.ledger import Ledger
from tallystick.model.lineage import Edge, EdgeKind, EdgeLevel, Lineage, Mechanism
from tallystick.reporting.derivation import Derivation, Derivations
from wires import COPIES, wire_ledger


def derived(ledger: Ledger, at: int = 0) -> Derivation:
    """The derivation of one estimate of `ledger`."""
    return Derivations(ledger).of(ledger.estimates[at])


def test_every_statement_has_its_reports_in_order_of_publication() -> None:
    """Lines stand in the order of the readings, reports in that of their day."""
    found = derived(wire_ledger())
    assert [line.origin.id for line in found.lines] == ["o-1", "o-2", "o-3"]
    first = [carrier.document.id for carrier in found.lines[0].carriers]
    assert first == ["wire", "told", *(f"mast-{at}" for at in range(COPIES))]


def test_every_claim_of_the_estimate_is_in_it_once() -> None:
    """Nothing that was folded in is lost or told twice."""
    ledger = wire_ledger()
    found = [claim.id for _, _, claim in derived(ledger).claims()]
    assert sorted(found) == sorted(ledger.estimates[0].claims)


def test_steps_lead_from_report_to_report() -> None:
    """What shows a step of the figure comes before what shows that the text was taken."""
    line = derived(wire_ledger()).lines[0]
    step = line.above()["told"]
    assert (step.later, step.earlier) == ("told", "wire")
    assert [edge.mechanism for edge in step.edges] == [Mechanism.ATTRIBUTION, Mechanism.PARTIAL_TEXT]
    assert line.depth == {"wire": 1, "told": 2} | {f"mast-{at}": 3 for at in range(COPIES)}


def test_a_report_that_is_only_passed_on_the_way_back_is_told_apart() -> None:
    """A claim of the origin that others lead to belongs to the derivation, not to the estimate."""
    ledger = wire_ledger()
    whole = ledger.estimates[0]
    less = replace(whole, claims=whole.claims[1:])
    line = Derivations(replace(ledger, estimates=(less, ledger.estimates[1]))).of(less).lines[0]
    assert [(one.document.id, one.folded) for one in line.carriers[:2]] == [("wire", False), ("told", True)]


def test_parts_whole_links_and_judgements_are_named() -> None:
    """Both ends of a sum know each other; linked origins stand once."""
    found = derived(wire_ledger())
    assert [part.id for part in found.parts] == ["e-part"]
    assert found.linked == (("o-1", "o-3"),)
    assert [one.number for one in found.judgements] == [1]
    part = derived(wire_ledger(), 1)
    assert part.whole is not None
    assert part.whole.id == "e-whole"
    assert part.lines == ()


def test_a_circle_of_steps_ends() -> None:
    """A ledger from elsewhere may lead in a circle: its earliest report is taken for the first telling."""
    ledger = wire_ledger()
    back = Edge("wire", "told", EdgeLevel.DOCUMENT, EdgeKind.QUOTED, Mechanism.IDENTICAL_TEXT, "circle", 0.9)
    line = derived(replace(ledger, lineage=Lineage((*ledger.lineage.edges, back), ledger.lineage.origins))).lines[0]
    assert line.depth["wire"] == 1
    assert line.depth["told"] == 2


def test_what_is_missing_from_a_ledger_is_passed_over() -> None:
    """Claims without a document, edges to nowhere and estimates that are gone end nothing."""
    ledger = wire_ledger()
    found = derived(replace(ledger, documents=ledger.documents[1:], estimates=ledger.estimates[:1]))
    assert found.lines[0].carriers[0].document.id == "told"
    assert found.parts == ()


def test_the_order_of_edges_changes_nothing() -> None:
    """The same steps come out whatever order the ledger lists its edges in."""
    ledger = wire_ledger()
    turned = replace(ledger, lineage=Lineage(ledger.lineage.edges[::-1], ledger.lineage.origins[::-1]))
    assert derived(turned) == derived(ledger)
