"""Spans of a text nest, whatever they are."""

from collections.abc import Iterable, Iterator

from hypothesis import given
from hypothesis import strategies as st

from tallystick.workbench.documents.marking import Mark, MarkKind, Node, nested

TEXT = "North Korea will send 5,000 workers and 1,000 sappers 🚧 to Kursk, he said."
END = len(TEXT)

marks = st.lists(
    st.builds(
        lambda one, other, kind, of: Mark(min(one, other), max(one, other) + 1, kind, of),
        st.integers(-5, END + 5), st.integers(-5, END + 5), st.sampled_from(list(MarkKind)), st.sampled_from("abc"),
    ),
    max_size=12,
)  # fmt: skip


def leaves(nodes: Iterable[Node], above: tuple[Mark, ...] = ()) -> Iterator[tuple[Node, tuple[Mark, ...]]]:
    """Give the plain stretches with the marks that they lie in, the outermost first."""
    for node in nodes:
        if node.mark is None:
            yield node, above
        else:
            yield from leaves(node.inside, (*above, node.mark))


@given(marks)
def test_the_words_of_the_tree_are_those_of_the_text(found: list[Mark]) -> None:
    """Nothing is lost, doubled or put elsewhere."""
    tree = nested(0, END, found)

    assert "".join(TEXT[node.start : node.end] for node, _ in leaves(tree)) == TEXT


@given(marks)
def test_what_is_inside_fills_what_holds_it(found: list[Mark]) -> None:
    """Every node is made of its parts, one behind the other."""

    def whole(node: Node) -> bool:
        if node.mark is None:
            return node.inside == () and node.start < node.end
        starts = [one.start for one in node.inside]
        ends = [one.end for one in node.inside]
        return [node.start, *ends] == [*starts, node.end] and all(map(whole, node.inside))

    assert all(whole(node) for node in nested(0, END, found))


@given(marks)
def test_each_word_has_the_kinds_that_it_was_marked_with(found: list[Mark]) -> None:
    """A code point lies in marks of exactly the kinds that cover it, each kind once, and none from elsewhere."""
    for node, above in leaves(nested(0, END, found)):
        for at in range(node.start, node.end):
            covering = [mark for mark in found if mark.start <= at < mark.end]

            assert sorted(mark.kind for mark in above) == sorted({mark.kind for mark in covering})
            assert all(mark in covering for mark in above)


@given(marks)
def test_a_claim_is_cut_by_claims_alone(found: list[Mark]) -> None:
    """What crosses the figure of a claim is cut, so that its link is one."""
    claims = [mark for mark in found if mark.kind is MarkKind.CLAIM]
    alone = [one for one in claims if sum(other.start < one.end and other.end > one.start for other in claims) == 1]

    def pieces(nodes: Iterable[Node], of: Mark) -> int:
        return sum((node.mark == of) + pieces(node.inside, of) for node in nodes)

    tree = nested(0, END, found)
    for one in alone:
        assert pieces(tree, one) == int(one.start < END and one.end > 0)


def test_the_shorter_of_two_claims_has_the_words_of_both() -> None:
    """A claim inside another keeps its link, and the other has what is left."""
    outer, inner = Mark(2, 12, MarkKind.CLAIM, "outer"), Mark(5, 8, MarkKind.CLAIM, "inner")

    found = [(node.start, node.end, node.mark.of) for node in nested(0, 12, [outer, inner]) if node.mark]

    assert found == [(2, 5, "outer"), (5, 8, "inner"), (8, 12, "outer")]
