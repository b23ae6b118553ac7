"""What a reading weighs in the median: precision, source, record and shared knowledge."""

from dataclasses import replace

import pytest

from factory import document
from reconciled import DOSSIER, claim, line_of, origin, weighed
from tallystick.model.claim import Claim, Measure
from tallystick.model.document import Document
from tallystick.model.dossier import Source
from tallystick.model.estimate import Estimate, Reading
from tallystick.model.quantity import Bound
from tallystick.reconciliation.weighing import PRIOR, Record

PLACES = ("Alba", "Bosa", "Cuneo", "Dorgali", "Este", "Fano", "Gela", "Imola")


def counted(place: str, *figures: tuple[int, str], outlet: str | None = None) -> tuple[list[Document], list[Claim]]:
    """One report for each figure and speaker, all of one place."""
    reports, claims = [], []
    for figure, speaker in figures:
        report = replace(document(f"{speaker} counts {figure} in {place}.", id=f"{place} {speaker}"), outlet=outlet)
        reports.append(report)
        claims.append(claim(report, str(figure), measure=Measure.STOCK, speaker=speaker, place=place))
    return reports, claims


def weights(estimate: Estimate) -> dict[str | None, float]:
    """What the reading of each speaker weighs."""
    return {reading.speaker: reading.weight for reading in estimate.readings}


@pytest.mark.parametrize(
    ("bound", "figure", "weight"),
    [(Bound.EXACT, 3121, 1.0), (Bound.EXACT, 3000, 0.8), (Bound.APPROX, 3000, 0.5), (Bound.AT_LEAST, 3000, 0.2)],
)
def test_precision_weighs(bound: Bound, figure: int, weight: float) -> None:
    """R13: exact before rounded before "about" before a bound."""
    report = document(f"There are {figure}.")
    high = None if bound is Bound.AT_LEAST else figure
    (estimate,) = weighed([report], [claim(report, str(figure), low=figure, high=high, bound=bound)])
    (reading,) = estimate.readings
    assert reading.weight == pytest.approx(weight * PRIOR)


def reading_of(letter: str, other: str) -> Reading:
    """The first of two readings, whose sources have these letters."""
    sources = (Source("One", reliability=letter), Source("Two", reliability=other))
    reports, claims = counted("Alba", (311, "Ann Minister"), (311, "Joe Witness"))
    reports = [replace(one, outlet=name) for one, name in zip(reports, ("One", "Two"), strict=True)]
    (estimate,) = weighed(reports, claims, dossier=replace(DOSSIER, sources=sources))
    return next(reading for reading in estimate.readings if reading.speaker == "Ann Minister")


def test_the_letter_of_the_source_weighs() -> None:
    """R13: the median is weighed by grade, so what a worse source tells first weighs less."""
    assert reading_of("A", "A").weight > reading_of("C", "A").weight > reading_of("E", "A").weight


def test_a_source_that_cannot_be_judged_is_neutral() -> None:
    """F is no bad grade: it weighs what the graded sources of the line weigh."""
    assert reading_of("F", "A").weight == reading_of("A", "A").weight
    assert reading_of("F", "E").weight == reading_of("E", "E").weight
    assert reading_of("F", "F").weight == reading_of("A", "A").weight


def test_a_copy_in_a_better_source_weighs_no_more() -> None:
    """R6: the source that tells a figure first weighs it; a reprint under a better name adds nothing."""
    sources = (Source("Weak", reliability="D"), Source("Fine", reliability="A"))
    reports, claims = counted("Alba", (311, "Ann Minister"), outlet="Weak")
    copy = replace(document("Again: Ann Minister counts 311.", id="copy"), outlet="Fine")
    again = claim(copy, "311", measure=Measure.STOCK, speaker="Ann Minister", place="Alba")
    dossier = replace(DOSSIER, sources=sources)
    (alone,) = weighed(reports, claims, dossier=dossier)
    (both,) = weighed([*reports, copy], [*claims, again], origin(*claims, again), dossier=dossier)
    assert (both.readings[0].reliability, both.readings[0].weight) == ("A", alone.readings[0].weight)


def test_a_speaker_who_often_agrees_with_others_weighs_more() -> None:
    """Records are estimated from the case itself: who agreed in eight places outweighs who never did."""
    reports: list[Document] = []
    claims: list[Claim] = []
    for turn, place in enumerate(PLACES):
        figure = 311 + 10 * turn
        more = counted(place, (figure, "Right One"), (figure, f"Witness {turn}"), (figure + 401, "Wrong One"))
        reports.extend(more[0])
        claims.extend(more[1])
    last = line_of(weighed(reports, claims), claims[-1])
    found = weights(last)
    assert found["Right One"] > found["Witness 7"] == PRIOR > found["Wrong One"]
    assert last.best == 381
    assert any("agreed with others in 8 of 8 lines (0.92)" in step for step in last.steps)


def test_a_record_decides_between_two_figures_of_three() -> None:
    """The weighted median leaves the side on which unreliable speakers stand."""
    reports: list[Document] = []
    claims: list[Claim] = []
    for turn, place in enumerate(PLACES[:-1]):
        more = counted(
            place, (311 + turn, "Right One"), (311 + turn, f"Witness {turn}"), (911 + turn, "Wrong One"),
            (1911 + turn, "Worse One"),
        )  # fmt: skip
        reports.extend(more[0])
        claims.extend(more[1])
    more = counted(PLACES[-1], (311, "Right One"), (711, "Wrong One"), (811, "Worse One"))
    estimate = line_of(weighed([*reports, *more[0]], [*claims, *more[1]]), more[1][0])
    assert estimate.best == 311


def test_two_comparisons_are_no_record() -> None:
    """A speaker of whom little is known is taken like one of whom nothing is."""
    assert Record(0, 2).accuracy == Record(2, 2).accuracy == PRIOR
    assert Record(0, 3).accuracy < PRIOR < Record(3, 3).accuracy


def test_a_record_is_drawn_to_the_prior() -> None:
    """Pseudo-counts keep a short record from weighing like a long one."""
    assert PRIOR < Record(4, 4).accuracy < Record(40, 40).accuracy < 1


def test_speakers_that_share_their_knowledge_share_their_weight() -> None:
    """R7: two linked services count as between one and two, so each weighs three quarters."""
    (estimate,) = weighed(*counted("Alba", (311, "Spy Agency"), (311, "War Bureau"), (311, "Joe Witness")))
    found = weights(estimate)
    assert found["Spy Agency"] == found["War Bureau"] == pytest.approx(0.75 * PRIOR, abs=1e-4)
    assert found["Joe Witness"] == PRIOR


def test_the_steps_say_what_a_weight_is_made_of() -> None:
    """A reader sees precision, source and record of every figure that stands in a median."""
    (estimate,) = weighed(*counted("Alba", (311, "Ann Minister"), (311, "Joe Witness")))
    assert (
        "Ann Minister weighs 0.75: an exact figure (1), source not graded, no record (0.75)." in estimate.steps
    )  # fmt: skip
