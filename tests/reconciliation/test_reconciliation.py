"""Which claims are weighed together, and what they come to."""

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from factory import document
from reconciled import DOSSIER, claim, line_of, origin, span, weighed
from tallystick.model.claim import Claim, Measure, Status
from tallystick.model.document import Document
from tallystick.model.lineage import Edge, EdgeKind, EdgeLevel, Independent, Lineage, Mechanism, Origin
from tallystick.model.quantity import Bound
from tallystick.reconciliation.reconciliation import reconcile


def test_laborers_and_troops_of_one_number_are_two_lines() -> None:
    """The same figure of two sorts of people is never merged."""
    report = document("15,000 laborers and 15,000 troops were sent.")
    laborers = claim(report, "15,000", category="laborer", speaker="the agency")
    troops = claim(report, "15,000", nth=1, speaker="the agency")
    estimates = weighed([report], [laborers, troops])
    assert len(estimates) == 2
    assert [span(estimate) for estimate in estimates] == [(11250, 19950), (11250, 19950)]


def test_plans_facts_and_denials_are_three_lines() -> None:
    """Status keeps figures of one population apart."""
    report = document("1,000 will go. 1,000 went. No 1,000 went.")
    statuses = (Status.PLANNED, Status.ACTUAL, Status.DENIED)
    claims = [claim(report, "1,000", nth=turn, status=status) for turn, status in enumerate(statuses)]
    assert len(weighed([report], claims)) == 3


def test_whole_and_parts_of_one_statement_are_linked_both_ways() -> None:
    """6,000 is 5,000 builders and 1,000 deminers, and the parts are not added to it."""
    report = document("6,000 workers will go: 5,000 builders and 1,000 sappers.")
    claims = [
        claim(report, "6,000", category="worker", status=Status.PLANNED),
        claim(report, "5,000", category="builder", status=Status.PLANNED),
        claim(report, "1,000", category="deminer", status=Status.PLANNED),
    ]
    whole, *parts = (line_of(weighed([report], claims, origin(*claims)), one) for one in claims)
    assert set(whole.parts) == {part.id for part in parts}
    assert {part.whole for part in parts} == {whole.id}
    assert (whole.low, whole.best, whole.high) == (4500, None, 7980)
    assert any("6,000 workers" in step or "= 5,000" in step for step in whole.steps)


def test_numbers_that_fit_without_a_common_origin_are_no_parts() -> None:
    """Sums of different speakers are chance."""
    report = document("6,000 workers, 5,000 builders, 1,000 sappers.")
    kinds = {"6,000": "worker", "5,000": "builder", "1,000": "deminer"}
    claims = [claim(report, figure, category=kind, speaker=f"Speaker {kind}") for figure, kind in kinds.items()]
    assert all(not estimate.parts and estimate.whole is None for estimate in weighed([report], claims))


def test_a_repeated_figure_is_one_reading_with_all_its_reports() -> None:
    """Copies raise the number of reports, not that of independent origins."""
    reports = [document(f"Report {turn}: 3,000 troops moved.", id=f"d{turn}") for turn in range(4)]
    claims = [claim(report, "3,000", speaker="the agency") for report in reports]
    (estimate,) = weighed(reports, claims, origin(*claims))
    assert estimate.reports == 4
    assert len(estimate.readings) == 1
    assert estimate.independent == Independent(1, 1)
    assert estimate.credibility == 3


def test_two_independent_origins_that_agree_confirm() -> None:
    """Credibility 1 takes two origins; the more precise figure is the best."""
    reports = [document("About 3,000 troops moved.", id="a"), document("3,120 troops moved.", id="b")]
    claims = [
        claim(reports[0], "3,000", bound=Bound.APPROX, speaker="Joe Witness", measure=Measure.STOCK),
        claim(reports[1], "3,120", speaker="Ann Minister", measure=Measure.STOCK),
    ]
    (estimate,) = weighed(reports, claims)
    assert estimate.best == 3120
    assert estimate.credibility == 1
    assert not estimate.conflicts


def test_speakers_that_share_knowledge_count_as_one_or_two() -> None:
    """Linked actors never surely make two origins."""
    reports = [document("3,000 troops moved.", id="a"), document("3,000 troops moved, too.", id="b")]
    speakers = ("Spy Agency", "War Bureau")
    claims = [claim(one, "3,000", speaker=speaker) for one, speaker in zip(reports, speakers, strict=True)]
    (estimate,) = weighed(reports, claims)
    assert estimate.independent == Independent(1, 2)
    assert estimate.credibility == 2


