"""Open a mail: bytes come in; the report that its text is goes out, then its attachments, still to be read.

It is a container and a format in one, so that it is parsed once: the text becomes a report whose evidence is the
whole mail, each attachment goes round again as a file of its own.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC
from email import policy
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.parser import BytesParser
from email.utils import parseaddr, parsedate_to_datetime
from hashlib import sha256
from io import BytesIO
from typing import NamedTuple

from tallystick.errors import ReadingError
from tallystick.model.document import Detail, Failure, PassageKind, Retrieved, Sureness
from tallystick.reading.formats.mail_text import Piece, parted, parted_page, unfolded
from tallystick.reading.received import Kind, Received, assemble, stated
from tallystick.reading.text.characters import normalize
from tallystick.reading.text.encodings import decode
from tallystick.reading.text.passages import Hints

__all__ = ["mail"]

# Gmail takes mails up to 50 MB, Outlook up to 34.
LARGEST_MAIL = 50_000_000
# 50 MB of an attachment in lines of 76 marks are 0.7 million.
LINES = 1_000_000
# A mail with its forwarded ones has some ten parts that hold parts. The parser looks at each line once for each of
# those that it lies in: a million lines under 100 of them took 45 s.
NESTED = 30
# Marks of text: 400 pages; the longest newsletters have some hundred thousand with their HTML.
LONGEST_TEXT = 1_000_000
# Attachments opened; a digest of a mailing list has 50.
PARTS = 1_000
# A file's name of 255 letters that are not ASCII takes 1,500 marks here; the parser's time grows with the square.
LONGEST_FIELD = 4_000
FIELD = re.compile(rb"^content-[a-z-]{4,30}[ \t]*:[^\n]*(?:\n[ \t][^\n]*)*", re.IGNORECASE | re.MULTILINE)
HOLDER = re.compile(rb"multipart/|message/", re.IGNORECASE)
# A part in plain text that is shorter than this beside one in HTML only asks to look at that one.
STUB = 200
# What is no report and is not looked at.
NO_REPORTS = frozenset(("image", "audio", "video", "font", "model"))
NO_REPORT_TYPES = frozenset(("text/calendar", "text/vcard", "text/x-vcard", "text/css", "application/pgp-signature",
                             "application/pkcs7-signature", "application/x-pkcs7-signature",
                             "application/ms-tnef"))  # fmt: skip
PIECES = "\n\n"
PLAIN, HTML, MAIL_PART = "text/plain", "text/html", "message/rfc822"


class _Opened(NamedTuple):
    """What a mail holds."""

    texts: list[tuple[str, str]]  # type and text
    attached: list["Message[str, str]"]


def mail(received: Received) -> Iterator[Received | Retrieved | Failure]:
    """Open a mail.

    Yields:
        The report that its text is, or a failure where that cannot be read or there is nothing at all to read; then
        its attachments that may be reports.

    Raises:
        ReadingError: Where it is encrypted or made to exhaust.
    """
    name = received.name
    content = received.stream.read(LARGEST_MAIL + 1)
    message = _parsed(content, name)
    opened = _opened(message)
    details = _details(message)
    try:
        body = _body(opened, name)
        if body:
            yield _report(received, content, message, body, details)
        elif not opened.attached:
            yield Failure(name, "read", "a mail without text")
    except ReadingError as error:  # what is attached is read all the same
        yield Failure(error.document, "read", error.reason)
    said = tuple(replace(one, sureness=Sureness.GUESSED) for one in details if one.field in ("published", "outlet"))
    for number, part in enumerate(opened.attached[:PARTS], 1):
        file = BytesIO(_bytes(part))
        yield Received(f"{name}!{_filename(part, number)}", file, details=said, depth=received.depth + 1)
    if len(opened.attached) > PARTS:
        yield Failure(name, "read", f"a mail of {len(opened.attached):,} attachments; {PARTS:,} were read")


def _parsed(content: bytes, name: str) -> "Message[str, str]":
    """The parts of a mail, once it is sure that taking them apart ends."""
    if len(content) > LARGEST_MAIL:
        raise ReadingError(
            name, f"a mail larger than {LARGEST_MAIL // 1_000_000} MB; save its attachments by themselves"
        )
    lines = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    fields = FIELD.findall(lines)
    if lines.count(b"\n") > LINES:
        raise ReadingError(name, f"a mail of more than {LINES:,} lines")
    if any(len(field) > LONGEST_FIELD for field in fields):
        raise ReadingError(name, f"a mail with a 'Content-...' line longer than {LONGEST_FIELD:,} marks")
    if sum(HOLDER.search(field) is not None for field in fields) > NESTED:
        raise ReadingError(name, f"a mail of more than {NESTED} parts within parts")
    # The default policy reads every field by its grammar, in time that grows with the square of its length.
    message = BytesParser(policy=policy.compat32).parsebytes(content)
    if message.get_content_type() in ("multipart/encrypted", "application/pkcs7-mime"):
        raise ReadingError(name, "an encrypted mail; decrypt it first")
    return message


def _opened(message: "Message[str, str]") -> _Opened:
    """The texts that a mail shows, of alternatives the best one, and what is attached."""
    kind = message.get_content_type()
    children = message.get_payload()
    if kind == MAIL_PART or kind.startswith("message/"):
        return _Opened([], [message] if kind == MAIL_PART else [])
    if message.is_multipart() and isinstance(children, list):
        held = [_opened(child) for child in children if isinstance(child, Message)]
        texts = [text for one in held for text in one.texts]
        attached = [part for one in held for part in one.attached]
        return _Opened(_best(texts) if kind == "multipart/alternative" else texts, attached)
    if kind in (PLAIN, HTML) and _asked(message.get_content_disposition) != "attachment":
        return _Opened([(kind, _text(message))], [])
    is_report = message.get_content_maintype() not in NO_REPORTS and kind not in NO_REPORT_TYPES
    return _Opened([], [message] if is_report else [])


def _best(texts: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Of the same text in several forms the plain one, unless it only says where the other one is."""
    plain = [text for text in texts if text[0] == PLAIN]
    others = [text for text in texts if text[0] != PLAIN]
    written = sum(len(text.strip()) for _, text in plain)
    return plain if plain and (written >= STUB or not others) else others


