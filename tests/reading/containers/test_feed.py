"""Feeds: whole entries are reports, the others addresses; what attacks a reader of XML does nothing."""

import json
import time
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.errors import ReadingError
from tallystick.model.document import Document, Failure, PassageKind, Retrieved, Sureness
from tallystick.reading.containers import feed_entries
from tallystick.reading.containers.feed import feed
from tallystick.reading.reading import read
from tallystick.reading.received import Address, Received

PROSE = "Five thousand builders from North Korea will leave for the Kursk region in the summer, Moscow said. "
ITEM = f"""<item><title>Builders &amp;amp; sappers</title><link>https://a.example/1</link><guid>g-1</guid>
<pubDate>Tue, 17 Jun 2025 08:15:00 +0300</pubDate><dc:creator>Ann Lee</dc:creator>
<description>In short: 9 men.</description><content:encoded><![CDATA[<p>{PROSE}</p><p>Ten <b>died</b>.</p>
<figure><figcaption>A bridge</figcaption></figure><script>alert(70000)</script>]]></content:encoded></item>"""
BRIEF = "<item><title>B</title><link>https://a.example/2</link><description>Ten men came.</description></item>"


def rss(*items: str, channel: str = "<title>Harbor Press</title><language>en-us</language>") -> bytes:
    """A feed of RSS 2.0."""
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        f'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>{channel}{"".join(items)}</channel></rss>'
    ).encode()


def atom(entry: str) -> bytes:
    """A feed of Atom with one entry."""
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ru"><title>Harbor</title><entry><title>T</title>'
        f'<link href="https://a.example/1"/><id>urn:1</id>{entry}</entry></feed>'
    ).encode()


def found(content: bytes) -> list[Retrieved | Address | Failure]:
    """What a feed holds."""
    return list(feed(Received("a.xml", BytesIO(content))))


def document(content: bytes) -> Document:
    """The one report of a feed."""
    (one,) = found(content)
    assert isinstance(one, Retrieved)
    return one.document


def test_an_entry_with_its_whole_text_is_a_report() -> None:
    """Body first, then its title, what the feed says in short, and captions; the feed is the evidence."""
    content = rss(ITEM)
    (one,) = found(content)
    assert isinstance(one, Retrieved)
    report = one.document
    assert [(report.text[part.start : part.end], part.kind) for part in report.passages] == [
        (PROSE.strip(), PassageKind.BODY), ("Ten died.", PassageKind.BODY),
        ("Builders & sappers", PassageKind.HEADLINE), ("In short: 9 men.", PassageKind.STANDFIRST),
        ("A bridge", PassageKind.CAPTION),
    ]  # fmt: skip
    assert (report.id, report.url, report.title) == ("g-1", "https://a.example/1", "Builders & sappers")
    assert (report.published, report.author, report.outlet) == ("2025-06-17T08:15:00+03:00", "Ann Lee", "Harbor Press")
    assert {one.how for one in report.details} >= {"RSS pubDate", "RSS title of the feed"}
    assert one.original.content == content
    assert report.name == "a.xml[1]"


def test_an_entry_with_a_summary_is_an_address_that_carries_it() -> None:
    """A reader with a way to fetch gets the page; one without has the summary."""
    (one,) = found(rss(BRIEF))
    assert isinstance(one, Address)
    assert (one.url, one.details[0].value) == ("https://a.example/2", "B")
    assert one.summary
    assert one.summary.document.text == "Ten men came.\n\nB"
    (alone,) = read([Received("a.xml", BytesIO(rss(BRIEF)))])
    assert alone == one.summary
    (other,) = read([Received("a.xml", BytesIO(rss(BRIEF)))], fetch=lambda to: iter((Failure(to.url, "read", "off"),)))
    assert other == Failure("https://a.example/2", "read", "off")


@pytest.mark.parametrize("end", ["[&amp;hellip;]", "&lt;a href='/1'&gt;Read more »&lt;/a&gt;", "..."])
def test_a_text_that_is_cut_is_no_report(end: str) -> None:
    """However long it is."""
    item = BRIEF.replace("Ten men came.", PROSE * 20 + end)
    (one,) = found(rss(item))
    assert isinstance(one, Address)
    (whole,) = found(rss(BRIEF.replace("Ten men came.", PROSE * 20)))
    assert isinstance(whole, Retrieved)


def test_only_pages_of_the_web_are_followed() -> None:
    """An entry that leads elsewhere is what it says."""
    one, other = found(rss(BRIEF.replace("https://a.example/2", "file:///etc/passwd"), "<item></item>"))
    assert isinstance(one, Retrieved)
    assert one.document.url is None
    assert isinstance(other, Failure)
    assert other.document == "a.xml[2]"


