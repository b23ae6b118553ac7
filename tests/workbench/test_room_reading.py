"""A report in stretches of marked text: the words stay those of the report, and a long one comes in parts."""

from collections.abc import Iterable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.model.claim import Status
from tallystick.model.document import Document, Passage, PassageKind
from tallystick.model.lineage import Mechanism
from tallystick.model.review import Standing
from tallystick.storage.views.opened import Alike, Figure
from tallystick.workbench.documents.marking import MarkKind, Node
from tallystick.workbench.documents.reading import MOST_FIGURES, PART, Stretch, part_of, parts, read

LINE = "Kim said that 5,000 workers had arrived in Kursk 🚧 by May."


def report(text: str, passages: Iterable[tuple[int, int]]) -> Document:
    """Give a report of these passages."""
    return Document("r", text, "0" * 64, tuple(Passage(*span, PassageKind.BODY) for span in passages), "r.txt")


def lines(count: int) -> Document:
    """Give a report of so many lines."""
    size = len(LINE) + 1
    return report("\n".join([LINE] * count), ((turn * size, turn * size + size - 1) for turn in range(count)))


def claim(start: int, end: int, name: str = "c-1") -> Figure:
    """Give a claim at a span."""
    return Figure(name, start, end, "5,000", None, "worker", Status.ACTUAL, Standing.EXTRACTED, None)


def alike(start: int, end: int, name: str = "other") -> Alike:
    """Give a report that has these words too."""
    return Alike(name, None, None, None, True, Mechanism.IDENTICAL_TEXT, "", ((start, end),), ((start, end),))


def plain(nodes: Iterable[Node]) -> Iterator[Node]:
    """Give the leaves of a tree."""
    for node in nodes:
        if node.mark is None:
            yield node
        else:
            yield from plain(node.inside)


def kinds(found: Iterable[Stretch]) -> set[MarkKind]:
    """Give the kinds of all marks."""
    waiting = [node for stretch in found for node in stretch.nodes]
    seen = set()
    while waiting:
        node = waiting.pop()
        waiting += node.inside
        if node.mark is not None:
            seen.add(node.mark.kind)
    return seen


@given(
    st.text(alphabet="ab \n🚧", max_size=60),
    st.lists(st.integers(0, 60), max_size=10, unique=True),
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30)), max_size=6),
)
def test_nothing_but_blanks_is_left_out(text: str, cuts: list[int], spans: list[tuple[int, int]]) -> None:
    """Whatever the passages and the marks, the stretches are the words of the report in their order."""
    edges = sorted(cut for cut in cuts if cut <= len(text))
    document = report(text, list(zip(edges[::2], edges[1::2], strict=False)))
    marked = [claim(start, start + size) for start, size in spans]
    shared = [alike(start, start + size) for start, size in spans[1:]]

    found = read(document, parts(document)[0], marked, shared, (2, 9))

    at = 0
    for stretch in found:
        assert text[at : stretch.start].strip() == ""
        words = "".join(text[node.start : node.end] for node in plain(stretch.nodes))
        assert words == text[stretch.start : stretch.end]
        at = stretch.end
    assert text[at:].strip() == ""


@pytest.mark.parametrize("count", [1, 300, 340, 1000])
def test_parts_are_the_whole_report(count: int) -> None:
    """One begins where the one before ends, none is longer than a part, and a passage is not cut where it need not."""
    document = lines(count)

    found = parts(document)

    assert [one.start for one in found] == [0, *(one.end for one in found[:-1])]
    assert found[-1].end == len(document.text)
    assert all(0 < one.end - one.start <= PART for one in found)
    starts = {passage.start for passage in document.passages}
    assert all(one.start in starts for one in found)
    assert [one.number for one in found] == list(range(1, found[-1].total + 1))


def test_an_endless_passage_is_cut() -> None:
    """A report of one passage of a million characters comes in parts too, each with its words."""
    document = report("x" * 1_000_000, [(0, 1_000_000)])

    found = parts(document)

    assert len(found) == 50
    assert [(one.start, one.end) for one in read(document, found[7], ())] == [(found[7].start, found[7].end)]


def test_an_empty_report_has_one_empty_part() -> None:
    """A report without words is shown as one."""
    document = report("", [])

    assert read(document, parts(document)[0], ()) == ()


def test_a_place_is_in_its_part() -> None:
    """The part that holds a code point is found, and the last one beyond the end."""
    found = parts(lines(1000))

    assert [part_of(found, at).number for at in (0, found[1].start - 1, found[1].start, 10**9)] == [1, 1, 2, 3]


def test_who_said_it_is_marked_where_a_figure_is_told() -> None:
    """Source, cue and content of a claim are marked; without a claim nothing is."""
    document = lines(1)
    at = LINE.index("5,000")

    told = kinds(read(document, parts(document)[0], [claim(at, at + 5)]))

    assert told == {MarkKind.CLAIM, MarkKind.SOURCE, MarkKind.CUE, MarkKind.CONTENT}
    assert kinds(read(document, parts(document)[0], ())) == set()


def test_who_said_it_is_marked_in_every_part() -> None:
    """What a part behind the first one marks stands where it does in the whole report."""
    document = lines(1000)
    part = parts(document)[1]
    at = document.text.index("5,000", part.start)

    found = read(document, part, [claim(at, at + 5)])

    cues = [node for node in _all(found[0].nodes) if node.mark is not None and node.mark.kind is MarkKind.CUE]
    assert [document.text[node.start : node.end] for node in cues] == ["said"]


def test_a_language_that_cannot_be_read_has_no_speakers() -> None:
    """A report in it shows its claims all the same."""
    document = Document("r", LINE, "0" * 64, (Passage(0, len(LINE), PassageKind.BODY),), "r", language="xx")

    assert kinds(read(document, parts(document)[0], [claim(14, 19)])) == {MarkKind.CLAIM}


def test_other_reports_are_named_where_they_change() -> None:
    """Of neighbors that the same reports share only the first one names them."""
    document = lines(3)
    size = len(LINE) + 1
    whole, last = alike(0, 3 * size, "whole"), alike(2 * size, 3 * size, "last")

    found = read(document, parts(document)[0], (), [whole, last])

    assert [tuple(one.document for one in stretch.also) for stretch in found] == [("whole",), (), ("whole", "last")]


def test_a_table_of_numbers_is_marked_in_part() -> None:
    """Of more claims than a part marks the first ones are marked."""
    document = lines(300)
    marked = [claim(at, at + 1, f"c-{at}") for at in range(MOST_FIGURES + 50)]

    found = read(document, parts(document)[0], marked)

    names = {node.mark.of for stretch in found for node in _all(stretch.nodes) if node.mark is not None}
    assert f"c-{MOST_FIGURES - 1}" in names
    assert f"c-{MOST_FIGURES}" not in names


def _all(nodes: Iterable[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from _all(node.inside)
