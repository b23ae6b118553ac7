"""Cells of tables: no formula gets into a spreadsheet, and every text comes back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.values.cells import inert, told


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("=1+1", "'=1+1"), ("+x", "'+x"), ("-x", "'-x"), ("@SUM(A1)", "'@SUM(A1)"), ("\tx", "'\tx"), ("-5", "-5"),
     ("\n=1", "'\n=1"),
     ("＝1+1", "'＝1+1"), ("+1,000.5", "+1,000.5"), ("-5+cmd|' /C calc'!A0", "'-5+cmd|' /C calc'!A0"),
     ("1e5", "1e5"), ("", ""), ("x=1", "x=1"), ("'90s", "'90s"), ("'=1", "''=1"), ("'-5", "'-5")],
)  # fmt: skip
def test_no_cell_is_a_formula(cell: str, expected: str) -> None:
    """A number stays one; only what would be a formula, or looks made inert, is touched."""
    assert inert(cell) == expected


@given(st.text(alphabet=st.one_of(st.sampled_from("'=+-@\t\r\n＝1.,e"), st.characters())))
def test_every_text_comes_back(text: str) -> None:
    """`told` undoes `inert`, and what is inert begins no formula."""
    cell = inert(text)
    assert told(cell) == text
    assert cell == text or cell[0] == "'"