def test_origins_that_exclude_each_other_are_a_conflict_without_a_best() -> None:
    """Two figures that cannot both be right give a range and the arithmetic."""
    reports = [document("3,000 troops moved.", id="a"), document("At least 8,000 troops moved.", id="b")]
    claims = [
        claim(reports[0], "3,000", speaker="Joe Witness"),
        claim(reports[1], "8,000", low=8000, bound=Bound.AT_LEAST, speaker="Ann Minister"),
    ]
    (estimate,) = weighed(reports, claims)
    assert estimate.best is None
    assert span(estimate) == (2500, None)
    assert estimate.credibility == 4
    (conflict,) = estimate.conflicts
    assert "5,000" in conflict.reason


def test_a_later_figure_of_the_same_speaker_supersedes() -> None:
    """600 gives way to 2,000 when the agency counts again; both stay in the history."""
    reports = [document("600 were killed.", id="a"), document("2,000 were killed.", id="b")]
    claims = [
        claim(reports[0], "600", category="killed", speaker="the agency", stated="2025-04-30"),
        claim(reports[1], "2,000", category="killed", speaker="Spy Agency", stated="2025-09-02"),
    ]
    (estimate,) = weighed(reports, claims)
    assert [reading.superseded for reading in estimate.readings] == [True, False]
    assert (span(estimate), estimate.conflicts) == ((1500, 2660), ())


def test_another_speaker_never_supersedes() -> None:
    """A later figure of somebody else is a conflict."""
    reports = [document("600 were killed.", id="a"), document("2,000 were killed.", id="b")]
    claims = [
        claim(reports[0], "600", category="killed", speaker="the agency", stated="2025-04-30"),
        claim(reports[1], "2,000", category="killed", speaker="Ann Minister", stated="2025-05-02"),
    ]
    (estimate,) = weighed(reports, claims)
    assert not any(reading.superseded for reading in estimate.readings)
    assert estimate.conflicts


def test_a_correction_withdraws_what_it_corrects() -> None:
    """A revised claim is kept, marked and not counted."""
    reports = [document("Some 9,000 troops moved.", id="a"), document("Correction: 3,000 troops moved.", id="b")]
    wrong, right = claim(reports[0], "9,000"), claim(reports[1], "3,000")
    edge = Edge(
        right.id, wrong.id, EdgeLevel.CLAIM, EdgeKind.REVISED, Mechanism.CORRECTION, "It says so.", 0.9
    )  # fmt: skip
    lineage = Lineage((edge,), (origin(wrong), origin(right)))
    (estimate,) = reconcile(tuple(reports), (wrong, right), lineage, DOSSIER)
    assert span(estimate) == (2250, 3990)
    assert {reading.origin: reading.superseded for reading in estimate.readings} == {
        f"o-{wrong.id}": True,
        f"o-{right.id}": False,
    }


def test_counts_of_two_years_are_a_series() -> None:
    """Figures of times that do not meet are no conflict."""
    report = document("13,221 came in 2024 and 1,117 in 2023.")
    claims = [claim(report, "13,221", when="2024"), claim(report, "1,117", when="2023")]
    estimates = weighed([report], claims)
    assert sorted(estimate.when or "" for estimate in estimates) == ["2023", "2024"]
    assert not any(estimate.conflicts for estimate in estimates)


def test_a_wider_place_joins_the_only_narrower_one_that_agrees() -> None:
    """Russia is where Kursk is; a figure of another size stays apart."""
    reports = [document("1,000 in Kursk.", id="a"), document("1,000 in Russia.", id="b"), document("9,000.", id="c")]
    claims = [
        claim(reports[0], "1,000", place="Kursk region", speaker="A One"),
        claim(reports[1], "1,000", place="Russia", speaker="B Two"),
        claim(reports[2], "9,000", place="Russia", speaker="C Three"),
    ]
    estimates = weighed(reports, claims)
    assert line_of(estimates, claims[0]) == line_of(estimates, claims[1])
    assert line_of(estimates, claims[2]) != line_of(estimates, claims[0])
    assert line_of(estimates, claims[0]).population.place == "Kursk"


