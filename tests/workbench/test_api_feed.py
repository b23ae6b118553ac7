"""The Atom feed of the API: readers of feeds take it, with a token or with its password, and nobody else."""

import base64
from collections.abc import Iterator
from pathlib import Path

import feedparser
import pytest

from gates import API, Gate, Program, a_gate
from tallystick.pipeline import run
from tallystick.sample import reports
from tallystick.storage.views import changes
from tallystick.workbench.api.keys import Scope

FEED = "/changes.atom"


@pytest.fixture(scope="module")
def gate(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gate]:
    """A workbench on a case to which reports came later."""
    folder: Path = tmp_path_factory.mktemp("feed") / "case"
    with reports() as sample:
        run([sample / "wire.jsonl"], folder, "dprk-russia")
        run([sample], folder)
    with a_gate(folder) as made:
        yield made


def test_it_has_the_latest_changes_first(gate: Gate) -> None:
    """Every change of the case up to the limit, with ids that stay and links into the workbench."""
    answer = Program(gate, gate.token(Scope.READ)).ask(FEED)
    assert answer.headers["content-type"].startswith("application/atom+xml")
    found = feedparser.parse(answer.content)
    assert not found.bozo
    with gate.bench.views.moment() as view:
        held = changes.after(view, 0, 10_000)
    assert [entry.title.partition(": ")[2] for entry in found.entries][:1] != []
    assert len(found.entries) == min(len(held), 100)
    assert len({entry.id for entry in found.entries}) == len(found.entries)
    assert all(entry.link.startswith("http") for entry in found.entries)


def test_it_can_be_narrowed_and_is_known_again(gate: Gate) -> None:
    """One kind alone; nothing since a day in the future; 304 for who holds it."""
    program = Program(gate, gate.token(Scope.READ))
    kinds = {entry.tags[0].term for entry in feedparser.parse(program.ask(f"{FEED}?kind=flags").content).entries}
    assert kinds <= {"flag", "flag_gone"}
    assert feedparser.parse(program.ask(f"{FEED}?since=2099-01-01").content).entries == []
    assert program.ask(f"{FEED}?kind=rumors").status_code == 400
    tag = program.ask(FEED).headers["etag"]
    assert program.ask(FEED, headers={"If-None-Match": tag}).status_code == 304


def test_readers_of_feeds_send_the_token_as_a_password(gate: Gate) -> None:
    """With any name; a wrong one is refused, and nothing can be changed so."""
    token, client = gate.token(Scope.READ, Scope.REVIEW), gate.client()
    for secret, status in ((token, 200), ("wrong", 401), ("", 401)):
        sent = base64.b64encode(f"reader:{secret}".encode()).decode()
        assert client.request("GET", f"{API}{FEED}", headers={"Authorization": f"Basic {sent}"}).status_code == status
    assert client.request("GET", f"{API}{FEED}", headers={"Authorization": "Basic !!"}).status_code == 401
    sent = base64.b64encode(f"reader:{token}".encode()).decode()
    asked = client.request("POST", f"{API}/judgements", headers={"Authorization": f"Basic {sent}"}, json={})
    assert asked.status_code == 401
    assert client.request("GET", f"{API}/claims", headers={"Authorization": f"Basic {sent}"}).status_code == 401
