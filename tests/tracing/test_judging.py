"""Reviewers cut steps and add them, and origins follow."""

from factory import claim, document
from tallystick.dossiers.loading import load
from tallystick.model.judgement import Judgement, Verdict
from tallystick.model.lineage import EdgeKind, EdgeLevel, Lineage, Mechanism
from tallystick.tracing.tracing import trace

DOSSIER = load("dprk-russia")
TEXT = "The governor told the council on Friday that 700 builders had crossed the river at the two northern bridges."
FIRST = document(TEXT, id="first", outlet="Pier Post", published="2025-03-01")
COPY = document(TEXT, id="copy", outlet="Quay Courier", published="2025-03-02")
OTHER = document("Ferries carried 700 builders.", id="other", outlet="Gull Gazette", published="2025-03-03")
CLAIMS = (
    claim(FIRST, "700", speaker="Governor Anna Petrova", category="construction_worker"),
    claim(COPY, "700", speaker="Governor Anna Petrova", category="construction_worker"),
    claim(OTHER, "700", speaker="Bo Lund", category="construction_worker"),
)


def decided(
    verdict: Verdict,
    later: str,
    earlier: str,
    *,
    level: EdgeLevel = EdgeLevel.CLAIM,
    number: int = 1,
    why: str = "Seen",
) -> Judgement:
    """A decision of one reviewer."""
    return Judgement(number, "2025-04-01T09:00:00Z", "Kim Reviewer", verdict, later, earlier, level, why)


def traced(*judgements: Judgement) -> Lineage:
    """The lineage of the case under some judgements."""
    return trace((FIRST, COPY, OTHER), CLAIMS, DOSSIER, judgements)


def groups(lineage: Lineage) -> set[frozenset[str]]:
    """The claims of each origin."""
    return {frozenset(origin.claims) for origin in lineage.origins}


def joined(*numbers: int) -> frozenset[str]:
    """The ids of some claims of the case."""
    return frozenset(CLAIMS[number].id for number in numbers)


def test_an_added_step_joins_two_claims() -> None:
    """A step that no rule finds gives one origin, with the reviewer's name and reason."""
    assert groups(traced()) == {joined(0, 1), joined(2)}
    lineage = traced(decided(Verdict.ADDED, CLAIMS[2].id, CLAIMS[0].id, why="Both stood on the pier"))
    assert groups(lineage) == {joined(0, 1, 2)}
    (edge,) = (edge for edge in lineage.edges if edge.mechanism is Mechanism.ANALYST)
    assert (edge.later, edge.earlier, edge.kind) == (CLAIMS[2].id, CLAIMS[0].id, EdgeKind.DERIVED)
    assert edge.reason == "Kim Reviewer added this step: Both stood on the pier."
    assert edge.confidence == 1


def test_a_cut_removes_every_step_between_a_pair() -> None:
    """What else would join the same two claims (the same speaker, day and figure) is cut with the copy."""
    lineage = traced(decided(Verdict.CUT, CLAIMS[1].id, CLAIMS[0].id))
    assert groups(lineage) == {joined(0), joined(1), joined(2)}
    assert {edge.level for edge in lineage.edges} == {EdgeLevel.DOCUMENT}


def test_a_cut_holds_whichever_id_comes_first() -> None:
    """A reviewer need not know which of two reports came first."""
    there = traced(decided(Verdict.CUT, CLAIMS[1].id, CLAIMS[0].id))
    assert traced(decided(Verdict.CUT, CLAIMS[0].id, CLAIMS[1].id)) == there


def test_a_cut_between_reports_takes_the_steps_of_copied_words_along() -> None:
    """The claims of a text that is no copy have other steps: here the same speaker's, within two days."""
    lineage = traced(decided(Verdict.CUT, "copy", "first", level=EdgeLevel.DOCUMENT))
    (edge,) = lineage.edges
    assert edge.mechanism is Mechanism.SAME_ANNOUNCEMENT
    assert groups(lineage) == {joined(0, 1), joined(2)}


def test_an_added_step_between_reports_joins_their_equal_figures() -> None:
    """Speakers that the two reports leave unnamed may be the same."""
    nameless = (*CLAIMS[:2], claim(OTHER, "700", category="construction_worker"))
    ruling = decided(Verdict.ADDED, "other", "first", level=EdgeLevel.DOCUMENT)
    lineage = trace((FIRST, COPY, OTHER), nameless, DOSSIER, (ruling,))
    assert len(lineage.origins) == 1
    levels = {edge.level for edge in lineage.edges if edge.mechanism is Mechanism.ANALYST}
    assert levels == {EdgeLevel.DOCUMENT, EdgeLevel.CLAIM}


