"""Read a table of observations: a CSV file, plain or packed, comes in; observations and what is left out go out.

A row that cannot be used is named with its line and left out; only a file that is no such table ends the reading.
"""

import csv
import gzip
import io
import sys
import zlib
from collections import deque
from collections.abc import Callable, Iterator
from operator import itemgetter
from pathlib import Path
from typing import BinaryIO, NamedTuple

from tallystick.errors import ReadingError
from tallystick.model.document import Failure
from tallystick.model.observation import Observation, Tolerance
from tallystick.model.progress import Progress
from tallystick.reading.containers.bombs import explodes
from tallystick.reconciliation.fusion.table import number

__all__ = ["observations"]

REQUIRED = ("source", "item", "attribute", "value")
OPTIONAL = ("tolerance", "period")
DELIMITERS = ",;\t"
MARK = b"\xef\xbb\xbf"
PACKED = b"\x1f\x8b"
WIDE = (b"\xff\xfe", b"\xfe\xff")
# A row of observations has some hundred bytes; a line of a million is of no such table.
LONGEST = 1_000_000
# Lines that one row may have; behind more of them a quotation mark does not close.
TALLEST = 20
# Lines between two words to whoever waits.
STEP = 20_000
# Letters of a cell that a message shows.
SHOWN = 40
PERCENT = 100
# How the csv module says that a text ended within quotation marks.
UNCLOSED = "unexpected end of data"
STAGE = "fuse"


def observations(path: str, left_out: Callable[[Failure], None], progress: Progress) -> Iterator[Observation]:
    """Give the observations of the table at `path`, in the order of its rows.

    Args:
        path: A CSV file, also one packed with gzip; "-" is standard input. Separated by commas, semicolons or tabs, in
            UTF-8, with a header that names the columns.
        left_out: Told of every row that cannot be used, and why.
        progress: Told how far the file has been gone through.

    Raises:
        ReadingError: Where the file is no such table, cannot be opened, is damaged, or swells without measure.
    """
    name = "standard input" if path == "-" else path
    try:
        with _opened(path) as raw:
            lines = _Lines(name, raw, left_out, progress)
            yield from _read(lines)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        reason = f"a damaged gzip archive ({error}); get or pack the file anew"
        raise ReadingError(name, reason) from error
    except OSError as error:
        raise ReadingError(name, f"cannot be read: {error.strerror or error}") from error


def _opened(path: str) -> BinaryIO:
    return sys.stdin.buffer if path == "-" else Path(path).open("rb")


class _Line(NamedTuple):
    """One line of a table and its number, counted from 1."""

    number: int
    text: str


class _Counted(io.RawIOBase):
    """Bytes of a packed file as they are taken, and how many were."""

    def __init__(self, raw: BinaryIO) -> None:
        super().__init__()
        self._raw = raw
        self.taken = 0

    def read(self, size: int = -1, /) -> bytes:
        """Take up to `size` bytes."""
        content = self._raw.read(size)
        self.taken += len(content)
        return content


class _Lines:
    """The lines of a table as text; those that are none are left out."""

    def __init__(self, name: str, raw: BinaryIO, left_out: Callable[[Failure], None], progress: Progress) -> None:
        self.name = name
        self._raw = raw
        self._left_out = left_out
        self._progress = progress
        self._size = 0 if raw is sys.stdin.buffer else Path(name).stat().st_size

    def leave_out(self, line: int, reason: str) -> None:
        """Name a line that cannot be used."""
        self._left_out(Failure(f"{self.name}:{line}", STAGE, reason))

    def __iter__(self) -> Iterator[_Line]:
        """Give every line without its end."""
        head = self._raw.peek(2)[:2] if isinstance(self._raw, io.BufferedReader) else b""
        if head in WIDE:
            raise ReadingError(self.name, "not UTF-8 but UTF-16; save the table as UTF-8")
        if head != PACKED:
            yield from self._texts(self._raw, None)
            return
        counted = _Counted(self._raw)
        with gzip.GzipFile(fileobj=counted) as stream:
            yield from self._texts(stream, counted)

    def _texts(self, stream: BinaryIO | gzip.GzipFile, packed: _Counted | None) -> Iterator[_Line]:
        read, count = 0, 0
        while line := stream.readline(LONGEST + 1):
            count += 1
            read += len(line)
            if count % STEP == 0:
                self._measure(read, packed)
            if len(line) <= LONGEST:
                text = self._text(count, line)
                if text is not None:
                    yield _Line(count, text)
                continue
            self.leave_out(count, f"a line of more than {LONGEST // 1_000_000} MB; is this a table?")
            while line and not line.endswith(b"\n"):
                line = stream.readline(LONGEST)
                read += len(line)
                self._measure(read, packed)

    def _text(self, count: int, line: bytes) -> str | None:
        if b"\0" in line:
            self.leave_out(count, "NUL bytes, as in a binary file; write the row anew")
            return None
        try:
            return (line.removeprefix(MARK) if count == 1 else line).decode("utf-8").rstrip("\r\n")
        except UnicodeDecodeError:
            self.leave_out(count, "not UTF-8; save the table as UTF-8")
            return None

    def _measure(self, read: int, packed: _Counted | None) -> None:
        """Say how far it is, and stop at what swells without measure."""
        done = packed.taken if packed else read
        if self._size:
            self._progress.reach(done, self._size)
        if packed and explodes(read, done):
            raise ReadingError(
                self.name, f"packs {read:,} bytes in {done:,}, as only an archive made to exhaust does; unpack it"
            )


