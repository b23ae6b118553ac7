"""Dossier files: a bundled name or the path of a YAML file comes in, a checked `Dossier` goes out."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, TypeVar

from rapidfuzz.process import extractOne

from tallystick.dossiers.checking import SIMILAR, Names, check_form, check_sense, entries
from tallystick.dossiers.lines import MAX_BYTES, Tree, compose
from tallystick.dossiers.using import Part, Used, bundled_parts, part, used
from tallystick.errors import DossierError, UnknownDossierError
from tallystick.model.dossier import (
    Actor,
    Category,
    Control,
    Dossier,
    Lexicon,
    Office,
    Place,
    Slot,
    SlotKind,
    SlotWords,
    Source,
    Tenure,
    Watch,
)
from tallystick.model.provision import Checked

__all__ = ["bundled", "load", "source", "uses"]

SUFFIX = ".yaml"
SLOT_LISTS = ("cues", "verbs", "nouns", "doers", "holds", "about")
Entry = Mapping[str, Any]
Record = TypeVar("Record", Actor, Category, Place, Source)


def bundled() -> tuple[str, ...]:
    """Give the names of the dossiers that come with Tallystick, sorted."""
    found = (file.name for file in files("tallystick.dossiers").iterdir())
    return tuple(sorted(name.removesuffix(SUFFIX) for name in found if name.endswith(SUFFIX)))


def load(name_or_path: str | Path) -> Dossier:
    """Read and check a dossier.

    Args:
        name_or_path: A bundled name, or the path of a YAML file. A bundled name wins over a file of that name.

    Returns:
        The dossier, with what it extends: inherited entries come first; one with the same id (a source: the same name)
        takes the inherited one's place; categories, slots and `excluded` add their words before the inherited ones;
        the groups of `watch.terms`, where there are any, take the place of all inherited ones, feeds come after them.
        What the files that it uses say comes in between: over what is inherited, under what stands in the file itself;
        the names that a part has for an actor come besides those that it has already.
        Words are lower case.
        `sha256` is that of the file followed by the digest of what it extends and the contents of what it uses.

    Raises:
        UnknownDossierError: Where there is no such name and no such file.
        DossierError: Where the file is no valid dossier; it names every problem with its line.
    """
    file = _find(name_or_path)
    return _load(file, str(name_or_path), ())


def source(name_or_path: str | Path) -> bytes:
    """Give the bytes of the file that `load` would read, so that a case can keep them.

    Raises:
        UnknownDossierError: Where there is no such name and no such file.
        DossierError: Where the file cannot be read.
    """
    return _read(_find(name_or_path), str(name_or_path))


def uses(name_or_path: str | Path) -> tuple[Used, ...]:
    """Give the part files that `load` would read for the file itself, in the order in which it names them.

    Raises:
        UnknownDossierError: Where there is no such name and no such file.
        DossierError: Where the dossier or a part of it cannot be read, or is not there.
    """
    file = _find(name_or_path)
    tree = compose(_read(file, str(name_or_path)))
    return () if tree.problems or check_form(tree) else _uses(tree, file, str(name_or_path))


def _find(name_or_path: str | Path) -> Traversable:
    """The bundled file or the path."""
    name = str(name_or_path)
    if not isinstance(name_or_path, Path) and name in bundled():
        return files("tallystick.dossiers").joinpath(name + SUFFIX)
    path = Path(name_or_path)
    if not path.exists():
        raise UnknownDossierError(name, bundled())
    return path


def _read(file: Traversable, name: str) -> bytes:
    """The bytes of a dossier file; of a file that is too large, only enough to know that."""
    try:
        with file.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise DossierError(name, (f"1: cannot be read: {error.strerror or error}",)) from error
    return content


def _load(file: Traversable, name: str, below: tuple[str, ...]) -> Dossier:
    """Load `file`; `below` are the dossiers that extend it."""
    content = _read(file, name)
    tree = compose(content)
    problems = tree.problems or check_form(tree)
    if problems or not isinstance(tree.root, dict):
        raise DossierError(name, problems)
    parent = _load_parent(tree, name, below)
    parts = _uses(tree, file, name)
    read = [part(one) for one in parts]
    older = _joined_parts(parent or Dossier("", "", "", ()), read)
    problems = check_sense(tree, _names(older))
    if problems:
        raise DossierError(name, problems)
    digest = sha256(content)
    if parent is not None:
        digest.update(parent.sha256.encode("ascii"))
    for one in parts:
        digest.update(one.content)
    told = {actor.id: actor for one in read for actor in one.actors}
    return _assemble(tree, older, told, digest.hexdigest())


def _uses(tree: Tree, file: Traversable, name: str) -> tuple[Used, ...]:
    """The part files that a dossier names."""
    root: Entry = tree.root if isinstance(tree.root, dict) else {}
    beside: tuple[Traversable, ...] = ()
    if isinstance(file, Path):
        beside = (file.parent, file.with_suffix(""))
    found = []
    for index, wanted in enumerate(root.get("uses") or ()):
        one = used(wanted, beside)
        if one is None:
            near = extractOne(wanted, bundled_parts(), score_cutoff=SIMILAR)
            hint = f"did you mean '{near[0]}'?" if near else f"bundled are {', '.join(bundled_parts())}"
            line = tree.lines["uses", index]
            raise DossierError(name, (f"{line}: uses[{index}]: '{wanted}' is not beside the dossier; {hint}",))
        found.append(one)
    return tuple(found)


def _joined_parts(older: Dossier, parts: Iterable[Part]) -> Dossier:
    """What is inherited together with what the parts say; a later one of an id takes the place of an earlier one."""
    for one in parts:
        known = {actor.id: actor for actor in older.actors}
        older = replace(
            older,
            actors=_merged(older.actors, (_met(known.get(actor.id, actor), actor) for actor in one.actors)),
            sources=_merged(older.sources, one.sources),
            tenures=tuple(dict.fromkeys(older.tenures + one.tenures)),
            packs=tuple({pack.name: pack for pack in older.packs + one.packs}.values()),
        )
    return older


def _met(known: Actor, told: Actor) -> Actor:
    """An actor with the names that a part has for it besides, and what it alone tells."""
    names = dict.fromkeys((*known.aliases, told.name, *told.aliases))
    names.pop(known.name, None)
    return replace(known, aliases=tuple(names), side=known.side or told.side, died=known.died or told.died)


def _load_parent(tree: Tree, name: str, below: tuple[str, ...]) -> Dossier | None:
    """The dossier that this one extends, if any."""
    wanted = tree.root.get("extends") if isinstance(tree.root, dict) else None
    if not isinstance(wanted, str):
        return None
    line = tree.lines["extends",]
    known = bundled()
    if wanted not in known:
        near = extractOne(wanted, known, score_cutoff=SIMILAR)
        hint = f"did you mean '{near[0]}'?" if near else f"bundled are {', '.join(known)}"
        raise DossierError(name, (f"{line}: extends: '{wanted}' is no bundled dossier; {hint}",))
    if wanted in (*below, name):
        raise DossierError(name, (f"{line}: extends: '{wanted}' extends this dossier in turn",))
    return _load(files("tallystick.dossiers").joinpath(wanted + SUFFIX), wanted, (*below, name))


def _names(parent: Dossier) -> Names:
    """What a dossier brings along to one that extends it."""
    return {
        "categories": frozenset(category.id for category in parent.categories),
        "facts": frozenset(slot.id for slot in parent.facts),
        "actors": frozenset(actor.id for actor in parent.actors),
        "places": frozenset(place.id for place in parent.places),
        "sources": frozenset(source.name for source in parent.sources),
    }


def _assemble(tree: Tree, older: Dossier, told: Mapping[str, Actor], digest: str) -> Dossier:
    """The record of a checked file, after what it inherits and uses; `told` are the actors of the parts by id."""
    root: Entry = tree.root if isinstance(tree.root, dict) else {}
    categories = {category.id: category for category in older.categories}
    for entry in entries(tree.root, "categories"):
        categories[entry["id"]] = _category(entry, categories.get(entry["id"]))
    slots = {slot.id: slot for slot in older.facts}
    for entry in entries(tree.root, "facts"):
        slots[entry["id"]] = _slot(entry, slots.get(entry["id"]))
    actors = [_actor(entry) for entry in entries(tree.root, "actors")]
    own = [_met(actor, told[actor.id]) if actor.id in told else actor for actor in actors]
    return Dossier(
        name=root["name"],
        title=root["title"],
        about=(root.get("about") or "").strip(),
        categories=tuple(categories.values()),
        actors=_merged(older.actors, own),
        places=_merged(older.places, (_place(entry) for entry in entries(tree.root, "places"))),
        sources=_merged(older.sources, (_source(entry) for entry in entries(tree.root, "sources"))),
        tenures=older.tenures + tuple(_tenure(entry) for entry in entries(tree.root, "tenures")),
        excluded=_excluded(root.get("excluded") or {}, dict(older.excluded)),
        facts=tuple(slots.values()),
        watch=_watch(root.get("watch") or {}, older.watch),
        packs=older.packs,
        sha256=digest,
    )


def _merged(older: tuple[Record, ...], newer: Iterable[Record]) -> tuple[Record, ...]:
    """The inherited records, each replaced in its place by a new one of its id or name; then the other new ones."""
    records = {_key(record): record for record in older}
    records.update((_key(record), record) for record in newer)
    return tuple(records.values())


def _key(record: Actor | Category | Place | Source) -> str:
    return record.name if isinstance(record, Source) else record.id


def _category(entry: Entry, older: Category | None) -> Category:
    """A category; where one of that id is inherited, with what the entry leaves out from there."""
    words = tuple(
        (language, Lexicon(*(_lower(lexicon.get(field)) for field in ("nouns", "verbs", "adjectives"))))
        for language, lexicon in (entry.get("words") or {}).items()
    )
    if older is None:
        return Category(
            entry["id"], entry["label"], entry["kind"], entry["unit"], words, tuple(entry.get("parts") or ())
        )
    return replace(
        older,
        label=entry.get("label", older.label),
        kind=entry.get("kind", older.kind),
        unit=entry.get("unit", older.unit),
        words=_merged_words(words, older.words),
        parts=tuple(entry["parts"]) if "parts" in entry else older.parts,
    )


def _merged_words(
    own: tuple[tuple[str, Lexicon], ...], inherited: tuple[tuple[str, Lexicon], ...]
) -> tuple[tuple[str, Lexicon], ...]:
    """Own words before inherited ones, each once."""
    languages = dict.fromkeys(language for language, _ in (*inherited, *own))
    mine, theirs = dict(own), dict(inherited)
    return tuple((language, _joined(mine.get(language), theirs.get(language))) for language in languages)


def _joined(own: Lexicon | None, inherited: Lexicon | None) -> Lexicon:
    first, then = own or Lexicon(), inherited or Lexicon()
    return Lexicon(
        nouns=tuple(dict.fromkeys(first.nouns + then.nouns)),
        verbs=tuple(dict.fromkeys(first.verbs + then.verbs)),
        adjectives=tuple(dict.fromkeys(first.adjectives + then.adjectives)),
    )


def _slot(entry: Entry, older: Slot | None) -> Slot:
    """A slot; where one of that id is inherited, with what the entry leaves out from there."""
    own = {
        language: SlotWords(**{name: _lower(lists.get(name)) for name in SLOT_LISTS})
        for language, lists in (entry.get("words") or {}).items()
    }
    if older is None:
        return Slot(entry["id"], entry["label"], SlotKind(entry["kind"]), tuple(own.items()))
    theirs = dict(older.words)
    words = tuple(
        (language, _joined_slot(own.get(language, SlotWords()), theirs.get(language, SlotWords())))
        for language in dict.fromkeys((*theirs, *own))
    )
    return Slot(older.id, entry.get("label", older.label), SlotKind(entry.get("kind", older.kind)), words)


def _joined_slot(own: SlotWords, inherited: SlotWords) -> SlotWords:
    """Own words before inherited ones, each once."""
    lists = {name: getattr(own, name) + getattr(inherited, name) for name in SLOT_LISTS}
    return SlotWords(**{name: tuple(dict.fromkeys(words)) for name, words in lists.items()})


def _excluded(
    own: Mapping[str, list[str]], inherited: Mapping[str, tuple[str, ...]]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Own nouns before inherited ones, each once."""
    return tuple(
        (language, tuple(dict.fromkeys(_lower(own.get(language)) + inherited.get(language, ()))))
        for language in dict.fromkeys((*inherited, *own))
    )


