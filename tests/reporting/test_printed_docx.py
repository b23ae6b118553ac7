"""A brief as a document of Word: what stands in it, and what a text or a template cannot do."""

import sys
from dataclasses import replace
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import docx as word
import pytest
from docx.oxml.ns import qn
from docx.shared import Pt
from lxml import etree

from briefs import DRAWING, SCRIPTS, brief, long_brief, spoken_by
from tallystick.errors import ExtraMissingError, TemplateError
from tallystick.reporting.brief import Picture
from tallystick.reporting.printing.docx import docx

HOSTILE = (
    '#read("/etc/passwd") ] $x$',
    "<w:p>&amp;</w:p><script>alert(1)</script>",
    "=1+1|cmd \\* MERGEFORMAT { PAGE }",
    "x" * 100_000,
)


def opened(content: bytes) -> Any:
    """The document, as Word's reader has it."""
    return word.Document(BytesIO(content))


def texts_of(content: bytes) -> str:
    """Every text of the body, a paragraph a line, those of tables and links among them."""
    paragraphs = opened(content).element.body.iter(qn("w:p"))
    return "\n".join("".join(part.text or "" for part in one.iter(qn("w:t"))) for one in paragraphs)


def body_of(content: bytes) -> etree._Element:
    """The body of the document, as XML that a strict parser reads."""
    with ZipFile(BytesIO(content)) as parts:
        for name in parts.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(parts.read(name))
        return etree.fromstring(parts.read("word/document.xml"))


def template(**sizes: int) -> bytes:
    """A user's document: styles of these sizes, a head of its own, an author, a text."""
    document = word.Document()
    for name, size in sizes.items():
        document.styles[name.replace("_", " ")].font.size = Pt(size)
    document.sections[0].header.paragraphs[0].text = "Ministry of Foreign Affairs"
    document.core_properties.author = "Somebody"
    document.add_paragraph("Put your text here.")
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def test_every_section_stands_in_the_document() -> None:
    """What a brief holds is in the document, under real headings and in real tables."""
    content = docx(brief())
    told, document = texts_of(content), opened(content)
    headings = [one.text for one in document.paragraphs if one.style.name == "Heading 1"]
    assert headings == [
        "Key judgements", "What changed", "Figures over time", "Where", "Where the figures come from",
        "What cannot be reconciled", "Provisions that may apply", "What does not add up", "Sources", "Who is quoted",
        "How this report was made", "Evidence",
    ]  # fmt: skip
    assert document.paragraphs[0].style.name == "Title"
    assert len(document.tables) == 5
    for words in (
        "24 reports", "No best figure: the figures contradict one another", "last known", "and 2 further changes",
        "Kyodo, by the credit line", "600 > 1.2 x 300", "Whether they are paid.", "cannot be right", "Сергей Шойгу",
    ):  # fmt: skip
        assert words in told, words


def test_every_script_is_written_as_it_is() -> None:
    """Words of each script are there whole, in fonts of East Asia where they need one."""
    content = docx(brief())
    assert all(words in texts_of(content) for words in SCRIPTS.values())
    fonts = {one.get(qn("w:eastAsia")) for one in body_of(content).iter(qn("w:rFonts"))}
    assert {"Malgun Gothic", "Microsoft YaHei"} <= fonts


def test_numbers_lead_to_notes_with_their_digests() -> None:
    """Each link within the document has a bookmark, and each note its span and digests."""
    content = docx(brief())
    body = body_of(content)
    anchors = {one.get(qn("w:anchor")) for one in body.iter(qn("w:hyperlink"))} - {None}
    marks = [one.get(qn("w:name")) for one in body.iter(qn("w:bookmarkStart"))]
    assert anchors
    assert anchors <= set(marks)
    assert len(marks) == len(set(marks)) == len(brief().footnotes)
    assert all(note.span_sha256 in texts_of(content) for note in brief().footnotes)


def test_drawings_are_pictures_with_words() -> None:
    """Each is a PNG with what it shows in words; one that cannot be read is told in words."""
    content = docx(brief())
    told = [one.get("descr") for one in body_of(content).iter("{*}docPr")]
    assert told == ["Two figures, one planned and one actual.", "Kursk.", "Shoigu, told by TASS, told by Kyodo."]
    with ZipFile(BytesIO(content)) as parts:
        pictures = [parts.read(name) for name in parts.namelist() if name.endswith(".png")]
    assert pictures
    assert all(one.startswith(b"\x89PNG") for one in pictures)
    broken = docx(replace(brief(), charts=(Picture("Builders", "<svg", "Two figures."),)))
    assert "Two figures." in texts_of(broken)


def test_two_drawings_of_one_look_are_both_shown() -> None:
    """The same drawing under two titles stands in both places."""
    twice = replace(brief(), charts=(Picture("One", DRAWING, "first"), Picture("Two", DRAWING, "second")))
    told = [one.get("descr") for one in body_of(docx(twice)).iter("{*}docPr")]
    assert told[:2] == ["first", "second"]


