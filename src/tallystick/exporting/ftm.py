"""FollowTheMoney: a ledger comes in, its entities go out, one JSON text a line, as `ftm` and OpenAleph read them.

Who speaks and who held which office comes first, then the reports, the estimates, and the notes: claims, facts, flags
and hits. An entity stands once. Besides one portion of records, the ids of those who speak and of each claim with its
estimate are held.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import BinaryIO

from tallystick.exporting.carried import Carried, carried
from tallystick.exporting.ftm_entities import (
    Entity,
    Standing,
    article,
    event,
    ftm_id,
    note_of_claim,
    note_of_fact,
    note_of_flag,
    note_of_hit,
    party_id,
    tenures,
    voice,
)
from tallystick.exporting.ftm_values import dataset, language
from tallystick.exporting.linked import Json, encoded
from tallystick.exporting.parties import Parties, of_actor
from tallystick.exporting.siting import Sites
from tallystick.exporting.subject import Subject
from tallystick.model.fact import Fact
from tallystick.model.hit import Hit
from tallystick.model.stream import LedgerStream

__all__ = ["entities", "write"]

# Facts whose reports are looked up at once.
PORTION = 500


def write(stream: LedgerStream, subject: Subject, out: BinaryIO) -> None:
    """Write the entities, one a line."""
    kept: list[Json] = [dataset(subject.dossier.name)]
    for entity in entities(stream, subject):
        line: dict[str, Json] = {
            "id": entity.id,
            "schema": entity.schema,
            "properties": {name: [value.text for value in values] for name, values in entity.properties.items()},
            "datasets": kept,
        }
        if entity.referents:
            line["referents"] = [*entity.referents]
        out.write(encoded(line) + b"\n")


def entities(stream: LedgerStream, subject: Subject) -> Iterator[Entity]:
    """Give every entity of a ledger, each once."""
    graph = _Graph(stream, subject)
    yield from graph.actors()
    yield from map(article, stream.documents())
    for one in carried(stream):
        yield from graph.estimate(one)
    for stated in stream.stated():
        yield from graph.speaker(stated.claim.speaker)
        yield note_of_claim(stated, graph.about(stated.claim.speaker, (stated.claim.id,)))
    yield from graph.facts()
    for flag in stream.flags():
        yield note_of_flag(flag, graph.about(None, flag.claims))
    for hit in stream.hits():
        yield graph.hit(hit)


class _Graph:
    """What entities refer to one another by."""

    def __init__(self, stream: LedgerStream, subject: Subject) -> None:
        dossier = subject.dossier
        self._stream = stream
        self._dossier = dossier
        self._parties = Parties(dossier)
        self._sites = Sites(dossier)
        self._categories = {one.id: one.label for one in dossier.categories}
        self._slots = {slot.id: slot.label for slot in dossier.facts}
        self._voices: set[str] = set()
        # The estimate of each claim: what makes a quotation stand below its figure in OpenAleph.
        self._estimates: dict[str, str] = {}
        instruments = {(pack.name, one.id): one.title for pack in dossier.packs for one in pack.instruments}
        self._provisions: Mapping[tuple[str, str], tuple[str, str | None]] = {
            (pack.name, one.id): (f"{instruments[pack.name, one.instrument]}, {one.paragraph}", pack.program)
            for pack in dossier.packs
            for one in pack.provisions
        }

    def actors(self) -> Iterator[Entity]:
        """Give those whom the dossier knows, and their offices."""
        ids = {actor.id: party_id(of_actor(actor)) for actor in self._dossier.actors}
        stood = {tenure.actor: tenure for tenure in reversed(self._dossier.tenures)}
        people = {}
        for actor in self._dossier.actors:
            person = actor.kind == "person"
            if person:
                people[actor.id] = ids[actor.id]
            if ids[actor.id] not in self._voices:
                self._voices.add(ids[actor.id])
                yield voice(of_actor(actor), None if person else stood.get(actor.id))
        yield from tenures(self._dossier, people)

    def speaker(self, name: str | None) -> Iterator[Entity]:
        """Give who speaks, where nobody has been given of that name."""
        party = self._parties.speaker(name)
        if party is not None and party_id(party) not in self._voices:
            self._voices.add(party_id(party))
            yield voice(party)

    def estimate(self, one: Carried) -> Iterator[Entity]:
        """Give an estimate, and before it those who speak in it for the first time."""
        estimate = one.estimate
        for reading in estimate.readings:
            yield from self.speaker(reading.speaker)
        parties = (self._parties.speaker(reading.speaker) for reading in estimate.readings)
        population = estimate.population
        site = self._sites.at(population.place)
        self._estimates.update(dict.fromkeys(one.claims, ftm_id(estimate.id)))
        yield event(
            estimate,
            Standing(
                tuple(dict.fromkeys(brief.citation.document for brief in one.claims.values())),
                tuple(party_id(party) for party in parties if party is not None),
                self._categories.get(population.category, population.category),
                None if site is None else site.country,
            ),
        )

    def about(self, speaker: str | None, claims: Iterable[str] = ()) -> tuple[str | None, ...]:
        """Give the ids of the estimates of some claims, and of who speaks."""
        party = self._parties.speaker(speaker)
        return (*(self._estimates.get(name) for name in claims), None if party is None else party_id(party))

    def facts(self) -> Iterator[Entity]:
        """Give what is told besides figures."""
        facts = self._stream.facts()
        while some := tuple(islice(facts, PORTION)):
            cited = self._stream.citations_of(fact.document for fact in some)
            for fact in some:
                yield from self._fact(fact, cited[fact.document].language)

    def _fact(self, fact: Fact, tongue: str) -> Iterator[Entity]:
        yield from self.speaker(fact.speaker)
        label = self._slots.get(fact.slot, fact.slot)
        yield note_of_fact(fact, label, language(tongue), self.about(fact.speaker))

    def hit(self, hit: Hit) -> Entity:
        """Give a hit."""
        title, program = self._provisions.get((hit.pack, hit.provision), (hit.provision, None))
        return note_of_hit(hit, title, program)
