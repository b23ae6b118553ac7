"""Ledgers that exports are tested on: the sample, and one of reports that mean harm; and JSON-LD without a network."""

import io
import json
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

from pyld import jsonld
from pyld.documentloader.frozen import FrozenDocumentLoader

from factory import document
from tallystick.deriving import derive
from tallystick.dossiers.loading import load
from tallystick.exporting.subject import Subject
from tallystick.extraction.extraction import extract
from tallystick.model.document import Document, Retrieved
from tallystick.model.judgement import Judgement, Verdict
from tallystick.model.ledger import Ledger
from tallystick.model.lineage import EdgeLevel
from tallystick.model.review import Review, ReviewVerdict
from tallystick.model.stream import LedgerStream, Streamed
from tallystick.reading.reading import read
from tallystick.sample import reports

__all__ = ["HOSTILE", "LOADER", "MADE", "expanded", "hostile", "names", "sample", "subject", "unknown_terms", "written"]

CONTEXTS = Path(__file__).parent / "exporting" / "contexts"
MADE = "2026-11-26T13:05:09Z"
# Serves what is at hand, and refuses the network.
LOADER = FrozenDocumentLoader(
    {
        "https://schema.org": CONTEXTS / "schema.org.json",
        "http://www.w3.org/ns/anno.jsonld": CONTEXTS / "anno.json",
    }
)
HOSTILE = "=cmd|' /C calc'!A0\u202e</script>\x07@context \u0000 \"quoted\"; and; more"
# Own sentences.
TEXTS = (
    "🚧 북한 노동자. North Korea will send 5,000 construction workers to Russia's Kursk region, Sergei Shoigu said.",
    '<script>1</script> North Korea will send 5,000 construction workers to Kursk, Sergei Shoigu said. "@id" {"a": 1}',
    "Dozens of North Korean soldiers were killed in Kursk on 3 May 2025, =HYPERLINK(1) Ukraine's military said.",
    "Between 300 and 400 North Korean soldiers were killed in Kursk on 3 May 2025, a spokesman said 👩‍👩‍👧 in Seoul.",
    "Up to 2,000 North Korean workers may come to Vladivostok in 2026, an official said.",
)
URLS = (None, "javascript:alert(1)", "https://news.example/a b?<x>=1#\u202e", "http://[bad", "https://한국.example/가")
IDS = ('x"/><b>', "../../etc/passwd", "@type", "한국 1%2f", "urn:x:y z")

Write = Callable[[LedgerStream, Subject, BinaryIO], None]


def written(write: Write, ledger: Ledger, reviews: tuple[Review, ...] = ()) -> bytes:
    """Give what a format writes of a ledger."""
    out = io.BytesIO()
    write(Streamed(ledger, reviews), subject(), out)
    return out.getvalue()


@cache
def subject() -> Subject:
    """What the ledgers are about."""
    return Subject(load("dprk-russia"), "0.1.0", MADE, "ab" * 32)


@cache
def sample() -> Ledger:
    """The ledger of the sample."""
    with reports() as folder:
        return _ledger(tuple(one.document for one in read([folder]) if isinstance(one, Retrieved)))


@cache
def hostile() -> tuple[Ledger, tuple[Review, ...]]:
    """A ledger of reports that mean harm, with decisions of a reviewer of such a name."""
    documents = tuple(
        document(text, id=name, outlet=HOSTILE, published=f"2025-06-0{turn + 1}", title=HOSTILE, url=url)
        for turn, (text, name, url) in enumerate(zip(TEXTS, IDS, URLS, strict=True))
    )
    found = _ledger(documents)
    first, second = found.claims[:2]
    judgements = (
        Judgement(1, MADE, HOSTILE, Verdict.CUT, second.id, first.id, EdgeLevel.CLAIM, HOSTILE),
        Judgement(2, MADE, "Ann", Verdict.DETERMINED, "h-1", "UN/8", EdgeLevel.HIT, ""),
    )
    gone = extract(document("Kim said that 7,000 North Korean workers came to Kursk.", id=IDS[0]), load("dprk-russia"))
    reviews = (
        Review(1, MADE, HOSTILE, ReviewVerdict.SPLIT, IDS[0], gone, (first,), HOSTILE),
        Review(2, MADE, "Ann", ReviewVerdict.ACCEPTED, second.document, (second,), (second,), ""),
    )
    return (
        Ledger(
            found.documents, found.claims, found.lineage, found.estimates, found.flags, found.failures, found.facts,
            judgements, found.hits,
        ),
        reviews,
    )  # fmt: skip


def _ledger(documents: tuple[Document, ...]) -> Ledger:
    dossier = load("dprk-russia")
    return derive(documents, tuple(claim for one in documents for claim in extract(one, dossier)), dossier)


def expanded(content: bytes) -> list[Any]:
    """Give JSON-LD expanded, without a network."""
    return _expanded(json.loads(content))


def _expanded(whole: Any) -> list[Any]:
    found: list[Any] = jsonld.expand(whole, {"documentLoader": LOADER})
    return found


def names(expanded: Any) -> Iterator[str]:
    """Give every id and every type that stands in expanded JSON-LD."""
    if isinstance(expanded, list):
        for one in expanded:
            yield from names(one)
    elif isinstance(expanded, dict):
        if "@id" in expanded:
            yield expanded["@id"]
        yield from expanded.get("@type", []) if isinstance(expanded.get("@type"), list) else []
        for key, value in expanded.items():
            if not key.startswith("@"):
                yield key
            yield from names(value)


def unknown_terms(content: bytes) -> set[str]:
    """Give the keys of JSON-LD that expansion would drop without a word, for want of an IRI."""
    whole = json.loads(content)
    keys = set(_keys({name: value for name, value in whole.items() if name != "@context"}))
    return {key for key in keys if not _expanded({"@context": whole["@context"], key: "urn:x:y"})}


def _keys(part: Any) -> Iterator[str]:
    if isinstance(part, list):
        for one in part:
            yield from _keys(one)
    elif isinstance(part, dict):
        for key, value in part.items():
            if not key.startswith("@") and key not in ("id", "type"):
                yield key
            yield from _keys(value)
