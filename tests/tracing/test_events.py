"""Figures that were told on one occasion have one origin, whoever passes them on."""

import pytest

from factory import claim, document
from tallystick.dossiers.loading import load
from tallystick.model.claim import Claim, Status
from tallystick.model.document import Document
from tallystick.model.lineage import EdgeKind, Lineage, Mechanism
from tallystick.tracing.tracing import trace

DOSSIER = load("dprk-russia")
LEE = document(
    "After a closed-door briefing by the National Intelligence Service, Rep. Lee Un-ha said that 2,400 had fallen ill.",
    id="lee", outlet="Pier Post", published="2025-04-30",
)  # fmt: skip
PARK = document(
    "Lawmaker Park Il-su put the sick at 2,400.\nHe spoke after a session that the spy agency NIS held for deputies.",
    id="park", outlet="Quay Courier", published="2025-05-01",
)  # fmt: skip


def told(source: Document, speaker: str | None, *, figure: str = "2,400", category: str = "soldier") -> Claim:
    """A figure as somebody passes it on."""
    return claim(source, figure, speaker=speaker, category=category)


def traced(*claims: Claim) -> Lineage:
    """The lineage of Lee's and Park's reports."""
    return trace((LEE, PARK), claims, DOSSIER)


def test_two_lawmakers_of_one_briefing_are_one_origin() -> None:
    """Their names differ; the service that told them, the day and the figure are the same."""
    lineage = traced(told(LEE, "Rep. Lee Un-ha"), told(PARK, "Lawmaker Park Il-su"))
    (edge,) = lineage.edges
    assert (edge.mechanism, edge.kind) == (Mechanism.NAMED_EVENT, EdgeKind.PRIMARY)
    assert (edge.later, edge.earlier) == (told(PARK, None).id, told(LEE, None).id)
    (origin,) = lineage.origins
    assert len(origin.documents) == 2
    assert "one named event" in origin.reason


def test_two_lawmakers_with_different_figures_are_two_origins() -> None:
    """One briefing gives many figures."""
    other = claim(PARK, "2,400", low=2600, high=2600, speaker="Lawmaker Park Il-su")
    assert len(traced(told(LEE, "Rep. Lee Un-ha"), other).origins) == 2


def test_two_populations_of_one_briefing_are_two_origins() -> None:
    """15,000 troops and 15,000 laborers of one briefing never merge; each report has both, of one service."""
    texts = (
        "The National Intelligence Service told a briefing that 15,000 troops and 15,000 laborers had gone.",
        "At the briefing of the spy agency NIS Rep. Lee wrote down 15,000 laborers; of troops, too, he had 15,000.",
    )
    sources = tuple(
        document(text, id=name, outlet=name, published="2025-04-30") for name, text in zip("ab", texts, strict=True)
    )
    claims = (
        told(sources[0], "National Intelligence Service", figure="15,000"),
        claim(sources[0], "15,000", nth=1, speaker="National Intelligence Service", category="worker_other"),
        told(sources[1], "Rep. Lee", figure="15,000", category="worker_other"),
        claim(sources[1], "15,000", nth=1, speaker="Rep. Lee"),
    )
    origins = trace(sources, claims, DOSSIER).origins
    assert {frozenset(origin.claims) for origin in origins} == {
        frozenset((claims[0].id, claims[3].id)),
        frozenset((claims[1].id, claims[2].id)),
    }


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("At a press conference in Accra, Ama said 700.", "Bo had 700 at the press conference in Accra on Tuesday.", 1),
        ("At a press conference in Accra, Ama said 700.", "Bo counted 700 at a press conference in Bamako.", 2),
        ("At a press conference in Accra, Ama said 700.", "Bo counted 700 at a meeting in Accra.", 2),
        ("Ama said 700, quoting the Labor Ministry's report.", "A Labor Ministry report has 700, said Bo.", 1),
        ("Ama said 700, quoting the Labor Ministry's report.", "A Trade Ministry report has 700, said Bo.", 2),
        ("Ama spoke of a report of 700.", "Bo saw a report of 700.", 2),
        (
            "In an earlier version of this report, said the Labor Ministry, Ama had 700.",
            "Bo has 700, unlike this report, which the Labor Ministry liked.",
            2,
        ),
        ("Ama said 700 at the meeting.", "Bo said 700 at the meeting.", 2),
        (
            "At the Labor Ministry's press conference in Accra Ama said 700.",
            "At the Trade Ministry's press conference in Accra Bo said 700.",
            2,
        ),
    ],
)  # fmt: skip
def test_an_occasion_is_told_by_its_host_or_place(one: str, other: str, expected: int) -> None:
    """The word for it alone may mean any; a place alone does not make one of two hosts' occasions."""
    first = document(one, id="a", outlet="A", published="2025-03-04")
    later = document(other, id="b", outlet="B", published="2025-03-05")
    claims = told(first, "Ama Odu", figure="700"), told(later, "Bo Lund", figure="700")
    assert len(trace((first, later), claims, DOSSIER).origins) == expected


def test_an_occasion_of_another_week_is_another_one() -> None:
    """A ministry tells figures every week."""
    later = document(LEE.text, id="later", outlet="Gull Gazette", published="2025-05-08")
    first = document("NIS held a briefing on it, where 2,400 sick were named.", id="a", published="2025-04-30")
    claims = told(first, "officials who were there"), told(later, "Rep. Lee Un-ha")
    assert len(trace((first, later), claims, DOSSIER).origins) == 2


def test_a_plan_and_a_fact_of_one_occasion_are_two_origins() -> None:
    """Those who will come have not come."""
    plan = claim(PARK, "2,400", speaker="Lawmaker Park Il-su", status=Status.PLANNED)
    assert len(traced(told(LEE, "Rep. Lee Un-ha"), plan).origins) == 2
