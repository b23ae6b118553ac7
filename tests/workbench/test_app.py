"""The application around the rooms: headers, roles, errors, and what it shows of itself."""

from collections.abc import Iterator
from typing import Any

import pytest
from litestar import Request, get, post
from litestar.params import FromPath
from litestar.testing import TestClient

from tallystick.errors import CaseReadOnlyError, ReviewConflictError, UnknownDocumentError
from tallystick.workbench.access.visitors import PUBLIC, Role, Visitor, needs
from tallystick.workbench.app import HEADERS, create_app
from tallystick.workbench.bench import Bench
from tallystick.workbench.pages import Pages, place_in, query_of, whole_number


class Admitted:
    """Whoever says so in the address."""

    def visitor(self, request: Request[Any, Any, Any]) -> Visitor | None:
        """Give a visitor of the role that `?as=` names."""
        role = request.query_params.get("as")
        return None if role is None else Visitor("ana", Role(role))


@get("/open", opt=PUBLIC, sync_to_thread=True)
def open_to_all() -> str:
    """Answer."""
    return "open"


@get("/analysts", opt=needs(Role.ANALYST), sync_to_thread=True)
def analysts() -> str:
    """Answer."""
    return "analysts"


@post("/change", opt=PUBLIC, sync_to_thread=True)
def change() -> str:
    """Answer."""
    return "changed"


@get("/defect", opt=PUBLIC, sync_to_thread=True)
def defect() -> str:
    """Fail as no code should."""
    raise KeyError("a secret of the server")


@get("/ours/{kind:str}", opt=PUBLIC, sync_to_thread=True)
def ours(kind: FromPath[str]) -> str:
    """Fail in one of the ways that are foreseen."""
    if kind == "unknown":
        raise UnknownDocumentError("<b>doc</b>", "the case")
    if kind == "conflict":
        raise ReviewConflictError("c-1", 4)
    raise CaseReadOnlyError("/srv/secret/case", "cannot be written")


@get("/api/defect", opt=PUBLIC, sync_to_thread=True)
def api_defect() -> str:
    """Fail under /api."""
    raise KeyError("a secret of the server")


@pytest.fixture
def client(bench: Bench) -> Iterator[TestClient[Any]]:
    """The application with these routes."""
    app = create_app(bench, Admitted(), [[open_to_all, analysts, change, defect, ours, api_defect]])
    with TestClient(app, raise_server_exceptions=False) as opened:
        yield opened


def test_every_answer_carries_the_headers(client: TestClient[Any]) -> None:
    """Also those that are errors, and files."""
    for path in (
        "/open",
        "/nowhere",
        "/defect",
        "/ours/unknown",
        "/static/base.css",
        "/api/health",
        "/analysts?as=reader",
    ):
        answer = client.get(path, follow_redirects=False)
        for name, value in HEADERS.items():
            if name != "Cache-Control":
                assert answer.headers.get(name) == value, (path, name)


def test_the_policy_lets_nothing_run_that_the_page_holds() -> None:
    """No inline script or style, nothing from elsewhere, no frame."""
    policy = HEADERS["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize(("role", "status"), [(None, 302), ("reader", 403), ("analyst", 200), ("administrator", 200)])
def test_a_route_takes_the_role_that_it_names(client: TestClient[Any], role: str | None, status: int) -> None:
    """A higher role may do what a lower one may; nobody is led to sign in."""
    path = "/analysts" if role is None else f"/analysts?as={role}"
    answer = client.get(path, follow_redirects=False)
    assert answer.status_code == status
    if role is None:
        assert answer.headers["location"] == "/sign-in"


def test_a_route_that_names_no_role_stops_the_start(bench: Bench) -> None:
    """Nothing can be left open by forgetting it."""

    @get("/forgotten", sync_to_thread=True)
    def forgotten() -> str:
        return "x"

    with pytest.raises(ValueError, match="/forgotten"):
        create_app(bench, Admitted(), [[forgotten]])


def test_a_change_takes_the_token(client: TestClient[Any]) -> None:
    """A form of another site has none."""
    assert client.post("/change").status_code == 403
    client.get("/open")
    token = client.cookies["tallystick-csrf"]
    assert client.post("/change", headers={"x-csrftoken": token}).status_code == 201
    assert client.post("/change", headers={"x-csrftoken": "other"}).status_code == 403


def test_a_defect_tells_nothing_of_the_server(client: TestClient[Any]) -> None:
    """The words of the exception stay in its log."""
    for path in ("/defect", "/api/defect"):
        answer = client.get(path)
        assert answer.status_code == 500
        assert "secret" not in answer.text


@pytest.mark.parametrize(("kind", "status"), [("unknown", 404), ("conflict", 409), ("readonly", 503)])
def test_errors_of_ours_have_their_status_and_words(client: TestClient[Any], kind: str, status: int) -> None:
    """The message is the user's; names in it are text."""
    answer = client.get(f"/ours/{kind}")
    assert answer.status_code == status
    assert "<b>doc" not in answer.text


def test_where_the_case_lies_is_not_told(client: TestClient[Any]) -> None:
    """The message names it for the operator's log alone."""
    answer = client.get("/ours/readonly")
    assert "/srv/secret" not in answer.text
    assert "cannot be written" in answer.text


def test_a_part_gets_a_part_as_error(client: TestClient[Any]) -> None:
    """HTMX must not put a whole page into a page."""
    assert "<html" not in client.get("/ours/conflict", headers={"HX-Request": "true"}).text
    assert "<html" in client.get("/ours/conflict").text


def test_health_says_whether_the_case_can_be_read_and_no_more(client: TestClient[Any]) -> None:
    """It is open to all."""
    assert client.get("/api/health").json() == {"status": "ok", "derived": "up to date"}


def test_scripts_and_styles_are_kept_and_pages_are_not(client: TestClient[Any]) -> None:
    """What holds words of reports must not lie in a cache."""
    assert client.get("/open").headers["cache-control"] == "no-store"
    assert "max-age" in client.get("/static/base.css").headers["cache-control"]


def test_what_a_template_shows_is_text() -> None:
    """Values never become HTML."""
    made = Pages().draw("error.html", visitor=None, path="/", menu=[], csrf="", status_code=400, words="<script>x")
    assert "<script>x" not in made
    assert "&lt;script&gt;x" in made


def test_the_right_one_of_two_equal_figures_is_marked() -> None:
    """The prefix of the claim tells which."""
    quote = "Of 200 men, 200 fled."
    assert place_in(quote, "200", "Of 200 men, ") == 12
    assert place_in(quote, "200", "earlier words. Of ") == 3
    assert place_in(quote, "900", "") == 0


def test_an_address_keeps_only_what_is_set() -> None:
    """Empty fields of a form do not stand in it."""
    assert query_of({"status": "actual", "speaker": "", "page": None}, page=2) == "?status=actual&page=2"
    assert query_of({}) == ""


@pytest.mark.parametrize(
    ("text", "number"), [("12", 12), ("", 0), ("-1", 0), ("\u00b2", 0), ("\u0663", 0), ("9" * 5_000, 0), ("1.5", 0)]
)
def test_a_number_of_a_form_is_one_or_none(text: str, number: int) -> None:
    """Neither signs of other scripts nor thousands of digits are a defect."""
    assert whole_number(text) == number
