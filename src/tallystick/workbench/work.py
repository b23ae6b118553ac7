"""The work behind the pages: what somebody asks for comes in, a worker process does it, records of it go out.

One worker does one thing after another. Where it dies it is started again, and what it had at hand is taken up again;
a file at which it died twice is left out and named.
"""

import fcntl
import logging
import os
import threading
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from secrets import token_hex

from tallystick.errors import CaseReadOnlyError
from tallystick.storage.opening import store_at
from tallystick.storage.stores.address import CaseAddress
from tallystick.workbench.doing import Fetching, Order
from tallystick.workbench.jobs import Counts, Job, JobKind, JobState, after, ended
from tallystick.workbench.spooling import FOLDER, Spool, Upload, drop_unfinished, left_over
from tallystick.workbench.work_process import Add, Began, Ended, Follow, Ready, Reply, Said, work

__all__ = ["Fetching", "Work"]

log = logging.getLogger(__name__)

# Jobs that are remembered; the custody log and the audit log remember all.
MOST_JOBS = 200
# Times that a worker may die at one thing before that thing is given up: once may be the machine's, twice is its own.
MOST_DEATHS = 2
# Times that a worker may die at one job, whatever it was at.
MOST_DEATHS_OF_JOB = 8
# Seconds that a worker has to end by itself. A report takes milliseconds; a derivation that takes longer is undone by
# the end of the process, and done again at the next start.
GRACE = 5.0
# Seconds before a worker that did nothing at all is started again, doubled each time, and the longest of these.
PAUSE, LONGEST_PAUSE = 0.5, 60.0
DIED = "the worker process ended unexpectedly ({}) and was started again"
GIVEN_UP = "the worker process ended unexpectedly {} times at it; it is not tried again by itself"
UNREADY = "the worker process does not start; the log of the server says why"
CONTEXT = get_context("spawn")


@dataclass(slots=True)
class _Worker:
    """A worker process and the pipe to it.

    Attributes:
        given: Jobs that it has been given and has not ended.
        begun: Those of them that it has begun.
        ready: Whether it is up.
        useful: Whether it has ended any.
    """

    process: BaseProcess
    pipe: Connection
    given: list[str] = field(default_factory=list)
    begun: set[str] = field(default_factory=set)
    ready: bool = False
    useful: bool = False

    def close(self, grace: float) -> None:
        """End it: softly, then not."""
        self.pipe.close()
        if self.process.is_alive():
            self.process.terminate()
            self.process.join(grace)
        if self.process.is_alive():
            self.process.kill()
        self.process.join()
        self.process.close()


@dataclass(slots=True)
class _Adding:
    """What is to be added by a job, and what befell earlier tries."""

    spool: Spool
    piece: int | None = None
    deaths: Counter[int | None] = field(default_factory=Counter)
    earlier: set[str] = field(default_factory=set)

    def order(self) -> Order:
        """What a worker is told."""
        fatal = frozenset(
            number for number, times in self.deaths.items() if number is not None and times >= MOST_DEATHS
        )
        return Order(self.spool.who, self.spool, frozenset(self.earlier), fatal)

    @property
    def hopeless(self) -> bool:
        """Whether it is given up: it dies where nothing can be left out, or too often."""
        return self.deaths[None] >= MOST_DEATHS or self.deaths.total() >= MOST_DEATHS_OF_JOB


