"""Web pages: the body is trafilatura's own, what stands apart follows it, and no page breaks the reader."""

import json
import time
from io import BytesIO

import pytest
import trafilatura
from benchmarks.pages import pages
from hypothesis import given
from hypothesis import strategies as st

from tallystick.errors import ReadingError
from tallystick.model.document import Document, PassageKind, Sureness
from tallystick.reading.formats.html import html
from tallystick.reading.received import Received

PARAGRAPHS = (
    "Five thousand builders from North Korea will leave for the Kursk region in the summer, Moscow said on Tuesday.",
    "They are to repair houses, roads and bridges, and their number may grow in the course of next year, it said.",
    "Local officials gave no number of their own and asked for patience, while the opposition spoke of a scandal.",
)
BODY = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
CAPTION = "A bridge near the town of Sudzha, destroyed in the spring."
TEASER = (
    '<article class="card"><h3>Another story</h3><figcaption>Forty men stand on a quay in Odesa.</figcaption></article>'
)
# A hostile page ends well within this on a slow machine; without the bounds each takes minutes.
SECONDS = 40


def read(page: str | bytes) -> Document:
    """The report of a page."""
    content = page if isinstance(page, bytes) else page.encode()
    return html(content, Received("page.html", BytesIO(content))).document


def outcome(page: str | bytes) -> str:
    """The text of a page, or why it cannot be read; no other error is taken."""
    try:
        return read(page).text
    except ReadingError as error:
        return error.reason


def page_of(article: str = BODY, *, head: str = "", after: str = "", title: str = "Builders leave for Kursk") -> str:
    """A page with an article."""
    return (
        f"<!DOCTYPE html><html lang=en><head><title>{title}</title>{head}</head><body><nav><a href=/>Home</a></nav>"
        f"<main><article><h1>{title}</h1>{article}</article></main>{after}</body></html>"
    )


def kinds(document: Document) -> dict[str, PassageKind]:
    """What each passage is."""
    return {document.text[passage.start : passage.end]: passage.kind for passage in document.passages}


def details(document: Document, field: str) -> list[tuple[str, str, Sureness]]:
    """What is known of a field."""
    return [(one.value, one.how, one.sureness) for one in document.details if one.field == field]


def test_the_text_begins_with_trafilaturas_own() -> None:
    """On every layout the body is what the library extracts by default, to the letter."""
    for page in pages(10):
        own = trafilatura.bare_extraction(page.content, with_metadata=True)
        assert own is not None
        assert isinstance(own, trafilatura.settings.Document)
        assert own.text
        text = read(page.content).text
        assert text.startswith(own.text)
        assert text == own.text or text[len(own.text) :].startswith("\n\n")


def test_title_standfirst_caption_and_links_follow_the_body() -> None:
    """Each is labeled, and those of other stories' teasers stay away."""
    article = (
        '<p class="standfirst">What the ministry has planned for a region in ruins.</p>'
        f'<figure><figcaption>{CAPTION} <span class="credit">Photo: Jo Ray</span></figcaption></figure>{BODY}'
    )
    after = '<div class="related-stories"><a href=/2>Twelve ships lie before the port of Odesa</a></div>' + TEASER
    document = read(page_of(article, after=after, head='<meta property="og:title" content="A title of its own here">'))
    found = kinds(document)
    assert found["A title of its own here"] is PassageKind.HEADLINE
    assert found[CAPTION] is PassageKind.CAPTION
    assert found["Twelve ships lie before the port of Odesa"] is PassageKind.RELATED
    assert found["What the ministry has planned for a region in ruins."] is PassageKind.STANDFIRST
    assert all(found[text] is PassageKind.BODY for text in PARAGRAPHS)
    assert not [text for text in found if "Forty men" in text or "Jo Ray" in text]
    assert document.text.startswith(PARAGRAPHS[0]) or document.text.index(PARAGRAPHS[0]) < document.text.index(CAPTION)


def test_a_title_that_the_body_holds_is_not_repeated() -> None:
    """A dash or a quote more makes no other title."""
    document = read(page_of(f"<h2>Builders leave for Kursk!</h2>{BODY}"))
    assert document.text.endswith(PARAGRAPHS[-1])


