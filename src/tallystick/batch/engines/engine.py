"""What an engine is, and the choice of one: a name comes in, what does jobs goes out."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Protocol

from tallystick.batch.jobs import Done, Job, Lost, Subject

__all__ = ["Engine", "EngineName"]


class EngineName(StrEnum):
    """The engines that there are."""

    LOCAL = "local"
    DAFT = "daft"
    RAY = "ray"


class Engine(Protocol):
    """Something that has jobs done, by so many workers at once."""

    workers: int

    def begin(self, jobs: int) -> None:
        """Start what so many jobs can use, before they are known: it loads what it needs meanwhile."""

    def run(self, jobs: Sequence[Job], subject: Subject) -> Iterator[Done | Lost]:
        """Do all jobs in any order, and tell of each when it is done."""

    def close(self) -> None:
        """End what does them."""
