"""Draw where an estimate comes from: a derivation comes in, one SVG goes out.

Statements at the left, reports to the right of what they repeat, every step with what showed it; how sure a step is
shows in its line, its reason when pointed at. Nothing in the picture runs; the same derivation gives the same bytes.
"""

from collections.abc import Callable, Iterator
from importlib.resources import files
from typing import NamedTuple
from unicodedata import east_asian_width

from markupsafe import escape

from tallystick.model.lineage import Edge
from tallystick.reporting.derivation import Carrier, Derivation, Step
from tallystick.reporting.layouts import Box, Layout, laid_out
from tallystick.reporting.wording import bounded, count, independent, legible, mechanism, short_mechanism

__all__ = ["FAIR", "FIRM", "graph", "picture", "reasons"]

# How sure a step is, in three kinds of line: word-for-word copies and credit lines; statements matched by their
# figure and day; the rest (the confidences that tracing gives to its mechanisms).
FIRM, FAIR = 0.9, 0.75
STATEMENT_WIDTH, REPORT_WIDTH, BOX_HEIGHT = 184, 146, 42
GAP, PITCH = 118, 56
MARGIN, LEGEND = 10, 30
# Pixels of a character of a name, of a date or a label: those of DejaVu Sans, the widest of the fonts asked for.
NAME_SIGN, SIGN = 8.0, 6.8
# The legend below takes as much.
NARROWEST = 470
# Reasons in one tooltip: a report with a hundred figures shares as many steps with its source.
MOST_REASONS = 4
LONGEST_REASON = 300
STYLE = "graph.css"
# The page's colors, for a picture that stands alone.
ALONE = (
    ".graph{--panel:#fff;--ink:#1b1f24;--quiet:#5b636d;--accent:#1d4f7c;--denied:#a8322d;"
    "background:var(--panel);color:var(--ink)}"
    "@media (prefers-color-scheme:dark){.graph{--panel:#1b1f25;--ink:#e7e6e1;--quiet:#a3abb5;"
    "--accent:#8fc1f0;--denied:#f0928c}}"
)

Link = Callable[[Carrier], str | None]


class _Spot(NamedTuple):
    """Where a box stands in the picture: its edges, and its middle from above."""

    left: int
    right: int
    middle: int


def graph(derivation: Derivation, name: str, link: Link | None = None) -> str:
    """Give the picture of `derivation` for a page that has the style `graph.css`.

    Args:
        derivation: What is drawn.
        name: Unique on the page; the ids inside begin with it.
        link: Where the words of a report stand, as a fragment of the page; None leaves the report without a link.
    """
    layout = laid_out(derivation)
    return "".join(_svg(derivation, layout, name, link or (lambda _: None), style=""))


def picture(derivation: Derivation) -> str:
    """Give the picture of `derivation` as a file of its own, for light and dark."""
    style = ALONE + files("tallystick.reporting").joinpath("templates", STYLE).read_text(encoding="utf-8")
    return "".join(_svg(derivation, laid_out(derivation), "graph", lambda _: None, style=style)) + "\n"


def reasons(step: Step) -> tuple[str, ...]:
    """What shows a step, in lines: each mechanism with its confidence and its reason; the last line counts the rest."""
    told = [_reason(edge) for edge in step.edges[:MOST_REASONS]]
    rest = len(step.edges) - len(told)
    return (*told, *([f"and {count(rest, 'more reason')}"] if rest else []))


def _reason(edge: Edge) -> str:
    words = edge.reason if len(edge.reason) <= LONGEST_REASON else edge.reason[: LONGEST_REASON - 1] + "…"
    return f"{mechanism(edge.mechanism)}, {edge.kind.value}, confidence {edge.confidence:.2f}. {words}"


