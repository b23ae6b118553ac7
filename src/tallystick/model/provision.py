"""What the law says: instruments, their provisions, and what in the reports would show that one is touched."""

from dataclasses import dataclass
from enum import StrEnum

from tallystick.model.claim import Aspect, Measure, Status

__all__ = [
    "Checked",
    "Duty",
    "Element",
    "Exemption",
    "Instrument",
    "Jurisdiction",
    "Justification",
    "Pack",
    "Provision",
    "Reach",
    "Sign",
    "Tier",
]


class Checked(StrEnum):
    """How far somebody has checked what a file says."""

    READ = "V"
    """The cited page was read."""
    SECONDARY = "V2"
    """A page about it, a mirror or a translation was read."""
    KNOWN = "K"
    """General knowledge: to be checked before anyone relies on it."""
    INTERPRETED = "I"
    """An interpretation."""


class Tier(StrEnum):
    """How far the facts told reach; in ascending order up to `DETERMINED`, which only a person sets."""

    NO_NEXUS = "no_nexus"
    INDICATOR = "indicator"
    PRIMA_FACIE = "prima_facie"
    CONTESTED_INTERPRETATION = "contested_interpretation"
    EXEMPT_CLAIMED = "exempt_claimed"
    DETERMINED = "determined"


class Jurisdiction(StrEnum):
    """Whether a place lies within a state's jurisdiction."""

    DETERMINED = "determined"
    CONTESTED = "contested"
    UNDETERMINED = "undetermined"


class Reach(StrEnum):
    """What a sign counts for."""

    PLAIN = "plain"
    """It shows the element by the plain words of the provision."""
    CONTESTED = "contested"
    """It shows the element only by a reading that not all share."""


@dataclass(frozen=True, slots=True)
class Instrument:
    """A resolution, treaty, convention or regulation.

    Attributes:
        id: Short name, unique in its pack ("unscr-2397").
        title: As it is cited ("S/RES/2397 (2017)").
        kind: "resolution", "treaty", "convention", "regulation", "statute" or "principles".
        aliases: Other names by which reports call it ("Resolution 2397").
        number: The number by which reports may call it ("2397"), or None.
        signed: EDTF date, or None.
        adopted: EDTF date of adoption, or, of a treaty, of the last ratification, or None.
        in_force: EDTF date, or None where not known.
        ended: EDTF date, or None while it stands.
        checked: How far these dates were checked.
        citation: Where they were read.
    """

    id: str
    title: str
    kind: str
    aliases: tuple[str, ...] = ()
    number: str | None = None
    signed: str | None = None
    adopted: str | None = None
    in_force: str | None = None
    ended: str | None = None
    checked: Checked = Checked.KNOWN
    citation: str = ""


@dataclass(frozen=True, slots=True)
class Sign:
    """What one claim, or one fact, must be to show something; all that is given must hold, an empty field asks nothing.

    Attributes:
        slot: Id of the dossier's slot whose facts are looked at; None looks at claims.
        words: (language, words) pairs, lower case; the value of the fact, or the quotation of the claim, holds one.
        without: (language, words) pairs, lower case; neither value nor quotation holds one.
        categories: Category ids of the population.
        origins: ISO 3166-1 alpha-2 of the country that the counted come from.
        countries: ISO 3166-1 alpha-2 of the country of the place.
        statuses: Of the claim or fact. Where plans are named here, a plan shows the thing as well as a fact does; else
            it shows it as planned only.
        aspects: Of the claim.
        measures: Of the claim.
        units: Of the claim.
        jurisdictions: What the place comes to.
        since: EDTF date; the act is of that day or later, or None.
        until: EDTF date; the act is of that day or earlier, or None.
        reach: Whether it shows the thing by its plain words.
        note: What to tell the reader of it ("asserted by their role, not by a wage").
    """

    slot: str | None = None
    words: tuple[tuple[str, tuple[str, ...]], ...] = ()
    without: tuple[tuple[str, tuple[str, ...]], ...] = ()
    categories: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    statuses: tuple[Status, ...] = ()
    aspects: tuple[Aspect, ...] = ()
    measures: tuple[Measure, ...] = ()
    units: tuple[str, ...] = ()
    jurisdictions: tuple[Jurisdiction, ...] = ()
    since: str | None = None
    until: str | None = None
    reach: Reach = Reach.PLAIN
    note: str = ""


@dataclass(frozen=True, slots=True)
class Element:
    """One fact that a provision asks for, shared by all provisions of its pack that ask for it.

    Attributes:
        id: Short name, unique in its pack ("income").
        label: The fact as a clause that can follow "if" ("they earn income there").
        question: What to find out where nothing shows it ("Who pays them, how much, through whom?").
        signs: Each shows it by itself; none where only a person can establish it.
        contrary: Each, by itself, speaks against it.
    """

    id: str
    label: str
    question: str
    signs: tuple[Sign, ...] = ()
    contrary: tuple[Sign, ...] = ()


