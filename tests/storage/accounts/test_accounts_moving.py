"""Accounts of a workbench that go along with a copy of its case: who may sign in there as here, and what stays."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from typer.testing import CliRunner

from databases import GUARDED, PASSWORD, POSTGRESQL, SQLITE, STORES, Another, Server
from factory import document
from tallystick.cli import copy as command
from tallystick.cli.whole import app
from tallystick.errors import CaseError, CaseReadOnlyError
from tallystick.model.document import Original, Retrieved
from tallystick.storage.accounts import deeds, people, sessions, tables
from tallystick.storage.accounts.moving import COPIED, copy_accounts, has_accounts
from tallystick.storage.accounts.opening import Accounts
from tallystick.storage.case import Case
from tallystick.storage.stores.address import CaseAddress, case_address

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TEXT = "Kyiv said 12 men came."


def a_case(address: CaseAddress) -> CaseAddress:
    """A case with a report, two accounts, one of them signed in, and an entry of the audit log for each."""
    found = document(TEXT, id="one")
    with Case.open(address, create=True) as case:
        case.add(Retrieved(found, Original(found.sha256, "text/plain", TEXT.encode())), ())
    with Accounts(address) as file:
        for name in ("Ana", "Борис"):
            people.add(file, name, "reviewer", NOW)
            deeds.note(file, NOW, name, "account made", name)
        people.set_password(file, 1, "a long enough password")
        sessions.begin(file, "token", 1, NOW, NOW + timedelta(hours=1), "127.0.0.1")
    return address


def held(address: CaseAddress) -> dict[str, list[tuple[object, ...]]]:
    """What is copied, of an address."""
    with Accounts(address) as file, file.reading() as connection:
        return {table.name: sorted(map(tuple, connection.execute(sa.select(table)))) for table in COPIED}


@pytest.mark.parametrize("start", STORES)
@pytest.mark.parametrize("end", STORES)
def test_who_may_sign_in_goes_along_when_it_is_asked_for(start: str, end: str, another: Another) -> None:
    """With the audit log to the letter; whoever is signed in is not there, and accounts are numbered on."""
    source, target = a_case(another(start, empty=True)), another(end, empty=True)
    said = CliRunner().invoke(app, ["copy", str(source), str(target), "--accounts"])
    assert said.exit_code == 0, said.output
    assert f"{target}: 2 accounts" in said.stdout
    assert held(target) == held(source)
    with Accounts(target) as file:
        assert people.by_name(file, "борис") is not None
        with file.reading() as connection:
            assert connection.scalar(sa.select(sa.func.count()).select_from(tables.sessions)) == 0
        people.add(file, "Chen", "reader", NOW)
        deeds.note(file, NOW, "Chen", "account made", "Chen")
        added = people.by_name(file, "Chen")
    assert added is not None
    assert added.number == 3


@pytest.mark.parametrize("kind", STORES)
def test_no_account_goes_along_unasked(kind: str, another: Another) -> None:
    """And to look for them makes none."""
    source, target = a_case(another(SQLITE, empty=True)), another(kind, empty=True)
    assert CliRunner().invoke(app, ["copy", str(source), str(target)]).exit_code == 0
    assert not has_accounts(target)
    assert copy_accounts(target, source) == 0


def test_accounts_that_are_there_stay(another: Another) -> None:
    """Nothing is copied then, not even the case."""
    source, target = a_case(another(SQLITE, empty=True)), another(POSTGRESQL, empty=True)
    with Accounts(target) as file:
        people.add(file, "Dora", "reader", NOW)
    said = CliRunner().invoke(app, ["copy", str(source), str(target), "--accounts"])
    assert isinstance(said.exception, CaseError)
    assert "leave --accounts out" in str(said.exception)
    with pytest.raises(CaseError, match="has accounts of its own"):
        copy_accounts(source, target)
    with pytest.raises(CaseError):
        Case.open(target)


def test_where_accounts_cannot_be_made_nothing_is_copied(server: Server, postgres: str, another: Another) -> None:
    """Who may fill a database may not always make a schema in it: so said before, and the copy can be made then."""
    source, name = a_case(another(SQLITE, empty=True)), postgres.rpartition("/")[2]
    server.execute(f"GRANT CREATE ON SCHEMA public TO {GUARDED}", name=name)
    target = server.address(name, GUARDED, PASSWORD.replace("%", "%25"))
    said = CliRunner().invoke(app, ["copy", str(source), target, "--accounts"])
    assert isinstance(said.exception, CaseReadOnlyError)
    assert "permission denied for database" in str(said.exception)
    assert PASSWORD not in said.output + str(said.exception)
    server.execute(f"GRANT CREATE ON DATABASE {name} TO {GUARDED}", name=name)
    said = CliRunner().invoke(app, ["copy", str(source), target, "--accounts"])
    assert said.exit_code == 0, said.output
    assert held(case_address(target)) == held(source)


def test_a_copy_whose_accounts_did_not_come_along_says_so(another: Another, monkeypatch: pytest.MonkeyPatch) -> None:
    """And what to do."""
    source, target = a_case(another(SQLITE, empty=True)), another(SQLITE, empty=True)

    def lost(_source: CaseAddress, target: CaseAddress) -> int:
        raise CaseError(str(target), "the disk is gone")

    monkeypatch.setattr(command, "copy_accounts", lost)
    said = CliRunner().invoke(app, ["copy", str(source), str(target), "--accounts"])
    assert "holds the case now, but not its accounts" in str(said.exception)
    assert "the disk is gone" in str(said.exception)
