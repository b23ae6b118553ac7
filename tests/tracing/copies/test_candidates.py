"""An index remembers the first reports that hold a mark."""

from tallystick.tracing.copies.candidates import HOLDERS, Candidate, Index


def test_reports_that_share_most_marks_come_first() -> None:
    """Of as many the earlier one."""
    index = Index()
    index.add(0, (1, 2))
    index.add(1, (1, 2, 3))
    index.add(2, (1, 2, 7))
    assert index.candidates((1, 2, 3)) == [Candidate(1, 3), Candidate(0, 2), Candidate(2, 2)]


def test_a_mark_remembers_its_first_holders_alone() -> None:
    """A formula of a thousand reports costs no more than these."""
    index = Index()
    for turn in range(1000):
        index.add(turn, (5,))
    assert [candidate.turn for candidate in index.candidates((5,))] == list(range(HOLDERS))


def test_candidates_are_bounded() -> None:
    """Also where every mark has other holders."""
    index = Index()
    for turn in range(400):
        index.add(turn, (turn // HOLDERS,))
    assert len(index.candidates(range(100))) <= 8


def test_a_kept_index_goes_on_where_it_was() -> None:
    """Its contents are plain numbers."""
    whole, first = Index(), Index()
    for turn in range(6):
        whole.add(turn, (turn % 2, 9))
        if turn == 2:
            first = Index(dict(whole.holders))
        elif turn > 2:
            first.add(turn, (turn % 2, 9))
    assert first.holders == whole.holders


def test_unknown_marks_have_no_candidates() -> None:
    """Nor has a report without marks."""
    index = Index()
    index.add(0, (1,))
    assert index.candidates((2, 3)) == []
    assert index.candidates(()) == []
