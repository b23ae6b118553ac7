"""The review room in a real browser: by keys alone, two people at once, without scripts, light and dark."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from litestar import Request
from playwright.sync_api import Browser, Page, expect

from reviewing_words import claims_of
from tallystick.workbench.access.visitors import Role, Visitor
from tallystick.workbench.app import create_app
from tallystick.workbench.bench import Bench
from tallystick.workbench.rooms import ROOMS
from workbench.browsing import Window, chromium, open_window, picture, serious, serving

pytestmark = pytest.mark.browser

HERALD = "herald-1"


class ByCookie:
    """Everybody is the analyst whom a cookie names."""

    def visitor(self, request: Request[Any, Any, Any]) -> Visitor | None:
        """Give that analyst."""
        return Visitor(request.cookies.get("who", "ana"), Role.ANALYST)


@pytest.fixture
def address(bench: Bench) -> Iterator[str]:
    """Where the workbench is served."""
    with serving(create_app(bench, ByCookie(), ROOMS)) as at:
        yield at


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser."""
    with chromium() as opened:
        yield opened


def enter(browser: Browser, address: str, who: str = "ana", *, dark: bool = False, narrow: bool = False,
          scripts: bool = True) -> Window:  # fmt: skip
    """Open a window as somebody."""
    window = open_window(browser, dark=dark, narrow=narrow, scripts=scripts)
    window.page.context.add_cookies([{"name": "who", "value": who, "url": address}])
    return window


def save(page: Page) -> None:
    """Press the button that keeps the changes."""
    page.get_by_role("button", name="Keep the changes").click()


def test_claims_are_reviewed_by_keys_alone(browser: Browser, address: str, case_folder: Path) -> None:
    """Accept, undo, next, previous, edit with a field changed, reject with a reason; the last says what moved."""
    window = enter(browser, address)
    page = window.page
    page.goto(f"{address}/review")
    first = page.url
    page.keyboard.press("a")
    expect(page.locator(".done")).to_contain_text("accepted")
    expect(page.locator(".done")).to_contain_text("Nothing moved by it.")
    page.wait_for_load_state("load")
    page.keyboard.press("u")
    page.wait_for_url(f"{first}*did=2*")
    expect(page.locator(".done")).to_contain_text("withdrawn")
    page.wait_for_load_state("load")
    page.keyboard.press("n")
    page.wait_for_function("at => !location.href.startsWith(at)", arg=first)
    page.wait_for_load_state("load")
    page.keyboard.press("p")
    page.wait_for_url(f"{first}*")
    page.wait_for_load_state("load")
    page.keyboard.press("e")
    expect(page.get_by_label("Low end")).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("8,000")
    page.keyboard.press("Tab")
    page.keyboard.press("Control+A")
    page.keyboard.type("8,000")
    page.get_by_label("Why", exact=True).focus()
    page.keyboard.type("areas in the text")
    page.keyboard.press("Enter")
    expect(page.locator(".done")).to_contain_text("edited")
    page.wait_for_load_state("load")
    page.keyboard.press("r")
    page.keyboard.type("an area, as a panel names it")
    page.keyboard.press("Enter")
    expect(page.locator(".done")).to_contain_text("rejected")
    expect(page.locator(".moved")).to_contain_text("estimate gone")
    assert len(claims_of(case_folder)) == 4
    assert window.troubles == []
    assert {urlsplit(one).netloc for one in window.asked} == {urlsplit(address).netloc}


def test_keys_are_off_while_something_is_typed(browser: Browser, address: str, case_folder: Path) -> None:
    """A word of a reason with every key in it decides nothing; "?" shows the keys, Escape closes them."""
    page = enter(browser, address).page
    page.goto(f"{address}/review")
    at = page.url
    page.keyboard.press("r")
    page.keyboard.type("aresmunp?")
    expect(page.locator("#reject-why")).to_have_value("aresmunp?")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("a")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert page.url == at
    assert len(claims_of(case_folder)) == 5


def test_two_people_at_one_claim(browser: Browser, address: str, case_folder: Path, tmp_path: Path) -> None:
    """The second sees both, keeps hers on top of his, and nothing of either is lost."""
    claim = claims_of(case_folder, HERALD)[0]
    ana, bo = enter(browser, address).page, enter(browser, address, "bo").page
    for page in (ana, bo):
        page.goto(f"{address}/review/{claim.id}?do=edit")
    ana.get_by_label("Place").fill("Belgorod")
    ana.get_by_label("Why", exact=True).fill("It says Belgorod.")
    save(ana)
    expect(ana.locator(".done")).to_be_visible()
    bo.get_by_label("Low end").fill("7000")
    bo.get_by_label("High end").fill("7000")
    bo.get_by_label("Why", exact=True).fill("It says seven.")
    save(bo)
    expect(bo.get_by_role("heading", level=1)).to_have_text("Somebody else has reviewed this claim meanwhile")
    for told in ("ana", "It says Belgorod.", "It says seven."):
        expect(bo.get_by_role("main")).to_contain_text(told)
    picture(bo, tmp_path, "two-people")
    assert serious(bo) == []
    bo.get_by_role("button", name="Take mine on top").click()
    expect(bo.locator(".done")).to_contain_text("7,000")
    found = claims_of(case_folder, HERALD)[0]
    assert (found.low, found.place) == (7000, "Belgorod")


