"""The element test by itself: a small pack of our own, records made by hand."""

import pickle
from collections.abc import Iterable
from dataclasses import replace

import pytest

from factory import claim, document, fact
from tallystick.model.claim import Aspect, Claim, Status
from tallystick.model.document import Document, PassageKind
from tallystick.model.dossier import Actor, Control, Dossier, Place
from tallystick.model.estimate import Estimate, Population
from tallystick.model.fact import Fact
from tallystick.model.hit import Finding, Hit, Role, Standing
from tallystick.model.lineage import Independent, Lineage, Origin
from tallystick.model.provision import (
    Checked,
    Element,
    Exemption,
    Instrument,
    Jurisdiction,
    Justification,
    Pack,
    Provision,
    Reach,
    Sign,
    Tier,
)
from tallystick.screening.elements.elements import Examination, examine, hits, justifications
from tallystick.values.cautions import objections

CHARTER = Instrument("charter", "the Harbor Charter (2010)", "treaty", in_force="2010-01-01")
PACT = Instrument("pact", "the River Pact (2024)", "treaty", in_force="2024-12-04")
PACK = Pack(
    name="harbor",
    title="Harbor rules",
    about="For tests.",
    program=None,
    scope=(Sign(origins=("AA",)),),
    instruments=(CHARTER, PACT),
    elements=(
        Element("there", "they are there", "Where are they?", (Sign(aspects=(Aspect.ARRIVED,)),)),
        Element(
            "paid", "they are paid", "Who pays them?",
            (Sign(slot="payment", words=(("en", ("wage*",)),), without=(("en", ("no wage",)),)),),
            (Sign(slot="payment", words=(("en", ("no wage",)),)),),
        ),
        Element("fighting", "they serve under arms", "Do they?", (Sign(slot="combat", reach=Reach.CONTESTED),)),
        Element("names", "they are known by name", "Who are they?"),
    ),
    exemptions=(Exemption("leave", "the Harbor Board has allowed it", "9", (Sign(slot="permit"),)),),
    justifications=(Justification("treaty", "the River Pact", "pact", (Sign(slot="basis"),), "no exemption"),),
    duties=(),
    provisions=(
        Provision("h-1", "charter", "1", "para_1", "all", "send home", "the paid", elements=("there", "paid"),
                  indicators=("there", "paid"), supporting=("names",), exemptions=("leave",), deadline="2019-12-22"),
        Provision("h-2", "charter", "2", "para_2", "all", "end", "service", elements=("there", "fighting"),
                  indicators=("fighting",)),
        Provision("h-3", "pact", "3-4", "para_3", "all", "report", "arrivals", binding=False, elements=("there",),
                  indicators=("there",)),
    ),
)  # fmt: skip
DOSSIER = Dossier(
    name="test",
    title="Test",
    about="For tests.",
    categories=(),
    actors=(Actor("bureau", "Bureau", linked=("office",)), Actor("office", "Office")),
    places=(
        Place("north", "Northport", country="BB"),
        Place(
            "isle", "Long Isle", country="BB", control=(Control("CC", "2022-02-24", "2025-01-01", "x", Checked.KNOWN),)
        ),
        Place("bay", "Isle Bay", country="BB", within="isle"),
    ),
    packs=(PACK,),
)


class Case:
    """Records of a case, gathered one by one."""

    def __init__(self, dossier: Dossier = DOSSIER) -> None:
        """Begin with nothing."""
        self.dossier = dossier
        self.documents: list[Document] = []
        self.claims: list[Claim] = []
        self.facts: list[Fact] = []
        self.origins: list[Origin] = []
        self.place: str | None = "Northport"

    def add(self, found: Document, claims: Iterable[Claim], facts: Iterable[Fact] = (), *, same: bool = False) -> None:
        """Add a report with an origin of its own, or, with `same`, the one of the report before."""
        told = tuple(claims)
        self.documents.append(found)
        self.claims.extend(told)
        self.facts.extend(facts)
        names = tuple(one.id for one in told)
        if same:
            last = self.origins.pop()
            self.origins.append(replace(last, claims=last.claims + names, documents=(*last.documents, found.id)))
            return
        speaker = told[0].speaker
        self.origins.append(
            Origin(f"o-{found.id}", speaker, found.published, (found.id,), names, Independent(1, 1), "For tests.")
        )

    def estimates(self) -> tuple[Estimate, ...]:
        """One line that holds all claims."""
        population = Population("soldier", "AA", self.place, "Soldiers, AA", "person")
        names = tuple(one.id for one in self.claims)
        return (
            Estimate("e-1", population, Status.ACTUAL, None, None, 1, 1, 1, 3, (), names, Independent(1, 1), 1, (),
                     None, (), ()),
        )  # fmt: skip

    def examined(self, before: Examination | None = None) -> Examination:
        """The case, examined."""
        lineage = Lineage((), tuple(self.origins))
        return examine(self.documents, self.claims, self.facts, lineage, self.estimates(), self.dossier, before)

    def hits(self, *, everything: bool = False) -> dict[str, Hit]:
        """The hits by provision."""
        lineage = Lineage((), tuple(self.origins))
        found = hits(
            self.documents, self.claims, self.facts, lineage, self.estimates(), self.dossier, everything=everything
        )
        return {hit.provision: hit for hit in found}


