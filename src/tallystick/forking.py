"""Work that several processes of one machine share: pieces come in, what each has given goes out.

The others are forked, so they hold all that the pieces need without anything being sent to them; they must not touch
what belongs to the process that forked them: connections to databases, threads of libraries. What one of them does not
bring home, because it was killed or ran out of memory, is done by the process that wanted it.
"""

import ctypes
import os
import pickle
import signal
import sys
import warnings
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from functools import partial
from typing import Generic, TypeVar

__all__ = ["Forked", "apart"]

T = TypeVar("T")
# Bytes of the number of a piece, and pieces whose numbers fit into a pipe of a single page, the smallest that there is.
NUMBER = 2
MOST = 2_048
# Of Linux's prctl: which signal a process gets when the one that forked it ends.
PARENT_DEATH = 1
# Bytes that are read of what a fork brings home at once: rows of thousands of reports, with as few turns as that takes.
READ = 1 << 20


class Forked:
    """So many processes that share work; they are `Hands` of tracing."""

    def __init__(self, count: int) -> None:
        """Take how many processes work at once, this one among them; elsewhere than on Linux it is this alone."""
        self.count = max(1, min(count, _cores()))

    def each(self, pieces: Sequence[Callable[[], T]]) -> list[T]:
        """Give what each piece gives, in their order; only that comes home, and not what it changes elsewhere."""
        if self.count == 1 or not 1 < len(pieces) <= MOST:
            return [piece() for piece in pieces]
        # Whoever is free takes the number of the next piece out of a pipe, which is empty when all are taken.
        waiting, given = os.pipe()
        os.write(given, b"".join(turn.to_bytes(NUMBER, "big") for turn in range(len(pieces))))
        os.close(given)
        with ExitStack() as stack:
            stack.callback(os.close, waiting)
            share = partial(_taken, pieces, waiting)
            others = [stack.enter_context(_Other(share)) for _ in range(min(self.count, len(pieces)) - 1)]
            found = share()
            for other in others:
                for brought in other.brought():
                    found.update(brought)
        return [found[turn] if turn in found else piece() for turn, piece in enumerate(pieces)]


def apart(work: Callable[[], T]) -> T:
    """Give what a piece of work gives; another process does it where there is a core for it.

    Meanwhile other threads of this process go on. Only what the work gives comes home, and not what it changes here; an
    error of it is raised here.
    """
    if _cores() > 1:
        with _Other(work) as other:
            for brought in other.brought():
                return brought
    return work()


def _cores() -> int:
    return (os.cpu_count() or 1) if sys.platform == "linux" else 1


def _taken(pieces: Sequence[Callable[[], T]], waiting: int) -> dict[int, T]:
    """Do one waiting piece after the other."""
    found = {}
    while number := os.read(waiting, NUMBER):
        turn = int.from_bytes(number, "big")
        found[turn] = pieces[turn]()
    return found


class _Other(Generic[T]):
    """A forked process that does something, seen from the one that forked it."""

    def __init__(self, work: Callable[[], T]) -> None:
        self._home, out = os.pipe()
        parent = os.getpid()
        with warnings.catch_warnings():
            # Threads of libraries (OpenBLAS, Arrow) are not in the fork; it calls neither of the two.
            warnings.simplefilter("ignore", DeprecationWarning)
            self._process = os.fork()
        if not self._process:
            _do(work, out, parent)
        os.close(out)

    def brought(self) -> tuple[T, ...]:
        """Wait for what it brings home: one thing, or none where it has failed."""
        with os.fdopen(self._home, "rb", READ, closefd=False) as home, suppress(EOFError, pickle.UnpicklingError):
            return (pickle.load(home),)  # noqa: S301 - of our own fork
        return ()

    def __enter__(self) -> "_Other[T]":
        return self

    def __exit__(self, *error: object) -> None:
        os.close(self._home)
        os.kill(self._process, signal.SIGKILL)
        os.waitpid(self._process, 0)


def _do(work: Callable[[], T], out: int, parent: int) -> None:
    """Do what a fork does, and end it: neither handlers nor buffers of the process that forked it are its own."""
    try:
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(PARENT_DEATH, signal.SIGKILL)
        if os.getppid() == parent:
            found = work()
            with os.fdopen(out, "wb") as home:
                pickle.dump(found, home, pickle.HIGHEST_PROTOCOL)
    finally:
        # What has failed here is done again by the process that wanted it, which then fails of it by itself.
        os._exit(0)
