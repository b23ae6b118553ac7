"""Who does the work of tracing: pieces of work come in, what each has given goes out.

Tracing knows no processes. Whoever has several to spare passes in hands that share the pieces among them.
"""

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

__all__ = ["ALONE", "Hands"]

T = TypeVar("T")


class Hands(Protocol):
    """Something that does pieces of work, several at once where it can."""

    @property
    def count(self) -> int:
        """How many pieces it does at once."""

    def each(self, pieces: Sequence[Callable[[], T]]) -> list[T]:
        """Give what each piece gives, in their order; what one of them changes elsewhere may be lost."""


class _Alone:
    """One piece after the other."""

    count = 1

    def __repr__(self) -> str:
        """As the reference shows it."""
        return "ALONE"

    def each(self, pieces: Sequence[Callable[[], T]]) -> list[T]:
        """Give what each piece gives, in their order."""
        return [piece() for piece in pieces]


ALONE: Hands = _Alone()
