"""What stops a run: a kill, a full disk, a medium that cannot be written, another process."""

import errno
import json
import multiprocessing
import os
import resource
import subprocess
import sys
from collections import Counter
from hashlib import sha256
from pathlib import Path
from random import Random

import pytest
import sqlalchemy as sa

from databases import STORES, Another
from factory import claim, document
from tallystick.deriving import derive_block
from tallystick.errors import CaseError, CaseReadOnlyError
from tallystick.model.claim import Claim
from tallystick.model.document import Document, Original, Retrieval, Retrieved
from tallystick.model.dossier import Dossier
from tallystick.model.fact import Fact
from tallystick.model.judgement import Judgement
from tallystick.model.ledger import Derived
from tallystick.pipeline import run
from tallystick.storage.case import Case
from tallystick.storage.stores.address import CaseAddress
from tallystick.storage.verifying import verify

KILLING = Path(__file__).with_name("killing.py")
FETCHED = Retrieval("https://press.example/1", "2026-03-01T10:00:00Z", 200, (("Content-Type", "text/html"),))


def received(number: int) -> Retrieved:
    """A report that was fetched, of a few kilobytes."""
    text = f"Moscow said {1000 + number:,} builders would come. " + "It said so twice. " * 200
    content = text.encode()
    return Retrieved(
        document(text, id=f"doc-{number}"), Original(sha256(content).hexdigest(), "text/html", content, FETCHED)
    )


def add(case: Case, number: int) -> None:
    """Add a report with one claim."""
    found = received(number)
    case.add(found, (claim(found.document, f"{1000 + number:,}"),))


def held(folder: CaseAddress) -> int:
    """Number of documents of a case without a fault."""
    with Case.open(folder, read_only=True) as case:
        found = verify(case)
    assert found.faults == ()
    assert found.originals >= found.documents
    return found.documents


