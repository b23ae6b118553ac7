"""Write a derivation as a graph for other programs: a derivation comes in, DOT or Mermaid text goes out.

Both hold what the picture holds: statements, reports, and steps with mechanism and confidence. Names of the graph are
numbers, and every label is quoted, so that no report can add to the graph.
"""

from collections.abc import Iterator

from tallystick.model.estimate import Estimate
from tallystick.reporting.derivation import Derivation, Step
from tallystick.reporting.graphs import FAIR, FIRM, reasons
from tallystick.reporting.layouts import Box, Layout, laid_out
from tallystick.reporting.wording import bounded, count, legible, mechanism

__all__ = ["MOST_WRITTEN", "dot", "mermaid"]

# Graphviz lays out some hundred boxes in seconds; Mermaid refuses more than 500 edges.
MOST_WRITTEN = 200
LONGEST_LABEL = 80
# Signs by which a label could end or change in Mermaid, as its entities.
ENTITIES = {ord(sign): f"#{ord(sign)};" for sign in '#"<>&`\\|[]{}();'}


def dot(derivation: Derivation) -> str:
    """Give `derivation` in the DOT language of Graphviz, the reasons of its steps as tooltips."""
    layout = laid_out(derivation, MOST_WRITTEN)
    lines = ["digraph origins {", "  rankdir=LR;", '  node [shape=box, fontname="Helvetica"];']
    for at, box in enumerate(layout.boxes):
        shape = ", style=rounded" if box.above is None else ", shape=plaintext" if box.carrier is None else ""
        lines.append(f"  n{at} [label={_quoted(*_label(derivation.estimate, box))}{shape}];")
    for earlier, later, step in _arrows(layout):
        if step is None:
            lines.append(f"  n{earlier} -> n{later};")
            continue
        confidence = step.edges[0].confidence
        style = "bold" if confidence >= FIRM else "dashed" if confidence >= FAIR else "dotted"
        label = _quoted(mechanism(step.edges[0].mechanism), f"{step.edges[0].kind.value} {confidence:.2f}")
        lines.append(f"  n{earlier} -> n{later} [label={label}, style={style}, tooltip={_quoted(*reasons(step))}];")
    for one, other in layout.linked:
        label = _quoted("may share what they know")
        lines.append(f"  n{one} -> n{other} [dir=none, style=dotted, constraint=false, label={label}];")
    return "\n".join([*lines, "}"]) + "\n"


def mermaid(derivation: Derivation) -> str:
    """Give `derivation` as a flowchart in the language of Mermaid."""
    layout = laid_out(derivation, MOST_WRITTEN)
    lines = ["flowchart LR"]
    for at, box in enumerate(layout.boxes):
        label = "<br>".join(_plain(part).translate(ENTITIES) for part in _label(derivation.estimate, box))
        lines.append(f'  n{at}(["{label}"])' if box.above is None else f'  n{at}["{label}"]')
    for earlier, later, step in _arrows(layout):
        if step is None:
            lines.append(f"  n{earlier} --> n{later}")
            continue
        confidence = step.edges[0].confidence
        line = "==>" if confidence >= FIRM else "-->" if confidence >= FAIR else "-.->"
        label = f"{mechanism(step.edges[0].mechanism)} {confidence:.2f}".translate(ENTITIES)
        lines.append(f'  n{earlier} {line}|"{label}"| n{later}')
    for one, other in layout.linked:
        lines.append(f'  n{one} -.-|"may share what they know"| n{other}')
    return "\n".join(lines) + "\n"


def _arrows(layout: Layout) -> Iterator[tuple[int, int, Step | None]]:
    """Every step of a layout, from the earlier to the later box."""
    for at, box in enumerate(layout.boxes):
        if box.above is not None:
            yield box.above, at, box.step
    yield from layout.also


def _label(estimate: Estimate, box: Box) -> tuple[str, str]:
    """What stands in a box: two lines."""
    if box.above is None:
        origin = box.origin
        figures = [bounded(one.low, one.high, one.bound) for one in estimate.readings if one.origin == origin.id]
        return origin.speaker or "No speaker named", ", ".join(part for part in (origin.date, *figures) if part)
    if box.carrier is None:
        return "and", count(
            box.rest, "more copy" if box.copies else "more report", "more copies" if box.copies else None
        )
    document = box.carrier.document
    figures = list(dict.fromkeys(claim.figure for claim in box.carrier.claims))
    return (
        document.outlet or document.title or document.id,
        ", ".join([document.published[:10] if document.published else "undated", *figures[:3]]),
    )


def _plain(text: str) -> str:
    """One line without hidden signs, cut to what a box holds."""
    shown = " ".join(legible(text).split())
    return shown if len(shown) <= LONGEST_LABEL else shown[: LONGEST_LABEL - 1] + "…"


def _quoted(*lines: str) -> str:
    """Lines as one quoted string of DOT."""
    return (
        '"'
        + "\\n".join(" ".join(legible(line).split()).replace("\\", "\\\\").replace('"', '\\"') for line in lines)
        + '"'
    )
