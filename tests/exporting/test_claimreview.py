"""schema.org: one claim an origin, its copies, the grades in words and no rating; expands without a network."""

import json
from typing import Any

import pytest
from pyld.jsonld import JsonLdError, expand

from marked import HOSTILE, LOADER, MADE, expanded, hostile, names, sample, unknown_terms, written
from tallystick.exporting import claimreview
from tallystick.model.ledger import Ledger

LEDGERS = [sample(), hostile()[0]]


def graph(ledger: Ledger, kind: str) -> list[dict[str, Any]]:
    """The nodes of a type that are written of a ledger."""
    whole = json.loads(written(claimreview.write, ledger))
    return [node for node in whole["@graph"] if node.get("@type") == kind]


@pytest.mark.parametrize("ledger", LEDGERS)
def test_it_expands_without_a_network_and_loses_nothing(ledger: Ledger) -> None:
    """Every key is a term of schema.org; every id and type is an IRI."""
    content = written(claimreview.write, ledger)
    assert unknown_terms(content) == set()
    found = expanded(content)
    assert len(found) == len(json.loads(content)["@graph"])
    assert {name for name in names(found) if ":" not in name} == set()


def test_nothing_is_fetched() -> None:
    """The loader of these tests refuses every other address."""
    with pytest.raises(JsonLdError):
        expand({"@context": "https://elsewhere.example", "name": "x"}, {"documentLoader": LOADER})


@pytest.mark.parametrize("ledger", LEDGERS)
def test_one_claim_an_origin_first_its_first_report_then_the_copies(ledger: Ledger) -> None:
    """In the order of publication, with the sentences that tell it."""
    made = graph(ledger, "Claim")
    claims = {claim.id: claim for claim in ledger.claims}
    assert [one["identifier"] for one in made] == [origin.id for origin in ledger.lineage.origins]
    for one, origin in zip(made, ledger.lineage.origins, strict=True):
        reports = [one["firstAppearance"], *one.get("appearance", [])]
        assert [report["identifier"] for report in reports] == list(origin.documents)
        quoted = [quotation for report in reports for quotation in report["hasPart"]]
        assert sorted(quotation["identifier"] for quotation in quoted) == sorted(origin.claims)
        assert all(quotation["text"] == claims[quotation["identifier"]].quote for quotation in quoted)
        assert one["text"] == reports[0]["hasPart"][0]["text"]
    assert any(one.get("appearance") for one in made)


@pytest.mark.parametrize("ledger", LEDGERS)
def test_a_review_for_every_reading_and_no_rating_of_truth(ledger: Ledger) -> None:
    """The grades stand in words, beside the sentence that they are none of truth."""
    made = graph(ledger, "ClaimReview")
    read = [(one.id, reading.origin) for one in ledger.estimates for reading in one.readings]
    assert [one["itemReviewed"]["@id"].rpartition(":")[2] for one in made] == [origin for _, origin in read]
    assert [one["isBasedOn"]["@id"].rpartition(":")[2] for one in made] == [name for name, _ in read]
    assert len({one["@id"] for one in made}) == len(made)
    content = written(claimreview.write, ledger).decode()
    assert "reviewRating" not in content
    assert "ratingValue" not in content
    for one in made:
        assert one["reviewBody"].startswith("Not rated as true or false.")
        assert "Credibility of that line: " in one["reviewBody"]
        assert "Reliability of the best source" in one["reviewBody"]
        assert one["datePublished"] == MADE


def test_a_speaker_has_a_type_only_where_the_dossier_knows_him() -> None:
    """A person is a person; of a stranger nothing is said."""
    authors = [one["author"] for one in graph(sample(), "Claim") if "author" in one]
    assert {author.get("@type") for author in authors if "Shoigu" in author["name"]} == {"Person"}
    strangers = [
        author for author in graph(hostile()[0], "Claim") if "official" in author.get("author", {}).get("name", "")
    ]
    assert all("@type" not in one["author"] for one in strangers)
    assert strangers


def test_no_address_but_one_of_the_web_leads_out() -> None:
    """A script is no address; what an address may not hold is escaped."""
    made = graph(hostile()[0], "Claim")
    reports = [report for one in made for report in (one["firstAppearance"], *one.get("appearance", []))]
    urls = {report["url"] for report in reports if "url" in report}
    assert urls == {
        "https://news.example/a%20b?%3Cx%3E=1#%E2%80%AE",
        "https://%ED%95%9C%EA%B5%AD.example/%EA%B0%80",
    }
    assert all(report["headline"] == HOSTILE for report in reports)
