"""What readers ask the workbench for: a case and an application come in, every page with every filter goes out.

Pages are found among the routes of the application, so that a new one is measured without a word here. What a page is
filtered by stands here; the values are those of the case, common and rare ones.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import quote, urlencode

from litestar import Litestar
from litestar.handlers import HTTPRouteHandler

from benchmarks.workbench_load import Ask
from tallystick.storage.opening import FILE
from tallystick.workbench.access.visitors import ROLE

__all__ = ["addresses", "left_out"]

# Pages of single things that are asked for, and values of each filter.
THINGS = 40
VALUES = 3
# What stands behind a room in the address of a page of one thing, and where its ids are.
IDS = {"documents": "documents", "claims": "claims", "origins": "origins", "populations": "estimates"}
# Of each room the columns that it is filtered by: name in the address, and a query for values.
CODES, SEVERITIES = "SELECT DISTINCT code FROM flags", "SELECT DISTINCT severity FROM flags"
FILTERS: Mapping[str, Mapping[str, str]] = {
    "/claims": {
        "category": "SELECT category FROM listing", "status": "SELECT status FROM listing",
        "speaker": "SELECT speaker FROM listing WHERE speaker IS NOT NULL", "outlet": "SELECT outlet FROM listing",
        "place": "SELECT place FROM listing", "origin": "SELECT lineage FROM listing",
        "country": "SELECT country FROM listing", "language": "SELECT language FROM listing",
        "standing": "SELECT standing FROM listing", "flag": CODES, "population": "SELECT id FROM estimates",
        "q": "SELECT substr(quote, 1, 12) FROM claims", "since": "SELECT substr(published, 1, 10) FROM listing",
        "until": "SELECT substr(published, 1, 10) FROM listing",
    },
    "/documents": {"q": "SELECT substr(title, 1, 12) FROM documents", "outlet": "SELECT outlet FROM documents"},
    "/flags": {"code": CODES, "severity": SEVERITIES, "category": "SELECT category FROM listing",
               "standing": "SELECT standing FROM listing", "population": "SELECT id FROM estimates"},
    "/provisions": {"pack": "SELECT pack FROM hits", "provision": "SELECT provision FROM hits",
                    "tier": "SELECT DISTINCT tier FROM hits", "population": "SELECT id FROM estimates"},
    "/sources": {"letter": "SELECT 'F' UNION SELECT 'B'", "q": "SELECT outlet FROM documents"},
}  # fmt: skip
# Words of no filter: how rows are ordered, and pages far behind.
MORE: Mapping[str, tuple[str, ...]] = {
    "/claims": ("sort=value", "sort=-value", "sort=published", "sort=-published", "sort=doubt", "page=2", "page=1000"),
    "/documents": ("page=2", "page=300"),
    "/flags": ("page=2", "page=20"),
    "/provisions": ("page=2",),
    "/sources": ("sort=claims", "sort=name", "sort=letter", "page=2", "kind=speakers", "kind=speakers&page=3"),
}
# What is no page: it goes on for as long as it is asked, or is the case as a whole.
NO_PAGES = ("/api", "/static", "/sign-in", "/sign-out")


def addresses(app: Litestar, folder: Path) -> list[Ask]:
    """Give every page of the application on this case, every filter of it by itself, and pages of single things."""
    found: list[Ask] = []
    with sqlite3.connect(f"{(folder / FILE).resolve().as_uri()}?mode=ro", uri=True) as db:
        for path, named in _pages(app):
            if not named:
                found.append(Ask(path, path))
                found.extend(_filtered(db, path))
            elif _table(path) is not None:
                found.extend(_things(db, path))
    return found


def left_out(app: Litestar) -> list[str]:
    """Give the pages that are not measured, since nothing here says what stands in their address."""
    return [path for path, named in _pages(app) if named and _table(path) is None]


def _pages(app: Litestar) -> Iterator[tuple[str, bool]]:
    """Every route that gives a page, in order, and whether its address names a thing."""
    held: dict[str, bool] = {}
    for route in app.routes:
        for one in getattr(route, "route_handlers", ()):
            if isinstance(one, HTTPRouteHandler) and "GET" in one.http_methods and ROLE in one.opt:
                held[str(route.path)] = "{" in route.path
    yield from sorted((path, named) for path, named in held.items() if not path.startswith(NO_PAGES))


def _table(path: str) -> str | None:
    """The table of the things of an address "/room/{thing}"."""
    room, _, rest = path.strip("/").partition("/")
    return IDS.get(room) if rest.startswith("{") and rest.count("{") == 1 else None


def _things(db: sqlite3.Connection, path: str) -> Iterator[Ask]:
    before, _, rest = path.partition("{")
    after = rest.partition("}")[2]
    for name in _spread(db, f"SELECT id FROM {_table(path)} ORDER BY position", THINGS):  # noqa: S608 - our own names
        yield Ask(path, f"{before}{quote(name, safe='')}{after}")


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
