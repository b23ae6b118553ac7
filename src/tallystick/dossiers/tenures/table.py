"""Tenures as a table: a CSV file comes in, actors and tenures go out, or every problem with its line.

The columns are those of a spreadsheet that people keep by hand; the shape is that of FollowTheMoney's `Occupancy`.
"""

from collections.abc import Mapping

from tallystick.dossiers.csv_tables import Columns, Problem, listed, refuse, rows, text_of
from tallystick.dossiers.tenures.rows import COLUMNS, LONGEST, REQUIRED, Register, Row, check_row, register

__all__ = ["fields", "read_rows", "read_table"]

# What an end, a start or a death may be besides a date: open or not known.
OPEN = frozenset(("", "..", "open", "/..", "../"))
# First characters of a formula.
GUARDED = ("=", "+", "@")
# A state's politicians of a century are some 20,000.
LAYOUT = Columns(COLUMNS, REQUIRED, LONGEST, most=50_000)


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
    problems: list[Problem] = []
    found = (_row(line, cells) for line, cells in rows(text_of(content, name), LAYOUT, problems))
    held = [row for row in found if _checked(row, problems)]
    refuse(name, (*problems, *register(held)[1]))
    return tuple(held)


def _checked(row: Row, problems: list[Problem]) -> bool:
    """Whether nothing is wrong with a row by itself; what is wrong is added to `problems`."""
    found = tuple(check_row(row))
    problems += found
    return not found


def _row(line: int, cells: Mapping[str, str]) -> Row:
    """A row of cells."""
    plain = {column: _bare(cell) for column, cell in cells.items()}
    dates = {column: plain[column] for column in ("start", "end", "died")}
    return Row(
        line=line,
        id=plain["id"],
        person=plain["person"],
        variants=listed(plain["variants"]),
        kind=plain["kind"].lower() or "person",
        country=plain["country"].upper(),
        office=plain["office"],
        office_variants=listed(plain["office_variants"]),
        organization=plain["organization"],
        start=None if dates["start"].lower() in OPEN else dates["start"],
        end=None if dates["end"].lower() in OPEN else dates["end"],
        died=None if dates["died"].lower() in OPEN else dates["died"],
        status=plain["status"].lower(),
        citation=plain["citation"],
        checked=plain["checked"].upper(),
    )


def _bare(cell: str) -> str:
    """A cell without the apostrophe that our own tables put before what a spreadsheet would take for a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in GUARDED else cell


def fields(row: Row) -> dict[str, object]:
    """Give the cells of a row by their columns, as a table is written; lists stay lists."""
    return {column: getattr(row, column) for column in COLUMNS}
