"""Plain texts and Markdown are read in any encoding, their characters normalized."""

import contextlib
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.errors import ReadingError
from tallystick.model.document import Document
from tallystick.reading.formats.plain import markdown, plain
from tallystick.reading.received import Received


def read(content: bytes) -> Document:
    """Give the document of a plain text."""
    return plain(content, Received("a.txt", BytesIO(content))).document


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1251"])
def test_a_text_is_read_in_whatever_encoding(encoding: str) -> None:
    """The text is the same, without a mark; the bytes stay what they are."""
    text = "Заголовок. Министерство сообщило, что в учениях участвовали 10 000 солдат и офицеров, трое ранены.\r\n"
    assert read(text.encode(encoding)).text == text


def test_characters_are_normalized_before_anything_is_read() -> None:
    """In the headers, in the title and in the text alike; the passages count the new text."""
    document = read("Title:\u00a0Of\ufb01cers &amp; men\n\n25\u202f000 sol\u00addiers came.\n".encode())
    assert document.title == "Officers & men"
    assert document.text.endswith("25\u00a0000 soldiers came.\n")
    assert document.passages[-1].end == len(document.text) - 1


def test_markdown_is_normalized_too() -> None:
    """The same reading serves both."""
    content = "# Dead &#8211; ten\n\nTen sol\u00addiers died.\n".encode("utf-16")
    document = markdown(content, Received("a.md", BytesIO(content))).document
    assert document.text == "# Dead – ten\n\nTen soldiers died.\n"


def test_what_is_no_text_is_named_with_the_byte_and_what_to_do() -> None:
    """One sentence for the user."""
    with pytest.raises(ReadingError, match=r"a\.txt: invalid UTF-8 at byte 4, .*save it as UTF-8"):
        read(b"Ten \x81\x8d\x90 soldiers")


@given(st.binary(max_size=400), st.booleans())
def test_any_bytes_are_a_document_or_a_named_error_fuzz(content: bytes, with_mark: bool) -> None:
    """Whatever they are, as a text and as Markdown."""
    content = b"\xff\xfe" + content if with_mark else content
    for reader in (plain, markdown):
        with contextlib.suppress(ReadingError):
            assert reader(content, Received("a.md", BytesIO(content))).original.content == content
