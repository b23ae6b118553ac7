"""What all pages of the workbench share: the case, its dossier, who did what, and the work that goes on behind."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeAlias

from litestar.di import NamedDependency

from tallystick.model.dossier import Dossier
from tallystick.pipeline import keeper
from tallystick.storage.custody import Keeper
from tallystick.storage.opening import store_at
from tallystick.storage.stores.address import CaseAddress
from tallystick.storage.views.view import Views
from tallystick.workbench.jobs import Job
from tallystick.workbench.pages import Pages
from tallystick.workbench.spooling import Upload

__all__ = ["Audit", "Bench", "Follower", "TheBench", "Visits"]


class Audit(Protocol):
    """The log of what everybody did in the workbench."""

    def note(self, who: str, action: str, subject: str, told: str = "") -> None:
        """Keep that `who` did `action` ("review", "sign in", "add reports") to `subject`; `told` says more."""


class Follower(Protocol):
    """The work behind the pages."""

    def follow(self, who: str) -> None:
        """Bring what is derived up to date with the case, soon and not in this thread; `who` has changed something."""

    @property
    def may_fetch(self) -> bool:
        """Whether addresses may be fetched."""

    def upload(self) -> Upload:
        """Give a place for what is to be added."""

    def add(self, upload: Upload, who: str, what: str) -> str:
        """Add what was uploaded, soon and not in this thread, and give the id of the job; `what` is for a reader."""

    def jobs(self) -> tuple[Job, ...]:
        """Give what is remembered of all jobs, the newest first."""

    def job(self, name: str) -> Job | None:
        """Give what is remembered of one job, or None."""

    def again(self, name: str) -> bool:
        """Try a job again that failed and whose files are kept; whether there is such a one."""

    def drop(self, name: str) -> bool:
        """Remove the kept files of a job that failed; whether there is such a one."""


class Visits(Protocol):
    """When everybody last looked at the case."""

    def last(self, name: str) -> str | None:
        """Give when `name` was last noted: UTC time, ISO 8601 with "Z"; None where that is not known."""

    def note(self, name: str, time: str) -> None:
        """Keep that `name` looks at the case at this UTC time, ISO 8601 with "Z"."""


@dataclass(frozen=True, slots=True)
class Bench:
    """What the pages share.

    Attributes:
        address: The case.
        dossier: What it is about.
        views: Its readers.
        pages: Templates.
        audit: The log of what everybody did.
        follower: The work behind the pages.
        visits: When everybody last looked.
    """

    address: CaseAddress
    dossier: Dossier
    views: Views
    pages: Pages
    audit: Audit
    follower: Follower
    visits: Visits

    @property
    def folder(self) -> Path:
        """What belongs to the case on this machine: what is to be added, outlines of one's own."""
        return store_at(self.address).folder

    def keeper(self, who: str) -> Keeper:
        """Give who works with the case, for its custody log."""
        return keeper(who)


# How a route asks for it.
TheBench: TypeAlias = NamedDependency[Bench]
