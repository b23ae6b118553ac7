"""Origins and populations of the three reference articles, each with its reason, and the same on texts of our own.

The reference articles lie beside the project, not in it: without them only the second half is checked.
"""

from collections.abc import Sequence
from pathlib import Path

import pytest

from factory import document
from tallystick.dossiers.loading import load
from tallystick.extraction.extraction import extract
from tallystick.model.claim import Claim, Measure, Status
from tallystick.model.document import Document
from tallystick.model.ledger import Ledger
from tallystick.model.lineage import Lineage, Mechanism, Origin
from tallystick.pipeline import run
from tallystick.tracing.tracing import trace

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds" / "docs.jsonl"
DOSSIER = load("dprk-russia")


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    """The ledger of the reference articles."""
    if not SEEDS.exists():
        pytest.skip("../shared is absent: the origins of the reference articles are NOT checked")
    return run([SEEDS], tmp_path_factory.mktemp("seeds"), "dprk-russia").ledger


def origin_of(origins: Sequence[Origin], claim: Claim) -> Origin:
    """The one origin of a claim."""
    (found,) = (origin for origin in origins if claim.id in origin.claims)
    return found


def figures(claims: Sequence[Claim], figure: str, *, status: Status | None = None) -> list[Claim]:
    """The claims with a figure."""
    found = [claim for claim in claims if claim.figure == figure and status in (None, claim.status)]
    assert found
    return found


def test_the_pledge_of_june_is_one_origin_in_three_reports(seeds: Ledger) -> None:
    """S03: "construction workers and deminers", "workers" and "North Koreans" are what Shoigu announced."""
    pledged = [claim for claim in seeds.claims if claim.status is Status.PLANNED]
    origin = origin_of(seeds.lineage.origins, pledged[0])
    assert set(origin.claims) == {claim.id for claim in pledged}
    assert origin.documents == ("seed/000", "seed/003", "seed/004")
    assert origin.speaker is not None
    assert origin.speaker.endswith("Shoigu")
    assert {claim.figure for claim in pledged} == {"thousands", "5,000", "1,000", "6,000"}


def test_the_whole_of_the_pledge_is_the_sum_of_its_parts(seeds: Ledger) -> None:
    """R10: 6,000 = 5,000 + 1,000 joins the report that gives the whole with those that give the parts."""
    reasons = [edge.reason for edge in seeds.lineage.edges]
    assert any("6,000 = 5,000 + 1,000" in reason and "seed/004" in reason for reason in reasons)


def test_the_brigade_that_came_is_not_the_sappers_that_will_come(seeds: Ledger) -> None:
    """Seed 000 has 1,000 twice: soldiers of a construction brigade that arrived in autumn, deminers pledged in June."""
    (brigade,) = figures(seeds.claims, "1,000", status=Status.ACTUAL)
    sappers = figures(seeds.claims, "1,000", status=Status.PLANNED)
    assert brigade.category == "soldier"
    own = origin_of(seeds.lineage.origins, brigade)
    assert own.claims == (brigade.id,)
    assert all(origin_of(seeds.lineage.origins, claim) != own for claim in sappers)
    pledge = origin_of(seeds.lineage.origins, sappers[0])
    assert pledge.id not in own.linked


def test_laborers_of_three_dates_are_three_counts(seeds: Ledger) -> None:
    """15,000 now, 35,000 in 2018, 20,000 to 50,000 planned in 2022: three speakers and dates, no conflict."""
    now, then, plan = (figures(seeds.claims, figure)[0] for figure in ("15,000", "35,000", "20,000 to 50,000"))
    origins = [origin_of(seeds.lineage.origins, claim) for claim in (now, then, plan)]
    assert len({origin.id for origin in origins}) == 3
    assert [origin.date for origin in origins][1:] == ["2018-02", "2022-09"]
    assert now.measure is Measure.STOCK
    assert plan.status is Status.POSSIBLE
    for claim in (now, then, plan):
        (estimate,) = (one for one in seeds.estimates if claim.id in one.claims)
        assert not estimate.conflicts
        assert {other.figure for other in seeds.claims if other.id in estimate.claims} == {claim.figure}


def test_tajiks_are_another_population(seeds: Ledger) -> None:
    """The op-ed compares 387,000 Tajiks who left with laborers who are there."""
    (tajiks,) = figures(seeds.claims, "387,000")
    assert (tajiks.origin, tajiks.category) == ("TJ", "migrant")
    assert origin_of(seeds.lineage.origins, tajiks).claims == (tajiks.id,)


def test_who_says_it_stays_apart_from_who_passes_it_on(seeds: Ledger) -> None:
    """R17: the Kremlin that "confirmed" and North Korea that "announced" keep their names; the origin has Shoigu's."""
    whole = [claim for claim in figures(seeds.claims, "6,000") if claim.document == "seed/003"]
    speakers = {claim.speaker for claim in whole}
    assert speakers == {None, "North Korea", "Kremlin"}
    assert not any(claim.via for claim in whole)


