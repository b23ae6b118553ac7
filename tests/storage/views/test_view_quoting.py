"""Spans of reports in their sentences, cut out by the database."""

from collections.abc import Callable
from pathlib import Path

import pytest

from copied import Kept
from factory import document
from tallystick.model.document import Document, Original, Retrieved
from tallystick.model.flag import Evidence
from tallystick.storage.case import Case, Rules
from tallystick.storage.views.quoting import AROUND, LONGEST, Quotation, joined, quotations
from tallystick.storage.views.view import Views

Quoter = Callable[[str, str], Quotation]


def held(folder: Path, made: Document) -> None:
    """Make a case with one report."""
    with Case.open(folder, create=True) as case:
        case.set_rules(Rules("general", "0", "test"))
        case.add(Retrieved(made, Original(made.sha256, "text/plain", made.text.encode())), ())


@pytest.fixture
def quote(tmp_path: Path, kept: Kept) -> Quoter:
    """Quotes words of a text, as a case gives them."""

    def given(text: str, words: str) -> Quotation:
        folder = tmp_path / f"case-{len(list(tmp_path.iterdir()))}"
        held(folder, document(text, id="one"))
        views = Views(kept(folder))
        span = Evidence("one", text.index(words), text.index(words) + len(words))
        with views.moment() as view:
            found = quotations(view, [span])
        views.close()
        return found[span]

    return given


def words_of(one: Quotation) -> str:
    """A quotation as one reads it, marks in brackets."""
    return "".join(f"[{piece.words}]" if piece.marked else piece.words for piece in one.pieces)


@pytest.mark.parametrize(
    ("text", "marked", "read"),
    [
        ("It rained. Some 40 came. They left.", "40", "Some [40] came."),
        ("40 came", "40", "[40] came"),
        ("First line\nSome 40 came\nLast line", "40", "Some [40] came"),
        ("Старт. Пришли 40 человек 🙂. Ушли.", "40", "Пришли [40] человек 🙂."),
        ("开始。来了40人。走了。", "40", "来了[40]人。"),
        ('"Some came." He left 40 there! Why?', "40", "He left [40] there!"),
        ("They all left. Then 40 came back.", "They all left.", "[They all left.]"),
        (
            "An increase to 2.5 million was told of 40 towns.",
            "40",
            "An increase to 2.5 million was told of [40] towns.",
        ),
        # What a store may hold as more characters than one, or end a text at.
        ("\0One \0\0came. Some \ufdd0 40\0 came.\n\0Last", "40", "Some \ufdd0 [40]\0 came."),
    ],
)
def test_a_span_stands_in_its_sentence(quote: Quoter, text: str, marked: str, read: str) -> None:
    """Nothing before or behind the sentence; offsets are code points in any script."""
    found = quote(text, marked)
    assert words_of(found) == read
    assert text[found.first : found.last] == read.replace("[", "").replace("]", "")


def test_a_sentence_without_end_is_cut_at_words(quote: Quoter) -> None:
    """Dots say that words are left out on both sides."""
    text = "word " * 200 + "40 " + "more " * 200
    found = words_of(quote(text, "40"))
    assert found.startswith("… word ")
    assert found.endswith(" more …")
    assert len(found) < 2 * AROUND + 20


def test_a_long_span_is_begun(quote: Quoter) -> None:
    """Of a paragraph the beginning is quoted."""
    text = "It began. " + "so it went on " * 100
    found = quote(text, text[10:])
    assert len(found.words) == LONGEST
    assert words_of(found).endswith(" …")


def test_spans_of_one_sentence_are_one_quotation(tmp_path: Path) -> None:
    """Each of them is marked in it; another sentence, and another report, stays another."""
    text = "Of 9 who came 4 fell and 5 left. Then 7 more came."
    folder = tmp_path / "case"
    held(folder, document(text, id="one"))
    views = Views(folder)
    spans = [Evidence("one", text.index(figure), text.index(figure) + 1) for figure in "5974"]
    with views.moment() as view:
        found = quotations(view, [*spans, Evidence("none", 0, 1), Evidence("one", 900, 901)])
    views.close()
    assert set(found) == set(spans)
    assert [words_of(one) for one in joined(found[span] for span in spans)] == [
        "Of [9] who came [4] fell and [5] left.",
        "Then [7] more came.",
    ]
