"""Verification: one changed byte anywhere is found and named."""

import shutil
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from random import Random

import pytest

from databases import SQLITE, STORES, Another, behind
from factory import claim, document, fact
from tallystick.model.document import Original, Retrieval, Retrieved
from tallystick.model.ledger import Derived
from tallystick.model.lineage import Independent, Lineage, Origin
from tallystick.storage.case import Case, Rules
from tallystick.storage.opening import store_at
from tallystick.storage.stores.address import CaseAddress
from tallystick.storage.verifying import Verification, verify

TRIGGERS = ("custody_no_update", "custody_no_delete", "custody_in_order")
TEXT = "Moscow said 5,000 builders would come.\nIt said so twice."
FETCHED = Retrieval("https://press.example/1", "2026-03-01T10:00:00Z", 200, (("Content-Type", "text/html"),))


@pytest.fixture(scope="module")
def made(another_of_module: Another) -> Path:
    """A case that is a folder."""
    return Path(str(filled(another_of_module(SQLITE))))


@pytest.fixture(scope="module", params=STORES)
def kept(request: pytest.FixtureRequest, another_of_module: Another) -> CaseAddress:
    """The same case in either store."""
    if request.param == SQLITE:
        found: Path = request.getfixturevalue("made")
        return found
    return filled(another_of_module(request.param))


def filled(folder: CaseAddress) -> CaseAddress:
    """Make a case with a file, a page that was fetched, a claim, a fact, an origin and a report."""
    with Case.open(folder, create=True) as case:
        case.set_rules(Rules("general", "ab", "1"))
        for name, retrieval in (("file", None), ("page", FETCHED)):
            content = f"{TEXT} {name}".encode()
            found = document(content.decode(), id=name)
            original = Original(sha256(content).hexdigest(), "text/html", content, retrieval)
            case.add(Retrieved(found, original), (claim(found, "5,000"),), (fact(found, "Moscow"),))
        told = case.claims()
        origin = Origin("o-1", "Moscow", None, ("file",), (told[0].id,), Independent(1, 1), "one statement")
        case.replace_derived({1: Derived(Lineage((), (origin,)))})
        case.keep_report(lambda _: b"<p>A report.")
    return folder


@pytest.fixture
def spare(kept: CaseAddress, another: Another) -> CaseAddress:
    """The one in either store, to be tampered with."""
    return another.copy(kept)


@pytest.fixture
def copy(made: Path, another: Another) -> Path:
    """The one that is a folder, to be tampered with."""
    return Path(str(another.copy(made)))


def verification(folder: CaseAddress) -> Verification:
    """What comes of verifying a case without writing it."""
    with Case.open(folder, read_only=True) as case:
        return verify(case)


def faults(folder: CaseAddress) -> str:
    """Every fault of a case, one a line."""
    return "\n".join(f"{one.subject}: {one.reason}" for one in verification(folder).faults)


def tamper(folder: CaseAddress, *statements: str) -> None:
    """Change the database of a case as somebody would who knows how."""
    with behind(folder) as connection:
        if isinstance(folder, Path):
            connection.exec_driver_sql("PRAGMA foreign_keys=ON")
            for trigger in TRIGGERS:
                connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {trigger}")
        else:
            for table in ("custody", "files"):
                connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for statement in statements:
            connection.exec_driver_sql(statement)


def test_a_case_that_nobody_touched_has_no_fault(kept: CaseAddress) -> None:
    """And the counts say what was looked at."""
    found = verification(kept)
    assert found.faults == ()
    assert (found.originals, found.records, found.documents, found.claims) == (2, 1, 2, 2)
    assert found.entries == 10
    assert len(found.head) == 64


def test_one_changed_byte_of_any_evidence_is_named(copy: Path) -> None:
    """Every file, at its ends and at places drawn by lot."""
    chance = Random(1)  # noqa: S311 - a seed that repeats
    paths = [path for folder in ("evidence", "warc") for path in (copy / folder).rglob("*") if path.is_file()]
    assert len(paths) == 3
    for path in paths:
        content = path.read_bytes()
        path.chmod(0o644)
        for place in (0, len(content) - 1, *(chance.randrange(len(content)) for _ in range(5))):
            changed = bytearray(content)
            changed[place] ^= 1 << chance.randrange(8)
            path.write_bytes(changed)
            assert path.name in faults(copy)
        path.write_bytes(content)
    assert faults(copy) == ""


