"""Tables of observations as they come: rows become observations, bad ones are named, what is no table is refused."""

import gzip
from pathlib import Path

import pytest

from tallystick.cli.observations import observations
from tallystick.errors import ReadingError
from tallystick.model.document import Failure
from tallystick.model.observation import Observation, Tolerance
from tallystick.model.progress import Silent

HEADER = b"source,item,attribute,value,tolerance,period\n"


def read(path: Path) -> tuple[list[Observation], list[Failure]]:
    """The observations of a table and what is left out of it."""
    left_out: list[Failure] = []
    return list(observations(str(path), left_out.append, Silent())), left_out


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (b"z,x,n,soon,10,", "value 'soon' is no number, which its tolerance asks for"),
        (b"z,x,n,nan,10,", "value 'nan' is no number"),
        (b"z,x,n,7,ten,", "tolerance 'ten' cannot be read; write 10 or 1%"),
        (b"z,x,n,7,-1,", "tolerance '-1' cannot be read"),
        (b"z,x,n,7,1%,1440", "a tolerance in percent on a circle means nothing"),
        (b"z,x,n,7,1,day", "period 'day' cannot be read; write 1440"),
        (b"z,x,n,7,1,0", "period '0' cannot be read"),
        (b"z,x,n,7", "4 cells where the header has 6"),
        (b"z,x,n,7,,,,", "8 cells where the header has 6"),
        (b",x,n,7,,", "no source; fill the cell or drop the row"),
        (b"z,x,n, ,,", "no value; fill the cell or drop the row"),
        (b"z,x,n,7\0,,", "NUL bytes"),
        (b"z,x,n,\xff\xfe,,", "not UTF-8; save the table as UTF-8"),
        (b'"z,x,n,7,,', "a quotation mark that does not close"),
        (b"z,x,n," + b"7" * 1_000_001 + b",,", "a line of more than 1 MB"),
    ],
)
def test_a_bad_row_is_named_and_left_out(row: bytes, reason: str, tmp_path: Path) -> None:
    """The others come out, also those behind it."""
    path = tmp_path / "t.csv"
    path.write_bytes(HEADER + b"a,x,n,7,,\n" + row + b"\nb,y,n,8,,\n")
    found, left_out = read(path)
    assert [(one.subject, one.value) for one in found] == [("x", "7"), ("y", "8")]
    (failure,) = left_out
    assert failure.document == f"{path}:3"
    assert failure.reason.startswith(reason)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", ": empty; the first row names the columns source, item, attribute, value"),
        (b"source,item,value\na,x,7\n", ":1: no column named attribute"),
        (b"source,item,attribute,value,value\na,x,n,7,7\n", ":1: two columns named value"),
        (HEADER.decode().encode("utf-16"), ": not UTF-8 but UTF-16"),
        (gzip.compress(HEADER * 9, mtime=0)[:-20], ": a damaged gzip archive"),
        (b"\x1f\x8b" + b"x" * 50, ": a damaged gzip archive"),
    ],
)
def test_a_file_that_is_no_table_is_refused(content: bytes, reason: str, tmp_path: Path) -> None:
    """The message names the file, the line and what to do."""
    path = tmp_path / "t.csv"
    path.write_bytes(content)
    with pytest.raises(ReadingError) as error:
        read(path)
    assert str(error.value).startswith(f"{path}{reason}")


def test_an_archive_that_swells_without_measure_is_refused(tmp_path: Path) -> None:
    """A few hundred kilobytes that unpack to hundreds of megabytes."""
    path = tmp_path / "bomb.csv.gz"
    with gzip.open(path, "wb", compresslevel=6) as stream:
        stream.write(HEADER)
        for _ in range(150):
            stream.write(b"0" * 1_000_000)
    with pytest.raises(ReadingError, match="as only an archive made to exhaust does"):
        read(path)


def test_a_mark_that_never_closes_costs_one_row(tmp_path: Path) -> None:
    """However many rows stand behind it, they are read, and in little time."""
    path = tmp_path / "t.csv"
    path.write_bytes(HEADER + b'"a,x,n,7,,\n' + b"b,y,n,8,,\n" * 5_000)
    found, left_out = read(path)
    assert (len(found), [one.document for one in left_out]) == (5_000, [f"{path}:2"])


def test_tolerances_mean_units_shares_and_circles(tmp_path: Path) -> None:
    """A period alone compares numbers on its circle; neither compares texts."""
    path = tmp_path / "t.csv"
    path.write_bytes(HEADER + b"a,x,n,7,10,\na,x,n,7,1%,\na,x,n, 7 ,10,1440\na,x,n,7,,24\na,x,n,7,,\n")
    found, _ = read(path)
    assert [one.tolerance for one in found] == [
        Tolerance(10.0), Tolerance(0.01, relative=True), Tolerance(10.0, period=1440.0),
        Tolerance(0.0, period=24.0), None,
    ]  # fmt: skip
    assert {one.value for one in found} == {"7"}
