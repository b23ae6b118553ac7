"""The dossier of displacement and its law: a second regime that needs no code of its own, from sentences to hits."""

import pytest

from factory import document
from tallystick.dossiers.loading import load
from tallystick.extraction.extraction import extract
from tallystick.extraction.facts import facts
from tallystick.model.dossier import Dossier
from tallystick.model.hit import Hit, Role, Standing
from tallystick.model.provision import Checked, Tier
from tallystick.reconciliation.reconciliation import reconcile
from tallystick.screening.elements.elements import hits
from tallystick.tracing.tracing import trace

TAKEN = "Russian forces forcibly transferred 3,000 residents from occupied Kherson to Russia, the government said."


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    """The bundled dossier."""
    return load("displacement")


def found(dossier: Dossier, text: str, published: str = "2023-05-10") -> dict[str, Hit]:
    """The hits of a report by provision."""
    report = document(text, published=published)
    claims = extract(report, dossier)
    lineage = trace((report,), claims, dossier)
    estimates = reconcile((report,), claims, lineage, dossier)
    return {hit.provision: hit for hit in hits([report], claims, facts(report, dossier), lineage, estimates, dossier)}


def told(dossier: Dossier, text: str) -> set[tuple[str, str]]:
    """Slots and values of a text."""
    return {(fact.slot, fact.value) for fact in facts(document(text, published="2023-05-10"), dossier)}


def article_49(held: dict[str, Hit]) -> dict[str, Tier]:
    """Those of the hits that are of Article 49 of Geneva Convention IV."""
    return {name: hit.tier for name, hit in held.items() if name.startswith("geneva-iv-49")}


def standing(hit: Hit, subject: str) -> Standing:
    """Where an element of a hit stands."""
    return next(finding.standing for finding in hit.findings if finding.subject == subject)


@pytest.mark.parametrize(
    ("text", "slot", "value"),
    [
        (
            "Soldiers transferred 300 residents from occupied Luhansk to Russia.",
            "transfer",
            "transferred 300 residents from occupied Luhansk to Russia",
        ),
        (
            "The governor ordered the evacuation of 900 residents.",
            "evacuation_order",
            "ordered the evacuation of 900 residents",
        ),
        (
            "The guards are not allowing 40 families to return home.",
            "return_refused",
            "not allowing 40 families to return home",
        ),
        (
            "Officials informed the Red Cross about 200 children.",
            "notification",
            "informed the Red Cross about 200 children",
        ),
        ("The state settled 500 settlers in the valley.", "settling", "settled 500 settlers in the valley"),
        (
            "They moved to Russia of their own accord.",
            "voluntariness",
            "moved to Russia of their own accord",
        ),
        ("About 900 residents were evacuated because of the threat of shelling.", "grounds", "threat"),
    ],
)
def test_each_slot_is_read(dossier: Dossier, text: str, slot: str, value: str) -> None:
    """The dossier's own slots find what the pack looks at."""
    assert (slot, value) in told(dossier, text)


def test_transfer_from_occupied_territory_meets_what_paragraph_1_asks(dossier: Dossier) -> None:
    """Force, occupation and nationality are told in one sentence; the other paragraphs are only pointed to."""
    held = found(dossier, TAKEN)
    assert article_49(held) == {"geneva-iv-49-1": Tier.PRIMA_FACIE, "geneva-iv-49-4": Tier.INDICATOR}
    assert standing(held["geneva-iv-49-1"], "across-border") is Standing.MET
    assert standing(held["geneva-iv-49-4"], "not-informed") is Standing.MISSING
    assert "would be incompatible" in held["geneva-iv-49-1"].statement


def test_an_evacuation_for_security_is_an_exemption_that_is_claimed(dossier: Dossier) -> None:
    """It is told beside the facts and clears nothing."""
    held = found(
        dossier,
        "Russian-installed authorities evacuated 60,000 civilians from Kherson for their own safety, officials said.",
    )
    hit = held["geneva-iv-49-2"]
    assert hit.tier is Tier.EXEMPT_CLAIMED
    assert ("security-evacuation", Role.EXEMPTION) in {(finding.subject, finding.role) for finding in hit.findings}
    assert "geneva-iv-49-1" not in held


def test_own_will_is_no_exemption_but_speaks_against_force(dossier: Dossier) -> None:
    """It is told as a justification; the element is contradicted, and the tier no more than an indicator."""
    hit = found(
        dossier,
        "The administration said 4,000 residents deported from occupied Kherson to Russia left of their own free will.",
    )["geneva-iv-49-1"]
    assert hit.tier is Tier.INDICATOR
    assert standing(hit, "moved-by-force") is Standing.CONTRADICTED
    assert ("own-will", Role.JUSTIFICATION) in {(finding.subject, finding.role) for finding in hit.findings}


