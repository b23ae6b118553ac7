"""The table of claims over HTTP: addresses, bulk judgement, files of what is shown."""

import csv
import json
import re
from collections.abc import Callable
from io import StringIO
from typing import Any, cast
from urllib.parse import quote

import pytest
from litestar.testing import TestClient

from bench_case import Noted
from factory import claim, document
from tallystick.model.review import Standing
from tallystick.storage.case import Case
from tallystick.storage.views.claim_filters import Filter, Shown, Sort, SortKey
from tallystick.storage.views.claims import Whole
from tallystick.workbench.access.visitors import Role
from tallystick.workbench.bench import Bench
from tallystick.workbench.claims import judging
from tallystick.workbench.claims.asking import Asked, asked, href
from tallystick.workbench.claims.exporting import CASE_COLUMNS, exported
from tallystick.workbench.claims.judging import wanted

Enter = Callable[..., TestClient[Any]]


def figures(page: str) -> list[str]:
    """The figures of the rows of a page."""
    return re.findall(r'class="number figure"><a[^>]*>([^<]*)</a>', page)


def ids(page: str) -> dict[str, str]:
    """The ids of the claims that can be chosen, by figure."""
    return dict(zip(figures(page), re.findall(r'name="claim" value="([^"]*)"', page), strict=True))


def decide(client: TestClient[Any], verdict: str, chosen: list[str], **form: str) -> str:
    """Send the form at the foot of the table, as a browser without scripts does."""
    page = client.get("/claims").text
    token = re.findall(r'name="_csrf_token" value="([^"]*)"', page)[-1]
    sent = {"_csrf_token": token, "seen": re.findall(r'name="seen" value="(\d+)"', page)[0], **form}
    answer = client.post("/claims/review", data={**sent, "verdict": verdict, "claim": chosen})
    assert answer.status_code == 200, answer.text
    return answer.text


def test_the_table_shows_each_claim_with_its_evidence(enter: Enter) -> None:
    """The latest first; the sentence has the figure marked, and what a report holds is text."""
    page = enter(Role.READER).get("/claims").text
    assert figures(page) == ["12,000", "4,000", "6,000", "1,000", "5,000"]
    assert "denied that <mark>12,000</mark> North Korean soldiers" in page
    assert "5,000 construction workers and <mark>1,000</mark> sappers" in page
    assert "Evening &lt;b&gt;Gazette&lt;/b&gt;" in page
    assert "<script>document" not in page
    assert 'href="/documents/one?id=wire-1&amp;claim=' in page
    assert 'href="/origins/o-' in page
    assert 'href="/populations/e-' in page


def test_the_address_says_what_is_shown(enter: Enter) -> None:
    """Filters and order of an address hold for the table, the chips, the form and the files."""
    page = enter().get("/claims?q=kursk&status=planned&sort=value-up").text
    assert figures(page) == ["1,000", "5,000", "6,000"]
    assert 'value="kursk"' in page
    assert '<option value="planned" selected>' in page
    assert '<option value="value-up" selected>' in page
    assert 'aria-sort="ascending"' in page
    assert 'class="chip" href="/claims?status=planned&amp;sort=value-up"' in page
    assert 'href="/claims.csv?q=kursk&amp;status=planned&amp;sort=value-up"' in page


def test_empty_fields_of_a_form_are_not_kept_in_the_address(enter: Enter) -> None:
    """A browser without scripts sends all of them; what is shared is short."""
    answer = enter().get("/claims?q=&status=planned&speaker=&from=", follow_redirects=False)
    assert answer.status_code == 302
    assert answer.headers["location"] == "/claims?status=planned"


def test_what_means_nothing_in_an_address_asks_nothing(enter: Enter) -> None:
    """No address breaks the page."""
    client = enter()
    for query in (
        "page=0", "page=99999999999999999999", "page=x", "page=%D9%A3", "sort=claim-up", "sort=value", "severity=9",
        "status=nothing", "review=nobody", "from=yesterday", "q=%00", "q=%ff", "q=" + "x" * 5000, "unknown=1",
    ):  # fmt: skip
        assert client.get(f"/claims?{query}").status_code == 200, query


