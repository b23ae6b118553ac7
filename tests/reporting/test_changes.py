"""What became different between two states of a case."""

from dataclasses import replace

from factory import document
from tallystick.model.claim import Measure, Status
from tallystick.model.document import Document
from tallystick.model.estimate import Estimate, Population
from tallystick.model.flag import Flag
from tallystick.model.ledger import Ledger
from tallystick.model.lineage import Independent, Lineage
from tallystick.reporting.changes import ChangeKind, Range, changes

OLD = document("Twelve died.", id="old", title="Twelve dead", outlet="Harbor Press", published="2025-06-17")
NEW = document("Nineteen died.\nMore were hurt.", id="new")
POPULATION = Population("killed", None, None, "Killed", "person")
ESTIMATE = Estimate(
    "e-1", POPULATION, Status.ACTUAL, Measure.CUMULATIVE, None, 12, 12, 12, 3, (), (), Independent(1, 1), 1, (), None,
    (), (),
)  # fmt: skip
FLAG = Flag("f-1", "sum", "error", "10 and 3 are not 12.", (), ())


def ledger(*documents: Document, estimates: tuple[Estimate, ...] = (), flags: tuple[Flag, ...] = ()) -> Ledger:
    """A ledger with these records."""
    return Ledger(documents, (), Lineage((), ()), estimates, flags)


def test_a_state_does_not_differ_from_itself() -> None:
    """Nothing is reported where nothing changed."""
    state = ledger(OLD, estimates=(ESTIMATE,), flags=(FLAG,))
    assert changes(state, state) == ()


def test_a_new_report_has_one_line() -> None:
    """Title, outlet, date and where it is; without a title its first line."""
    first, second = changes(ledger(), ledger(OLD, NEW))
    assert (first.kind, first.id) == (ChangeKind.REPORT, "old")
    assert first.label == "Twelve dead (Harbor Press, 2025-06-17) old.txt"
    assert second.label == "Nineteen died. new.txt"


def test_an_estimate_that_moved_has_both_figures() -> None:
    """Where it is new, the earlier one is missing; where its steps alone changed, it did not move."""
    moved = replace(ESTIMATE, best=None, high=19)
    before, after = ledger(estimates=(ESTIMATE,)), ledger(estimates=(moved,))
    (change,) = changes(before, after)
    assert (change.kind, change.before, change.after) == (
        ChangeKind.ESTIMATE, Range(12, 12, 12), Range(None, 12, 19),
    )  # fmt: skip
    assert change.label == "Killed (actual, cumulative)"
    (change,) = changes(ledger(), after)
    assert change.before is None
    assert changes(before, ledger(estimates=(replace(ESTIMATE, steps=("anew",)),))) == ()


def test_what_is_gone_is_told() -> None:
    """An estimate or flag that no longer holds."""
    gone = changes(ledger(estimates=(ESTIMATE,), flags=(FLAG,)), ledger())
    assert [one.kind for one in gone] == [ChangeKind.ESTIMATE_GONE, ChangeKind.FLAG_GONE]


def test_a_new_flag_has_its_code_and_reason() -> None:
    """As the report shows them."""
    (change,) = changes(ledger(), ledger(flags=(FLAG,)))
    assert (change.kind, change.label) == (ChangeKind.FLAG, "sum: 10 and 3 are not 12.")
