"""What arithmetic says of figures that belong together: conflicts with their sums, steps where figures only bound."""

from dataclasses import replace
from functools import partial

import pytest

from factory import claim as bare_claim
from factory import document
from tallystick.model.claim import Aspect, Claim, Measure, Status
from tallystick.model.document import Document
from tallystick.model.dossier import Category, Dossier, Place
from tallystick.model.estimate import ConflictKind, Estimate
from tallystick.model.lineage import Edge, EdgeKind, EdgeLevel, Lineage, Mechanism
from tallystick.model.quantity import Bound
from tallystick.reconciliation.accounting.accounting import account
from tallystick.reconciliation.comparing import lines
from tallystick.reconciliation.entries import entries
from tallystick.reconciliation.parts import Share
from tallystick.reconciliation.reconciliation import reconcile

claim = partial(bare_claim, origin="KP", place="Russia", speaker="the agency")
DOSSIER = Dossier(
    name="test",
    title="Test",
    about="For tests.",
    categories=(
        Category("killed", "Killed", "casualty", "person"),
        Category("wounded", "Wounded", "casualty", "person"),
        Category("casualty", "Casualties", "casualty", "person", parts=("killed", "wounded")),
        Category("builder", "Builders", "people", "person"),
        Category("soldier", "Soldiers", "people", "person"),
        Category("worker", "Workers", "people", "person", parts=("builder",)),
        Category("entry", "Entries", "other", "crossing"),
        Category("money", "Money", "money", "money"),
    ),
    places=(Place("russia", "Russia", country="RU"), Place("china", "China", country="CN")),
)
TOLL = partial(claim, category="casualty", counted="casualties")
DEAD = partial(claim, category="killed", aspect=Aspect.KILLED)
HURT = partial(claim, category="wounded", aspect=Aspect.WOUNDED)


def weighed(documents: list[Document], claims: list[Claim], lineage: Lineage | None = None) -> tuple[Estimate, ...]:
    """The estimates; every claim is an origin of its own."""
    return reconcile(tuple(documents), tuple(claims), lineage or Lineage((), ()), DOSSIER)


def told(estimates: tuple[Estimate, ...]) -> list[tuple[ConflictKind, str]]:
    """Kind and arithmetic of every conflict but those of mere disagreement."""
    return [
        (conflict.kind, conflict.arithmetic)
        for estimate in estimates
        for conflict in estimate.conflicts
        if conflict.kind is not ConflictKind.DISAGREEMENT
    ]


def steps(estimates: tuple[Estimate, ...]) -> str:
    """All steps of all estimates."""
    return "\n".join(step for estimate in estimates for step in estimate.steps)


def test_parts_above_their_whole_are_a_conflict_with_the_sum() -> None:
    """5,000 and 2,000 are no 6,000; both the whole and its parts say so."""
    report = document("6,000 workers, including 5,000 builders and 2,000 masons, went.")
    whole = claim(report, "6,000", category="worker", counted="workers")
    parts = [
        claim(report, "5,000", category="builder", counted="builders"),
        claim(report, "2,000", category="builder", counted="masons"),
    ]
    found = weighed([report], [whole, *parts])
    assert told(found) == [(ConflictKind.SUM, "5,000 builders + 2,000 masons = 7,000, not 6,000")]
    (holder,) = (estimate for estimate in found if estimate.conflicts)
    assert whole.id in holder.claims
    assert set(holder.conflicts[0].claims) == {one.id for one in (whole, *parts)}
    assert sum("= 7,000, not 6,000" in " ".join(estimate.steps) for estimate in found) == len(found)


def test_a_part_larger_than_its_whole_is_a_conflict() -> None:
    """Nobody sends more builders than workers."""
    report = document("6,000 workers, including 8,000 builders, went.")
    claims = [claim(report, "6,000", category="worker"), claim(report, "8,000", category="builder")]
    assert told(weighed([report], claims)) == [(ConflictKind.SUM, "8,000 builder, more than 6,000")]


