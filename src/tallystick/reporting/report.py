"""Write the report of a case: the ledger and the dossier come in, one HTML page goes out.

The page holds everything it shows: no script, no font, no picture is fetched, and every figure on it leads to its
highlighted words in the text of a document. What a large case has too much of is counted and named. The same ledger
gives the same bytes.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from tallystick.model.claim import Claim
from tallystick.model.document import Document
from tallystick.model.dossier import Dossier
from tallystick.model.estimate import Estimate, Reading
from tallystick.model.flag import Evidence, Flag
from tallystick.model.ledger import Ledger
from tallystick.model.quantity import Number
from tallystick.reporting import graphs, selection, wording
from tallystick.reporting.brief import Brief, Footnote
from tallystick.reporting.briefing import Totals
from tallystick.reporting.cards import cards, place
from tallystick.reporting.charts import Drawn, chart, drawable
from tallystick.reporting.derivation import Carrier, Derivation, Derivations
from tallystick.reporting.passages import Paragraph, marked, paragraphs, shortened, shown_evidence
from tallystick.reporting.printing.templating import drawn, sandbox, text_of
from tallystick.reporting.provisions import panels
from tallystick.reporting.selection import Selection
from tallystick.reporting.sharing import Alike, shared
from tallystick.reporting.trees import Tree, trees

__all__ = ["counted", "report"]

TEMPLATE = "report.html"
STYLES = ("style.css", "graph.css")
# A picture of one report tells nothing that the line beside it does not.
FEWEST_DRAWN = 2


class _Card(NamedTuple):
    """An estimate with its readings, its origin trees and their picture."""

    estimate: Estimate
    derivation: Derivation
    readings: tuple[Reading, ...]
    trees: tuple[Tree, ...]
    graph: str | None


class _Section(NamedTuple):
    """One population with its cards and its chart."""

    label: str
    anchor: str
    cards: tuple[_Card, ...]
    chart: Drawn | None


class _Page(NamedTuple):
    """A document as the page shows it, with the claims and the evidence that have a mark in its text."""

    document: Document
    address: str | None
    paragraphs: tuple[Paragraph, ...]
    left_out: int
    marked: frozenset[str]
    evidence: frozenset[Evidence]
    claims: tuple[Claim, ...]
    alike: tuple[Alike, ...]


class _Shown(NamedTuple):
    """What links may lead to: claims and evidence with a place on the page, and documents that are named on it."""

    claims: frozenset[str]
    evidence: frozenset[Evidence]
    texts: frozenset[str]
    named: frozenset[str]
    estimates: frozenset[str]


def report(
    ledger: Ledger, dossier: Dossier, *, version: str, brief: Brief | None = None, totals: Totals | None = None,
    template: bytes | None = None,
) -> str:  # fmt: skip
    """Give the report of a case as one self-contained HTML page.

    Args:
        ledger: What the case holds, or the part of it that the page shows.
        dossier: The subject; its title, its sources and the digest of its file are shown.
        version: Of Tallystick, so that a reader knows which rules made the page.
        brief: What a printed report says; the page then begins with its judgements, tells what changed and where, and
            ends with its sources, its method and its footnotes.
        totals: How much the case holds, where the ledger is a part of it.
        template: A template of Jinja that takes the place of the bundled one; it may include the parts of that, and
            runs in a sandbox.

    Raises:
        TemplateError: Where the template is faulty.
    """
    chosen = selection.select(ledger)
    pages = _pages(ledger, chosen)
    shown = _Shown(
        frozenset(claim.id for page in pages for claim in page.claims),
        frozenset(one for page in pages for one in page.evidence),
        chosen.texts,
        chosen.named,
        frozenset(estimate.id for estimate in chosen.estimates),
    )
    facts = tuple(fact for fact in ledger.facts if fact.document in chosen.named)
    values = {
        "dossier": dossier,
        "version": version,
        "ledger": ledger,
        "documents": {document.id: document for document in ledger.documents},
        "claims": {claim.id: claim for claim in ledger.claims},
        "estimate_of": {name: estimate for estimate in chosen.estimates for name in estimate.claims},
        "estimates": {estimate.id: estimate for estimate in ledger.estimates},
        "chosen": chosen,
        "shown": shown,
        "sections": _sections(ledger, chosen, shown),
        "flags": _by_severity(chosen.flags),
        "panels": panels(ledger.hits, dossier),
        "besides": _besides({claim.id: claim for claim in ledger.claims}),
        "facts": {fact.id: fact for fact in ledger.facts},
        "failures": ledger.failures[: selection.MOST_FAILURES],
        "judgements": ledger.judgements[-selection.MOST_JUDGEMENTS :],
        "pages": pages,
        "unshown": [one for one in ledger.documents if one.id in chosen.named and one.id not in chosen.texts],
        "cards": cards(replace(ledger, facts=facts), dossier)[: selection.MOST_CARDS],
        "cards_in_all": len({fact.document for fact in ledger.facts}),
        "flagged": frozenset(one for flag in ledger.flags for one in flag.evidence),
        "most": max((estimate.reports for estimate in ledger.estimates), default=1),
        "most_places": selection.MOST_PLACES,
        "style": Markup("".join(map(_style, STYLES))),  # noqa: S704 - our own files
        "brief": brief,
        "cited": _cited(brief),
        "totals": totals or counted(ledger),
    }
    if template is not None:
        return drawn(_own(template), values)
    return _environment().get_template(TEMPLATE).render(values)


def counted(ledger: Ledger) -> Totals:
    """Give how much a whole ledger holds."""
    return Totals(
        len(ledger.documents), len(ledger.claims), len(ledger.lineage.origins), len(ledger.estimates),
        len(ledger.flags), len(ledger.hits),
    )  # fmt: skip


def _cited(brief: Brief | None) -> tuple[Footnote, ...]:
    """The footnotes of the judgements: what else is cited on the page leads to its words itself."""
    if brief is None:
        return ()
    last = max((number for one in brief.judgements for number in one.notes), default=0)
    return brief.footnotes[:last]


def _sections(ledger: Ledger, chosen: Selection, shown: _Shown) -> tuple[_Section, ...]:
    """The estimates that have a card, by population, in their order; charts for the foremost populations."""
    derivations = Derivations(ledger)
    groups: dict[selection.Population, list[Estimate]] = defaultdict(list)
    for estimate in chosen.estimates:
        groups[selection.population_of(estimate)].append(estimate)
    charted = frozenset([one for one in chosen.populations if drawable(groups[one])][: selection.MOST_CHARTS])
    sections = []
    for population, held in groups.items():
        name = wording.anchor("p", held[0].id)
        drawn = chart(held, name) if population in charted else None
        made = tuple(_card(derivations.of(estimate), shown) for estimate in held)
        sections.append(_Section(held[0].population.label, name, made, drawn))
    return tuple(sections)


def _card(derivation: Derivation, shown: _Shown) -> _Card:
    """The card of an estimate."""

    def link(carrier: Carrier) -> str | None:
        claim = carrier.claims[0].id
        return f"#{wording.anchor('c', claim)}" if claim in shown.claims else None

    estimate = derivation.estimate
    drawn = None
    if sum(len(line.carriers) for line in derivation.lines) >= FEWEST_DRAWN:
        drawn = graphs.graph(derivation, wording.anchor("g", estimate.id), link)
    return _Card(estimate, derivation, selection.readings_of(estimate), trees(derivation), drawn)


def _pages(ledger: Ledger, chosen: Selection) -> tuple[_Page, ...]:
    """The documents whose text is shown, with their claims marked."""
    by_document: Mapping[str, list[Claim]] = defaultdict(list)
    for claim in ledger.claims:
        by_document[claim.document].append(claim)
    evidence: Mapping[str, list[Evidence]] = defaultdict(list)
    figures = {(claim.document, claim.start, claim.end) for claim in ledger.claims}
    for flag in ledger.flags:
        for one in flag.evidence:
            # A figure has its own mark.
            if (one.document, one.start, one.end) not in figures:
                evidence[one.document].append(one)
    for fact in ledger.facts:
        if fact.document in chosen.texts:
            evidence[fact.document].append(place(fact))
    sharing = shared(ledger, chosen.texts)
    pages = []
    for document in ledger.documents:
        if document.id not in chosen.texts:
            continue
        claims = tuple(by_document[document.id])
        spans = sharing.spans.get(document.id, ())
        told, left_out = paragraphs(document, claims, evidence[document.id], spans), 0
        if len(document.text) > selection.LONGEST_TEXT:
            told, left_out = shortened(told)
        alike = sharing.alike.get(document.id, ())
        pages.append(
            _Page(
                document, wording.address(document), told, left_out, marked(told), shown_evidence(told), claims, alike
            )
        )
    return tuple(pages)


def _witness(estimate: Estimate, value: Number) -> str | None:
    """The claim that gives a figure of the estimate, where one does: a median or a widened end is nobody's words."""
    for reading in estimate.readings:
        if value in (reading.low, reading.high) and reading.claims and not reading.superseded:
            return reading.claims[0]
    return None


