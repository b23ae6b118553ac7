"""Serve the MCP server of a case: over the standard streams of this process, or over HTTP."""

import hmac
import os
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from typing import Any, NamedTuple

import anyio
import uvicorn
from mcp.server.transport_security import TransportSecuritySettings
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from tallystick.errors import ServingError
from tallystick.mcp_server.desk import Desk
from tallystick.mcp_server.server import create_server
from tallystick.storage.custody import Keeper
from tallystick.storage.stores.address import CaseAddress

__all__ = ["PATH", "TOKEN", "Place", "serve_http", "serve_stdio"]

# A secret on the command line could be read by everybody on the machine.
TOKEN = "TALLYSTICK_MCP_TOKEN"  # noqa: S105 - the name of the variable, not what it holds
# Characters of a token: 32 hexadecimal ones are 128 bits, and what is shorter is soon guessed.
SHORTEST_TOKEN = 32
PATH = "/mcp"
# Bytes of one request: the longest report that a tool takes, escaped, and its frame.
LARGEST_BODY = 2_000_000
# Sessions at once, and seconds after which one that nobody speaks in is forgotten.
MOST_SESSIONS, IDLE = 200, 1_800.0
# Requests that wait while others are answered, and seconds that those have when the server stops.
BACKLOG, GRACE = 64, 3
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
ANYWHERE = ("0.0.0.0", "::", "")  # noqa: S104 - to tell it, not to listen there


class Place(NamedTuple):
    """Where HTTP is listened at; `names` are further names by which clients reach it, as behind a proxy."""

    host: str
    port: int
    names: tuple[str, ...] = ()


def serve_stdio(address: CaseAddress, by: Keeper, *, writes: bool) -> None:
    """Serve until standard input ends, or SIGINT or SIGTERM comes. Only the protocol goes to standard output.

    Raises:
        CaseError, DossierError: Where the case cannot be opened.
    """
    with _desk(address, by, writes=writes) as desk:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: _leave(desk))
        anyio.run(create_server(desk).run_stdio_async)


def _leave(desk: Desk) -> None:
    """End this process once nobody writes: the thread that waits for standard input would hold up any other end."""
    with desk.lock:
        desk.close()
        os._exit(0)


def serve_http(address: CaseAddress, place: Place, by: Keeper, *, writes: bool, say: Callable[[str], None]) -> None:
    """Serve over streamable HTTP until SIGINT or SIGTERM.

    Args:
        address: The case.
        place: Where to listen.
        by: Who starts it.
        writes: Whether tools may write.
        say: Takes what to tell whoever has started it.

    Raises:
        CaseError, DossierError: Where the case cannot be opened.
        ServingError: Where it cannot listen there, or must not without a token.
    """
    token = _token(place)
    with _listening(place) as listener, _desk(address, by, writes=writes) as desk:
        port = int(listener.getsockname()[1])
        app = create_server(desk).streamable_http_app(
            streamable_http_path=PATH, host=place.host, max_request_body_size=LARGEST_BODY, max_sessions=MOST_SESSIONS,
            session_idle_timeout=IDLE, transport_security=_allowed(place, port),
        )  # fmt: skip
        config = uvicorn.Config(
            Guarded(app, token), log_level="warning", access_log=False, server_header=False, proxy_headers=False,
            lifespan="on", timeout_graceful_shutdown=GRACE,
        )  # fmt: skip
        say(f"{address}: http://{_bracketed(place.host)}:{port}{PATH}" + (", with writes" if writes else ""))
        uvicorn.Server(config).run(sockets=[listener])


class Guarded:
    """An application that only who bears the token reaches, where there is one."""

    def __init__(self, app: ASGIApp, token: str) -> None:
        self._app = app
        self._expected = f"Bearer {token}".encode() if token else b""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 401 to who does not."""
        if scope["type"] == "http" and self._expected:
            given = dict(scope["headers"]).get(b"authorization", b"")
            if not hmac.compare_digest(given, self._expected):
                refusal = Response(
                    "give the token as 'Authorization: Bearer TOKEN'", 401, {"WWW-Authenticate": "Bearer"}
                )
                await refusal(scope, receive, send)
                return
        await self._app(scope, receive, send)


@contextmanager
def _desk(address: CaseAddress, by: Keeper, *, writes: bool) -> Iterator[Desk]:
    desk = Desk(address, by, writes=writes)
    try:
        yield desk
    finally:
        desk.close()


def _token(place: Place) -> str:
    """The token of the environment; raises where it is needed and missing, or could be guessed."""
    token = os.environ.get(TOKEN, "")
    if not token and not _is_loopback(place.host):
        raise ServingError(
            f"{place.host}: other machines could read this case; set {TOKEN} in the environment to a secret of at least"
            f" {SHORTEST_TOKEN} characters, which clients send as a bearer token, or leave --host out"
        )
    if place.host in ANYWHERE and not place.names:
        raise ServingError(
            f"{place.host}: who asks by a name that is not known is refused; give each name or address by which clients"
            " reach it with --name"
        )
    if token and (len(token) < SHORTEST_TOKEN or not token.isascii() or not token.isprintable() or " " in token):
        raise ServingError(f"{TOKEN}: takes at least {SHORTEST_TOKEN} printable ASCII characters without blanks")
    return token


def _is_loopback(host: str) -> bool:
    """Whether only this machine reaches what listens there; a name is looked up."""
    if host in ANYWHERE:
        return False
    try:
        found = {entry[4][0] for entry in socket.getaddrinfo(host.strip("[]"), None)}
    except (OSError, UnicodeError) as error:
        raise ServingError(f"{host}: no such address or name ({error})") from error
    return all(ip_address(str(address).partition("%")[0]).is_loopback for address in found)


def _allowed(place: Place, port: int) -> TransportSecuritySettings:
    """The hosts and origins of requests: a page of elsewhere must not reach the case through somebody's browser."""
    hosts = dict.fromkeys((*LOOPBACK, *map(_bracketed, (place.host, *place.names))))
    named = [f"{host}:{port}" for host in hosts if host.strip("[]") not in ANYWHERE] + list(place.names)
    return TransportSecuritySettings(
        allowed_hosts=named, allowed_origins=[f"{scheme}://{host}" for host in named for scheme in ("http", "https")]
    )


def _bracketed(host: str) -> str:
    """A host as an address writes it: one of IPv6 in brackets."""
    return f"[{host}]" if ":" in host and not host.startswith("[") else host


@contextmanager
def _listening(place: Place) -> Iterator[socket.socket]:
    """A socket that listens there."""
    try:
        family, kind, protocol, _, where = socket.getaddrinfo(
            place.host.strip("[]"), place.port, type=socket.SOCK_STREAM
        )[0]
        # With its protocol named, asyncio sends at once what is written; else each answer waits 40 ms for its reader.
        listener = socket.socket(family, kind, protocol)
    except (OSError, UnicodeError) as error:
        raise ServingError(f"{place.host}: cannot be listened at ({error})") from error
    with listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(where)
            listener.listen(BACKLOG)
        except (OSError, OverflowError) as error:
            reason: Any = getattr(error, "strerror", None) or error
            raise ServingError(
                f"{place.host}, port {place.port}: cannot be listened at ({reason}); give another --port"
            ) from error
        yield listener
