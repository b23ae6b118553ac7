"""Write a brief into a document of Word, section by section."""

from collections.abc import Iterable, Mapping

from tallystick.reporting.brief import (
    Brief,
    ChangeLine,
    Conflicting,
    Cover,
    Element,
    Flagged,
    Footnote,
    KeyJudgement,
    Picture,
    ProvisionPanel,
    SourceLine,
    Tree,
)
from tallystick.reporting.printing.texts import openable
from tallystick.reporting.printing.typesetting import DOTS
from tallystick.reporting.printing.word import Row, Sheet, Words
from tallystick.values.phrases import count

__all__ = ["write"]

SEVERITIES = {"error": "cannot be right", "warning": "likely wrong", "note": "to know"}
GRADES = (
    "A grade names the reliability of the best source behind a figure, A to F, and beside it the credibility of the"
    " figure, 1 to 6. F and 6 mean that it cannot be judged. Origins are counted, never outlets."
)
NOTES = (
    "Each note leads to the words in a preserved report. The first digest is of the report as it was kept, the second"
    " of the words between the two positions, counted in characters of its text from 0."
)
# Millimeters by which a line of a tree stands further in than the one above it, and how often.
STEP, DEEPEST = 6, 8


def write(sheet: Sheet, brief: Brief, drawn: Mapping[str, bytes]) -> None:
    """Write `brief` into an empty `sheet`; `drawn` holds the drawings as PNG, by their SVG."""
    _cover(sheet, brief.cover)
    known = frozenset(note.number for note in brief.footnotes)
    writing = _Writing(sheet, drawn, known)
    writing.judgements(brief.judgements, brief.more)
    writing.changes(brief.changes, brief.changes_more, brief.cover.since)
    writing.charts(brief.charts, brief.map)
    writing.trees(brief.trees)
    writing.conflicts(brief.conflicts)
    writing.panels(brief.panels, brief.panels_more)
    writing.flags(brief.flags, brief.flags_more)
    _sources(sheet, brief.sources, brief.speakers)
    _method(sheet, brief.method, brief.cover.dossier_sha256)
    _notes(sheet, brief.footnotes)


def _cover(sheet: Sheet, cover: Cover) -> None:
    sheet.heading(cover.title, 0)
    if cover.about:
        sheet.paragraph(cover.about)
    days = (("As of the end of", cover.as_of), ("Changes since", cover.since), ("Latest report", cover.latest))
    told = [part for name, day in days if day for part in (_small(f"{name} "), Words(day, bold=True), "    ")]
    if told:
        sheet.paragraph(*told[:-1])
    counts = [part for number, word in cover.counts for part in (Words(number, bold=True), _small(f" {word}"), "    ")]
    if counts:
        sheet.paragraph(*counts[:-1])
    sheet.paragraph(_small(f"Tallystick {cover.version}"))


