"""The hits of one population: what all reports show of it comes in, one hit for each provision goes out."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import NamedTuple

from tallystick.model.dossier import Dossier
from tallystick.model.estimate import Population
from tallystick.model.hit import Finding, Hit, Role, Standing
from tallystick.model.lineage import Independent
from tallystick.model.provision import Jurisdiction, Pack, Provision, Tier
from tallystick.screening.elements.folding import Fold, Name, Window, fold
from tallystick.screening.elements.jurisdictions import Ground
from tallystick.screening.elements.showing import Mark, Screen, key
from tallystick.screening.elements.subjects import Kind
from tallystick.screening.elements.tiers import tier, would_be
from tallystick.screening.elements.windows import windows
from tallystick.screening.elements.witnesses import Witnesses
from tallystick.screening.elements.wording import Paragraph, missing, not_in_force, statement
from tallystick.values.dates import interval
from tallystick.values.periods import Period

__all__ = ["Bench"]

# What an element is to a provision, with the field that lists such elements.
ROLES = ((Role.ELEMENT, "elements"), (Role.INDICATOR, "indicators"), (Role.SUPPORTING, "supporting"))


class Bench:
    """The packs of a dossier, ready to be held against one population after another."""

    def __init__(self, dossier: Dossier, screen: Screen, witnesses: Witnesses) -> None:
        """Look up what each provision rests on, once."""
        self._packs = dossier.packs
        self._screen = screen
        self.witnesses = witnesses
        self._windows = {pack.name: windows(pack) for pack in dossier.packs}
        self._paragraphs = {
            (pack.name, one.id): _paragraph(pack, one) for pack in dossier.packs for one in pack.provisions
        }

    def judge(self, population: Population, told: Sequence[Mark], estimates: tuple[str, ...]) -> Iterator[Hit]:
        """Yield one hit for each provision of the packs whose scope the population is in.

        Args:
            population: Who or what is counted.
            told: The marks of the population, in order of publication.
            estimates: Ids of its estimates.
        """
        whole = fold(told, self._screen.subjects, self.witnesses)
        acts = frozenset(mark.act for mark in told)
        views: dict[Window, _View] = {}
        for pack in self._packs:
            if not whole.scoped(pack.name):
                continue
            for provision in pack.provisions:
                window = self._windows[pack.name][provision.id]
                if window not in views:
                    timely = frozenset(act for act in acts if window.holds(act))
                    same = next((view for view in views.values() if view.acts == timely), None)
                    views[window] = same or self._view(population, told, timely, whole if timely == acts else None)
                yield self._hit(pack, provision, population, estimates, views[window])

    def _view(
        self, population: Population, told: Sequence[Mark], acts: frozenset[Period | None], whole: Fold | None
    ) -> "_View":
        """What is told of some days; `whole` is everything that is told, where that is the same."""
        marks = told if whole is not None else [mark for mark in told if mark.act in acts]
        dated = [mark for mark in marks if mark.act is not None]
        return _View(
            acts, whole or fold(marks, self._screen.subjects, self.witnesses),
            self._screen.grounds.ground(population.place, _span(dated)), _written(dated), {},
        )  # fmt: skip

    def _hit(
        self, pack: Pack, provision: Provision, population: Population, estimates: tuple[str, ...], view: "_View"
    ) -> Hit:  # fmt: skip
        """The hit of one provision, by what was told of the days on which it was in force."""
        paragraph = self._paragraphs[pack.name, provision.id]
        ground = view.ground
        findings = tuple(_findings(pack, provision, view.held))
        # The law of occupation asks that jurisdiction be contested: there it is an element, and leaves nothing open.
        asked = {
            one for name in provision.elements for sign in paragraph.elements[name].signs for one in sign.jurisdictions
        }
        place = Jurisdiction.DETERMINED if ground.jurisdiction in asked else ground.jurisdiction
        reached = tier(provision, findings, place) if view.acts else Tier.NO_NEXUS
        if reached is Tier.EXEMPT_CLAIMED:
            findings = _with_tier(findings, would_be(provision, findings, place))
        origins, count = self._behind(findings, view)
        return Hit(
            id=_id(pack, provision, population),
            pack=pack.name,
            provision=provision.id,
            population=population,
            tier=reached,
            findings=findings,
            jurisdiction=ground.jurisdiction,
            acts=view.written,
            origins=origins,
            independent=count,
            estimates=estimates,
            missing=missing(paragraph, findings, population.place, ground, dated=_known(paragraph)),
            statement=_statement(paragraph, population.label, findings, ground, reached, told=bool(view.acts)),
        )

    def _behind(self, findings: Sequence[Finding], view: "_View") -> tuple[tuple[str, ...], Independent]:
        """The origins behind any of the findings, in order of date, and how many of them are independent."""
        names = frozenset(name for finding in findings for name in finding.origins)
        if names not in view.behind:
            view.behind[names] = self.witnesses.ordered(names), self.witnesses.among(names)
        return view.behind[names]


class _View(NamedTuple):
    """What is told of the days on which some provisions are in force, and what was worked out of it.

    Attributes:
        acts: The days of it.
        held: What it says of each element.
        ground: Where the population is in those days.
        written: The days as an EDTF date or interval.
        behind: Origins in order and their independent number, by the ids of the origins.
    """

    acts: frozenset[Period | None]
    held: Fold
    ground: Ground
    written: str | None
    behind: dict[frozenset[str], tuple[tuple[str, ...], Independent]]


def _statement(
    paragraph: Paragraph, label: str, findings: Sequence[Finding], ground: Ground, reached: Tier, *, told: bool
) -> str:
    """The sentence of a hit; where nothing is told of the days on which the provision was in force, that."""
    return statement(paragraph, label, findings, ground, reached) if told else not_in_force(paragraph, label, None)


def _findings(pack: Pack, provision: Provision, held: Fold) -> Iterator[Finding]:
    """What the reports say of everything that a provision asks for, then what is claimed against it."""
    for role, field in ROLES:
        for name in getattr(provision, field):
            yield replace(held.finding(Name(pack.name, Kind.ELEMENT, name)), role=role)
    for name in provision.exemptions:
        finding = held.finding(Name(pack.name, Kind.EXEMPTION, name))
        if finding.standing is not Standing.MISSING:
            yield replace(finding, role=Role.EXEMPTION)
    for one in pack.justifications:
        finding = held.finding(Name(pack.name, Kind.JUSTIFICATION, one.id))
        if finding.standing is not Standing.MISSING:
            yield replace(finding, role=Role.JUSTIFICATION, note=one.note)


def _with_tier(findings: Sequence[Finding], reached: Tier) -> tuple[Finding, ...]:
    """The findings, of which the exemptions tell the tier that there would be without them."""
    without = f"without it: {reached.value}"
    return tuple(
        replace(one, note="; ".join(filter(None, (one.note, without)))) if one.role is Role.EXEMPTION else one
        for one in findings
    )


def _paragraph(pack: Pack, provision: Provision) -> Paragraph:
    """A provision with what it rests on."""
    return Paragraph(
        provision,
        next(one for one in pack.instruments if one.id == provision.instrument),
        {one.id: one for one in pack.elements},
        {one.id: one for one in pack.exemptions},
    )


def _known(paragraph: Paragraph) -> bool:
    """Whether it is known when a provision came into force."""
    return (paragraph.provision.in_force or paragraph.instrument.in_force) is not None


def _span(dated: Sequence[Mark]) -> Period | None:
    """From the first to the last day of what is told."""
    acts = [mark.act for mark in dated if mark.act is not None]
    return Period(min(act.first for act in acts), max(act.last for act in acts)) if acts else None


def _written(dated: Sequence[Mark]) -> str | None:
    """The same as an EDTF date or interval."""
    told = [(mark.act, mark.when) for mark in dated if mark.act is not None and mark.when is not None]
    if not told:
        return None
    first = min(told, key=lambda one: (one[0].first, one[1]))[1]
    last = max(told, key=lambda one: (one[0].last, one[1]))[1]
    return interval(first, last)


def _id(pack: Pack, provision: Provision, population: Population) -> str:
    """The same pack, provision and population give the same id on every machine."""
    asked = "\0".join((pack.name, provision.id, *key(population)))
    return "h-" + sha256(asked.encode()).hexdigest()[:16]
