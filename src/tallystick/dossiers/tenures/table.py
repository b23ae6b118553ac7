"""Tenures as a table: a CSV file comes in, actors and tenures go out, or every problem with its line.

The columns are those of a spreadsheet that people keep by hand; the shape is that of FollowTheMoney's `Occupancy`.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO

from rapidfuzz.process import extractOne

from tallystick.dossiers.tenures.rows import COLUMNS, LONGEST, REQUIRED, Problem, Register, Row, check_row, register
from tallystick.errors import DossierError

__all__ = ["fields", "read_rows", "read_table"]

SEPARATOR = "|"
# What an end, a start or a death may be besides a date: open or not known.
OPEN = frozenset(("", "..", "open", "/..", "../"))
# First characters of a formula.
GUARDED = ("=", "+", "@")
# rapidfuzz ratio from which a misspelled column is worth suggesting, as for the keys of a dossier.
SIMILAR = 60
# Problems told of one file; more say that it is another kind of file.
MOST_PROBLEMS = 200


def read_table(content: bytes, name: str) -> Register:
    """Read a tenure table (UTF-8 CSV with a header).

    Args:
        content: The file.
        name: What it is called in messages.

    Raises:
        DossierError: Where the file is wrong; it names every problem with its line and column.
    """
    return register(read_rows(content, name))[0]


def read_rows(content: bytes, name: str) -> tuple[Row, ...]:
    """Read the rows of a tenure table, checked one by one and together.

    Raises:
        DossierError: Where the file is wrong; it names every problem with its line and column.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        problem = f"{line}: byte {error.start} is not UTF-8; save the file as CSV UTF-8"
        raise DossierError(name, (problem,)) from error
    problems: list[Problem] = []
    rows: list[Row] = []
    try:
        rows = [row for row in _rows(text, problems) if _checked(row, problems)]
    except csv.Error as error:
        problems.append(Problem(text.count("\n") + 1, f"not CSV: {error}"))
    problems += register(rows)[1]
    if problems:
        told = [str(problem) for problem in sorted(set(problems))]
        more = [f"{told[-1].partition(':')[0]}: and {len(told) - MOST_PROBLEMS:,} more"]
        raise DossierError(name, tuple(told[:MOST_PROBLEMS] + (more if len(told) > MOST_PROBLEMS else [])))
    return tuple(rows)


def _checked(row: Row, problems: list[Problem]) -> bool:
    """Whether nothing is wrong with a row by itself; what is wrong is added to `problems`."""
    found = tuple(check_row(row))
    problems += found
    return not found


def _rows(text: str, problems: list[Problem]) -> Iterator[Row]:
    """The rows that can be read; what cannot is added to `problems`."""
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    header = [cell.strip().lower() for cell in next(reader, [])]
    wrong = tuple(_check_header(header))
    problems += wrong
    if wrong:
        return
    before = reader.line_num
    for cells in reader:
        # A row is named by the line on which it begins; a cell in quotes may go over several.
        line, before = before + 1, reader.line_num
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            wanted = f"{len(cells)} cells, the header has {len(header)}; put text with a comma in quotes"
            problems.append(Problem(line, wanted))
            continue
        long = [column for column, cell in zip(header, cells, strict=True) if len(cell) > LONGEST]
        problems += [Problem(line, f"{column}: longer than {LONGEST:,} characters") for column in long]
        if not long:
            yield _row(line, dict(zip(header, cells, strict=True)))


def _check_header(header: Sequence[str]) -> Iterator[Problem]:
    if not any(header):
        yield Problem(1, f"the file is empty; the first line is {','.join(COLUMNS)}")
        return
    for column in dict.fromkeys(header):
        if header.count(column) > 1:
            yield Problem(1, f"{column or 'a column without a name'}: stands in the header twice")
        if column not in COLUMNS:
            near = extractOne(column, COLUMNS, score_cutoff=SIMILAR)
            hint = f"did you mean '{near[0]}'?" if near else f"known are {', '.join(COLUMNS)}"
            yield Problem(1, f"{column or 'a column without a name'}: unknown column; {hint}")
    for column in REQUIRED:
        if column not in header:
            yield Problem(1, f"{column}: the column is missing")


def _row(line: int, cells: Mapping[str, str]) -> Row:
    """A row of cells; line breaks inside a cell are spaces."""
    plain = {column: _bare(" ".join(cell.split())) for column, cell in cells.items()}
    listed = {
        column: tuple(
            dict.fromkeys(part for piece in plain.get(column, "").split(SEPARATOR) if (part := piece.strip()))
        )
        for column in ("variants", "office_variants")
    }
    dates = {column: plain.get(column, "") for column in ("start", "end", "died")}
    return Row(
        line=line,
        id=plain.get("id", ""),
        person=plain.get("person", ""),
        variants=listed["variants"],
        kind=plain.get("kind", "").lower() or "person",
        country=plain.get("country", "").upper(),
        office=plain.get("office", ""),
        office_variants=listed["office_variants"],
        organization=plain.get("organization", ""),
        start=None if dates["start"].lower() in OPEN else dates["start"],
        end=None if dates["end"].lower() in OPEN else dates["end"],
        died=None if dates["died"].lower() in OPEN else dates["died"],
        status=plain.get("status", "").lower(),
        citation=plain.get("citation", ""),
        checked=plain.get("checked", "").upper(),
    )


def _bare(cell: str) -> str:
    """A cell without the apostrophe that our own tables put before what a spreadsheet would take for a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in GUARDED else cell


def fields(row: Row) -> dict[str, object]:
    """Give the cells of a row by their columns, as a table is written; lists stay lists."""
    return {column: getattr(row, column) for column in COLUMNS}
