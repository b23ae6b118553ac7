"""Tables: each row a report or the address of one."""

import time
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.errors import ReadingError
from tallystick.model.document import Failure, PassageKind, Retrieved
from tallystick.reading.containers import csv_rows as module
from tallystick.reading.containers import json_lines
from tallystick.reading.containers.csv_rows import csv_rows
from tallystick.reading.received import Address, Received


def found(content: bytes) -> list[Retrieved | Address | Failure]:
    """What a table holds."""
    return list(csv_rows(Received("a.csv", BytesIO(content))))


def reports(content: bytes) -> list[Retrieved]:
    """Its reports."""
    return [one for one in found(content) if isinstance(one, Retrieved)]


def failures(content: bytes) -> list[tuple[str, str]]:
    """Place and reason of what cannot be read."""
    return [(one.document, one.reason) for one in found(content) if isinstance(one, Failure)]


def test_a_row_is_a_report_with_its_own_bytes_as_evidence() -> None:
    """A text in quotes may hold commas, quotation marks and lines; the name leads to the line where it starts."""
    content = b'Id,Title,Text,URL\r\n1,A,"Ten ""men"",\r\nthey say, came.",https://a.example\r\n2,B,Two left.,\r\n'
    first, second = reports(content)
    assert first.document.text == 'Ten "men",\r\nthey say, came.'
    assert (first.document.id, first.document.title, first.document.url) == ("1", "A", "https://a.example")
    assert first.original.content == b'1,A,"Ten ""men"",\r\nthey say, came.",https://a.example'
    assert first.original.media_type == "text/csv"
    assert (first.document.name, second.document.name) == ("a.csv:2", "a.csv:4")


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_mark_between_cells_is_told_by_the_header(mark: str) -> None:
    """A comma in a text of a table with semicolons is a comma."""
    content = f"title{mark}text\nA{mark}Ten men".encode()
    (report,) = reports(content)
    assert (report.document.title, report.document.text) == ("A", "Ten men")


def test_a_row_without_a_text_is_an_address() -> None:
    """With what the row says of it, in the words of its columns."""
    (one,) = found(b"url,title,publish_date,media_name\nhttps://a.example/1,T,6/17/2025,Harbor\n")
    assert isinstance(one, Address)
    assert (one.url, one.name) == ("https://a.example/1", "a.csv:2")
    assert [(detail.field, detail.how) for detail in one.details] == [
        ("title", "column title"), ("url", "column url"), ("outlet", "column media_name"),
    ]  # fmt: skip


def test_a_table_of_news_please_gives_body_and_standfirst() -> None:
    """The same names mean the same as in its JSON."""
    (report,) = reports(b"maintext,description,date_publish\nTen men came.,A day in Kursk,2025-06-17 08:15:00\n")
    assert report.document.text == "Ten men came.\n\nA day in Kursk"
    assert report.document.passages[-1].kind is PassageKind.STANDFIRST
    assert report.document.published == "2025-06-17T08:15:00"


@pytest.mark.parametrize(
    ("cells", "named"), [(61, {59: "20250617081500", 60: "https://a.example"}), (58, {56: "20250617", 57: "https://a.example"}),
                         (27, {1: "20250617081500", 4: "https://a.example"})]
)  # fmt: skip
def test_files_of_gdelt_without_a_header_are_told_by_their_width(cells: int, named: dict[int, str]) -> None:
    """The first row is a page too; a quotation mark there is a letter."""
    row = "\t".join(named.get(at, '"' if at == 2 else "") for at in range(cells))
    first, second = found(f"{row}\n{row}\n".encode())
    assert isinstance(first, Address)
    assert (first.url, first.name) == ("https://a.example", "a.csv:1")
    assert ("published", "2025-06-17") in [(one.field, one.value[:10]) for one in first.details]
    assert isinstance(second, Address)


