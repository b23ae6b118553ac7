"""What the packs say of sentences as reports write them, from extraction to the hit."""

from dataclasses import replace
from functools import cache
from typing import NamedTuple

from factory import document
from tallystick.deriving import derive
from tallystick.dossiers.loading import load
from tallystick.extraction.extraction import extract
from tallystick.extraction.facts import facts
from tallystick.model.dossier import Control, Dossier
from tallystick.model.hit import Hit, Standing
from tallystick.model.ledger import Ledger
from tallystick.model.provision import Checked, Jurisdiction, Tier


class Told(NamedTuple):
    """One report."""

    text: str
    published: str
    outlet: str = "Harbor Press"


@cache
def watched() -> Dossier:
    """The bundled dossier with its pack."""
    return load("dprk-russia")


def ledger(*reports: Told, dossier: Dossier | None = None) -> Ledger:
    """A case of these reports, derived."""
    subject = dossier or watched()
    documents = tuple(
        document(told.text, id=f"doc-{at}", outlet=told.outlet, published=told.published)
        for at, told in enumerate(reports)
    )
    claims = tuple(claim for one in documents for claim in extract(one, subject))
    said = tuple(fact for one in documents for fact in facts(one, subject))
    return derive(documents, claims, subject, facts=said)


def hits(*reports: Told, dossier: Dossier | None = None) -> dict[str, Hit]:
    """The gravest hit of each provision."""
    found: dict[str, Hit] = {}
    for hit in ledger(*reports, dossier=dossier).hits:
        found.setdefault(hit.provision, hit)
    return found


def standings(hit: Hit) -> dict[str, Standing]:
    """Where each element stands."""
    return {finding.subject: finding.standing for finding in hit.findings}


def asks(hit: Hit, *words: str) -> bool:
    """Whether the questions speak of all of these words."""
    text = " ".join(hit.missing).lower()
    return all(word in text for word in words)


def test_announced_builders_and_sappers_are_an_indicator() -> None:
    """Plans meet nothing: income and arrival are to be found out."""
    said = (
        "Sergei Shoigu said on Tuesday that North Korea will send 5,000 military builders and 1,000 sappers to the "
        "Kursk region to restore what was destroyed."
    )
    hit = hits(Told(said, "2025-06-17"))["unscr-2397-8"]
    assert hit.tier is Tier.INDICATOR
    assert standings(hit)["income"] is Standing.MISSING
    assert standings(hit)["in-host-state"] is Standing.PLANNED
    assert asks(hit, "income", "come about", "second origin")


def test_a_brigade_ordered_to_earn_is_a_prima_facie_case_of_one_origin() -> None:
    """The order is about income, and one report alone tells it, of a place on either side of a border."""
    said = (
        "About 1,000 soldiers of North Korea's 2215th Construction Brigade have arrived in a Russian border region in "
        "October 2025.\n"
        "The brigade is about 50 kilometers from Rostov Oblast.\n"
        "An order of the North Korean leadership told the brigade to earn foreign currency."
    )
    hit = hits(Told(said, "2025-10-27"))["unscr-2397-8"]
    assert hit.tier is Tier.PRIMA_FACIE
    assert standings(hit)["income"] is Standing.MET
    assert (hit.independent.low, hit.independent.high) == (1, 1)
    assert asks(hit, "second origin", "who pays them", "jurisdiction")


def test_laborers_who_have_been_sent_are_a_prima_facie_case() -> None:
    """Their role asserts the income; who they are and who employs them is to be found out."""
    said = (
        "South Korea's National Intelligence Service said that about 15,000 North Korean laborers were sent to Russia."
    )
    hit = hits(Told(said, "2025-04-30"))["unscr-2397-8"]
    assert hit.tier is Tier.PRIMA_FACIE
    assert (hit.independent.low, hit.independent.high) == (1, 1)
    assert asks(hit, "who employs them")
    income = next(finding for finding in hit.findings if finding.subject == "income")
    assert "role" in income.note


def test_entries_for_study_are_an_indicator() -> None:
    """Entries count crossings; nothing tells of an authorization to work."""
    said = "Some 7,887 North Korean citizens entered Russia for educational purposes in 2024, the FSB said."
    hit = hits(Told(said, "2025-02-10"))["unscr-2375-17"]
    assert hit.tier is Tier.INDICATOR
    assert standings(hit)["work-authorization"] is Standing.MISSING
    assert asks(hit, "work permits")
    visas = next(finding for finding in hit.findings if finding.subject == "other-visas")
    assert "crossings" in visas.note


