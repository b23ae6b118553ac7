"""What does not add up in a case, and what must not be taken for a fault."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factory import claim, document
from tallystick.model.claim import Claim, Status
from tallystick.model.document import Document, PassageKind
from tallystick.model.dossier import Actor, Category, Dossier, Lexicon, Office, Tenure
from tallystick.model.estimate import Conflict, ConflictKind, Estimate, Population, Reading
from tallystick.model.flag import Flag
from tallystick.model.lineage import Independent, Lineage, Origin
from tallystick.model.quantity import Bound, Number
from tallystick.screening.screening import screen

SPOKESMAN = Office("Palace Press Secretary", aliases=("Palace spokesman",))
DOSSIER = Dossier(
    name="test",
    title="Test",
    about="For tests.",
    categories=(
        Category("soldier", "Soldiers", "people", "person", words=(("en", Lexicon(nouns=("soldier",))),)),
        Category("builder", "Builders", "people", "person"),
        Category("worker", "Workers", "people", "person", parts=("builder",)),
        Category("casualty", "Casualties", "casualty", "person", parts=("killed",)),
        Category("killed", "Killed", "casualty", "person"),
    ),
    actors=(
        Actor("low", "Joan Low", aliases=("Low",)),
        Actor("high", "Peter High"),
        Actor("agency", "Spy Agency", aliases=("the agency",), kind="organization"),
    ),
    tenures=(
        Tenure("low", SPOKESMAN, "2022-08", "2025-01-20", "a page", "V"),
        Tenure("high", SPOKESMAN, "2025-02~", None, "a page", "V"),
    ),
)


def origin(*claims: Claim, date: str | None = None) -> Origin:
    """One origin of these claims."""
    documents = tuple(dict.fromkeys(one.document for one in claims))
    names = tuple(one.id for one in claims)
    return Origin(f"o-{names[0]}", claims[0].speaker, date, documents, names, Independent(1, 1), "For tests.")


def estimate(
    *claims: Claim,
    category: str = "soldier",
    low: Number | None = None,
    high: Number | None = None,
    readings: tuple[Reading, ...] = (),
    conflicts: tuple[Conflict, ...] = (),
) -> Estimate:
    """One line that holds these claims."""
    population = Population(category, "KP", None, category.capitalize(), "person")
    names = tuple(one.id for one in claims)
    return Estimate(
        f"e-{names[0]}", population, claims[0].status, None, None, low, low, high, 3, readings, names,
        Independent(1, 1), len({one.document for one in claims}), (), None, conflicts, (),
    )  # fmt: skip


def reading(*claims: Claim, date: str | None = None, superseded: bool = False) -> Reading:
    """What the origin of these claims says."""
    first = claims[0]
    return Reading(
        f"o-{first.id}", first.speaker, date, first.low, first.high, first.bound, tuple(one.id for one in claims),
        len({one.document for one in claims}), superseded,
    )  # fmt: skip


def flags(
    documents: list[Document],
    claims: list[Claim] | None = None,
    origins: tuple[Origin, ...] = (),
    estimates: tuple[Estimate, ...] = (),
) -> tuple[Flag, ...]:
    """The flags of a case."""
    return screen(tuple(documents), tuple(claims or ()), (), Lineage((), origins), estimates, DOSSIER).flags


def codes(found: tuple[Flag, ...]) -> list[str]:
    """The codes alone, notes left out."""
    return [one.code for one in found if one.severity != "note"]


def test_a_report_that_prints_a_paragraph_again_is_flagged_with_both_places() -> None:
    """Both paragraphs are evidence, and the figures of the second are named."""
    paragraph = "Some 6,000 workers will be sent to the border, the ministry told reporters in the capital."
    report = document(f"{paragraph}\n{paragraph}")
    first, second = report.passages
    report = replace(report, passages=(first, replace(second, repeats=first.start)))
    again = claim(report, "6,000", nth=1, speaker="the ministry")
    (found,) = (one for one in flags([report], [again]) if one.code == "repeated_passage")
    assert [(one.start, one.end) for one in found.evidence] == [(first.start, first.end), (second.start, second.end)]
    assert found.claims == (again.id,)


@pytest.mark.parametrize(
    "text",
    [
        "Palace Press Secretary Joan Low warned of the costs.",
        "Palace spokesman Maj. Gen. Joan Low warned of the costs.",
        "Joan Low, the Palace spokesman, warned of the costs.",
        "The palace’s view was given by Palace spokesman, Low.",
    ],
)
def test_an_office_after_its_end_is_an_error(text: str) -> None:
    """The dossier knows that she had left it when the report appeared."""
    (found,) = flags([document(text, published="2025-10-29")])
    assert (found.code, found.severity) == ("office_anachronism", "error")
    assert "2025-01-20" in found.reason
    (span,) = found.evidence
    assert "Low" in text[span.start : span.end]


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("Palace Press Secretary Joan Low warned of the costs.", "2024-06-25"),
        ("Palace Press Secretary Joan Low warned of the costs.", "2025-01-30"),
        ("Former Palace Press Secretary Joan Low warned of the costs.", "2025-10-29"),
        ("Then-Palace spokesman Joan Low warned of the costs.", "2025-10-29"),
        ("Deputy Palace Press Secretary Joan Low warned of the costs.", "2025-10-29"),
        ("In June 2024 Palace Press Secretary Joan Low warned of the costs.", "2025-10-29"),
        ("Joan Low warned of the costs. Palace Press Secretary Peter High did not.", "2025-10-29"),
        ("Palace Press Secretary Peter High warned of the costs.", "2025-02-03"),
        ("Palace Press Secretary Joan Low warned of the costs.", None),
    ],
)
def test_an_office_held_then_or_called_past_is_in_order(text: str, published: str | None) -> None:
    """No alarm where the text, the sentence's own year or an imprecise date makes it right."""
    assert flags([document(text, published=published)]) == ()