def test_rows_of_a_spreadsheet_that_say_nothing_are_passed_over() -> None:
    """A title above the header, blank rows, rows of commas; a row too short lacks its last cells only."""
    content = b"\xef\xbb\xbfsep=,\nReports of June,,\n\ntext,title,url\n\nTen men came.\n,,\n  ,,\nTwo left.,B,,,,\n"
    assert [(one.document.text, one.document.name) for one in reports(content)] == [
        ("Ten men came.", "a.csv:6"), ("Two left.", "a.csv:9"),
    ]  # fmt: skip
    assert failures(content) == []


def test_a_row_that_cannot_be_read_does_not_stop_the_others() -> None:
    """Each is named with its line and the reason."""
    content = (
        b"text,title,published\nTen men, who came, left,A,2025\n,B,\nTwo\0left,C,\nThree left.,D,last week\nFour.,E,\n"
    )
    places = [(place, reason.split(";")[0]) for place, reason in failures(content)]
    assert places == [
        ("a.csv:2", "5 cells, but the header names 3"), ("a.csv:3", "no text in this row"),
        ("a.csv:4", "a binary file: NUL bytes in this line"),
        ("a.csv:5", "published 'last week' is not an ISO 8601 date"),
    ]  # fmt: skip
    assert [one.document.text for one in reports(content)] == ["Four."]


def test_a_quotation_mark_that_does_not_close_costs_one_row() -> None:
    """What it swallowed is read again."""
    content = b'text,title\nOne.,A\n"Two.,B\nThree.,C\nFour.,D\n'
    assert failures(content) == [("a.csv:3", "a quotation mark in this row does not close")]
    assert [one.document.name for one in reports(content)] == ["a.csv:2", "a.csv:4", "a.csv:5"]


def test_an_older_encoding_is_told() -> None:
    """By the first lines, or by a line of its own."""
    russian = "text,title\n" + "Пять тысяч строителей приедут в Курскую область летом этого года.,A\n" * 3
    assert reports(russian.encode("cp1251"))[0].document.text.startswith("Пять тысяч строителей")
    late = b"text,title\n" + b"Ten men came.,A\n" * 1_000 + "Deux hommes blessés à Orléans.,B\n".encode("cp1252")
    assert reports(late)[-1].document.text == "Deux hommes blessés à Orléans."


def test_a_line_beyond_the_limit_is_named_and_the_next_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also a row of many lines that together are beyond it."""
    for one in (module, json_lines):
        monkeypatch.setattr(one, "LARGEST", 1_000)
    content = b"text,title\n" + b"word " * 300 + b',A\nTen.,B\n"' + b"word\n" * 300 + b'x",C\nTwo.,D\n'
    (first, reason), (second, other) = failures(content)[:2]
    assert (first, second) == ("a.csv:2", "a.csv:4")
    assert "a line larger than" in reason
    assert "a row larger than" in other
    assert reports(content)[0].document.text == "Ten."


def test_a_table_without_a_known_column_is_named() -> None:
    """With what to do."""
    with pytest.raises(ReadingError, match="no column named 'text' or 'url'"):
        found(b"a,b,c\n1,2,3\n")


def test_quotation_marks_that_never_close_take_no_time_to_speak_of() -> None:
    """Going back is counted."""
    content = b"text,title\n" + b'"a""b,\n' * 30_000
    started = time.monotonic()
    found(content)
    found(b"text,title\n" + b'"a\nb",c,d,e,"\n' * 15_000)
    assert time.monotonic() - started < 60


@given(
    st.text(alphabet='a,;\t"\n\r\0é', max_size=80).map(lambda text: b"text,url\n" + text.encode())
    | st.binary(max_size=80).map(lambda rest: b"title\ttext\n" + rest)
    | st.binary(max_size=60)
)
def test_any_bytes_are_rows_or_failures_fuzz(content: bytes) -> None:
    """Each report's evidence is a part of the file."""
    try:
        rows = found(content)
    except ReadingError:
        return
    for one in rows:
        if isinstance(one, Retrieved):
            assert one.original.content in content
