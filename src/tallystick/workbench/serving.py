"""The server of a workbench: a case and where to listen come in, pages go out until somebody stops it.

Whatever would let the wrong ones in is refused at the start: listening to other machines without accounts or in the
clear, a certificate that cannot be used, single sign-on that cannot work.
"""

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from secrets import token_hex

import uvicorn
from litestar.types import ASGIApp

from tallystick.errors import CaseError, ServingError
from tallystick.pipeline import keeper, subject_of
from tallystick.storage.accounts import hooks, people
from tallystick.storage.accounts.opening import Accounts
from tallystick.storage.accounts.secrets import secret
from tallystick.storage.accounts.visits import Visits
from tallystick.storage.case import Case
from tallystick.storage.stores.address import CaseAddress
from tallystick.storage.views.view import Views
from tallystick.workbench.access.front import Front
from tallystick.workbench.access.granting import Access, first_link
from tallystick.workbench.access.oidc import Issuer
from tallystick.workbench.access.passwords import Passwords
from tallystick.workbench.access.routes import routes
from tallystick.workbench.access.sessions import Clock, Log, Sessions, now
from tallystick.workbench.access.visitors import Role
from tallystick.workbench.api import api
from tallystick.workbench.api.keys import Doors
from tallystick.workbench.api.pace import PER_MINUTE
from tallystick.workbench.app import create_app
from tallystick.workbench.bench import Bench
from tallystick.workbench.doing import Fetching
from tallystick.workbench.hooks.delivering import Messenger, Poster
from tallystick.workbench.pages import Pages
from tallystick.workbench.rooms import ROOMS
from tallystick.workbench.tuning import tune
from tallystick.workbench.work import Work

__all__ = ["Desk", "Fetching", "Place", "SingleSignOn", "open_desk", "serve"]

# Seconds that requests which are being answered have when the server is stopped.
GRACE = 5
# Connections that wait in the queue of the system.
BACKLOG = 128


