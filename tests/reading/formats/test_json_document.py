"""Reports in JSON objects: our own form, and those of other programs."""

import json
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.errors import ReadingError
from tallystick.model.document import Detail, Document, PassageKind, Sureness
from tallystick.reading.formats.json_document import json_document
from tallystick.reading.received import Received

BODY = "Ten men came.\n\nTwo of them left on Tuesday."


def read(values: object) -> Document:
    """The document in a JSON value."""
    content = json.dumps(values).encode()
    return json_document(content, Received("a.json", BytesIO(content))).document


def parts(document: Document) -> list[tuple[str, PassageKind]]:
    """The passages with their kinds."""
    return [(document.text[one.start : one.end], one.kind) for one in document.passages]


def test_our_own_form_gives_its_fields_and_its_text_untouched() -> None:
    """Offsets of the caller bind: no space, no reference is rewritten; a title stays a detail."""
    document = read({
        "id": 7, "text": "5\u2009000 &amp; more came.", "title": "Five", "url": "https://a.example", "outlet": "Harbor",
        "author": "Ann", "published": "2025-06-17", "updated": "2025-06-18", "language": "en", "kind": "x",
    })  # fmt: skip
    assert document.text == "5\u2009000 &amp; more came."
    assert (document.id, document.title, document.url, document.outlet) == ("7", "Five", "https://a.example", "Harbor")
    assert (document.author, document.published, document.updated) == ("Ann", "2025-06-17", "2025-06-18")
    assert Detail("published", "2025-06-17", "JSON published", Sureness.STATED) in document.details


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"id": "x"}, "no 'text' string"),
        ({"text": 5}, "no 'text' string"),
        ({"text": " "}, "text is empty"),
        ({"text": "Ten.", "title": 4}, "'title' must be a string, not int"),
        ({"text": "Ten.", "id": 4.5}, "'id' must be a string, not float"),
        ({"text": "Ten.", "published": "17.06.2025"}, "is not an ISO 8601 date"),
        (["Ten."], "must be one JSON object"),
        ({"maintext": " ", "date_publish": None}, "text is empty"),
    ],
)
def test_what_is_wrong_is_named(values: object, words: str) -> None:
    """In our own form every field must be right."""
    with pytest.raises(ReadingError, match=words):
        read(values)


def test_news_please_gives_its_text_then_its_title_and_description() -> None:
    """The article is the body; what it lacks stands apart behind it."""
    document = read({
        "maintext": BODY, "title": "Builders come", "description": "A day in Kursk", "text": None,
        "date_publish": "2025-06-17 08:15:00", "date_modify": "not known", "authors": ["Ann Lee", "Bo Kim"],
        "source_domain": "harbor.example", "url": "https://harbor.example/a", "language": "en", "filename": "a.json",
    })  # fmt: skip
    assert document.text.startswith(BODY)
    assert parts(document)[2:] == [
        ("Builders come", PassageKind.HEADLINE), ("A day in Kursk", PassageKind.STANDFIRST),
    ]  # fmt: skip
    assert (document.published, document.updated) == ("2025-06-17T08:15:00", None)
    assert (document.author, document.outlet) == ("Ann Lee, Bo Kim", "harbor.example")
    assert Detail("outlet", "harbor.example", "JSON source_domain", Sureness.GUESSED) in document.details


def test_media_cloud_gives_the_outlet_by_its_name() -> None:
    """The address of the outlet is kept as a second value; when it was indexed is not when it was published."""
    document = read({
        "id": "ab12", "indexed_date": "2025-06-19T01:02:03", "language": "ru", "media_name": "Harbor Press",
        "media_url": "harbor.example", "publish_date": "2025-06-17", "title": "T", "url": "https://harbor.example/a",
        "text": BODY,
    })  # fmt: skip
    assert (document.id, document.outlet, document.published) == ("ab12", "Harbor Press", "2025-06-17")
    assert document.language == "ru"
    assert [detail.value for detail in document.details if detail.field == "outlet"] == [
        "Harbor Press", "harbor.example",
    ]  # fmt: skip


def test_a_field_that_another_program_wrote_wrongly_is_left_out() -> None:
    """Its text is worth more than its date."""
    document = read({
        "maintext": BODY, "title": ["a", 4], "date_publish": "17/06/2025", "language": "?", "url": "file:///etc/passwd",
        "authors": [None, 3], "id": {"a": 1},
    })  # fmt: skip
    assert (document.title, document.published, document.url, document.author) == ("a", None, None, None)
    assert document.language == "en"


VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=30),
    st.lists(st.one_of(st.text(max_size=5), st.integers()), max_size=3),
)  # fmt: skip
NAMES = st.sampled_from((
    "text", "maintext", "title", "id", "url", "published", "date_publish", "authors", "language", "seendate", "parts",
    "details", "description", "publish_date", "updated", "after",
))  # fmt: skip


@given(st.one_of(st.binary(max_size=80), st.dictionaries(NAMES, VALUES).map(lambda one: json.dumps(one).encode())))
def test_any_bytes_are_a_document_or_a_named_error_fuzz(content: bytes) -> None:
    """Nothing else comes out."""
    try:
        found = json_document(content, Received("a.json", BytesIO(content)))
    except ReadingError:
        return
    assert found.document.text.strip()
    assert found.original.content == content