def test_an_address_and_what_it_asks_for_are_the_same() -> None:
    """Every field goes into an address and comes back."""
    every = Filter(
        population="e-1", category="killed", status="denied", speaker="A & B", outlet="<i>", country="KP",
        lineage="o-1", place="Kursk", since="2025-01-01", until="2025-12-31", flag="late", severity="note",
        shown=Shown.ANY, language="ko", text='"two words" 북',
    )  # fmt: skip
    one = Asked(every, Sort(SortKey.SWAY, descending=False))
    client_sees = dict(part.split("=") for part in href(one).partition("?")[2].split("&"))
    assert len(client_sees) == 16
    assert asked({name: _unquoted(value) for name, value in client_sees.items()}) == one


def _unquoted(value: str) -> str:
    """A value of an address as a server reads it."""
    from_address = re.sub(r"%([0-9A-F]{2})", lambda found: chr(int(found[1], 16)), value.replace("+", " "))
    return from_address.encode("latin-1").decode()


def test_htmx_gets_the_part_that_it_replaces_and_the_address(enter: Enter) -> None:
    """The table alone where the form asks; with the form where a chip or a head does."""
    client = enter()
    table = client.get("/claims?q=kursk&status=", headers={"HX-Request": "true", "HX-Target": "results"})
    assert table.headers["HX-Push-Url"] == "/claims?q=kursk"
    assert table.text.lstrip().startswith('<div id="results">')
    assert "<html" not in table.text
    assert 'id="filters"' not in table.text
    room = client.get("/claims", headers={"HX-Request": "true", "HX-Target": "claims"}).text
    assert room.lstrip().startswith('<section id="claims"')
    assert 'id="filters"' in room


def test_a_claim_has_an_address_that_leads_to_its_report(enter: Enter) -> None:
    """The span is that of the figure; an unknown one is not found."""
    client = enter(Role.READER)
    page = client.get("/claims?category=deminer").text
    name = re.findall(r"claim=(c-[0-9a-f]+)", page)[0]
    answer = client.get(f"/claims/{name}", follow_redirects=False)
    assert answer.headers["location"] == f"/documents/one?id=wire-1&claim={name}&at=53-58#at"
    assert client.get("/claims/c-none", follow_redirects=False).status_code == 404


def test_readers_cannot_decide(enter: Enter) -> None:
    """They see no boxes, and what they send is refused."""
    client = enter(Role.READER)
    page = client.get("/claims").text
    assert 'name="claim"' not in page
    token = client.cookies["tallystick-csrf"]
    sent = client.post("/claims/review", data={"claim": "c-1", "verdict": "accept"}, headers={"x-csrftoken": token})
    assert sent.status_code == 403
    nobody = enter(None).get("/claims.csv", follow_redirects=False)
    assert (nobody.status_code, nobody.headers["location"]) == (302, "/sign-in")


def test_those_chosen_are_accepted(enter: Enter, bench: Bench) -> None:
    """Each has a review of its own, the audit log names it, and the same filter is shown again."""
    client = enter()
    named = ids(client.get("/claims").text)
    page = decide(client, "accept", [named["5,000"], named["1,000"]], back="status=planned&sort=value-up")
    assert "2 claims accepted" in page
    assert figures(page) == ["1,000", "5,000", "6,000"]
    assert page.count('class="standing accepted"') == 2
    with Case.open(bench.folder, read_only=True) as case:
        assert [(one.by, one.verdict.value, len(one.before)) for one in case.reviews()] == [("ana", "accepted", 1)] * 2
    noted = cast(Noted, bench.audit).told
    assert [one[:3] for one in noted] == [("ana", "review", named["5,000"]), ("ana", "review", named["1,000"])]


def test_those_rejected_go_out_of_the_table_and_the_estimates(enter: Enter, bench: Bench) -> None:
    """With the reason in the review; they are still to be found, as rejected."""
    client = enter()
    named = ids(client.get("/claims").text)
    page = decide(client, "reject", [named["12,000"]], why=" a denial of a rumor ", back="")
    assert "1 claim rejected" in page
    assert "12,000" not in figures(page)
    assert figures(client.get("/claims?review=rejected").text) == ["12,000"]
    with Case.open(bench.folder, read_only=True) as case:
        assert case.reviews()[0].why == "a denial of a rumor"
        assert all(named["12,000"] not in estimate.claims for estimate in case.estimates())


