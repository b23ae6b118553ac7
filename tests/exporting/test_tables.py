"""CSV and Parquet: what is read back is what was written, and no cell is a formula."""

import csv
import io
import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factory import claim, document
from tallystick.dossiers.loading import load
from tallystick.exporting import csv_table, parquet
from tallystick.exporting.kinds import Kind, records_of
from tallystick.exporting.subject import Subject
from tallystick.exporting.tabular import Cells, Column, columns, values
from tallystick.model.ledger import Ledger
from tallystick.model.lineage import Lineage
from tallystick.model.stream import Streamed
from tallystick.pipeline import run
from tallystick.sample import reports

SUBJECT = Subject(load("general"), "0.1.0", "2026-03-01T10:00:00Z", "ab")
HOSTILE = ("=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "-2+3", "\t=1", "'=1", "''", "'", "", "＝1+1", 'a"b', "a\rb",
           "a\nb", "a | b", "\\", "\\|", "|", "\\e", " ", "x,y", "\x00", "\u202e=1", "5", "-5", "true")  # fmt: skip
ACTIVE = "=+-@\t\r\n＝＋－＠"
TEXT = Column("t", ("t",), Cells.TEXT, nullable=True)
SURE_TEXT = Column("t", ("t",), Cells.TEXT, nullable=False)
TEXTS = Column("t", ("t",), Cells.TEXTS, nullable=False)
texts = st.text() | st.sampled_from(HOSTILE)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    """The sample."""
    with reports() as folder:
        return run([folder], tmp_path_factory.mktemp("sample") / "case", "dprk-russia").ledger


@pytest.fixture(params=list(Kind))
def kind(request: pytest.FixtureRequest) -> Kind:
    """Each kind of record."""
    return Kind(request.param)


def rows(ledger: Ledger, kind: Kind) -> list[list[Any]]:
    """What should be read back: records in lists as JSON has them."""
    wanted = columns(kind)
    found = [values(record, wanted) for record in records_of(Streamed(ledger), kind)]
    for row in found:
        for place, column in enumerate(wanted):
            if column.cells is Cells.RECORDS and row[place] is not None:
                row[place] = [json.loads(json.dumps(asdict(one))) for one in row[place]]
        if kind is Kind.ALL:
            row[0] = row[0] or "figure"
    return found


def test_csv_reads_back_equal(ledger: Ledger, kind: Kind) -> None:
    """Every value of every kind, with its type."""
    out = io.BytesIO()
    csv_table.write_kind(Streamed(ledger), SUBJECT, out, kind)
    assert list(csv_table.rows(io.StringIO(out.getvalue().decode(), newline=""), kind)) == rows(ledger, kind)


def test_parquet_reads_back_equal(ledger: Ledger, kind: Kind) -> None:
    """Every value of every kind; lists are lists, the version and the dossier stand in the file."""
    out = io.BytesIO()
    parquet.write_kind(Streamed(ledger), SUBJECT, out, kind)
    table = pq.read_table(io.BytesIO(out.getvalue()))
    wanted = columns(kind)
    assert table.column_names == [column.name for column in wanted]
    found = [
        [tuple(one) if column.cells is Cells.TEXTS and one is not None else one for one in table[place].to_pylist()]
        for place, column in enumerate(wanted)
    ]
    expected = rows(ledger, kind)
    for row in expected:
        for place, column in enumerate(wanted):
            if column.cells is Cells.RECORDS and row[place] is not None:
                row[place] = [_flat(one) for one in row[place]]
    assert [list(row) for row in zip(*found, strict=True)] == expected
    told = table.schema.metadata
    assert told[b"tallystick.version"] == b"0.1.0"
    assert (told[b"tallystick.dossier"], told[b"tallystick.dossier_sha256"]) == (b"general", b"ab")


def _flat(record: dict[str, Any]) -> dict[str, Any]:
    """A record as a struct has it: what is a record within it is fields of it."""
    flat: dict[str, Any] = {}
    for name, value in record.items():
        flat.update(
            {f"{name}_{part}": one for part, one in value.items()} if isinstance(value, dict) else {name: value}
        )
    return flat


