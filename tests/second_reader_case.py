"""A small case with a report whose figure the rules miss, and models that read it in one way or another."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench_case import a_case
from model_server import Asked, Behavior, ModelServer, Sent, claims, completion, model_server, told
from tallystick.llm.endpoint import Endpoint, place_of
from tallystick.llm.proposing import Plan, Step, plan, propose
from tallystick.pipeline import run, subject_of
from tallystick.storage.case import Case

__all__ = ["DIARY", "FIGURE", "a_read_case", "honest", "planned", "read", "reader", "with_a_miss"]

DIARY = "diary-1"
# The rules of the dossier know no silhouettes.
REPORT = {
    "id": DIARY, "outlet": "River Diary", "published": "2025-07-04",
    "title": "<script>document.title='hit'</script> Night at the crossing",
    "text": "Villagers counted 350 silhouettes in uniform near Kursk on Monday, a nurse said.",
}  # fmt: skip
FIGURE = re.compile(r"\d[\d,]*\d")


def honest(asked: Asked, _turn: int) -> Sent:
    """Every figure of the report as it stands, each in its line, as soldiers."""
    return completion(claims(*(
        told(line, figure[0], int(figure[0].replace(",", "")))
        for line in asked.report.split("\n")
        for figure in FIGURE.finditer(line)
    )))  # fmt: skip


def with_a_miss(folder: Path) -> Path:
    """Make the case."""
    a_case(folder)
    more = folder.with_name(f"{folder.name}-more.jsonl")
    more.write_text(json.dumps(REPORT) + "\n", encoding="utf-8")
    run([more], folder)
    return folder


@contextmanager
def reader(*behaviors: Behavior) -> Iterator[tuple[ModelServer, Endpoint]]:
    """A model that behaves so, and the way to it, which waits for nothing."""
    with (
        model_server(*behaviors) as server,
        Endpoint(place_of(server.url, "quiet-7b", ""), sleep=lambda _seconds: None) as endpoint,
    ):
        yield server, endpoint


def planned(case: Case, model: str = "quiet-7b", limit: int | None = None) -> Plan:
    """What would be sent to it."""
    return plan(case, subject_of(case), "127.0.0.1:1", model, limit=limit)


def read(case: Case, *behaviors: Behavior, limit: int | None = None) -> list[Step]:
    """Have a model that behaves so read the case."""
    with reader(*behaviors) as (_, endpoint):
        return list(propose(case, subject_of(case), planned(case, limit=limit), endpoint))


def a_read_case(folder: Path) -> Path:
    """Make the case, and have an honest model read it."""
    with_a_miss(folder)
    with Case.open(folder) as case:
        read(case, honest)
    return folder
