"""Hits as the page of provisions words them: a page of hits and the dossier come in, panels go out.

The words are those of the report: a provision may apply; nothing here finds that one was violated.
"""

from collections.abc import Sequence
from typing import NamedTuple

from tallystick.model.dossier import Dossier
from tallystick.model.hit import ORDER, Finding
from tallystick.model.judgement import Verdict
from tallystick.model.provision import Instrument, Pack, Provision, Tier
from tallystick.reporting.provisions import TIERS, UNCHECKED, Line, Panel, Told, cited, panels
from tallystick.storage.views.hits import HitGroup, Reached
from tallystick.storage.views.quoting import Quotation, joined

__all__ = ["TIER_MEANINGS", "Group", "Point", "Shown", "Summary", "chosen", "groups", "summaries", "tier_of"]

# What each tier says and does not say, the gravest first.
TIER_MEANINGS = (
    (Tier.DETERMINED, "a competent body has determined that it applies; only a person notes that"),
    (Tier.PRIMA_FACIE, "reports tell every fact that the paragraph asks for"),
    (Tier.CONTESTED_INTERPRETATION, "every fact is told, some of it only by a reading that not all share"),
    (Tier.EXEMPT_CLAIMED, "every fact is told, and somebody claims an exemption"),
    (Tier.INDICATOR, "some facts point to it, others are open"),
    (Tier.NO_NEXUS, "nothing told points to it"),
)


class Point(NamedTuple):
    """One element, exemption or justification with the words that show it or speak against it.

    Attributes:
        line: What it is and where it stands.
        showing: Quotations that show it.
        against: Quotations that speak against it.
        more: How many quotations are left out.
        same: What else of the hit the same words show, where they are quoted there already; else "".
    """

    line: Line
    showing: tuple[Quotation, ...]
    against: tuple[Quotation, ...]
    more: int
    same: str = ""


class Shown(NamedTuple):
    """One hit.

    Attributes:
        told: In words.
        reached: What the case holds of it.
        points: What it asks for, then what points to it.
        claimed: Exemptions that somebody claims and justifications that somebody invokes.
        determined: Whether the last decision about it is that a body has determined it.
    """

    told: Told
    reached: Reached
    points: tuple[Point, ...]
    claimed: tuple[Point, ...]
    determined: bool


class Group(NamedTuple):
    """One provision with its hits on a page.

    Attributes:
        panel: The provision in words.
        instrument: Its instrument, with its dates; None where the pack has lost it.
        checked: How far the dates of the instrument were checked; "" where they were read.
        hits: Its hits on this page.
    """

    panel: Panel
    instrument: Instrument | None
    checked: str
    hits: tuple[Shown, ...]


class Summary(NamedTuple):
    """One provision in the table of all: how many hits of each tier.

    Attributes:
        pack: Name of the pack.
        provision: Id of the provision.
        cited: As it is cited.
        about: Whom it binds to what.
        totals: How many hits of each tier, the gravest first.
        total: All of them.
    """

    pack: str
    provision: str
    cited: str
    about: str
    totals: tuple[tuple[Tier, int], ...]
    total: int


def tier_of(tier: Tier) -> str:
    """Give a tier in words."""
    return TIERS[tier]


def chosen(dossier: Dossier, pack: str, provision: str) -> tuple[Pack, Provision] | None:
    """Give a provision of the dossier with its pack, or None."""
    return next(
        ((one, held) for one in dossier.packs if one.name == pack for held in one.provisions if held.id == provision),
        None,
    )


def summaries(found: Sequence[HitGroup], dossier: Dossier) -> tuple[Summary, ...]:
    """Give a line for each provision that may apply, in the order of `found`."""
    held: dict[tuple[str, str], list[HitGroup]] = {}
    for one in found:
        held.setdefault((one.pack, one.provision), []).append(one)
    return tuple(_summary(own, dossier) for own in held.values())


def _summary(own: Sequence[HitGroup], dossier: Dossier) -> Summary:
    first = own[0]
    known = chosen(dossier, first.pack, first.provision)
    words = cited(*known) if known else first.provision
    about = f"{known[1].actor}: {known[1].act}" if known else ""
    totals = sorted(((one.tier, one.total) for one in own), key=lambda one: ORDER.index(one[0]))
    return Summary(first.pack, first.provision, words, about, tuple(totals), sum(one.total for one in own))


def groups(found: Sequence[Reached], dossier: Dossier) -> tuple[Group, ...]:
    """Give the hits of a page by provision, in their order; hits of packs that the dossier lacks are left out."""
    made = {}
    for panel in panels([one.hit for one in found], dossier):
        made[panel.pack.name, panel.provision.id] = panel
    held: dict[tuple[str, str], list[Reached]] = {}
    for one in found:
        held.setdefault((one.hit.pack, one.hit.provision), []).append(one)
    return tuple(_group(made[key], own) for key, own in held.items() if key in made)


def _group(panel: Panel, own: Sequence[Reached]) -> Group:
    instrument = next((one for one in panel.pack.instruments if one.id == panel.provision.instrument), None)
    checked = "" if instrument is None else UNCHECKED.get(instrument.checked, "")
    reached = {one.hit.id: one for one in own}
    return Group(
        panel, instrument, checked,
        tuple(_shown(told, reached[told.hit.id]) for told in panel.told if told.hit.id in reached),
    )  # fmt: skip


def _shown(told: Told, reached: Reached) -> Shown:
    decided = reached.judgement
    return Shown(
        told, reached, _points(told.lines, reached), _points(told.claimed, reached),
        decided is not None and decided.verdict is Verdict.DETERMINED,
    )  # fmt: skip


def _points(lines: Sequence[Line], reached: Reached) -> tuple[Point, ...]:
    quoted = dict(zip(map(_key, reached.hit.findings), reached.quoted, strict=True))
    contrary = {(one.document, one.start, one.end) for one in reached.against}
    found: list[Point] = []
    shown: dict[tuple[Quotation, ...], str] = {}
    for line in lines:
        own, more = quoted[_key(line.finding)]
        opposed = [one for one in own if (one.document, *one.spans[0]) in contrary]
        showing = joined(one for one in own if one not in opposed)
        # Four facts are often shown by one sentence; it is read once.
        same = shown.setdefault(showing, line.label) if showing else line.label
        found.append(Point(line, showing, joined(opposed), more, same if same != line.label else ""))
    return tuple(found)


def _key(finding: Finding) -> tuple[str, str]:
    return finding.role.value, finding.subject
