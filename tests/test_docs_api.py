"""What docs/api.md shows is run as it stands, against a server of its own."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tallystick.pipeline import run
from tallystick.sample import reports
from tallystick.storage.accounts import people
from tallystick.storage.accounts.opening import Accounts
from test_docs import DOCS, blocks

PAGE = DOCS / "api.md"
SHOWN = "http://127.0.0.1:8350"
ADDRESS = re.compile(r"http://\S+")
HERE = "run by tests/test_docs_api.py"
PROBLEM = "a problem, checked by tests/test_docs_api.py"
# Seconds for a server to end, and for all examples, on a machine with much else to do.
PATIENCE, LONG = 90, 180
MAIN = "from tallystick.cli import main; main()"

needs_curl = pytest.mark.skipif(shutil.which("curl") is None, reason="the examples are those of curl, which is missing")


@pytest.fixture
def workplace(tmp_path: Path) -> Path:
    """A folder with the sample as my-case, where ana has an account, and the program on the path."""
    with reports() as inbox:
        run([inbox], tmp_path / "my-case", "dprk-russia")
    with Accounts(tmp_path / "my-case") as file:
        people.add(file, "ana", "administrator", datetime.now(UTC), password="x")  # noqa: S106 - opens nothing
    program = tmp_path / "bin" / "tallystick"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m tallystick "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    return tmp_path


@pytest.fixture
def server(workplace: Path) -> Iterator[str]:
    """The address of a server of it on a free port."""
    command = [sys.executable, "-c", MAIN, "serve", "--case", "my-case", "--port", "0"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=workplace)
    assert process.stderr is not None
    try:
        found = next(filter(None, map(ADDRESS.search, process.stderr)), None)
        assert found is not None, "the server ended without a word"
        yield found[0]
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        process.communicate(timeout=PATIENCE)


@needs_curl
def test_the_examples_of_the_api_work(workplace: Path, server: str) -> None:
    """Every line exits with 0, in one shell; what they give is what the page says of it."""
    lines = ["set -eu", *(block.text for block in blocks(PAGE) if block.comment == HERE)]
    assert len(lines) > 6
    script = "\n".join(lines).replace(SHOWN, server)
    assert "tallystick token add" in script
    path = os.pathsep.join((str(workplace / "bin"), os.environ.get("PATH", "")))
    finished = subprocess.run(
        ["bash", "-c", script], cwd=workplace, env={**os.environ, "PATH": path}, capture_output=True, text=True,
        check=False, timeout=LONG,
    )  # fmt: skip
    assert finished.returncode == 0, finished.stdout[-2_000:] + finished.stderr
    answers = finished.stdout
    assert '"dossier":"dprk-russia"' in answers
    assert answers.count('"state":"waiting"') + answers.count('"state":"running"') == 2
    assert '"verdict":"rejected"' in answers
    assert re.search(r"^304$", answers, re.MULTILINE)
    shown = next(json.loads(block.text) for block in blocks(PAGE) if block.comment == PROBLEM)
    told = json.loads(answers[answers.rindex('{"type"') :])
    assert {name: told[name] for name in shown} == shown


def test_the_page_names_every_address_and_scope() -> None:
    """What a program may ask for first is on the page, and nothing that there is not."""
    from tallystick.workbench.api.api import OPERATIONS  # noqa: PLC0415 - as the server has it, not at collection

    page = PAGE.read_text(encoding="utf-8")
    told = set(re.findall(r"/([a-z]+(?:\.[a-z]+)?)(?:[/?`, ]|$)", page))
    firsts = {path.split("/")[1] for one in OPERATIONS for path in one.paths}
    assert firsts <= told
