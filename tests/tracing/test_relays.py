"""Reports that say where they have a figure from go back to it; those that do not may only repeat it."""

from factory import claim, document
from tallystick.dossiers.loading import load
from tallystick.model.claim import Status
from tallystick.model.lineage import EdgeLevel, Independent, Mechanism
from tallystick.tracing.tracing import trace

DOSSIER = load("dprk-russia")
AGENCY = document("ACCRA (North Wire) - 700 troops", id="agency", outlet="North Wire", published="2025-03-01")
DAILY = document("some 700 troops", id="daily", outlet="Daily Mirrorlake", published="2025-03-02")
UNNAMED = Independent(0, 1)
NAMED = Independent(1, 1)


def test_a_figure_taken_through_an_agency_goes_back_to_its_report() -> None:
    """`via` names the outlet whose report is in the case."""
    claims = claim(AGENCY, "700", speaker="General Odu"), claim(DAILY, "700", via="North Wire")
    lineage = trace((AGENCY, DAILY), claims, DOSSIER)
    (edge,) = lineage.edges
    assert edge.mechanism is Mechanism.ATTRIBUTION
    assert "North Wire" in edge.reason
    (origin,) = lineage.origins
    assert origin.speaker == "General Odu"
    assert origin.independent == NAMED


def test_an_outlet_cited_as_the_speaker_is_its_report() -> None:
    """An agency that "reported" with nobody behind it leads to North Wire's own source."""
    claims = claim(AGENCY, "700", speaker="General Odu"), claim(DAILY, "700", speaker="North Wire")
    (origin,) = trace((AGENCY, DAILY), claims, DOSSIER).origins
    assert origin.speaker == "General Odu"


def test_a_credit_line_leads_to_the_agency() -> None:
    """A report that credits the agency and shares its figure follows it, document and claim."""
    credited = document("ACCRA, March 2 (North Wire) - 700 troops came", id="b", outlet="Post", published="2025-03-02")
    claims = claim(AGENCY, "700"), claim(credited, "700")
    lineage = trace((credited, AGENCY), claims, DOSSIER)
    assert {edge.mechanism for edge in lineage.edges} == {Mechanism.CREDIT}
    assert {edge.level for edge in lineage.edges} == {EdgeLevel.CLAIM, EdgeLevel.DOCUMENT}
    assert len(lineage.origins) == 1


def test_a_headline_has_the_speaker_of_its_report() -> None:
    """A figure in the outlet's own voice that the report attributes below is the attributed one."""
    source = document("700 troops arrive\nGeneral Odu counted 700 troops.")
    claims = claim(source, "700"), claim(source, "700", nth=1, speaker="General Odu")
    (origin,) = trace((source,), claims, DOSSIER).origins
    assert origin.speaker == "General Odu"


def test_lawmakers_after_a_briefing_pass_on_its_figure() -> None:
    """Nameless speakers of a report that credits the spy agency give the agency's figure of that day."""
    first = document("700 troops", id="first", outlet="A", published="2025-04-30")
    later = document("90 died, 700 troops went", id="later", outlet="B", published="2025-05-01")
    claims = (
        claim(first, "700", speaker="National Intelligence Service"),
        claim(later, "90", speaker="the spy agency", category="killed"),
        claim(later, "700", speaker="two lawmakers"),
    )
    assert len(trace((first, later), claims, DOSSIER).origins) == 2


def test_a_figure_without_a_speaker_may_only_repeat_an_earlier_one() -> None:
    """It keeps an origin of its own that counts for none or one."""
    claims = claim(AGENCY, "700", speaker="General Odu", counted="troops"), claim(DAILY, "700", counted="troops")
    lineage = trace((DAILY, AGENCY), claims, DOSSIER)
    (edge,) = lineage.edges
    assert edge.mechanism is Mechanism.UNATTRIBUTED_REPEAT
    assert edge.earlier == claims[0].id
    assert [origin.independent for origin in lineage.origins] == [NAMED, UNNAMED]


def test_a_figure_without_a_speaker_that_nobody_gave_before_counts_once() -> None:
    """An outlet's own count is an origin."""
    (origin,) = trace((AGENCY,), (claim(AGENCY, "700"),), DOSSIER).origins
    assert origin.independent == NAMED
    assert origin.speaker is None


def test_plan_and_fact_without_speakers_do_not_repeat_each_other() -> None:
    """A plan is no earlier report of an arrival."""
    claims = (
        claim(AGENCY, "700", status=Status.PLANNED, speaker="General Odu", counted="troops"),
        claim(DAILY, "700", counted="troops"),
    )
    assert not trace((AGENCY, DAILY), claims, DOSSIER).edges


