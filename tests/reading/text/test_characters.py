"""What says the same is written one way, and every span finds what it was made of."""

import time
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tallystick.reading.text import characters
from tallystick.reading.text.characters import normalize
from tallystick.reading.text.headers import header_lines

# What the normalizer knows, whole and in pieces, so that chance puts them side by side.
PIECES = (
    "&", "amp;", "#38;", "&amp;", "&#8217;", "&shy;", "&nbsp;", "&lt", ";", "#", "x26;", "&#10;", "&bogus;", "\u00ad",
    "\u200b", "\u200d", "\u202f", "\u00a0", "\u2009", "\ufb01", "\ufb03", "\uff11", "\uff0c", "\uff05", "1", "25",
    "000", "e", "\u0301", "\u0323", "\u1112", "\u1161", "\u11ab", "\uac00", "Ã", "©", "â€™", "Р", "џ", "СЂ", "\x93",
    "\u202e", "\n", "\r\n", "\u2028", "\x85", " ", "word", "слово", "\u212b", "\u037e", "\ud800",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES) | st.characters(), max_size=30).map("".join)


def garbled(text: str, encoding: str) -> str:
    """Give `text` as it looks once its UTF-8 has been read in `encoding`."""
    return text.encode("utf-8").decode(encoding)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("It&#8217;s 5 &amp; 6 &lt;b&gt; &eacute;t&#xE9;", "It’s 5 & 6 <b> été"),
        ("twice &amp;amp;lt; escaped", "twice < escaped"),
        ("AT&T, R&D and &bogus; stay", "AT&T, R&D and &bogus; stay"),
        ("a&#10;line", "a line"),
        (
            "of\ufb01cers, \ufb02ights, e\ufb00orts, a\ufb03davit, ra\ufb04e",
            "officers, flights, efforts, affidavit, raffle",
        ),
        ("sol\u00addiers\u200b of\u2060 the\ufeff army", "soldiers of the army"),
        ("25\u202f000 and 25\u2009000 and 25\u2007000", "25\u00a0000 and 25\u00a0000 and 25\u00a0000"),
        ("25&nbsp;000&nbsp;men", "25\u00a0000 men"),
        ("10\u00a0000\u00a0soldiers, no.\u00a05", "10\u00a0000 soldiers, no. 5"),
        ("\u200f5 \u202bdead\u202c \u2067x\u2069", "5 dead x"),
        ("１２，３００人、５．５％", "12,300人、5.5%"),
        ("死者５人，伤者9人，约5％", "死者5人，伤者9人，约5%"),
        ("cafe\u0301 \u1112\u1161\u11ab\u1100\u116e\u11a8", "café 한국"),
        ("win\x93dow\x94", "win“dow”"),
    ],
)
def test_what_says_the_same_is_written_one_way(old: str, new: str) -> None:
    """Each kind of rewriting, and what looks like it and stays."""
    assert normalize(old).text == new


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("It’s £5 – “five” Müllers", "sloppy-windows-1252"),
        ("25\u202f000 hommes, été", "sloppy-windows-1252"),
        ("Привет, мир, солдат", "cp1251"),
        ("北韓軍 병사", "latin-1"),
    ],
)
def test_utf_8_that_was_misread_is_read_again(text: str, encoding: str) -> None:
    """Piece by piece, so that what was read well beside it stays."""
    mixed = f"Fine – здесь. {garbled(text, encoding)} Fine – здесь."
    assert normalize(mixed).text == normalize(f"Fine – здесь. {text} Fine – здесь.").text


@pytest.mark.parametrize(
    "text",
    [
        "", "Plain text, 25,000 soldiers.\r\nSecond line.\n", "“Quotes” – and café, £5, 10 000 €",
        "Президент РФ” заявил: „10 000 солдат“ — С.Ё.", "Міністерство оборони України, Її їжа", "병사 1만 명이",
        "士兵1", "سربازان می\u200cروند", "👩\u200d👩\u200d👧", "naïve São Paulo Āā", "ÂÃ ÀÉ",
    ],
)  # fmt: skip
def test_a_text_that_needs_nothing_comes_back_itself(text: str) -> None:
    """The very same string, without positions."""
    found = normalize(text)
    assert found.text is text
    assert found.positions == ()
    assert found.span(0, len(text)) == (0, len(text))


