"""Best, low and high of an estimate: what carries a best figure, and every step by which a range is widened."""

from dataclasses import replace
from datetime import date

import pytest

from factory import document
from reconciled import DOSSIER, claim, line_of, origin, span, weighed
from tallystick.model.claim import Claim, Ground, Measure, Status
from tallystick.model.document import Document
from tallystick.model.estimate import Estimate, Widening
from tallystick.model.lineage import Independent
from tallystick.model.quantity import Bound

WITNESSES = ("Ann Minister", "Joe Witness", "Kim Passerby", "Lee Onlooker")


def counted(
    *figures: str,
    speakers: tuple[str, ...] = WITNESSES,
    measure: Measure | None = Measure.STOCK,
    said: str = "2025-01-10",
) -> tuple[list[Document], list[Claim]]:
    """One report for each figure, each of its own speaker; "~600" is about 600, ">600" at least so many."""
    reports, claims = [], []
    for turn, (figure, speaker) in enumerate(zip(figures, speakers, strict=False)):
        digits = figure.strip("~>")
        report = document(f"Report {turn}: there are {digits} soldiers.", id=f"d{turn}", published=said)
        bound = Bound.APPROX if "~" in figure else Bound.AT_LEAST if ">" in figure else Bound.EXACT
        value = int(digits.replace(",", ""))
        reports.append(report)
        claims.append(
            claim(
                report, digits, low=value, high=None if ">" in figure else value, bound=bound, measure=measure,
                speaker=speaker, stated=said,
            )
        )  # fmt: skip
    return reports, claims


def one_line(*figures: str, speakers: tuple[str, ...] = WITNESSES, measure: Measure | None = Measure.STOCK) -> Estimate:
    """The only estimate of such reports."""
    (estimate,) = weighed(*counted(*figures, speakers=speakers, measure=measure))
    return estimate


def rules(estimate: Estimate) -> list[str]:
    """The names of its widenings."""
    return [widening.rule for widening in estimate.widenings]


def test_a_single_origin_gives_a_range_and_no_best() -> None:
    """R13: nobody can check a figure that one speaker alone gives, so it spans 0.75 to 1.33 times and has no best."""
    estimate = one_line("3,000")
    assert (estimate.best, span(estimate)) == (None, (2250, 3990))
    (step,) = estimate.widenings
    assert step.rule == "single_origin"
    assert (step.low, step.high) == (2250, 3990)
    assert "0.75 to 1.33 times 3,000" in step.reason
    assert any("only one origin" in told and "Ann Minister" in told and "3,000" in told for told in estimate.steps)


def test_origins_that_may_depend_on_each_other_are_a_single_one() -> None:
    """R13 with R7: two services that share their intelligence are surely one origin only, so there is no best."""
    estimate = one_line("3,000", "3,100", speakers=("Spy Agency", "War Bureau"))
    assert estimate.independent == Independent(1, 2)
    assert estimate.best is None
    assert rules(estimate) == ["single_origin"]
    assert span(estimate) == (2250, 4123)


def test_an_unknown_measure_gives_a_range_and_no_best() -> None:
    """R13 and R16: two origins agree on a number, and no text says whether it is a stock or a flow."""
    estimate = one_line("3,000", "3,000", measure=None)
    assert (estimate.best, estimate.measure) == (None, None)
    assert any("stock, a flow or a count to date" in step for step in estimate.steps)


def test_a_toll_and_a_plan_need_no_word_for_their_measure() -> None:
    """R13: what a toll and a plan measure is known from their category and status, so two origins carry a best."""
    reports, claims = counted("300", "300", measure=None)
    plan = weighed(reports, [replace(one, status=Status.PLANNED) for one in claims])
    toll = weighed(reports, [replace(one, category="killed") for one in claims])
    assert [estimate.best for estimate in (*plan, *toll)] == [300, 300]