def _svg(derivation: Derivation, layout: Layout, name: str, link: Link, style: str) -> Iterator[str]:
    width = max(_left(layout.columns) - GAP + MARGIN, NARROWEST)
    height = layout.rows * PITCH + LEGEND
    spots = [_spot(box) for box in layout.boxes]
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="graph" role="group" viewBox="0 0 {width} {height}"'
        f' width="{width}" height="{height}" aria-labelledby="{name}-title {name}-about">'
        f'<title id="{name}-title">{_safe(f"Where it comes from: {derivation.estimate.population.label}")}</title>'
        f'<desc id="{name}-about">{_safe(_described(derivation, layout))}</desc>'
    )
    if style:
        yield f"<style>{style}</style>"
    yield (
        f'<defs><marker id="{name}-tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8"'
        ' markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0L8 4L0 8z" class="tip"/></marker></defs>'
    )
    for one, other in layout.linked:
        yield _linked(spots[one], spots[other])
    for earlier, later, step in layout.also:
        yield _further(spots[earlier], spots[later], step)
    # Lines to what is only counted lie below those that say something.
    for box, spot in sorted(zip(layout.boxes, spots, strict=True), key=lambda pair: pair[0].carrier is not None):
        if box.above is not None:
            yield _arrow(box, spots[box.above], spot, name)
    for box, spot in zip(layout.boxes, spots, strict=True):
        yield _box(derivation, box, spot, link)
    yield _legend(height) + "</svg>"


def _left(column: int) -> int:
    """Where the boxes of a column begin."""
    return MARGIN + (STATEMENT_WIDTH + GAP + (column - 1) * (REPORT_WIDTH + GAP) if column else 0)


