"""What became different between two states of a case."""

from dataclasses import replace

from factory import claim, document
from tallystick.model.change import Change, ChangeKind, Range, Source, Trait
from tallystick.model.claim import Claim, Measure, Status
from tallystick.model.document import Document
from tallystick.model.estimate import Conflict, Estimate, Population, Reading
from tallystick.model.flag import Flag
from tallystick.model.judgement import Judgement, Verdict
from tallystick.model.ledger import Ledger
from tallystick.model.lineage import Edge, EdgeKind, EdgeLevel, Independent, Lineage, Mechanism, Origin
from tallystick.model.quantity import Bound
from tallystick.reporting.changes import changes

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


def told(report: Document, *numbers: int) -> tuple[Claim, ...]:
    """Claims on figures of a report."""
    return tuple(claim(report, str(number), category="killed") for number in numbers)


EARLY = document("Police counted 12 dead.", id="early", outlet="Harbor Press", published="2025-06-17")
LATE = document("Police counted 19 dead.", id="late", outlet="Quay Post", published="2025-06-19")
(TWELVE,), (NINETEEN,) = told(EARLY, 12), told(LATE, 19)
BEFORE = replace(ESTIMATE, claims=(TWELVE.id,))
AFTER = replace(
    ESTIMATE, best=19, high=19, claims=(TWELVE.id, NINETEEN.id), credibility=1, independent=Independent(1, 2)
)


def state(
    *reports: Document,
    claims: tuple[Claim, ...] = (),
    estimates: tuple[Estimate, ...] = (),
    edges: tuple[Edge, ...] = (),
    origins: tuple[Origin, ...] = (),
    flags: tuple[Flag, ...] = (),
    judgements: tuple[Judgement, ...] = (),
) -> Ledger:
    """A ledger with claims and lineage."""
    return Ledger(reports, claims, Lineage(edges, origins), estimates, flags, judgements=judgements)


ONE = state(EARLY, claims=(TWELVE,), estimates=(BEFORE,))
BOTH = state(EARLY, LATE, claims=(TWELVE, NINETEEN), estimates=(AFTER,))


def of_kind(found: tuple[Change, ...], kind: ChangeKind) -> list[Change]:
    """The changes of one kind."""
    return [one for one in found if one.kind is kind]


def test_an_estimate_names_the_report_that_moved_it() -> None:
    """The report whose claim came in, not the one that was there; every trait that turned."""
    (change,) = of_kind(changes(ONE, BOTH), ChangeKind.ESTIMATE)
    assert change.reports == (Source("late", "Quay Post, 2025-06-19"),)
    assert [(turn.trait, turn.before, turn.after) for turn in change.turns] == [
        (Trait.BEST, "12", "19"), (Trait.HIGH, "12", "19"), (Trait.CREDIBILITY, "3", "1"),
        (Trait.INDEPENDENT, "1", "1-2"),
    ]  # fmt: skip


def test_what_is_taken_away_names_the_report_that_is_gone() -> None:
    """The other way round, as `without` asks."""
    found = changes(BOTH, ONE)
    assert [one.id for one in of_kind(found, ChangeKind.REPORT_GONE)] == ["late"]
    (change,) = of_kind(found, ChangeKind.ESTIMATE)
    assert [one.id for one in change.reports] == ["late"]


STEP = Edge(
    NINETEEN.id, TWELVE.id, EdgeLevel.CLAIM, EdgeKind.DERIVED, Mechanism.SAME_STATEMENT, "Police in both.", 0.8
)  # fmt: skip


def test_without_a_new_report_the_step_is_named() -> None:
    """A step that came or went, with its mechanism and reason; a judgement before it."""
    apart = replace(BOTH, estimates=(replace(AFTER, independent=Independent(2, 2)),))
    joined = replace(BOTH, lineage=Lineage((STEP,), ()))
    (change,) = of_kind(changes(apart, joined), ChangeKind.ESTIMATE)
    assert change.reports == ()
    assert change.causes[0] == (
        "new step from Quay Post, 2025-06-19 to Harbor Press, 2025-06-17: same statement (Police in both.)"
    )
    judged = Judgement(
        1, "2025-07-01T00:00:00Z", "A", Verdict.CUT, NINETEEN.id, TWELVE.id, EdgeLevel.CLAIM, "Two rows."
    )
    (change,) = of_kind(changes(joined, replace(apart, judgements=(judged,))), ChangeKind.ESTIMATE)
    assert change.causes[0] == "judgement 1: step cut (Two rows.)"
    assert change.causes[1].startswith("gone step from Quay Post")


def test_staleness_is_a_cause() -> None:
    """Nothing came, and a count became the last known one."""
    stale = replace(ONE, estimates=(replace(BEFORE, stale=True, high=15),))
    (change,) = of_kind(changes(ONE, stale), ChangeKind.ESTIMATE)
    assert change.reports == ()
    assert "nobody has refreshed the count" in change.causes[0]