def test_an_added_step_between_reports_joins_no_figures_of_two_speakers() -> None:
    """A report that follows another one may add a count of somebody else."""
    ruling = decided(Verdict.ADDED, "other", "first", level=EdgeLevel.DOCUMENT)
    assert groups(traced(ruling)) == groups(traced())


def test_a_withdrawn_decision_leaves_what_the_rules_find() -> None:
    """After a withdrawal the pair is as if nobody had decided about it."""
    cut = decided(Verdict.CUT, CLAIMS[1].id, CLAIMS[0].id)
    withdrawn = decided(Verdict.WITHDRAWN, CLAIMS[1].id, CLAIMS[0].id, number=2)
    assert traced(cut, withdrawn) == traced()
    assert traced(withdrawn, cut) == traced()


def test_the_last_decision_by_number_holds() -> None:
    """Judgements may come in any order."""
    cut = decided(Verdict.CUT, CLAIMS[2].id, CLAIMS[0].id, number=1)
    added = decided(Verdict.ADDED, CLAIMS[2].id, CLAIMS[0].id, number=2)
    assert groups(traced(added, cut)) == {joined(0, 1, 2)}


def test_a_judgement_about_what_the_case_does_not_hold_changes_nothing() -> None:
    """Its reports may come later."""
    rulings = (
        decided(Verdict.CUT, "c-no", CLAIMS[0].id),
        decided(Verdict.ADDED, "c-no", CLAIMS[0].id, number=2),
        decided(Verdict.ADDED, "nobody", "first", level=EdgeLevel.DOCUMENT, number=3),
        decided(Verdict.ADDED, CLAIMS[0].id, CLAIMS[0].id, number=4),
    )
    assert traced(*rulings) == traced()


def test_a_cut_repeat_stands_by_itself() -> None:
    """A figure without a speaker that a reviewer says is a count of its own counts fully."""
    nameless = tuple(
        claim(source, "700", speaker=speaker, category="construction_worker", counted="builders")
        for source, speaker in ((FIRST, "Governor Anna Petrova"), (COPY, "Governor Anna Petrova"), (OTHER, None))
    )
    before = trace((FIRST, COPY, OTHER), nameless, DOSSIER)
    (edge,) = (edge for edge in before.edges if edge.mechanism is Mechanism.UNATTRIBUTED_REPEAT)
    after = trace((FIRST, COPY, OTHER), nameless, DOSSIER, (decided(Verdict.CUT, edge.later, edge.earlier),))
    assert [origin.independent.low for origin in before.origins] == [1, 0]
    assert [origin.independent.low for origin in after.origins] == [1, 1]


def test_a_confirmed_step_is_sure_and_keeps_what_showed_it() -> None:
    """The mechanism stays; the reason says who looked at it and why."""
    (before,) = (edge for edge in traced().edges if edge.level is EdgeLevel.CLAIM)
    lineage = traced(decided(Verdict.CONFIRMED, CLAIMS[1].id, CLAIMS[0].id, why="Read both"))
    (edge,) = (edge for edge in lineage.edges if edge.level is EdgeLevel.CLAIM)
    assert edge.mechanism is before.mechanism
    assert before.confidence < edge.confidence == 1
    assert edge.reason == f"{before.reason} Kim Reviewer confirmed this step: Read both."
    assert groups(lineage) == groups(traced())


def test_a_confirmed_step_between_reports_is_confirmed_of_their_copied_words_too() -> None:
    """As a cut takes along the steps that text shows."""
    lineage = traced(decided(Verdict.CONFIRMED, "copy", "first", level=EdgeLevel.DOCUMENT))
    assert {edge.confidence for edge in lineage.edges} == {1}


def test_a_confirmed_repeat_has_the_origin_that_it_repeats() -> None:
    """A figure without a speaker counts for none or one until a reviewer says that it is the earlier one."""
    nameless = tuple(
        claim(source, "700", speaker=speaker, category="construction_worker", counted="builders")
        for source, speaker in ((FIRST, "Governor Anna Petrova"), (COPY, "Governor Anna Petrova"), (OTHER, None))
    )
    before = trace((FIRST, COPY, OTHER), nameless, DOSSIER)
    (edge,) = (edge for edge in before.edges if edge.mechanism is Mechanism.UNATTRIBUTED_REPEAT)
    ruling = decided(Verdict.CONFIRMED, edge.later, edge.earlier)
    (origin,) = trace((FIRST, COPY, OTHER), nameless, DOSSIER, (ruling,)).origins
    assert len(before.origins) == 2
    assert origin.independent.low == 1
    assert "a repeat that a reviewer confirmed" in origin.reason


def test_confirming_what_no_rule_finds_adds_nothing() -> None:
    """A step that the rules no longer find is not made up."""
    assert traced(decided(Verdict.CONFIRMED, CLAIMS[2].id, CLAIMS[0].id)) == traced()
