"""Common runs are exact, as long as can be, and stand at the places that they name."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tallystick.tracing.copies.marks import Reach, prints
from tallystick.tracing.copies.verifying import Run, covered, likeness, passages, runs

BLANKS_AND_QUOTES = str.maketrans(dict.fromkeys(" \n\t\u00a0\"'“”‘’«»„"))
WORDS = st.sampled_from(
    "harbor pier mole basin tanker storm repair “boat” 'island' 1,200 Villages, coast. (fuel)".split()
)
SEPARATORS = st.sampled_from([" ", "\n", "  ", " - ", ", "])
TEXT = st.lists(st.tuples(WORDS, SEPARATORS), max_size=40).map(lambda parts: "".join(f"{a}{b}" for a, b in parts))


def common(later: str, earlier: str) -> list[tuple[str, str]]:
    """The shared passages as they stand in both texts."""
    one, other = prints([later, earlier])
    return [
        (later[shared.later_start : shared.later_end], earlier[shared.earlier_start : shared.earlier_end])
        for shared in passages(one, other, runs(one, other), (later, earlier))
    ]


@given(TEXT, TEXT, TEXT, TEXT)
def test_shared_passages_are_equal_but_for_blanks_and_quotation_marks(a: str, b: str, c: str, d: str) -> None:
    """Whatever is put together."""
    for one, other in common(f"{a} {b} {c}", f"{d} {b} {a}"):
        assert one.translate(BLANKS_AND_QUOTES) == other.translate(BLANKS_AND_QUOTES)


@given(TEXT, TEXT, TEXT)
def test_runs_lie_within_both_texts_without_overlap_in_the_later(a: str, b: str, c: str) -> None:
    """And their words are the same."""
    one, other = prints([f"{a} {b} {b} {c}", f"{c} {b} {a}"])
    end = 0
    for run in runs(one, other):
        assert run.later >= end
        end = run.later + run.length
        assert np.array_equal(one.words[run.later : end], other.words[run.earlier : run.earlier + run.length])


def test_a_text_is_one_run_of_itself() -> None:
    """Also where it repeats itself."""
    text = "the boat lies at the pier and the boat lies at the pier and the boat lies at the mole"
    one, other = prints([text, text])
    assert runs(one, other) == [Run(0, 0, len(text.split()))]


def test_a_run_ends_where_a_part_is_left_out() -> None:
    """A comment between two paragraphs is not part of a shared passage."""
    first, second, ad = "one two three four five six. ", "seven eight nine ten eleven twelve.", "Buy fish! "
    whole, cut = first + second, first + ad + second
    spans = ((0, len(first)), (len(first + ad), len(cut)))
    later, earlier = prints([cut, whole], [Reach(spans), Reach(((0, len(whole)),))])
    found = passages(later, earlier, runs(later, earlier), (cut, whole))
    assert [cut[shared.later_start : shared.later_end] for shared in found] == [first[:-2], second[:-1]]


def test_another_sign_or_capital_ends_a_passage() -> None:
    """The passages are what both texts really print."""
    one = "one two three four five six, seven eight nine ten eleven"
    assert common(one, one.replace(",", ";")) == [
        ("one two three four five six",) * 2, ("seven eight nine ten eleven",) * 2,
    ]  # fmt: skip
    assert common(one, one.replace("seven", "Seven")) == [("one two three four five six",) * 2]


def test_likeness_counts_five_word_runs() -> None:
    """Eight words and their first six."""
    one, other = (np.unique(of.shingles) for of in prints(["a b c d e f g h", "a b c d e f"]))
    assert likeness(one, other) == (0.5, 1.0)
    assert likeness(one, one[:0]) == (0.0, 0.0)


def test_covered_words_are_those_of_shared_runs() -> None:
    """Four words in common are none."""
    one, other = prints(["x a b c d e y a b c d", "a b c d e z a b c d"])
    assert covered(one, np.unique(other.shingles)).tolist() == [False, *[True] * 5, *[False] * 5]


def test_a_text_of_one_word_is_compared_in_bounded_time() -> None:
    """A hundred thousand times the same word, against itself and against less of it."""
    one, other = prints(["spam " * 100_000, "spam " * 70_000])
    found = runs(one, other)
    assert sum(run.length for run in found) <= 100_000
    assert found[0].length == 70_000
