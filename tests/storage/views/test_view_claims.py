"""The table of claims as a case gives it: every filter, every order, pages, and what there is to choose from."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bench_case import a_case
from copied import Kept
from tallystick.errors import UnknownNameError
from tallystick.inquiry import reviewing
from tallystick.storage.case import Case
from tallystick.storage.views import claims
from tallystick.storage.views.claim_choices import Choice, choices
from tallystick.storage.views.claim_filters import LATEST, Filter, Shown, Sort, SortKey
from tallystick.storage.views.view import View, Views


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case of three reports with five claims: of one, 6,000, a reviewer said that it is none; 1,000 was accepted."""
    made = a_case(tmp_path_factory.mktemp("claims") / "case")
    with Case.open(made) as case:
        named = {claim.figure: claim.id for claim in case.claims()}
        reviewing.reject(case, named["6,000"], seen=0, why="a sum")
        reviewing.accept(case, named["1,000"], seen=0)
    return made


@pytest.fixture
def view(folder: Path, kept: Kept) -> Iterator[View]:
    """The case at a moment."""
    views = Views(kept(folder))
    with views.moment() as found:
        yield found
    views.close()


def figures(view: View, asked: Filter, sort: Sort = LATEST) -> list[str]:
    """The figures of the first page, whose number must be what is counted."""
    found = claims.listing(view, asked, sort)
    assert found.total == len(found.rows) == claims.total(view, asked)
    return [row.figure for row in found.rows]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (Filter(), {"12,000", "5,000", "4,000", "1,000"}),
        (Filter(category="killed"), {"12,000"}),
        (Filter(status="planned"), {"5,000", "1,000"}),
        (Filter(speaker="Sergei Shoigu"), {"5,000", "1,000"}),
        (Filter(outlet="Evening <b>Gazette</b>"), {"12,000", "4,000"}),
        (Filter(country="KP"), {"12,000", "5,000", "4,000", "1,000"}),
        (Filter(country="RU"), set()),
        (Filter(place="Kursk"), {"12,000", "4,000"}),
        (Filter(since="2025-06-18"), {"12,000", "4,000"}),
        (Filter(until="2025-06-17"), {"5,000", "1,000"}),
        (Filter(since="2025-06", until="2025-06"), {"5,000", "1,000"}),
        (Filter(language="en"), {"12,000", "5,000", "4,000", "1,000"}),
        (Filter(language="ko"), set()),
        (Filter(shown=Shown.ANY), {"12,000", "6,000", "5,000", "4,000", "1,000"}),
        (Filter(shown=Shown.REJECTED), {"6,000"}),
        (Filter(shown=Shown.REVIEWED), {"6,000", "1,000"}),
        (Filter(shown=Shown.UNREVIEWED), {"12,000", "5,000", "4,000"}),
        (Filter(text="KOREAN workers"), {"4,000"}),
        (Filter(text='"soldiers were killed"'), {"12,000"}),
        (Filter(text='"killed were soldiers"'), set()),
        (Filter(status="planned", text="sappers", speaker="Sergei Shoigu", category="deminer"), {"1,000"}),
        (Filter(population="none"), set()),
        (Filter(lineage="none"), set()),
        (Filter(flag="none"), set()),
    ],
)
def test_a_filter_gives_the_claims_that_are_so(view: View, asked: Filter, expected: set[str]) -> None:
    """All that is given must hold; what was rejected is shown only where it is asked for."""
    assert set(figures(view, asked)) == expected


def test_what_a_row_leads_to_finds_the_row_again(view: View) -> None:
    """The origin and the estimates of a row, as filters, give that row."""
    for row in claims.listing(view, Filter()).rows:
        assert row.lineage
        assert row.estimates
        assert row.figure in figures(view, Filter(lineage=row.lineage))
        for estimate, label in row.estimates:
            assert row.figure in figures(view, Filter(population=estimate))
            assert claims.population(view, estimate) == label


def altered(folder: Path, to: Path, *statements: str) -> Views:
    """Readers of a copy of a case whose derived tables were written by hand."""
    to.mkdir()
    for file in folder.glob("case.sqlite*"):
        (to / file.name).write_bytes(file.read_bytes())
    with closing(sqlite3.connect(to / "case.sqlite")) as connection, connection:
        for statement in statements:
            connection.execute(statement)
    return Views(to)