def test_paragraphs_that_a_report_repeats_count_once(seeds: Ledger) -> None:
    """R22: seed 003 prints five paragraphs twice; each figure of the second printing goes back to the first."""
    (text,) = (source.text for source in seeds.documents if source.id == "seed/003")
    second = text.rindex("In a significant move")
    later = [claim for claim in seeds.claims if claim.document == "seed/003" and claim.start > second]
    assert len(later) == 4
    steps = {edge.later: edge for edge in seeds.lineage.edges if edge.mechanism is Mechanism.REPEATED_PASSAGE}
    starts = {claim.id: claim.start for claim in seeds.claims}
    assert all(starts[steps[claim.id].earlier] < second for claim in later)


# The same on texts of our own: made-up people of the watched subject, so that the bundled dossier reads them.
PLEDGE = {
    "parts": "On June 3, 2027 Sergei Shoigu said North Korea will send 7,000 construction workers and 2,000 sappers "
    "to the Kursk region.",
    "whole": "The Kremlin said on June 4, 2027 that 9,000 workers from North Korea will be sent to the Kursk region.",
    "arrived": "A brigade of 2,000 North Korean soldiers has arrived in Russia.",
}


def read(texts: dict[str, str]) -> tuple[tuple[Document, ...], tuple[Claim, ...], Lineage]:
    """Reports with the claims that extraction finds in them, and their lineage."""
    days = {name: f"2027-06-{4 + turn:02d}" for turn, name in enumerate(texts)}
    sources = tuple(document(text, id=name, outlet=name, published=days[name]) for name, text in texts.items())
    claims = tuple(claim for source in sources for claim in extract(source, DOSSIER))
    return sources, claims, trace(sources, claims, DOSSIER)


def test_a_pledge_in_parts_and_as_a_whole_is_one_origin() -> None:
    """Parts by one speaker and their sum by the body that he speaks for are one announcement; what arrived is not."""
    _, claims, lineage = read(PLEDGE)
    planned = [claim for claim in claims if claim.status is Status.PLANNED]
    assert {claim.figure for claim in planned} == {"7,000", "2,000", "9,000"}
    origin = origin_of(lineage.origins, planned[0])
    assert set(origin.claims) == {claim.id for claim in planned}
    assert origin.documents == ("parts", "whole")
    assert origin.date == "2027-06-03"
    (arrived,) = figures(claims, "2,000", status=Status.ACTUAL)
    assert origin_of(lineage.origins, arrived).claims == (arrived.id,)


def test_troops_and_laborers_of_one_number_and_briefing_never_merge() -> None:
    """15,000 troops and 15,000 laborers of one briefing are two origins of one occasion, linked."""
    _, claims, lineage = read(
        {
            "a": "At a closed-door briefing on June 3, 2027 the National Intelligence Service said North Korea had "
            "sent 15,000 troops to Russia and that 15,000 North Korean laborers are employed there.",
            "b": "After the NIS briefing on June 3, 2027, lawmaker Lee Un-ha said 15,000 North Korean laborers are "
            "employed in Russia.",
        }
    )
    troops = [claim for claim in claims if claim.category == "soldier"]
    laborers = [claim for claim in claims if claim.category == "labourer"]
    assert len(troops) == 1
    assert len(laborers) == 2
    (fought,) = {origin_of(lineage.origins, claim).id: origin_of(lineage.origins, claim) for claim in troops}.values()
    (worked,) = {origin_of(lineage.origins, claim).id: origin_of(lineage.origins, claim) for claim in laborers}.values()
    assert set(fought.claims) == {claim.id for claim in troops}
    assert set(worked.claims) == {claim.id for claim in laborers}
    assert fought.linked == (worked.id,)
    assert worked.linked == (fought.id,)
    assert fought.independent == worked.independent


def test_a_stock_and_an_older_peak_are_two_counts() -> None:
    """Laborers of one year and of another, by two speakers, have nothing to do with each other."""
    _, claims, lineage = read(
        {
            "now": "South Korean intelligence said that 14,000 North Korean laborers are employed in Russia.",
            "then": "In February 2018 Ambassador Alexander Matsegora said 33,000 North Korean laborers "
            "worked in Russia.",
        }
    )
    assert [claim.figure for claim in claims] == ["14,000", "33,000"]
    assert len(lineage.origins) == 2
    assert not lineage.edges


def test_a_pledge_that_is_still_unconfirmed_and_one_that_is_have_their_own_speakers() -> None:
    """R17: "the Kremlin confirmed" does not become what the envoy said; both stay readable in the claims."""
    _, claims, lineage = read(
        {
            "one": "On June 3, 2027 Sergei Shoigu said North Korea will send 7,000 construction workers to Kursk.",
            "two": "The Kremlin confirmed on June 4, 2027 that North Korea will send 7,000 construction workers "
            "to Kursk.",
        }
    )
    assert [claim.speaker for claim in claims] == ["Sergei Shoigu", "Kremlin"]
    (origin,) = lineage.origins
    assert origin.speaker == "Sergei Shoigu"