def test_two_entries_of_one_id_are_two_reports() -> None:
    """The second has the hash of its text."""
    first, second = found(rss(ITEM, ITEM.replace("Ten", "Eleven")))
    assert isinstance(first, Retrieved)
    assert isinstance(second, Retrieved)
    assert first.document.id == "g-1" != second.document.id


@pytest.mark.parametrize(
    "body",
    [
        '<content type="html">&lt;p&gt;Ten men&lt;/p&gt;&lt;p&gt;came.&lt;/p&gt;</content>',
        '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Ten men</p><p>came.</p></div></content>',
        '<content type="text">Ten men\ncame.</content>',
    ],
)
def test_atom_is_read_in_its_three_forms(body: str) -> None:
    """With both dates, and the language where the letters do not speak against it."""
    times = "<published>2025-06-17T08:00:00Z</published><updated>2025-06-18T08:00:00Z</updated>"
    report = document(atom(body + times))
    assert report.text == "Ten men\n\ncame.\n\nT"
    assert (report.id, report.published, report.updated) == ("urn:1", "2025-06-17T08:00:00Z", "2025-06-18T08:00:00Z")
    assert report.language == "en"


def test_rss_1_gives_the_date_of_its_own() -> None:
    """Its dc:date is when an entry was published."""
    content = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
    xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>F</title></channel><item
    rdf:about="x"><title>T</title><link>https://a.example/1</link><description>{PROSE * 12}</description>
    <dc:date>2025-06-17T08:00:00+03:00</dc:date></item></rdf:RDF>"""
    report = document(content.encode())
    assert (report.published, report.updated) == ("2025-06-17T08:00:00+03:00", None)
    assert next(one.how for one in report.details if one.field == "published") == "RSS dc:date"


def test_a_json_feed_is_read() -> None:
    """HTML goes before plain text; authors may stand once for all."""
    content = json.dumps({
        "version": "https://jsonfeed.org/version/1.1", "title": "Harbor", "authors": [{"name": "Ann"}, {"name": "Bo"}],
        "items": [
            {"id": 5, "url": "https://a.example/1", "title": "T", "content_html": "<p>Ten men came.</p>",
             "date_published": "2025-06-17T08:00:00Z", "summary": "Ten."},
            {"id": "6", "url": "https://a.example/2", "content_text": "Two left."},
            "junk",
        ],
    }).encode()  # fmt: skip
    first, second = found(content)
    assert isinstance(first, Retrieved)
    assert isinstance(second, Retrieved)
    assert (first.document.id, first.document.author, first.document.outlet) == ("5", "Ann, Bo", "Harbor")
    assert first.document.text == "Ten men came.\n\nT\n\nTen."
    assert next(one for one in first.document.details if one.field == "outlet").sureness is Sureness.READ
    assert second.document.text == "Two left."


def test_a_feed_in_another_encoding_is_read() -> None:
    """As it declares, or as its mark says."""
    item = ITEM.replace("Ten <b>died</b>.", "Десять солдат погибли под Курском в июне этого года.")
    windows = rss(item).decode().replace('encoding="utf-8"', 'encoding="windows-1251"').encode("cp1251")
    wide = rss(item).decode().replace('encoding="utf-8"', 'encoding="utf-16"').encode("utf-16")
    for content in (windows, wide):
        assert "Десять солдат погибли под Курском" in document(content).text


def test_broken_xml_gives_what_can_be_read() -> None:
    """A bare "&" and a feed that breaks off lose no entry before them."""
    content = rss(ITEM, BRIEF.replace("Ten men", "Smith & sons"))[: -len("</item></channel></rss>")]
    first, second = found(content)
    assert isinstance(first, Retrieved)
    assert isinstance(second, Address)


BOMB = '<!DOCTYPE rss [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


DECLARED = (
    BOMB + "]>",
    '<!DOCTYPE rss [<!ENTITY i SYSTEM "file:///etc/hostname">]>',
    '<!DOCTYPE rss [<!ENTITY % i SYSTEM "http://127.0.0.1:9/x.dtd"> %i;]>',
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("declared", DECLARED)
def test_entities_of_a_feed_are_refused_before_one_is_read(declared: str, encoding: str) -> None:
    """Neither a billion laughs nor a file of this machine."""
    content = rss(BRIEF.replace("Ten men", "&i;")).decode().replace("?>", f"?>{declared}").replace("utf-8", encoding)
    (one,) = read([Received("a.xml", BytesIO(content.encode(encoding)))])
    assert isinstance(one, Failure)
    assert "declares entities" in one.reason


def test_a_document_type_without_entities_is_no_attack_and_is_not_fetched(tmp_path: Path) -> None:
    """RSS 0.91 names one; what it names is not opened."""
    named = tmp_path / "x.dtd"
    named.write_text('<!ENTITY i "from the file">', "utf-8")
    content = rss(BRIEF.replace("Ten men", "&i;")).decode()
    content = content.replace("?>", f'?><!DOCTYPE rss SYSTEM "{named.as_uri()}">')
    (one,) = read([Received("a.xml", BytesIO(content.encode()))])
    assert isinstance(one, Retrieved)
    assert "from the file" not in one.document.text


def test_a_feed_that_is_a_path_or_an_address_is_not_opened(tmp_path: Path) -> None:
    """The library would take a text for one."""
    named = tmp_path / "feed.xml"
    named.write_bytes(rss(BRIEF))
    for content in (str(named), named.as_uri()):
        with pytest.raises(ReadingError, match="holds no entry"):
            found(content.encode())


def test_a_feed_of_too_many_entries_gives_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """And says so."""
    monkeypatch.setattr(feed_entries, "MOST", 3)
    listed = json.dumps({"version": "https://jsonfeed.org/version/1", "items": [{"content_text": "Ten."}] * 5}).encode()
    for content in (rss(*[BRIEF] * 5), listed):
        *entries, last = found(content)
        assert len(entries) == 3
        assert isinstance(last, Failure)
        assert "more than 3 entries" in last.reason


@pytest.mark.parametrize(
    "content",
    [
        rss("<item>" + "<a>" * 30_000), rss("<item><description>" + "<b" * 50_000), rss("<item/>" * 100_000),
        rss("<item><title>" + "<![CDATA[" * 50_000), rss("<item>" + "&" * 50_000 + "</item>"),
        b'{"version": "https://jsonfeed.org/version/1", "items": ' + b"[" * 100_000,
        rss(ITEM.replace(PROSE, "<div>" * 100_000)), b"<rss>" + b"<" * 400_001,
    ],
)  # fmt: skip
def test_what_is_made_to_exhaust_a_reader_ends_soon(content: bytes) -> None:
    """Depth, tags without end, floods of entries."""
    started = time.monotonic()
    with suppress(ReadingError):
        found(content)
    assert time.monotonic() - started < 60


PIECES = st.sampled_from((
    "<rss>", "</rss>", "<channel>", "<item>", "</item>", "<title>", "</title>", "<link>", "https://a.example",
    "<description>", "</description>", "<pubDate>", "<entry>", "<content type='xhtml'>", "<![CDATA[", "]]>", "&", "<",
    "<feed xmlns='http://www.w3.org/2005/Atom'>", "<!--", "-->", "<?xml version='1.0'?>", "<!DOCTYPE rss>", "\0", " ",
    "<updated>", "2025-06-17", "xml:base='http://['", "<link href='x'/>", "<guid>", "<author>", "é", "\ud800",
    "&lt;p&gt;", "<media:content url='x'/>",
))  # fmt: skip


@given(
    st.lists(PIECES, max_size=25).map(lambda all_: "".join(all_).encode("utf-8", "replace")) | st.binary(max_size=80)
)
def test_any_bytes_are_entries_failures_or_a_named_error_fuzz(content: bytes) -> None:
    """Nothing else comes out."""
    try:
        entries = found(content)
    except ReadingError:
        return
    assert all(isinstance(one, Retrieved | Address | Failure) for one in entries)


@pytest.mark.parametrize(
    "content",
    [
        rss(BRIEF, BRIEF, "<item><title>a & b"),
        rss(BRIEF, BRIEF, "<item><undeclared:name>"),
        atom("</entry><entry><link href='https://a.example/2'/><summary>Ten.</summary></entry><entry>&"),
    ],
)
def test_a_large_feed_is_read_up_to_where_its_xml_is_broken(content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is guessed of broken XML takes too long there; the fault is named."""
    monkeypatch.setattr(feed_entries, "LARGEST_BROKEN", 100)
    *entries, last = found(content)
    assert len(entries) == 2
    assert isinstance(last, Failure)
    assert "2 entries before that were read" in last.reason


def test_a_feed_beyond_the_limit_is_refused_without_being_held() -> None:
    """By name."""
    with pytest.raises(ReadingError, match="larger than 10 MB"):
        found(b"<rss>" + b" " * 10_000_000)