def test_a_span_finds_what_it_was_made_of() -> None:
    """Also across what was removed, and no further than that."""
    old = "&quot;25\u202f000 sol\u00addiers&quot; &amp; of\ufb01cers"
    found = normalize(old)
    for new, before in (
        ("25\u00a0000", "25\u202f000"), ("soldiers", "sol\u00addiers"), ("&", "&amp;"), ("officers", "of\ufb01cers"),
        ("i", "i"), ("f", "f"), ('"', "&quot;"),
    ):  # fmt: skip
        at = found.text.index(new)
        start, end = found.span(at, at + len(new))
        assert old[start:end] == before


@given(TEXTS)
@example("&&#97;mp;")
@example("e\u200b\u0301")
@example("&am\u200bp;")
@example("&#\uff13\uff18;")
@example("&" + "#38;#38;" * 3)
def test_normalizing_twice_changes_nothing_fuzz(text: str) -> None:
    """What comes out needs nothing, and is in NFC unless it was left as it is."""
    once = normalize(text)
    assert normalize(once.text).text is once.text
    assert once.text is text or unicodedata.is_normalized("NFC", once.text)


@given(TEXTS, st.data())
def test_positions_hold_fuzz(text: str, data: st.DataObject) -> None:
    """Runs cover the new text without a gap and go forward; the old span of a span is what it was made of."""
    found = normalize(text)
    at = old_start = old_end = 0
    for run in found.positions:
        assert run.start == at < run.end
        assert old_start <= run.old_start < run.old_end <= len(text)
        assert old_end <= run.old_end
        at, old_start, old_end = run.end, run.old_start, run.old_end
    assert at == len(found.text) or not found.positions
    start = data.draw(st.integers(0, len(found.text)))
    end = data.draw(st.integers(start, len(found.text)))
    old_start, old_end = found.span(start, end)
    assert 0 <= old_start <= old_end <= len(text)
    assert found.span(0, start)[0] <= old_start
    assert found.span(0, end)[1] == old_end or start == end


@given(st.lists(st.sampled_from(("é", "25\u00a0000", "ok", "fi", "“", "한")), min_size=1, max_size=12), st.data())
def test_each_word_finds_the_form_it_had(words: list[str], data: st.DataObject) -> None:
    """Words written in other ways, each is found where it stood."""
    forms = {
        "é": ("é", "e\u0301", "&eacute;", "Ã©"), "25\u00a0000": ("25\u00a0000", "25\u202f000", "25&#8239;000"),
        "ok": ("ok", "o\u200bk", "o&shy;k"), "fi": ("fi", "\ufb01"), "“": ("“", "&ldquo;", "\x93"),
        "한": ("한", "\u1112\u1161\u11ab"),
    }  # fmt: skip
    written = [data.draw(st.sampled_from(forms[word])) for word in words]
    old, new = " ".join(written), " ".join(words)
    found = normalize(old)
    assert found.text == new
    at = 0
    for word, form in zip(words, written, strict=True):
        start, end = found.span(at, at + len(word))
        assert old[start:end] == form
        at += len(word) + 1


@pytest.mark.parametrize(
    "hostile",
    ["&amp;" * 40_000, "&" * 200_000, "&" + "amp;" * 50_000, "e" + "\u0301" * 200_000, "Ã©" * 100_000,
     "\u1100" * 200_000, "e" + "\u0301\u0323" * 100_000,
     "\u00a0" * 200_000, "\u00ad" * 200_000, "&#38;" * 40_000, "РџСЂ" * 60_000, "\uff11\uff0c" * 100_000],
)  # fmt: skip
def test_hostile_texts_take_linear_time(hostile: str) -> None:
    """200,000 marks of each kind, in seconds even on a slow machine."""
    began = time.perf_counter()
    normalize(hostile)
    assert time.perf_counter() - began < 5


def test_a_text_wrapped_in_itself_over_and_over_stays() -> None:
    """Each round of reading would bring out one more; whoever wrote that made it to cost time."""
    text = "é"
    for _ in range(10):
        text = garbled(text, "latin-1")
    assert normalize(text).text is text


def test_a_text_with_too_much_to_rewrite_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its positions would take more memory than the text many times over."""
    monkeypatch.setattr(characters, "MOST", 3)
    assert normalize("a\u00adb" * 3).text == "ab" * 3
    assert normalize("a\u00adb" * 4).text == "a\u00adb" * 4


def test_headers_are_read_after_it() -> None:
    """A no-break space after the colon is one that a header line can have."""
    text = normalize("Title:\u00a0Ten &amp; more\n\nBody.").text
    assert header_lines(text).details[0].value == "Ten & more"
