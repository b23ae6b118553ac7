"""Cells of tables that spreadsheets open: text of a hostile report comes in, no formula goes out; and back again.

A spreadsheet takes a cell for a formula by its first character; an apostrophe in front of it keeps it text.
"""

import re

__all__ = ["inert", "told"]

# What makes a spreadsheet take a cell for a formula, or hide that it does; the wide forms do so in Japanese ones.
STARTS = frozenset("=+-@\t\r\n＝＋－＠")
MARK = "'"
_NUMBER = re.compile(r"[+-]?[0-9][0-9.,]*(e[+-]?[0-9]+)?", re.IGNORECASE)


def inert(cell: str) -> str:
    """Keep a spreadsheet from taking a cell for a formula; a number stays one.

    A text that looks as if it had been made inert gets a further apostrophe, so that `told` gives every text back.
    """
    return MARK + cell if _needs_mark(cell) else cell


def told(cell: str) -> str:
    """Give the text that `inert` made this cell of."""
    return cell[1:] if cell.startswith(MARK) and _needs_mark(cell) else cell


def _needs_mark(cell: str) -> bool:
    text = cell.lstrip(MARK)
    return text[:1] in STARTS and not _NUMBER.fullmatch(text)
