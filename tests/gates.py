"""A workbench with its real doors for tests: a clock that is set, a hasher that is quick, clients that sign in."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from secrets import token_bytes
from typing import Any

from argon2 import PasswordHasher
from httpx import Cookies, Response
from litestar import Litestar, Router
from litestar.testing import TestClient

from bench_case import a_bench
from tallystick.storage.accounts import deeds, people, tokens
from tallystick.storage.accounts.deeds import Deed
from tallystick.storage.accounts.opening import Accounts
from tallystick.workbench.access.front import Front
from tallystick.workbench.access.granting import Access, SignOn
from tallystick.workbench.access.passwords import Passwords
from tallystick.workbench.access.routes import routes
from tallystick.workbench.access.sessions import Log, Sessions
from tallystick.workbench.access.visitors import Role
from tallystick.workbench.api import api
from tallystick.workbench.api.keys import Doors
from tallystick.workbench.api.pace import Pace
from tallystick.workbench.app import create_app
from tallystick.workbench.bench import Bench
from tallystick.workbench.rooms import ROOMS

__all__ = ["API", "PASSWORD", "Browser", "Gate", "Program", "a_gate", "token_in"]

PASSWORD = "seven crooked lanterns"  # noqa: S105 - nobody else has it
HOST = "bench.example"
API = "/api/v1"
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
TOKEN = re.compile(r'name="_csrf_token" value="([^"]+)"')


def token_in(text: str) -> str:
    """Give the token against forged forms on a page."""
    found = TOKEN.search(text)
    assert found is not None
    return found[1]


class Browser:
    """A browser with its own cookies; it follows no redirect, and all share one connection to the application."""

    def __init__(self, client: TestClient[Any]) -> None:
        self.cookies = Cookies()
        self._client = client

    def request(self, method: str, path: str, **more: Any) -> Response:
        """Ask for something."""
        self._client.cookies = self.cookies
        answer: Response = self._client.request(method, path, follow_redirects=False, **more)
        self.cookies = Cookies(self._client.cookies)
        return answer

    def hold(self, name: str, value: str) -> None:
        """Put a cookie in the place of what the browser holds."""
        self.cookies.set(name, value, domain=HOST)

    def get(self, path: str, **headers: str) -> Response:
        """Open a page."""
        return self.request("GET", path, headers=headers)

    def post(self, path: str, fields: dict[str, str]) -> Response:
        """Send a form as it is."""
        return self.request("POST", path, data=fields)


class Gate:
    """A workbench and who comes to it."""

    def __init__(self, bench: Bench, file: Accounts, *, secure: bool, sign_on: SignOn | None) -> None:
        self.time = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
        self.file = file
        self.secure = secure
        self.log = Log(file, self.clock)
        self.bench = replace(bench, audit=self.log)
        self.sessions = Sessions(file, secure=secure, clock=self.clock)
        self.access = Access(
            file, self.sessions, Passwords(QUICK), self.log, self.clock, secure=secure, sign_on=sign_on
        )  # fmt: skip
        self.api = api.made(self.bench, file, clock=self.clock, rate=0)
        self.app = self._made(routes(self.access))
        self.front = self._front()
        self._client: TestClient[Any] | None = None

    def _made(self, doors: Router) -> Litestar:
        rooms = (*ROOMS, (doors, api.route(self.api, secure=self.secure)))
        return create_app(self.bench, self.sessions, rooms, secure=self.secure, secret="s" * 64)

    def _front(self) -> Front:
        return Front(self.app, Doors(self.api.keys, self.sessions), (HOST,))

    def reopen(self, doors: Router) -> None:
        """Take other doors in the place of the first ones."""
        self.close()
        self.app = self._made(doors)
        self.front = self._front()

    def with_pace(self, pace: Pace, now: Callable[[], float]) -> "Gate":
        """Let tokens ask as fast as `pace` says, and give the gate."""
        self.api = replace(self.api, pace=pace, now=now)
        self.reopen(routes(self.access))
        return self

    def close(self) -> None:
        """Let go of the connection to the application."""
        if self._client is not None:
            self._client.__exit__(None, None, None)
            self._client = None

    def clock(self) -> datetime:
        """Give the time that is set."""
        return self.time

    def wait(self, **span: float) -> None:
        """Let time go by."""
        self.time += timedelta(**span)

    def client(self) -> Browser:
        """Give a browser that nobody is signed in at."""
        if self._client is None:
            front: Any = self.front
            base_url = f"http{'s' if self.secure else ''}://{HOST}"
            self._client = TestClient(front, base_url=base_url, raise_server_exceptions=False)
            self._client.__enter__()
        return Browser(self._client)

    def token(self, *scopes: str, name: str = "ana", role: Role = Role.ANALYST, **more: Any) -> str:
        """Give a token of somebody, who gets an account where he has none; for all scopes unless some are named."""
        person = people.by_name(self.file, name) or self.person(name, role)
        secret = tokens.minted(token_bytes(tokens.BYTES))
        wanted = scopes or tuple(tokens.SCOPES)
        tokens.add(self.file, person.number, secret, self.time, label="test", scopes=wanted, **more)
        return secret

    def person(self, name: str = "ana", role: Role = Role.ANALYST) -> people.Person:
        """Make an account."""
        return people.add(self.file, name, role, self.time, password=QUICK.hash(PASSWORD))

    def enter(self, name: str = "ana", role: Role = Role.ANALYST) -> Browser:
        """Give a browser at which somebody is signed in, who gets an account where he has none."""
        if people.by_name(self.file, name) is None:
            self.person(name, role)
        client = self.client()
        assert self.sign_in(client, name).status_code == 303
        return client

    def sign_in(self, client: Browser, name: str, password: str = PASSWORD) -> Response:
        """Fill in the form."""
        return self.send(client, "/sign-in", name=name, password=password)

    def send(self, client: Browser, path: str, **fields: str) -> Response:
        """Send a form with a token against forged forms."""
        if "tallystick-csrf" not in client.cookies:
            client.get("/sign-in")
        token = client.cookies["tallystick-csrf"]
        return client.post(path, {"_csrf_token": token, **fields})

    def deeds(self, action: str = "") -> tuple[Deed, ...]:
        """Give the audit log, the latest first."""
        return deeds.page(self.file, 1, 500, action=action).deeds


class Program:
    """A program with a token."""

    def __init__(self, gate: Gate, token: str) -> None:
        self._client = gate.client()
        self._token = token

    def ask(self, path: str, method: str = "GET", **more: Any) -> Response:
        """Ask for something; `path` is behind /api/v1, or whole as `next` gives it."""
        headers = {"Authorization": f"Bearer {self._token}", **more.pop("headers", {})}
        whole = path if path.startswith(API) else f"{API}{path}"
        return self._client.request(method, whole, headers=headers, **more)

    def post(self, path: str, body: object) -> Response:
        """Send JSON."""
        return self.ask(path, "POST", json=body)

    def records(self, path: str) -> list[dict[str, Any]]:
        """Every record of a list, page by page."""
        found: list[dict[str, Any]] = []
        further: str | None = path
        while further:
            page = self.ask(further).json()
            found += page["records"]
            further = page["next"]
        return found


@contextmanager
def a_gate(folder: Path, *, secure: bool = False, sign_on: SignOn | None = None) -> Iterator[Gate]:
    """Open a case with its doors."""
    bench = a_bench(folder)
    try:
        with Accounts(folder) as file:
            gate = Gate(bench, file, secure=secure, sign_on=sign_on)
            try:
                yield gate
            finally:
                gate.close()
    finally:
        bench.views.close()
