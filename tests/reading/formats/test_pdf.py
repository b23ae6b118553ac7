"""PDF: reading order, whole paragraphs and words, what runs along pages, and files made to do harm."""

import random
from collections.abc import Sequence
from contextlib import suppress
from io import BytesIO
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papers import Set, column, numbered, pdf_of
from tallystick.errors import ReadingError
from tallystick.model.document import Detail, Document, PassageKind, Sureness
from tallystick.reading.formats.pdf import pdf
from tallystick.reading.formats.pdf_lines import PAGES, laid, laid_apart
from tallystick.reading.received import Received

FIRST = ["The harbor office said on Monday that 412 builders had come to the port, most", "of them in June."]
SECOND = ["Its director gave no number for July and asked the owners of the two yards for", "patience."]


def read(pages: Sequence[Sequence[Set]], **fields: str) -> Document:
    """The document read from these pages."""
    return received(pdf_of(pages, **fields))


def received(content: bytes, details: tuple[Detail, ...] = ()) -> Document:
    """The document read from a file."""
    return pdf(content, Received("paper.pdf", BytesIO(content), details=details)).document


def parts(document: Document) -> list[tuple[str, PassageKind]]:
    """Its passages with their kinds."""
    return [(document.text[one.start : one.end], one.kind) for one in document.passages]


def refused(content: bytes) -> str:
    """Why a file is refused."""
    with pytest.raises(ReadingError) as error:
        received(content)
    return error.value.reason


def test_lines_of_a_paragraph_are_joined_and_paragraphs_are_told_apart_by_a_gap() -> None:
    """A paragraph is one passage whatever its lines."""
    document = read([[*column(FIRST), *column(SECOND, top=660)]])
    assert document.text == " ".join(FIRST) + "\n\n" + " ".join(SECOND)


def test_an_indent_starts_a_paragraph() -> None:
    """Books set no gap between paragraphs."""
    full = [FIRST[0], FIRST[0]]
    document = read([[*column(full), Set(84, 676, SECOND[0]), Set(72, 664, SECOND[1])]])
    assert document.text.split("\n\n") == [" ".join(full), " ".join(SECOND)]


def test_a_short_line_ends_a_paragraph() -> None:
    """Without gap or indent, a line that had room for the next word is the last one."""
    document = read([column([*FIRST, *SECOND])])
    assert document.text.split("\n\n") == [" ".join(FIRST), " ".join(SECOND)]


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        (["The minister spoke of a catas-", "trophe in the port."], "a catastrophe in"),
        (["There were, said the office, twenty-", "five of them."], "twenty-five of"),
        (["The long-term plan holds. A long-", "term plan was asked for."], "A long-term plan"),
        (["It was read in the Anglo-", "Saxon press."], "Anglo-Saxon press"),
        (["They have two-", "and three-year terms."], "two- and three-year"),
        (["The plant of 1986-", "1991 was sold."], "1986-1991 was"),
    ],
)
def test_a_word_broken_by_the_end_of_a_line_is_made_whole(lines: list[str], whole: str) -> None:
    """The hyphen goes only where the line put it there."""
    assert whole in read([column(lines)]).text


def test_columns_are_read_one_after_the_other() -> None:
    """As they were set: the right one does not mix with the left one."""
    left = column(["In the left column the", "first half of it stands"], x=72)
    right = column(["and goes on in the right", "column to its end."], x=320)
    assert read([[*left, *right]]).text == (
        "In the left column the first half of it stands and goes on in the right column to its end."
    )


def test_a_narrow_column_under_wide_lines_has_an_edge_of_its_own() -> None:
    """The width of the headline or of the text above says nothing of it."""
    narrow = ["In the left column", "the first half of it", "stands."]
    document = read([[*column(FIRST), *column(narrow, top=600)]])
    assert document.text.split("\n\n") == [" ".join(FIRST), " ".join(narrow)]


def test_a_full_last_line_without_a_stop_goes_on_at_the_top_of_the_next_page() -> None:
    """Also where the next word is a name."""
    full = [FIRST[0], FIRST[0]]
    assert read([column(full), column(["Harbor in June."])]).text == " ".join([*full, "Harbor in June."])


def test_a_paragraph_goes_on_over_pages_and_knows_the_page_that_it_starts_on() -> None:
    """A number on the second page is found on the page where its paragraph starts."""
    document = read([column(FIRST[:1]), column(["of them in June."]), column(SECOND)])
    assert [(document.text[one.start : one.end], one.page) for one in document.passages] == [
        (" ".join(FIRST), 1),
        (" ".join(SECOND), 3),
    ]


def test_headers_footers_and_page_numbers_are_furniture_after_the_body() -> None:
    """They are kept once, and no number is read in them."""
    pages = [
        [Set(72, 760, "Harbor Post, 17 June"), *column([f"{word} of them came to the port."]), Set(300, 30, str(at))]
        for at, word in enumerate(["Four", "Nine", "Two", "Five"], 7)
    ]
    document = read(pages)
    assert parts(document)[-2:] == [("Harbor Post, 17 June", PassageKind.FURNITURE), ("7", PassageKind.FURNITURE)]
    assert document.text.count("Harbor Post") == 1
    assert sum(kind is PassageKind.BODY for _, kind in parts(document)) == 4


