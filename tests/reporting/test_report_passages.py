"""A document cut into runs: no word is lost or told twice, wherever figures, evidence and shared words stand."""

from hypothesis import given, settings
from hypothesis import strategies as st

from factory import claim, document
from tallystick.model.flag import Evidence
from tallystick.reporting.passages import LONGEST_RUN, Paragraph, Run, paragraphs, shortened

TEXT = "Between 5,000 and 6,000 men came by road.\nNobody knows who sent 700 of them.\nThe river rose."
SPANS = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT)))


def runs(shown: tuple[Paragraph, ...]) -> list[Run]:
    """All runs in order."""
    return [run for paragraph in shown for sentence in paragraph.sentences for run in sentence.runs]


@given(st.lists(SPANS, max_size=6), st.lists(SPANS, max_size=4), st.sets(st.sampled_from(("5,000", "6,000", "700"))))
@settings(max_examples=200, deadline=None)
def test_every_word_stands_once(
    shared: list[tuple[int, int]], spans: list[tuple[int, int]], figures: set[str]
) -> None:  # fmt: skip
    """Whatever overlaps whatever, also spans that are empty or turned round."""
    doc = document(TEXT)
    evidence = [Evidence(doc.id, *span) for span in spans]
    shown = paragraphs(doc, [claim(doc, figure) for figure in sorted(figures)], evidence, shared)
    assert "".join(run.text for run in runs(shown)) == TEXT.replace("\n", "")
    assert {run.text for run in runs(shown) if run.claim is not None} == figures


@given(st.lists(SPANS, max_size=6))
@settings(max_examples=200, deadline=None)
def test_shared_words_are_those_of_the_spans(shared: list[tuple[int, int]]) -> None:
    """Character by character."""
    doc = document(TEXT)
    found = [run.shared for run in runs(paragraphs(doc, (), (), shared)) for _ in run.text]
    expected = [any(start <= at < end for start, end in shared) for at, sign in enumerate(TEXT) if sign != "\n"]
    assert found == expected


def test_a_figure_in_shared_words_is_marked_and_shared() -> None:
    """The mark is that of the figure."""
    doc = document(TEXT)
    marked = [run for run in runs(paragraphs(doc, [claim(doc, "700")], (), [(0, len(TEXT))])) if run.claim is not None]
    assert [(run.text, run.shared) for run in marked] == [("700", True)]


def test_of_a_long_text_the_paragraphs_with_marks_are_kept() -> None:
    """Figures and evidence keep theirs; long plain words are cut in the middle."""
    long = "word " * LONGEST_RUN
    doc = document(f"{long}700 men.\nNobody.\nThe river rose.\nNothing.")
    start = doc.text.index("river")
    shown, left_out = shortened(paragraphs(doc, [claim(doc, "700")], [Evidence(doc.id, start, start + 5)]))
    assert left_out == 2
    assert [run.text for run in runs(shown) if run.claim is not None or run.evidence] == ["700", "river"]
    assert all(len(run.text) <= LONGEST_RUN + 10 for run in runs(shown))
