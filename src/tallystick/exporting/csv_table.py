r"""CSV: the records of one kind come in, one line a record goes out; and back again without loss.

The rules, by which `rows` reads what `write_kind` wrote:

- An empty cell holds nothing (null); in a column that always holds a text, the empty text.
- What a spreadsheet would take for a formula has an apostrophe before it, by the rule of `values.cells`. A text of
  nothing but apostrophes has one more, so that the empty text differs from nothing in a column that may hold nothing.
- Texts of a list are joined by " | "; a bar within one is "\|", a backslash "\\", and an empty one "\e".
- Lists of records are JSON.
"""

import csv
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO, TextIO

from tallystick.exporting.kinds import Kind, Record, as_fields, records_of
from tallystick.exporting.subject import Subject
from tallystick.exporting.tabular import Cells, Column, columns, values
from tallystick.model.stream import LedgerStream
from tallystick.values.cells import inert, told

__all__ = ["cell", "rows", "value", "write", "write_kind"]

MARK = "'"
QUOTED = re.compile(r'[",\r\n]')
WHOLE = re.compile(r"-?[0-9]+")
JOINT = " | "
ESCAPED = re.compile(r"\\([\\|e])")
ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=as_fields).encode
# Characters of one cell: a report has that many at most, a list of its claims less. `csv` refuses 131,073.
LONGEST = 1 << 30


def write(stream: LedgerStream, subject: Subject, out: BinaryIO) -> None:
    """Write the claims that count, each with its origin and its report."""
    write_kind(stream, subject, out, Kind.FIGURE)


def write_kind(stream: LedgerStream, subject: Subject, out: BinaryIO, kind: Kind) -> None:
    """Write the records of one kind."""
    del subject
    out.writelines(line.encode("utf-8", "backslashreplace") for line in _lines(records_of(stream, kind), kind))


def rows(stream: TextIO, kind: Kind) -> Iterator[list[Any]]:
    """Read what `write_kind` wrote: the values of each record under the columns of its kind, as `values` gives them.

    Args:
        stream: The file, opened with `newline=""`.
        kind: What it holds.

    Raises:
        ValueError: Where it is not such a file.
    """
    wanted = columns(kind)
    csv.field_size_limit(LONGEST)
    lines = csv.reader(stream, strict=True)
    if next(lines, None) != [column.name for column in wanted]:
        raise ValueError(f"the first line does not name the columns of the kind {kind}")
    for line in lines:
        yield [value(text, column) for text, column in zip(line, wanted, strict=True)]


def cell(value: Any, column: Column) -> str:
    """Give the text of one cell, not yet quoted."""
    if value is None:
        return ""
    match column.cells:
        case Cells.TEXT:
            return _inert(value) if value or column.nullable else ""
        case Cells.TEXTS:
            return _inert(JOINT.join(map(_bare, value))) if value else ""
        case Cells.TRUTH:
            return "true" if value else "false"
        case Cells.RECORDS:
            return ENCODE(value)
        case _:
            return str(value)


def _lines(found: Iterable[Record], kind: Kind) -> Iterator[str]:
    wanted = columns(kind)
    yield ",".join(column.name for column in wanted) + "\n"
    for record in found:
        named = Kind.FIGURE.value if kind is Kind.ALL else None
        yield _line(values(record, wanted), wanted, named)


def _line(found: Sequence[Any], wanted: Sequence[Column], named: str | None) -> str:
    texts = [cell(value, column) for value, column in zip(found, wanted, strict=True)]
    if named is not None:
        texts[0] = texts[0] or named
    return ",".join('"' + text.replace('"', '""') + '"' if QUOTED.search(text) else text for text in texts) + "\n"


def _inert(text: str) -> str:
    """Keep a spreadsheet from taking text of a hostile report for a formula."""
    return inert(text) if text.strip(MARK) else MARK + text


def _bare(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|") or "\\e"


def value(text: str, column: Column) -> Any:
    """Give the value of one cell, no longer quoted."""
    if column.cells is Cells.TEXTS:
        return () if not text else tuple(map(_whole, _active(text).split(JOINT)))
    if not text:
        return None if column.nullable or column.cells is not Cells.TEXT else ""
    match column.cells:
        case Cells.TEXT:
            return _active(text)
        case Cells.TRUTH:
            return {"true": True, "false": False}[text]
        case Cells.RECORDS:
            return json.loads(text)
        case _:
            return int(text) if WHOLE.fullmatch(text) else float(text)


def _active(text: str) -> str:
    return told(text) if text.strip(MARK) else text[1:]


def _whole(text: str) -> str:
    return ESCAPED.sub(lambda found: "" if found[1] == "e" else found[1], text)