@pytest.mark.parametrize(
    ("text", "bound", "wrong"),
    [
        ("About 100,000 workers, including 30,000 in Russia and 80,000 in China.", Bound.APPROX, False),
        ("Nearly 100,000 workers, including 30,000 in Russia and 80,000 in China.", Bound.APPROX, True),
        ("About 90,000 workers, including 30,000 in Russia and 80,000 in China.", Bound.APPROX, True),
        ("Over 90,000 workers, including 30,000 in Russia and 80,000 in China.", Bound.AT_LEAST, False),
    ],
)
def test_about_allows_a_tenth_and_nearly_nothing_above(text: str, bound: Bound, *, wrong: bool) -> None:
    """110,000 is a tenth above "about 100,000", above anything "nearly" it, and above no open bound."""
    report = document(text)
    figure = next(word for word in text.split() if word[0].isdigit())
    size = int(figure.replace(",", ""))
    high = None if bound is Bound.AT_LEAST else size
    whole = claim(report, figure, category="worker", bound=bound, low=size, high=high, place=None)
    parts = [claim(report, part, category="worker", place=None) for part in ("30,000", "80,000")]
    assert [kind for kind, _ in told(weighed([report], [whole, *parts]))] == [ConflictKind.SUM] * wrong


@pytest.mark.parametrize(
    ("categories", "status", "speakers"),
    [
        (("soldier", "builder"), Status.ACTUAL, ("the agency", "the agency")),
        (("worker", "builder"), Status.PLANNED, ("the agency", "the agency")),
        (("worker", "builder"), Status.ACTUAL, ("the agency", "the bureau")),
        (("money", "money"), Status.ACTUAL, ("the agency", "the agency")),
    ],
)
def test_other_populations_statuses_and_voices_are_no_parts(
    categories: tuple[str, str], status: Status, speakers: tuple[str, str]
) -> None:
    """Soldiers hold no builders, facts no plans, one speaker's figure not another's; of money losses are taken off."""
    report = document("6,000 of them, including 8,000 others, went.")
    whole = claim(report, "6,000", category=categories[0], speaker=speakers[0])
    part = claim(report, "8,000", category=categories[1], status=status, speaker=speakers[1])
    assert not told(weighed([report], [whole, part]))


def test_casualties_that_their_outcomes_do_not_make_up_are_a_conflict() -> None:
    """The dead and the wounded of one voice are all of the casualties."""
    report = document("They suffered 4,700 casualties, including 600 killed and 2,700 wounded.")
    claims = [TOLL(report, "4,700"), DEAD(report, "600"), HURT(report, "2,700")]
    assert told(weighed([report], claims)) == [
        (ConflictKind.CASUALTIES, "600 killed + 2,700 wounded = 3,300, not 4,700")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "They suffered 3,300 casualties, including 600 killed and 2,700 wounded.",
        "They suffered 4,700 casualties, including 600 killed, 2,700 wounded and many missing.",
        "They suffered about 3,500 casualties, including 600 killed and 2,700 wounded.",
    ],
)
def test_casualties_that_may_add_up_are_none(text: str) -> None:
    """Exact, with an outcome that nobody numbers, and about."""
    report = document(text)
    figure = text.split("suffered ")[1].replace("about ", "").split()[0]
    bound = Bound.APPROX if "about" in text else Bound.EXACT
    claims = [TOLL(report, figure, bound=bound), DEAD(report, "600"), HURT(report, "2,700")]
    assert not told(weighed([report], claims))


def test_casualties_of_one_outcome_leave_the_rest_open() -> None:
    """600 dead of 4,700 casualties say nothing of the others."""
    report = document("They suffered 4,700 casualties, including 600 killed.")
    assert not told(weighed([report], [TOLL(report, "4,700"), DEAD(report, "600")]))


@pytest.mark.parametrize(("day", "wrong"), [("2025-04-30", True), ("2025-09-02", False)])
def test_more_killed_than_others_count_casualties_not_earlier_is_a_conflict(day: str, *, wrong: bool) -> None:
    """The killed are casualties; a toll of a later day may have outgrown an earlier one."""
    reports = [document("6,100 killed.", id="a"), document("4,700 casualties.", id="b")]
    killed = DEAD(reports[0], "6,100", counted="killed", speaker="the bureau", stated=day)
    total = TOLL(reports[1], "4,700", stated="2025-04-30")
    expected = [(ConflictKind.CASUALTIES, "6,100 killed, more than 4,700 casualties")] if wrong else []
    assert told(weighed(reports, [killed, total])) == expected


def test_a_number_of_killed_that_is_all_casualties_was_read_wrong() -> None:
    """The reason names the likely slip."""
    reports = [document("6,100 killed.", id="a"), document("6,100 casualties.", id="b")]
    killed = DEAD(reports[0], "6,100", speaker="the paper", stated="2025-09-03")
    total = TOLL(reports[1], "6,100", stated="2025-09-02")
    found = weighed(reports, [killed, total])
    assert [kind for kind, _ in told(found)] == [ConflictKind.CASUALTIES]
    assert "read for the other" in steps(found)


