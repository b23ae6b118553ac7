"""PROV-O in JSON-LD: a case comes in; how each figure came about goes out, for whoever asks where a number is from.

Entities are reports, claims, origins and estimates; activities extraction, tracing, reconciliation and what reviewers
decided; agents outlets, speakers, reviewers and the program. A claim was quoted from its report and goes back to its
origin: as its primary source where that surely stands by itself, else as something derived. An estimate was derived
from its claims. Every step between claims or reports is told twice, as PROV-O asks: plainly, and qualified by what
showed it, how surely and why. Reviewers' decisions have a time; of what the program did only the state is known, not
when, so that these have none.

All words are prefixed, and the context stands in the file: whoever expands it fetches nothing and loses nothing.
"""

from collections.abc import Iterator
from typing import BinaryIO

from tallystick.exporting.linked import (
    PREFIXES,
    Json,
    address,
    agent,
    encoded,
    figure_terms,
    iri,
    number,
    present,
    write_array,
)
from tallystick.exporting.subject import Subject
from tallystick.model.document import Document
from tallystick.model.estimate import Estimate
from tallystick.model.judgement import Judgement
from tallystick.model.lineage import Edge, EdgeKind, EdgeLevel, Origin
from tallystick.model.review import Review
from tallystick.model.stream import LedgerStream, Stated

__all__ = ["CONTEXT", "write"]

# Properties whose values are ids and not texts.
LINKS = (
    "entity hadActivity hadPrimarySource qualifiedDerivation qualifiedPrimarySource qualifiedQuotation"
    " qualifiedRevision used wasAssociatedWith wasAttributedTo wasDerivedFrom wasGeneratedBy wasQuotedFrom"
    " wasRevisionOf".split()
)
CONTEXT: dict[str, Json] = {
    **PREFIXES,
    "prov": "http://www.w3.org/ns/prov#",
    "dcterms": "http://purl.org/dc/terms/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    **{f"prov:{name}": {"@type": "@id"} for name in LINKS},
    "prov:startedAtTime": {"@type": "xsd:dateTime"},
    "prov:endedAtTime": {"@type": "xsd:dateTime"},
    "prov:generatedAtTime": {"@type": "xsd:dateTime"},
}
# The plain relation, the property that qualifies it, and the class of what that leads to.
QUALIFIED = {
    EdgeKind.QUOTED: ("prov:wasQuotedFrom", "prov:qualifiedQuotation", "prov:Quotation"),
    EdgeKind.DERIVED: ("prov:wasDerivedFrom", "prov:qualifiedDerivation", "prov:Derivation"),
    EdgeKind.REVISED: ("prov:wasRevisionOf", "prov:qualifiedRevision", "prov:Revision"),
    EdgeKind.PRIMARY: ("prov:hadPrimarySource", "prov:qualifiedPrimarySource", "prov:PrimarySource"),
}
EXTRACTION, TRACING, RECONCILIATION = (
    iri("activity", name) for name in ("extraction", "tracing", "reconciliation")
)  # fmt: skip
ACTIVITIES = (
    (EXTRACTION, "Extraction: figures were found in the texts of reports"),
    (TRACING, "Tracing: who repeats whom was found out"),
    (RECONCILIATION, "Reconciliation: figures of one population were weighed across origins"),
)
LEVELS = {EdgeLevel.DOCUMENT: ("document", "document"), EdgeLevel.CLAIM: ("claim", "claim"),
          EdgeLevel.HIT: ("hit", "provision")}  # fmt: skip


def write(stream: LedgerStream, subject: Subject, out: BinaryIO) -> None:
    """Write everything as one graph, each kind of record in the order of the ledger."""
    out.write(b'{"@context":' + encoded({**CONTEXT}) + b',"@graph":')
    write_array(out, _graph(stream, subject))
    out.write(b"}\n")


def _graph(stream: LedgerStream, subject: Subject) -> Iterator[Json]:
    yield from _program(subject)
    yield from map(_report, stream.documents())
    # Of an origin that may only repeat another one it is not said that it is the primary source.
    doubtful = set()
    for origin in stream.origins():
        if origin.independent.low < 1:
            doubtful.add(origin.id)
        yield _origin(origin)
    for stated in stream.stated():
        yield _claim(stated, surely=stated.traced_to not in doubtful)
    yield from map(_step, stream.edges())
    yield from map(_estimate, stream.estimates())
    yield from map(_judgement, stream.judgements())
    for review in stream.reviews():
        yield from _review(review)


def _program(subject: Subject) -> Iterator[Json]:
    software = iri("software", subject.version)
    yield {
        "@id": software,
        "@type": ["prov:Agent", "prov:SoftwareAgent"],
        "rdfs:label": f"Tallystick {subject.version}",
    }
    for name, label in ACTIVITIES:
        yield {"@id": name, "@type": "prov:Activity", "rdfs:label": label, "prov:wasAssociatedWith": software}
    yield present(
        {
            "@id": iri("case", subject.digest or subject.dossier.name),
            "@type": ["prov:Entity", "prov:Bundle"],
            "rdfs:label": subject.dossier.title,
            "prov:generatedAtTime": subject.made,
            "prov:wasAttributedTo": software,
        }
    )


def _report(document: Document) -> Json:
    return present(
        {
            "@id": iri("document", document.id),
            "@type": ["prov:Entity", "tallystick:Document"],
            "rdfs:label": document.title,
            "dcterms:identifier": document.id,
            "dcterms:source": document.url,
            "dcterms:issued": document.published,
            "dcterms:modified": document.updated,
            "dcterms:language": document.language,
            "dcterms:creator": document.author,
            "tallystick:sha256": document.sha256,
            "prov:wasAttributedTo": _agent(document.outlet, "prov:Organization"),
            # The page on the web may be another by now; what was read of it is kept.
            "prov:wasDerivedFrom": address(document.url),
        }
    )


