"""The element test on sentences as reports write them: who counts, what is claimed against it, and when it applies."""

import pickle
from collections.abc import Sequence
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factory import document
from tallystick.deriving import derive
from tallystick.dossiers.loading import load
from tallystick.extraction.extraction import extract
from tallystick.extraction.facts import facts
from tallystick.model.claim import Claim
from tallystick.model.document import Document
from tallystick.model.dossier import Dossier
from tallystick.model.fact import Fact
from tallystick.model.hit import Finding, Hit, Role, Standing
from tallystick.model.ledger import Ledger
from tallystick.model.provision import Tier
from tallystick.screening.elements.elements import Examination, examine
from tallystick.values.cautions import objections

SEOUL = (
    "South Korea's National Intelligence Service said that about 15,000 North Korean laborers have been sent to Russia."
)
NORWAY = "The Norwegian Foreign Ministry said that about 12,000 North Korean laborers have been sent to Russia."
DENIAL = "Alexander Matsegora denied that 15,000 North Korean laborers were sent to Russia."
UNPAID = "The 15,000 North Korean laborers in Russia are unpaid, the Russian Foreign Ministry said."
TRAINED = (
    "The Pentagon said that Russia has trained 10,000 North Korean soldiers in infantry tactics, artillery and drones."
)
FOUGHT = "Kyiv said that 11,000 North Korean soldiers fought against Ukrainian forces in Kursk."
DONETSK = "A Ukrainian official said that 500 North Korean builders are working in Russian-occupied Donetsk."
SAPPERS = "Moscow said that about 1,000 North Korean sappers were trained on NATO mines and Russian robots in Kursk."
TREATY = "Moscow said the North Korean soldiers were sent under the partnership treaty."

Told = tuple[str, str]


@cache
def watched() -> Dossier:
    """The bundled dossier with its pack."""
    return load("dprk-russia")


def ledger(*reports: Told) -> Ledger:
    """A case of reports, each with its day of publication and from an outlet of its own, derived."""
    held = tuple(
        document(text, id=f"r{at}", outlet=f"Harbor Press {at}", published=published)
        for at, (text, published) in enumerate(reports)
    )
    return derive(held, _claims(held), watched(), facts=_facts(held))


def _claims(held: Sequence[Document]) -> tuple[Claim, ...]:
    return tuple(claim for one in held for claim in extract(one, watched()))


def _facts(held: Sequence[Document]) -> tuple[Fact, ...]:
    return tuple(fact for one in held for fact in facts(one, watched()))


def hit_of(made: Ledger, provision: str) -> Hit:
    """The one hit of a provision in a case of one population."""
    (hit,) = (hit for hit in made.hits if hit.provision == provision)
    return hit


def finding(hit: Hit, subject: str) -> Finding:
    """What the reports say of one thing."""
    return next(one for one in hit.findings if one.subject == subject)


def origins(hit: Hit) -> tuple[int, int]:
    """How many independent origins stand behind it, at least and at most."""
    return hit.independent.low, hit.independent.high


def quoted(made: Ledger, found: Finding) -> set[str]:
    """The reports that its evidence lies in; each span is within its report."""
    texts = {one.id: one.text for one in made.documents}
    assert all(texts[one.document][one.start : one.end] for one in found.evidence)
    return {one.document for one in found.evidence}


def test_two_independent_speakers_are_two_origins() -> None:
    """A second voice with a count of its own answers the question for it."""
    hit = hit_of(ledger((SEOUL, "2025-04-30"), (NORWAY, "2025-06-12")), "unscr-2397-8")
    assert hit.tier is Tier.PRIMA_FACIE
    assert origins(hit) == (2, 2)
    assert "supported by two independent origins" in hit.statement
    assert not any("second origin" in question for question in hit.missing)


