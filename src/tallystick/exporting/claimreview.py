"""schema.org in JSON-LD: the origins of a case come in as claims, what estimates make of them as reviews of claims.

One `Claim` an origin: who said it, in which report it was first seen (`firstAppearance`), in which it was repeated
(`appearance`), each with the quoted sentence. One `ClaimReview` for every estimate that an origin stands in; it holds
the grades in words (`reviewBody`) and no `reviewRating`: schema.org's is a rating of truth, and nothing here is one.
schema.org has no words for how claims hang together; PROV-O has, and `--format prov`.

The context is named and not written out, since readers look for that name; none of ours is fetched.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import BinaryIO

from tallystick.exporting.carried import Brief, briefs
from tallystick.exporting.conventions import NOT_TRUTH
from tallystick.exporting.grading import independents
from tallystick.exporting.linked import Json, address, agent, encoded, iri, present, write_array
from tallystick.exporting.subject import Subject
from tallystick.model.dossier import Actor, Dossier
from tallystick.model.estimate import Estimate, Reading
from tallystick.model.lineage import Origin
from tallystick.model.stream import Citation, LedgerStream
from tallystick.values.names import fold, names_of
from tallystick.values.phrases import bounded, count, credibility, figure, span

__all__ = ["write"]

CONTEXT = "https://schema.org"
# Claims that are asked for at once.
PORTION = 500
# What schema.org takes for a date; EDTF knows more, and goes where any text may stand.
PLAIN_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
# The kinds of actor of a dossier. Of anybody else it is not known what he is, and nothing is said.
TYPES = {"person": "Person", "organization": "Organization", "state": "Country", "collective": "Organization"}


def write(stream: LedgerStream, subject: Subject, out: BinaryIO) -> None:
    """Write the reviews in the order of the estimates, then the claims in the order of the origins."""
    out.write(b'{"@context":' + encoded(CONTEXT) + b',"@graph":')
    write_array(out, _graph(stream, subject))
    out.write(b"}\n")


def _graph(stream: LedgerStream, subject: Subject) -> Iterator[Json]:
    software = iri("software", subject.version)
    yield {"@id": software, "@type": "SoftwareApplication", "name": "Tallystick", "softwareVersion": subject.version}
    for estimate in stream.estimates():
        yield from (_review(estimate, reading, subject) for reading in estimate.readings)
    speakers = _Speakers(subject.dossier)
    for origins in _portions(stream.origins()):
        claims = briefs(stream, (name for origin in origins for name in origin.claims))
        for origin in origins:
            yield _claim(origin, claims, speakers, software)


def _review(estimate: Estimate, reading: Reading, subject: Subject) -> dict[str, Json]:
    """What an estimate makes of what one origin says."""
    return {
        "@id": iri("review", f"{estimate.id}:{reading.origin}"),
        "@type": "ClaimReview",
        "itemReviewed": {"@id": iri("origin", reading.origin), "@type": "Claim"},
        "claimReviewed": f"{estimate.population.label}: {bounded(reading.low, reading.high, reading.bound)}"
        f" ({estimate.status.value})",
        "reviewBody": _body(estimate, reading),
        "author": {"@id": iri("software", subject.version)},
        "datePublished": subject.made,
        "isBasedOn": {"@id": iri("estimate", estimate.id)},
    }


def _body(estimate: Estimate, reading: Reading) -> str:
    """The grades in words."""
    best = "no best figure" if estimate.best is None else f"best figure {figure(estimate.best)}"
    told = [
        f"Not rated as true or false. {count(reading.reports, 'report')} carried it.",
        f"Reliability of the best source that carried it: {reading.reliability}.",
        f"All that is told of it: {count(estimate.reports, 'report')}, {independents(estimate.independent)}.",
        f"Its figure: {best}, range {span(estimate.low, estimate.high)}.",
        f"Credibility of that line: {estimate.credibility} ({credibility(estimate.credibility)}).",
    ]
    if reading.superseded:
        told.append("The same speaker gave a later figure.")
    told.extend(conflict.reason for conflict in estimate.conflicts if reading.origin in conflict.origins)
    return " ".join((*told, NOT_TRUTH))


def _claim(origin: Origin, claims: Mapping[str, Brief], speakers: "_Speakers", software: str) -> dict[str, Json]:
    told: dict[str, dict[str, Brief]] = {}
    for name in origin.claims:
        if name in claims:
            told.setdefault(claims[name].citation.document, {})[name] = claims[name]
    # Those of which no claim counts any more tell nothing.
    reports = [_report(told[document]) for document in origin.documents if document in told]
    first = next((told[document] for document in origin.documents if document in told), {})
    plain = origin.date is not None and PLAIN_DATE.fullmatch(origin.date) is not None
    return present(
        {
            "@id": iri("origin", origin.id),
            "@type": "Claim",
            "identifier": origin.id,
            "text": next((brief.quote for brief in first.values()), None),
            "author": speakers.named(origin.speaker),
            "datePublished": origin.date if plain else None,
            "temporal": None if plain else origin.date,
            "description": origin.reason,
            "claimInterpreter": {"@id": software},
            "firstAppearance": reports[0] if reports else None,
            "appearance": reports[1:],
        }
    )


def _report(told: Mapping[str, Brief]) -> Json:
    """A report, with the sentences in it that tell the claim."""
    citation = next(iter(told.values())).citation
    quoted: list[Json] = [
        {"@id": iri("claim", name), "@type": "Quotation", "identifier": name, "text": brief.quote}
        for name, brief in told.items()
    ]
    return present({**_cited(citation), "hasPart": quoted})


def _cited(citation: Citation) -> dict[str, Json]:
    outlet = citation.outlet
    return {
        "@id": iri("document", citation.document),
        "@type": "Article",
        "identifier": citation.document,
        "url": address(citation.url),
        "headline": citation.title,
        "publisher": {"@id": agent(outlet), "@type": "Organization", "name": outlet} if outlet else None,
        "author": {"name": citation.author} if citation.author else None,
        "datePublished": citation.published,
        "inLanguage": citation.language,
    }


class _Speakers:
    """Who speaks, with what the dossier knows of it."""

    def __init__(self, dossier: Dossier) -> None:
        self._actors: dict[tuple[str, ...], Actor] = {
            fold(name): actor for actor in reversed(dossier.actors) for name in reversed(names_of(actor))
        }

    def named(self, speaker: str | None) -> Json:
        """Give a speaker as a node; None in the outlet's own voice."""
        if speaker is None:
            return None
        actor = self._actors.get(fold(speaker))
        kind = None if actor is None else TYPES.get(actor.kind)
        return present({"@id": agent(speaker), "@type": kind, "name": speaker})


def _portions(origins: Iterable[Origin]) -> Iterator[Sequence[Origin]]:
    """Origins with as many claims together as are asked for at once."""
    waiting: list[Origin] = []
    size = 0
    for origin in origins:
        waiting.append(origin)
        size += len(origin.claims)
        if size >= PORTION:
            yield waiting
            waiting, size = [], 0
    yield waiting
