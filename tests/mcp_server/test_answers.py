"""What the tools answer: every figure with its words, portions that lead on, errors that say what to ask instead."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from talking import Answer, Talk, within
from tallystick.inquiry.reviewing import reject
from tallystick.mcp_server.portions import LARGEST
from tallystick.pipeline import run
from tallystick.reporting.wording import HIDDEN, legible
from tallystick.storage.case import Case

FIGURES = ("best", "low", "high")
RANGES = ("before", "after")
# A single record is given whatever it takes: the id of a report may be as long as its collector likes.
LISTS = ("claims", "reports", "hits", "flags", "changes")
# What an answer takes beside its records: names, counts, notes, and quotations of one record.
BESIDE = 2_500
UNKNOWN = ("", "c-none", "../../etc/passwd", "'; DROP TABLE claims; --", "\u202eturned\u0000", "🚧" * 3_000, "%00", '"')


@pytest.fixture(scope="module")
def texts(case: Path) -> dict[str, str]:
    """The texts of the case by the ids that answers show."""
    with Case.open(case, read_only=True) as held:
        return {legible(document.id): document.text for document in held.documents()}


def every_answer(talk: Talk) -> Iterator[tuple[str, Answer]]:
    """All that the tools tell of all that the case holds."""
    yield "case_overview", talk.call("case_overview")
    for tool in ("find_estimates", "search_claims", "what_changed", "screen", "list_flags"):
        yield from ((tool, answer) for answer in portions(talk, tool))
    for name in ids(talk, "find_estimates", "estimates"):
        yield "get_estimate", talk.call("get_estimate", estimate=name)
        yield "explain", talk.call("explain", estimate=name)
    lines = [line for answer in portions(talk, "search_claims") for line in answer["claims"]]
    for name in sorted({line["origin"] for line in lines}):
        yield from (("get_origin", answer) for answer in portions(talk, "get_origin", origin=name))
    for line in lines:
        yield "open_evidence", talk.call("open_evidence", claim=line["cited"]["claim"])
    for name in sorted({line["cited"]["document"] for line in lines}):
        yield "get_document", talk.call("get_document", document=name)
        yield "open_evidence", talk.call("open_evidence", document=name, start=3, end=30)


def portions(talk: Talk, tool: str, **arguments: Any) -> Iterator[Answer]:
    """All portions of an answer."""
    cursor = ""
    while True:
        answer = talk.call(tool, **arguments, cursor=cursor)
        yield answer
        if "cursor" not in answer:
            assert not answer.get("more")
            return
        assert answer["more"] > 0
        cursor = answer["cursor"]


def ids(talk: Talk, tool: str, records: str) -> list[str]:
    """The ids of all records that a tool lists."""
    return [record["id"] for answer in portions(talk, tool) for record in answer[records]]


def records(value: object, name: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every record within an answer, with the field that holds it."""
    if isinstance(value, dict):
        yield name, value
        for field, held in value.items():
            yield from records(held, field)
    elif isinstance(value, list):
        for held in value:
            yield from records(held, name)


def strings(value: object) -> Iterator[str]:
    """Every text within an answer."""
    if isinstance(value, dict):
        for name, held in value.items():
            yield name
            yield from strings(held)
    elif isinstance(value, list):
        for held in value:
            yield from strings(held)
    elif isinstance(value, str):
        yield value


def is_cited(record: dict[str, Any]) -> bool:
    """Whether a record is words of a report."""
    return {"words", "quote", "document", "start", "end"} <= record.keys()


def is_one(value: object) -> bool:
    """Whether it is a list of one record."""
    return isinstance(value, list) and len(value) == 1


