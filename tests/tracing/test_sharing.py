"""Origins whose speakers may share what they know are linked, and the later one may be no second count."""

from dataclasses import replace

from factory import claim, document
from tallystick.dossiers.loading import load
from tallystick.model.claim import Claim
from tallystick.model.document import Document
from tallystick.model.dossier import Source
from tallystick.model.lineage import Independent, Lineage
from tallystick.tracing.tracing import trace

DOSSIER = load("dprk-russia")
AGENCIES = replace(DOSSIER, sources=(*DOSSIER.sources, Source("North Wire", kind="agency")))


def report(name: str, day: int, text: str = "There were 2,400 of them") -> Document:
    """A report of June; texts differ by their words, so that nothing is a copy."""
    return document(f"{text}, {name} had it.", id=name, outlet=name, published=f"2025-06-{day:02d}")


def linked(lineage: Lineage) -> bool:
    """Whether the two origins of a case name each other, and nothing else does."""
    one, other = lineage.origins
    assert (one.linked == (other.id,)) == (other.linked == (one.id,))
    return bool(one.linked)


def two(one: str | None, other: str | None, *, days: int = 20, category: str = "soldier") -> Lineage:
    """The lineage of one figure by two speakers."""
    first, later = report("Pier", 1), report("Quay", 1 + days)
    claims = (
        claim(first, "2,400", speaker=one, category="soldier"),
        claim(later, "2,400", speaker=other, category=category),
    )
    return trace((first, later), claims, DOSSIER)


def test_services_that_share_their_knowledge_are_one_or_two_counts() -> None:
    """Kyiv's and Seoul's services exchange findings (rule R7)."""
    lineage = two("National Intelligence Service", "HUR")
    assert linked(lineage)
    assert [origin.independent for origin in lineage.origins] == [Independent(1, 1), Independent(0, 1)]
    assert "may share what they know" in lineage.origins[1].reason


def test_it_does_not_matter_which_of_two_services_the_dossier_links() -> None:
    """A link of the dossier holds both ways."""
    assert linked(two("HUR", "National Intelligence Service"))


def test_speakers_of_two_sides_are_two_counts() -> None:
    """Nothing links the Kremlin with Seoul's service."""
    lineage = two("National Intelligence Service", "the Kremlin")
    assert not linked(lineage)
    assert [origin.independent for origin in lineage.origins] == [Independent(1, 1)] * 2


def test_services_with_figures_of_two_populations_are_two_counts() -> None:
    """Wounded and soldiers of one number say nothing about each other."""
    lineage = two("National Intelligence Service", "HUR", category="wounded")
    assert not linked(lineage)
    assert [origin.independent for origin in lineage.origins] == [Independent(1, 1)] * 2


def test_two_speakers_of_one_agency_are_linked() -> None:
    """Both figures came through one agency, whoever printed them."""
    pier, quay = report("Pier", 1), report("Quay", 9)
    claims = (
        claim(pier, "2,400", speaker="Ama Odu", via="North Wire"),
        claim(quay, "2,400", speaker="Bo Lund", via="North Wire"),
    )
    lineage = trace((pier, quay), claims, AGENCIES)
    assert linked(lineage)
    assert "through one agency" in lineage.origins[1].reason
    assert not linked(trace((pier, quay), claims, DOSSIER))


def test_all_figures_of_one_occasion_are_linked() -> None:
    """They may be different figures; those of another week are not."""
    sources = (
        report("Pier", 1, "At the NIS briefing 2,400 sick were named"),
        report("Quay", 2, "On leaving a session that the NIS held, 90 tents were mentioned"),
        report("Gull", 20, "The NIS spoke of 17,000 rations at its briefing"),
    )
    figures = (("2,400", "officials", "wounded"), ("90", "Rep. Lee", "other"), ("17,000", "Rep. Park", "other"))
    claims: tuple[Claim, ...] = tuple(
        claim(source, figure, speaker=speaker, category=category)
        for source, (figure, speaker, category) in zip(sources, figures, strict=True)
    )
    sick, tents, rations = trace(sources, claims, DOSSIER).origins
    assert sick.linked == (tents.id,)
    assert tents.linked == (sick.id,)
    assert rations.linked == ()


def test_links_of_a_large_occasion_stay_few() -> None:
    """A briefing with a hundred figures does not link each with each."""
    text = "At the NIS briefing " + ", ".join(f"{1000 + number} items" for number in range(100)) + " were named"
    source = report("Pier", 1, text)
    claims = tuple(claim(source, str(1000 + number), speaker=f"Ama {number}x") for number in range(100))
    origins = trace((source,), claims, DOSSIER).origins
    assert len(origins) == 100
    assert sum(len(origin.linked) for origin in origins) < 100 * 2 * 16


def test_an_origin_tells_when_it_became_known() -> None:
    """It is the day of the first report, not that of the statement."""
    (origin,) = two("Shoigu", "Shoigu", days=1).origins
    assert origin.known == "2025-06-01"
