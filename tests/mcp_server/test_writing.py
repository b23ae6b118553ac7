"""A server with writes: reports come in, claims and steps are judged, under the client's name."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from talking import Talk, over_stdio
from tallystick.pipeline import run
from tallystick.sample import reports
from tallystick.storage.case import Case

# Who decides, in the custody log: the client as it calls itself, marks that turn text veiled.
CLIENT = "mcp Test\ufffd desk"
REPORT = "Kim said on Friday that 8,150 North Korean construction workers had arrived in Kursk since June."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case of the sample to write to."""
    made = tmp_path_factory.mktemp("written") / "case"
    with reports() as sample:
        run([sample], made, "dprk-russia")
    return made


@pytest.fixture(scope="module")
def talk(folder: Path) -> Iterator[Talk]:
    """A client of a server with writes."""
    with over_stdio(folder, "--write") as connected:
        yield connected


def test_the_tools_that_write_are_marked_so(talk: Talk) -> None:
    """Three tools more, none read-only; decisions are destructive, adding the same report again changes nothing."""
    listed = {tool.name: tool.annotations for tool in talk.portal.call(talk.client.list_tools).tools}
    writing = {name: hints for name, hints in listed.items() if hints is not None and not hints.read_only_hint}
    assert set(writing) == {"add_report", "judge_claim", "judge_step"}
    assert {name for name, hints in writing.items() if hints is not None and hints.destructive_hint} == {
        "judge_claim", "judge_step",
    }  # fmt: skip
    assert [name for name, hints in writing.items() if hints is not None and hints.idempotent_hint] == ["add_report"]
    assert talk.call("case_overview")["writes"] is True


def test_a_report_is_read_into_the_case(talk: Talk, folder: Path) -> None:
    """Its claims are quoted, found and derived at once; given again, nothing changes; the log names the client."""
    given = {"text": REPORT, "outlet": "Evening Gazette", "title": "More builders", "published": "2026-02-06"}
    added = talk.call("add_report", **given)
    assert added["added"] is True
    assert added["claims"][0]["words"] == "8,150"
    found = talk.call("search_claims", words="8,150")
    assert found["claims"][0]["cited"]["document"] == added["document"]
    assert found["claims"][0]["estimates"]
    assert talk.call("case_overview")["behind"] is False
    assert any(one["kind"] == "report" for one in talk.call("what_changed")["changes"])
    again = talk.call("add_report", **given)
    assert (again["document"], again["added"]) == (added["document"], False)
    with Case.open(folder, read_only=True) as held:
        log = held.custody()
        assert held.document(added["document"]).text == REPORT
    assert {entry.actor for entry in log if entry.subject == added["document"]} == {CLIENT}


def test_what_is_no_report_is_refused(talk: Talk) -> None:
    """Empty text, a date that is none and a text that is too long are told; a path is a text, and no file is read."""
    before = talk.call("case_overview")["reports"]
    assert "is empty" in talk.refused("add_report", text="  ")
    assert "ISO 8601" in talk.refused("add_report", text=REPORT, published="last Friday")
    assert "validation error" in talk.refused("add_report", text="x" * 200_001)
    path = talk.call("add_report", text="/etc/passwd")
    assert path["found"] == 0
    assert talk.call("get_document", document=path["document"])["text"] == "/etc/passwd"
    assert talk.call("case_overview")["reports"] == before + 1


