"""A case in a database: what only a server can do to it, and what is never told of it."""

import json
import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa
from typer.testing import CliRunner

from databases import GUARDED, PASSWORD, SQLITE, STORES, Another, Server, behind
from factory import claim, document
from reviewing_case import claim_of
from tallystick.cli import watch
from tallystick.cli.whole import app
from tallystick.errors import (
    CaseAwayError,
    CaseBusyError,
    CaseError,
    CaseReadOnlyError,
    ExtraMissingError,
    ReviewConflictError,
)
from tallystick.inquiry import reviewing
from tallystick.model.document import Original, Retrieved
from tallystick.pipeline import Look, look, run
from tallystick.sample import reports
from tallystick.storage.case import REPORT, Case
from tallystick.storage.copying import copy
from tallystick.storage.custody import Action, Keeper
from tallystick.storage.opening import store_at
from tallystick.storage.stores.address import CaseAddress, Database, case_address
from tallystick.storage.stores.postgres import TURN
from tallystick.storage.verifying import verify
from tallystick.storage.views.view import Views
from website import Page, site

REVIEWERS = 10
# A trigger that does something whenever a report comes, `{}`.
TRIPPED = """
CREATE SEQUENCE trips;
CREATE FUNCTION trip() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {} RETURN NEW; END $$;
CREATE TRIGGER trip AFTER INSERT ON claims FOR EACH ROW EXECUTE FUNCTION trip();
"""
# A sequence keeps its place where a transaction is undone.
CROSSED = "IF nextval('trips') <= {} THEN RAISE 'made to fail' USING ERRCODE = 'serialization_failure'; END IF;"


def received(name: str) -> Retrieved:
    """A report with one figure."""
    content = f"Moscow said 5,000 builders would come to {name}.".encode()
    original = Original(sha256(content).hexdigest(), "text/plain", content)
    return Retrieved(document(content.decode(), id=name), original)


def add(case: Case, name: str) -> None:
    """Add a report with its claim."""
    found = received(name)
    case.add(found, (claim(found.document, "5,000"),))


@pytest.fixture
def made(postgres: str) -> CaseAddress:
    """A case of one report in a database."""
    with Case.open(postgres, create=True) as case:
        add(case, "first")
    return case_address(postgres)


def whole(address: CaseAddress) -> list[str]:
    """The reports of a case in which nothing is amiss."""
    with Case.open(address, read_only=True) as case:
        assert verify(case).faults == ()
        return sorted(one.id for one in case.documents())


@pytest.mark.parametrize("kind", STORES)
def test_ten_reviewers_at_once_lose_no_decision_and_of_two_about_one_claim_the_second_is_told(
    kind: str, another: Another, tmp_path: Path
) -> None:
    """Each decides about a claim of their own and all about the same one; numbers and log have no gap."""
    lines = (
        json.dumps({"id": f"r-{one}", "text": f"The ministry said that {one + 2}00 sappers had arrived."})
        for one in range(REVIEWERS + 1)
    )
    (tmp_path / "reports.jsonl").write_text("\n".join(lines), encoding="utf-8")
    address = another(kind)
    run([tmp_path / "reports.jsonl"], address)
    begin = threading.Barrier(REVIEWERS)
    refused = []

    def review(reviewer: int) -> None:
        with Case.open(address, keeper=Keeper(f"reviewer {reviewer}"), migrate=False) as case:
            own, shared = claim_of(case, f"r-{reviewer}"), claim_of(case, f"r-{REVIEWERS}")
            begin.wait()
            reviewing.accept(case, own.id, seen=0)
            try:
                reviewing.reject(case, shared.id, seen=0, why="Not a count.")
            except ReviewConflictError:
                refused.append(reviewer)

    with ThreadPoolExecutor(REVIEWERS) as pool:
        list(pool.map(review, range(REVIEWERS)))
    assert len(refused) == REVIEWERS - 1
    with Case.open(address, read_only=True) as case:
        held = case.reviews()
        assert verify(case).faults == ()
    assert [one.number for one in held] == list(range(1, REVIEWERS + 2))
    assert {one.by for one in held} == {f"reviewer {one}" for one in range(REVIEWERS)}


def test_the_sample_gives_the_same_in_a_database_as_in_a_folder(another: Another) -> None:
    """Ledger, report and every file, byte by byte; the report lies with the case."""
    folder, database = (another(kind) for kind in STORES)
    with reports() as given:
        one, other = (run([given], address, "dprk-russia") for address in (folder, database))
    assert other.ledger == one.ledger
    assert (one.report, other.report) == (Path(str(folder)) / REPORT, None)
    held = []
    for address in (folder, database):
        with Case.open(address, read_only=True) as case, case.moment():
            assert verify(case).faults == ()
            names = [REPORT, *(name for below in ("evidence", "warc", "dossiers") for name in case.kept.names(below))]
            held.append([(name, case.kept.read(name)) for name in names])
    assert held[0] == held[1]


