"""A case record by record: the same records in the same order as its ledger in memory."""

from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copied import Kept
from factory import claim, document, fact
from reports_case import a_case_of_reports
from reviewing_case import a_case, claim_of, following, said, working
from tallystick.inquiry.reviewing import edit, reject
from tallystick.model.claim import Status
from tallystick.model.document import Original, Retrieved
from tallystick.model.estimate import Estimate, Population, Reading
from tallystick.model.flag import SEVERITIES, Evidence, Flag
from tallystick.model.hit import ORDER, Hit
from tallystick.model.ledger import Derived
from tallystick.model.lineage import Edge, EdgeKind, EdgeLevel, Independent, Lineage, Mechanism, Origin
from tallystick.model.provision import Jurisdiction
from tallystick.model.quantity import Bound
from tallystick.model.stream import LedgerStream, Streamed
from tallystick.storage.case import Case
from tallystick.storage.stores.address import CaseAddress
from tallystick.storage.views import stream as streaming
from tallystick.storage.views.stream import stream
from tallystick.storage.views.view import Views

KINDS = ("documents", "stated", "facts", "edges", "origins", "estimates", "flags", "hits", "judgements", "reviews")
TEXT = "Kim said 5,000 builders and 1,000 sappers of the 404th Brigade came."
dates = st.sampled_from((None, "", "2025", "2025-06", "2025-06-17", "2025-06-17T08:00:00Z", "2026"))
words = st.sampled_from(("a", "b", "é", "𐐷", "Z", "~", "｡"))
few = st.integers(0, 3)
Made = TypeVar("Made")


def same(given_stream: LedgerStream, wanted: LedgerStream) -> None:
    """Hold every kind of two streams against one another."""
    for kind in KINDS:
        assert list(getattr(given_stream, kind)()) == list(getattr(wanted, kind)()), kind


def held_against_memory(place: CaseAddress) -> None:
    """Hold a case against its ledger in memory."""
    with Case.open(place, read_only=True) as case:
        wanted = Streamed(case.ledger(), case.reviews())
        # The standing of a claim is known to the case alone.
        standings = {one.claim.id: one.standing for found in case.documents() for one in case.held(found.id)}
    views = Views(place)
    with views.moment() as view:
        found = stream(view)
        for kind in KINDS:
            ours, theirs = list(getattr(found, kind)()), list(getattr(wanted, kind)())
            if kind == "stated":
                theirs = [replace(one, standing=standings[one.claim.id]) for one in theirs]
            assert ours == theirs, kind
        names = [one.claim.id for one in wanted.stated()][::-1]
        assert list(found.claims_of([*names, "c-none", *names])) == names
        reports = [one.id for one in wanted.documents()][::-1]
        assert found.citations_of([*reports, "none"]) == wanted.citations_of(reports)
        assert list(found.citations_of(reports)) == reports
    views.close()