def _standing(estimate: Estimate) -> tuple[tuple[str, str], ...]:
    """The figures that its origins give and have not replaced, each once, with a claim that has it."""
    found: dict[str, str] = {}
    for reading in estimate.readings:
        if not reading.superseded and reading.claims:
            told = wording.bounded(reading.low, reading.high, reading.bound).partition(" (")[0]
            found.setdefault(told, reading.claims[0])
    return tuple(found.items())


def _besides(claims: Mapping[str, Claim]) -> Callable[[Flag], tuple[Evidence, ...]]:
    """What gives the spans of a flag that are not the figures of its claims."""

    def besides(flag: Flag) -> tuple[Evidence, ...]:
        held = [claims[name] for name in flag.claims if name in claims]
        figures = {Evidence(claim.document, claim.start, claim.end) for claim in held}
        return tuple(one for one in flag.evidence if one not in figures)

    return besides


def _by_severity(flags: tuple[Flag, ...]) -> tuple[tuple[str, tuple[Flag, ...]], ...]:
    """The flags under the heading of their severity, the worst first; severities without flags are left out."""
    severities = selection.SEVERITIES
    names = (*severities, *sorted({flag.severity for flag in flags} - set(severities)))
    found = ((name, tuple(flag for flag in flags if flag.severity == name)) for name in names)
    return tuple((name, held) for name, held in found if held)


@cache
def _environment() -> Environment:
    """Templates that escape whatever they are given; `legible` neutralizes what escaping leaves."""
    environment = Environment(
        loader=PackageLoader("tallystick.reporting"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    _equip(environment)
    return environment


def _own(template: bytes) -> Template:
    """A template of the user's own, with what the bundled one has."""
    return sandbox(text_of(template), markup=True, loader=PackageLoader("tallystick.reporting"), equip=_equip)


def _equip(environment: Environment) -> None:
    """Add the words that templates of a page use."""
    environment.filters |= {"legible": wording.legible, "figure": wording.figure, "independent": wording.independent}
    environment.globals |= {
        "anchor": wording.anchor, "bounded": wording.bounded, "witness": _witness, "count": wording.count,
        "credibility": wording.credibility, "mechanism": wording.mechanism, "place": place, "svg": Markup,
        "conflict_kind": wording.conflict_kind, "credibility_reason": wording.credibility_reason,
        "unsettled": wording.unsettled, "widening": wording.widening, "range_of": wording.span, "standing": _standing,
    }  # fmt: skip


def _style(name: str) -> str:
    return files("tallystick.reporting").joinpath("templates", name).read_text(encoding="utf-8")
