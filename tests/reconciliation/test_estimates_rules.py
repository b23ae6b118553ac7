"""Rules R1 to R5, R8, R15, R16, R20 and R22 as far as estimates obey them, each with its reason."""

from dataclasses import replace

import pytest

from factory import document
from reconciled import DOSSIER, claim, line_of, origin, span, weighed
from tallystick.model.claim import Aspect, Claim, Measure, Status
from tallystick.model.document import Document
from tallystick.model.lineage import Lineage
from tallystick.model.quantity import Bound
from tallystick.reconciliation.entries import entries
from tallystick.reconciliation.readings import Grades, readings
from tallystick.reconciliation.subjects import Subjects
from tallystick.reconciliation.superseding import decreases


def told(
    *figures: tuple[str, str, str], category: str = "killed", measure: Measure | None = None
) -> tuple[list[Document], list[Claim]]:
    """One report and claim for each (figure, speaker, day of the statement)."""
    reports, claims = [], []
    for turn, (figure, speaker, day) in enumerate(figures):
        report = document(f"Report {turn} tells of {figure}.", id=f"d{turn}", published=day)
        reports.append(report)
        claims.append(claim(report, figure, category=category, speaker=speaker, stated=day, measure=measure))
    return reports, claims


def test_persons_are_no_households() -> None:
    """R1: two units of one category are never compared, whatever their figures."""
    report = document("500 households moved, 500 people.")
    household = claim(report, "500", category="household", unit="household")
    person = claim(report, "500", category="household", unit="person", nth=1)
    assert len(weighed([report], [household, person])) == 2


def test_two_currencies_are_never_compared() -> None:
    """R1: there is no declared factor between a dollar and a ruble."""
    report = document("It cost 500 dollars, or 500 rubles.")
    claims = [claim(report, "500", category="money", unit=unit, nth=turn) for turn, unit in enumerate(("USD", "RUB"))]
    assert len(weighed([report], claims)) == 2


def test_counted_of_two_countries_are_two_populations() -> None:
    """R2: soldiers of one country are never added to or compared with those of another."""
    report = document("500 soldiers and 500 soldiers.")
    claims = [claim(report, "500", origin=country, nth=turn) for turn, country in enumerate(("KP", "RU"))]
    assert len(weighed([report], claims)) == 2


@pytest.mark.parametrize("other", [Measure.CUMULATIVE, Measure.FLOW, Measure.PEAK, Measure.CAPACITY])
def test_measures_never_average(other: Measure) -> None:
    """R3: a stock and what came in a year, or ever, are two lines and no conflict."""
    reports, claims = told(
        ("3,000", "Joe Witness", "2025-01-10"), ("9,000", "Ann Minister", "2025-01-10"), category="soldier"
    )
    measured = [replace(one, measure=measure) for one, measure in zip(claims, (Measure.STOCK, other), strict=True)]
    estimates = weighed(reports, measured)
    assert [estimate.conflicts for estimate in estimates] == [(), ()]
    assert {estimate.measure for estimate in estimates} == {Measure.STOCK, other}


def test_what_is_planned_is_not_what_arrived() -> None:
    """R4: a population climbs from plan to fact with new evidence only, so the two are lines of their own."""
    reports, claims = told(
        ("6,000", "the agency", "2025-06-17"), ("6,000", "Joe Witness", "2025-10-01"), category="soldier"
    )
    plan = replace(claims[0], status=Status.PLANNED, aspect=Aspect.ANNOUNCED)
    fact = replace(claims[1], aspect=Aspect.ARRIVED)
    assert len(weighed(reports, [plan, fact])) == 2


def test_counts_of_two_places_are_two_lines() -> None:
    """R5: places that do not hold one another are never compared."""
    reports, claims = told(("300", "Joe Witness", "2025-01-10"), ("700", "Ann Minister", "2025-01-10"))
    placed = [replace(one, place=place) for one, place in zip(claims, ("Kursk", "Rostov"), strict=True)]
    estimates = weighed(reports, placed)
    assert len(estimates) == 2
    assert not any(estimate.conflicts for estimate in estimates)