def test_an_office_before_its_start_is_an_error() -> None:
    """He cannot speak in it before he has taken it up."""
    report = document("Palace spokesman Peter High praised the plan.", published="2023-03-03")
    assert codes(flags([report])) == ["office_anachronism"]


def test_an_undated_report_that_tells_of_a_later_month_is_warned_of() -> None:
    """It appeared after what it tells of, so that the office was over."""
    text = (
        "Earlier in June 2025, the ministry had named a number.\nPalace Press Secretary Joan Low warned of the costs."
    )
    (found,) = flags([document(text)])
    assert (found.code, found.severity) == ("office_anachronism", "warning")


def test_readers_comments_anger_no_rule() -> None:
    """Only headlines and body are read."""
    report = document("Palace Press Secretary Joan Low is right!", published="2025-10-29")
    (passage,) = report.passages
    assert flags([replace(report, passages=(replace(passage, kind=PassageKind.COMMENT),))]) == ()


@pytest.mark.parametrize(
    ("text", "figures", "wrong"),
    [
        ("6,000 workers, including 5,000 builders and 2,000 masons, will go.", ("6,000", "5,000", "2,000"), True),
        ("6,000 workers, including 5,000 builders and 1,000 masons, will go.", ("6,000", "5,000", "1,000"), False),
        ("6,000 workers, including 500 builders, will go.", ("6,000", "500"), False),
        ("6,000 workers, consisting of 3,000 builders and 1,000 masons.", ("6,000", "3,000", "1,000"), True),
        ("3,000 builders and 1,000 masons, a total of 6,000 workers.", ("3,000", "1,000", "6,000"), True),
        ("6,000 workers and 5,000 builders and 2,000 masons will go.", ("6,000", "5,000", "2,000"), False),
        ("6,000 workers, including 5,000, among them 2,000 masons.", ("6,000", "5,000", "2,000"), False),
    ],
)
def test_parts_must_add_up_to_their_whole(text: str, figures: tuple[str, ...], *, wrong: bool) -> None:
    """Parts may leave some out unless the words say that they are all; they never exceed the whole."""
    report = document(text)
    kinds = {"6,000": "worker"}
    claims = [claim(report, figure, category=kinds.get(figure, "builder"), speaker="A") for figure in figures]
    assert codes(flags([report], claims)) == (["sum_mismatch"] if wrong else [])


def test_a_figure_that_its_speaker_had_replaced_is_stale() -> None:
    """600 after the agency has said 2,000."""
    old = document("600 were killed.", id="a", published="2025-04-30")
    new = document("2,000 were killed.", id="b", published="2025-09-02")
    late = document("600 were killed, the agency says.", id="c", published="2025-09-10")
    claims = [
        claim(old, "600", category="killed", speaker="the agency"),
        claim(new, "2,000", category="killed", speaker="Spy Agency"),
        claim(late, "600", category="killed", speaker="the agency"),
    ]
    readings = (
        reading(claims[0], claims[2], date="2025-04-30", superseded=True),
        reading(claims[1], date="2025-09-02"),
    )
    line = estimate(*claims, category="killed", low=2000, high=2000, readings=readings)
    (found,) = (one for one in flags([old, new, late], claims, (), (line,)) if one.code == "stale_figure")
    assert found.claims == (claims[2].id,)
    assert "2,000" in found.reason


