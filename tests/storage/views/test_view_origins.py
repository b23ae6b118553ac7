"""Origins as the workbench asks for them: listed, as a ledger of few reports, and the steps between."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench_case import a_case
from copied import Kept
from tallystick.model.judgement import Verdict
from tallystick.model.lineage import EdgeLevel
from tallystick.pipeline import run
from tallystick.storage.case import Case
from tallystick.storage.views import origins, steps
from tallystick.storage.views.view import View, Views


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case of three origins, the first of two reports."""
    return a_case(tmp_path_factory.mktemp("origins") / "case")


@pytest.fixture
def view(folder: Path, kept: Kept) -> Iterator[View]:
    """A view of it."""
    views = Views(kept(folder))
    with views.moment() as held:
        yield held
    views.close()


def shoigu(view: View) -> str:
    """The origin of the announcement."""
    return origins.listed(view, origins.Asked(speaker="Shoigu")).origins[0].id


def test_those_of_most_claims_come_first(view: View) -> None:
    """With their reports and claims counted."""
    found = origins.listed(view, origins.Asked())
    assert [(one.reports, one.claims) for one in found.origins] == [(2, 3), (1, 1), (1, 1)]
    assert (found.number, found.pages, found.total, found.cut) == (1, 1, 3, False)


@pytest.mark.parametrize("page", [-3, 0, 99])
def test_a_page_that_is_not_there_is_the_nearest(view: View, page: int) -> None:
    """No address is an error."""
    assert origins.listed(view, origins.Asked(page=page)).number == 1


def test_letters_of_a_query_are_letters(view: View) -> None:
    """A percent sign or an underscore stands for itself."""
    for letters in ("%", "_", "\\"):
        assert origins.listed(view, origins.Asked(speaker=letters)).origins == ()


def test_all_words_must_be_in_one_sentence(view: View) -> None:
    """In any order; short ones are looked for as they stand."""
    assert len(origins.listed(view, origins.Asked(text="sappers workers")).origins) == 1
    assert origins.listed(view, origins.Asked(text="sappers military")).origins == ()
    assert len(origins.listed(view, origins.Asked(text="to Kursk, S")).origins) == 1


def test_the_ledger_of_an_origin_has_its_reports_alone(view: View) -> None:
    """Without their texts, with the steps between them."""
    found = origins.of_origin(view, shoigu(view))
    assert found is not None
    assert [document.id for document in found.ledger.documents] == ["wire-1", "herald-1"]
    assert {document.text for document in found.ledger.documents} == {""}
    assert len(found.ledger.claims) == 3
    assert {edge.level for edge in found.ledger.lineage.edges} >= {EdgeLevel.CLAIM}
    assert (found.claims_left_out, found.statements_left_out) == (0, 0)


def test_an_origin_of_many_claims_is_cut(view: View, monkeypatch: pytest.MonkeyPatch) -> None:
    """The earliest are kept, and the rest is counted."""
    monkeypatch.setattr(origins, "MOST_CLAIMS", 2)
    found = origins.of_origin(view, shoigu(view))
    assert found is not None
    assert [document.id for document in found.ledger.documents] == ["wire-1"]
    assert found.claims_left_out == 1


def test_an_estimate_of_many_statements_is_cut(view: View, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is left out is counted."""
    with Case.open(folder, read_only=True) as case:
        estimate = max(case.estimates(), key=lambda one: len(one.readings))
    monkeypatch.setattr(origins, "MOST_STATEMENTS", 0)
    found = origins.of_estimate(view, estimate.id)
    assert found is not None
    assert found.statements_left_out == len({reading.origin for reading in estimate.readings})


def test_what_is_not_there_is_none(view: View) -> None:
    """Of origins, estimates, ends and steps."""
    assert origins.of_origin(view, "o-no") is None
    assert origins.of_estimate(view, "e-no") is None
    assert steps.end(view, "c-no") is None
    assert steps.step(view, "c-no", "wire-1") is None


def test_an_end_is_a_claim_or_a_report(view: View) -> None:
    """A claim with its sentence and origin, a report with its beginning."""
    report = steps.end(view, "wire-1")
    assert report is not None
    assert (report.level, report.figure) == (EdgeLevel.DOCUMENT, "")
    assert report.quote.startswith("North Korea will send 5,000")
    found = origins.of_origin(view, shoigu(view))
    assert found is not None
    claim = steps.end(view, found.ledger.claims[0].id)
    assert claim is not None
    assert (claim.level, claim.origin) == (EdgeLevel.CLAIM, found.estimate.id)


def test_an_earlier_end_is_found_by_words_or_id(view: View) -> None:
    """Of the same kind, published no later, and not itself."""
    later = steps.end(view, "herald-1")
    assert later is not None
    assert [one.id for one in steps.candidates(view, "North Korea", later)] == ["wire-1"]
    assert [one.id for one in steps.candidates(view, " wire-1 ", later)] == ["wire-1"]
    assert steps.candidates(view, "herald-1", later) == ()
    assert steps.candidates(view, "zz", later) == ()
    assert steps.candidates(view, '"OR" (', later) == ()


def test_words_in_both_reports_are_shown_as_the_later_one_has_them(tmp_path: Path) -> None:
    """With their places in both, whichever id is given first."""
    text = "The governor told the council on Friday that 700 builders had crossed the river at the northern bridges."
    reports = [{"id": "first", "published": "2025-03-01", "text": text},
               {"id": "copy", "published": "2025-03-02", "text": f"By our staff.\n{text}"}]  # fmt: skip
    inbox = tmp_path / "reports.jsonl"
    inbox.write_text("".join(json.dumps(one) + "\n" for one in reports), encoding="utf-8")
    run([inbox], tmp_path / "case", "general")
    views = Views(tmp_path / "case")
    with views.moment() as view:
        for names in (("first", "copy"), ("copy", "first")):
            found = steps.step(view, *names)
            assert found is not None
            assert (found.later.id, found.earlier.id) == ("copy", "first")
            passage = found.passages[0]
            assert text.startswith(passage.words)
            start, end = passage.earlier
            assert text[start:end] == passage.words
            assert passage.later[0] == start + len("By our staff.\n")
    views.close()


def test_a_judgement_stands_with_its_step(tmp_path: Path) -> None:
    """In order, whichever of both ids comes first."""
    case_folder = a_case(tmp_path / "case")
    with Case.open(case_folder) as case:
        case.judge(Verdict.CUT, "herald-1", "wire-1", EdgeLevel.DOCUMENT, "Own count.")
        case.judge(Verdict.WITHDRAWN, "herald-1", "wire-1", EdgeLevel.DOCUMENT, "Not so.")
    views = Views(case_folder)
    with views.moment() as view:
        found = steps.step(view, "wire-1", "herald-1")
        assert found is not None
        assert [one.why for one in found.judgements] == ["Own count.", "Not so."]
        assert steps.moved(view, steps.last_change(view)).behind
    views.close()
