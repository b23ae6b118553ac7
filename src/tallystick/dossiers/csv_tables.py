"""Tables that people keep by hand: the bytes of a CSV file come in, its rows by column and every problem go out.

Each problem has the line of the file on which its row begins; a cell in quotes may go over several.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from io import StringIO
from typing import NamedTuple

from rapidfuzz.process import extractOne

from tallystick.errors import DossierError

__all__ = ["Columns", "Problem", "is_edtf", "listed", "refuse", "rows", "text_of"]

SEPARATOR = "|"
# rapidfuzz ratio from which a misspelled column is worth suggesting, as for the keys of a dossier.
SIMILAR = 60
# Problems told of one file; more say that it is another kind of file.
MOST_PROBLEMS = 200
DATE = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?[?~%]?")
FULL_DAY = 10


class Problem(NamedTuple):
    """What is wrong in a line of a file."""

    line: int
    sentence: str

    def __str__(self) -> str:
        """The line, then the sentence, as `DossierError` takes it."""
        return f"{self.line}: {self.sentence}"


class Columns(NamedTuple):
    """What a table must look like.

    Attributes:
        known: Its columns.
        required: Those that it cannot lack.
        longest: Characters of its longest cell.
        most: Rows that it has at most.
    """

    known: Sequence[str]
    required: Sequence[str]
    longest: int
    most: int


def text_of(content: bytes, name: str) -> str:
    """Give the text of a file in UTF-8.

    Raises:
        DossierError: Where it is in another code page.
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        problem = f"{line}: byte {error.start} is not UTF-8; save the file as CSV UTF-8"
        raise DossierError(name, (problem,)) from error


def rows(text: str, columns: Columns, problems: list[Problem]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the line and the cells of each row that can be read; what cannot is added to `problems`.

    Cells are on one line each, without blanks around them; columns that the header lacks are empty.
    """
    lines = _lines(text, problems)
    header = [cell.strip().lower() for cell in next(lines, (1, []))[1]]
    wrong = tuple(_check_header(header, columns))
    # What is no CSV at all has been told already.
    problems += wrong if header or not problems else ()
    if wrong:
        return
    for count, (line, cells) in enumerate(lines, start=1):
        if count > columns.most:
            problems.append(Problem(line, f"more than {columns.most:,} rows; divide the table into several files"))
            return
        if len(cells) != len(header):
            wanted = f"{len(cells)} cells, the header has {len(header)}; put text with a comma in quotes"
            problems.append(Problem(line, wanted))
            continue
        long = [column for column, cell in zip(header, cells, strict=True) if len(cell) > columns.longest]
        problems += [Problem(line, f"{column}: longer than {columns.longest:,} characters") for column in long]
        if not long:
            held = {column: " ".join(cell.split()) for column, cell in zip(header, cells, strict=True)}
            yield line, dict.fromkeys(columns.known, "") | held


def listed(cell: str) -> tuple[str, ...]:
    """Give the entries of a cell that holds several, each once."""
    return tuple(dict.fromkeys(part for piece in cell.split(SEPARATOR) if (part := piece.strip())))


def refuse(name: str, problems: Iterable[Problem]) -> None:
    """Raise where there are problems.

    Raises:
        DossierError: It names the first two hundred, in order of lines.
    """
    told = [str(problem) for problem in sorted(set(problems))]
    if told:
        more = [f"{told[-1].partition(':')[0]}: and {len(told) - MOST_PROBLEMS:,} more"]
        raise DossierError(name, tuple(told[:MOST_PROBLEMS] + (more if len(told) > MOST_PROBLEMS else [])))


def is_edtf(written: str) -> bool:
    """Tell whether an EDTF year, month or day, which may be uncertain, is one of the calendar."""
    bare = written.rstrip("?~%")
    if not DATE.fullmatch(written):
        return False
    try:
        date.fromisoformat(bare + "-01-01"[len(bare) - 4 :] if len(bare) < FULL_DAY else bare)
    except ValueError:
        return False
    return True


def _lines(text: str, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    """The line on which each row begins, and its cells; rows of blanks are left out."""
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    before = 0
    try:
        for cells in reader:
            line, before = before + 1, reader.line_num
            if line == 1 or any(cell.strip() for cell in cells):
                yield line, cells
    except csv.Error as error:
        problems.append(Problem(before + 1, f"not CSV: {error}"))


def _check_header(header: Sequence[str], columns: Columns) -> Iterator[Problem]:
    if not any(header):
        yield Problem(1, f"the file is empty; the first line is {','.join(columns.known)}")
        return
    for column in dict.fromkeys(header):
        called = column or "a column without a name"
        if header.count(column) > 1:
            yield Problem(1, f"{called}: stands in the header twice")
        if column not in columns.known:
            near = extractOne(column, columns.known, score_cutoff=SIMILAR)
            hint = f"did you mean '{near[0]}'?" if near else f"known are {', '.join(columns.known)}"
            yield Problem(1, f"{called}: unknown column; {hint}")
    for column in columns.required:
        if column not in header:
            yield Problem(1, f"{column}: the column is missing")
