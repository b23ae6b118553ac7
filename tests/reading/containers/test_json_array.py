"""JSON files of many reports, or of one."""

import json
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.model.document import Failure
from tallystick.reading.containers import json_array as module
from tallystick.reading.containers.json_array import json_array
from tallystick.reading.received import Address, Received

REPORTS = [{"id": str(number), "text": f'Ten "men" [came], {{{number}}} \\ of them.'} for number in range(5)]


def found(content: bytes) -> list[Received | Address | Failure]:
    """What a JSON file holds."""
    return list(json_array(Received("a.json", BytesIO(content))))


def contents(content: bytes) -> list[bytes]:
    """The bytes of its reports; a failure is none."""
    return [one.stream.read() for one in found(content) if isinstance(one, Received)]


@pytest.mark.parametrize("indent", [None, 2])
def test_each_element_is_a_report_of_its_own_bytes(indent: int | None) -> None:
    """Brackets and quotation marks in a text part nothing; names count from 1."""
    content = json.dumps(REPORTS, indent=indent).encode()
    assert [json.loads(one) for one in contents(content)] == REPORTS
    assert all(one in content for one in contents(content))
    assert [one.name for one in found(content) if isinstance(one, Received)] == [f"a.json[{n}]" for n in range(1, 6)]


def test_the_list_within_an_object_is_read() -> None:
    """GDELT's articles have no text: they are addresses."""
    articles = [{"url": f"https://a.example/{n}", "title": "T", "seendate": "20250617T081500Z"} for n in range(3)]
    content = json.dumps({"articles": articles}).encode()
    assert [one.url for one in found(content) if isinstance(one, Address)] == [one["url"] for one in articles]


def test_one_object_over_many_lines_is_one_report() -> None:
    """It has the name of its file; a second one behind it has a number."""
    content = b"\xef\xbb\xbf" + json.dumps(REPORTS[0], indent=1).encode()
    (one,) = found(content)
    assert isinstance(one, Received)
    assert (one.name, json.loads(one.stream.read())) == ("a.json", REPORTS[0])
    names = [one.name for one in found(content + b"\n" + content) if isinstance(one, Received)]
    assert names == ["a.json", "a.json[2]"]


def test_what_was_read_before_a_file_breaks_off_is_kept() -> None:
    """The place is named."""
    *reports, last = found(json.dumps(REPORTS).encode()[:-20])
    assert len(reports) == 4
    assert isinstance(last, Failure)
    assert (last.document, "breaks off" in last.reason) == ("a.json[5]", True)


def test_an_empty_list_is_named() -> None:
    """No report is not silence."""
    (one,) = found(b" [ ] ")
    assert isinstance(one, Failure)


def test_an_element_that_is_too_large_is_named_and_the_next_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever brackets it opens."""
    monkeypatch.setattr(module, "LARGEST", 1_000)
    content = json.dumps([REPORTS[0], {"text": "[{" * 200_000}, REPORTS[1]]).encode()
    assert [isinstance(one, Failure) for one in found(content)] == [False, True, False]


def test_an_element_may_lie_on_the_edge_of_two_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also an escape whose second half comes with the next piece."""
    content = json.dumps(REPORTS).encode()
    whole = contents(content)
    for size in (*range(1, 40), 64, 101):
        monkeypatch.setattr(module, "PIECE", size)
        assert contents(content) == whole


def test_a_file_of_brackets_ends_soon() -> None:
    """Depth is counted, not followed."""
    (one,) = found(b"[" * 5_000_000)
    assert isinstance(one, Failure)


@given(st.text(alphabet='[]{}",:\\ \nab1é', max_size=60).map(str.encode) | st.binary(max_size=60))
def test_any_bytes_are_elements_or_failures_fuzz(content: bytes) -> None:
    """Every element is a part of the file."""
    for one in found(content):
        if isinstance(one, Received):
            assert one.stream.read() in content
