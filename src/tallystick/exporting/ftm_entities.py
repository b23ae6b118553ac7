"""What of a ledger FollowTheMoney has room for: records of the model come in, entities of its schemata go out.

A report is an Article, an estimate an Event, a claim, a fact, a flag and a hit each a Note; who speaks is a Person, an
Organization or a PublicBody where the dossier knows which, else a LegalEntity; tenures are Positions and Occupancies.
There is no schema for a figure, so it stands in words, where every tool shows it. Never used are Mention, which is a
name found in a text; Sanction, which is the listing of somebody, where a provision that may apply is a question; and
`program`, which means the same. Of the key of a program a Note tells in its keywords.
"""

from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from typing import NamedTuple

from tallystick.exporting.dating import dated
from tallystick.exporting.ftm_values import Value, cleaned, is_entity_id, language
from tallystick.exporting.grading import independents, reliability
from tallystick.exporting.parties import Party
from tallystick.exporting.tags import credibility_tag, reliability_tag
from tallystick.model.claim import Claim
from tallystick.model.document import Document
from tallystick.model.dossier import Actor, Dossier, Tenure
from tallystick.model.estimate import Estimate, Reading
from tallystick.model.fact import Fact
from tallystick.model.flag import Flag
from tallystick.model.hit import Hit
from tallystick.model.stream import Stated
from tallystick.values.phrases import bounded, count, credibility, settled

__all__ = ["Entity", "Standing", "article", "event", "ftm_id", "note_of_claim", "note_of_fact", "note_of_flag",
           "note_of_hit", "party_id", "tenures", "voice"]  # fmt: skip

# Marks of a hash that names what has no id of ours; a case has at most some hundred thousand names.
HASH_LENGTH = 16
# A report's own id may be any text; the hash of one that FollowTheMoney does not take is never cut short of this.
LONG_HASH = 40
SCHEMATA = {"person": "Person", "organization": "Organization", "state": "PublicBody"}


class Entity(NamedTuple):
    """An entity.

    Attributes:
        id: Ours, wherever FollowTheMoney takes it for one.
        schema: Of FollowTheMoney's.
        properties: Their values, cleaned; those without any are left out.
        referents: Our id, where it had to be another one.
    """

    id: str
    schema: str
    properties: Mapping[str, tuple[Value, ...]]
    referents: tuple[str, ...] = ()


def ftm_id(name: str) -> str:
    """Give the id of a record: its own or, where FollowTheMoney takes that for none, a hash of it behind "x-"."""
    return name if is_entity_id(name) else f"x-{_hash(name, LONG_HASH)}"


def party_id(party: Party) -> str:
    """Give the id of who speaks; dossiers' own ids of actors may be those of reports, so it is a hash of the name."""
    return f"agent-{_hash(party.key)}"


def article(document: Document) -> Entity:
    """Give a report; its SHA-256 stands in the notes, since FollowTheMoney's `contentHash` is of another kind."""
    name = ftm_id(document.id)
    tongue = language(document.language)
    return Entity(
        name,
        "Article",
        _present(
            title=cleaned("title", (document.title,), tongue),
            fileName=cleaned("fileName", (document.id,)),
            author=cleaned("author", (document.author,)),
            publisher=cleaned("publisher", (document.outlet,)),
            sourceUrl=cleaned("sourceUrl", (document.url,)),
            language=cleaned("language", (document.language,)),
            publishedAt=cleaned("publishedAt", (document.published,)),
            modifiedAt=cleaned("modifiedAt", (document.updated,)),
            notes=cleaned("notes", (f"SHA-256 of the preserved bytes: {document.sha256}",)),
        ),
        () if name == document.id else (document.id,),
    )


def voice(party: Party, stood: Tenure | None = None) -> Entity:
    """Give who speaks; `stood` tells of a body since when, and until when, there was it."""
    actor = party.actor
    if actor is None:
        schema = "LegalEntity" if party.source is None else "Organization"
        return Entity(party_id(party), schema, _present(name=_names(party.name)))
    names = _names(actor.name)
    kept = {value.text for value in names}
    return Entity(
        party_id(party),
        SCHEMATA.get(actor.kind, "LegalEntity"),
        _present(
            name=names,
            alias=tuple(one for one in cleaned("alias", actor.aliases) if one.text not in kept),
            country=cleaned("country", (actor.side,)),
            deathDate=cleaned("deathDate", (actor.died,)) if actor.kind == "person" else (),
            incorporationDate=cleaned("incorporationDate", (stood.start if stood else None,)),
            dissolutionDate=cleaned("dissolutionDate", (stood.end if stood else None,)),
        ),
    )


