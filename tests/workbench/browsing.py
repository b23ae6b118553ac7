"""A real browser on a real server of the workbench, for the tests of every room."""

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from litestar import Litestar
from playwright.sync_api import Browser, Page, Request, sync_playwright

__all__ = ["CHROMIUM", "Window", "chromium", "open_window", "serious", "serving"]

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
# What axe-core calls what keeps somebody from reading or working.
GRAVE = ("serious", "critical")
# Seconds in which a server on this machine is up.
PATIENCE = 20.0


class Window(NamedTuple):
    """A page with what it asked for and what went wrong in it."""

    page: Page
    asked: list[str]
    troubles: list[str]


@contextmanager
def serving(app: Litestar) -> Iterator[str]:
    """Serve an application on loopback in a thread, and give its address."""
    # With its protocol named, asyncio sends at once what is written; else each answer waits 40 ms for the other side.
    listening = socket.socket(proto=socket.IPPROTO_TCP)
    listening.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="on"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    deadline = time.monotonic() + PATIENCE
    while not server.started:
        if time.monotonic() > deadline:
            raise TimeoutError("the server did not start")
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(PATIENCE)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Give Debian's Chromium; skips the test where there is none."""
    if CHROMIUM is None:
        pytest.skip("NO CHROMIUM: the pages of the workbench were not looked at in a browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


def open_window(
    browser: Browser, *, dark: bool = False, narrow: bool = False, scripts: bool = True
) -> Window:  # fmt: skip
    """Open a window that notes every request, and every error of a script or of the content policy."""
    context = browser.new_context(
        viewport={"width": 400, "height": 800} if narrow else {"width": 1280, "height": 900},
        color_scheme="dark" if dark else "light",
        java_script_enabled=scripts,
    )
    page = context.new_page()
    asked: list[str] = []
    troubles: list[str] = []

    def _note(request: Request) -> None:
        asked.append(request.url)

    page.on("request", _note)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
    return Window(page, asked, troubles)


def serious(page: Page) -> list[str]:
    """What axe-core finds on a page that keeps somebody from it."""
    found = Axe().run(page)
    return [
        f"{one['id']}: {one['help']} ({node['target']})"
        for one in found.response["violations"]
        if one["impact"] in GRAVE
        for node in one["nodes"]
    ]


def picture(page: Page, folder: Path, name: str) -> None:
    """Keep a screenshot for whoever wants to look."""
    page.screenshot(path=folder / f"{name}.png", full_page=True)
