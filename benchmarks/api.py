"""How fast the API answers with a large case: every operation that reads, with every filter and every order.

Operations and their parameters are those of the description, so that a new one is measured without a word here; the
values are those of the case. Each is asked some times, and some pages of it are followed; one program asks, over the
real application without a network.
"""

import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_bytes
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote, urlencode

from litestar import Litestar
from litestar.testing import TestClient

from benchmarks.workbench_case import REPORTS, fill
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

__all__ = ["addresses", "main", "measure"]

# Times that each address is asked, and pages that are followed.
REPEATS, PAGES = 7, 10
DAY = len("2025-06-17")
# What a page of 50 has to stay under, in milliseconds.
LIMIT = 200.0
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


def measure(folder: Path) -> list[str]:
    """Give a line for each address: milliseconds (median, longest, median of the pages behind), kB, the address."""
    lines = []
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
                lines = [_line(client, path) for path in addresses(client)]
    finally:
        work.close()
        views.close()
    return lines


def _token(file: Accounts) -> str:
    """A token that reads."""
    now, secret = datetime.now(UTC), tokens.minted(token_bytes(tokens.BYTES))
    owner = people.by_name(file, "load") or people.add(file, "load", "reader", now)
    tokens.add(file, owner.number, secret, now, label="benchmark", scopes=[tokens.READ])
    return secret


def _line(client: TestClient[Litestar], path: str) -> str:
    times, size, further = [], 0, None
    for _ in range(REPEATS):
        start = time.perf_counter()
        answer = client.get(path)
        times.append((time.perf_counter() - start) * 1e3)
        size = len(answer.content)
    if answer.headers["content-type"] == JSON:
        further = answer.json().get("next")
    behind: list[float] = []
    while further and len(behind) < PAGES:
        start = time.perf_counter()
        page = client.get(further.removeprefix(PATH))
        behind.append((time.perf_counter() - start) * 1e3)
        further = page.json()["next"]
    later = f"{statistics.median(behind):6.0f}" if behind else "      "
    wrong = "  SLOW" if max(statistics.median(times), *behind, 0) > LIMIT else ""
    wrong += "" if answer.is_success else f"  {answer.status_code} FAILED"
    return f"{statistics.median(times):6.0f} {max(times):6.0f} {later} ms {size / 1e3:6.0f} kB  {path}{wrong}"


def main(arguments: Sequence[str] = ()) -> None:
    """Make the case and measure; arguments: a number of reports, or a folder with a case that is there already."""
    given = arguments[0] if arguments else str(REPORTS)
    print("api: median, longest, median of further pages, size", flush=True)
    if not given.isdigit():
        print("\n".join(measure(Path(given))))
        return
    with TemporaryDirectory() as folder:
        fill(Path(folder) / "case", int(given))
        print("\n".join(measure(Path(folder) / "case")))


if __name__ == "__main__":
    main(sys.argv[1:])
