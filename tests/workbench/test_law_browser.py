"""Provisions, flags and sources in a real browser: they work, read without scripts, and stay inert."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from bench_case import a_bench
from flagged_case import a_flagged_case
from tallystick.workbench.access.visitors import Role, Visitor
from tallystick.workbench.app import create_app
from tallystick.workbench.documents.routes import ROUTES as DOCUMENTS
from tallystick.workbench.flags.flags import ROUTES as FLAGS
from tallystick.workbench.provisions.provisions import ROUTES as PROVISIONS
from tallystick.workbench.sources.sources import ROUTES as SOURCES
from workbench.browsing import Window, chromium, open_window, picture, serious, serving
from workbench.conftest import Admitted

pytestmark = pytest.mark.browser
ROOMS = (DOCUMENTS, FLAGS, PROVISIONS, SOURCES)
PLACES = ("/provisions", "/flags", "/sources", "/sources?show=speakers")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The browser."""
    with chromium() as made:
        yield made


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server on a case in which something is flagged and provisions may apply."""
    bench = a_bench(a_flagged_case(tmp_path_factory.mktemp("law") / "case"))
    with serving(create_app(bench, Admitted(Visitor("ana", Role.ANALYST)), ROOMS)) as at:
        yield at
    bench.views.close()


def opened(browser: Browser, address: str, *, dark: bool = False, narrow: bool = False, scripts: bool = True) -> Window:
    """A window on a page."""
    window = open_window(browser, dark=dark, narrow=narrow, scripts=scripts)
    window.page.goto(address)
    return window


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_nothing_serious_keeps_anybody_out(browser: Browser, address: str, place: str, dark: bool) -> None:
    """axe-core finds nothing serious in light and dark, nothing breaks, nothing leaves the server."""
    window = opened(browser, address + place, dark=dark)
    assert serious(window.page) == []
    assert window.troubles == []
    assert all(one.startswith(address) for one in window.asked)
    window.page.context.close()


@pytest.mark.parametrize("place", PLACES)
def test_a_narrow_window_shows_all_without_scrolling_aside(
    browser: Browser, address: str, place: str, tmp_path: Path
) -> None:
    """At 400 pixels only tables scroll, within themselves."""
    window = opened(browser, address + place, narrow=True)
    assert window.page.evaluate("document.documentElement.scrollWidth") <= 400
    picture(window.page, tmp_path, "narrow")
    window.page.context.close()


def test_a_filter_keeps_its_address(browser: Browser, address: str) -> None:
    """What is chosen is shown at once, stands in the address, and comes back by it and by going back."""
    window = opened(browser, f"{address}/flags")
    page = window.page
    page.get_by_label("Severity").select_option("error")
    expect(page.locator("article.flag")).to_have_count(1)
    assert "severity=error" in page.url
    page.reload()
    expect(page.locator("article.flag")).to_have_count(1)
    expect(page.get_by_label("Severity")).to_have_value("error")
    page.get_by_role("link", name="Clear").click()
    expect(page.locator("article.flag")).to_have_count(4)
    page.context.close()


def test_filters_work_without_scripts(browser: Browser, address: str) -> None:
    """A form that is sent and links do all of it."""
    window = opened(browser, f"{address}/provisions", scripts=False)
    page = window.page
    page.get_by_label("How far the facts reach").select_option("prima_facie")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("article.hit")).to_have_count(1)
    page.goto(f"{address}/sources")
    page.get_by_role("link", name="Speakers").click()
    expect(page.get_by_role("row", name="Sergei Shoigu")).to_be_visible()
    page.context.close()


def test_a_quotation_leads_to_its_words(browser: Browser, address: str) -> None:
    """From the evidence one is at the span in its report."""
    window = opened(browser, f"{address}/flags?severity=error")
    page = window.page
    page.locator("article.flag").get_by_role("link", name="Harbor Press").first.click()
    expect(page.locator("#at")).to_be_visible()
    page.context.close()


def test_an_analyst_decides_by_keyboard(browser: Browser, address: str) -> None:
    """The form opens, takes a reason, and the page says who determined it; it can be taken back."""
    window = opened(browser, f"{address}/provisions?tier=prima_facie")
    page = window.page
    page.locator("article.hit summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("Committee report of 3 May 2026.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/provisions?tier=prima_facie*#h-*")
    page.goto(f"{address}/provisions?tier=determined")
    expect(page.locator("article.hit")).to_contain_text("Noted as determined by ana")
    page.get_by_text("Withdraw the determination").click()
    page.get_by_label("Why it is withdrawn").fill("Another case.")
    page.get_by_role("button", name="Withdraw", exact=True).click()
    page.goto(f"{address}/provisions?tier=prima_facie")
    expect(page.locator("article.hit")).to_contain_text("A determination was withdrawn")
    page.context.close()


def test_hostile_reports_stay_inert(browser: Browser, address: str) -> None:
    """Scripts and markup of reports are words on every page."""
    for place in PLACES:
        window = opened(browser, address + place)
        assert "hit" not in window.page.title()
        assert window.page.locator("main b").count() == 0
        assert window.troubles == []
        window.page.context.close()