class _Header(NamedTuple):
    """Where the columns stand: their number, and what picks the known ones of a row."""

    width: int
    pick: Callable[[list[str]], tuple[str, ...]]


def _read(lines: _Lines) -> Iterator[Observation]:
    """Give the observation of every row that holds one."""
    header: _Header | None = None
    meanings: dict[tuple[str, str], Tolerance | str | None] = {}
    numbers: dict[str, bool] = {}
    for first, cells in _rows(lines):
        if header is None:
            header = _header(lines.name, first, cells)
            continue
        if len(cells) != header.width:
            lines.leave_out(first, f"{len(cells)} cells where the header has {header.width}; quote cells with commas")
            continue
        # A column that is missing stands last, and is empty.
        cells.append("")
        source, subject, attribute, value, within, period = header.pick(cells)
        meaning = meanings.get((within, period), "")
        if meaning == "":
            meaning = meanings.setdefault((within, period), _meaning(within.strip(), period.strip()))
        problem = _problem(source, subject, attribute, value)
        if problem or isinstance(meaning, str):
            lines.leave_out(first, problem or str(meaning))
        elif meaning is not None and not _is_number(value, numbers):
            lines.leave_out(first, f"value {_short(value)} is no number, which its tolerance asks for; write 1234.5")
        else:
            yield Observation(source, subject, attribute, value.strip() if meaning else value, meaning)
    if header is None:
        raise ReadingError(lines.name, f"empty; the first row names the columns {', '.join(REQUIRED)}")


def _rows(lines: _Lines) -> Iterator[tuple[int, list[str]]]:
    """Give the cells of every row that is not blank, with its first line."""
    source, again, held = iter(lines), deque[_Line](), list[_Line]()
    delimiter = ""
    while True:
        line = again.popleft() if again else next(source, None)
        if line is not None:
            delimiter = delimiter or max(DELIMITERS, key=line.text.count)
            if not held and '"' not in line.text:
                if line.text:
                    yield line.number, line.text.split(delimiter)
                continue
            held.append(line)
        if not held:
            return
        try:
            cells = next(csv.reader(["\n".join(one.text for one in held)], delimiter=delimiter, strict=True))
        except csv.Error as error:
            open_ = UNCLOSED in str(error)
            if open_ and line is not None and len(held) < TALLEST:
                continue
            reason = "a quotation mark that does not close" if open_ else str(error)
            lines.leave_out(held[0].number, f"{reason}; double the marks within a cell")
            again.extendleft(reversed(held[1:]))
        else:
            yield held[0].number, cells
        held = []


def _header(name: str, first: int, cells: list[str]) -> _Header:
    """Where the columns stand that the first row names."""
    names = [cell.strip().lower() for cell in cells]
    missing = [column for column in REQUIRED if column not in names]
    if missing:
        raise ReadingError(
            f"{name}:{first}",
            f"no column named {', '.join(missing)}; the first row names the columns {', '.join(REQUIRED)}, and "
            f"where there are any {', '.join(OPTIONAL)}",
        )
    twice = [column for column in (*REQUIRED, *OPTIONAL) if names.count(column) > 1]
    if twice:
        raise ReadingError(f"{name}:{first}", f"two columns named {twice[0]}; rename one")
    places = tuple(names.index(column) if column in names else -1 for column in (*REQUIRED, *OPTIONAL))
    return _Header(len(names), itemgetter(*places))


def _meaning(within: str, period: str) -> Tolerance | str | None:
    """What the cells for tolerance and period mean, or what is wrong with them."""
    if not within and not period:
        return None
    relative = within.endswith("%")
    amount = number((within[:-1] if relative else within).strip() or "0")
    if amount is None or amount < 0:
        return f"tolerance {_short(within)} cannot be read; write 10 or 1%, or leave it empty to compare texts"
    length = number(period or "0")
    if length is None or length < 0 or (period and not length):
        return f"period {_short(period)} cannot be read; write 1440 for minutes of the day, or leave it empty"
    if relative and length:
        return "a tolerance in percent on a circle means nothing; write it in the unit of the value"
    return Tolerance(amount / PERCENT if relative else amount, relative, length)


def _problem(source: str, subject: str, attribute: str, value: str) -> str:
    """Which cell is empty that must not be, as a sentence; "" where none is."""
    if source.strip() and subject.strip() and attribute.strip() and value.strip():
        return ""
    for name, cell in zip(REQUIRED, (source, subject, attribute, value), strict=True):
        if not cell or cell.isspace():
            return f"no {name}; fill the cell or drop the row"
    return ""


def _is_number(value: str, known: dict[str, bool]) -> bool:
    """Whether a value is a number; those seen are `known`."""
    found = known.get(value)
    if found is None:
        found = known[value] = number(value) is not None
    return found


def _short(cell: str) -> str:
    """A cell as a message may show it."""
    return repr(cell if len(cell) <= SHOWN else cell[:SHOWN] + "…")
