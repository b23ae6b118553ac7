"""What operations share: a request comes in with what finds its records, an answer with its tag and next page goes out.

An answer is known by its tag: made of the last entry of the custody log, so that one that somebody holds already is
told from it without being made.
"""

import json
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from importlib.metadata import version
from typing import Any, TypeAlias
from urllib.parse import quote, unquote, urlencode

from litestar import Request, Response
from litestar.di import NamedDependency

from tallystick.exporting.kinds import as_fields
from tallystick.storage.views.paging import Asked, Leaf
from tallystick.storage.views.view import View
from tallystick.storage.views.whole import last_hash
from tallystick.workbench.api.cursors import Cursors
from tallystick.workbench.api.keys import Keys, Scope
from tallystick.workbench.api.moments import Moments
from tallystick.workbench.api.pace import Pace
from tallystick.workbench.api.parameters import USUAL, Parameter, take
from tallystick.workbench.bench import Bench

__all__ = [
    "ADDRESS", "BODY", "PROBLEMS", "QUERY", "SCOPE", "TAGGED", "VERSION", "Api", "Asker", "TheApi", "answered", "given",
    "listed", "name_of", "needs", "open_to_all", "plain", "reads", "sent", "tag_of",
]  # fmt: skip

Asker: TypeAlias = Request[Any, Any, Any]
# Options of an operation: the scope that it takes (None for nobody's), the parameters of its query, the problems that
# it may answer besides those that all may, whether its answer has a tag, and the schemas of its body by media type.
SCOPE, QUERY, PROBLEMS, TAGGED, BODY = "scope", "query", "problems", "tagged", "body"
# Where the mount keeps the address that was asked for.
ADDRESS = "api_address"
DIGITS = 32
ANY = "*"
VERSION = version("tallystick")
KEPT = {"Cache-Control": "private, no-cache", "Vary": "Authorization"}


@dataclass(frozen=True, slots=True)
class Api:
    """What operations share.

    Attributes:
        bench: The case, its readers, and the work behind.
        keys: Its tokens.
        pace: How fast each may ask.
        cursors: Where pages go on.
        moments: Its past days.
        now: Seconds of a clock that never goes back.
    """

    bench: Bench
    keys: Keys
    pace: Pace
    cursors: Cursors
    moments: Moments
    now: Callable[[], float] = field(default=time.monotonic)


TheApi: TypeAlias = NamedDependency[Api]


def needs(
    scope: Scope | None, *query: Parameter, problems: Iterable[int] = (), tagged: bool = False,
    body: Mapping[str, Mapping[str, Any]] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Give the options of an operation: its scope, its parameters, problems, tag, and schemas of its body."""
    return {SCOPE: scope, QUERY: query, PROBLEMS: tuple(problems), TAGGED: tagged, BODY: body}


def reads(*query: Parameter, problems: Iterable[int] = ()) -> dict[str, Any]:
    """Give the options of an operation that reads the case."""
    return needs(Scope.READ, *query, problems=(*problems, 503), tagged=True)


def open_to_all() -> dict[str, Any]:
    """Give the options of what says nothing of the case."""
    return needs(None)


def plain(part: str) -> str:
    """Give a part of an address as it was meant: an id may hold what parts an address."""
    return unquote(part)


def name_of(text: str) -> str:
    """Give an id as a part of an address."""
    return quote(text, safe="")


def answered(
    api: Api, request: Asker, find: Callable[[View, dict[str, str]], object], *, also: str = ""
) -> Response[Any]:  # fmt: skip
    """Answer with one thing, or with 304 where whoever asks holds it already.

    Args:
        api: What operations share.
        request: What is asked.
        find: Takes the case at a moment and the parameters, and gives the record.
        also: What else the answer follows from, besides the case.
    """
    return sent(api, request, lambda view, values: given(find(view, values)), also=also)


def sent(
    api: Api, request: Asker, make: Callable[[View, dict[str, str]], Response[Any]], *, also: str = ""
) -> Response[Any]:  # fmt: skip
    """Answer with what `make` makes, and its tag; else as `answered`."""
    values = take(request, request.route_handler.opt[QUERY])
    with api.bench.views.moment() as view:
        tag = tag_of(view, request, also)
        if _held(request, tag):
            return _same(tag)
        answer = make(view, values)
    if _held(request, ANY):
        return _same(tag)
    answer.headers.update({"ETag": tag, **KEPT})
    return answer


def listed(
    api: Api, request: Asker, find: Callable[[View, dict[str, str], Asked], tuple[Leaf, Sequence[object]]]
) -> Response[Any]:
    """Answer with a page, and where the next one is.

    Args:
        api: What operations share.
        request: What is asked.
        find: Takes the case at a moment, the parameters, and the page asked for; gives it with its records.
    """
    values = take(request, request.route_handler.opt[QUERY])
    most, cursor = int(values.pop("limit", USUAL)), values.pop("cursor", None)
    address = request.scope["state"][ADDRESS]
    after = None if cursor is None else api.cursors.read(cursor, address, values)
    with api.bench.views.moment() as view:
        tag = tag_of(view, request)
        if _held(request, tag):
            return _same(tag)
        leaf, records = find(view, dict(values), Asked(after, most))
    if _held(request, ANY):
        return _same(tag)
    further, headers = None, {"ETag": tag, **KEPT}
    if leaf.end is not None:
        asked = {**values, "limit": most, "cursor": api.cursors.made(leaf.end, address, values)}
        further = f"{address}?{urlencode(asked, errors='replace', quote_via=quote, safe='')}"
        headers["Link"] = f'<{further}>; rel="next"'
    return given({"records": tuple(records), "next": further}, headers)


def given(record: object, headers: Mapping[str, str] | None = None, status: int = 200) -> Response[Any]:
    """Give a record as JSON."""
    written = json.dumps(record, default=as_fields, ensure_ascii=False, separators=(",", ":"))
    # A lone surrogate has no bytes in UTF-8; JSON has an escape for it.
    content = written.encode("utf-8", "backslashreplace") + b"\n"
    return Response(content, status_code=status, media_type="application/json", headers=dict(headers or {}))


def tag_of(view: View, request: Asker, more: str = "") -> str:
    """Give the tag of an answer: of the state of the case, this version, and what is asked for."""
    query = request.scope["query_string"].decode("latin-1")
    asked = (last_hash(view), VERSION, str(request.scope["state"][ADDRESS]), query, more)
    digest = sha256("\n".join(asked).encode("utf-8", "replace")).hexdigest()
    return f'"{digest[:DIGITS]}"'


def _held(request: Asker, *tags: str) -> bool:
    """Whether whoever asks holds one of these already; "*" is any that there is, which is known once it is made."""
    told = request.headers.get("if-none-match", "").split(",")
    return not {one.strip().removeprefix("W/") for one in told}.isdisjoint(tags)


def _same(tag: str) -> Response[Any]:
    return Response(b"", status_code=304, headers={"ETag": tag, **KEPT}, media_type="application/json")
