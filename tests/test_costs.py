"""What a month of archives costs, as `docs/scale.md` shows it and `benchmarks.costs` reckons it."""

from dataclasses import replace
from pathlib import Path

from benchmarks.costs import MEASURED, MONTH, table, taken

PAGE = Path(__file__).resolve().parents[1] / "docs" / "scale.md"


def test_the_page_shows_what_is_reckoned() -> None:
    """The table of 1, 10 and 100 machines."""
    assert table() in PAGE.read_text(encoding="utf-8")


def test_more_machines_read_faster_and_join_no_faster() -> None:
    """Reading is shared by all, the largest block by the cores of one machine, the join is one process's."""
    one, ten, more = (taken(MONTH, machines) for machines in (1, 10, 100))
    assert ten.reading * 10 == one.reading
    assert ten.joining == one.joining
    largest = MEASURED.derive * (MONTH.pages * MONTH.bearing * MONTH.block / 1000) ** MEASURED.growth
    assert one.deriving >= largest
    assert ten.deriving == more.deriving == largest / MEASURED.hands


def test_a_narrow_line_is_what_one_waits_for() -> None:
    """Fetching runs beside reading: the longer of both counts."""
    narrow = taken(MONTH, 1, replace(MEASURED, line=1.0))
    assert narrow.whole == narrow.fetching + narrow.joining + narrow.deriving
