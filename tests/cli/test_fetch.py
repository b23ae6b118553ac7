"""`tallystick fetch` from outside, against a site on this machine."""

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from tallystick.storage.case import Case
from website import Page, Site, site

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
PAGE = """<html><head><title>{0}</title></head><body><article><p>At least {0} people were killed when the bridge
fell into the river on Monday, police said, and the search for others goes on.</p></article></body></html>"""


def tallystick(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the command line in `folder`."""
    command = [sys.executable, "-m", "tallystick", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=120)


@pytest.fixture
def paper() -> Iterator[Site]:
    """A site with a report."""
    with site() as running:
        running.pages["/12"] = Page(PAGE.format(12).encode(), headers=(("Content-Type", "text/html"),))
        yield running


def test_a_page_is_fetched_into_a_case(paper: Site, tmp_path: Path) -> None:
    """Its figure is in the ledger, its address is kept, and what cannot be fetched is named."""
    arguments = ("--case", "case", "--allow-host", paper.host)
    finished = tallystick("fetch", paper.url("/12"), "http://10.0.0.1/", *arguments, folder=tmp_path)
    assert finished.returncode == 1, finished.stderr
    assert "http://10.0.0.1/: 10.0.0.1 is 10.0.0.1, an address of a private" in finished.stderr
    assert "1 added, 0 already there, 1 failed" in finished.stderr
    exported = tallystick("export", "--case", "case", "--format", "jsonl", folder=tmp_path)
    assert [json.loads(line)["figure"] for line in exported.stdout.splitlines()] == ["12"]
    again = tallystick("fetch", paper.url("/12"), *arguments, folder=tmp_path)
    assert again.returncode == 0, again.stderr
    assert "0 added, 1 already there, 0 failed" in again.stderr


def test_what_lists_sitemaps_and_feeds_name_is_fetched(paper: Site, tmp_path: Path) -> None:
    """Each address once, whoever names it, and no more than --limit; details of a feed are kept."""
    for figure in (13, 14):
        paper.pages[f"/{figure}"] = Page(PAGE.format(figure).encode())
    named = [paper.url(f"/{figure}") for figure in (12, 13, 14)]
    (tmp_path / "list.txt").write_text(f"# today\n{named[0]}\n", encoding="utf-8")
    entries = f"<url><loc>{named[0]}</loc></url><url><loc>{named[1]}</loc></url>"
    paper.pages["/map.xml"] = Page(f"<urlset xmlns='{SITEMAP}'>{entries}</urlset>".encode())
    link = f"<item><title>Bridge</title><link>{named[2]}</link></item>"
    paper.pages["/feed.xml"] = Page(f"<rss version='2.0'><channel>{link}</channel></rss>".encode())
    arguments = (
        "list.txt",
        paper.url("/map.xml"),
        paper.url("/feed.xml"),
        "--case",
        "case",
        "--allow-host",
        paper.host,
    )
    short = tallystick("fetch", *arguments, "--limit", "3", folder=tmp_path)
    assert "2 added" in short.stderr
    assert "left out: 1 (named more than once)" in short.stderr
    assert "left out: 1 (named beyond the first 3 addresses" in short.stderr
    finished = tallystick("fetch", *arguments, folder=tmp_path)
    assert finished.returncode == 0, finished.stderr
    assert "1 added, 2 already there, 0 failed" in finished.stderr
    with Case.open(tmp_path / "case") as case:
        assert sorted(document.url or "" for document in case.documents()) == named


def test_nothing_on_this_machine_is_fetched_without_leave(paper: Site, tmp_path: Path) -> None:
    """Also where the environment names a proxy."""
    finished = tallystick("fetch", paper.url("/12"), "--case", "case", folder=tmp_path)
    assert finished.returncode == 1
    assert f"--allow-host {paper.host}" in finished.stderr
    assert paper.asked == []


def test_running_on_what_names_addresses_fetches_nothing(paper: Site, tmp_path: Path) -> None:
    """Only `fetch` and `watch` go to the web."""
    (tmp_path / "list.txt").write_text(paper.url("/12") + "\n", encoding="utf-8")
    tallystick("run", "list.txt", "--case", "case", folder=tmp_path)
    assert paper.asked == []


def test_hosts_can_be_allowed_once_for_all(paper: Site, tmp_path: Path) -> None:
    """A setting of tallystick.toml holds for both commands."""
    (tmp_path / "tallystick.toml").write_text(f'allow_host = "wiki.lan:9000,{paper.host}"\ncase = "case"\n', "utf-8")
    finished = tallystick("fetch", paper.url("/12"), folder=tmp_path)
    assert finished.returncode == 0, finished.stderr


def test_a_signal_ends_it_cleanly(paper: Site, tmp_path: Path) -> None:
    """What was fetched is kept, what was at hand is left, and the exit status is 0."""
    reached = threading.Event()

    def slow(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
        reached.set()
        while not paper.closing.wait(0.05):
            handler.wfile.write(b" ")

    paper.pages["/slow"] = Page(raw=slow)
    given = [sys.executable, "-m", "tallystick", "fetch", paper.url("/12"), paper.url("/slow"), "--case", "case"]
    running = subprocess.Popen(
        [*given, "--allow-host", paper.host], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert reached.wait(60)
    running.send_signal(signal.SIGTERM)
    _, said = running.communicate(timeout=60)
    assert running.returncode == 0, said
    assert "stopped; what was fetched is kept" in said
    assert "1 added" in said
    with Case.open(tmp_path / "case") as case:
        assert len(case.documents()) == 1


def test_help_shows_how(tmp_path: Path) -> None:
    """With examples."""
    for name in ("fetch", "watch"):
        finished = tallystick(name, "--help", folder=tmp_path)
        assert f"tallystick {name} " in finished.stdout
        assert "Examples:" in finished.stdout