def test_the_best_is_the_median_of_one_value_for_each_origin() -> None:
    """R13: thirty copies of one statement do not outvote two other speakers."""
    reports, claims = counted("3,120", "3,140", "3,210")
    copies = [document(f"Copy {turn}: 3,120 soldiers.", id=f"copy{turn}") for turn in range(30)]
    copied = [claim(one, "3,120", measure=Measure.STOCK, speaker="Ann Minister") for one in copies]
    (estimate,) = weighed([*reports, *copies], [*claims, *copied], origin(claims[0], *copied))
    assert estimate.best == 3140
    assert estimate.reports == 33


def test_a_precise_figure_outweighs_a_vague_one() -> None:
    """R13: precision weighs in the median, so the exact count of two that agree is the best."""
    estimate = one_line("~3,000", "3,121")
    assert estimate.best == 3121
    assert [reading.weight for reading in sorted(estimate.readings, key=lambda one: one.weight)] == [0.375, 0.75]


def test_the_range_spans_all_origins_and_the_reach_of_about() -> None:
    """R11 and R13: the ends are those of the origins, and "about 3,000" reaches from 2,700 to 3,300."""
    estimate = one_line("~3,000", "3,121")
    assert span(estimate) == (2700, 3300)
    assert estimate.widenings == (
        Widening("about", 2700, 3300, "“about” 3,000 is a tenth more or less: 2,700 to 3,300."),
    )  # fmt: skip


def test_a_round_figure_reaches_half_its_last_unit() -> None:
    """R12: 3,000 may be 2,500 to 3,500, and the step says so."""
    estimate = one_line("3,000", "3,121")
    assert span(estimate) == (2500, 3500)
    assert rules(estimate) == ["rounding"]
    assert "3,000 may be rounded" in estimate.widenings[0].reason


def test_rounding_is_not_printed_where_it_sets_no_end() -> None:
    """R12: what a wider step has covered already is no step of its own."""
    assert rules(one_line("3,000")) == ["single_origin"]


def test_a_vague_word_is_printed_where_it_sets_an_end() -> None:
    """R11: "thousands" is 2,000 to 9,999, no point, and the step names the word."""
    report = document("Thousands of soldiers came.")
    vague = claim(report, "Thousands", low=2000, high=9999, bound=Bound.VAGUE, measure=Measure.STOCK)
    (estimate,) = weighed([report], [vague])
    assert (estimate.best, span(estimate)) == (None, (1500, 13299))
    assert rules(estimate) == ["vague", "single_origin"]
    assert "“Thousands” is taken for 2,000 to 9,999" in estimate.widenings[0].reason


def test_a_bound_is_no_point() -> None:
    """R11: two origins that say "at least" give an open range and no best."""
    estimate = one_line(">3,000", ">3,000")
    assert (estimate.best, estimate.high) == (None, None)
    assert any("give bounds and none of them a figure" in step for step in estimate.steps)


def test_a_side_that_counts_others_is_widened_downwards() -> None:
    """R13: two bodies of one state count the other side's soldiers rather high, so the low end is moved."""
    estimate = one_line("3,121", "3,121", speakers=("South Embassy", "South Ministry"))
    assert estimate.best == 3121
    assert span(estimate) == (2340, 3121)
    assert rules(estimate) == ["one_side"]
    assert "0.75 times 3,121" in estimate.widenings[0].reason


def test_a_side_that_counts_its_own_is_widened_upwards() -> None:
    """R13: what a state says of its own people abroad is rather low, so the high end is moved."""
    estimate = one_line("3,121", "3,121", speakers=("North Army", "North Office"))
    assert span(estimate) == (3121, 4151)
    assert "1.33 times" in estimate.widenings[0].reason


def test_origins_of_two_sides_are_not_widened() -> None:
    """R13: where both sides count alike, neither bends the figure."""
    estimate = one_line("3,121", "3,121", speakers=("North Army", "South Ministry"))
    assert (rules(estimate), span(estimate)) == ([], (3121, 3121))