def test_a_toll_many_times_that_of_a_battle_does_not_exceed_it() -> None:
    """33,000 killed in a war and 500 casualties of a day are of different scope."""
    reports = [document("33,000 killed.", id="a"), document("500 casualties.", id="b")]
    claims = [DEAD(reports[0], "33,000", stated="2025-04-30"), TOLL(reports[1], "500", stated="2025-04-30")]
    assert not told(weighed(reports, claims))


def test_where_the_whole_world_is_watched_a_place_alone_ties_no_tolls() -> None:
    """Without a day of the event, tolls of one place may be of two events."""
    reports = [document("6,100 killed.", id="a"), document("4,700 casualties.", id="b")]
    claims = [DEAD(reports[0], "6,100", stated="2025-04-30"), TOLL(reports[1], "4,700", stated="2025-04-30")]
    world = replace(DOSSIER, places=())
    assert not told(reconcile(tuple(reports), tuple(claims), Lineage((), ()), world))
    dated = [replace(one, when="2025-04-29") for one in claims]
    assert told(reconcile(tuple(reports), tuple(dated), Lineage((), ()), world))


def test_killed_elsewhere_bound_no_casualties_here() -> None:
    """Places never mix."""
    reports = [document("6,100 killed.", id="a"), document("4,700 casualties.", id="b")]
    killed = DEAD(reports[0], "6,100", place="China", stated="2025-04-30")
    assert not told(weighed(reports, [killed, TOLL(reports[1], "4,700", stated="2025-04-30")]))


def totals(first: str, second: str, speaker: str = "the agency", extra: str = "") -> tuple[list[Document], list[Claim]]:
    """Two running totals of two days."""
    reports = [document(f"{first} sent so far.", id="a"), document(f"{second} sent so far{extra}.", id="b")]
    make = partial(claim, measure=Measure.CUMULATIVE)
    one = make(reports[0], first, stated="2025-01-10")
    return reports, [one, make(reports[1], second, stated="2025-03-10", speaker=speaker)]


def test_a_running_total_of_one_voice_never_falls() -> None:
    """14,000 in January cannot be 11,000 in March."""
    assert told(weighed(*totals("14,000", "11,000"))) == [(ConflictKind.DECREASE, "14,000, then 11,000")]


@pytest.mark.parametrize(
    ("second", "speaker", "extra"),
    [("15,000", "the agency", ""), ("11,000", "the bureau", ""), ("11,000", "the agency", ", a revised figure")],
)
def test_a_rise_another_voice_and_a_revision_are_no_decrease(second: str, speaker: str, extra: str) -> None:
    """Only a voice that counts on can count wrong."""
    assert not told(weighed(*totals("14,000", second, speaker, extra)))


def test_a_corrected_total_is_no_decrease() -> None:
    """What a later report takes back is no part of the series."""
    reports, claims = totals("14,000", "11,000")
    edge = Edge(claims[1].id, claims[0].id, EdgeLevel.CLAIM, EdgeKind.REVISED, Mechanism.CORRECTION, "For tests.", 1.0)
    assert not told(weighed(reports, claims, Lineage((edge,), ())))


def movements(before: str, moved: tuple[str, Aspect], after: str) -> tuple[list[Document], list[Claim]]:
    """Two stocks of one voice and what moved between them."""
    report = document(f"{before} were there, {moved[0]} moved, {after} are there.")
    make = partial(claim, report, category="builder")
    return [report], [
        make(before, measure=Measure.STOCK, when="2024-12"),
        make(moved[0], aspect=moved[1], measure=Measure.FLOW, when="2025-01/2025-02"),
        make(after, measure=Measure.STOCK, when="2025-03"),
    ]


def test_more_than_were_there_and_came_cannot_be_there() -> None:
    """11,000 and 3,000 are no 20,000."""
    found = told(weighed(*movements("11,000", ("3,000", Aspect.ARRIVED), "20,000")))
    assert found == [(ConflictKind.BALANCE, "11,000 + 3,000 came = 14,000, not 20,000")]


def test_fewer_than_were_there_less_who_left_cannot_be_there() -> None:
    """34,000 less 23,000 are no 5,000."""
    found = told(weighed(*movements("34,000", ("23,000", Aspect.RETURNED), "5,000")))
    assert found == [(ConflictKind.BALANCE, "34,000 - 23,000 left = 11,000, not 5,000")]


