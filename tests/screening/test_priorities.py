"""What speaks for looking at a claim: how unsure its reading is, and how much its estimate hangs on it."""

from dataclasses import replace
from pathlib import Path

import pytest

from reviewing_case import a_case
from tallystick.model.change import Range
from tallystick.model.claim import Claim, Ground
from tallystick.model.estimate import Reading
from tallystick.model.flag import Evidence, Flag
from tallystick.model.priority import Priority
from tallystick.model.quantity import Bound
from tallystick.screening.priorities import doubts, priorities, share
from tallystick.storage.case import Case


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case of three reports."""
    return a_case(tmp_path_factory.mktemp("made") / "case")


@pytest.fixture(scope="module")
def claim(made: Path) -> Claim:
    """A claim whose report tells who, where and whose."""
    with Case.open(made, read_only=True) as case:
        return next(one for one in case.claims() if one.document == "gazette-1")


def reading(*claims: str, low: int = 5, high: int = 5, superseded: bool = False) -> Reading:
    """What one origin says."""
    return Reading("o-1", None, None, low, high, Bound.EXACT, claims, len(claims), superseded)


def flagged(claim: Claim, severity: str) -> Flag:
    """A flag on a claim."""
    return Flag("f-1", "code", severity, "A reason.", (claim.id,), (Evidence(claim.document, 0, 1),))


@pytest.mark.parametrize(
    ("missing", "told"),
    [
        ({"speaker": None}, "nobody is named who says so"),
        ({"place": None}, "no place is named"),
        ({"origin": None}, "no country of origin is named"),
        ({"when": None}, "no date is told"),
        ({"counted": None}, "what is counted was taken from the words around it"),
        ({"bound": Bound.VAGUE, "low": None}, "the figure is vague"),
        ({"bound": Bound.AT_LEAST, "high": None}, "one end of the figure is open"),
        ({"via": "Northern Wire"}, "it came through another outlet"),
        ({"measure": None}, "it may count those who are there or those who came"),
    ],
)
def test_what_a_report_leaves_open_makes_a_claim_more_doubtful(
    claim: Claim, missing: dict[str, object], told: str
) -> None:
    """By its own weight, and says so in words."""
    whole = replace(claim, when="2025-07", via=None)
    open_ = replace(whole, **missing)  # type: ignore[arg-type]
    more = set(doubts(open_)) - set(doubts(whole))
    assert [one.words for one in more] == [told]


def test_a_status_that_no_word_tells_is_doubtful_until_a_reviewer_says_it(claim: Claim) -> None:
    """The cue of a rule is none; the word of a reviewer is."""
    bare = replace(claim, grounds=(Ground("status", "actual", "no cue of plan"),))
    said = replace(claim, grounds=(Ground("status", "actual", "reviewer ana"),))
    assert [one.words for one in set(doubts(bare)) - set(doubts(said))] == [
        "no word of the text says that it is a fact and not a plan"
    ]


def test_flags_weigh_by_their_severity(claim: Claim) -> None:
    """A note says nothing against a claim; of two warnings one counts."""
    bare = doubts(claim)
    assert doubts(claim, [flagged(claim, "note")]) == bare
    weights = [
        sum(one.weight for one in doubts(claim, [flagged(claim, severity)] * 2)) - sum(one.weight for one in bare)
        for severity in ("warning", "error")
    ]
    assert weights == pytest.approx([0.2, 0.35])


def test_the_weightiest_doubt_comes_first(claim: Claim) -> None:
    """So that a page can cut the list."""
    found = doubts(replace(claim, speaker=None, when=None, via="x"), [flagged(claim, "error")])
    assert [one.weight for one in found] == sorted((one.weight for one in found), reverse=True)


def test_an_estimate_hangs_the_more_on_a_claim_the_less_else_there_is() -> None:
    """Alone; setting an end; one statement of several reports; one of few; of many; repeated; superseded."""
    figure = Range(5, 3, 9)
    found = [
        share(reading("c"), figure, 1),
        share(reading("c"), figure, 2),
        share(reading("c", "d"), figure, 1),
        share(reading("c", low=7, high=7), figure, 3),
        share(reading("c", low=7, high=7), figure, 4),
        share(reading("c", "d"), figure, 2),
        share(reading("c", superseded=True), figure, 1),
    ]
    weights = [one.weight for one in found]
    assert weights == sorted(set(weights), reverse=True)
    assert [one.words for one in found] == [
        "the estimate hangs on this figure alone",
        "it sets the best figure of the estimate",
        "the estimate hangs on one statement, which 2 claims tell",
        "it is one of 3 figures that are weighed",
        "it is one of 4 figures that are weighed",
        "one more claim tells the same figure",
        "its speaker gave a later figure, which counts instead",
    ]


def test_every_claim_of_a_case_has_its_priority(made: Path) -> None:
    """Between 0 and 1, and that of the listing."""
    with Case.open(made, read_only=True) as case:
        found: dict[str, Priority] = {}
        for block, derived in case.derived().items():
            found |= priorities(case.block(block)[1], derived)
        assert found.keys() == {one.id for one in case.claims()}
    assert all(0 <= one.doubt <= 1 and 0 <= one.sway <= 1 for one in found.values())
    assert {one.sway for one in found.values()} == {1.0}