def test_a_run_that_is_killed_a_hundred_times_ends_as_one_in_peace(tmp_path: Path) -> None:
    """Nothing lost, nothing twice, no fault, the same ledger and the same bytes of the report."""
    command = [sys.executable, str(KILLING), str(tmp_path), "500", "100"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["wrong"] == []
    stages = told["stages"]
    assert stages["while reading"] + stages.get("after it", 0) == 100


def test_a_full_disk_is_named_and_the_case_still_opens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever the disk is full, nothing half is left, and when there is room again the run goes on."""
    chance = Random(3)  # noqa: S311 - a seed that repeats
    left = 0
    unchanged = Path.open

    class Full:
        """A stream that takes only so many bytes."""

        def __init__(self, stream: object) -> None:
            self._stream = stream

        def write(self, content: bytes) -> int:
            nonlocal left
            left -= len(content)
            if left < 0:
                raise OSError(errno.ENOSPC, "No space left on device")
            return int(self._stream.write(content))  # type: ignore[attr-defined]

        def __enter__(self) -> "Full":
            return self

        def __exit__(self, *_: object) -> None:
            self._stream.close()  # type: ignore[attr-defined]

        def __getattr__(self, name: str) -> object:
            return getattr(self._stream, name)

    def opened(path: Path, mode: str = "r", **options: object) -> object:
        stream = unchanged(path, mode, **options)  # type: ignore[call-overload]
        return Full(stream) if mode in ("xb", "wb") else stream

    monkeypatch.setattr(Path, "open", opened)
    refused = 0
    with Case.open(tmp_path, create=True) as case:
        for number in range(40):
            left = chance.randrange(9_000)
            try:
                add(case, number)
            except CaseReadOnlyError:
                refused += 1
                with Case.open(tmp_path) as other:
                    assert len(other.documents()) == number
                left = 99_999
                add(case, number)
        left = 0
        with pytest.raises(CaseReadOnlyError, match="No space left"):
            add(case, 40)
    assert 10 < refused < 40
    assert not list(tmp_path.rglob("*.part"))
    assert held(tmp_path) == 40


def test_a_full_database_is_named_and_the_case_still_opens(tmp_path: Path) -> None:
    """Where SQLite finds no room for the rows, the report is not there at all."""
    with Case.open(tmp_path, create=True) as case:
        add(case, 0)
        connection = case._connection
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages + 8}")
        connection.commit()
        number = 1
        with pytest.raises(CaseReadOnlyError, match=r"full.*make room"):  # noqa: PT012 - whichever of them it is
            for number in range(1, 100):
                add(case, number)
    assert held(tmp_path) == number
    with Case.open(tmp_path) as case:
        add(case, number)
    assert held(tmp_path) == number + 1


def _limited(folder: Path, size: int) -> None:
    """Add reports while no file may grow beyond `size`; exit with 3 where that was named."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    try:
        with Case.open(folder, create=True) as case:
            for number in range(300):
                add(case, number)
    except CaseError:
        sys.exit(3)


@pytest.mark.parametrize("size", [2_000, 150_000, 400_000])
def test_a_limit_of_the_system_on_files_is_named_and_the_case_still_opens(tmp_path: Path, size: int) -> None:
    """A quota that SQLite meets in the middle of its own writing."""
    with Case.open(tmp_path, create=True) as case:
        add(case, 999)
    child = multiprocessing.get_context("spawn").Process(target=_limited, args=(tmp_path, size))
    child.start()
    child.join()
    assert child.exitcode == 3
    before = held(tmp_path)
    with Case.open(tmp_path) as case:
        add(case, 500)
    assert held(tmp_path) == before + 1


def test_a_medium_that_cannot_be_written_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And what is on it is read."""
    with Case.open(tmp_path, create=True) as case:
        add(case, 0)
    monkeypatch.setattr("tallystick.storage.stores.sqlite.WRITABLE", "ro")
    with pytest.raises(CaseReadOnlyError, match="cannot be written"), Case.open(tmp_path) as case:
        add(case, 1)
    assert held(tmp_path) == 1


def _share(folder: CaseAddress, first: int) -> None:
    """Add thirty reports, ten of which another process adds too."""
    with Case.open(folder, create=True) as case:
        for number in range(first, first + 30):
            add(case, number)


@pytest.mark.parametrize("kind", STORES)
def test_processes_that_add_at_once_lose_nothing_and_add_nothing_twice(kind: str, another: Another) -> None:
    """One chain, one receipt a report, whoever came first."""
    place = another(kind, empty=True)
    spawn = multiprocessing.get_context("spawn")
    children = [spawn.Process(target=_share, args=(place, first)) for first in (0, 20, 40)]
    for child in children:
        child.start()
    for child in children:
        child.join()
    assert [child.exitcode for child in children] == [0, 0, 0]
    assert held(place) == 70
    with Case.open(place, read_only=True) as case:
        log = Counter(entry.action for entry in case.custody())
    assert log["receipt"] == log["reading"] == log["extraction"] == 70
    assert log["case made"] == 1


def test_what_another_process_added_meanwhile_is_derived_from_too(
    place: CaseAddress, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A derivation of what was there before it is not put over one of what is there now."""
    texts = {"a": "The ministry said that 1,200 sappers had arrived.", "b": "The army said that 700 builders had left."}
    for name, text in texts.items():
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    folder, calls = place, 0

    def meanwhile(
        documents: tuple[Document, ...],
        claims: tuple[Claim, ...],
        facts: tuple[Fact, ...],
        dossier: Dossier,
        judgements: tuple[Judgement, ...],
    ) -> Derived:
        nonlocal calls
        calls += 1
        if calls == 1:
            run([tmp_path / "b.txt"], folder)
        return derive_block(documents, claims, facts, dossier, judgements)

    monkeypatch.setattr("tallystick.deriving.derive_block", meanwhile)
    outcome = run([tmp_path / "a.txt"], folder)
    assert calls == 3
    assert {claim for origin in outcome.ledger.lineage.origins for claim in origin.claims} == {
        claim.id for claim in outcome.ledger.claims
    }
    assert len(outcome.ledger.documents) == 2
    assert held(folder) == 2


def test_rules_are_changed_for_all_documents_or_for_none(
    place: CaseAddress, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run that is cut off while it reads anew leaves the claims of the rules before."""
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(f"The ministry said that {number + 2}00 sappers had arrived.", "utf-8")
    before = run([tmp_path], place, "general").ledger
    calls = 0
    insert = sa.insert

    def breaking(table: sa.Table) -> sa.Insert:
        nonlocal calls
        calls += table.name == "claims"
        if calls == 2:
            raise KeyboardInterrupt
        return insert(table)

    monkeypatch.setattr(sa, "insert", breaking)
    with pytest.raises(KeyboardInterrupt):
        run([], place, "dprk-russia")
    monkeypatch.undo()
    with Case.open(place, read_only=True) as case:
        assert case.ledger() == before
    assert held(place) == 3


def test_a_file_whose_name_is_no_text_is_kept_like_any(place: CaseAddress, tmp_path: Path) -> None:
    """A name of the file system may hold bytes that no database takes."""
    (tmp_path / "in").mkdir()
    name = os.fsencode(tmp_path / "in") + b"/\xff.txt"
    Path(os.fsdecode(name)).write_text("The ministry said that 1,200 sappers had arrived.", "utf-8")
    Path(os.fsdecode(name + b".pdf")).write_bytes(b"%PDF-no")
    outcome = run([tmp_path / "in"], place)
    assert [document.name[-5:] for document in outcome.ledger.documents] == ["\ufffd.txt"]
    assert len(outcome.failures) == 1
    assert held(place) == 1
