"""The room of sources: outlets with their reliability, speakers with their offices, by the case and the dossier."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from litestar.testing import TestClient

from bench_case import a_bench
from flagged_case import a_flagged_case
from tallystick.dossiers.loading import load
from tallystick.model.dossier import Dossier, Office, Source, Tenure
from tallystick.storage.views.sources import Outlet, Speaker
from tallystick.workbench.access.visitors import Role, Visitor
from tallystick.workbench.app import create_app
from tallystick.workbench.sources.register import Names, register
from tallystick.workbench.sources.sources import ROUTES
from workbench.conftest import Admitted


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient[Any]]:
    """A reader of a case that these tests only read."""
    bench = a_bench(a_flagged_case(tmp_path_factory.mktemp("sources") / "case"))
    with TestClient(create_app(bench, Admitted(Visitor("rita", Role.READER)), [ROUTES])) as client:
        yield client
    bench.views.close()


def rows(page: str) -> dict[str, list[str]]:
    """The cells of the rows of a register by the name at their head, as words."""
    found = {}
    for row in re.findall(r"<tr><th scope=\"row\">.*?</tr>", page, re.DOTALL):
        cells = [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", one)).strip() for one in re.split(r"</t[hd]>", row)]
        name = re.match(r'<tr><th scope="row">([^\n<]*)', row)
        found[name.group(1).strip() if name else ""] = cells[1:-1]
    return found


def test_outlets_stand_with_their_reports_and_who_was_first(reader: TestClient[Any]) -> None:
    """Of one announcement in three reports one outlet told first, the others repeat."""
    found = rows(reader.get("/sources").text)
    assert len(found) == 6
    assert found["Northern Wire"][2:] == ["1", "1", "1", "0"]
    assert found["Harbor Herald"][2:] == ["1", "1", "0", "1"]
    assert found["Harbor Press"][2:] == ["1", "3", "3", "0"]


def test_an_unlisted_outlet_is_not_gradable_and_never_bad(reader: TestClient[Any]) -> None:
    """F says that nobody can tell."""
    page = reader.get("/sources").text
    assert rows(page)["Seoul Desk"][0].startswith("F not gradable")
    assert "that says nothing against it" in page
    words = re.sub(r"<option.*?</option>", "", page)
    assert not re.search(r"\bbad\b(?!\.)|unreliable", words.replace("never that it is bad", ""))


def test_speakers_stand_under_one_name_with_their_offices(reader: TestClient[Any]) -> None:
    """Spellings of one actor of the dossier are one row; its office on that day is told, with how it was checked."""
    found = rows(reader.get("/sources?show=speakers").text)
    shoigu = found["Sergei Shoigu"]
    assert shoigu[0] == "3"
    assert "Secretary of the Security Council of Russia" in shoigu[3]
    assert "Minister of Defense" not in shoigu[3]
    assert "checked" in shoigu[3]


def test_names_lead_to_their_figures(reader: TestClient[Any]) -> None:
    """Each spelling leads to the table of claims with that filter."""
    assert 'href="/claims?outlet=Northern+Wire"' in reader.get("/sources").text
    assert re.search(r'href="/claims\?speaker=[^"]*Shoigu', reader.get("/sources?show=speakers").text)


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("q=harbor", ["Harbor Herald", "Harbor Press"]),
        ("letter=F&q=desk", ["Seoul Desk"]),
        ("letter=A", []),
        ("listed=yes", []),
        ("sort=name&q=port", ["Port Review"]),
        ("sort=claims&q=press", ["Harbor Press"]),
        ("show=speakers&listed=no&q=shoigu", []),
        ("show=speakers&kind=person", ["Sergei Shoigu"]),
        ("page=9&q=desk", ["Seoul Desk"]),
    ],
)
def test_filters_leave_who_fits(reader: TestClient[Any], asked: str, names: list[str]) -> None:
    """By name, letter, kind and whether the dossier has them."""
    page = reader.get(f"/sources?{asked}").text
    assert list(rows(page)) == names
    assert ("Nobody fits this filter." in page) is (not names)


@pytest.mark.parametrize("sort", ["reports", "claims", "first", "repeats", "letter", "name", "origins", "last", "none"])
def test_any_order_shows_everybody(reader: TestClient[Any], sort: str) -> None:
    """An order leaves nobody out, also one that there is not."""
    assert len(rows(reader.get(f"/sources?sort={sort}").text)) == 6
    assert len(rows(reader.get(f"/sources?show=speakers&sort={sort}").text)) == 3


def test_markup_in_names_stays_text(reader: TestClient[Any]) -> None:
    """An outlet that calls itself by HTML is shown by its letters."""
    page = reader.get("/sources").text
    assert "Evening &lt;b&gt;Gazette&lt;/b&gt;" in page
    assert "<b>Gazette" not in page


def a_dossier() -> Dossier:
    """A dossier with a graded newsroom of two outlets."""
    sources = (
        Source("The Star", ("Star Daily",), (), "outlet", "C", "Corrects late.", "Star Ltd", None, "star"),
        Source("Star Evening", (), (), "outlet", "C", "Corrects late.", "Star Ltd", None, "star"),
    )
    held = load("dprk-russia")
    tenure = Tenure("shoigu", Office("Minister of Sport"), "2030", None, "nowhere", "K")
    return Dossier("d", "D", "", held.categories, held.actors, held.places, sources, (*held.tenures, tenure))


def test_names_of_one_source_are_one_outlet() -> None:
    """Aliases of the dossier are counted together, under its letter and its reason; families are told."""
    found = register((Outlet("Star Daily", 2, 4, 1), Outlet("The Star", 3, 1, 1), Outlet("Star Evening", 1, 0, 0),
                      Outlet("", 1, 1, 0)), (), Names(a_dossier()))  # fmt: skip
    first = found.outlets[0]
    assert (first.name, first.letter, first.why) == ("The Star", "C", "Corrects late.")
    assert (first.reports, first.claims, first.first, first.repeats) == (5, 5, 2, 3)
    assert [one.name for one in first.spellings] == ["Star Daily", "The Star"]
    assert found.families == (("star", 2),)
    assert ("reports that name no outlet", "F") in [(one.name, one.letter) for one in found.outlets]


def test_offices_are_those_of_the_days_of_the_figures() -> None:
    """A term that begins later, or ended before, is none of the speaker's then."""
    spoken = (Speaker("Shoigu", 2, 1, "2020-01-01", "2020-02-01"), Speaker("Sergei Shoigu", 3, 1, "2021-01-01", None))
    found = register((), spoken, Names(a_dossier())).speakers
    assert [(one.name, one.claims, one.origins) for one in found] == [("Sergei Shoigu", 5, 2)]
    assert [one.office.name for one in found[0].offices] == ["Minister of Defense of Russia"]


def test_namesakes_that_no_dossier_lists_are_not_one() -> None:
    """Officials here and officials there have nothing to do with each other."""
    spoken = (Speaker("Kursk officials", 1, 1, None, None), Speaker("officials", 1, 1, None, None))
    assert len(register((), spoken, Names(a_dossier())).speakers) == 2
