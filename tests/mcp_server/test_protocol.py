"""The official client speaks to the server as a process, over standard streams and over HTTP."""

import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from jsonschema import Draft202012Validator
from mcp import MCPError

from talking import Talk, over_http, served
from tallystick.storage.case import Case

READING = {
    "case_overview", "find_estimates", "get_estimate", "explain", "search_claims", "open_evidence", "get_document",
    "get_origin", "what_changed", "screen", "list_flags",
}  # fmt: skip


@pytest.fixture(scope="module")
def web(case: Path) -> Iterator[Talk]:
    """A client over HTTP."""
    with served(case) as address, over_http(address) as connected:
        yield connected


def arguments(talk: Talk) -> dict[str, dict[str, Any]]:
    """Arguments with which every reading tool answers."""
    estimate = talk.call("find_estimates", words="killed kursk")["estimates"][0]
    claim = estimate["cited"][0]
    origin = talk.call("get_estimate", estimate=estimate["id"])["readings"][0]["origin"]
    return {
        "case_overview": {},
        "find_estimates": {"words": "kursk", "limit": 5},
        "get_estimate": {"estimate": estimate["id"]},
        "explain": {"estimate": estimate["id"]},
        "search_claims": {"words": "Kursk", "status": "actual", "since": "2025-01-01"},
        "open_evidence": {"claim": claim["claim"]},
        "get_document": {"document": claim["document"]},
        "get_origin": {"origin": origin},
        "what_changed": {"since": "2020-01-01"},
        "screen": {"category": "labourer"},
        "list_flags": {"severity": "warning"},
    }


def test_every_tool_answers_over_both_transports_by_its_schema(talk: Talk, web: Talk) -> None:
    """Tools are listed with schemas and hints, called, answer validly, and the same over both."""
    listed = {tool.name: tool for tool in talk.portal.call(talk.client.list_tools).tools}
    assert set(listed) == READING == {tool.name for tool in web.portal.call(web.client.list_tools).tools}
    for name, given in arguments(talk).items():
        tool = listed[name]
        assert tool.annotations is not None
        assert tool.annotations.read_only_hint
        assert tool.description
        assert all("description" in one for one in tool.input_schema["properties"].values())
        assert tool.output_schema is not None
        Draft202012Validator.check_schema(tool.output_schema)
        answer = talk.raw(name, **given)
        assert not answer.is_error, (name, answer.content)
        Draft202012Validator(tool.output_schema).validate(answer.structured_content)
        text = answer.content[0]
        assert text.type == "text"
        assert json.loads(text.text) == answer.structured_content
        assert web.call(name, **given) == answer.structured_content == talk.call(name, **given)


@pytest.mark.parametrize("transport", ["talk", "web"])
def test_every_resource_and_the_prompt_can_be_had(transport: str, request: pytest.FixtureRequest) -> None:
    """Templates are listed, each gives what its tool does, also under an id that bites; the prompt names its topic."""
    one: Talk = request.getfixturevalue(transport)
    templates = one.portal.call(one.client.list_resource_templates).resource_templates
    assert {template.uri_template for template in templates} == {
        "tallystick://document/{id}", "tallystick://claim/{id}", "tallystick://estimate/{id}",
    }  # fmt: skip
    given = arguments(one)

    def read(address: str) -> str:
        content = one.portal.call(lambda: one.client.read_resource(address)).contents[0]
        return str(getattr(content, "text", ""))

    claim, estimate = given["open_evidence"]["claim"], given["get_estimate"]["estimate"]
    assert json.loads(read(f"tallystick://claim/{claim}")) == one.call("open_evidence", claim=claim)
    assert json.loads(read(f"tallystick://estimate/{estimate}")) == one.call("get_estimate", estimate=estimate)
    assert "4,100 North Korean" in read("tallystick://document/" + quote("wire/2 <b>?%&#+", safe=""))
    assert "\u202e" not in read("tallystick://document/" + quote("\u202eturned", safe=""))
    assert [str(listed.uri) for listed in one.portal.call(one.client.list_resources).resources] == [
        "tallystick://dossier"
    ]
    dossier = json.loads(read("tallystick://dossier"))
    assert dossier["name"] == "dprk-russia"
    assert dossier["provisions"]
    for unknown in (
        "tallystick://claim/c-none",
        "tallystick://document/..%2F..%2Fetc",
        f"tallystick://estimate/{claim}",
    ):
        with pytest.raises(MCPError, match=r"holds no|is the id of a"):
            read(unknown)
    assert [prompt.name for prompt in one.portal.call(one.client.list_prompts).prompts] == ["sourced_brief"]
    asked = {"topic": "Sappers in Kursk\u202e", "as_of": "2025-07-01"}
    brief = one.portal.call(lambda: one.client.get_prompt("sourced_brief", asked)).messages[0].content
    assert brief.type == "text"
    assert "Sappers in Kursk" in brief.text
    assert "until='2025-07-01'" in brief.text
    assert "\u202e" not in brief.text


def test_the_client_is_told_that_reports_are_data(talk: Talk) -> None:
    """The server's instructions say that quotations are untrusted and that corroboration is not truth."""
    told = talk.client.instructions
    assert told is not None
    assert "untrusted" in told
    assert "reporting corroboration, not truth" in told


def test_reading_does_not_change_a_byte(talk: Talk, case: Path) -> None:
    """Between two calls, the case's database and its log are the same bytes; tools that write are not there."""

    def digests() -> list[str]:
        held = [case / "case.sqlite", case / "case.sqlite-wal"]
        return [sha256(file.read_bytes()).hexdigest() for file in held if file.exists()]

    talk.call("case_overview")
    before = digests()
    for name, given in arguments(talk).items():
        talk.call(name, **given)
    for name in ("add_report", "judge_claim", "judge_step"):
        assert "Unknown tool" in talk.refused(name, text="x", claim="c", verdict="accept", reason="r", seen=0)
    assert digests() == before


def test_the_access_is_in_the_custody_log(talk: Talk, case: Path) -> None:
    """Starting a server leaves one entry that names it."""
    talk.call("case_overview")
    with Case.open(case, read_only=True) as held:
        entries = [entry for entry in held.custody() if entry.subject == "mcp"]
    assert entries
    assert {entry.action for entry in entries} == {"access"}


def test_many_ask_at_once_and_get_the_same(web: Talk) -> None:
    """Forty calls from eight threads answer as one after another did."""
    given = arguments(web)
    names = [*given] * 4
    expected = {name: web.call(name, **given[name]) for name in given}
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda name: web.call(name, **given[name]), names))
    assert [expected[name] for name in names] == found


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_over_standard_streams(case: Path, tmp_path: Path, number: signal.Signals) -> None:
    """Also while it waits for a request that never comes; no log of SQLite is left beside the case."""
    folder = shutil.copytree(case, tmp_path / "case")
    command = [sys.executable, "-m", "tallystick", "mcp", "--case", str(folder)]
    version = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "x", "version": "1"}}
    asked = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": version}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        server.stdin.write(json.dumps(asked).encode() + b"\n")
        server.stdin.flush()
        assert json.loads(server.stdout.readline())["id"] == 1
        server.send_signal(number)
        try:
            assert server.wait(20) == 0
        finally:
            server.kill()
    assert [one.name for one in folder.iterdir() if one.name.startswith("case.sqlite-")] == []
