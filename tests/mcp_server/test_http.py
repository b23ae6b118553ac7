"""The server on a port: who may reach it, what it refuses, and that standard output is kept clean."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import chdir
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from typer.testing import CliRunner

from talking import over_http, served
from tallystick.cli.whole import app
from tallystick.errors import ServingError
from tallystick.mcp_server import serving
from tallystick.pipeline import keeper

TOKEN = "0123456789abcdef0123456789abcdef"  # noqa: S105 - of a test
INITIALIZE = (
    b'{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},'
    b'"clientInfo":{"name":"test","version":"1"}}}'
)
HEADERS = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}


@pytest.fixture(scope="module")
def address(case: Path) -> Iterator[str]:
    """A server that asks for a token."""
    with served(case, "--name", "ledger.example", env={serving.TOKEN: TOKEN}) as given:
        yield given


def status(address: str, body: bytes = INITIALIZE, method: str = "POST", **headers: str) -> int:
    """What a request is answered with."""
    parts = urlsplit(address)
    assert parts.hostname is not None
    connection = HTTPConnection(parts.hostname, parts.port, timeout=30)
    try:
        connection.request(method, parts.path, body, HEADERS | {"Authorization": f"Bearer {TOKEN}"} | headers)
        return connection.getresponse().status
    finally:
        connection.close()


def test_only_who_bears_the_token_is_answered(address: str) -> None:
    """The official client works with the token; without it, with another, or in another scheme the answer is 401."""
    with over_http(address, TOKEN) as talk:
        assert talk.call("case_overview")["reports"] > 20
    assert status(address) == 200
    for wrong in ("", "Bearer", f"Bearer {TOKEN}x", f"Basic {TOKEN}", f"Bearer {TOKEN[:-1]}", "Bearer \xe9"):
        assert status(address, Authorization=wrong) == 401
    assert status(address, method="GET", Authorization="") == 401


def test_pages_of_elsewhere_do_not_reach_it(address: str) -> None:
    """A foreign Host or Origin is refused, as a page that had rebound its name would send; given names are taken."""
    port = urlsplit(address).port
    assert status(address, Host="evil.example") == 421
    assert status(address, Host=f"evil.example:{port}") == 421
    assert status(address, Origin="https://evil.example") == 403
    assert status(address, Origin="null") == 403
    assert status(address, Host="ledger.example") == 200
    assert status(address, Host=f"localhost:{port}", Origin=f"http://localhost:{port}") == 200


def test_requests_are_bounded(address: str) -> None:
    """A body beyond the limit is 413, what is no JSON 400, another path 404."""
    assert status(address, b" " * (serving.LARGEST_BODY + 1)) == 413
    assert status(address, b"{") == 400
    assert status(address, b"x", **{"Content-Type": "text/plain"}) == 400
    assert status(address.removesuffix(serving.PATH) + "/other") == 404


def test_other_machines_need_a_token(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without one it does not listen where others reach it, and a token that can be guessed is none."""
    place = serving.Place("0.0.0.0", 0)  # noqa: S104 - it must not listen there
    said: list[str] = []

    def serve(at: serving.Place) -> None:
        serving.serve_http(case, at, keeper(), writes=False, say=said.append)

    monkeypatch.delenv(serving.TOKEN, raising=False)
    with pytest.raises(ServingError, match="other machines could read"):
        serve(place)
    monkeypatch.setenv(serving.TOKEN, TOKEN)
    with pytest.raises(ServingError, match="--name"):
        serve(place)
    for weak in ("short", "x" * 31, "é" * 40, "with blanks " * 4):
        monkeypatch.setenv(serving.TOKEN, weak)
        with pytest.raises(ServingError, match="at least 32"):
            serve(serving.Place("127.0.0.1", 0))
    assert said == []


@pytest.mark.parametrize(
    ("options", "said"),
    [(["--case", "nowhere"], "holds no case"), (["--case", "nowhere", "--transport", "carrier"], "Invalid value")],
)
def test_errors_go_to_standard_error(options: list[str], said: str, tmp_path: Path) -> None:
    """A case that is not there ends with a message and nothing on standard output."""
    with chdir(tmp_path):
        done = CliRunner().invoke(app, ["mcp", *options])
    assert done.exit_code != 0
    assert done.stdout == ""
    assert said in done.stderr + str(done.exception)


def test_only_the_protocol_goes_to_standard_output(case: Path) -> None:
    """Over standard streams every line of output is a message, also after lines that are none."""
    command = [sys.executable, "-m", "tallystick", "mcp", "--case", str(case)]
    lines = INITIALIZE + b"\nno message\n{}\n"
    done = subprocess.run(command, input=lines, capture_output=True, check=False, timeout=60)
    assert done.returncode == 0
    printed = done.stdout.decode().splitlines()
    assert printed
    assert all(line.startswith('{"jsonrpc":"2.0"') for line in printed)


def test_the_extra_is_named_where_it_is_missing(case: Path) -> None:
    """Without the package mcp the command says which extra brings it."""
    blocked = "import sys; sys.modules['mcp'] = None; from tallystick.cli import main; main()"
    command = [sys.executable, "-c", blocked, "mcp", "--case", str(case)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    assert done.returncode == 2
    assert "pip install 'tallystick[mcp]'" in done.stderr
