"""Sets of members that were joined two by two."""

from hypothesis import given
from hypothesis import strategies as st

from tallystick.values.joined import Joined

PAIRS = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=20)


def test_joining_chains() -> None:
    """What is joined with the joined belongs to them; the first of all stands for them."""
    joined = Joined("abcd")
    joined.join("c", "b")
    joined.join("d", "c")
    assert [joined.first(one) for one in "abcd"] == ["a", "b", "b", "b"]
    assert joined.sets() == {"a": ["a"], "b": ["b", "c", "d"]}


def test_another_order_makes_another_first() -> None:
    """The order that is handed in decides."""
    joined = Joined((1, 2, 3), lambda number: -number)
    joined.join(1, 2)
    assert (joined.first(1), joined.first(3)) == (2, 3)


@given(PAIRS, st.data())
def test_the_sets_do_not_depend_on_the_order_of_the_pairs(pairs: list[tuple[int, int]], data: st.DataObject) -> None:
    """They are the connected components, whichever pair came first."""
    shuffled = data.draw(st.permutations(pairs))
    one, other = Joined(range(13)), Joined(range(13))
    for pair in pairs:
        one.join(*pair)
    for pair in shuffled:
        other.join(*pair[::-1])
    assert [one.first(member) for member in range(13)] == [other.first(member) for member in range(13)]
    assert all(one.first(left) == one.first(right) for left, right in pairs)