def test_copies_beside_a_second_voice_add_nothing() -> None:
    """Three outlets print the first, one the second: still two."""
    copies = [(SEOUL, f"2025-05-0{day}") for day in (1, 2, 3)]
    assert origins(hit_of(ledger(*copies, (NORWAY, "2025-06-12")), "unscr-2397-8")) == (2, 2)
    assert origins(hit_of(ledger(*copies), "unscr-2397-8")) == (1, 1)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        (
            "Moscow said the Sanctions Committee had granted an exemption for the North Korean laborers.",
            "committee-case",
        ),
        ("The North Korean laborers were approved by the Committee, Moscow said.", "committee-case"),
        ("Some of the North Korean laborers have obtained Russian citizenship.", "host-national"),
        ("Some of the North Korean laborers have received asylum.", "repatriation-barred"),
    ],
)
def test_an_exemption_is_told_as_claimed_and_never_clears(said: str, name: str) -> None:
    """The hit stays, with what it would be otherwise, and says that nothing confirms the claim."""
    hit = hit_of(ledger((f"{SEOUL} {said}", "2025-04-30")), "unscr-2397-8")
    assert hit.tier is Tier.EXEMPT_CLAIMED
    claimed = finding(hit, name)
    assert claimed.role is Role.EXEMPTION
    assert claimed.evidence
    assert "without it: prima_facie" in claimed.note
    assert "which nothing here confirms" in hit.statement
    assert finding(hit, "income").standing is Standing.MET


def test_a_committee_of_another_kind_exempts_nobody() -> None:
    """Not everything that a committee gives is an approval by the Committee."""
    said = f"{SEOUL} North Korea received help from a Senate committee."
    assert hit_of(ledger((said, "2025-04-30")), "unscr-2397-8").tier is Tier.PRIMA_FACIE


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Sergei Shoigu called the North Korean laborers fraternal assistance to Russia.", "fraternal-help"),
        ("Sergei Shoigu described the arrival of North Korean laborers as fraternal assistance.", "fraternal-help"),
        ("Moscow said the North Korean laborers were sent under the partnership treaty.", "treaty-article-4"),
    ],
)
def test_a_justification_is_told_and_changes_no_tier(said: str, name: str) -> None:
    """A description or a treaty of two states is no exemption."""
    plain = hit_of(ledger((SEOUL, "2025-04-30")), "unscr-2397-8")
    hit = hit_of(ledger((f"{SEOUL} {said}", "2025-04-30")), "unscr-2397-8")
    assert finding(hit, name).role is Role.JUSTIFICATION
    assert "no exemption" in finding(hit, name).note
    assert hit.tier is plain.tier is Tier.PRIMA_FACIE


def test_a_denial_contradicts_with_the_evidence_of_both_sides() -> None:
    """Each side's report is there, and what is denied is no prima facie case."""
    made = ledger((SEOUL, "2025-04-30"), (DENIAL, "2025-05-02"))
    hit = hit_of(made, "unscr-2397-8")
    arrived = finding(hit, "in-host-state")
    assert arrived.standing is Standing.CONTRADICTED
    assert quoted(made, arrived) == {"r0", "r1"}
    assert arrived.claims
    assert set(arrived.against).isdisjoint(arrived.claims)
    assert hit.tier is Tier.INDICATOR


def test_unpaid_work_contradicts_the_income_alone() -> None:
    """Who says that they are not paid agrees that they are there."""
    made = ledger((SEOUL, "2025-04-30"), (UNPAID, "2025-05-02"))
    hit = hit_of(made, "unscr-2397-8")
    assert finding(hit, "income").standing is Standing.CONTRADICTED
    assert quoted(made, finding(hit, "income")) == {"r0", "r1"}
    assert finding(hit, "in-host-state").standing is Standing.MET
    assert hit.tier is Tier.INDICATOR


@pytest.mark.parametrize(
    ("month", "held", "absent"),
    [
        ("May 2016", (), ("unscr-2321-34", "unscr-2371-11", "unscr-2375-17", "unscr-2397-8")),
        ("March 2017", ("unscr-2321-34",), ("unscr-2371-11", "unscr-2375-17", "unscr-2397-8")),
        ("May 2018", ("unscr-2375-17", "unscr-2397-8"), ("unscr-2321-34", "unscr-2371-11")),
    ],
)
def test_a_provision_applies_to_what_happened_while_it_was_in_force(
    month: str, held: Sequence[str], absent: Sequence[str]
) -> None:
    """Neither before it came nor after another took its place, whenever the report appeared."""
    said = f"About 1,000 North Korean laborers arrived in Russia in {month}, officials in Seoul said."
    found = {hit.provision for hit in ledger((said, "2018-08-20")).hits}
    assert set(held) <= found
    assert found.isdisjoint(absent)


