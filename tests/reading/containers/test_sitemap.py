"""Sitemaps: each page an address, and no more than the protocol allows."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.errors import ReadingError
from tallystick.model.document import Detail, Failure, Sureness
from tallystick.reading.containers import sitemap as module
from tallystick.reading.containers.sitemap import sitemap
from tallystick.reading.received import Address, Received

SPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" '
    'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
)
PAGE = "<url><loc>https://a.example/{}</loc></url>"


def found(xml: str | bytes) -> list[Address | Failure]:
    """What a sitemap names."""
    content = xml.encode() if isinstance(xml, str) else xml
    return list(sitemap(Received("a.xml", BytesIO(content))))


def test_a_page_of_a_news_sitemap_has_its_title_and_date() -> None:
    """An image of the page has a title and a place of its own, which are not the page's."""
    (one,) = found(
        f"<?xml version='1.0'?><urlset {SPACES}><url><image:image><image:loc>https://a.example/x.jpg</image:loc>"
        "<image:title>A bridge</image:title></image:image><loc> https://a.example/1?a=1&amp;b=2\n</loc>"
        "<lastmod>2025-06-18</lastmod><news:news><news:publication><news:name>Harbor</news:name><news:language>en"
        "</news:language></news:publication><news:publication_date>2025-06-17T08:00:00Z</news:publication_date>"
        "<news:title>Builders &amp; sappers</news:title></news:news></url></urlset>"
    )
    assert isinstance(one, Address)
    assert (one.url, one.name) == ("https://a.example/1?a=1&b=2", "a.xml[1]")
    assert [(detail.field, detail.value) for detail in one.details] == [
        ("title", "Builders & sappers"), ("published", "2025-06-17T08:00:00Z"), ("outlet", "Harbor"),
        ("language", "en"), ("updated", "2025-06-18"),
    ]  # fmt: skip
    assert one.details[-1] == Detail("updated", "2025-06-18", "sitemap lastmod", Sureness.GUESSED)


def test_an_index_names_further_sitemaps() -> None:
    """Each is an address like another; without the name of its XML, too."""
    xml = "<sitemapindex><sitemap><loc>https://a.example/s1.xml</loc></sitemap><sitemap><loc/></sitemap></sitemapindex>"
    first, second = found(xml)
    assert first == Address("https://a.example/s1.xml", "a.xml[1]")
    assert isinstance(second, Failure)


def test_only_pages_of_the_web_are_addresses() -> None:
    """The others are named one by one."""
    pages = "".join(
        f"<url><loc>{loc}</loc></url>" for loc in ("file:///etc/passwd", "javascript:1", "https://a.example")
    )
    assert [isinstance(one, Failure) for one in found(f"<urlset>{pages}</urlset>")] == [True, True, False]


def test_what_stands_before_broken_xml_is_kept() -> None:
    """The rest is named."""
    first, second = found(f"<urlset>{PAGE}<url><loc>https://a.example/2</url>")
    assert isinstance(first, Address)
    assert isinstance(second, Failure)
    assert "broken" in second.reason
    (empty,) = found("<urlset></urlset>")
    assert isinstance(empty, Failure)


def test_more_than_the_protocol_allows_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """In addresses and in bytes."""
    monkeypatch.setattr(module, "MOST", 3)
    *pages, last = found(f"<urlset>{PAGE * 9}</urlset>")
    assert len(pages) == 3
    assert isinstance(last, Failure)
    assert "more than 3 addresses" in last.reason
    monkeypatch.setattr(module, "LONGEST", 100_000)
    (one,) = found("<urlset><url><loc>" + "x" * 200_000)
    assert isinstance(one, Failure)


@pytest.mark.parametrize(
    "declared",
    ['<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">', '<!ENTITY b SYSTEM "file:///etc/hostname">', '<!ELEMENT loc ANY>'],
)  # fmt: skip
def test_a_document_type_is_refused(declared: str) -> None:
    """No entity is ever expanded and no file opened."""
    with pytest.raises(ReadingError, match="document type"):
        found(f"<!DOCTYPE urlset [{declared}]><urlset><url><loc>https://a.example/&b;</loc></url></urlset>")


@pytest.mark.parametrize("xml", ["<urlset>" + "<url>" * 200_000, "<urlset><url>" + "<a/>" * 200_000])
def test_depth_and_floods_of_fields_end_it(xml: str) -> None:
    """Before they take memory."""
    (one,) = found(xml)
    assert isinstance(one, Failure)
    assert "than any sitemap is" in one.reason


PIECES = st.sampled_from((
    "<urlset>", "</urlset>", "<url>", "</url>", "<loc>", "</loc>", "https://a.example", "<sitemap>", "</sitemap>", "&",
    "<n:news xmlns:n='x'>", "</n:news>", "<!DOCTYPE x>", "<lastmod>2025</lastmod>", "é",
    "<?xml version='1.0' encoding='x'?>",
))  # fmt: skip


@given(st.lists(PIECES, max_size=20).map(lambda all_: "".join(all_).encode()) | st.binary(max_size=80))
def test_any_bytes_are_addresses_failures_or_a_named_error_fuzz(content: bytes) -> None:
    """Nothing else comes out."""
    try:
        pages = found(content)
    except ReadingError:
        return
    assert all(isinstance(one, Address | Failure) for one in pages)
