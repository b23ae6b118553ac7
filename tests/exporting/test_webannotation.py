"""Web annotations: each figure is found again by its place and by the words around it; expands without a network."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factory import claim, document
from marked import expanded, hostile, names, sample, unknown_terms, written
from tallystick.exporting import webannotation
from tallystick.model.ledger import Ledger
from tallystick.model.lineage import Lineage

LEDGERS = [sample(), hostile()[0], Ledger((), (), Lineage((), ()), (), ())]
OA = "http://www.w3.org/ns/oa#"
# Letters of one, two and four bytes and of one and two units of UTF-16, marks that combine, and what JSON escapes.
LETTERS = st.text(st.sampled_from('aб한字🚧👩\u200d👧\u0301\u202e"\\\n\x00 ,.5'), max_size=60)


def collection(ledger: Ledger) -> dict[str, Any]:
    """The collection that is written of a ledger."""
    found: dict[str, Any] = json.loads(written(webannotation.write, ledger))
    return found


def anchored(text: str, target: dict[str, Any]) -> str:
    """The words that both selectors select in a text, as the specification has it."""
    quote, place = target["selector"]
    assert (quote["type"], place["type"]) == ("TextQuoteSelector", "TextPositionSelector")
    around = quote["prefix"] + quote["exact"] + quote["suffix"]
    assert text[place["start"] - len(quote["prefix"]) : place["end"] + len(quote["suffix"])] == around
    return text[place["start"] : place["end"]]


@pytest.mark.parametrize("ledger", LEDGERS)
def test_it_expands_without_a_network_and_loses_nothing(ledger: Ledger) -> None:
    """Every key is a term of the Web Annotation context or has our prefix; every id and type is an IRI."""
    content = written(webannotation.write, ledger)
    assert unknown_terms(content) == set()
    found = expanded(content)
    assert len(found) == 1
    assert {name for name in names(found) if ":" not in name} == set()
    assert list(names(found)).count(f"{OA}Annotation") == len(ledger.claims)


@pytest.mark.parametrize("ledger", LEDGERS)
def test_one_annotation_a_claim_with_what_the_model_asks_for(ledger: Ledger) -> None:
    """W3C Web Annotation Data Model: an id, a type, exactly one target with a source; pages know their whole."""
    made = collection(ledger)
    assert (made["type"], made["total"]) == ("AnnotationCollection", len(ledger.claims))
    page = made["first"]
    assert (page["type"], page["partOf"], page["startIndex"]) == ("AnnotationPage", made["id"], 0)
    assert [one["body"][1]["id"].split(":")[3] for one in page["items"]] == [claim.id for claim in ledger.claims]
    for one in page["items"]:
        assert (one["type"], one["motivation"]) == ("Annotation", "describing")
        assert set(one["target"]) <= {"type", "source", "state", "selector"}
        assert isinstance(one["target"]["source"], str)


@pytest.mark.parametrize("ledger", LEDGERS)
def test_every_figure_is_found_again_in_its_report(ledger: Ledger) -> None:
    """In code points, beside Hangul and emoji too."""
    texts = {one.id: one.text for one in ledger.documents}
    for one, told in zip(collection(ledger)["first"]["items"], ledger.claims, strict=True):
        assert anchored(texts[told.document], one["target"]) == told.figure


@given(LETTERS, LETTERS)
def test_selectors_find_the_figure_in_any_text(before: str, after: str) -> None:
    """After a round trip through bytes, whatever stands around it."""
    report = document(f"{before}7,000{after}")
    made = claim(report, "7,000", nth=before.count("7,000"))
    one = collection(Ledger((report,), (made,), Lineage((), ()), (), ()))["first"]["items"][0]
    assert anchored(report.text, one["target"]) == "7,000"


def test_a_page_of_the_web_is_the_source_and_the_text_read_of_it_the_copy() -> None:
    """A script is no source; a report without an address is its own."""
    sources = {
        one["target"]["source"]: one["target"].get("state") for one in collection(hostile()[0])["first"]["items"]
    }
    pages = {source: state for source, state in sources.items() if not source.startswith("urn:")}
    assert sorted(pages) == [
        "https://%ED%95%9C%EA%B5%AD.example/%EA%B0%80",
        "https://news.example/a%20b?%3Cx%3E=1#%E2%80%AE",
    ]
    assert all(state["type"] == "TimeState" and state["cached"].startswith("urn:") for state in pages.values())
    assert {state for source, state in sources.items() if source.startswith("urn:")} == {None}


def test_a_body_for_a_reader_and_one_for_a_program() -> None:
    """The line says how the figure is bounded; the fields are those of the claim record."""
    bodies = [one["body"] for one in collection(hostile()[0])["first"]["items"]]
    vague, fields = next(body for body in bodies if body[1]["tallystick:bound"] == "vague")
    assert vague["value"].startswith("24 or more (a vague word)")
    assert (fields["tallystick:low"], "tallystick:high" in fields) == (24, False)
