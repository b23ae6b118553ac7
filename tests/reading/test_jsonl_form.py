"""The line that a document is printed as, and the way back."""

import json
from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.errors import ReadingError
from tallystick.model.document import Detail, Document, Passage, PassageKind, Sureness
from tallystick.reading.formats.json_document import json_document
from tallystick.reading.jsonl_form import to_form, to_line
from tallystick.reading.received import Received

TEXT = "Ten men came.\n\nThree left.\n\nBuilders come\n\nSurely it is 70,000 by now."
PASSAGES = (
    Passage(0, 13, PassageKind.BODY, page=1),
    Passage(15, 26, PassageKind.BODY, language="ru", turn="Shoigu"),
    Passage(28, 41, PassageKind.HEADLINE),
    Passage(43, 70, PassageKind.COMMENT, repeats=0),
)
WORDS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)
SOME = st.none() | WORDS


def document(text: str = TEXT, passages: tuple[Passage, ...] = PASSAGES) -> Document:
    """A document with every field."""
    return Document(
        "id-1", text, "0" * 64, passages, "a.html", "Builders come", "https://a.example", "Harbor", "Ann",
        "2025-06-17", "uk", "2025-06-18T08:00:00Z", (Detail("title", "Builders come", "h1", Sureness.READ),),
    )  # fmt: skip


def again(line: str) -> Document:
    """The document that is read from a line."""
    content = line.encode()
    return json_document(content, Received("b.jsonl:1", BytesIO(content))).document


def test_the_text_of_a_line_is_the_body_and_its_parts_carry_the_rest() -> None:
    """Offsets count the whole text; only what lies behind the body has its text in its part."""
    form = to_form(document())
    assert form["text"] == "Ten men came.\n\nThree left."
    assert [part.get("text") for part in form["parts"]] == [
        None, None, "Builders come", "Surely it is 70,000 by now.",
    ]  # fmt: skip
    assert form["parts"][1] == {"kind": "body", "start": 15, "end": 26, "language": "ru", "turn": "Shoigu"}
    assert form["parts"][3]["repeats"] == 0
    assert (form["path"], form["details"][0]["sure"]) == ("a.html", "read")
    assert "\n" not in to_line(document())


def test_a_text_without_a_body_passage_is_whole() -> None:
    """A headline alone is all that the report says."""
    alone = document("Ten men came\n", (Passage(0, 12, PassageKind.HEADLINE),))
    assert to_form(alone)["text"] == "Ten men came\n"


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Any document: passages with any space between, before and after them."""
    space = st.sampled_from(("\n\n", "\n", " ", "\r\n\r\n", "", "\n\n\n"))
    text = draw(space)
    passages: list[Passage] = []
    for words in draw(st.lists(WORDS.filter(str.strip), min_size=1, max_size=6)):
        start = len(text)
        text += words + draw(space)
        repeats = draw(st.none() | st.sampled_from([one.start for one in passages])) if passages else None
        passages.append(
            Passage(
                start, start + len(words), draw(st.sampled_from(PassageKind)), repeats, draw(SOME), draw(SOME),
                draw(st.none() | st.integers(0, 9)),
            )
        )  # fmt: skip
    dates = st.none() | st.sampled_from(("2025", "2025-06-17", "2025-06-17T08:15:00+03:00"))
    fields = st.sampled_from(("title", "url", "outlet", "author", "credit", "language"))
    details = st.lists(st.builds(Detail, fields, WORDS, WORDS, st.sampled_from(Sureness)), max_size=3)
    return Document(
        draw(WORDS), text, "0" * 64, tuple(passages), "a.html", draw(SOME), draw(SOME), draw(SOME), draw(SOME),
        draw(dates), draw(WORDS), draw(dates), tuple(draw(details)),
    )  # fmt: skip


@given(documents())
def test_a_line_is_read_back_without_loss(given_one: Document) -> None:
    """The same text, passages, fields and details; only the name and the bytes are others."""
    found = again(to_line(given_one))
    assert replace(found, name=given_one.name, sha256=given_one.sha256) == given_one
    assert to_form(found)["parts"] == to_form(given_one)["parts"]


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ([{"kind": "body", "start": 0, "end": 99}], "not in the text"),
        ([{"kind": "body", "start": 5, "end": 3}], "not in the text"),
        ([{"kind": "body", "start": 0, "end": 9}, {"kind": "body", "start": 4, "end": 12}], "after the one before"),
        ([{"kind": "verse", "start": 0, "end": 3}], "no kind of part: 'verse'"),
        ([{"kind": "body", "start": "0", "end": 3}], "'start' of a part must be a number"),
        ([{"kind": "body", "start": 0, "end": 3, "repeats": 0}], "repeats none before it"),
        ([{"kind": "body", "start": 0, "end": 3, "turn": 5}], "'turn' of a part must be a string"),
        (["body"], "a part must be an object"),
    ],
)
def test_parts_that_do_not_fit_the_text_are_named(parts: list[object], words: str) -> None:
    """A line that was changed by hand is not read on trust."""
    with pytest.raises(ReadingError, match=words):
        again(json.dumps({"id": "a", "text": "Ten men came.", "parts": parts}))
