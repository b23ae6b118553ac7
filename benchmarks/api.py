"""How fast the API answers with a large case: every operation that reads, with every filter and every order.

Operations and their parameters are those of the description, so that a new one is measured without a word here; the
values are those of the case. Each is asked some times, and some pages of it are followed; one program asks, over the
real application without a network.
"""

import statistics
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_bytes
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

from litestar import Litestar
from litestar.testing import TestClient

from benchmarks.measured import TENFOLD, Measured, say
from benchmarks.workbench_case import REPORTS, made
from benchmarks.workbench_load import Unread, Unseen
from tallystick.pipeline import subject_of
from tallystick.storage.accounts import people, tokens
from tallystick.storage.accounts.opening import Accounts
from tallystick.storage.case import Case
from tallystick.storage.views.view import Views
from tallystick.workbench.api import api
from tallystick.workbench.api.answering import QUERY
from tallystick.workbench.api.bodies import JSON
from tallystick.workbench.api.keys import PATH
from tallystick.workbench.bench import Bench
from tallystick.workbench.pages import Pages
from tallystick.workbench.work import Work

__all__ = ["Answered", "addresses", "measure", "measured"]

# Times that each address is asked, and pages that are followed.
REPEATS, PAGES = 7, 10
DAY = len("2025-06-17")
# What a page of 50 has to stay under, in milliseconds.
LIMIT = 200.0
OK = 200
# Of the slowest addresses so many are told while it runs.
SHOWN = 5
# Where values of a filter are found in records: its name, or another field, or one within.
FIELDS = {
    "claims": {"country": "origin", "origin": "traced_to", "from": "published", "to": "published"},
    "documents": {"from": "published", "to": "published"},
    "estimates": {"category": "population.category", "place": "population.place", "unit": "population.unit"},
    "hits": {"category": "population.category"},
}  # fmt: skip
# Values that no record of the same kind has: of ids those of other lists, of words some of the case.
OTHERS = {"claim": "claims", "document": "documents", "population": "estimates"}
WORDS = {"q": "Town", "since": "2026-01-01", "severity": "warning", "flag": "unattributed_figure", "as_of": None}


class Answered(NamedTuple):
    """How an address is answered.

    Attributes:
        path: The address.
        middle, longest: Milliseconds of its answers.
        behind: Median milliseconds of the pages behind its first one; 0 where there are none.
        size: Bytes.
        status: Of HTTP.
    """

    path: str
    middle: float
    longest: float
    behind: float
    size: int
    status: int


def addresses(client: TestClient[Litestar]) -> Iterator[str]:
    """Give every address that is asked: each operation, each of its parameters by itself, and single things."""
    first = {kind: _records(client, f"/{kind}?limit=1") for kind in ("documents", "claims", "origins", "estimates")}
    for handler in api.OPERATIONS:
        path = min(handler.paths)
        kind = path.split("/")[1]
        if "GET" not in handler.http_methods or kind == "jobs":
            continue
        if "{" in path:
            found = first.get(kind) or _records(client, f"/{kind}?limit=1")
            if found:
                name = str(found[0].get("id", found[0].get("number")))
                yield path.partition("{")[0] + quote(name, safe="") + path.partition("}")[2]
            continue
        required = {one.name: WORDS[one.name] or "" for one in handler.opt[QUERY] if one.required}
        yield path + ("?" + urlencode(required) if required else "")
        for one in handler.opt[QUERY]:
            held = _records(client, f"/{kind}?limit=1")
            for value in _values(one.name, one.schema.get("enum", ()), kind, held, first):
                yield f"{path}?{urlencode({**required, one.name: value})}"


