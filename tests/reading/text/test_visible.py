"""What is to be seen in a source, and where it stands there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.reading.text.visible import Visible, markup, strings

PIECES = (
    "<p>", "</p>", "<b", ">", "<!--", "-->", "<script>", "</script>", "'", '"', "=", "&amp;", "&", "<![CDATA[", "]]>",
    "x", "25,000", " ", "\n", "<style ", "</", "<?", "<!", "\\", "\\n", "\\u00e9", "\\ud83d\\ude00",
)  # fmt: skip


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>Ten</p><p>men", "\nTen\n\nmen"),
        ("T<b>e</b>n", "Ten"),
        ("a<br>b<!-- c --><img alt='>'>d", "a\nb\nd"),
        ("<script>if (a < b) x('</p>')</script >Ten<STYLE>p</STYLE>", "\nTen\n"),
        ("5 < 6 & 7 > 3 <3", "5 < 6 & 7 > 3 <3"),
        ("it&rsquo;s &#49;0&nbsp;&bogus;", "it’s 10\u00a0&bogus;"),
        ("<![CDATA[<p>Ten]]>", "\n\nTen]]>"),
        ("<a href='x>", ""),
        ("Ten<!-- never closed <p>men", "Ten"),
        ("<?xml version='1.0'?><!DOCTYPE html>Ten", "\n\nTen"),
    ],
)
def test_what_is_between_the_tags_is_seen(source: str, text: str) -> None:
    """Tags that part words leave a line end, those within a line nothing."""
    assert markup(source).text == text


def test_strings_that_are_values_are_given_with_their_escapes_resolved() -> None:
    """Keys are left out, and what follows a string without an end."""
    source = r'{"key": "a\"b\u00e9\ud83d\ude00\n", "list": ["c", 5, {"d" : "e\\"}], "f": "never'
    found = list(strings(source))
    assert [value.text for value in found] == ['a"bé😀\n', "c", "e\\"]
    assert source[found[1].runs[0].old_start] == "c"


def holds(visible: Visible, source: str) -> bool:
    """Whether the runs cover the text without a gap and go forward in the source."""
    at = before = 0
    for run in visible.runs:
        if run.start != at or not before <= run.old_start <= run.old_end <= len(source):
            return False
        at, before = run.end, run.old_end
    return at == len(visible.text)


@given(st.lists(st.sampled_from(PIECES) | st.characters(), max_size=40).map("".join))
def test_every_code_point_seen_stands_in_the_source_fuzz(source: str) -> None:
    """However broken it is; what was copied is the same there."""
    for visible in (markup(source), *strings(source)):
        assert holds(visible, source)
        for run in visible.runs:
            if run.end - run.start == run.old_end - run.old_start > 1:
                assert visible.text[run.start : run.end] == source[run.old_start : run.old_end]
