"""Have a job done by a worker, whatever becomes of that worker: a job comes in, what came of it goes out.

Every engine does a job so. A worker that dies is replaced and its job done again; a page at which workers die, or at
which one stays, is passed over from then on.
"""

import mmap
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing import Pipe
from queue import Empty, SimpleQueue

from tallystick.batch.jobs import Done, Job, Lost, Poisoned, ReadJob, Subject
from tallystick.batch.working import BOARD, board_at

__all__ = ["Workers"]

# Seconds between two looks at the board of a worker.
LOOK = 0.2
# Times the limit of a page, after which a worker is killed: by itself it stops at the limit, where Python lets it.
PATIENCE = 1.5
# Deaths of workers at the same page after which it is passed over: one or two may be chance, somebody's SIGKILL.
DEADLY = 3
# Tries of a job that no page can be blamed for.
TRIES = 5
# Seconds before a job is tried again that an error of its files has stopped; twice as long each time.
PAUSE = 0.5
# What a page does to a worker, as its failure tells.
STAYS = "takes longer than one page may"
KILLS = "kills the process that reads it"


class Workers:
    """Workers of one process that are kept for further jobs; they end with it, or where `stop` is called."""

    def __init__(self) -> None:
        """Begin without any: each is started when it is needed, if not before."""
        self._idle: SimpleQueue[_Worker] = SimpleQueue()
        self._started: set[_Worker] = set()
        self._stopped = False

    def begin(self, count: int) -> None:
        """Have so many at least, before there is anything to do: they load what they need meanwhile."""
        for _ in range(count - len(self._started)):
            worker = _Worker()
            self._started.add(worker)
            self._idle.put(worker)

    def have_done(self, job: Job, subject: Subject) -> Done | Lost:
        """Have a job done, with as many tries as it takes within reason."""
        deaths: Counter[int] = Counter()
        poisoned: dict[int, Poisoned] = {}
        tries = 0
        while True:
            tries += 1
            given = replace(job, poisoned=tuple(poisoned.values())) if isinstance(job, ReadJob) else job
            answer = self._once(given, subject)
            if self._stopped:
                return Lost(job.name, "the batch was stopped", again=False)
            if isinstance(answer, Done):
                return answer._replace(tries=tries)
            if isinstance(answer, Lost):
                if not answer.again or tries >= TRIES:
                    return answer
                time.sleep(PAUSE * 2 ** (tries - 1))
                continue
            at, reason = answer
            deaths[at] += 1
            # That it is passed over already did not help: it is the scan that gets no further.
            fresh = at > 0 and at not in poisoned
            if isinstance(job, ReadJob) and fresh and (reason == STAYS or deaths[at] >= DEADLY):
                poisoned[at] = Poisoned(at, reason)
                # The page is known now, and the next try gets further.
                tries -= deaths.pop(at)
            elif tries >= TRIES:
                where = f"; the last time it {'stayed' if reason == STAYS else 'died'} at page {at}" if at else ""
                return Lost(job.name, f"no process came to its end in {tries} tries{where}; run the batch again")

    def stop(self) -> None:
        """End all workers at once; a job that one is at is lost."""
        self._stopped = True
        for worker in tuple(self._started):
            worker.kill()
        while True:
            try:
                self._idle.get_nowait().end()
            except Empty:
                return

    def _once(self, job: Job, subject: Subject) -> Done | Lost | Poisoned:
        with self._worker() as worker:
            return worker.do(job, subject)

    @contextmanager
    def _worker(self) -> Iterator["_Worker"]:
        try:
            worker = self._idle.get_nowait()
        except Empty:
            worker = _Worker()
            self._started.add(worker)
        whole = False
        try:
            yield worker
            whole = worker.lives() and not self._stopped
        finally:
            if whole:
                self._idle.put(worker)
            else:
                self._started.discard(worker)
                worker.end()


class _Worker:
    """One worker, seen from outside."""

    def __init__(self) -> None:
        self._pipe, other = Pipe()
        with tempfile.TemporaryFile() as shown:
            shown.truncate(BOARD.size)
            self._board = mmap.mmap(shown.fileno(), BOARD.size)
            command = [sys.executable, "-P", "-m", "tallystick.batch.working", str(other.fileno()), str(shown.fileno()),
                       str(os.getpid())]  # fmt: skip
            self._process = subprocess.Popen(  # noqa: S603 - ourselves
                command, pass_fds=(other.fileno(), shown.fileno()), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
            )
        other.close()

    def do(self, job: Job, subject: Subject) -> Done | Lost | Poisoned:
        """Have it do a job; `Poisoned` tells at which page it died or stayed, 0 where it was at none."""
        try:
            BOARD.pack_into(self._board, 0, 0)
            self._pipe.send((job, subject))
            last, since = 0, time.monotonic()
            while not self._pipe.poll(LOOK):
                at = board_at(self._board)
                if at != last:
                    last, since = at, time.monotonic()
                elif isinstance(job, ReadJob) and time.monotonic() - since > job.limits.seconds * PATIENCE:
                    self._process.kill()
                    return Poisoned(last, STAYS)
            answer: Done | Lost = self._pipe.recv()
        except (EOFError, OSError):
            self._process.wait()
            return Poisoned(board_at(self._board), KILLS)
        return answer

    def lives(self) -> bool:
        """Whether it can take another job."""
        return self._process.poll() is None

    def kill(self) -> None:
        """End it at once, whatever it is at; whoever waits for it sees that it has died."""
        self._process.kill()

    def end(self) -> None:
        """Let go of it."""
        self._pipe.close()
        self._process.kill()
        self._process.wait()
        self._board.close()
