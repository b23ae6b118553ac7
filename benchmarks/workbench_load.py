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
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import uvicorn
from litestar import Litestar, Request

from tallystick.deriving import bring_up_to_date
from tallystick.dossiers.loading import load
from tallystick.model.claim import Status
from tallystick.model.dossier import Dossier
from tallystick.model.review import ReviewVerdict
from tallystick.pipeline import keeper, subject_of
from tallystick.storage.case import Case
from tallystick.storage.reviewing import Proposal
from tallystick.storage.views.view import Views
from tallystick.workbench.access.visitors import Role, Visitor
from tallystick.workbench.app import create_app
from tallystick.workbench.bench import Bench
from tallystick.workbench.pages import Pages
from tallystick.workbench.rooms import ROOMS

__all__ = ["Answer", "Ask", "application", "ask", "reviewing", "served"]

READERS = 10
# Seconds after which an answer counts as none.
PATIENCE = 30.0
# Seconds between two decisions of the reviewer, and how far apart the claims are.
BETWEEN = 0.5
PACE = 97
# The reviewer is alone, and has seen whatever there is.
LAST = 2**40
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


class Everybody:
    """Who asks is always the same administrator."""

    def visitor(self, _request: Request[Any, Any, Any]) -> Visitor | None:
        """Give that administrator."""
        return Visitor("load", Role.ADMINISTRATOR)


class Unread:
    """An audit log that nobody reads."""

    def note(self, who: str, action: str, subject: str, told: str = "") -> None:
        """Drop it."""


class Behind:
    """Derives in a thread of its own; what comes meanwhile is derived with the next."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._asked = threading.Event()
        threading.Thread(target=self._work, daemon=True).start()

    def follow(self, who: str) -> None:  # noqa: ARG002 - the protocol's
        """Derive soon."""
        self._asked.set()

    def _work(self) -> None:
        while True:
            self._asked.wait()
            self._asked.clear()
            with Case.open(self._folder, keeper=keeper("load"), migrate=False) as case:
                bring_up_to_date(case, subject_of(case))


def application(folder: Path) -> Litestar:
    """Give the real application on a case, for one administrator who need not sign in."""
    with Case.open(folder, read_only=True) as case:
        dossier = _worded(subject_of(case))
    return create_app(Bench(folder, dossier, Views(folder), Pages(), Unread(), Behind(folder)), Everybody(), ROOMS)


def _worded(dossier: Dossier) -> Dossier:
    """The dossier of the case with the law of one that has some."""
    return replace(dossier, packs=load(WORDED_BY).packs)


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, list[float]]]:
    """Serve a case in a process of its own; gives its address, and a list that holds its peak memory in MB after."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(str(folder), theirs), daemon=True)
    process.start()
    memory: list[float] = []
    try:
        yield f"http://127.0.0.1:{ours.recv()}", memory
        ours.send("stop")
        memory.append(ours.recv())
    finally:
        process.join(PATIENCE)
        process.terminate()


def _serve(folder: str, pipe: Connection) -> None:
    """Serve until told to stop, then tell the peak of memory."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(application(Path(folder)), log_level="warning", access_log=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    pipe.send(listening.getsockname()[1])
    pipe.recv()
    pipe.send(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3)
    server.should_exit = True
    thread.join(PATIENCE)


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
def reviewing(address: str, folder: Path) -> Iterator[list[str]]:
    """Have a reviewer decide about claims, twice a second, in a process of its own; gives the claims that were."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_review, args=(address, str(folder), theirs), daemon=True)
    process.start()
    done: list[str] = []
    try:
        yield done
        ours.send("stop")
        done.extend(ours.recv())
    finally:
        process.join(PATIENCE)
        process.terminate()


def _review(address: str, folder: str, pipe: Connection) -> None:  # noqa: ARG001 - the review room is not there yet
    """Accept one claim after another, and edit every second."""
    done: list[str] = []
    with Case.open(Path(folder), read_only=True) as case:
        names = sorted({claim.document for claim in case.claims()[::PACE]})
    while not pipe.poll(BETWEEN):
        _decide(Path(folder), names[len(done)], edits=len(done) % 2 == 1)
        done.append(names[len(done)])
    pipe.send(done)


def _decide(folder: Path, document: str, *, edits: bool) -> None:
    """Decide about the first claim of a report, and derive what follows."""
    with Case.open(folder, keeper=keeper("load"), migrate=False) as case:
        claim = case.held(document)[0].claim
        after = replace(claim, status=Status.POSSIBLE, grounds=()) if edits else claim
        verdict = ReviewVerdict.EDITED if edits else ReviewVerdict.ACCEPTED
        case.review(Proposal(verdict, document, (claim,), (after,), "load"), seen=LAST)
        bring_up_to_date(case, subject_of(case))
