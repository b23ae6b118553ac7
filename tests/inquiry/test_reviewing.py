"""Decisions about claims: what each does, what it refuses, and that what was refused leaves nothing."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest

from reviewing_case import a_case, claim_of, entry, following, said, standings, working
from tallystick.errors import ReviewConflictError, ReviewError, UnknownDocumentError, UnknownNameError
from tallystick.inquiry import reviewing
from tallystick.inquiry.fields import ENTRIES, Entry, FieldsError, applied, entry_of, fields_of, shown, typed
from tallystick.model.claim import Ground
from tallystick.model.quantity import Bound
from tallystick.model.review import Review, ReviewVerdict, Standing
from tallystick.pipeline import subject_of

WIRE = "wire-1"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case of three reports, which no test touches."""
    return a_case(tmp_path_factory.mktemp("made") / "case")


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(copytree(made, tmp_path / "case"))


def test_accepting_leaves_the_claim_and_says_who(folder: Path) -> None:
    """It needs no reason; the claim is the same, and stands by the reviewer's word."""
    with working(folder) as case:
        claim = claim_of(case)
        made = reviewing.accept(case, claim.id, seen=0)
        assert (made.verdict, made.by, made.before, made.after) == (ReviewVerdict.ACCEPTED, "ana", (claim,), (claim,))
        assert standings(case) == {claim.id: Standing.ACCEPTED}


def test_rejecting_takes_the_claim_out_of_its_report(folder: Path) -> None:
    """It counts no more, but is kept; accepting it brings it back."""
    with working(folder) as case:
        claim = claim_of(case)
        made = reviewing.reject(case, claim.id, seen=0, why="No figure of the subject.")
        assert claim not in case.claims()
        assert standings(case) == {claim.id: Standing.REJECTED}
        reviewing.accept(case, claim.id, seen=made.number)
        assert claim in case.claims()


def test_what_was_rejected_is_not_rejected_again(folder: Path) -> None:
    """The error says what became of it."""
    with working(folder) as case:
        claim = claim_of(case)
        reviewing.reject(case, claim.id, seen=0, why="No.")
        with pytest.raises(ReviewError, match="was rejected already"):
            reviewing.reject(case, claim.id, seen=1, why="No.")


@pytest.mark.parametrize("why", ["", " \n\t "])
def test_all_but_accepting_needs_a_reason(folder: Path, why: str) -> None:
    """Of none anything is kept."""
    with working(folder) as case:
        claim, other = claim_of(case, WIRE), claim_of(case, WIRE, 1)
        fields = said(case, claim, low="7", high="7")
        reviewing.accept(case, other.id, seen=0)
        acts: tuple[Callable[[], Review], ...] = (
            lambda: reviewing.reject(case, claim.id, seen=9, why=why),
            lambda: reviewing.edit(case, claim.id, fields, seen=9, why=why),
            lambda: reviewing.split(case, claim.id, [fields, said(case, claim)], seen=9, why=why),
            lambda: reviewing.merge(case, [claim.id, other.id], fields, seen=9, why=why),
            lambda: reviewing.add(case, WIRE, said(case, claim, start="0", end="5"), seen=9, why=why),
            lambda: reviewing.withdraw(case, 1, seen=9, why=why),
        )
        for act in acts:
            with pytest.raises(ReviewError, match="say why"):
                act()
        assert len(case.reviews()) == 1


def test_a_reason_that_is_too_long_is_refused(folder: Path) -> None:
    """Also where none was needed."""
    with working(folder) as case, pytest.raises(ReviewError, match="longer than 4,000"):
        reviewing.accept(case, claim_of(case).id, seen=0, why="x" * 4001)


