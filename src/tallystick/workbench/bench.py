"""What all pages of the workbench share: the case, its dossier, who did what, and the work that goes on behind."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tallystick.model.dossier import Dossier
from tallystick.pipeline import keeper
from tallystick.storage.custody import Keeper
from tallystick.storage.views.view import Views
from tallystick.workbench.pages import Pages

__all__ = ["Audit", "Bench", "Follower"]


class Audit(Protocol):
    """The log of what everybody did in the workbench."""

    def note(self, who: str, action: str, subject: str, told: str = "") -> None:
        """Keep that `who` did `action` ("review", "sign in", "add reports") to `subject`; `told` says more."""


class Follower(Protocol):
    """The work behind the pages."""

    def follow(self, who: str) -> None:
        """Bring what is derived up to date with the case, soon and not in this thread; `who` has changed something."""


@dataclass(frozen=True, slots=True)
class Bench:
    """What the pages share.

    Attributes:
        folder: The case.
        dossier: What it is about.
        views: Its readers.
        pages: Templates.
        audit: The log of what everybody did.
        follower: The work behind the pages.
    """

    folder: Path
    dossier: Dossier
    views: Views
    pages: Pages
    audit: Audit
    follower: Follower

    def keeper(self, who: str) -> Keeper:
        """Give who works with the case, for its custody log."""
        return keeper(who)
