"""Reports as their room lists and opens them, asked of a case."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from bench_case import a_case
from copied import Kept
from tallystick.errors import UnknownDocumentError, UnknownNameError
from tallystick.model.review import ReviewVerdict, Standing
from tallystick.storage import tables
from tallystick.storage.case import Case
from tallystick.storage.custody import Action
from tallystick.storage.reviewing import Proposal
from tallystick.storage.views import documents, opened, provenance
from tallystick.storage.views.documents import Asked, Sort
from tallystick.storage.views.view import View, Views

TABLES = frozenset(tables.metadata.tables)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small case."""
    return a_case(tmp_path / "case")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same one, which no test changes."""
    return a_case(tmp_path_factory.mktemp("documents") / "case")


@pytest.fixture
def view(made: Path, kept: Kept) -> Iterator[View]:
    """A view of it."""
    views = Views(kept(made))
    with views.moment() as moment:
        yield moment
    views.close()


def decide(folder: Path, document: str, verdict: ReviewVerdict, **fields: object) -> str:
    """Review the first claim of a report, and give its id."""
    with Case.open(folder, read_only=False) as case:
        claim = case.held(document)[0].claim
        after = () if verdict is ReviewVerdict.REJECTED else (replace(claim, **fields),)  # type: ignore[arg-type]
        case.review(Proposal(verdict, document, (claim,), after, "counted twice"), seen=0)
    return claim.id


def ids(view: View, asked: Asked) -> list[str]:
    """Give the ids of a page."""
    return [one.id for one in documents.listed(view, asked).rows]


@pytest.mark.parametrize(
    ("sort", "descending", "first"),
    [("day", True, "gazette-1"), ("day", False, "wire-1"), ("outlet", False, "gazette-1"), ("outlet", True, "wire-1"),
     ("claims", False, "herald-1")],
)  # fmt: skip
def test_reports_are_sorted(view: View, sort: Sort, descending: bool, first: str) -> None:
    """Each order has its first report."""
    assert ids(view, Asked(sort=sort, descending=descending))[0] == first


def test_reports_are_sorted_by_the_claims_that_they_have_by_now(folder: Path) -> None:
    """A claim that is split counts as what it was and what it became."""
    with Case.open(folder) as case:
        name = case.documents()[-1].id
        claim = case.held(name)[0].claim
        parts = tuple(replace(claim, id=f"c-split-{at}") for at in range(8))
        case.review(Proposal(ReviewVerdict.SPLIT, name, (claim,), parts, "a list"), seen=0)
    views = Views(folder)
    with views.moment() as view:
        first, *others = documents.listed(view, Asked(sort="claims")).rows
        assert first.id == name
        assert [one.claims for one in others] == sorted((one.claims for one in others), reverse=True)
        sizes = tables.sizes.c.claims
        assert view.scalar(sa.select(sa.func.max(sizes))) == first.claims > 8
    views.close()


def test_reports_are_narrowed(view: View) -> None:
    """By outlet, by language and by words, and by all of them at once."""
    assert ids(view, Asked(outlet="Harbor Herald")) == ["herald-1"]
    assert ids(view, Asked(language="fr")) == []
    assert ids(view, Asked(words="sappers")) == ["herald-1", "wire-1"]
    assert ids(view, Asked(words="sappers", outlet="Northern Wire")) == ["wire-1"]


def test_a_page_beyond_the_last_is_the_last(view: View) -> None:
    """The page that is given is one that there is."""
    found = documents.listed(view, Asked(page=9))

    assert (found.number, found.pages, found.total, len(found.rows)) == (1, 1, 3, 3)


def test_a_line_counts_what_was_reviewed(folder: Path) -> None:
    """A claim that a reviewer took away is counted as reviewed."""
    decide(folder, "wire-1", ReviewVerdict.REJECTED)
    views = Views(folder)
    with views.moment() as view:
        line = next(one for one in documents.listed(view, Asked()).rows if one.id == "wire-1")
    views.close()

    assert (line.claims, line.reviewed) == (2, 1)


def test_outlets_and_languages_can_be_chosen(view: View) -> None:
    """Each name comes with its reports, the most first."""
    assert [one.name for one in documents.outlets(view)] == ["Evening <b>Gazette</b>", "Harbor Herald", "Northern Wire"]
    assert documents.languages(view) == (documents.Choice("en", 3),)


def test_ids_are_found_by_their_beginning(view: View) -> None:
    """Those that begin so, and no others."""
    assert documents.ids_like(view, "wire") == ("wire-1",)
    assert documents.ids_like(view, "%") == ()


def test_what_the_case_does_not_hold_is_told(view: View) -> None:
    """A report and a claim that are not there."""
    with pytest.raises(UnknownDocumentError):
        documents.document(view, "nothing")
    with pytest.raises(UnknownNameError):
        opened.chosen(view, "nothing")
    with pytest.raises(UnknownNameError):
        opened.document_of(view, "nothing")


def test_a_claim_comes_with_all_that_hangs_on_it(view: View) -> None:
    """Its grounds, its estimates, its origin with the way back."""
    claim = opened.figures(view, "herald-1")[0].id

    found = opened.chosen(view, claim)

    assert found.held.claim.grounds
    assert found.estimates
    assert found.root is not None
    assert [step.document for step in found.root.way] == ["wire-1"]
    assert (found.root.reports, found.root.claims) == (2, 3)


def test_a_first_telling_says_how_many_repeat_it(view: View) -> None:
    """The claim of the wire has no way back, and one claim goes back to it."""
    found = opened.chosen(view, opened.figures(view, "wire-1")[0].id)

    assert found.root is not None
    assert (found.root.way, found.root.repeated_by) == ((), 1)


def test_a_review_is_part_of_a_claim(folder: Path) -> None:
    """Who, why, before and after stand with the claim, and it keeps its id."""
    claim = decide(folder, "wire-1", ReviewVerdict.EDITED, place="Kursk")
    views = Views(folder)
    with views.moment() as view:
        found = opened.chosen(view, claim)
    views.close()

    assert found.held.standing is Standing.EDITED
    assert [(one.verdict, one.why, one.after[0].place) for one in found.reviews] == [
        (ReviewVerdict.EDITED, "counted twice", "Kursk")
    ]


def test_the_log_of_a_report_holds_its_reviews(folder: Path) -> None:
    """Receipt, reading, extraction and review in order, and those of no other report."""
    decide(folder, "wire-1", ReviewVerdict.REJECTED)
    views = Views(folder)
    with views.moment() as view:
        trail = provenance.trail(view, documents.document(view, "wire-1"))
        other = provenance.trail(view, documents.document(view, "herald-1"))
    views.close()

    shown = [Action.RECEIVED.value, Action.READ.value, Action.EXTRACTED.value]
    assert [one.action for one in other.traces] == shown
    assert [one.action for one in trail.traces][:3] == shown
    assert [one.action for one in trail.traces].count(Action.REVIEWED.value) == 1
    assert trail.receipt is not None
    assert trail.receipt.document == "wire-1"


def test_only_the_rows_of_a_report_are_read(folder: Path) -> None:
    """Every query of a report and its claim goes by an index; none reads a whole table."""
    asked: list[str] = []
    views = Views(folder)
    with views.moment() as view:
        raw = view.connection.connection.dbapi_connection
        assert raw is not None
        raw.set_trace_callback(asked.append)
        claim = opened.figures(view, "herald-1")[0].id
        opened.chosen(view, claim)
        opened.alike(view, "herald-1")
        provenance.trail(view, documents.document(view, "herald-1"))
        raw.set_trace_callback(None)

        for query in asked:
            plan = [row[3] for row in raw.execute(f"EXPLAIN QUERY PLAN {query}")]
            assert not [step for step in plan if step.startswith("SCAN ") and step.split()[1] in TABLES], (query, plan)
    views.close()
