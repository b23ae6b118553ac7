"""`tallystick watch` from outside, against a site on this machine."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from tallystick.storage.case import Case
from website import Page, Site, site

TEXT = "At least {} people were killed when the bridge fell into the river on Monday, police said."


@pytest.fixture
def paper() -> Iterator[Site]:
    """A site with a feed in which the reports stand."""
    with site() as running:
        publish(running, 12)
        yield running


def publish(paper: Site, *figures: int) -> None:
    """Let the feed hold reports with these figures."""
    lines = [json.dumps({"id": f"r-{one}", "text": TEXT.format(one), "title": f"{one} dead"}) for one in figures]
    paper.pages["/feed"] = Page("\n".join(lines).encode() + b"\n")


def command(paper: Site, *arguments: str) -> list[str]:
    """The command line."""
    given = ("--case", "case", "--feed", paper.url("/feed"), "--allow-host", paper.host)
    return [sys.executable, "-m", "tallystick", "watch", *given, *arguments]


def watch(paper: Site, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """One look."""
    given = command(paper, "--once", *arguments)
    return subprocess.run(given, cwd=folder, capture_output=True, text=True, check=False, timeout=120)


def make_due(folder: Path) -> None:
    """Let the time until the next look be over."""
    with closing(sqlite3.connect(folder / "case" / "case.sqlite")) as connection, connection:
        connection.execute("UPDATE feeds SET due = ''")


def test_what_changed_is_printed_look_by_look(paper: Site, tmp_path: Path) -> None:
    """A new report, the figure before and after; nothing where nothing is new; the same for programs."""
    first = watch(paper, tmp_path)
    assert first.returncode == 0, first.stderr
    assert first.stdout.splitlines()[0].startswith("+ report  12 dead")
    assert any(line.startswith("~ estimate") and line.endswith(": none -> 9 to open") for line in lines(first))
    assert "1 added, 0 already there, 0 failed" in first.stderr
    idle = watch(paper, tmp_path)
    assert (idle.returncode, idle.stdout) == (0, "")
    make_due(tmp_path)
    publish(paper, 12, 19)
    second = watch(paper, tmp_path, "--format", "jsonl")
    changes = [json.loads(line) for line in lines(second)]
    assert changes[0] == {"kind": "report", "id": "r-19", "label": changes[0]["label"]}
    (moved,) = [one for one in changes if one["kind"] == "estimate"]
    assert moved["before"] != moved["after"]
    assert moved["reports"] == ["r-19"]


def lines(finished: subprocess.CompletedProcess[str]) -> list[str]:
    """The lines of standard output."""
    return finished.stdout.splitlines()


def test_a_feed_that_fails_is_named(paper: Site, tmp_path: Path) -> None:
    """With exit status 1 where it was asked once."""
    paper.pages["/feed"] = Page(status=404)
    finished = watch(paper, tmp_path)
    assert finished.returncode == 1
    assert f"{paper.url('/feed')}: answered 404 Not Found" in finished.stderr


def test_without_a_feed_there_is_nothing_to_watch(tmp_path: Path) -> None:
    """The error says where one is named."""
    given = [sys.executable, "-m", "tallystick", "watch", "--case", "case", "--once"]
    finished = subprocess.run(given, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120)
    assert finished.returncode == 2
    assert "--feed URL" in finished.stderr
    assert "Traceback" not in finished.stderr


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("where", ["feed", "pause"])
def test_a_signal_ends_it_cleanly(paper: Site, tmp_path: Path, number: signal.Signals, where: str) -> None:
    """In the middle of a slow answer as in the pause between two looks: status 0, and the case opens and goes on."""
    reached = threading.Event()

    def slow(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 9999999\r\n\r\n")
        reached.set()
        while not paper.closing.wait(0.05):
            handler.wfile.write(b" ")

    if where == "feed":
        paper.pages["/feed"] = Page(raw=slow)
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    running = subprocess.Popen(
        command(paper), cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    )
    assert running.stdout is not None
    assert running.stderr is not None
    if where == "feed":
        assert reached.wait(60)
    else:
        assert running.stdout.readline().startswith("+ report")
        assert any("due in" in line for line in running.stderr)
    running.send_signal(number)
    _, said = running.communicate(timeout=60)
    assert running.returncode == 0, said
    assert "stopped; the same command goes on" in said
    assert "Traceback" not in said
    with Case.open(tmp_path / "case") as case:
        assert len(case.documents()) == (0 if where == "feed" else 1)
    publish(paper, 12, 19)
    make_due(tmp_path)
    assert watch(paper, tmp_path).returncode == 0
    with Case.open(tmp_path / "case") as case:
        assert len(case.documents()) == 2
