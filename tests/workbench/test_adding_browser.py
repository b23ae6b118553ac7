"""Adding reports in a real browser, with a real worker: dropped, pasted, sent without scripts, and watched."""

import base64
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from litestar import Request
from playwright.sync_api import Browser, Page, expect

from tallystick.workbench.access.visitors import Role, Visitor
from tallystick.workbench.app import create_app
from tallystick.workbench.bench import Bench
from tallystick.workbench.rooms import ROOMS
from tallystick.workbench.spooling import FOLDER
from tallystick.workbench.work import Fetching, Work
from workbench.browsing import chromium, open_window, picture, serious, serving

pytestmark = pytest.mark.browser
STORY = "Officials in Kursk said on Tuesday that 340 North Korean sappers had arrived.\n"
OTHER = "Two hundred deminers from North Korea were wounded near Kursk, a local doctor said.\n"
# Milliseconds for a worker to start, read a few reports and derive, on a machine that does other things too.
SLOW = 60_000
DROP = """([files, target]) => {
  const transfer = new DataTransfer();
  for (const [name, text] of files) {
    const bytes = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
    transfer.items.add(new File([bytes], name));
  }
  for (const kind of ["dragenter", "dragover", "drop"]) {
    const moved = new DragEvent(kind, {bubbles: true, cancelable: true, dataTransfer: transfer});
    document.querySelector(target).dispatchEvent(moved);
  }
}"""


class Ana:
    """Everybody is one analyst."""

    def visitor(self, _request: Request[Any, Any, Any]) -> Visitor | None:
        """Give her."""
        return Visitor("ana", Role.ANALYST)


@pytest.fixture
def browser() -> Iterator[Browser]:
    """A browser."""
    with chromium() as found:
        yield found


@pytest.fixture
def work(case_folder: Path) -> Iterator[Work]:
    """A real worker."""
    made = Work(case_folder, fetching=Fetching(allowed=True))
    yield made
    made.close()


@pytest.fixture
def address(bench: Bench, work: Work) -> Iterator[str]:
    """The workbench on a server of this machine."""
    with serving(create_app(replace(bench, follower=work), Ana(), ROOMS)) as found:
        yield found


def drop(page: Page, *files: tuple[str, bytes], onto: str = "body") -> None:
    """Drop files onto a part of the page."""
    page.evaluate(DROP, [[[name, base64.b64encode(content).decode()] for name, content in files], onto])


def finished(page: Page) -> None:
    """Wait until the job on the page is over."""
    expect(page.locator("#job .state")).to_have_text("done", timeout=SLOW)


def test_dropped_files_are_sent_and_watched(browser: Browser, address: str, tmp_path: Path) -> None:
    """They are listed, sent, and the page follows the job to its end by itself; a name stays text."""
    window = open_window(browser)
    page = window.page
    page.goto(f"{address}/add")
    drop(page, ("<img src=x onerror=document.title='hit'>.txt", STORY.encode()), ("empty.txt", b""))
    expect(page.locator("#chosen li")).to_have_count(2)
    drop(page, ("other.txt", OTHER.encode()), onto=".drop")
    page.get_by_role("button", name="Remove empty.txt").click()
    expect(page.locator("#chosen li")).to_have_count(2)
    drop(page, ("empty.txt", b""))
    assert serious(page) == []
    picture(page, tmp_path, "chosen")
    page.get_by_role("button", name="Add files").click()
    page.wait_for_url("**/add/2*")
    finished(page)
    assert "hit" not in page.title()
    expect(page.locator("#job")).to_contain_text("nothing in it: 0 bytes")
    expect(page.get_by_role("heading", name="What moved")).to_be_visible()
    assert page.locator("#job table tbody tr").count() == 2
    assert serious(page) == []
    assert all(url.startswith((address, "data:")) for url in window.asked)
    assert window.troubles == []


def test_progress_is_shown_while_it_runs(browser: Browser, address: str, work: Work) -> None:
    """What is being read stands on the page, and goes when it is over, without a reload."""
    upload = work.upload()
    with upload.file("slow.txt") as stream:
        stream.write(b"x")
    path = work.folder / FOLDER / upload.id / "00001"
    path.unlink()
    os.mkfifo(path)
    name = work.add(upload, "ana", "slow.txt")
    page = open_window(browser).page
    page.goto(f"{address}/add/{name}")
    expect(page.locator(".doing")).to_have_text("reading slow.txt", timeout=SLOW)
    assert serious(page) == []
    page.evaluate("() => { window.same = true }")
    with path.open("wb") as stream:
        stream.write(STORY.encode())
    finished(page)
    assert page.evaluate("() => window.same")
    expect(page.locator(".counts")).to_contain_text("1")


def test_text_is_pasted(browser: Browser, address: str) -> None:
    """It is filled in with the keyboard alone, and becomes one report with the title that was said."""
    page = open_window(browser, dark=True).page
    page.goto(f"{address}/add")
    page.get_by_label("The text of one report").focus()
    page.keyboard.insert_text(OTHER)
    page.keyboard.press("Tab")
    page.keyboard.insert_text("A doctor <i>counts</i>")
    page.get_by_label("Published").fill("2025-07-01")
    assert serious(page) == []
    page.get_by_role("button", name="Add text").press("Enter")
    page.wait_for_url("**/add/2*")
    finished(page)
    expect(page.get_by_role("link", name="A doctor <i>counts</i>", exact=True)).to_be_visible()
    assert serious(page) == []


def test_it_works_without_scripts(browser: Browser, address: str, tmp_path: Path) -> None:
    """Files are chosen and sent by the form itself, and the page of the job looks again by itself."""
    source = tmp_path / "story.txt"
    source.write_text(STORY, encoding="utf-8")
    page = open_window(browser, scripts=False, narrow=True).page
    page.goto(f"{address}/add")
    expect(page.get_by_text("Drop files or folders here")).to_be_hidden()
    page.get_by_label("Choose files").set_input_files(source)
    page.get_by_role("button", name="Add files").click()
    page.wait_for_url("**/add/2*")
    finished(page)
    expect(page.locator("#job")).to_contain_text("1 report looked at")


def test_whom_fetching_asks_is_said(browser: Browser, address: str) -> None:
    """The host of the address stands in the warning; what is refused is named on the page of the job."""
    window = open_window(browser)
    page = window.page
    page.goto(f"{address}/add")
    page.locator("#address").fill("http://127.0.0.1:9/secret")
    expect(page.locator("#leaves")).to_contain_text("127.0.0.1")
    page.get_by_role("button", name="Fetch and add").click()
    page.wait_for_url("**/add/2*")
    finished(page)
    expect(page.get_by_role("heading", name="Not read")).to_be_visible()
    expect(page.locator("#job")).to_contain_text("127.0.0.1")