def _names(name: str) -> tuple[Value, ...]:
    return cleaned("name", (name,)) or (Value("?", name),)


def tenures(dossier: Dossier, ids: Mapping[str, str]) -> Iterator[Entity]:
    """Give the offices of a dossier and who held them when.

    A body has no office: since when it has been there is told of itself (`voice`).

    Args:
        dossier: Whose.
        ids: Of its actors that are people, those of their entities.
    """
    people = {actor.id: actor for actor in dossier.actors if actor.id in ids}
    seen: set[str] = set()
    for tenure in dossier.tenures:
        actor = people.get(tenure.actor)
        if actor is not None:
            yield from _tenure(tenure, actor, ids[actor.id], seen)


def _tenure(tenure: Tenure, actor: Actor, holder: str, seen: set[str]) -> Iterator[Entity]:
    office = tenure.office
    post = f"position-{_hash(office.name)}"
    if post not in seen:
        seen.add(post)
        yield Entity(
            post,
            "Position",
            _present(
                name=_names(office.name),
                alias=cleaned("alias", office.aliases),
                country=cleaned("country", (actor.side,)),
            ),
        )
    yield Entity(
        f"occupancy-{_hash(f'{tenure.actor}|{office.name}|{tenure.start}')}",
        "Occupancy",
        _present(
            holder=cleaned("holder", (holder,)),
            post=cleaned("post", (post,)),
            startDate=cleaned("startDate", (tenure.start,)),
            endDate=cleaned("endDate", (tenure.end,)),
            status=cleaned("status", ("ended" if tenure.end else None,)),
            publisher=cleaned("publisher", (tenure.citation,)),
            description=cleaned("description", (f"How far it was checked: {tenure.checked}",)),
        ),
    )


class Standing(NamedTuple):
    """What an event refers to.

    Attributes:
        reports: Ids of the reports that carry the estimate, as the case has them.
        voices: Ids of the entities of those whose figures stand in it.
        category: Its category for a reader.
        country: ISO 3166-1 alpha-2 of its place, or None.
    """

    reports: tuple[str, ...]
    voices: tuple[str, ...]
    category: str
    country: str | None


def event(estimate: Estimate, standing: Standing) -> Entity:
    """Give an estimate: the figure and its range in the summary, every reading and every step in the description."""
    population, when = estimate.population, dated(estimate.when)
    plain = cleaned("date", (estimate.when,))
    measured = f" ({estimate.measure.value})" if estimate.measure else ""
    letter, grade = reliability(estimate), estimate.credibility
    summary = (
        f"{settled(estimate.best, estimate.low, estimate.high)} {population.unit}, {estimate.status.value}{measured}."
        f" {letter}{grade}: reliability of the best source {letter}; credibility {grade}, {credibility(grade)}."
        f" {count(estimate.reports, 'report')}, {independents(estimate.independent)}."
    )
    stale = ("Nobody has refreshed this count for long: it is the last known one.",) if estimate.stale else ()
    return Entity(
        ftm_id(estimate.id),
        "Event",
        _present(
            name=_names(population.label),
            summary=cleaned("summary", (summary,)),
            description=cleaned("description", ("\n".join((*map(_reading, estimate.readings), *estimate.steps)),)),
            notes=cleaned("notes", (*stale, *(conflict.reason for conflict in estimate.conflicts))),
            date=plain,
            startDate=() if plain else cleaned("startDate", (when.start,)),
            endDate=() if plain else cleaned("endDate", (when.end,)),
            location=cleaned("location", (population.place,)),
            country=cleaned("country", (population.origin, standing.country)),
            involved=cleaned("involved", standing.voices),
            proof=cleaned("proof", map(ftm_id, standing.reports)),
            recordId=cleaned("recordId", (estimate.id,)),
            keywords=cleaned(
                "keywords",
                (standing.category, estimate.status.value, reliability_tag(letter), credibility_tag(grade)),
            ),
        ),
    )


