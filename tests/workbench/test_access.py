"""Signing in and out, sessions, one-time links and the limit on guessing."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar.datastructures import Cookie
from litestar.testing import RequestFactory

from bench_case import a_case
from gates import PASSWORD, Gate, a_gate
from tallystick.storage.accounts import people, sessions
from tallystick.workbench.access.granting import MOST_BY_ADDRESS, MOST_BY_NAME, WINDOW, first_link, invitation
from tallystick.workbench.access.sessions import IDLE, LASTS
from tallystick.workbench.access.visitors import Role, Visitor

OTHER = "another fine lantern"


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case, made once."""
    return a_case(tmp_path_factory.mktemp("access") / "case")


@pytest.fixture
def folder(original: Path, tmp_path: Path) -> Path:
    """A copy of it, without accounts."""
    return Path(shutil.copytree(original, tmp_path / "case"))


@pytest.fixture
def gate(folder: Path) -> Iterator[Gate]:
    """A workbench with its doors, in the clear."""
    with a_gate(folder) as made:
        yield made


@pytest.fixture
def safe(folder: Path) -> Iterator[Gate]:
    """One behind TLS."""
    with a_gate(folder, secure=True) as made:
        yield made


def test_whoever_signs_in_is_known_until_he_signs_out(gate: Gate) -> None:
    """The cookie of before is worth nothing then, also where somebody has kept it."""
    client = gate.enter("ana")
    kept = client.cookies[gate.sessions.cookie]
    assert client.get("/account").status_code == 200
    assert gate.send(client, "/sign-out").headers["location"] == "/sign-in"
    assert gate.sessions.cookie not in client.cookies
    client.hold(gate.sessions.cookie, kept)
    assert client.get("/account").headers["location"] == "/sign-in"


def test_a_wrong_password_and_a_wrong_name_are_answered_alike(gate: Gate) -> None:
    """The page does not tell which names there are, and shows what was typed as text."""
    gate.person("ana")
    answers = [gate.sign_in(gate.client(), name, "not the right password") for name in ("ana", "<b>bob</b>")]
    assert [answer.status_code for answer in answers] == [400, 400]
    assert all("Wrong name or password" in answer.text for answer in answers)
    assert "<b>bob</b>" not in answers[1].text


def test_a_disabled_account_is_refused_as_a_wrong_password_is(gate: Gate) -> None:
    """Why is in the audit log alone."""
    ana = gate.person("ana")
    people.disable(gate.file, ana.number, gate.time)
    answer = gate.sign_in(gate.client(), "ana")
    assert (answer.status_code, "Wrong name or password" in answer.text) == (400, True)
    assert gate.deeds("sign in refused")[0].told == "the account is disabled"


def test_an_unknown_name_is_not_kept_in_the_audit_log(gate: Gate) -> None:
    """Somebody may have typed his password into the field of the name."""
    gate.sign_in(gate.client(), PASSWORD, "x")
    assert not [deed for deed in gate.deeds() if PASSWORD in str(deed)]
    assert gate.deeds("sign in refused")[0].subject == "an unknown name"


def test_signing_in_changes_the_session(gate: Gate) -> None:
    """A session that somebody else has put into the browser does not become that of whoever signs in."""
    planted = gate.enter("mallory").cookies[gate.sessions.cookie]
    gate.person("ana")
    client = gate.client()
    client.get("/sign-in")
    client.hold(gate.sessions.cookie, planted)
    gate.sign_in(client, "ana")
    assert client.cookies[gate.sessions.cookie] != planted
    assert sessions.find(gate.file, planted) is None


def test_a_made_up_token_opens_nothing(gate: Gate) -> None:
    """Neither one that the browser makes up, nor the hash that is kept of a right one."""
    client = gate.enter("ana")
    right = client.cookies[gate.sessions.cookie]
    for token in ("", "x", sessions.digest(right), right.lower() + "x"):
        client.hold(gate.sessions.cookie, token)
        assert client.get("/account").headers.get("location") == "/sign-in"


