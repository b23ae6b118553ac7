"""Every route of the workbench against everybody: a new route is tested without a word here."""

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import NamedTuple

import pytest
from httpx import Response
from litestar.handlers import HTTPRouteHandler

from bench_case import a_case
from gates import Browser, Gate, a_gate
from tallystick.workbench.access.visitors import ROLE, Role

SAFE = ("GET", "HEAD", "OPTIONS")
# What stands in an address for a part of it, by the kind that the route asks for.
PARTS = {"int": "1", "str": "wire-1", "path": "wire-1", "float": "1.5", "uuid": "12345678-1234-5678-1234-567812345678"}


class Way(NamedTuple):
    """A method of a route and the role it takes; None for anybody."""

    method: str
    address: str
    role: Role | None


@pytest.fixture(scope="module")
def gate(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gate]:
    """A workbench with one account of each role, and one administrator more, who stays."""
    folder: Path = a_case(tmp_path_factory.mktemp("roles") / "case")
    with a_gate(folder) as made:
        made.person("zoe", Role.ADMINISTRATOR)
        for role in Role:
            made.person(role, role)
        yield made


def ways(gate: Gate) -> list[Way]:
    """Every method of every route of the application."""
    found = []
    for route in gate.app.routes:
        for handler in getattr(route, "route_handlers", ()):
            if not isinstance(handler, HTTPRouteHandler):
                continue
            pieces = []
            for piece in route.path_components:
                kind = getattr(piece, "type", None)
                pieces.append(str(piece) if kind is None else PARTS.get(kind.__name__.casefold(), "wire-1"))
            address = "/" + "/".join(piece.strip("/") for piece in pieces)
            found += [
                Way(method, address, handler.opt[ROLE])
                for method in sorted(handler.http_methods)
                if method != "OPTIONS"
            ]
    return found


def asked(gate: Gate, role: Role | None, way: Way) -> Response:
    """Ask as somebody of that role, in a session of its own, with a token where a form takes one."""
    # The account is that of the role whatever an earlier request changed.
    client = gate.client()
    if role is not None:
        with gate.file.writing() as connection:
            connection.exec_driver_sql(
                "UPDATE accounts SET role = ?, disabled = NULL WHERE name = ?", (str(role), str(role))
            )
        admit(gate, client, role)
    headers = {}
    if way.method not in SAFE:
        client.get("/sign-in")
        headers = {"x-csrftoken": client.cookies["tallystick-csrf"]}
    return client.request(way.method, way.address, headers=headers)


def admit(gate: Gate, client: Browser, name: str) -> None:
    """Put a session into a browser without its form."""
    from_form = gate.client()
    with gate.file.writing() as connection:
        connection.exec_driver_sql("DELETE FROM attempts")
    assert gate.sign_in(from_form, name).status_code == 303
    client.hold(gate.sessions.cookie, from_form.cookies[gate.sessions.cookie])


def test_nobody_and_lower_roles_are_refused_everywhere(gate: Gate) -> None:
    """Nobody is sent to sign in or gets 401, a lower role 403; the page itself is never drawn."""
    wrong = []
    guarded = [way for way in ways(gate) if way.role is not None]
    for way, role in product(guarded, (None, *Role)):
        if role is not None and way.role is not None and role.covers(way.role):
            continue
        answer = asked(gate, role, way)
        if role is None:
            refused = answer.status_code == 401 or answer.headers.get("location") == "/sign-in"
        else:
            refused = answer.status_code == 403
        if not refused:
            wrong.append(f"{way.method} {way.address} as {role}: {answer.status_code}")
    assert guarded
    assert not wrong


def test_the_right_role_is_let_in_everywhere(gate: Gate) -> None:
    """Whatever else may be wrong with such a request, it is not who asks; and nothing breaks."""
    wrong = []
    for way, role in product(ways(gate), Role):
        if way.role is not None and not role.covers(way.role):
            continue
        answer = asked(gate, role, way)
        if answer.status_code in (401, 403) or answer.status_code >= 500:
            wrong.append(f"{way.method} {way.address} as {role}: {answer.status_code}")
    assert not wrong


def test_public_routes_are_few_and_known(gate: Gate) -> None:
    """Whoever opens a further route to everybody says so here."""
    public = {way.address for way in ways(gate) if way.role is None}
    assert public == {
        "/api/health", "/api/isalive", "/static/wire-1", "/sign-in", "/sign-out", "/welcome/wire-1", "/sign-in/single",
        "/sign-in/single/return",
    }  # fmt: skip


def test_no_form_is_taken_without_its_token(gate: Gate) -> None:
    """Another site can make a browser send a form, but cannot know the token; also not where anybody may send it."""
    wrong = []
    unsafe = [way for way in ways(gate) if way.method not in SAFE]
    for way in unsafe:
        client = gate.client()
        admit(gate, client, Role.ADMINISTRATOR)
        client.get("/sign-in")
        for headers in ({}, {"x-csrftoken": "f" * 128}):
            content = {"text": (None, "4,000 sappers")}
            answer = client.request(way.method, way.address, headers=headers, files=content)
            if answer.status_code != 403:
                wrong.append(f"{way.method} {way.address}: {answer.status_code}")
    assert unsafe
    assert not wrong


def test_every_answer_has_the_headers_that_keep_reports_inert(gate: Gate) -> None:
    """Also redirects, errors and refusals."""
    wrong = []
    for way, role in product(ways(gate), (None, Role.ADMINISTRATOR)):
        headers = asked(gate, role, way).headers
        policy = headers.get("content-security-policy", "")
        if "default-src 'none'" not in policy or "unsafe" in policy or headers.get("x-frame-options") != "DENY":
            wrong.append(f"{way.method} {way.address} as {role}")
    assert not wrong