def test_nameless_reports_are_no_certain_origin() -> None:
    """Words like "reports said" tell that somebody is repeated, not who."""
    (origin,) = trace((AGENCY,), (claim(AGENCY, "700", speaker="media reports"),), DOSSIER).origins
    assert origin.independent == UNNAMED


def test_a_service_that_shares_its_knowledge_is_no_certain_second_origin() -> None:
    """Linked intelligence services with one figure count as one or two."""
    claims = claim(AGENCY, "700", speaker="National Intelligence Service"), claim(DAILY, "700", speaker="HUR")
    origins = trace((AGENCY, DAILY), claims, DOSSIER).origins
    assert [origin.independent for origin in origins] == [NAMED, UNNAMED]


def test_a_denial_is_the_origin_of_whoever_denies() -> None:
    """What is denied is not repeated."""
    claims = (
        claim(AGENCY, "700", speaker="General Odu"),
        claim(DAILY, "700", speaker="the Kremlin", status=Status.DENIED),
    )
    lineage = trace((AGENCY, DAILY), claims, DOSSIER)
    assert not lineage.edges
    assert [origin.speaker for origin in lineage.origins] == ["General Odu", "the Kremlin"]


def test_the_agency_of_a_second_sentence_is_the_one_named_before() -> None:
    """A bare "agency" has the voice and the name of the body that its report named last."""
    first = document("700 troops and, the agency said, 90 dead", id="first", outlet="A", published="2025-04-30")
    later = document("90 dead", id="later", outlet="B", published="2025-05-01")
    claims = (
        claim(first, "700", speaker="National Intelligence Service"),
        claim(first, "90", speaker="agency", category="killed"),
        claim(later, "90", speaker="NIS", category="killed"),
    )
    troops, dead = trace((first, later), claims, DOSSIER).origins
    assert troops.claims == (claims[0].id,)
    assert dead.claims == (claims[1].id, claims[2].id)
    assert dead.speaker == "National Intelligence Service"


def test_a_whole_taken_from_an_outlet_is_the_sum_of_its_parts() -> None:
    """The outlet named as the source of 700 gives 500 and 200 by its own speaker."""
    parts = document("500 drivers and 200 cooks", id="parts", outlet="North Wire", published="2025-03-01")
    claims = (
        claim(parts, "500", speaker="General Odu", category="worker_other", counted="drivers"),
        claim(parts, "200", speaker="General Odu", category="worker_other", counted="cooks"),
        claim(DAILY, "700", speaker="North Wire", category="worker_other"),
    )
    lineage = trace((parts, DAILY), claims, DOSSIER)
    assert len(lineage.origins) == 1
    assert {edge.mechanism for edge in lineage.edges} == {Mechanism.ATTRIBUTION}


def test_a_figure_without_a_speaker_that_a_later_report_attributes_is_no_certain_origin() -> None:
    """Who counted is named later, so the earlier report may have it from there."""
    early = document("some 700 troops", id="early", outlet="Post", published="2025-02-27")
    claims = claim(early, "700", counted="troops"), claim(AGENCY, "700", speaker="General Odu", counted="troops")
    lineage = trace((early, AGENCY), claims, DOSSIER)
    assert not lineage.edges
    assert [origin.independent for origin in lineage.origins] == [UNNAMED, NAMED]


def test_a_frequent_figure_of_another_season_is_no_repeat() -> None:
    """Thirty dead in March and thirty dead in July are two events."""
    march = document("30 dead", id="march", published="2025-03-01")
    july = document("30 killed", id="july", published="2025-07-01")
    for speaker in (None, "the Interior Ministry"):
        claims = tuple(claim(source, "30", category="killed", speaker=speaker) for source in (march, july))
        lineage = trace((march, july), claims, DOSSIER)
        assert not lineage.edges
        assert [origin.independent for origin in lineage.origins] == [NAMED, NAMED]


def test_nothing_but_the_number_in_common_is_no_repeat() -> None:
    """Two reports of 700 troops without place, origin or noun may speak of any troops."""
    lineage = trace((AGENCY, DAILY), (claim(AGENCY, "700", speaker="General Odu"), claim(DAILY, "700")), DOSSIER)
    assert not lineage.edges


def test_two_reports_of_a_day_without_speakers_leave_one_certain_origin() -> None:
    """The one that came in later may repeat the other, never both each other."""
    twin = document("some 700 troops", id="twin", outlet="Post", published="2025-03-02")
    claims = tuple(claim(source, "700", counted="troops", place="Mali") for source in (DAILY, twin))
    origins = trace((DAILY, twin), claims, DOSSIER).origins
    assert [origin.independent for origin in origins] == [NAMED, UNNAMED]


