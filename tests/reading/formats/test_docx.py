"""DOCX: paragraphs, tables, notes and styles in order, and archives and XML made to do harm."""

import random
import struct
import time
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import docx as writer
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papers import word, zip_of
from tallystick.errors import ReadingError
from tallystick.model.document import Detail, Document, Passage, PassageKind, Retrieved, Sureness
from tallystick.reading.formats.docx import docx
from tallystick.reading.reading import read as read_inputs
from tallystick.reading.received import Received

PROSE = "The harbor office said on Monday that 412 builders had come to the port."
BOMB = "<!DOCTYPE d [<!ENTITY a '" + "ha" * 50 + "'>{}]>"


def read(content: bytes, details: tuple[Detail, ...] = ()) -> Document:
    """The document read from a file."""
    return docx(content, Received("report.docx", BytesIO(content), details=details)).document


def of(body: str) -> Document:
    """The document read from a file with this XML as its body."""
    return read(zip_of({"word/document.xml": word(body)}))


def saved(made: "writer.document.Document") -> bytes:
    """What the library writes."""
    written = BytesIO()
    made.save(written)
    return written.getvalue()


def refused(content: bytes) -> str:
    """Why a file is refused."""
    with pytest.raises(ReadingError) as error:
        read(content)
    return error.value.reason


def parts(document: Document) -> list[tuple[str, PassageKind]]:
    """Its passages with their kinds."""
    return [(_text(document, one), one.kind) for one in document.passages]


def _text(document: Document, passage: Passage) -> str:
    return document.text[passage.start : passage.end]


