"""Reports by the thousand: what is in the case is what adding them one by one puts there."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from databases import POSTGRESQL, Another, behind
from factory import claim, document, fact
from tallystick.deriving import bring_up_to_date
from tallystick.dossiers.loading import load
from tallystick.errors import CaseError
from tallystick.model.claim import Ground
from tallystick.model.document import Detail, Document, Failure, Original, Retrieval, Retrieved, Sureness
from tallystick.pipeline import run, subject_of
from tallystick.sample import reports as sample_reports
from tallystick.screening.priorities import priorities
from tallystick.storage import loading
from tallystick.storage.case import Case
from tallystick.storage.custody import Keeper
from tallystick.storage.loading import Loading, Report, prepared
from tallystick.storage.settling import Settled
from tallystick.storage.stores.address import CaseAddress
from tallystick.storage.tables import metadata
from tallystick.storage.verifying import verify
from tallystick.tracing.blocking import ties

KEEPER = Keeper("Ada", "tallystick test", lambda: datetime(2026, 3, 1, tzinfo=UTC))
TEXTS = (
    "Kyiv said 5,000 men and 1,000 more.",
    "서울은 300 명이라고 했다.\n그리고 40 명.",
    "Десять 10 человек.",
    "平壤 7 人",
    "nothing",
)


def report(number: int, text: str, details: tuple[Detail, ...] = ()) -> Report:
    """A report with a claim on each of its figures, latest first, and a fact."""
    found = replace(document(text, id=f"doc-{number}", title=f"Title {number}", outlet="Harbor Press"), details=details)
    figures = sorted({one.strip(".") for one in text.split() if one[0].isdigit()})
    claims = tuple(claim(found, one, speaker="the ministry", place="Kursk") for one in reversed(figures))
    facts = (fact(found, text.split()[0]),)
    return Report(Retrieved(found, original(found)), claims, facts)


def original(found: Document, retrieval: Retrieval | None = None) -> Original:
    """The bytes of a document."""
    content = found.text.encode()
    return Original(sha256(content).hexdigest(), "text/plain", content, retrieval)


def reports() -> list[Report]:
    """Reports of several scripts; one from the web, one that could not be read, two with the same text."""
    made = [report(number, text) for number, text in enumerate(TEXTS)]
    web = Retrieval(
        "https://example.org/a", "2025-06-17T10:00:00Z", 200, (("Server", "x"),), ("https://example.org/b",)
    )
    first = made[0]
    made[0] = first._replace(found=Retrieved(first.found.document, original(first.found.document, web)))
    made.append(report(9, TEXTS[1])._replace(failure=Failure("doc-9.txt", "extract", "no language")))
    detail = Detail("title", "T\0itle", "meta", Sureness.READ)
    huge = report(10, "Of 12 then.", details=(detail,))
    made.append(huge._replace(claims=tuple(replace(one, low=2**80, high=0.5) for one in huge.claims)))
    return made


def tables(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, those of the search indexes too, and how each is made."""
    with closing(sqlite3.connect(folder / "case.sqlite")) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        # How an index of words divides what it holds among its pages hangs on how it was filled, not what it holds.
        kept = [name for name in names if not name.endswith(("_words_data", "_words_idx", "_words_config"))]
        found = {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in kept}  # noqa: S608
        found["schema"] = connection.execute("SELECT type, name, sql FROM sqlite_master ORDER BY type, name").fetchall()
        for name in ("claim_words", "document_words"):
            connection.execute(f"INSERT INTO {name} ({name}, rank) VALUES ('integrity-check', 1)")  # noqa: S608
    return found


def files(folder: Path) -> dict[str, bytes]:
    """Every file of a case but its tables."""
    found = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("case.sqlite"))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def added(folder: Path, made: list[Report]) -> None:
    """Add reports one by one."""
    with Case.open(folder, create=True, keeper=KEEPER) as case:
        for one in made:
            case.add(one.found, one.claims, one.facts, one.failure)


