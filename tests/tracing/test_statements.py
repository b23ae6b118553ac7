"""Who, when, what and where show that two reports give one statement, without any text in common."""

from dataclasses import replace

import pytest

from factory import claim, document
from tallystick.dossiers.loading import load
from tallystick.model.claim import Claim, Status
from tallystick.model.document import Document
from tallystick.model.dossier import Actor
from tallystick.model.lineage import Edge, Lineage, Mechanism
from tallystick.model.quantity import Bound
from tallystick.tracing.tracing import trace

DOSSIER = load("dprk-russia")
WIRE = document("5,000 builders and 1,000 sappers", id="wire", outlet="Wire One", published="2025-06-17")
OTHER = document("some 5,000 men, thus 6,000 people", id="other", outlet="Other Post", published="2025-06-18")
LATE = document("in June it was 5,000", id="late", outlet="Late Post", published="2025-10-29")


def plan(source: Document, figure: str, **fields: object) -> Claim:
    """A planned figure of builders from North Korea, announced by Shoigu for Kursk unless `fields` say otherwise."""
    default: dict[str, object] = {
        "category": "construction_worker", "origin": "KP", "place": "Kursk region", "status": Status.PLANNED,
        "speaker": "Sergei Shoigu",
    }  # fmt: skip
    return claim(source, figure, **{**default, **fields})  # type: ignore[arg-type]


def traced(*claims: Claim) -> Lineage:
    """The lineage of these claims in the three reports."""
    return trace((WIRE, OTHER, LATE), claims, DOSSIER)


def only_edge(lineage: Lineage) -> Edge:
    """The one edge of a lineage."""
    (edge,) = lineage.edges
    return edge


def test_one_speaker_one_figure_one_day_is_one_announcement() -> None:
    """A surname and a full name, a day apart, are one origin that names the speaker in full."""
    lineage = traced(plan(WIRE, "5,000", speaker="Shoigu"), plan(OTHER, "5,000", speaker="Secretary Sergei Shoigu"))
    edge = only_edge(lineage)
    assert edge.mechanism is Mechanism.SAME_ANNOUNCEMENT
    assert "Wire One" in edge.reason
    assert "2025-06-18" in edge.reason
    (origin,) = lineage.origins
    assert origin.speaker == "Secretary Sergei Shoigu"
    assert origin.documents == ("wire", "other")
    assert origin.date == "2025-06-17"


def test_a_body_may_stand_for_its_speaker_with_less_confidence() -> None:
    """The Kremlin's figure of that day is Shoigu's, and the person is the clearer name."""
    sure = only_edge(traced(plan(WIRE, "5,000"), plan(OTHER, "5,000"))).confidence
    lineage = traced(plan(WIRE, "5,000", speaker="the Kremlin"), plan(OTHER, "5,000", speaker="Shoigu"))
    assert only_edge(lineage).confidence < sure
    assert lineage.origins[0].speaker == "Shoigu"


def test_a_statement_cited_months_later_is_the_same_one() -> None:
    """A later report that gives the speaker and the figure again adds no origin."""
    lineage = traced(plan(WIRE, "5,000"), plan(LATE, "5,000"))
    assert only_edge(lineage).mechanism is Mechanism.SAME_STATEMENT
    assert len(lineage.origins) == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"speaker": "Kyrylo Budanov"},
        {"status": Status.ACTUAL, "category": "soldier"},
        {"status": Status.DENIED},
        {"category": "soldier"},
        {"place": "Donetsk region"},
        {"origin": "TJ"},
        {"unit": "household"},
        {"bound": Bound.VAGUE},
    ],
)
def test_another_speaker_or_population_is_another_origin(fields: dict[str, object]) -> None:
    """One figure is no key: who said it and what it counts must agree."""
    assert len(traced(plan(WIRE, "5,000"), plan(OTHER, "5,000", **fields)).origins) == 2


def test_plan_and_fact_of_one_report_stay_apart() -> None:
    """The same number planned and arrived are two origins even for one speaker."""
    source = document("5,000 are to come, 5,000 came", published="2025-06-17")
    claims = (plan(source, "5,000"), plan(source, "5,000", nth=1, status=Status.ACTUAL))
    assert len(trace((source,), claims, DOSSIER).origins) == 2


def test_a_relay_that_turns_a_plan_into_a_fact_is_still_a_relay() -> None:
    """The same speaker, day and population with another status: one origin, and the edge says so."""
    lineage = traced(plan(WIRE, "5,000"), plan(OTHER, "5,000", status=Status.ACTUAL))
    assert "planned" in only_edge(lineage).reason
    assert len(lineage.origins) == 1


def test_small_figures_of_distant_days_are_not_one_statement() -> None:
    """The police count three dead somewhere every month."""
    first = document("3 killed", id="first", published="2025-01-02")
    second = document("3 dead", id="second", published="2025-02-20")
    claims = tuple(claim(source, "3", category="killed", speaker="the Interior Ministry") for source in (first, second))
    assert len(trace((first, second), claims, DOSSIER).origins) == 2


def test_the_whole_joins_parts_that_stand_together() -> None:
    """6,000 by the speaker of 5,000 + 1,000 is the same announcement."""
    parts = plan(WIRE, "5,000"), plan(WIRE, "1,000", category="deminer")
    lineage = traced(*parts, plan(OTHER, "6,000", category="worker_other"))
    (origin,) = lineage.origins
    assert len(origin.claims) == 3
    assert any("6,000 = 5,000 + 1,000" in edge.reason for edge in lineage.edges)


def test_parts_without_their_whole_stay_two_origins() -> None:
    """Two populations of one sentence are two figures until somebody adds them up."""
    assert len(traced(plan(WIRE, "5,000"), plan(WIRE, "1,000", category="deminer")).origins) == 2