def test_the_scene_of_one_story_is_not_that_of_another() -> None:
    """R5: "the scene" is no name, so the dead at two scenes are two lines."""
    reports, claims = told(("2", "Joe Witness", "2025-01-10"), ("3", "Ann Minister", "2025-01-11"))
    scenes = [replace(one, place="scene") for one in claims]
    assert len(weighed(reports, scenes)) == 2
    named = [replace(one, place="Springfield") for one in claims]
    assert len(weighed(reports, named)) == 1


def test_tolls_of_no_known_day_meet_within_a_story_only() -> None:
    """R5: where the whole world is watched, the dead of a city on days that nobody tells are not one event."""
    reports = [document("6 were shot dead.", id="a"), document("6 were shot dead again.", id="b")]
    claims = [
        claim(report, "6", category="killed", place="Springfield", speaker=speaker)
        for report, speaker in zip(reports, ("Joe Witness", "Ann Minister"), strict=True)
    ]
    assert len(weighed(reports, claims, dossier=replace(DOSSIER, places=()))) == 2
    assert len(weighed(reports, claims)) == 1


def test_a_superseded_figure_stays_with_its_reason() -> None:
    """R8: what the speaker said before is history, kept and explained."""
    (estimate,) = weighed(*told(("600", "the agency", "2025-04-30"), ("2,000", "Spy Agency", "2025-09-02")))
    assert [(reading.low, reading.superseded) for reading in estimate.readings] == [(600, True), (2000, False)]
    assert any(
        "600 (2025-04-30) is superseded by 2,000 (2025-09-02) of the same speaker" in step for step in estimate.steps
    )


def test_a_toll_that_an_agency_raises_again_and_again_is_one_history() -> None:
    """R8: at least 100, at least 300, about 600 and about 2,000 of one agency: the last one holds, the others stay."""
    days = ("2025-01-13", "2025-04-01", "2025-04-30", "2025-09-02")
    reports, claims = told(
        *((figure, "the agency", day) for figure, day in zip(("100", "300", "600", "2,000"), days, strict=True))
    )
    claims[:2] = [replace(one, high=None, bound=Bound.AT_LEAST) for one in claims[:2]]
    claims[2:] = [replace(one, bound=Bound.APPROX) for one in claims[2:]]
    (estimate,) = weighed(reports, claims)
    assert [reading.superseded for reading in estimate.readings] == [True, True, True, False]
    assert (estimate.conflicts, span(estimate)) == ((), (1350, 2926))


def test_figures_of_three_measures_and_three_days_contradict_nobody() -> None:
    """R3 and R5: 15,000 at work now, 35,000 seven years ago and 20,000 to 50,000 as an idea are three lines."""
    reports, claims = told(
        ("15,000", "the agency", "2025-04-30"), ("35,000", "Joe Witness", "2018-02-10"),
        ("20,000", "Ann Minister", "2022-09-05"), category="laborer",
    )  # fmt: skip
    claims[0] = replace(claims[0], measure=Measure.STOCK)
    claims[1] = replace(claims[1], measure=Measure.STOCK, when="2018-02")
    claims[2] = replace(claims[2], high=50000, bound=Bound.RANGE, status=Status.POSSIBLE)
    estimates = weighed(reports, claims)
    assert len(estimates) == 3
    assert not any(estimate.conflicts for estimate in estimates)
    assert [line_of(estimates, one).stale for one in claims] == [False, True, False]


def test_a_body_and_its_spokesman_are_one_speaker() -> None:
    """R8: what a spokesman says takes the place of what his agency said, for he speaks for it."""
    (estimate,) = weighed(*told(("600", "Spy Agency", "2025-04-30"), ("2,000", "Cho Clerk", "2025-09-02")))
    assert [reading.superseded for reading in estimate.readings] == [True, False]
    assert any("speaks for the same body" in step for step in estimate.steps)
    assert not estimate.conflicts