def _watch(entry: Entry, older: Watch) -> Watch:
    """Own groups of terms in the place of the inherited ones: more groups would narrow what they find."""
    groups = tuple(_lower(group) for group in entry.get("terms") or ())
    return Watch(terms=groups or older.terms, feeds=tuple(dict.fromkeys((*older.feeds, *(entry.get("feeds") or ())))))


def _lower(words: list[str] | None) -> tuple[str, ...]:
    """Words in lower case with single spaces, each once."""
    return tuple(dict.fromkeys(" ".join(word.lower().split()) for word in words or ()))


def _actor(entry: Entry) -> Actor:
    return Actor(
        id=entry["id"],
        name=entry["name"],
        aliases=tuple(entry.get("aliases") or ()),
        kind=entry.get("kind", "person"),
        side=entry.get("side"),
        speaks_for=tuple(entry.get("speaks_for") or ()),
        linked=tuple(entry.get("linked") or ()),
        died=entry.get("died"),
    )


def _place(entry: Entry) -> Place:
    return Place(
        id=entry["id"],
        name=entry["name"],
        aliases=tuple(entry.get("aliases") or ()),
        country=entry.get("country"),
        within=entry.get("within"),
        code=entry.get("code"),
        control=tuple(
            Control(held["party"], held["since"], held.get("until"), held["citation"], Checked(held["checked"]))
            for held in entry.get("control") or ()
        ),
    )


def _source(entry: Entry) -> Source:
    return Source(
        name=entry["name"],
        aliases=tuple(entry.get("aliases") or ()),
        domains=tuple(entry.get("domains") or ()),
        kind=entry.get("kind", "outlet"),
        reliability=entry.get("reliability", "F"),
        note=(entry.get("note") or "").strip(),
        owner=entry.get("owner"),
        state=entry.get("state"),
        family=entry.get("family"),
    )


def _tenure(entry: Entry) -> Tenure:
    office = entry["office"]
    return Tenure(
        actor=entry["actor"],
        office=Office(office["name"], tuple(office.get("aliases") or ())),
        start=entry.get("start"),
        end=entry.get("end"),
        citation=entry["citation"],
        checked=entry["checked"],
    )