def test_kept_from_returning_points_to_paragraph_2(dossier: Dossier) -> None:
    """People have to be brought back as soon as the fighting has ended."""
    held = found(
        dossier, "Russian authorities are not allowing 400 residents of Kherson to return home, the group said."
    )
    assert standing(held["geneva-iv-49-2"], "not-brought-back") is Standing.MET


def test_word_to_the_red_cross_speaks_against_the_breach_of_the_duty(dossier: Dossier) -> None:
    """Somebody says that it was kept."""
    told_them = "Officials informed the Red Cross about the deportation of 200 children from Crimea."
    assert standing(found(dossier, told_them)["geneva-iv-49-4"], "not-informed") is Standing.CONTRADICTED
    kept_still = "Russia has not told the ICRC about 1,500 people deported from Donetsk."
    assert standing(found(dossier, kept_still)["geneva-iv-49-4"], "not-informed") is Standing.MET


def test_settling_own_civilians_points_to_paragraph_6(dossier: Dossier) -> None:
    """In any occupied territory that the dossier names."""
    for text in (
        "Russia has moved 50,000 Russian citizens to Crimea.",
        "Israel has settled 10,000 settlers in the West Bank.",
    ):
        assert article_49(found(dossier, text)).keys() == {"geneva-iv-49-6"}


@pytest.mark.parametrize(
    "text",
    [
        "The UN said 2,000 people were displaced by floods in Malawi.",
        "The United States deported 3,000 migrants to Guatemala.",
        "About 5,000 residents were evacuated because of a wildfire in California.",
        "Syrian forces forcibly displaced 8,000 residents of Aleppo, the UN said.",
        "The army killed 30 civilians in occupied Kherson.",
        "The police expelled 600 residents from an occupied building in Lyon.",
    ],
)
def test_without_occupation_article_49_is_not_touched(dossier: Dossier, text: str) -> None:
    """Displacement elsewhere is another law's; the killed are none of its concern."""
    assert article_49(found(dossier, text)) == {}


@pytest.mark.parametrize(
    "text",
    [
        "Ukrainian authorities evacuated 5,000 residents of Kherson because of the shelling.",
        "Ukraine forcibly evacuated 300 children from the Donetsk region.",
        "About 60 residents were evacuated from Zaporizhzhia after a missile strike.",
    ],
)
def test_evacuations_of_the_state_itself_are_none_of_the_occupier(dossier: Dossier, text: str) -> None:
    """A place that is held in part has two sides."""
    assert article_49(found(dossier, text)) == {}


def test_a_place_that_another_state_holds_shows_occupation_only_by_a_reading(dossier: Dossier) -> None:
    """The dossier's places are wide: which spot, on which day, is for a person to look up."""
    hit = found(dossier, "The army deported 200 residents of Donetsk.")["geneva-iv-49-1"]
    assert standing(hit, "occupied-territory") is Standing.INTERPRETED
    assert hit.tier is Tier.CONTESTED_INTERPRETATION


def test_who_holds_a_place_depends_on_the_day(dossier: Dossier) -> None:
    """Before Crimea was occupied nobody could be deported from occupied Crimea."""
    text = "The authorities deported 200 residents of Crimea."
    assert "geneva-iv-49-1" in found(dossier, text, "2015-02-01")
    assert article_49(found(dossier, text, "2013-02-01")) == {}


def test_displacement_in_africa_points_to_the_kampala_convention(dossier: Dossier) -> None:
    """Never more than an indicator: whether the state is a party, no report tells."""
    held = found(dossier, "Armed men forcibly displaced 9,000 people in Burkina Faso, the UN said.")
    assert {name: hit.tier for name, hit in held.items()} == {
        "kampala-4-4": Tier.INDICATOR,
        "kampala-13-1": Tier.INDICATOR,
        "guiding-principles-6": Tier.INDICATOR,
    }
    assert "without binding them" in held["guiding-principles-6"].statement


def test_the_kampala_convention_does_not_reach_back(dossier: Dossier) -> None:
    """It came into force on 6 December 2012."""
    text = "Armed men forcibly displaced 9,000 people in Burkina Faso, the UN said."
    assert found(dossier, text, "2012-06-01").keys() == {"guiding-principles-6"}


def test_nothing_in_the_pack_is_given_out_as_checked(dossier: Dossier) -> None:
    """All of it is general knowledge or an interpretation, and says so."""
    (pack,) = dossier.packs
    tags = {tag for provision in pack.provisions for tag in (provision.number_checked, provision.text_checked)}
    tags |= {instrument.checked for instrument in pack.instruments}
    tags |= {exemption.checked for exemption in pack.exemptions} | {duty.checked for duty in pack.duties}
    assert tags == {Checked.KNOWN}
