"""The API as programs change a case by it: reports that are added, decisions about claims and steps, and limits."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bench_case import a_case
from gates import Gate, Program, a_gate
from tallystick.workbench.adding.given import MOST_WIRE
from tallystick.workbench.api.api import MOST_BYTES

JSON = {"Content-Type": "application/json"}


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[Gate]:
    """A workbench on a case of a few reports."""
    with a_gate(a_case(tmp_path / "case")) as made:
        yield made


@pytest.fixture
def program(gate: Gate) -> Program:
    """A program that may do everything that an analyst may."""
    return Program(gate, gate.token())


def test_more_than_is_taken_is_refused_whole(gate: Gate, program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """A body of JSON, a file and a decision have limits; nothing of them is kept."""
    large = {"text": "x" * (MOST_WIRE + 1)}
    assert program.post("/documents", large).status_code == 413
    review = program.ask("/claims/c-1/reviews", "POST", content=b"x" * (MOST_BYTES + 1), headers=JSON)
    assert (review.status_code, review.headers["content-type"]) == (413, "application/problem+json")
    monkeypatch.setattr("tallystick.workbench.api.adding.MOST_OF_FILE", 10)
    octets = {"Content-Type": "application/octet-stream"}
    assert program.ask("/documents?name=a.txt", "POST", content=b"x" * 11, headers=octets).status_code == 413
    assert program.ask("/documents?name=a.txt", "POST", content=b"", headers=octets).status_code == 400
    assert gate.bench.follower.jobs() == ()
    assert [one for one in (gate.bench.folder / "incoming").iterdir() if one.is_dir()] == []


def test_who_is_nobody_sends_no_more_than_a_form(gate: Gate) -> None:
    """Before it is known whose it is nothing large is taken."""
    nobody = Program(gate, "tally_none")
    assert nobody.post("/documents", {"text": "x" * 100_000}).status_code in (401, 413)


def test_a_report_is_added_as_text_and_as_a_file(gate: Gate, program: Program) -> None:
    """The job tells what came of it; the audit log who added it, and with which token."""
    told = {"text": "Police said that 40 men were killed.", "outlet": "Late Post", "published": "2025-06-20"}
    answer = program.post("/documents", told)
    assert answer.status_code == 202
    job = program.ask(answer.headers["location"]).json()
    assert (job["state"], job["counts"]["added"], job["who"]) == ("done", 1, "ana")
    assert program.ask(f"/documents/{job['documents'][0]}").json()["document"]["outlet"] == "Late Post"
    octets = {"Content-Type": "application/octet-stream"}
    page = b"<html><title>Toll</title><p>Officials said that 41 men were killed.</p></html>"
    file = program.ask("/documents?name=toll.html", "POST", content=page, headers=octets).json()
    assert file["counts"]["added"] == 1
    original = program.ask(f"/documents/{file['documents'][0]}/original")
    assert original.content == page
    assert original.headers["content-type"] == "application/octet-stream"
    assert original.headers["content-disposition"].startswith("attachment")
    assert "by token 'test'" in gate.deeds("add reports")[0].told
    assert program.ask("/jobs/none").status_code == 404


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400), ({"text": ""}, 400), ({"text": "x", "titel": "y"}, 400), ({"text": 5}, 400), ([], 400),
        ({"text": "x", "address": "https://example.org"}, 400), ({"text": "x", "published": "2025-02-30"}, 422),
        ({"address": "ftp://example.org"}, 400), ({"address": "https://example.org/a"}, 403),
    ],
)  # fmt: skip
def test_a_report_that_is_not_as_described_is_refused(program: Program, body: object, status: int) -> None:
    """Nothing is guessed; and no address is fetched where fetching is off."""
    assert program.post("/documents", body).status_code == status


def test_a_body_that_is_no_json_is_refused(program: Program) -> None:
    """By its media type, or by what is in it: also half a surrogate pair, and what nests without end."""
    assert program.ask("/documents", "POST", content=b"{}", headers={"Content-Type": "text/xml"}).status_code == 415
    for content in (b"{", b"\xff", b'{"text": "\\ud800"}', b'{"text": NaN}', b"[" * 100_000):
        assert program.ask("/documents", "POST", content=content, headers=JSON).status_code == 400


def test_a_claim_is_decided_about_and_the_decision_taken_back(gate: Gate, program: Program) -> None:
    """Edited, rejected, withdrawn: each with the number of the last review, in the name of the owner."""
    claim = program.records("/claims")[0]["id"]
    path = f"/claims/{claim}/reviews"
    edited = program.post(path, {"verdict": "edited", "seen": 0, "why": "as he said", "fields": {"speaker": "Shoigu"}})
    assert (edited.status_code, edited.json()["by"]) == (201, "ana")
    held = program.ask(f"/claims/{claim}").json()
    assert (held["claim"]["speaker"], held["claim"]["standing"], held["seen"]) == ("Shoigu", "edited", 1)
    assert program.post(path, {"verdict": "accepted", "seen": 0}).status_code == 409
    assert program.post(path, {"verdict": "rejected", "seen": 1, "why": "no figure"}).status_code == 201
    assert claim not in [one["id"] for one in program.records("/claims")]
    assert claim in [one["id"] for one in program.records("/claims?review=rejected")]
    back = program.post("/reviews/2/withdrawal", {"seen": 2, "why": "it is one"})
    assert (back.status_code, back.json()["of"]) == (201, 2)
    assert [one["verdict"] for one in program.records("/reviews")] == ["edited", "rejected", "withdrawn"]
    assert program.ask(back.headers["location"]).json() == back.json()
    assert program.post("/reviews/9/withdrawal", {"seen": 9, "why": "x"}).status_code == 404
    assert len(gate.deeds("review")) == 3


def test_a_claim_is_split_merged_and_added(program: Program) -> None:
    """Fields that are not sent stay as they were; those that will not do are named."""
    first = program.records("/documents/wire-1/claims")
    assert len(first) == 2
    names = [one["id"] for one in first]
    merged = {
        "verdict": "merged",
        "with": names[1:],
        "seen": 0,
        "why": "one sum",
        "fields": {"low": 6000, "high": 6000},
    }
    assert program.post(f"/claims/{names[0]}/reviews", merged).status_code == 201
    parts = [{"low": 5000, "high": 5000}, {"low": 1000, "high": 1000, "category": first[1]["category"]}]
    split = {"verdict": "split", "parts": parts, "seen": 1, "why": "two figures"}
    assert program.post(f"/claims/{names[0]}/reviews", split).status_code == 201
    text = program.ask("/documents/gazette-1/text").text
    start = text.index("Kursk")
    wrong = {"fields": {"start": start, "end": start + 5, "category": "nothing"}, "seen": 0, "why": "missed"}
    refused = program.post("/documents/gazette-1/claims", wrong)
    assert refused.status_code == 422
    assert "category" in [one["parameter"] for one in refused.json()["errors"]]


def test_a_step_is_cut_and_what_follows_is_derived(gate: Gate, program: Program) -> None:
    """The decision stands in the list, and the origins are told apart by it."""
    copied = next(one for one in map(_detail(program), program.records("/claims")) if one["back"])
    later, earlier = copied["claim"]["id"], copied["back"][0]["earlier"]
    before = len(program.records("/origins"))
    cut = program.post("/judgements", {"verdict": "cut", "later": later, "earlier": earlier, "why": "not the same"})
    assert cut.status_code == 201
    assert program.records("/judgements") == [cut.json()]
    assert program.ask(cut.headers["location"]).json() == cut.json()
    assert len(program.records("/origins")) >= before
    again = program.post("/judgements", {"verdict": "cut", "later": later, "earlier": earlier, "why": "not the same"})
    assert again.status_code == 409
    assert program.records(f"/changes?since={gate.time:%Y}-01-01") != []


def _detail(program: Program) -> Callable[[dict[str, Any]], dict[str, Any]]:
    def found(claim: dict[str, Any]) -> dict[str, Any]:
        told: dict[str, Any] = program.ask(f"/claims/{claim['id']}").json()
        return told

    return found


def test_a_body_of_very_many_values_is_refused_before_each_is_looked_at(program: Program) -> None:
    """A million parts of a split would take minutes and gigabytes to find wrong, each in every way."""
    parts = b"0," * 3_000
    content = b'{"verdict": "split", "seen": 0, "why": "x", "parts": [' + parts + b"0]}"
    answer = program.ask("/claims/c-1/reviews", "POST", content=content, headers=JSON)
    assert answer.status_code == 400
    assert "more than 1,000 values" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("path", "told", "wrong"),
    [
        ("/claims/c-1/reviews", {"verdict": "edited", "seen": 0, "why": "x", "fields": {"low": 10**19}}, "fields.low"),
        ("/claims/c-1/reviews", {"verdict": "split", "seen": 0, "why": "x", "parts": [0]}, "parts"),
        ("/documents", {"text": "x", "published": "soon"}, "published"),
        ("/documents", {"address": "ftp://a.example"}, "address"),
    ],
)  # fmt: skip
def test_a_fault_is_one_of_what_was_meant(program: Program, path: str, told: dict[str, Any], wrong: str) -> None:
    """Of several bodies that are taken, that of the verdict, or of the names, that were sent."""
    answer = program.post(path, told)
    assert answer.status_code == 400
    assert wrong in [one["parameter"] for one in answer.json()["errors"]]


def test_a_packed_body_is_refused(program: Program) -> None:
    """It would be read as a report of bytes that mean something else."""
    headers = {"Content-Type": "application/octet-stream", "Content-Encoding": "gzip"}
    assert program.ask("/documents?name=a.txt", "POST", content=b"x", headers=headers).status_code == 415
