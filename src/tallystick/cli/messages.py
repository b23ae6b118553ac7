"""Say things to the person at the terminal, on standard error: progress, failures, errors and exit statuses."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from tallystick.model.document import Failure
from tallystick.model.progress import Progress as Listener

__all__ = ["DOCUMENT_FAILED", "USAGE", "bar", "say", "say_failures"]

# Exit statuses: some document could not be read, the rest came out; or nothing could be done as asked.
DOCUMENT_FAILED = 1
USAGE = 2


def say(message: str) -> None:
    """Write one line to standard error."""
    sys.stderr.write(message + "\n")


def say_failures(failures: Iterable[Failure]) -> None:
    """Name each document that failed, with the reason."""
    for failure in failures:
        say(f"tallystick: {failure.document}: {failure.reason}")


class _Bar:
    """A progress bar that counts documents."""

    def __init__(self, progress: Progress, title: str) -> None:
        self._progress = progress
        self._task = progress.add_task(title, total=None)

    def advance(self, pieces: int = 1) -> None:
        """Count `pieces` more as finished."""
        self._progress.advance(self._task, pieces)


@contextmanager
def bar(title: str) -> Iterator[Listener]:
    """A bar on standard error while the block runs, on a terminal only; it vanishes at the end."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        yield _Bar(progress, title)
