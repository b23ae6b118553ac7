"""The file of accounts: whose it is, what it refuses, and that no package of a case holds it."""

import sqlite3
import stat
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tallystick.cli import app
from tallystick.errors import AccountError, CaseError, CaseVersionError
from tallystick.pipeline import run
from tallystick.storage.accounts import attempts, deeds, links, people, sessions
from tallystick.storage.accounts.attempts import Limit
from tallystick.storage.accounts.opening import ACCOUNTS_FILE, Accounts
from tallystick.storage.accounts.secrets import secret
from tallystick.storage.accounts.visits import Visits

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_the_file_is_its_owners_alone(tmp_path: Path) -> None:
    """Also one that was readable before, and what SQLite writes beside it."""
    (tmp_path / ACCOUNTS_FILE).touch(0o644)
    with Accounts(tmp_path) as file:
        people.add(file, "ana", "reader", NOW)
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert modes
    assert set(modes.values()) == {0o600}


def test_a_file_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    """And the error says so."""
    Accounts(tmp_path).close()
    with sqlite3.connect(tmp_path / ACCOUNTS_FILE) as connection:
        connection.execute("PRAGMA user_version=99")
    connection.close()
    with pytest.raises(CaseVersionError, match="newer Tallystick"):
        Accounts(tmp_path)


def test_what_is_no_such_file_is_named(tmp_path: Path) -> None:
    """Instead of a traceback."""
    (tmp_path / ACCOUNTS_FILE).write_bytes(b"this is no database at all, but long enough to look" * 40)
    with pytest.raises(CaseError, match=ACCOUNTS_FILE):
        Accounts(tmp_path)


def test_the_audit_log_is_only_added_to(tmp_path: Path) -> None:
    """The file itself refuses changes, gaps, and entries that are put in between."""
    with Accounts(tmp_path) as file:
        for number in range(3):
            deeds.note(file, NOW, "ana", "review", f"claim-{number}")
    connection = sqlite3.connect(tmp_path / ACCOUNTS_FILE)
    for statement in (
        "UPDATE audit SET who = 'ben'",
        "DELETE FROM audit WHERE number = 3",
        "INSERT INTO audit SELECT 9, time, who, action, subject, told, address FROM audit LIMIT 1",
        "INSERT OR REPLACE INTO audit SELECT 2, time, 'ben', action, subject, told, address FROM audit LIMIT 1",
    ):
        with pytest.raises(sqlite3.IntegrityError, match="only added to"):
            connection.execute(statement)
    connection.close()


def test_the_audit_log_takes_any_text(tmp_path: Path) -> None:
    """A name of a file may be no Unicode, and a reason as long as its writer likes."""
    with Accounts(tmp_path) as file:
        deeds.note(file, NOW, "ana", "add reports", "a\udcffb", "x" * 100_000)
        (deed,) = deeds.page(file, 1, 10).deeds
    assert deed.subject == "a?b"
    assert len(deed.told) == deeds.LONGEST


