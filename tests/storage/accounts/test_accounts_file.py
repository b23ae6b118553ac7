"""The file of accounts: whose it is, what it refuses, and that no package of a case holds it."""

import sqlite3
import stat
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from typer.testing import CliRunner

from tallystick.cli.whole import app
from tallystick.errors import AccountError, CaseError, CaseVersionError
from tallystick.pipeline import run
from tallystick.storage.accounts import attempts, deeds, links, people, sessions
from tallystick.storage.accounts.attempts import Limit
from tallystick.storage.accounts.opening import ACCOUNTS_FILE, Accounts
from tallystick.storage.accounts.secrets import secret
from tallystick.storage.accounts.visits import Visits
from tallystick.storage.opening import store_at
from tallystick.storage.stores.address import CaseAddress

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


def test_the_audit_log_of_a_database_is_only_added_to(postgres: str) -> None:
    """So it is there, and in a schema that is not that of the case."""
    with Accounts(store_at(postgres).address) as file:
        for number in range(3):
            deeds.note(file, NOW, "ana", "review", f"claim-{number}")
    engine = store_at(postgres).engine(read_only=False)
    for statement in (
        "UPDATE audit SET who = 'ben'",
        "DELETE FROM audit WHERE number = 3",
        "TRUNCATE audit",
        "INSERT INTO audit SELECT 9, time, who, action, subject, told, address FROM audit LIMIT 1",
        "INSERT INTO audit SELECT 2, time, 'ben', action, subject, told, address FROM audit LIMIT 1",
    ):
        with engine.connect() as connection:
            connection.execute(sa.text("SET search_path TO public_workbench"))
            with pytest.raises(sa.exc.DBAPIError, match="only added to"):
                connection.execute(sa.text(statement))
    with engine.connect() as connection:
        assert sa.inspect(connection).get_table_names("public") == []


def test_accounts_of_a_newer_version_are_left_alone_in_a_database_too(postgres: str) -> None:
    """And the error says so."""
    address = store_at(postgres).address
    Accounts(address).close()
    with store_at(postgres).engine(read_only=False).begin() as connection:
        connection.execute(sa.text("INSERT INTO public_workbench.steps VALUES (99)"))
    with pytest.raises(CaseVersionError, match="newer Tallystick"):
        Accounts(address)


