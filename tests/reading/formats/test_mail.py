"""Mail: what it says apart from what it quotes, its head, its attachments, and mails made to do harm."""

import random
import time
from contextlib import suppress
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import docx as writer
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papers import column, pdf_of
from tallystick.errors import ReadingError
from tallystick.model.document import Document, Failure, PassageKind, Retrieved, Sureness
from tallystick.reading.formats.mail import PARTS, mail
from tallystick.reading.reading import read as read_inputs
from tallystick.reading.received import Received

PROSE = "The harbor office said on Monday that 412 builders had come to the port."
MORE = "Its director gave no number for July and asked the owners of the two yards for patience."
HEAD = b"Message-ID: <1@mail.example>\nFrom: A. Bright <bright@post.example>\nSubject: A port\n"


def opened(content: bytes) -> list[Received | Retrieved | Failure]:
    """What a mail gives."""
    return list(mail(Received("post.eml", BytesIO(content))))


def text_of(content: bytes) -> Document:
    """The document that the text of a mail is."""
    first = opened(content)[0]
    assert isinstance(first, Retrieved)
    assert first.original.content == content
    return first.document


def plain(text: str, fields: bytes = b"Content-Type: text/plain; charset=utf-8\n") -> Document:
    """The document of a mail with this text."""
    return text_of(HEAD + fields + b"\n" + text.encode())


def written(text: str = f"{PROSE}\n\n{MORE}\n") -> EmailMessage:
    """A mail to add parts to."""
    message = EmailMessage()
    message["Subject"], message["From"], message["Date"] = (
        "A port", "A. Bright <bright@post.example>", "Tue, 17 Jun 2025 08:30:00 +0200",
    )  # fmt: skip
    message["Message-ID"] = "<1@mail.example>"
    message.set_content(text)
    return message


def parts(document: Document) -> list[tuple[str, PassageKind]]:
    """Its passages with their kinds."""
    return [(document.text[one.start : one.end], one.kind) for one in document.passages]


def refused(content: bytes) -> str:
    """Why a mail is refused."""
    with pytest.raises(ReadingError) as error:
        opened(content)
    return error.value.reason


def test_the_head_gives_details_and_the_id() -> None:
    """What stands in fields of a mail is stated; who publishes is a guess."""
    document = text_of(written().as_bytes())
    assert (document.title, document.author, document.published) == ("A port", "A. Bright", "2025-06-17T08:30:00+02:00")
    assert (document.id, document.outlet) == ("1@mail.example", "post.example")
    sureness = {one.field: one.sureness for one in document.details}
    assert sureness["published"] is Sureness.STATED
    assert sureness["outlet"] is Sureness.GUESSED


def test_the_name_of_a_list_is_the_outlet() -> None:
    """A newsletter says so itself."""
    message = written()
    message["List-Id"] = "Harbor Daily <daily.post.example>"
    assert text_of(message.as_bytes()).outlet == "Harbor Daily"


def test_encoded_words_and_bare_bytes_in_the_head_are_read() -> None:
    """Also in a charset that nobody knows."""
    fields = b"Subject: =?utf-8?b?0J/QvtGA0YI=?= =?none?q?x?=\n"
    assert (text_of(b"Message-ID: <1>\n" + fields + b"\n" + PROSE.encode()).title or "").startswith("=?utf-8")
    assert text_of(b"Subject: =?utf-8?b?0J/QvtGA0YI=?=\n\n" + PROSE.encode()).title == "Порт"
    assert text_of("Subject: Порт закрыт сегодня\n\n".encode() + PROSE.encode()).title == "Порт закрыт сегодня"


def test_what_is_quoted_and_the_signature_stand_apart_after_the_body() -> None:
    """They are not what this mail says."""
    document = plain(
        f"{PROSE}\n\nOn Mon, 16 Jun 2025, B. Dark wrote:\n> Were it 300?\n\n{MORE}\n-- \nA. Bright\nPost\n"
    )
    assert parts(document)[:2] == [(PROSE, PassageKind.BODY), (MORE, PassageKind.BODY)]
    aside = dict(parts(document)[2:])
    assert aside["> Were it 300?"] is PassageKind.COMMENT
    assert aside["On Mon, 16 Jun 2025, B. Dark wrote:"] is PassageKind.COMMENT
    assert aside["A. Bright"] is PassageKind.FURNITURE
    assert document.text.startswith(f"{PROSE}\n\n{MORE}")


def test_what_is_quoted_without_signs_is_a_comment() -> None:
    """Outlook writes a line and the head of the earlier mail."""
    document = plain(f"{PROSE}\n\n-----Original Message-----\nFrom: B. Dark\nSent: Monday\n\n{MORE}\n")
    assert dict(parts(document))[MORE] is PassageKind.COMMENT


