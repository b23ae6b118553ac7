"""Tokens as people make them, on their page and at the command line, and as they are kept."""

import re
import shutil
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from bench_case import a_case
from gates import Gate, a_gate
from tallystick.cli.whole import app
from tallystick.errors import AccountError
from tallystick.storage.accounts import people, tokens
from tallystick.storage.accounts.opening import ACCOUNTS_FILE, Accounts
from tallystick.workbench.access.visitors import Role

SECRET = re.compile(r"tally_[0-9A-Za-z]{39}")


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case, made once."""
    return a_case(tmp_path_factory.mktemp("tokens") / "case")


@pytest.fixture
def folder(original: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(original, tmp_path / "case"))


@pytest.fixture
def gate(folder: Path) -> Iterator[Gate]:
    """A workbench on it."""
    with a_gate(folder) as made:
        yield made


def test_a_token_is_shown_once_and_opens_the_api(gate: Gate) -> None:
    """On the page that makes it; the later ones name only how it begins."""
    ana = gate.enter("ana", Role.ANALYST)
    made = gate.send(ana, "/account/tokens", label="nightly", scope="read", days="30")
    found = SECRET.search(made.text)
    assert found is not None
    again = ana.get("/account/tokens").text
    assert found[0] not in again
    assert found[0][:10] in again
    asked = {"Authorization": f"Bearer {found[0]}"}
    assert gate.client().get("/api/v1/case", **asked).status_code == 200
    assert gate.client().request("POST", "/api/v1/documents", json={"text": "x"}, headers=asked).status_code == 403
    gate.wait(days=31)
    assert gate.client().get("/api/v1/case", **asked).status_code == 401
    assert "nightly: read until 2026-04-01" in gate.deeds("token made")[0].told


def test_only_the_hash_of_a_token_is_kept(gate: Gate, folder: Path) -> None:
    """Whoever reads the file cannot ask with what is in it."""
    secret = gate.token("read")
    with sqlite3.connect(folder / ACCOUNTS_FILE) as db:
        written = "\n".join(db.iterdump())
    db.close()
    assert secret[len("tally_1234") :] not in written
    assert secret[: len("tally_1234")] in written


def test_a_token_is_revoked_by_its_owner_alone(gate: Gate) -> None:
    """Somebody else's is not there for anybody."""
    secret = gate.token("read", name="ben")
    ana, ben = gate.enter("ana"), gate.enter("ben")
    assert gate.send(ana, "/account/tokens/1/revoke").status_code == 400
    asked = {"Authorization": f"Bearer {secret}"}
    assert gate.client().get("/api/v1/case", **asked).status_code == 200
    assert gate.send(ben, "/account/tokens/1/revoke").status_code == 303
    assert gate.client().get("/api/v1/case", **asked).status_code == 401
    assert "You have none" in ben.get("/account/tokens").text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"label": "", "scope": "read"}, "a name"), ({"label": "x"}, "some of read, ingest, review"),
        ({"label": "x", "scope": "admin"}, "some of read, ingest, review"),
        ({"label": "x", "scope": "review"}, "takes the role analyst"),
        ({"label": "<script>x\u202e", "scope": "read"}, "can be seen"),
    ],
)  # fmt: skip
def test_a_token_that_cannot_be_is_refused(gate: Gate, fields: dict[str, str], words: str) -> None:
    """Without a name or a scope, with one that there is not, or beyond its owner's role."""
    reader = gate.enter("rita", Role.READER)
    answer = gate.send(reader, "/account/tokens", **fields)
    assert answer.status_code == 400
    assert words in answer.text
    assert tokens.tokens(gate.file) == ()


def test_nobody_has_tokens_without_end(gate: Gate) -> None:
    """Whoever needs more than fifty has forgotten some."""
    for _ in range(tokens.MOST):
        gate.token("read")
    with pytest.raises(AccountError, match="50"):
        gate.token("read")


@given(st.binary(min_size=tokens.BYTES, max_size=tokens.BYTES), st.integers(0, 44), st.characters())
def test_a_token_is_known_by_its_form(chance: bytes, place: int, letter: str) -> None:
    """A scanner finds it without asking: fixed beginning and length, and a checksum that a slip does not pass."""
    secret = tokens.minted(chance)
    assert SECRET.fullmatch(secret)
    assert tokens.mine(secret)
    changed = secret[:place] + letter + secret[place + 1 :]
    assert tokens.mine(changed) is (changed == secret)


def test_tokens_at_the_command_line(folder: Path) -> None:
    """`tallystick token add`, `list` and `revoke` on the accounts of a case."""
    run = CliRunner().invoke
    nobody = run(app, ["token", "add", "--case", str(folder), "--person", "ana", "--name", "nightly"])
    assert isinstance(nobody.exception, AccountError)
    with Accounts(folder) as file:
        people.add(file, "ana", Role.ANALYST, datetime.now(UTC))
    made = run(app, ["token", "add", "--case", str(folder), "--person", "ana", "--name", "nightly", "--scope", "read"])
    assert made.exit_code == 0, made.output
    secret = made.stdout.strip()
    assert SECRET.fullmatch(secret)
    listed = run(app, ["token", "list", "--case", str(folder), "--format", "csv"])
    assert "nightly" in listed.stdout
    assert secret not in listed.stdout
    assert run(app, ["token", "revoke", "1", "--case", str(folder)]).exit_code == 0
    assert isinstance(run(app, ["token", "revoke", "1", "--case", str(folder)]).exception, AccountError)
    elsewhere = run(app, ["token", "list", "--case", str(folder / "none")])
    assert elsewhere.exit_code != 0
    assert not (folder / "none").exists()
