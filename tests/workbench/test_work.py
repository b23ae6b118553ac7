"""The worker process behind the pages: a real one, that is asked, cut off and killed."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bench_case import a_case
from tallystick.model.review import ReviewVerdict
from tallystick.pipeline import keeper
from tallystick.storage.case import REPORT, Case
from tallystick.storage.reviewing import Proposal
from tallystick.storage.views.view import Views
from tallystick.workbench import work as working
from tallystick.workbench.jobs import Job, JobKind, JobState
from tallystick.workbench.spooling import FOLDER, Upload
from tallystick.workbench.work import Work

# Seconds after which something that should have come will not: a worker starts within three on an idle machine.
PATIENCE = 60.0
STORY = b"Officials in Kursk said on Tuesday that 340 North Korean sappers had arrived.\n"
OTHER = b"Two hundred deminers from North Korea were wounded near Kursk, a local doctor said.\n"


def until(true: Callable[[], bool]) -> None:
    """Wait until something is so."""
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline, "it did not come"
        time.sleep(0.01)


def over(work: Work, name: str) -> Job:
    """Wait until a job is over, and give it."""

    def is_over() -> bool:
        job = work.job(name)
        return job is not None and job.state.over

    until(is_over)
    job = work.job(name)
    assert job is not None
    return job


def an_upload(work: Work, *files: tuple[str, bytes]) -> Upload:
    """Give an upload of some files."""
    upload = work.upload()
    for label, content in files:
        with upload.file(label) as stream:
            stream.write(content)
    return upload


def add(work: Work, *files: tuple[str, bytes]) -> Job:
    """Add files and wait until they are."""
    return over(work, work.add(an_upload(work, *files), "ana", "files"))


def stuck(work: Work, upload: Upload, number: int) -> Path:
    """Put in the place of a file of an upload what keeps whoever reads it waiting."""
    path = work.folder / FOLDER / upload.id / f"{number:05}"
    path.unlink()
    os.mkfifo(path)
    return path


def free(path: Path, content: bytes) -> None:
    """Put a file in its place, for the next who reads it; who waits for it goes on waiting."""
    path.rename(path.with_name("waited for"))
    path.write_bytes(content)


def at(work: Work, name: str, label: str) -> bool:
    """Whether a job is at some file now."""
    job = work.job(name)
    return job is not None and job.doing == f"reading {label}"


def kill_worker(work: Work) -> None:
    """Let the worker die, and wait until there is another."""
    process = work.worker
    assert process is not None
    os.kill(process, signal.SIGKILL)
    until(lambda: work.worker not in (process, None))


@pytest.fixture
def case_folder(tmp_path: Path) -> Path:
    """A case of a few reports."""
    return a_case(tmp_path / "case")


@pytest.fixture
def work(case_folder: Path) -> Iterator[Work]:
    """The work on it."""
    made = Work(case_folder)
    yield made
    made.close()


def test_files_are_added_and_derived(work: Work) -> None:
    """What is new is in the case with its claims, what was left over is gone, and the report shows it."""
    job = add(work, ("a.txt", STORY), ("empty.txt", b""), ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256))))
    assert (job.state, job.counts.read, job.counts.added, job.counts.failed) == (JobState.DONE, 3, 1, 2)
    assert job.counts.claims >= 1
    assert [one.document for one in job.failures] == ["empty.txt", "picture.png"]
    assert job.before is not None
    assert job.until is not None
    assert job.until > job.before
    with Case.open(work.folder, read_only=True) as case:
        assert [one.id for one in case.documents() if one.name == "a.txt"] == list(job.documents)
    assert "340" in (work.folder / REPORT).read_text("utf-8")
    assert not list((work.folder / FOLDER).glob("2*"))


def test_the_same_file_again_is_known(work: Work) -> None:
    """A report that the case holds is counted as known, whatever its file is called."""
    add(work, ("a.txt", STORY))
    job = add(work, ("b.txt", STORY))
    assert (job.counts.added, job.counts.known, job.documents) == (0, 1, ())
    assert job.before == job.until


def reject_a_claim(folder: Path, which: int = 0) -> str:
    """Reject one claim of the case, and give its id; nothing is derived by that."""
    with Case.open(folder, keeper=keeper("ben")) as case:
        claim = case.claims()[which]
        case.review(Proposal(ReviewVerdict.REJECTED, claim.document, (claim,), (), "not so"), seen=0)
    return claim.id


def is_followed(work: Work) -> bool:
    """Whether all that was asked to be followed is, and nothing is left to derive."""
    views = Views(work.folder)
    with views.moment() as view:
        behind = view.behind
    views.close()
    return not behind and all(one.state.over for one in work.jobs() if one.kind is JobKind.FOLLOW)


def test_a_review_is_followed(work: Work) -> None:
    """What follows from a review is derived soon, and nothing is behind then."""
    until(lambda: is_followed(work))
    claim = reject_a_claim(work.folder)
    assert not is_followed(work)
    work.follow("ben")
    until(lambda: is_followed(work))
    with Case.open(work.folder, read_only=True) as case:
        assert all(claim not in origin.claims for origin in case.lineage().origins)
        assert [one.actor for one in case.custody() if one.action == "derivation"][-1] == "ben"


def test_changes_that_wait_are_followed_at_once(case_folder: Path) -> None:
    """Of ten changes while the worker is not up yet one derivation comes, in the name of the last who made one."""
    work = Work(case_folder)
    try:
        for number in range(10):
            work.follow(f"analyst {number}")
        until(lambda: is_followed(work))
        followed = [one for one in work.jobs() if one.kind is JobKind.FOLLOW]
    finally:
        work.close()
    assert len(followed) <= 2
    assert followed[0].who == "analyst 9"


def test_a_review_does_not_wait_for_a_long_adding(work: Work) -> None:
    """A change is followed between two reports that are being added."""
    upload = an_upload(work, ("a.txt", STORY), ("slow.txt", OTHER), ("c.txt", STORY + OTHER))
    path = stuck(work, upload, 2)
    name = work.add(upload, "ana", "3 files")
    until(lambda: at(work, name, "slow.txt"))
    reject_a_claim(work.folder)
    work.follow("ben")
    with path.open("wb") as stream:
        stream.write(OTHER)
    job = over(work, name)
    assert job.counts.added == 3
    until(lambda: is_followed(work))
    with Case.open(work.folder, read_only=True) as case:
        actors = [one.actor for one in case.custody() if one.action == "derivation"]
    assert "ben" in actors[: actors.index("ana")]


def test_a_killed_worker_is_started_again(work: Work) -> None:
    """What it had at hand is taken up again, what waited goes on, and what it had added counts as added."""
    upload = an_upload(work, ("a.txt", STORY), ("slow.txt", OTHER))
    path = stuck(work, upload, 2)
    name = work.add(upload, "ana", "2 files")
    waiting = work.add(an_upload(work, ("c.txt", STORY + OTHER)), "ana", "1 file")
    until(lambda: at(work, name, "slow.txt"))
    free(path, OTHER)
    kill_worker(work)
    job = over(work, name)
    assert (job.state, job.counts.added, job.counts.known) == (JobState.DONE, 2, 0)
    assert "killed by signal 9" in job.trouble
    assert over(work, waiting).counts.added == 1


def test_a_file_that_kills_twice_is_left_out(work: Work) -> None:
    """It is named with the reason, and the others are added."""
    upload = an_upload(work, ("a.txt", STORY), ("poison.txt", OTHER), ("c.txt", OTHER))
    stuck(work, upload, 2)
    name = work.add(upload, "ana", "3 files")
    for _ in range(2):
        until(lambda: at(work, name, "poison.txt"))
        kill_worker(work)
    job = over(work, name)
    assert (job.state, job.counts.added) == (JobState.DONE, 2)
    assert [(one.document, "twice" in one.reason) for one in job.failures] == [("poison.txt", True)]


def test_an_adding_that_cannot_be_done_is_kept(work: Work) -> None:
    """It has failed with a reason; it can be tried again, and dropped when it has failed again."""
    upload = an_upload(work, ("a.txt", STORY))
    path = work.folder / FOLDER / upload.id / "00001"
    path.unlink()
    name = work.add(upload, "ana", "1 file")
    job = over(work, name)
    assert (job.state, job.kept, "FileNotFoundError" in job.trouble) == (JobState.FAILED, True, True)
    path.write_bytes(STORY)
    assert work.again(name)
    job = over(work, name)
    assert (job.state, job.kept, job.counts.added, job.trouble) == (JobState.DONE, False, 1, "")
    assert not work.again(name)
    assert not work.drop(name)


def test_kept_files_can_be_dropped(work: Work) -> None:
    """Nothing is left of them, and nothing is there to be tried again."""
    upload = an_upload(work, ("a.txt", STORY))
    (work.folder / FOLDER / upload.id / "00001").unlink()
    name = work.add(upload, "ana", "1 file")
    assert over(work, name).kept
    assert work.drop(name)
    assert not (work.folder / FOLDER / name).exists()
    assert not work.again(name)


def test_a_second_server_leaves_the_spools_of_the_first_alone(work: Work, case_folder: Path) -> None:
    """What the first one is at is neither taken up nor dropped by the second."""
    upload = an_upload(work, ("a.txt", STORY))
    second = Work(case_folder)
    try:
        assert [one for one in second.jobs() if one.kind is JobKind.ADD] == []
        assert (case_folder / FOLDER / upload.id).exists()
    finally:
        second.close()
    assert over(work, work.add(upload, "ana", "1 file")).counts.added == 1


def test_an_adding_that_a_server_left_is_taken_up(
    work: Work, case_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    """What was accepted is added by the next server, and what was never closed goes."""
    monkeypatch.setattr(working, "GRACE", 0.1)
    upload = an_upload(work, ("a.txt", STORY), ("slow.txt", OTHER))
    path = stuck(work, upload, 2)
    name = work.add(upload, "ana", "2 files")
    cut_off = an_upload(work, ("never.txt", STORY))
    until(lambda: at(work, name, "slow.txt"))
    free(path, OTHER)
    work.close()
    later = Work(case_folder)
    try:
        job = over(later, name)
    finally:
        later.close()
    assert (job.state, job.who, job.what) == (JobState.DONE, "ana", "2 files")
    assert job.counts.added + job.counts.known == 2
    assert not (case_folder / FOLDER / cut_off.id).exists()
