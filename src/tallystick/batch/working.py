"""A worker: one process that does the jobs that come through its pipe, one after the other, until the pipe is closed.

It is a process of its own under every engine, so that a page that crashes it, fills its memory or never ends takes
nothing else with it. `python -m tallystick.batch.working PIPE BOARD PARENT` starts one: two open files, and the process
that waits for it.
"""

import gc
import mmap
import os
import signal
import struct
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from types import FrameType

from tallystick.batch.deriving_parts import derive_part
from tallystick.batch.jobs import Done, Job, Limits, Lost, ReadJob, Subject
from tallystick.batch.reading_shards import read_shard
from tallystick.batch.readings import TooLongError
from tallystick.errors import TallystickError

__all__ = ["BOARD", "board_at", "main"]

# What a worker shows while it works: the number of the page that it is at.
BOARD = struct.Struct("q")
# Objects that are made before cycles among them are looked for: with Python's 700 that takes a twelfth of a shard.
RARELY = 10_000


def main() -> None:
    """Do jobs until nobody sends any more."""
    pipe, board = Connection(int(sys.argv[1])), mmap.mmap(int(sys.argv[2]), BOARD.size)
    # The driver decides when to stop: a worker that dies of Ctrl-C would be taken for one that a page has killed.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(RARELY)
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            job, subject = pipe.recv()
            pipe.send(_done(job, subject, board))
            if not gc.get_freeze_count():
                # What the first job has loaded, words of languages and the like, is looked through no more.
                gc.collect()
                gc.freeze()


def board_at(board: mmap.mmap) -> int:
    """Give the page that a worker is at; 0 before its first."""
    number: int = BOARD.unpack_from(board)[0]
    return number


def _done(job: Job, subject: Subject, board: mmap.mmap) -> Done | Lost:
    start = time.perf_counter()
    _bound_memory(job.limits)
    try:
        if isinstance(job, ReadJob):
            pages = read_shard(job, subject, _Guard(board, job.limits))
        else:
            pages = 0
            derive_part(job, subject)
    except (OSError, TallystickError) as error:
        return Lost(job.name, " ".join(str(error).split())[:500])
    except MemoryError:
        most = f"{job.limits.memory // 1_000_000:,} MB"
        return Lost(job.name, f"takes more than {most} of memory; allow more with --worker-memory", again=False)
    return Done(job.name, pages, time.perf_counter() - start, _most_memory())


def _most_memory() -> int:
    """Bytes that this process has taken at most; 0 where the system does not tell."""
    with suppress(ImportError):
        import resource  # noqa: PLC0415 - not on every system

        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most if sys.platform == "darwin" else most * 1024
    return 0


def _bound_memory(limits: Limits) -> None:
    """Refuse what would fill the machine; where the system has no such bound, there is none."""
    with suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 - not on every system

        resource.setrlimit(resource.RLIMIT_DATA, (limits.memory, resource.getrlimit(resource.RLIMIT_DATA)[1]))


class _Guard:
    """Shows the page on the board, stops at one that takes too long, and ends where nobody waits for the shard."""

    def __init__(self, board: mmap.mmap, limits: Limits) -> None:
        self._board = board
        self._seconds = limits.seconds
        self._parent = int(sys.argv[3])
        BOARD.pack_into(board, 0, 0)
        signal.signal(signal.SIGALRM, _too_long)

    def at(self, number: int) -> None:
        """Show a page."""
        BOARD.pack_into(self._board, 0, number)
        if os.getppid() != self._parent:
            # The driver was killed: whoever resumes the batch does this shard, and must not find us at it.
            os._exit(1)

    @contextmanager
    def limited(self) -> Iterator[None]:
        """Raise `TooLongError` in the block where it takes too long."""
        signal.setitimer(signal.ITIMER_REAL, self._seconds)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)


def _too_long(number: int, frame: FrameType | None) -> None:
    raise TooLongError(number, frame)


if __name__ == "__main__":
    main()