@dataclass(frozen=True, slots=True)
class SingleSignOn:
    """Single sign-on with an issuer.

    Attributes:
        issuer: Its address.
        client: How it knows this workbench.
        secret: What proves that it is this workbench; "" where it has none.
        newcomers: Role of somebody who has no account here; None lets in only whom an administrator has linked.
    """

    issuer: str
    client: str
    secret: str = ""
    newcomers: Role | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a workbench listens.

    Attributes:
        host: Address or name.
        port: Port; 0 takes a free one.
        names: Further names by which browsers reach it.
        certificate: PEM of its certificate and those above it; None speaks in the clear.
        key: PEM of its key.
        behind_proxy: Whether browsers come over TLS to a proxy before it.
        rate: Requests a minute that one token may make; 0 for any number.
    """

    host: str = "127.0.0.1"
    port: int = 8350
    names: tuple[str, ...] = ()
    certificate: Path | None = None
    key: Path | None = None
    behind_proxy: bool = False
    rate: int = PER_MINUTE

    @property
    def secure(self) -> bool:
        """Whether browsers come over TLS."""
        return self.certificate is not None or self.behind_proxy

    def address(self, port: int) -> str:
        """Give the address to open, where it listens on `port`."""
        if self.behind_proxy and self.names:
            return f"https://{self.names[0]}"
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104 - only named, not bound
        shown = f"[{host}]" if ":" in host else host
        return f"{'https' if self.certificate is not None else 'http'}://{shown}:{port}"


@dataclass(frozen=True, slots=True)
class Desk:
    """A workbench that is ready to answer.

    Attributes:
        app: The application behind its front.
        bench: What its pages share.
        access: Who is let in.
        link: Secret of the one-time link that makes an administrator; "" where none is needed.
        told: Addresses that are told what changes.
    """

    app: ASGIApp
    bench: Bench
    access: Access
    link: str
    told: tuple[str, ...] = ()


@contextmanager
def open_desk(
    address: CaseAddress, place: Place, single: SingleSignOn | None = None, *, by: str = "",
    fetching: Fetching | None = None, another: bool = False, clock: Clock = now,
) -> Iterator[Desk]:  # fmt: skip
    """Open a case with its accounts, bring its tables up to date, and give what answers.

    Args:
        address: The case.
        place: Where it will be reached.
        single: Single sign-on, where there is any.
        by: Who starts it, for the custody log.
        fetching: Whether addresses may be fetched for it; None allows none.
        another: Whether to make a link for an administrator where there is one already.
        clock: What time it is.

    Raises:
        CaseError: Where there is no case, or it cannot be used.
        ServingError: Where it would let in the wrong ones.
    """
    issuer = None if single is None else Issuer(single.issuer, single.client, single.secret, clock=clock)
    with Case.open(address, keeper=keeper(by)) as case:
        dossier = subject_of(case)
    with Accounts(address) as file:
        _require_safe(place, file)
        log = Log(file, clock)
        sessions = Sessions(file, secure=place.secure, clock=clock)
        access = Access(
            file, sessions, Passwords(), log, clock, place.secure, issuer, None if single is None else single.newcomers
        )
        views = Views(address)
        try:
            work = Work(address, fetching=fetching)
            try:
                bench = Bench(address, dossier, views, Pages(), log, work, Visits(file))
                shared = api.made(bench, file, clock=clock, rate=place.rate)
                app = create_app(
                    bench, sessions, (*ROOMS, (routes(access), api.route(shared, secure=place.secure))),
                    secure=place.secure, secret=secret(file, "forms", lambda: token_hex(32)),
                )  # fmt: skip
                doors = Doors(shared.keys, sessions)
                front = Front(app, doors, (place.host, *place.names), behind_proxy=place.behind_proxy)
                link = first_link(access) if another or not people.administrators(file) else ""
                log.note("", "server started", address.name, f"by {by}" if by else "")
                messenger = Messenger(views, file, clock, Poster(fetching.hosts if fetching else ()))
                messenger.start()
                told = tuple(hook.url for hook in hooks.hooks(file) if hook.stopped is None)
                try:
                    yield Desk(front, bench, access, link, told)
                finally:
                    messenger.close()
            finally:
                work.close()
        finally:
            views.close()
            # Who lets go of it last can write: then SQLite leaves no log beside the case.
            with suppress(CaseError), Case.open(address, keeper=keeper(by), migrate=False):
                pass


def _require_safe(place: Place, file: Accounts) -> None:
    """Raise where other machines could reach what they must not."""
    if _is_loopback(place.host):
        return
    if not people.administrators(file):
        raise ServingError(
            f"{place.host}: other machines could open this workbench before anybody has an account; start it without"
            " --host first, open the link that it prints, and make the administrator's account"
        )
    if not place.secure:
        raise ServingError(
            f"{place.host}: passwords would go over the network in the clear; give --certificate and --key, or"
            " --behind-proxy where a proxy before it speaks TLS"
        )


def _is_loopback(host: str) -> bool:
    """Whether only this machine reaches what listens there; a name is looked up."""
    try:
        found = {entry[4][0] for entry in socket.getaddrinfo(host.strip("[]"), None)}
    except (OSError, UnicodeError) as error:
        raise ServingError(f"{host}: no such address or name ({error})") from error
    return all(ip_address(str(address).partition("%")[0]).is_loopback for address in found)


def serve(
    address: CaseAddress, place: Place, single: SingleSignOn | None = None, *, by: str = "",
    fetching: Fetching | None = None, another: bool = False, say: Callable[[str], None],
    on_stop: Callable[[Callable[[], None]], None],
) -> None:  # fmt: skip
    """Serve the workbench of a case until SIGINT or SIGTERM.

    Args:
        address: The case.
        place: Where to listen.
        single: Single sign-on, where there is any.
        by: Who starts it.
        fetching: Whether addresses may be fetched for it.
        another: Whether to print a link for an administrator where there is one already.
        say: Takes what to tell whoever has started it, line by line.
        on_stop: Takes what to call at a signal that comes before the server listens to signals itself.

    Raises:
        CaseError: As `open_desk`.
        ServingError: As `open_desk`, and where the certificate cannot be used or nothing can listen there.
    """
    halt = _Halt()
    on_stop(halt.ask)
    _require_certificate(place)
    with (
        _bound(place) as listener,
        open_desk(address, place, single, by=by, fetching=fetching, another=another) as desk,
    ):
        # From here on who asks waits until the server answers, so that the address can be opened once it is printed.
        listener.listen(BACKLOG)
        link = place.address(listener.getsockname()[1])
        if desk.link:
            say("this link makes an administrator; it works once, and for an hour:")
            say(f"{link}/welcome/{desk.link}")
        else:
            say(f"{address}: {link}")
        for url in desk.told:
            say(f"what changes is sent to {url}")
        say("Ctrl-C stops it")
        config = uvicorn.Config(
            desk.app, log_level="warning", access_log=False, server_header=False, proxy_headers=False, lifespan="on",
            timeout_graceful_shutdown=GRACE, ssl_certfile=place.certificate, ssl_keyfile=place.key,
        )  # fmt: skip
        tune()
        server = uvicorn.Server(config)
        halt.reach(server)
        server.run(sockets=[listener])
        if not server.started:
            raise ServingError("the server did not start; what it says above tells why")


class _Halt:
    """A stop that may be asked for before there is a server to stop."""

    def __init__(self) -> None:
        self._asked = False
        self._server: uvicorn.Server | None = None

    def ask(self) -> None:
        """Ask for it."""
        self._asked = True
        if self._server is not None:
            self._server.should_exit = True

    def reach(self, server: uvicorn.Server) -> None:
        """Say what is to be stopped."""
        self._server = server
        if self._asked:
            server.should_exit = True


def _require_certificate(place: Place) -> None:
    """Raise where certificate and key are not a pair that can be used."""
    if (place.certificate is None) != (place.key is None):
        raise ServingError("a certificate takes its key, and a key its certificate: give --certificate and --key")
    if place.certificate is None:
        return
    try:
        ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(place.certificate, place.key)
    except OSError as error:
        # An error of TLS is one of the system as well, and names no file.
        raise ServingError(
            f"{place.certificate} and {place.key}: cannot be used as certificate and key ({error})"
        ) from error


@contextmanager
def _bound(place: Place) -> Iterator[socket.socket]:
    """A socket that has its place, and on which nobody is heard before the server listens."""
    host = place.host.strip("[]")
    try:
        family, kind, protocol, _, where = socket.getaddrinfo(host, place.port, type=socket.SOCK_STREAM)[0]
        # With its protocol named, asyncio sends at once what is written; else each answer waits 40 ms for its reader.
        listener = socket.socket(family, kind, protocol)
    except (OSError, UnicodeError) as error:
        raise ServingError(f"{place.host}: cannot be listened at ({error})") from error
    with listener:
        # A server that was stopped a moment ago does not hold the port; one that runs does.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(where)
        except (OSError, OverflowError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise ServingError(
                f"{place.host}, port {place.port}: cannot be listened at ({reason}); give another --port"
            ) from error
        yield listener