def _body(opened: _Opened, name: str) -> list[Piece]:
    """The pieces of what a mail says; none where it says nothing itself."""
    if sum(len(text) for _, text in opened.texts) > LONGEST_TEXT:
        raise ReadingError(name, f"a mail whose text is longer than {LONGEST_TEXT:,} marks; save it as text")
    try:
        told = [parted(normalize(text).text) if kind == PLAIN else parted_page(text) for kind, text in opened.texts]
    except ValueError as error:
        raise ReadingError(name, str(error)) from error
    pieces = [piece for one in told for piece in one]
    return pieces if any(piece.kind is PassageKind.BODY for piece in pieces) else []


def _report(
    received: Received, content: bytes, message: "Message[str, str]", pieces: list[Piece], details: tuple[Detail, ...]
) -> Retrieved:
    """The report that the text of a mail is: what it says, then what it quotes."""
    ordered = sorted(pieces, key=lambda piece: piece.kind is not PassageKind.BODY)
    stretches: list[tuple[int, int, PassageKind]] = []
    at = 0
    for piece in ordered:
        if piece.kind is not PassageKind.BODY:
            stretches.append((at, at + len(piece.text), piece.kind))
        at += len(piece.text) + len(PIECES)
    title = next((detail.value for detail in details if detail.field == "title"), None)
    text = PIECES.join(piece.text for piece in ordered)
    id_ = _field(message, "message-id").strip("<> ") or sha256(content).hexdigest()
    return assemble(received, content, Kind.MAIL, text, details, Hints(title, stretches=tuple(stretches)), id=id_)


def _details(message: "Message[str, str]") -> tuple[Detail, ...]:
    """What the head of a mail says."""
    sender, address = parseaddr(_field(message, "from"))
    listed = _field(message, "list-id")
    outlet = listed.rpartition("<")[0].strip(' "') or listed.strip("<> ") or address.rpartition("@")[2]
    guessed = (Detail("outlet", outlet, "mail List-Id" if listed else "mail From", Sureness.GUESSED),) if outlet else ()
    return (
        *stated("title", _field(message, "subject"), "mail Subject"),
        *stated("author", sender or address, "mail From"),
        *stated("published", _date(_field(message, "date")), "mail Date"),
        *guessed,
    )


def _field(message: "Message[str, str]", name: str) -> str:
    """A field of the head in one line, whatever it was encoded in; "" where there is none."""
    raw = next((str(value) for known, value in message.raw_items() if known.casefold() == name), "")[:LONGEST_FIELD]
    return _decoded(raw)


def _decoded(raw: str) -> str:
    """What stands in a field: words encoded by RFC 2047, or bytes as they are."""
    if not raw.isascii():
        raw = _guessed(raw.encode("utf-8", "surrogateescape"))
    try:
        pieces = decode_header(raw)
        text = "".join(
            piece if isinstance(piece, str) else piece.decode(charset or "ascii", "replace")
            for piece, charset in pieces
        )
    except (HeaderParseError, LookupError, ValueError):
        text = raw
    # A charset such as UTF-16 gives half a surrogate pair for what was cut.
    whole = text.encode("utf-8", "replace").decode("utf-8", "replace")
    return " ".join(normalize("".join(mark if mark.isprintable() else " " for mark in whole)).text.split())


def _date(value: str) -> str | None:
    """A date of a mail in ISO 8601, None where it is none."""
    try:
        moment = parsedate_to_datetime(value)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).isoformat().replace("+00:00", "Z")
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _text(part: "Message[str, str]") -> str:
    """The text of a part in the charset that it names, or else in that which its bytes show."""
    content = _bytes(part)
    try:
        text = content.decode(_asked(part.get_content_charset) or "ascii")
    except (LookupError, UnicodeError, ValueError):
        text = _guessed(content)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", " ")
    flowed = _asked(lambda: part.get_param("format")).casefold() == "flowed"
    return unfolded(text) if flowed else text


def _asked(ask: Callable[[], object]) -> str:
    """What a field of a part says; "" where it says nothing or cannot be decoded."""
    try:
        value = ask()
    except (ValueError, LookupError, TypeError):  # a charset with a NUL in its name, a parameter cut in the middle
        return ""
    return value if isinstance(value, str) else ""


def _guessed(content: bytes) -> str:
    try:
        return decode(content).text
    except ValueError:
        return content.decode("ascii", "replace")


def _bytes(part: "Message[str, str]") -> bytes:
    """The bytes of a part; of a mail that is passed on, the mail."""
    held = part.get_payload()
    if isinstance(held, list):
        return held[0].as_bytes() if held and isinstance(held[0], Message) else b""
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _filename(part: "Message[str, str]", number: int) -> str:
    """The name of an attachment without any folder; one without a name is counted."""
    given = _decoded(_asked(part.get_filename)[:LONGEST_FIELD]).replace("\\", "/").rpartition("/")[2]
    if not given:
        ending = {PLAIN: "txt", HTML: "html", MAIL_PART: "eml"}.get(part.get_content_type(), "")
        given = f"attachment-{number}.{ending}".rstrip(".")
    return given[:255]
