"""The overview, a population and what moved, as a reader and an analyst get them."""

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient

from bench_case import AtOnce, Looked
from tallystick.model.lineage import Independent
from tallystick.model.review import ReviewVerdict
from tallystick.pipeline import keeper
from tallystick.storage.case import Case
from tallystick.storage.reviewing import Proposal
from tallystick.storage.views.populations import MOST_POINTS, Point
from tallystick.workbench.access.visitors import Role
from tallystick.workbench.bench import Bench
from tallystick.workbench.overview.drawing import Charts, bar, spark
from tallystick.workbench.overview.presence import AGAIN, AWAY, Presence
from tallystick.workbench.overview.renderer import Renderer, RendererError

Enter = Callable[..., TestClient[Any]]
NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)


@pytest.fixture
def estimate(case_folder: Path) -> str:
    """Id of the estimate that is reported most."""
    with Case.open(case_folder, read_only=True) as case:
        return case.estimates()[0].id


def _reject_one(folder: Path) -> None:
    """Take the first claim away, and derive what follows."""
    with Case.open(folder, keeper=keeper("bo")) as case:
        claim = case.claims()[0]
        case.review(Proposal(ReviewVerdict.REJECTED, claim.document, (claim,), (), "no figure"), seen=0)
    AtOnce(folder).follow("bo")


def test_the_overview_tells_the_dossier_and_how_much_there_is(enter: Enter, bench: Bench) -> None:
    """Name, what it watches, counts, and how much is reviewed stand on the first page."""
    shown = enter(Role.READER).get("/").text
    assert bench.dossier.title in shown
    assert bench.dossier.about in shown
    assert "Reviewed" in shown
    assert "0 of" in shown


def test_the_overview_leads_to_every_population(enter: Enter, case_folder: Path) -> None:
    """Each estimate has its page."""
    client = enter()
    shown = client.get("/").text
    with Case.open(case_folder, read_only=True) as case:
        names = [one.id for one in case.estimates()]
    assert all(f"/populations/{name}" in shown for name in names)
    assert all(client.get(f"/populations/{name}").status_code == 200 for name in names)


def test_htmx_gets_the_populations_alone(enter: Enter) -> None:
    """A filter changes the list, not the page around it."""
    part = enter().get("/?status=denied", headers={"HX-Request": "true"}).text
    assert part.lstrip().startswith("<section")
    assert 'class="status denied"' in part
    assert 'class="status planned"' not in part


def test_a_filter_that_means_nothing_shows_all(enter: Enter) -> None:
    """An address from elsewhere breaks nothing."""
    client = enter()
    assert client.get("/?status=nonsense&since=never").status_code == 200
    assert "No population fits this filter" in client.get("/?text=zzzz").text


def test_a_first_visit_is_told_as_one(enter: Enter) -> None:
    """Who was never here is not told what changed since."""
    assert "This is your first visit" in enter(name="new").get("/").text


def test_what_changed_since_the_last_visit_is_told(enter: Enter, bench: Bench, case_folder: Path) -> None:
    """A change that came after the visit before stands there in words, grouped by what it is about."""
    bench.visits.note("cleo", "2020-01-01T00:00:00Z")
    _reject_one(case_folder)
    shown = enter(name="cleo").get("/").text
    assert "since your last visit" in shown
    assert "estimate gone" in shown
    later = enter(name="cleo").get("/?since=2999-01-01").text
    assert "estimate gone" not in later


def test_the_overview_says_when_it_is_behind(enter: Enter, case_folder: Path) -> None:
    """What is not derived yet is not shown as if it were."""
    client = enter()
    assert "not worked out yet" not in client.get("/").text
    with Case.open(case_folder, keeper=keeper("bo")) as case:
        claim = case.claims()[0]
        case.review(Proposal(ReviewVerdict.REJECTED, claim.document, (claim,), (), "no figure"), seen=0)
    assert "not worked out yet" in client.get("/").text


def test_a_population_shows_its_steps_and_quotes_its_readings(enter: Enter, case_folder: Path) -> None:
    """Steps, speakers and marked figures of an estimate stand on its page."""
    client = enter(Role.READER)
    with Case.open(case_folder, read_only=True) as case:
        ledger = case.ledger()
    for one in ledger.estimates:
        shown = client.get(f"/populations/{one.id}").text
        assert "<mark>" in shown
        assert f"/claims?population={one.id}" in shown
        assert all(f"/origins/{reading.origin}" in shown for reading in one.readings)
        assert shown.count("<li>") >= len(one.steps)


def test_an_unknown_population_is_not_found(enter: Enter) -> None:
    """An address that leads nowhere says so."""
    assert enter().get("/populations/e-none").status_code == 404


def test_a_population_is_told_in_words(enter: Enter, estimate: str) -> None:
    """The words are those of `tallystick explain`."""
    assert "Step by step" in enter().get(f"/populations/{estimate}/words").text
    part = enter().get(f"/populations/{estimate}/words", headers={"HX-Request": "true"}).text
    assert part.startswith("<pre")


