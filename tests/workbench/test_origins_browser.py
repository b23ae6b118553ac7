"""Origins and the map in a real browser: zoomed by keys, judged, read without a script, hostile text inert."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from bench_case import a_bench, a_case
from tallystick.workbench.access.visitors import Role, Visitor
from tallystick.workbench.app import create_app
from tallystick.workbench.bench import Bench
from tallystick.workbench.rooms import ROOMS
from workbench.browsing import Window, chromium, open_window, picture, serious, serving
from workbench.conftest import Admitted

pytestmark = pytest.mark.browser

AT_FIRST = "matrix(1, 0, 0, 1, 0, 0)"


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case, made once."""
    return a_case(tmp_path_factory.mktemp("origins") / "case")


@pytest.fixture
def looked_at(original: Path, tmp_path: Path) -> Iterator[Bench]:
    """A bench on a copy of it."""
    made = a_bench(Path(shutil.copytree(original, tmp_path / "case")))
    yield made
    made.views.close()


@pytest.fixture
def home(looked_at: Bench) -> Iterator[str]:
    """A server for an analyst."""
    with serving(create_app(looked_at, Admitted(Visitor("ana", Role.ANALYST)), ROOMS)) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser."""
    with chromium() as made:
        yield made


def open_tree(page: Page, home: str, speaker: str = "Shoigu") -> None:
    """Go to the tree of a speaker."""
    page.goto(f"{home}/origins?speaker={speaker}")
    page.locator("table.origins tbody a").first.click()
    # Until all of it is loaded, scripts and styles among it: a key that comes before is nobody's.
    page.wait_for_url("**/origins/o-*", wait_until="load")
    expect(page.locator("svg.graph")).to_be_visible()


def quiet(window: Window, home: str) -> bool:
    """Whether nothing went wrong in the window and nothing left the server."""
    here = urlsplit(home).netloc
    assert [address for address in window.asked if urlsplit(address).netloc != here] == []
    assert window.troubles == []
    return True


@pytest.mark.parametrize("room", ["tree", "map"])
def test_a_picture_is_zoomed_and_moved(room: str, home: str, browser: Browser) -> None:
    """By keys and by buttons, and put back."""
    window = open_window(browser)
    page = window.page
    if room == "tree":
        open_tree(page, home)
    else:
        page.goto(f"{home}/map")
    sheet, scene = page.locator(".sheet"), page.locator(".scene")
    sheet.focus()
    sheet.press("+")
    expect(scene).to_have_css("transform", re.compile(r"matrix\(1\.4, 0, 0, 1\.4, 0, 0\)"))
    sheet.press("ArrowRight")
    expect(scene).to_have_css("transform", re.compile(r"matrix\(1\.4, 0, 0, 1\.4, -\d+"))
    sheet.press("0")
    expect(scene).to_have_css("transform", AT_FIRST)
    page.get_by_role("button", name="smaller").click()
    expect(scene).to_have_css("transform", re.compile(r"matrix\(0\.\d+, 0, 0, 0\.\d+, 0, 0\)"))
    page.get_by_role("button", name="Reset").click()
    expect(scene).to_have_css("transform", AT_FIRST)
    assert quiet(window, home)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_step_is_cut(scripts: bool, home: str, browser: Browser) -> None:
    """From the tree to the page of the step, with a reason, to what moved."""
    window = open_window(browser, scripts=scripts)
    page = window.page
    open_tree(page, home)
    page.locator("ul.edges a", has_text="Judge this step").first.click()
    page.get_by_label("Why (needed)").fill("The paper counted for itself.")
    page.get_by_role("button", name="Cut the step").click()
    expect(page.get_by_role("heading", name="What moved")).to_be_visible()
    expect(page.get_by_text("No step leads from the one to the other.")).to_be_visible()
    expect(page.locator("ul.decided")).to_contain_text("The paper counted for itself.")
    assert quiet(window, home)


def test_the_list_follows_what_is_typed(home: str, browser: Browser) -> None:
    """Without a button, and the address keeps it."""
    window = open_window(browser)
    page = window.page
    page.goto(f"{home}/origins")
    page.get_by_label("Speaker").fill("kremlin")
    expect(page.locator("table.origins tbody tr")).to_have_count(1)
    expect(page).to_have_url(f"{home}/origins?speaker=kremlin&text=")
    assert quiet(window, home)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("path", ["/origins", "tree", "step", "search", "/map", "/map?box=20,40,60,62"])
def test_nothing_keeps_anybody_from_reading(path: str, dark: bool, home: str, browser: Browser, tmp_path: Path) -> None:
    """Axe finds nothing serious, in light and dark."""
    window = open_window(browser, dark=dark)
    page = window.page
    if path.startswith("/"):
        page.goto(home + path)
    else:
        open_tree(page, home)
        if path == "step":
            page.locator("ul.edges a").last.click()
            page.wait_for_url("**/origins/step?*")
        elif path == "search":
            page.get_by_text("Add a step back").first.click()
            page.get_by_label("Words of the earlier").fill("construction workers")
            page.get_by_role("button", name="Find").click()
            page.wait_for_url("**q=construction*")
    picture(page, tmp_path, "page")
    assert serious(page) == []
    assert quiet(window, home)


@pytest.mark.parametrize("path", ["/origins", "tree", "/map"])
def test_a_narrow_window_shows_all_of_a_page(path: str, home: str, browser: Browser) -> None:
    """Nothing is wider than the window; tables and pictures scroll in themselves."""
    page = open_window(browser, narrow=True).page
    if path == "tree":
        open_tree(page, home)
    else:
        page.goto(home + path)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_the_map_is_drawn_without_a_script(home: str, browser: Browser) -> None:
    """Outlines come from the server; a link shows a part, and a mark leads to its claims."""
    window = open_window(browser, scripts=False)
    page = window.page
    page.goto(f"{home}/map")
    page.get_by_role("link", name="Where most figures are").click()
    expect(page).to_have_url(f"{home}/map?box=32.2%2C47.7%2C40.2%2C55.7")
    expect(page.locator("a.spot.city")).to_have_attribute("href", "/claims?place=Kursk")
    assert any("/map/outlines.svg" in address for address in window.asked)
    assert window.troubles == []


def test_the_outlines_are_drawn(home: str, browser: Browser) -> None:
    """The policy lets the page take them from the server, in colors of the page."""
    window = open_window(browser)
    page = window.page
    page.goto(f"{home}/map")
    page.wait_for_load_state("networkidle")
    assert page.locator("use.land").evaluate("it => it.getBBox().width") > 15_000
    assert quiet(window, home)


def test_hostile_words_do_nothing(home: str, browser: Browser) -> None:
    """In the picture, the list, the step and its search."""
    window = open_window(browser)
    page = window.page
    open_tree(page, home, "Ukraine")
    title = page.title()
    expect(page.locator("svg.graph")).to_contain_text("Evening <b>Gazette</b>"[:12])
    page.get_by_text("Add a step back").first.click()
    expect(page.locator("article")).to_contain_text("Evening <b>Gazette</b>")
    assert "hit" not in (title, page.title())
    assert quiet(window, home)
