"""Any span of a text is found in the bytes that it was read from, without asking who read it."""

import html
import json
import re
import time
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.model.document import Original, Retrieval
from tallystick.reading.formats.html import html as read_page
from tallystick.reading.formats.plain import plain
from tallystick.reading.received import Received
from tallystick.reading.text import alignment
from tallystick.reading.text.alignment import OffsetMap, locate
from tallystick.reading.text.characters import normalize

# Words that recur, so that the right one of several places must be found; some a code point outside of one code page.
WORDS = st.lists(
    st.sampled_from("the of 25,000 soldiers Kim солдат 병사 士兵 naïve “so” it’s 1.5 A&B x<y 10% €5 died said".split()),
    min_size=1, max_size=40,
)  # fmt: skip
TAGS = ("b", "i", "span", 'a href="/x?a=1&b=2"', "em class='>'")
# The encodings whose bytes start with a mark, without it.
NAMES = {"utf-16": "utf-16-le", "utf-32": "utf-32-le"}
BETWEEN = ("", "<!-- <p>not the words</p> -->", "<script>var the = '25,000 soldiers';</script>", "<p>of the died</p>")
PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Kursk: 25,000 soldiers</title>
<meta name="description" content="Moscow said that 25,000 soldiers"><script type="application/ld+json">{"headline":
"Kursk: 25,000 soldiers"}</script><style>p{color:red}</style></head><body><nav><ul><li><a href="/">Home</a></li>
<li><a href="/w">World: 25,000 soldiers</a></li></ul></nav><article><h1>Kursk: 25,000 soldiers</h1>
<p>Moscow said on Monday that 25,000 soldiers from <a href='/nk'>North Korea</a> had come to the Kursk region.</p>
<div class="ad"><script>ad("4,700 casualties")</script></div>
<p>The ministry&rsquo;s spokesman, <b>Ivan&nbsp;Petrov</b>, called it &ldquo;<i>nonsense</i>&rdquo; &mdash; and gave no
figure of his own; Kyiv puts it at 10&#8239;000.</p>
<p>The agency counted <strong>4</strong>,<strong>700</strong> casualties, it told lawmakers indepen&shy;dently.</p>
<figure><img src="x.jpg"><figcaption>Soldiers at a range in 2024.</figcaption></figure></article>
<div class="comments"><p>I do not believe a single word of this, sorry.</p></div></body></html>"""


def original(content: bytes, media_type: str, retrieval: Retrieval | None = None) -> Original:
    """Give bytes as they were preserved."""
    return Original("0" * 64, media_type, content, retrieval)


def words_of(text: str) -> list[tuple[int, int]]:
    """Give the spans of the words of a text."""
    return [match.span() for match in re.finditer(r"\S+", text)]


def bare(markup: str) -> str:
    """Give what is left of HTML without its tags."""
    return html.unescape(
        re.sub(r"<!--.*?-->|<script>.*?</script>|<p>of the died</p>|<(?:[^<>'\"]|'[^']*'|\"[^\"]*\")*>", "", markup)
    )


@given(WORDS, st.sampled_from(("utf-8", "utf-8-sig", "utf-16", "utf-32", "gb18030")), st.data())
def test_a_span_of_a_text_is_found_byte_for_byte(words: list[str], encoding: str, data: st.DataObject) -> None:
    """In any encoding, also where characters were written in another way."""
    source = " ".join(words).replace("25,000", "25\u202f000").replace("soldiers", "sol\u00addiers")
    content = source.encode(encoding)
    text = plain(content, Received("a.txt", BytesIO(content))).document.text if encoding != "gb18030" else source
    found = locate(text, original(content, "text/plain"))
    start, end = data.draw(st.sampled_from(words_of(text)))
    place = found.bytes_of(start, end)
    if encoding == "gb18030" and place is None:  # too short to tell the encoding by
        return
    assert place is not None
    written = content[place[0] : place[1]].decode(NAMES.get(encoding, encoding))
    assert normalize(written).text == normalize(text[start:end]).text


@given(st.lists(WORDS, min_size=1, max_size=5), st.sampled_from(("utf-8", "utf-16", "cp1251")), st.data())
def test_a_span_of_a_page_is_found_between_its_tags(
    paragraphs: list[list[str]], encoding: str, data: st.DataObject
) -> None:
    """Whatever stands between the paragraphs, and whatever tags and references stand within them."""
    pieces = []
    for words in paragraphs:
        marked = []
        for word in words:
            written = html.escape(word)
            tag = data.draw(st.none() | st.sampled_from(TAGS))
            marked.append(f"<{tag}>{written}</{tag.split()[0]}>" if tag else written)
        pieces.append("<p>" + data.draw(st.sampled_from((" ", "\n   "))).join(marked) + "</p>")
        pieces.append(data.draw(st.sampled_from(BETWEEN)))
    content = f'<html><meta charset="{encoding}"><body>{"".join(pieces)}'.encode(encoding, "xmlcharrefreplace")
    text = "\n\n".join(" ".join(words) for words in paragraphs)
    found = locate(text, original(content, "text/html"))
    for line in re.finditer(r"[^\n]+", text):
        spans = [(start + line.start(), end + line.start()) for start, end in words_of(line[0])]
        (start, _), (_, end) = sorted((data.draw(st.sampled_from(spans)), data.draw(st.sampled_from(spans))))
        place = found.bytes_of(start, end)
        assert place is not None
        written = content[place[0] : place[1]].decode("utf-16-le" if encoding == "utf-16" else encoding)
        assert bare(written).split() == text[start:end].split()


@given(st.text(max_size=60).filter(str.strip), st.booleans(), st.data())
def test_a_span_of_a_json_string_is_found_with_its_escapes(text: str, ascii_only: bool, data: st.DataObject) -> None:
    """The string of the object that is the text, not a key or another string."""
    content = json.dumps({"text ": text[:1] + "!", "id": "text", "text": text}, ensure_ascii=ascii_only).encode()
    found = locate(text, original(content, "application/json"))
    start, end = data.draw(st.sampled_from(words_of(text)))
    place = found.bytes_of(start, end)
    assert place is not None
    assert json.loads(f'"{content[place[0] : place[1]].decode()}"') == text[start:end]


def test_a_text_that_was_kept_as_written_is_found_so() -> None:
    """With its references; beside the title, so that no string of the object is the whole text."""
    content = json.dumps({"content": "It&rsquo;s 10\u202f000 &amp; more.", "title": 'Ten "men"'}).encode()
    text = 'It&rsquo;s 10\u202f000 &amp; more.\n\nTen "men"'
    found = locate(text, original(content, "application/json"))
    assert cut(content, found, 0, 10) == "It&rsquo;s"
    assert cut(content, found, 11, 17) == "10\\u202f000"
    assert cut(content, found, len(text) - 5, len(text)) == '\\"men\\"'


@pytest.mark.parametrize(
    "content", ["&lt;p&gt;It&amp;rsquo;s 5,000&lt;/p&gt;", "<![CDATA[<p>It&rsquo;s <b>5,000</b></p>]]>"]
)
def test_an_entry_of_a_feed_is_found(content: str) -> None:
    """Escaped once more, or as it is."""
    entry = f"<item><title>5,000</title><description>{content}</description></item>"
    feed = f"<?xml version='1.0'?><rss>{entry}</rss>".encode()
    found = locate("It’s 5,000", original(feed, "application/feed+xml"))
    assert cut(feed, found, 0, 4).endswith("rsquo;s")
    assert found.bytes_of(5, 10) == (feed.index(b"5,000", feed.index(b"rsquo")), feed.rindex(b"5,000") + 5)


@given(st.binary(max_size=300), st.text(max_size=40), st.sampled_from(("text/html", "application/json", "text/csv")))
def test_no_bytes_break_it_fuzz(content: bytes, text: str, media_type: str) -> None:
    """What cannot be found is not there; what is found lies within the bytes."""
    found = locate(text, original(content, media_type))
    place = found.bytes_of(0, len(text))
    assert place is None or 0 <= place[0] <= place[1] <= len(content)


def test_the_words_of_a_realistic_page_are_found() -> None:
    """All but one in a hundred, and not in the teaser, the scripts or the furniture."""
    content = PAGE.encode()
    text = read_page(content, Received("a.html", BytesIO(content))).document.text
    found = locate(text, original(content, "text/html"))
    spans = words_of(text)
    assert sum(found.bytes_of(*span) is not None for span in spans) > 0.99 * len(spans)
    for words, written in (
        ("soldiers from North Korea had", "soldiers from <a href='/nk'>North Korea</a> had"),
        ("Ivan Petrov", "Ivan&nbsp;Petrov"), ("4,700", "4</strong>,<strong>700"), ("nonsense", "nonsense"),
        ("10\u00a0000", "10&#8239;000"), ("range in 2024", "range in 2024"),
    ):  # fmt: skip
        at = re.sub(r"[\u202f\u00a0]", " ", text).find(words.replace("\u00a0", " "))
        if at < 0:
            continue  # the reader of pages left it out
        assert cut(content, found, at, at + len(words)) == written


def cut(content: bytes, found: OffsetMap, start: int, end: int) -> str:
    """Give the source of a span."""
    place = found.bytes_of(start, end)
    assert place is not None
    return content[place[0] : place[1]].decode()


def test_a_page_too_large_to_look_through_has_an_empty_map(monkeypatch: pytest.MonkeyPatch) -> None:
    """A text that is the whole of its bytes is found at any size."""
    monkeypatch.setattr(alignment, "LOOKED_THROUGH", 20)
    assert locate("Ten died.", original(b"<p>Ten died.</p>" * 2, "text/html")).bytes_of(0, 3) is None
    assert locate("Ten died. " * 9, original(b"Ten died. " * 9, "text/plain")).bytes_of(80, 83) == (80, 83)


def test_what_stands_elsewhere_in_the_page_is_found_there() -> None:
    """A caption that the text has last and the page has first."""
    page = "<figcaption>Ten men in 2024.</figcaption><p>Ten soldiers died.</p><p>Nobody else came.</p>"
    text = "Ten soldiers died.\n\nNobody else came.\n\nTen men in 2024."
    found = locate(text, original(page.encode(), "text/html"))
    assert cut(page.encode(), found, text.index("Ten men"), len(text)) == "Ten men in 2024."
    assert cut(page.encode(), found, 0, 37) == "Ten soldiers died.</p><p>Nobody else came."
    assert found.bytes_of(0, len(text)) is None  # not in the order of the page


def test_words_that_are_not_there_have_no_place() -> None:
    """Nor has a span that holds one of them, or none at all."""
    found = locate("Ten brave soldiers died.", original(b"<p>Ten soldiers died.</p>", "text/html"))
    assert found.bytes_of(0, 3) == (3, 6)
    assert found.bytes_of(4, 9) is None
    assert found.bytes_of(0, 24) is None
    assert found.bytes_of(10, 24) == (7, 21)
    assert found.bytes_of(3, 4) is None
    assert found.bytes_of(9, 4) is None


def test_the_article_is_taken_and_not_its_teaser() -> None:
    """Of several places the one where the words go on longest."""
    page = "<li>Ten soldiers died on ...</li><p>Ten soldiers died on Monday in Kursk.</p>"
    text = "Ten soldiers died on Monday in Kursk."
    assert locate(text, original(page.encode(), "text/html")).bytes_of(0, 3) == (36, 39)


def test_the_header_names_the_encoding() -> None:
    """Where the page does not say so itself."""
    content = "<p>Слово и дело.</p>".encode("koi8_r")
    retrieval = Retrieval(
        "https://a.example/", "2025-01-01T00:00:00Z", 200, (("Content-Type", "text/html; charset=koi8-r"),)
    )
    assert locate("Слово и дело.", original(content, "text/html", retrieval)).bytes_of(6, 12) == (9, 15)


@pytest.mark.parametrize("media_type", ["application/pdf", "message/rfc822", "application/zip", "image/png"])
def test_packed_bytes_have_an_empty_map(media_type: str) -> None:
    """Their text stands nowhere in them."""
    assert locate("Ten died.", original(b"Ten died.", media_type)).bytes_of(0, 3) is None


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("a " * 20_000, "<p>" + "a b " * 40_000), ("a a a a b " * 8_000, "<p>" + "a a a a c " * 16_000),
        ("x", "<" * 200_000), ("x", "<a b='<a c=\"" * 20_000), ("x", "<script>" * 30_000), ("x", "<!--" * 60_000),
        ("士" * 40_000, "<p>" + "士" * 80_000), ("ab " * 20_000, "<p>" + "a<i>b</i> " * 20_000),
        ("&" * 9, "&amp" * 60_000),
    ],
)  # fmt: skip
def test_hostile_pages_take_linear_time(text: str, page: str) -> None:
    """A quarter of a megabyte each."""
    began = time.perf_counter()
    locate(text, original(page.encode(), "text/html"))
    assert time.perf_counter() - began < 5