def test_a_session_that_nobody_uses_ends(gate: Gate) -> None:
    """Use keeps it open."""
    client = gate.enter("ana")
    for _ in range(3):
        gate.wait(seconds=IDLE.total_seconds() * 0.9)
        assert client.get("/account").status_code == 200
    gate.wait(seconds=IDLE.total_seconds() + 1)
    assert client.get("/account").headers["location"] == "/sign-in"


def test_a_session_in_use_ends_too(gate: Gate) -> None:
    """Whoever has stolen a cookie cannot keep it for ever."""
    client = gate.enter("ana")
    end = gate.time + LASTS
    while gate.time + IDLE / 2 < end:
        gate.time += IDLE / 2
        assert client.get("/account").status_code == 200
    gate.time = end
    assert client.get("/account").headers["location"] == "/sign-in"


def test_use_is_kept_once_a_minute(gate: Gate) -> None:
    """Looking at many pages writes nothing for each."""
    client = gate.enter("ana")
    token = client.cookies[gate.sessions.cookie]
    begun = sessions.find(gate.file, token)
    gate.wait(seconds=30)
    client.get("/account")
    assert sessions.find(gate.file, token) == begun
    gate.wait(seconds=31)
    client.get("/account")
    later = sessions.find(gate.file, token)
    assert begun is not None
    assert later is not None
    assert later.used > begun.used


def test_another_role_holds_at_once(gate: Gate) -> None:
    """It is the account that has the role, and not the session."""
    client = gate.enter("ana", Role.ADMINISTRATOR)
    gate.person("zoe", Role.ADMINISTRATOR)
    assert client.get("/accounts").status_code == 200
    ana = people.by_name(gate.file, "ana")
    assert ana is not None
    people.set_role(gate.file, ana.number, Role.READER)
    assert client.get("/accounts").status_code == 403
    people.disable(gate.file, ana.number, gate.time)
    assert client.get("/account").headers["location"] == "/sign-in"


def test_too_many_attempts_for_a_name_have_to_wait(gate: Gate) -> None:
    """Also the right password is not looked at then; other names are let in, and time heals."""
    gate.person("ana")
    gate.person("ben")
    client = gate.client()
    for _ in range(MOST_BY_NAME):
        assert gate.sign_in(client, "ANA ", "wrong").status_code == 400
    gate.wait(minutes=5)
    refused = gate.sign_in(client, "ana")
    assert refused.status_code == 429
    assert refused.headers["retry-after"] == str(10 * 60)
    assert gate.sign_in(gate.client(), "ben").status_code == 303
    gate.wait(minutes=10, seconds=1)
    assert gate.sign_in(client, "ana").status_code == 303


def test_too_many_attempts_from_an_address_have_to_wait(gate: Gate) -> None:
    """Trying one password on many names is guessing too."""
    gate.person("ana")
    client = gate.client()
    for number in range(MOST_BY_ADDRESS):
        gate.sign_in(client, f"name {number}", "wrong")
    assert gate.sign_in(client, "ana").status_code == 429
    gate.time += WINDOW
    assert gate.sign_in(client, "ana").status_code == 303


def test_a_restart_forgets_no_attempt(folder: Path) -> None:
    """They are in the file of accounts."""
    with a_gate(folder) as gate:
        gate.person("ana")
        for _ in range(MOST_BY_NAME):
            gate.sign_in(gate.client(), "ana", "wrong")
    with a_gate(folder) as gate:
        assert gate.sign_in(gate.client(), "ana").status_code == 429


def test_success_forgets_the_attempts_for_a_name(gate: Gate) -> None:
    """Who mistypes now and then is not shut out."""
    gate.person("ana")
    for _ in range(3):
        for _ in range(MOST_BY_NAME - 1):
            gate.sign_in(gate.client(), "ana", "wrong")
        assert gate.sign_in(gate.client(), "ana").status_code == 303


