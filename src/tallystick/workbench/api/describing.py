"""The description of the API (OpenAPI 3.1): its operations come in, the document goes out; and a page of it for people.

What Litestar tells of paths and records is completed by what operations say of themselves: parameters, scope, problems
and headers. Nothing is described twice, so that nothing can be described wrongly.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from litestar import Litestar, Router
from litestar.di import Provide
from litestar.handlers import HTTPRouteHandler
from litestar.openapi.config import OpenAPIConfig
from litestar.types import ControllerRouterHandler

from tallystick.workbench.api.answering import BODY, PROBLEMS, QUERY, SCOPE, TAGGED, VERSION
from tallystick.workbench.api.keys import PATH, Scope
from tallystick.workbench.api.parameters import Parameter
from tallystick.workbench.api.problems import MEDIA_TYPE, TYPES, Problem

__all__ = ["SCOPES", "Operation", "described", "operations"]

TITLE = "Tallystick"
TOLD = (
    "The ledger of a case: every number in its reports, who said it, who repeats it, and what is best believed. Every"
    " record resolves to a span of a preserved report, in code points."
)
# What a path part stands for.
PARTS = {
    "name": "The id; what parts an address in it is percent-encoded.", "number": "The number.",
}  # fmt: skip
SCOPES: Mapping[Scope, str] = {
    Scope.READ: "Read the case.", Scope.INGEST: "Add reports.", Scope.REVIEW: "Decide about claims and steps.",
}  # fmt: skip
# What every operation that takes a token may answer.
ALWAYS = (401, 403, 429, 500)
TEXT = {"type": "string"}
LIMITS = {
    "RateLimit": {"description": "What is left: `r` requests now, all again in `t` seconds.", "schema": TEXT},
    "RateLimit-Policy": {"description": "Requests (`q`) in a window of `w` seconds.", "schema": TEXT},
}
ETAG = {"ETag": {"description": "Names this answer: the same tag, the same bytes.", "schema": TEXT, "required": True}}
LINK = {"Link": {"description": 'The next page, with `rel="next"`; none on the last.', "schema": TEXT}}
WHERE = {"Location": {"description": "Where it is found from now on.", "schema": TEXT, "required": True}}
WAIT = {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "string", "pattern": "^[0-9]+$"}}}
CHALLENGE = {"WWW-Authenticate": {"description": "Which token is asked for.", "schema": TEXT, "required": True}}
MORE: Mapping[int, Mapping[str, Any]] = {401: CHALLENGE, 429: WAIT, 503: WAIT}
HELD = {
    "name": "If-None-Match", "in": "header", "required": False, "schema": {"type": "string"},
    "description": "Tag of an answer that is held already; where it is still the same, 304 comes without it.",
}  # fmt: skip


class Operation(NamedTuple):
    """An operation for a reader: method, address, what it does, its scope, its parameters, and what it answers."""

    method: str
    path: str
    told: str
    scope: str
    parameters: Sequence[Parameter]
    statuses: Sequence[str]


def described(routes: Iterable[ControllerRouterHandler]) -> dict[str, Any]:
    """Give the document that describes these operations."""
    config = OpenAPIConfig(title=TITLE, version=VERSION, description=TOLD, use_handler_docstrings=True)
    app = _bare(routes, config)
    made: dict[str, Any] = _unions(app.openapi_schema.to_schema())
    found: dict[str, Any] = {
        "openapi": "3.1.0", "info": made["info"], "servers": [{"url": PATH}], "paths": {},
        "components": {
            "schemas": dict(sorted(made["components"]["schemas"].items())),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer", "description": "A token: tally_..."}},
        },
    }  # fmt: skip
    found["components"]["schemas"] |= _problem_schemas()
    handlers = {(path, method): one for path, method, one in _handlers(app)}
    for path, methods in sorted(made["paths"].items()):
        held = {method: _completed(operation, handlers[path, method.upper()]) for method, operation in methods.items()}
        found["paths"][path] = held
    return found


def operations(document: Mapping[str, Any], routes: Iterable[ControllerRouterHandler]) -> tuple[Operation, ...]:
    """Give the operations of a description in order, for the page of it."""
    app = _bare(routes, None)
    return tuple(
        Operation(method, PATH + path, told["summary"], str(one.opt[SCOPE] or ""), one.opt[QUERY],
                  sorted(told["responses"]))
        for path, method, one in sorted(_handlers(app), key=lambda found: (found[0], found[1]))
        for told in (document["paths"][path][method.lower()],)
    )  # fmt: skip


def _bare(routes: Iterable[ControllerRouterHandler], config: OpenAPIConfig | None) -> Litestar:
    """An application of these operations that answers nothing."""
    nothing = {name: Provide(lambda: None, sync_to_thread=False) for name in ("api", "token")}
    router = Router("/", route_handlers=[*routes])
    return Litestar([router], dependencies=nothing, openapi_config=config, logging_config=None)


def _handlers(app: Litestar) -> Iterable[tuple[str, str, HTTPRouteHandler]]:
    """The operations of an application: path as it is described, method, and what answers."""
    for route in app.routes:
        for one in getattr(route, "route_handlers", ()):
            if isinstance(one, HTTPRouteHandler) and SCOPE in one.opt and one.include_in_schema is not False:
                yield from ((route.path_format, str(method), one) for method in one.http_methods)


def _completed(operation: Mapping[str, Any], handler: HTTPRouteHandler) -> dict[str, Any]:
    """An operation as Litestar tells it, with what it says of itself."""
    function = _function(handler)
    scope, taken = handler.opt[SCOPE], handler.opt[BODY]
    parts = [
        {**one, "description": PARTS[one["name"]], "schema": {"type": "string", "minLength": 1}}
        for one in operation.get("parameters", ())
        if one["in"] == "path"
    ]
    made = {
        "summary": " ".join((function.__doc__ or "").partition("\n\n")[0].split()),
        "operationId": _id(function.__name__, handler), "tags": [function.__module__.rpartition(".")[2]],
        "parameters": [*parts, *map(_parameter, handler.opt[QUERY]), *([HELD] if handler.opt[TAGGED] else [])],
        "responses": _answers(operation["responses"], handler),
        "security": [{"token": [str(scope)]}] if scope else [],
    }  # fmt: skip
    if taken:
        content = {media: {"schema": schema} for media, schema in taken.items()}
        made["requestBody"] = {"required": True, "content": content}
    return made


def _function(handler: HTTPRouteHandler) -> Any:
    """What was written for an operation; Litestar wraps what runs in a thread of its own."""
    found: Any = handler.fn
    while hasattr(found, "func"):
        found = found.func
    return found


def _answers(told: Mapping[str, Any], handler: HTTPRouteHandler) -> dict[str, Any]:
    """What an operation may answer."""
    query, tagged = handler.opt[QUERY], handler.opt[TAGGED]
    headers = {**(ETAG if tagged else {}), **LIMITS, **(WHERE if handler.opt[BODY] else {})}
    if any(one.name == "cursor" for one in query):
        headers |= LINK
    answers = {
        status: {**answer, "headers": {**answer.get("headers", {}), **headers}}
        for status, answer in told.items()
        if status.startswith("2")
    }
    if tagged:
        answers["304"] = {"description": "It is still the one that `If-None-Match` names.", "headers": headers}
    faulty = (400,) if query or tagged else ()
    for status in sorted({*(ALWAYS if handler.opt[SCOPE] else ()), *faulty, *handler.opt[PROBLEMS]}):
        answers[str(status)] = _problem(status)
    return answers


def _id(name: str, handler: HTTPRouteHandler) -> str:
    """The id of an operation: "list_claims", "get_claim", "post_review"."""
    listing = name.removeprefix("all_")
    return f"list_{listing}" if listing != name else f"{min(handler.http_methods).lower()}_{name}"


def _parameter(one: Parameter) -> dict[str, Any]:
    schema = {name: value for name, value in one.schema.items() if not name.startswith("x-")}
    return {
        "name": one.name, "in": "query", "description": one.told, "required": one.required, "schema": schema,
    }  # fmt: skip


def _problem(status: int) -> dict[str, Any]:
    headers: dict[str, Any] = {**LIMITS, **MORE.get(status, {})}
    content = {MEDIA_TYPE: {"schema": {"$ref": f"#/components/schemas/{Problem.__name__}"}}}
    return {"description": f"{TYPES[status].title}. {TYPES[status].told}", "headers": headers, "content": content}


def _problem_schemas() -> dict[str, Any]:
    fault = dict.fromkeys(("parameter", "place", "reason"), TEXT)
    return {
        "Fault": {"type": "object", "properties": fault, "required": list(fault)},
        "Problem": {
            "type": "object",
            "properties": {
                "type": TEXT, "title": TEXT, "status": {"type": "integer"}, "detail": TEXT, "instance": TEXT,
                "errors": {"type": "array", "items": {"$ref": "#/components/schemas/Fault"}},
            },
            "required": ["type", "title", "status", "detail", "instance", "errors"],
        },
    }  # fmt: skip


def _unions(told: Any) -> Any:
    """A description in which a value may fit several kinds: a whole number is a number too."""
    if isinstance(told, Mapping):
        return {"anyOf" if name == "oneOf" else name: _unions(value) for name, value in told.items()}
    return [_unions(one) for one in told] if isinstance(told, list) else told