TEXT = "The Office said 500 soldiers arrived.\nThe soldiers get wages of ten crowns."


def report(
    name: str = "one", text: str = TEXT, *, published: str = "2025-03-01", status: Status = Status.ACTUAL,
    speaker: str | None = "Office", when: str | None = None,
) -> tuple[Document, Claim]:  # fmt: skip
    """A report of 500 soldiers."""
    found = document(text, id=name, published=published)
    told = claim(
        found, "500", counted="soldiers", origin="AA", place="Northport", status=status, aspect=Aspect.ARRIVED,
        speaker=speaker, when=when,
    )  # fmt: skip
    return found, told


def said(found: Document, value: str, slot: str, *, status: Status = Status.ACTUAL, speaker: str | None = None) -> Fact:
    """A fact whose sentence is its line."""
    one = fact(found, value, slot=slot, status=status, speaker=speaker)
    start = found.text.rfind("\n", 0, one.start) + 1
    end = found.text.find("\n", one.end)
    return replace(one, quote=found.text[start : end if end >= 0 else len(found.text)])


def paid(status: Status = Status.ACTUAL) -> Case:
    """A case with a figure and a wage."""
    case = Case()
    found, told = report()
    case.add(found, [told], [said(found, "wages of ten crowns", "payment", status=status)])
    return case


def finding(hit: Hit, subject: str, role: Role = Role.ELEMENT) -> Finding:
    """What a hit says of one thing."""
    return next(one for one in hit.findings if one.subject == subject and one.role is role)


def test_all_elements_told_as_facts_are_prima_facie() -> None:
    """Evidence, claims and facts stand where they show it."""
    hit = paid().hits()["h-1"]
    assert hit.tier is Tier.PRIMA_FACIE
    told = finding(hit, "paid")
    assert told.standing is Standing.MET
    assert len(told.facts) == 1
    assert told.claims == ()
    assert [TEXT[one.start : one.end] for one in told.evidence] == ["wages of ten crowns"]
    assert hit.missing == ("Is there an independent second origin?", "Who are they?")
    assert hit.statement == (
        "Soldiers, AA: this would be incompatible with paragraph 1 of the Harbor Charter (2010) if (a) they are there "
        "and (b) they are paid, unless the Harbor Board has allowed it; (a) and (b) are asserted by one origin; it was "
        "due by 2019-12-22."
    )


def test_a_plan_meets_nothing_but_points_to_it() -> None:
    """What is only planned is asked for."""
    hit = paid(Status.PLANNED).hits()["h-1"]
    assert hit.tier is Tier.INDICATOR
    assert finding(hit, "paid").standing is Standing.PLANNED
    assert "Has it come about, or is it only planned, that they are paid?" in hit.missing
    assert "told as a plan or a possibility only, by one origin" in hit.statement


def test_a_contested_reading_is_a_tier_of_its_own() -> None:
    """No plain word of the provision is shown."""
    case = Case()
    found, told = report(text="The Office said 500 soldiers arrived and fight.")
    case.add(found, [told], [said(found, "fight", "combat")])
    hit = case.hits()["h-2"]
    assert hit.tier is Tier.CONTESTED_INTERPRETATION
    assert finding(hit, "fighting").standing is Standing.INTERPRETED
    assert "on a reading that not all states share" in hit.statement


@pytest.mark.parametrize("how", ["contrary", "denied"])
def test_what_speaks_against_an_element_is_kept_beside_what_shows_it(how: str) -> None:
    """A contrary sign and a denial both leave it open, with the evidence of both sides."""
    case = paid()
    other, told = report("two", "The Bureau said 500 soldiers arrived.\nThe soldiers get no wage.", speaker="Bureau")
    against = said(other, "no wage", "payment")
    if how == "denied":
        other, told = report("two", "The Bureau: 500 soldiers arrived.\nThe soldiers get wages.", speaker="Bureau")
        against = said(other, "wages", "payment", status=Status.DENIED)
    case.add(other, [told], [against])
    hit = case.hits()["h-1"]
    told_of = finding(hit, "paid")
    assert told_of.standing is Standing.CONTRADICTED
    assert told_of.against == (against.id,)
    assert len(told_of.facts) == 1
    assert {one.document for one in told_of.evidence} == {"one", "two"}
    assert hit.tier is Tier.INDICATOR
    assert "Who pays them?" in hit.missing


