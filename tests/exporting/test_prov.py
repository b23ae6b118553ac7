"""PROV-O: every entity, step and decision of a ledger, each word an IRI; expands without a network."""

import json
from typing import Any

import pytest

from marked import HOSTILE, MADE, expanded, hostile, names, sample, unknown_terms, written
from tallystick.exporting import prov
from tallystick.exporting.linked import iri
from tallystick.model.ledger import Ledger
from tallystick.model.review import Review

NS = "http://www.w3.org/ns/prov#"
# What PROV-O has (W3C Recommendation of 2013) of the words that are used here.
VOCABULARY = {
    NS + name
    for name in (
        "Activity Agent Bundle Derivation Entity Organization Person PrimarySource Quotation Revision SoftwareAgent"
        " endedAtTime entity generatedAtTime hadActivity hadPrimarySource qualifiedDerivation qualifiedPrimarySource"
        " qualifiedQuotation qualifiedRevision startedAtTime used value wasAssociatedWith wasAttributedTo"
        " wasDerivedFrom wasGeneratedBy wasQuotedFrom wasRevisionOf"
    ).split()
}
CASES: list[tuple[Ledger, tuple[Review, ...]]] = [(sample(), ()), hostile()]


def nodes(ledger: Ledger, reviews: tuple[Review, ...] = ()) -> list[dict[str, Any]]:
    """The expanded nodes that are written of a ledger."""
    return expanded(written(prov.write, ledger, reviews))


def ids(node: dict[str, Any], name: str) -> list[str]:
    """The ids under a property of PROV-O."""
    return [one["@id"] for one in node.get(NS + name, [])]


@pytest.mark.parametrize(("ledger", "reviews"), CASES)
def test_every_word_is_an_iri_and_of_prov_o_where_it_says_so(ledger: Ledger, reviews: tuple[Review, ...]) -> None:
    """Nothing is dropped, and nothing is a word that PROV-O does not have."""
    content = written(prov.write, ledger, reviews)
    assert unknown_terms(content) == set()
    found = expanded(content)
    assert len(found) == len(json.loads(content)["@graph"])
    used = set(names(found))
    assert {name for name in used if ":" not in name} == set()
    assert {name for name in used if name.startswith(NS)} <= VOCABULARY


@pytest.mark.parametrize(("ledger", "reviews"), CASES)
def test_every_id_that_is_pointed_at_is_there(ledger: Ledger, reviews: tuple[Review, ...]) -> None:
    """Claims, reports, origins and estimates are nodes; only hits, provisions and addresses of the web are not."""
    found = nodes(ledger, reviews)
    there = {node["@id"] for node in found if "@type" in node}
    agents = {name for name in names(found) if name.startswith("urn:tallystick:agent:")}
    pointed = {name for name in names(found) if name.startswith("urn:tallystick:")} - agents
    types = {name for name in pointed if name.startswith("urn:tallystick:terms:")}
    beyond = {name for name in pointed if name.startswith(("urn:tallystick:hit:", "urn:tallystick:provision:"))}
    assert pointed - types - beyond <= there
    for kind, records in (
        ("claim", ledger.claims), ("document", ledger.documents), ("origin", ledger.lineage.origins),
        ("estimate", ledger.estimates),
    ):  # fmt: skip
        assert {iri(kind, one.id) for one in records} <= there


def test_every_step_is_told_plainly_and_qualified() -> None:
    """With the relation of the edge, what showed it, how surely and why."""
    ledger = sample()
    found = [node for node in nodes(ledger) if "@type" not in node]
    assert len(found) == len(ledger.lineage.edges)
    for node, edge in zip(found, ledger.lineage.edges, strict=True):
        assert node["@id"] == iri(edge.level, edge.later)
        assert ids(node, edge.kind) == [iri(edge.level, edge.earlier)]
        (qualified,) = (node[name][0] for name in node if name.startswith(f"{NS}qualified"))
        assert ids(qualified, "entity") == [iri(edge.level, edge.earlier)]
        assert qualified["urn:tallystick:terms:mechanism"][0]["@value"] == edge.mechanism
        assert qualified["urn:tallystick:terms:confidence"][0]["@value"] == edge.confidence
        assert qualified["http://www.w3.org/2000/01/rdf-schema#comment"][0]["@value"] == edge.reason


def test_a_claim_goes_back_to_its_report_and_its_origin() -> None:
    """As to a primary source only where the origin surely stands by itself."""
    ledger = sample()
    found = {node["@id"]: node for node in nodes(ledger) if "@type" in node}
    sure = {origin.id for origin in ledger.lineage.origins if origin.independent.low}
    assert len(sure) < len(ledger.lineage.origins)
    for origin in ledger.lineage.origins:
        for name in origin.claims:
            node = found[iri("claim", name)]
            assert ids(node, "hadPrimarySource" if origin.id in sure else "wasDerivedFrom") == [
                iri("origin", origin.id)
            ]
    for claim in ledger.claims:
        assert ids(found[iri("claim", claim.id)], "wasQuotedFrom") == [iri("document", claim.document)]
    for one in ledger.estimates:
        assert ids(found[iri("estimate", one.id)], "wasDerivedFrom") == [iri("claim", name) for name in one.claims]


def test_decisions_have_a_reviewer_and_a_time() -> None:
    """What a review put in the place of a claim is a revision of it; the claim that went is told as well."""
    ledger, reviews = hostile()
    found = nodes(ledger, reviews)
    split = next(node for node in found if node["@id"] == "urn:tallystick:review:1")
    assert split[NS + "endedAtTime"] == [{"@type": "http://www.w3.org/2001/XMLSchema#dateTime", "@value": MADE}]
    assert split[NS + "wasAssociatedWith"][0]["@type"] == [NS + "Person"]
    label = split[NS + "wasAssociatedWith"][0]["http://www.w3.org/2000/01/rdf-schema#label"]
    assert label == [{"@value": HOSTILE}]
    (gone,), (put,) = reviews[0].before, reviews[0].after
    made = [node for node in found if node["@id"] == iri("claim", put.id) and NS + "wasRevisionOf" in node]
    assert [ids(node, "wasRevisionOf") for node in made] == [[iri("claim", gone.id)]]
    assert any(node["@id"] == iri("claim", gone.id) for node in found)
    judged = next(node for node in found if node["@id"] == "urn:tallystick:judgement:2")
    assert ids(judged, "used") == ["urn:tallystick:hit:h-1", "urn:tallystick:provision:UN%2F8"]


def test_the_program_s_own_steps_have_no_time() -> None:
    """When they ran is not known of a ledger, and is not made up."""
    activities = [node for node in nodes(sample()) if node["@id"].startswith("urn:tallystick:activity:")]
    assert len(activities) == 3
    assert not any(NS + "endedAtTime" in node for node in activities)
