"""The loop of the commands that need no case: reports come in, their rows go out, failures are named at the end."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import typer

from tallystick.cli.messages import DOCUMENT_FAILED, bar, say_failures
from tallystick.cli.output import Cell, TableFormat, write_rows
from tallystick.errors import ReadingError
from tallystick.model.document import Failure, Retrieved
from tallystick.model.progress import Progress
from tallystick.reading.reading import read

__all__ = ["write_each"]

Rows = Iterable[Mapping[str, Cell]]


def write_each(
    inputs: Iterable[str],
    rows_of: Callable[[Retrieved], Rows],
    columns: Sequence[str],
    style: str,
    out: str,
    *,
    title: str,
) -> None:
    """Write the rows that `rows_of` gives for each report of `inputs`; `title` stands beside the progress bar.

    Raises:
        typer.Exit: With status 1 where a report could not be read; the others came out.
    """
    failures: list[Failure] = []
    with bar(title, streaming=style != TableFormat.TABLE and out == "-") as progress:
        write_rows(_rows(inputs, rows_of, failures, progress), columns, style, out)
    say_failures(failures)
    if failures:
        raise typer.Exit(DOCUMENT_FAILED)


def _rows(
    inputs: Iterable[str], rows_of: Callable[[Retrieved], Rows], failures: list[Failure], progress: Progress
) -> Iterator[Mapping[str, Cell]]:
    """The rows of each report as it is read; what cannot be read is added to `failures`."""
    for found in read(inputs, progress=progress):
        if isinstance(found, Failure):
            failures.append(found)
            continue
        try:
            yield from rows_of(found)
        except ReadingError as error:
            failures.append(Failure(error.document, "extract", error.reason))
