"""The door of the API: a request comes in, refused where its token does not let it through; headers go onto answers."""

from math import ceil
from typing import Any, Protocol
from urllib.parse import quote, unquote

from litestar import Litestar, Request, asgi
from litestar.connection import ASGIConnection
from litestar.handlers import ASGIRouteHandler, BaseRouteHandler
from litestar.routes import HTTPRoute
from litestar.types import ASGIApp, Guard, Message, Receive, Scope, Send

from tallystick.workbench.access.sessions import ADDRESS as FROM
from tallystick.workbench.access.visitors import PUBLIC
from tallystick.workbench.api.answering import ADDRESS, SCOPE, Api
from tallystick.workbench.api.keys import PATH
from tallystick.workbench.api.pace import MINUTE, Share
from tallystick.workbench.api.problems import RefusedError
from tallystick.workbench.app import HEADERS

__all__ = ["SHARE", "TOKEN", "guard", "mounted", "with_headers"]

TOKEN, SHARE = "api_token", "api_share"
CHALLENGE = 'Bearer realm="tallystick"'
# In a part of an address these stand for themselves; all else is written as its bytes.
KEPT_IN_PART = ""


class Headed(Protocol):
    """What is called before something is sent."""

    async def __call__(self, message: Message, scope: Scope) -> None:
        """Change the message."""


def mounted(app: ASGIApp) -> ASGIRouteHandler:
    """Give what answers under /api/v1 as a route of the workbench.

    Addresses are taken as they were written: what stands for "/" in a part of one is none, so that every id can be one.
    """

    @asgi(PATH, is_mount=True, copy_scope=True, opt={**PUBLIC, "exclude_from_csrf": True})
    async def api(scope: Scope, receive: Receive, send: Send) -> None:
        written = scope.get("raw_path", b"").partition(b"?")[0].decode("latin-1")
        if not written.startswith(PATH):
            written = PATH + quote(scope["path"].rstrip("/"))
        parts = [unquote(part, errors="replace") for part in written[len(PATH) :].split("/")]
        path = "/".join(quote(part, safe=KEPT_IN_PART) for part in parts)
        inner: Any = {**scope, "path": path or "/", "root_path": "", "state": {ADDRESS: written}}
        if inner.get("method") == "HEAD":
            inner["method"] = "GET"
            send = _without_body(send)
        await app(inner, receive, send)

    return api


def _without_body(send: Send) -> Send:
    """What sends the head of an answer as it would be, and nothing of its body."""

    async def bare(message: Message) -> None:
        if message["type"] == "http.response.body":
            message["body"] = b""
        await send(message)

    return bare


def guard(api: Api) -> Guard:
    """Give what lets a request through to an operation, or raises."""

    def let_in(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
        needed = handler.opt.get(SCOPE)
        if needed is None:
            return
        state = connection.scope["state"]
        token = state[TOKEN] = api.keys.token(Request(connection.scope))
        name = f"address {FROM.get()}" if token is None else f"token {token.number}"
        share = state[SHARE] = api.pace.take(name, api.now())
        if share.wait:
            detail = f"more than {share.most:,} requests a minute; wait {share.wait} s"
            raise RefusedError(429, detail, headers={"Retry-After": str(share.wait)})
        if token is None:
            given = "authorization" in connection.headers
            more = ', error="invalid_token"' if given else ""
            told = "this token is unknown, revoked or has run out" if given else "send Authorization: Bearer TOKEN"
            raise RefusedError(401, told, headers={"WWW-Authenticate": CHALLENGE + more})
        if not token.may(needed):
            more = f', error="insufficient_scope", scope="{needed}"'
            detail = (
                f"this takes the scope {needed}; the token has {', '.join(token.scopes)}, its owner is {token.role}"
            )
            raise RefusedError(403, detail, headers={"WWW-Authenticate": CHALLENGE + more})

    return let_in


def with_headers(*, secure: bool) -> Headed:
    """Give what puts onto every answer the headers that keep reports inert, and what is left of the share."""
    fixed = {**HEADERS, **({"Strict-Transport-Security": "max-age=31536000"} if secure else {})}
    usual = [(name.lower().encode(), value.encode()) for name, value in fixed.items()]

    async def before_send(message: Message, scope: Scope) -> None:
        if message["type"] != "http.response.start":
            return
        headers = [(name, value) for name, value in message["headers"] if name.lower() != b"allow"]
        if len(headers) < len(list(message["headers"])):
            headers.append((b"allow", _allowed(scope).encode()))
        there = {name.lower() for name, _ in headers}
        headers += [(name, value) for name, value in usual if name not in there]
        share: Share | None = scope.get("state", {}).get(SHARE)
        if share is not None and share.most:
            headers += [
                (b"ratelimit-policy", f'"minute";q={share.most};w={ceil(MINUTE)}'.encode()),
                (b"ratelimit", f'"minute";r={share.left};t={share.full}'.encode()),
            ]
        message["headers"] = headers

    return before_send


def _allowed(scope: Scope) -> str:
    """The methods of an address: where it has several, Litestar tells only those of the first."""
    app: Litestar = scope["litestar_app"]
    parts = _parts(scope["path"])
    for route in app.routes:
        held = _parts(route.path_format)
        same = len(held) == len(parts) and all(
            one == other or one.startswith("{") for one, other in zip(held, parts, strict=True)
        )
        if same and isinstance(route, HTTPRoute):
            return ", ".join(sorted(route.methods))
    return ""


def _parts(path: str) -> list[str]:
    return path.strip("/").split("/")
