"""Web archives: pages come out with how they were received; what is no page, not wanted or broken is told."""

import gzip
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from fastwarc.stream_io import Lz4Writer, ZstdWriter
from hypothesis import given
from hypothesis import strategies as st

from tallystick.errors import ReadingError
from tallystick.model.document import Failure, Retrieved
from tallystick.reading.containers import warc as module
from tallystick.reading.containers.warc import NO_TERM, warc
from tallystick.reading.reading import read
from tallystick.reading.received import LeftOut, Received

TEXT = (
    "The harbor office counted {} barges on Monday, and its clerk said that the figure would be checked again by noon."
)
PAGE = "<html><head><title>Barges</title></head><body><article><p>{}</p><p>{}</p></article></body></html>"


def page(count: int) -> bytes:
    """A page with one figure."""
    return PAGE.format(TEXT.format(count), TEXT.format(count + 1)).encode()


def archive(*answers: tuple[str, str, bytes], packed: bool = True, status: str = "200 OK") -> bytes:
    """A WARC of answers, each an address, extra header lines and a body."""
    records = []
    for number, (url, lines, body) in enumerate(answers):
        extra = "".join(f"{line}\r\n" for line in lines.split("\n"))
        block = f"HTTP/1.1 {status}\r\n{extra}\r\n".encode() + body
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2025-06-18T10:20:30Z\r\n"
            f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012d}>\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
        )
        record = head.encode() + block + b"\r\n\r\n"
        records.append(gzip.compress(record) if packed else record)
    return b"".join(records)


def reports(path: Path) -> list[Retrieved]:
    """The reports of an archive; a failure is none."""
    found = list(read([path]))
    assert not [one for one in found if isinstance(one, Failure)]
    return [one for one in found if isinstance(one, Retrieved)]


@pytest.mark.parametrize("packed", [True, False])
def test_a_page_comes_with_its_address_and_how_it_was_received(packed: bool, tmp_path: Path) -> None:
    """The payload is the evidence; address, time, status and headers are those of the record."""
    path = tmp_path / "crawl.bin"
    path.write_bytes(archive(("https://a.example/1", "Content-Type: text/html", page(41)), packed=packed))
    (found,) = reports(path)
    assert found.original.content == page(41)
    assert found.document.url == "https://a.example/1"
    assert found.document.name == f"{path}:1"
    retrieval = found.original.retrieval
    assert retrieval is not None
    assert (retrieval.url, retrieval.retrieved, retrieval.status) == (
        "https://a.example/1",
        "2025-06-18T10:20:30Z",
        200,
    )
    assert ("Content-Type", "text/html") in retrieval.headers


@pytest.mark.parametrize("packer", [ZstdWriter, Lz4Writer])
def test_other_packings_are_told_by_their_bytes(packer: type[ZstdWriter] | type[Lz4Writer], tmp_path: Path) -> None:
    """Crawlers pack with Zstandard and LZ4 too."""
    path = tmp_path / "crawl"
    with path.open("wb") as stream:
        writer = packer(stream)
        writer.write(archive(("https://a.example/1", "Content-Type: text/html", page(41)), packed=False))
        writer.close()
    (found,) = reports(path)
    assert found.original.content == page(41)


def test_one_text_under_two_addresses_is_two_reports(tmp_path: Path) -> None:
    """A copy under another masthead must not vanish before it can be traced."""
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(archive(*((f"https://{host}.example/1", "Content-Type: text/html", page(7)) for host in "ab")))
    first, second = reports(path)
    assert first.document.id != second.document.id
    assert first.document.sha256 == second.document.sha256


def test_packed_and_chunked_answers_are_unpacked(tmp_path: Path) -> None:
    """What the server did for the way is no part of the page."""
    body = page(12)
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(
        archive(
            ("https://a.example/1", "Content-Type: text/html\nContent-Encoding: gzip", gzip.compress(body)),
            ("https://a.example/2", "Content-Type: text/html\nTransfer-Encoding: chunked", chunked),
        )
    )
    assert [found.original.content for found in reports(path)] == [body, body]


