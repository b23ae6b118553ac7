"""The overview, a population, what moved and the timeline in a real browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from bench_case import AtOnce, a_bench, a_case
from tallystick.model.review import ReviewVerdict
from tallystick.pipeline import keeper
from tallystick.reporting.charts import drawable
from tallystick.storage.case import Case
from tallystick.storage.reviewing import Proposal
from tallystick.workbench.access.visitors import Role, Visitor
from tallystick.workbench.app import create_app
from tallystick.workbench.overview.routes import ROUTES as OVERVIEW
from tallystick.workbench.timeline.routes import ROUTES as TIMELINE
from workbench.browsing import Window, chromium, open_window, serious, serving
from workbench.conftest import Admitted

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case in which something moved."""
    made = a_case(tmp_path_factory.mktemp("overview") / "case")
    with Case.open(made, keeper=keeper("bo")) as case:
        claim = case.claims()[0]
        review = case.review(Proposal(ReviewVerdict.REJECTED, claim.document, (claim,), (), "no figure"), seen=0)
    AtOnce(made).follow("bo")
    with Case.open(made, keeper=keeper("bo")) as case:
        back = Proposal(ReviewVerdict.WITHDRAWN, claim.document, (), (), "a figure", of=review.number)
        case.review(back, seen=review.number)
    AtOnce(made).follow("bo")
    return made


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    """Where these rooms are served."""
    bench = a_bench(folder)
    bench.visits.note("ana", "2020-01-01T00:00:00Z")
    with serving(create_app(bench, Admitted(Visitor("ana", Role.ANALYST)), [OVERVIEW, TIMELINE])) as served:
        yield served
    bench.views.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser."""
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def paths(folder: Path) -> tuple[str, ...]:
    """All of the pages, of the population that has a chart."""
    with Case.open(folder, read_only=True) as case:
        estimates = case.estimates()
    name = next(
        one.id for one in estimates if drawable([each for each in estimates if each.population == one.population])
    )
    return (
        "/",
        f"/populations/{name}",
        f"/populations/{name}/words",
        "/changes",
        "/timeline",
        "/timeline?day=2025-06-17",
    )


def _stays_inert(window: Window, address: str) -> None:
    """Nothing ran that a report holds, nothing was asked of another host, nothing broke the content policy."""
    assert "hit" not in window.page.title()
    assert all(asked.startswith((address, "data:")) for asked in window.asked)
    assert window.troubles == []


@pytest.mark.parametrize("dark", [False, True])
def test_nothing_keeps_anybody_from_these_pages(
    browser: Browser, address: str, paths: tuple[str, ...], dark: bool
) -> None:
    """Axe finds nothing serious in light and dark, reports stay inert, nothing leaves the server."""
    window = open_window(browser, dark=dark)
    for path in paths:
        window.page.goto(address + path)
        window.page.wait_for_load_state("networkidle")
        assert serious(window.page) == [], path
    _stays_inert(window, address)
    window.page.context.close()


def test_these_pages_fit_a_narrow_screen(browser: Browser, address: str, paths: tuple[str, ...]) -> None:
    """No page is wider than a telephone."""
    window = open_window(browser, narrow=True)
    for path in paths:
        window.page.goto(address + path)
        assert window.page.evaluate("document.documentElement.scrollWidth") <= 400, path
    window.page.context.close()


def test_without_scripts_everything_can_be_read(browser: Browser, address: str, paths: tuple[str, ...]) -> None:
    """Links and forms lead from the overview to a population with its chart and quotations, and to what moved."""
    window = open_window(browser, scripts=False)
    page = window.page
    page.goto(address)
    page.get_by_label("Status").select_option("planned")
    page.get_by_role("button", name="Filter").click()
    assert "status=planned" in page.url
    page.locator("table.populations tr.name a").first.click()
    expect(page.locator("mark").first).to_be_visible()
    page.goto(f"{address}{paths[1]}?draw=true")
    expect(page.locator("figure.chart svg")).to_be_visible()
    page.goto(f"{address}/?since=2020-01-01")
    expect(page.get_by_role("heading", name="What changed")).to_be_visible()
    page.context.close()


def test_a_filter_changes_the_list_and_the_address(browser: Browser, address: str) -> None:
    """With scripts the list follows a choice at once, the address keeps it, and going back shows the whole page."""
    window = open_window(browser)
    page = window.page
    page.goto(address)
    page.get_by_label("Status").select_option("denied")
    expect(page.locator("table.populations .status.planned")).to_have_count(0)
    expect(page).to_have_url(f"{address}/?category=&status=denied&text=")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    expect(page.locator("table.populations .status.planned").first).to_be_visible()
    _stays_inert(window, address)
    page.context.close()


def test_the_chart_comes_by_itself(browser: Browser, address: str, paths: tuple[str, ...]) -> None:
    """A population whose chart is not there yet draws it behind the page."""
    window = open_window(browser)
    window.page.goto(address + paths[1])
    expect(window.page.locator("figure.chart svg")).to_be_visible(timeout=30_000)
    _stays_inert(window, address)
    window.page.context.close()


def test_the_strip_leads_into_a_month_and_the_keyboard_does_too(browser: Browser, address: str) -> None:
    """A click on a bar looks into its day; the list of spans does the same for a keyboard."""
    window = open_window(browser)
    page = window.page
    page.goto(f"{address}/timeline")
    page.locator("svg.days a .place").first.click()
    expect(page).to_have_url(f"{address}/timeline?day=2025-06-17")
    page.goto(f"{address}/timeline")
    link = page.get_by_role("navigation", name="Look into").get_by_role("link", name="Jul 2025")
    link.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{address}/timeline?day=2025-07")
    expect(page.locator("article.told")).to_have_count(1)
    page.context.close()
