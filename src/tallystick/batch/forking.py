"""Work that several processes of one machine share: pieces come in, what each has given goes out.

The others are forked, so they hold all that the pieces need without anything being sent to them. What one of them does
not bring home, because it was killed or ran out of memory, is done by the process that wanted it.
"""

import ctypes
import os
import pickle
import signal
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, suppress
from typing import Generic, TypeVar

__all__ = ["Forked"]

T = TypeVar("T")
# Bytes of the number of a piece, and pieces whose numbers fit into a pipe of a single page, the smallest that there is.
NUMBER = 2
MOST = 2_048
# Of Linux's prctl: which signal a process gets when the one that forked it ends.
PARENT_DEATH = 1


class Forked:
    """So many processes that share work; they are `Hands` of tracing."""

    def __init__(self, count: int) -> None:
        """Take how many processes work at once, this one among them; elsewhere than on Linux it is this alone."""
        self.count = max(1, min(count, os.cpu_count() or 1)) if sys.platform == "linux" else 1

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
            others = [
                stack.enter_context(_Other(pieces, waiting)) for _ in range(min(self.count, len(pieces)) - 1)
            ]  # fmt: skip
            found = dict(_taken(pieces, waiting))
            for other in others:
                found.update(other.brought())
        return [found[turn] if turn in found else piece() for turn, piece in enumerate(pieces)]


def _taken(pieces: Sequence[Callable[[], T]], waiting: int) -> Iterator[tuple[int, T]]:
    """Do one waiting piece after the other."""
    while number := os.read(waiting, NUMBER):
        turn = int.from_bytes(number, "big")
        yield turn, pieces[turn]()


class _Other(Generic[T]):
    """A forked process, seen from the one that forked it."""

    def __init__(self, pieces: Sequence[Callable[[], T]], waiting: int) -> None:
        self._home, out = os.pipe()
        parent = os.getpid()
        with warnings.catch_warnings():
            # Threads of libraries (OpenBLAS, Arrow) are not in the fork; it calls neither of the two.
            warnings.simplefilter("ignore", DeprecationWarning)
            self._process = os.fork()
        if not self._process:
            _work(pieces, waiting, out, parent)
        os.close(out)

    def brought(self) -> dict[int, T]:
        """Wait for what it brings home; nothing where it has failed."""
        with os.fdopen(self._home, "rb", closefd=False) as home, suppress(EOFError, pickle.UnpicklingError):
            found: dict[int, T] = pickle.load(home)  # noqa: S301 - of our own fork
            return found
        return {}

    def __enter__(self) -> "_Other[T]":
        return self

    def __exit__(self, *error: object) -> None:
        os.close(self._home)
        os.kill(self._process, signal.SIGKILL)
        os.waitpid(self._process, 0)


def _work(pieces: Sequence[Callable[[], T]], waiting: int, out: int, parent: int) -> None:
    """Do what a fork does, and end it: neither handlers nor buffers of the process that forked it are its own."""
    try:
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(PARENT_DEATH, signal.SIGKILL)
        if os.getppid() == parent:
            found = dict(_taken(pieces, waiting))
            with os.fdopen(out, "wb") as home:
                pickle.dump(found, home, pickle.HIGHEST_PROTOCOL)
    finally:
        # What has failed here is done again by the process that wanted it, which then fails of it by itself.
        os._exit(0)
