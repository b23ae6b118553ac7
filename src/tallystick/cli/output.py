"""Write records as JSON lines, CSV or a table, to a file or to standard output.

Takes rows as dictionaries of plain values, the form in which they leave the program; gives text. Every format keeps
the same columns in the same order.
"""

import csv
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TextIO

from rich.console import Console
from rich.table import Table

from tallystick.errors import TallystickError
from tallystick.values.cells import inert

__all__ = ["Cell", "Format", "OutputError", "TableFormat", "write_rows", "write_text"]

Cell = object


class Format(StrEnum):
    """Formats for claims."""

    JSONL = "jsonl"
    CSV = "csv"
    TABLE = "table"


class TableFormat(StrEnum):
    """The same formats, a table first: for commands that people read."""

    TABLE = "table"
    JSONL = "jsonl"
    CSV = "csv"


class OutputError(TallystickError, OSError):
    """A file that cannot be written."""

    def __init__(self, path: str, reason: str) -> None:
        """Name the file and the reason."""
        super().__init__(f"{path}: cannot be written: {reason}")

    def __str__(self) -> str:
        """The message alone: OSError would print its own form."""
        return str(self.args[0])


def write_rows(rows: Iterable[Mapping[str, Cell]], columns: Sequence[str], style: str, target: str = "-") -> None:
    """Write `rows` in `style` ("jsonl", "csv" or "table") to `target`, a path or "-" for standard output.

    Args:
        rows: The records; a column that one lacks is empty. JSON lines and CSV are written as they come, so that no
            more than one is held; a table is drawn once all are there.
        columns: The columns of CSV and table; JSON lines hold every key of a row.
        style: The format.
        target: Where to; an existing file is replaced.

    Raises:
        OutputError: Where the file cannot be written.
    """
    with _opened(target) as stream:
        if style == "jsonl":
            for row in rows:
                stream.write(json.dumps(row, ensure_ascii=False) + "\n")
        elif style == "csv":
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(columns)
            writer.writerows([inert(_cell(row.get(name))) for name in columns] for row in rows)
        else:
            _table(rows, columns, stream)


def write_text(text: str, target: str = "-") -> None:
    """Write `text` to `target`, a path or "-" for standard output.

    Raises:
        OutputError: Where the file cannot be written.
    """
    with _opened(target) as stream:
        stream.write(text)


def write_lines(lines: Iterable[str], target: str = "-") -> None:
    """Write `lines` as they come to `target`, a path or "-" for standard output.

    Raises:
        OutputError: Where the file cannot be written.
    """
    with _opened(target) as stream:
        stream.writelines(line + "\n" for line in lines)


@contextmanager
def _opened(target: str) -> Iterator[TextIO]:
    if target == "-":
        yield sys.stdout
        return
    try:
        with Path(target).open("w", encoding="utf-8", newline="") as stream:
            yield stream
    except OSError as error:
        raise OutputError(target, error.strerror or str(error)) from error


def _cell(value: Cell) -> str:
    """A value as one cell: empty for null, lists joined, ranges as low-high."""
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return "-".join(dict.fromkeys(str(part) for part in value.values()))
    if isinstance(value, list | tuple):
        return " | ".join(str(part) for part in value)
    return str(value)


def _table(rows: Iterable[Mapping[str, Cell]], columns: Sequence[str], stream: TextIO) -> None:
    table = Table(show_lines=False, header_style="bold")
    for name in columns:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*(_plain(_cell(row.get(name))) for name in columns))
    # Rich measures a terminal; piped, a table is as wide as it needs to be.
    console = Console(file=stream, width=None if stream.isatty() else 200)
    console.print(table)


def _plain(cell: str) -> str:
    """Escape what Rich would take for markup, and control characters that would steer the terminal."""
    shown = "".join(mark if mark.isprintable() else " " for mark in cell)
    return shown.replace("[", r"\[")