def test_paragraphs_tables_and_headings_come_in_order() -> None:
    """As a word processor wrote them; a row of a table is one paragraph."""
    made = writer.Document()
    made.add_heading("A port", 0)
    made.add_paragraph(PROSE)
    made.add_heading("By month", 1)
    table = made.add_table(1, 2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "June", "412"
    made.add_paragraph("The yard in June.", style="Caption")
    document = read(saved(made))
    assert parts(document) == [
        ("A port", PassageKind.HEADLINE),
        (PROSE, PassageKind.BODY),
        ("By month", PassageKind.HEADLINE),
        ("June | 412", PassageKind.BODY),
        ("The yard in June.", PassageKind.CAPTION),
    ]
    assert document.title == "A port"


def test_a_table_for_the_layout_gives_its_paragraphs() -> None:
    """A newsletter set in two columns is no row of numbers."""
    cells = "".join(f"<w:tc><w:p><w:r><w:t>{one}</w:t></w:r></w:p></w:tc>" for one in ("One.", "Two.")).replace(
        "</w:tc>", "<w:p><w:r><w:t>More.</w:t></w:r></w:p></w:tc>", 1
    )
    assert of(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>").text.split("\n\n") == ["One.", "More.", "Two."]


def test_what_was_inserted_is_read_and_what_was_deleted_or_moved_away_is_not() -> None:
    """A report under review is read as it stands with its changes."""
    runs = [
        "<w:r><w:t xml:space='preserve'>They counted </w:t></w:r>",
        "<w:ins><w:r><w:t>412</w:t></w:r></w:ins>",
        "<w:del><w:r><w:delText>300</w:delText></w:r></w:del>",
        "<w:moveFrom><w:r><w:t>away</w:t></w:r></w:moveFrom>",
        "<w:sdt><w:sdtContent><w:r><w:tab/><w:t>builders</w:t></w:r></w:sdtContent></w:sdt>",
    ]
    assert of(f"<w:p>{''.join(runs)}</w:p>").text == "They counted 412 builders"


def test_a_text_box_is_read_once() -> None:
    """It is drawn twice, for new programs and for old ones."""
    box = "<w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:txbxContent>"
    document = of(
        f"<w:p><w:r><w:t>Around.</w:t></w:r><w:r><Choice>{box}</Choice><Fallback>{box}</Fallback></w:r></w:p>"
    )
    assert sorted(document.text.split("\n\n")) == ["Around.", "In a box."]


def test_footnotes_follow_the_text() -> None:
    """They say where the numbers are from."""
    note = word("<w:p><w:r><w:t>Harbor office, June.</w:t></w:r></w:p>")
    body = word(f"<w:p><w:r><w:t>{PROSE}</w:t></w:r></w:p>")
    assert read(zip_of({"word/document.xml": body, "word/footnotes.xml": note})).text == (
        f"{PROSE}\n\nHarbor office, June."
    )


def test_the_core_properties_give_details() -> None:
    """The dates of a file are guesses at those of its report; a container's word goes before them."""
    made = writer.Document()
    made.add_paragraph(PROSE)
    made.core_properties.title, made.core_properties.author = "A port", "A. Bright"
    content = saved(made)
    document = read(content)
    assert (document.title, document.author, document.published) == ("A port", "A. Bright", "2013-12-23T23:15:00Z")
    assert {one.sureness for one in document.details if one.field == "published"} == {Sureness.GUESSED}
    said = (Detail("published", "2025-06-20", "mail Date", Sureness.STATED),)
    assert read(content, said).published == "2025-06-20"


def test_the_writing_librarys_own_properties_say_nothing() -> None:
    """The dates of its template are those of no report."""
    made = writer.Document()
    made.add_paragraph(PROSE)
    document = read(saved(made))
    assert (document.author, document.published) == (None, None)


@pytest.mark.parametrize("more", ["", "<!ENTITY b SYSTEM 'file:///etc/hostname'>", "<!ENTITY b '&a;&a;&a;&a;'>"])
def test_xml_that_declares_entities_is_refused(more: str) -> None:
    """Before one is expanded or fetched, in the text as in the properties."""
    for name in ("word/document.xml", "docProps/core.xml", "word/styles.xml"):
        members = {"word/document.xml": word(f"<w:p><w:r><w:t>{PROSE}</w:t></w:r></w:p>")}
        members[name] = word("<w:p><w:r><w:t>&b;</w:t></w:r></w:p>", around=BOMB.format(more) + "{}")
        assert "document type" in refused(zip_of(members))


def test_a_part_that_explodes_is_refused() -> None:
    """60 MB of blanks in 60 kB, within seconds."""
    content = zip_of({"word/document.xml": b"<a>" + b" " * 60_000_000 + b"</a>"})
    start = time.perf_counter()
    assert "larger than" in refused(content)
    assert time.perf_counter() - start < 20


def test_paragraphs_without_end_are_refused() -> None:
    """A report of 1,000 pages has 40,000."""
    start = time.perf_counter()
    content = zip_of({"word/document.xml": word("<w:p/>" * 1_000_000)})
    assert "100,000 paragraphs" in refused(content)
    assert time.perf_counter() - start < 20


def test_a_header_that_lies_about_the_size_is_refused() -> None:
    """The size is taken of what was unpacked."""
    content = zip_of({"word/document.xml": word(f"<w:p><w:r><w:t>{PROSE}</w:t></w:r></w:p>")})
    size = struct.pack("<I", len(word(f"<w:p><w:r><w:t>{PROSE}</w:t></w:r></w:p>")))
    assert "broken" in refused(content.replace(size, struct.pack("<I", 10)))


def test_elements_nested_a_hundred_thousand_deep_end() -> None:
    """No stack is used up."""
    deep = 100_000
    text = "<w:r><w:t>Ten.</w:t></w:r>"
    assert of("<w:p>" + "<w:q>" * deep + text + "</w:q>" * deep + "</w:p>").text == "Ten."


def test_names_that_lead_out_of_the_archive_lead_nowhere() -> None:
    """The text is looked up among the members alone."""
    target = "../../../etc/hostname"
    relations = f'<Relationships><Relationship Type="x/officeDocument" Target="{target}"/></Relationships>'
    assert "without the text" in refused(zip_of({"_rels/.rels": relations.encode(), "../../etc/hostname": b"<a/>"}))


def test_a_text_part_of_another_name_is_found() -> None:
    """Word on the web numbers it."""
    relations = (
        '<Relationships xmlns="r"><Relationship Type="x/officeDocument" Target="/word/document2.xml"/></Relationships>'
    )
    body = word(f"<w:p><w:r><w:t>{PROSE}</w:t></w:r></w:p>")
    assert read(zip_of({"_rels/.rels": relations.encode(), "word/document2.xml": body})).text == PROSE


@pytest.mark.parametrize(
    ("first", "member", "what"),
    [
        ("mimetype", "content.xml", "OpenDocument"),
        ("[Content_Types].xml", "xl/workbook.xml", "XLSX"),
        ("mimetype", "META-INF/container.xml", "EPUB"),
        ("[Content_Types].xml", "ppt/presentation.xml", "PPTX"),
    ],
)
def test_other_office_files_are_refused_by_name(first: str, member: str, what: str) -> None:
    """The message says what it is and what to do."""
    reason = refused(zip_of({first: b"application/x", member: b"<a/>"}))
    assert what in reason
    assert "save it as" in reason


def test_it_is_known_by_its_bytes_whatever_its_name(tmp_path: Path) -> None:
    """Also without a suffix, and as Word writes it."""
    path = f"{tmp_path}/report"
    made = writer.Document()
    made.add_paragraph(PROSE)
    made.save(path)
    (found,) = read_inputs([path])
    assert isinstance(found, Retrieved)
    assert found.document.text == PROSE


def test_it_is_known_within_a_zip(tmp_path: Path) -> None:
    """Which is itself a ZIP that holds one."""
    path = tmp_path / "all.zip"
    body = word(f"<w:p><w:r><w:t>{PROSE}</w:t></w:r></w:p>")
    paper = zip_of({"[Content_Types].xml": b"<a/>", "word/document.xml": body})
    path.write_bytes(zip_of({"papers/one": paper}))
    (found,) = read_inputs([path])
    assert isinstance(found, Retrieved)
    assert found.document.text == PROSE


def test_an_empty_one_is_refused() -> None:
    """A scan pasted into a paper has no text."""
    assert "OCR" in refused(saved(writer.Document()))


def _sound() -> bytes:
    made = writer.Document()
    made.add_heading("A port", 1)
    made.add_paragraph(PROSE)
    return saved(made)


SOUND = _sound()


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=64), st.integers(0, 2**32), st.booleans())
def test_no_bytes_make_it_raise_anything_but_a_reading_error(junk: bytes, seed: int, inside: bool) -> None:
    """Sound archives with bytes changed, and sound archives around changed XML."""
    dice = random.Random(seed)  # noqa: S311 - no secret
    content = bytearray(word(f"<w:p><w:pPr><w:pStyle w:val='a'/></w:pPr><w:r><w:t>{PROSE}</w:t></w:r></w:p>"))
    content = content if inside else bytearray(SOUND)
    for _ in range(dice.randint(1, 8)):
        at = dice.randrange(len(content))
        content[at : at + dice.randint(0, 4)] = junk[: dice.randint(0, 8)]
    whole = zip_of({"word/document.xml": bytes(content)}) if inside else bytes(content)
    with suppress(ReadingError):
        assert read(whole).text
