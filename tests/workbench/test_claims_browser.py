"""The table of claims in a real browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tallystick.workbench.access.visitors import Role, Visitor
from tallystick.workbench.app import create_app
from tallystick.workbench.bench import Bench
from tallystick.workbench.claims.claims import ROUTES
from workbench.browsing import chromium, open_window, picture, serious, serving
from workbench.conftest import Admitted

pytestmark = pytest.mark.browser


@pytest.fixture
def address(bench: Bench) -> Iterator[str]:
    """Where the room is served to an analyst."""
    with serving(create_app(bench, Admitted(Visitor("ana", Role.ANALYST)), [ROUTES])) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all tests here."""
    with chromium() as found:
        yield found


def figures(page: Page) -> list[str]:
    """The figures of the rows, in order."""
    return page.locator("td.figure a").all_inner_texts()


def test_filters_swap_the_table_and_keep_the_address(browser: Browser, address: str) -> None:
    """Choosing, typing, sorting and taking a filter away; back leads back, and nothing leaves the server."""
    window = open_window(browser)
    page = window.page
    page.goto(f"{address}/claims")
    page.get_by_label("Status").select_option("planned")
    expect(page).to_have_url(f"{address}/claims?status=planned")
    expect(page.locator("#total")).to_have_text("3 claims")
    page.get_by_label("Words in the sentence").press_sequentially("sappers kursk")
    expect(page).to_have_url(f"{address}/claims?q=sappers+kursk&status=planned")
    page.get_by_role("link", name="Figure").click()
    expect(page.locator("th[aria-sort=descending]")).to_contain_text("Figure")
    assert figures(page) == ["6,000", "5,000", "1,000"]
    expect(page.get_by_label("Sorted by")).to_have_value("value-down")
    page.get_by_role("link", name="Words sappers kursk").click()
    expect(page).to_have_url(f"{address}/claims?status=planned&sort=value-down")
    expect(page.get_by_label("Words in the sentence")).to_have_value("")
    page.go_back()
    expect(page).to_have_url(f"{address}/claims?q=sappers+kursk&status=planned&sort=value-down")
    expect(page.get_by_label("Words in the sentence")).to_have_value("sappers kursk")
    assert window.troubles == []
    assert all(asked.startswith(address) for asked in window.asked)


def test_claims_are_chosen_and_decided_by_keyboard(browser: Browser, address: str) -> None:
    """The arrows go from row to row, with Shift they choose; what was rejected is gone."""
    window = open_window(browser)
    page = window.page
    page.goto(f"{address}/claims?sort=value-down")
    page.get_by_label("Choose 12,000 North Korean soldiers").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+ArrowDown")
    expect(page.locator("#chosen")).to_have_text("2 claims chosen")
    page.get_by_label("Reason").fill("counted twice")
    page.get_by_role("button", name="Reject").press("Enter")
    expect(page.locator("#outcome")).to_contain_text("2 claims rejected")
    expect(page.locator("#outcome")).to_be_focused()
    assert figures(page) == ["12,000", "4,000", "1,000"]
    assert page.url == f"{address}/claims?sort=value-down"
    assert window.troubles == []


def test_all_on_a_page_are_chosen_at_once(browser: Browser, address: str) -> None:
    """And the box for all says whether all are."""
    page = open_window(browser).page
    page.goto(f"{address}/claims")
    page.get_by_label("Choose all on this page").check()
    expect(page.locator("#chosen")).to_have_text("5 claims chosen")
    page.get_by_label("Choose 4,000").uncheck()
    expect(page.locator("#chosen")).to_have_text("4 claims chosen")
    assert page.locator("#choose-all").evaluate("box => box.indeterminate")


def test_all_of_it_works_without_scripts(browser: Browser, address: str) -> None:
    """The form, the heads, the chips and the decision."""
    page = open_window(browser, scripts=False).page
    page.goto(f"{address}/claims")
    page.get_by_label("Status").select_option("planned")
    page.get_by_role("button", name="Show").click()
    assert page.url == f"{address}/claims?status=planned"
    page.get_by_role("link", name="Figure").click()
    assert figures(page) == ["6,000", "5,000", "1,000"]
    page.get_by_label("Choose 1,000 sappers").check()
    page.get_by_role("button", name="Accept").click()
    expect(page.locator("#outcome")).to_have_text("1 claim accepted.")
    assert figures(page) == ["6,000", "5,000", "1,000"]
    page.get_by_role("link", name="Status planned").click()
    assert page.url == f"{address}/claims?sort=value-down"


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("dark", [False, True])
def test_it_can_be_read_by_everybody(browser: Browser, address: str, tmp_path: Path, dark: bool, narrow: bool) -> None:
    """Nothing serious for axe, light and dark, wide and narrow; and no page that scrolls sideways."""
    page = open_window(browser, dark=dark, narrow=narrow).page
    page.goto(f"{address}/claims?sort=value-down&q=kursk")
    page.get_by_label("Choose 12,000").check()
    picture(page, tmp_path, f"claims-{dark}-{narrow}")
    assert serious(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_hostile_reports_stay_inert(browser: Browser, address: str) -> None:
    """A title, an outlet and an address with scripts in them are words."""
    window = open_window(browser)
    page = window.page
    page.goto(f"{address}/claims?outlet=%3Cimg+src=x+onerror=%22document.title='hit'%22%3E")
    expect(page.locator(".chip")).to_contain_text("<img src=x onerror=")
    page.goto(f"{address}/claims?category=killed")
    expect(page.get_by_role("link", name="<script>document.title='hit'</script> Builders")).to_be_visible()
    assert "hit" not in page.title()
    assert page.locator("main img, main script").count() == 0
    assert window.troubles == []
