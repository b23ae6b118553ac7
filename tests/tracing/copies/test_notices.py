"""Notices are left out, whatever they stand between."""

from hypothesis import given
from hypothesis import strategies as st

from factory import document
from stories import story
from tallystick.tracing.copies.notices import notices
from tallystick.tracing.copies.texts import marks

RIGHTS = "Copyright 2024 Harbor Press. All rights reserved."
APPEAL = "Anyone with information is asked to call the harbor police at 555 0100 and may remain anonymous."


def cut(text: str) -> list[str]:
    """The notices as they stand in the text."""
    return [text[start:end].strip() for start, end in notices(text)]


def test_a_notice_is_its_sentence() -> None:
    """What stands before and after it is news."""
    assert cut(f"The boat sank. {APPEAL} Two men swam ashore.") == [APPEAL]
    assert cut("The boat sank. Two men swam ashore.") == []


def test_a_phrase_within_a_word_is_no_notice() -> None:
    """Nor is a phrase that only looks like one."""
    assert cut("He logins to nothing; unsubscribed they went.") == []


def test_reports_with_the_same_notices_alone_share_no_mark() -> None:
    """However long the notices are."""
    notice = f"{APPEAL} {RIGHTS} Sign up for our newsletter to get the news of the harbor in your inbox every morning."
    one, other = (document(f"{story(turn, 80)}.\n{notice}") for turn in (1, 2))
    assert not set(marks(one)) & set(marks(other))


def test_letters_that_grow_in_lower_case_move_nothing() -> None:
    """Turkish capital I with a dot becomes two code points."""
    text = f"{'İ' * 50} went home. {RIGHTS}"
    assert " ".join(cut(text)) == RIGHTS


@given(st.lists(st.sampled_from([RIGHTS, APPEAL, "A boat. ", "©", "\n", "|", " ", "İ"]), max_size=30))
def test_notices_are_in_order_without_overlap(parts: list[str]) -> None:
    """And within the text."""
    text = "".join(parts)
    end = 0
    for start, last in notices(text):
        assert end <= start < last <= len(text)
        end = last


def test_a_text_of_notices_is_read_in_bounded_time() -> None:
    """A hundred thousand signs of copyright."""
    assert marks(document("© " * 100_000)) == ()
