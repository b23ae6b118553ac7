"""Which members meet by ties of one key and of near days."""

from hypothesis import given
from hypothesis import strategies as st

from tallystick.model.tie import Tie
from tallystick.values.joined import Joined
from tallystick.values.meeting import meeting

TIES = st.builds(
    lambda key, first, length: Tie(key, first, first + length, key),
    st.integers(0, 3), st.integers(0, 40), st.sampled_from((0, 1, 30)),
)  # fmt: skip


def meet(one: Tie, other: Tie) -> bool:
    """Whether two ties are of one key and near enough, as their definition says."""
    return one.key == other.key and max(one.first - other.last, other.first - one.last) <= one.reach


@given(st.lists(st.lists(TIES, max_size=3), max_size=7))
def test_what_meets_is_joined_and_nothing_else(held: list[list[Tie]]) -> None:
    """The pairs join the same members as a comparison of every tie with every other."""
    found, expected = Joined(range(len(held))), Joined(range(len(held)))
    for pair in meeting(enumerate(held)):
        found.join(*pair)
    for one, own in enumerate(held):
        for other, others in enumerate(held):
            if any(meet(tie, near) for tie in own for near in others):
                expected.join(one, other)
    assert found.sets() == expected.sets()


def test_without_ties_nobody_meets() -> None:
    """Nor with an empty list of members."""
    assert list(meeting(())) == []
    assert list(meeting([(1, ()), (2, ())])) == []
