"""A whole case goes out and comes back without loss; what does not fit is named, and nothing is written over."""

import io
import json
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from factory import document
from reports_case import a_case_of_reports
from reviewing_case import a_case, claim_of, following, said, standings, working
from tallystick.errors import ImportingError
from tallystick.exporting.lines import DossierFile, encoded
from tallystick.inquiry.deciding import decide
from tallystick.inquiry.importing import Imported, import_case, import_decisions
from tallystick.inquiry.reviewing import accept, edit, reject, withdraw
from tallystick.inquiry.whole import decisions, whole
from tallystick.model.document import Failure, Original, Retrieval, Retrieved
from tallystick.model.judgement import Verdict
from tallystick.pipeline import derive_anew, keeper, run
from tallystick.storage.case import Case
from tallystick.storage.verifying import verify

FETCHED = Retrieval(
    "https://press.example/1", "2026-03-01T10:00:00Z", 200, (("Content-Type", "text/plain"), ("A", "b")), ("https://x.y",)
)  # fmt: skip
DOSSIER = """schema: tallystick.dossier/1
name: bridges
title: Bridges
extends: general
uses: [papers.sources.csv]
"""


def exported(folder: Path) -> bytes:
    """The whole case as it leaves the program."""
    with Case.open(folder, read_only=True) as case:
        return b"".join(map(encoded, whole(case)))


def imported(content: bytes, folder: Path) -> Imported:
    """Take it into a case."""
    return import_case(io.BytesIO(content), "case.jsonl", folder, by=keeper("bo"))


def changed(content: bytes, kind: str, change: Callable[[dict[str, Any]], object]) -> bytes:
    """The same file with the first line of a type changed."""
    lines = content.splitlines(keepends=True)
    for place, line in enumerate(lines):
        told = json.loads(line)
        if told["type"] == kind:
            change(told)
            lines[place] = json.dumps(told).encode() + b"\n"
            return b"".join(lines)
    raise AssertionError(kind)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case with reviews, a withdrawal, judgements, failures, something fetched and something that is no text."""
    folder = a_case(tmp_path_factory.mktemp("made") / "case")
    with working(folder) as case:
        first, second = claim_of(case, "gazette-1", 1), claim_of(case, "gazette-1")
        reject(case, first.id, seen=0, why="It is a guess.")
        edit(case, second.id, said(case, second, place="Rostov"), seen=1, why="As it says.")
        accept(case, second.id, seen=2)
        withdraw(case, 3, seen=3, why="Too soon.")
        case.note_failure(Failure("lost.pdf", "read", "is damaged"))
        content = "Kim said that 700 builders had left. ¿".encode("latin-1")
        found = document("Kim said that 700 builders had left. ¿", id="fetched/1?", published="2025-07-03")
        found = replace(found, sha256=_of(content))
        case.add(Retrieved(found, Original(_of(content), "text/plain", content, FETCHED)), ())
        following(case)
    with working(folder, "ana") as case:
        step = case.lineage().edges[0]
        decide(case, Verdict.CUT, step.later, step.earlier, "It counted for itself.")
        derive_anew(case)
    return folder


def _of(content: bytes) -> str:
    return sha256(content).hexdigest()


def test_a_case_comes_back_without_loss(made: Path, tmp_path: Path) -> None:
    """Its export is equal byte by byte, what is derived with it; and the case verifies."""
    content = exported(made)
    done = imported(content, tmp_path / "new")
    assert exported(tmp_path / "new") == content
    assert (done.added, done.known, done.faults, done.same) == (4, 0, (), True)
    assert (done.reviews.added, done.judgements.added) == (4, 1)
    with Case.open(tmp_path / "new", read_only=True) as new, Case.open(made, read_only=True) as old:
        assert new.ledger() == old.ledger()
        assert (new.reviews(), new.rules()) == (old.reviews(), old.rules())
        assert new.held("herald-1") == old.held("herald-1")
        report = new.document("fetched/1?")
        assert new.original(report) == old.original(report)
        receipt = new.receipt(report)
        assert receipt is not None
        assert (receipt.retrieval, receipt.operator) == (FETCHED, "bo")
        (entry,) = (one for one in new.custody() if one.action == "import")
        assert (entry.actor, entry.subject) == ("bo", _of(content))
        assert verify(new).faults == ()


def test_hostile_reports_come_back(tmp_path: Path) -> None:
    """Ids that look like paths, markup, a web page, a broken file."""
    content = exported(a_case_of_reports(tmp_path / "case"))
    assert imported(content, tmp_path / "new").same
    assert exported(tmp_path / "new") == content


def test_a_dossier_of_ones_own_comes_with_the_case(tmp_path: Path) -> None:
    """With the files that it uses; the new case can be read again without the user's file."""
    own = tmp_path / "bridges.yaml"
    own.write_text(DOSSIER, "utf-8")
    (tmp_path / "papers.sources.csv").write_bytes(_sources())
    (tmp_path / "a.txt").write_text("Kim said on 3 March 2025 that 700 soldiers had crossed the bridge.", "utf-8")
    run([tmp_path / "a.txt"], tmp_path / "case", str(own))
    content = exported(tmp_path / "case")
    own.unlink()
    imported(content, tmp_path / "new")
    assert exported(tmp_path / "new") == content
    assert run([], tmp_path / "new").failures == ()
    assert exported(tmp_path / "new") == content
    for name in ("../evil.sources.csv", ".hidden", "a\\b.sources.csv"):
        evil = content.replace(b'"name":"papers.sources.csv"', json.dumps({"name": name})[1:-1].encode())
        assert evil != content
        with pytest.raises(ImportingError, match="no name of a file"):
            imported(evil, tmp_path / "other")
    with pytest.raises(ImportingError, match="dossier"):
        imported(content.replace(b"title: Bridges", b"title: Others"), tmp_path / "other")
    assert not (tmp_path / "other").exists()


