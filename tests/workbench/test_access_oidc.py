"""Single sign-on against an issuer that the test serves itself: the good case, and each way in which it is not good."""

import base64
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from httpx import Response
from joserfc.jwk import OctKey, RSAKey

from bench_case import a_case
from gates import Browser, Gate, a_gate
from issuer import CLIENT, Local, local
from tallystick.errors import ServingError
from tallystick.storage.accounts import people
from tallystick.workbench.access import oidc
from tallystick.workbench.access.oidc import Issuer
from tallystick.workbench.access.routes import routes
from tallystick.workbench.access.visitors import Role

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
RETURN = "/sign-in/single/return"
KNOWN = "a-secret-that-the-issuer-knows-too"


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case, made once."""
    return a_case(tmp_path_factory.mktemp("oidc") / "case")


@pytest.fixture
def issuer() -> Iterator[Local]:
    """The issuer."""
    with local(NOW) as made:
        yield made


@pytest.fixture
def gate(original: Path, tmp_path: Path, issuer: Local) -> Iterator[Gate]:
    """A workbench that knows the issuer."""
    folder = Path(shutil.copytree(original, tmp_path / "case"))
    sign_on = Issuer(issuer.address, CLIENT, KNOWN, clock=lambda: NOW)
    with a_gate(folder, sign_on=sign_on) as made:
        yield made


def come_back(gate: Gate, issuer: Local, browser: Browser | None = None, **changed: str) -> Response:
    """Go to the issuer and come back, with what it gives or something else."""
    browser = browser or gate.client()
    there = browser.get("/sign-in/single").headers["location"]
    given = {**issuer.arrive(there), **changed}
    return browser.request("GET", RETURN, params=given)


def linked(gate: Gate, **known: str) -> people.Person:
    """Make an account that single sign-on opens."""
    return people.add(gate.file, "ana", Role.ANALYST, gate.time, **known)


def test_a_linked_person_gets_in(gate: Gate, issuer: Local) -> None:
    """By the address that the administrator gave, in whatever case, and by the subject from then on."""
    linked(gate, mail="ana@EXAMPLE.org")
    browser = gate.client()
    assert come_back(gate, issuer, browser).headers["location"] == "/"
    assert browser.get("/account").status_code == 200
    assert gate.deeds("sign in")[0].who == "ana"
    issuer.claims = {"email": "ana.new@example.org"}
    assert come_back(gate, issuer).headers["location"] == "/"


def test_the_workbench_asks_as_it_should(gate: Gate, issuer: Local) -> None:
    """The code flow with PKCE, state and nonce, and its secret in the header of the request alone."""
    linked(gate, mail="ana@example.org")
    come_back(gate, issuer)
    asked = issuer.asked
    assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
    assert asked["redirect_uri"] == f"http://bench.example{RETURN}"
    assert len({asked["state"], asked["nonce"], asked["code_challenge"]}) == 3
    assert base64.b64decode(issuer.login.removeprefix("Basic ")).decode() == f"{CLIENT}:{KNOWN}"


def test_a_linked_subject_gets_in_without_an_address(gate: Gate, issuer: Local) -> None:
    """For issuers that vouch for no address."""
    linked(gate, subject=f"{issuer.address} person-7")
    issuer.claims = {"email": None, "email_verified": None}
    assert come_back(gate, issuer).headers["location"] == "/"


def test_an_unknown_person_does_not_get_in(gate: Gate, issuer: Local) -> None:
    """The audit log names the subject, so that an administrator can link it."""
    answer = come_back(gate, issuer)
    assert answer.status_code == 403
    assert not people.everybody(gate.file)
    assert f"{issuer.address} person-7" in gate.deeds("sign in refused")[0].subject


@pytest.mark.parametrize("verified", [False, None, "true", 1])
def test_an_address_that_the_issuer_does_not_vouch_for_opens_nothing(
    verified: object, gate: Gate, issuer: Local
) -> None:
    """Anybody may have typed it there."""
    linked(gate, mail="ana@example.org")
    issuer.claims = {"email_verified": verified}
    assert come_back(gate, issuer).status_code == 403


def test_an_address_opens_an_account_to_one_person(gate: Gate, issuer: Local) -> None:
    """Whoever gets the address of somebody who has left does not get his account."""
    linked(gate, mail="ana@example.org")
    assert come_back(gate, issuer).headers["location"] == "/"
    issuer.claims = {"sub": "person-8"}
    assert come_back(gate, issuer).status_code == 403


def test_a_disabled_account_stays_shut(gate: Gate, issuer: Local) -> None:
    """Whatever the issuer says."""
    people.disable(gate.file, linked(gate, mail="ana@example.org").number, gate.time)
    assert come_back(gate, issuer).status_code == 403


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"aud": "another-client"},
        {"aud": None},
        {"aud": [CLIENT, "another-client"], "azp": "another-client"},
        {"iss": "https://issuer.example"},
        {"exp": int(NOW.timestamp()) - 3600},
        {"exp": None},
        {"iat": int(NOW.timestamp()) + 3600},
        {"sub": None},
    ],
    ids=str,
)
def test_a_token_that_says_something_wrong_opens_nothing(claims: dict[str, Any], gate: Gate, issuer: Local) -> None:
    """Each is signed by the issuer, and still not for this sign-in."""
    linked(gate, mail="ana@example.org")
    issuer.claims = claims
    answer = come_back(gate, issuer)
    assert answer.status_code == 400
    assert "does not hold" in answer.text
    assert gate.sessions.cookie not in answer.headers.get("set-cookie", "")


def test_a_token_by_another_key_opens_nothing(gate: Gate, issuer: Local) -> None:
    """Also where it claims the name of the right key."""
    linked(gate, mail="ana@example.org")
    issuer.signing = RSAKey.generate_key(2048, {"kid": "one"})
    assert come_back(gate, issuer).status_code == 400


def test_a_token_by_a_shared_secret_opens_nothing(gate: Gate, issuer: Local) -> None:
    """Neither the client's own secret nor the public key taken for one."""
    linked(gate, mail="ana@example.org")
    for shared in (KNOWN.encode(), issuer.key.as_pem(private=False)):
        issuer.signing, issuer.algorithm = OctKey.import_key(base64.b64encode(shared)), "HS256"
        assert come_back(gate, issuer).status_code == 400