def test_the_description_counts_only_where_the_page_shows_it() -> None:
    """A meta element that no reader sees is no part of the report."""
    words = "Workers are to rebuild a region that the war has left in ruins."
    meta = f'<meta name="description" content="{words}">'
    assert words not in read(page_of(head=meta)).text
    shown = read(page_of(f"<div>{words}</div>{BODY}", head=meta))
    assert shown.text.count(words) == 1


def test_reader_comments_are_kept_apart() -> None:
    """They stand at the end and are not read for figures."""
    comments = (
        '<section id="comments" class="comments"><div class="comment"><p>Surely 70,000 by now.</p></div></section>'
    )
    document = read(page_of(after=comments))
    assert [kind for text, kind in kinds(document).items() if "70,000" in text] == [PassageKind.COMMENT]


def test_json_ld_gives_details_with_the_time_of_day() -> None:
    """In a graph, with how each was found; the update is a field of its own."""
    graph = {
        "@graph": [
            {"@type": "WebSite", "name": "Other", "datePublished": "2001-01-01"},
            {
                "@type": ["NewsArticle"], "headline": "Builders leave for Kursk", "author": [{"name": "Anna Bright"}],
                "publisher": {"name": "Harbor Press"}, "datePublished": "2025-06-17T23:30:00+03:00",
                "dateModified": "2025-06-18T08:00:00Z", "url": "https://harbor.example/a",
            },
        ]
    }  # fmt: skip
    document = read(page_of(head=f'<script type="application/ld+json">{json.dumps(graph)}</script>'))
    assert (document.outlet, document.author, document.url) == (
        "Harbor Press",
        "Anna Bright",
        "https://harbor.example/a",
    )
    dates = [("2025-06-17T23:30:00+03:00", "JSON-LD datePublished", Sureness.STATED)]
    assert details(document, "published") == [*dates, ("2001-01-01", "date found on the page", Sureness.GUESSED)]
    assert document.updated == "2025-06-18T08:00:00Z"


@pytest.mark.parametrize("script", ["{", "[" * 50_000, '{"@type": 3}', '{"@type":"Article","author":7}', "null", "NaN"])
def test_broken_json_ld_is_passed_over(script: str) -> None:
    """The page is read without it."""
    assert PARAGRAPHS[0] in read(page_of(head=f'<script type="application/ld+json">{script}</script>')).text


@pytest.mark.parametrize(
    ("shown", "day"),
    [
        ("17 июня 2025, 12:00", "2025-06-17"),
        ("Опубліковано 17 червня 2025", "2025-06-17"),
        ("17.06.2025 09:15", "2025-06-17"),
        ("Published: June 17, 2025", "2025-06-17"),
    ],
)
def test_a_date_shown_to_readers_is_read(shown: str, day: str) -> None:
    """In the forms of Russian, Ukrainian and English pages."""
    assert read(page_of(f'<div class="date">{shown}</div>{BODY}')).published == day


def test_dates_that_disagree_are_both_kept_and_trusted_less() -> None:
    """What the field says stays first, one step less sure."""
    meta = '<meta property="article:published_time" content="2025-06-18T08:00:00Z">'
    agreed = read(page_of(f'<div class="date">18 июня 2025</div>{BODY}', head=meta))
    assert details(agreed, "published") == [("2025-06-18T08:00:00Z", "meta article:published_time", Sureness.STATED)]
    document = read(page_of(f'<div class="date">2 мая 2025</div>{BODY}', head=meta))
    assert details(document, "published") == [
        ("2025-06-18T08:00:00Z", "meta article:published_time", Sureness.READ),
        ("2025-05-02", "date shown beside the title", Sureness.READ),
    ]


def test_the_language_of_a_page_is_taken_only_where_its_words_can_be_in_it() -> None:
    """Templates call everything English."""
    russian = (
        "Министерство сообщило, что в регион прибыли шестьсот строителей и что их число будет расти до конца года."
    )
    article = "".join(f"<p>{russian} {number}.</p>" for number in range(3))
    assert read(page_of(article)).language == "ru"
    assert details(read(page_of()), "language") == [("en", "html lang", Sureness.STATED)]


def test_the_canonical_address_goes_first_and_another_is_kept() -> None:
    """A copy names where it came from."""
    head = '<link rel="canonical" href="https://harbor.example/a"><meta property="og:url" content="https://copy.example/b">'
    document = read(page_of(head=head))
    assert document.url == "https://harbor.example/a"
    assert details(document, "url")[1] == ("https://copy.example/b", "meta og:url", Sureness.STATED)


