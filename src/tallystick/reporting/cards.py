"""What reports tell besides figures, as cards: the facts of a case and its dossier come in, one card a report goes out.

A card names each slot of the dossier in its order; the same words told twice in one report stand there once.
"""

from collections import defaultdict
from typing import NamedTuple

from tallystick.model.document import Document
from tallystick.model.dossier import Dossier
from tallystick.model.fact import Fact
from tallystick.model.flag import Evidence
from tallystick.model.ledger import Ledger

__all__ = ["Card", "Line", "Told", "cards", "place"]


class Told(NamedTuple):
    """One value with the further places where the same words stand."""

    fact: Fact
    also: tuple[Fact, ...]


class Line(NamedTuple):
    """One slot with its values."""

    label: str
    values: tuple[Told, ...]


class Card(NamedTuple):
    """One report with its slots; those without values are left out."""

    document: Document
    lines: tuple[Line, ...]


def cards(ledger: Ledger, dossier: Dossier) -> tuple[Card, ...]:
    """Give a card for every document that has facts, in the order of the documents.

    Args:
        ledger: Documents and facts.
        dossier: Names the slots; one that it does not know any more comes last, by its id.
    """
    held: defaultdict[str, defaultdict[str, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    for fact in ledger.facts:
        held[fact.document][fact.slot].append(fact)
    labels = {slot.id: slot.label for slot in dossier.facts}
    labels |= {slot: slot for slot in sorted({fact.slot for fact in ledger.facts} - set(labels))}
    found = []
    for document in ledger.documents:
        if document.id in held:
            slots = held[document.id]
            lines = tuple(Line(label, _values(slots[slot])) for slot, label in labels.items() if slot in slots)
            found.append(Card(document, lines))
    return tuple(found)


def place(fact: Fact) -> Evidence:
    """Give where the words of `fact` stand, as the page marks evidence."""
    return Evidence(fact.document, fact.start, fact.end)


def _values(facts: list[Fact]) -> tuple[Told, ...]:
    """The values of one slot, the same words from the same speaker under the same status once."""
    groups: dict[tuple[str, str | None, str], list[Fact]] = {}
    for fact in facts:
        key = " ".join(fact.value.casefold().split()), fact.speaker, fact.status.value
        groups.setdefault(key, []).append(fact)
    return tuple(Told(first, tuple(others)) for first, *others in groups.values())
