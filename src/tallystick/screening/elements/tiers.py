"""How far the facts told reach: findings of a provision come in, its tier goes out.

A tier says how many of the facts that a provision asks for are told, never that anything was breached; what only a
person may set is not set here.
"""

from collections.abc import Sequence

from tallystick.model.hit import Finding, Role, Standing
from tallystick.model.provision import Jurisdiction, Provision, Tier

__all__ = ["shown", "single", "tier", "would_be"]

# How many independent origins an element takes at least to be met. One: a report of a fact is a reason to look, the
# tier says no more, and a single origin is told beside it; monitors ask for more before they publish.
ENOUGH = 1
# What a program gives, the weakest first: a reading that not all share is less than plain words.
STRENGTH = (Tier.NO_NEXUS, Tier.INDICATOR, Tier.CONTESTED_INTERPRETATION, Tier.PRIMA_FACIE)


def tier(provision: Provision, findings: Sequence[Finding], jurisdiction: Jurisdiction) -> Tier:
    """Give the tier of a provision in force: an exemption that is claimed takes the place of any other.

    Args:
        provision: The paragraph.
        findings: What the reports say of what it asks for, with roles.
        jurisdiction: What the place of the population comes to.
    """
    reached = would_be(provision, findings, jurisdiction)
    claimed = any(finding.role is Role.EXEMPTION and shown(finding) for finding in findings)
    return Tier.EXEMPT_CLAIMED if claimed and reached is not Tier.NO_NEXUS else reached


def would_be(provision: Provision, findings: Sequence[Finding], jurisdiction: Jurisdiction) -> Tier:
    """Give the tier that a provision would have without any exemption."""
    asked = [_standing(finding) for finding in findings if finding.role is Role.ELEMENT]
    if asked and all(standing is Standing.MET for standing in asked):
        reached = Tier.PRIMA_FACIE
    elif asked and all(standing in (Standing.MET, Standing.INTERPRETED) for standing in asked):
        reached = Tier.CONTESTED_INTERPRETATION
    elif any(finding.role is Role.INDICATOR and shown(finding) for finding in findings):
        reached = Tier.INDICATOR
    else:
        return Tier.NO_NEXUS
    caps = [Tier.INDICATOR] if not provision.binding or jurisdiction is Jurisdiction.CONTESTED else []
    if provision.cap in STRENGTH:
        caps.append(provision.cap)
    return min(reached, *caps, key=STRENGTH.index) if caps else reached


def shown(finding: Finding) -> bool:
    """Whether any report tells it, as a fact or as a plan, contradicted or not."""
    return bool(finding.claims or finding.facts)


def single(findings: Sequence[Finding]) -> tuple[str, ...]:
    """Give the elements (where none is told: the indicators) that one origin alone stands behind."""
    for role in (Role.ELEMENT, Role.INDICATOR):
        told = [finding for finding in findings if finding.role is role and shown(finding)]
        if told:
            return tuple(finding.subject for finding in told if finding.independent.high <= 1)
    return ()


def _standing(finding: Finding) -> Standing:
    """Where an element stands once too few origins do not count."""
    return finding.standing if finding.independent.low >= ENOUGH else Standing.MISSING