def test_an_old_stock_is_only_the_last_known_one() -> None:
    """R14: a stock that nobody has counted for more than 180 days is stale, and its range grows with its age."""
    reports, claims = counted("3,121", "3,121")
    (fresh,) = weighed(reports, claims, as_of=date(2025, 7, 9))
    (old,) = weighed(reports, claims, as_of=date(2025, 7, 10))
    assert (fresh.stale, rules(fresh)) == (False, [])
    assert (old.stale, rules(old)) == (True, ["stale"])
    assert span(old) == (2808, 3434)
    assert "181 days" in old.widenings[0].reason
    assert any("last known" in step for step in old.steps)


def test_decay_grows_with_every_half_year() -> None:
    """R14: the declared decay is a tenth for every 180 days."""
    (estimate,) = weighed(*counted("1,001", "1,001"), as_of=date(2026, 1, 10))
    assert span(estimate) == (810, 1212)


@pytest.mark.parametrize("measure", [Measure.FLOW, Measure.CUMULATIVE, Measure.PEAK, None])
def test_what_is_no_stock_does_not_grow_old(measure: Measure | None) -> None:
    """R14: a flow of a closed time and the dead of an event stay what they were."""
    (estimate,) = weighed(*counted("3,121", "3,121", measure=measure), as_of=date(2035, 1, 1))
    assert not estimate.stale


def test_today_is_the_day_of_the_latest_report() -> None:
    """R14: there is no clock, so the age of a stock is counted to the latest report of the case."""
    reports, claims = counted("3,121", "3,121")
    later = document("Nothing is counted here.", id="later", published="2026-02-01T08:00:00Z")
    assert not weighed(reports, claims)[0].stale
    assert weighed([*reports, later], claims)[0].stale


def test_an_old_stock_stands_in_no_conflict() -> None:
    """R14: two old counts that differ are told in the steps and are no conflict of today."""
    reports, claims = counted("3,121", "9,125")
    (fresh,) = weighed(reports, claims, as_of=date(2025, 2, 1))
    (old,) = weighed(reports, claims, as_of=date(2025, 12, 1))
    assert (len(fresh.conflicts), len(old.conflicts)) == (1, 0)
    assert fresh.conflicts[0].reason in old.steps
    assert fresh.credibility == old.credibility == 4


def test_an_old_stock_is_no_part_of_a_newer_whole() -> None:
    """R14: what is only the last known count is left out of sums with what was counted anew."""
    report = document("There were 5,000 builders in May and 1,000 sappers: 6,000 workers now.", published="2025-12-01")
    said = {"5,000": "2025-01-05", "1,000": "2025-11-30", "6,000": "2025-11-30"}
    kinds = {"5,000": "builder", "1,000": "deminer", "6,000": "worker"}
    claims = [
        claim(report, figure, category=kinds[figure], measure=Measure.STOCK, when=day) for figure, day in said.items()
    ]
    estimates = weighed([report], claims, origin(*claims))
    assert line_of(estimates, claims[0]).stale
    assert line_of(estimates, claims[2]).parts == ()


def test_a_rate_is_no_total() -> None:
    """R1 and R3: 15 dollars an hour and 15 dollars are two lines, and a rate has no best however many say it."""
    reports = [document(f"Report {turn}: they get $15 an hour.", id=f"d{turn}") for turn in range(2)]
    rate = Ground("per", "hour", "the words behind the figure")
    claims = [
        replace(claim(one, "15", category="money", unit="USD", speaker=speaker), grounds=(rate,))
        for one, speaker in zip(reports, WITNESSES, strict=False)
    ]
    total = claim(document("They got $15.", id="d9"), "15", category="money", unit="USD")
    estimates = weighed([*reports, document("They got $15.", id="d9")], [*claims, total], dossier=DOSSIER)
    assert line_of(estimates, claims[0]) != line_of(estimates, total)
    assert line_of(estimates, claims[0]).population.unit == "USD per hour"
    assert line_of(estimates, claims[0]).best is None
    assert "per hour" in line_of(estimates, claims[0]).population.label