@pytest.mark.parametrize("mark", ["div class='gmail_quote'", "blockquote type='cite'"])
def test_what_a_page_quotes_is_a_comment(mark: str) -> None:
    """Programs mark what they quote; quotations of the report itself have no such mark."""
    name = mark.split()[0]
    quoted = f"<{mark}>On Monday B. Dark wrote: <{mark}>Were it 300?</{name}></{name}>"
    page = f"<html><body><p>{PROSE}</p><blockquote>{MORE}</blockquote>{quoted}</body></html>"
    document = text_of(HEAD + b"Content-Type: text/html\n\n" + page.encode())
    assert dict(parts(document))["On Monday B. Dark wrote: Were it 300?"] is PassageKind.COMMENT
    assert dict(parts(document))[PROSE] is PassageKind.BODY
    assert MORE in document.text
    assert document.text.count("300") == 1


def test_what_is_passed_on_is_body_without_its_head() -> None:
    """It is what the mail is sent for."""
    document = plain(f"---------- Forwarded message ---------\nFrom: B. Dark <b@x.example>\nDate: Monday\n\n{PROSE}\n")
    assert document.text.startswith(PROSE)
    assert dict(parts(document))[PROSE] is PassageKind.BODY
    assert dict(parts(document))["Date: Monday"] is PassageKind.FURNITURE


def test_flowed_lines_are_joined() -> None:
    """RFC 3676: a blank at the end of a line says that it goes on."""
    fields = b"Content-Type: text/plain; charset=utf-8; format=flowed\n"
    assert plain(PROSE.replace("Monday that ", "Monday that \n"), fields).text.strip() == PROSE


def test_of_alternatives_the_plain_one_is_read_unless_it_is_a_stub() -> None:
    """A plain part that only sends its reader elsewhere is no report."""
    page = f"<html><body><table><tr><td><p>{PROSE}</p><p>{MORE}</p></td></tr></table></body></html>"
    both = written(f"Plain. {PROSE} {MORE} {MORE}")
    both.add_alternative(page, subtype="html")
    assert text_of(both.as_bytes()).text.startswith("Plain.")
    stub = written("View this mail in your browser.")
    stub.add_alternative(page, subtype="html")
    text = text_of(stub.as_bytes()).text
    assert PROSE in text
    assert MORE in text
    assert "browser" not in text


def test_a_wrong_charset_does_not_lose_the_text() -> None:
    """The bytes show what it is."""
    fields = b"Content-Type: text/plain; charset=none\n"
    assert plain("Порт закрыт, сказал мэр города в понедельник.", fields).text.startswith("Порт закрыт")
    fields = b"Content-Type: text/plain; charset=us-ascii\n"
    assert plain("Порт закрыт, сказал мэр города в понедельник.", fields).text.startswith("Порт закрыт")


def test_a_name_in_a_charset_that_cannot_be_named_is_counted() -> None:
    """The attachment is read all the same."""
    fields = b"Content-Type: text/csv\nContent-Disposition: attachment; filename*=a\0b''c.csv\n\n1,2\n"
    (attached,) = opened(HEAD + fields)
    assert isinstance(attached, Received)
    assert attached.name == "post.eml!attachment-1"


def test_broken_base64_does_not_lose_the_rest() -> None:
    """The text is read, the attachment is a failure of its own."""
    message = written()
    message.add_attachment(pdf_of([column([PROSE])]), maintype="application", subtype="pdf", filename="a.pdf")
    head, middle, tail = message.as_bytes().rpartition(b"JVBERi0")
    first, *rest = opened(head + middle + b"\xff!" + tail[:90] + b"=\n--\n")
    assert isinstance(first, Retrieved)
    assert len(rest) <= 1


def test_attachments_are_reports_of_their_own(tmp_path: Path) -> None:
    """A PDF, a DOCX, a text and a mail, each under the name of the mail; a picture is none."""
    made, paper = writer.Document(), BytesIO()
    made.add_paragraph(MORE)
    made.save(paper)
    message = written()
    message.add_attachment(pdf_of([column([PROSE])]), maintype="application", subtype="pdf", filename="../../a.pdf")
    message.add_attachment(paper.getvalue(), maintype="application", subtype="octet-stream", filename="b.docx")
    message.add_attachment(MORE, filename="c.txt")
    message.add_attachment(written("Passed on. " + MORE))
    message.add_attachment(b"\x89PNG\r\n", maintype="image", subtype="png", filename="d.png")
    path = tmp_path / "post.eml"
    path.write_bytes(message.as_bytes())
    found = list(read_inputs([path]))
    assert [one.document.name for one in found if isinstance(one, Retrieved)] == [
        str(path), f"{path}!a.pdf", f"{path}!b.docx", f"{path}!c.txt", f"{path}!attachment-4.eml",
    ]  # fmt: skip
    assert len(found) == 5
    assert isinstance(found[1], Retrieved)
    assert found[1].document.published == "2025-06-17T08:30:00+02:00"


def test_a_mail_is_known_by_its_head_whatever_its_name(tmp_path: Path) -> None:
    """And a text that begins with From and Subject is a text."""
    path = tmp_path / "mail"
    path.write_bytes(written().as_bytes())
    (found,) = read_inputs([path])
    assert isinstance(found, Retrieved)
    assert found.original.media_type == "message/rfc822"
    path.write_text(f"From: A. Bright\nSubject: A port\n\n{PROSE}")
    (found,) = read_inputs([path])
    assert isinstance(found, Retrieved)
    assert found.original.media_type == "text/plain"