def test_every_figure_of_every_answer_resolves_to_its_words(talk: Talk, texts: dict[str, str]) -> None:
    """Words are those at their span; a record with a figure holds words; answers are small and hide no marks."""
    seen: dict[str, int] = {}
    figures = 0
    for tool, answer in every_answer(talk):
        seen[tool] = seen.get(tool, 0) + 1
        for name, record in records(answer):
            if is_cited(record):
                told = texts[record["document"]][record["start"] : record["end"]]
                assert legible(told) == record["words"] != ""
                assert record["words"] in record["quote"]
            # A count of origins is no figure; what was before and after is sourced by the change that holds it.
            holds = any(record.get(one) is not None for one in FIGURES) and name not in ("independent", *RANGES)
            if holds or any(record.get(one) for one in RANGES if isinstance(record.get(one), dict)):
                figures += 1
                assert any(is_cited(one) for _, one in records(record)), (tool, record)
        for shown in strings(answer):
            assert not HIDDEN & set(map(ord, shown)), (tool, shown)
        size = len(json.dumps(answer, ensure_ascii=False).encode())
        assert size <= LARGEST + BESIDE or any(is_one(answer.get(name)) for name in LISTS), (tool, size)
        assert any("corroboration, not truth" in note for note in answer["notes"])
        for hit in answer["hits"] if tool == "screen" else ():
            assert not any("violat" in hit[name].casefold() for name in ("statement", "tier", "tier_means"))
    assert figures > 150
    assert set(seen) == {
        "case_overview", "find_estimates", "get_estimate", "explain", "search_claims", "open_evidence", "get_document",
        "get_origin", "what_changed", "screen", "list_flags",
    }  # fmt: skip


def test_portions_hold_everything_once(talk: Talk, case: Path) -> None:
    """The cursor leads through all claims, estimates, flags, hits and changes, none left out and none twice."""
    with Case.open(case, read_only=True) as held:
        ledger = held.ledger()
    told = [line["cited"]["claim"] for answer in portions(talk, "search_claims") for line in answer["claims"]]
    assert sorted(told) == sorted(claim.id for claim in ledger.claims)
    few = [line["cited"]["claim"] for one in portions(talk, "search_claims", limit=7) for line in one["claims"]]
    assert few == told
    for tool, kind, expected in (
        ("find_estimates", "estimates", ledger.estimates), ("list_flags", "flags", ledger.flags),
        ("screen", "hits", ledger.hits),
    ):  # fmt: skip
        found = ids(talk, tool, kind)
        assert sorted(found) == sorted(one.id for one in expected)
        assert talk.call(tool)["total"] == len(found)
    numbers = [one["number"] for answer in portions(talk, "what_changed", limit=4) for one in answer["changes"]]
    assert sorted(numbers) == list(range(1, len(numbers) + 1))


def test_an_estimate_tells_figure_range_origins_and_both_scales(talk: Talk) -> None:
    """By words or id: why there is no best, credibility 1-6, letters with the readings, conflicts with both sides."""
    by_words = talk.call("get_estimate", estimate="killed kp kursk")
    assert talk.call("get_estimate", estimate=by_words["id"]) == by_words
    assert by_words["best"] is None
    assert by_words["why_no_best"]
    assert by_words["credibility"] in range(1, 7)
    assert len(by_words["readings"]) > 1
    assert all(reading["reliability"] in "ABCDEF" for reading in by_words["readings"])
    assert all(len(conflict["cited"]) > 1 for conflict in by_words["conflicts"])
    assert by_words["steps"]


def test_an_origin_tells_who_only_repeats_it(talk: Talk) -> None:
    """One report tells it first; every other one goes back to a report of the origin, with the reason."""
    claim = talk.call("search_claims", words="Kursk", speaker="Sergei Shoigu")["claims"][0]
    answers = list(portions(talk, "get_origin", origin=claim["origin"]))
    reports = [report for answer in answers for report in answer["reports"]]
    names = {report["document"] for report in reports}
    assert {report["part"] for report in reports} == {"first", "repeats"}
    for report in reports:
        if report["part"] == "repeats":
            assert report["why"]
            assert report["goes_back_to"] in names
            assert 0 < report["confidence"] <= 1