def test_training_in_arms_is_a_prima_facie_case() -> None:
    """Three paragraphs are reached by the same fact."""
    said = (
        "The Pentagon said that about 10,000 North Korean soldiers are in Russia's Kursk region. "
        "Russia has trained the North Korean soldiers in artillery, drones and infantry operations."
    )
    found = hits(Told(said, "2024-11-04"))
    assert {found[name].tier for name in ("unscr-1718-8c", "unscr-1874-10", "unscr-2270-6")} == {Tier.PRIMA_FACIE}


def test_combat_is_a_contested_interpretation() -> None:
    """No paragraph names it: states argue it by way of services related to the use of arms."""
    said = "About 11,000 North Korean soldiers fought against Ukrainian forces in Kursk, Seoul's spy agency said."
    hit = hits(Told(said, "2024-12-20"))["unscr-1718-8c"]
    assert hit.tier is Tier.CONTESTED_INTERPRETATION
    assert "on a reading that not all states share" in hit.statement
    assert asks(hit, "related to the use of arms")


def test_demining_training_is_an_indicator() -> None:
    """Whether demining equipment is related to arms is to be found out."""
    said = (
        "About 1,000 North Korean sappers are clearing mines in the Kursk region. "
        "The North Korean sappers were trained on NATO mines and Russian robots."
    )
    found = hits(Told(said, "2025-11-10"))
    assert {found[name].tier for name in ("unscr-2270-8", "unscr-1718-8c")} == {Tier.INDICATOR}
    assert asks(found["unscr-2270-8"], "arms-related", "capabilities")


def test_builders_in_an_occupied_region_are_an_indicator_whoever_pays_them() -> None:
    """Who held the place on that day decides the jurisdiction, which is contested."""
    said = (
        "About 500 North Korean construction workers have arrived in Donetsk in August 2023. "
        "The North Korean construction workers earn a monthly salary of $800."
    )
    holding = Control("RU", "2022-02-24", None, "for this test", Checked.KNOWN)
    dossier = replace(
        watched(),
        places=tuple(
            replace(place, control=(holding,)) if place.id == "donetsk" else place for place in watched().places
        ),
    )
    hit = hits(Told(said, "2023-08-20"), dossier=dossier)["unscr-2397-8"]
    assert hit.jurisdiction is Jurisdiction.CONTESTED
    assert hit.tier is Tier.INDICATOR
    assert asks(hit, "who controlled donetsk")


def test_a_treaty_is_told_as_a_justification_and_flagged_where_it_is_younger() -> None:
    """It exempts nobody, and it was not in force when the first soldiers came."""
    said = (
        "About 1,500 North Korean soldiers were sent to Russia in October 2024. "
        "Valery Gerasimov said the North Korean soldiers came under Article 4 of the strategic partnership treaty."
    )
    made = ledger(Told(said, "2025-04-26"))
    codes = [flag for flag in made.flags if flag.code == "justification_predates_instrument"]
    assert len(codes) == 1
    assert "2024-12-04" in codes[0].reason
    assert any(finding.subject == "treaty-article-4" for hit in made.hits for finding in hit.findings)
    later = ledger(Told(said.replace("October 2024", "March 2025"), "2025-04-26"))
    assert not [flag for flag in later.flags if flag.code == "justification_predates_instrument"]


def test_copies_are_one_origin() -> None:
    """Five outlets that print one text add nothing to it."""
    said = (
        "South Korea's National Intelligence Service said that about 15,000 North Korean laborers were sent to Russia."
    )
    reports = [Told(said, "2025-04-30", f"Outlet {at}") for at in range(5)]
    hit = hits(*reports)["unscr-2397-8"]
    assert (hit.independent.low, hit.independent.high) == (1, 1)


def test_any_order_of_the_reports_gives_the_same_hits() -> None:
    """Neither the order of reports nor that of facts shows."""
    one = Told(
        "About 1,000 North Korean soldiers were sent to Kursk. The soldiers earn foreign currency.", "2025-03-01"
    )
    two = Told("Kyiv said about 3,000 North Korean soldiers fight in Kursk.", "2025-04-01", "Other Press")
    subject = watched()
    held = (
        document(one.text, id="a", outlet="A", published=one.published),
        document(two.text, id="b", outlet="B", published=two.published),
    )
    claims = tuple(claim for found in held for claim in extract(found, subject))
    said = tuple(fact for found in held for fact in facts(found, subject))
    forth = derive(held, claims, subject, facts=said)
    back = derive(held[::-1], claims[::-1], subject, facts=said[::-1])
    assert forth.hits
    assert forth.hits == back.hits