def test_accounts_that_two_begin_at_once_are_made_once(place: CaseAddress) -> None:
    """Whoever comes second finds what the first has made."""
    faults: list[BaseException] = []

    def begin() -> None:
        try:
            Accounts(place).close()
        except BaseException as error:  # noqa: BLE001 - whatever it is
            faults.append(error)

    threads = [threading.Thread(target=begin) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


def test_names_are_sorted_by_code_points_and_kept_as_they_are(place: CaseAddress) -> None:
    """Whatever language the server has; and the second of a name is refused."""
    with Accounts(place) as file:
        for name in ("zoe", "Äda", "ben", "ab c"):
            people.add(file, name, "reader", NOW)
        assert [one.name for one in people.everybody(file)] == ["ab c", "ben", "zoe", "Äda"]
        with pytest.raises(AccountError, match="of this name"):
            people.add(file, "BEN", "reader", NOW)
        deeds.note(file, NOW, "a\0b", "sign in", "x")
        assert deeds.page(file, 1, 1).deeds[0].who == "a\0b"


def test_the_audit_log_takes_any_text(place: CaseAddress) -> None:
    """A name of a file may be no Unicode, and a reason as long as its writer likes."""
    with Accounts(place) as file:
        deeds.note(file, NOW, "ana", "add reports", "a\udcffb", "x" * 100_000)
        (deed,) = deeds.page(file, 1, 10).deeds
    assert deed.subject == "a?b"
    assert len(deed.told) == deeds.LONGEST


def test_entries_of_many_threads_have_numbers_without_a_gap(place: CaseAddress) -> None:
    """Each waits for its turn, and none is lost."""

    def write(file: Accounts) -> None:
        for _ in range(25):
            deeds.note(file, NOW, "ana", "review", "x")

    with Accounts(place) as file:
        threads = [threading.Thread(target=write, args=(file,)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        numbers = [deed.number for deed in deeds.page(file, 1, 500).deeds]
    assert numbers == list(range(100, 0, -1))


def test_many_attempts_at_once_do_not_pass_the_limit(place: CaseAddress) -> None:
    """Counting and looking is one step."""
    waits: list[int] = []
    with Accounts(place) as file:
        limits = (Limit("name ana", 5),)
        threads = [
            threading.Thread(target=lambda: waits.append(attempts.start(file, limits, NOW, HOUR))) for _ in range(12)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert waits.count(0) == 5


def test_attempts_leave_the_window_one_by_one(place: CaseAddress) -> None:
    """The wait is until the first of them has left it."""
    with Accounts(place) as file:
        limits = (Limit("name ana", 2), Limit("address x", 100))
        assert attempts.start(file, limits, NOW, HOUR) == 0
        assert attempts.start(file, limits, NOW + HOUR / 2, HOUR) == 0
        assert attempts.start(file, limits, NOW + HOUR / 2, HOUR) == 1800
        assert attempts.start(file, limits, NOW + HOUR, HOUR) == 0
        assert attempts.start(file, limits, NOW + HOUR, HOUR) == 1800


def test_a_link_is_used_once_also_by_two_at_once(place: CaseAddress) -> None:
    """Only one of them makes an account."""
    outcomes: list[str] = []

    def use(file: Accounts, name: str) -> None:
        try:
            links.use(file, "token", NOW, "hash", name)
        except AccountError:
            outcomes.append("refused")
        else:
            outcomes.append("made")

    with Accounts(place) as file:
        links.keep(file, "token", "administrator", NOW + HOUR)
        threads = [threading.Thread(target=use, args=(file, f"name {number}")) for number in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(outcomes) == ["made"] + ["refused"] * 5
        assert len(people.everybody(file)) == 1


def test_an_administrator_by_single_sign_on_alone_keeps_it(place: CaseAddress) -> None:
    """Without another administrator, taking it away would lock everybody out."""
    with Accounts(place) as file:
        ada = people.add(file, "ada", "administrator", NOW, mail="ada@example.org")
        with pytest.raises(AccountError, match="last administrator"):
            people.set_mail(file, ada.number, "")
        people.set_password(file, ada.number, "hash")
        people.set_mail(file, ada.number, "")
        assert people.by_number(file, ada.number).mail is None


def test_numbers_of_accounts_are_not_given_again(place: CaseAddress) -> None:
    """What hung on an old one must not open a new one."""
    with Accounts(place) as file:
        first = people.add(file, "ana", "reader", NOW)
        with file.writing() as connection:
            connection.exec_driver_sql("DELETE FROM accounts")
        assert people.add(file, "ben", "reader", NOW).number > first.number


def test_sessions_that_have_run_out_are_forgotten(place: CaseAddress) -> None:
    """The file does not grow with every day."""
    with Accounts(place) as file:
        ana = people.add(file, "ana", "reader", NOW)
        sessions.begin(file, "old", ana.number, NOW, NOW + HOUR, "")
        sessions.begin(file, "new", ana.number, NOW, NOW + 3 * HOUR, "")
        sessions.sweep(file, NOW + HOUR, NOW - HOUR)
        assert sessions.find(file, "old") is None
        assert sessions.find(file, "new") is not None


def test_visits_and_secrets_outlast_a_restart(place: CaseAddress) -> None:
    """Each opening sees what the one before has kept."""
    with Accounts(place) as file:
        assert Visits(file).last("Ana") is None
        Visits(file).note("Ana", "2026-03-01T00:00:00.000000Z")
        Visits(file).note("ana", "2026-03-02T00:00:00.000000Z")
        made = secret(file, "forms", lambda: "first")
    with Accounts(place) as file:
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