def test_a_draft_outlives_an_error_and_a_wrong_turn(browser: Browser, address: str, case_folder: Path) -> None:
    """What will not do is marked and focused, all the rest is there; also after leaving the page and coming back."""
    claim = claims_of(case_folder, HERALD)[0]
    page = enter(browser, address).page
    page.goto(f"{address}/review/{claim.id}?do=edit")
    page.get_by_label("Place").fill("Belgorod")
    page.get_by_label("When").fill("next week")
    page.get_by_label("Why", exact=True).fill("It says so.")
    save(page)
    expect(page.get_by_label("When")).to_be_focused()
    expect(page.get_by_label("Place")).to_have_value("Belgorod")
    page.get_by_label("Speaker").fill("Somebody")
    page.goto(f"{address}/review")
    page.goto(f"{address}/review/{claim.id}?do=edit")
    expect(page.get_by_label("Speaker")).to_have_value("Somebody")
    expect(page.get_by_label("Place")).to_have_value("Belgorod")
    page.get_by_role("button", name="Start afresh").click()
    expect(page.get_by_label("Speaker")).to_have_value("Shoigu")
    assert claims_of(case_folder, HERALD)[0] == claim


def test_selected_words_become_the_figure(browser: Browser, address: str, case_folder: Path) -> None:
    """Counted in code points of the text, whatever stands before them."""
    claim = claims_of(case_folder, HERALD)[0]
    page = enter(browser, address).page
    page.goto(f"{address}/review/{claim.id}?do=edit")
    page.evaluate("""() => {
        const rest = document.querySelector("#paragraph .sentence").lastChild, range = document.createRange();
        const at = rest.data.indexOf("Kursk");
        range.setStart(rest, at); range.setEnd(rest, at + 5);
        getSelection().removeAllRanges(); getSelection().addRange(range);
    }""")
    page.get_by_role("button", name="Take the selected words as the figure").click()
    page.get_by_label("Why", exact=True).fill("There.")
    save(page)
    expect(page.locator(".done")).to_contain_text("Kursk")
    assert claims_of(case_folder, HERALD)[0].figure == "Kursk"


def test_everything_works_without_scripts(browser: Browser, address: str) -> None:
    """By buttons and forms alone."""
    page = enter(browser, address, scripts=False).page
    page.goto(f"{address}/review")
    page.get_by_role("link", name="Edit").click()
    page.get_by_label("Place").fill("Belgorod")
    page.get_by_label("Why", exact=True).fill("It says so.")
    save(page)
    expect(page.locator(".done")).to_contain_text("Belgorod")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".done")).to_contain_text("withdrawn")
    page.get_by_role("button", name="Accept").click()
    page.get_by_role("link", name="What the estimate would be without it").click()
    expect(page.get_by_role("main")).to_contain_text("became nothing")
    page.goto(f"{address}/review/history")
    expect(page.get_by_role("main")).to_contain_text("3 reviews")


@pytest.mark.parametrize(("dark", "narrow"), [(False, False), (True, False), (False, True)])
def test_nothing_keeps_anybody_from_reviewing(
    browser: Browser, address: str, case_folder: Path, tmp_path: Path, *, dark: bool, narrow: bool
) -> None:
    """axe-core finds nothing serious on any page of the room, light, dark and narrow; nothing runs over the side."""
    claim = claims_of(case_folder, "wire-1")[0]
    window = enter(browser, address, dark=dark, narrow=narrow)
    page = window.page
    page.goto(f"{address}/review/{claim.id}?do=edit")
    page.get_by_label("Place").fill("Belgorod")
    page.get_by_label("Why", exact=True).fill("It says so.")
    save(page)
    expect(page.locator(".done")).to_be_visible()
    paths = (f"/review/{claim.id}", f"/review/{claim.id}?do=split", f"/review/{claim.id}?do=merge", "/review/history",
             "/review/agreement", f"/review/add?document={HERALD}&start=0&end=5", "/review?kind=unheard")  # fmt: skip
    for turn, path in enumerate(paths):
        page.goto(address + path)
        page.wait_for_load_state("networkidle")
        assert serious(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        picture(page, tmp_path, f"review-{turn}")
    assert window.troubles == []


def test_hostile_reports_stay_text(browser: Browser, address: str, case_folder: Path) -> None:
    """Titles, outlets and what reviewers type run nothing."""
    window = enter(browser, address)
    page = window.page
    for claim in claims_of(case_folder, "gazette-1"):
        page.goto(f"{address}/review/{claim.id}")
        page.locator("#reject-why").fill("<img src=x onerror=document.title='hit'>")
        page.get_by_role("button", name="Reject").click()
        expect(page.locator(".done")).to_be_visible()
    page.goto(f"{address}/review/history")
    expect(page.get_by_role("main")).to_contain_text("<img src=x onerror=document.title='hit'>")
    assert "hit" not in page.title()
    assert page.locator("main img, main script").count() == 0
    assert window.troubles == []
