"""How a long stage says how far it is, without knowing who listens."""

from typing import Protocol

__all__ = ["Progress", "Silent"]


class Progress(Protocol):
    """Something that counts finished pieces of work."""

    def advance(self, pieces: int = 1) -> None:
        """Count `pieces` more as finished."""

    def leave_out(self, reason: str, pieces: int = 1) -> None:
        """Count `pieces` as looked at and left out on purpose, for `reason`."""

    def reach(self, done: int, of: int) -> None:
        """Say that `done` of `of` bytes of the input have been gone through."""


class Silent:
    """Listens to nothing; the default everywhere outside the command line."""

    def advance(self, pieces: int = 1) -> None:
        """Do nothing."""

    def leave_out(self, reason: str, pieces: int = 1) -> None:
        """Do nothing."""

    def reach(self, done: int, of: int) -> None:
        """Do nothing."""