@pytest.mark.parametrize("portion", [1, 3, 4_000])
def test_what_is_loaded_is_what_adding_puts_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, portion: int
) -> None:
    """Every row of every table, the log with its hashes, the files, and nothing that `verify` finds."""
    monkeypatch.setattr(loading, "PORTION", portion)
    added(tmp_path / "added", reports())
    with Loading.open(tmp_path / "loaded", create=True, keeper=KEEPER) as case:
        told = case.load(reports())
        assert verify(case).faults == ()
    assert (told.added, told.known, told.refused) == (7, 0, ())
    assert told.claims == sum(len(one.claims) for one in reports())
    one, other = tables(tmp_path / "added"), tables(tmp_path / "loaded")
    assert one.keys() == other.keys()
    for name, rows in one.items():
        assert rows == other[name], name
    assert files(tmp_path / "added") == files(tmp_path / "loaded")


def test_what_is_loaded_into_a_database_is_what_adding_puts_there(another: Another) -> None:
    """PostgreSQL, by a stream of rows: every row, every index, the files, and what comes behind."""
    one, other = (another(POSTGRESQL, empty=True) for _ in range(2))
    with Case.open(one, create=True, keeper=KEEPER) as case:
        for each in reports():
            case.add(each.found, each.claims, each.facts, each.failure)
    with Loading.open(other, create=True, keeper=KEEPER) as loaded:
        told = loaded.load(reports()[:4]), loaded.load(reports())
        assert [each.added for each in told] == [4, 3]
        assert verify(loaded).faults == ()
        assert loaded.add(report(20, TEXTS[0]).found, ())
    with Case.open(one, keeper=KEEPER) as case:
        case.add(report(20, TEXTS[0]).found, ())
    assert in_database(one) == in_database(other)


def in_database(address: CaseAddress) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table and every file, and how each index is made."""
    with behind(address) as connection:
        found = {
            table.name: [tuple(row) for row in connection.execute(sa.select(table).order_by(*table.primary_key))]
            for table in metadata.sorted_tables
        }
        for name, query in (
            ("files", "SELECT name, content FROM files"),
            ("indexes", "SELECT indexdef FROM pg_indexes"),
        ):
            found[name] = sorted(tuple(map(str, row)) for row in connection.execute(sa.text(query)))
    return found


numbers = st.none() | st.integers(-(2**100), 2**100) | st.floats(allow_nan=False, allow_infinity=False)
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(low=numbers, high=numbers, speaker=st.none() | words, cue=words, more=words)
def test_any_number_and_any_text_is_loaded_as_it_is_added(
    tmp_path_factory: pytest.TempPathFactory, low: int | float | None, high: int | float | None, speaker: str | None,
    cue: str, more: str,
) -> None:  # fmt: skip
    """Numbers beyond 64 bits, NUL, marks beyond the basic plane."""
    folder = tmp_path_factory.mktemp("cases")
    found = report(1, f"Then 12 came. {more}")
    told = (replace(found.claims[0], low=low, high=high, speaker=speaker, grounds=(Ground("x", "y", cue),)),)
    made = [found._replace(claims=told)]
    added(folder / "added", made)
    with Loading.open(folder / "loaded", create=True, keeper=KEEPER) as case:
        case.load(made)
        assert case.claims() == told
    assert tables(folder / "added") == tables(folder / "loaded")


def test_what_the_case_holds_is_passed_over_and_another_of_the_same_id_is_refused(tmp_path: Path) -> None:
    """Also twice in one portion; what is refused is kept as a failure, and an earlier failure of what came is gone."""
    made = reports()
    other = report(1, "Another text with 6 men.")
    with Loading.open(tmp_path, create=True) as case:
        case.load(made[:2])
        case.note_failure(Failure(made[3].found.document.name, "extract", "no language"))
        told = case.load([made[0], other, made[2], made[2], made[3]])
        assert (told.added, told.known) == (2, 2)
        assert [one.document for one in told.refused] == ["doc-1.txt"]
        assert [one.id for one in case.documents()] == ["doc-0", "doc-1", "doc-2", "doc-3"]
        assert case.ledger().failures == told.refused
        assert case.documents()[1].text == made[1].found.document.text
        assert verify(case).faults == ()


def test_a_loading_that_is_cut_off_is_ended_by_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Portions before the fault are there whole; the next loading brings the rest; the tables are those of adding."""
    monkeypatch.setattr(loading, "PORTION", 2)

    def broken() -> Iterator[Report]:
        yield from reports()[:4]
        raise OSError("the wire was cut")

    with Loading.open(tmp_path / "loaded", create=True, keeper=KEEPER) as case, pytest.raises(OSError, match="wire"):
        case.load(broken())
    with Case.open(tmp_path / "loaded", keeper=KEEPER) as cut_off:
        assert len(cut_off.documents()) == 4
        assert verify(cut_off).faults == ()
    assert "laid_aside" not in tables(tmp_path / "loaded")
    with Loading.open(tmp_path / "loaded", keeper=KEEPER) as case:
        told = case.load(reports())
    assert (told.added, told.known) == (3, 4)
    added(tmp_path / "added", reports())
    assert tables(tmp_path / "added") == tables(tmp_path / "loaded")