def _agent(name: str | None, kind: str = "prov:Agent") -> Json:
    """Somebody by name; None where there is none."""
    return {"@id": agent(name), "@type": kind, "rdfs:label": name} if name else None


def _origin(origin: Origin) -> Json:
    return present(
        {
            "@id": iri("origin", origin.id),
            "@type": ["prov:Entity", "tallystick:Origin"],
            "dcterms:identifier": origin.id,
            "dcterms:date": origin.date,
            "rdfs:comment": origin.reason,
            "tallystick:independentLow": origin.independent.low,
            "tallystick:independentHigh": origin.independent.high,
            "tallystick:mayShareKnowledgeWith": [{"@id": iri("origin", one)} for one in origin.linked],
            "prov:wasAttributedTo": _agent(origin.speaker),
            "prov:wasGeneratedBy": TRACING,
        }
    )


def _claim(stated: Stated, *, surely: bool) -> Json:
    claim = stated.claim
    traced = None if stated.traced_to is None else iri("origin", stated.traced_to)
    return present(
        {
            "@id": iri("claim", claim.id),
            "@type": ["prov:Entity", "tallystick:Claim"],
            "dcterms:identifier": claim.id,
            "prov:value": claim.figure,
            **figure_terms(claim),
            "tallystick:start": claim.start,
            "tallystick:end": claim.end,
            "tallystick:quote": claim.quote,
            "tallystick:standing": stated.standing.value,
            "prov:wasQuotedFrom": iri("document", claim.document),
            "prov:wasAttributedTo": _agent(claim.speaker or stated.citation.outlet),
            "prov:wasGeneratedBy": EXTRACTION,
            "prov:hadPrimarySource": traced if surely else None,
            "prov:wasDerivedFrom": None if surely else traced,
        }
    )


def _step(edge: Edge) -> Json:
    plain, qualified, kind = QUALIFIED[edge.kind]
    later, earlier = LEVELS[edge.level]
    source = iri(earlier, edge.earlier)
    return {
        "@id": iri(later, edge.later),
        plain: source,
        qualified: present(
            {
                "@type": kind,
                "prov:entity": source,
                "prov:hadActivity": TRACING,
                "rdfs:comment": edge.reason,
                "tallystick:mechanism": edge.mechanism.value,
                "tallystick:confidence": number(edge.confidence),
                "tallystick:known": edge.known,
            }
        ),
    }


def _estimate(estimate: Estimate) -> Json:
    population = estimate.population
    return present(
        {
            "@id": iri("estimate", estimate.id),
            "@type": ["prov:Entity", "tallystick:Estimate"],
            "dcterms:identifier": estimate.id,
            "rdfs:label": population.label,
            "tallystick:category": population.category,
            "tallystick:unit": population.unit,
            "tallystick:status": estimate.status.value,
            "tallystick:measure": estimate.measure and estimate.measure.value,
            "tallystick:when": estimate.when,
            "tallystick:best": number(estimate.best),
            "tallystick:low": number(estimate.low),
            "tallystick:high": number(estimate.high),
            "tallystick:credibility": estimate.credibility,
            "tallystick:independentLow": estimate.independent.low,
            "tallystick:independentHigh": estimate.independent.high,
            "tallystick:step": [*estimate.steps],
            "prov:wasDerivedFrom": [iri("claim", name) for name in estimate.claims],
            "prov:wasGeneratedBy": RECONCILIATION,
        }
    )


def _judgement(judgement: Judgement) -> Json:
    later, earlier = LEVELS[judgement.level]
    return present(
        {
            "@id": iri("judgement", str(judgement.number)),
            "@type": ["prov:Activity", "tallystick:Judgement"],
            **_decided(judgement.made, judgement.by, judgement.why),
            "tallystick:verdict": judgement.verdict.value,
            "prov:used": [iri(later, judgement.later), iri(earlier, judgement.earlier)],
        }
    )


def _decided(made: str, by: str, why: str) -> dict[str, Json]:
    """When, by whom and why a reviewer decided."""
    return {
        "prov:startedAtTime": made,
        "prov:endedAtTime": made,
        "prov:wasAssociatedWith": _agent(by, "prov:Person"),
        "rdfs:comment": why or None,
    }


def _review(review: Review) -> Iterator[Json]:
    """A review of claims, and what came of it; a claim that no longer counts is told here, with its figure."""
    name = iri("review", str(review.number))
    yield present(
        {
            "@id": name,
            "@type": ["prov:Activity", "tallystick:Review"],
            **_decided(review.made, review.by, review.why),
            "tallystick:verdict": review.verdict.value,
            "prov:used": [iri("claim", claim.id) for claim in review.before],
        }
    )
    kept = {claim.id for claim in review.before}
    for claim in (*review.before, *review.after):
        made = claim.id not in kept
        yield present(
            {
                "@id": iri("claim", claim.id),
                "@type": ["prov:Entity", "tallystick:Claim"],
                "dcterms:identifier": claim.id,
                "prov:wasQuotedFrom": iri("document", claim.document),
                "prov:value": claim.figure,
                "prov:wasGeneratedBy": name if made else None,
                "prov:wasRevisionOf": [iri("claim", one) for one in kept] if made else None,
            }
        )
