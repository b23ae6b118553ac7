"""The API as programs use it: pages, tags, filters, problems, shares, and what one may do with which token."""

import json
import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from itertools import product
from pathlib import Path
from urllib.parse import quote

import pytest
from litestar.handlers import HTTPRouteHandler

from bench_case import a_case
from gates import API, Gate, Program, a_gate
from tallystick.pipeline import run
from tallystick.sample import reports
from tallystick.storage.accounts import people, tokens
from tallystick.storage.opening import FILE
from tallystick.workbench.access.visitors import Role
from tallystick.workbench.api.answering import SCOPE
from tallystick.workbench.api.api import OPERATIONS
from tallystick.workbench.api.keys import Scope
from tallystick.workbench.api.moments import MOST_REPORTS
from tallystick.workbench.api.pace import MOST, Pace, Share
from tallystick.workbench.app import HEADERS

# Lists, with what the sample has many of.
LISTS = ("documents", "claims", "origins", "estimates", "flags", "hits")


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[Gate]:
    """A workbench on a case of a few reports."""
    with a_gate(a_case(tmp_path / "case")) as made:
        yield made


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """The sample, and a program that reads it."""
    folder: Path = tmp_path_factory.mktemp("sample") / "case"
    with reports() as inbox:
        run([inbox], folder, "dprk-russia")
    with a_gate(folder) as made:
        yield Program(made, made.token(Scope.READ))


@pytest.fixture
def program(gate: Gate) -> Program:
    """A program that may do everything that an analyst may."""
    return Program(gate, gate.token())


def address_of(handler: HTTPRouteHandler) -> str:
    """The address of an operation with something in the place of its parts."""
    path = min(handler.paths)
    return path.replace("{name:str}", "wire-1").replace("{number:str}", "1")


@pytest.mark.parametrize("kind", LISTS)
@pytest.mark.parametrize("limit", [1, 7, 200])
def test_pages_give_everything_once(sample: Program, kind: str, limit: int) -> None:
    """Whatever the size of a page, all records come, in one order, and none twice."""
    held = sample.ask("/case").json()[kind]
    found = [one["id"] for one in sample.records(f"/{kind}?limit={limit}")]
    assert len(found) == len(set(found)) == held > 10
    assert found == [one["id"] for one in sample.records(f"/{kind}?limit=200")]


def test_every_order_of_claims_gives_every_claim_once(sample: Program) -> None:
    """Also where many have nothing to be sorted by."""
    document = sample.ask("/openapi.json").json()
    told = next(one for one in document["paths"]["/claims"]["get"]["parameters"] if one["name"] == "sort")
    wanted = {one["id"] for one in sample.records("/claims")}
    for sort in told["schema"]["enum"]:
        found = [one["id"] for one in sample.records(f"/claims?limit=9&sort={sort}")]
        assert sorted(found) == sorted(wanted), sort


@pytest.mark.parametrize("kind", [*LISTS, "claims?sort=published-up", "documents?sort=published-down"])
def test_reports_that_come_in_between_two_pages_lose_and_double_nothing(program: Program, kind: str) -> None:
    """What was there at the beginning and still is at the end comes, and once, while a report comes with each page."""
    before = {one["id"] for one in program.records(f"/{kind}")}
    further: str | None = f"/{kind}{'&' if '?' in kind else '?'}limit=1"
    seen: list[str] = []
    added = 0
    while further:
        page = program.ask(further).json()
        seen += [one["id"] for one in page["records"]]
        further = page["next"]
        if added < 3:
            added += 1
            text = f"Kyiv said on Monday that {added + 2},000 North Korean soldiers were killed in Kursk."
            told = {"text": text, "outlet": "Late Post", "published": f"2025-06-1{added}"}
            assert program.post("/documents", told).status_code == 202
    after = {one["id"] for one in program.records(f"/{kind}")}
    assert len(seen) == len(set(seen))
    assert before & after <= set(seen)


