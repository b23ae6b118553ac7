"""A case that grows report by report comes to what all of its reports come to at once, in whatever order they came."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factory import claim, document
from tallystick.deriving import bring_up_to_date, derive, derive_block
from tallystick.dossiers.loading import load
from tallystick.model.claim import Claim
from tallystick.model.document import Document, Original, Retrieved
from tallystick.model.fact import Fact
from tallystick.model.judgement import Judgement, Verdict
from tallystick.model.ledger import Derived
from tallystick.model.lineage import EdgeLevel
from tallystick.model.review import ReviewVerdict
from tallystick.storage.case import Case, Proposal
from tallystick.storage.verifying import verify
from tallystick.tracing.blocking import blocks, ties

Told = tuple[Document, tuple[Claim, ...]]
TOWNS = ("Aldra", "Brenna", "Corvo")
SPEAKERS = (None, "Anna Petrova", "police", "Interior Ministry")
TAIL = (
    "Residents of the lower quarter carried sandbags through the night while trucks brought bread, blankets and "
    "drinking water from the depot behind the old railway yard."
)


@st.composite
def worlds(draw: st.DrawFn) -> list[Told]:
    """A few reports on a few towns, some of which share a paragraph, a figure, a speaker or a day."""
    found: list[Told] = []
    for number in range(draw(st.integers(2, 7))):
        town = draw(st.sampled_from(TOWNS))
        figure = str(draw(st.sampled_from((3, 57, 240, 13_221))))
        day = draw(st.sampled_from((None, "2025-03-01", "2025-03-02", "2025-09-20", "2026-08-01")))
        tail = f"\n{TAIL}" if draw(st.booleans()) else ""
        text = f"A flood killed {figure} people in {town}.{tail}"
        made = document(text, id=f"report-{number}", published=day, outlet=draw(st.sampled_from(("Post", "Mirror"))))
        speaker = draw(st.sampled_from(SPEAKERS))
        category = draw(st.sampled_from(("killed", "displaced")))
        found.append(
            (
                made,
                (claim(made, figure, speaker=speaker, place=town, counted="people", category=category, origin=None),),
            )
        )
    return found


def put(case: Case, found: list[Told]) -> None:
    """Add reports to a case as they come."""
    for made, claims in found:
        case.add(Retrieved(made, Original(made.sha256, "text/plain", made.text.encode())), claims)


def at_once(found: list[Told], dossier: str) -> Derived:
    """What all reports come to together."""
    ledger = derive(tuple(one for one, _ in found), tuple(c for _, claims in found for c in claims), load(dossier))
    return Derived(ledger.lineage, ledger.estimates, ledger.flags)


@pytest.mark.parametrize("dossier", ["general", "dprk-russia"])
@settings(max_examples=25)
@given(found=worlds(), data=st.data())
def test_a_case_comes_to_the_same_bit_by_bit_and_at_once(
    tmp_path_factory: pytest.TempPathFactory, dossier: str, found: list[Told],
    data: st.DataObject,
) -> None:  # fmt: skip
    """Whatever the order, and wherever the case was brought up to date in between; and its log holds."""
    order = data.draw(st.permutations(found))
    folder: Path = tmp_path_factory.mktemp("case")
    with Case.open(folder, create=True) as case:
        for one in order:
            put(case, [one])
            if data.draw(st.booleans()):
                bring_up_to_date(case, load(dossier))
        bring_up_to_date(case, load(dossier))
        assert Derived().joined(case.derived().values()) == at_once(found, dossier)
        assert not case.stale_blocks()
        assert not verify(case).faults


def pair(place: str = "Aldra", other: str = "Aldra", *, later: str = "2025-03-02") -> list[Told]:
    """Two reports of 57 deaths."""
    found: list[Told] = []
    for number, (town, day) in enumerate(((place, "2025-03-01"), (other, later))):
        made = document(f"A flood killed 57 people in {town}.", id=f"report-{number}", published=day)
        found.append((made, (claim(made, "57", place=town, counted="people", category="killed", origin=None),)))
    return found


def sizes(found: list[Told], dossier: str = "general") -> list[int]:
    """Of how many reports the blocks are."""
    made = blocks([one for one, _ in found], [c for _, claims in found for c in claims], load(dossier))
    return [len(block.documents) for block in made]


def test_reports_of_one_place_and_time_are_one_block() -> None:
    """Another town or another year is another block; under a dossier of one subject all reports are one."""
    assert sizes(pair()) == [2]
    assert sizes(pair(other="Brenna")) == [1, 1]
    assert sizes(pair(later="2026-03-02")) == [1, 1]
    assert sizes(pair(other="Brenna"), "dprk-russia") == [2]


def test_a_new_report_leaves_other_blocks_alone(tmp_path: Path) -> None:
    """Only what it touches is derived again and logged."""
    with Case.open(tmp_path, create=True) as case:
        put(case, pair(other="Brenna"))
        bring_up_to_date(case, load("general"))
        before = len(case.custody())
        made = document("A flood killed 57 people in Aldra.", id="report-2", published="2025-03-03")
        put(case, [(made, (claim(made, "57", place="Aldra", counted="people", category="killed", origin=None),))])
        bring_up_to_date(case, load("general"))
        new = [entry.subject for entry in case.custody()[before:] if entry.action == "derivation"]
    assert new == ["block 1"]


def test_a_step_that_a_reviewer_adds_joins_two_blocks() -> None:
    """Of reports that have nothing in common otherwise."""
    found = pair(other="Brenna")
    ids = [claims[0].id for _, claims in found]
    judgement = Judgement(1, "2026-01-01T00:00:00Z", "A", Verdict.ADDED, ids[1], ids[0], EdgeLevel.CLAIM, "one flood")
    made = blocks([one for one, _ in found], [c for _, claims in found for c in claims], load("general"), (judgement,))
    assert [len(block.documents) for block in made] == [2]


def test_what_was_derived_before_a_block_grew_is_refused(tmp_path: Path) -> None:
    """Another process may put a report into a block meanwhile, which the log does not tell; the block stays stale."""
    with Case.open(tmp_path, create=True) as case:
        put(case, pair())
        documents, claims = case.unsettled(10)
        case.settle(ties(documents, claims, load("general")))
        state = case.state()
        assert not case.replace_derived({1: Derived()}, after=state, members={1: 1})
        assert case.stale_blocks() == (1,)
        assert case.replace_derived({1: Derived()}, after=state, members={1: 2})
        assert case.stale_blocks() == ()


class _Busy(Case):
    """A case in which somebody edits a claim whenever a block is read."""

    edits = 0

    def block(self, number: int) -> tuple[tuple[Document, ...], tuple[Claim, ...], tuple[Fact, ...]]:
        """Give the block as it was just before the edit."""
        found = super().block(number)
        one = found[1][0]
        self.edits += 1
        seen = max((review.number for review in self.reviews(one.document)), default=0)
        edited = replace(one, counted=f"people {self.edits}")
        self.review(Proposal(ReviewVerdict.EDITED, one.document, (one,), (edited,), "a test"), seen=seen)
        return found


def test_reviewers_without_a_pause_see_figures_move(tmp_path: Path) -> None:
    """What was derived last is kept though it is outdated by then, and its block stays to be derived."""
    with _Busy.open(tmp_path, create=True) as case:
        assert isinstance(case, _Busy)
        put(case, pair())
        bring_up_to_date(case, load("general"))
        assert case.edits > 1
        assert case.estimates()
        assert case.stale_blocks() == (1,)
    with Case.open(tmp_path) as case:
        bring_up_to_date(case, load("general"))
        assert case.stale_blocks() == ()


def test_what_was_accepted_is_not_derived_again(tmp_path: Path) -> None:
    """The claims that count are what they were."""
    with Case.open(tmp_path, create=True) as case:
        put(case, pair())
        bring_up_to_date(case, load("general"))
        one, state = case.claims()[0], case.state()
        case.review(Proposal(ReviewVerdict.ACCEPTED, one.document, (one,), (one,)), seen=0)
        assert (case.stale_blocks(), case.state()) == ((), state)


def test_what_moves_is_kept_with_the_state_that_it_is_of(tmp_path: Path) -> None:
    """A rejected claim takes its estimate with it; the first filling of a case is no change."""
    with Case.open(tmp_path, create=True) as case:
        put(case, pair())
        bring_up_to_date(case, load("general"))
        assert _changes(tmp_path) == []
        one = case.claims()[0]
        case.review(Proposal(ReviewVerdict.REJECTED, one.document, (one,), (), "of another flood"), seen=0)
        bring_up_to_date(case, load("general"))
        told = _changes(tmp_path)
        assert {kind for _, kind in told} >= {"origin_gone"}
        assert {state for state, _ in told} == {case.state()}
        assert case.claims() == tuple(claim for claim in case.claims() if claim.id != one.id)


def test_what_is_known_of_another_town_is_a_change_of_the_case(tmp_path: Path) -> None:
    """Also where its report stands in a block of its own, of which nothing was derived before."""
    with Case.open(tmp_path, create=True) as case:
        first, second = pair(other="Brenna")
        put(case, [first])
        bring_up_to_date(case, load("general"))
        put(case, [second])
        bring_up_to_date(case, load("general"))
        assert len(set(case.derived())) == 2
        assert {"report", "origin", "estimate"} <= {kind for _, kind in _changes(tmp_path)}


def test_two_who_derive_the_same_tell_of_it_once(tmp_path: Path) -> None:
    """The second finds what the first has put there, and nothing that moved."""
    with Case.open(tmp_path, create=True) as case:
        put(case, pair())
        bring_up_to_date(case, load("general"))
        one = case.claims()[0]
        case.review(Proposal(ReviewVerdict.REJECTED, one.document, (one,), (), "of another flood"), seen=0)
        with Case.open(tmp_path) as other:
            late = {block: derive_block(*other.block(block), load("general")) for block in other.stale_blocks()}
            bring_up_to_date(case, load("general"))
            told = _changes(tmp_path)
            assert other.replace_derived(late, after=other.state(), moved=lambda *_: pytest.fail("nothing moved"))
        assert _changes(tmp_path) == told


def _changes(folder: Path) -> list[tuple[int, str]]:
    """State and kind of every change that a case keeps."""
    with closing(sqlite3.connect(folder / "case.sqlite")) as connection:
        return connection.execute("SELECT state, kind FROM changes ORDER BY number").fetchall()
