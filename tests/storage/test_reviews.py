"""Reviews in a case: kept for good, in force in its claims, and what follows is what deriving all at once gives."""

from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa

from bench_case import fill
from databases import STORES, Another, behind
from reviewing_case import claim_of, following, said, standings, working
from tallystick.deriving import derive
from tallystick.errors import CaseReadOnlyError, ReviewConflictError, ReviewError
from tallystick.extraction.extraction import extract
from tallystick.extraction.facts import facts
from tallystick.inquiry import reviewing
from tallystick.model.review import Review, ReviewVerdict, Standing, holding
from tallystick.pipeline import subject_of
from tallystick.storage.case import Case, Proposal, Rules, Statements
from tallystick.storage.custody import Action
from tallystick.storage.stores.address import CaseAddress
from tallystick.storage.verifying import verify

HERALD, WIRE = "herald-1", "wire-1"
COLUMNS = "claim, category, place, standing, lineage, doubt, sway, severity"


@pytest.fixture(scope="module", params=STORES)
def made(
    request: pytest.FixtureRequest, another_of_module: Another, tmp_path_factory: pytest.TempPathFactory
) -> CaseAddress:
    """A case of three reports in either store, which no test touches."""
    address = another_of_module(request.param)
    fill(address, tmp_path_factory.mktemp("made") / "reports.jsonl")
    return address


@pytest.fixture
def folder(made: CaseAddress, another: Another) -> CaseAddress:
    """A copy of it."""
    return another.copy(made)


def much_decided(case: Case) -> tuple[Review, ...]:
    """Decide in every way, and derive now and then."""
    first, second, herald = claim_of(case, WIRE), claim_of(case, WIRE, 1), claim_of(case)
    made = [reviewing.accept(case, first.id, seen=0)]
    made.append(reviewing.edit(case, herald.id, said(case, herald, place="Belgorod"), seen=0, why="Read."))
    following(case)
    parts = [said(case, second), said(case, second, start="28", end="40", low="7", high="7")]
    made.append(reviewing.split(case, second.id, parts, seen=0, why="Two."))
    made.append(reviewing.merge(case, [one.id for one in made[-1].after], parts[0], seen=3, why="One after all."))
    following(case)
    made.append(reviewing.reject(case, claim_of(case, "gazette-1").id, seen=0, why="None."))
    fields = said(case, claim_of(case), start="0", end="5", category="killed")
    made.append(reviewing.add(case, HERALD, fields, seen=0, why="Missed."))
    made.append(reviewing.withdraw(case, 2, seen=6, why="Not so."))
    return tuple(made)


def listed(folder: CaseAddress) -> list[tuple[Any, ...]]:
    """The rows by which claims are filtered, in order of claim."""
    with behind(folder) as base:
        rows = base.exec_driver_sql(f"SELECT {COLUMNS} FROM listing ORDER BY claim")  # noqa: S608 - our own names
        return [tuple(row) for row in rows]


def test_reviews_come_back_as_they_were_made(folder: CaseAddress) -> None:
    """Numbered, with everything before and after; those of one report alone too."""
    with working(folder) as case:
        made = much_decided(case)
    with Case.open(folder, read_only=True) as case:
        assert case.reviews() == made
        assert [one.number for one in made] == list(range(1, len(made) + 1))
        assert case.reviews(WIRE) == tuple(one for one in made if one.document == WIRE)
        assert [entry.subject for entry in case.custody() if entry.action == Action.REVIEWED] == [
            str(one.number) for one in made
        ]


def test_a_case_with_reviews_verifies(folder: CaseAddress) -> None:
    """At every step: after each decision before anything is derived, and after."""
    with working(folder) as case:
        for _ in range(2):
            claim = claim_of(case)
            number = len(case.reviews())
            reviewing.edit(case, claim.id, said(case, claim, low="1", high="1"), seen=number, why="Read.")
            assert verify(case).faults == ()
            reviewing.withdraw(case, number + 1, seen=number + 1, why="No.")
            assert verify(case).faults == ()
        much = claim_of(case, WIRE)
        reviewing.reject(case, much.id, seen=0, why="No.")
        following(case)
        assert verify(case).faults == ()


def test_deriving_after_reviews_gives_what_deriving_all_at_once_gives(folder: CaseAddress) -> None:
    """Estimates, origins, flags and hits."""
    with working(folder) as case:
        much_decided(case)
        following(case)
        held = case.ledger()
        whole = derive(case.documents(), case.claims(), subject_of(case), facts=case.facts())
        assert (held.lineage, held.estimates, held.flags, held.hits) == (
            whole.lineage, whole.estimates, whole.flags, whole.hits,
        )  # fmt: skip


def test_the_listing_after_reviews_is_that_of_a_case_derived_at_once(folder: CaseAddress) -> None:
    """Whatever the order in which claims and what is derived of them were written."""
    with working(folder) as case:
        much_decided(case)
        following(case)
        after = listed(folder)
        with behind(folder) as base:
            base.exec_driver_sql("UPDATE listing SET lineage = NULL, doubt = 0, sway = 0, severity = 0")
            base.exec_driver_sql("UPDATE blocks SET stale = true")
        following(case)
        assert listed(folder) == after


