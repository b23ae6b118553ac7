"""A provision that may apply to a population: which elements the reports show, contradict, or leave open."""

from dataclasses import dataclass
from enum import StrEnum

from tallystick.model.estimate import Population
from tallystick.model.flag import Evidence
from tallystick.model.lineage import Independent
from tallystick.model.provision import Jurisdiction, Tier

__all__ = ["ORDER", "Finding", "Hit", "Role", "Standing", "hit_order"]


NONE_INDEPENDENT = Independent(0, 0)


class Role(StrEnum):
    """What an element is to a provision."""

    ELEMENT = "element"
    INDICATOR = "indicator"
    SUPPORTING = "supporting"
    EXEMPTION = "exemption"
    JUSTIFICATION = "justification"


class Standing(StrEnum):
    """Where an element stands by the reports."""

    MET = "met"
    """Told as a fact, and nobody contradicts it."""
    PLANNED = "planned"
    """Told as a plan or a possibility only."""
    INTERPRETED = "interpreted"
    """Told as a fact, and it shows the element only by a reading that not all share."""
    CONTRADICTED = "contradicted"
    """Some report speaks against it."""
    MISSING = "missing"
    """Nothing shows it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What the reports say of one element, exemption or justification.

    Attributes:
        subject: Id of the element, exemption or justification in its pack.
        role: What it is to the provision.
        standing: Where it stands.
        claims: Ids of the claims that show it.
        facts: Ids of the facts that show it.
        against: Ids of the claims and facts that speak against it.
        origins: Ids of the origins behind what shows it.
        independent: How many independent origins stand behind it.
        evidence: The spans that show it or speak against it, in order; none where it is missing.
        note: What to know of it ("asserted by their role, not by a wage"), or "".
    """

    subject: str
    role: Role
    standing: Standing
    claims: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    independent: Independent = NONE_INDEPENDENT
    evidence: tuple[Evidence, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """One provision and one population.

    Attributes:
        id: Hash of pack, provision and population: stable across runs.
        pack: Name of the pack.
        provision: Id of the provision.
        population: Who or what is counted.
        tier: How far the facts told reach.
        findings: One for each element, indicator and supporting element in the pack's order, then what is claimed of
            exemptions and justifications.
        jurisdiction: What the places of the population come to.
        acts: EDTF date or interval of what the reports tell, or None where none of it is dated.
        origins: Ids of all origins behind it, in order of date.
        independent: How many independent origins stand behind it.
        estimates: Ids of the estimates of the population.
        missing: What to find out, one question each, the elements' first.
        statement: The conditional sentence for a reader.
    """

    id: str
    pack: str
    provision: str
    population: Population
    tier: Tier
    findings: tuple[Finding, ...]
    jurisdiction: Jurisdiction
    acts: str | None
    origins: tuple[str, ...]
    independent: Independent
    estimates: tuple[str, ...]
    missing: tuple[str, ...]
    statement: str


# The gravest first; what only a person sets stands before what a program gives.
ORDER = (
    Tier.DETERMINED,
    Tier.PRIMA_FACIE,
    Tier.CONTESTED_INTERPRETATION,
    Tier.EXEMPT_CLAIMED,
    Tier.INDICATOR,
    Tier.NO_NEXUS,
)


def hit_order(hit: Hit) -> tuple[int, str, str, str, str]:
    """Give the key of the order in which a case shows its hits: the gravest tier first, then by provision."""
    return ORDER.index(hit.tier), hit.pack, hit.provision, hit.population.label, hit.id