@pytest.mark.parametrize(
    ("before", "moved", "after", "way"),
    [
        ("11,000", ("3,000", Aspect.ARRIVED), "9,000", "left"),
        ("34,000", ("23,000", Aspect.RETURNED), "20,000", "come"),
    ],
)
def test_what_nobody_counted_may_have_moved_too(before: str, moved: tuple[str, Aspect], after: str, way: str) -> None:
    """A voice that counts arrivals alone does not deny departures: a step, no conflict."""
    found = weighed(*movements(before, moved, after))
    assert not told(found)
    assert f"others must have {way} meanwhile" in steps(found)


def test_a_balance_within_rounding_says_nothing() -> None:
    """30,023 less about 20,000 may well be 11,490."""
    found = weighed(*movements("30,023", ("20,000", Aspect.RETURNED), "11,490"))
    assert not told(found)
    assert "meanwhile" not in steps(found)


def test_the_present_are_no_more_than_all_who_came() -> None:
    """Of one voice, in one text."""
    report = document("14,000 were sent so far; 20,000 are there.")
    sent = claim(report, "14,000", measure=Measure.CUMULATIVE)
    there = claim(report, "20,000", measure=Measure.STOCK)
    found = told(weighed([report], [sent, there]))
    assert found == [(ConflictKind.BALANCE, "20,000, more than the total of 14,000")]


def test_a_total_since_some_day_does_not_bound_the_present() -> None:
    """Some were there before."""
    report = document("14,000 were sent since May; 20,000 are there.")
    sent = claim(report, "14,000", measure=Measure.CUMULATIVE, when="2025-05/2025-09")
    assert not told(weighed([report], [sent, claim(report, "20,000", measure=Measure.STOCK)]))


def test_arrivals_of_some_months_are_no_more_than_the_total_of_the_year() -> None:
    """A flow lies within the total of its time."""
    report = document("5,000 came this year; 7,000 came in May.")
    year = claim(report, "5,000", measure=Measure.CUMULATIVE, when="2025-01/2025-09")
    may = claim(report, "7,000", measure=Measure.FLOW, aspect=Aspect.ARRIVED, when="2025-05")
    assert told(weighed([report], [year, may])) == [(ConflictKind.BALANCE, "7,000, more than the total of 5,000")]


def compared(
    text: str, first: str, second: str, low: int | None = None, high: int | None = None
) -> tuple[Estimate, ...]:
    """The estimates of two figures of one sentence; bounds are those of the first."""
    report = document(text)
    bound = Bound.EXACT if low is None else Bound.RANGE
    one = claim(report, first, low=low, high=high, bound=bound, status=Status.PLANNED)
    return weighed([report], [one, claim(report, second, category="soldier")])


def test_a_ratio_word_that_its_figures_belie_is_a_conflict() -> None:
    """25,000 to 30,000 are 2.3 to 2.7 times 11,000, no triple."""
    text = "They will send 25,000 to 30,000 soldiers, triple the 11,000 of last year."
    found = compared(text, "25,000 to 30,000", "11,000", low=25000, high=30000)
    assert told(found) == [(ConflictKind.RATIO, "25,000 to 30,000 / 11,000 = 2.3 to 2.7, not 'triple'")]


def test_a_ratio_word_that_says_too_little_is_told_and_no_conflict() -> None:
    """2,000 are more than double 600, and more than triple."""
    found = compared("They gave 2,000 dead, more than double the 600 of April.", "2,000", "600")
    assert not told(found)
    assert "2,000 / 600 = 3.3, so that is true and says too little" in steps(found)


def test_a_right_ratio_word_is_left_alone() -> None:
    """13,221 are 12 times 1,117."""
    found = compared("They gave 13,221 people, 12 times the 1,117 of 2023.", "13,221", "1,117")
    assert not told(found)
    assert "12 times" not in steps(found)


def recalled(speaker: str, words: str) -> tuple[Estimate, ...]:
    """Two tolls of two days, the later compared with an earlier one."""
    reports = [
        document("600 were killed.", id="a"),
        document(f"2,000 were killed, {words} its previous figure.", id="b"),
    ]
    first = DEAD(reports[0], "600", stated="2025-04-30")
    return weighed(reports, [first, DEAD(reports[1], "2,000", stated="2025-09-02", speaker=speaker)])