EDITS = {
    "low": "5,500", "high": "6_500.5", "bound": "approx", "unit": "job", "counted": "guest workers",
    "category": "construction_worker", "origin": "cn", "place": "Belgorod", "status": "possible", "aspect": "decided",
    "measure": "plan", "speaker": "A spokesman", "via": "", "when": "2025-06/2025-07", "stated": "2025-06~",
}  # fmt: skip
READ = {"low": 5500, "high": 6500.5, "origin": "CN", "via": None}


@pytest.mark.parametrize("field", [name for name in EDITS if name not in ("low", "high")])
def test_every_field_can_be_edited_and_has_its_ground(folder: Path, field: str) -> None:
    """The field is what was typed, every other as it was, and its only ground is the reviewer."""
    with working(folder, "bo") as case:
        claim = claim_of(case)
        more = {"high": "7000"} if field == "bound" else {}
        made = reviewing.edit(case, claim.id, said(case, claim, **{field: EDITS[field]}, **more), seen=0, why="Read.")
        after = claim_of(case)
        assert made.after == (after,)
        assert getattr(after, field) == READ.get(field, EDITS[field])
        assert [one for one in after.grounds if one.field == field] == [
            Ground(field, shown(getattr(after, field)) or "null", "reviewer bo")
        ]
        untouched = [name for name in ENTRIES if name != field and name not in more]
        assert [getattr(after, name) for name in untouched] == [getattr(claim, name) for name in untouched]
        assert (after.id, standings(case)[claim.id]) == (claim.id, Standing.EDITED)


def test_figures_are_read_with_and_without_separators(folder: Path) -> None:
    """A low and a high end make a range; a decimal stays one."""
    with working(folder) as case:
        claim = claim_of(case)
        found = said(case, claim, low=EDITS["low"], high=EDITS["high"], bound="range")
        assert (found.low, found.high, found.bound) == (5500, 6500.5, Bound.RANGE)


def test_another_span_brings_its_words(folder: Path) -> None:
    """Figure, sentence and surroundings are those of the text there; the id stays."""
    with working(folder) as case:
        claim = claim_of(case)
        text = case.document(claim.document).text
        start = text.index("Kursk")
        made = reviewing.edit(
            case, claim.id, said(case, claim, start=str(start), end=str(start + 5)), seen=0, why="There."
        )
        after = made.after[0]
        assert (after.figure, text[after.start : after.end], after.id) == ("Kursk", "Kursk", claim.id)
        assert after.quote == claim.quote
        assert text[: after.start].endswith(after.prefix)
        assert text[after.end :].startswith(after.suffix)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"low": "many"}, "low 'many': is no number"),
        ({"low": "-5"}, "low '-5': is no number"),
        ({"low": "9" * 30}, "is too large"),
        ({"low": "nan"}, "is no number"),
        ({"low": "", "high": ""}, "low '': give a number"),
        ({"low": "7000"}, "high '6000': is less than the low end, 7000"),
        ({"high": "7000"}, "bound 'exact': is for one number"),
        ({"bound": "range", "high": ""}, "bound 'range': is for two numbers"),
        ({"bound": "at_least", "low": "", "high": "5"}, "low '': give the number that it is at least"),
        ({"bound": "at_most", "high": ""}, "high '': give the number that it is at most"),
        ({"bound": "around"}, "bound 'around': is none of exact, approx"),
        ({"bound": ""}, "bound '': choose one of exact"),
        ({"status": "sure"}, "status 'sure': is none of planned"),
        ({"aspect": "gone"}, "aspect 'gone': is none of considered"),
        ({"measure": "some"}, "measure 'some': is none of stock"),
        ({"category": "unicorns"}, "category 'unicorns': is no category of the dossier dprk-russia"),
        ({"category": ""}, "category '': choose a category"),
        ({"unit": " "}, "unit ' ': say what one of them is"),
        ({"origin": "North Korea"}, "origin 'North Korea': is no country"),
        ({"when": "next week"}, "when 'next week': is no date"),
        ({"stated": "2025-13"}, "stated '2025-13': is no date"),
        ({"when": "2025-07/2025-06"}, "is no date"),
        ({"speaker": "x" * 301}, "is longer than 300 characters"),
        ({"start": "x"}, "start 'x': is no place in the text"),
        ({"end": "100000"}, "end '100000': is no place in the text"),
        ({"start": "27", "end": "22"}, "there is no text between 27 and 22"),
        ({"start": "21", "end": "22"}, "there is no text between 21 and 22"),
    ],
)
def test_a_field_that_will_not_do_is_named_with_its_value(folder: Path, wrong: dict[str, str], told: str) -> None:
    """And nothing is kept."""
    with working(folder) as case:
        with pytest.raises(FieldsError) as caught:
            said(case, claim_of(case), **wrong)
        assert told in str(caught.value)
        assert case.reviews() == ()