def test_bodies_that_share_intelligence_never_supersede_each_other() -> None:
    """R8: linked services are two speakers, so a later figure of the other one is a conflict."""
    (estimate,) = weighed(*told(("600", "Spy Agency", "2025-04-30"), ("2,000", "War Bureau", "2025-09-02")))
    assert not any(reading.superseded for reading in estimate.readings)
    assert estimate.conflicts


def test_statements_of_one_day_do_not_supersede() -> None:
    """R8: only a later date supersedes."""
    (estimate,) = weighed(*told(("600", "the agency", "2025-04-30"), ("700", "the agency", "2025-04-30")))
    assert not any(reading.superseded for reading in estimate.readings)


def test_whoever_lowers_a_count_to_date_is_not_superseded_silently() -> None:
    """R8 and R9: the dead cannot become fewer, so both figures stand and the range spans them."""
    (estimate,) = weighed(*told(("2,000", "the agency", "2025-04-30"), ("600", "Spy Agency", "2025-09-02")))
    assert not any(reading.superseded for reading in estimate.readings)
    assert span(estimate) == (450, 2660)
    assert any("cannot fall" in step for step in estimate.steps)


def test_a_lowered_stock_is_superseded() -> None:
    """R8: a stock may fall, so the later figure holds."""
    (estimate,) = weighed(
        *told(
            ("2,000", "the agency", "2025-04-30"),
            ("600", "Spy Agency", "2025-09-02"),
            category="soldier",
            measure=Measure.STOCK,
        )
    )
    assert [reading.superseded for reading in estimate.readings] == [True, False]


def test_a_lowered_count_to_date_is_exposed() -> None:
    """R9: the accounts find the highest figure before and the last one."""
    reports, claims = told(
        ("600", "the agency", "2025-01-01"), ("2,000", "the agency", "2025-02-01"), ("900", "Cho Clerk", "2025-03-01")
    )
    lineage = Lineage((), tuple(origin(one, date=one.stated) for one in claims))
    found = readings(entries(reports, claims, lineage, DOSSIER), Grades(reports, DOSSIER), Subjects(DOSSIER))
    (decrease,) = decreases(found)
    assert (decrease.earlier.reading.low, decrease.later.reading.low) == (2000, 900)


def test_an_announcement_is_one_reading_however_often_it_is_dated_anew() -> None:
    """R15: reports of one statement are one origin, and so one reading, whatever day they give it."""
    reports, claims = told(
        ("6,000", "the agency", "2025-06-17"), ("6,000", "the agency", "2025-10-03"), category="soldier"
    )
    (estimate,) = weighed(reports, claims, origin(*claims, date="2025-06-17"))
    (reading,) = estimate.readings
    assert (reading.reports, reading.date, reading.known) == (2, "2025-06-17", "2025-06-17")


def test_an_unknown_measure_is_never_taken_for_a_stock() -> None:
    """R16: where no text tells the measure the line has none."""
    reports, claims = told(("3,000", "the agency", "2025-01-10"), category="soldier")
    (estimate,) = weighed(reports, claims)
    assert (estimate.measure, estimate.best) == (None, None)


def test_an_implausible_figure_is_weighed_like_any_other() -> None:
    """R20: plausibility is a soft flag and moves no figure."""
    reports, claims = told(("90,000,000", "the agency", "2025-01-10"), category="soldier")
    (estimate,) = weighed(reports, claims)
    assert span(estimate) == (67500000, 119700000)


def test_a_paragraph_that_is_printed_twice_counts_once() -> None:
    """R22: two claims of one origin in one document are one reading of one report."""
    report = document("3,000 came.\n3,000 came.")
    claims = [claim(report, "3,000", nth=turn, speaker="the agency") for turn in range(2)]
    (estimate,) = weighed([report], claims, origin(*claims))
    (reading,) = estimate.readings
    assert (reading.reports, estimate.reports, len(reading.claims)) == (1, 1, 2)


