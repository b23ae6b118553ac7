"""The doors in a real browser: from the first link to an invited colleague, with and without scripts."""

import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from bench_case import a_case
from gates import PASSWORD, Gate, a_gate
from tallystick.workbench.access.granting import first_link
from tallystick.workbench.access.visitors import Role
from workbench.browsing import Window, chromium, open_window, serious, serving

pytestmark = pytest.mark.browser

HOSTILE = "<img src=x onerror=document.title='hit'>"


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case, made once."""
    return a_case(tmp_path_factory.mktemp("doors") / "case")


@pytest.fixture
def gate(original: Path, tmp_path: Path) -> Iterator[Gate]:
    """A workbench on a copy of it, at the time of the browser, whose cookies run out by it."""
    with a_gate(Path(shutil.copytree(original, tmp_path / "case"))) as made:
        made.time = datetime.now(UTC)
        yield made


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser."""
    with chromium() as made:
        yield made


def choose(window: Window, name: str = "") -> None:
    """Fill in the form of a one-time link."""
    if name:
        window.page.get_by_label("Name").fill(name)
    window.page.get_by_label("Password", exact=True).fill(PASSWORD)
    window.page.get_by_label("The same once more").fill(PASSWORD)
    window.page.get_by_role("button", name="Set password and sign in").click()


@pytest.mark.parametrize("scripts", [True, False])
def test_from_the_first_link_to_an_invited_colleague(scripts: bool, gate: Gate, browser: Browser) -> None:
    """The administrator's browser and the colleague's; the link is used up; nothing leaves the server."""
    with serving(gate.app) as home:
        zoe, ben = open_window(browser, scripts=scripts), open_window(browser, scripts=scripts)
        zoe.page.goto(f"{home}/welcome/{first_link(gate.access)}")
        choose(zoe, "Zoe")
        zoe.page.goto(f"{home}/accounts")
        zoe.page.get_by_label("Name", exact=True).fill(HOSTILE)
        zoe.page.get_by_label("Role", exact=True).select_option("analyst")
        zoe.page.get_by_role("button", name="Make account").click()
        link = zoe.page.locator(".fresh code").inner_text()
        assert HOSTILE in zoe.page.locator("tbody").inner_text()
        ben.page.goto(link)
        choose(ben)
        ben.page.goto(f"{home}/account")
        assert HOSTILE in ben.page.locator(".bar").inner_text()
        ben.page.get_by_role("button", name="Sign out", exact=True).click()
        ben.page.wait_for_url(re.compile("/sign-in$"))
        ben.page.goto(link)
        assert "does not work" in ben.page.locator("h1").inner_text()
        zoe.page.goto(f"{home}/audit")
        assert "account made" in zoe.page.locator("tbody").inner_text()
        for window in (zoe, ben):
            assert "hit" not in window.page.title()
            assert not [address for address in window.asked if not address.startswith(home)]
        assert not zoe.troubles


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("narrow", [False, True])
def test_nobody_is_kept_out_by_how_the_pages_are_made(dark: bool, narrow: bool, gate: Gate, browser: Browser) -> None:
    """Axe finds nothing serious, also where something went wrong; nothing is wider than the window."""
    gate.person("Zoe", Role.ADMINISTRATOR)
    gate.person("Ana")
    with serving(gate.app) as home:
        page = open_window(browser, dark=dark, narrow=narrow).page
        page.goto(f"{home}/welcome/{first_link(gate.access)}")
        assert not serious(page)
        page.goto(f"{home}/sign-in")
        expect(page.get_by_label("Name")).to_be_focused()  # given by the page, with its first picture: not at once
        page.keyboard.type("Zoe")
        page.keyboard.press("Tab")
        page.keyboard.type("wrong")
        page.keyboard.press("Enter")
        page.get_by_role("alert").wait_for()
        assert not serious(page)
        expect(page.get_by_label("Password")).to_be_focused()
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Sign out", exact=True).wait_for()
        for path in ("/accounts", "/audit", "/account"):
            page.goto(f"{home}{path}")
            assert not serious(page)
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