def test_a_cap_on_permits_applied_for_five_weeks() -> None:
    """2371, paragraph 11, from 5 August 2017 until 2375, paragraph 17, took its place on 11 September."""
    said = "About 1,000 North Korean laborers arrived in Russia on {}, officials in Seoul said."
    during = ledger((said.format("August 15, 2017"), "2017-10-01"))
    after = ledger((said.format("September 15, 2017"), "2017-10-01"))
    assert hit_of(during, "unscr-2371-11").tier is Tier.INDICATOR
    assert not [hit for hit in after.hits if hit.provision == "unscr-2371-11"]
    assert [hit for hit in after.hits if hit.provision == "unscr-2375-17"]


@pytest.mark.parametrize(("month", "flags"), [("October 2024", 1), ("November 2024", 1), ("August 2025", 0)])
def test_a_treaty_does_not_justify_what_came_before_it(month: str, flags: int) -> None:
    """The treaty of 2024 was in force from 4 December of that year."""
    said = f"About 11,000 North Korean soldiers were sent to Kursk in {month}. {TREATY}"
    made = ledger((said, "2025-09-26"))
    raised = [flag for flag in made.flags if flag.code == "justification_predates_instrument"]
    assert len(raised) == flags
    texts = {one.id: one.text for one in made.documents}
    for flag in raised:
        assert "partnership treaty" in {texts[one.document][one.start : one.end] for one in flag.evidence}


@pytest.mark.parametrize("said", [TRAINED, FOUGHT, DONETSK, SAPPERS])
def test_nothing_but_arms_training_reaches_a_prima_facie_case(said: str) -> None:
    """Combat, demining kit and a contested place stay below it, whatever else is told of them."""
    tiers = {hit.tier for hit in ledger((said, "2025-11-20")).hits}
    assert (Tier.PRIMA_FACIE in tiers) == (said == TRAINED)
    assert (Tier.CONTESTED_INTERPRETATION in tiers) == (said == FOUGHT)


@pytest.mark.parametrize(
    "said",
    [
        "Russia is training North Korean soldiers in artillery, drones and infantry tactics, the Pentagon said.",
        "Russia trains North Korean soldiers in artillery, drones and infantry tactics, Kyiv said.",
        "The North Korean soldiers have been trained by Russia in the use of artillery and in infantry operations.",
        "The training of North Korean soldiers with rifles goes on, Kyiv said.",
    ],
)
def test_training_in_arms_is_seen_in_any_voice(said: str) -> None:
    """Who trains may come first or last, and it may be going on."""
    made = ledger((f"{said} Some 10,000 North Korean soldiers are in Kursk.", "2024-11-05"))
    tiers = {hit.provision: hit.tier for hit in made.hits}
    assert {tiers.get(name) for name in ("unscr-1718-8c", "unscr-1874-10", "unscr-2270-6")} == {Tier.PRIMA_FACIE}


@pytest.mark.parametrize("order", ["was ordered to", "has an order to"])
def test_an_order_to_earn_shows_the_income_of_those_who_have_arrived(order: str) -> None:
    """The order is the fact; what it is for need not have come about. Those who are only to come are no case of it."""
    said = "A North Korean construction brigade of 1,000 soldiers {} in Russia. The brigade {} earn foreign currency."
    there = hit_of(ledger((said.format("has arrived", order), "2025-10-28")), "unscr-2397-8")
    assert there.tier is Tier.PRIMA_FACIE
    assert "an order or a plan to earn" in finding(there, "income").note
    ahead = hit_of(ledger((said.format("will arrive", order), "2025-10-28")), "unscr-2397-8")
    assert ahead.tier is Tier.INDICATOR


def test_combat_is_no_work() -> None:
    """Soldiers who take part in it do not work for the host."""
    said = (
        "North Korean soldiers took part in combat in Kursk. About 11,000 North Korean soldiers are there, Seoul said."
    )
    assert "unscr-2375-17" not in {hit.provision for hit in ledger((said, "2025-02-18")).hits}


def test_study_is_never_more_than_an_indicator() -> None:
    """Whatever permits are told besides: what they study no report tells."""
    said = "Some 7,887 North Koreans entered Russia to study in 2024, the FSB border service said."
    found = {hit.provision: hit.tier for hit in ledger((said, "2025-02-10")).hits}
    assert found["unscr-2375-17"] is Tier.INDICATOR
    assert set(found.values()) == {Tier.INDICATOR}


