"""Admiralty credibility 1 to 6 from independent origins alone, in the words of AJP-2.1."""

from dataclasses import replace

import pytest

from factory import document
from reconciled import claim, line_of, origin, weighed
from tallystick.model.claim import Claim, Measure, Status
from tallystick.model.document import Document
from tallystick.model.estimate import Estimate
from tallystick.model.lineage import Independent
from tallystick.model.quantity import Bound


def told(*figures: tuple[int, str | None], bound: Bound = Bound.EXACT) -> tuple[list[Document], list[Claim]]:
    """One report and claim for each figure and speaker."""
    reports, claims = [], []
    for turn, (figure, speaker) in enumerate(figures):
        report = document(f"Report {turn} counts {figure}.", id=f"d{turn}")
        reports.append(report)
        low, high = (None, figure) if bound is Bound.AT_MOST else (figure, figure)
        claims.append(
            claim(report, str(figure), low=low, high=high, bound=bound, measure=Measure.STOCK, speaker=speaker)
        )  # fmt: skip
    return reports, claims


def grade(estimate: Estimate, number: int) -> str:
    """The sentence that gives the reason of a grade, which must be this one."""
    assert estimate.credibility == number
    (why,) = (step for step in estimate.steps if step.startswith(f"Credibility {number}:"))
    return why


def test_two_independent_origins_confirm() -> None:
    """Grade 1: confirmed by other independent sources."""
    (estimate,) = weighed(*told((300, "Ann Minister"), (300, "Joe Witness")))
    assert "2 independent origins agree" in grade(estimate, 1)


def test_thirty_outlets_with_one_speaker_do_not_confirm() -> None:
    """Grade 3: what was recycled looks like corroboration and is none."""
    reports, claims = told(*((300, "Ann Minister") for _ in range(30)))
    (estimate,) = weighed(reports, claims, origin(*claims))
    assert "one independent origin" in grade(estimate, 3)


def test_linked_services_are_probably_true() -> None:
    """Grade 2 and R7: independence cannot be guaranteed, so a linked pair counts as 1 to 2."""
    (estimate,) = weighed(*told((300, "Spy Agency"), (300, "War Bureau")))
    assert estimate.independent == Independent(1, 2)
    assert "1 to 2 independent origins agree" in grade(estimate, 2)


def test_two_speakers_of_one_report_are_probably_true() -> None:
    """Grade 2 and R7: who is first heard in the same report may know it from the other."""
    report = document("300, says one. 300, says the other.")
    claims = [
        claim(report, "300", nth=turn, measure=Measure.STOCK, speaker=speaker)
        for turn, speaker in enumerate(("Ann Minister", "Joe Witness"))
    ]
    (estimate,) = weighed([report], claims)
    assert estimate.independent == Independent(1, 2)
    grade(estimate, 2)


def test_a_linked_pair_and_a_third_confirm() -> None:
    """Grade 1 and R7: two linked services and a stranger are 2 to 3 origins, so surely two."""
    (estimate,) = weighed(*told((300, "Spy Agency"), (300, "War Bureau"), (300, "Joe Witness")))
    assert estimate.independent == Independent(2, 3)
    grade(estimate, 1)


def test_origins_that_the_lineage_links_are_a_range() -> None:
    """R7: what tracing or a reviewer links counts as 1 to 2, whatever the dossier says of the speakers."""
    reports, claims = told((300, "Ann Minister"), (300, "Joe Witness"))
    first = origin(claims[0])
    second = replace(origin(claims[1]), linked=(first.id,))
    (estimate,) = weighed(reports, claims, first, second)
    assert estimate.independent == Independent(1, 2)
    grade(estimate, 2)


def test_bounds_alone_confirm_nothing() -> None:
    """Grade 2: "at most 300" said twice fits together, but no figure is confirmed."""
    (estimate,) = weighed(*told((300, "Ann Minister"), (300, "Joe Witness"), bound=Bound.AT_MOST))
    assert "only by their bounds" in grade(estimate, 2)


def test_a_single_named_origin_is_possibly_true() -> None:
    """Grade 3: nobody confirms it and nobody contradicts it."""
    (estimate,) = weighed(*told((300, "Ann Minister")))
    assert "nobody contradicts it" in grade(estimate, 3)


def test_an_anonymous_single_origin_cannot_be_judged() -> None:
    """Grade 6 and R6: a number that nobody vouches for may only repeat another one."""
    reports, claims = told((300, None))
    (estimate,) = weighed(reports, claims, origin(*claims, low=0))
    assert estimate.independent == Independent(0, 1)
    grade(estimate, 6)


def test_an_anonymous_number_does_not_confirm_a_named_one() -> None:
    """Grade 2 and R6: a number without a speaker that equals a known one is taken to repeat it."""
    reports, claims = told((300, "Ann Minister"), (300, None))
    (estimate,) = weighed(reports, claims, origin(claims[1], low=0))
    assert estimate.independent == Independent(1, 2)
    grade(estimate, 2)


def test_a_contradicted_figure_is_doubtful() -> None:
    """Grade 4: independent origins contradict one another."""
    (estimate,) = weighed(*told((300, "Ann Minister"), (900, "Joe Witness")))
    assert "contradict" in grade(estimate, 4)


def test_a_denied_figure_is_doubtful() -> None:
    """Grade 4: one other origin denies what one reports."""
    reports, claims = told((300, "Ann Minister"), (300, "Joe Witness"))
    claims[1] = replace(claims[1], status=Status.DENIED)
    assert "denies" in grade(line_of(weighed(reports, claims), claims[0]), 4)


def test_a_figure_that_more_deny_than_report_is_improbable() -> None:
    """Grade 5: two origins positively contradict what a single one reports."""
    reports, claims = told((300, "Ann Minister"), (300, "Joe Witness"), (300, "Lee Onlooker"))
    claims[1:] = [replace(one, status=Status.DENIED) for one in claims[1:]]
    assert "2 speakers deny it" in grade(line_of(weighed(reports, claims), claims[0]), 5)


def test_a_possibility_cannot_be_judged() -> None:
    """Grade 6: what only may be is no report of a fact, however many say it."""
    reports, claims = told((300, "Ann Minister"), (300, "Joe Witness"))
    (estimate,) = weighed(reports, [replace(one, status=Status.POSSIBLE) for one in claims])
    grade(estimate, 6)


def test_a_claim_without_a_bound_cannot_be_judged() -> None:
    """Grade 6: "many" says no number."""
    report = document("Many came: 1.")
    many = replace(claim(report, "1", bound=Bound.VAGUE), low=None, high=None)
    (estimate,) = weighed([report], [many])
    grade(estimate, 6)
    assert (estimate.best, estimate.low, estimate.high, estimate.widenings) == (None, None, None, ())


@pytest.mark.parametrize("outlet", ["Good Wire", "Rumor Mill", None])
def test_the_letter_of_a_source_moves_no_grade(outlet: str | None) -> None:
    """Credibility and reliability are computed from inputs that have nothing in common."""
    reports, claims = told((300, "Ann Minister"))
    (estimate,) = weighed([replace(one, outlet=outlet) for one in reports], claims)
    grade(estimate, 3)
