"""End long work on a signal: SIGINT and SIGTERM come in once, a flag and an interrupted sleep go out."""

import select
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType

__all__ = ["Stop", "stopping"]

SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Stop:
    """Whether a stop was asked for, and a sleep that ends when it is."""

    def __init__(self, woken: socket.socket, waker: socket.socket) -> None:
        self.asked = False
        self.calls: list[Callable[[], None]] = []
        self._woken = woken
        self._waker = waker

    def ask(self) -> None:
        """Ask for a stop; takes no lock, so that a signal handler may call it at any moment."""
        self.asked = True
        for call in self.calls:
            call()
        with suppress(BlockingIOError):
            self._waker.send(b"\0")

    def sleep(self, seconds: float) -> None:
        """Wait `seconds`, or until a stop is asked for."""
        select.select([self._woken], [], [], max(0.0, seconds))


@contextmanager
def stopping() -> Iterator[Stop]:
    """Give a `Stop` that the first SIGINT or SIGTERM within the block asks; a second one ends the program as usual."""
    woken, waker = socket.socketpair()
    waker.setblocking(False)
    stop = Stop(woken, waker)
    before = {number: signal.getsignal(number) for number in SIGNALS}

    def heard(_: int, __: FrameType | None) -> None:
        restore()
        stop.ask()

    def restore() -> None:
        for number, earlier in before.items():
            signal.signal(number, earlier)

    for number in SIGNALS:
        signal.signal(number, heard)
    try:
        yield stop
    finally:
        restore()
        woken.close()
        waker.close()
