"""Figures by day, as the timeline asks a case for them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bench_case import a_case
from copied import Kept
from tallystick.model.lineage import Course
from tallystick.model.review import ReviewVerdict
from tallystick.pipeline import keeper
from tallystick.storage.case import Case
from tallystick.storage.reviewing import Proposal
from tallystick.storage.views.timeline import Window, buckets, entries, extent, faults, label, quoted, speakers, undated
from tallystick.storage.views.view import View, Views


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A case of three reports, of June and July."""
    return a_case(tmp_path / "case")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same one, which no test changes."""
    return a_case(tmp_path_factory.mktemp("timeline") / "case")


@pytest.fixture
def view(made: Path, kept: Kept) -> Iterator[View]:
    """A view of it."""
    views = Views(kept(made))
    with views.moment() as opened:
        yield opened
    views.close()


def test_figures_are_counted_by_day_month_and_year(made: Path, view: View) -> None:
    """Every figure of a dated report is counted once, whatever the width."""
    with Case.open(made, read_only=True) as case:
        number = len(case.claims())
    for width, keys in ((4, ["2025"]), (7, ["2025-06", "2025-07"]), (10, ["2025-06-17", "2025-06-18", "2025-07-02"])):
        found = buckets(view, Window(), width)
        assert [one.key for one in found] == keys
        assert sum(one.total for one in found) == number
    assert extent(view) == ("2025-06-17", "2025-07-02")
    assert undated(view) == 0


def test_a_later_telling_is_told_from_the_first(made: Path, view: View) -> None:
    """The course of each figure follows from its origin: the first report tells it, later ones repeat it."""
    with Case.open(made, read_only=True) as case:
        ledger = case.ledger()
    home = {claim.id: claim.document for claim in ledger.claims}
    first = {claim: origin.documents[0] for origin in ledger.lineage.origins for claim in origin.claims}
    gone = {
        claim for one in ledger.estimates for reading in one.readings if reading.superseded for claim in reading.claims
    }
    for one in entries(view, Window(), 99, 1).entries:
        told = Course.FIRST if first[one.claim] == home[one.claim] else Course.COPIED
        assert one.course is (Course.SUPERSEDED if one.claim in gone else told)


def test_a_window_holds_its_days_alone(view: View) -> None:
    """A year, a month or a day gives what was published in it, the newest first."""
    days = [one.published[:10] for one in entries(view, Window("2025-06"), 99, 1).entries]
    assert set(days) == {"2025-06-17", "2025-06-18"}
    assert days == sorted(days, reverse=True)
    assert not entries(view, Window("1999"), 0, 5).entries


def test_figures_are_narrowed_by_category_speaker_and_population(made: Path, view: View) -> None:
    """Filters hold for counts and lines alike."""
    with Case.open(made, read_only=True) as case:
        claims, estimate = {one.id: one for one in case.claims()}, case.estimates()[0]
    killed = entries(view, Window(category="killed"), 99, 1).entries
    assert {claims[one.claim].category for one in killed} == {"killed"}
    name = speakers(view, Window())[0][0]
    assert {one.speaker for one in entries(view, Window(speaker=name), 99, 1).entries} == {name}
    assert name in dict(speakers(view, Window("2025", speaker="somebody else")))
    population = {one.claim for one in entries(view, Window(population=estimate.id), 99, 1).entries}
    assert set(estimate.claims) <= population
    assert label(view, estimate.id) == estimate.population.label
    assert label(view, "e-none") is None


def test_what_speakers_said_has_its_day(view: View) -> None:
    """The day of a quotation is that on which it was said."""
    name = next(one for one, _ in speakers(view, Window()) if "Shoigu" in one)
    found = quoted(view, Window(), [name])
    assert {one.speaker for one in found} == {name}
    assert {one.day for one in found} == {"2025-06-17"}


def test_what_a_reviewer_took_away_is_not_on_the_timeline(folder: Path) -> None:
    """A rejected figure was not told."""
    with Case.open(folder, keeper=keeper("ana")) as case:
        claim = case.claims()[0]
        case.review(Proposal(ReviewVerdict.REJECTED, claim.document, (claim,), (), "no figure"), seen=0)
    views = Views(folder)
    with views.moment() as view:
        assert claim.id not in {one.claim for one in entries(view, Window(), 99, 1).entries}
    views.close()


def test_a_case_without_faults_has_none(view: View) -> None:
    """Nobody is called by an office that they did not hold here."""
    assert faults(view) == ()
