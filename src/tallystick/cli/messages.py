"""Say things to the person at the terminal, on standard error: progress, failures, errors and exit statuses."""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from tallystick.model.document import Failure
from tallystick.model.progress import Progress as Listener

__all__ = ["DOCUMENT_FAILED", "USAGE", "bar", "say", "say_failures", "waiting"]

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
    """A progress bar: documents counted, and how far their bytes have been gone through."""

    def __init__(self, progress: Progress, title: str) -> None:
        self._progress = progress
        self._task = progress.add_task(title, total=None, documents=0)
        self._documents = 0
        self._left_out: Counter[str] = Counter()

    def advance(self, pieces: int = 1) -> None:
        """Count `pieces` more as finished."""
        self._documents += pieces
        self._progress.update(self._task, documents=self._documents)

    def leave_out(self, reason: str, pieces: int = 1) -> None:
        """Count `pieces` as left out for `reason`."""
        self._left_out[reason] += pieces

    def reach(self, done: int, of: int) -> None:
        """Move the bar to `done` of `of` bytes."""
        self._progress.update(self._task, completed=done, total=of)

    def sum_up(self) -> None:
        """Say what was left out, and why."""
        for reason, pieces in sorted(self._left_out.items()):
            say(f"left out: {pieces:,} ({reason})")


class _Rate(ProgressColumn):
    """Pieces counted, and how many a second."""

    def __init__(self, unit: str) -> None:
        super().__init__()
        self._unit = unit

    def render(self, task: Task) -> Text:
        """The cell of `task`."""
        documents = int(task.fields["documents"])
        rate = f", {documents / task.elapsed:,.0f}/s" if task.elapsed and task.elapsed >= 1 else ""
        return Text(f"{documents:,} {self._unit}{rate}")


@contextmanager
def bar(title: str, *, streaming: bool = False, unit: str = "documents") -> Iterator[Listener]:
    """A bar on standard error while the block runs, on a terminal only; it vanishes at the end. It counts in `unit`.

    Where the block writes its lines to the same terminal meanwhile (`streaming`), they are the progress. What was left
    out is said once the block is done, on a terminal or not.
    """
    console = Console(stderr=True)
    hidden = not console.is_terminal or (streaming and sys.stdout.isatty())
    columns = (TextColumn("{task.description}"), BarColumn(), _Rate(unit), TimeRemainingColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=hidden) as progress:
        shown = _Bar(progress, title)
        yield shown
    shown.sum_up()


@contextmanager
def waiting(title: str) -> Iterator[None]:
    """Show on standard error that something is under way while the block runs, on a terminal only."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield
        return
    with console.status(title):
        yield
