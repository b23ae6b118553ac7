"""Tell the encoding of a text by its bytes: bytes come in, the text and the name of its encoding go out."""

import codecs
import re
from typing import NamedTuple

from charset_normalizer import from_bytes

__all__ = ["Decoded", "declared_encoding", "decode"]

# The longer marks first: that of UTF-32 starts with that of UTF-16.
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What texts that are not in Unicode are written in where our users read. Code pages read what the older standards
# of the same letters hold, and more.
SINGLE = ("cp1251", "koi8_r", "koi8_u", "iso8859_5", "cp1253", "cp1255", "cp1256")
DOUBLE = ("cp949", "gb18030", "big5", "cp932", "euc_jp")
# The letters beyond ASCII of the languages in Latin letters, by the code page that each is written in; the commonest
# first. Of a few such letters this tells the code page better than statistics of bytes: charset_normalizer took
# Spanish, Portuguese and Turkish for Polish.
LATIN = (
    ("cp1252", "àâæçéèêëîïôœùûüÿ"),  # French
    ("cp1252", "äöüß"),  # German
    ("cp1252", "áéíñóúü¿¡ªº"),  # Spanish
    ("cp1252", "ãõáàâçéêíóôúüªº"),  # Portuguese
    ("cp1252", "àèéìíîòóùú"),  # Italian
    ("cp1252", "åäöæøéëïóüè"),  # Nordic, Dutch
    ("cp1252", "áéíóúýðþæö"),  # Icelandic
    ("cp1250", "ąćęłńóśźż"),  # Polish
    ("cp1250", "áčďéěíňóřšťúůýžäĺľôŕ"),  # Czech, Slovak
    ("cp1250", "áéíóöőúüű"),  # Hungarian
    ("cp1250", "ăâîşţ"),  # Romanian
    ("cp1250", "čćđšž"),  # Croatian, Slovene
    ("cp1254", "çğıöşüâîûi̇"),  # Turkish
    ("cp1257", "ąčęėįšųūž"),  # Lithuanian
    ("cp1257", "āčēģīķļņšūž"),  # Latvian
    ("cp1257", "äõöüšž"),  # Estonian
    ("cp1258", "ăâđêôơưàáèéìíòóùúý\u0300\u0301\u0303\u0309\u0323"),  # Vietnamese
)
# What stands in texts of every language, at the same place of these code pages.
SIGNS = frozenset("\u00a0«»‘’‚“”„–—…•€£§©®°±²³·%‰†‹›´")
# What a page means by the names of older standards, as browsers read them.
MEANT = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "euc_kr": "cp949", "gb2312": "gb18030",
    "gbk": "gb18030", "shift_jis": "cp932", "utf-16": "utf-16-le", "utf-32": "utf-32-le", "big5hkscs": "big5hkscs",
}  # fmt: skip
DECLARABLE = frozenset((
    "utf-8", "utf-16-le", "utf-16-be", *MEANT.values(), *SINGLE, *DOUBLE, *(encoding for encoding, _ in LATIN),
    *(f"iso8859-{part}" for part in range(2, 17)), "koi8-r", "koi8-u", "cp866", "cp874", "tis-620", "mac-cyrillic",
))  # fmt: skip
# A guess is made from this many bytes of the lines that are not ASCII; from 40 letters of Russian, Ukrainian, Korean
# or Chinese text on (gold sets) more bytes change nothing.
SAMPLE = 8_000
# In Latin text the letters beyond ASCII are at most a quarter of all letters (Czech, Vietnamese); of lines in other
# letters they are two thirds and more, whatever Latin names stand among them (gold sets).
ASCII_PER_MARK = 2
# Where this share of the bytes beyond ASCII are whole code points of UTF-8, it is UTF-8 with a broken byte in it; of
# texts in code pages it is below a half (gold sets in cp1251, KOI8, EUC-KR, GB 18030 and Big5).
NEARLY_UTF_8 = 0.7
# Control characters that texts hold: tab, line ends, form feed, and the end of file of DOS.
CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\v\f\r\x1a") + b"\x7f"
# A stray one comes out of old editors; of bytes by chance they are a tenth.
CONTROL_SHARE = 0.002
# With fewer bytes beyond ASCII the encodings of other letters are mixed up: of 12 Russian letters in KOI8 none was
# told, of 40 52 of 64, of 150 all; of 20 Korean or Chinese letters, two bytes each, 223 of 224.
SINGLE_TO_JUDGE = 60
DOUBLE_TO_JUDGE = 40
# Part of the marks of a Latin text that its language must know; the rest are names and signs of other languages.
KNOWN_SHARE = 0.5
# Bytes of a long line that are looked at before its first byte beyond ASCII.
BEFORE_MARK = 1_000
# Control characters and private use.
NO_TEXT = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f\x7f-\x84\x86-\x9f\ue000-\uf8ff\U000f0000-\U0010ffff]")
BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
ASCII = bytes(range(128))
# Where a page or an XML file names its encoding, and how far from its start; browsers look at 1,024 bytes.
CHARSET = re.compile(rb"""(?:charset|encoding)\s{0,9}=\s{0,9}["']?\s{0,9}([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE)
CHARSET_WITHIN = 4_096
NO_ASCII_LETTERS = bytes(byte for byte in range(256) if not chr(byte).isalpha() or byte > 127)


class Decoded(NamedTuple):
    """A text and how it was written.

    Attributes:
        text: The text, without a mark of byte order.
        encoding: Name of the encoding, as Python knows it; of UTF-16 and UTF-32 with the order of bytes.
        mark: Bytes before the first code point: those of the mark of byte order, or none.
    """

    text: str
    encoding: str
    mark: int = 0


def decode(content: bytes, declared: str | None = None) -> Decoded:
    """Give the text that `content` is.

    A mark of byte order decides; then UTF-8, where it is nothing but that; then what is declared, where it fits; then
    the likeliest of the code pages and multi-byte encodings of Europe and East Asia.

    Args:
        content: The bytes, whole: one that does not fit decides against an encoding.
        declared: The encoding that a header names, if any.

    Raises:
        ValueError: Where they are no text in any of these; names the first byte that is not UTF-8, counted from 0.
    """
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return _marked(content, mark, encoding)
    try:
        return Decoded(content.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        wrong = error.start
    if not _is_broken_utf_8(content) and not _is_binary(content):
        named = _named(declared)
        candidates = ((named,) if named else ()) + _guesses(content)
        for encoding in candidates:
            try:
                text = content.decode(encoding)
            except UnicodeDecodeError:
                continue
            if _is_text(text):
                return Decoded(text, encoding)
    message = f"invalid UTF-8 at byte {wrong}, and no other encoding fits"
    raise ValueError(message)


def declared_encoding(content: bytes, content_type: str | None = None) -> str | None:
    """Give the encoding that a page says it is in, or None.

    Args:
        content: Its bytes; a `meta` element or an XML declaration near their start may name it.
        content_type: The header that it came with; it goes before the page's own word.
    """
    for said in ((content_type or "").encode("ascii", "replace")[:200], content[:CHARSET_WITHIN]):
        if match := CHARSET.search(said):
            return match[1].decode("ascii")
    return None


def _marked(content: bytes, mark: bytes, encoding: str) -> Decoded:
    """The text behind a mark of byte order."""
    try:
        return Decoded(content[len(mark) :].decode(encoding), encoding, len(mark))
    except UnicodeDecodeError as error:
        message = f"invalid {encoding.upper()} at byte {len(mark) + error.start}, though it starts as such"
        raise ValueError(message) from error


def _named(declared: str | None) -> str | None:
    """The encoding that a name means, or None where it means none that texts are in."""
    try:
        name = codecs.lookup((declared or "").strip()[:40]).name
    except (LookupError, ValueError):
        return None
    name = MEANT.get(name, name)
    return name if name in DECLARABLE else None


def _is_broken_utf_8(content: bytes) -> bool:
    """Whether all but a few of the bytes beyond ASCII are UTF-8: another encoding would make nonsense of them."""
    beyond = len(content) - len(content.decode("ascii", "ignore"))
    whole = content.decode("utf-8", "ignore")
    return len(whole.encode("utf-8")) - len(whole.encode("ascii", "ignore")) > NEARLY_UTF_8 * beyond


def _is_binary(content: bytes) -> bool:
    """Whether the control characters in it are more than slips."""
    if b"\0" in content:
        return True
    return len(content) - len(content.translate(None, CONTROLS)) > CONTROL_SHARE * len(content)


def _guesses(content: bytes) -> tuple[str, ...]:
    """The likely encodings, the likeliest first."""
    sample = _sample(content)
    letters = len(sample.translate(None, NO_ASCII_LETTERS))
    marks = len(sample.translate(None, ASCII))
    if letters >= ASCII_PER_MARK * marks:
        return _latin(sample)
    return tuple(
        encoding
        for encoding in _likeliest(sample)
        if marks >= (DOUBLE_TO_JUDGE if encoding in DOUBLE else SINGLE_TO_JUDGE)
    )


def _latin(sample: bytes) -> tuple[str, ...]:
    """Code pages of Latin letters, by how many of the marks are letters of one of their languages."""
    found: dict[str, float] = {}
    for encoding, letters in LATIN:
        marks = [mark for mark in sample.decode(encoding, "replace") if mark > "\x7f"]
        known = sum(mark in SIGNS or mark.lower() in letters for mark in marks) / len(marks)
        if known >= KNOWN_SHARE:
            found[encoding] = max(known, found.get(encoding, 0))
    return tuple(sorted(found, key=lambda encoding: -found[encoding]))


def _sample(content: bytes) -> bytes:
    """The first lines that hold more than ASCII, up to `SAMPLE` bytes."""
    lines: list[bytes] = []
    at = size = 0
    while size < SAMPLE and (mark := BEYOND_ASCII.search(content, at)):
        start = max(at, mark.start() - BEFORE_MARK, content.rfind(b"\n", at, mark.start()) + 1)
        end = content.find(b"\n", mark.start())
        end = min(len(content) if end < 0 else end, start + SAMPLE)
        lines.append(content[start:end])
        size += end - start
        at = end
    return b"\n".join(lines)


def _likeliest(sample: bytes) -> tuple[str, ...]:
    """Encodings of other letters that the sample can be in, by how much it then looks like a text in some language."""
    possible = []
    for encoding in SINGLE + DOUBLE:
        try:
            # The sample may end within a character.
            codecs.getincrementaldecoder(encoding)().decode(sample)
        except UnicodeDecodeError:
            continue
        possible.append(encoding)
    if not possible:
        return ()
    return tuple(match.encoding for match in from_bytes(sample, cp_isolation=possible, enable_fallback=False))


def _is_text(text: str) -> bool:
    """Whether it holds nothing that no text holds, and letters or digits beside whatever else."""
    return not NO_TEXT.search(text) and any(map(str.isalnum, text))
