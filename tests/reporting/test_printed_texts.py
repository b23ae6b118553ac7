"""Texts and addresses on paper: legible, bounded, and no more than what was written."""

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tallystick.reporting.printing.texts import LONGEST, openable, printed

ANY = st.text(alphabet=st.characters(exclude_categories=[]))


@given(ANY)
def test_any_text_can_stand_in_a_document(text: str) -> None:
    """XML and UTF-8 take whatever a report says, and a short text keeps its length."""
    told = printed(text)
    element = etree.Element("p")
    element.text = told
    assert etree.fromstring(etree.tostring(element, encoding="utf-8")).text in (told, None)
    assert len(told) == len(text)


def test_a_text_without_an_end_is_cut_and_says_so() -> None:
    """What is left out is counted."""
    assert printed("x" * LONGEST) == "x" * LONGEST
    assert printed("x" * (LONGEST + 1_001)) == "x" * LONGEST + " … (and 1,001 more characters)"
    assert printed("x" * (LONGEST + 1)).endswith("(and 1 more character)")


@given(ANY)
def test_only_web_addresses_can_be_opened(text: str) -> None:
    """An address is given as it is or not at all."""
    assert openable(text) in ("", text)
    assert openable(f"javascript:{text}") == ""
    assert openable("https://example.org/a?b=c") == "https://example.org/a?b=c"
