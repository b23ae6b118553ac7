"""STIX 2.1: a ledger comes in, one bundle goes out, object after object.

A news report is a `report` about who publishes it and who speaks in it; a step between two reports a `relationship`
"derived-from"; an estimate a `note` on its reports, its place and those who speak, whose extension holds the figure and
each claim with its span. A note for each claim would be more objects than platforms keep well (a large case has twenty
times as many claims as estimates), and the figure of one means little without the others. A provision that may apply is
a `grouping` of notes, a flag a `note`; what analysts decided is told by `stix_judgements`.

`confidence` of an estimate is its credibility by the Admiralty scale of STIX's appendix A, which the extension names;
both grades are MISP machine tags among the labels. Head-counts are never `observed-data`, which is for machines.
Nothing is marked by TLP: whose case it is decides that.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby
from typing import BinaryIO

from tallystick.exporting.grading import independents, reliability
from tallystick.exporting.linked import Json, address, encoded, number, present, write_array
from tallystick.exporting.stix_graph import Graph
from tallystick.exporting.stix_judgements import Decided
from tallystick.exporting.stix_objects import (
    ADMIRALTY,
    EPOCH,
    MAKER,
    SCALE,
    common,
    extension_definition,
    figures,
    instant,
    maker,
    stix_id,
)
from tallystick.exporting.subject import Subject
from tallystick.exporting.tags import credibility_tag, machine_tag, reliability_tag
from tallystick.model.document import Document
from tallystick.model.dossier import Dossier
from tallystick.model.estimate import Estimate
from tallystick.model.flag import Flag
from tallystick.model.hit import Hit
from tallystick.model.lineage import Edge, EdgeLevel
from tallystick.model.stream import LedgerStream, Stated
from tallystick.values.phrases import bounded, count, credibility, settled

__all__ = ["write"]

# Claims that are asked for at once.
PORTION = 500
# How sure a step is, from 0 to 1, on STIX's scale.
FULL = 100


def write(stream: LedgerStream, subject: Subject, out: BinaryIO) -> None:
    """Write the bundle; every object that is referred to is in it, each once."""
    name = stix_id("bundle", f"{subject.dossier.name}:{subject.digest}:{subject.made}")
    out.write(b'{"type":"bundle","id":' + encoded(name) + b',"objects":')
    write_array(out, _Bundle(stream, subject).objects())
    out.write(b"}\n")


class _Bundle:
    """The objects of a bundle, one by one."""

    def __init__(self, stream: LedgerStream, subject: Subject) -> None:
        self._stream = stream
        self._version = subject.version
        self._made = instant(subject.made) or EPOCH
        self._graph = Graph(subject, self._made)
        self._decided = Decided(stream, self._graph, self._made)
        self._law = _law(subject.dossier)

    def objects(self) -> Iterator[Json]:
        """Give them: who writes, what the figures' extension means, and then the ledger in its order."""
        yield maker(self._version, self._made)
        yield extension_definition(self._made)
        yield from self._reports()
        for estimates in _portions(self._stream.estimates()):
            found = dict[str, Stated]()
            names = [name for estimate in estimates for name in estimate.claims]
            for first in range(0, len(names), PORTION):
                found.update(self._stream.claims_of(names[first : first + PORTION]))
            for estimate in estimates:
                yield from self._estimate(estimate, [found[name] for name in estimate.claims if name in found])
        for edge in self._stream.edges():
            if edge.level is EdgeLevel.DOCUMENT:
                yield self._step(edge)
        yield from map(self._hit, self._stream.hits())
        yield from map(self._flag, self._stream.flags())
        yield from self._decided.objects()

    def _common(self, kind: str, name: str, created: str | None) -> dict[str, Json]:
        return common(kind, self._graph.own(name), self._made, instant(created))

    def _report_ref(self, document: str) -> str:
        return stix_id("report", self._graph.own(document))

    def _reports(self) -> Iterator[Json]:
        """Every report, before it those who speak in it for the first time."""
        told = groupby(self._stream.stated(), key=lambda stated: stated.claim.document)
        document_of, claims = next(told, (None, iter(())))
        for document in self._stream.documents():
            speakers: tuple[str | None, ...] = ()
            if document.id == document_of:
                speakers = tuple(dict.fromkeys(stated.claim.speaker for stated in claims))
                document_of, claims = next(told, (None, iter(())))
            yield from self._graph.identities((document.outlet,), speakers)
            yield self._report(document, speakers)

    def _report(self, document: Document, speakers: Iterable[str | None]) -> Json:
        refs = (self._graph.outlet(document.outlet), *map(self._graph.speaker, speakers))
        about = list(dict.fromkeys(ref for ref in refs if ref is not None))
        code = document.language.partition("-")[0].lower()
        cited = present(
            {
                "source_name": document.outlet or "news report",
                "url": address(document.url),
                "external_id": document.id,
                "hashes": {"SHA-256": document.sha256},
                "description": "The hash is that of the bytes that were preserved",
            }
        )
        return present(
            {
                **self._common("report", document.id, document.published),
                "name": document.title or document.id,
                "published": instant(document.published) or self._made,
                "lang": code if len(code) == len("en") and code.isascii() and code.isalpha() else None,
                "object_refs": [*(about or [MAKER])],
                "external_references": [cited],
                "labels": [] if instant(document.published) else [machine_tag("published", "unknown")],
            }
        )

    def _estimate(self, estimate: Estimate, claims: Sequence[Stated]) -> Iterator[Json]:
        """An estimate, before it the locations and identities that stand for the first time."""
        readings = [reading.speaker for reading in estimate.readings]
        yield from self._graph.identities((), chain(readings, (stated.claim.speaker for stated in claims)))
        places, locations = self._graph.places(estimate.population)
        yield from locations
        refs = [*map(self._report_ref, dict.fromkeys(stated.claim.document for stated in claims)), *places]
        refs += [ref for ref in map(self._graph.speaker, readings) if ref is not None]
        letter, known = reliability(estimate), [reading.known for reading in estimate.readings if reading.known]
        yield present(
            {
                **self._common("note", estimate.id, min(known, default=None)),
                "abstract": estimate.population.label,
                "content": _content(estimate, letter),
                "object_refs": [*(dict.fromkeys(refs) or [MAKER])],
                "confidence": ADMIRALTY.get(estimate.credibility),
                "labels": [
                    reliability_tag(letter),
                    credibility_tag(estimate.credibility),
                    machine_tag("category", estimate.population.category),
                    machine_tag("status", estimate.status.value),
                ],
                "external_references": [{"source_name": "tallystick", "external_id": estimate.id}],
                "extensions": figures(_figure(estimate, letter, [*map(self._claim, claims)])),
            }
        )

    def _claim(self, stated: Stated) -> Json:
        claim = stated.claim
        return present(
            {
                "claim_id": claim.id,
                "traced_to": stated.traced_to,
                "figure": claim.figure,
                "low": number(claim.low),
                "high": number(claim.high),
                "bound": claim.bound.value,
                "speaker_ref": self._graph.speaker(claim.speaker),
                "stated": claim.stated,
                "report_ref": self._report_ref(claim.document),
                "document_sha256": stated.citation.sha256,
                "start": claim.start,
                "end": claim.end,
                "quotation": claim.quote,
            }
        )

    def _step(self, edge: Edge) -> Json:
        name = f"{edge.later}|{edge.earlier}|{edge.kind.value}|{edge.mechanism.value}"
        told = present(
            {
                **self._common("relationship", name, edge.known),
                "relationship_type": "derived-from",
                "description": edge.reason,
                "source_ref": self._report_ref(edge.later),
                "target_ref": self._report_ref(edge.earlier),
                "confidence": round(edge.confidence * FULL),
                "labels": [machine_tag("prov", edge.kind.value), machine_tag("mechanism", edge.mechanism.value)],
            }
        )
        self._decided.meet(edge, str(told["id"]))
        return told

    def _hit(self, hit: Hit) -> Json:
        cited, program = self._law.get((hit.pack, hit.provision), (None, None))
        refs = [stix_id("note", self._graph.own(name)) for name in hit.estimates]
        refs += [self._report_ref(span.document) for finding in hit.findings for span in finding.evidence]
        labels: list[Json] = [machine_tag("tier", hit.tier.value), machine_tag("provision", hit.provision)]
        known: list[Json] = [{"source_name": "OpenSanctions", "external_id": program}] if program else []
        return present(
            {
                **self._common("grouping", hit.id, None),
                "name": f"{hit.provision}: {hit.population.label}",
                "description": "\n".join((hit.statement, *hit.missing)),
                "context": "unspecified",
                "object_refs": [*(dict.fromkeys(refs) or [MAKER])],
                "labels": [*labels, machine_tag("program", program)] if program else labels,
                "external_references": [
                    {"source_name": "tallystick", "external_id": hit.id},
                    *([cited] if cited else []),
                    *known,
                ],
            }
        )

    def _flag(self, flag: Flag) -> Json:
        refs = dict.fromkeys(self._report_ref(span.document) for span in flag.evidence)
        return present(
            {
                **self._common("note", flag.id, None),
                "abstract": flag.code.replace("_", " "),
                "content": flag.reason,
                "object_refs": [*(refs or [MAKER])],
                "labels": [machine_tag("flag", flag.code), machine_tag("severity", flag.severity)],
                "external_references": [{"source_name": "tallystick", "external_id": flag.id}],
            }
        )