def test_all_fields_that_will_not_do_are_named_at_once(folder: Path) -> None:
    """So that a form can mark each of them."""
    with working(folder) as case, pytest.raises(FieldsError) as caught:
        said(case, claim_of(case), low="x", when="y", origin="z")
    assert [one.field for one in caught.value.problems] == ["low", "origin", "when"]


def test_a_form_shows_a_claim_as_it_is_read_back(folder: Path) -> None:
    """Of every claim of the case: what is left as it stands changes nothing."""
    with working(folder) as case:
        for claim in case.claims():
            fields = fields_of(claim)
            assert typed(entry_of(fields), case.document(claim.document), subject_of(case)) == fields
            assert applied(claim, fields, case.document(claim.document), "bo") == claim


def test_an_edit_that_changes_nothing_is_refused(folder: Path) -> None:
    """It is an acceptance."""
    with working(folder) as case:
        claim = claim_of(case)
        with pytest.raises(ReviewError, match="nothing was changed"):
            reviewing.edit(case, claim.id, said(case, claim), seen=0, why="Why not.")


def test_a_claim_is_split_by_its_words(folder: Path) -> None:
    """Each part has an id of its own, the same every time; the part at the same words keeps that of the claim."""
    with working(folder) as case:
        claim = claim_of(case)
        parts = [said(case, claim, low="5000", high="5000"), said(case, claim, start="28", end="35")]
        made = reviewing.split(case, claim.id, parts, seen=0, why="Two.")
        assert made.after[0].id == claim.id
        assert made.after[1].id != claim.id
        assert [one.figure for one in made.after] == [claim.figure, case.document(claim.document).text[28:35]]
        assert standings(case) == {one.id: Standing.SPLIT for one in made.after}
        undone = reviewing.withdraw(case, made.number, seen=made.number, why="One.")
        assert standings(case) == {claim.id: Standing.EXTRACTED}
        again = reviewing.split(case, claim.id, parts, seen=undone.number, why="Two.")
        assert [one.id for one in again.after] == [one.id for one in made.after]


def test_parts_at_the_same_words_have_ids_of_their_own(folder: Path) -> None:
    """One figure may count two things."""
    with working(folder) as case:
        claim = claim_of(case)
        parts = [said(case, claim, category=one) for one in ("construction_worker", "deminer", "worker_other")]
        made = reviewing.split(case, claim.id, parts, seen=0, why="Three.")
        assert len({one.id for one in made.after}) == 3
        assert [one.category for one in made.after] == ["construction_worker", "deminer", "worker_other"]


def test_where_no_part_has_its_words_the_claim_is_replaced(folder: Path) -> None:
    """It is kept, counts no more, and cannot be accepted beside its parts."""
    with working(folder) as case:
        claim = claim_of(case)
        parts = [said(case, claim, start="28", end="35"), said(case, claim, start="40", end="47")]
        made = reviewing.split(case, claim.id, parts, seen=0, why="Two.")
        assert standings(case)[claim.id] is Standing.REPLACED
        with pytest.raises(ReviewError, match="others stand in its place"):
            reviewing.accept(case, claim.id, seen=made.number)