def test_what_killed_writers_left_is_removed_a_day_later(tmp_path: Path) -> None:
    """A folder of files without names; that of somebody who may still write stays, as do the files of the case."""
    added(tmp_path / "case", reports()[:1])
    before = files(tmp_path / "case")
    old, fresh = tmp_path / "case" / ".old.part", tmp_path / "case" / ".fresh.part"
    for folder in (old, fresh):
        folder.mkdir()
        (folder / "0.part").write_bytes(b"half")
    os.utime(old, (0, 0))
    with Loading.open(tmp_path / "case", keeper=KEEPER) as case:
        case.load(reports()[1:2])
    assert not old.exists()
    assert (fresh / "0.part").read_bytes() == b"half"
    assert before.items() <= files(tmp_path / "case").items()


def test_words_are_merged_as_they_come_only_after_a_loading(tmp_path: Path) -> None:
    """While a case is filled they stay in pieces; at its end they are one, and are merged as SQLite does it."""
    with Loading.open(tmp_path / "case", create=True, keeper=KEEPER) as case:
        with case.at_once():
            case.load(reports()[:2])
            assert merging(tmp_path / "case") == {"claim_words": 0, "document_words": 0}
        assert merging(tmp_path / "case") == {"claim_words": 4, "document_words": 4}


def merging(folder: Path) -> dict[str, int]:
    """How many pieces of each index of words are merged into one as they come."""
    with closing(sqlite3.connect(folder / "case.sqlite")) as db:
        return {
            name: db.execute(f"SELECT v FROM {name}_config WHERE k = 'automerge'").fetchone()[0]  # noqa: S608 - our own names
            for name in ("claim_words", "document_words")
        }


def test_indexes_are_taken_up_as_they_were_laid_aside(another: Another) -> None:
    """PostgreSQL finds nothing out about the words of reports, which takes minutes, and sees to its tables at once."""
    place = another(POSTGRESQL)
    with Loading.open(place, create=True, keeper=KEEPER) as case:
        case.load(reports())
    query = (
        "SELECT i.relname, a.attnum FROM pg_attribute a JOIN pg_class i ON i.oid = a.attrelid"
        " WHERE i.relkind = 'i' AND a.attstattarget = 0"
    )
    with behind(place) as connection:
        assert connection.exec_driver_sql(query).all() == [("ix_documents_words", 1)]
        seen = sa.text("SELECT relallvisible > 0 FROM pg_class WHERE relname = 'listing'")
        assert connection.scalar(seen)


