"""A first look at bytes: what may hold a term passes, most of the rest does not."""

import pytest

from tallystick.values.sieve import FOLD, Sieve
from tallystick.values.terms import Terms

GROUP = (("dam", "breach"), ("дамба",), ("堤坝",))
ENCODINGS = (("cp1252",), ("cp1251", "koi8_u"), ("gb18030",))


def sieve() -> Sieve:
    """A sieve of terms in three scripts."""
    found = Sieve.of(GROUP, ENCODINGS)
    assert found is not None
    return found


@pytest.mark.parametrize(
    "page",
    [
        b"a DAM bReAcH",
        "дамба".encode(),
        "ДАМБА".encode("cp1251"),
        "дамба".encode("koi8_u"),
        "堤坝".encode("gb18030"),
        b"&#1076;&#1072;&#1084;&#1073;&#1072;",
        b"&#X434;",
        b"\\u0434\\u0430",
        b"\\u5824\\u575d",
    ],
)
def test_whatever_may_hold_a_term_passes(page: bytes) -> None:
    """In every case, script and spelling."""
    assert sieve().passes(page, page.translate(FOLD))


@pytest.mark.parametrize(
    "page",
    [
        b"",
        b"a bridge",
        "“Ein Café” – für alle … 🎉".encode(),
        "“Ein Haus” – dort".encode("cp1252"),
        b"&#8217; &#39; \\u003cb",
        "Мост через реку".encode(),
        "河上的桥".encode(),
    ],
)
def test_other_pages_do_not(page: bytes) -> None:
    """Quotation marks, accents and pictographs are no other script, and in UTF-8 other words are none of a term's."""
    assert not sieve().passes(page, page.translate(FOLD))


def test_a_page_in_an_old_encoding_of_another_script_passes() -> None:
    """Only the search for whole words knows how each of them spells a term."""
    page = "Мост через реку".encode("cp1251")
    assert sieve().passes(page, page.translate(FOLD))


def test_too_many_terms_make_no_sieve() -> None:
    """The search for whole words is as fast then."""
    words = [(f"{first}{second}bc{first}{second}",) for first in "defghijklmnopqrst" for second in "defghijklmnopqrst"]
    assert Sieve.of(words, [()] * len(words)) is None
    assert Terms([[word for (word,) in words]]).in_bytes(b"a DLbcdl b")