def test_two_places_of_one_report_are_two_groups() -> None:
    """500 people at the port and 500 at the school are not the same people."""
    source = document("500 at the port, 500 at the school", id="both")
    claims = (
        claim(source, "500", category="displaced", place="Port Agnes", speaker="police"),
        claim(source, "500", category="displaced", place="Lund School", speaker="police", nth=1),
    )
    assert len(trace((source,), claims, DOSSIER).origins) == 2


def test_two_nouns_of_small_figures_are_two_groups() -> None:
    """Two men and two women are four people; two men and two people may be the same."""
    for noun, expected in (("women", 2), ("people", 1)):
        source = document(f"2 men and 2 {noun} killed", id=noun)
        claims = (
            claim(source, "2", category="killed", counted="men", speaker="police"),
            claim(source, "2", category="killed", counted=noun, speaker="police", nth=1),
        )
        assert len(trace((source,), claims, DOSSIER).origins) == expected


def test_an_outlet_cannot_be_cited_for_what_it_printed_later() -> None:
    """A report of March is no source of one of February."""
    early = document("some 700 troops", id="early", outlet="Post", published="2025-02-01")
    claims = claim(early, "700", via="North Wire", speaker="officials"), claim(AGENCY, "700", speaker="General Odu")
    lineage = trace((early, AGENCY), claims, DOSSIER)
    assert not any(edge.mechanism is Mechanism.ATTRIBUTION for edge in lineage.edges)


def test_an_outlet_relays_only_the_speaker_that_is_cited() -> None:
    """Another speaker in the agency's report is not the one that the relay names."""
    claims = claim(AGENCY, "700", speaker="General Odu"), claim(DAILY, "700", speaker="Anna Petrova", via="North Wire")
    assert len(trace((AGENCY, DAILY), claims, DOSSIER).origins) == 2


def test_the_agency_of_another_report_is_another_one() -> None:
    """What one report named says nothing about "the agency" of the next."""
    first = document("700 troops", id="first", published="2025-04-30")
    later = document("90 dead", id="later", published="2025-05-01")
    claims = claim(first, "700", speaker="NIS"), claim(later, "90", speaker="agency", category="killed")
    origins = trace((first, later), claims, DOSSIER).origins
    assert [origin.speaker for origin in origins] == ["NIS", "agency"]


def test_of_two_steps_between_two_claims_the_surer_one_is_kept() -> None:
    """An agency named as the relay says more than that the speaker and the day agree."""
    agency = document("700 troops", id="a", outlet="North Wire", published="2025-03-01")
    relay = document("some 700", id="b", outlet="Post", published="2025-03-01")
    claims = claim(agency, "700", speaker="Shoigu"), claim(relay, "700", speaker="the Kremlin", via="North Wire")
    (edge,) = trace((agency, relay), claims, DOSSIER).edges
    assert edge.mechanism is Mechanism.ATTRIBUTION


def test_a_credit_line_does_not_give_away_another_speaker() -> None:
    """The agency's figure by its speaker is not that of whom the copying report quotes."""
    credited = document("ACCRA (North Wire) - 700 troops came", id="b", outlet="Post", published="2025-03-02")
    claims = claim(AGENCY, "700", speaker="General Odu"), claim(credited, "700", speaker="Anna Petrova")
    assert len(trace((credited, AGENCY), claims, DOSSIER).origins) == 2


def test_a_precise_figure_of_one_report_is_one_count() -> None:
    """13,221 by the service and by its border guard are the same people; of 13,000 nobody can say that."""
    for figure, expected in (("13,221", 1), ("13,000", 2)):
        source = document(f"{figure} in all, {figure} of them", id=figure)
        claims = (
            claim(source, figure, speaker="Federal Security Service", category="civilian"),
            claim(source, figure, speaker="border guard command", category="civilian", nth=1),
        )
        assert len(trace((source,), claims, DOSSIER).origins) == expected


def test_a_repeat_goes_back_to_the_earliest_report() -> None:
    """Of several equal figures the first one is named."""
    middle = document("700 men", id="a", outlet="Post", published="2025-03-01")
    claims = (
        claim(AGENCY, "700", speaker="General Odu", counted="troops", place="Mali"),
        claim(middle, "700", speaker="Anna Petrova", counted="troops", place=None),
        claim(DAILY, "700", counted="troops", place="Mali"),
    )
    (edge,) = trace((middle, AGENCY, DAILY), claims, DOSSIER).edges
    assert edge.earlier == claims[1].id
