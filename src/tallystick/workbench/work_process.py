"""The process that does the work: orders come in by a pipe, what is told and what came of them goes out by it.

It lives as long as the server, so that its imports and the dossier are paid for once; and it is a process of its own,
so that deriving never keeps a page waiting.
"""

import logging
import os
import signal
from collections import deque
from multiprocessing.connection import Connection
from types import FrameType
from typing import NamedTuple, TypeAlias

from tallystick.errors import StoppedError, TallystickError
from tallystick.storage.stores.address import CaseAddress
from tallystick.workbench.doing import Doer, Fetching, Halt, Order
from tallystick.workbench.jobs import Told

__all__ = ["Add", "Began", "Ended", "Follow", "Ordered", "Ready", "Reply", "Said", "work"]

log = logging.getLogger(__name__)

# Steps by which the system puts it behind the server: who reads a page does not wait for what is derived.
BEHIND = 5
DEFECT = "something is wrong in Tallystick itself ({}); the log of the server says what"
MEMORY = "there was not enough memory; give the reports in smaller parts"


class Follow(NamedTuple):
    """Bring what is derived up to date."""

    id: str
    who: str


class Add(NamedTuple):
    """Add what lies in a spool."""

    id: str
    order: Order


class Ready(NamedTuple):
    """The worker is up."""


class Began(NamedTuple):
    """A job is taken up."""

    id: str


class Said(NamedTuple):
    """How far a job is."""

    id: str
    told: Told


class Ended(NamedTuple):
    """A job is over; `trouble` says why it failed, where it did."""

    id: str
    trouble: str


Ordered: TypeAlias = Follow | Add
Reply: TypeAlias = Ready | Began | Said | Ended


def work(pipe: Connection, address: CaseAddress, fetching: Fetching) -> None:
    """Do one order after another until the other end of the pipe is closed or SIGTERM comes.

    Args:
        pipe: Gives `Ordered`, takes `Reply`.
        address: The case.
        fetching: Whether addresses may be fetched.
    """
    os.nice(BEHIND)
    halt = Halt()

    def stop(_: int, __: FrameType | None) -> None:
        halt.ask()

    # Ctrl-C reaches the whole group; the server then says when to end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, stop)
    try:
        _Bench(pipe, Doer(address, fetching, halt), halt).run()
    except _GoneError:
        # What was at hand is taken up when the server starts again.
        return


class _GoneError(Exception):
    """The server has closed its end of the pipe, or is no more."""


class _Bench:
    """What lies on the worker's bench: orders taken from the pipe and not done yet."""

    def __init__(self, pipe: Connection, doer: Doer, halt: Halt) -> None:
        self._pipe = pipe
        self._doer = doer
        self._halt = halt
        self._waiting: deque[Ordered] = deque()

    def run(self) -> None:
        """Work until there is nobody to work for."""
        self._say(Ready())
        while not self._halt.asked:
            self._do(self._waiting.popleft() if self._waiting else self._next())

    def _say(self, reply: Reply) -> None:
        try:
            self._pipe.send(reply)
        except OSError as error:
            raise _GoneError from error

    def _next(self) -> Ordered:
        try:
            order: Ordered = self._pipe.recv()
        except (EOFError, OSError) as error:
            raise _GoneError from error
        return order

    def _do(self, order: Ordered) -> None:
        """Do one order and say what came of it; a stop leaves it as it is."""
        self._say(Began(order.id))
        trouble = ""
        try:
            if isinstance(order, Follow):
                self._doer.follow(order.who)
            else:
                self._doer.add(order.order, lambda told: self._say(Said(order.id, told)), self._between)
        except StoppedError:
            return
        except TallystickError as error:
            trouble = str(error)
        except MemoryError:
            trouble = MEMORY
        except _GoneError:
            raise
        except Exception as error:
            log.exception("defect job=%s", order.id)
            trouble = DEFECT.format(type(error).__name__)
        self._say(Ended(order.id, trouble))

    def _between(self) -> None:
        """Follow what somebody changed while reports are being read: who reviews does not wait for a long adding."""
        while self._pipe.poll():
            order = self._next()
            if isinstance(order, Follow):
                self._do(order)
            else:
                self._waiting.append(order)