def test_an_estimate_that_is_read_otherwise_is_no_new_one() -> None:
    """Where its population or time has another name by now, the estimate with most of its claims is the one it was."""
    renamed = replace(BOTH, estimates=(replace(AFTER, id="e-2", when="2025-06"),))
    (change,) = of_kind(changes(ONE, renamed), ChangeKind.ESTIMATE)
    assert (change.id, change.was) == ("e-2", "e-1")
    assert change.before == Range(12, 12, 12)
    assert change.causes[0] == "was read as Killed (actual, cumulative)"
    assert of_kind(changes(ONE, renamed), ChangeKind.ESTIMATE_GONE) == []


def test_a_reading_that_gave_way_names_the_later_one() -> None:
    """The same speaker's later figure, and the report that brought it."""
    old = Reading("o-1", "Police", "2025-06-17", 12, 12, Bound.EXACT, (TWELVE.id,), 1)
    new = Reading("o-2", "Police", "2025-06-19", 19, 19, Bound.EXACT, (NINETEEN.id,), 1)
    before = replace(ONE, estimates=(replace(BEFORE, readings=(old,)),))
    after = replace(BOTH, estimates=(replace(AFTER, readings=(replace(old, superseded=True), new)),))
    (change,) = of_kind(changes(before, after), ChangeKind.SUPERSEDED)
    assert change.label.endswith("Police, 12 (2025-06-17) gave way to Police, 19 (2025-06-19)")
    assert [one.id for one in change.reports] == ["late"]


def test_a_conflict_is_told_once_whatever_its_wording() -> None:
    """It is known by its kind and by who disagrees."""
    conflict = Conflict(("o-1", "o-2"), "12 and 19 cannot both be right.", claims=(TWELVE.id, NINETEEN.id))
    disputed = replace(BOTH, estimates=(replace(AFTER, conflicts=(conflict,)),))
    (change,) = of_kind(changes(ONE, disputed), ChangeKind.CONFLICT)
    assert [one.id for one in change.reports] == ["late"]
    turned = replace(conflict, origins=("o-2", "o-1"), reason="19 and 12 cannot both be right.")
    again = replace(BOTH, estimates=(replace(AFTER, conflicts=(turned,)),))
    assert changes(disputed, again) == ()
    assert len(of_kind(changes(disputed, BOTH), ChangeKind.CONFLICT_GONE)) == 1


def test_an_origin_names_its_reports_and_one_that_ended_the_step() -> None:
    """A new origin comes with its report; one that is joined to another by a step is gone by that."""
    first = Origin("o-1", "Police", "2025-06-17", ("early",), (TWELVE.id,), Independent(1, 1), "One claim.")
    second = Origin("o-2", "Police", None, ("late",), (NINETEEN.id,), Independent(1, 1), "One claim.")
    apart = replace(BOTH, lineage=Lineage((), (first, second)))
    (change,) = of_kind(changes(replace(ONE, lineage=Lineage((), (first,))), apart), ChangeKind.ORIGIN)
    assert (change.id, [one.id for one in change.reports]) == ("o-2", ["late"])
    together = replace(BOTH, lineage=Lineage((STEP,), (replace(first, claims=(TWELVE.id, NINETEEN.id)),)))
    (change,) = of_kind(changes(apart, together), ChangeKind.ORIGIN_GONE)
    assert change.id == "o-2"
    assert change.causes[0] == "its claims go back to origin o-1, Police, 2025-06-17 now"
    assert change.causes[1].startswith("new step from")


def test_an_origin_with_an_earlier_report_is_no_other_one() -> None:
    """Its id is that of its earliest claim: where an earlier one came, it is told with the id that it had."""
    was = Origin("o-2", "Police", None, ("late",), (NINETEEN.id,), Independent(1, 1), "One claim.")
    late = state(LATE, claims=(NINETEEN,), origins=(was,))
    now = replace(was, id="o-1", claims=(TWELVE.id, NINETEEN.id), documents=("early", "late"))
    found = changes(late, state(EARLY, LATE, claims=(TWELVE, NINETEEN), origins=(now,)))
    (change,) = of_kind(found, ChangeKind.ORIGIN)
    assert (change.id, change.was, [one.id for one in change.reports]) == ("o-1", "o-2", ["early"])
    assert of_kind(found, ChangeKind.ORIGIN_GONE) == []


def test_a_flag_worded_anew_is_the_same() -> None:
    """Where it is about more claims of the same it has another id, but nothing came up."""
    one = Flag("f-1", "single_origin", "note", "2 reports.", (TWELVE.id,), ())
    more = Flag("f-2", "single_origin", "note", "3 reports.", (TWELVE.id, NINETEEN.id), ())
    assert changes(replace(BOTH, flags=(one,)), replace(BOTH, flags=(more,))) == ()
    other = replace(more, claims=(NINETEEN.id,))
    assert len(changes(replace(BOTH, flags=(one,)), replace(BOTH, flags=(other,)))) == 2


def test_many_causes_are_counted() -> None:
    """What nobody reads to its end is cut."""
    wordy = replace(ONE, estimates=(replace(BEFORE, high=13, steps=tuple(f"Step {number}." for number in range(40))),))
    (change,) = of_kind(changes(ONE, wordy), ChangeKind.ESTIMATE)
    assert change.causes[-1] == "and 35 more"
    assert len(change.causes) == 6
