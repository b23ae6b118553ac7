"""Pairs of texts that resemble one another are found and counted exactly."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from stories import story
from tallystick.tracing.copies.resembling import resembling, reuse


def jaccard(one: str, other: str) -> float:
    """The share of common five-word runs, counted on the words themselves."""
    sets = [{tuple(text.split()[at : at + 5]) for at in range(len(text.split()) - 4)} for text in (one, other)]
    union = len(sets[0] | sets[1])
    return len(sets[0] & sets[1]) / union if union else 0.0


def test_near_copies_are_found_with_their_shares() -> None:
    """The others resemble nothing."""
    texts = [story(1, 60), story(2, 60), f"{story(1, 50)} {story(3, 10)}", story(1, 60), story(4, 3)]
    found = list(resembling(texts))
    assert [(pair.first, pair.second) for pair in found] == [(0, 2), (0, 3), (2, 3)]
    assert found[0].jaccard == jaccard(texts[0], texts[2])
    assert found[1] == (0, 3, 1.0, 1.0)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 40), st.integers(0, 40)), max_size=12))
def test_pairs_are_those_of_an_exhaustive_count(cuts: list[tuple[int, int, int]]) -> None:
    """Every pair that is given is right; every pair far above the threshold is given."""
    texts = [f"{story(base, 80 - cut)} {story(base + 7, more)}" for base, cut, more in cuts]
    found = {(pair.first, pair.second): pair.jaccard for pair in resembling(texts)}
    for first, second in combinations(range(len(texts)), 2):
        share = jaccard(texts[first], texts[second])
        if (first, second) in found:
            assert found[first, second] == share
        else:
            assert share < 0.6


def test_a_lifted_passage_is_found_with_its_place() -> None:
    """Its texts need not resemble each other."""
    passage = story(1, 130)
    texts = [f"{story(2, 400)} {passage}", story(3, 200), f"{passage} {story(4, 300)}"]
    (found,) = reuse(texts)
    assert (found.first, found.second, found.words) == (0, 2, 130)
    (shared,) = found.shared
    assert texts[2][shared.later_start : shared.later_end] == passage
    assert texts[0][shared.earlier_start : shared.earlier_end] == passage
    assert found.jaccard < 0.5


def test_a_shorter_passage_is_no_reuse() -> None:
    """Unless it is asked for."""
    texts = [f"{story(2, 100)} {story(1, 60)}", f"{story(1, 60)} {story(4, 100)}"]
    assert list(reuse(texts)) == []
    assert len(list(reuse(texts, 60))) == 1


def test_no_texts_have_no_pairs() -> None:
    """Nor have empty ones."""
    assert list(resembling([])) == []
    assert list(resembling(["", ""])) == []
    assert list(reuse([])) == []


def test_the_same_formula_in_many_texts_is_compared_in_bounded_time() -> None:
    """Its texts resemble one another in nothing else."""
    formula = story(0, 40)
    texts = [f"{story(turn, 100)} {formula}" for turn in range(1, 301)]
    assert list(resembling(texts)) == []
    assert list(reuse(texts)) == []


def test_all_pairs_of_identical_texts_are_given() -> None:
    """However many there are."""
    assert len(list(resembling([story(1, 40)] * 300))) == 300 * 299 // 2
