"""Decisions about steps look at the reports that they are about, and at no others."""

import json
from pathlib import Path

import pytest

from newsroom import BUILDERS, case_of
from tallystick.errors import JudgementError
from tallystick.inquiry.deciding import decide, judge
from tallystick.intake import gather
from tallystick.model.judgement import Verdict
from tallystick.model.ledger import Ledger
from tallystick.pipeline import subject_of
from tallystick.reading.reading import read
from tallystick.storage.case import Case
from tallystick.storage.holdings import Holdings

LATE = {"id": "late-9", "text": "Shoigu said that 6,000 builders will come to Kursk.", "published": "2025-08-09"}


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A case in which the Herald repeats the wire."""
    case_of(tmp_path, BUILDERS, "2025-08-01")
    return tmp_path / "case"


@pytest.fixture
def late(case: Path) -> Path:
    """The same with a report that has been read and not derived."""
    inbox = case.with_name("late.jsonl")
    inbox.write_text(json.dumps(LATE) + "\n", encoding="utf-8")
    with Case.open(case) as opened:
        gather(opened, read([inbox]), subject_of(opened))
    return case


def test_the_whole_case_is_not_read(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is decided costs what the two reports do."""

    def refused(_self: Holdings) -> Ledger:
        raise AssertionError("all of the case was read")

    monkeypatch.setattr(Holdings, "ledger", refused)
    with Case.open(case) as opened:
        made = decide(opened, Verdict.CONFIRMED, "herald-2", "wire-1", "Read both.")
        assert made.after == f"{(made.before or '').split()[0]} 1.00"
        withdrawn = decide(opened, Verdict.WITHDRAWN, "herald-2", "wire-1", "Not sure.")
        assert withdrawn.after == made.before


def test_a_report_that_has_just_come_in_is_not_judged_by_what_is_derived(late: Path) -> None:
    """The error says what to do."""
    with Case.open(late) as opened, pytest.raises(JudgementError, match="has only just come in"):
        decide(opened, Verdict.ADDED, "late-9", "wire-1", "It says so.")


def test_a_case_is_derived_first_where_it_is_behind(late: Path) -> None:
    """From the command line nobody has to wait."""
    assert judge(late, Verdict.ADDED, "late-9", "wire-1", "It says so.").judgement.after == "analyst 1.00"