def test_new_keys_of_the_issuer_are_asked_for(gate: Gate, issuer: Local) -> None:
    """Issuers change them without a word."""
    linked(gate, mail="ana@example.org")
    assert come_back(gate, issuer).headers["location"] == "/"
    issuer.key = issuer.signing = RSAKey.generate_key(2048, {"kid": "two", "use": "sig"})
    issuer.kid = "two"
    assert come_back(gate, issuer).headers["location"] == "/"


def test_an_answer_that_this_browser_did_not_ask_for_opens_nothing(gate: Gate, issuer: Local) -> None:
    """Somebody may send a link with his own code, to have others work in his account."""
    linked(gate, mail="ana@example.org")
    assert come_back(gate, issuer, state="another").status_code == 400
    given = issuer.arrive(gate.client().get("/sign-in/single").headers["location"])
    assert gate.client().request("GET", RETURN, params=given).status_code == 400
    assert issuer.token_calls == 0


def test_an_answer_works_once(gate: Gate, issuer: Local) -> None:
    """The browser forgets what it asked as soon as it comes back."""
    linked(gate, mail="ana@example.org")
    browser = gate.client()
    come_back(gate, issuer, browser)
    again = browser.request("GET", RETURN, params={"code": "the-code", "state": issuer.asked["state"]})
    assert again.status_code == 400


def test_newcomers_get_the_role_that_was_set_and_no_name_that_is_taken(gate: Gate, issuer: Local) -> None:
    """Somebody whose address is the name of an account does not take it over."""
    access = replace(gate.access, newcomers=Role.READER)
    gate.reopen(routes(access))
    browser = gate.client()
    assert come_back(gate, issuer, browser).headers["location"] == "/"
    (made,) = people.everybody(gate.file)
    assert (made.name, made.role) == ("Ana@example.org", "reader")
    gate.person("ben@example.org")
    issuer.claims = {"sub": "person-8", "email": "ben@example.org"}
    assert come_back(gate, issuer).status_code == 403


def test_an_issuer_that_calls_itself_otherwise_is_not_believed(gate: Gate, issuer: Local) -> None:
    """It may be another tenant of the same server."""
    issuer.name = "https://issuer.example"
    answer = gate.client().get("/sign-in/single")
    assert answer.status_code == 400
    assert "calls itself https://issuer.example" in answer.text


def test_an_issuer_that_does_not_answer_is_a_message(gate: Gate, issuer: Local) -> None:
    """And passwords still work."""
    gate.access.sign_on.issuer = "http://127.0.0.1:9"  # type: ignore[union-attr]
    assert "does not answer" in gate.client().get("/sign-in/single").text
    gate.person("ana")
    assert gate.sign_in(gate.client(), "ana").status_code == 303
    assert issuer.token_calls == 0


def test_the_sign_in_page_offers_it(gate: Gate, issuer: Local) -> None:
    """As a link, since the content policy keeps forms from leading elsewhere."""
    assert 'href="/sign-in/single"' in gate.client().get("/sign-in").text
    assert issuer.token_calls == 0


def test_the_administrator_links_and_unlinks(gate: Gate, issuer: Local) -> None:
    """A subject is that of the issuer; unlinked, it opens nothing."""
    zoe = gate.enter("zoe", Role.ADMINISTRATOR)
    assert gate.send(zoe, "/accounts", name="ana", role="analyst", known="person-7").status_code == 303
    assert come_back(gate, issuer).headers["location"] == "/"
    ana = people.by_name(gate.file, "ana")
    assert ana is not None
    gate.send(zoe, f"/accounts/{ana.number}/known", known="")
    assert come_back(gate, issuer).status_code == 403
    assert [deed.subject for deed in gate.deeds("single sign-on changed")] == ["ana"]


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the command that installs it."""
    monkeypatch.setattr(oidc, "httpx", None)
    with pytest.raises(ServingError, match=r"pip install 'tallystick\[oidc\]'"):
        Issuer("https://issuer.example", CLIENT, "")


@pytest.mark.parametrize("address", ["http://issuer.example", "ftp://issuer.example", "issuer.example", "https://", ""])
def test_an_issuer_in_the_clear_is_refused(address: str) -> None:
    """Whoever listens on the way could sign in as anybody."""
    with pytest.raises(ServingError, match="https"):
        Issuer(address, CLIENT, "")
