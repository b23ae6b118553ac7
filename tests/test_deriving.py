"""A case that grows report by report comes to what all of its reports come to at once, in whatever order they came."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factory import claim, document
from tallystick.deriving import bring_up_to_date, derive
from tallystick.dossiers.loading import load
from tallystick.model.claim import Claim
from tallystick.model.document import Document, Original, Retrieved
from tallystick.model.judgement import Judgement, Verdict
from tallystick.model.ledger import Derived
from tallystick.model.lineage import EdgeLevel
from tallystick.storage.case import Case
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