def test_one_changed_byte_of_any_entry_of_the_log_is_named(copy: Path) -> None:
    """Every column of every row, also where the byte makes it no text any more."""
    chance = Random(2)  # noqa: S311 - a seed that repeats
    columns = ("time", "actor", "tool", "action", "subject", "particulars", "previous", "hash")
    with Case.open(copy, read_only=True) as case:
        log = case.custody()
    for entry in log:
        for column in columns:
            value = getattr(entry, column).encode()
            changed = bytearray(value or b"\0")
            changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
            update = "UPDATE custody SET {} = CAST(x'{}' AS TEXT) WHERE number = {}"
            tamper(copy, update.format(column, changed.hex(), entry.number))
            assert f"custody log, entry {entry.number}:" in faults(copy)
            tamper(copy, update.format(column, value.hex(), entry.number))
    assert faults(copy) == ""


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("DELETE FROM custody WHERE number = 5", "custody log, entry 6: entry 5 is missing"),
        ("DELETE FROM custody WHERE number > 8", "block 1: origins"),
        ("DELETE FROM custody WHERE number > 5", "page: the log has no receipt"),
        ("UPDATE documents SET title = 'x' WHERE id = 'page'", "page: the document is not what the log says"),
        ("UPDATE documents SET text = replace(text, '5,000', '6,000')", "does not stand at 12-17 of file"),
        ("UPDATE documents SET sha256 = 'ab' WHERE id = 'page'", "page: its original ab is missing"),
        ("UPDATE passages SET kind = 'comment' WHERE document = 'file'", "file: the document is not what"),
        ('UPDATE passages SET "end" = 999', "is no span of its text"),
        ("UPDATE passages SET kind = 'odd'", "holds a row that is no record"),
        ("UPDATE claims SET low = 4999 WHERE document = 'file'", "file: its claims or facts are not"),
        ("UPDATE facts SET slot = 'x' WHERE document = 'page'", "page: its claims or facts are not"),
        ("DELETE FROM claims", "page: its claims or facts are not"),
        ("DELETE FROM documents WHERE id = 'page'", "page: the log tells of this document"),
        ("UPDATE origins SET speaker = 'Kyiv'", "block 1: origins"),
    ],
)
def test_a_changed_row_is_named(spare: CaseAddress, statement: str, named: str) -> None:
    """Documents, passages, claims, facts, what was derived, and a log that was cut."""
    tamper(spare, statement)
    assert named in faults(spare)


def test_a_log_that_was_written_anew_is_named(spare: CaseAddress) -> None:
    """Who forges an entry and its hash breaks the chain behind it."""
    tamper(spare, "UPDATE custody SET hash = 'x' || substr(hash, 2) WHERE number = 3")
    found = faults(spare)
    assert "entry 3: was changed" in found
    assert "entry 4: does not hold the hash" in found


def test_what_is_missing_is_named(spare: CaseAddress) -> None:
    """An original, a record, the report."""
    if isinstance(spare, Path):
        shutil.rmtree(spare / "evidence")
        shutil.rmtree(spare / "warc")
        (spare / "report.html").unlink()
    else:
        tamper(spare, "DELETE FROM files")
    found = faults(spare)
    assert "file: its original" in found
    assert "page: its WARC record" in found
    assert "report.html: cannot be read" in found


def test_what_does_not_belong_is_named(copy: Path) -> None:
    """A file that is not called by its digest, one in the wrong place, a link; not what a cut-off run left."""
    (copy / "evidence" / "note.txt").write_bytes(b"x")
    content = b"elsewhere"
    (copy / "evidence" / sha256(content).hexdigest()).write_bytes(content)
    (copy / "warc" / "link").symlink_to(copy / "report.html")
    (copy / "evidence" / "ab.part").write_bytes(b"half")
    found = faults(copy)
    assert "evidence/note.txt: was changed" in found
    assert "lies in another folder" in found
    assert "warc/link: cannot be read: it is no file of its own" in found
    assert "ab.part" not in found


def test_a_changed_report_is_named(spare: CaseAddress) -> None:
    """It is what is handed on."""
    with behind(spare) as connection:
        store_at(spare).files(connection).put("report.html", b"<p>Another report.")
    assert "report.html: was changed" in faults(spare)


def test_verifying_writes_nothing(copy: Path) -> None:
    """The same bytes before and after."""
    before = {path: path.read_bytes() for path in copy.rglob("*") if path.is_file()}
    verification(copy)
    assert before == {path: path.read_bytes() for path in copy.rglob("*") if path.is_file()}


def test_what_was_added_twice_under_other_ids_is_one_original(place: CaseAddress) -> None:
    """Two reports read from the same bytes each have their receipt."""
    content = TEXT.encode()
    first = document(TEXT, id="one")
    original = Original(sha256(content).hexdigest(), "text/plain", content)
    with Case.open(place, create=True) as case:
        case.add(Retrieved(first, original), ())
        case.add(Retrieved(replace(first, id="two"), original), ())
    found = verification(place)
    assert (found.faults, found.originals, found.documents) == ((), 1, 2)