def test_a_connection_that_is_lost_between_two_changes_is_made_anew(made: CaseAddress) -> None:
    """A program that runs for days does not end with a restart of its server."""
    with Case.open(made) as case, closing(Views(made)) as views:
        with views.moment() as view:
            assert view.mark == 4
        _cut_off(made)
        add(case, "second")
        _cut_off(made)
        assert len(case.documents()) == 2
        with views.moment() as view:
            assert view.mark == 7
    assert whole(made) == ["first", "second"]


def _cut_off(address: CaseAddress) -> None:
    with behind(address) as connection:
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def test_a_connection_that_is_lost_within_a_change_is_named_and_nothing_of_that_is_kept(made: CaseAddress) -> None:
    """Neither rows nor files nor entries; the next change is made."""
    _trip(made, "PERFORM pg_terminate_backend(pg_backend_pid());")
    with Case.open(made) as case:
        with pytest.raises(CaseError, match=r"connection was lost .* not kept"):
            add(case, "second")
        assert [one.id for one in case.documents()] == ["first"]
        with case.moment():
            assert not case.kept.holds(f"evidence/{received('second').original.sha256}")
            assert len(list(case.kept.names("evidence"))) == 1
        _trip(made, None)
        add(case, "third")
    assert whole(made) == ["first", "third"]


def _trip(address: CaseAddress, what: str | None) -> None:
    """Have the database do something at every new claim, or nothing any more."""
    with behind(address) as connection:
        connection.exec_driver_sql("DROP TRIGGER IF EXISTS trip ON claims")
        connection.exec_driver_sql("DROP FUNCTION IF EXISTS trip")
        connection.exec_driver_sql("DROP SEQUENCE IF EXISTS trips")
        if what is not None:
            connection.exec_driver_sql(TRIPPED.format(what))


def test_a_server_that_starts_again_is_found_again_and_one_that_is_gone_is_named(
    server: Server, made: CaseAddress
) -> None:
    """By the one program that had the case open all the while."""
    with Case.open(made) as case, closing(Views(made)) as views:
        server.control("restart", "-m", "fast")
        add(case, "second")
        server.control("stop", "-m", "fast")
        try:
            with pytest.raises(CaseError, match="cannot be reached"):
                case.documents()
            with pytest.raises(CaseError, match="cannot be reached"), views.moment():
                pass
            with pytest.raises(CaseError, match="cannot be reached"):
                Case.open(made)
        finally:
            server.control("start")
        assert len(case.documents()) == 2
        with views.moment() as view:
            assert view.mark == 7
    assert whole(made) == ["first", "second"]


