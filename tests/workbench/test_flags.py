"""The room of flags: every flag with its reason and its evidence, filtered, paged, and inert."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient

from bench_case import a_bench
from flagged_case import HOSTILE, a_flagged_case
from tallystick.storage.views.flags import FlagFilter, flag_page
from tallystick.workbench.access.visitors import Role, Visitor
from tallystick.workbench.app import create_app
from tallystick.workbench.bench import Bench
from tallystick.workbench.flags.flags import ROUTES
from tallystick.workbench.flags.words import MEANINGS
from workbench.conftest import Admitted


@pytest.fixture(scope="module")
def flagged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """A bench on a case with flags, which these tests only read."""
    made = a_bench(a_flagged_case(tmp_path_factory.mktemp("flags") / "case"))
    yield made
    made.views.close()


@pytest.fixture(scope="module")
def reader(flagged: Bench) -> Iterator[TestClient[Any]]:
    """A reader of it."""
    with TestClient(create_app(flagged, Admitted(Visitor("rita", Role.READER)), [ROUTES])) as client:
        yield client


def articles(page: str) -> list[str]:
    """The flags on a page, each as its HTML."""
    return re.findall(r"<article.*?</article>", page, re.DOTALL)


def test_the_gravest_stand_first(reader: TestClient[Any]) -> None:
    """An error comes before a note, each says so in words."""
    found = articles(reader.get("/flags").text)
    severities = [re.search(r'class="severity (\w+)"', one) for one in found]
    assert [one and one.group(1) for one in severities] == ["error", "warning", "note", "note"]
    assert "Sum mismatch" in found[0]


def test_a_flag_quotes_what_it_rests_on(reader: TestClient[Any]) -> None:
    """The figures compared are marked in one quotation of their sentence, and it leads to the report."""
    sums = articles(reader.get("/flags").text)[0]
    assert sums.count('<q class="evidence">') == 1
    for figure in ("5,000", "2,300", "3,500"):
        assert f"<mark>{figure}</mark>" in sums
    assert re.search(r'href="/documents/one\?id=press-1&amp;at=\d+-\d+#at"', sums)


def test_the_claims_compared_lead_to_themselves(reader: TestClient[Any]) -> None:
    """Each figure concerned stands in a table, with its standing, and leads to its place in its report."""
    origin = next(one for one in articles(reader.get("/flags").text) if "Single origin" in one)
    assert len(re.findall(r'href="/documents/one\?id=[\w-]+&amp;claim=c-\w+#at"', origin)) == 3
    assert origin.count("not reviewed") == 3


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("code=sum_mismatch", ["Sum mismatch"]),
        ("severity=note", ["Single origin", "Unattributed figure"]),
        ("category=construction_worker", ["Single origin"]),
        ("standing=accepted", []),
        ("standing=extracted&code=single_origin", ["Single origin"]),
        ("code=nothing", []),
        ("page=99", ["Sum mismatch", "Casualty mismatch", "Single origin", "Unattributed figure"]),
        ("page=-1&severity=error", ["Sum mismatch"]),
    ],
)
def test_filters_leave_what_fits(reader: TestClient[Any], asked: str, names: list[str]) -> None:
    """By code, severity, category and standing; what no flag fits says so."""
    page = reader.get(f"/flags?{asked}").text
    assert [re.findall(r"<h2><a[^>]*>(.*?)</a></h2>", one)[0] for one in articles(page)] == names
    assert bool(names) is ("No flag fits this filter." not in page)


def test_flags_of_one_claim_and_one_population(reader: TestClient[Any], flagged: Bench) -> None:
    """Other rooms lead to the flags of a figure or of a population."""
    with flagged.views.moment() as view:
        claim = flag_page(view, FlagFilter(code="single_origin")).flags[0].claims[0].id
        population = view.connection.exec_driver_sql(
            "SELECT estimate FROM estimate_claims WHERE claim = ?", (claim,)
        ).scalar()
    for asked in (f"claim={claim}", f"population={population}"):
        found = articles(reader.get(f"/flags?{asked}").text)
        assert len(found) == 1
        assert "Single origin" in found[0]


def test_a_flag_has_a_page_of_its_own(reader: TestClient[Any]) -> None:
    """With what its code means; one that is not there is not found."""
    address = re.search(r'<h2><a href="(/flags/f-\w+)"', reader.get("/flags").text)
    assert address is not None
    page = reader.get(address.group(1)).text
    assert "A whole and its parts in one sentence do not add up." in page
    assert len(articles(page)) == 1
    assert reader.get("/flags/f-none").status_code == 404


def test_a_part_is_the_list_alone(reader: TestClient[Any]) -> None:
    """HTMX gets no second page inside the first."""
    part = reader.get("/flags?severity=error", headers={"HX-Request": "true"}).text
    assert "<html" not in part
    assert len(articles(part)) == 1


def test_hostile_words_stay_words(reader: TestClient[Any]) -> None:
    """Scripts in reports and markup in outlets are shown as text."""
    page = reader.get("/flags").text
    assert HOSTILE not in page
    assert "&lt;script&gt;" in page
    assert "Evening &lt;b&gt;Gazette&lt;/b&gt;" in page


def test_the_meanings_are_those_of_the_glossary() -> None:
    """One vocabulary: the page explains codes in the words of the glossary, all of them."""
    glossary = Path("docs/glossary.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z_]+)` \| (?:error|warning|note)[^|]*\| (.*?) \|$", glossary, re.MULTILINE)
    assert dict(rows) == dict(MEANINGS)