def _sources() -> bytes:
    header = "source,aliases,domains,kind,owner,state,family,topic,role,letter,since,by,reason\n"
    return (header + "Port Gazette,,,outlet,,,,,,B,2025-01-01,the desk,checked for a year\n").encode()


def test_an_import_that_was_cut_off_goes_on(made: Path, tmp_path: Path) -> None:
    """Whatever part of the file came first: half a report is nothing of it, the rest comes when it is run again."""
    content = exported(made)
    for share in range(1, 8):
        folder = tmp_path / str(share)
        cut = imported(content[: len(content) * share // 8], folder)
        assert any("last line" in fault.reason for fault in cut.faults)
        with Case.open(folder, read_only=True) as case:
            for report in case.documents():
                assert case.original(report)
        done = imported(content, folder)
        assert done.faults == ()
        assert done.added + done.known == 4
        assert exported(folder) == content


def test_the_same_twice_changes_nothing(made: Path, tmp_path: Path) -> None:
    """Everything is known the second time."""
    content = exported(made)
    imported(content, tmp_path / "new")
    done = imported(content, tmp_path / "new")
    assert (done.added, done.known, done.reviews.added, done.judgements.added) == (0, 4, 0, 0)
    assert (done.reviews.known, done.judgements.known, done.faults) == (4, 1, ())
    assert exported(tmp_path / "new") == content


def _moved(told: dict[str, Any]) -> None:
    told["start"] += 1
    told["end"] += 1


BAD: tuple[tuple[str, Callable[[dict[str, Any]], object], str], ...] = (
    ("claim", _moved, "does not stand where it says"),
    ("claim", lambda told: told.update(figure="9,999"), "does not stand where it says"),
    ("claim", lambda told: told.update(start=-5, end=-1), "does not stand where it says"),
    ("claim", lambda told: told.update(document="other"), "does not stand where it says"),
    ("claim", lambda told: told.update(quote="He confessed to 5,000."), "does not stand where it says"),
    ("claim", lambda told: told.update(prefix="never "), "does not stand where it says"),
    ("claim", lambda told: told.update(suffix=" died"), "does not stand where it says"),
    ("claim", lambda told: told.update(low=10**400), "claim.low"),
    ("claim", lambda told: told.update(standing="accepted"), "not what its reviews make of them"),
    ("claim", lambda told: told.pop("status"), "'status' is missing"),
    ("report", lambda told: told.update(sha256="0" * 64), "SHA-256"),
    ("report", lambda told: told.update(claims=9), "should follow it"),
    ("report", lambda told: told["passages"][0].update(end=10**6), "outside its text"),
    ("report", lambda told: told["original"].pop("media_type"), "media_type"),
)


@pytest.mark.parametrize(("kind", "change", "said"), BAD)
def test_a_bad_line_is_named_and_its_report_left_out(
    kind: str, change: Callable[[dict[str, Any]], object], said: str, made: Path, tmp_path: Path
) -> None:
    """With its number; the other reports come in whole."""
    content = exported(made)
    bad = changed(content, kind, change)
    number = next(turn for turn, lines in enumerate(zip(content.split(b"\n"), bad.split(b"\n"), strict=True), 1)
                  if lines[0] != lines[1])  # fmt: skip
    done = imported(bad, tmp_path / "new")
    named = [fault for fault in done.faults if said in fault.reason]
    assert named, done.faults
    assert abs(named[0].line - number) <= 1
    assert done.added == 3
    with Case.open(tmp_path / "new", read_only=True) as case:
        assert verify(case).faults == ()


def test_another_file_is_refused(tmp_path: Path) -> None:
    """A file that is no whole case makes no case."""
    for content in (b"", b"{}\n", b"hello\n", exported_end(), b"\xff\xfe"):
        with pytest.raises(ImportingError, match="export --kind case"):
            imported(content, tmp_path / "new")
    with pytest.raises(ImportingError, match="newer"):
        imported(b'{"type":"case","form":99,"version":null,"dossier":null,"dossier_sha256":null}\n', tmp_path / "new")
    assert not (tmp_path / "new").exists()


def exported_end() -> bytes:
    """The last line of a case."""
    return b'{"type":"end","reports":0}\n'


def test_a_case_by_other_rules_is_refused(made: Path, tmp_path: Path) -> None:
    """Claims that two dossiers made do not stand in one case."""
    run([], tmp_path / "other", "general")
    with pytest.raises(ImportingError, match="new case"):
        imported(exported(made), tmp_path / "other")


def test_what_is_there_already_stays(made: Path, tmp_path: Path) -> None:
    """A report of the same id with other words is named; the case's own stays, and the others come in."""
    (tmp_path / "in.jsonl").write_text(json.dumps({"id": "wire-1", "text": "Kim said 77 soldiers came."}), "utf-8")
    run([tmp_path / "in.jsonl"], tmp_path / "case", "dprk-russia")
    done = imported(exported(made), tmp_path / "case")
    (fault,) = (one for one in done.faults)
    assert "wire-1" in fault.reason
    assert done.added == 3
    with Case.open(tmp_path / "case", read_only=True) as case:
        assert case.document("wire-1").text == "Kim said 77 soldiers came."
        assert verify(case).faults == ()


def decided(folder: Path) -> bytes:
    """What was decided in a case, as it leaves the program."""
    with Case.open(folder, read_only=True) as case:
        return b"".join(map(encoded, decisions(case)))


def test_decisions_of_a_colleague_are_taken(made: Path, tmp_path: Path) -> None:
    """Who, when and why stay; what follows from them is derived; the same twice changes nothing."""
    folder = a_case(tmp_path / "mine")
    content = decided(made)
    done = import_decisions(io.BytesIO(content), "decided.jsonl", folder, by=keeper("bo"))
    assert (done.reviews.added, done.judgements.added, done.faults) == (4, 1, ())
    assert (done.reviews.unknown, done.reviews.conflicts, done.judgements.unknown) == ((), (), ())
    assert decided(folder) == content
    with Case.open(folder, read_only=True) as mine, Case.open(made, read_only=True) as theirs:
        assert standings(mine, "gazette-1") == standings(theirs, "gazette-1")
        assert mine.held("gazette-1") == theirs.held("gazette-1")
        assert mine.lineage() == theirs.lineage()
        assert [one.by for one in mine.judgements()] == ["ana"]
        assert verify(mine).faults == ()
        assert [(one.actor, one.subject) for one in mine.custody() if one.action == "import"] == [("bo", _of(content))]
    again = import_decisions(io.BytesIO(content), "decided.jsonl", folder, by=keeper("bo"))
    assert (again.reviews.added, again.reviews.known, again.judgements.added, again.judgements.known) == (0, 4, 0, 1)
    assert decided(folder) == content


def test_decisions_about_what_is_not_there_are_counted(made: Path, tmp_path: Path) -> None:
    """Each is named, and the case stays as it is."""
    (tmp_path / "in.jsonl").write_text(json.dumps({"id": "w", "text": "Kim said 77 soldiers came."}), "utf-8")
    run([tmp_path / "in.jsonl"], tmp_path / "case", "dprk-russia")
    done = import_decisions(io.BytesIO(decided(made) + b"{\n"), "decided.jsonl", tmp_path / "case")
    assert (done.reviews.added, len(done.reviews.unknown)) == (0, 4)
    assert (done.judgements.added, len(done.judgements.unknown)) == (0, 1)
    assert [fault.line for fault in done.faults] == [6]
    assert decided(tmp_path / "case") == b""


def test_what_was_decided_here_since_stays(made: Path, tmp_path: Path) -> None:
    """A review of the same claim, and a later judgement about the same step, are conflicts with their numbers."""
    folder = a_case(tmp_path / "mine")
    with Case.open(made, read_only=True) as case:
        (judgement,) = case.judgements()
    with working(folder, "cy") as case:
        accept(case, claim_of(case, "gazette-1", 1).id, seen=0)
        derive_anew(case)
        decide(case, Verdict.CONFIRMED, judgement.later, judgement.earlier, "I asked.")
        derive_anew(case)
    before = decided(folder)
    done = import_decisions(io.BytesIO(decided(made)), "decided.jsonl", folder)
    assert any("review 1" in one for one in done.reviews.conflicts)
    (conflict,) = done.judgements.conflicts
    assert "confirmed here since, by judgement 1" in conflict
    assert decided(folder).startswith(before.splitlines(keepends=True)[0])
    with Case.open(folder, read_only=True) as case:
        assert [one.by for one in case.judgements()] == ["cy"]
        assert standings(case, "gazette-1")[claim_of(case, "gazette-1", 1).id] == "accepted"


def test_a_colleague_cannot_bring_a_figure_that_is_not_there(made: Path, tmp_path: Path) -> None:
    """A review whose claim does not stand in the report is left out."""
    folder = a_case(tmp_path / "mine")
    lines = decided(made).splitlines(keepends=True)
    told = json.loads(lines[1])
    told["after"][0]["figure"] = "99,999"
    done = import_decisions(io.BytesIO(json.dumps(told).encode()), "decided.jsonl", folder)
    assert done.reviews.added == 0
    assert "does not stand where it says" in done.reviews.conflicts[0]


@pytest.mark.parametrize("name", ["", "..", ".hidden", "a/b", "a\\b", "a\0b", "\u00e9" * 128])
def test_a_dossier_brings_no_file_of_another_name(name: str, made: Path, tmp_path: Path) -> None:
    """Neither one elsewhere nor one that cannot be written."""
    head, rest = exported(made).split(b"\n", 1)
    files = b"".join(encoded(DossierFile(one, b"x")) for one in (None, name))
    with pytest.raises(ImportingError, match="no name of a file"):
        imported(head + b"\n" + files + rest, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_report_with_other_words_is_named(made: Path, tmp_path: Path) -> None:
    """Where its original is the same as well; the words of the case stay."""
    content = exported(made)
    imported(content, tmp_path / "new")
    other = changed(content, "report", lambda told: told.update(text=told["text"] + " More."))
    done = imported(other, tmp_path / "new")
    assert [fault.reason for fault in done.faults if "other words" in fault.reason], done.faults
    assert exported(tmp_path / "new") == content


def test_what_a_newer_tallystick_wrote_at_the_head_is_named(tmp_path: Path) -> None:
    """With what it is that cannot be read."""
    head = b'{"type":"case","form":1,"version":null,"dossier":null,"dossier_sha256":null,"later":1}\n'
    with pytest.raises(ImportingError, match="'later'"):
        imported(head, tmp_path / "new")


@pytest.mark.parametrize("kind", ["review", "judgement"])
@pytest.mark.parametrize("made_at", ["", "yesterday", "2999", "2026-03-01T10:00:00"])
def test_a_decision_has_its_time(kind: str, made_at: str, made: Path, tmp_path: Path) -> None:
    """What decisions are ordered by, and what other formats write as a time, is one."""
    bad = changed(exported(made), kind, lambda told: told.update(made=made_at))
    lines = b"".join(line for line in bad.splitlines(keepends=True) if json.loads(line)["type"] == kind)
    case = a_case(tmp_path / "case")
    done = import_decisions(io.BytesIO(lines), "decided.jsonl", case, by=keeper("bo"))
    assert "is no time" in done.faults[0].reason
    with Case.open(case, read_only=True) as held:
        assert made_at not in {one.made for one in held.reviews()} | {one.made for one in held.judgements()}
