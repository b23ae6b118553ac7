"""A web site on this machine for tests: paths with what they answer, and a record of what was asked."""

import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random

from tallystick.reading.web.exchange import Limits
from tallystick.reading.web.fetching import Means, Web
from tallystick.reading.web.guard import Resolver, allowed_hosts, resolve

__all__ = ["NOW", "Asked", "Page", "Site", "Time", "site", "web"]

TLS = ssl.create_default_context()
NOW = datetime(2025, 6, 17, 8, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Asked:
    """One request that a site got."""

    path: str
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Page:
    """What a path answers; `raw`, where it is given, is written instead of everything else."""

    content: bytes = b""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    raw: Callable[[BaseHTTPRequestHandler], None] | None = None


@dataclass(slots=True)
class Site:
    """A running site."""

    port: int
    pages: dict[str, Page | Callable[[Asked], Page]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)

    @property
    def host(self) -> str:
        """Host and port, as they are allowed by name."""
        return f"127.0.0.1:{self.port}"

    def url(self, path: str) -> str:
        """The address of a path."""
        return f"http://{self.host}{path}"

    def paths(self) -> list[str]:
        """The paths asked for, without robots.txt."""
        return [one.path for one in self.asked if one.path != "/robots.txt"]


class _Answers(BaseHTTPRequestHandler):
    """Answers from the pages of the site."""

    protocol_version = "HTTP/1.1"
    site: Site

    def do_GET(self) -> None:
        """Answer one request."""
        asked = Asked(self.path, dict(self.headers.items()))
        self.site.asked.append(asked)
        found = self.site.pages.get(self.path, Page(b"nothing here", 404))
        page = found if isinstance(found, Page) else found(asked)
        self.close_connection = True
        if page.raw is not None:
            page.raw(self)
            return
        self.send_response(page.status)
        for name, value in page.headers:
            self.send_header(name, value)
        if not any(name.lower() == "content-length" for name, _ in page.headers):
            self.send_header("Content-Length", str(len(page.content)))
        self.end_headers()
        self.wfile.write(page.content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    """A server whose clients may leave at any moment."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that has gone is what half of the tests are about."""


@contextmanager
def site() -> Iterator[Site]:
    """A site on 127.0.0.1 at a free port, until the block ends."""
    server = _Server(("127.0.0.1", 0), _Answers)
    running = Site(server.server_address[1])
    server.RequestHandlerClass = type("Answers", (_Answers,), {"site": running})
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield running
    finally:
        running.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


@dataclass(slots=True)
class Time:
    """Seconds that pass only where somebody sleeps."""

    now: float = 1_000.0
    slept: list[float] = field(default_factory=list)

    def monotonic(self) -> float:
        """The seconds."""
        return self.now

    def sleep(self, seconds: float) -> None:
        """Let them pass."""
        self.slept.append(seconds)
        self.now += seconds


def web(
    *allowed: str, time: Time | None = None, resolver: Resolver = resolve, limits: Limits | None = None,
    clock: Callable[[], datetime] = lambda: NOW,
) -> Web:  # fmt: skip
    """A web whose time is that of the test."""
    passing = time or Time()
    chance = Random(1)  # noqa: S311 - no secret
    means = Means(clock, passing.monotonic, passing.sleep, chance, resolver, TLS, limits=limits or Limits())
    return Web(means, allowed_hosts(allowed))
