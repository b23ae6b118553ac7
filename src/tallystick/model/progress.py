"""How a long stage says how far it is, without knowing who listens."""

from typing import Protocol

__all__ = ["Progress", "Silent"]


class Progress(Protocol):
    """Something that counts finished pieces of work."""

    def advance(self, pieces: int = 1) -> None:
        """Count `pieces` more as finished."""


class Silent:
    """Listens to nothing; the default everywhere outside the command line."""

    def advance(self, pieces: int = 1) -> None:
        """Do nothing."""
