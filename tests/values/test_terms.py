"""Terms of a subject: what is found in a text, and that nothing of it is missed in bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.dossiers.loading import load
from tallystick.values.terms import PIECE, Terms

WORDS = Terms([["north korea*", "кндр", "северной кореи", "пхеньян*", "북한", "朝鲜", "côte*"]])
SCRIPTS = {
    "ascii": ("north korea", "North Koreans", "NORTH-KOREA", "north\nkorea"),
    "utf-8": ("North Korea", "КНДР", "кНдР", "Северной Кореи", "ПХЕНЬЯНСКИЙ", "북한군", "朝鲜半岛", "CÔTES", "côte"),
    "utf-16": ("North Korea", "Кндр", "СЕВЕРНОЙ КОРЕИ", "пХЕНЬЯН", "북한", "朝鲜"),
    "cp1251": ("КНДР", "кНдР", "Северной\xa0Кореи", "ПХЕНЬЯНСКИЙ"),
    "koi8-r": ("КНДР", "кНдР", "Северной Кореи", "ПХЕНЬЯНСКИЙ"),
    "gb18030": ("朝鲜半岛", "在朝鲜"),
    "cp949": ("북한군", "대북한"),
    "cp1252": ("côte", "CÔTES"),
}


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("North Korea said", True),
        ("the North Koreans", True),
        ("NORTH-KOREAN troops", True),
        ("north\n\tkorea", True),
        ("north of Korea", False),
        ("Inorth korea", False),
        ("граждане КНДР.", True),
        ("КНДРа", False),
        ("из Пхеньяна", True),
        ("대북한 정책", True),
        ("在朝鲜半岛", True),
        ("\u212aндр north \u212aorea", False),
        ("", False),
    ],
)
def test_a_word_is_found_in_any_case_and_as_a_whole_unless_it_is_a_stem(text: str, held: bool) -> None:
    """Spaces, hyphens and line ends are alike; scripts without spaces are searched inside their runs."""
    assert WORDS.in_text(text) is held


def test_every_group_needs_a_term() -> None:
    """One word of each group, in whatever language."""
    terms = Terms([["korea", "북한"], ["russia", "росси*"]])
    assert terms.in_text("북한 и Россия")
    assert terms.in_bytes("북한 и Россия".encode())
    for text in ("Korea, 북한", "Россия, Russia"):
        assert not terms.in_text(text)
        assert not terms.in_bytes(text.encode())


def test_no_group_takes_everything_and_an_empty_one_nothing() -> None:
    """A dossier without terms watches all there is."""
    assert Terms([]).in_text("")
    assert Terms([]).in_bytes(b"")
    assert not Terms([[]]).in_text("korea")
    assert not Terms([[]]).in_bytes(b"korea")


def test_a_term_needs_a_letter() -> None:
    """A star alone would be found everywhere."""
    with pytest.raises(ValueError, match="neither letter nor digit"):
        Terms([["*"]])


@pytest.mark.parametrize(
    "page",
    [
        "<p>&#1050;&#1053;&#1044;&#1056;</p>",
        "<p>&#x41a;&#x41d;&#x414;&#x420;</p>",
        '{"headline": "\\u041a\\u041d\\u0414\\u0420"}',
        '{"headline": "\\u041A\\u041D\\u0414\\u0420"}',
        "c&ocirc;te",
        "<b>Северной</b>&nbsp;<i>Кореи</i>",
        "north <a href='/'>Korea",
    ],
)
def test_words_spelled_in_references_and_between_tags_are_found_in_bytes(page: str) -> None:
    """What a parser will make a term of is one already."""
    assert WORDS.in_bytes(page.encode("ascii" if page.isascii() else "utf-8"))


def test_other_pages_are_not_taken() -> None:
    """The test of bytes sorts out."""
    for text in ("South Korea and Japan went north.", "Саратов и Дальний Восток", "일본과 한국", "中国和日本"):
        assert not Terms([["dprk", "кндр", "북한", "朝鲜", "pyongyang"]]).in_bytes(text.encode())


def test_a_page_in_utf_8_is_not_taken_for_one_in_an_old_encoding() -> None:
    """A Chinese comma after some characters is alike to a Korean syllable; in a page that is no UTF-8 it may be one."""
    terms = Terms([["북 러"]])
    page = "据一位当地人，道路已经修好。".encode()
    assert not terms.in_bytes(page)
    assert terms.in_bytes(page + "북·러".encode("cp949"))
    assert terms.in_bytes(page + "북·러".encode())


def test_a_term_across_the_edge_of_a_piece_is_found() -> None:
    """Large pages are looked through in pieces that overlap."""
    for short in range(1, 4):
        assert WORDS.in_bytes(b"." * (PIECE - short) + "КНДР".encode())
        assert WORDS.in_text("." + "a" * (PIECE - 2 - short) + " КНДР")


@st.composite
def spelled(draw: st.DrawFn) -> tuple[str, str]:
    """A text with a term somewhere, and an encoding that can spell it."""
    encoding = draw(st.sampled_from(sorted(SCRIPTS)))
    pieces = st.one_of(st.sampled_from(SCRIPTS[encoding]), st.text(max_size=12), st.just(" "))
    text = "".join(draw(st.lists(pieces, max_size=8)))
    return text.encode(encoding, "ignore").decode(encoding, "ignore"), encoding


@given(spelled())
def test_fuzz_what_a_text_holds_is_never_missed_in_its_bytes(pair: tuple[str, str]) -> None:
    """In each encoding, among any other characters."""
    text, encoding = pair
    assert WORDS.in_bytes(text.encode(encoding)) or not WORDS.in_text(text)


@given(st.binary(max_size=200))
def test_fuzz_any_bytes_can_be_tested(content: bytes) -> None:
    """Bytes in no encoding are tested like others."""
    assert WORDS.in_bytes(content) in {True, False}
    WORDS.in_text(content.decode("utf-8", "replace"))


@pytest.mark.parametrize(
    "text",
    [
        "North Korean soldiers were seen near Kursk.",
        "Граждане КНДР приехали в Россию.",
        "Війська Північної Кореї на Курщині.",
        "북한군이 쿠르스크에 파병되었다.",
        "朝鲜军人前往俄罗斯。",
        "北韓軍人前往俄羅斯。",
    ],
)
def test_the_bundled_subject_is_found_in_five_languages(text: str) -> None:
    """A sentence of each language bears on it; half of it does not."""
    terms = Terms(load("dprk-russia").watch.terms)
    assert terms.in_text(text)
    assert terms.in_bytes(text.encode())
    assert not terms.in_text("North Korea launched a missile. 북한은 미사일을 발사했다.")
    assert not terms.in_text("Russia and Ukraine. Россия и Украина. 俄罗斯")
    assert Terms(load("general").watch.terms).in_text("")