def test_a_provision_that_is_not_in_force_has_no_nexus() -> None:
    """The pact came later than what is told."""
    case = Case()
    found, told = report(published="2024-10-20")
    case.add(found, [told])
    assert "h-3" not in case.hits()
    hit = case.hits(everything=True)["h-3"]
    assert hit.tier is Tier.NO_NEXUS
    assert "not in force on the date of the act" in hit.statement
    assert "paragraphs 3-4 of the River Pact (2024)" in hit.statement


@pytest.mark.parametrize(
    ("changes", "date"),
    [({"until": "2020-01-01"}, "2025-03-01"), ({"superseded_by": "h-3"}, "2025-03-01"), ({"in_force": "2026"}, "2025")],
)
def test_a_provision_applies_from_its_day_until_its_end_or_that_of_its_successor(
    changes: dict[str, str], date: str
) -> None:
    """All three ends are looked at."""
    first = replace(PACK.provisions[0], **changes)  # type: ignore[arg-type]
    pack = replace(PACK, provisions=(first, *PACK.provisions[1:]))
    case = paid()
    assert "h-1" in case.hits(), date
    case.dossier = replace(DOSSIER, packs=(pack,))
    assert "h-1" not in case.hits()


def test_what_does_not_bind_is_an_indicator_at_most() -> None:
    """The sentence says that it only calls upon states."""
    hit = paid().hits()["h-3"]
    assert hit.tier is Tier.INDICATOR
    assert "calls upon states" in hit.statement
    assert "if they are there; that is asserted by one origin" in hit.statement


def test_an_exemption_that_is_claimed_is_told_and_never_cleared() -> None:
    """The tier that there would be stands beside it."""
    case = paid()
    found, told = report("two", "The Office said 500 soldiers arrived with leave of the Board.")
    case.add(found, [told], [said(found, "leave of the Board", "permit")])
    hit = case.hits()["h-1"]
    assert hit.tier is Tier.EXEMPT_CLAIMED
    assert "without it: prima_facie" in finding(hit, "leave", Role.EXEMPTION).note
    assert "claims that the Harbor Board has allowed it, which nothing here confirms" in hit.statement


@pytest.mark.parametrize(
    ("place", "published", "jurisdiction"),
    [
        ("Northport", "2025-03-01", Jurisdiction.DETERMINED),
        ("Isle Bay", "2024-03-01", Jurisdiction.CONTESTED),
        ("Isle Bay", "2025-03-01", Jurisdiction.DETERMINED),
        ("Long Isle", "2021-03-01", Jurisdiction.DETERMINED),
        ("50 kilometers from Northport", "2025-03-01", Jurisdiction.UNDETERMINED),
        ("Northport border region", "2025-03-01", Jurisdiction.UNDETERMINED),
        ("Qwertyville", "2025-03-01", Jurisdiction.UNDETERMINED),
        (None, "2025-03-01", Jurisdiction.UNDETERMINED),
    ],
)
def test_the_place_decides_the_jurisdiction(place: str | None, published: str, jurisdiction: Jurisdiction) -> None:
    """Rings and borders have two sides; who held a place is a fact of a day."""
    case = Case()
    case.place = place
    found, told = report(published=published)
    case.add(found, [told], [said(found, "wages of ten crowns", "payment")])
    hit = case.hits()["h-1"]
    assert hit.jurisdiction is jurisdiction
    assert (hit.tier is Tier.INDICATOR) is (jurisdiction is Jurisdiction.CONTESTED)
    assert any("jurisdiction" in one for one in hit.missing) is (jurisdiction is not Jurisdiction.DETERMINED)


def test_origins_are_counted_as_a_range() -> None:
    """Copies are one; two speakers who may share what they know are one or two."""
    case = paid()
    copy, told = report("two")
    case.add(copy, [told], [said(copy, "wages of ten crowns", "payment")], same=True)
    assert case.hits()["h-1"].independent == Independent(1, 1)
    other, told = report("three", TEXT.replace("Office", "Bureau"), speaker="Bureau")
    case.add(other, [told], [said(other, "wages of ten crowns", "payment")])
    hit = case.hits()["h-1"]
    assert hit.independent == Independent(1, 2)
    assert hit.origins == ("o-one", "o-three")
    stranger, told = report("four", TEXT.replace("Office", "Guild"), speaker="Guild")
    case.add(stranger, [told], [said(stranger, "wages of ten crowns", "payment")])
    hit = case.hits()["h-1"]
    assert hit.independent == Independent(2, 3)
    assert "supported by 2 to 3 independent origins" in hit.statement