def test_the_next_page_is_in_the_link_header_too(sample: Program) -> None:
    """As clients that follow RFC 8288 take it."""
    answer = sample.ask("/claims?limit=2&status=actual")
    assert answer.headers["link"] == f'<{answer.json()["next"]}>; rel="next"'
    assert "status=actual" in answer.json()["next"]
    assert "link" not in sample.ask("/case").headers


@pytest.mark.parametrize("change", ["status=planned", "limit=3&status=actual&sort=value-up", "status=actual&q=Kursk"])
def test_a_cursor_is_good_for_its_own_query_alone(sample: Program, change: str) -> None:
    """Another filter or order with it is refused, and so is one that was made up."""
    further = sample.ask("/claims?limit=2&status=actual").json()["next"]
    cursor = further.rpartition("cursor=")[2]
    assert sample.ask(f"/claims?status=actual&limit=5&cursor={cursor}").status_code == 200
    for asked in (f"/claims?{change}&cursor={cursor}", f"/flags?cursor={cursor}", f"/claims?cursor={cursor[:-4]}AAAA"):
        answer = sample.ask(asked)
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["parameter"] == "cursor"


def test_an_answer_that_is_held_already_is_not_sent_again(program: Program) -> None:
    """The tag is the same until the case changes, another for another query, and 304 has no body."""
    first = program.ask("/claims?limit=2")
    tag = first.headers["etag"]
    assert not tag.startswith("W/")
    assert first.headers["cache-control"] == "private, no-cache"
    for header in (tag, f'"other", {tag}', f"W/{tag}", "*"):
        again = program.ask("/claims?limit=2", headers={"If-None-Match": header})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert program.ask("/claims?limit=3", headers={"If-None-Match": tag}).status_code == 200
    claim = first.json()["records"][0]["id"]
    assert program.post(f"/claims/{claim}/reviews", {"verdict": "accepted", "seen": 0}).status_code == 201
    fresh = program.ask("/claims?limit=2", headers={"If-None-Match": tag})
    assert fresh.status_code == 200
    assert fresh.headers["etag"] != tag


def test_filters_are_those_of_the_table_of_claims(sample: Program) -> None:
    """Each leaves out what it says, and together they leave what fits all."""
    everything = sample.records("/claims")
    one = next(one for one in everything if one["speaker"] and one["traced_to"])
    for name, field in (
        ("speaker", "speaker"),
        ("category", "category"),
        ("origin", "traced_to"),
        ("status", "status"),
    ):
        found = sample.ask("/claims", params={name: one[field], "limit": 200}).json()["records"]
        assert {each["id"] for each in found} == {each["id"] for each in everything if each[field] == one[field]}
    assert sample.ask("/claims?q=Kursk&from=2025-11&to=2025-11").json()["records"] != []
    assert sample.ask("/claims?from=2030").json()["records"] == []


