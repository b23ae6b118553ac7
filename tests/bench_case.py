"""A small case for tests of the workbench, and a bench on it that needs no other process."""

import json
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from tallystick.pipeline import run, subject_of
from tallystick.storage.case import Case
from tallystick.storage.stores.address import CaseAddress
from tallystick.storage.views.view import Views
from tallystick.workbench.bench import Bench
from tallystick.workbench.doing import Doer, Fetching, Order
from tallystick.workbench.jobs import Job, JobKind, JobState, Told, after, ended
from tallystick.workbench.pages import Pages
from tallystick.workbench.spooling import Upload

__all__ = ["REPORTS", "AtOnce", "Looked", "Noted", "a_bench", "a_case"]

# Own sentences: a minister's announcement, its copy, a later count and a denial, an attack in title, outlet and text.
REPORTS = (
    {
        "id": "wire-1", "outlet": "Northern Wire", "published": "2025-06-17", "title": "Minister announces builders",
        "text": "North Korea will send 5,000 construction workers and 1,000 sappers to Russia's Kursk region, Security"
        " Council Secretary Sergei Shoigu said in Pyongyang on Tuesday.",
    },
    {
        "id": "herald-1", "outlet": "Harbor Herald", "published": "2025-06-18", "title": "Pyongyang to send 6,000",
        "text": "North Korea will send 6,000 workers and sappers to Kursk, Shoigu said on Tuesday, Northern Wire"
        " reported.",
    },
    {
        "id": "gazette-1", "outlet": "Evening <b>Gazette</b>", "published": "2025-07-02",
        "title": "<script>document.title='hit'</script> Builders",
        "text": "Ukraine's military intelligence said that 4,000 North Korean construction workers have arrived in"
        " Kursk.\nA Kremlin spokesman denied that 12,000 North Korean soldiers were killed in Kursk.\n"
        "<img src=x onerror=document.title='hit'> [notes](javascript:alert(1))",
    },
)  # fmt: skip


class Noted:
    """An audit log in memory."""

    def __init__(self) -> None:
        self.told: list[tuple[str, str, str, str]] = []

    def note(self, who: str, action: str, subject: str, told: str = "") -> None:
        """Keep it."""
        self.told.append((who, action, subject, told))


class Looked:
    """Visits in memory."""

    def __init__(self) -> None:
        self.times: dict[str, str] = {}

    def last(self, name: str) -> str | None:
        """Give the time that was noted."""
        return self.times.get(name)

    def note(self, name: str, time: str) -> None:
        """Keep it."""
        self.times[name] = time


class AtOnce:
    """Work that is done in the thread that asks."""

    def __init__(self, folder: Path, fetching: Fetching | None = None) -> None:
        self.folder = folder
        self.may_fetch = bool(fetching and fetching.allowed)
        self._doer = Doer(folder, fetching or Fetching())
        self._jobs: dict[str, Job] = {}

    def follow(self, who: str) -> None:
        """Derive."""
        self._doer.follow(who)

    def upload(self) -> Upload:
        """Give a place."""
        return Upload(self.folder)

    def add(self, upload: Upload, who: str, what: str) -> str:
        """Add it."""
        spool = upload.finish(who, what)
        now = datetime.now(UTC)
        self._jobs[spool.id] = Job(spool.id, JobKind.ADD, who, what, now, now, state=JobState.RUNNING, size=spool.size)
        self._doer.add(Order(who, spool), partial(self._note, spool.id))
        spool.discard()
        self._jobs[spool.id] = ended(self._jobs[spool.id])
        return spool.id

    def _note(self, name: str, told: Told) -> None:
        self._jobs[name] = after(self._jobs[name], told)

    def jobs(self) -> tuple[Job, ...]:
        """Give all jobs."""
        return tuple(reversed(self._jobs.values()))

    def job(self, name: str) -> Job | None:
        """Give one job."""
        return self._jobs.get(name)

    def again(self, _name: str) -> bool:
        """Nothing is kept."""
        return False

    def drop(self, _name: str) -> bool:
        """Nothing is kept."""
        return False


def a_case(folder: Path) -> Path:
    """Make the case."""
    fill(folder, folder.with_name(f"{folder.name}.jsonl"))
    return folder


def fill(address: CaseAddress, inbox: Path) -> None:
    """Make the case in either store, of a file of reports that is written first."""
    inbox.write_text("".join(json.dumps(report) + "\n" for report in REPORTS), encoding="utf-8")
    run([inbox], address, "dprk-russia")


def a_bench(folder: Path) -> Bench:
    """Give a bench on a case."""
    with Case.open(folder, read_only=False) as case:
        dossier = subject_of(case)
    return Bench(folder, dossier, Views(folder), Pages(), Noted(), AtOnce(folder), Looked())
