"""The subject under watch: everything particular to it, read from one YAML file."""

from dataclasses import dataclass
from enum import StrEnum

from tallystick.model.provision import Checked, Pack

__all__ = [
    "Actor",
    "Category",
    "Control",
    "Dossier",
    "Grade",
    "Lexicon",
    "Office",
    "Place",
    "Slot",
    "SlotKind",
    "SlotWords",
    "Source",
    "Tenure",
    "Watch",
]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one category in one language, all lower case.

    Attributes:
        nouns: Noun phrases that name the counted ("construction workers", "sapper"); singular or plural.
        verbs: Verbs (base form) whose subject or object the counted is ("kill", "wound"); casualties and the like.
        adjectives: Predicates after a number ("dead", "injured", "missing").
    """

    nouns: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Category:
    """One kind of thing that the dossier counts.

    Attributes:
        id: Name in the record ("construction_worker").
        label: Name for a reader, plural ("Construction workers").
        kind: "people", "casualty", "equipment", "aid", "money" or "other".
        unit: What one of them is: "person", "item", "tonne", "job", ...; money takes its currency.
        words: (language, words) pairs.
        parts: Ids of the categories that this one may be the union of.
    """

    id: str
    label: str
    kind: str
    unit: str
    words: tuple[tuple[str, Lexicon], ...] = ()
    parts: tuple[str, ...] = ()

    def lexicon(self, language: str) -> Lexicon:
        """The words of this category in `language` (BCP 47); empty where the dossier has none."""
        return next((words for code, words in self.words if code == language), Lexicon())


class SlotKind(StrEnum):
    """In which form of words the value of a slot stands.

    `designation` is a phrase that a number or a name singles out ("2215th Brigade"), `occasion` a numbered one with its
    time ("two deployments in May"), `following` what stands behind a cue ("known as ..."), `action` a verb with its
    object ("repair roads"), `role` somebody with what he directs ("a general overseeing the work"), `distance` a place
    by how far it is from another, `purpose` what an order or a plan is for, `statement` what somebody says with a
    certain verb ("warned that ...").
    """

    DESIGNATION = "designation"
    OCCASION = "occasion"
    FOLLOWING = "following"
    ACTION = "action"
    ROLE = "role"
    DISTANCE = "distance"
    PURPOSE = "purpose"
    STATEMENT = "statement"


@dataclass(frozen=True, slots=True)
class SlotWords:
    """The words of one slot in one language, all lower case; which of them a slot needs depends on its kind.

    Attributes:
        cues: Phrases that lead the value ("referred to as"), verbs in the base form or as they stand.
        verbs: Verbs (base form) that begin the value, or with which it is said.
        nouns: Head nouns of the value; of a distance, its units.
        doers: Nouns for who or what does the verb ("officer", "mission", "order"); of a statement, for its speaker.
        holds: Words of which the value must hold one; empty where it may hold any.
        about: Words of which one must stand in the sentence or shortly before it; empty where none needs to.
    """

    cues: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    doers: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Slot:
    """One thing that the dossier wants told besides figures.

    Attributes:
        id: Name in the record ("unit").
        label: Name for a reader ("Unit").
        kind: The form of its value.
        words: (language, words) pairs.
    """

    id: str
    label: str
    kind: SlotKind
    words: tuple[tuple[str, SlotWords], ...] = ()

    def lexicon(self, language: str) -> SlotWords | None:
        """The words of this slot in `language` (BCP 47); None where the dossier has none."""
        return next((words for code, words in self.words if code == language), None)


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, body or state that speaks or acts in this subject.

    Attributes:
        id: Short name, unique in the dossier.
        name: Full name.
        aliases: Other names and spellings.
        kind: "person", "organization", "state" or "collective" ("Russian officials").
        side: ISO 3166-1 alpha-2 of the state it belongs to, or None.
        speaks_for: Ids of the actors whose statements may be its own ("Kremlin" for Shoigu), widest last.
        linked: Ids of the actors with which it may share its knowledge: counted as 1 or 2 origins, never surely 2.
        died: EDTF date, or None while alive or not known.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    kind: str = "person"
    side: str | None = None
    speaks_for: tuple[str, ...] = ()
    linked: tuple[str, ...] = ()
    died: str | None = None


@dataclass(frozen=True, slots=True)
class Control:
    """Who holds a place that another state claims.

    Attributes:
        party: ISO 3166-1 alpha-2 of the state that holds it, wholly or in part.
        since: EDTF date.
        until: EDTF date, or None while it does.
        citation: Where it was read.
        checked: How far it was checked.
    """

    party: str
    since: str
    until: str | None
    citation: str
    checked: Checked


@dataclass(frozen=True, slots=True)
class Place:
    """A place that matters in this subject.

    Attributes:
        id: Short name, unique in the dossier.
        name: Name for a reader.
        aliases: Other names and spellings; descriptions too ("Russian border region").
        country: ISO 3166-1 alpha-2, or None.
        within: Id of the place that holds it, or None.
        code: ISO 3166-2 code, or None.
        control: Who holds it beside the state of `country`; empty where nobody does.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    country: str | None = None
    within: str | None = None
    code: str | None = None
    control: tuple[Control, ...] = ()