def test_an_encrypted_or_empty_mail_is_refused_by_name() -> None:
    """Each with its reason."""
    assert "encrypted" in refused(HEAD + b"Content-Type: multipart/encrypted; boundary=x\n\n--x--\n")
    (failure,) = opened(HEAD + b"\n\n")
    assert isinstance(failure, Failure)
    assert "without text" in failure.reason


def test_ten_thousand_parts_are_read_up_to_the_limit() -> None:
    """What was read is kept, and the rest is named."""
    part = b"--x\nContent-Type: text/csv\nContent-Disposition: attachment\n\n1,2\n"
    start = time.perf_counter()
    found = opened(
        HEAD + b"Content-Type: multipart/mixed; boundary=x\n\n--x\n\n" + PROSE.encode() + b"\n" + part * 10_000
    )
    assert time.perf_counter() - start < 30
    assert isinstance(found[0], Retrieved)
    assert isinstance(found[-1], Failure)
    assert "10,000" in found[-1].reason
    assert len(found) == PARTS + 2


@pytest.mark.parametrize(
    "name", [b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n", b"Content-type:message/rfc822\n\n"]
)
def test_parts_nested_without_end_are_refused(name: bytes) -> None:
    """Before the parser looks at each line once for each of them."""
    nested = b"".join(name % ((at,) * name.count(b"%d")) for at in range(5_000))
    assert "within parts" in refused(HEAD + nested + b"x\n" * 100_000)


@pytest.mark.parametrize(
    "flood",
    [
        b"X-A: b\n" * 300_000,
        b"Subject: " + b"((((" * 250_000 + b"\n",
        b"To: " + b"a <b@c.example>,\n " * 100_000 + b"d\n",
        b"From: " + b'"' * 500_000 + b"\n",
        b"Date: " + b"1 " * 500_000 + b"\n",
        b"List-Id: " + b"=?utf-8?q?" * 50_000 + b"\n",
    ],
)
def test_a_flood_of_fields_is_read_within_seconds(flood: bytes) -> None:
    """Their text is not parsed by a grammar, and only its start is looked at."""
    start = time.perf_counter()
    assert text_of(b"Message-ID: <1>\n" + flood + b"\n" + PROSE.encode()).text == PROSE
    assert time.perf_counter() - start < 20


@pytest.mark.parametrize(
    ("kind", "text", "reason"),
    [
        ("plain", b"Ten died. " * 300_000, "longer than"),
        ("html", b"<p>Ten died.</p>" * 61_000, "elements"),
        ("html", b"<p" + b" a=b" * 100_000 + b">Ten died.</p>", "attributes"),
    ],
)
def test_a_text_made_to_cost_time_is_a_failure_and_what_is_attached_is_read(
    kind: str, text: bytes, reason: str
) -> None:
    """Nothing that was found is lost."""
    body = b"--x\nContent-Type: text/" + kind.encode() + b"\n\n" + text
    parts = body + b"\n--x\nContent-Type: text/csv\n\n1,2\n--x--\n"
    start = time.perf_counter()
    failure, attached = opened(HEAD + b"Content-Type: multipart/mixed; boundary=x\n\n" + parts)
    assert time.perf_counter() - start < 30
    assert isinstance(failure, Failure)
    assert reason in failure.reason
    assert isinstance(attached, Received)


def test_html_nested_a_hundred_thousand_deep_ends() -> None:
    """With its text or with a named error."""
    with suppress(ReadingError):
        opened(HEAD + b"Content-Type: text/html\n\n" + b"<div>" * 100_000 + PROSE.encode())


def test_a_flood_in_a_field_of_its_content_is_refused() -> None:
    """The parser's time grows with the square of its length."""
    assert "Content-" in refused(HEAD + b"Content-Type: text/plain" + b";a=b" * 200_000 + b"\n\nx")


def _sound() -> bytes:
    message = written()
    message.add_alternative(f"<p>{PROSE}</p>", subtype="html")
    message.add_attachment(b"1,2", maintype="text", subtype="csv", filename="ä.csv")
    return message.as_bytes()


SOUND = _sound()


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=64), st.integers(0, 2**32))
def test_no_bytes_make_it_raise_anything_but_a_reading_error(junk: bytes, seed: int) -> None:
    """Sound mails with bytes changed, cut, put in and lines moved."""
    dice = random.Random(seed)  # noqa: S311 - no secret
    lines = SOUND.splitlines(keepends=True)
    for _ in range(dice.randint(0, 3)):
        lines.insert(dice.randrange(len(lines)), lines.pop(dice.randrange(len(lines))))
    content = bytearray(b"".join(lines))
    for _ in range(dice.randint(1, 8)):
        at = dice.randrange(len(content))
        content[at : at + dice.randint(0, 4)] = junk[: dice.randint(0, 8)]
    try:
        assert opened(bytes(content))
    except ReadingError:
        return
