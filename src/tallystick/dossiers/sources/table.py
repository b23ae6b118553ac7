"""A source register as a table: a CSV file comes in, sources with their grades go out.

Where the file is wrong, every problem goes out with its line.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO

from rapidfuzz.process import extractOne

from tallystick.dossiers.sources.rows import COLUMNS, LISTED, REQUIRED, Problem, Row, check_row, register
from tallystick.errors import DossierError
from tallystick.model.dossier import Source

__all__ = ["read_table"]

SEPARATOR = "|"
# Longest text of one cell; the longest of the bundled register, a reason, has 150 characters.
LONGEST = 2_000
# The media registers of whole countries have some ten thousand outlets.
MOST_ROWS = 50_000
# rapidfuzz ratio from which a misspelled column is worth suggesting, as for the keys of a dossier.
SIMILAR = 60
# Problems told of one file; more say that it is another kind of file.
MOST_PROBLEMS = 200


def read_table(content: bytes, name: str) -> tuple[Source, ...]:
    """Read a source register (UTF-8 CSV with a header), sources in the order of their first rows.

    Args:
        content: The file.
        name: What it is called in messages.

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
    for row in _rows(text, problems):
        rows.append(row)
        problems += check_row(row)
    sources, contradictions = register(row for row in rows if row.source)
    problems += contradictions
    if problems:
        told = [str(problem) for problem in sorted(set(problems))]
        more = [f"{told[-1].partition(':')[0]}: and {len(told) - MOST_PROBLEMS:,} more"]
        raise DossierError(name, tuple(told[:MOST_PROBLEMS] + (more if len(told) > MOST_PROBLEMS else [])))
    return sources


def _rows(text: str, problems: list[Problem]) -> Iterator[Row]:
    """The rows that can be read; what cannot is added to `problems`."""
    lines = _lines(text, problems)
    header = [cell.strip().lower() for cell in next(lines, (1, []))[1]]
    wrong = tuple(_check_header(header))
    # What is no CSV at all has been told already.
    problems += wrong if header or not problems else ()
    if wrong:
        return
    for count, (line, cells) in enumerate(lines, start=1):
        if count > MOST_ROWS:
            problems.append(Problem(line, f"more than {MOST_ROWS:,} rows; divide the register into several files"))
            return
        if len(cells) != len(header):
            wanted = f"{len(cells)} cells, the header has {len(header)}; put text with a comma in quotes"
            problems.append(Problem(line, wanted))
            continue
        long = [column for column, cell in zip(header, cells, strict=True) if len(cell) > LONGEST]
        problems += [Problem(line, f"{column}: longer than {LONGEST:,} characters") for column in long]
        if not long:
            yield _row(line, dict(zip(header, cells, strict=True)))


def _lines(text: str, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    """The line on which each row begins, and its cells; rows of blanks are left out."""
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    before = 0
    try:
        for cells in reader:
            # A cell in quotes may go over several lines.
            line, before = before + 1, reader.line_num
            if line == 1 or any(cell.strip() for cell in cells):
                yield line, cells
    except csv.Error as error:
        problems.append(Problem(before + 1, f"not CSV: {error}"))


def _check_header(header: Sequence[str]) -> Iterator[Problem]:
    if not any(header):
        yield Problem(1, f"the file is empty; the first line is {','.join(COLUMNS)}")
        return
    for column in dict.fromkeys(header):
        called = column or "a column without a name"
        if header.count(column) > 1:
            yield Problem(1, f"{called}: stands in the header twice")
        if column not in COLUMNS:
            near = extractOne(column, COLUMNS, score_cutoff=SIMILAR)
            hint = f"did you mean '{near[0]}'?" if near else f"known are {', '.join(COLUMNS)}"
            yield Problem(1, f"{called}: unknown column; {hint}")
    for column in REQUIRED:
        if column not in header:
            yield Problem(1, f"{column}: the column is missing")


def _row(line: int, cells: Mapping[str, str]) -> Row:
    """A row of cells; line breaks inside a cell are spaces."""
    plain = {column: " ".join(cells.get(column, "").split()) for column in COLUMNS}
    aliases, hosts = (
        tuple(dict.fromkeys(part for piece in plain[column].split(SEPARATOR) if (part := piece.strip())))
        for column in LISTED
    )
    return Row(
        line=line,
        source=plain["source"],
        aliases=aliases,
        domains=tuple(dict.fromkeys(host.casefold().removeprefix("www.") for host in hosts)),
        kind=plain["kind"].lower(),
        owner=plain["owner"],
        state=plain["state"].upper(),
        family=plain["family"],
        topic=plain["topic"],
        role=plain["role"].lower(),
        letter=plain["letter"].upper(),
        since=plain["since"],
        by=plain["by"],
        reason=plain["reason"],
    )