def _values(
    name: str, enum: Sequence[str], kind: str, held: Sequence[dict[str, Any]], first: dict[str, list[dict[str, Any]]]
) -> Iterator[str]:
    """Values of a parameter: all that it can have, or one that the case has."""
    if name in OTHERS and first[OTHERS[name]]:
        yield str(first[OTHERS[name]][0]["id"])
    elif enum:
        yield from enum
    elif WORDS.get(name):
        yield str(WORDS[name])
    elif held and name not in ("limit", "cursor", "as_of"):
        value: Any = held[0]
        for part in FIELDS.get(kind, {}).get(name, name).split("."):
            value = value.get(part) if isinstance(value, dict) else None
        if value is not None:
            # Of a time of publication its day.
            yield str(value)[: DAY if name in ("from", "to") else None]


def _records(client: TestClient[Litestar], path: str) -> list[dict[str, Any]]:
    """The records of a list; none of what is no list of records."""
    answer = client.get(path)
    listed = answer.is_success and answer.headers["content-type"] == JSON
    found: list[dict[str, Any]] = answer.json().get("records", []) if listed else []
    return found


def measured(scratch: Path) -> Iterator[Measured]:
    """Give the slowest operation beside the limit of a page, and all of them together, with their growth."""
    small, large = (measure(made(scratch, count)) for count in (REPORTS // TENFOLD, REPORTS))
    for one in sorted(large, key=lambda one: one.middle, reverse=True)[:SHOWN]:
        say(f"{one.middle:6.0f} ms, longest {one.longest:6.0f} ms, {one.size / 1e3:6.0f} kB  {one.path}")
    smaller = {one.path.partition("?")[0]: one.middle for one in small}
    slowest = max(large, key=lambda one: one.middle)
    before = smaller.get(slowest.path.partition("?")[0])
    yield Measured(
        "api", f"slowest of {len(large)} addresses, {slowest.path.partition('?')[0]}, median", slowest.middle, "ms",
        growth=before and slowest.middle / before, beside="limit", theirs=LIMIT, wanted=1,
    )  # fmt: skip
    pages = max(one.behind for one in large)
    yield Measured("api", "slowest page behind a first one", pages, "ms", beside="limit", theirs=LIMIT, wanted=1)
    middle, earlier = (statistics.median(one.middle for one in every) for every in (large, small))
    yield Measured(
        "api", "median of all addresses", middle, "ms", growth=middle / earlier, beside="limit", theirs=LIMIT, wanted=1
    )  # fmt: skip
    if failed := [f"{one.status} {one.path}" for one in large if one.status != OK]:
        raise AssertionError(f"operations that fail: {', '.join(failed)}")


def measure(folder: Path) -> list[Answered]:
    """Give how each address is answered."""
    with Case.open(folder) as case:
        dossier = subject_of(case)
    work, views = Work(folder), Views(folder)
    try:
        with Accounts(folder) as file:
            bench = Bench(folder, dossier, views, Pages(), Unread(), work, Unseen())
            route = api.route(api.made(bench, file, rate=0))
            app = Litestar([route], openapi_config=None, logging_config=None)
            with TestClient(app, base_url=f"http://bench.local{PATH}") as client:
                client.headers["Authorization"] = f"Bearer {_token(file)}"
                return [_answered(client, path) for path in addresses(client)]
    finally:
        work.close()
        views.close()


def _token(file: Accounts) -> str:
    """A token that reads."""
    now, secret = datetime.now(UTC), tokens.minted(token_bytes(tokens.BYTES))
    owner = people.by_name(file, "load") or people.add(file, "load", "reader", now)
    tokens.add(file, owner.number, secret, now, label="benchmark", scopes=[tokens.READ])
    return secret


def _answered(client: TestClient[Litestar], path: str) -> Answered:
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        answer = client.get(path)
        times.append((time.perf_counter() - start) * 1e3)
    further = answer.json().get("next") if answer.headers["content-type"] == JSON else None
    behind: list[float] = []
    while further and len(behind) < PAGES:
        start = time.perf_counter()
        page = client.get(further.removeprefix(PATH))
        behind.append((time.perf_counter() - start) * 1e3)
        further = page.json()["next"]
    later = statistics.median(behind) if behind else 0.0
    return Answered(path, statistics.median(times), max(times), later, len(answer.content), answer.status_code)