def test_an_edit_that_moves_nothing_keeps_its_place_in_the_listing(folder: CaseAddress) -> None:
    """Its row is new, and origin and priority belong to it all the same."""
    with working(folder) as case:
        claim = claim_of(case)
        before = {row[0]: row for row in listed(folder)}
        reviewing.edit(case, claim.id, said(case, claim, counted="workers, and sappers"), seen=0, why="Read.")
        following(case)
        after = {row[0]: row for row in listed(folder)}
        assert after[claim.id][3] == "edited"
        assert after[claim.id][4] == before[claim.id][4] is not None
        assert after[claim.id][6] == before[claim.id][6] > 0


def test_of_a_claim_that_was_rejected_nothing_is_derived(folder: CaseAddress) -> None:
    """Its row says that it stands no more, and nothing else; it comes back whole."""
    with working(folder) as case:
        claim = claim_of(case)
        before = listed(folder)
        reviewing.reject(case, claim.id, seen=0, why="None.")
        following(case)
        row = next(one for one in listed(folder) if one[0] == claim.id)
        assert row[3:] == ("rejected", None, 0, 0, 0)
        reviewing.withdraw(case, 1, seen=1, why="It is one.")
        following(case)
        assert listed(folder) == before


def test_accepting_derives_nothing(folder: CaseAddress) -> None:
    """The claims that count are the same, so no block is stale and no extraction is noted."""
    with working(folder) as case:
        before = case.state()
        reviewing.accept(case, claim_of(case).id, seen=0)
        assert case.stale_blocks() == ()
        assert case.state() == before


def test_what_was_extracted_anew_keeps_its_reviews(folder: CaseAddress) -> None:
    """Under other rules too, once and again; withdrawing still brings back what was extracted."""
    with working(folder) as case:
        much_decided(case)
        following(case)
        before = {one.id: one for one in case.claims()}
        stood = {name: standings(case, name) for name in (HERALD, WIRE, "gazette-1")}
        dossier = subject_of(case)
        for version in ("8.8.8", "9.9.9"):
            anew = [Statements(one.id, extract(one, dossier), facts(one, dossier)) for one in case.documents()]
            case.set_rules(Rules("dprk-russia", dossier.sha256, version), anew=anew)
            following(case)
            assert {one.id: one for one in case.claims()} == before
            assert {name: standings(case, name) for name in stood} == stood
            assert verify(case).faults == ()
        number = len(case.reviews())
        rejected = claim_of(case, "gazette-1")
        reviewing.withdraw(case, 5, seen=number, why="It is one.")
        assert rejected in case.claims()


def test_a_claim_that_other_rules_do_not_find_stands_by_its_review(folder: CaseAddress) -> None:
    """What a person has read does not go with a rule; what nobody has looked at does."""
    with working(folder) as case:
        kept, gone = claim_of(case, WIRE), claim_of(case, WIRE, 1)
        reviewing.accept(case, kept.id, seen=0)
        dossier = subject_of(case)
        case.set_rules(Rules("dprk-russia", dossier.sha256, "9.9.9"), anew=[Statements(WIRE, ())])
        assert standings(case, WIRE) == {kept.id: Standing.ACCEPTED}
        assert gone not in case.claims()
        following(case)
        assert verify(case).faults == ()


def test_a_claim_that_moves_to_another_place_joins_the_reports_there(folder: CaseAddress) -> None:
    """Ties that an edit makes are found, also between reports that were derived apart."""
    with working(folder) as case:
        gazette = claim_of(case, "gazette-1")
        fields = said(case, gazette, category="worker_other", status="planned", speaker="Sergei Shoigu", aspect="",
                      measure="", stated="2025-06-17")  # fmt: skip
        reviewing.edit(case, gazette.id, fields, seen=0, why="Read.")
        following(case)
        whole = derive(case.documents(), case.claims(), subject_of(case), facts=case.facts())
        assert case.estimates() == whole.estimates
        assert case.lineage() == whole.lineage


@pytest.mark.parametrize("statement", ["UPDATE reviews SET why = 'x'", "DELETE FROM reviews"])
def test_reviews_are_only_added(folder: CaseAddress, statement: str) -> None:
    """The tables refuse anything else."""
    with working(folder) as case:
        reviewing.accept(case, claim_of(case).id, seen=0)
    with pytest.raises(sa.exc.DBAPIError, match="only added"), behind(folder) as base:
        base.exec_driver_sql(statement)


