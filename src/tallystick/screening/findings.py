"""What the rules of screening look at and how they say what they found.

Takes everything that a case holds, indexed once; gives flags with ids that are stable across runs.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from hashlib import sha256
from typing import Any, TypeVar

from tallystick.model.claim import Claim
from tallystick.model.document import Document
from tallystick.model.dossier import Category, Dossier
from tallystick.model.estimate import Estimate
from tallystick.model.fact import Fact
from tallystick.model.flag import Evidence, Flag
from tallystick.model.lineage import Lineage, Origin
from tallystick.model.quantity import Bound
from tallystick.screening.names import Names
from tallystick.values.dates import published_date

__all__ = ["ERROR", "NOTE", "WARNING", "Holdings", "amount", "cut", "flag", "named", "spans"]

Made = TypeVar("Made")
ERROR, WARNING, NOTE = "error", "warning", "note"
# The passages in which figures and offices are read.
# A phrase in a reason is cut here.
LONGEST = 80


class Holdings:
    """What a case holds, with the look-ups that rules need."""

    def __init__(
        self,
        documents: tuple[Document, ...],
        claims: tuple[Claim, ...],
        lineage: Lineage,
        estimates: tuple[Estimate, ...],
        dossier: Dossier,
        facts: tuple[Fact, ...] = (),
    ) -> None:
        """Index documents, claims, facts, origins and names."""
        self.documents = documents
        self.lineage = lineage
        self.estimates = estimates
        self.dossier = dossier
        self.names = Names(dossier)
        self._made: dict[Callable[[Holdings], Any], Any] = {}
        self.turns = {document.id: turn for turn, document in enumerate(documents)}
        last = len(documents)
        self.claims = tuple(
            sorted(claims, key=lambda claim: (self.turns.get(claim.document, last), claim.document, claim.start))
        )
        self.by_id = {claim.id: claim for claim in self.claims}
        self._documents = {document.id: document for document in documents}
        self._categories = {category.id: category for category in dossier.categories}
        self._origins = {name: origin for origin in lineage.origins for name in origin.claims}
        self.facts = tuple(
            sorted(facts, key=lambda fact: (self.turns.get(fact.document, last), fact.document, fact.start, fact.slot))
        )
        self._told: defaultdict[str, list[Fact]] = defaultdict(list)
        for fact in self.facts:
            self._told[fact.document].append(fact)
        self._by_document: defaultdict[str, list[Claim]] = defaultdict(list)
        for claim in self.claims:
            self._by_document[claim.document].append(claim)

    def once(self, make: Callable[["Holdings"], Made]) -> Made:
        """Give what `make` makes of this, made the first time that it is asked for."""
        if make not in self._made:
            self._made[make] = make(self)
        found: Made = self._made[make]
        return found

    def claims_of(self, document: str) -> list[Claim]:
        """Give the claims of a document in order."""
        return self._by_document.get(document, [])

    def facts_of(self, document: str) -> list[Fact]:
        """Give the facts of a document in order."""
        return self._told.get(document, [])

    def category(self, claim: Claim) -> Category | None:
        """Give the category of a claim, or None where the dossier lacks it."""
        return self._categories.get(claim.category)

    def origin(self, claim: Claim) -> Origin | None:
        """Give the origin that a claim goes back to."""
        return self._origins.get(claim.id)

    def published(self, claim: Claim) -> date | None:
        """Give the day on which the document of a claim was published."""
        document = self._documents.get(claim.document)
        return None if document is None else published_date(document.published)

    def between(self, one: Claim, other: Claim) -> str:
        """Give the text between two claims of one document, `one` before `other`."""
        document = self._documents.get(one.document)
        return "" if document is None else document.text[one.end : other.start]

    def text(self, document: str) -> str:
        """Give the text of a document, "" where the case lacks it."""
        found = self._documents.get(document)
        return "" if found is None else found.text

    def language(self, document: str) -> str:
        """Give the language of a document without its script or region ("zh"), "" where the case lacks it."""
        found = self._documents.get(document)
        return "" if found is None else found.language.partition("-")[0]

    def outlet(self, document: str) -> str:
        """Give a name for the document in a sentence: its outlet, else its id or the file it came in."""
        found = self._documents.get(document)
        if found is None:
            return document
        return cut(found.outlet or (found.id if found.id != found.sha256 else found.name.rpartition("/")[2]))

    def speaker(self, claim: Claim) -> str:
        """Give the speaker of a claim for a sentence, as the clearest telling of its origin names it."""
        origin = self.origin(claim)
        return cut((origin.speaker if origin is not None else None) or claim.speaker or "the same speaker")

    def known(self, names: Iterable[str]) -> list[Claim]:
        """Give the claims of these ids that the case holds, in order."""
        found = [self.by_id[name] for name in names if name in self.by_id]
        return sorted(found, key=lambda claim: (self.turns.get(claim.document, 0), claim.document, claim.start))


def flag(code: str, severity: str, reason: str, evidence: Iterable[Evidence], claims: Iterable[Claim] = ()) -> Flag:
    """Give a flag.

    Args:
        code: What kind of fault.
        severity: "error", "warning" or "note".
        reason: One or two sentences with the facts compared.
        evidence: The spans it rests on; at least one.
        claims: The claims concerned.
    """
    held = tuple(dict.fromkeys(evidence))
    names = tuple(dict.fromkeys(claim.id for claim in claims))
    print_of = "\0".join((code, *(f"{one.document}\0{one.start}\0{one.end}" for one in held)))
    return Flag("f-" + sha256(print_of.encode()).hexdigest()[:16], code, severity, reason, names, held)


def spans(claims: Iterable[Claim]) -> Iterator[Evidence]:
    """Yield the spans of the figures of `claims`."""
    for claim in claims:
        yield Evidence(claim.document, claim.start, claim.end)


def amount(claim: Claim) -> float | None:
    """Give the one number that a claim names, however it bounds it; None for ranges and vague words."""
    if claim.bound is Bound.VAGUE or (claim.low is not None and claim.high is not None and claim.low != claim.high):
        return None
    value = claim.high if claim.low is None else claim.low
    return None if value is None else float(value)


def named(claim: Claim) -> str:
    """Give figure and counted for a sentence: "5,000 military builders"."""
    return f"{claim.figure} {cut(claim.counted or claim.category.replace('_', ' '))}"


def cut(text: str) -> str:
    """Give `text` on one line and not too long."""
    flat = " ".join(text.split())
    return flat if len(flat) <= LONGEST else flat[: LONGEST - 1] + "…"
