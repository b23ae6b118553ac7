"""Judgements in a case: only ever added, each with its entry in the custody log."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from databases import behind
from newsroom import BUILDERS, case_of, keeper_on
from tallystick.errors import CaseReadOnlyError
from tallystick.model.judgement import Judgement, Verdict
from tallystick.model.lineage import EdgeLevel
from tallystick.storage.case import Case
from tallystick.storage.custody import Action
from tallystick.storage.stores.address import CaseAddress
from tallystick.storage.tables import judgements
from tallystick.storage.verifying import verify

PAIR = ("herald-2", "wire-1")


@pytest.fixture
def folder(tmp_path: Path, place: CaseAddress) -> CaseAddress:
    """A case of two reports."""
    case_of(tmp_path, BUILDERS[:2], "2025-07-01", address=place)
    return place


def cut(case: Case, why: str = "Own count.") -> Judgement:
    """Cut the step between the two reports."""
    return case.judge(Verdict.CUT, *PAIR, EdgeLevel.DOCUMENT, why, before="identical_text 0.98")


def test_a_judgement_comes_back_as_it_was_made(folder: CaseAddress) -> None:
    """Numbered, with its author and time; the ledger holds it, and the log an entry of it."""
    with Case.open(folder, keeper=keeper_on("2025-07-02", "B. Reviewer")) as case:
        made = [cut(case), case.judge(Verdict.WITHDRAWN, *PAIR, EdgeLevel.DOCUMENT, " Not so. ")]
    with Case.open(folder, read_only=True) as case:
        assert list(case.judgements()) == list(case.ledger().judgements) == made
        entries = [entry for entry in case.custody() if entry.action == Action.JUDGED]
    assert [(one.number, one.by, one.made, one.why) for one in made] == [
        (1, "B. Reviewer", "2025-07-02T12:00:00.000000Z", "Own count."),
        (2, "B. Reviewer", "2025-07-02T12:00:00.000000Z", "Not so."),
    ]
    assert [entry.subject for entry in entries] == ["1", "2"]


def test_a_judgement_needs_its_reason(folder: CaseAddress) -> None:
    """Nothing is kept of one without."""
    with Case.open(folder) as case:
        with pytest.raises(ValueError, match="reason"):
            cut(case, " \n")
        assert case.judgements() == ()


def test_a_judgement_changes_the_state_of_the_case(folder: CaseAddress) -> None:
    """What is derived has to be derived again."""
    with Case.open(folder) as case:
        before = case.state()
        cut(case)
        assert case.state() > before


def test_a_case_that_is_only_read_takes_none(folder: CaseAddress) -> None:
    """An error of ours."""
    with Case.open(folder, read_only=True) as case, pytest.raises(CaseReadOnlyError):
        cut(case)


@pytest.mark.parametrize("statement", ["UPDATE judgements SET why = 'x'", "DELETE FROM judgements"])
def test_a_judgement_is_not_changed_or_taken_away(folder: CaseAddress, statement: str) -> None:
    """The file itself refuses."""
    with Case.open(folder) as case:
        cut(case)
    with pytest.raises(sa.exc.DBAPIError, match="only added"), behind(folder) as connection:
        connection.exec_driver_sql(statement)


def test_one_that_the_log_does_not_tell_of_is_a_fault(folder: CaseAddress) -> None:
    """Also where it was added to the file from outside."""
    row = (1, "2025-07-02T12:00:00Z", "nobody", "cut", *PAIR, "document", "Because.")
    columns = "number made by verdict later earlier level why".split()
    with behind(folder) as connection:
        connection.execute(sa.insert(judgements), dict(zip(columns, row, strict=True)))
    with Case.open(folder, read_only=True) as case:
        faults = verify(case).faults
    assert [(fault.subject, fault.reason) for fault in faults] == [
        ("judgement 1", "is not what the log says was decided")
    ]


def test_a_report_has_the_time_at_which_it_came_first(folder: CaseAddress, tmp_path: Path) -> None:
    """Reading it in again, or more with it, leaves that as it was."""
    case_of(tmp_path, BUILDERS, "2025-08-01", address=folder)
    with Case.open(folder, read_only=True) as case:
        entered = {name: time[:10] for name, time in case.entered().items()}
    assert entered == {
        "wire-1": "2025-07-01", "herald-2": "2025-07-01", "seoul-3": "2025-08-01", "undated-4": "2025-08-01",
    }  # fmt: skip