def test_who_watches_feeds_waits_for_a_server_that_is_away(
    server: Server, made: CaseAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second look finds none, the third goes on; a first one that finds none ends with an error."""
    looks = 0

    def looking(*given: Any, **named: Any) -> Look:
        nonlocal looks
        looks += 1
        if looks in (2, 3):
            server.control("stop" if looks == 2 else "start")
        if looks == 3:
            os.kill(os.getpid(), signal.SIGINT)
        return replace(look(*given, **named), wait=0.0)

    monkeypatch.setattr(watch, "look", looking)
    monkeypatch.setattr(watch, "AGAIN", 0.0)
    with site() as paper:
        paper.pages["/feed"] = Page(b'{"id": "r", "text": "At least 12 people were killed, police said."}\n')
        given = ["watch", "--feed", paper.url("/feed"), "--allow-host", paper.host, "--case", server.address(made.name)]
        done = CliRunner().invoke(app, given)
        assert done.exit_code == 0, done.output
        assert done.output.count("looking again") == 1
        assert done.output.count("1 added") == 1
        assert looks == 3
        with pytest.raises(CaseAwayError):
            CliRunner().invoke(app, [*given[:-1], server.address("nowhere")], catch_exceptions=False)
    assert "r" in whole(made)


def test_a_change_that_another_program_crossed_is_made_again(made: CaseAddress) -> None:
    """Twice the database says so, the third time it is made, once."""
    _trip(made, CROSSED.format(2))
    with Case.open(made) as case:
        add(case, "second")
    assert whole(made) == ["first", "second"]


def test_a_change_that_is_always_crossed_is_named_and_nothing_of_it_is_kept(made: CaseAddress) -> None:
    """It is not tried for ever."""
    _trip(made, CROSSED.format(1_000))
    with Case.open(made) as case, pytest.raises(CaseBusyError, match="do it again"):
        add(case, "second")
    with behind(made) as connection:
        assert connection.exec_driver_sql("SELECT last_value FROM trips").scalar() == 5
    assert whole(made) == ["first"]


def test_a_deadlock_with_another_program_is_survived(server: Server, made: CaseAddress) -> None:
    """Somebody at `psql` holds what the change needs, and wants what it has: the database undoes one of them."""
    name = made.name
    with closing(psycopg.connect(server.address(name))) as other, ThreadPoolExecutor(1) as pool:
        # The other one is never the one that is undone.
        other.execute("SET LOCAL deadlock_timeout = '60s'")
        other.execute("LOCK TABLE claims IN EXCLUSIVE MODE")
        with Case.open(made) as case:
            adding = pool.submit(add, case, "second")
            other.execute(
                "DO $$ BEGIN WHILE NOT EXISTS (SELECT FROM pg_locks WHERE locktype = 'relation' AND NOT granted) LOOP"
                " PERFORM pg_sleep(0.01); END LOOP; END $$"
            )
            other.execute(f"SELECT pg_advisory_xact_lock({TURN}, hashtext(current_schema()))")
            other.rollback()
            adding.result()
    assert whole(made) == ["first", "second"]


def test_a_writer_that_waits_too_long_for_its_turn_says_why(
    server: Server, made: CaseAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As with SQLite."""
    monkeypatch.setattr("tallystick.storage.stores.postgres.PATIENCE", 0.05)
    with closing(psycopg.connect(server.address(made.name))) as other:
        other.execute(f"SELECT pg_advisory_xact_lock({TURN}, hashtext('public'))")
        with pytest.raises(CaseError, match="another process"):
            Case.open(made)


@pytest.fixture
def guarded(server: Server, made: CaseAddress) -> Iterator[str]:
    """The address of that case for one who needs a password, with it."""
    name = made.name
    server.execute(
        f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {GUARDED}",
        f"GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO {GUARDED}", name=name,
    )  # fmt: skip
    yield server.address(name, GUARDED, PASSWORD.replace("%", "%25").replace("/", "%2F"))
    server.execute(f"DROP OWNED BY {GUARDED}", name=name)


def _report(folder: Path) -> Path:
    """A file with one report."""
    path = folder / "a.txt"
    path.write_text("The ministry said that 1,200 sappers had arrived.", "utf-8")
    return path


def test_a_password_goes_to_the_database_and_nowhere_else(guarded: str, tmp_path: Path) -> None:
    """Not into names, errors, the log or the report, whether it is right or wrong."""
    address = case_address(guarded)
    assert isinstance(address, Database)
    assert address.url.password == PASSWORD
    run([_report(tmp_path)], address, "dprk-russia")
    with Case.open(address) as case, case.moment():
        told = [str(case.address), repr(case.address), repr(store_at(address)), case.kept.read(REPORT).decode()]
        told += [entry.particulars + entry.subject for entry in case.custody()]
    assert not any(PASSWORD in one or "pass%252" in one for one in told)
    wrong = guarded.replace("0rd", "1rd")
    for broken in (wrong, f"{wrong}?password=w1rd", guarded.replace("@127", ":w1rd@127")):
        with pytest.raises(CaseError) as caught:
            Case.open(broken)
        assert "w1rd" not in str(caught.value)
        assert "w0rd" not in str(caught.value)


def test_the_command_line_takes_an_address_and_shows_no_password(guarded: str, tmp_path: Path) -> None:
    """A run, its report and what is wrong with an address, as a user sees them."""
    page, told = tmp_path / "report.html", []
    for arguments in (
        ("run", str(_report(tmp_path)), "--case", guarded),
        ("report", "--case", guarded, "-o", str(page)),
        ("verify", "--case", guarded),
        ("custody", "--case", guarded),
        ("verify", "--case", guarded.replace("0rd", "1rd")),
        ("verify", "--case", guarded.replace("@127.0.0.1:", "@127.0.0.1:port")),
    ):
        done = CliRunner().invoke(app, arguments)
        told.append(f"{done.output}{done.exception or ''}")
        assert (done.exit_code == 0) == (len(told) <= 4), told[-1]
    assert "tallystick report --case postgresql://guarded@127.0.0.1" in told[0]
    assert "1,200" in page.read_text("utf-8")
    assert "everything is as it was" in told[2]
    assert "case made" in told[3]
    assert "cannot be reached" in told[4]
    assert "no address of a database" in told[5]
    assert "rd@" not in "".join(told)


def test_who_may_only_read_reads_and_is_told(server: Server, made: CaseAddress) -> None:
    """The access stands in no log then."""
    server.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {GUARDED}", name=made.name)
    address = server.address(made.name, GUARDED, PASSWORD.replace("%", "%25").replace("/", "%2F"))
    with Case.open(address, read_only=True) as case:
        assert len(case.documents()) == 1
    with Case.open(address, migrate=False) as case, pytest.raises(CaseReadOnlyError, match="right to write"):
        case.note(Action.ACCESSED, "test", {})
    server.execute(f"DROP OWNED BY {GUARDED}", name=made.name)
    with pytest.raises(CaseReadOnlyError, match=r"permission denied .*ask for the right to read"):
        Case.open(address, read_only=True)


def test_the_database_refuses_every_change_of_evidence_and_log(made: CaseAddress) -> None:
    """Also TRUNCATE, and numbers of one's own choice; what may be written over may."""
    for statement in (
        "UPDATE files SET content = 'x' WHERE name LIKE 'evidence%%'", "DELETE FROM files", "TRUNCATE files",
        "UPDATE custody SET actor = 'nobody'", "DELETE FROM custody WHERE number = 4", "TRUNCATE custody",
        "INSERT INTO custody VALUES (9, 't', '', '', 'access', '', '{}', '', '')", "TRUNCATE reviews",
    ):  # fmt: skip
        with pytest.raises(sa.exc.DBAPIError, match=r"only grows|only added|never changed"), behind(made) as connection:
            connection.exec_driver_sql(statement)
    assert whole(made) == ["first"]


def test_a_file_that_was_changed_is_named(made: CaseAddress) -> None:
    """Whoever owns the database can take its triggers away; the digests are in the log."""
    with behind(made) as connection:
        connection.exec_driver_sql("ALTER TABLE files DISABLE TRIGGER ALL")
        connection.exec_driver_sql("UPDATE files SET content = 'forged' WHERE name LIKE 'evidence%%'")
    with Case.open(made, read_only=True) as case:
        (fault,) = verify(case).faults
        with pytest.raises(CaseError, match="changed"):
            case.original(case.documents()[0])
    assert "was changed" in fault.reason


def test_a_database_without_a_case_is_named_and_left_as_it_is(postgres: str, server: Server) -> None:
    """So is one that is not there, and what is no address."""
    for read_only, migrate in ((True, False), (False, False), (False, True)):
        with pytest.raises(CaseError, match="holds no tables"):
            Case.open(postgres, read_only=read_only, migrate=migrate)
    with behind(case_address(postgres)) as connection:
        assert sa.inspect(connection).get_table_names() == []
    with pytest.raises(CaseError, match=r'database "nowhere" does not exist.*createdb'):
        Case.open(server.address("nowhere"), create=True)


def test_a_database_of_another_program_is_named_and_left_as_it_is(postgres: str, another: Another) -> None:
    """Neither a run nor a copy makes its tables among those of somebody else."""
    with behind(case_address(postgres)) as connection:
        connection.exec_driver_sql("CREATE TABLE people (name text)")
    with pytest.raises(CaseError, match=r"another program \(people\)"):
        Case.open(postgres, create=True)
    source = another(SQLITE)
    Case.open(source, create=True).close()
    with pytest.raises(CaseError, match=r"another program \(people\)"):
        copy(source, case_address(postgres))
    with behind(case_address(postgres)) as connection:
        assert sa.inspect(connection).get_table_names() == ["people"]


def test_without_its_extra_an_address_is_answered_with_the_command_that_installs_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The base install has no driver."""
    monkeypatch.setattr("tallystick.storage.stores.postgres.find_spec", lambda _: None)
    with pytest.raises(ExtraMissingError, match=r"pip install 'tallystick\[team\]'"):
        Case.open("postgresql://user@host/case")


def test_what_this_machine_has_of_a_database_lies_in_a_folder_of_its_own(server: Server) -> None:
    """One for each database, whatever it is called; the password plays no part in that."""
    folders = [store_at(server.address(name)).folder for name in ("a", "b", "..%2F..%2Fa", "a%2Fb")]
    assert len({folder.parent for folder in folders}) == 1
    assert len(set(folders)) == len(folders)
    assert store_at(server.address("a", password=PASSWORD)).folder == folders[0]


def test_both_ways_to_write_an_address_name_the_same_case() -> None:
    """And a folder is a folder, whatever its name."""
    assert case_address("postgres://a@b/c") == case_address("postgresql://a@b/c")
    assert case_address("postgresql.d/case") == Path("postgresql.d/case")
    assert str(case_address("postgresql://a:b@c/d?password=e&sslmode=require")) == "postgresql://a@c/d?sslmode=require"
