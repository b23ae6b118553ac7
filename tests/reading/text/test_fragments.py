"""Paragraphs of a piece of HTML."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.model.document import PassageKind
from tallystick.reading.text.fragments import fragment


def test_blocks_are_paragraphs_and_inline_marks_are_none() -> None:
    """A line break ends a paragraph, bold type does not; what is said of its element is its kind."""
    html = (
        "<p>Ten <b>men</b> came.<br>Two left &amp; one died.</p>loose<!-- 9 --> words<h2>Later</h2>"
        "<figure><img alt='7'><figcaption>A <i>bridge</i></figcaption></figure><ul><li>One</li><li>Two</li></ul>"
    )
    assert [(piece.text, piece.kind) for piece in fragment(html)] == [
        ("Ten men came.", PassageKind.BODY), ("Two left & one died.", PassageKind.BODY),
        ("loose words", PassageKind.BODY), ("Later", PassageKind.HEADLINE), ("A bridge", PassageKind.CAPTION),
        ("One", PassageKind.BODY), ("Two", PassageKind.BODY),
    ]  # fmt: skip


def test_scripts_and_forms_are_no_words_and_what_follows_them_is() -> None:
    """The text behind a script belongs to the paragraph."""
    html = "<p>Ten<script>var a = '9,999'</script> men<style>p {}</style> came.</p><form><p>Your age: 40</p></form>"
    assert [piece.text for piece in fragment(html)] == ["Ten men came."]


def test_cells_of_a_row_are_one_paragraph() -> None:
    """With a mark between them, so that two numbers are not one."""
    assert [piece.text for piece in fragment("<table><tr><td>1</td><td>200</td></tr></table>")] == ["1 | 200"]


def test_plain_text_is_a_paragraph_of_its_own() -> None:
    """Signs that are no tags stay; nothing is nothing."""
    assert [piece.text for piece in fragment("Losses of 5 < 6 & more")] == ["Losses of 5 < 6 & more"]
    assert fragment("") == fragment(" \0 ") == ()


@pytest.mark.parametrize("html", ["<div>" * 100_000 + "x", "<b" * 100_000, "<table>" * 20_000, "<p>x" * 20_000])
def test_what_is_made_to_exhaust_a_parser_ends_soon(html: str) -> None:
    """Depth and unclosed tags are bounded."""
    assert len(fragment(html)) <= 20_000


@given(st.text(alphabet="<>/&;#pbri \n\0\ud800é=\"'!-[]", max_size=200))
def test_no_text_is_too_broken_fuzz(html: str) -> None:
    """Whatever comes in, paragraphs of one line come out."""
    assert all(piece.text and "\n" not in piece.text for piece in fragment(html))
