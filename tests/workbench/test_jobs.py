"""Records of the work behind the pages."""

from datetime import UTC, datetime

from tallystick.model.document import Failure
from tallystick.workbench.jobs import Counts, Job, JobKind, JobState, Told, after, ended

JOB = Job("one", JobKind.ADD, "ana", "2 files", datetime(2025, 7, 1, tzinfo=UTC))


def test_what_is_told_adds_up() -> None:
    """Counts and reasons are sums, what is done now is the last that was said, the first state stays."""
    first = Told("reading a", 0, Counts(2, 1, 1, 3, 0), (("hidden", 2),), (), ("a",), 10, 5)
    second = Told(
        "", None, Counts(1, 0, 0, 0, 1), (("hidden", 1), ("odd", 1)), (Failure("b", "read", "no"),), (), 20, 9
    )
    job = after(after(JOB, first), second)
    assert job.counts == Counts(3, 1, 1, 3, 1)
    assert job.left_out == (("hidden", 3), ("odd", 1))
    assert (job.doing, job.done, job.before, job.until, job.documents) == ("reading a", 20, 5, 9, ("a",))


def test_a_record_stays_small() -> None:
    """Of a hundred thousand failures the first are named, and all are counted."""
    job = JOB
    for number in range(10):
        failures = tuple(Failure(f"{number}-{one}", "read", "no") for one in range(10_000))
        reasons = tuple((f"{number}-{one}", 1) for one in range(100))
        job = after(job, Told(counts=Counts(failed=10_000), failures=failures, left_out=reasons))
    assert job.counts.failed == 100_000
    assert len(job.failures) == 500
    assert len(job.left_out) == 50


def test_a_job_with_trouble_has_failed() -> None:
    """One without is done, and what befell it before stays with it."""
    assert ended(JOB, "no", kept=True).state is JobState.FAILED
    assert ended(JOB).state is JobState.DONE
    assert ended(JOB).state.over
    assert not JOB.state.over