def test_a_claim_is_judged_once(talk: Talk, folder: Path) -> None:
    """A rejected claim is gone from estimates; who has not seen that decides nothing; it can be accepted again."""
    with Case.open(folder, read_only=True) as held:
        before = len(held.custody())
    claim = talk.call("search_claims", speaker="Sergei Shoigu")["claims"][0]["cited"]["claim"]
    seen = talk.call("open_evidence", claim=claim).get("seen", 0)
    made = talk.call("judge_claim", claim=claim, verdict="reject", reason="No figure of a count.", seen=seen)
    assert made["verdict"] == "rejected"
    assert made["by"] == CLIENT
    opened = talk.call("open_evidence", claim=claim)
    assert opened["claim"]["standing"] == "rejected"
    assert "estimates" not in opened["claim"]
    late = {"claim": claim, "verdict": "accept", "reason": "It is one.", "seen": seen}
    assert "was reviewed meanwhile" in talk.refused("judge_claim", **late)
    assert talk.call("judge_claim", **late | {"seen": opened["seen"]})["verdict"] == "accepted"
    for bad in ({"verdict": "delete"}, {"reason": " "}, {"claim": "c-none"}):
        assert talk.refused("judge_claim", **late | {"seen": 99} | bad)
    with Case.open(folder, read_only=True) as held:
        log = held.custody()[before:]
    assert [entry.actor for entry in log if entry.action == "review"] == [made["by"]] * 2


def test_a_step_is_cut_and_taken_back(talk: Talk) -> None:
    """Cutting the step of a copy changes the ledger and is told by what_changed; a wrong kind of id is refused."""
    reports_of = talk.call("get_origin", origin=talk.call("search_claims", words="Kursk", speaker="Sergei Shoigu")
                           ["claims"][0]["origin"], limit=25)["reports"]  # fmt: skip
    copy = next(one for one in reports_of if one["part"] == "repeats")
    ends = {"later": copy["document"], "earlier": copy["goes_back_to"]}
    cut = talk.raw("judge_step", verdict="cut", **ends, reason="They asked for themselves.")
    if cut.is_error:
        # The step is one of claims; reports are joined by them alone.
        ends = step_of(talk, copy)
        cut = talk.raw("judge_step", verdict="cut", **ends, reason="They asked for themselves.")
    assert not cut.is_error, cut.content
    assert cut.structured_content is not None
    assert cut.structured_content["verdict"] == "cut"
    assert "is cut already" in talk.refused("judge_step", verdict="cut", **ends, reason="Again.")
    assert talk.call("judge_step", verdict="withdraw", **ends, reason="A mistake.")["verdict"] == "withdrawn"
    estimate = talk.call("find_estimates")["estimates"][0]["id"]
    wrong = {"verdict": "cut", "later": estimate, "earlier": ends["earlier"], "reason": "x"}
    assert "a step joins" in talk.refused("judge_step", **wrong)
    assert "near ones" in talk.refused("judge_step", verdict="cutt", **ends, reason="x")


def step_of(talk: Talk, copy: dict[str, object]) -> dict[str, str]:
    """The claims of a step back."""
    cited = copy["cited"]
    assert isinstance(cited, list)
    later = cited[0]["claim"]
    return {"later": later, "earlier": talk.call("open_evidence", claim=later)["way_back"][0]["claim"]}


def test_a_figure_that_no_report_carries_any_more_is_not_told(talk: Talk) -> None:
    """An estimate whose only claim is rejected is gone; what_changed says so without its figure, which has no words."""
    first = talk.call("find_estimates")
    *rest, turn, question = first["cursor"].split(".")
    assert len(rest) == 1
    last = talk.call("find_estimates", cursor=f"{first['total'] - 5}.{turn}.{question}")["estimates"]
    name = next(one["id"] for one in last if talk.call("search_claims", estimate=one["id"])["total"] == 1)
    claim = talk.call("search_claims", estimate=name)["claims"][0]["cited"]["claim"]
    made = talk.call("judge_claim", claim=claim, verdict="reject", reason="A misreading.", seen=99)
    changes = talk.call("what_changed", since=made["made"], kind="estimates", limit=25)["changes"]
    gone = next(one for one in changes if one["id"] == name)
    assert gone["kind"] == "estimate_gone"
    assert "before" not in gone
    assert "no estimate of that id" in talk.refused("get_estimate", estimate=name)