def test_a_review_of_what_is_not_so_any_more_is_refused(folder: CaseAddress) -> None:
    """The claim must be as it was looked at, of this report, and not there already."""
    with working(folder) as case:
        claim, other = claim_of(case), claim_of(case, WIRE)
        changed = said(case, claim, place="Belgorod")
        reviewing.edit(case, claim.id, changed, seen=0, why="Read.")
        for proposal, told in (
            (Proposal(ReviewVerdict.ACCEPTED, HERALD, (claim,), (claim,)), "is not what it was"),
            (Proposal(ReviewVerdict.ADDED, HERALD, (), (other,)), "is no claim of herald-1"),
            (Proposal(ReviewVerdict.ADDED, WIRE, (), (other,)), "is there already"),
            (Proposal(ReviewVerdict.ADDED, WIRE, (), ()), "needs a claim"),
        ):
            with pytest.raises(ReviewError, match=told):
                case.review(proposal, seen=9)
        assert len(case.reviews()) == 1


def test_of_two_at_once_the_second_is_refused(folder: CaseAddress) -> None:
    """Two processes with the case open, both of which have seen no review."""
    with working(folder) as case, working(folder, "bo") as other:
        claim = claim_of(other)
        reviewing.accept(case, claim.id, seen=0)
        with pytest.raises(ReviewConflictError) as caught:
            other.review(Proposal(ReviewVerdict.REJECTED, HERALD, (claim,), (), "No."), seen=0)
        assert (caught.value.claim, caught.value.last) == (claim.id, 1)
        assert len(other.reviews()) == 1


def test_a_case_that_is_only_read_takes_no_review(folder: CaseAddress) -> None:
    """Nor is anything of it kept."""
    with Case.open(folder, read_only=True) as case:
        claim = claim_of(case)
        with pytest.raises(CaseReadOnlyError):
            reviewing.accept(case, claim.id, seen=0)


@pytest.mark.parametrize("seed", range(3))
def test_undoing_everything_gives_the_case_as_it_was(folder: CaseAddress, seed: int) -> None:
    """After decisions of every kind in any order, which verify at the end, the last first."""
    chance = Random(seed)  # noqa: S311 - decisions, no secrets
    with working(folder) as case:
        before = case.claims()
        for turn in range(25):
            with suppress(ReviewError):
                any_decision(case, chance, turn)
        assert verify(case).faults == ()
        assert len({one.verdict for one in case.reviews()}) > 4
        while standing := holding(case.reviews()):
            reviewing.withdraw(case, standing[-1].number, seen=len(case.reviews()), why="Undone.")
        assert case.claims() == before
        names = [one.id for one in case.documents()]
        assert {standing for name in names for standing in standings(case, name).values()} == {Standing.EXTRACTED}
        assert verify(case).faults == ()


def any_decision(case: Case, chance: Random, turn: int) -> None:
    """Decide something about some claim; much of it is refused."""
    document, seen = chance.choice((WIRE, HERALD, "gazette-1")), len(case.reviews())
    held = [one.claim for one in case.held(document)]
    one = chance.choice(held)
    match chance.choice(tuple(ReviewVerdict)):
        case ReviewVerdict.ACCEPTED:
            reviewing.accept(case, one.id, seen=seen)
        case ReviewVerdict.EDITED:
            reviewing.edit(case, one.id, said(case, one, place=f"Place {turn}"), seen=seen, why="x")
        case ReviewVerdict.REJECTED:
            reviewing.reject(case, one.id, seen=seen, why="x")
        case ReviewVerdict.SPLIT:
            parts = [said(case, one, place="Here"), said(case, one, start=str(turn), end=str(turn + 4))]
            reviewing.split(case, one.id, parts, seen=seen, why="x")
        case ReviewVerdict.MERGED:
            names = [each.id for each in chance.sample(held, min(2, len(held)))]
            reviewing.merge(case, names, said(case, one), seen=seen, why="x")
        case ReviewVerdict.ADDED:
            reviewing.add(case, document, said(case, one, start=str(turn), end=str(turn + 3)), seen=seen, why="x")
        case ReviewVerdict.WITHDRAWN:
            standing = holding(case.reviews())
            if standing:
                reviewing.withdraw(case, chance.choice(standing).number, seen=seen, why="x")


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("UPDATE reviews SET why = 'Other words.' WHERE number = 1", "is not what the log says was decided"),
        ("DELETE FROM reviews WHERE number = 1", "the log tells of it, but it is not there"),
    ],
)
def test_a_review_that_was_changed_from_outside_is_a_fault(folder: CaseAddress, statement: str, reason: str) -> None:
    """Its digest is in the custody log, also where somebody takes the triggers away first."""
    with working(folder, "ana") as case:
        reviewing.accept(case, claim_of(case).id, seen=0)
    with behind(folder) as base:
        if isinstance(folder, Path):
            for trigger in ("reviews_no_update", "reviews_no_delete"):
                base.exec_driver_sql(f"DROP TRIGGER {trigger}")
        else:
            base.exec_driver_sql("ALTER TABLE reviews DISABLE TRIGGER USER")
        base.exec_driver_sql(statement)
    with Case.open(folder, read_only=True) as case:
        assert [(one.subject, one.reason) for one in verify(case).faults] == [("review 1", reason)]