def test_an_estimate_knows_since_when_it_is_known() -> None:
    """R24: a reading is known since its first report, an estimate since the latest that is folded into it."""
    reports, claims = told(("300", "the agency", "2025-01-10"), ("350", "Joe Witness", "2025-02-11"))
    late = replace(document("Late: 300.", id="late"), published="2025-03-12T09:00:00Z")
    again = claim(late, "300", category="killed", speaker="the agency", stated="2025-01-10")
    (estimate,) = weighed([*reports, late], [*claims, again], origin(claims[0], again, date="2025-01-10"))
    assert [reading.known for reading in estimate.readings] == ["2025-01-10", "2025-02-11"]
    assert estimate.known == "2025-03-12"


def test_reports_without_a_date_leave_open_since_when() -> None:
    """R24: a day that nobody gives is not made up."""
    report = document("300 were killed.")
    (estimate,) = weighed([report], [claim(report, "300", category="killed")])
    assert (estimate.known, estimate.readings[0].known) == (None, None)


def test_a_range_that_one_speaker_gives_has_its_ends_kept() -> None:
    """R11: "20,000 to 50,000" is one reading with two ends."""
    report = document("20,000 to 50,000 will come.")
    one = claim(report, "20,000", low=20000, high=50000, bound=Bound.RANGE, status=Status.PLANNED)
    (estimate,) = weighed([report], [one])
    assert (estimate.readings[0].low, estimate.readings[0].high) == (20000, 50000)
    assert span(estimate) == (15000, 66500)


def test_a_conflict_gives_its_arithmetic_and_its_claims() -> None:
    """R8: speakers who cannot both be right are named with the difference and the figures that stand in it."""
    reports, claims = told(("600", "the agency", "2025-04-30"), ("2,000", "Ann Minister", "2025-05-02"))
    (conflict,) = line_of(weighed(reports, claims), claims[0]).conflicts
    assert conflict.arithmetic == "2,000 - 600 = 1,400"
    assert set(conflict.claims) == {one.id for one in claims}


def test_a_category_that_no_dossier_lists_is_told_apart_all_the_same() -> None:
    """R2: what a dossier does not know is compared by its own name alone."""
    report = document("40 drones and 40 tanks.")
    claims = [
        claim(report, "40", category="drone", counted=noun, nth=turn) for turn, noun in enumerate(("drones", "tanks"))
    ]
    assert len(weighed([report], claims)) == 2


def test_a_later_retelling_takes_the_day_of_a_statement_for_that_of_the_event() -> None:
    """R8: "up from 600 in April" tells when 600 was said, so the speaker's next toll still supersedes it."""
    reports, claims = told(
        ("600", "Spy Agency", "2025-04-30"), ("2,000", "Spy Agency", "2025-09-02"), ("600", "Spy Agency", "2025-09-02")
    )
    claims[2] = replace(claims[2], when="2025-04")
    (estimate,) = weighed(reports, claims, origin(claims[0], claims[2], date="2025-04-30"))
    assert [one.superseded for one in estimate.readings] == [True, False]
    assert estimate.when is None


def test_the_toll_of_a_month_is_no_running_one() -> None:
    """R5: who says at the end of October how many died in it does not say how many have died in all."""
    reports, claims = told(("93", "Spy Agency", "2025-10-31"), ("2,140", "War Bureau", "2025-12-15"))
    claims[0] = replace(claims[0], when="2025-10")
    assert len(weighed(reports, claims)) == 2


def test_a_count_to_date_that_names_its_day_is_superseded() -> None:
    """R8: "as of the end of April, 600 in all" gives way to what the same speaker counts later."""
    reports, claims = told(
        ("600", "Spy Agency", "2025-04-30"), ("2,000", "Spy Agency", "2025-09-02"),
        category="soldier", measure=Measure.CUMULATIVE,
    )  # fmt: skip
    claims[0] = replace(claims[0], when="2025-04-30")
    (estimate,) = weighed(reports, claims)
    assert [one.superseded for one in estimate.readings] == [True, False]