def test_parts_of_another_speaker_do_not_add_up() -> None:
    """A sum that only the numbers make is none."""
    parts = plan(WIRE, "5,000"), plan(WIRE, "1,000", category="deminer")
    lineage = traced(*parts, plan(OTHER, "6,000", category="worker_other", speaker="the Pentagon"))
    assert len(lineage.origins) == 3


def test_a_part_under_another_name_beside_its_whole_is_that_part() -> None:
    """In "6,000, including 1,000 engineers" they are the 1,000 sappers of the announcement."""
    source = document("6,000 workers, including 1,000 engineers", id="other", published="2025-06-18")
    claims = (
        plan(WIRE, "5,000"), plan(WIRE, "1,000", category="deminer"),
        plan(source, "6,000", category="worker_other"), plan(source, "1,000", category="engineer"),
    )  # fmt: skip
    assert len(trace((WIRE, source), claims, DOSSIER).origins) == 1


def test_a_vague_word_beside_its_number_is_the_same_statement() -> None:
    """The words "thousands, namely 5,000" give one figure; "hundreds, namely 5,000" do not."""
    for word, low, expected in (("thousands", 2000, 1), ("hundreds", 200, 2)):
        source = document(f"{word} of builders, namely 5,000")
        vague = plan(source, word, low=low, bound=Bound.VAGUE)
        assert len(trace((source,), (vague, plan(source, "5,000")), DOSSIER).origins) == expected


def test_a_vague_word_for_something_else_is_another_statement() -> None:
    """Dozens of jeeps beside eighty tanks are not those tanks."""
    source = document("dozens of jeeps and 80 tanks")
    claims = (
        plan(source, "dozens", low=24, bound=Bound.VAGUE, category="vehicle_or_weapon", counted="jeeps"),
        plan(source, "80", category="vehicle_or_weapon", counted="tanks"),
    )
    assert len(trace((source,), claims, DOSSIER).origins) == 2


def test_bodies_that_date_their_statements_months_apart_made_two() -> None:
    """Shoigu in March and the Kremlin in June said the same number twice."""
    claims = plan(WIRE, "5,000", stated="2025-03-01"), plan(OTHER, "5,000", speaker="the Kremlin", stated="2025-06-01")
    assert len(traced(*claims).origins) == 2


def test_plans_for_distant_months_are_two_announcements() -> None:
    """The speaker and the number agree, the events do not."""
    claims = plan(WIRE, "5,000", when="2025-07"), plan(OTHER, "5,000", when="2026-07")
    assert len(traced(*claims).origins) == 2
    assert len(traced(plan(WIRE, "5,000", when="2025-07"), plan(OTHER, "5,000", when="2025-08")).origins) == 1


def test_one_figure_given_twice_is_not_the_half_of_its_double() -> None:
    """Parts must be different: 3,000 builders and again 3,000 builders are no 6,000."""
    source = document("3,000 builders, yes 3,000")
    claims = plan(source, "3,000"), plan(source, "3,000", nth=1), plan(OTHER, "6,000", category="worker_other")
    assert len(trace((source, OTHER), claims, DOSSIER).origins) == 2


def test_parts_that_arrived_are_not_the_whole_of_a_plan() -> None:
    """The sum of what came is no announcement of what is to come."""
    arrived = plan(WIRE, "5,000", status=Status.ACTUAL), plan(WIRE, "1,000", category="deminer", status=Status.ACTUAL)
    assert len(traced(*arrived, plan(OTHER, "6,000", category="worker_other")).origins) == 3


def test_the_person_is_clearer_than_a_body_with_a_longer_name() -> None:
    """The origin is named after the person who spoke."""
    lineage = traced(plan(WIRE, "5,000", speaker="the authorities in Moscow, Russian officials"), plan(OTHER, "5,000"))
    assert lineage.origins[0].speaker == "Sergei Shoigu"


def test_the_body_that_speaks_for_another_is_the_clearer_one() -> None:
    """Of two bodies the nearer one names the origin, however long the name of the wider one."""
    state = Actor("state", "Republic of Lunaria and the Isles", kind="state")
    port = Actor("port", "Port Board", kind="organization", speaks_for=("state",))
    dossier = replace(DOSSIER, actors=(state, port))
    claims = plan(WIRE, "5,000", speaker=state.name), plan(OTHER, "5,000", speaker=port.name)
    (origin,) = trace((WIRE, OTHER), claims, dossier).origins
    assert origin.speaker == "Port Board"


def test_a_people_without_a_role_is_the_one_kind_of_that_number() -> None:
    """6,000 North Koreans by the speaker of 6,000 workers, or of 5,000 and 1,000, are those."""
    people = plan(OTHER, "6,000", category="civilian", counted="North Koreans")
    whole = document("6,000 workers", id="whole", published="2025-06-17")
    workers = plan(whole, "6,000", category="worker_other", counted="workers")
    assert len(trace((whole, OTHER), (workers, people), DOSSIER).origins) == 1
    assert len(traced(plan(WIRE, "5,000"), plan(WIRE, "1,000", category="deminer"), people).origins) == 1


def test_a_people_without_a_role_does_not_join_two_kinds() -> None:
    """Where the speaker gave the number for workers and for soldiers, it is neither."""
    source = document("5,000 workers, 5,000 soldiers", id="both", published="2025-06-17")
    claims = (
        plan(source, "5,000", category="worker_other", counted="workers"),
        plan(source, "5,000", category="soldier", counted="soldiers", nth=1),
        plan(OTHER, "5,000", category="civilian", counted="North Koreans"),
    )
    assert len(trace((source, OTHER), claims, DOSSIER).origins) == 3
