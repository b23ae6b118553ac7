"""The law beside the figures: hits and the packs that they are of come in, one panel for each provision goes out.

A panel says which of the facts that a paragraph asks for are told, by whom, and what to find out; it finds nothing.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tallystick.model.dossier import Dossier
from tallystick.model.hit import Finding, Hit, Role, Standing
from tallystick.model.lineage import Independent
from tallystick.model.provision import Checked, Duty, Jurisdiction, Pack, Provision, Tier
from tallystick.reporting.selection import MOST_HITS

__all__ = ["TIERS", "UNCHECKED", "Line", "Panel", "Told", "cited", "panels", "unchecked"]

# Figures and passages that one line links to.
MOST_LINKS = 8
TIERS = {
    Tier.DETERMINED: "determined",
    Tier.PRIMA_FACIE: "all facts told",
    Tier.CONTESTED_INTERPRETATION: "by a contested reading",
    Tier.EXEMPT_CLAIMED: "exemption claimed",
    Tier.INDICATOR: "indicator",
    Tier.NO_NEXUS: "nothing points to it",
}
STANDINGS = {
    Standing.MET: "told",
    Standing.PLANNED: "planned",
    Standing.INTERPRETED: "by a contested reading",
    Standing.CONTRADICTED: "contradicted",
    Standing.MISSING: "open",
}
UNCHECKED = {
    Checked.SECONDARY: "read second hand",
    Checked.KNOWN: "from general knowledge, not checked against the instrument",
    Checked.INTERPRETED: "an interpretation",
}
PLACES = {
    Jurisdiction.CONTESTED: "Whose jurisdiction the place is in is contested.",
    Jurisdiction.UNDETERMINED: "In whose jurisdiction the place is has not been determined.",
}


class Line(NamedTuple):
    """One element, exemption or justification of a hit.

    Attributes:
        label: The fact that it asks for.
        standing: Where it stands, in words.
        state: The same as a word of the program ("met").
        independent: How many independent origins stand behind it.
        claims: Ids of the claims to link to, the first ones.
        facts: Ids of the facts to link to, the first ones.
        against: Ids of the claims and facts that speak against it, the first ones.
        more: How many are left out.
        note: What to know of it.
        finding: What it tells of, whole.
    """

    label: str
    standing: str
    state: str
    independent: Independent
    claims: tuple[str, ...]
    facts: tuple[str, ...]
    against: tuple[str, ...]
    more: int
    note: str
    finding: Finding


class Told(NamedTuple):
    """One hit, as the page tells it.

    Attributes:
        hit: The hit.
        tier: In plain words.
        place: A sentence where the place leaves the jurisdiction open, else "".
        lines: What it asks for, then what points to it and what is asked besides.
        claimed: Exemptions that somebody claims and justifications that somebody invokes.
    """

    hit: Hit
    tier: str
    place: str
    lines: tuple[Line, ...]
    claimed: tuple[Line, ...]


class Panel(NamedTuple):
    """One provision with its hits.

    Attributes:
        pack: The pack.
        provision: The provision.
        cited: As it is cited: "Paragraph 8 of S/RES/2397 (2017)".
        unchecked: What of it has not been checked, one phrase each.
        duties: What has to be reported under it.
        told: Its hits, the gravest tier first.
        first: Whether it is the first of its pack on the page.
    """

    pack: Pack
    provision: Provision
    cited: str
    unchecked: tuple[str, ...]
    duties: tuple[Duty, ...]
    told: tuple[Told, ...]
    first: bool


def panels(hits: Sequence[Hit], dossier: Dossier) -> tuple[Panel, ...]:
    """Give a panel for each provision of `hits`, in the order of the packs; hits of other packs are left out."""
    held: defaultdict[tuple[str, str], list[Hit]] = defaultdict(list)
    for hit in hits[:MOST_HITS]:
        held[hit.pack, hit.provision].append(hit)
    found = []
    for pack in dossier.packs:
        first = True
        for provision in pack.provisions:
            own = held.get((pack.name, provision.id))
            if own:
                found.append(_panel(pack, provision, own, first=first))
                first = False
    return tuple(found)


def cited(pack: Pack, provision: Provision) -> str:
    """Give a provision as it is cited: "Paragraph 8 of S/RES/2397 (2017)"."""
    instrument = next((one.title for one in pack.instruments if one.id == provision.instrument), provision.instrument)
    number = provision.paragraph
    return f"{number} of {instrument}" if number[:1].isalpha() else f"Paragraph {number} of {instrument}"


def _panel(pack: Pack, provision: Provision, hits: Sequence[Hit], *, first: bool) -> Panel:
    return Panel(
        pack,
        provision,
        cited(pack, provision),
        tuple(unchecked(provision)),
        tuple(duty for duty in pack.duties if provision.id in duty.provisions),
        tuple(_told(pack, hit) for hit in hits),
        first,
    )


def unchecked(provision: Provision) -> Iterator[str]:
    """Yield what of a provision nobody has checked against the instrument, one phrase each."""
    if provision.number_checked is not Checked.READ:
        yield f"paragraph number {UNCHECKED[provision.number_checked]}"
    if provision.text_checked is not Checked.READ:
        yield f"content {UNCHECKED[provision.text_checked]}"


def _told(pack: Pack, hit: Hit) -> Told:
    labels = {one.id: one.label for one in pack.elements}
    labels |= {one.id: one.label for one in pack.exemptions} | {one.id: one.label for one in pack.justifications}
    asked = [one for one in hit.findings if one.role is Role.ELEMENT]
    named = {one.subject for one in asked}
    # What points to it is told once, and only where something does.
    others = [
        one
        for one in hit.findings
        if one.role in (Role.INDICATOR, Role.SUPPORTING)
        and one.subject not in named
        and one.standing is not Standing.MISSING
    ]
    claimed = [one for one in hit.findings if one.role in (Role.EXEMPTION, Role.JUSTIFICATION)]
    return Told(
        hit,
        TIERS[hit.tier],
        PLACES.get(hit.jurisdiction, ""),
        tuple(_line(one, labels) for one in (*asked, *others)),
        tuple(_line(one, labels) for one in claimed),
    )


def _line(finding: Finding, labels: dict[str, str]) -> Line:
    kinds = {Role.EXEMPTION: "claimed", Role.JUSTIFICATION: "invoked, no exemption"}
    claims, facts = finding.claims[:MOST_LINKS], finding.facts[:MOST_LINKS]
    return Line(
        labels.get(finding.subject, finding.subject),
        kinds.get(finding.role, STANDINGS[finding.standing]),
        finding.standing.value,
        finding.independent,
        claims,
        facts,
        finding.against[:MOST_LINKS],
        len(finding.claims) + len(finding.facts) - len(claims) - len(facts),
        finding.note,
        finding,
    )
