"""Words of a string are found and hashed in arrays."""

import re

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tallystick.tracing.copies.words import BATCH, SHINGLE, runs_of_five, words


def cut(text: str) -> list[str]:
    """The words as they stand in the text."""
    found = words(text)
    return [text[start:end] for start, end in zip(found.starts, found.ends, strict=True)]


def test_a_number_with_separators_is_one_word() -> None:
    """Another number changes one word only."""
    assert cut("some 13,221 people, 3.5 in 100, left.") == ["some", "13,221", "people", "3.5", "in", "100", "left"]


def test_quotation_marks_and_apostrophes_separate_words() -> None:
    """Their shape does not matter then."""
    assert cut("“don’t”") == ["don", "t"]
    assert np.array_equal(words("“don’t”").hashes, words('"don\'t"').hashes)


def test_case_does_not_matter() -> None:
    """A title in capitals has the words of the title."""
    assert np.array_equal(words("ÉCOLE Straße").hashes, words("école straße").hashes)


def test_signs_of_an_unspaced_script_are_words() -> None:
    """A Chinese sentence is no single word."""
    assert cut("东方abc市场 𠀀𠀁") == ["东", "方", "abc", "市", "场", "𠀀", "𠀁"]


def test_letters_with_marks_stay_whole() -> None:
    """A vowel sign of Hindi does not end the word."""
    assert cut("हिन्दी में") == ["हिन्दी", "में"]


def test_hostile_strings_are_read() -> None:
    """Nothing, NULs, half a surrogate pair and separators alone."""
    assert cut("") == []
    assert cut("\0,\0.") == []
    assert cut("a\0b \ud800 1") == ["a", "b", "1"]
    assert cut(",1,") == ["1"]


def test_the_hash_of_a_word_does_not_depend_on_its_place() -> None:
    """Also behind the end of a batch."""
    text = "harbor " * (BATCH // 2)
    assert len(set(words(text).hashes.tolist())) == 1


def test_runs_of_five_are_one_less_than_words_minus_three() -> None:
    """Fewer words have none."""
    assert len(runs_of_five(words("a b c d").hashes)) == 0
    found = runs_of_five(words("a b c d e f").hashes)
    assert len(found) == 6 - SHINGLE + 1
    assert found[1] == runs_of_five(words("b c d e f").hashes)[0]
    assert found[0] != runs_of_five(words("e d c b a").hashes)[0]


@given(st.text(alphabet="ab 1,.-\n\"'_", max_size=60))
def test_words_of_plain_text_are_those_of_a_pattern(text: str) -> None:
    """The arrays find what a regular expression finds."""
    found = cut(text)
    assert [word for word in found if "," not in word and "." not in word] == [
        word for word in found if re.fullmatch(r"\w+", word)
    ]
    assert re.sub(r"[\W]", "", "".join(found)) == re.sub(r"[\W]", "", text)
    if not re.search(r"\d[.,]\d", text):
        assert found == re.findall(r"\w+", text)


@given(st.lists(st.text(alphabet="abcé东", min_size=1, max_size=5), max_size=20))
def test_equal_words_have_equal_hashes_and_others_have_others(given_words: list[str]) -> None:
    """Hashes tell words apart."""
    text = " ".join(given_words)
    hashes = dict(zip(cut(text), words(text).hashes.tolist(), strict=True))
    assert len(set(hashes.values())) == len(hashes)
