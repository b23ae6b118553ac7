"""Reports that quote the same words go back to the first one that has them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factory import claim, document
from tallystick.dossiers.loading import load
from tallystick.model.document import Document
from tallystick.model.lineage import Edge, EdgeKind, EdgeLevel, Mechanism
from tallystick.model.quantity import Bound
from tallystick.tracing.speech import MOST_MARKS, quotation_marks, speech
from tallystick.tracing.tracing import trace

DOSSIER = load("dprk-russia")
WORDS = "we shall send seven hundred builders over the river before the ice"
FIRST = document(
    f"PORT - On the quay she was plain: “{WORDS} comes,” said the governor, who counted 700 of them.",
    id="first", outlet="Pier Post", published="2025-03-01",
)  # fmt: skip
LATER = document(
    f'Half a year on, few remember what was promised. "{WORDS.capitalize()} comes" - 700 in all.',
    id="later", outlet="Quay Courier", published="2025-09-01",
)  # fmt: skip


def quoted(*sources: Document, level: EdgeLevel = EdgeLevel.DOCUMENT) -> list[Edge]:
    """The steps of quotations between reports without claims."""
    edges = trace(sources, (), DOSSIER).edges
    return [edge for edge in edges if edge.mechanism is Mechanism.QUOTATION and edge.level is level]


def test_reports_with_the_same_quotation_are_tied() -> None:
    """The step shows where the words stand in both reports, whatever their quotation marks and capitals."""
    (edge,) = quoted(LATER, FIRST)
    assert (edge.later, edge.earlier, edge.kind) == ("later", "first", EdgeKind.QUOTED)
    (shared,) = edge.shared
    assert LATER.text[shared.later_start : shared.later_end] == f"{WORDS.capitalize()} comes"
    assert FIRST.text[shared.earlier_start : shared.earlier_end] == f"{WORDS} comes"
    assert WORDS.capitalize()[:20] in edge.reason


def test_six_equal_words_are_a_formula() -> None:
    """Short phrases that everybody uses tie nothing, whether they are a sentence or part of one."""
    words = "a clear violation of the resolutions"
    assert not quoted(*(document(f"Asked, she said: “{words}”.", id=name) for name in ("a", "b")))
    words = "were in the wrong place at the wrong time"
    both = (f"“They {words}, all four of them,” he said.", f"The mayor’s words: “Girls and boys {words} again”.")
    assert not quoted(*(document(text, id=text[:5]) for text in both))


def test_a_quoted_sentence_of_seven_words_is_found() -> None:
    """A whole sentence of two quotations is no formula."""
    one = document("He wrote: “No gate shall stay open this night. Go home!”", id="a", published="2025-01-01")
    other = document("“no gate shall stay open this night”: so it was put.", id="b", published="2025-01-02")
    (edge,) = quoted(one, other)
    assert "quotes 7 words" in edge.reason


def test_ten_equal_words_within_longer_quotations_are_found() -> None:
    """Each report may quote more than the other."""
    words = "seven hundred builders over the river now and more later"
    one = document(f"In a long letter to his aunt he wrote: “Never did {words} seem so few.”", id="a")
    other = document(f"“Count {words}, all of you!” - nobody did, as the ferryman, who was there, told us.", id="b")
    (edge,) = quoted(one, other)
    assert one.text[edge.shared[0].earlier_start : edge.shared[0].earlier_end] == words


def test_equal_words_that_nobody_quotes_are_no_quotation() -> None:
    """What stands outside of quotation marks is left to the rules of copied text."""
    assert not quoted(*(document(f"There {WORDS}.", id=name) for name in ("a", "b")))


def test_a_figure_in_the_same_quotation_is_one_figure() -> None:
    """The later report names nobody; the words name the speaker."""
    words = "there were 700 builders on the far side"
    one = document(
        f"Bo Lund told a crowd of anglers, who had come for the prizes: “{words}”.",
        id="a",
        outlet="A",
        published="2025-03-01",
    )
    other = document(
        f"Years later a song about that cold spring began with the line “{words}”, and all of us knew it.",
        id="b",
        outlet="B",
        published="2026-08-01",
    )
    claims = claim(one, "700", speaker="Bo Lund"), claim(other, "700", category="construction_worker")
    lineage = trace((one, other), claims, DOSSIER)
    (edge,) = (edge for edge in lineage.edges if edge.level is EdgeLevel.CLAIM)
    assert edge.mechanism is Mechanism.QUOTATION
    assert len(edge.shared) == 1
    (origin,) = lineage.origins
    assert origin.speaker == "Bo Lund"
    assert "the same words quoted" in origin.reason


def test_a_figure_beside_the_same_quotation_is_one_figure() -> None:
    """The number stands in the paragraph of the quoted words."""
    claims = claim(FIRST, "700", speaker="Anna Petrova"), claim(LATER, "700")
    assert len(trace((FIRST, LATER), claims, DOSSIER).origins) == 1


def test_two_named_speakers_do_not_share_a_quotation() -> None:
    """A quotation in the mouth of somebody else may be a forgery, but its figure has two speakers."""
    claims = claim(FIRST, "700", speaker="Anna Petrova"), claim(LATER, "700", speaker="Bo Lund")
    assert len(trace((FIRST, LATER), claims, DOSSIER).origins) == 2


def test_another_population_beside_the_same_quotation_is_another_figure() -> None:
    """15,000 troops and 15,000 laborers of one speech are two populations."""
    words = "our brothers stand with us on the soil of our neighbors"
    one = document(
        f"Late in the evening, before a few friends of the club, he spoke of 15,000 troops: “{words}”.",
        id="a",
        published="2025-03-01",
    )
    other = document(
        f"“{words}” - with that, as every editor of the town took it, he meant none but the 15,000 laborers.",
        id="b",
        published="2025-03-02",
    )
    claims = (
        claim(one, "15,000", speaker="Bo Lund", category="soldier"),
        claim(other, "15,000", category="worker_other"),
    )
    assert len(trace((one, other), claims, DOSSIER).origins) == 2


def test_another_figure_beside_the_same_quotation_has_its_own_origin() -> None:
    """Words in common make no number equal."""
    claims = claim(FIRST, "700", speaker="Anna Petrova"), claim(LATER, "700", low=900, high=900, bound=Bound.EXACT)
    assert len(trace((FIRST, LATER), claims, DOSSIER).origins) == 2


def test_a_report_quotes_the_first_of_many() -> None:
    """What ten papers quote goes back to the earliest, not from each to each."""
    papers = [
        document(
            f"{' '.join(f'own{turn}word{word}' for word in range(30))}: “{WORDS}”.",
            id=f"p{turn}",
            outlet=f"P{turn}",
            published=f"2025-03-{turn:02d}",
        )
        for turn in range(1, 11)
    ]
    edges = quoted(*papers)
    assert {edge.earlier for edge in edges} == {"p1"}
    assert len(edges) == len(papers) - 1


def test_a_paragraph_that_a_report_prints_twice_is_quoted_once() -> None:
    """Repeated paragraphs hold no further quotation."""
    text = f"She said: “{WORDS}”."
    assert len(speech(document(text))) == 1


@pytest.mark.parametrize("marks", ["“{}”", "„{}“", "«{}»", '"{}"', "‘{}’", "“{}"])
def test_every_kind_of_quotation_mark_is_read(marks: str) -> None:
    """The last one goes on in the next paragraph and has no end."""
    (quote,) = speech(document("He said: " + marks.format(WORDS)))
    assert quote.words == tuple(WORDS.split())


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.sampled_from("ab"), max_size=9), st.lists(st.sampled_from("xy"), max_size=9),
    st.lists(st.sampled_from("klmno"), min_size=10, max_size=20),
)  # fmt: skip
def test_ten_words_in_common_share_a_mark(before: list[str], after: list[str], common: list[str]) -> None:
    """Whatever stands around them."""
    one = document("“" + " ".join([*before, *common, *after]) + "”")
    other = document("It says: “" + " ".join([*after, *common, *before]) + "”")
    assert set(quotation_marks(one)) & set(quotation_marks(other))


def test_a_report_has_a_bounded_number_of_marks() -> None:
    """A transcript of any length has as many as are kept, and they are the same ones in any report."""
    paragraphs = "\n".join(f"“{' '.join(f'w{turn * 20 + word}' for word in range(20))}”" for turn in range(400))
    marks = quotation_marks(document(paragraphs))
    assert len(marks) == MOST_MARKS
    assert marks == tuple(sorted(marks))
    assert set(marks) & set(quotation_marks(document(paragraphs + "\n“" + "z " * 30 + "”")))


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="ab \n“”„«»\"‘’'.,7", max_size=200))
def test_no_text_breaks_it(text: str) -> None:
    """Quotations lie in the text, and their words are its words."""
    source = document(text)
    for quote in speech(source):
        assert [source.text[start:end].casefold() for start, end in quote.spans] == list(quote.words)