def test_entries_of_many_threads_have_numbers_without_a_gap(tmp_path: Path) -> None:
    """Each waits for its turn, and none is lost."""

    def write(file: Accounts) -> None:
        for _ in range(25):
            deeds.note(file, NOW, "ana", "review", "x")

    with Accounts(tmp_path) as file:
        threads = [threading.Thread(target=write, args=(file,)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        numbers = [deed.number for deed in deeds.page(file, 1, 500).deeds]
    assert numbers == list(range(100, 0, -1))


def test_many_attempts_at_once_do_not_pass_the_limit(tmp_path: Path) -> None:
    """Counting and looking is one step."""
    waits: list[int] = []
    with Accounts(tmp_path) as file:
        limits = (Limit("name ana", 5),)
        threads = [
            threading.Thread(target=lambda: waits.append(attempts.start(file, limits, NOW, HOUR))) for _ in range(12)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert waits.count(0) == 5


def test_attempts_leave_the_window_one_by_one(tmp_path: Path) -> None:
    """The wait is until the first of them has left it."""
    with Accounts(tmp_path) as file:
        limits = (Limit("name ana", 2), Limit("address x", 100))
        assert attempts.start(file, limits, NOW, HOUR) == 0
        assert attempts.start(file, limits, NOW + HOUR / 2, HOUR) == 0
        assert attempts.start(file, limits, NOW + HOUR / 2, HOUR) == 1800
        assert attempts.start(file, limits, NOW + HOUR, HOUR) == 0
        assert attempts.start(file, limits, NOW + HOUR, HOUR) == 1800


def test_a_link_is_used_once_also_by_two_at_once(tmp_path: Path) -> None:
    """Only one of them makes an account."""
    outcomes: list[str] = []

    def use(file: Accounts, name: str) -> None:
        try:
            links.use(file, "token", NOW, "hash", name)
        except AccountError:
            outcomes.append("refused")
        else:
            outcomes.append("made")

    with Accounts(tmp_path) as file:
        links.keep(file, "token", "administrator", NOW + HOUR)
        threads = [threading.Thread(target=use, args=(file, f"name {number}")) for number in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(outcomes) == ["made"] + ["refused"] * 5
        assert len(people.everybody(file)) == 1


def test_an_administrator_by_single_sign_on_alone_keeps_it(tmp_path: Path) -> None:
    """Without another administrator, taking it away would lock everybody out."""
    with Accounts(tmp_path) as file:
        ada = people.add(file, "ada", "administrator", NOW, mail="ada@example.org")
        with pytest.raises(AccountError, match="last administrator"):
            people.set_mail(file, ada.number, "")
        people.set_password(file, ada.number, "hash")
        people.set_mail(file, ada.number, "")
        assert people.by_number(file, ada.number).mail is None


def test_numbers_of_accounts_are_not_given_again(tmp_path: Path) -> None:
    """What hung on an old one must not open a new one."""
    with Accounts(tmp_path) as file:
        first = people.add(file, "ana", "reader", NOW)
        with file.writing() as connection:
            connection.exec_driver_sql("DELETE FROM accounts")
        assert people.add(file, "ben", "reader", NOW).number > first.number


def test_sessions_that_have_run_out_are_forgotten(tmp_path: Path) -> None:
    """The file does not grow with every day."""
    with Accounts(tmp_path) as file:
        ana = people.add(file, "ana", "reader", NOW)
        sessions.begin(file, "old", ana.number, NOW, NOW + HOUR, "")
        sessions.begin(file, "new", ana.number, NOW, NOW + 3 * HOUR, "")
        sessions.sweep(file, NOW + HOUR, NOW - HOUR)
        assert sessions.find(file, "old") is None
        assert sessions.find(file, "new") is not None


def test_visits_and_secrets_outlast_a_restart(tmp_path: Path) -> None:
    """Each opening sees what the one before has kept."""
    with Accounts(tmp_path) as file:
        assert Visits(file).last("Ana") is None
        Visits(file).note("Ana", "2026-03-01T00:00:00.000000Z")
        Visits(file).note("ana", "2026-03-02T00:00:00.000000Z")
        made = secret(file, "forms", lambda: "first")
    with Accounts(tmp_path) as file:
        assert Visits(file).last("Ana") == "2026-03-02T00:00:00.000000Z"
        assert secret(file, "forms", lambda: "second") == made == "first"


def test_no_package_of_a_case_holds_the_accounts(tmp_path: Path) -> None:
    """Hashes of passwords are not handed on with the evidence."""
    report = tmp_path / "a.txt"
    report.write_text("The ministry said on 3 March 2025 that 1,200 sappers had arrived in Kursk.\n", "utf-8")
    run([report], tmp_path / "case", "dprk-russia")
    with Accounts(tmp_path / "case") as file:
        people.add(file, "A Name To Look For", "reader", NOW, password="a-hash-to-look-for")  # noqa: S106 - no password
    found = CliRunner().invoke(app, ["bundle", "--case", str(tmp_path / "case"), "--out", str(tmp_path / "bag")])
    assert found.exit_code == 0
    packed = [path for path in (tmp_path / "bag").rglob("*") if path.is_file()]
    assert packed
    assert not [path for path in packed if path.name.startswith("workbench") or b"To Look For" in path.read_bytes()]
