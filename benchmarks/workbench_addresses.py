"""What readers ask the workbench for: rooms and a case come in, every page with every filter goes out.

Pages are found among the routes of the rooms, so that a new one is measured without a word here. What a page is
filtered by stands here; the values are those of the case, common and rare ones.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias
from urllib.parse import quote, urlencode

from litestar.handlers import HTTPRouteHandler
from litestar.types import ControllerRouterHandler

from benchmarks.workbench_load import Ask
from tallystick.storage.opening import FILE

__all__ = ["addresses", "left_out"]

Rooms: TypeAlias = Iterable[Sequence[ControllerRouterHandler]]

# Pages of single things that are asked for, and values of each filter.
THINGS = 12
VALUES = 3
# What stands behind a room in the address of a page of one thing, and where its ids are.
IDS = {"documents": "documents", "claims": "claims", "origins": "origins", "populations": "estimates",
       "review": "claims", "flags": "flags"}  # fmt: skip
# Pages whose things are named in the query, and queries of addresses.
ASKED: Mapping[str, str] = {
    "/documents/one": "SELECT 'id=' || id FROM documents",
    "/documents/claim": "SELECT 'claim=' || id FROM claims",
    "/documents/custody": "SELECT 'id=' || id FROM documents",
    "/documents/original": "SELECT 'id=' || id FROM documents",
    "/origins/step": "SELECT 'later=' || later || '&earlier=' || earlier FROM edges",
    "/origins/step/new": "SELECT 'q=Town&later=' || later FROM edges",
    "/review/add": "SELECT 'start=0&end=40&document=' || id FROM documents",
    "/review/moved": "SELECT 'did=' || number FROM reviews",
    "/origins/moved": "SELECT 'after=' || (number / 2) FROM custody WHERE number < 100",
}
# Of each room what it is filtered by: name in the address, and a query for values, the common ones more than once.
OUTLET, CATEGORY = "SELECT outlet FROM documents", "SELECT category FROM listing"
CODES, ESTIMATE = "SELECT code FROM flags", "SELECT id FROM estimates"
SPEAKER = "SELECT speaker FROM listing WHERE speaker IS NOT NULL"
DAY, LANGUAGE = "SELECT substr(published, 1, 10) FROM documents", "SELECT language FROM documents"
FILTERS: Mapping[str, Mapping[str, str]] = {
    "/": {"category": CATEGORY, "status": "SELECT status FROM listing", "since": DAY,
          "text": "SELECT substr(place, 1, 6) FROM listing"},
    "/changes": {"kind": "SELECT kind FROM changes"},
    "/claims": {
        "category": CATEGORY, "status": "SELECT status FROM listing", "speaker": SPEAKER, "outlet": OUTLET,
        "place": "SELECT place FROM listing", "origin": "SELECT lineage FROM listing",
        "country": "SELECT country FROM listing", "language": LANGUAGE, "from": DAY, "to": DAY, "flag": CODES,
        "review": "SELECT 'reviewed' UNION SELECT 'unreviewed' UNION SELECT 'rejected'", "population": ESTIMATE,
        "severity": "SELECT severity FROM flags", "q": "SELECT substr(quote, 1, 12) FROM claims",
    },
    "/documents": {"q": "SELECT substr(title, 1, 12) FROM documents", "outlet": OUTLET, "language": LANGUAGE},
    "/origins": {"speaker": SPEAKER, "text": "SELECT substr(quote, 1, 12) FROM claims", "estimate": ESTIMATE},
    "/timeline": {"category": CATEGORY, "speaker": SPEAKER, "population": ESTIMATE, "day": DAY},
    "/map": {"box": "SELECT '10,40,40,60'"},
    "/review": {"kind": CATEGORY, "population": ESTIMATE, "flagged": "SELECT 1", "blind": "SELECT 1",
                "round": "SELECT 'first' UNION SELECT 'second'"},
    "/review/history": {"by": "SELECT 'load'"},
    "/flags": {"code": CODES, "severity": "SELECT severity FROM flags", "category": CATEGORY,
               "standing": "SELECT standing FROM listing", "population": ESTIMATE},
    "/provisions": {"pack": "SELECT pack FROM hits", "provision": "SELECT provision FROM hits",
                    "tier": "SELECT tier FROM hits", "category": "SELECT category FROM hits", "population": ESTIMATE},
    "/sources": {"letter": "SELECT 'F' UNION SELECT 'B'", "q": OUTLET},
}  # fmt: skip
# What else there is in addresses: how rows are ordered, and pages far behind.
MORE: Mapping[str, tuple[str, ...]] = {
    "/": ("page=2", "page=50"),
    "/claims": (
        "sort=value-down", "sort=value-up", "sort=published-up", "sort=doubt-down", "sort=sway-down",
        "sort=speaker-up", "page=2", "page=1000",
    ),
    "/documents": ("page=2", "page=300", "sort=outlet", "sort=day&order=up"),
    "/origins": ("page=2", "page=500"),
    "/flags": ("page=2", "page=200"),
    "/provisions": ("page=2", "page=200"),
    "/sources": ("sort=claims", "sort=name", "sort=letter", "page=2", "show=speakers", "show=speakers&page=20"),
}  # fmt: skip
# What is no page: files of a whole case, what is asked for before one is in, a picture of no case.
NO_PAGES = ("/api", "/static", "/sign-in", "/sign-out", "/claims.", "/first", "/origins/graph.css")


def addresses(rooms: Rooms, folder: Path) -> list[Ask]:
    """Give every page of some rooms on this case, every filter of it by itself, and pages of single things."""
    found: list[Ask] = []
    with sqlite3.connect(f"{(folder / FILE).resolve().as_uri()}?mode=ro", uri=True) as db:
        for path in _pages(rooms):
            if path in ASKED:
                found.extend(_asked(db, path))
            elif "{" not in path:
                found.append(Ask(path, path))
                found.extend(_filtered(db, path))
            elif _table(path) is not None:
                found.extend(_things(db, path))
    return found


def left_out(rooms: Rooms) -> list[str]:
    """Give the pages that are not measured, since nothing here says what stands in their address."""
    return [path for path in _pages(rooms) if "{" in path and _table(path) is None]


def _pages(rooms: Rooms) -> list[str]:
    """The path of every route that gives a page, in order."""
    gets = {
        path
        for room in rooms
        for route in room
        if isinstance(route, HTTPRouteHandler) and "GET" in route.http_methods
        for path in route.paths
    }
    return sorted(path for path in gets if not path.startswith(NO_PAGES))


def _table(path: str) -> str | None:
    """The table of the things of an address "/room/{thing}"."""
    room, _, rest = path.strip("/").partition("/")
    return IDS.get(room) if rest.startswith("{") and rest.count("{") == 1 else None


def _things(db: sqlite3.Connection, path: str) -> Iterator[Ask]:
    before, _, rest = path.partition("{")
    after = rest.partition("}")[2]
    for name in _spread(db, f"SELECT id FROM {_table(path)} ORDER BY position", THINGS):  # noqa: S608 - our own names
        yield Ask(path, f"{before}{quote(name, safe='')}{after}")


def _asked(db: sqlite3.Connection, path: str) -> Iterator[Ask]:
    for asked in _spread(db, ASKED[path], THINGS):
        yield Ask(f"{path}?", f"{path}?{asked}")


def _filtered(db: sqlite3.Connection, path: str) -> Iterator[Ask]:
    for name, query in FILTERS.get(path, {}).items():
        for value in _spread(db, query, VALUES):
            yield Ask(f"{path}?{name}=", f"{path}?{urlencode({name: value})}")
    for more in MORE.get(path, ()):
        yield Ask(f"{path}?{more}", f"{path}?{more}")


def _spread(db: sqlite3.Connection, query: str, most: int) -> list[str]:
    """The most common value, the rarest, and some between; of ids some of all of them."""
    seen: Counter[str] = Counter(row[0] for row in db.execute(query) if row[0] is not None)
    values = [value for value, _ in seen.most_common()]
    if len(values) <= most:
        return values
    return [values[turn * (len(values) - 1) // (most - 1)] for turn in range(most)]