@dataclass(frozen=True, slots=True)
class Grade:
    """One reliability of a source, for one topic in one role.

    Attributes:
        letter: Admiralty A-F.
        topic: A category id, a category kind, or "" for every topic.
        role: "primary" (its own statement or count), "relay", "aggregator", "translation", or "" for every role.
        since: EDTF date from which it holds, or None where it always did.
        by: Who gave it.
        reason: Why.
    """

    letter: str
    topic: str = ""
    role: str = ""
    since: str | None = None
    by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A party that publishes, with its Admiralty reliability for this subject.

    Attributes:
        name: As it signs.
        aliases: Other names.
        domains: Host names, without "www.".
        kind: "agency", "state_media", "outlet", "aggregator", "official" or "research".
        reliability: Admiralty A-F; unlisted sources are F: not gradable, never bad.
        note: Why that letter.
        owner: Who owns or runs it, or None.
        state: ISO 3166-1 alpha-2 of the state behind it, or None.
        family: Name of the newsroom whose copy it publishes, shared by all of its outlets, or None.
        grades: Letters for topics and roles; where none fits, `reliability` holds.
    """

    name: str
    aliases: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    kind: str = "outlet"
    reliability: str = "F"
    note: str = ""
    owner: str | None = None
    state: str | None = None
    family: str | None = None
    grades: tuple[Grade, ...] = ()


@dataclass(frozen=True, slots=True)
class Office:
    """An office and the words that name it in reports."""

    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tenure:
    """One term of somebody in an office.

    Attributes:
        actor: Id of the actor.
        office: The office.
        start: EDTF date, or None where not known.
        end: EDTF date, or None while in office.
        citation: Where it was read.
        checked: "V" the cited page was read, "V2" a page about it was, "K" taken from general knowledge.
    """

    actor: str
    office: Office
    start: str | None
    end: str | None
    citation: str
    checked: str


@dataclass(frozen=True, slots=True)
class Watch:
    """What of the news and of crawls bears on a dossier, and where news of it comes from.

    Attributes:
        terms: Groups of words, in all languages at once. A text bears on the dossier where every group has one of its
            words in it; where there is no group, every text does. `values.terms` says how a word is written.
        feeds: Addresses of feeds that are looked at again and again.
    """

    terms: tuple[tuple[str, ...], ...] = ()
    feeds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dossier:
    """A subject under watch.

    Attributes:
        name: Short name ("dprk-russia").
        title: Name for a reader.
        about: What it watches, in one or two sentences.
        categories: What it counts; the order breaks ties.
        actors: Who speaks and acts.
        places: Where.
        sources: Who publishes, with reliability.
        tenures: Who held which office when.
        excluded: (language, nouns) pairs: nouns that a number may count without making a figure claim, all lower case.
        facts: What it wants told besides figures, in the order in which a reader wants it.
        watch: What of the news bears on it.
        packs: The law that it is screened against.
        sha256: SHA-256 in hex of the file and of all that it uses, so that a report can say which rules made it.
    """

    name: str
    title: str
    about: str
    categories: tuple[Category, ...]
    actors: tuple[Actor, ...] = ()
    places: tuple[Place, ...] = ()
    sources: tuple[Source, ...] = ()
    tenures: tuple[Tenure, ...] = ()
    excluded: tuple[tuple[str, tuple[str, ...]], ...] = ()
    facts: tuple[Slot, ...] = ()
    watch: Watch = Watch()
    packs: tuple[Pack, ...] = ()
    sha256: str = ""