def test_a_portion_with_a_fault_leaves_nothing(tmp_path: Path) -> None:
    """A claim whose id is taken: neither its portion nor an entry of the log is there, and the case goes on."""
    one, other = report(1, TEXTS[0]), report(2, TEXTS[1])
    clash = other._replace(claims=(replace(other.claims[0], id=one.claims[0].id),))
    with Loading.open(tmp_path, create=True, keeper=KEEPER) as case:
        with pytest.raises(CaseError, match="UNIQUE"):
            case.load([one, clash])
        assert (case.documents(), len(case.custody())) == ((), 1)
        case.load([one, other])
        case.add(report(3, TEXTS[2]).found, ())
        assert len(case.documents()) == 3
        assert verify(case).faults == ()


def test_reports_that_do_not_belong_together_are_refused_before_anything_is_written() -> None:
    """An original with another digest; a claim of another report."""
    one, other = report(1, TEXTS[0]), report(2, TEXTS[1])
    wrong = replace(one.found.original, sha256="0" * 64)
    with pytest.raises(ValueError, match="not the SHA-256"):
        prepared([one._replace(found=replace(one.found, original=wrong))])
    with pytest.raises(ValueError, match="not of doc-1"):
        prepared([one._replace(claims=other.claims)])


def test_words_that_were_loaded_are_found(tmp_path: Path) -> None:
    """By the words of a claim and of a text, also those that came with a second loading."""
    with Loading.open(tmp_path, create=True) as case:
        case.load(reports()[:2])
        case.load(reports()[2:])
    with closing(sqlite3.connect(tmp_path / "case.sqlite")) as connection:
        query = "SELECT rowid FROM document_words WHERE document_words MATCH ?"
        assert connection.execute(query, ('"человек"',)).fetchall() == [(3,)]
        assert connection.execute(query, ('"Kyiv"',)).fetchall() == [(1,)]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled sample as a case."""
    made = tmp_path_factory.mktemp("sample") / "case"
    with sample_reports() as folder:
        run([folder], made, "dprk-russia")
    return made


def of_case(folder: Path) -> tuple[list[Report], list[Settled]]:
    """What a case holds as it is loaded elsewhere."""
    with Case.open(folder) as case:
        dossier, entered = subject_of(case), list(case.entered())
        held, settled = {}, []
        for number, derived in case.derived().items():
            documents, claims, facts = case.block(number)
            for one in documents:
                own = tuple(each for each in claims if each.document == one.id)
                told = tuple(each for each in facts if each.document == one.id)
                held[one.id] = Report(Retrieved(one, original_of(case, one)), own, told)
            homes = {one.id: one.document for one in claims}
            settled.append(Settled(ties(documents, claims, dossier), homes, derived, priorities(claims, derived)))
    return sorted(held.values(), key=lambda one: entered.index(one.found.document.id)), settled


def original_of(case: Case, found: Document) -> Original:
    """The bytes that a document was read from."""
    return Original(found.sha256, "text/html", case.original(found))


def test_what_is_derived_is_kept_as_deriving_keeps_it(tmp_path: Path, sample: Path) -> None:
    """With what a table of claims is sorted by; nothing is stale after, and a block is kept once."""
    loaded, settled = of_case(sample)
    with Loading.open(tmp_path / "one", create=True, keeper=KEEPER) as case:
        case.load(loaded)
        bring_up_to_date(case, load("dprk-russia"))
    with Loading.open(tmp_path / "other", create=True, keeper=KEEPER) as case:
        with case.at_once():
            case.load(loaded)
            assert case.keep_derived(settled) == len(loaded)
            assert case.keep_derived(settled) == 0
        assert verify(case).faults == ()
        assert (case.stale_blocks(), case.unsettled(9)) == ((), ((), ()))
    one, other = tables(tmp_path / "one"), tables(tmp_path / "other")
    assert one.keys() == other.keys()
    for name in one.keys() - {"gone", "changes"}:
        assert one[name] == other[name], name
