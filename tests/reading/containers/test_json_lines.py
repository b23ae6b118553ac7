"""Lines of JSON: reports, addresses, and what cannot be read."""

import io
import json
from io import BytesIO

import pytest

from tallystick.model.document import Detail, Failure, Sureness
from tallystick.reading.containers import json_lines as module
from tallystick.reading.containers.json_lines import json_lines
from tallystick.reading.received import Address, Kind, Received


def test_a_line_is_a_report_or_the_address_of_one() -> None:
    """A line of Media Cloud without its text names a page to fetch, with what is known of it."""
    known = (Detail("credit", "from a mail", "mail", Sureness.READ),)
    lines = [
        {"id": "a", "text": "Ten men came."},
        {"id": "b", "url": "https://a.example/1", "title": "T", "publish_date": "2025-06-17", "media_name": "Harbor"},
        {"id": "c", "url": "ftp://a.example/1", "title": "T"},
    ]
    stream = BytesIO("\n\n".join(map(json.dumps, lines)).encode())
    first, second, third = json_lines(Received("a.jsonl", stream, details=known))
    assert isinstance(first, Received)
    assert (first.name, first.kind, first.depth, first.stream.read()) == (
        "a.jsonl:1", Kind.JSON, 1, json.dumps(lines[0]).encode(),
    )  # fmt: skip
    assert isinstance(second, Address)
    assert (second.url, second.name) == ("https://a.example/1", "a.jsonl:3")
    assert [(one.field, one.value) for one in second.details] == [
        ("title", "T"), ("url", "https://a.example/1"), ("outlet", "Harbor"), ("published", "2025-06-17"),
        ("credit", "from a mail"),
    ]  # fmt: skip
    assert isinstance(third, Received)


class Endless(io.RawIOBase):
    """One line of so many bytes, then a report; it remembers how much was asked for at once."""

    def __init__(self, size: int) -> None:
        self.left = size
        self.most = 0

    def readable(self) -> bool:
        """Yes."""
        return True

    def readline(self, size: int | None = -1, /) -> bytes:
        """Part of the line, then its end and the report behind it."""
        self.most = max(self.most, size or 0)
        if self.left > 0:
            part = min(self.left, size or 0)
            self.left -= part
            return b"x" * part if self.left else b"x" * (part - 1) + b"\n"
        self.left -= 1
        return b'{"text": "Ten."}' if self.left == -1 else b""


def test_a_line_of_200_mb_is_named_and_the_next_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is never held whole."""
    monkeypatch.setattr(module, "LARGEST", 1_000_000)
    stream = Endless(200_000_000)
    first, second = json_lines(Received("a.jsonl", stream))  # type: ignore[arg-type]
    assert isinstance(first, Failure)
    assert "larger than" in first.reason
    assert isinstance(second, Received)
    assert second.name == "a.jsonl:2"
    assert stream.most <= 1_000_001