def test_a_fact_by_another_speaker_has_that_speakers_origin() -> None:
    """Where the case knows no origin of that speaker, it counts with the claim that it hangs on."""
    case = Case()
    found, told = report()
    case.add(found, [told], [said(found, "wages of ten crowns", "payment", speaker="Bureau")])
    assert finding(case.hits()["h-1"], "paid").origins == ("o-one",)
    other, more = report("two", "The Bureau said 500 soldiers arrived.", speaker="Bureau")
    case.add(other, [more])
    assert finding(case.hits()["h-1"], "paid").origins == ("o-two",)


def test_comments_and_furniture_belong_to_nobody() -> None:
    """A reader's words are not those of the report."""
    case = Case()
    found, told = report()
    first, second = found.passages
    found = replace(found, passages=(first, replace(second, kind=PassageKind.COMMENT)))
    case.add(found, [told], [said(found, "wages of ten crowns", "payment")])
    assert finding(case.hits()["h-1"], "paid").standing is Standing.MISSING


def test_what_is_out_of_scope_gives_no_hit() -> None:
    """Another country's soldiers are not the pack's."""
    case = Case()
    found, told = report()
    case.add(found, [replace(told, origin="BB")])
    population = Population("soldier", "BB", None, "Soldiers, BB", "person")
    estimate = replace(case.estimates()[0], population=population)
    assert not hits(case.documents, case.claims, (), Lineage((), tuple(case.origins)), (estimate,), DOSSIER)


def test_an_examination_takes_over_what_is_the_same_and_gives_the_same() -> None:
    """It goes through pickle; a report more changes what it touches alone."""
    case = paid()
    before = pickle.loads(pickle.dumps(case.examined()))  # noqa: S301 - our own bytes
    found, told = report("two", speaker="Bureau")
    case.add(found, [told], [said(found, "wages of ten crowns", "payment")])
    after = case.examined(before)
    assert after.shown["one"] is before.shown["one"]
    assert after == case.examined()
    again = case.examined(after)
    assert all(again.judged[name] is judged for name, judged in after.judged.items())


def test_ids_are_stable_and_any_order_gives_the_same() -> None:
    """The id rests on pack, provision and population."""
    case = paid()
    found, told = report("two", speaker="Bureau", published="2025-04-01")
    case.add(found, [told], [said(found, "wages of ten crowns", "payment")])
    forth = case.hits(everything=True)
    for held in (case.documents, case.claims, case.facts, case.origins):
        held.reverse()
    assert case.hits(everything=True) == forth
    assert len({hit.id for hit in forth.values()}) == 3
    assert paid().hits()["h-1"].id == forth["h-1"].id


def test_a_justification_younger_than_the_acts_is_flagged() -> None:
    """The words that invoke it and the dated figure are the evidence."""
    case = Case()
    text = "The Office said 500 soldiers arrived under the Pact."
    found, told = report(text=text, when="2024-10", published="2025-04-26")
    case.add(found, [told], [said(found, "under the Pact", "basis")])
    flags = list(justifications(case.examined(), case.claims, DOSSIER))
    assert [(one.code, one.severity) for one in flags] == [("justification_predates_instrument", "warning")]
    assert [text[one.start : one.end] for one in flags[0].evidence] == ["under the Pact", "500"]
    case.claims = [replace(told, when="2025-03")]
    assert not list(justifications(case.examined(), case.claims, DOSSIER))


def test_no_statement_has_a_word_that_the_linter_refuses() -> None:
    """Whatever the tier; nor has any question."""
    told = [paid(), paid(Status.PLANNED)]
    case = paid()
    found, more = report("two", "The Office said 500 soldiers arrived and fight with leave of the Board.")
    case.add(found, [more], [said(found, "leave of the Board", "permit"), said(found, "fight", "combat")])
    told.append(case)
    hits_of = [hit for one in told for hit in one.hits(everything=True).values()]
    assert {hit.tier for hit in hits_of} >= {Tier.PRIMA_FACIE, Tier.INDICATOR, Tier.EXEMPT_CLAIMED, Tier.NO_NEXUS}
    for hit in hits_of:
        assert not list(objections(" ".join((hit.statement, *hit.missing))))


def test_a_dossier_without_packs_gives_nothing() -> None:
    """There is no law to hold it against."""
    case = paid()
    case.dossier = replace(DOSSIER, packs=())
    assert not case.hits(everything=True)
