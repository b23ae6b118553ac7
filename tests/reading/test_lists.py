"""What holds many reports is told by its content; a text that looks like it from afar stays a text."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.reading.detection import kind_of
from tallystick.reading.received import Kind

LONG = json.dumps({"text": "word " * 4_000})


@pytest.mark.parametrize(
    ("name", "head", "kind"),
    [
        ("a", '{"text": "Ten."}\n{"text": "Two."}\n', Kind.JSON_LINES),
        ("a", LONG, Kind.JSON_LINES),
        ("a.jsonl", '{"text": \n{"text": "Two."}\n', Kind.JSON_LINES),
        ("a.json", '{\n  "text": "Ten."\n}', Kind.JSON_ARRAY),
        ("a.json", '[{"text": "Ten."}]', Kind.JSON_ARRAY),
        ("a", '\ufeff [\n {\n "text": "Ten."}]', Kind.JSON_ARRAY),
        ("a", '{"articles": [{"url": "https://a.example"}]}', Kind.JSON_ARRAY),
        ("a", '{"status": "ok", "totalResults": 38, "articles": [{"url": ""}]}', Kind.JSON_ARRAY),
        ("a.json", '{"version": "https://jsonfeed.org/version/1.1", "items": []}', Kind.FEED),
        ("a.html", '<?xml version="1.0"?>\n<!-- x --><!DOCTYPE rss [<!ENTITY a "b">]><rss version="2.0">', Kind.FEED),
        ("a", '<feed xmlns="http://www.w3.org/2005/Atom"><title>', Kind.FEED),
        ("a", '<atom:feed xmlns:atom="http://www.w3.org/2005/Atom">', Kind.FEED),
        ("a", '<rdf:RDF xmlns:rdf="x" xmlns="http://purl.org/rss/1.0/">', Kind.FEED),
        ("a", '<urlset xmlns="x">', Kind.SITEMAP),
        ("a", '<?xml version="1.0"?><sitemapindex>', Kind.SITEMAP),
        ("a", "# seen\nhttps://a.example\n\nhttp://b.example\n", Kind.ADDRESSES),
        ("a", "https://a.example", Kind.ADDRESSES),
        ("a", "https://a.example/page\n" * 1_000, Kind.ADDRESSES),
        ("a", "id,text,url\n1,Ten.,x\n", Kind.CSV),
        ("a", "URL\tTitle\tText\nx\ty\tz\n", Kind.CSV),
        ("a", "url\nhttps://a.example\n", Kind.CSV),
        ("a.csv", "a,b\n1,2\n", Kind.CSV),
    ],
)  # fmt: skip
def test_a_list_is_told_by_its_content(name: str, head: str, kind: Kind) -> None:
    """Whatever its name."""
    assert kind_of(head.encode()[:8_192], name) is kind


@pytest.mark.parametrize(
    ("name", "head", "kind"),
    [
        ("a.txt", "[Photo] Ten men came to Kursk.", Kind.TEXT),
        ("a.txt", "[] Ten men came.", Kind.TEXT),
        ("a.txt", "{Kursk} Ten men came.", Kind.TEXT),
        ("a.txt", "Ten men, two women, and a child came.\nThey left, too.", Kind.TEXT),
        ("a.txt", "Text, as he said, and title\nwere lost, too.", Kind.TEXT),
        ("a.txt", "Text\n\nTen men came.", Kind.TEXT),
        ("a.txt", "https://a.example\nTen men came.", Kind.TEXT),
        ("a.txt", "https://a.example says ten men came.", Kind.TEXT),
        ("a.txt", "# Remarks alone\n# and more", Kind.TEXT),
        ("a.md", "[Ten men](https://a.example) came.", Kind.MARKDOWN),
        ("a.md", "| text | url |\n|---|---|\n| a | b |", Kind.MARKDOWN),
        ("a", '<rdf:RDF xmlns:rdf="x"><foaf:Person/>', Kind.TEXT),
        ("a", "<html><body><p>How to write an <rss> feed</p>", Kind.HTML),
        ("a", "<!-- <rss> --><html><p>Ten men came.</p>", Kind.HTML),
    ],
)  # fmt: skip
def test_a_text_or_a_page_stays_one(name: str, head: str, kind: Kind) -> None:
    """Brackets, commas, addresses and names of feeds stand in prose as well."""
    assert kind_of(head.encode(), name) is kind


@given(st.binary(max_size=60) | st.text(alphabet='[]{}<>!?"a,;\t\n rss/-=ulxt', max_size=60).map(str.encode))
def test_any_head_has_a_kind_fuzz(head: bytes) -> None:
    """No head is too odd."""
    for name in ("a", "a.json", "a.csv", "a.xml"):
        assert isinstance(kind_of(head, name), Kind)