def test_a_claim_opens_in_its_context(talk: Talk, texts: dict[str, str]) -> None:
    """Context is the text at its offsets; report, URL and digest stand beside, and the portions of a report join."""
    claim = talk.call("search_claims", words="sappers Kursk")["claims"][-1]["cited"]
    opened = talk.call("open_evidence", claim=claim["claim"])
    text = texts[claim["document"]]
    shown = opened["before"] + opened["words"] + opened["after"]
    assert shown == text[opened["context_start"] : opened["context_end"]]
    assert opened["report"]["url"].startswith("https://")
    assert len(opened["report"]["sha256"]) == 64
    assert opened["near"]
    read = ""
    at: int | None = 0
    while at is not None:
        portion = talk.call("get_document", document=claim["document"], offset=at, length=100)
        read += portion["text"]
        assert all(text[one["start"] : one["end"]] == one["words"] for one in portion.get("claims", ()))
        at = portion.get("next_offset")
    assert read == text


def test_an_id_that_had_to_be_veiled_is_found_again(talk: Talk) -> None:
    """A report whose id holds a mark that turns text is read by the id that answers show."""
    claim = talk.call("search_claims", outlet="=cmd()")["claims"][0]["cited"]
    assert claim["document"] == "\ufffdturned"
    assert "4,300" in talk.call("get_document", document=claim["document"])["text"]
    assert "4,300" in talk.call("get_document", document="\u202eturned")["text"]


def test_nothing_found_is_an_error_that_says_why(talk: Talk) -> None:
    """Unknown values with near ones, the filter that empties, the words that nobody wrote, and another kind of id."""
    assert "'Sergei Shoigu'" in talk.refused("search_claims", speaker="Sergei Shoygu")
    assert "without `outlet` there are" in talk.refused("search_claims", words="Kursk 5,000", outlet="Deep")
    said = talk.refused("search_claims", words="Kursk xylophone")
    assert "'Kursk'" in said
    assert "'xylophone' 0" in said
    assert "nothing of the world" in said
    assert "without `until` there are" in talk.refused("search_claims", words="Kursk", until="1999")
    assert "at most 12 words" in talk.refused("search_claims", words=" ".join(map(str, range(13))))
    assert "is no day" in talk.refused("search_claims", since="yesterday")
    assert "is no day or time" in talk.refused("what_changed", since="last week")
    assert "near ones" in talk.refused("what_changed", kind="estimate")
    assert "'construction'" in talk.refused("find_estimates", words="constuction")
    assert "fits several" in talk.refused("get_estimate", estimate="kursk")
    assert "near ones" in talk.refused("list_flags", code="office_anachronisms")
    assert "error" in talk.refused("list_flags", severity="errors")
    claim = talk.call("search_claims", limit=1)["claims"][0]
    name = claim["cited"]["claim"]
    assert "is the id of a claim" in talk.refused("get_estimate", estimate=name)
    assert "ask open_evidence" in talk.refused("get_origin", origin=name)
    assert "is the id of an origin" in talk.refused("open_evidence", claim=claim["origin"])
    assert "give either" in talk.refused("open_evidence")
    assert "is no span" in talk.refused("open_evidence", document=claim["cited"]["document"], start=9, end=3)
    assert "is not within" in talk.refused("get_document", document=claim["cited"]["document"], offset=10**9)
    assert "may apply" in talk.call("screen")["notes"][1]


def test_a_flag_is_told_by_its_id_and_leads_to_its_claims(talk: Talk) -> None:
    """One flag has all words that it rests on; its claims are found by its id and by its code."""
    flag = next(one for one in talk.call("list_flags")["flags"] if one.get("claims"))
    alone = talk.call("list_flags", flag=flag["id"])
    assert alone["total"] == 1
    assert alone["flags"][0]["reason"] == flag["reason"]
    assert len(alone["flags"][0]["cited"]) >= len(flag["cited"])
    told = {one["cited"]["claim"] for one in talk.call("search_claims", flagged=flag["id"])["claims"]}
    assert set(flag["claims"]) == told
    assert talk.call("search_claims", flagged=flag["code"])["total"] >= len(told)
    assert "is the id of a flag" in talk.refused("get_origin", origin=flag["id"])
    assert "no flag of that id" in talk.refused("list_flags", flag="f-none")