def _reading(reading: Reading) -> str:
    """What one origin says, in a line."""
    later = "; the same speaker gave a later figure" if reading.superseded else ""
    return (
        f"{reading.speaker or 'no speaker named'}{f', {reading.date}' if reading.date else ''}:"
        f" {bounded(reading.low, reading.high, reading.bound)} ({count(reading.reports, 'report')},"
        f" reliability of the best source {reading.reliability}; origin {reading.origin}){later}"
    )


def note_of_claim(stated: Stated, about: Iterable[str | None]) -> Entity:
    """Give a claim: the sentence that holds it, on its report, its speaker and its estimate (`about`)."""
    claim, tongue = stated.claim, language(stated.citation.language)
    told = f"{bounded(claim.low, claim.high, claim.bound)} {claim.unit}, {claim.category}, {claim.status.value}"
    counted = f" {claim.counted}" if claim.counted and claim.counted not in claim.figure else ""
    return _note(
        claim.id,
        name=cleaned("name", (f"{claim.figure}{counted}",), tongue),
        description=cleaned("description", (claim.quote,), tongue),
        summary=cleaned("summary", (f"{told}; {_span(claim)}",)),
        notes=cleaned("notes", (f"Origin: {stated.traced_to}" if stated.traced_to else None,)),
        entity=cleaned("entity", (ftm_id(claim.document), *about)),
        proof=cleaned("proof", (ftm_id(claim.document),)),
    )


def note_of_fact(fact: Fact, label: str, tongue: str | None, about: Iterable[str | None]) -> Entity:
    """Give a fact: the sentence that holds it; `label` says what it is, `about` whose it is, `tongue` is ISO 639-3."""
    return _note(
        fact.id,
        name=cleaned("name", (f"{label}: {fact.value}",), tongue),
        description=cleaned("description", (fact.quote,), tongue),
        summary=cleaned("summary", (f"{fact.status.value}; {_span(fact)}",)),
        entity=cleaned("entity", (ftm_id(fact.document), *about)),
        proof=cleaned("proof", (ftm_id(fact.document),)),
    )


def note_of_flag(flag: Flag, about: Iterable[str | None]) -> Entity:
    """Give a flag, on the reports that it rests on and the estimates of its claims (`about`)."""
    reports = [ftm_id(one.document) for one in flag.evidence]
    return _note(
        flag.id,
        name=cleaned("name", (flag.code.replace("_", " "),)),
        description=cleaned("description", (flag.reason,)),
        keywords=cleaned("keywords", (flag.severity, flag.code)),
        entity=cleaned("entity", (*reports, *about)),
        proof=cleaned("proof", reports),
    )


def note_of_hit(hit: Hit, title: str, program: str | None) -> Entity:
    """Give a hit as the question that it is, on its estimates.

    Args:
        hit: It.
        title: The provision as it is cited.
        program: Key of the program of its pack, or None.
    """
    reports = [ftm_id(span.document) for finding in hit.findings for span in finding.evidence]
    return _note(
        hit.id,
        name=cleaned("name", (f"{title}: {hit.population.label}",)),
        description=cleaned("description", (hit.statement,)),
        notes=cleaned("notes", hit.missing),
        keywords=cleaned("keywords", (hit.tier.value, hit.provision, program)),
        entity=cleaned("entity", (*map(ftm_id, hit.estimates), *(() if hit.estimates else reports))),
        proof=cleaned("proof", reports),
    )


def _span(stated: Claim | Fact) -> str:
    return f"code points {stated.start} to {stated.end} of the text"


def _note(name: str, /, **properties: tuple[Value, ...]) -> Entity:
    return Entity(ftm_id(name), "Note", _present(**properties))


def _present(**properties: tuple[Value, ...]) -> Mapping[str, tuple[Value, ...]]:
    return {name: values for name, values in properties.items() if values}


def _hash(name: str, length: int = HASH_LENGTH) -> str:
    return sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:length]
