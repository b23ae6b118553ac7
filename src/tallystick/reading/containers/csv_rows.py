"""Take a table apart: the bytes of a CSV or TSV file come in, each row goes out as a report or the address of one.

The columns are told by their header (`exports.KEYS`), or by their number in the files of GDELT that have none. The
bytes of a row are its evidence as they stand in the file.
"""

import csv
from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from tallystick.errors import ReadingError
from tallystick.model.document import Failure, Retrieved
from tallystick.reading.containers.json_lines import bounded_lines
from tallystick.reading.exports import address, export, known_field
from tallystick.reading.links import page_url
from tallystick.reading.received import LARGEST, Address, Kind, Received, assemble
from tallystick.reading.streams import headed
from tallystick.reading.text.encodings import decode
from tallystick.reading.text.passages import Hints

__all__ = ["Columns", "columns", "csv_rows"]

FORM = "column"
MARK = b"\xef\xbb\xbf"
DELIMITERS = ",\t;|"
# Rows before the header: the title of a sheet, "sep=;", a date of export; never more than a screen of them.
JUNK = 20
# A header is a word or three; more is a sentence.
NAME_LENGTH = 40
# A line of GDELT's GKG has up to some 100 kB; no header is longer, and a million columns are no table.
HEADER_LENGTH = 1_000_000
# Quotes that never close, after which the reading goes on with the line behind the first; a table that holds more of
# them is read without going back, so that its time stays in proportion to its length.
RETRIES = 100
# Columns that hold anything to read here, by how many there are: GDELT's files for download have no header (event
# codebooks 1.0 and 2.0, GKG codebook 2.1).
GDELT = {
    58: {56: "DATEADDED", 57: "SOURCEURL"},
    61: {59: "DATEADDED", 60: "SOURCEURL"},
    27: {1: "DATE", 3: "SourceCommonName", 4: "DocumentIdentifier"},
}
# The csv module refuses longer cells, for the whole process; its own 131,072 is shorter than a long article.
csv.field_size_limit(LARGEST)


class Columns(NamedTuple):
    """What the columns of a table are.

    Attributes:
        delimiter: What stands between two cells.
        names: The name of each column, "" where it is of no use.
        header: Whether the row that they were told by is their header, and no report.
    """

    delimiter: str
    names: tuple[str, ...]
    header: bool = True


def columns(line: str, *, sure: bool) -> Columns | None:
    """Give the columns that the first row of a table tells of, or None where it is no such row.

    Args:
        line: The row, without its line end.
        sure: Whether it is known to be of a table; else it takes two known names to be no prose.
    """
    best: tuple[int, Columns] | None = None
    for delimiter in DELIMITERS:
        names = tuple(name.strip() for name in _cells(line, delimiter))
        fields = [known_field(name) for name in names]
        known = sum(field is not None for field in fields)
        if not {"text", "url"} & set(fields) or (not sure and (known < 2 or max(map(len, names)) > NAME_LENGTH)):
            continue
        if best is None or known > best[0]:
            best = known, Columns(delimiter, names)
    return best[1] if best else _gdelt(line)


def _gdelt(line: str) -> Columns | None:
    """The columns of a file of GDELT without a header."""
    cells = line.split("\t")
    named = GDELT.get(len(cells), {})
    if not any(known_field(name) == "url" and page_url(cells[at]) for at, name in named.items()):
        return None
    return Columns("\t", tuple(named.get(at, "") for at in range(len(cells))), header=False)


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


def csv_rows(received: Received) -> Iterator[Retrieved | Address | Failure]:
    """Give each row; one that cannot be read does not stop the others.

    Raises:
        ReadingError: Where no column holds texts or addresses.
    """
    head, received = headed(received)
    lines = _Lines(received, head)
    told = _header(lines)
    if told is None:
        reason = "no column named 'text' or 'url'; name the columns in the first row"
        raise ReadingError(received.name, reason)
    for row in _rows(lines, told):
        if isinstance(row, Failure):
            yield row
        elif any(cell.strip() for cell in row.cells):
            yield _read(row, told, received)


class _Row(NamedTuple):
    """One row: its place, its cells, its bytes."""

    name: str
    cells: list[str]
    content: bytes


class _UnreadableError(Exception):
    """A line that is no part of a row."""