class _Writing:
    """The sections that have notes or drawings."""

    def __init__(self, sheet: Sheet, drawn: Mapping[str, bytes], known: frozenset[int]) -> None:
        self.sheet = sheet
        self.drawn = drawn
        self.known = known

    def judgements(self, judgements: Iterable[KeyJudgement], more: int) -> None:
        for place, one in enumerate(judgements):
            if place == 0:
                self.sheet.heading("Key judgements", 1)
                self.sheet.paragraph(_small(GRADES))
            self.sheet.heading(one.label, 2)
            self.sheet.paragraph(one.sentence, notes=self._noted(one.notes))
            told = (one.range if one.range != one.figure else "", one.independent, count(one.reports, "report"),
                    *one.qualities, "last known" if one.stale else "")  # fmt: skip
            # A sentence of its own: a status may be a word of likelihood.
            rest = " · ".join(part for part in told if part)
            rest = f"{one.credibility}. {rest}" if one.credibility else rest
            self.sheet.paragraph(Words(one.figure, bold=True), "   ", Words(one.grade, bold=True), "   ", _small(rest))
            if one.unsettled:
                self.sheet.paragraph(_small(f"No best figure: {one.unsettled}"))
        self._more(more, "further estimate in the case", "further estimates in the case")

    def changes(self, changes: Iterable[ChangeLine], more: int, since: str | None) -> None:
        rows = [_change(one) for one in changes]
        if rows:
            self.sheet.heading("What changed", 1)
            if since is not None:
                self.sheet.paragraph(
                    _small(f"Since the end of {since}: + came up, ~ is another, − went, ! to look at.")
                )
            self.sheet.table(("", "Kind", "Change"), rows, (8, 24, 134))
        self._more(more, "further change")

    def charts(self, charts: Iterable[Picture], where: Picture | None) -> None:
        for place, picture in enumerate(charts):
            if place == 0:
                self.sheet.heading("Figures over time", 1)
            self.sheet.heading(picture.title, 2)
            self._picture(picture)
        if where is not None:
            self.sheet.heading(where.title or "Map", 1)
            self._picture(where)

    def trees(self, trees: Iterable[Tree]) -> None:
        for place, tree in enumerate(trees):
            if place == 0:
                self.sheet.heading("Where the figures come from", 1)
            self.sheet.heading(tree.label, 2)
            if tree.picture is not None:
                self._picture(tree.picture)
            for line in tree.lines:
                words = Words(line.text, bold=line.depth == 0)
                paragraph = self.sheet.paragraph(words, notes=self._noted(line.notes))
                self.sheet.indent(paragraph, min(line.depth, DEEPEST) * STEP)

    def conflicts(self, conflicts: Iterable[Conflicting]) -> None:
        for place, one in enumerate(conflicts):
            if place == 0:
                self.sheet.heading("What cannot be reconciled", 1)
            self.sheet.heading(one.label, 2)
            self.sheet.paragraph(one.reason, notes=self._noted(one.notes))
            if one.arithmetic:
                self.sheet.paragraph(Words(one.arithmetic, mono=True))

    def panels(self, panels: Iterable[ProvisionPanel], more: int) -> None:
        for place, one in enumerate(panels):
            if place == 0:
                self.sheet.heading("Provisions that may apply", 1)
            self.sheet.heading(f"{one.citation}: {one.title}" if one.title else one.citation, 2)
            self.sheet.paragraph(_small(" · ".join(part for part in (one.population, one.tier) if part)))
            self.sheet.paragraph(one.statement)
            if one.elements:
                rows = [_element(fact) for fact in one.elements]
                held = self.sheet.table(("Asked for", "Standing", "To know"), rows, (74, 32, 60))
                for cells, fact in zip(held, one.elements, strict=True):
                    self.sheet.fill(cells[0], (), self._noted(fact.notes))
            if one.missing:
                self.sheet.paragraph(Words("To find out", bold=True))
            for missing in one.missing:
                self.sheet.paragraph(missing, style="List Bullet")
            for caution in one.cautions:
                self.sheet.paragraph(_small(caution))
        self._more(more, "further provision and population", "further provisions and populations")

    def flags(self, flags: Iterable[Flagged], more: int) -> None:
        told = tuple(flags)
        if told:
            self.sheet.heading("What does not add up", 1)
            rows = [_flag(one) for one in told]
            held = self.sheet.table(("Severity", "Code", "Reason"), rows, (32, 36, 98))
            for cells, one in zip(held, told, strict=True):
                self.sheet.fill(cells[-1], (), self._noted(one.notes))
        self._more(more, "further flag")

    def _noted(self, notes: Iterable[int]) -> list[int]:
        """The numbers that have a note to lead to."""
        return [number for number in notes if number in self.known]

    def _picture(self, picture: Picture) -> None:
        png = self.drawn.get(picture.svg)
        if png is None:
            self.sheet.paragraph(_small(picture.alternative))
        else:
            self.sheet.picture(png, DOTS, picture.alternative, picture.title)
        if picture.caution:
            self.sheet.paragraph(_small(picture.caution))

    def _more(self, number: int, one: str, many: str | None = None) -> None:
        if number:
            self.sheet.paragraph(_small(f"and {count(number, one, many)}"))


def _sources(sheet: Sheet, sources: Iterable[SourceLine], speakers: Iterable[tuple[str, int, int]]) -> None:
    rows = [_source(one) for one in sources]
    if rows:
        sheet.heading("Sources", 1)
        names = ("Source", "Reliability", "Kind", "Reports", "Figures", "Had first")
        sheet.table(names, rows, (52, 22, 38, 18, 18, 18))
    quoted: list[Row] = [([name], [f"{figures:,}"], [f"{origins:,}"]) for name, figures, origins in speakers]
    if quoted:
        sheet.heading("Who is quoted", 1)
        sheet.table(("Speaker", "Figures", "Origins"), quoted, (126, 20, 20))


def _method(sheet: Sheet, method: Iterable[str], dossier: str) -> None:
    told = tuple(method)
    if told:
        sheet.heading("How this report was made", 1)
        for paragraph in told:
            sheet.paragraph(paragraph)
        if dossier:
            sheet.paragraph(_small("Dossier, SHA-256: "), Words(dossier, mono=True))


def _notes(sheet: Sheet, notes: Iterable[Footnote]) -> None:
    for place, one in enumerate(notes):
        if place == 0:
            sheet.heading("Evidence", 1)
            sheet.paragraph(_small(NOTES))
        published = f", {one.published}" if one.published else ""
        first = sheet.paragraph(Words(f"{one.number}  {one.source}", bold=True), published)
        sheet.bookmark(first, f"note-{one.number}")
        address = openable(one.url)
        if address:
            sheet.fill(first, ("  ",))
            sheet.link(first, address)
        sheet.paragraph(_small(one.before), Words(one.words, marked=True), _small(one.behind))
        claim = f" · {one.claim}" if one.claim is not None else ""
        place_in = f"{one.document} · {one.start}–{one.end}{claim}"
        sheet.paragraph(
            Words(f"{place_in}\nreport {one.document_sha256}\nwords {one.span_sha256}", mono=True, quiet=True)
        )


def _change(one: ChangeLine) -> Row:
    mark = Words("−" if one.mark == "-" else one.mark, bold=True)
    return [mark], [_small(one.kind)], [one.text, *(_small(f"\n{cause}") for cause in one.causes)]


def _element(fact: Element) -> Row:
    return [fact.label], [Words(fact.standing, bold=True)], [_small(fact.note)]


def _flag(one: Flagged) -> Row:
    return [Words(SEVERITIES.get(one.severity, one.severity), bold=True)], [Words(one.code, mono=True)], [one.reason]


def _source(one: SourceLine) -> Row:
    numbers = ([f"{number:,}"] for number in (one.reports, one.figures, one.first))
    return [one.name], [one.reliability], [_small(one.kind)], *numbers


def _small(text: str) -> Words:
    return Words(text, quiet=True)
