"""What a printed report says: every footnote leads to its words, grades stay apart, and everything is capped."""

from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from factory import document
from tallystick.editions import Counted, Publisher, When, counted, edition
from tallystick.model.dossier import Dossier
from tallystick.model.flag import Evidence
from tallystick.model.ledger import Ledger
from tallystick.model.lineage import Lineage
from tallystick.pipeline import run, subject_of
from tallystick.reporting import briefing
from tallystick.reporting.brief import Brief
from tallystick.reporting.briefing import Totals
from tallystick.reporting.changes import changes
from tallystick.reporting.footnotes import Footnotes
from tallystick.sample import reports
from tallystick.storage.case import Case

# Words of likelihood and of confidence, which never share a sentence (ICD 203).
CONFIDENCE = ("probably", "possibly", "doubtful", "confirmed", "improbable", "cannot be judged")


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The case of the sample."""
    folder = tmp_path_factory.mktemp("briefing") / "case"
    with reports() as sample:
        run([sample], folder, "dprk-russia")
    return folder


@pytest.fixture(scope="module")
def ledger(case: Path) -> Ledger:
    """What it holds."""
    with Case.open(case, read_only=True) as held:
        return held.ledger()


@pytest.fixture(scope="module")
def dossier(case: Path) -> Dossier:
    """Its subject."""
    with Case.open(case, read_only=True) as held:
        return subject_of(held)


@pytest.fixture(scope="module")
def brief(ledger: Ledger, dossier: Dossier, case: Path) -> Brief:
    """What its report says."""
    return edition(ledger, dossier, version="1", folder=case)


def numbers(brief: Brief) -> set[int]:
    """Every footnote that is mentioned."""
    told = (
        *(one.notes for one in brief.judgements), *(one.notes for one in brief.conflicts),
        *(one.notes for one in brief.flags),
    )  # fmt: skip
    found = {number for notes in told for number in notes}
    found |= {number for tree in brief.trees for line in tree.lines for number in line.notes}
    return found | {number for panel in brief.panels for one in panel.elements for number in one.notes}


def test_every_footnote_leads_to_its_words(brief: Brief, ledger: Ledger) -> None:
    """The span of the document has the words, and both digests are those of what is preserved."""
    documents = {document.id: document for document in ledger.documents}
    for note in brief.footnotes:
        document = documents[note.document]
        words = document.text[note.start : note.end]
        assert note.words == " ".join(words.split())
        assert note.document_sha256 == document.sha256
        assert note.span_sha256 == sha256(words.encode()).hexdigest()
        flat = " ".join(document.text.split())
        assert " ".join(f"{note.before}{note.words}{note.behind}".replace("…", " ").split()) in flat


@pytest.mark.parametrize("around", ["字" * 500, "word " * 100, "x" * 500])
def test_a_sentence_without_an_end_is_cut_on_both_sides_of_the_words(around: str) -> None:
    """Between words where there are blanks; a script without them keeps as much."""
    report = document(f"{around}5,000{around}")
    notes = Footnotes({report.id: report}, {})
    notes.of_spans([Evidence(report.id, len(around), len(around) + 5)], 1)
    [note] = notes.notes()
    assert note.words == "5,000"
    assert 170 < len(note.before) <= 222 >= len(note.behind) > 170
    assert (note.before[:2], note.behind[-2:]) == ("… ", " …")
    whole = " ".join(f"{note.before[2:]}5,000{note.behind[:-2]}".split())
    assert whole in " ".join(report.text.split())


def test_footnotes_are_numbered_by_first_mention_and_all_are_mentioned(brief: Brief) -> None:
    """From 1 without a gap; those of the judgements come first, in their order."""
    assert [note.number for note in brief.footnotes] == list(range(1, len(brief.footnotes) + 1))
    assert numbers(brief) == {note.number for note in brief.footnotes}
    seen = list(dict.fromkeys(number for one in brief.judgements for number in one.notes))
    assert seen == list(range(1, len(seen) + 1))


def test_every_judgement_has_words_behind_it(brief: Brief, ledger: Ledger) -> None:
    """No figure without a footnote, and the figure is that of the estimate."""
    estimates = {estimate.id: estimate for estimate in ledger.estimates}
    assert brief.judgements
    for one in brief.judgements:
        estimate = estimates[one.estimate]
        assert one.notes
        assert one.grade[1:] == str(estimate.credibility)
        assert one.grade[0] in {reading.reliability for reading in estimate.readings}
        assert bool(one.unsettled) == (estimate.best is None)
        assert not any(word in one.sentence for word in CONFIDENCE)


def test_what_is_flagged_or_disputed_goes_first(brief: Brief, ledger: Ledger) -> None:
    """The estimate in a conflict stands before one that is only reported more."""
    disputed = {estimate.id for estimate in ledger.estimates if estimate.conflicts}
    turns = [one.estimate in disputed for one in brief.judgements]
    assert turns == sorted(turns, reverse=True)


def test_what_is_left_out_is_counted(
    ledger: Ledger, dossier: Dossier, case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    """Shown and left out come to all that there is."""
    for name in ("MOST_JUDGEMENTS", "MOST_FLAGS", "MOST_PANELS", "MOST_CHANGES"):
        monkeypatch.setattr(briefing, name, 2)
    moved = changes(replace(ledger, estimates=(), flags=()), ledger)
    short = edition(ledger, dossier, version="1", folder=case, when=When(since=date(2025, 1, 1), changes=moved))
    assert (len(short.judgements), short.more) == (2, len(ledger.estimates) - 2)
    assert (len(short.flags), short.flags_more) == (2, len(ledger.flags) - 2)
    assert (len(short.panels), short.panels_more) == (2, len(ledger.hits) - 2)
    assert (len(short.changes), short.changes_more) == (2, len(moved) - 2)


def test_outlines_of_ones_own_that_cannot_be_used_are_told(ledger: Ledger, dossier: Dossier, tmp_path: Path) -> None:
    """Below the map that is drawn without them."""
    (tmp_path / "outlines.geojson").write_text("no JSON")
    shown = edition(ledger, dossier, version="1", folder=tmp_path).map
    assert shown is not None
    assert "outlines.geojson is no" in shown.caution
    assert "it is not used." in shown.caution


def test_an_empty_case_has_a_report(dossier: Dossier, case: Path) -> None:
    """It says that nothing was found."""
    empty = edition(Ledger((), (), Lineage((), ()), (), ()), dossier, version="1", folder=case)
    assert not empty.judgements
    assert not empty.footnotes
    assert not empty.charts
    assert empty.map is None
    assert ("0", "reports") in empty.cover.counts


def test_sources_are_those_of_the_register(ledger: Ledger, dossier: Dossier, case: Path) -> None:
    """Spellings of one outlet are one line with its letter; one that nobody lists is F."""
    listed = next(source for source in dossier.sources if source.aliases and source.reliability != "F")
    whole = Counted(
        Totals(3, 6, 1, 1, 0, 0),
        (Publisher(listed.name, 1, 2, 1), Publisher(listed.aliases[0], 1, 3, 0), Publisher("Nobody's Paper", 1, 1, 0)),
        (), None,
    )  # fmt: skip
    told = edition(ledger, dossier, version="1", folder=case, held=whole)
    assert [(one.name, one.reliability, one.reports, one.figures, one.first) for one in told.sources] == [
        (listed.name, listed.reliability, 2, 5, 1), ("Nobody's Paper", "F", 1, 1, 0),
    ]  # fmt: skip


def test_counts_come_to_what_there_is(ledger: Ledger) -> None:
    """Reports and figures of all outlets, and figures of all origins, are those of the ledger."""
    found = counted(ledger)
    assert sum(one.reports for one in found.publishers) == len(ledger.documents)
    assert sum(one.figures for one in found.publishers) == len(ledger.claims)
    assert sum(one.first for one in found.publishers) == len(ledger.lineage.origins)
    named = sum(len(origin.claims) for origin in ledger.lineage.origins if origin.speaker)
    assert sum(figures for _, figures, _ in found.speakers) == named