class _Lines:
    """The lines of a table as the csv module asks for them; what it took for the row at hand is kept.

    Attributes:
        taken: The raw lines of this row.
        first: Number of its first line, counted from 1.
        ended: Whether the file ended within it.
    """

    def __init__(self, received: Received, head: bytes) -> None:
        self.name = received.name
        self._rest = bounded_lines(received.stream)
        self._again: deque[bytes] = deque()
        self._encoding = _encoding(head)
        self._retries = 0
        self._size = 0
        self.taken: list[bytes] = []
        self.first = 1
        self.ended = False

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        raw = self._again.popleft() if self._again else next(self._rest, b"")
        if raw == b"":
            self.ended = bool(self.taken)
            raise StopIteration
        self.taken.append(raw or b"")
        if raw is None:
            raise _UnreadableError(f"a line larger than {LARGEST // 1_000_000} MB")
        self._size += len(raw)
        if self._size > LARGEST:
            raise _UnreadableError(f"a row larger than {LARGEST // 1_000_000} MB; a quotation mark in it may not close")
        if b"\0" in raw:
            raise _UnreadableError("a binary file: NUL bytes in this line")
        line = raw.removeprefix(MARK) if self.first == 1 and len(self.taken) == 1 else raw
        return self._decoded(line)

    def next_row(self) -> None:
        """Start a row behind the lines of the last."""
        self.first += len(self.taken)
        self.taken = []
        self._size = 0
        self.ended = False

    def once_more(self) -> None:
        """Give the one line taken again: it is a row itself."""
        self._again.appendleft(self.taken.pop())
        self._size = 0

    def go_back(self) -> None:
        """Give the lines of this row after the first once more: a quotation mark swallowed them."""
        if len(self.taken) > 1 and self._retries < RETRIES:
            self._retries += 1
            self._again.extendleft(reversed(self.taken[1:]))
            del self.taken[1:]

    def _decoded(self, line: bytes) -> str:
        try:
            return line.decode(self._encoding)
        except UnicodeDecodeError:
            try:
                return decode(line).text
            except ValueError as error:
                raise _UnreadableError(f"{error}; save the table as UTF-8") from error


def _encoding(head: bytes) -> str:
    """What the first whole lines are written in."""
    whole = head[: head.rfind(b"\n") + 1] or head
    try:
        return decode(whole).encoding
    except ValueError:
        return "utf-8"


def _header(lines: _Lines) -> Columns | None:
    """The columns, told by one of the first rows; a row that is no header but a report is given again."""
    for _ in range(JUNK):
        try:
            line = next(lines)
        except StopIteration:
            return None
        except _UnreadableError:
            lines.next_row()
            continue
        if len(line) <= HEADER_LENGTH and (told := columns(line.rstrip("\r\n"), sure=True)):
            if told.header:
                lines.next_row()
            else:
                lines.once_more()
            return told
        lines.next_row()
    return None


def _rows(lines: _Lines, told: Columns) -> Iterator[_Row | Failure]:
    """The rows below the header."""
    reader = csv.reader(lines, delimiter=told.delimiter, quoting=csv.QUOTE_MINIMAL if told.header else csv.QUOTE_NONE)
    while True:
        reason = ""
        cells: list[str] = []
        try:
            cells = next(reader)
        except StopIteration:
            return
        except (csv.Error, _UnreadableError) as error:
            reason = str(error)
        if not reason and lines.ended:
            reason = "a quotation mark in this row does not close"
        if not reason and any(cell.strip() for cell in cells[len(told.names) :]):
            reason = (
                f"{len(cells)} cells, but the header names {len(told.names)}; put cells that hold a comma in quotes"
            )
        name = f"{lines.name}:{lines.first}"
        if reason:
            lines.go_back()
            yield Failure(name, "read", reason)
        else:
            yield _Row(name, cells, b"".join(lines.taken).rstrip(b"\r\n"))
        lines.next_row()


def _read(row: _Row, told: Columns, received: Received) -> Retrieved | Address | Failure:
    """The report in a row, or the address of it."""
    values = {name: cell for name, cell in zip(told.names, row.cells, strict=False) if name and cell.strip()}
    if named := address(values, row.name, FORM):
        return Address(named.url, row.name, (*named.details, *received.details))
    try:
        found = export(values, FORM)
        hints = Hints(found.title, stretches=found.laid.stretches)
        # What was received from the web, if it was, is the table and not this row.
        within = replace(received, name=row.name, id=None, retrieval=None)
        return assemble(within, row.content, Kind.CSV, found.laid.text, found.details, hints, id=found.id)
    except ReadingError as error:
        return Failure(error.document, "read", error.reason)
    except ValueError as error:
        return Failure(row.name, "read", str(error))
