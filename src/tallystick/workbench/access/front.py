"""The front of the server: every request passes here before the application sees it.

A request by a name that this server does not have is refused (a page of another site may have its own name point
here), from where a request comes is noted for the audit log, and of nobody is more taken than the form to sign in:
the check against forged forms reads a form whole before anything asks who sends it.
"""

from collections.abc import Iterable
from ipaddress import ip_address

from anyio import to_thread
from litestar import Request
from litestar.enums import ScopeType
from litestar.exceptions.http_exceptions import RequestEntityTooLarge
from litestar.types import ASGIApp, HTTPReceiveMessage, Receive, Scope, Send

from tallystick.workbench.access.sessions import ADDRESS
from tallystick.workbench.access.visitors import Admission
from tallystick.workbench.app import HEADERS

__all__ = ["Front", "bare"]

# "Misdirected Request": sent to a server that does not answer for that name (RFC 9110).
MISDIRECTED = 421
LOOPBACK_NAME = "localhost"
# Bytes of a request of somebody who is not signed in: a name and a password.
MOST_OF_NOBODY = 64 * 1024
SAFE = ("GET", "HEAD", "OPTIONS")


def bare(host: str) -> str:
    """Give the name or address in a Host header, without port and brackets, in small letters."""
    if host.startswith("["):
        return host[1:].partition("]")[0].casefold()
    return host.partition(":")[0].casefold().rstrip(".")


class Front:
    """An ASGI application that lets requests through to another one."""

    def __init__(
        self, app: ASGIApp, admission: Admission, names: Iterable[str], *, behind_proxy: bool = False
    ) -> None:  # fmt: skip
        """Take the application.

        Args:
            app: What answers.
            admission: Who a request comes from.
            names: Names by which it is reached besides localhost; addresses are always let through, since no other
                site can make a browser take one for its own.
            behind_proxy: Whether the last address in X-Forwarded-For is that of whoever asks.
        """
        self._app = app
        self._admission = admission
        self._names = frozenset((LOOPBACK_NAME, *(bare(name) for name in names)))
        self.behind_proxy = behind_proxy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse."""
        if scope["type"] != ScopeType.HTTP:
            await self._app(scope, receive, send)
            return
        headers = scope["headers"]
        hosts = [value.decode("latin-1") for name, value in headers if name == b"host"]
        if len(hosts) != 1 or not self._answers_for(bare(hosts[0])):
            await _refuse(send)
            return
        address = scope["client"][0] if scope["client"] else ""
        forwarded = [value.decode("latin-1") for name, value in headers if name == b"x-forwarded-for"]
        if self.behind_proxy and forwarded:
            # The nearest proxy adds at the end; what stands before is whatever the browser claims.
            address = forwarded[-1].rpartition(",")[2].strip() or address
        noted = ADDRESS.set(address)
        try:
            if scope["method"] not in SAFE:
                visitor = await to_thread.run_sync(self._admission.visitor, Request(scope))
                receive = receive if visitor is not None else _limited(receive)
            await self._app(scope, receive, send)
        finally:
            ADDRESS.reset(noted)

    def _answers_for(self, host: str) -> bool:
        return host in self._names or _is_address(host)


def _limited(receive: Receive) -> Receive:
    """What gives as much of a request as may come from nobody."""
    taken = 0

    async def limited() -> HTTPReceiveMessage:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))  # type: ignore[arg-type]
        if taken > MOST_OF_NOBODY:
            raise RequestEntityTooLarge
        return message  # type: ignore[return-value]

    return limited


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


async def _refuse(send: Send) -> None:
    """Say that this server is not known by that name."""
    words = "This server is not known by that name. Its administrator can add it: tallystick serve --name NAME\n"
    headers = {**HEADERS, "Content-Type": "text/plain; charset=utf-8"}
    listed = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": MISDIRECTED, "headers": listed})
    await send({"type": "http.response.body", "body": words.encode(), "more_body": False})
