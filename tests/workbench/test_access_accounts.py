"""The accounts page and the audit log, as the administrator sees them."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench_case import a_case
from gates import PASSWORD, Browser, Gate, a_gate
from tallystick.storage.accounts import people
from tallystick.workbench.access.log import PAGE
from tallystick.workbench.access.visitors import Role

WELCOME = re.compile(r"http://bench\.example(/welcome/[\w-]+)")


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case, made once."""
    return a_case(tmp_path_factory.mktemp("accounts") / "case")


@pytest.fixture
def gate(original: Path, tmp_path: Path) -> Iterator[Gate]:
    """A workbench on a copy of it."""
    with a_gate(Path(shutil.copytree(original, tmp_path / "case"))) as made:
        yield made


@pytest.fixture
def zoe(gate: Gate) -> Browser:
    """The browser of an administrator."""
    return gate.enter("zoe", Role.ADMINISTRATOR)


def number_of(gate: Gate, name: str) -> int:
    """Give the number of an account."""
    person = people.by_name(gate.file, name)
    assert person is not None
    return person.number


def test_an_invited_person_sets_a_password_by_the_link_that_is_shown_once(gate: Gate, zoe: Browser) -> None:
    """The link stands on the page that makes it, and on no later one."""
    made = gate.send(zoe, "/accounts", name="Ben", role="analyst")
    found = WELCOME.search(made.text)
    assert found is not None
    assert "/welcome/" not in zoe.get("/accounts").text
    ben = gate.client()
    assert "Welcome, Ben" in ben.get(found[1]).text
    assert gate.send(ben, found[1], password=PASSWORD, repeated=PASSWORD).status_code == 303
    assert ben.get("/account").status_code == 200
    assert ben.get("/accounts").status_code == 403
    assert gate.client().get(found[1]).status_code == 404


def test_a_name_is_given_once(gate: Gate, zoe: Browser) -> None:
    """Also where it looks the same but is not: judgements go by it."""
    for name in ("ZOE", " zoe ", "ｚｏｅ"):
        answer = gate.send(zoe, "/accounts", name=name, role="reader")
        assert answer.status_code == 400
        assert "There is an account of this name" in answer.text
    assert len(people.everybody(gate.file)) == 1


def test_a_hostile_name_is_shown_as_text(gate: Gate, zoe: Browser) -> None:
    """On the page, and in the audit log."""
    gate.send(zoe, "/accounts", name="<img src=x onerror=alert(1)>", role="reader")
    for path in ("/accounts", "/audit"):
        page = zoe.get(path).text
        assert "<img" not in page
        assert "&lt;img src=x" in page


def test_an_unknown_role_is_refused(gate: Gate, zoe: Browser) -> None:
    """Nothing is made."""
    assert gate.send(zoe, "/accounts", name="ben", role="owner").status_code == 400
    assert people.by_name(gate.file, "ben") is None


def test_a_disabled_account_is_out_at_once_and_comes_back_by_hand(gate: Gate, zoe: Browser) -> None:
    """Its session ends; enabling it opens no old one."""
    ana = gate.enter("ana")
    path = f"/accounts/{number_of(gate, 'ana')}"
    assert gate.send(zoe, f"{path}/disable").status_code == 303
    assert ana.get("/account").headers["location"] == "/sign-in"
    assert gate.send(zoe, f"{path}/link").status_code == 400
    assert gate.send(zoe, f"{path}/enable").status_code == 303
    assert ana.get("/account").headers["location"] == "/sign-in"
    assert gate.sign_in(ana, "ana").status_code == 303


def test_sessions_are_ended_by_the_administrator(gate: Gate, zoe: Browser) -> None:
    """All of one account, and of no other."""
    browsers = [gate.enter("ana"), gate.enter("ana")]
    assert gate.send(zoe, f"/accounts/{number_of(gate, 'ana')}/sessions").status_code == 303
    assert [browser.get("/account").status_code for browser in browsers] == [302, 302]
    assert zoe.get("/accounts").status_code == 200