@dataclass(frozen=True, slots=True)
class Exemption:
    """What would take a case out of a provision; where it is claimed, that is told, never cleared.

    Attributes:
        id: Short name, unique in its pack.
        label: The exemption as a clause that can follow "unless" ("the Committee has approved it in advance").
        source: Where it stands ("2397, paragraph 25").
        signs: What shows that somebody claims it.
        checked: How far its text was checked.
    """

    id: str
    label: str
    source: str
    signs: tuple[Sign, ...] = ()
    checked: Checked = Checked.KNOWN


@dataclass(frozen=True, slots=True)
class Justification:
    """What parties invoke and what exempts nobody.

    Attributes:
        id: Short name, unique in its pack.
        label: For a reader ("Article 4 of the Russia-DPRK treaty of 2024").
        instrument: Id of the instrument that it rests on, or None.
        signs: What shows that somebody invokes it.
        note: Why it is no exemption.
        checked: How far that was checked.
    """

    id: str
    label: str
    instrument: str | None = None
    signs: tuple[Sign, ...] = ()
    note: str = ""
    checked: Checked = Checked.KNOWN


@dataclass(frozen=True, slots=True)
class Duty:
    """Something that has to be reported, by whom and when.

    Attributes:
        who: Who reports.
        what: What is reported, to whom.
        due: EDTF dates by which, or words ("within 90 days of adoption").
        provisions: Ids of the provisions that it belongs to.
        checked: How far that was checked.
    """

    who: str
    what: str
    due: tuple[str, ...] = ()
    provisions: tuple[str, ...] = ()
    checked: Checked = Checked.KNOWN


@dataclass(frozen=True, slots=True)
class Provision:
    """One paragraph of an instrument.

    Attributes:
        id: Short name, unique in its pack ("unscr-2397-8").
        instrument: Id of its instrument.
        paragraph: As it is cited ("8", "8(a)").
        eid: Akoma-Ntoso-style id within the instrument ("para_8", "para_8__point_a").
        actor: Whom it binds.
        act: What it asks of them.
        object: On what or whom.
        conditions: Under which conditions; "" where there are none.
        binding: False where it only calls upon states.
        in_force: EDTF date; None where it is that of its instrument.
        deadline: EDTF date by which the act has to be done, or None.
        until: EDTF date from which it does not apply any more, or None.
        superseded_by: Id of the provision that took its place, from the day on which that came into force, or None.
        elements: Ids of the elements all of which it asks for.
        indicators: Ids of the elements each of which points to it.
        supporting: Ids of the elements that it does not ask for, but that a reader wants to know.
        exemptions: Ids of its exemptions.
        cap: The highest tier that a program may give, or None.
        note: What a reader must know of it.
        number_checked: How far the number of the paragraph was checked.
        text_checked: How far its content was checked.
        citation: Where it was read.
    """

    id: str
    instrument: str
    paragraph: str
    eid: str
    actor: str
    act: str
    object: str
    conditions: str = ""
    binding: bool = True
    in_force: str | None = None
    deadline: str | None = None
    until: str | None = None
    superseded_by: str | None = None
    elements: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    supporting: tuple[str, ...] = ()
    exemptions: tuple[str, ...] = ()
    cap: Tier | None = None
    note: str = ""
    number_checked: Checked = Checked.KNOWN
    text_checked: Checked = Checked.KNOWN
    citation: str = ""


@dataclass(frozen=True, slots=True)
class Pack:
    """One regime: everything that a provision file says.

    Attributes:
        name: Short name ("unsc-1718-dprk").
        title: For a reader.
        about: What it covers, and for whom it is no advice, in a few sentences.
        program: Key of the sanctions program in OpenSanctions ("UN-SC1718"), or None.
        scope: Which claims concern the regime at all: those that any of these signs holds for.
        instruments: In order of date.
        elements: All elements.
        exemptions: All exemptions.
        justifications: What exempts nobody.
        duties: What has to be reported.
        provisions: In order of instrument and paragraph.
        sha256: SHA-256 in hex of the file.
    """

    name: str
    title: str
    about: str
    program: str | None
    scope: tuple[Sign, ...]
    instruments: tuple[Instrument, ...]
    elements: tuple[Element, ...]
    exemptions: tuple[Exemption, ...]
    justifications: tuple[Justification, ...]
    duties: tuple[Duty, ...]
    provisions: tuple[Provision, ...]
    sha256: str = ""