@pytest.mark.parametrize("count", [0, 1, 21])
def test_too_few_or_too_many_parts_are_refused(folder: Path, count: int) -> None:
    """As is the same part twice."""
    with working(folder) as case:
        claim = claim_of(case)
        with pytest.raises(ReviewError, match=f"not {count}"):
            reviewing.split(case, claim.id, [said(case, claim)] * count, seen=0, why="So.")
        with pytest.raises(ReviewError, match="are the same"):
            reviewing.split(case, claim.id, [said(case, claim)] * 2, seen=0, why="So.")


def test_claims_are_merged_into_the_first(folder: Path) -> None:
    """In whatever order they are named; the others are replaced."""
    with working(folder) as case:
        first, second = claim_of(case, WIRE), claim_of(case, WIRE, 1)
        fields = said(case, first, low="6000", high="6000")
        made = reviewing.merge(case, [second.id, first.id, second.id], fields, seen=0, why="One.")
        assert (made.before, [one.id for one in made.after]) == ((first, second), [first.id])
        assert standings(case, WIRE) == {first.id: Standing.MERGED, second.id: Standing.REPLACED}


def test_claims_of_two_reports_are_not_merged(folder: Path) -> None:
    """Nor is one alone."""
    with working(folder) as case:
        one, other = claim_of(case), claim_of(case, WIRE)
        with pytest.raises(ReviewError, match="two reports"):
            reviewing.merge(case, [one.id, other.id], said(case, one), seen=0, why="One.")
        with pytest.raises(ReviewError, match="not 1"):
            reviewing.merge(case, [one.id], said(case, one), seen=0, why="One.")


def test_a_missed_claim_is_added_with_a_ground_for_every_field(folder: Path) -> None:
    """What the reviewer does not say has no value and no ground."""
    with working(folder) as case:
        claim = claim_of(case)
        made = reviewing.add(
            case, claim.document, said(case, claim, start="0", end="11", speaker=""), seen=0, why="Missed."
        )
        added = made.after[0]
        assert (added.figure, added.speaker) == ("North Korea", None)
        assert {one.cue for one in added.grounds} == {"reviewer ana"}
        assert {one.field for one in added.grounds} == {
            name for name in ENTRIES if name not in ("start", "end") and getattr(added, name) is not None
        }
        assert standings(case)[added.id] is Standing.ADDED


def test_words_that_a_claim_marks_are_not_added_again(folder: Path) -> None:
    """A second claim there is a split."""
    with working(folder) as case:
        claim = claim_of(case)
        with pytest.raises(ReviewError, match="marks these words already"):
            reviewing.add(case, claim.document, said(case, claim), seen=0, why="Twice.")


def test_what_was_added_and_taken_back_can_be_added_again(folder: Path) -> None:
    """Nobody can have looked at it, so it is no conflict."""
    with working(folder) as case:
        claim = claim_of(case)
        fields = said(case, claim, start="0", end="11")
        first = reviewing.add(case, claim.document, fields, seen=0, why="Missed.")
        reviewing.withdraw(case, first.number, seen=first.number, why="A slip.")
        assert reviewing.add(case, claim.document, fields, seen=0, why="Missed after all.").after == first.after


def test_withdrawing_brings_back_what_was_before(folder: Path) -> None:
    """Also that of somebody else, the last first; what is withdrawn cannot be withdrawn again."""
    with working(folder) as case:
        claim = claim_of(case)
        first = reviewing.accept(case, claim.id, seen=0)
        second = reviewing.edit(case, claim.id, said(case, claim, place="Belgorod"), seen=1, why="Read.")
        with pytest.raises(ReviewError, match="withdraw that first"):
            reviewing.withdraw(case, first.number, seen=2, why="No.")
        third = reviewing.withdraw(case, second.number, seen=2, why="No.")
        assert (claim_of(case), standings(case)[claim.id], third.of) == (claim, Standing.ACCEPTED, second.number)
        with pytest.raises(ReviewError, match="no review 2"):
            reviewing.withdraw(case, second.number, seen=3, why="No.")
        with pytest.raises(ReviewError, match="there is no such review"):
            reviewing.withdraw(case, 99, seen=3, why="No.")


