"""`tallystick propose`: what leaves the machine is said first and agreed to, and nothing else ever asks a model."""

import os
import pty
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest

from model_server import Asked, ModelServer, Sent, model_server
from second_reader_case import honest, with_a_miss
from tallystick.storage.case import Case
from tallystick.storage.custody import Action
from tallystick.storage.verifying import verify

ROOT = Path(__file__).resolve().parents[2]
# A program in which nobody can open a socket runs the command.
NO_SOCKET = """
import socket, sys
def refused(*given, **more):
    raise AssertionError("a socket was opened")
socket.socket.connect = socket.create_connection = socket.getaddrinfo = refused
sys.argv = ["tallystick", *sys.argv[1:]]
from tallystick.cli import main
main()
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case of four reports, which no test touches."""
    return with_a_miss(tmp_path_factory.mktemp("made") / "case")


@pytest.fixture
def case(made: Path, tmp_path: Path) -> Path:
    """A copy of it, in the folder where the commands run."""
    return Path(copytree(made, tmp_path / "case"))


@pytest.fixture
def server() -> Iterator[ModelServer]:
    """An honest model."""
    with model_server(honest) as made:
        yield made


def run(case: Path, *arguments: str, key: str = "", **more: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a process without a terminal."""
    environ = {k: v for k, v in os.environ.items() if not k.startswith("TALLYSTICK_")} | {"TALLYSTICK_CASE": str(case)}
    environ |= ({"TALLYSTICK_LLM_KEY": key} if key else {}) | more
    command = [sys.executable, "-m", "tallystick", "propose", *arguments]
    return subprocess.run(
        command, cwd=case.parent, env=environ, capture_output=True, text=True, check=False, timeout=120,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip


def test_what_leaves_is_said_before_the_first_request(case: Path) -> None:
    """Reports, characters, tokens, host and price; afterwards what came of it, with what the endpoint counted."""
    seen: list[str] = []
    come = threading.Event()

    def waiting(asked: Asked, turn: int) -> Sent:
        come.wait(60)
        return honest(asked, turn)

    with model_server(waiting) as slow:
        arguments = ["--endpoint", slow.url, "--model", "quiet-7b", "--price-in", "2", "--price-out", "10", "--yes"]
        command = [sys.executable, "-m", "tallystick", "propose", "--case", str(case), *arguments]
        with subprocess.Popen(command, cwd=case.parent, stderr=subprocess.PIPE, text=True) as process:
            assert process.stderr is not None
            # The model answers only when the price was read.
            for line in process.stderr:
                seen.append(line)
                if "price" in line:
                    break
            come.set()
            rest = process.stderr.read()
            assert process.wait(60) == 0, rest
    first = "".join(seen)
    assert f"to {slow.url.removeprefix('http://').removesuffix('/v1')} ({slow.url}), model quiet-7b" in first
    assert "  4 reports, " in first
    assert "in 4 requests" in first
    assert "tokens with the instructions; the answers are at most 16,384 tokens" in first
    assert "price: at most about 0.1" in first
    assert (
        "4 reports asked about, 0 failed; 6 proposals: 0 agree with the rules, 5 differ, 1 only the model has" in rest
    )
    assert "2,800 tokens sent, 360 written, as the endpoint counts; price 0.0092" in rest
    assert "comes first under Review" in rest


def test_nothing_is_sent_where_nobody_can_agree(case: Path, server: ModelServer) -> None:
    """Without a terminal and without --yes; what would leave is said all the same."""
    done = run(case, "--endpoint", server.url, "--model", "quiet-7b")
    assert done.returncode == 2
    assert "4 reports" in done.stderr
    assert "give --yes" in done.stderr
    assert server.asked == []


@pytest.mark.parametrize(("typed", "requests"), [("n\n", 0), ("\n", 0), ("y\n", 4)])
def test_somebody_at_a_terminal_is_asked(case: Path, server: ModelServer, typed: str, requests: int) -> None:
    """And who says nothing has said no."""
    ours, theirs = pty.openpty()
    try:
        command = [sys.executable, "-m", "tallystick", "propose", "--case", str(case), "--model", "quiet-7b"]
        process = subprocess.Popen(
            [*command, "--endpoint", server.url], cwd=case.parent, stdin=theirs, stderr=subprocess.PIPE, text=True
        )
        os.write(ours, typed.encode())
        said = process.communicate(timeout=120)[1]
    finally:
        os.close(ours)
        os.close(theirs)
    assert "Send this? [y/N]" in said
    assert process.returncode == 0
    assert len(server.asked) == requests


def test_one_bad_answer_does_not_stop_the_run(case: Path) -> None:
    """It is named and counted, and asked about another time; nothing that was done is done again."""
    bad = lambda _a, _t: Sent(b"odd", 418)  # noqa: E731 - one answer
    with model_server(honest, bad, honest) as server:
        first = run(case, "--endpoint", server.url, "--model", "quiet-7b", "--yes")
        assert first.returncode == 1
        assert "tallystick: herald-1: answers 418: odd" in first.stderr
        assert "3 reports asked about, 1 failed" in first.stderr
        second = run(case, "--endpoint", server.url, "--model", "quiet-7b", "--yes")
        assert second.returncode == 0
        assert "left out: 3 reports asked about already" in second.stderr
        third = run(case, "--endpoint", server.url, "--model", "quiet-7b", "--yes")
        assert "no report is left to ask about; nothing is sent" in third.stderr
    assert len(server.asked) == 5


@pytest.mark.parametrize("blow", [signal.SIGINT, signal.SIGKILL])
def test_a_run_that_is_cut_off_goes_on(case: Path, blow: signal.Signals) -> None:
    """In the middle of the second report: that one is asked about again, the first is not."""
    begun: list[subprocess.Popen[bytes]] = []

    def cutting(asked: Asked, turn: int) -> Sent:
        begun[0].send_signal(blow)
        begun[0].wait(60)
        return honest(asked, turn)

    with model_server(honest, cutting, honest) as server:
        arguments = ["--endpoint", server.url, "--model", "quiet-7b"]
        command = [sys.executable, "-m", "tallystick", "propose", "--case", str(case), *arguments, "--yes"]
        with subprocess.Popen(command, cwd=case.parent, stderr=subprocess.DEVNULL) as process:
            begun.append(process)
            process.wait(60)
        assert process.returncode != 0
        assert "3 reports, " in (done := run(case, *arguments, "--yes")).stderr
        assert done.returncode == 0
    assert [asked.report[:15] for asked in server.asked] == [
        "North Korea wil", "North Korea wil", "North Korea wil", "Ukraine's milit", "Villagers count",
    ]  # fmt: skip
    with Case.open(case, read_only=True) as held:
        assert [one.document for one in held.proposals.all()] == ["wire-1", "herald-1", "gazette-1", "diary-1"]
        sent = [one.subject for one in held.custody() if one.action == Action.SENT]
        assert sent == ["wire-1", "herald-1", "herald-1", "gazette-1", "diary-1"]
        assert verify(held).faults == ()


def test_the_extra_that_is_missing_is_named(case: Path) -> None:
    """With the command that installs it."""
    program = "import sys; sys.modules['openai'] = None; from tallystick.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", program, "propose", "--case", str(case), "--endpoint", "http://127.0.0.1:1", "--model",
         "m"], capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 2
    assert "pip install 'tallystick[llm]'" in done.stderr


def test_an_endpoint_that_is_lost_ends_the_run_with_its_sums(case: Path) -> None:
    """What was read until then is kept."""
    with model_server(honest, lambda _a, _t: Sent(b"no credit", 402)) as server:
        done = run(case, "--endpoint", server.url, "--model", "quiet-7b", "--yes")
    assert done.returncode == 2
    assert "1 report asked about" in done.stderr
    assert "answers 402: no credit" in done.stderr
    assert "Traceback" not in done.stderr
    with Case.open(case, read_only=True) as held:
        assert [one.document for one in held.proposals.all()] == ["wire-1"]


def test_settings_and_key_come_from_where_they_are_kept(case: Path, server: ModelServer) -> None:
    """Endpoint and model from tallystick.toml, the key from the environment alone."""
    (case.parent / "tallystick.toml").write_text(f'endpoint = "{server.url}"\nmodel = "quiet-7b"\n', "utf-8")
    done = run(case, "--limit", "1", "--documents", "herald-1", "--yes", key="sk-secret")
    assert done.returncode == 0, done.stderr
    assert server.asked[0].headers["authorization"] == "Bearer sk-secret"
    assert "sk-secret" not in done.stderr
    assert "6,000 workers" in server.asked[0].report
    (case.parent / "tallystick.toml").write_text('llm_key = "sk-secret"\n', "utf-8")
    refused = run(case, "--endpoint", server.url, "--model", "m", "--yes")
    assert "no such setting" in refused.stderr
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--endpoint", "https://llm.example.org/v1", "--model", "m"), "needs a key"),
        (("--endpoint", "nonsense", "--model", "m"), "no address"),
        (("--endpoint", "http://127.0.0.1:1/v1", "--model", "m", "--documents", "nobody"), "no document of that id"),
        (("--model", "m"), "--endpoint"),
    ],
)
def test_what_cannot_be_asked_is_said_and_nothing_is_sent(case: Path, arguments: tuple[str, ...], words: str) -> None:
    """With status 2 and no traceback."""
    done = run(case, *arguments, "--yes")
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_no_other_command_asks_a_model(case: Path, tmp_path: Path) -> None:
    """Also where an endpoint is set: running, extracting and looking open no socket."""
    (tmp_path / "a.txt").write_text("Moscow said that 5,000 builders had come.\n", "utf-8")
    environ = os.environ | {
        "TALLYSTICK_ENDPOINT": "http://127.0.0.1:1/v1", "TALLYSTICK_MODEL": "m", "TALLYSTICK_LLM_KEY": "k",
    }  # fmt: skip
    for arguments in (
        ["run", "a.txt", "--case", str(case)], ["extract", "a.txt"], ["estimates", "--case", str(case)],
        ["verify", "--case", str(case)],
    ):  # fmt: skip
        done = subprocess.run(
            [sys.executable, "-c", NO_SOCKET, *arguments], cwd=tmp_path, env=environ, capture_output=True, text=True,
            check=False, timeout=120,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert "a socket was opened" not in done.stderr