class Work:
    """What goes on behind the pages of one case; `close` ends it.

    Attributes:
        address: The case.
        folder: What lies of it on this machine alone: what is to be added.
        fetching: Whether addresses may be fetched.
        worker: Process id of the worker, or None while there is none.
    """

    def __init__(self, address: CaseAddress, *, fetching: Fetching | None = None) -> None:
        """Start a worker, and take up what an earlier server accepted and did not finish.

        Args:
            address: The case.
            fetching: Whether addresses may be fetched; None allows none.
        """
        self.address = address
        self.folder = store_at(address).folder
        self.fetching = fetching or Fetching()
        self._lock = threading.Lock()
        self._jobs: dict[str, Job] = {}
        self._adding: dict[str, _Adding] = {}
        self._deaths: Counter[str] = Counter()
        self._closing = False
        self.worker: int | None = None
        self._woken, self._waker = CONTEXT.Pipe(duplex=False)
        self._key = _key(self.folder)
        if self._key is not None:
            drop_unfinished(self.folder)
            for spool in left_over(self.folder):
                self._enter(spool)
        # What the last server did not get to: nearly always there is nothing, and then this warms the worker up.
        self.follow("")
        self._thread = threading.Thread(target=self._run, name="work", daemon=True)
        self._thread.start()

    @property
    def may_fetch(self) -> bool:
        """Whether addresses may be fetched."""
        return self.fetching.allowed

    def follow(self, who: str) -> None:
        """Bring what is derived up to date with the case, soon; asked again before it is begun, it is done once.

        report.html is not written by it, since that is dear in a large case: adding reports writes it, as does
        `tallystick run`.

        Args:
            who: Who changed something, for the custody log; of several the last.
        """
        with self._lock:
            for job in self._jobs.values():
                if job.kind is JobKind.FOLLOW and job.state is JobState.WAITING:
                    self._jobs[job.id] = replace(job, who=who or job.who)
                    return
            self._put(Job(f"follow-{token_hex(8)}", JobKind.FOLLOW, who, "", datetime.now(UTC)))
        self._wake()

    def upload(self) -> Upload:
        """Give a place for what is to be added; `add` takes it.

        Raises:
            CaseReadOnlyError: Where the disk takes nothing.
        """
        try:
            return Upload(self.folder)
        except OSError as error:
            raise CaseReadOnlyError(str(self.address), f"takes no reports: {error.strerror or error}") from error

    def add(self, upload: Upload, who: str, what: str) -> str:
        """Add what was uploaded, and give the id of the job; it is done even where the server stops before.

        Args:
            upload: From `upload`.
            who: Who gave it, for the custody log.
            what: What it is, for a reader.
        """
        spool = upload.finish(who, what)
        with self._lock:
            self._enter(spool)
        self._wake()
        return spool.id

    def jobs(self) -> tuple[Job, ...]:
        """Give what is remembered of all jobs, the newest first."""
        with self._lock:
            return tuple(reversed(self._jobs.values()))

    def job(self, name: str) -> Job | None:
        """Give what is remembered of one job, or None."""
        with self._lock:
            return self._jobs.get(name)

    def again(self, name: str) -> bool:
        """Try a job again that failed and whose files are kept; whether there is such a one."""
        with self._lock:
            job, adding = self._jobs.get(name), self._adding.get(name)
            if job is None or adding is None or not job.kept:
                return False
            self._jobs[name] = replace(_anew(job), trouble="")
            del self._deaths[name]
            self._adding[name] = replace(adding, piece=None, deaths=Counter())
        self._wake()
        return True

    def drop(self, name: str) -> bool:
        """Remove the kept files of a job that failed; whether there is such a one."""
        with self._lock:
            job, adding = self._jobs.get(name), self._adding.get(name)
            if job is None or adding is None or not job.kept:
                return False
            self._jobs[name] = replace(job, kept=False)
            del self._adding[name]
        adding.spool.discard()
        return True

    def close(self) -> None:
        """End the worker; what it has not finished is taken up at the next start."""
        self._closing = True
        self._wake()
        self._thread.join()
        self._woken.close()
        self._waker.close()
        if self._key is not None:
            os.close(self._key)
            self._key = None

    def _enter(self, spool: Spool) -> None:
        """Put a spool in the list of jobs, where the lock is held or nobody else is there."""
        self._adding[spool.id] = _Adding(spool)
        self._put(Job(spool.id, JobKind.ADD, spool.who, spool.what, datetime.now(UTC), size=spool.size))

    def _put(self, job: Job) -> None:
        """Remember a job, and forget the oldest of those that are over."""
        self._jobs[job.id] = job
        over = [one for one in self._jobs.values() if one.state.over and not one.kept]
        for one in over[: max(0, len(self._jobs) - MOST_JOBS)]:
            del self._jobs[one.id]

    def _wake(self) -> None:
        """Make the thread look again."""
        with suppress(OSError):
            self._waker.send_bytes(b"\0")

    def _run(self) -> None:
        """Keep a worker at work."""
        pause = PAUSE
        while not self._closing:
            try:
                worker = self._started()
            except OSError:
                log.exception("worker cannot be started")
                self._rest(LONGEST_PAUSE)
                continue
            died = self._attend(worker)
            code, useful, self.worker = worker.process.exitcode, worker.useful, None
            worker.close(GRACE)
            if not died:
                return
            pause = PAUSE if useful else min(2 * pause, LONGEST_PAUSE)
            log.error("worker died exit=%s given=%s", code, ",".join(worker.given))
            self._lament(worker, code)
            if not useful:
                self._rest(pause)

    def _started(self) -> _Worker:
        """A new worker."""
        mine, other = CONTEXT.Pipe()
        process = CONTEXT.Process(target=work, args=(other, self.address, self.fetching), name="tallystick-work")
        process.daemon = True
        process.start()
        # Else the pipe would not say that the worker is gone.
        other.close()
        self.worker = process.pid
        return _Worker(process, mine)

    def _attend(self, worker: _Worker) -> bool:
        """Give a worker what there is to do and hear what it says, until it dies or all is closed; whether it died."""
        while not self._closing:
            try:
                self._give(worker)
                heard = wait((worker.pipe, worker.process.sentinel, self._woken))
                while self._woken in heard and self._woken.poll():
                    self._woken.recv_bytes()
                while worker.pipe.poll():
                    self._hear(worker, worker.pipe.recv())
            except (EOFError, OSError):
                # A worker that ends closes its pipe first, and its exit code comes a moment later.
                worker.process.join(GRACE)
                return not self._closing
            if not worker.process.is_alive() and not worker.pipe.poll():
                return not self._closing
        return False

    def _give(self, worker: _Worker) -> None:
        """Give a worker at most one thing to follow and one to add, the first of each that wait."""
        with self._lock:
            busy = {self._jobs[name].kind for name in worker.given if name in self._jobs}
            waiting = [job for job in self._jobs.values() if job.state is JobState.WAITING]
            chosen: list[Follow | Add] = []
            for job in waiting:
                if job.kind in busy:
                    continue
                busy.add(job.kind)
                adding = self._adding.get(job.id)
                chosen.append(Follow(job.id, job.who) if adding is None else Add(job.id, adding.order()))
            # What follows a review goes before: it takes a moment, and somebody looks at what it will show.
            chosen.sort(key=lambda one: isinstance(one, Add))
            for one in chosen:
                # From here on it is no longer waiting: another change must be followed by itself.
                self._jobs[one.id] = replace(self._jobs[one.id], state=JobState.RUNNING, doing="starting")
                worker.given.append(one.id)
        for one in chosen:
            worker.pipe.send(one)

    def _hear(self, worker: _Worker, reply: Reply) -> None:
        """Put what a worker says into the record of its job."""
        if isinstance(reply, Ready):
            worker.ready = True
            return
        with self._lock:
            job, adding = self._jobs.get(reply.id), self._adding.get(reply.id)
            if job is None:
                return
            if isinstance(reply, Began):
                self._jobs[job.id] = replace(job, started=job.started or datetime.now(UTC))
                worker.begun.add(job.id)
            elif isinstance(reply, Said):
                self._jobs[job.id] = after(job, reply.told)
                if adding is not None:
                    adding.earlier.update(reply.told.documents)
                    adding.piece = reply.told.piece if reply.told.doing else adding.piece
            elif isinstance(reply, Ended):
                self._over(job, adding, reply.trouble)
                worker.given.remove(job.id)
                worker.useful = True

    def _over(self, job: Job, adding: _Adding | None, trouble: str) -> None:
        """Close the record of a job; what was to be added goes where all went well."""
        kept = bool(trouble) and adding is not None
        self._jobs[job.id] = ended(job, trouble, kept=kept)
        if adding is not None and not kept:
            del self._adding[job.id]
            adding.spool.discard()

    def _lament(self, worker: _Worker, code: int | None) -> None:
        """Let what a dead worker had at hand wait for the next one, or give it up."""
        with self._lock:
            for name in worker.given:
                job, adding = self._jobs.get(name), self._adding.get(name)
                if job is None:
                    continue
                self._jobs[name] = _anew(job)
                if not worker.ready:
                    self._jobs[name] = replace(_anew(job), trouble=UNREADY)
                elif name in worker.begun:
                    self._blame(job, adding, code)

    def _blame(self, job: Job, adding: _Adding | None, code: int | None) -> None:
        """Let a job at which a worker died wait for the next one, or give it up."""
        self._deaths[job.id] += 1
        if adding is not None:
            adding.deaths[adding.piece] += 1
            adding.piece = None
        hopeless = self._deaths[job.id] >= MOST_DEATHS if adding is None else adding.hopeless
        if hopeless:
            self._over(job, adding, GIVEN_UP.format(self._deaths[job.id]))
        else:
            self._jobs[job.id] = replace(_anew(job), trouble=DIED.format(_ending(code)))

    def _rest(self, seconds: float) -> None:
        """Wait, or until all is closed."""
        if not self._closing and self._woken.poll(seconds):
            self._woken.recv_bytes()


def _anew(job: Job) -> Job:
    """A job as it is when it is begun again: claims that were taken before are not met again, so they stay counted."""
    return replace(
        job, state=JobState.WAITING, finished=None, doing="", counts=Counts(claims=job.counts.claims), left_out=(),
        failures=(), documents=(), done=0, kept=False,
    )  # fmt: skip


def _ending(code: int | None) -> str:
    """How a process ended, for a reader."""
    if code is None:
        return "without saying how"
    return f"killed by signal {-code}, as where memory runs out" if code < 0 else f"exit status {code}"


def _key(folder: Path) -> int | None:
    """What only one server of a case has, so that two do not take up the same spools; None where another has it."""
    try:
        (folder / FOLDER).mkdir(parents=True, exist_ok=True)
        key = os.open(folder / FOLDER / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError:
        return None
    try:
        fcntl.flock(key, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(key)
        return None
    return key