def test_what_is_no_report_is_left_out_with_the_reason() -> None:
    """Pictures and missing pages are counted, not named one by one."""
    content = archive(("https://a.example/p", "Content-Type: image/png", b"\x89PNG"), packed=False)
    content += archive(
        ("https://a.example/x", "Content-Type: text/html", page(3)), packed=False, status="404 Not Found"
    )
    found = list(warc(Received("a.warc", BytesIO(content)), None))
    assert [type(one) for one in found] == [LeftOut, LeftOut]


def test_a_page_without_a_term_is_never_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only its bytes are looked at."""
    content = archive(
        *((f"https://a.example/{count}", "Content-Type: text/html", page(count)) for count in (10, 20, 30))
    )
    monkeypatch.setattr(module, "_received", lambda *given: given[-1])
    found = list(warc(Received("a.warc.gz", BytesIO(content)), lambda page: b"counted 20 barges" in page))
    assert [one.reason if isinstance(one, LeftOut) else "page" for one in found] == [NO_TERM, "page", NO_TERM]


def test_an_archive_that_breaks_off_gives_what_came_before() -> None:
    """Its last page is lost and the break is named."""
    content = archive(*((f"https://a.example/{count}", "Content-Type: text/html", page(count)) for count in (1, 2, 3)))
    found = list(warc(Received("a.warc.gz", BytesIO(content[:-30])), None))
    assert isinstance(found[0], Received)
    assert isinstance(found[1], Received)
    assert any(isinstance(one, Failure) for one in found)


def test_a_length_that_lies_costs_one_page() -> None:
    """The record says that it is larger than the archive."""
    content = archive(("https://a.example/1", "Content-Type: text/html", page(1)), packed=False)
    content = content.replace(b"Content-Length: ", b"Content-Length: 99999", 1)
    found = list(warc(Received("a.warc", BytesIO(content)), None))
    assert len(found) <= 2


def test_an_archive_that_explodes_is_refused() -> None:
    """A thousand records of zeros, each small enough, are a bomb together."""
    zeros = archive(("https://a.example/0", "Content-Type: text/html", bytes(2_000_000)))
    with pytest.raises(ReadingError, match="bomb"):
        list(warc(Received("a.warc.gz", BytesIO(zeros * 60)), lambda page: page == b""))


def test_no_page_at_all_is_named() -> None:
    """A file that only begins like an archive."""
    (failure,) = warc(Received("a.warc", BytesIO(b"WARC/1.0\r\n\r\n")), None)
    assert isinstance(failure, Failure)


@given(st.binary(max_size=400), st.integers(0, 1_500))
def test_fuzz_no_bytes_break_the_reader_of_archives(noise: bytes, at: int) -> None:
    """Noise in an archive gives failures, never an error of another kind."""
    content = archive(("https://a.example/1", "Content-Type: text/html", page(1)), packed=at % 2 == 0)
    content = content[:at] + noise + content[at + len(noise) :]
    try:
        list(warc(Received("a.warc", BytesIO(content)), None))
    except ReadingError:
        return


@pytest.mark.parametrize("line", ["Transfer-Encoding: chunked", "Content-Encoding: gzip", "Content-Encoding: br"])
def test_a_header_of_an_encoding_that_is_off_already_costs_no_page(line: str, tmp_path: Path) -> None:
    """Crawlers keep decoded payloads under the headers that the server sent; this page and the next are read."""
    path = tmp_path / "crawl.warc.gz"
    lines = f"Content-Type: text/html\n{line}"
    path.write_bytes(archive(("https://a.example/1", lines, page(41)), ("https://a.example/2", lines, page(43))))
    assert [found.original.content for found in reports(path)] == [page(41), page(43)]


@pytest.mark.parametrize(("name", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress)])
def test_a_term_in_an_encoded_page_is_found(name: str, pack: Callable[[bytes], bytes]) -> None:
    """What is packed is unpacked before it is looked through."""
    lines = f"Content-Type: text/html\nContent-Encoding: {name}"
    content = archive(("https://a.example/1", lines, pack(page(41))))
    (found,) = warc(Received("a", BytesIO(content)), lambda held: b"harbor" in held)
    assert isinstance(found, Received)
