"""The application: the bench and who is admitted come in, a Litestar application that refuses what is not allowed out.

Every route says which role it takes, or that it takes none; every answer carries the headers that keep hostile reports
inert.
"""

import logging
from collections.abc import Iterable, Sequence
from importlib.resources import files
from secrets import token_hex
from typing import Any

from litestar import Litestar, MediaType, Request, Response, get
from litestar.config.csrf import CSRFConfig
from litestar.connection import ASGIConnection
from litestar.datastructures import CacheControlHeader, State
from litestar.di import Provide
from litestar.exceptions import HTTPException, NotAuthorizedException, PermissionDeniedException
from litestar.handlers import BaseRouteHandler, HTTPRouteHandler
from litestar.response import Redirect
from litestar.static_files import create_static_files_router
from litestar.types import ControllerRouterHandler

from tallystick.errors import (
    CaseError,
    CaseReadOnlyError,
    ReviewConflictError,
    TallystickError,
    UnknownDocumentError,
    UnknownEstimateError,
    UnknownNameError,
)
from tallystick.workbench.access.visitors import PUBLIC, ROLE, Admission, Role, Visitor
from tallystick.workbench.bench import Bench, TheBench
from tallystick.workbench.pages import is_part

__all__ = ["HEADERS", "create_app"]

log = logging.getLogger(__name__)

# Nothing runs or loads but what the workbench itself serves; no page is shown inside another.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self';"
    " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
    "Cache-Control": "no-store",
}
# Seconds for which a browser keeps scripts and styles; they change only with the version.
KEPT = 3600
# What each of our errors is to a browser, the first that fits; any other of ours is a bad request.
STATUSES: tuple[tuple[type[TallystickError], int], ...] = (
    (UnknownDocumentError, 404),
    (UnknownEstimateError, 404),
    (UnknownNameError, 404),
    (ReviewConflictError, 409),
    (CaseReadOnlyError, 503),
)
# A form: the largest is a pasted report. It is taken in before it is known whose it is; files of reports come another
# way, with limits of their own.
MOST_BYTES = 8 * 1024 * 1024


@get("/api/health", opt=PUBLIC, media_type=MediaType.JSON, sync_to_thread=True)
def health(bench: TheBench) -> dict[str, str]:
    """Say whether the case can be read; nothing about what is in it."""
    with bench.views.moment() as view:
        return {"status": "ok", "derived": "behind" if view.behind else "up to date"}


@get("/api/isalive", opt=PUBLIC, media_type=MediaType.JSON, sync_to_thread=False)
def isalive() -> dict[str, str]:
    """Say that the server answers, whatever is with the case."""
    return {"status": "ok"}


def create_app(
    bench: Bench, admission: Admission, rooms: Iterable[Sequence[ControllerRouterHandler]], *, secure: bool = False,
    secret: str | None = None,
) -> Litestar:  # fmt: skip
    """Give the application.

    Args:
        bench: What the pages share.
        admission: Who a request comes from.
        rooms: The routes of each room.
        secure: Whether cookies go over TLS only.
        secret: What CSRF tokens are signed with; None takes one that lasts as long as the application.

    Raises:
        ValueError: Where a route does not say who may use it.
    """

    def _visitor(request: Request[Any, Any, Any]) -> Visitor | None:
        found: Visitor | None = request.scope["state"].get("visitor")
        return found

    def _guard(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
        visitor = admission.visitor(Request(connection.scope, connection.receive))
        connection.scope["state"]["visitor"] = visitor
        needed: Role | None = handler.opt[ROLE]
        if needed is None:
            return
        if visitor is None:
            raise NotAuthorizedException("sign in first")
        if not visitor.role.covers(needed):
            raise PermissionDeniedException(f"this takes the role {needed}; yours is {visitor.role}")

    app = Litestar(
        route_handlers=[health, isalive, _static(), *(route for room in rooms for route in room)],
        dependencies={
            "bench": Provide(lambda: bench, sync_to_thread=False),
            "visitor": Provide(_visitor, sync_to_thread=False),
        },
        guards=[_guard],
        csrf_config=CSRFConfig(
            secret or token_hex(32), cookie_name="tallystick-csrf", cookie_secure=secure, cookie_httponly=True,
            cookie_samesite="strict",
        ),
        exception_handlers={
            TallystickError: _ours(bench), HTTPException: _refused(bench), Exception: _defect(bench),
        },
        after_request=_guarded(secure=secure),
        request_max_body_size=MOST_BYTES,
        openapi_config=None,
        logging_config=None,
        state=State(),
    )  # fmt: skip
    _require_roles(app)
    return app


def _static() -> ControllerRouterHandler:
    """Scripts, styles and pictures: files that come with Tallystick, for anybody."""
    folder = str(files("tallystick.workbench").joinpath("static"))
    return create_static_files_router(
        path="/static", directories=[folder], opt=PUBLIC, cache_control=CacheControlHeader(max_age=KEPT)
    )


def _require_roles(app: Litestar) -> None:
    """Raise where a route does not say who may use it."""
    for route in app.routes:
        for handler in getattr(route, "route_handlers", ()):
            asked = isinstance(handler, HTTPRouteHandler) and "OPTIONS" not in handler.http_methods
            if asked and ROLE not in handler.opt:
                raise ValueError(f"route {route.path} does not say who may use it")


def _guarded(*, secure: bool) -> Any:
    """What puts the headers on every answer."""
    more = {"Strict-Transport-Security": "max-age=31536000"} if secure else {}

    def after(response: Response[Any]) -> Response[Any]:
        for name, value in {**HEADERS, **more}.items():
            response.headers.setdefault(name, value)
        return response

    return after


def _answer(bench: Bench, request: Request[Any, Any, Any], status: int, words: str) -> Response[Any]:
    """An error as the one who asked can read it: JSON under /api, else a page, or a part of one for HTMX."""
    if request.url.path.startswith("/api/"):
        return Response({"status": status, "detail": words}, status_code=status, headers=HEADERS)
    visitor = request.scope.get("state", {}).get("visitor")
    name = "error_part.html" if is_part(request) else "error.html"
    return bench.pages.answer(request, name, visitor, status=status, headers=HEADERS, status_code=status, words=words)


def _ours(bench: Bench) -> Any:
    def handle(request: Request[Any, Any, Any], error: TallystickError) -> Response[Any]:
        status = next((code for kind, code in STATUSES if isinstance(error, kind)), 400)
        if isinstance(error, CaseError):
            # Where the case lies is nobody's business but the operator's.
            log.warning("case error=%s path=%s", error, request.url.path)
            return _answer(bench, request, max(status, 500), f"the case {error.reason}")
        return _answer(bench, request, status, str(error))

    return handle


def _refused(bench: Bench) -> Any:
    def handle(request: Request[Any, Any, Any], error: HTTPException) -> Response[Any]:
        asked_page = request.method == "GET" and not request.url.path.startswith("/api/") and not is_part(request)
        if error.status_code == NotAuthorizedException.status_code and asked_page:
            return Redirect("/sign-in", headers=HEADERS)
        return _answer(bench, request, error.status_code, error.detail)

    return handle


def _defect(bench: Bench) -> Any:
    def handle(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
        log.error("defect path=%s", request.url.path, exc_info=error)
        return _answer(bench, request, 500, "something is wrong in Tallystick itself; the log of the server says what")

    return handle