def test_the_chart_is_drawn_without_styles_of_its_own(enter: Enter, case_folder: Path) -> None:
    """Where there are several days, the chart is an SVG that the content policy lets through."""
    client = enter()
    with Case.open(case_folder, read_only=True) as case:
        names = [one.id for one in case.estimates()]
    for name in names:
        part = client.get(f"/populations/{name}/chart").text
        assert "<svg" in part or "no course to draw" in part
        assert " style=" not in part.replace('font-style="', "").replace(' style="italic"', "")


def test_all_changes_are_told_by_kind(enter: Enter, case_folder: Path) -> None:
    """Everything that moved has a page, narrowed by kind and day."""
    client = enter(Role.READER)
    assert "Nothing has changed" in client.get("/changes").text
    _reject_one(case_folder)
    assert "estimate gone" in client.get("/changes").text
    assert "estimate gone" not in client.get("/changes?kind=flags").text
    assert "Nothing of this kind" in client.get("/changes?since=2999-01-01").text
    assert client.get("/changes", headers={"HX-Request": "true"}).text.startswith('<div id="moved"')


def test_an_empty_case_says_how_to_add_reports(enter: Enter, case_folder: Path) -> None:
    """Who has nothing yet is told where to begin, as far as they may."""
    with sqlite3.connect(case_folder / "case.sqlite") as file:
        for table in ("claims", "estimates", "origins", "flags", "hits", "listing", "blocks", "documents"):
            file.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names
    file.close()
    assert 'href="/add"' in enter(Role.ANALYST).get("/").text
    assert "An analyst can add reports" in enter(Role.READER).get("/").text


def test_a_visit_lasts_until_somebody_was_away(tmp_path: Path) -> None:
    """What changed since the last visit stays told during the visit, and begins anew after a pause."""
    presence, visits = Presence(), Looked()
    assert presence.looks(tmp_path, visits, "ana", NOON) is None
    assert presence.looks(tmp_path, visits, "ana", NOON + timedelta(minutes=2)) is None
    assert presence.looks(tmp_path, visits, "ana", NOON + AWAY + timedelta(minutes=3)) == "2026-01-05T12:00:00Z"
    assert presence.looks(tmp_path, visits, "ana", NOON + AWAY + timedelta(minutes=4)) == "2026-01-05T12:00:00Z"


def test_a_long_visit_is_noted_again(tmp_path: Path) -> None:
    """Where the server stops, the end of a visit is known to some minutes."""
    presence, visits = Presence(), Looked()
    presence.looks(tmp_path, visits, "ana", NOON)
    presence.looks(tmp_path, visits, "ana", NOON + AGAIN + timedelta(seconds=1))
    assert Presence().looks(tmp_path, visits, "ana", NOON + timedelta(days=1)) == "2026-01-05T12:05:01Z"


def test_a_small_picture_needs_two_days_with_figures() -> None:
    """One reading has no course, and undated ones no place."""
    one = Point("2025-06-17", 5, 5, superseded=False)
    assert spark([one, Point(None, 9, 9, superseded=False)]) is None
    drawn = spark([one, Point("2025-07", 10, 12, superseded=True)])
    assert drawn is not None
    assert [dot.superseded for dot in drawn.dots] == [False, True]
    assert drawn.dots[0].x < drawn.dots[1].x
    assert drawn.dots[0].y > drawn.dots[1].y
    assert "between 5 and 12" in drawn.words
    assert len(spark([one] * MOST_POINTS).dots) == MOST_POINTS  # type: ignore[union-attr]


def test_a_bar_shows_origins_within_reports() -> None:
    """The bar of the most reported is the longest, and origins are a part of it."""
    drawn = bar(10, Independent(1, 2), 10)
    assert drawn.low < drawn.high < drawn.reports == drawn.width
    assert bar(5, Independent(1, 1), 10).reports == drawn.width / 2


def test_a_chart_is_drawn_once(case_folder: Path) -> None:
    """The same estimates have the same chart, which is there the next time."""
    with Case.open(case_folder, read_only=True) as case:
        estimates = case.estimates()
    charts = Charts()
    assert charts.held(estimates) == (False, None)
    drawn = charts.draw(estimates)
    assert drawn is not None
    assert charts.held(estimates) == (True, drawn)
    charts.close()
    assert charts.draw(estimates) == drawn


def test_a_renderer_that_ended_is_started_again(case_folder: Path) -> None:
    """A chart that could not be drawn is told as such, and the next one is drawn."""
    with Case.open(case_folder, read_only=True) as case:
        estimates = case.estimates()
    renderer = Renderer()
    with pytest.raises(RendererError):
        renderer.draw((replace(estimates[0], readings=(None,)),), "broken")  # type: ignore[arg-type]
    assert renderer.draw(estimates, "whole") is not None
    renderer.close()
    assert renderer.draw(estimates, "again") is not None
    renderer.close()


def test_what_has_no_course_needs_no_renderer(case_folder: Path) -> None:
    """Figures of one day are known to make no chart before anything is drawn."""
    with Case.open(case_folder, read_only=True) as case:
        estimates = tuple(replace(one, readings=one.readings[:1]) for one in case.estimates()[:1])
    assert Charts().held(estimates) == (True, None)