def test_unlisted_things_are_told_apart_by_their_nouns() -> None:
    """The category for everything else is no population."""
    report = document("300 hostages and 200 patients.")
    claims = [
        claim(report, "300", category="other", counted="hostages"),
        claim(report, "200", category="other", counted="patients"),
    ]
    assert {estimate.population.label for estimate in weighed([report], claims)} == {
        "Hostages, KP",
        "Patients, KP",
    }


def test_a_lesser_figure_of_the_same_text_is_a_line_of_its_own() -> None:
    """A text that names a whole and a part of one sort does not contradict itself."""
    report = document("Of the 13,221 who came, 7,887 came to study.")
    claims = [claim(report, "13,221", speaker="the agency"), claim(report, "7,887", speaker="the agency")]
    estimates = weighed([report], claims)
    assert len(estimates) == 2
    assert not any(estimate.conflicts for estimate in estimates)


def test_the_best_letter_of_the_sources_is_shown_and_never_raises_credibility() -> None:
    """Reliability stands beside credibility."""
    report = replace(document("3,000 troops moved."), outlet="Good Wire")
    (graded,) = weighed([report], [claim(report, "3,000")])
    (plain,) = weighed([replace(report, outlet=None)], [claim(report, "3,000")])
    assert (graded.readings[0].reliability, plain.readings[0].reliability) == ("B", "F")
    assert graded.credibility == plain.credibility


def test_a_denied_figure_is_doubtful() -> None:
    """A plan that another origin denies is graded 4."""
    reports = [document("25,000 workers will come.", id="a"), document("No 25,000 workers will come.", id="b")]
    planned = claim(reports[0], "25,000", status=Status.PLANNED, speaker="Joe Witness")
    denied = claim(reports[1], "25,000", status=Status.DENIED, speaker="Ann Minister")
    estimates = weighed(reports, [planned, denied])
    assert line_of(estimates, planned).credibility == 4


figures = st.integers(min_value=0, max_value=40000)


@st.composite
def cases(draw: st.DrawFn) -> tuple[list[Document], list[Claim], list[Origin]]:
    """Reports with claims of any sort, some of them with a common origin."""
    reports: list[Document] = []
    claims: list[Claim] = []
    homes: dict[int, list[Claim]] = {}
    for turn in range(draw(st.integers(1, 7))):
        report = document(f"Report {turn} counts 77.", id=f"d{turn}")
        low, high = sorted((draw(figures), draw(figures)))
        bound = draw(st.sampled_from(Bound))
        one = claim(
            report, "77",
            low=None if bound is Bound.AT_MOST else low,
            high=None if bound in (Bound.AT_LEAST, Bound.VAGUE) else low if bound is not Bound.RANGE else high,
            bound=bound,
            category=draw(st.sampled_from(("worker", "builder", "deminer", "killed"))),
            origin=draw(st.sampled_from((None, "KP", "RU"))),
            place=draw(st.sampled_from((None, "Russia", "Kursk", "Rostov", "Mars"))),
            status=draw(st.sampled_from((Status.ACTUAL, Status.PLANNED))),
            speaker=draw(st.sampled_from((None, "Spy Agency", "Ann Minister", "Joe Witness"))),
            when=draw(st.sampled_from((None, "2024", "2024-06", "2023/2024", "2025-01-02"))),
            stated=draw(st.sampled_from((None, "2024-05-05", "2025-01-01", "2025-09-09"))),
        )  # fmt: skip
        reports.append(report)
        claims.append(one)
        homes.setdefault(draw(st.integers(0, 4)), []).append(one)
    return reports, claims, [origin(*members, date=members[0].stated) for members in homes.values()]


@given(cases())
def test_every_claim_is_in_one_estimate_and_the_best_in_its_range(
    case: tuple[list[Document], list[Claim], list[Origin]],
) -> None:
    """Nothing is lost or counted twice, whatever comes in."""
    reports, claims, origins = case
    estimates = weighed(reports, claims, *origins)
    assert sorted(name for estimate in estimates for name in estimate.claims) == sorted(one.id for one in claims)
    assert len({estimate.id for estimate in estimates}) == len(estimates)
    for estimate in estimates:
        ends = [end for end in (estimate.low, estimate.best, estimate.high) if end is not None]
        assert ends == sorted(ends)
        assert 1 <= estimate.credibility <= 6
        assert estimate.independent.low <= estimate.independent.high


