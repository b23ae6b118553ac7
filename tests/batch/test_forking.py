"""Processes that share work: what the pieces give comes home in order, whatever becomes of those that do them."""

import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

import pytest

from batch_results import do, rows
from crawl import pages, written
from tallystick.batch import deriving_parts
from tallystick.batch.deriving_parts import derive_part
from tallystick.batch.engines.engine import Engine
from tallystick.batch.forking import Forked
from tallystick.batch.jobs import DeriveJob, Limits, Part, Rules, Subject
from tallystick.batch.marking import LAYOUT, marked
from tallystick.batch.places import Folder
from tallystick.dossiers.loading import load
from tallystick.pipeline import VERSION

T = TypeVar("T")
HERE = os.getpid
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux forks")


@pytest.fixture(autouse=True)
def _three_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three processes work at once, however few cores there are."""
    monkeypatch.setattr("tallystick.batch.forking.os.cpu_count", lambda: 3)


def slow(number: int) -> tuple[int, int]:
    """A piece that leaves the others time to take theirs."""
    time.sleep(0.05)
    return number, HERE()


def elsewhere(here: int, what: Callable[[], None]) -> int:
    """Do something where this is another process."""
    time.sleep(0.05)
    if HERE() != here:
        what()
    return HERE()


def test_several_processes_share_the_pieces() -> None:
    """What each gives stands where the piece stands."""
    found = Forked(3).each([partial(slow, number) for number in range(9)])
    assert [number for number, _ in found] == list(range(9))
    assert len({process for _, process in found}) == 3


def test_more_pieces_than_a_byte_counts_are_shared() -> None:
    """Each is done once, in its place."""
    assert Forked(3).each([partial(int, number) for number in range(700)]) == list(range(700))


@pytest.mark.parametrize("count", [0, 1])
def test_one_process_does_them_by_itself(count: int) -> None:
    """Nothing is forked."""
    assert Forked(count).each([HERE, HERE]) == [HERE()] * 2


@pytest.mark.parametrize(
    "what",
    [lambda: os.kill(os.getpid(), signal.SIGKILL), lambda: os._exit(3), lambda: (_ for _ in ()).throw(MemoryError)],
    ids=["killed", "left", "failed"],
)
def test_what_does_not_come_home_is_done_here(what: Callable[[], None]) -> None:
    """A process that is killed, or has no memory left, takes nothing with it."""
    here = HERE()
    piece = partial(elsewhere, here, what)
    assert Forked(2).each([piece] * 4) == [here] * 4


def test_a_piece_that_fails_fails_here_and_leaves_nobody() -> None:
    """As it does where nobody shares; the other processes have ended by then."""
    before = Path(f"/proc/self/task/{os.getpid()}/children").read_text()
    pieces: list[Callable[[], object]] = [partial(slow, 1), lambda: 1 // 0, partial(slow, 2), partial(slow, 3)]
    with pytest.raises(ZeroDivisionError):
        Forked(3).each(pieces)
    assert Path(f"/proc/self/task/{os.getpid()}/children").read_text() == before


def test_who_is_forked_ends_with_the_process_that_forked_it() -> None:
    """Also where that is killed: nobody would take what it brings home, and its worker's pipe would stay open."""
    code = (
        "import os, time; os.cpu_count = lambda: 2\n"
        "from tallystick.batch.forking import Forked\n"
        "Forked(2).each([lambda: time.sleep(60)] * 2)"
    )
    with subprocess.Popen([sys.executable, "-c", code]) as process:
        listed = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        child = Path("/proc") / until(lambda: listed.read_text().strip())
        process.kill()
        process.wait()
    # Whoever inherits it may leave its name standing: Z is dead.
    assert until(lambda: not child.exists() or child.joinpath("stat").read_text().rpartition(")")[2].split()[0] == "Z")


def until(what: Callable[[], T]) -> T:
    """Wait for something to be there."""
    for _ in range(1_000):
        if found := what():
            return found
        time.sleep(0.02)
    raise TimeoutError


def test_a_block_that_is_shared_gives_the_same_bytes(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of its edges and origins, and the same digests."""
    out = tmp_path / "out"
    do(engine, out, written(tmp_path / "c.jsonl", pages(36)))
    dossier = load("dprk-russia")
    subject = Subject(Rules(dossier.name, dossier.sha256, VERSION, LAYOUT), pickle.dumps(dossier))
    block = tuple(row["id"] for row in sorted(rows(out, "documents"), key=lambda row: (row["published"], row["id"])))
    files = [out / "results" / "part-00000" / f"{name}.parquet" for name in ("edges", "origins")]
    made = []
    monkeypatch.setattr(deriving_parts, "SHARED", 2)
    for hands in (1, 3):
        derive_part(DeriveJob(Part(0, (block,), ""), str(out), Limits(), hands), subject)
        told = marked(Folder(str(out)), "results/part-00000", subject.rules)
        assert told is not None
        made.append((told["digest"], [path.read_bytes() for path in files]))
    assert made[0] == made[1]
    assert len(rows(out, "edges")) > len(block)