@pytest.mark.parametrize(("path", "fields"), [("disable", {}), ("role", {"role": "reader"})])
def test_the_last_administrator_cannot_lock_himself_out(
    path: str, fields: dict[str, str], gate: Gate, zoe: Browser
) -> None:
    """One who cannot sign in, as one who was only invited, does not count; a second one that can does."""
    gate.send(zoe, "/accounts", name="invited", role="administrator")
    there = f"/accounts/{number_of(gate, 'zoe')}/{path}"
    refused = gate.send(zoe, there, **fields)
    assert refused.status_code == 400
    assert "last administrator" in refused.text
    assert zoe.get("/accounts").status_code == 200
    gate.person("yan", Role.ADMINISTRATOR)
    assert gate.send(zoe, there, **fields).status_code == 303


def test_every_change_is_in_the_audit_log(gate: Gate, zoe: Browser) -> None:
    """With who, what, to whom, and from where."""
    gate.enter("ana")
    path = f"/accounts/{number_of(gate, 'ana')}"
    for change in ("link", "sessions", "disable", "enable"):
        gate.send(zoe, f"{path}/{change}")
    gate.send(zoe, f"{path}/role", role="reader")
    gate.send(zoe, "/sign-out")
    found = [(deed.who, deed.action, deed.subject) for deed in reversed(gate.deeds())]
    assert found == [
        ("zoe", "sign in", "zoe"), ("ana", "sign in", "ana"), ("zoe", "link made", "ana"),
        ("zoe", "sessions ended", "ana"), ("zoe", "account disabled", "ana"), ("zoe", "account enabled", "ana"),
        ("zoe", "role changed", "ana"), ("zoe", "sign out", "zoe"),
    ]  # fmt: skip
    assert gate.deeds("role changed")[0].told == "from analyst to reader"
    assert {deed.address for deed in gate.deeds()} == {"testclient"}


def test_the_audit_log_is_filtered_and_paged(gate: Gate, zoe: Browser) -> None:
    """Filters keep their address from page to page."""
    for number in range(PAGE + 5):
        gate.log.note("ana" if number % 2 else "ben", "review", f"claim-{number}")
    first = zoe.get("/audit?action=review").text
    assert f"{PAGE + 5} entries" in first
    assert "claim-104<" in first
    assert "claim-4<" not in first
    assert "?action=review&amp;page=2" in first
    second = zoe.get("/audit?action=review&page=2").text
    assert "claim-4<" in second
    assert "claim-5<" not in second
    mine = zoe.get("/audit?who=ben&action=review").text
    assert "claim-104<" in mine
    assert "claim-103<" not in mine
    assert "Nothing of this kind" in zoe.get("/audit?who=nobody-of-this-name").text


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999999999999999"])
def test_a_page_that_cannot_be_is_a_bad_request(page: str, zoe: Browser) -> None:
    """And no defect."""
    assert zoe.get(f"/audit?page={page}").status_code == 400


def test_behind_a_proxy_the_address_is_the_one_that_the_proxy_saw(gate: Gate) -> None:
    """What stands before it in the header is whatever the browser claims; without a proxy it is not looked at."""
    gate.person("ana")
    client = gate.client()
    client.request("GET", "/sign-in")
    token = client.cookies["tallystick-csrf"]
    fields = {"_csrf_token": token, "name": "ana", "password": "wrong"}
    client.request("POST", "/sign-in", data=fields, headers={"X-Forwarded-For": "203.0.113.7, 198.51.100.9"})
    assert gate.deeds()[0].address == "testclient"
    gate.front.behind_proxy = True
    client.request("POST", "/sign-in", data=fields, headers={"X-Forwarded-For": "203.0.113.7, 198.51.100.9"})
    assert gate.deeds()[0].address == "198.51.100.9"