@given(cases())
def test_a_range_holds_every_figure_and_its_widenings_lead_to_it(
    case: tuple[list[Document], list[Claim], list[Origin]],
) -> None:
    """R13: each step contains the one before it, and the last one is the range."""
    reports, claims, origins = case
    for estimate in weighed(reports, claims, *origins):
        ends = [
            end
            for reading in estimate.readings
            if not reading.superseded
            for end in (reading.low, reading.high)
            if end is not None
        ]
        bounds = [(step.low, step.high) for step in estimate.widenings] or [span(estimate)]
        assert bounds[-1] == span(estimate)
        for low, high in [*bounds, span(estimate)]:
            assert all(low is None or low <= end for end in ends)
            assert all(high is None or end <= high for end in ends)
        for one, other in pairwise(bounds):
            assert one[0] is None or (other[0] is not None and other[0] <= one[0])
            assert one[1] is None or (other[1] is not None and one[1] <= other[1])


@given(cases())
def test_the_order_of_claims_does_not_matter(
    case: tuple[list[Document], list[Claim], list[Origin]],
) -> None:
    """Shuffled claims give the same estimates."""
    reports, claims, origins = case
    assert weighed(reports, claims, *origins) == weighed(reports, claims[::-1], *origins)


@given(cases(), st.integers(0, 6))
def test_a_copy_changes_no_figure_and_no_grade(
    case: tuple[list[Document], list[Claim], list[Origin]], turn: int
) -> None:
    """One more report of an origin adds a report and nothing else."""
    reports, claims, origins = case
    copied = claims[turn % len(claims)]
    copy = replace(document("Copy counts 77.", id="copy"))
    again = replace(copied, id="c-copy", document="copy", start=12, end=14)
    more = [
        replace(one, claims=(*one.claims, again.id), documents=(*one.documents, "copy"))
        if copied.id in one.claims
        else one
        for one in origins
    ]
    before = weighed(reports, claims, *origins)
    after = weighed([*reports, copy], [*claims, again], *more)
    figures_of = [(one.best, one.low, one.high, one.credibility, one.independent) for one in before]
    assert sorted(map(str, figures_of)) == sorted(
        str((one.best, one.low, one.high, one.credibility, one.independent)) for one in after
    )


def test_figures_without_a_place_meet_only_within_a_story_where_the_whole_world_is_watched() -> None:
    """Under a dossier without places the dead of two unconnected reports are two lines, those of connected ones one."""
    reports = [document("5 were killed.", id="a"), document("7 were killed.", id="b")]
    claims = [
        claim(reports[0], "5", category="killed", speaker="Joe Witness"),
        claim(reports[1], "7", category="killed", speaker="Ann Minister"),
    ]
    world = replace(DOSSIER, places=())
    apart = Lineage((), tuple(origin(one) for one in claims))
    edge = Edge("b", "a", EdgeLevel.DOCUMENT, EdgeKind.DERIVED, Mechanism.CREDIT, "It says so.", 0.9)
    assert len(reconcile(tuple(reports), tuple(claims), apart, world)) == 2
    assert len(reconcile(tuple(reports), tuple(claims), replace(apart, edges=(edge,)), world)) == 1


def test_a_detachment_is_no_rival_of_the_whole_army() -> None:
    """1,000 who arrived and 15,000 who were sent, of no told measure, are two lines and no conflict."""
    reports = [document("1,000 soldiers arrived.", id="a"), document("15,000 soldiers were sent.", id="b")]
    claims = [claim(reports[0], "1,000", speaker="Joe Witness"), claim(reports[1], "15,000", speaker="Ann Minister")]
    estimates = weighed(reports, claims)
    assert len(estimates) == 2
    assert not any(estimate.conflicts for estimate in estimates)


def test_a_bound_does_not_confirm_a_figure() -> None:
    """Figures of "at most 4,700" and 4,500 can both be right, and that is no confirmation."""
    reports = [document("At most 4,700 moved.", id="a"), document("4,500 moved.", id="b")]
    claims = [
        claim(reports[0], "4,700", high=4700, bound=Bound.AT_MOST, speaker="Joe Witness", measure=Measure.STOCK),
        claim(reports[1], "4,500", speaker="Ann Minister", measure=Measure.STOCK),
    ]
    (estimate,) = weighed(reports, claims)
    assert (estimate.best, estimate.credibility) == (4500, 2)
