"""Texts that share a passage share a mark, and marks depend on the text alone."""

from hypothesis import given
from hypothesis import strategies as st

from factory import document
from stories import story
from tallystick.tracing.copies.marks import BANDS, Reach, prints
from tallystick.tracing.copies.texts import marks


@given(st.integers(0, 10**6), st.integers(0, 300), st.integers(0, 300))
def test_texts_that_share_twenty_words_share_a_mark(start: int, before: int, after: int) -> None:
    """Wherever the passage stands."""
    passage = story(start, 20)
    one = document(f"{story(start + 1, before)} {passage} {story(start + 2, after)}")
    other = document(f"{story(start + 3, after)} {passage} {story(start + 4, before)}")
    assert set(marks(one)) & set(marks(other))


@given(st.integers(0, 10**6))
def test_texts_that_share_a_short_paragraph_share_a_mark(start: int) -> None:
    """A paragraph of eight words is enough."""
    passage = story(start, 8)
    one, other = (document(f"{story(start + turn, 90)}\n{passage}\n{story(start + turn + 9, 90)}") for turn in (1, 2))
    assert set(marks(one)) & set(marks(other))


@given(st.integers(0, 10**6))
def test_texts_that_share_a_quoted_sentence_share_a_mark(start: int) -> None:
    """Direct speech of eight words is enough, in whatever quotation marks."""
    said = story(start, 8)
    one = document(f"{story(start + 1, 60)} “{said}.” {story(start + 2, 60)}")
    other = document(f'{story(start + 3, 60)} "{story(start + 5, 9)}. {said}." {story(start + 4, 60)}')
    assert set(marks(one)) & set(marks(other))


def test_marks_are_few() -> None:
    """About one for each eight words besides those of MinHash."""
    text = "\n".join(story(turn, 50) for turn in range(40))
    assert 2000 / 11 < len(marks(document(text))) < 2000 / 6 + BANDS


def test_marks_do_not_depend_on_other_texts() -> None:
    """Read alone or together with others."""
    texts = [story(turn, 3 * turn) for turn in range(60)]
    together = [of_text.marks for of_text in prints(texts)]
    assert together == [next(prints([text])).marks for text in texts]


def test_the_marks_of_a_text_stay_the_same() -> None:
    """They are kept in a store, so a change of them must be seen."""
    found = marks(
        document("The same words are to have the same marks for ever, or else every store is to be made anew.")
    )
    assert (len(found), found[0] % 1000, found[-1] % 1000) == (17, 853, 381)


def test_what_is_left_out_has_no_marks() -> None:
    """Only the parts that are compared are read, at their places in the text."""
    text = f"{story(1, 30)} {story(2, 30)}"
    start = len(story(1, 30)) + 1
    (part,) = prints([text], [Reach(((start, len(text)),))])
    (alone,) = prints([story(2, 30)])
    assert part.marks == alone.marks
    assert part.starts[0] == start


def test_a_text_without_words_has_no_marks() -> None:
    """Nor has one with fewer than five."""
    for text in ("", " \n ", "\0\0", "one two three four", "!?" * 1000):
        assert marks(document(text)) == ()


def test_a_text_of_one_word_has_few_marks() -> None:
    """However often it stands there."""
    assert len(marks(document("spam " * 100_000))) <= BANDS + 1


def test_one_huge_paragraph_has_a_bounded_number_of_marks() -> None:
    """Five million signs are read at once."""
    assert len(marks(document(story(5, 1_000_000)))) <= 20_000 + BANDS


def test_datelines_and_credits_leave_no_mark() -> None:
    """The agency's text is the same without them."""
    text = story(7, 60)
    framed = f"PORT AGNES, March 1 (Harbor Press) - {text}\n(Reporting by Ann Lee; editing by Jo Ray)"
    assert marks(document(framed)) == marks(document(text))