def test_attempts_beyond_the_limit_do_not_fill_the_audit_log(gate: Gate) -> None:
    """One entry says that there were too many."""
    gate.person("ana")
    for _ in range(MOST_BY_NAME + 20):
        gate.sign_in(gate.client(), "ana", "wrong")
    assert len(gate.deeds("sign in refused")) == MOST_BY_NAME + 1


def test_the_first_link_makes_an_administrator_once(gate: Gate) -> None:
    """Showing it does not use it up; using it does, and signs in."""
    path = f"/welcome/{first_link(gate.access)}"
    client = gate.client()
    assert [client.get(path).status_code for _ in range(2)] == [200, 200]
    fields = {"name": "Ada Byron", "password": PASSWORD, "repeated": PASSWORD}
    assert gate.send(client, path, **fields).headers["location"] == "/"
    assert client.get("/accounts").status_code == 200
    again = gate.send(gate.client(), path, **{**fields, "name": "Mallory"})
    assert again.status_code == 404
    assert [person.name for person in people.everybody(gate.file)] == ["Ada Byron"]


def test_a_link_runs_out(gate: Gate) -> None:
    """Nobody finds a live one in an old terminal."""
    path = f"/welcome/{first_link(gate.access)}"
    gate.wait(hours=1)
    assert gate.client().get(path).status_code == 404
    assert gate.send(gate.client(), path, name="x", password=PASSWORD, repeated=PASSWORD).status_code == 404
    assert not people.everybody(gate.file)


def test_a_new_first_link_takes_the_place_of_the_old_one(gate: Gate) -> None:
    """However often the server is started, one link works."""
    old, new = first_link(gate.access), first_link(gate.access)
    assert gate.client().get(f"/welcome/{old}").status_code == 404
    assert gate.client().get(f"/welcome/{new}").status_code == 200


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"name": "ana", "password": "short", "repeated": "short"}, "at least 12 letters"),
        ({"name": "ana", "password": PASSWORD, "repeated": "x"}, "not the same"),
        ({"name": " ", "password": PASSWORD, "repeated": PASSWORD}, "Give a name"),
        ({"name": "a\u202eb", "password": PASSWORD, "repeated": PASSWORD}, "cannot be seen"),
        ({"name": "ana", "password": "anaanaanaana", "repeated": "anaanaanaana"}, "easy to guess"),
        ({"name": "ana", "password": "aaaaaaaaaaaaaa", "repeated": "aaaaaaaaaaaaaa"}, "easy to guess"),
        ({"name": "ana", "password": "ab c" * 70, "repeated": "ab c" * 70}, "at most 256"),
    ],
)
def test_a_bad_form_leaves_the_link_as_it_is(fields: dict[str, str], words: str, gate: Gate) -> None:
    """The page says what is wrong, and the link can be used still."""
    path = f"/welcome/{first_link(gate.access)}"
    answer = gate.send(gate.client(), path, **fields)
    assert answer.status_code == 400
    assert words in answer.text
    assert gate.client().get(path).status_code == 200


def test_a_link_for_an_account_sets_its_password_and_ends_its_sessions(gate: Gate) -> None:
    """Whoever had the old password is out."""
    old = gate.enter("ana")
    ana = people.by_name(gate.file, "ana")
    assert ana is not None
    path = f"/welcome/{invitation(gate.access, ana, 'zoe')}"
    new = gate.client()
    assert gate.send(new, path, password=OTHER, repeated=OTHER).status_code == 303
    assert new.get("/account").status_code == 200
    assert old.get("/account").headers["location"] == "/sign-in"
    assert gate.sign_in(gate.client(), "ana").status_code == 400