def test_a_larger_line_is_a_headline_and_the_title_where_no_field_gives_one() -> None:
    """The title of a paper stands in large letters."""
    document = read([[Set(72, 740, "412 come to the port", 18), *column(FIRST)]], Title="Microsoft Word - v3.docx")
    assert parts(document)[0] == ("412 come to the port", PassageKind.HEADLINE)
    assert document.title == "412 come to the port"
    assert document.details[0].sureness is Sureness.GUESSED


def test_the_document_information_gives_details() -> None:
    """Its dates are those of the file: guesses at those of the report."""
    document = read(
        [column(FIRST)],
        Title="A port",
        Author="A. Bright",
        CreationDate="D:20250617083000+02'00'",
        ModDate="D:20250618",
    )
    assert (document.title, document.author) == ("A port", "A. Bright")
    assert (document.published, document.updated) == ("2025-06-17T08:30:00+02:00", "2025-06-18")
    assert {one.sureness for one in document.details if one.field in ("published", "updated")} == {Sureness.GUESSED}


def test_a_broken_date_is_left_out() -> None:
    """The report is still read."""
    for date in ("D:20251399999999", "D:2025+0200", "D:20250617990000", "yesterday"):
        assert read([column(FIRST)], CreationDate=date).published in (None, "2025")


def test_what_a_mail_or_a_feed_says_goes_before_the_document_information() -> None:
    """A file's date is that of its making."""
    said = (Detail("published", "2025-06-20", "feed pubDate", Sureness.STATED),)
    content = pdf_of([column(FIRST)], CreationDate="D:20250617")
    assert received(content, said).published == "2025-06-20"


def test_a_scan_is_refused_by_name() -> None:
    """Pages without a letter need OCR."""
    assert "OCR" in refused(pdf_of([[], []]))


def test_a_pdf_without_a_page_is_refused() -> None:
    """Nothing to read is an error, not an empty report."""
    assert "none of whose pages" in refused(pdf_of([]))


def test_a_pdf_of_ten_thousand_pages_is_refused_with_their_count() -> None:
    """Within seconds, and before a page is read."""
    reason = refused(pdf_of([[]] * 10_000))
    assert "10,000" in reason
    assert f"{PAGES:,}" in reason


def test_broken_references_are_rebuilt_or_refused() -> None:
    """A table that points nowhere does not lose a report whose objects are whole; no object at all is an error."""
    content = pdf_of([column(FIRST)])
    assert received(content.replace(b"00000 n", b"99999 n")).text == " ".join(FIRST)
    assert "broken" in refused(content[:60])
    assert "broken" in refused(b"%PDF-1.7\n" + bytes(1000))


def test_an_encrypted_pdf_is_refused_by_name() -> None:
    """It asks for a password, which nobody gave."""
    content = pdf_of([column(FIRST)])
    lock = f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -44 /O <{'41' * 32}> /U <{'42' * 32}> >> /ID [<41> <41>] /Root"
    assert "encrypted" in refused(content.replace(b"/Root", lock.encode()))


def test_pages_that_contain_each_other_end() -> None:
    """A tree of pages that is its own child."""
    assert refused(numbered(["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 9 /Kids [2 0 R 2 0 R] >>"]))


def test_drawings_that_draw_each_other_without_end_are_stopped() -> None:
    """Thirty forms that each draw the next one ten times: 10 to the power of 30 letters."""
    forms = [
        "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9]"
        " /Resources << /XObject << /X {} 0 R >> /Font << /F1 3 0 R >> >>"
        f" /Length {len(drawn)} >>\nstream\n{drawn}\nendstream"
        for drawn in ["/X Do " * 10 + "BT /F1 9 Tf (12) Tj ET"]
    ] * 30
    first = 6
    chained = [form.format(first + index + 1 if index < 29 else 99) for index, form in enumerate(forms)]
    drawn = "/X Do"
    content = numbered(
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Count 1 /Kids [4 0 R] >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            (
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 5 0 R"
                " /Resources << /XObject << /X 6 0 R >> >> >>"
            ),
            f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream",
            *chained,
        ]
    )
    found = laid_apart(content, seconds=5)
    assert found.problem is not None


def test_the_process_of_its_own_gives_the_same_lines() -> None:
    """Nothing is lost on the way between the two."""
    content = pdf_of([column(["Zürich – 5 €"]), column(FIRST)], Title="A port")
    assert laid_apart(content) == laid(content)
    assert laid(content).pages[0][0].text == "Zürich – 5 €"


SOUND = pdf_of([[Set(72, 760, "Head"), *column(FIRST)], column(SECOND)], Title="A port", CreationDate="D:20250617")


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200), st.integers(0, 2**32))
def test_no_bytes_make_it_raise_anything_but_a_reading_error(tail: bytes, seed: int) -> None:
    """Sound files with bytes changed, cut and put in, read here without the process that would hide a crash."""
    dice = random.Random(seed)  # noqa: S311 - no secret
    content = bytearray(SOUND)
    for _ in range(dice.randint(1, 12)):
        at = dice.randrange(len(content))
        content[at : at + dice.randint(0, 3)] = tail[: dice.randint(0, 4)] or bytes([dice.randrange(256)])
    with patch("tallystick.reading.formats.pdf.laid_apart", laid), suppress(ReadingError):
        assert received(bytes(content)).text