def test_a_line_of_credit_is_a_detail() -> None:
    """Whoever takes over a report says so at its end."""
    line = "This article was originally published by Harbor Press on 17 June 2025."
    document = read(page_of(f"{BODY}<p>{line}</p>"))
    assert details(document, "credit") == [(line, "line of the text", Sureness.READ)]


def test_names_in_bold_open_turns() -> None:
    """Without a colon, in an interview on a page."""
    talk = "".join(
        f"<p><b>{name}</b> {text}</p>"
        for name, text in zip(("Anna Bright", "Tom Reed") * 2, (*PARAGRAPHS, PARAGRAPHS[0] + " Again."), strict=True)
    )
    turns = [passage.turn for passage in read(page_of(talk)).passages if passage.kind is PassageKind.BODY]
    assert turns == ["Anna Bright", "Tom Reed", "Anna Bright", "Tom Reed"]


HOSTILE = {
    "nested": page_of(BODY + "<div>" * 100_000),
    "nested before": page_of("<div>" * 100_000 + BODY),
    "nested inline": page_of(BODY + "<p>" + "<b><i>" * 100_000),
    "attributes": page_of("<div " + " ".join(f"a{number}='>'" for number in range(1_000_000)) + f">{BODY}"),
    "elements": page_of(BODY + "<p>x y z</p>" * 150_000),
    "tags": page_of(BODY + "<p>" * 5_000_000),
    "lists": page_of(BODY + "<ul><li>" * 115 + "<p>A word and a <a href=x>link</a>.</p>" * 15_000),
    "junk": page_of(BODY + "<" * 19_000_000),
    "references": page_of(BODY + "<p>" + "&amp;&lt;&#x41;&nbsp;" * 900_000),
    "nulls": page_of(BODY + "\0" * 1_000_000),
    "dates": page_of("".join(f"<i class=date>{n % 28 + 1} июня {1995 + n % 90} {n}</i>" for n in range(15_000)) + BODY),
    "comments": page_of(BODY, after="<div class=comments><p>hi there" + "<!-- " * 300_000),
    "title": page_of(title="600 builders - " * 200_000),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_ends_in_bounded_time(name: str) -> None:
    """It is read, or refused with a sentence for the user."""
    start = time.perf_counter()
    assert outcome(HOSTILE[name])
    assert time.perf_counter() - start < SECONDS


@pytest.mark.parametrize("encoding", ["utf-8", "cp1251", "koi8-r"])
def test_encodings_are_told(encoding: str) -> None:
    """Cyrillic pages come in three."""
    line = "Министерство сообщило, что в регион прибыли шестьсот строителей и что их число будет расти до конца года."
    page = page_of(f"<p>{line}</p><p>{line[::-1]}</p>", title="Строители", head=f"<meta charset={encoding}>")
    assert line in read(page.encode(encoding)).text


FRAGMENTS = st.sampled_from((
    *PARAGRAPHS[:2], "<p>", "</p>", "<div class=caption>", "<figcaption>", "<article>", "</article>", "<h1>", "<br>",
    "<time datetime=2025-06-17>", "<meta property=og:title content='", "<script type=application/ld+json>", "</script>",
    '{"@type":"Article","headline":', "<b>Anna Bright</b>", "Q: ", "17 июня 2025", "<table><tr><td>", "<!--", "-->",
    "&#0;", "&#xd800;", "\x00", "'", '"', ">", "<div class=related><a href=x>", "<div class=comment-content>",
    "<ul><li>", "\n", "<meta name=description content='Five thousand builders'>", "<html lang=ru>", "<head>", "<body>",
))  # fmt: skip


@given(st.lists(FRAGMENTS | st.text(max_size=20), max_size=40))
def test_fuzz_no_page_breaks_the_reader(pieces: list[str]) -> None:
    """Whatever its tags and words, it is read or refused."""
    assert outcome("".join(pieces).encode("utf-8", "replace"))


@given(st.binary(max_size=600))
def test_fuzz_no_bytes_break_the_reader(content: bytes) -> None:
    """Also within an article that is one."""
    assert outcome(content)
    assert outcome(page_of(BODY + "<p>").encode() + content)
