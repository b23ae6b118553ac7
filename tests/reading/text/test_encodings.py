"""The encoding of a text is told by its bytes; what is no text is refused."""

import codecs
import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.reading.text.encodings import decode

RUSSIAN = "Министерство обороны сообщило, что в учениях участвовали 10 000 солдат; трое военных ранены. "
UKRAINIAN = "Міністерство оборони повідомило, що в навчаннях брали участь 10 000 солдатів; їх більше, ніж торік. "
KOREAN = "국방부는 월요일 외국 군인 1만 명이 훈련에 참가했다고 발표했다. 장관은 그 수가 늘어날 수 있다고 말했다."
CHINESE = "国防部星期一宣布，有一万名外国士兵参加了演习。部长表示，这一数字可能还会增加。三名士兵受伤。"
TAIWANESE = "國防部星期一宣布，有一萬名外國士兵參加了演習。部長表示，這一數字可能還會增加。三名士兵受傷。"
JAPANESE = (
    "防衛省は月曜日、一万人の外国人兵士が演習に参加したと発表した。大臣は、その数はさらに増える可能性があると述べた。"
)
GERMAN = "Die Bundesregierung erklärt, dass zehn Männer an der Übung teilnahmen; die Zahl könne größer werden."
FRENCH = "Le ministère a annoncé que 10 000 soldats avaient participé à l’exercice, « peut-être 12 000 »."
SPANISH = "El ministerio informó de que 10.000 soldados habían participado en la operación; el año pasado, más."
PORTUGUESE = "O ministério informou que 10 mil soldados participaram da operação. A situação não é nova."
POLISH = "Ministerstwo ogłosiło, że w ćwiczeniach wzięło udział 10 000 żołnierzy; liczba może wzrosnąć."
CZECH = "Ministerstvo oznámilo, že se cvičení zúčastnilo 10 000 vojáků. Tři vojáci byli zraněni při střelbě."
TURKISH = "Savunma Bakanlığı tatbikata 10.000 yabancı askerin katıldığını bildirdi. Üç asker yaralandı."
ENGLISH = "The ministry said that “10,000 soldiers” took part — the minister’s café said £5 million."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        *((RUSSIAN, encoding) for encoding in ("cp1251", "koi8_r", "iso8859_5")),
        *((UKRAINIAN, encoding) for encoding in ("cp1251", "koi8_u")),
        (KOREAN, "euc_kr"), (KOREAN, "cp949"), (CHINESE, "gb18030"), (TAIWANESE, "big5"), (JAPANESE, "shift_jis"),
        (JAPANESE, "euc_jp"), (GERMAN, "cp1252"), (FRENCH, "cp1252"), (SPANISH, "cp1252"), (PORTUGUESE, "cp1252"),
        (ENGLISH, "cp1252"), (POLISH, "cp1250"), (CZECH, "cp1250"), (TURKISH, "cp1254"), ("Zehn Männer", "latin-1"),
    ],
)  # fmt: skip
def test_texts_in_the_encodings_of_our_users_are_read(text: str, encoding: str) -> None:
    """Nothing but their bytes is known."""
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)  # fmt: skip
def test_a_mark_of_byte_order_decides(mark: bytes, encoding: str) -> None:
    """It is no part of the text, and what is declared does not matter."""
    found = decode(mark + RUSSIAN.encode(encoding), "windows-1251")
    assert found == (RUSSIAN, encoding, len(mark))


def test_utf_8_comes_before_what_is_declared() -> None:
    """Pages that declare one code page are often written in UTF-8 since."""
    assert decode(RUSSIAN.encode(), "windows-1251") == (RUSSIAN, "utf-8", 0)


@pytest.mark.parametrize(
    ("text", "encoding", "declared"),
    [
        ("Слово", "koi8_r", "KOI8-R"), ("été", "latin-1", "iso-8859-1"), ("“été”", "cp1252", "ISO-8859-1"),
        ("한국", "cp949", "euc-kr"), ("中国", "gb18030", "gb2312"), ("日本", "cp932", "Shift_JIS"),
        ("Слово", "cp866", "ibm866"),
    ],
)  # fmt: skip
def test_a_declared_encoding_is_taken_where_it_fits(text: str, encoding: str, declared: str) -> None:
    """Of texts too short to tell it by their bytes; older names mean the code page that holds them."""
    assert decode(text.encode(encoding), declared).text == text


@pytest.mark.parametrize(
    "declared", ["rot13", "punycode", "utf-7", "unicode_escape", "no\0thing", "x" * 10_000, "", "ö"]
)
def test_what_is_declared_is_not_obeyed_blindly(declared: str) -> None:
    """A name of no encoding of texts is as good as none."""
    assert decode(RUSSIAN.encode("cp1251"), declared).text == RUSSIAN


@pytest.mark.parametrize(
    ("content", "first"),
    [
        (b"Zehn M\x81\x8d\x8f\x90nner", 6),  # in no Western code page
        ((RUSSIAN + ENGLISH).encode() + b"\xff end", len((RUSSIAN + ENGLISH).encode())),  # UTF-8 with one bad byte
        (RUSSIAN.encode()[:-1] + b"\xd0", len(RUSSIAN.encode()) - 1),
        ("Слово".encode("koi8_r"), 0),  # too short to tell
        (b"\xff" + bytes(range(1, 256)) * 9, 0),
        (b"PNG\xff\0\0\0", 3),
        (b"\xff\xd8\xff\xe0\x10JFIF\x01\x02", 0),
    ],
)
def test_what_is_no_text_is_refused(content: bytes, first: int) -> None:
    """With the first byte that is wrong; nonsense is worse than nothing."""
    with pytest.raises(ValueError, match=f"invalid UTF-8 at byte {first}, "):
        decode(content)


def test_a_broken_text_with_a_mark_is_refused() -> None:
    """The byte is counted from the start of the file."""
    with pytest.raises(ValueError, match="invalid UTF-16-LE at byte 6"):
        decode(b"\xff\xfea\0b\0\0\xd8")


@given(st.binary(max_size=400), st.none() | st.sampled_from(("utf-8", "big5", "cp1251", "koi8-r", "zlib")))
def test_no_bytes_break_it_fuzz(content: bytes, declared: str | None) -> None:
    """They are a text in the encoding it names, or refused."""
    try:
        found = decode(content, declared)
    except ValueError:
        return
    assert content[found.mark :].decode(found.encoding) == found.text


@given(st.binary(min_size=60, max_size=400).filter(lambda content: b"\0" in content))
def test_binary_never_becomes_text_fuzz(content: bytes) -> None:
    """A zero byte is in no encoding but those with a mark, or in UTF-8 throughout."""
    try:
        found = decode(content)
    except ValueError:
        return
    assert found.mark or content.decode("utf-8") == found.text


@pytest.mark.parametrize(
    "content",
    [b"\xe9" * 4_000_000, "Слово. ".encode("cp1251") * 600_000, b"a" * 4_000_000 + b"\xe9", b"\n\xe9" * 2_000_000,
     "한".encode("cp949") * 2_000_000],
)  # fmt: skip
def test_large_texts_are_judged_by_a_sample(content: bytes) -> None:
    """4 MB take no longer than their decoding."""
    began = time.perf_counter()
    with contextlib.suppress(ValueError):
        decode(content)
    assert time.perf_counter() - began < 3