def test_cursors_of_others_are_refused(talk: Talk) -> None:
    """What is no cursor, or one of another question, is an error and no first page."""
    cursor = talk.call("search_claims", limit=2)["cursor"]
    assert "belongs to another question" in talk.refused("search_claims", limit=2, words="Kursk", cursor=cursor)
    assert "belongs to another question" in talk.refused("find_estimates", cursor=cursor)
    for bad in ("1", "x.y.z", "-1.0.00000000", "99999999999999.1.00000000", "\u0660.1.00000000"):
        assert "is none of ours" in talk.refused("search_claims", cursor=bad)
    state, question = cursor.split(".")[1:]
    assert "behind the last record" in talk.refused("search_claims", limit=2, cursor=f"900.{state}.{question}")


@pytest.mark.parametrize("value", UNKNOWN, ids=range(len(UNKNOWN)))
def test_hostile_arguments_are_told_what_is_wrong(talk: Talk, value: str) -> None:
    """No value breaks a tool: it answers, or says what is wrong in a few words; never a crash, never a hidden mark."""
    for tool, name in (
        ("get_estimate", "estimate"), ("explain", "estimate"), ("get_origin", "origin"), ("open_evidence", "claim"),
        ("get_document", "document"), ("search_claims", "words"), ("search_claims", "speaker"),
        ("search_claims", "flagged"), ("search_claims", "cursor"), ("search_claims", "estimate"),
        ("find_estimates", "words"), ("list_flags", "claim"), ("screen", "provision"), ("what_changed", "since"),
    ):  # fmt: skip
        result = talk.raw(tool, **{name: value})
        said = "".join(part.text for part in result.content if part.type == "text")
        assert said != f"Error executing tool {tool}", (tool, name)
        assert not HIDDEN & set(map(ord, said))
        assert not result.is_error or len(said) < 2_500


def test_wrong_types_and_bounds_are_refused(talk: Talk) -> None:
    """Limits, offsets and texts beyond their bounds are errors of the argument."""
    for tool, given in (
        ("search_claims", {"limit": 0}), ("search_claims", {"limit": 1_000}), ("search_claims", {"words": "x" * 5_000}),
        ("get_document", {"document": "x", "offset": -1}), ("get_document", {"document": "x", "length": 10**6}),
        ("open_evidence", {"document": "x", "start": "a", "end": "b"}), ("get_origin", {}),
        ("screen", {"limit": "all"}),
    ):  # fmt: skip
        assert "validation error" in talk.refused(tool, **given)
    assert "Unknown tool" in talk.refused("drop_everything")


def test_an_empty_case_says_that_it_is_empty(tmp_path: Path) -> None:
    """Where there are no reports, nothing is said of what they report."""
    (tmp_path / "empty.txt").write_text(" ", encoding="utf-8")
    run([tmp_path / "empty.txt"], tmp_path / "case", "dprk-russia")
    with within(tmp_path / "case") as talk:
        assert talk.call("case_overview")["reports"] == 0
        for tool in ("search_claims", "find_estimates", "screen", "list_flags", "what_changed"):
            assert "holds no reports yet" in talk.refused(tool)


def test_a_case_that_is_behind_says_so(tmp_path: Path, case: Path) -> None:
    """Where something came in that nothing was derived from yet, answers and errors say it."""
    shutil.copytree(case, tmp_path / "case")
    with Case.open(tmp_path / "case") as held:
        claim = held.claims()[0].id
        reject(held, claim, seen=0, why="A test.")
    with within(tmp_path / "case") as talk:
        assert talk.call("case_overview")["behind"] is True
        assert any("behind" in note for note in talk.call("find_estimates")["notes"])
        assert "behind" in talk.refused("search_claims", words="xylophone")


@pytest.mark.parametrize("arguments", [{"speakr": "Kim"}, {"words": '"'}, {"words": "\u200b"}])
def test_what_would_filter_nothing_is_refused(talk: Talk, arguments: dict[str, str]) -> None:
    """A parameter that is misspelled, and words that hold none, would find every claim."""
    answer = talk.refused("search_claims", **arguments)
    assert "speakr" in answer or "no word" in answer