def test_ones_own_password_takes_the_present_one(gate: Gate) -> None:
    """A browser left open does not give away the account; all others are signed out."""
    client, other = gate.enter("ana"), gate.enter("ana")
    fields = {"password": OTHER, "repeated": OTHER}
    assert gate.send(client, "/account/password", current="wrong", **fields).status_code == 400
    assert gate.send(client, "/account/password", current=PASSWORD, **fields).status_code == 303
    assert client.get("/account").status_code == 200
    assert other.get("/account").headers["location"] == "/sign-in"
    assert gate.sign_in(gate.client(), "ana", OTHER).status_code == 303


def test_cookies_in_the_clear_are_kept_from_scripts_and_other_sites(gate: Gate) -> None:
    """HttpOnly and SameSite=Lax, for the whole of the site and no other."""
    gate.person("ana")
    answer = gate.sign_in(gate.client(), "ana")
    (cookie,) = (one for one in answer.headers.get_list("set-cookie") if one.startswith("tallystick-session="))
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= {part.strip() for part in cookie.split(";")}
    assert "Domain" not in cookie


def test_cookies_over_tls_never_go_in_the_clear(safe: Gate) -> None:
    """Secure, and of a name that a browser takes from this host alone."""
    safe.person("ana")
    client = safe.client()
    opened = client.get("/sign-in")
    answer = safe.sign_in(client, "ana")
    made = answer.headers.get_list("set-cookie") + opened.headers.get_list("set-cookie")
    assert len(made) == 2
    assert all("Secure" in cookie for cookie in made)
    assert any(cookie.startswith("__Host-tallystick-session=") for cookie in made)
    assert "max-age" in answer.headers["strict-transport-security"]


def test_only_hashes_of_tokens_and_passwords_are_kept(gate: Gate) -> None:
    """Whoever reads the file cannot take anybody's place."""
    token = gate.enter("ana").cookies[gate.sessions.cookie]
    link = first_link(gate.access)
    files = gate.bench.folder.glob("workbench.sqlite*")
    content = b"".join(path.read_bytes() for path in files)
    assert b"$argon2id$" in content
    assert not [secret for secret in (token, link, PASSWORD) if secret.encode() in content]


def test_asking_who_it_is_is_cheap(gate: Gate) -> None:
    """One look-up by an index, and nothing written."""
    client = gate.enter("ana")
    token = client.cookies[gate.sessions.cookie]
    request = RequestFactory().get("/", cookies=[Cookie(gate.sessions.cookie, value=token)])
    before = (gate.bench.folder / "workbench.sqlite-wal").stat().st_size
    for _ in range(20):
        assert gate.sessions.visitor(request) == Visitor("ana", Role.ANALYST)
    assert (gate.bench.folder / "workbench.sqlite-wal").stat().st_size == before


def test_a_large_form_is_not_taken_from_anybody(gate: Gate) -> None:
    """Names and passwords are short."""
    answer = gate.send(gate.client(), "/sign-in", name="x" * 100_000)
    assert answer.status_code == 413


def test_nobody_can_fill_the_memory(gate: Gate) -> None:
    """Also where the route itself takes a great deal, and the form says that it is signed in."""
    client = gate.client()
    client.get("/sign-in")
    client.hold(gate.sessions.cookie, "made up")
    for path in ("/add/text", "/nowhere", "/sign-in"):
        answer = client.post(path, {"_csrf_token": client.cookies["tallystick-csrf"], "text": "x" * 100_000})
        assert answer.status_code in (404, 413)


def test_a_name_that_is_not_served_gets_no_page(gate: Gate) -> None:
    """A page elsewhere may have its own name point at this server; an address is nobody's name."""
    client = gate.client()
    assert client.get("/sign-in", host="evil.example").status_code == 421
    assert client.get("/sign-in", host="localhost.evil.example:8350").status_code == 421
    for host in ("localhost:8350", "127.0.0.1:8350", "[::1]:8350", "bench.example.", "BENCH.example:443"):
        assert client.get("/sign-in", host=host).status_code == 200
