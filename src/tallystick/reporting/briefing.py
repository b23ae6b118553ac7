"""What a printed report says: a ledger, its dossier and what is known beside them come in, a brief goes out.

What is flagged or disputed goes first, then what is reported most; everything is capped, and the rest is counted.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from tallystick.model.change import Change, ChangeKind
from tallystick.model.claim import Status
from tallystick.model.dossier import Dossier
from tallystick.model.estimate import Estimate
from tallystick.model.ledger import Ledger
from tallystick.reporting import graphs, selection, wording
from tallystick.reporting.brief import (
    Brief,
    ChangeLine,
    Conflicting,
    Cover,
    Element,
    Flagged,
    KeyJudgement,
    Picture,
    ProvisionPanel,
    SourceLine,
    Tree,
    TreeLine,
)
from tallystick.reporting.changed import line
from tallystick.reporting.charts import PRINTED, chart, drawable
from tallystick.reporting.derivation import Derivation, Derivations
from tallystick.reporting.footnotes import Footnotes
from tallystick.reporting.maps.outlines import Outlines
from tallystick.reporting.maps.sketch import Place, sketch
from tallystick.reporting.provisions import Panel, Told, panels
from tallystick.reporting.selection import population_of, readings_of
from tallystick.reporting.trees import Branch, trees
from tallystick.values.coordinates import Precision, whereabouts

__all__ = ["Edition", "Totals", "brief"]

# A reader takes in some twenty judgements; the page in HTML and `tallystick estimates` have the rest.
MOST_JUDGEMENTS = 24
MOST_NOTES, MOST_CHANGES, MOST_CONFLICTS, MOST_FLAGS, MOST_PANELS = 4, 60, 40, 60, 12
# A picture of origins takes a third of a page, a chart a quarter; a chart takes 35 ms.
MOST_TREES, MOST_CHARTS, MOST_LINES = 12, 12, 30
MOST_SOURCES, MOST_SPEAKERS, MOST_PLACES = 40, 30, 80
LETTERS = "ABCDEF"
TOLD_AS = {
    Status.PLANNED: "announced or planned",
    Status.ACTUAL: "reported as a fact",
    Status.POSSIBLE: "reported as possible",
    Status.DENIED: "denied",
}
SIDES = (
    "Every outline takes a side where a border is disputed; these show who is in control as their makers see it, and"
    " this report takes none. Countries have no mark: a point in their middle would say more than is known."
)


@dataclass(frozen=True, slots=True)
class Totals:
    """How much a case holds, where the ledger at hand is a part of it."""

    reports: int
    claims: int
    origins: int
    estimates: int
    flags: int
    hits: int


@dataclass(frozen=True, slots=True)
class Edition:
    """What is known of a report beside the ledger.

    Attributes:
        version: Of Tallystick.
        outlines: What the map is drawn on.
        totals: How much the case holds.
        sources: Its outlets, those with most figures first.
        speakers: Who is quoted: (name, figures, origins), those with most figures first.
        as_of: Day whose end the report is of, or None for the case as it is.
        since: Day from whose end on changes are told, or None.
        changes: What changed since.
        latest: Day of the latest report of the case, or None.
        drawn: Whether charts and origins are drawn; a page that has them already leaves them out.
    """

    version: str
    outlines: Outlines
    totals: Totals
    sources: tuple[SourceLine, ...] = ()
    speakers: tuple[tuple[str, int, int], ...] = ()
    as_of: str | None = None
    since: str | None = None
    changes: tuple[Change, ...] = ()
    latest: str | None = None
    drawn: bool = True


def brief(ledger: Ledger, dossier: Dossier, edition: Edition) -> Brief:
    """Give what the report of a case says.

    Args:
        ledger: What the case holds, or the part of it that a report shows.
        dossier: Its subject.
        edition: What is known beside the ledger.
    """
    claims = {claim.id: claim for claim in ledger.claims}
    notes = Footnotes({document.id: document for document in ledger.documents}, claims)
    estimates = _foremost(ledger)
    judged = tuple(_judgement(estimate, notes) for estimate in estimates)
    changes, more = _changes(edition.changes)
    # In the order in which a reader comes to them, so that footnotes are numbered by first mention.
    drawn = tuple(_trees(map(Derivations(ledger).of, estimates), notes)) if edition.drawn else ()
    charts = tuple(_charts(ledger, estimates)) if edition.drawn else ()
    conflicts = tuple(_conflicts(ledger, notes))
    told = tuple(_panels(ledger, dossier, notes))
    flags = tuple(
        Flagged(flag.id, flag.code.replace("_", " "), flag.severity, _line(flag.reason),
                notes.of_claims(flag.claims, MOST_NOTES) or notes.of_spans(flag.evidence, MOST_NOTES))
        for flag in ledger.flags[:MOST_FLAGS]
    )  # fmt: skip
    return Brief(
        _cover(dossier, edition), judged, max(edition.totals.estimates - len(judged), 0), changes, more,
        charts, _map(ledger, edition.outlines), drawn, conflicts, told,
        max(edition.totals.hits - len(told), 0), flags,
        max(edition.totals.flags - len(flags), 0), edition.sources[:MOST_SOURCES], edition.speakers[:MOST_SPEAKERS],
        _method(), notes.notes(),
    )  # fmt: skip


def _cover(dossier: Dossier, edition: Edition) -> Cover:
    totals = edition.totals
    counted = (
        (totals.reports, "report"), (totals.claims, "claim"), (totals.origins, "origin"),
        (totals.estimates, "estimate"), (totals.flags, "flag"), (totals.hits, "provision hit"),
    )  # fmt: skip
    counts = tuple((f"{number:,}", word if number == 1 else f"{word}s") for number, word in counted)
    return Cover(
        _line(dossier.title), _line(dossier.about), edition.as_of, edition.since, edition.latest, counts,
        edition.version, dossier.sha256,
    )  # fmt: skip


def _foremost(ledger: Ledger) -> list[Estimate]:
    """The estimates that are judged, what matters most first."""
    rank = selection.ranking(ledger)
    return sorted(selection.first(ledger.estimates, MOST_JUDGEMENTS, rank), key=rank)


def _judgement(estimate: Estimate, notes: Footnotes) -> KeyJudgement:
    label = _line(estimate.population.label)
    reach = wording.span(estimate.low, estimate.high)
    open_range = estimate.low is None and estimate.high is None
    figure = wording.figure(estimate.best) if estimate.best is not None else "no figure" if open_range else reach
    unsettled = _line(wording.unsettled(estimate))
    standing = [reading for reading in estimate.readings if not reading.superseded] or list(estimate.readings)
    letter = min((reading.reliability for reading in standing), default="F", key=LETTERS.index)
    origins = wording.independent(estimate.independent)
    shown = [reading.claims[0] for reading in readings_of(estimate) if reading.claims]
    qualities = (
        estimate.status.value,
        estimate.measure and estimate.measure.value,
        estimate.when and _line(estimate.when),
    )
    return KeyJudgement(
        estimate.id, label, _sentence(estimate, label, figure, reach), figure,
        "" if estimate.best is None or open_range else reach, tuple(one for one in qualities if one),
        f"{letter}{estimate.credibility}", wording.credibility(estimate.credibility),
        f"{origins} independent {'origin' if origins == '1' else 'origins'}", estimate.reports, unsettled,
        estimate.stale, notes.of_claims(shown, MOST_NOTES),
    )  # fmt: skip


def _sentence(estimate: Estimate, label: str, figure: str, reach: str) -> str:
    """The judgement in one sentence, without a word of confidence."""
    told = TOLD_AS[estimate.status]
    when = f" for {_line(estimate.when)}" if estimate.when else ""
    if estimate.best is not None:
        within = "" if reach == figure else f", within {reach}"
        return f"{label}: {figure}{within}, {told}{when}."
    if estimate.low is None and estimate.high is None:
        return f"{label}: {told}{when}, without a figure that can be used."
    return f"{label}: {reach}, {told}{when}; there is no best figure."


def _changes(found: Sequence[Change]) -> tuple[tuple[ChangeLine, ...], int]:
    """What changed, what moved a figure first; and how many changes are left out."""
    reports = (ChangeKind.REPORT, ChangeKind.REPORT_GONE)
    order = sorted(found, key=lambda change: change.kind in reports)
    return tuple(map(line, order[:MOST_CHANGES])), max(len(order) - MOST_CHANGES, 0)


def _charts(ledger: Ledger, estimates: Iterable[Estimate]) -> Iterator[Picture]:
    """Charts of the populations of the judged estimates that have a course."""
    held: dict[selection.Population, list[Estimate]] = defaultdict(list)
    for estimate in ledger.estimates:
        held[population_of(estimate)].append(estimate)
    drawn = 0
    for population in dict.fromkeys(map(population_of, estimates)):
        if drawn < MOST_CHARTS and drawable(held[population]):
            made = chart(held[population], f"chart-{drawn}", PRINTED)
            if made is not None:
                drawn += 1
                yield Picture(_line(held[population][0].population.label), made.svg, _line(made.description))


def _map(ledger: Ledger, outlines: Outlines) -> Picture | None:
    """The places of the estimates that have a point."""
    origins: Counter[str] = Counter()
    named: dict[str, str] = {}
    for estimate in ledger.estimates:
        spot = whereabouts(estimate.population.place) if estimate.population.place else None
        if spot is not None and spot.latitude is not None:
            named.setdefault(spot.identifier, str(estimate.population.place))
            origins[spot.identifier] = max(origins[spot.identifier], estimate.independent.high)
    places = []
    for name in sorted(named, key=lambda one: (-origins[one], one))[:MOST_PLACES]:
        spot = whereabouts(named[name])
        if spot is not None and spot.latitude is not None and spot.longitude is not None:
            exact = spot.precision is Precision.CITY
            places.append(Place(_line(named[name]), spot.longitude, spot.latitude, exact, origins[name]))
    if not places:
        return None
    told = "; ".join(f"{one.name}: {wording.count(one.origins, 'origin')}" for one in places)
    trouble = f" {_line(outlines.trouble)}; it is not used." if outlines.trouble else ""
    return Picture("Where", sketch(places, outlines), told, f"Outlines: {_line(outlines.source)}.{trouble} {SIDES}")


def _trees(derivations: Iterable[Derivation], notes: Footnotes) -> Iterator[Tree]:
    """The origins behind the first estimates that more than one report carries."""
    drawn = 0
    for derivation in derivations:
        if drawn == MOST_TREES:
            return
        if sum(len(one.carriers) for one in derivation.lines) > 1:
            drawn += 1
            label = _line(derivation.estimate.population.label)
            described = f"Origins of {label}: the lines beside it say the same."
            picture = Picture(f"Origins of {label}", graphs.picture(derivation), described)
            lines = tuple(_lines(derivation, notes))[:MOST_LINES]
            yield Tree(derivation.estimate.id, f"{label} ({derivation.estimate.status.value})", lines, picture)


def _lines(derivation: Derivation, notes: Footnotes) -> Iterator[TreeLine]:
    for tree in trees(derivation):
        origin = tree.origin
        who = _line(origin.speaker) or "nobody named"
        yield TreeLine(0, f"{who}{f', {origin.date}' if origin.date else ''}: {_line(origin.reason)}", ())
        for branch in tree.branches:
            yield _branch(branch, notes)
            for copy in branch.copies:
                yield _branch(copy, notes)


def _branch(branch: Branch, notes: Footnotes) -> TreeLine:
    """A report, with its figures and by what it goes back to the one above."""
    carrier = branch.carrier
    document = carrier.document
    day = f", {document.published[:10]}" if document.published else ""
    figures = "; ".join(dict.fromkeys(_line(claim.figure) for claim in carrier.claims))
    how = f", by {wording.mechanism(branch.step.edges[0].mechanism)}" if branch.step else ""
    names = [claim.id for claim in carrier.claims]
    text = f"{_line(document.outlet or document.title or document.id)}{day}: {figures}{how}"
    return TreeLine(branch.depth + 1, text, notes.of_claims(names, 1))


def _conflicts(ledger: Ledger, notes: Footnotes) -> Iterator[Conflicting]:
    held = ((estimate, conflict) for estimate in ledger.estimates for conflict in estimate.conflicts)
    for count, (estimate, conflict) in enumerate(held):
        if count == MOST_CONFLICTS:
            return
        yield Conflicting(
            _line(estimate.population.label), _line(conflict.reason), _line(conflict.arithmetic),
            notes.of_claims(conflict.claims or estimate.claims, MOST_NOTES),
        )  # fmt: skip


def _panels(ledger: Ledger, dossier: Dossier, notes: Footnotes) -> Iterator[ProvisionPanel]:
    """The provisions that may apply, the gravest tier first."""
    held = {one.hit.id: (panel, one) for panel in panels(ledger.hits, dossier) for one in panel.told}
    for hit in [hit for hit in ledger.hits if hit.id in held][:MOST_PANELS]:
        yield _panel(*held[hit.id], notes)


def _panel(panel: Panel, told: Told, notes: Footnotes) -> ProvisionPanel:
    elements = tuple(
        Element(
            _line(one.label), _line(one.standing), _line(one.note),
            notes.of_claims((*one.claims, *one.against), MOST_NOTES)
            or notes.of_spans(one.finding.evidence, MOST_NOTES),
        )
        for one in (*told.lines, *told.claimed)
    )  # fmt: skip
    cautions = (*panel.unchecked, *([told.place] if told.place else []))
    return ProvisionPanel(
        told.hit.id, _line(panel.cited), _line(f"{panel.provision.actor}: {panel.provision.act}"),
        _line(told.hit.population.label), told.tier,
        _line(told.hit.statement), elements, tuple(map(_line, told.hit.missing)), tuple(map(_line, cautions)),
    )  # fmt: skip


@cache
def _method() -> tuple[str, ...]:
    """How a report is made and where its limits are, a paragraph each."""
    text = files("tallystick.reporting").joinpath("templates", "method.txt").read_text(encoding="utf-8")
    return tuple(" ".join(paragraph.split()) for paragraph in text.split("\n\n"))


def _line(text: str | None) -> str:
    return " ".join(wording.legible(text).split())