def test_a_case_streams_what_its_ledger_holds(tmp_path: Path, kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reports with hostile ids and texts, in portions of two."""
    monkeypatch.setattr(streaming, "PORTION", 2)
    monkeypatch.setattr(streaming, "REPORTS", 2)
    held_against_memory(kept(a_case_of_reports(tmp_path / "case")))


def test_claims_that_were_taken_away_are_left_out(tmp_path: Path, kept: Kept) -> None:
    """A rejected claim is in no stream; an edited one is as it stands, and says so."""
    folder = a_case(tmp_path / "case")
    with working(folder) as case:
        gone, changed = claim_of(case), claim_of(case, "gazette-1")
        reject(case, gone.id, seen=0, why="It is a guess.")
        edit(case, changed.id, said(case, changed, place="Rostov"), seen=0, why="As it says.")
        following(case)
    place = kept(folder)
    held_against_memory(place)
    with Case.open(place, read_only=True) as case, case.streamed() as held:
        assert held.claims_of([gone.id]) == {}
        assert held.claims_of([changed.id])[changed.id].standing == "edited"


@st.composite
def derivations(draw: st.DrawFn) -> Derived:
    """What might be derived: few values, so that many keys tie, in any order."""
    spans = st.lists(st.builds(Evidence, words, few, few), min_size=1, max_size=3).map(tuple)
    turns = st.integers(0, 10**6)
    population = st.builds(Population, st.just("soldier"), st.none(), st.none(), words, st.just("person"))
    independent = st.builds(Independent, few, few)
    ids = st.builds("{}{}".format, words, turns)
    reading = st.builds(
        Reading, words, st.none(), dates, st.just(5), st.just(5), st.sampled_from(Bound), st.just(("c",)), few
    )
    edges = st.builds(
        Edge, words, words, st.sampled_from((EdgeLevel.CLAIM, EdgeLevel.DOCUMENT)), st.sampled_from(EdgeKind),
        st.sampled_from(Mechanism), st.just("why"), st.just(0.5), known=dates,
    )  # fmt: skip
    origins = st.builds(
        Origin, ids, st.none(), dates, st.just(()), st.just(()), independent, st.just("why"), known=dates
    )
    estimates = st.builds(
        Estimate, ids, population, st.sampled_from(Status), st.none(), dates, st.none(), st.none(), st.none(), few,
        st.lists(reading, max_size=2).map(tuple), st.just(()), independent, few, st.just(()), st.none(), st.just(()),
        st.just(("step",)), known=dates,
    )  # fmt: skip
    flags = st.builds(Flag, ids, words, st.sampled_from(SEVERITIES), st.just("why"), st.just(()), spans)
    hits = st.builds(
        Hit, ids, words, words, population, st.sampled_from(ORDER), st.just(()), st.sampled_from(Jurisdiction), dates,
        st.just(()), independent, st.just(()), st.just(()), st.just("It may."),
    )  # fmt: skip

    def some(of: st.SearchStrategy[Made]) -> tuple[Made, ...]:
        return tuple(draw(st.lists(of, max_size=6, unique_by=lambda one: getattr(one, "id", one))))

    return Derived(Lineage(some(edges), some(origins)), some(estimates), some(flags), some(hits))


def made_of(folder: str, reports: list[tuple[str, str | None]], made: Derived) -> Path:
    """A case in a folder with reports of these ids and days, and with what is derived."""
    with Case.open(folder, create=True) as case:
        for name, published in reports:
            found = document(TEXT, id=name, published=published, outlet="Press")
            original = Original(sha256(TEXT.encode()).hexdigest(), "text/plain", TEXT.encode())
            claims = (claim(found, "1,000"), claim(found, "5,000"))
            case.add(Retrieved(found, original), claims, (fact(found, "404th Brigade"),))
        case.replace_derived({1: made})
    return Path(folder)


few_reports = st.lists(st.tuples(words, dates), max_size=5, unique_by=lambda one: one[0])


@settings(max_examples=40, deadline=None)
@given(few_reports, derivations())
def test_the_orders_are_those_of_the_ledger(reports: list[tuple[str, str | None]], made: Derived) -> None:
    """Whatever is undated, and in whatever script ids are."""
    with TemporaryDirectory() as folder:
        place = made_of(folder, reports, made)
        with Case.open(place, read_only=True) as case, case.streamed() as held:
            same(held, Streamed(case.ledger()))


# Fewer: each has a database of its own, which takes a second.
@settings(max_examples=8, deadline=None)
@given(few_reports, derivations())
def test_the_orders_are_those_of_the_ledger_in_postgresql(
    copies: Kept, reports: list[tuple[str, str | None]], made: Derived
) -> None:
    """As in a folder."""
    with TemporaryDirectory() as folder:
        place = copies(made_of(folder, reports, made))
        with Case.open(place, read_only=True) as case, case.streamed() as held:
            same(held, Streamed(case.ledger()))


def test_the_time_is_that_of_the_last_change(tmp_path: Path) -> None:
    """An access leaves it as it was: the same case gives the same bytes."""
    folder = a_case(tmp_path / "case")
    with Case.open(folder, read_only=True) as case, case.streamed() as held:
        before = held.changed()
    with working(folder) as case:
        case.keep_report(lambda _: b"another")
    with Case.open(folder, read_only=True) as case, case.streamed() as held:
        assert held.changed() == before
    assert len(before) == len("2026-03-01T10:00:00Z")
    assert before.endswith("Z")
