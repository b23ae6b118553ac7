"""W3C Web Annotation: the claims that count come in, one annotation each goes out, on the words of the figure.

The file is one `AnnotationCollection` with one page, which readers of annotations open as it is. The target is the
report: at its address where it has one of the web, with the text that was read of it as the cached copy; else that text
itself. Both selectors are of that text, as the specification counts: `TextPositionSelector` in code points, and
`TextQuoteSelector` with up to 32 code points on either side, by which the figure is found on the page as well. Bodies
are a line for a reader and the fields of the claim record.
"""

from collections.abc import Iterator
from typing import BinaryIO

from tallystick.exporting.linked import PREFIXES, Json, address, encoded, figure_terms, iri, write_array
from tallystick.exporting.subject import Subject
from tallystick.model.claim import Claim
from tallystick.model.stream import Citation, LedgerStream, Stated
from tallystick.values.phrases import bounded

__all__ = ["CONTEXT", "write"]

CONTEXT: list[Json] = ["http://www.w3.org/ns/anno.jsonld", {**PREFIXES}]


def write(stream: LedgerStream, subject: Subject, out: BinaryIO) -> None:
    """Write every claim that counts, in the order of the ledger; how many there are stands at the end."""
    name = iri("annotations", subject.digest or subject.dossier.name)
    written = _Counted(stream)
    head: dict[str, Json] = {"id": name, "type": "AnnotationCollection", "label": subject.dossier.title}
    page: dict[str, Json] = {"id": f"{name}:1", "type": "AnnotationPage", "partOf": name, "startIndex": 0}
    out.write(b'{"@context":' + encoded(CONTEXT) + b"," + encoded(head)[1:-1])
    out.write(b',"generator":' + encoded(_software(subject)) + b',"first":' + encoded(page)[:-1] + b',"items":')
    write_array(out, written.annotations(iri("software", subject.version)))
    out.write(b'},"total":' + encoded(written.count) + b"}\n")


class _Counted:
    """The annotations, and how many have been written."""

    def __init__(self, stream: LedgerStream) -> None:
        self._stream = stream
        self.count = 0

    def annotations(self, software: str) -> Iterator[Json]:
        for stated in self._stream.stated():
            self.count += 1
            yield _annotation(stated, software)


def _software(subject: Subject) -> dict[str, Json]:
    return {"id": iri("software", subject.version), "type": "Software", "name": f"Tallystick {subject.version}"}


def _annotation(stated: Stated, software: str) -> Json:
    claim, citation = stated.claim, stated.citation
    fields: dict[str, Json] = {
        "id": f"{iri('claim', claim.id)}:figure",
        "type": "tallystick:Figure",
        **figure_terms(claim),
        "tallystick:quote": claim.quote,
        "tallystick:standing": stated.standing.value,
        "tallystick:sha256": citation.sha256,
    }
    if stated.traced_to is not None:
        fields["tallystick:tracedTo"] = {"id": iri("origin", stated.traced_to)}
    return {
        "id": iri("claim", claim.id),
        "type": "Annotation",
        "motivation": "describing",
        "generator": software,
        "body": [
            {"type": "TextualBody", "purpose": "describing", "format": "text/plain", "value": _line(claim)},
            fields,
        ],
        "target": _target(claim, citation),
    }


def _target(claim: Claim, citation: Citation) -> Json:
    """The figure in its report, by its place and by the words around it."""
    text = iri("document", citation.document)
    page = address(citation.url)
    target: dict[str, Json] = {"type": "SpecificResource", "source": page or text}
    if page is not None:
        target["state"] = {"type": "TimeState", "cached": text}
    target["selector"] = [
        {"type": "TextQuoteSelector", "exact": claim.figure, "prefix": claim.prefix, "suffix": claim.suffix},
        {"type": "TextPositionSelector", "start": claim.start, "end": claim.end},
    ]
    return target


def _line(claim: Claim) -> str:
    """A claim for a reader: "at most 5,000 military builders, planned, said Sergei Shoigu"."""
    told = f"{bounded(claim.low, claim.high, claim.bound)} {claim.counted or claim.unit}, {claim.status.value}"
    return told if claim.speaker is None else f"{told}, said {claim.speaker}"