def test_what_somebody_else_decided_meanwhile_is_listed_and_the_rest_is_done(enter: Enter, bench: Bench) -> None:
    """The second to decide is told of it, and nothing of the first is lost."""
    first, second = enter(name="ana"), enter(name="ben")
    named = ids(second.get("/claims").text)
    decide(first, "accept", [named["4,000"]])
    page = decide(second, "reject", [named["4,000"], named["6,000"], "c-none"], seen="0", why="no")
    assert "1 claim rejected" in page
    assert "Nothing was decided about 2 claims" in page
    assert f'<a href="/claims/{named["4,000"]}">4,000</a> was reviewed meanwhile' in page
    with Case.open(bench.folder, read_only=True) as case:
        standing = {one.claim.figure: one.standing for one in case.held("gazette-1")}
        assert standing["4,000"] is Standing.ACCEPTED


@pytest.mark.parametrize(
    ("verdict", "chosen", "told"),
    [("reject", 1, "Rejecting needs a reason"), ("accept", 0, "No claim was chosen"), ("accept", 4, "at most 3")],
)
def test_a_form_that_cannot_be_done_says_why(
    enter: Enter, bench: Bench, monkeypatch: pytest.MonkeyPatch, verdict: str, chosen: int, told: str
) -> None:
    """And changes nothing."""
    monkeypatch.setattr(judging, "MOST", 3)
    client = enter()
    names = list(ids(client.get("/claims").text).values())[:chosen]
    assert told in decide(client, verdict, names)
    with Case.open(bench.folder, read_only=True) as case:
        assert case.reviews() == ()


def test_a_forged_form_is_refused(enter: Enter) -> None:
    """Without the token of the page, another site could send it."""
    client = enter()
    client.get("/claims")
    assert client.post("/claims/review", data={"claim": "c-1", "verdict": "accept"}).status_code == 403


def test_what_a_form_says_beyond_reason_is_nothing() -> None:
    """Numbers of reviews that are none, and claims chosen twice."""
    found = wanted({"claim": ["a", "b", "a"], "seen": "9" * 40, "verdict": "strange", "why": " x "})
    assert found == ("reject", ("a", "b"), 0, "x")


def test_all_that_is_shown_can_be_had_as_csv(enter: Enter, bench: Bench) -> None:
    """With the filters and the order of the address, and noted in the audit log."""
    answer = enter(Role.READER).get("/claims.csv?status=planned&sort=value-down")
    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.headers["content-disposition"] == 'attachment; filename="claims.csv"'
    rows = list(csv.DictReader(StringIO(answer.text)))
    assert [row["low"] for row in rows] == ["6000", "5000", "1000"]
    assert tuple(rows[0]) == CASE_COLUMNS
    assert rows[0]["traced_to"].startswith("o-")
    assert cast(Noted, bench.audit).told[-1][:3] == ("ana", "export", "/claims.csv")


def test_all_that_is_shown_can_be_had_as_json_lines(enter: Enter) -> None:
    """Numbers are numbers there, and grounds lists."""
    answer = enter(Role.READER).get("/claims.jsonl?q=soldiers")
    (row,) = map(json.loads, answer.text.splitlines())
    assert (row["figure"], row["low"], row["standing"]) == ("12,000", 12000, "extracted")
    assert "status=denied: 'denied', 125-131" in row["grounds"]


def test_files_hold_all_pages(enter: Enter, monkeypatch: pytest.MonkeyPatch) -> None:
    """In portions that join without a seam."""
    monkeypatch.setattr("tallystick.storage.views.claims.PER_PAGE", 2)
    monkeypatch.setattr("tallystick.workbench.claims.exporting.PORTION", 2)
    client = enter(Role.READER)
    assert figures(client.get("/claims?page=2").text) == ["6,000", "1,000"]
    assert len(client.get("/claims.jsonl?page=2").text.splitlines()) == 5
    assert len(list(csv.reader(StringIO(client.get("/claims.csv").text)))) == 6


def test_a_record_is_that_of_the_command_line_with_its_standing() -> None:
    """So that what reads the one reads the other."""
    from_text = claim(document("Moscow said 5,000 builders would come.", id="d"), "5,000")
    made = exported(Whole(from_text, Standing.EDITED, "o-1"))
    assert tuple(made) == CASE_COLUMNS
    assert (made["traced_to"], made["standing"], made["low"]) == ("o-1", "edited", 5000)


def test_hostile_filters_are_shown_as_text(enter: Enter) -> None:
    """What stands in an address comes from anybody."""
    hostile = quote('"><script>alert(1)</script>')
    for name in ("q", "speaker", "population", "origin", "flag", "category"):
        page = enter(Role.READER).get(f"/claims?{name}={hostile}").text
        assert "<script>alert" not in page
        assert "No claim is like this" in page
