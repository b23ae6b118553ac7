"""The load on the workbench: an address of a server and what to ask it for come in, how long each answer took goes out.

Server, readers and writer are processes of their own, so that none of them waits for another's interpreter.
"""

import asyncio
import random
import resource
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import uvicorn
from litestar import Litestar, Request

from tallystick.dossiers.loading import load
from tallystick.model.dossier import Dossier
from tallystick.pipeline import subject_of
from tallystick.storage.case import Case
from tallystick.storage.views.view import Views
from tallystick.workbench.access.visitors import Role, Visitor
from tallystick.workbench.app import create_app
from tallystick.workbench.bench import Bench, Follower
from tallystick.workbench.pages import Pages
from tallystick.workbench.rooms import ROOMS
from tallystick.workbench.tuning import tune
from tallystick.workbench.work import Work

__all__ = ["PATIENCE", "READERS", "Answer", "Ask", "Cost", "application", "ask", "reviewing", "served"]

READERS = 10
# Seconds after which an answer counts as none.
PATIENCE = 30.0
# Seconds between two decisions of the reviewer.
BETWEEN = 0.5
# The reviewer is alone, and has seen whatever there is.
LAST = 2**62
# The law and the sources that the rooms word the case by; made-up towns have none of their own.
WORDED_BY = "dprk-russia"


class Ask(NamedTuple):
    """One address to ask for, and the name under which its times are counted."""

    name: str
    address: str


class Answer(NamedTuple):
    """How long one answer took, in seconds, its status and its bytes."""

    name: str
    seconds: float
    status: int
    size: int


class Cost(NamedTuple):
    """What a server took: MB that it had for itself, and seconds of a processor since it is up."""

    memory: float
    seconds: float


class Everybody:
    """Who asks is always the same administrator."""

    def visitor(self, _request: Request[Any, Any, Any]) -> Visitor | None:
        """Give that administrator."""
        return Visitor("load", Role.ADMINISTRATOR)


class Unread:
    """An audit log that nobody reads."""

    def note(self, who: str, action: str, subject: str, told: str = "") -> None:
        """Drop it."""


class Unseen:
    """Visits that nobody looks up."""

    def last(self, name: str) -> str | None:  # noqa: ARG002 - the protocol's
        """Nobody was here before."""
        return None

    def note(self, name: str, time: str) -> None:
        """Drop it."""


def application(folder: Path, follower: Follower) -> Litestar:
    """Give the real application on a case, for one administrator who need not sign in."""
    with Case.open(folder, read_only=True) as case:
        dossier = _worded(subject_of(case))
    bench = Bench(folder, dossier, Views(folder), Pages(), Unread(), follower, Unseen())
    return create_app(bench, Everybody(), ROOMS)


def _worded(dossier: Dossier) -> Dossier:
    """The dossier of the case with the law of one that has some."""
    return replace(dossier, packs=load(WORDED_BY).packs)


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, list[Cost]]]:
    """Serve a case in a process of its own; gives its address, and a list that holds what it took after."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(str(folder), theirs))
    process.start()
    costs: list[Cost] = []
    try:
        yield f"http://127.0.0.1:{ours.recv()}", costs
        ours.send("stop")
        costs.append(ours.recv())
    finally:
        ours.close()
        process.join(PATIENCE)
        process.terminate()


def _serve(folder: str, pipe: Connection) -> None:
    """Serve until told to stop, then tell how much memory that took."""
    work = Work(Path(folder))
    listening = socket.socket(proto=socket.IPPROTO_TCP)
    listening.bind(("127.0.0.1", 0))
    app = application(Path(folder), work)
    tune()
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    begun = time.process_time()
    pipe.send(listening.getsockname()[1])
    with suppress(EOFError):
        pipe.recv()
        pipe.send(Cost(_memory(), time.process_time() - begun))
    server.should_exit = True
    thread.join(PATIENCE)
    work.close()


def _memory() -> float:
    """MB that this process has for itself; where the system does not tell, with the pages of files that it looks at."""
    status = Path("/proc/self/status")
    lines = status.read_text(encoding="ascii").splitlines() if status.exists() else ()
    own = next((line.split()[1] for line in lines if line.startswith("RssAnon")), None)
    return int(own) / 1e3 if own else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


def ask(address: str, asked: Sequence[Ask], seconds: float, *, readers: int = READERS) -> list[Answer]:
    """Have readers ask for everything, each in an order of its own and without pause, for so many seconds."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_read, args=(address, list(asked), seconds, readers, theirs), daemon=True)
    process.start()
    found: list[Answer] = ours.recv()
    process.join(PATIENCE)
    return found


def _read(address: str, asked: Sequence[Ask], seconds: float, readers: int, pipe: Connection) -> None:
    pipe.send(asyncio.run(_all_readers(address, asked, seconds, readers)))


async def _all_readers(address: str, asked: Sequence[Ask], seconds: float, readers: int) -> list[Answer]:
    deadline = time.perf_counter() + seconds
    found = await asyncio.gather(*(_reader(address, asked, deadline, number) for number in range(readers)))
    return [answer for own in found for answer in own]


async def _reader(address: str, asked: Sequence[Ask], deadline: float, number: int) -> list[Answer]:
    """One reader with one connection."""
    order = random.Random(number)  # noqa: S311 - an order, no secret
    turns: list[Ask] = []
    found: list[Answer] = []
    async with httpx.AsyncClient(base_url=address, timeout=PATIENCE, trust_env=False) as client:
        while time.perf_counter() < deadline:
            if not turns:
                turns = list(asked)
                order.shuffle(turns)
            one = turns.pop()
            start = time.perf_counter()
            answer = await client.get(one.address)
            found.append(Answer(one.name, time.perf_counter() - start, answer.status_code, len(answer.content)))
    return found


@contextmanager
def reviewing(address: str, claims: Sequence[str]) -> Iterator[list[int]]:
    """Have a reviewer decide about claims, twice a second, in a process of its own; gives the status of each answer."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_review, args=(address, list(claims), theirs), daemon=True)
    process.start()
    done: list[int] = []
    try:
        yield done
        ours.send("stop")
        done.extend(ours.recv())
    finally:
        process.join(PATIENCE)
        process.terminate()


def _review(address: str, claims: Sequence[str], pipe: Connection) -> None:
    """Accept one claim after the other, and reject every second, from which all that rests on it follows."""
    done: list[int] = []
    with httpx.Client(base_url=address, timeout=PATIENCE, trust_env=False) as client:
        client.get("/api/health")
        token = str(client.cookies.get("tallystick-csrf"))
        for turn, claim in enumerate(claims):
            if pipe.poll(BETWEEN):
                break
            form = {"verdict": ("accept", "reject")[turn % 2], "claim": claim, "seen": LAST, "why": "load"}
            done.append(client.post("/claims/review", data=form, headers={"x-csrftoken": token}).status_code)
    pipe.send(done)
