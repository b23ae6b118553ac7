"""The same crawl under every engine: the same results to the byte, whoever reads them and however many they are."""

import fcntl
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import pytest

from crawl import DOSSIER, pages, written

PAGES = pages(48)
LISTENING = Path(__file__).with_name("listening")
# Seconds after which a batch of some shards hangs: under Ray it takes 20 to 60, most of it to begin and end a cluster.
HANGS = 600


def results(out: Path) -> dict[str, str]:
    """The digests of all Parquet files of a batch."""
    return {
        str(path.relative_to(out)): sha256(path.read_bytes()).hexdigest() for path in sorted(out.rglob("*.parquet"))
    }


def run_batch(folder: Path, engine: str, workers: int) -> tuple[str, dict[str, str], str]:
    """Do a batch by the command line; the digest that it reports, its files, and what it said on the way."""
    out = folder / f"{engine}-{workers}"
    command = [sys.executable, "-m", "tallystick", "batch", "crawl", "--dossier", DOSSIER, "--out", str(out),
               "--engine", engine, "--workers", str(workers), "--shard", "0.002"]  # fmt: skip
    environment = {name: value for name, value in os.environ.items() if name != "RAY_ADDRESS"}
    path = os.pathsep.join(filter(None, (str(LISTENING), os.environ.get("PYTHONPATH"))))
    environment |= {"PYTHONPATH": path, "TALLYSTICK_TEST_HEARD": str(folder / f"heard-{engine}-{workers}")}
    with alone(engine) as own:
        done = subprocess.run(
            command, cwd=folder, env=environment | own, capture_output=True, text=True, check=False, timeout=HANGS
        )
    assert done.returncode == 0, done.stderr
    return json.loads((out / "report.json").read_bytes())["digest"], results(out), done.stderr


@contextmanager
def alone(engine: str) -> Iterator[dict[str, str]]:
    """A block in which no other test of this user begins a cluster of Ray: two that began at once hung, once.

    Gives what its environment says: a folder of its own for what lies in `/tmp/ray` otherwise.
    """
    if engine != "ray":
        yield {}
        return
    place = Path(tempfile.gettempdir(), f"tallystick-tests-ray-{os.getuid()}.lock")
    # Not the folder of the test: the path of a socket has at most 107 bytes.
    folder = tempfile.TemporaryDirectory(prefix="ray-", ignore_cleanup_errors=True)
    with place.open("a") as lock, folder as own:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield {"RAY_TMPDIR": own}


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, dict[str, str], str]:
    """A crawl of a dozen shards, and what one local worker makes of it."""
    folder = tmp_path_factory.mktemp("engines")
    written(folder / "crawl" / "a.warc.gz", PAGES[:24])
    written(folder / "crawl" / "b.jsonl", PAGES[24:])
    return (folder, *run_batch(folder, "local", 1))


@pytest.mark.parametrize(("engine", "workers"), [("local", 2), ("daft", 2), ("daft", 1), ("ray", 2)])
def test_every_engine_gives_the_same_bytes(
    plain: tuple[Path, str, dict[str, str], str], engine: str, workers: int
) -> None:
    """Of every file, with any number of workers; Ray with two of this machine, which ask nobody outside it."""
    folder, digest, files, _ = plain
    found, same, _ = run_batch(folder, engine, workers)
    heard = folder / f"heard-{engine}-{workers}"
    assert not heard.exists(), heard.read_text()
    assert len(files) > 60
    assert same == files
    assert found == digest


def test_progress_says_how_far_it_is_and_what_it_costs(plain: tuple[Path, str, dict[str, str], str]) -> None:
    """On standard error: shards, pages, rate, and dollars for a million pages."""
    said = plain[3].splitlines()
    count = len([name for name in plain[2] if name.startswith("shards/") and name.endswith("documents.parquet")])
    assert said[0] == f"reading: 0 of {count} shards, 0 pages"
    last = next(line for line in said if line.startswith(f"reading: {count} of {count} shards, {len(PAGES)} pages"))
    assert " pages/s" in last
    assert last.endswith("a million pages")
    text = (plain[0] / "local-1" / "report.md").read_text()
    assert "an assumed $0.0425 for an hour of one core" in text
    assert f"digest of the results {plain[1]}" in text


def test_what_listens_hears_who_is_asked(tmp_path: Path) -> None:
    """Else the silence above would mean nothing."""
    heard = tmp_path / "heard"
    environment = os.environ | {"PYTHONPATH": str(LISTENING), "TALLYSTICK_TEST_HEARD": str(heard)}
    code = "import socket; socket.getaddrinfo('127.0.0.1', 80); socket.socket().connect_ex(('192.0.2.1', 9))"
    limited = code.replace("socket.socket()", "(s := socket.socket(), s.settimeout(0.1))[0]")
    subprocess.run([sys.executable, "-c", limited], env=environment, check=True)
    assert "socket.connect 192.0.2.1" in heard.read_text()
