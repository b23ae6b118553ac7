"""The review room: the queue leads from claim to claim, what is decided is kept, and what cannot be is shown again."""

import re
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from litestar.testing import TestClient

from bench_case import Noted, a_case
from reviewing_words import Enter, claims_of, fields, shown, text, token
from tallystick.inquiry import reviewing
from tallystick.model.review import Standing
from tallystick.pipeline import keeper
from tallystick.storage.case import Case
from tallystick.workbench.access.visitors import Role
from tallystick.workbench.bench import Bench

HERALD, WIRE, GAZETTE = "herald-1", "wire-1", "gazette-1"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case of a few reports, which no test touches."""
    return a_case(tmp_path_factory.mktemp("made") / "case")


@pytest.fixture
def case_folder(made: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(copytree(made, tmp_path / "case"))


@pytest.fixture
def ana(enter: Enter) -> TestClient[Any]:
    """An analyst."""
    return enter(Role.ANALYST, "ana")


@pytest.fixture
def bo(enter: Enter) -> TestClient[Any]:
    """Another analyst."""
    return enter(Role.ANALYST, "bo")


def test_the_queue_leads_through_every_claim(ana: TestClient[Any], case_folder: Path) -> None:
    """Each once by next, and back again by previous; behind the last comes the first."""
    seen = [shown(ana.get("/review"))]
    for _ in claims_of(case_folder):
        seen.append(shown(ana.get(f"/review/{seen[-1]}/next")))
    assert seen[0] == seen[-1]
    assert set(seen) == {one.id for one in claims_of(case_folder)}
    back = seen[-2]
    for expected in reversed(seen[:-2]):
        back = shown(ana.get(f"/review/{back}/previous"))
        assert back == expected
    assert shown(ana.get(f"/review/{seen[0]}/previous")) == seen[0]


def test_what_hangs_most_on_a_claim_brings_it_first(ana: TestClient[Any], case_folder: Path) -> None:
    """And of those alike the most doubtful."""
    with Case.open(case_folder) as case:
        order = case._connection.exec_driver_sql(
            "SELECT claim FROM listing ORDER BY sway DESC, doubt DESC, position DESC"
        ).scalars().all()  # fmt: skip
    assert shown(ana.get("/review")) == order[0]
    assert shown(ana.get(f"/review/{order[0]}/next")) == order[1]


def test_a_claim_is_shown_with_its_evidence(ana: TestClient[Any], case_folder: Path) -> None:
    """The figure marked in its sentence, every field with its ground, the reasons, the estimate and the origin."""
    claim = claims_of(case_folder, HERALD)[0]
    page = ana.get(f"/review/{claim.id}")
    assert "North Korea will send <mark>6,000</mark> workers and sappers to Kursk" in page.text
    words = text(page)
    for told in ("Country of origin KP “North Korea”", "The estimate hangs on this figure alone.", "No date is told.",
                 "Workers and jobs, KP to Kursk", "Sergei Shoigu", "0 of 5 reviewed"):  # fmt: skip
        assert told in words


def test_what_an_estimate_would_be_without_a_claim(ana: TestClient[Any], case_folder: Path) -> None:
    """As a part for HTMX, and as a page without it."""
    claim = claims_of(case_folder, HERALD)[0]
    for headers in ({}, {"HX-Request": "true"}):
        found = ana.get(f"/review/{claim.id}/without", headers=headers)
        assert "Workers and jobs, KP to Kursk (planned, plan): 4,500 to 7,980 → became nothing" in text(found)
        assert ("<html" in found.text) == (not headers)


def test_accepting_leads_to_the_next_claim(ana: TestClient[Any], bench: Bench, case_folder: Path) -> None:
    """It is kept with who, noted in the audit log, and the page says that nothing moved."""
    first = shown(ana.get("/review"))
    then = shown(ana.get(f"/review/{first}/next"))
    page = ana.post(f"/review/{first}/accept", data=token(ana) | {"seen": "0"})
    assert shown(page) == then
    assert "accepted" in text(page)
    assert "Nothing moved by it." in text(page)
    assert "1 of 5 reviewed" in text(page)
    with Case.open(case_folder, read_only=True) as case:
        assert [(one.by, one.before[0].id) for one in case.reviews()] == [("ana", first)]
    assert isinstance(bench.audit, Noted)
    assert bench.audit.told[-1] == ("ana", "review", first, "accepted, review 1")


def test_an_edit_tells_what_it_changed_and_what_moved(ana: TestClient[Any], case_folder: Path) -> None:
    """Field by field, and the estimate before and after."""
    claim = claims_of(case_folder, HERALD)[0]
    sent = fields(claim) | {"low": "8,000", "high": "8,000", "seen": "0", "why": "The text."}
    page = ana.post(f"/review/{claim.id}/edit", data=token(ana) | sent)
    words = text(page)
    assert "Low end 6,000 8,000" in words
    assert "4,500 to 7,980 → became 6,000 to 10,640" in words
    assert claims_of(case_folder, HERALD)[0].low == 8000


def test_an_edit_that_will_not_do_is_shown_again_whole(ana: TestClient[Any], case_folder: Path) -> None:
    """Each field is marked with what is wrong, everything typed is there, and nothing is kept."""
    claim = claims_of(case_folder, HERALD)[0]
    sent = fields(claim) | {"low": "<many>", "when": "next week", "place": "Belgorod", "seen": "0", "why": "It says."}
    page = ana.post(f"/review/{claim.id}/edit", data=token(ana) | sent)
    assert page.status_code == 400
    assert page.text.count('aria-invalid="true"') == 2
    for kept in ('value="&lt;many&gt;"', 'value="next week"', 'value="Belgorod"', 'value="It says."'):
        assert kept in page.text
    assert claims_of(case_folder, HERALD)[0] == claim


@pytest.mark.parametrize("action", ["reject", "edit", "split", "merge"])
def test_a_decision_without_its_reason_is_shown_again(ana: TestClient[Any], case_folder: Path, action: str) -> None:
    """With what was typed."""
    claim, other = claims_of(case_folder, WIRE)
    part = {f"{name}.{turn}": value for turn in (1, 2) for name, value in fields(claim).items()} | {"low.2": "1"}
    part |= {"high.2": "1"}
    sent = fields(claim) | part | {"place": "Belgorod", "with": other.id, "seen": "0", "why": " "}
    page = ana.post(f"/review/{claim.id}/{action}", data=token(ana) | sent)
    assert page.status_code == 400
    assert "Say why: a decision without its reason is none." in text(page)
    if action in ("edit", "merge"):
        assert 'value="Belgorod"' in page.text


def test_a_claim_is_split(ana: TestClient[Any], case_folder: Path) -> None:
    """By a form with a part for each; wrong fields are marked in their part."""
    claim = claims_of(case_folder, HERALD)[0]
    assert "Part 3" in text(ana.get(f"/review/{claim.id}?do=split&parts=3"))
    parts = {f"{name}.{turn}": value for turn in (1, 2) for name, value in fields(claim).items()}
    parts |= {"category.1": "construction_worker", "category.2": "deminer", "seen": "0", "why": "Two."}
    wrong = ana.post(f"/review/{claim.id}/split", data=token(ana) | parts | {"low.2": "x"})
    assert wrong.status_code == 400
    assert re.findall(r'name="([^"]+)"[^>]*aria-invalid', wrong.text) == ["low.2"]
    page = ana.post(f"/review/{claim.id}/split", data=token(ana) | parts)
    assert page.status_code == 200
    assert [one.category for one in claims_of(case_folder, HERALD)] == ["construction_worker", "deminer"]


def test_claims_are_merged(ana: TestClient[Any], case_folder: Path) -> None:
    """Those that are ticked, into the one of the form; the next claim is none that is gone."""
    first, second = claims_of(case_folder, WIRE)
    assert second.id in ana.get(f"/review/{first.id}?do=merge").text
    sent = fields(first) | {"low": "6000", "high": "6000", "with": second.id, "seen": "0", "why": "One."}
    page = ana.post(f"/review/{first.id}/merge", data=token(ana) | sent)
    assert page.status_code == 200
    assert shown(page) != second.id
    assert [(one.id, one.low) for one in claims_of(case_folder, WIRE)] == [(first.id, 6000)]


def test_undo_brings_back_the_claim(ana: TestClient[Any], case_folder: Path) -> None:
    """And shows it; what was taken back may be done again."""
    claim = claims_of(case_folder, HERALD)[0]
    ana.post(f"/review/{claim.id}/reject", data=token(ana) | {"seen": "0", "why": "None."})
    assert claims_of(case_folder, HERALD) == []
    page = ana.post("/review/undo", data=token(ana) | {"review": "1", "seen": "1", "why": "A slip."})
    assert shown(page) == claim.id
    assert claims_of(case_folder, HERALD) == [claim]
    ana.post(f"/review/{claim.id}/reject", data=token(ana) | {"seen": "2", "why": "None after all."})
    assert claims_of(case_folder, HERALD) == []


def test_the_second_of_two_sees_both_and_decides(ana: TestClient[Any], bo: TestClient[Any], case_folder: Path) -> None:
    """Field by field; on top, what the second did not touch stays as the first has it."""
    claim = claims_of(case_folder, HERALD)[0]
    mine = fields(claim) | {"low": "7000", "high": "7000", "seen": "0", "why": "Seven."}
    ana.post(
        f"/review/{claim.id}/edit", data=token(ana) | fields(claim) | {"place": "Belgorod", "why": "B.", "seen": "0"}
    )
    page = bo.post(f"/review/{claim.id}/edit", data=token(bo) | mine)
    assert page.status_code == 409
    words = text(page)
    assert "edited ana" in words
    assert "Place Kursk Belgorod Kursk Belgorod" in words
    assert "Low end 6,000 6,000 7,000 7,000" in words
    assert 'value="Seven."' in page.text
    assert claims_of(case_folder, HERALD)[0].low == 6000
    again = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.text.split("Yours</h2>")[1]))
    done = bo.post(f"/review/{claim.id}/edit", data=again | {"why": "Seven."})
    assert done.status_code == 200
    found = claims_of(case_folder, HERALD)[0]
    assert (found.low, found.place) == (7000, "Belgorod")


@pytest.mark.parametrize("action", ["accept", "reject", "split", "merge"])
def test_every_second_decision_is_kept_back(
    ana: TestClient[Any], bo: TestClient[Any], case_folder: Path, action: str
) -> None:
    """With all its fields, to be sent on top."""
    claim, other = claims_of(case_folder, WIRE)
    ana.post(f"/review/{claim.id}/accept", data=token(ana) | {"seen": "0"})
    parts = {f"{name}.{turn}": value for turn in (1, 2) for name, value in fields(claim).items()}
    sent = fields(claim) | parts | {"with": other.id, "why": "Mine.", "seen": "0", "place": "Belgorod"}
    page = bo.post(f"/review/{claim.id}/{action}", data=token(bo) | sent)
    assert page.status_code == 409
    assert f'action="/review/{claim.id}/{action}"' in page.text
    assert '<input type="hidden" name="seen" value="1">' in page.text
    assert f'<input type="hidden" name="with" value="{other.id}">' in page.text
    assert '<input type="hidden" name="place" value="Belgorod">' in page.text


def test_a_merger_with_a_claim_that_another_has_reviewed_is_kept_back(
    ana: TestClient[Any], bo: TestClient[Any], case_folder: Path
) -> None:
    """Also where the claim on the page was not touched."""
    claim, other = claims_of(case_folder, WIRE)
    ana.post(f"/review/{other.id}/accept", data=token(ana) | {"seen": "0"})
    page = bo.post(
        f"/review/{claim.id}/merge", data=token(bo) | fields(claim) | {"with": other.id, "why": "One.", "seen": "0"}
    )
    assert page.status_code == 409
    assert "accepted ana" in text(page)


def test_filters_narrow_the_queue_and_stay_in_the_address(ana: TestClient[Any], case_folder: Path) -> None:
    """By category and by population; what does not fit anything says so."""
    with Case.open(case_folder, read_only=True) as case:
        estimate = next(one for one in case.estimates() if one.population.category == "deminer")
    deminers = [one.id for one in claims_of(case_folder) if one.category == "deminer"]
    for query in ("kind=deminer", f"population={estimate.id}", f"kind=deminer&population={estimate.id}"):
        page = ana.get(f"/review?{query}")
        assert [shown(page)] == deminers
        assert "0 of 1 reviewed" in text(page)
        then = ana.post(f"/review/{deminers[0]}/accept", data=token(ana) | dict(parse(query)) | {"seen": "9"})
        assert "No claim with these filters is left" in text(then)
        ana.post("/review/undo", data=token(ana) | {"review": str(last(case_folder)), "seen": "99", "why": "Again."})
    assert "There is no claim with these filters" in text(ana.get("/review?kind=unheard"))


def test_only_flagged_claims_are_shown_where_that_is_asked(ana: TestClient[Any], case_folder: Path) -> None:
    """Those with a warning or an error."""
    with Case.open(case_folder, read_only=True) as case:
        grave = {claim for flag in case.flags() if flag.severity != "note" for claim in flag.claims}
    page = ana.get("/review?flagged=1")
    assert f"of {len(grave)} reviewed" in text(page) or not grave
    if grave:
        assert shown(page) in grave


def test_what_others_have_judged_is_read_a_second_time(
    ana: TestClient[Any], bo: TestClient[Any], case_folder: Path
) -> None:
    """Each sees what the other has judged and is not through with; withdrawing puts it back."""
    claim = claims_of(case_folder, HERALD)[0]
    assert "No claim with these filters is left" in text(bo.get("/review?round=second"))
    ana.post(f"/review/{claim.id}/accept", data=token(ana) | {"seen": "0"})
    assert "No claim with these filters is left" in text(ana.get("/review?round=second"))
    assert shown(bo.get("/review?round=second")) == claim.id
    bo.post(f"/review/{claim.id}/accept", data=token(bo) | {"seen": "1"})
    assert "No claim with these filters is left" in text(bo.get("/review?round=second"))
    bo.post("/review/undo", data=token(bo) | {"review": "2", "seen": "2", "why": "Again."})
    assert shown(bo.get("/review?round=second")) == claim.id


def test_a_blind_second_reading_hides_the_first(ana: TestClient[Any], bo: TestClient[Any], case_folder: Path) -> None:
    """The claim is as it was; afterwards both are told, and count for the agreement."""
    claim = claims_of(case_folder, HERALD)[0]
    ana.post(
        f"/review/{claim.id}/edit", data=token(ana) | fields(claim) | {"place": "Belgorod", "why": "B.", "seen": "0"}
    )
    page = bo.get("/review?blind=1")
    assert shown(page) == claim.id
    assert "Belgorod" not in page.text
    assert "edited" not in text(page).split("Fields and their grounds")[0]
    done = bo.post(f"/review/{claim.id}/accept", data=token(bo) | {"blind": "1", "seen": "1"})
    assert "ana: place Belgorod Kursk" in text(done)
    assert claims_of(case_folder, HERALD)[0].place == "Kursk"
    agreement = text(bo.get("/review/agreement"))
    assert "1 claims judged by two or more" in agreement or "claims judged by two or more 1" in agreement
    assert "6,000 Place ana : Belgorod ; bo : Kursk" in agreement


def test_two_who_read_alike_without_seeing_it_agree(
    ana: TestClient[Any], bo: TestClient[Any], case_folder: Path
) -> None:
    """The second edit is an acceptance of the first."""
    claim = claims_of(case_folder, HERALD)[0]
    sent = fields(claim) | {"place": "Belgorod", "why": "B."}
    ana.post(f"/review/{claim.id}/edit", data=token(ana) | sent | {"seen": "0"})
    bo.post(f"/review/{claim.id}/edit", data=token(bo) | sent | {"blind": "1", "seen": "1"})
    with Case.open(case_folder, read_only=True) as case:
        assert [one.standing for one in case.held(HERALD)] == [Standing.ACCEPTED]
    assert "They differ on nothing." in text(bo.get("/review/agreement"))


def test_words_that_are_marked_become_a_claim(ana: TestClient[Any], case_folder: Path) -> None:
    """The form holds what the words tell; what is wrong is shown again with what was typed."""
    with Case.open(case_folder, read_only=True) as case:
        document = case.document(GAZETTE)
    start = document.text.index("Kremlin")
    page = ana.post("/review/add", data=token(ana) | {"document": GAZETTE, "start": str(start), "end": str(start + 7)})
    assert "No number was read at these words" in text(page)
    sent = dict.fromkeys(fields(claims_of(case_folder)[0]), "") | {
        "document": GAZETTE, "start": str(start), "end": str(start + 7), "low": "1", "high": "1", "bound": "exact",
        "unit": "person", "category": "killed", "status": "actual", "seen": "0", "why": "Missed.",
    }  # fmt: skip
    wrong = ana.post("/review/add/claim", data=token(ana) | sent | {"category": "", "when": "soon"})
    assert wrong.status_code == 400
    assert wrong.text.count("aria-invalid") == 2
    assert 'value="soon"' in wrong.text
    done = ana.post("/review/add/claim", data=token(ana) | sent)
    assert "added" in text(done)
    assert "Kremlin" in [one.figure for one in claims_of(case_folder, GAZETTE)]
    again = ana.post("/review/add/claim", data=token(ana) | sent | {"seen": "9"})
    assert "Marks these words already" in text(again)


def test_words_where_the_rules_read_a_claim_bring_its_fields(ana: TestClient[Any], case_folder: Path) -> None:
    """Also where only a part of the figure is marked, and the page says that it is there."""
    claim = claims_of(case_folder, HERALD)[0]
    page = ana.get(f"/review/add?document={HERALD}&start={claim.start + 1}&end={claim.start + 2}")
    assert "The rules read a claim at these words." in text(page)
    assert 'value="6000"' in page.text
    assert f"/review/{claim.id}" in page.text


@pytest.mark.parametrize(("start", "end"), [("0", "0"), ("5", "3"), ("", ""), ("x", "y"), ("0", "99999"), ("-1", "4")])
def test_no_words_are_refused(ana: TestClient[Any], start: str, end: str) -> None:
    """And a report that is not there."""
    assert ana.get(f"/review/add?document={HERALD}&start={start}&end={end}").status_code == 400
    assert ana.get("/review/add?document=none&start=0&end=4").status_code == 404


def test_the_history_tells_everything_and_undoes_what_may_be(
    ana: TestClient[Any], bo: TestClient[Any], case_folder: Path
) -> None:
    """Who, why, before and after; the last review of a claim alone may be taken back."""
    claim = claims_of(case_folder, HERALD)[0]
    ana.post(f"/review/{claim.id}/accept", data=token(ana) | {"seen": "0"})
    bo.post(f"/review/{claim.id}/edit", data=token(bo) | fields(claim) | {"place": "B", "why": "<b>x</b>", "seen": "1"})
    page = ana.get("/review/history")
    words = text(page)
    assert "2 reviews, the latest first." in words
    assert "Place Kursk B" in words
    assert "&lt;b&gt;x&lt;/b&gt;" in page.text
    assert re.findall(r'name="review" value="(\d+)"', page.text) == ["2"]
    assert "A later review rests on it" in words
    assert "1 review, the latest first." in text(ana.get("/review/history?by=bo"))
    back = ana.post("/review/undo", data=token(ana) | {"review": "2", "seen": "2", "why": "No.", "back": "history"})
    assert back.url.path == "/review/history"
    assert "takes back review 2" in text(back)
    assert re.findall(r'name="review" value="(\d+)"', back.text) == ["1"]


def test_a_reader_sees_what_was_decided_and_decides_nothing(
    enter: Enter, ana: TestClient[Any], case_folder: Path
) -> None:
    """History and agreement are open to read; the queue is not."""
    claim = claims_of(case_folder, HERALD)[0]
    ana.post(f"/review/{claim.id}/accept", data=token(ana) | {"seen": "0"})
    reader = enter(Role.READER, "rea")
    assert reader.get("/review/history").status_code == 200
    assert "Undo" not in reader.get("/review/history").text
    assert reader.get("/review/agreement").status_code == 200
    for path in ("/review", f"/review/{claim.id}", f"/review/{claim.id}/next", "/review/add", "/review/moved?did=1"):
        assert reader.get(path, follow_redirects=False).status_code == 403


@pytest.mark.parametrize("path", ["/review/c-none", "/review/c-none/without", "/review/moved?did=9", "/review/moved"])
def test_what_is_not_there_is_said(ana: TestClient[Any], path: str) -> None:
    """As a page with the status for it."""
    assert ana.get(path).status_code == 404


@pytest.mark.parametrize("query", ["round=nonsense", "did=x", "did=99999999999999999999999", "page=-1", "parts=9999"])
def test_an_address_that_makes_no_sense_is_taken_for_none(ana: TestClient[Any], case_folder: Path, query: str) -> None:
    """Anybody can write one."""
    claim = claims_of(case_folder, HERALD)[0]
    for path in ("/review", f"/review/{claim.id}", f"/review/{claim.id}?do=split&", "/review/history"):
        assert ana.get(f"{path}{'&' if '?' in path else '?'}{query}").status_code == 200


def test_what_moves_is_asked_for_while_it_is_worked_out(ana: TestClient[Any], case_folder: Path) -> None:
    """The part asks again while something is not derived, and stops where it is."""
    claim = claims_of(case_folder, HERALD)[0]
    with Case.open(case_folder, keeper=keeper("ana")) as case:
        reviewing.reject(case, claim.id, seen=0, why="None.")
    waiting = ana.get("/review/moved?did=1", headers={"HX-Request": "true"}).text
    assert 'hx-trigger="every 1s"' in waiting
    assert "Working out what moves" in waiting
    ana.post(f"/review/{claims_of(case_folder, WIRE)[0].id}/accept", data=token(ana) | {"seen": "9"})
    done = ana.get("/review/moved?did=1", headers={"HX-Request": "true"})
    assert "hx-trigger" not in done.text
    assert "Workers and jobs, KP to Kursk (planned, plan): 4,500 to 7,980 → became nothing" in text(done)


def parse(query: str) -> list[tuple[str, str]]:
    """The pairs of a query."""
    return [(name, value) for name, _, value in (one.partition("=") for one in query.split("&"))]


def last(folder: Path) -> int:
    """The number of the last review."""
    with Case.open(folder, read_only=True) as case:
        return case.reviews()[-1].number