POOL = (
    (SEOUL, "2025-04-30"),
    (SEOUL, "2025-05-01"),
    (NORWAY, "2025-06-12"),
    (DENIAL, "2025-05-02"),
    (UNPAID, "2025-05-03"),
    (TRAINED, "2024-11-05"),
    (f"{FOUGHT} {TREATY}", "2024-12-20"),
    (DONETSK, "2025-09-03"),
    (SAPPERS, "2025-11-20"),
)


@cache
def pool() -> tuple[tuple[Document, tuple[Claim, ...], tuple[Fact, ...]], ...]:
    """The reports of the pool with what they tell."""
    held = [
        document(text, id=f"p{at}", outlet=f"Harbor Press {at}", published=published)
        for at, (text, published) in enumerate(POOL)
    ]
    return tuple((one, _claims([one]), _facts([one])) for one in held)


def case_of(chosen: Sequence[int]) -> tuple[tuple[Document, ...], tuple[Claim, ...], tuple[Fact, ...], Ledger]:
    """A case of some reports of the pool, in this order."""
    held = [pool()[at] for at in chosen]
    documents = tuple(one for one, _, _ in held)
    claims = tuple(claim for _, told, _ in held for claim in told)
    said = tuple(fact for _, _, told in held for fact in told)
    return documents, claims, said, derive(documents, claims, watched(), facts=said)


def examined(chosen: Sequence[int], before: Examination | None = None) -> Examination:
    """The examination of a case of some reports of the pool."""
    documents, claims, said, made = case_of(chosen)
    return examine(documents, claims, said, made.lineage, made.estimates, watched(), before)


SUBSETS = st.lists(st.integers(0, len(POOL) - 1), unique=True)


# Each example derives whole cases; the pool has few ways to matter.
FEW = settings(max_examples=25)


@FEW
@given(SUBSETS, SUBSETS)
def test_an_examination_that_takes_over_the_last_one_equals_a_fresh_one(last: list[int], now: list[int]) -> None:
    """Whatever reports came and went in between, and after the last one was stored and loaded."""
    before = pickle.loads(pickle.dumps(examined(last)))  # noqa: S301 - our own bytes
    fresh = examined(now)
    carried = examined(now, before)
    assert carried == fresh
    assert carried.hits(everything=True) == fresh.hits(everything=True)


@FEW
@given(st.permutations(range(len(POOL))))
def test_the_order_of_reports_does_not_show(order: list[int]) -> None:
    """Any order gives the same hits, in the same order."""
    assert case_of(order)[3].hits == whole().hits


@cache
def whole() -> Ledger:
    """The case of the whole pool."""
    return case_of(range(len(POOL)))[3]


def test_statements_and_questions_judge_nobody() -> None:
    """Each sentence is conditional, and none has a word that is for a court or a council alone."""
    cases = (range(len(POOL)), *([at] for at in range(len(POOL))))
    found = [hit for chosen in cases for hit in examined(chosen).hits(everything=True)]
    assert {hit.tier for hit in found} >= {Tier.PRIMA_FACIE, Tier.CONTESTED_INTERPRETATION, Tier.NO_NEXUS}
    for hit in found:
        assert not objections("\n\n".join((hit.statement, *hit.missing)))
        if hit.tier is not Tier.NO_NEXUS:
            assert "would be " in hit.statement
            assert " if " in hit.statement


def test_every_id_and_span_of_a_hit_resolves() -> None:
    """Claims, facts, origins and estimates are those of the case, and each span lies in its report."""
    made = whole()
    claims, said = {one.id for one in made.claims}, {one.id for one in made.facts}
    traced, counted = {one.id for one in made.lineage.origins}, {one.id for one in made.estimates}
    assert len({hit.id for hit in made.hits}) == len(made.hits) > 0
    for hit in made.hits:
        assert set(hit.origins) <= traced
        assert set(hit.estimates) <= counted
        for one in hit.findings:
            assert set(one.claims) <= claims
            assert set(one.facts) <= said
            assert set(one.against) <= claims | said
            assert set(one.origins) <= set(hit.origins)
            assert bool(one.evidence) == bool(one.claims or one.facts or one.against)
            quoted(made, one)
