"""Quotations and portions as values: any sentence, any text, any number of records."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.errors import AskingError
from tallystick.mcp_server.citing import LONGEST_QUOTE, cited, plain, written
from tallystick.mcp_server.portions import LARGEST, fitting, portion, turn_of
from tallystick.reporting.wording import HIDDEN
from tallystick.storage.views.populations import Told

FIGURE = st.from_regex(r"[1-9][0-9]{0,2}(,[0-9]{3})?", fullmatch=True)


@given(st.text(max_size=700), FIGURE, st.text(max_size=700))
def test_a_quotation_holds_its_words_however_long_the_sentence(before: str, figure: str, after: str) -> None:
    """The words are the figure, the quotation holds them where they stand, and is no longer than it may be."""
    sentence = before + figure + after
    told = Told("c-1", "d", 50, 50 + len(figure), figure, sentence, before[-32:], None, None, None)
    found = cited(told)
    assert (found.words, found.end - found.start) == (figure, len(figure))
    assert figure in found.quote
    assert len(found.quote) <= LONGEST_QUOTE + 2
    assert found.quote.strip("…") in sentence or "…" in sentence


@given(st.recursive(st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20))
def test_no_text_hides_or_turns_another(value: object) -> None:
    """Whatever reports hold, an answer is JSON without marks that steer, and as long as it was."""
    text = written(value)
    assert not HIDDEN & set(map(ord, text))
    assert text.encode("utf-8")


@dataclass(frozen=True, slots=True)
class Sample:
    """A record with a default."""

    needed: int | None
    left_out: str = ""


def test_what_is_equal_to_its_default_is_left_out() -> None:
    """A null that is needed stays: that there is no best figure is an answer."""
    assert plain(Sample(None)) == {"needed": None}
    assert plain(Sample(0, "x")) == {"needed": 0, "left_out": "x"}


@given(st.lists(st.text(max_size=3_000), max_size=60), st.integers(1, 25), st.integers(1, 20))
def test_portions_give_every_record_once_in_order(records: list[str], limit: int, per_page: int) -> None:
    """Following the cursor gives all of them, each answer within its room, whatever the pages of the view."""
    found: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        turn = turn_of(cursor, 7, "records", limit)
        got = portion(
            lambda page: records[(page - 1) * per_page : page * per_page], per_page, len(records), turn, limit, list
        )
        assert len(got.shown) <= limit
        assert len(got.shown) == 1 or sum(len(written(one).encode()) for one in got.shown) <= LARGEST
        found += got.shown
        assert got.more == len(records) - len(found)
        cursor = got.cursor
    assert found == records


def test_a_cursor_of_an_earlier_state_says_so() -> None:
    """Where the case has changed between two portions, the second one says it."""
    cursor = turn_of("", 1, "q").cursor(2)
    got = portion(lambda _: [1, 2, 3], 25, 3, turn_of(cursor, 2, "q"), 5, list)
    assert got.shown == (3,)
    assert "has changed" in got.notes[0]
    with pytest.raises(AskingError, match="another question"):
        turn_of(cursor, 1, "other")


def test_the_first_record_is_given_whatever_it_takes() -> None:
    """Else nothing would lead beyond it."""
    assert fitting(["x" * 50_000, "y"]) == ("x" * 50_000,)