def test_an_old_statement_without_its_date_is_stale() -> None:
    """A count of 2018 in a report of 2025 that does not say so; one that does is in order."""
    silent = document("37,000 work there.", id="a", published="2025-06-25")
    candid = document("37,000 worked there in 2018.", id="b", published="2025-06-25")
    claims = [claim(silent, "37,000", speaker="Peter High"), claim(candid, "37,000", speaker="Peter High", when="2018")]
    line = estimate(*claims, readings=(reading(*claims, date="2018-02"),))
    (found,) = (one for one in flags([silent, candid], claims, (), (line,)) if one.code == "stale_figure")
    assert found.claims == (claims[0].id,)


def test_figures_that_nobody_vouches_for_are_noted_once_a_report() -> None:
    """One note for the report, none for what another telling attributes."""
    report = document("3,000 came, 2,000 left, 1,000 stayed.")
    claims = [claim(report, "3,000"), claim(report, "2,000"), claim(report, "1,000", speaker="Peter High")]
    (found,) = flags([report], claims)
    assert (found.code, found.claims) == ("unattributed_figure", (claims[0].id, claims[1].id))


def test_many_reports_of_one_origin_are_noted() -> None:
    """Three mastheads, one speaker."""
    reports = [document(f"Report {turn}: 3,000 came.", id=f"d{turn}") for turn in range(3)]
    claims = [claim(one, "3,000", speaker="Peter High") for one in reports]
    line = estimate(*claims, readings=(reading(*claims),))
    assert [one.code for one in flags(reports, claims, (), (line,))] == ["single_origin"]


def test_a_conflict_of_origins_is_flagged_with_a_span_of_each() -> None:
    """Both figures are evidence; of people whom nobody places both can be right."""
    reports = [document("3,000 came.", id="a"), document("8,000 came.", id="b")]
    claims = [claim(reports[0], "3,000", speaker="A"), claim(reports[1], "8,000", speaker="B")]
    readings = (reading(claims[0]), reading(claims[1]))
    conflict = Conflict(tuple(one.origin for one in readings), "5,000 apart.")
    line = estimate(*claims, readings=readings, conflicts=(conflict,))
    assert flags(reports, claims, (), (line,)) == ()
    placed = replace(line, population=replace(line.population, place="Kursk"))
    (found,) = flags(reports, claims, (), (placed,))
    assert (found.code, {one.document for one in found.evidence}) == ("conflict", {"a", "b"})


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (ConflictKind.RATIO, "ratio_mismatch"),
        (ConflictKind.RATE, "rate_mismatch"),
        (ConflictKind.CASUALTIES, "casualty_mismatch"),
        (ConflictKind.BALANCE, "balance_mismatch"),
        (ConflictKind.DECREASE, "running_total_decreased"),
    ],
)
def test_each_kind_of_arithmetic_has_a_code_and_prints_it(kind: ConflictKind, code: str) -> None:
    """A reader sees the sum; parts and wholes have a rule of their own."""
    report = document("It more than doubled from 600 to 2,000.", id="a")
    claims = [claim(report, "600", speaker="A"), claim(report, "2,000", speaker="A")]
    names = tuple(one.id for one in claims)
    conflict = Conflict(("o",), "it does not fit.", kind, "2,000 / 600 = 3.3", names)
    (found,) = flags([report], claims, (), (estimate(*claims, conflicts=(conflict,)),))
    assert (found.code, found.severity, found.claims) == (code, "warning", names)
    assert "2,000 / 600 = 3.3" in found.reason


def test_bounds_in_the_wrong_order_are_an_error() -> None:
    """A lower bound above the upper one cannot be right."""
    report = document("From 5,000 to 3,000 came.")
    wrong = claim(report, "5,000 to 3,000", low=5000, high=3000, bound=Bound.RANGE, speaker="A")
    assert codes(flags([report], [wrong])) == ["impossible_order"]


@pytest.mark.parametrize(("killed", "wrong"), [(20000, True), (900, False)])
def test_more_dead_than_were_ever_there_cannot_be(killed: int, *, wrong: bool) -> None:
    """The dead soldiers of a country are soldiers of it."""
    report = document(f"11,000 soldiers came, {killed:,} soldiers died.")
    sent = claim(report, "11,000", counted="soldiers", speaker="A")
    dead = claim(report, f"{killed:,}", category="killed", counted="soldiers", speaker="A")
    lines = (estimate(sent, low=11000, high=11000), estimate(dead, category="killed", low=killed, high=killed))
    assert codes(flags([report], [sent, dead], (), lines)) == (["impossible_order"] if wrong else [])


