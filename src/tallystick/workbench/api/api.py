"""The application of the API: what it answers with comes in, a route of the workbench goes out.

It is an application of its own behind the workbench's, with other doors (tokens, no cookies), other errors (problems),
and no forms: nothing of the one has to be thought of in the other.
"""

import json
from collections.abc import Sequence
from secrets import token_hex
from typing import Any

from litestar import Litestar, Request, Response, Router, get
from litestar.di import Provide
from litestar.handlers import ASGIRouteHandler, HTTPRouteHandler
from litestar.types import ControllerRouterHandler

from tallystick.storage.accounts.opening import Accounts
from tallystick.storage.accounts.secrets import secret
from tallystick.workbench.access.sessions import Clock, now
from tallystick.workbench.api import adding, deciding, decisions, derivations, feed, figures, reports
from tallystick.workbench.api.answering import ADDRESS, SCOPE, Api, open_to_all
from tallystick.workbench.api.cursors import Cursors
from tallystick.workbench.api.describing import SCOPES, described, operations
from tallystick.workbench.api.entering import TOKEN, guard, mounted, with_headers
from tallystick.workbench.api.keys import Keys, Token
from tallystick.workbench.api.moments import Moments
from tallystick.workbench.api.pace import PER_MINUTE, Pace
from tallystick.workbench.api.problems import TYPES, answer_to
from tallystick.workbench.bench import Bench

__all__ = ["MOST_BYTES", "OPERATIONS", "application", "made", "route"]

# A body of JSON: a pasted report is the largest; files come another way, with limits of their own.
MOST_BYTES = 8 * 1024 * 1024
OPERATIONS: tuple[HTTPRouteHandler, ...] = (
    *reports.ROUTES, *figures.ROUTES, *derivations.ROUTES, *decisions.ROUTES, *feed.ROUTES, *adding.ROUTES,
    *deciding.ROUTES,
)  # fmt: skip


def made(bench: Bench, file: Accounts, *, clock: Clock = now, rate: int = PER_MINUTE) -> Api:
    """Give what operations share.

    Args:
        bench: The case and the work behind.
        file: Where its tokens are.
        clock: What time it is.
        rate: Requests a minute that one token may make; 0 for any number.
    """
    cursors = Cursors(secret(file, "cursors", lambda: token_hex(32)))
    return Api(bench, Keys(file, clock), Pace(rate), cursors, Moments(bench))


def route(api: Api, *, secure: bool = False) -> ASGIRouteHandler:
    """Give what answers under /api/v1, as a route of the workbench."""
    return mounted(application(api, secure=secure))


def application(api: Api, *, secure: bool = False) -> Litestar:
    """Give the application.

    Args:
        api: What operations share.
        secure: Whether programs come over TLS.

    Raises:
        ValueError: Where an operation does not say which scope it takes.
    """

    def _token(request: Request[Any, Any, Any]) -> Token:
        found: Token = request.scope["state"][TOKEN]
        return found

    def _problem(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
        return answer_to(request, error, str(request.scope["state"].get(ADDRESS, request.url.path)))

    app = Litestar(
        # In a router: an application that gets two methods of one address by themselves wraps the first one twice.
        route_handlers=[Router("/", route_handlers=[*OPERATIONS, *_pages(api.bench)])],
        dependencies={
            "api": Provide(lambda: api, sync_to_thread=False), "token": Provide(_token, sync_to_thread=False),
        },
        guards=[guard(api)],
        exception_handlers={Exception: _problem},
        before_send=[with_headers(secure=secure)],
        request_max_body_size=MOST_BYTES,
        openapi_config=None,
        logging_config=None,
    )  # fmt: skip
    _require_scopes(app)
    return app


def _require_scopes(app: Litestar) -> None:
    """Raise where an operation does not say which scope it takes."""
    for one in app.routes:
        for handler in getattr(one, "route_handlers", ()):
            asked = isinstance(handler, HTTPRouteHandler) and "OPTIONS" not in handler.http_methods
            if asked and SCOPE not in handler.opt:
                raise ValueError(f"operation {one.path} does not say which scope it takes")


def _pages(bench: Bench) -> Sequence[ControllerRouterHandler]:
    """The description, and the page of it: they say nothing of the case, and are open to all."""
    document = described(OPERATIONS)
    written = json.dumps(document, ensure_ascii=False).encode()
    shown = bench.pages.draw(
        "api/docs.html", visitor=None, path="/api/v1/docs", menu=[], csrf="", told=document["info"]["description"],
        operations=operations(document, OPERATIONS), scopes=SCOPES.items(), problems=TYPES.items(),
    ).encode()  # fmt: skip

    @get("/openapi.json", opt=open_to_all(), include_in_schema=False, sync_to_thread=False)
    def description() -> Response[bytes]:
        """The description."""
        return Response(written, media_type="application/json", headers={"Cache-Control": "no-cache"})

    @get(["/", "/docs"], opt=open_to_all(), include_in_schema=False, sync_to_thread=False)
    def docs() -> Response[bytes]:
        """The page of it."""
        return Response(shown, media_type="text/html", headers={"Cache-Control": "no-cache"})

    return (description, docs)