def _content(estimate: Estimate, letter: str) -> str:
    """The figure in words, and what each origin says; a grade and a range never stand in one sentence."""
    population, grade = estimate.population, estimate.credibility
    told = [
        f"{settled(estimate.best, estimate.low, estimate.high)} {population.unit}, {estimate.status.value}.",
        f"{letter}{grade}: reliability of the best source {letter}; credibility {grade}, {credibility(grade)}.",
        f"{count(estimate.reports, 'report')}, {independents(estimate.independent)}.",
    ]
    told += [
        f"{reading.speaker or 'No speaker named'}: {bounded(reading.low, reading.high, reading.bound)}"
        f" ({count(reading.reports, 'report')})"
        for reading in estimate.readings
    ]
    return "\n".join(told)


def _figure(estimate: Estimate, letter: str, claims: list[Json]) -> Mapping[str, Json]:
    """The fields of the extension."""
    population = estimate.population
    return {
        "estimate_id": estimate.id,
        "category": population.category,
        "unit": population.unit,
        "origin_country": population.origin,
        "place": population.place,
        "status": estimate.status.value,
        "measure": estimate.measure and estimate.measure.value,
        "when": estimate.when,
        "best": number(estimate.best),
        "low": number(estimate.low),
        "high": number(estimate.high),
        "source_reliability": letter,
        "information_credibility": estimate.credibility,
        "confidence_scale": SCALE,
        "independent_origins_low": estimate.independent.low,
        "independent_origins_high": estimate.independent.high,
        "reports": estimate.reports,
        "steps": [*estimate.steps],
        "conflicts": [conflict.reason for conflict in estimate.conflicts],
        "stale": estimate.stale,
        "claims": claims,
    }


def _law(dossier: Dossier) -> Mapping[tuple[str, str], tuple[Json, str | None]]:
    """Where each provision stands, as an external reference, and the program of its pack."""
    titles = {(pack.name, one.id): one.title for pack in dossier.packs for one in pack.instruments}
    return {
        (pack.name, one.id): (
            {"source_name": titles[pack.name, one.instrument], "external_id": one.eid},
            pack.program,
        )
        for pack in dossier.packs
        for one in pack.provisions
    }


def _portions(estimates: Iterator[Estimate]) -> Iterator[Sequence[Estimate]]:
    """Estimates with as many claims together as are asked for at once."""
    waiting: list[Estimate] = []
    size = 0
    for estimate in estimates:
        waiting.append(estimate)
        size += len(estimate.claims)
        if size >= PORTION:
            yield waiting
            waiting, size = [], 0
    yield waiting