def test_common_words_find_what_rare_ones_would(sample: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """How claims are looked for depends on how many there are, what is found does not."""
    asked = ("/claims?q=Kursk&limit=3&sort=value-up", "/claims?q=Kursk+killed&status=actual", "/search?q=in&limit=7")
    rare = [sample.records(one) for one in asked]
    monkeypatch.setattr("tallystick.storage.views.paging.COMMON", 1)
    assert [sample.records(one) for one in asked] == rare
    assert all(rare)


def test_every_claim_stands_where_it_says(sample: Program) -> None:
    """`text[start:end] == figure` in the text that the API gives."""
    texts = {one["id"]: sample.ask(f"/documents/{one['id']}/text").text for one in sample.records("/documents")}
    claims = sample.records("/claims")
    assert all(texts[one["document"]][one["start"] : one["end"]] == one["figure"] for one in claims)


def test_a_claim_comes_with_what_stands_around_it(program: Program) -> None:
    """Its grounds, the steps to and from it, what rests on it, and the reviews."""
    copies = [program.ask(f"/claims/{one['id']}").json() for one in program.records("/claims")]
    copied = next(one for one in copies if one["back"])
    assert copied["grounds"][0]["field"]
    assert copied["seen"] == 0
    earlier = program.ask(f"/claims/{copied['back'][0]['earlier']}").json()
    assert copied["claim"]["id"] in [one["later"] for one in earlier["forward"]]
    origin = program.ask(f"/origins/{copied['claim']['traced_to']}").json()
    assert {copied["claim"]["id"], earlier["claim"]["id"]} <= {one["id"] for one in origin["claims"]}
    estimate = program.ask(f"/estimates/{copied['estimates'][0]}").json()
    assert copied["claim"]["id"] in estimate["estimate"]["claims"]
    assert [one["id"] for one in estimate["origins"]] != []


def test_an_estimate_is_given_as_it_was_known_on_a_day(sample: Program) -> None:
    """Reports published later do not count; before the first there is none."""
    now, then = (sample.records(f"/estimates?limit=200{more}") for more in ("", "&as_of=2025-05-31"))
    assert 0 < len(then) < len(now)
    known = {claim["id"]: claim["published"] for claim in sample.records("/claims")}
    assert all(known[name] <= "2025-05-31~" for one in then for name in one["claims"])
    assert sample.records("/estimates?as_of=1999-01-01") == []
    one = sample.ask(f"/estimates/{then[0]['id']}?as_of=2025-05-31").json()
    assert one["estimate"] == then[0]
    assert sample.ask("/estimates?as_of=2025-02-30").status_code == 400


def test_a_past_day_of_a_large_case_is_refused_at_once(gate: Gate, program: Program) -> None:
    """With a problem that says how to get it."""
    with sqlite3.connect(gate.bench.folder / FILE) as db:
        db.executemany(
            "INSERT INTO documents (id, text, sha256, name, language) VALUES (?, 'x', 'x', 'x', 'en')",
            ((f"more-{turn}",) for turn in range(MOST_REPORTS)),
        )
    db.close()
    answer = program.ask("/estimates?as_of=2025-06-17")
    assert answer.status_code == 422
    assert "tallystick estimates --as-of 2025-06-17" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("path", "status", "parameter"),
    [
        ("/nowhere", 404, None), ("/claims/none", 404, None), ("/documents/none/text", 404, None),
        ("/judgements/x", 404, None), ("/claims?speeker=x", 400, "speeker"), ("/claims?limit=201", 400, "limit"),
        ("/claims?limit=x", 400, "limit"), ("/claims?status=real", 400, "status"), ("/claims?q=", 400, "q"),
        ("/claims?from=June", 400, "from"), ("/claims?limit=1&limit=2", 400, "limit"), ("/search", 400, "q"),
        ("/changes?since=now", 400, "since"), ("/case?x=1", 400, "x"),
    ],
)  # fmt: skip
def test_every_error_is_a_problem(sample: Program, path: str, status: int, parameter: str | None) -> None:
    """RFC 9457, with the parameter that is wrong, also where there is no such address."""
    answer = sample.ask(path)
    told = answer.json()
    assert answer.status_code == told["status"] == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert told["instance"] == f"{API}{path.partition('?')[0]}"
    assert told["title"]
    assert told["detail"]
    assert [one["parameter"] for one in told["errors"]] == ([parameter] if parameter else [])


def test_a_method_that_is_not_taken_is_a_problem_that_names_those_that_are(program: Program) -> None:
    """405 with Allow, also where an address takes several."""
    answer = program.ask("/documents", "DELETE")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, OPTIONS, POST"
    assert answer.headers["content-type"] == "application/problem+json"


def test_the_head_of_an_answer_can_be_asked_for(program: Program) -> None:
    """HEAD gives what GET would, without the body."""
    whole, head = program.ask("/claims"), program.ask("/claims", "HEAD")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["etag"] == whole.headers["etag"]
    assert head.headers["content-length"] == whole.headers["content-length"]
    assert program.ask("/jobs/none", "HEAD").status_code == 404


