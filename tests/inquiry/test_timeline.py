"""What was known when, by publication and by recording."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from factory import document
from newsroom import BUILDERS, case_of, keeper_on
from tallystick.dossiers.loading import load
from tallystick.inquiry.timeline import Kept, When, as_known, differences, kept
from tallystick.model.change import ChangeKind
from tallystick.model.judgement import Judgement, Verdict
from tallystick.model.lineage import EdgeLevel
from tallystick.pipeline import derive
from tallystick.storage.case import Case
from tallystick.values.periods import last_day


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """A case that got the two June reports on 1 July and the others on 1 August."""
    folder = tmp_path_factory.mktemp("timeline")
    case_of(folder, BUILDERS[:2], "2025-07-01")
    case_of(folder, BUILDERS, "2025-08-01")
    with Case.open(folder / "case", read_only=True) as case:
        return kept(case)


def known(held: Kept, published: str | None = None, recorded: str | None = None) -> list[str]:
    """Ids of the reports that count at a point in time."""
    when = When(*(None if day is None else last_day(day) for day in (published, recorded)))
    return [document.id for document in as_known(held, when).documents]


@pytest.mark.parametrize(
    ("text", "last"),
    [("2025-06-17", date(2025, 6, 17)), ("2024-02", date(2024, 2, 29)), ("2025", date(2025, 12, 31)), ("soon", None)],
)
def test_a_date_means_its_end(text: str, last: date | None) -> None:
    """A month its last day, a year the last of December."""
    assert last_day(text) == last


def test_without_a_day_it_is_the_case_as_it_is(held: Kept) -> None:
    """The same ledger as derived from everything."""
    assert as_known(held, When()) == replace(
        derive(held.documents, held.claims, held.dossier, held.judgements), facts=held.facts
    )


def test_what_was_published_later_is_not_known(held: Kept) -> None:
    """By the end of the day of its publication a report is known; one without a date when the case got it."""
    assert known(held, "2025-06-16") == []
    assert known(held, "2025-06-17") == ["wire-1"]
    assert known(held, "2025-06") == ["wire-1", "herald-2"]
    assert known(held, "2025-07") == ["wire-1", "herald-2", "seoul-3"]
    assert known(held, "2025-08-01") == ["wire-1", "herald-2", "seoul-3", "undated-4"]


def test_what_came_later_was_not_held(held: Kept) -> None:
    """By recording, whatever its publication; both times together let only what passes both."""
    assert known(held, recorded="2025-06-30") == []
    assert known(held, recorded="2025-07") == ["wire-1", "herald-2"]
    assert known(held, "2025-06-17", "2025-07") == ["wire-1"]
    assert known(held, "2025-12", "2025-07-01") == ["wire-1", "herald-2"]


def test_a_report_of_a_month_is_known_at_its_end() -> None:
    """Of what is dated by its month nobody can say that it was out before the month was over."""
    report = document("Twelve died.", published="2025-06")
    held = Kept((report,), (), (), (), {report.id: "2026-01-01T00:00:00Z"}, load("general"))
    assert known(held, "2025-06-29") == []
    assert known(held, "2025-06-30") == [report.id]


def test_claims_and_facts_go_with_their_report(held: Kept) -> None:
    """Nothing of a report that was not known is left."""
    ledger = as_known(held, When(published=date(2025, 6, 17)))
    assert {claim.document for claim in ledger.claims} == {"wire-1"}
    assert {fact.document for fact in ledger.facts} <= {"wire-1"}
    assert {name for estimate in ledger.estimates for name in estimate.claims} == {one.id for one in ledger.claims}


def test_judgements_count_from_when_they_were_made(held: Kept) -> None:
    """By recording from their own day; by publication they count wherever both their reports are known."""
    judgement = Judgement(
        1, "2025-09-01T12:00:00Z", "", Verdict.CUT, "herald-2", "wire-1", EdgeLevel.DOCUMENT, "They counted."
    )
    judged = held._replace(judgements=(judgement,))
    assert as_known(judged, When(recorded=date(2025, 8, 31))).judgements == ()
    assert as_known(judged, When(recorded=date(2025, 9, 1))).judgements == (judgement,)
    assert as_known(judged, When(published=date(2025, 6, 17))).judgements == ()
    assert as_known(judged, When(published=date(2025, 6, 18))).judgements == (judgement,)


def test_a_change_names_the_report_that_brought_it(held: Kept) -> None:
    """In July the intelligence service gave its figure; June's reports are behind nothing of that."""
    found = differences(held, When(published=date(2025, 6, 30)), When(published=date(2025, 7, 31)))
    assert [one.id for one in found if one.kind is ChangeKind.REPORT] == ["seoul-3"]
    estimates = [one for one in found if one.kind is ChangeKind.ESTIMATE]
    assert estimates
    assert {report.id for one in estimates for report in one.reports} == {"seoul-3"}
    assert differences(held, When(published=date(2025, 7, 31)), When(published=date(2025, 7, 31))) == ()


def test_what_a_case_holds_is_of_one_moment(tmp_path: Path) -> None:
    """Reports, claims, judgements and when each report came."""
    case_of(tmp_path, BUILDERS[:1], "2025-07-01")
    with Case.open(tmp_path / "case", keeper=keeper_on("2025-07-02")) as case:
        taken = kept(case)
    assert [document.id for document in taken.documents] == ["wire-1"]
    assert taken.entered == {"wire-1": "2025-07-01T12:00:00.000000Z"}
    assert taken.dossier.name == "dprk-russia"
