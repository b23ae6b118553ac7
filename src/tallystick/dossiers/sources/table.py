"""A source register as a table: a CSV file comes in, sources with their grades go out.

Where the file is wrong, every problem goes out with its line.
"""

from collections.abc import Mapping

from tallystick.dossiers.csv_tables import Columns, Problem, listed, refuse, rows, text_of
from tallystick.dossiers.sources.rows import COLUMNS, LISTED, REQUIRED, Row, check_row, register
from tallystick.model.dossier import Source

__all__ = ["read_table"]

# The longest text of one cell, 2,000 characters: the longest of the bundled register, a reason, has 150. The media
# registers of whole countries have some ten thousand outlets.
LAYOUT = Columns(COLUMNS, REQUIRED, longest=2_000, most=50_000)


def read_table(content: bytes, name: str) -> tuple[Source, ...]:
    """Read a source register (UTF-8 CSV with a header), sources in the order of their first rows.

    Args:
        content: The file.
        name: What it is called in messages.

    Raises:
        DossierError: Where the file is wrong; it names every problem with its line and column.
    """
    problems: list[Problem] = []
    held: list[Row] = []
    for line, cells in rows(text_of(content, name), LAYOUT, problems):
        row = _row(line, cells)
        held.append(row)
        problems += check_row(row)
    sources, contradictions = register(row for row in held if row.source)
    refuse(name, (*problems, *contradictions))
    return sources


def _row(line: int, plain: Mapping[str, str]) -> Row:
    """A row of cells."""
    aliases, hosts = (listed(plain[column]) for column in LISTED)
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