def _spot(box: Box) -> _Spot:
    left = _left(box.column)
    return _Spot(left, left + (REPORT_WIDTH if box.column else STATEMENT_WIDTH), box.row * PITCH + PITCH // 2)


def _arrow(box: Box, earlier: _Spot, later: _Spot, name: str) -> str:
    """The line to a box from what it goes back to, with what showed it."""
    start = f"M{earlier.right} {earlier.middle}"
    if earlier.middle != later.middle:
        trunk = earlier.right + 14
        start += f"H{trunk - 6}Q{trunk} {earlier.middle} {trunk} {earlier.middle + 6}V{later.middle - 6}"
        start += f"Q{trunk} {later.middle} {trunk + 6} {later.middle}"
    if box.carrier is None:
        return f'<path class="step rest" d="{start}H{later.left - 4}"/>'
    label, words, style = "first telling", box.origin.reason, "first"
    if box.step is not None:
        edge = box.step.edges[0]
        label, words, style = short_mechanism(edge.mechanism), "\n".join(reasons(box.step)), _sureness(edge.confidence)
    label = _safe(label)
    return (
        f'<g class="step {style}"><title>{_safe(words)}</title>'
        f'<path d="{start}H{later.left - 2}" marker-end="url(#{name}-tip)"/>'
        f'<text x="{later.left - 8}" y="{later.middle - 5}" text-anchor="end">{label}</text></g>'
    )


def _further(earlier: _Spot, later: _Spot, step: Step) -> str:
    """A further step of a report, as a thin curve without a label."""
    start, end = earlier.middle + 12, later.middle + 12
    bend = (later.left - earlier.right) // 2
    words, style = "\n".join(reasons(step)), _sureness(step.edges[0].confidence)
    curve = f"C{earlier.right + bend} {start} {later.left - bend} {end} {later.left} {end}"
    return f'<g class="step also {style}"><title>{_safe(words)}</title><path d="M{earlier.right} {start}{curve}"/></g>'


def _linked(one: _Spot, other: _Spot) -> str:
    """Two statements whose speakers may share what they know."""
    words = "The two may share what they know: together they count as one to two independent origins."
    return (
        f'<g class="linked"><title>{_safe(words)}</title><path d="M{one.left} {one.middle}'
        f'C{one.left - MARGIN} {one.middle} {other.left - MARGIN} {other.middle} {other.left} {other.middle}"/></g>'
    )


def _box(derivation: Derivation, box: Box, spot: _Spot, link: Link) -> str:
    if box.above is None:
        return _statement(derivation, box, spot)
    if box.carrier is None:
        what = count(box.rest, "more copy" if box.copies else "more report", "more copies" if box.copies else None)
        return f'<text class="rest" x="{spot.left}" y="{spot.middle + 4}">and {_safe(what)}</text>'
    document, claims = box.carrier.document, box.carrier.claims
    figures = claims[0].figure + (f" +{len(claims) - 1}" if len(claims) > 1 else "")
    outlet = document.outlet or document.title or document.id
    date = document.published[:10] if document.published else "undated"
    words = f"{outlet}, {date}: {claims[0].quote[:LONGEST_REASON]}"
    kind = "report" if box.carrier.folded else "report passed"
    return _framed(kind, spot, outlet, f"{date} · {figures}", words, link(box.carrier), round_by=3)


def _statement(derivation: Derivation, box: Box, spot: _Spot) -> str:
    origin = box.origin
    readings = [reading for reading in derivation.estimate.readings if reading.origin == origin.id]
    told = (bounded(reading.low, reading.high, reading.bound) for reading in readings)
    figures = " / ".join(one.replace(" to ", "–") for one in told)
    speaker = origin.speaker or "No speaker named"
    second = " · ".join(part for part in (origin.date, figures) if part)
    words = f"{speaker}. Counts as {independent(origin.independent)}. {origin.reason}"
    superseded = bool(readings) and all(reading.superseded for reading in readings)
    return _framed(
        "statement superseded" if superseded else "statement", spot, speaker, second, words, None, round_by=20
    )


def _framed(kind: str, spot: _Spot, first: str, second: str, words: str, href: str | None, *, round_by: int) -> str:
    """Two lines of text in a frame, with a tooltip, and where there is one, a link."""
    width = spot.right - spot.left
    top, center = spot.middle - BOX_HEIGHT // 2, spot.left + width // 2
    drawn = (
        f'<title>{_safe(words)}</title><rect x="{spot.left}" y="{top}" width="{width}" height="{BOX_HEIGHT}"'
        f' rx="{round_by}"/><text class="name" x="{center}" y="{spot.middle - 4}" text-anchor="middle">'
        f'{_safe(_cut(first, int(width / NAME_SIGN)))}</text><text class="dated" x="{center}" y="{spot.middle + 13}"'
        f' text-anchor="middle">{_safe(_cut(second, int(width / SIGN)))}</text>'
    )
    inner = drawn if href is None else f'<a href="{escape(href)}">{drawn}</a>'
    return f'<g class="{kind}">{inner}</g>'


def _legend(height: int) -> str:
    """What the three kinds of line mean."""
    at, y, pieces = MARGIN, height - 12, ['<g class="legend" aria-hidden="true">']
    for style, words in (("firm", f"confidence {FIRM} and more"), ("fair", f"{FAIR} and more"), ("weak", "less")):
        pieces.append(
            f'<g class="step {style}"><path d="M{at} {y}h32"/></g><text x="{at + 38}" y="{y + 4}">{words}</text>'
        )
        at += 60 + 6 * len(words)
    return "".join(pieces) + "</g>"


def _sureness(confidence: float) -> str:
    return "firm" if confidence >= FIRM else "fair" if confidence >= FAIR else "weak"


def _described(derivation: Derivation, layout: Layout) -> str:
    """The picture in words, for those who cannot see it; the list beside it holds the same and the reasons."""
    told = []
    for line in derivation.lines[: len(derivation.lines) - layout.statements_left_out]:
        copies = len(line.carriers)
        told.append(f"{line.origin.speaker or 'No speaker named'}, {count(copies, 'report')}")
    left_out = f" {count(layout.statements_left_out, 'further statement')}." if layout.statements_left_out else ""
    return f"{count(len(derivation.lines), 'statement')}: {'; '.join(told)}.{left_out}"


def _cut(text: str, longest: int) -> str:
    """As much of a text as fits; Chinese, Japanese and Korean signs are twice as wide."""
    wide = 0
    text = " ".join(text.split())
    for at, sign in enumerate(text):
        wide += 2 if east_asian_width(sign) in "WF" else 1
        if wide > longest:
            return text[: max(at - 1, 1)] + "…"
    return text


def _safe(text: str) -> str:
    """Text that is nothing but text in SVG."""
    return str(escape(legible(text)))
