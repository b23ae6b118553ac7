"""Search by words: in every script, in whatever letters, and never as a query of its own."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from copied import Kept
from tallystick.pipeline import run
from tallystick.storage import tables
from tallystick.storage.views import parts, search
from tallystick.storage.views.claim_filters import Filter
from tallystick.storage.views.claims import total
from tallystick.storage.views.view import View, Views

TEXTS = {
    "en": ("Workers", "Moscow said 5,000 workers, with 100% pay and a_b \"quoted\" words, would come by May."),
    "ru": ("Рабочие", "Москва сообщила, что СВО обошлась в 6000 рабочих из Северной Кореи."),
    "ko": ("노동자 인사", "북한 노동자 7000명이 러시아에 도착했다고 한국 정부가 밝혔다."),
    "zh": ("工人", "俄罗斯表示将接收8000名朝鲜工人。"),
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case of a report in each of four scripts."""
    inbox = tmp_path_factory.mktemp("search") / "reports.jsonl"
    lines = [
        json.dumps({"id": name, "title": title, "text": text, "published": f"2025-06-0{number}", "language": name})
        for number, (name, (title, text)) in enumerate(TEXTS.items(), 1)
    ]
    inbox.write_text("\n".join(lines), encoding="utf-8")
    run([inbox], inbox.with_name("case"), "dprk-russia")
    return inbox.with_name("case")


@pytest.fixture
def view(folder: Path, kept: Kept) -> Iterator[View]:
    """The case at a moment."""
    views = Views(kept(folder))
    with views.moment() as found:
        yield found
    views.close()


def found(view: View, typed: str) -> set[str]:
    """The reports that hold what was typed."""
    holding = search.documents_with(view, typed)
    if holding is None:
        return set()
    column = tables.documents.c
    return set(view.connection.scalars(sa.select(column.id).where(column.position.in_(holding))))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("workers", {"en"}), ("WORKERS", {"en"}), ("orke", {"en"}), ("workers Moscow", {"en"}),
        ("workers Москва", set()), ('"would come"', {"en"}), ('"come would"', set()), ("come would", {"en"}),
        ("рабочих", {"ru"}), ("РАБОЧИХ", {"ru"}), ("св", {"ru"}), ("ОБ", {"ru"}), ("СВО северной", {"ru"}),
        ("노동자", {"ko"}), ("한국", {"ko"}), ("북", {"ko"}), ("한국 도착", {"ko"}), ("한국 노동자", {"ko"}),
        ("工人", {"zh"}), ("朝鲜工人", {"zh"}), ("俄", {"zh"}), ("俄 工人", {"zh"}), ("Workers 俄", set()),
        ("0", {"en", "ru", "ko", "zh"}), ("nowhere", set()),
    ],
)  # fmt: skip
def test_words_are_found_in_every_script(view: View, typed: str, expected: set[str]) -> None:
    """All of them must be there; capitals make no difference, also outside ASCII."""
    assert found(view, typed) == expected


@pytest.mark.parametrize(
    "typed",
    ['"', '""', "workers OR nothing", "title:workers", "work*", "NEAR(workers come)", "^Moscow", "workers NOT come",
     "-workers x", "'; DROP TABLE claims; --", "a_c", "10%%", "\0\0\0", "()", "{", "*", "work\\ers"],
)  # fmt: skip
def test_what_is_typed_is_never_a_query(view: View, typed: str) -> None:
    """Marks that mean something to the index are marks to be found, here in no text."""
    assert found(view, typed) == set()


def test_marks_are_found_as_they_are(view: View) -> None:
    """Those that mean "anything" to a database mean themselves."""
    assert found(view, "100%") == found(view, "a_b") == found(view, "b_") | {"en"} == {"en"}


@pytest.mark.parametrize("typed", ["Рабочие", "ие", "인사", "人"])
def test_words_of_a_title_find_the_report(view: View, typed: str) -> None:
    """Also its very last characters, in which no run of three begins."""
    assert len(found(view, typed)) == 1


def test_a_snippet_tells_where_the_words_stand() -> None:
    """Its lines are cut at blanks, and its span is that of the text."""
    text = "Far before. " * 20 + "The MINISTER\nspoke. " + "Far behind. " * 20
    found = search.snippet(text, ("absent", "minister"))
    assert found is not None
    assert text[found.start : found.end] == found.hit == "MINISTER"
    assert found.before.startswith("… ")
    assert found.behind.startswith(" spoke. Far")
    assert found.behind.endswith(" …")
    assert len(found.before) + len(found.behind) < 230


def test_a_word_that_is_nowhere_has_no_snippet() -> None:
    """A report can have been found by its title."""
    assert search.snippet("Some text.", ("title",)) is None


@pytest.mark.parametrize(("typed", "count"), [("5,000", 1), ("workers moscow", 1), ("", 1), ("Mo", 1), ("рабочих", 0)])
def test_claims_are_found_by_their_sentences(view: View, typed: str, count: int) -> None:
    """Only English is read for figures so far; no words ask nothing."""
    assert total(view, Filter(text=typed, language="en")) == count


def test_words_are_told_apart() -> None:
    """Each once, quoted ones together, and no more than a search has."""
    assert search.words(' one  "two three" one') == ("one", "two three")
    assert search.words('"unclosed words') == ("unclosed", "words")
    assert len(search.words(" ".join(map(str, range(100))))) == search.MOST_WORDS


def test_a_last_sigma_is_a_sigma() -> None:
    """In a word of capitals no letter tells where the word ends."""
    assert parts.folded("ΟΣ") == parts.folded("ος") == "οσ"