def test_a_ratio_to_an_earlier_figure_of_the_speaker_is_recomputed() -> None:
    """The figure that the sentence leaves out is the last one that the same voice gave of the same people."""
    assert told(recalled("the agency", "double")) == [(ConflictKind.RATIO, "2,000 / 600 = 3.3, not 'double'")]
    assert "says too little" in steps(recalled("the agency", "more than double"))
    assert not told(recalled("the bureau", "double"))


@pytest.mark.parametrize(("total", "wrong"), [("9,000", True), ("6,000", False), ("6,300", False)])
def test_rate_and_time_must_make_the_total(total: str, *, wrong: bool) -> None:
    """200 a day are 6,000 in 30 days."""
    report = document(f"About 200 people a day came for 30 days, a total of {total} people.")
    claims = [claim(report, "200", bound=Bound.APPROX, counted="people"), claim(report, total, counted="people")]
    expected = [(ConflictKind.RATE, "200 a day x 30 = 6,000, not 9,000")] if wrong else []
    assert told(weighed([report], claims)) == expected


def declared(when: str) -> tuple[Estimate, ...]:
    """Crossings of two times and laborers who were sent."""
    report = document("13,221 entries, 300 entries, 15,000 workers sent.")
    entry = partial(claim, report, category="entry", unit="crossing", counted="entries", speaker="the border service")
    crossings = [entry("13,221", when="2024"), entry("300", when=when)]
    sent = claim(report, "15,000", category="worker", measure=Measure.CUMULATIVE, stated="2025-04-30")
    return weighed([report], [*crossings, sent])


def test_crossings_bound_persons_in_a_step_and_never_in_a_conflict() -> None:
    """13,521 declared crossings and 15,000 sent both stand, with what must be so if they do."""
    found = declared("2025-01/2025-03")
    assert not told(found)
    assert "13,221 + 300 = 13,521 of the unit" in steps(found)
    assert "bounds it from above only if" in steps(found)


def test_crossings_of_overlapping_times_are_not_added() -> None:
    """300 of one month of 2024 are among the 13,221 of the year."""
    assert "13,221 of the unit" in steps(declared("2024-05"))


def test_stale_counts_bound_nothing() -> None:
    """A toll that is only the last known one neither exceeds another nor is exceeded."""
    reports = [document("6,100 killed.", id="a"), document("4,700 casualties.", id="b")]
    claims = [DEAD(reports[0], "6,100", stated="2025-04-30"), TOLL(reports[1], "4,700", stated="2025-04-30")]
    found = lines(entries(reports, claims, Lineage((), ()), DOSSIER), watched=True)
    shares = [Share(line.entries[0].claim.id, line.entries) for line in found]
    (template, _) = weighed(reports, claims)
    fresh = [replace(template, id=share.id, stale=False) for share in shares]
    assert account(shares, fresh, DOSSIER)
    assert not account(shares, [replace(one, stale=True) for one in fresh], DOSSIER)


def test_any_order_of_lines_gives_the_same_remarks() -> None:
    """Estimates, conflicts and steps do not depend on the order of what came in."""
    text = "They suffered 4,700 casualties, including 600 killed and 2,700 wounded."
    reports = [document(text, id="a"), document(text, id="b")]
    claims = [
        make(report, figure) for report in reports for make, figure in ((TOLL, "4,700"), (DEAD, "600"), (HURT, "2,700"))
    ]
    assert weighed(reports, claims) == weighed(reports[::-1], claims[::-1])
    assert len(told(weighed(reports, claims))) == 1


def test_a_case_without_figures_has_no_remarks() -> None:
    """Nothing in, nothing out."""
    assert account((), (), DOSSIER) == ()


def test_a_sentence_of_many_figures_is_read_in_bounded_time() -> None:
    """Thousands of figures, lists and ratio words in one sentence, as no reporter writes them."""
    report = document("60, including " + ", double the 20, half of a total of 30" * 1500)
    claims = [claim(report, "60")]
    starts = [at for at in range(len(report.text)) if report.text.startswith(("20", "30"), at)]
    template = claim(report, "20")
    for start in starts:
        figure = report.text[start : start + 2]
        claims.append(
            replace(
                template, id=f"c-{start}", start=start, end=start + 2, figure=figure, low=int(figure), high=int(figure),
                prefix=report.text[start - 32 : start], suffix=report.text[start + 2 : start + 34],
            )
        )  # fmt: skip
    assert len(claims) > 3000
    assert len(weighed([report], claims)) >= 1
