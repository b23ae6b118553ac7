"""The picture of where an estimate comes from: well-formed, inert, told in words, and the same every time."""

import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import defusedxml.ElementTree
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallystick.model.ledger import Ledger
from tallystick.model.lineage import Lineage, Mechanism
from tallystick.reporting.derivation import Carrier, Derivation, Derivations
from tallystick.reporting.graphs import graph, picture, reasons
from tallystick.reporting.wording import mechanism, short_mechanism
from wires import wire_ledger

SVG = "{http://www.w3.org/2000/svg}"
EVIL = '"><script>alert(1)</script> & \u202e\x07\ufffe]]> 5,000'


def derived(ledger: Ledger) -> Derivation:
    """The derivation of the first estimate."""
    return Derivations(ledger).of(ledger.estimates[0])


def parsed(svg: str) -> ET.Element:
    """The picture as a tree; a picture that is not well-formed fails here."""
    root: ET.Element = defusedxml.ElementTree.fromstring(svg)
    return root


def hostile(evil: str = EVIL) -> Ledger:
    """The ledger with names and reasons that attack."""
    ledger = wire_ledger()
    documents = tuple(replace(one, outlet=evil, published=evil) for one in ledger.documents)
    edges = tuple(replace(edge, reason=evil) for edge in ledger.lineage.edges)
    origins = tuple(replace(origin, speaker=evil, reason=evil, date=evil) for origin in ledger.lineage.origins)
    population = replace(ledger.estimates[0].population, label=evil)
    estimates = tuple(replace(one, population=population) for one in ledger.estimates)
    return replace(ledger, documents=documents, lineage=Lineage(edges, origins), estimates=estimates)


def test_a_picture_holds_every_statement_and_report_that_is_drawn() -> None:
    """With outlet, day and figure, and how many copies are not drawn."""
    words = " ".join("".join(node.itertext()) for node in parsed(picture(derived(wire_ledger()))).iter(f"{SVG}text"))
    for told in (
        "River office",
        "Union",
        "Dam Wire",
        "Lock Gazette",
        "Mast 0",
        "2031-03-01 · 2,000",
        "and 3 more copies",
    ):
        assert told in words, told


def test_a_step_is_labeled_and_its_line_shows_its_confidence() -> None:
    """The label is the mechanism, the tooltip holds relation, confidence and reason."""
    root = parsed(picture(derived(wire_ledger())))
    steps = {node.get("class"): node for node in root.iter(f"{SVG}g") if node.find(f"{SVG}title") is not None}
    assert {"step firm", "step fair", "step first"} <= set(steps)
    tip = steps["step fair"].findtext(f"{SVG}title") or ""
    assert "attribution, hadPrimarySource" not in tip
    assert "attribution, wasDerivedFrom, confidence 0.80. Lock Gazette names Dam Wire." in tip
    assert "part of the text, wasQuotedFrom, confidence 0.95." in tip
    assert steps["step fair"].findtext(f"{SVG}text") == "attribution"


def test_the_picture_is_told_in_words() -> None:
    """Title and description are there, and the picture says which they are."""
    root = parsed(picture(derived(wire_ledger())))
    names = (root.get("aria-labelledby") or "").split()
    assert [node.get("id") for node in root[:2]] == names
    assert "Divers, CH to Dam" in (root[0].text or "")
    assert root[1].text == "3 statements: River office, 9 reports; Union, 1 report; Union, 1 report."


def test_a_report_links_to_its_words_where_they_are_shown() -> None:
    """The page says where; a picture that stands alone has no links."""

    def link(carrier: Carrier) -> str | None:
        return f"#{carrier.document.id}" if carrier.document.id == "told" else None

    drawn = graph(derived(wire_ledger()), "g-1", link)
    assert re.findall(r'<a href="([^"]*)"', drawn) == ["#told"]
    assert "<a " not in picture(derived(wire_ledger()))


def test_ids_begin_with_the_name_of_the_picture() -> None:
    """Two pictures on one page share none."""
    ids = re.findall(r' id="([^"]*)"', graph(derived(wire_ledger()), "g-1"))
    assert ids
    assert all(one.startswith("g-1-") for one in ids)


def test_a_hostile_ledger_makes_a_picture_of_text_alone() -> None:
    """No element, no hidden sign and nothing that XML does not allow comes from a report."""
    drawn = picture(derived(hostile()))
    root = parsed(drawn)
    assert not set("\u202e\x07\ufffe") & set(drawn)
    assert {node.tag.removeprefix(SVG) for node in root.iter()} <= {
        "svg", "title", "desc", "style", "defs", "marker", "path", "g", "rect", "text",
    }  # fmt: skip
    assert "<script" not in drawn


@given(st.text(max_size=60))
@settings(max_examples=60, deadline=None)
def test_any_words_make_a_well_formed_picture(words: str) -> None:
    """Whatever a report calls itself, its speaker and its day."""
    texts = [node.text or "" for node in parsed(picture(derived(hostile(words)))).iter(f"{SVG}text")]
    assert texts


def test_nothing_in_a_picture_is_fetched_or_runs() -> None:
    """No script, no link out, no handler of events."""
    drawn = picture(derived(wire_ledger()))
    assert not re.search(r"<script|\son\w+=|href=|@import|url\((?!#)", drawn)


def test_the_same_derivation_gives_the_same_bytes() -> None:
    """Neither a counter nor an order of sets shows."""
    assert picture(derived(wire_ledger())) == picture(derived(wire_ledger()))


@pytest.mark.parametrize("one", list(Mechanism))
def test_every_mechanism_has_words_that_fit_beside_an_arrow(one: Mechanism) -> None:
    """A mechanism that is added without words fails here."""
    assert mechanism(one)
    assert len(short_mechanism(one)) <= 15


def test_the_reasons_of_a_step_are_counted_beyond_a_few() -> None:
    """A report that shares a hundred figures does not fill the tooltip."""
    step = derived(wire_ledger()).lines[0].steps[0]
    many = replace(step, edges=step.edges[:1] * 9)
    assert len(reasons(many)) == 5
    assert reasons(many)[-1] == "and 5 more reasons"