def test_a_flag_finds_the_claims_that_it_concerns(folder: Path, tmp_path: Path) -> None:
    """By its code, and by how grave it is."""
    views = altered(
        folder, tmp_path / "case",
        "INSERT INTO flags (id, code, severity, reason, claims) VALUES ('f', 'late', 'warning', 'Late.', '[]')",
        "INSERT INTO flag_claims SELECT 'f', id FROM claims WHERE figure = '5,000'",
        "UPDATE listing SET severity = 2, codes = '|late|' WHERE value = 5000",
    )  # fmt: skip
    with views.moment() as view:
        assert figures(view, Filter(flag="late")) == figures(view, Filter(flag="f")) == ["5,000"]
        assert figures(view, Filter(severity="note")) == ["5,000"]
        assert figures(view, Filter(severity="error")) == []
        row = claims.listing(view, Filter(flag="late")).rows[0]
        assert (row.severity, row.flags) == ("warning", ("late",))
        assert choices(view).flags == (Choice("late", 1),)
    views.close()


@pytest.mark.parametrize("key", list(SortKey))
def test_an_order_turned_around_is_the_same_backwards(view: View, key: SortKey) -> None:
    """Every claim has a value for every key here, so nothing stays at the end."""
    up = figures(view, Filter(), Sort(key, descending=False))
    assert up == figures(view, Filter(), Sort(key, descending=True))[::-1]
    assert len(up) == 4


def test_figures_are_sorted_as_numbers(view: View) -> None:
    """12,000 is more than 5,000."""
    down = figures(view, Filter(), Sort(SortKey.VALUE, descending=True))
    assert down == ["12,000", "5,000", "4,000", "1,000"]


@pytest.mark.parametrize("descending", [True, False])
def test_what_has_no_value_comes_last_both_ways(folder: Path, tmp_path: Path, descending: bool) -> None:
    """Nobody looks first for what is not known."""
    views = altered(folder, tmp_path / "case", "UPDATE listing SET place = NULL WHERE value = 4000")
    with views.moment() as view:
        assert figures(view, Filter(), Sort(SortKey.PLACE, descending))[-1] == "4,000"
    views.close()


def test_pages_hold_every_claim_once(view: View, monkeypatch: pytest.MonkeyPatch) -> None:
    """One beyond the last is the last."""
    monkeypatch.setattr(claims, "PER_PAGE", 3)
    first, second = claims.listing(view, Filter()), claims.listing(view, Filter(), page=2)
    assert (first.pages, first.total, len(first.rows), len(second.rows)) == (2, 4, 3, 1)
    assert len({row.claim for row in (*first.rows, *second.rows)}) == 4
    beyond = claims.listing(view, Filter(), page=9)
    assert (beyond.number, beyond.rows) == (2, second.rows)


def test_a_row_tells_what_the_claim_its_report_and_its_review_say(view: View) -> None:
    """With the sentence, so that the evidence is in sight."""
    row = claims.listing(view, Filter(category="deminer")).rows[0]
    assert (row.figure, row.counted, row.status, row.speaker) == ("1,000", "sappers", "planned", "Sergei Shoigu")
    assert (row.outlet, row.published, row.title) == ("Northern Wire", "2025-06-17", "Minister announces builders")
    assert row.quote[len("North Korea will send 5,000 construction workers and ") :].startswith("1,000 sappers")
    assert row.standing == "accepted"


def test_a_page_knows_of_the_last_review(view: View) -> None:
    """Who decides by the page has seen both."""
    assert claims.listing(view, Filter()).seen == 2


def test_choices_are_the_values_with_how_many_claims_have_them(view: View) -> None:
    """The most frequent first."""
    found = choices(view)
    assert found.categories[0] == Choice("construction_worker", 2)
    assert {one.value for one in found.statuses} == {"planned", "actual", "denied"}
    assert sum(one.claims for one in found.outlets) == 5
    assert all(one.label for one in found.populations)


def test_positions_give_the_claims_whole_and_in_order(view: View) -> None:
    """As a file of them needs it."""
    found = claims.whole(view, claims.positions(view, Filter(shown=Shown.ANY), Sort(SortKey.VALUE)))
    assert [one.claim.figure for one in found] == ["12,000", "6,000", "5,000", "4,000", "1,000"]
    assert [one.standing.value for one in found][:2] == ["extracted", "rejected"]
    assert found[0].claim.grounds
    assert claims.whole(view, [10**9]) == ()


def test_a_claim_that_is_not_there_is_named(view: View) -> None:
    """Not taken for one at the beginning of some report."""
    with pytest.raises(UnknownNameError, match="nothing like it"):
        claims.place_of(view, "nothing like it")