@pytest.mark.parametrize(
    ("field", "status", "wrong"),
    [("when", Status.ACTUAL, True), ("when", Status.PLANNED, False), ("stated", Status.PLANNED, True)],
)
def test_facts_and_statements_of_the_future_are_flagged(field: str, status: Status, *, wrong: bool) -> None:
    """A plan may lie ahead, a fact and a statement may not."""
    report = document("3,000 came.", published="2025-06-01")
    when = "2025-12" if field == "when" else None
    stated = "2025-12-01" if field == "stated" else None
    one = claim(report, "3,000", speaker="A", status=status, when=when, stated=stated)
    assert codes(flags([report], [one])) == (["date_in_future"] if wrong else [])


@pytest.mark.parametrize(("other", "wrong"), [("30,000", True), ("13", False), ("3", True), ("4,000", False)])
def test_digits_lost_between_two_reports_of_one_statement_are_flagged(other: str, *, wrong: bool) -> None:
    """A power of ten, or the first group of digits alone, is a slip of translation."""
    reports = [document("3,000 came.", id="a"), document(f"{other} came.", id="b")]
    claims = [claim(reports[0], "3,000", speaker="the agency"), claim(reports[1], other, speaker="Spy Agency")]
    found = flags(reports, claims, (origin(*claims),), (estimate(*claims),))
    assert codes(found) == (["translation_suspect"] if wrong else [])


@pytest.mark.parametrize(
    ("one", "other", "wrong"),
    [("soldier", "worker", True), ("builder", "worker", False), ("casualty", "killed", True)],
)
def test_one_figure_of_one_statement_counts_one_sort_of_people(one: str, other: str, *, wrong: bool) -> None:
    """A union and its part are two wordings, except that casualties are not all dead."""
    reports = [
        document("4,700 of them.", id="a", published="2025-04-30"),
        document("4,700, it said.", id="b", published="2025-05-02"),
    ]
    claims = [
        claim(reports[0], "4,700", category=one, speaker="the agency"),
        claim(reports[1], "4,700", category=other, speaker="Spy Agency"),
    ]
    assert codes(flags(reports, claims)) == (["population_mismatch"] if wrong else [])


def test_two_groups_of_one_number_in_one_report_are_no_mismatch() -> None:
    """15,000 soldiers and 15,000 workers: the report itself tells them apart."""
    both = document("15,000 soldiers and 15,000 workers.", id="a", published="2025-04-30")
    one = document("15,000 workers.", id="b", published="2025-05-01")
    claims = [
        claim(both, "15,000", speaker="the agency"),
        claim(both, "15,000", nth=1, category="worker", speaker="the agency"),
        claim(one, "15,000", category="worker", speaker="the agency"),
    ]
    assert codes(flags([both, one], claims)) == []


def test_a_plan_told_as_a_fact_is_flagged() -> None:
    """One report says "have been sent" where the agency said "will be sent"."""
    reports = [
        document("15,000 will be sent.", id="a", published="2025-04-30"),
        document("15,000 have been sent.", id="b", published="2025-05-01"),
    ]
    claims = [
        claim(reports[0], "15,000", speaker="the agency", status=Status.PLANNED),
        claim(reports[1], "15,000", speaker="the agency"),
    ]
    assert codes(flags(reports, claims)) == ["status_mismatch"]


def test_flags_are_sorted_by_severity_and_do_not_depend_on_the_order_of_claims() -> None:
    """Errors first; the same flags whatever comes first."""
    text = "Palace Press Secretary Joan Low spoke of 3,000.\n2,000 came, 1,000 left."
    report = document(text, published="2025-10-29")
    claims = [
        claim(report, "3,000", speaker="Low", stated="2026-05-01"),
        claim(report, "2,000"),
        claim(report, "1,000"),
    ]
    found = flags([report], claims)
    assert [one.severity for one in found] == ["error", "warning", "note"]
    assert flags([report], claims[::-1]) == found


@given(st.text(alphabet="Joan Low Palace spokesman former .,\n’'", max_size=300))
def test_no_text_breaks_the_search_for_offices(text: str) -> None:
    """Every flag rests on spans inside the text."""
    for found in flags([document(text, published="2025-10-29")]):
        for span in found.evidence:
            assert 0 <= span.start < span.end <= len(text)