def test_a_defect_tells_nothing_of_the_server(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """The words of the exception stay in the log."""

    def broken(*_: object) -> None:
        raise KeyError("a secret of the server")

    monkeypatch.setattr("tallystick.workbench.api.figures.claim_record", broken)
    answer = program.ask("/claims")
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert "secret" not in answer.text


def test_ids_may_hold_what_parts_an_address(tmp_path: Path) -> None:
    """Ids are the caller's own: with slashes, percent signs, blanks and other scripts."""
    names = ("https://example.org/a?b=1&c#d", "100%25", "a b", "보고/서", "../x")
    inbox = tmp_path / "odd.jsonl"
    told = [{"id": name, "text": f"Police said {turn + 3} men were killed."} for turn, name in enumerate(names)]
    inbox.write_text("".join(json.dumps(one) + "\n" for one in told), encoding="utf-8")
    run([inbox], tmp_path / "case", "general")
    with a_gate(tmp_path / "case") as gate:
        program = Program(gate, gate.token(Scope.READ))
        for name in names:
            found = program.ask(f"/documents/{quote(name, safe='')}")
            assert found.json()["document"]["id"] == name
            assert program.ask(f"/documents/{quote(name, safe='')}/claims").json()["records"][0]["document"] == name


def test_every_operation_takes_its_scope_and_no_other(gate: Gate) -> None:
    """Nobody gets 401, a token of another scope 403, one of the right scope neither; new operations are tested too."""
    zoe = people.add(gate.file, "zoe", Role.ADMINISTRATOR, gate.time)
    programs = {scope: Program(gate, gate.token(scope, name=zoe.name)) for scope in Scope}
    nobody = Program(gate, "tally_none")
    wrong = []
    for handler, (scope, program) in product(OPERATIONS, programs.items()):
        assert isinstance(handler, HTTPRouteHandler)
        method, address = min(handler.http_methods), address_of(handler)
        refused = program.ask(address, method).status_code in (401, 403)
        if refused is (handler.opt[SCOPE] == scope):
            wrong.append(f"{method} {address} with {scope}")
        if nobody.ask(address, method).status_code != 401:
            wrong.append(f"{method} {address} as nobody")
    assert OPERATIONS
    assert wrong == []


def test_what_is_open_says_nothing_of_the_case(gate: Gate) -> None:
    """The description and its page are for anybody."""
    client = gate.client()
    for path in (f"{API}/openapi.json", f"{API}/docs", API, f"{API}/"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert "wire-1" not in answer.text
    assert client.get("/api/isalive").json() == {"status": "ok"}


def test_the_page_of_the_description_needs_nothing_from_elsewhere(gate: Gate) -> None:
    """No script or style but the workbench's own, under the same policy as every page."""
    answer = gate.client().get(f"{API}/docs")
    assert answer.headers["content-security-policy"] == HEADERS["Content-Security-Policy"]
    assert "<script>" not in answer.text
    assert "://" not in answer.text
    assert "GET /api/v1/claims" in answer.text


def test_a_session_is_no_token(gate: Gate) -> None:
    """Who is signed in in a browser cannot be made to ask the API by another site."""
    browser = gate.enter()
    assert browser.get("/").status_code == 200
    assert browser.get(f"{API}/claims").status_code == 401
    assert browser.request("POST", f"{API}/documents", json={"text": "x"}).status_code == 401


def test_a_token_is_worth_what_its_owner_is_now(gate: Gate) -> None:
    """A lower role takes scopes away, a disabled account all; the token itself is as it was."""
    program = Program(gate, gate.token())
    gate.person("zoe", Role.ADMINISTRATOR)
    ana = people.by_name(gate.file, "ana")
    assert ana is not None
    assert program.post("/documents", {"text": "Nine men were killed."}).status_code == 202
    people.set_role(gate.file, ana.number, Role.READER)
    refused = program.post("/documents", {"text": "Nine men were killed."})
    assert (refused.status_code, refused.json()["title"]) == (403, "The token may not do this")
    assert program.ask("/claims").status_code == 200
    people.disable(gate.file, ana.number, gate.time)
    assert program.ask("/claims").status_code == 401


def test_a_token_ends_when_it_runs_out_or_is_revoked(gate: Gate) -> None:
    """From that moment on."""
    short = Program(gate, gate.token(Scope.READ, expires=gate.time + timedelta(hours=1)))
    long = Program(gate, gate.token(Scope.READ))
    assert short.ask("/case").status_code == long.ask("/case").status_code == 200
    gate.wait(hours=2)
    assert short.ask("/case").status_code == 401
    assert 'error="invalid_token"' in short.ask("/case").headers["www-authenticate"]
    tokens.revoke(gate.file, tokens.tokens(gate.file)[0].number, gate.time)
    assert long.ask("/case").status_code == 401


def test_when_a_token_was_used_is_kept_by_the_minute(gate: Gate) -> None:
    """Not at every request, which would be a write each."""
    program = Program(gate, gate.token(Scope.READ))
    assert tokens.tokens(gate.file)[0].used is None
    program.ask("/case")
    first = tokens.tokens(gate.file)[0].used
    gate.wait(seconds=30)
    program.ask("/case")
    assert tokens.tokens(gate.file)[0].used == first
    gate.wait(seconds=31)
    program.ask("/case")
    assert tokens.tokens(gate.file)[0].used != first


def test_who_asks_too_fast_waits(gate: Gate) -> None:
    """Each token has its own share, told with every answer; who has none shares that of the address."""
    clock = [0.0]
    slow = gate.with_pace(Pace(3), lambda: clock[0])
    first, second = Program(slow, gate.token(Scope.READ)), Program(slow, gate.token(Scope.READ, name="ben"))
    assert [first.ask("/case").status_code for _ in range(4)] == [200, 200, 200, 429]
    refused = first.ask("/case")
    assert refused.headers["retry-after"] == "20"
    assert refused.headers["ratelimit-policy"] == '"minute";q=3;w=60'
    assert refused.headers["content-type"] == "application/problem+json"
    told = second.ask("/case")
    assert (told.status_code, told.headers["ratelimit"]) == (200, '"minute";r=2;t=20')
    clock[0] += 20
    assert first.ask("/case").status_code == 200
    nobody = Program(slow, "tally_none")
    assert [nobody.ask("/case").status_code for _ in range(4)] == [401, 401, 401, 429]


def test_a_share_fills_steadily_and_never_overflows() -> None:
    """A minute's requests at once, then one in each of its parts; 0 lets everything through."""
    pace = Pace(60)
    assert [pace.take("a", 0.0).wait for _ in range(61)] == [0] * 60 + [1]
    assert pace.take("a", 1.0) == Share(60, 0, 60, 0)
    assert pace.take("a", 1_000.0).left == 59
    assert Pace(0).take("a", 0.0) == Share(0, 0, 0, 0)


def test_what_there_is_not_is_not_held_by_anybody(program: Program) -> None:
    """`*` names any answer that there is; of an id that there is not it is 404."""
    held = {"If-None-Match": "*"}
    assert program.ask("/documents/none", headers=held).status_code == 404
    assert program.ask("/case", headers=held).status_code == 304


@pytest.mark.parametrize("asked", ['/claims?q="', "/claims?q=%00", "/documents?q=%E2%80%8B", "/search?q=%22%22"])
def test_words_without_a_word_do_not_find_everything(program: Program, asked: str) -> None:
    """As if there were no filter; and of too many words the last are not left out either."""
    assert program.ask(asked).status_code == 422
    many = "+".join(f"word{number}" for number in range(13))
    assert program.ask(f"/claims?q={many}").status_code == 422


@pytest.mark.parametrize(
    "asked", ["changes?since=2026-13-01", "changes?since=2026-01-01T25:00:00Z", "claims?from=2026-00"]
)
def test_a_day_that_there_is_not_is_refused(program: Program, asked: str) -> None:
    """Nothing is found since a month 13, which would be no news."""
    assert program.ask(f"/{asked}").status_code == 400


def test_very_many_names_take_no_more_room() -> None:
    """Those that asked last are remembered, and room is made for many at once."""
    pace = Pace(2)
    for number in range(MOST + 1):
        pace.take(f"address {number}", 0.0)
    pace.take(f"address {MOST}", 0.0)
    assert pace.take(f"address {MOST}", 0.0).wait
    assert len(pace._held) <= MOST // 2 + 1
