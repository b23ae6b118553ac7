"""Write the report of a case: the ledger and the dossier come in, one HTML page goes out.

The page holds everything it shows: no script, no font, no picture is fetched, and every figure on it leads to its
highlighted words in the text of a document. The same ledger gives the same bytes.
"""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from tallystick.model.claim import Claim
from tallystick.model.document import Document
from tallystick.model.dossier import Dossier
from tallystick.model.estimate import Estimate
from tallystick.model.flag import Evidence, Flag
from tallystick.model.ledger import Ledger
from tallystick.model.quantity import Number
from tallystick.reporting import wording
from tallystick.reporting.cards import cards, place
from tallystick.reporting.charts import Drawn, chart
from tallystick.reporting.passages import Paragraph, marked, paragraphs, shown_evidence
from tallystick.reporting.trees import Tree, Trees

__all__ = ["report"]

TEMPLATE = "report.html"
STYLE = "style.css"
SEVERITIES = ("error", "warning", "note")


class _Line(NamedTuple):
    """An estimate with its origin trees."""

    estimate: Estimate
    trees: tuple[Tree, ...]


class _Section(NamedTuple):
    """One population with its lines and its chart."""

    label: str
    anchor: str
    lines: tuple[_Line, ...]
    chart: Drawn | None


class _Page(NamedTuple):
    """A document as the page shows it, with the claims and the evidence that have a mark in its text."""

    document: Document
    address: str | None
    paragraphs: tuple[Paragraph, ...]
    marked: frozenset[str]
    evidence: frozenset[Evidence]
    claims: tuple[Claim, ...]


def report(ledger: Ledger, dossier: Dossier, *, version: str) -> str:
    """Give the report of a case as one self-contained HTML page.

    Args:
        ledger: What the case holds.
        dossier: The subject; its title, its sources and the digest of its file are shown.
        version: Of Tallystick, so that a reader knows which rules made the page.
    """
    documents = {document.id: document for document in ledger.documents}
    claims = {claim.id: claim for claim in ledger.claims}
    origin_of = {name: origin for origin in ledger.lineage.origins for name in origin.claims}
    estimate_of = {name: estimate for estimate in ledger.estimates for name in estimate.claims}
    sections = _sections(ledger, Trees(documents, claims, ledger.lineage))
    pages = _pages(ledger)
    return (
        _environment()
        .get_template(TEMPLATE)
        .render(
            dossier=dossier,
            version=version,
            ledger=ledger,
            documents=documents,
            claims=claims,
            origin_of=origin_of,
            estimate_of=estimate_of,
            estimates={estimate.id: estimate for estimate in ledger.estimates},
            sections=sections,
            flags=_by_severity(ledger.flags),
            pages=pages,
            cards=cards(ledger, dossier),
            flagged=frozenset(one for flag in ledger.flags for one in flag.evidence),
            shown=frozenset(one for page in pages for one in page.evidence),
            most=max((estimate.reports for estimate in ledger.estimates), default=1),
            style=Markup(_style()),  # noqa: S704 - our own file
        )
    )


def _sections(ledger: Ledger, trees: Trees) -> tuple[_Section, ...]:
    """The estimates by population, in their order."""
    groups: dict[tuple[str, ...], list[Estimate]] = defaultdict(list)
    for estimate in ledger.estimates:
        population = estimate.population
        groups[population.category, population.origin or "", population.place or "", population.unit].append(estimate)
    sections = []
    for held in groups.values():
        name = wording.anchor("p", held[0].id)
        lines = tuple(_Line(estimate, trees.of(estimate)) for estimate in held)
        sections.append(_Section(held[0].population.label, name, lines, chart(held, name)))
    return tuple(sections)


def _pages(ledger: Ledger) -> tuple[_Page, ...]:
    """The documents with their claims marked."""
    by_document: Mapping[str, list[Claim]] = defaultdict(list)
    for claim in ledger.claims:
        by_document[claim.document].append(claim)
    evidence: Mapping[str, list[Evidence]] = defaultdict(list)
    for flag in ledger.flags:
        for one in flag.evidence if not flag.claims else ():
            evidence[one.document].append(one)
    for fact in ledger.facts:
        evidence[fact.document].append(place(fact))
    pages = []
    for document in ledger.documents:
        claims = tuple(by_document[document.id])
        shown = paragraphs(document, claims, evidence[document.id])
        found = shown_evidence(shown)
        pages.append(_Page(document, wording.address(document), shown, marked(shown), found, claims))
    return tuple(pages)


def _witness(estimate: Estimate, value: Number) -> str | None:
    """The claim that gives a figure of the estimate, where one does: a median or a widened end is nobody's words."""
    for reading in estimate.readings:
        if value in (reading.low, reading.high) and reading.claims and not reading.superseded:
            return reading.claims[0]
    return None


def _by_severity(flags: tuple[Flag, ...]) -> tuple[tuple[str, tuple[Flag, ...]], ...]:
    """The flags under the heading of their severity, the worst first; severities without flags are left out."""
    names = (*SEVERITIES, *sorted({flag.severity for flag in flags} - set(SEVERITIES)))
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
    environment.filters |= {"legible": wording.legible, "figure": wording.figure, "independent": wording.independent}
    environment.globals |= {
        "anchor": wording.anchor, "bounded": wording.bounded, "witness": _witness, "count": wording.count,
        "credibility": wording.credibility, "mechanism": wording.mechanism, "place": place, "svg": Markup,
    }  # fmt: skip
    return environment


def _style() -> str:
    return files("tallystick.reporting").joinpath("templates", STYLE).read_text(encoding="utf-8")
