"""The room of provisions: hits by provision with what shows them; an analyst notes what a body determined."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient

from bench_case import Noted, a_bench
from flagged_case import a_flagged_case
from tallystick.storage.case import Case
from tallystick.workbench.access.visitors import Role, Visitor
from tallystick.workbench.app import create_app
from tallystick.workbench.bench import Bench
from tallystick.workbench.provisions.provisions import ROUTES
from workbench.conftest import Admitted

WHY = "Committee report of 3 May 2026, paragraph 41."


@pytest.fixture(scope="module")
def lawful(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """A bench on a case with hits, which these tests only read."""
    made = a_bench(a_flagged_case(tmp_path_factory.mktemp("hits") / "case"))
    yield made
    made.views.close()


@pytest.fixture(scope="module")
def reader(lawful: Bench) -> Iterator[TestClient[Any]]:
    """A reader of it."""
    with TestClient(create_app(lawful, Admitted(Visitor("rita", Role.READER)), [ROUTES])) as client:
        yield client


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Bench]:
    """A bench on a case of its own, which a test may change."""
    made = a_bench(a_flagged_case(tmp_path / "case"))
    yield made
    made.views.close()


@pytest.fixture
def analyst(own: Bench) -> Iterator[TestClient[Any]]:
    """An analyst with that case."""
    with TestClient(create_app(own, Admitted(Visitor("ana", Role.ANALYST)), [ROUTES])) as client:
        yield client


def articles(page: str) -> list[str]:
    """The hits on a page, each as its HTML."""
    return re.findall(r"<article.*?</article>", page, re.DOTALL)


def hit_of(bench: Bench, provision: str, tier: str) -> str:
    """Id of the first hit of a provision with a tier."""
    with Case.open(bench.folder, read_only=True) as case:
        return next(one.id for one in case.hits() if (one.provision, one.tier.value) == (provision, tier))


def post(client: TestClient[Any], address: str, why: str) -> Any:
    """Send the form of a hit as a browser does."""
    page = client.get("/provisions").text
    token = re.search(r'name="_csrf_token" value="([^"]+)"', page)
    form = {"_csrf_token": token.group(1) if token else "", "why": why}
    return client.post(address, data=form, follow_redirects=False)


def test_the_gravest_provision_stands_first(reader: TestClient[Any]) -> None:
    """A paragraph all of whose facts are told comes before one that some facts point to."""
    page = reader.get("/provisions").text
    assert "Paragraph 8 of S/RES/2397 (2017)" in re.findall(r"<h2[^>]*>(.*?)</h2>", page)[0]
    tiers = re.findall(r'</h3> <span class="tier (\w+)"', page)
    assert tiers[0] == "prima_facie"
    assert tiers[1] == "indicator"


def test_a_hit_says_what_shows_it_and_what_is_open(reader: TestClient[Any]) -> None:
    """Each fact asked for has its standing and the sentence that shows it; what is open stands as questions."""
    first = articles(reader.get("/provisions").text)[0]
    assert re.search("would be incompatible .* if ", first)
    assert 'class="standing met"' in first
    assert "15,000" in first
    assert re.search(r'href="/documents/one\?id=desk-1&amp;at=\d+-\d+#at"', first)
    assert re.search(r'href="/populations/e-\w+"', first)
    page = reader.get("/provisions?provision=unscr-2375-17").text
    assert "To find out" in page
    assert re.search(r'<ul class="questions">\s*<li>.*?\?</li>', page, re.DOTALL)


def test_the_law_is_cited_with_its_dates_and_how_it_was_checked(reader: TestClient[Any]) -> None:
    """Citation, day in force beside the day of the acts, and whether anybody has read it."""
    page = reader.get("/provisions?provision=unscr-2397-8").text
    assert re.search(r"<dt>In force</dt><dd>since <span class=\"day\">2017-12-22", page)
    assert "The acts are of" in page
    assert "checked" in page


def test_no_page_says_that_something_was_violated(reader: TestClient[Any]) -> None:
    """Nothing here finds: the words of a judgement are none of a page made by a program."""
    pages = "".join(reader.get(f"/provisions?page={number}").text for number in (1, 2))
    assert not re.search(r"violat|breach|illegal|guilty", re.sub(r"<q.*?</q>", "", pages), re.IGNORECASE)


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("tier=prima_facie", 1),
        ("provision=unscr-2397-8", 6),
        ("provision=unscr-2397-8&tier=indicator", 5),
        ("pack=nothing", 0),
        ("category=labourer&tier=prima_facie", 1),
        ("category=killed&provision=unscr-1874-9", 1),
        ("population=e-nothing", 0),
    ],
)
def test_filters_leave_what_fits(reader: TestClient[Any], asked: str, shown: int) -> None:
    """By pack, provision, tier and population."""
    page = reader.get(f"/provisions?{asked}").text
    assert len(articles(page)) == shown
    assert ("No provision fits this filter." in page) is (shown == 0)


def test_pages_hold_every_hit_once(reader: TestClient[Any], lawful: Bench) -> None:
    """Going from page to page one sees all of them."""
    seen = [
        name
        for number in (1, 2, 3)
        for name in re.findall(
            r'<article class="panel hit" id="(h-\w+)"', reader.get(f"/provisions?page={number}").text
        )
    ]
    with Case.open(lawful.folder, read_only=True) as case:
        assert sorted(set(seen)) == sorted(one.id for one in case.hits())


def test_the_population_of_an_estimate(reader: TestClient[Any], lawful: Bench) -> None:
    """Other rooms lead to what may apply to a population."""
    with Case.open(lawful.folder, read_only=True) as case:
        hit = case.hits()[0]
        same = [one for one in case.hits() if one.population == hit.population]
    assert len(articles(reader.get(f"/provisions?population={hit.estimates[0]}").text)) == len(same)


def test_a_reader_cannot_decide(reader: TestClient[Any], lawful: Bench) -> None:
    """The form is not shown, and what is sent is refused."""
    name = hit_of(lawful, "unscr-2397-8", "prima_facie")
    assert "<textarea" not in reader.get("/provisions").text
    assert post(reader, f"/provisions/{name}/determine", WHY).status_code == 403


def test_an_analyst_notes_what_a_body_determined_and_takes_it_back(analyst: TestClient[Any], own: Bench) -> None:
    """It is kept with name and reason, shown, told to the audit log, and what the facts give comes back after it."""
    name = hit_of(own, "unscr-2397-8", "prima_facie")
    done = post(analyst, f"/provisions/{name}/determine?provision=unscr-2397-8", WHY)
    assert (done.status_code, done.headers["location"]) == (303, f"/provisions?provision=unscr-2397-8#{name}")
    page = analyst.get("/provisions").text
    assert re.search(r'</h3> <span class="tier (\w+)"', page).group(1) == "determined"  # type: ignore[union-attr]
    assert "by ana" in page
    assert WHY in page
    back = post(analyst, f"/provisions/{name}/withdraw", "That report is of another case.")
    assert back.status_code == 303
    with Case.open(own.folder, read_only=True) as case:
        assert [(one.by, one.verdict.value, one.after) for one in case.judgements()] == [
            ("ana", "determined", "determined"),
            ("ana", "withdrawn", "prima_facie"),
        ]
        assert next(one.tier.value for one in case.hits() if one.id == name) == "prima_facie"
    audit = own.audit
    assert isinstance(audit, Noted)
    assert [one[:3] for one in audit.told] == [("ana", "review", name)] * 2


@pytest.mark.parametrize(
    ("verb", "why"), [("determine", "  "), ("withdraw", WHY), ("determine", "x" * 3_000)], ids=["bare", "none", "long"]
)
def test_what_cannot_be_decided_is_refused(analyst: TestClient[Any], own: Bench, verb: str, why: str) -> None:
    """No reason, nothing to withdraw, a reason without end: named, and nothing is kept."""
    name = hit_of(own, "unscr-2397-8", "prima_facie")
    assert post(analyst, f"/provisions/{name}/{verb}", why).status_code == 400
    with Case.open(own.folder, read_only=True) as case:
        assert case.judgements() == ()


def test_an_unknown_hit_is_not_found(analyst: TestClient[Any]) -> None:
    """An id that the case does not hold is no defect."""
    assert post(analyst, "/provisions/h-0/determine", WHY).status_code == 404