def test_parquet_is_the_same_every_time_and_in_portions(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two exports have equal bytes; a large one has several groups of rows."""
    monkeypatch.setattr(parquet, "GROUP", 20)
    first, second = io.BytesIO(), io.BytesIO()
    for out in (first, second):
        parquet.write(Streamed(ledger), SUBJECT, out)
    assert first.getvalue() == second.getvalue()
    groups = pq.ParquetFile(io.BytesIO(first.getvalue())).metadata.num_row_groups
    assert groups == -(-len(ledger.claims) // 20)


def test_a_figure_beyond_every_number_is_infinite_in_parquet() -> None:
    """A report may write any number of digits; a table of doubles has an end."""
    report = document("Kim said 5 came.")
    found = replace(claim(report, "5"), low=10**400, high=-(10**400))
    out = io.BytesIO()
    parquet.write(Streamed(Ledger((report,), (found,), Lineage((), ()), (), ())), SUBJECT, out)
    table = pq.read_table(io.BytesIO(out.getvalue()))
    assert (table["low"].to_pylist(), table["high"].to_pylist()) == ([float("inf")], [float("-inf")])


@given(st.none() | texts)
def test_a_cell_of_text_comes_back(text: str | None) -> None:
    """Whatever it holds; nothing and the empty text are two things."""
    cell = csv_table.cell(text, TEXT)
    assert csv_table.value(cell, TEXT) == text
    if text is not None:
        assert csv_table.value(csv_table.cell(text, SURE_TEXT), SURE_TEXT) == text


@given(st.lists(texts).map(tuple))
def test_a_cell_of_a_list_comes_back(found: tuple[str, ...]) -> None:
    """Whatever stands in its members, their joint too."""
    assert csv_table.value(csv_table.cell(found, TEXTS), TEXTS) == found


@given(texts)
def test_no_cell_is_a_formula(text: str) -> None:
    """It begins with nothing that a spreadsheet takes for one, unless it is a number."""
    for cell in (csv_table.cell(text, TEXT), csv_table.cell((text,), TEXTS)):
        assert cell[:1] not in ACTIVE or not cell or cell.lstrip("+-").replace(".", "").replace(",", "")[0].isdigit()


@settings(max_examples=200, deadline=None)
@given(st.lists(texts, min_size=3, max_size=3), st.integers(-(2**100), 2**100), st.floats(allow_nan=False))
def test_hostile_claims_come_back(found: list[str], low: int, high: float) -> None:
    """Quotation marks, line ends, NUL, commas and figures of any size, through the file."""
    report = document("Kim said 5 came.", title=found[0], outlet=found[1], published="2025")
    made = replace(claim(report, "5", speaker=found[2], counted=found[0] or None), low=low, high=high, prefix=found[1])
    ledger = Ledger((report,), (made,), Lineage((), ()), (), ())
    out = io.BytesIO()
    csv_table.write(Streamed(ledger), SUBJECT, out)
    assert list(csv_table.rows(io.StringIO(out.getvalue().decode(), newline=""), Kind.FIGURE)) == rows(
        ledger, Kind.FIGURE
    )


def test_another_table_is_named() -> None:
    """The reader reads what the writer wrote, and nothing else."""
    with pytest.raises(ValueError, match="first line"):
        list(csv_table.rows(io.StringIO("a,b\n1,2\n"), Kind.FIGURE))


def test_the_columns_that_there_were_stay_in_their_places() -> None:
    """Further ones come behind: whoever counts columns goes on."""
    names = [column.name for column in columns(Kind.FIGURE)]
    assert (
        names[:24]
        == (
            "id document start end figure low high bound unit counted category origin place status aspect measure"
            " speaker via when quote prefix suffix grounds stated"
        ).split()
    )
    assert names[24] == "traced_to"
    assert [column.name for column in columns(Kind.FACT)] == (
        "kind id document slot value start end status speaker via stated quote prefix suffix grounds"
    ).split()


def test_what_other_programs_make_of_it_is_the_same(ledger: Ledger) -> None:
    """Python's own reader finds as many lines and columns."""
    out = io.BytesIO()
    csv_table.write(Streamed(ledger), SUBJECT, out)
    found = list(csv.reader(io.StringIO(out.getvalue().decode(), newline="")))
    assert {len(row) for row in found} == {len(columns(Kind.FIGURE))}
    assert len(found) == len(ledger.claims) + 1


def test_parquet_goes_into_a_pipe(ledger: Ledger, tmp_path: Path) -> None:
    """Nothing is sought in what cannot be."""

    class Pipe(io.RawIOBase):
        """A stream that only takes."""

        def __init__(self) -> None:
            self.taken = b""

        def writable(self) -> bool:
            return True

        def write(self, content: Any) -> int:
            self.taken += bytes(content)
            return len(content)

    pipe, file = Pipe(), tmp_path / "claims.parquet"
    parquet.write(Streamed(ledger), SUBJECT, pipe)  # type: ignore[arg-type]
    with file.open("wb") as out:
        parquet.write(Streamed(ledger), SUBJECT, out)
    assert pipe.taken == file.read_bytes()
