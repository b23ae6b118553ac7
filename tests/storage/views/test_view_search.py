"""Search by words: in every script, in whatever letters, and never as a query of its own."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tallystick.pipeline import run
from tallystick.storage.views import search
from tallystick.storage.views.claims import Filter, total
from tallystick.storage.views.view import View, Views

TEXTS = {
    "en": ("Workers", "Moscow said 5,000 workers, with 100% pay and a_b \"quoted\" words, would come by May."),
    "ru": ("Рабочие", "Москва сообщила, что СВО обошлась в 6000 рабочих из Северной Кореи."),
    "ko": ("노동자", "북한 노동자 7000명이 러시아에 도착했다고 한국 정부가 밝혔다."),
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
def view(folder: Path) -> Iterator[View]:
    """The case at a moment."""
    views = Views(folder)
    with views.moment() as found:
        yield found
    views.close()


def found(view: View, typed: str) -> set[str]:
    """The reports that hold what was typed."""
    reports = search.documents(view, typed)
    assert reports.total == len(reports.rows)
    return {row.document for row in reports.rows}


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


def test_words_of_a_title_find_the_report(view: View) -> None:
    """Its snippet is of the text, where the text has the word; else there is none."""
    assert search.documents(view, "Рабочие").rows[0].snippet is None
    row = search.documents(view, "노동자").rows[0]
    assert row.snippet is not None
    assert (row.snippet.before, row.snippet.hit) == ("북한 ", "노동자")


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


def test_the_latest_report_comes_first_page_by_page(view: View, monkeypatch: pytest.MonkeyPatch) -> None:
    """One beyond the last is the last."""
    monkeypatch.setattr(search, "PER_PAGE", 3)
    first, beyond = search.documents(view, "00"), search.documents(view, "00", page=7)
    assert [row.document for row in (*first.rows, *beyond.rows)] == ["zh", "ko", "ru", "en"]
    assert (first.pages, first.total, beyond.number) == (2, 4, 2)


@pytest.mark.parametrize(("typed", "count"), [("5,000", 1), ("workers moscow", 1), ("", 1), ("Mo", 1), ("рабочих", 0)])
def test_claims_are_found_by_their_sentences(view: View, typed: str, count: int) -> None:
    """Only English is read for figures so far; no words ask nothing."""
    assert total(view, Filter(text=typed, language="en")) == count


def test_words_are_told_apart() -> None:
    """Each once, quoted ones together, and no more than a search has."""
    assert search.words(' one  "two three" one') == ("one", "two three")
    assert search.words('"unclosed words') == ("unclosed", "words")
    assert len(search.words(" ".join(map(str, range(100))))) == search.MOST_WORDS