def test_the_same_brief_gives_the_same_bytes() -> None:
    """No clock and no author is in the file."""
    content = docx(brief())
    assert content == docx(brief())
    with ZipFile(BytesIO(content)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        told = parts.read("docProps/core.xml").decode()
    assert brief().cover.title in told
    for name in ("creator", "created", "modified", "lastModifiedBy", "python-docx"):
        assert name not in told


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda words: words[:12])
def test_what_a_report_says_stays_text(hostile: str) -> None:
    """Markup and fields are written as text, and words without an end are cut."""
    content = docx(spoken_by(hostile))
    told = texts_of(content)
    if len(hostile) < 1000:
        assert told.count(hostile) > 10
    else:
        assert "more characters)" in told
    assert b"alert(1)</script>" not in etree.tostring(body_of(content))


def test_marks_and_control_characters_are_shown() -> None:
    """What XML forbids, and what turns text, becomes a sign that tells that one was there."""
    content = docx(spoken_by("5\u202e000\u2066,\x00\x1b\ufeff\ud800\ufffeend"))
    body_of(content)
    assert "5�000�,�����end" in texts_of(content)


def test_links_lead_to_safe_addresses_only() -> None:
    """Any other address is left out."""
    plain = brief()
    urls = ("javascript:alert(1)", "file:///etc/passwd", "https://example.org/\u202egpj", "//example.org/x", "http://[")
    notes = tuple(replace(note, url=url) for note, url in zip(plain.footnotes, urls, strict=True))

    def outward(content: bytes) -> set[str]:
        links = opened(content).part.rels.values()
        return {one.target_ref for one in links if one.is_external}

    assert outward(docx(replace(plain, footnotes=notes))) == set()
    assert outward(docx(plain)) == {note.url for note in plain.footnotes}


def test_credibility_and_status_share_no_sentence() -> None:
    """A status may be a word of likelihood (ICD 203)."""
    told = "\n".join(one.text for one in word.Document(BytesIO(docx(brief()))).paragraphs)
    assert "probably true. 4,700 to 6,000 · 2 independent origins · 7 reports · planned" in told


def test_a_users_template_gives_styles_head_and_page() -> None:
    """Its looks are taken, its text and its author are not."""
    content = docx(brief(), template(Heading_1=31))
    document = opened(content)
    assert document.styles["Heading 1"].font.size == Pt(31)
    assert document.sections[0].header.paragraphs[0].text == "Ministry of Foreign Affairs"
    assert "Put your text here." not in texts_of(content)
    assert document.core_properties.author == ""
    assert "Key judgements" in texts_of(content)
    assert content == docx(brief(), template(Heading_1=31))


def test_styles_that_a_template_lacks_are_added() -> None:
    """A heading is a heading for Word all the same."""
    document = word.Document(BytesIO(template()))
    for name in ("Title", "Heading 1", "Heading 2", "List Bullet"):
        document.styles[name].delete()
    written = BytesIO()
    document.save(written)
    made = opened(docx(brief(), written.getvalue()))
    headings = [one for one in made.paragraphs if one.style.name == "Heading 1"]
    assert headings[0].text == "Key judgements"
    assert headings[0].style.element.find(f".//{qn('w:outlineLvl')}").get(qn("w:val")) == "0"


def broken_templates() -> list[bytes]:
    """Files that are no document of Word."""
    empty, other, torn = BytesIO(), BytesIO(), BytesIO()
    with ZipFile(empty, "w"):
        pass
    with ZipFile(other, "w") as parts:
        parts.writestr("hello.txt", "hello")
    with ZipFile(BytesIO(template())) as whole, ZipFile(torn, "w") as parts:
        for name in whole.namelist():
            content = whole.read(name)
            parts.writestr(name, content[: len(content) // 2] if name == "word/document.xml" else content)
    return [b"", b"no document", empty.getvalue(), other.getvalue(), torn.getvalue(), template()[:500]]


@pytest.mark.parametrize("place", range(6))
def test_a_broken_template_is_named(place: int) -> None:
    """A file that is no document of Word is refused with what to do."""
    with pytest.raises(TemplateError, match=r"no document of Word \(\.docx\)") as raised:
        docx(brief(), broken_templates()[place])
    assert "save it as .docx anew" in str(raised.value)


def test_without_python_docx_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message holds the command that installs it."""
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(ExtraMissingError, match=r"tallystick\[reports\]"):
        docx(brief())


def test_a_long_report_holds_every_judgement_and_note() -> None:
    """150 judgements and 300 notes are written whole."""
    told = texts_of(docx(long_brief(150, 300)))
    assert "Builders sent to Kursk, 150" in told
    assert "c-0300" in told
