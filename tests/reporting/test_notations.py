"""DOT and Mermaid: what the picture holds, and no report can add to the graph."""

import re
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tallystick.model.lineage import Lineage
from tallystick.reporting.derivation import Derivation, Derivations
from tallystick.reporting.notations import dot, mermaid
from wires import COPIES, wire_ledger

EVIL = 'a"]; n0 -> n9; x["b\\'
BREAK = 'end\n n0 --> n9["x"] %% `#quot;` <b>'


def derived(speaker: str | None = None) -> Derivation:
    """The derivation of the wire report; `speaker` takes the place of all names and reasons."""
    ledger = wire_ledger()
    if speaker is not None:
        edges = tuple(replace(edge, reason=speaker) for edge in ledger.lineage.edges)
        origins = tuple(replace(origin, speaker=speaker) for origin in ledger.lineage.origins)
        documents = tuple(replace(one, outlet=speaker) for one in ledger.documents)
        ledger = replace(ledger, lineage=Lineage(edges, origins), documents=documents)
    return Derivations(ledger).of(ledger.estimates[0])


def test_dot_names_every_report_and_every_step() -> None:
    """One line a node, one an edge with its mechanism, relation and confidence."""
    text = dot(derived())
    assert text.startswith("digraph origins {\n")
    assert text.endswith("}\n")
    assert r'[label="River office\n2031-03-01, 2,000", style=rounded];' in text
    assert r'label="attribution\nwasDerivedFrom 0.80", style=dashed, tooltip="attribution, wasDerivedFrom' in text
    assert text.count(" -> ") == len(re.findall(r"^  n\d+ -> n\d+", text, re.MULTILINE))
    assert "may share what they know" in text


def test_mermaid_names_every_report_and_every_step() -> None:
    """Statements are rounded, sure steps thick."""
    text = mermaid(derived())
    assert text.startswith("flowchart LR\n")
    assert '  n0(["River office<br>2031-03-01, 2,000"])' in text
    assert '-->|"attribution 0.80"| n2' in text
    assert '==>|"same text 0.98"| n3' in text


DOT_LINE = re.compile(
    r"  n\d+( -> n\d+)?( \[[^\"]*(\"\"[^\"]*)*\])?;|  rankdir=LR;|  node \[shape=box, fontname=\"\"\];"
)
MERMAID_LINE = re.compile(r'  n\d+(\(\[""\]\)|\[""\]| (==>|-->|-\.->|-\.-)(\|""\|)? n\d+)')


@given(st.sampled_from((EVIL, BREAK)) | st.text(max_size=40))
@settings(max_examples=60, deadline=None)
def test_labels_cannot_add_to_a_graph(words: str) -> None:
    """Quotes, brackets, backslashes, entities and line breaks of a report stay inside its label."""
    lines = [re.sub(r'"(?:[^"\\]|\\.)*"', '""', line) for line in dot(derived(words)).split("\n")[1:-2]]
    assert all(DOT_LINE.fullmatch(line) for line in lines), lines
    assert sum(" -> " in line for line in lines) == dot(derived()).count(" -> ")
    for line in mermaid(derived(words)).split("\n")[1:-1]:
        assert MERMAID_LINE.fullmatch(re.sub(r'"[^"]*"', '""', line)), line


def test_the_texts_hold_more_than_the_picture() -> None:
    """They are for those who draw large graphs with a tool."""
    assert sum("Mast" in line for line in dot(derived()).splitlines()) <= COPIES


def test_the_same_derivation_gives_the_same_text() -> None:
    """In both notations."""
    assert (dot(derived()), mermaid(derived())) == (dot(derived()), mermaid(derived()))
