"""Lists of addresses."""

from io import BytesIO

from hypothesis import given
from hypothesis import strategies as st

from tallystick.model.document import Failure
from tallystick.reading.containers.addresses import addresses
from tallystick.reading.links import page_url
from tallystick.reading.received import Address, Received


def found(content: bytes) -> list[Address | Failure]:
    """What a list names."""
    return list(addresses(Received("a.txt", BytesIO(content))))


def test_each_line_is_an_address_and_remarks_are_none() -> None:
    """Blank lines count, so that the name leads to the line."""
    content = b"\xef\xbb\xbf# to read\r\nhttps://a.example/1?b=c#d\r\n\r\n  HTTP://b.example/\n"
    assert found(content) == [
        Address("https://a.example/1?b=c#d", "a.txt:2"), Address("HTTP://b.example/", "a.txt:4"),
    ]  # fmt: skip


def test_only_pages_of_the_web_are_addresses() -> None:
    """A file of this machine, a script, an address with words behind it: each is named, the others go on."""
    lines = (
        b"file:///etc/passwd", b"javascript:alert(1)", b"https://", b"https://a b", b"gopher://a.example", b"\xff\xfe",
        b"https://a.example/" + b"x" * 3_000, b"http://[::1", b"https://a.example",
    )  # fmt: skip
    *failures, last = found(b"\n".join(lines))
    assert all(isinstance(one, Failure) for one in failures)
    assert last == Address("https://a.example", "a.txt:9")


@given(st.binary(max_size=80) | st.text(alphabet="htps:/.[]@a\n\r# ", max_size=60).map(str.encode))
def test_any_bytes_are_addresses_of_the_web_or_failures_fuzz(content: bytes) -> None:
    """Nothing else comes out."""
    for one in found(content):
        assert isinstance(one, Failure) or page_url(one.url) == one.url
