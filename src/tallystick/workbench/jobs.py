"""What is known of the work behind the pages: who asked for it, how far it is, and what came of it.

What a worker tells comes in, the record of the job as it is by then goes out. Records are small whatever is added:
what is named in them is bounded, and the case itself keeps everything.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import NamedTuple

from tallystick.model.document import Failure

__all__ = ["Counts", "Job", "JobKind", "JobState", "Told", "after", "ended"]

# Failures and new reports that a job names; what is beyond them is counted, and stands in the case.
MOST_NAMED = 500
# Reasons why pieces are left out; there are a dozen.
MOST_REASONS = 50


class JobKind(StrEnum):
    """What is done."""

    FOLLOW = "follow"  # derive what follows from a change
    ADD = "add"  # read reports, then derive


class JobState(StrEnum):
    """How far it is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"

    @property
    def over(self) -> bool:
        """Whether nothing more comes."""
        return self in (JobState.DONE, JobState.FAILED)


class Counts(NamedTuple):
    """How much was met: reports read, those new and those that the case held, claims of the new, failures."""

    read: int = 0
    added: int = 0
    known: int = 0
    claims: int = 0
    failed: int = 0

    def plus(self, other: "Counts") -> "Counts":
        """Give the sum."""
        return Counts(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))


NONE = Counts()


class Told(NamedTuple):
    """What a worker tells since it last told something.

    Attributes:
        doing: What it does now, for a reader; empty where that is the same.
        piece: Number of the piece it has begun, or None where it is the same.
        counts: What was met since.
        left_out: Pieces left out since, by reason.
        failures: What could not be taken since.
        documents: Ids of the new reports since.
        done: Bytes gone through, of all.
        state: State of the case now, where it was asked for.
    """

    doing: str = ""
    piece: int | None = None
    counts: Counts = NONE
    left_out: tuple[tuple[str, int], ...] = ()
    failures: tuple[Failure, ...] = ()
    documents: tuple[str, ...] = ()
    done: int | None = None
    state: int | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of work as it is at a moment.

    Attributes:
        id: Its name in addresses.
        kind: What is done.
        who: Who asked for it.
        what: What it is about, for a reader: "3 files", an address; empty for what follows a change.
        asked, started, finished: When; None where it is not so far.
        state: How far it is.
        doing: What is done now; empty before and after.
        counts: How much was met.
        left_out: Pieces left out on purpose, by reason.
        failures: What could not be taken, the first of them.
        documents: Ids of the new reports, the first of them.
        done: Bytes gone through.
        size: Bytes of all that is added; 0 for an address.
        before: State of the case when it was begun, or None.
        until: State of the case when it was over, or None.
        trouble: Why it failed, or what befell it; empty where nothing did.
        kept: Whether what was to be added is still there to be tried again.
    """

    id: str
    kind: JobKind
    who: str
    what: str
    asked: datetime
    started: datetime | None = None
    finished: datetime | None = None
    state: JobState = JobState.WAITING
    doing: str = ""
    counts: Counts = NONE
    left_out: tuple[tuple[str, int], ...] = ()
    failures: tuple[Failure, ...] = ()
    documents: tuple[str, ...] = ()
    done: int = 0
    size: int = 0
    before: int | None = None
    until: int | None = None
    trouble: str = ""
    kept: bool = False


def after(job: Job, told: Told) -> Job:
    """Give a job as it is after its worker told something."""
    reasons = dict(job.left_out)
    for reason, pieces in told.left_out:
        if reason in reasons or len(reasons) < MOST_REASONS:
            reasons[reason] = reasons.get(reason, 0) + pieces
    return replace(
        job,
        doing=told.doing or job.doing,
        counts=job.counts.plus(told.counts),
        left_out=tuple(reasons.items()),
        failures=(*job.failures, *told.failures)[:MOST_NAMED],
        documents=(*job.documents, *told.documents)[:MOST_NAMED],
        done=job.done if told.done is None else told.done,
        before=told.state if job.before is None else job.before,
        until=job.until if told.state is None else told.state,
    )


def ended(job: Job, trouble: str = "", *, kept: bool = False) -> Job:
    """Give a job as it is when it is over; one with trouble has failed."""
    state = JobState.FAILED if trouble else JobState.DONE
    told = trouble or job.trouble
    return replace(job, state=state, finished=datetime.now(UTC), doing="", trouble=told, kept=kept)