def test_of_two_reviewers_the_second_is_told(folder: Path) -> None:
    """Whatever the second wanted, also the same; nothing of it is kept."""
    with working(folder) as case:
        claim = claim_of(case)
        reviewing.edit(case, claim.id, said(case, claim, place="Belgorod"), seen=0, why="Read.")
    with working(folder, "bo") as case:
        now = claim_of(case)
        acts: tuple[Callable[[], Review], ...] = (
            lambda: reviewing.accept(case, claim.id, seen=0),
            lambda: reviewing.reject(case, claim.id, seen=0, why="No."),
            lambda: reviewing.edit(case, claim.id, fields_of(now), seen=0, why="The same."),
            lambda: reviewing.split(case, claim.id, [], seen=0, why="No."),
            lambda: reviewing.withdraw(case, 1, seen=0, why="No."),
        )
        for act in acts:
            with pytest.raises(ReviewConflictError) as caught:
                act()
            assert caught.value.last == 1
        assert len(case.reviews()) == 1
        assert reviewing.accept(case, claim.id, seen=1).number == 2


def test_a_review_of_another_claim_is_no_conflict(folder: Path) -> None:
    """Two people can go through one report."""
    with working(folder) as case:
        reviewing.accept(case, claim_of(case, WIRE).id, seen=0)
        assert reviewing.accept(case, claim_of(case, WIRE, 1).id, seen=0).number == 2


def test_what_is_not_there_is_named(folder: Path) -> None:
    """A claim, or a report."""
    with working(folder) as case:
        with pytest.raises(UnknownNameError, match="c-none"):
            reviewing.accept(case, "c-none", seen=0)
        with pytest.raises(UnknownDocumentError, match="none"):
            reviewing.add(case, "none", fields_of(claim_of(case)), seen=0, why="x")


def test_a_claim_is_shown_as_it_was_before_anybody_judged_it(folder: Path) -> None:
    """Whatever was decided since; one that a reviewer made has no such state."""
    with working(folder) as case:
        claim = claim_of(case)
        reviewing.edit(case, claim.id, said(case, claim, place="Belgorod"), seen=0, why="Read.")
        added = reviewing.add(case, claim.document, said(case, claim, start="0", end="11"), seen=1, why="Missed.")
        reviews = case.reviews(claim.document)
        assert reviewing.first_seen(claim_of(case, turn=1), reviews) == claim
        assert reviewing.first_seen(added.after[0], reviews) is None
        assert reviewing.first_seen(claim, ()) == claim


def test_a_report_in_a_language_that_is_not_read_takes_the_line_for_the_sentence(folder: Path) -> None:
    """A reviewer may add claims to it all the same."""
    with working(folder) as case:
        document = replace(case.document("gazette-1"), language="ja")
    claim_entry = Entry("0", "7", "1", "1", "exact", "person", category="killed", status="actual")
    with working(folder) as case:
        fields = typed(claim_entry, document, subject_of(case))
        first = document.text.partition("\n")[0]
        assert applied(claim_of(case), fields, document, "bo").quote == first


def test_estimates_follow(folder: Path) -> None:
    """What is derived after an edit is what the new figure gives."""
    with working(folder) as case:
        claim = claim_of(case)
        reviewing.edit(case, claim.id, said(case, claim, low="8000", high="8000"), seen=0, why="Read.")
        following(case)
        found = next(one for one in case.estimates() if claim.id in one.claims)
        assert [(one.low, one.high) for one in found.readings] == [(8000, 8000)]
        assert entry(claim_of(case)).low == "8000"
