"""What is wrong with a pack of provisions beyond its form: a tree that follows the schema comes in, problems go out."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from rapidfuzz.process import extractOne

from tallystick.dossiers.checking import SIMILAR, entries, is_date, located
from tallystick.dossiers.lines import Path, Tree, Value

__all__ = ["check_sense"]

# Sections whose entries have ids that others refer to.
SECTIONS = ("instruments", "elements", "exemptions", "justifications", "provisions")
# (section, field, section that holds what the field refers to)
REFERENCES = (
    ("justifications", "instrument", "instruments"),
    ("duties", "provisions", "provisions"),
    ("provisions", "instrument", "instruments"),
    ("provisions", "superseded_by", "provisions"),
    ("provisions", "elements", "elements"),
    ("provisions", "indicators", "elements"),
    ("provisions", "supporting", "elements"),
    ("provisions", "exemptions", "exemptions"),
)
# Marks of EDTF for a date that is doubted, only about right, or both.
DOUBT = "?~%"
DATES = ("signed", "adopted", "in_force", "ended", "deadline", "until")
# Pairs of dates of which the second cannot be before the first.
ORDERED = (
    ("signed", "in_force"),
    ("adopted", "ended"),
    ("in_force", "ended"),
    ("in_force", "deadline"),
    ("in_force", "until"),
)
USES = ("elements", "indicators", "supporting")
# Sections with signs, and the fields that hold them.
SIGNED = (
    ("elements", "signs"),
    ("elements", "contrary"),
    ("exemptions", "signs"),
    ("justifications", "signs"),
)
# Words are looked for without marks, so one of marks alone is found nowhere.
LETTER = re.compile(r"[^\W_]")

# Names not known for which a near one is looked for: each is held against all; nobody reads more hints at once.
HINTS = 100

Entry = Mapping[str, Any]
Problem = tuple[Path, str]


def check_sense(tree: Tree) -> tuple[str, ...]:
    """Give what in `tree`, which follows the schema, contradicts itself: "line: path: sentence" in order of lines."""
    checks = (_duplicates, _references, _circles, _dates, _signs, _unused, _empty)
    found = [located(tree, path, sentence) for check in checks for path, sentence in check(tree.root)]
    return tuple(f"{line}: {sentence}" for line, sentence in sorted(set(found)))


def _duplicates(root: Value) -> Iterator[Problem]:
    for section in SECTIONS:
        seen: set[str] = set()
        for index, entry in enumerate(entries(root, section)):
            if entry["id"] in seen:
                yield (section, index, "id"), f"'{entry['id']}' stands in {section} twice; give each its own id"
            seen.add(entry["id"])


def _references(root: Value) -> Iterator[Problem]:
    # Dictionaries keep the order of the file and are looked up in no time.
    known = {section: dict.fromkeys(entry["id"] for entry in entries(root, section)) for section in SECTIONS}
    unknown = 0
    for section, field, target in REFERENCES:
        for index, entry in enumerate(entries(root, section)):
            value = entry.get(field)
            named = enumerate(value) if isinstance(value, list) else () if value is None else ((None, value),)
            for at, name in named:
                if name not in known[target]:
                    unknown += 1
                    near = extractOne(name, list(known[target]), score_cutoff=SIMILAR) if unknown <= HINTS else None
                    hint = f"; did you mean '{near[0]}'?" if near else ""
                    path = (section, index, field) if at is None else (section, index, field, at)
                    yield path, f"'{name}' is not in {target}{hint}"


def _circles(root: Value) -> Iterator[Problem]:
    """Provisions that took the place of one another in a circle."""
    after = {entry["id"]: entry.get("superseded_by") for entry in entries(root, "provisions")}
    circular = _circular(after)
    for index, entry in enumerate(entries(root, "provisions")):
        if entry["id"] in circular:
            yield ("provisions", index, "superseded_by"), f"'{entry['id']}' would supersede itself"


def _circular(after: Mapping[str, str | None]) -> frozenset[str]:
    """The names from which following `after` leads back to them; each name is followed once."""
    found: set[str] = set()
    done: set[str] = set()
    for start in after:
        chain: dict[str, None] = {}
        name: str | None = start
        while name is not None and name not in done and name not in chain:
            chain[name] = None
            name = after.get(name)
        if name is not None and name in chain:
            passed = list(chain)
            found.update(passed[passed.index(name) :])
        done.update(chain)
    return frozenset(found)


def _dates(root: Value) -> Iterator[Problem]:
    force = {entry["id"]: entry.get("in_force") for entry in entries(root, "instruments")}
    for section in ("instruments", "provisions"):
        for index, entry in enumerate(entries(root, section)):
            yield from _no_days((section, index), entry, DATES)
            held = {field: entry.get(field) for field in DATES}
            if section == "provisions":
                held["in_force"] = held["in_force"] or force.get(entry["instrument"])
            for first, then in ORDERED:
                if _before(held[then], held[first]):
                    sentence = f"{then} '{held[then]}' is before {first.replace('_', ' ')}, '{held[first]}'"
                    yield (section, index, then), sentence


def _no_days(path: Path, entry: Entry, fields: tuple[str, ...]) -> Iterator[Problem]:
    """Dates that the calendar does not have."""
    for field in fields:
        value = entry.get(field)
        if value is not None and not is_date(value.rstrip(DOUBT)):
            yield (*path, field), f"'{value}' is no day of the calendar"


def _before(then: str | None, first: str | None) -> bool:
    """Whether one date is before another as far as both are told: "2001" is not before "2001-05"."""
    one, other = (first or "").rstrip(DOUBT), (then or "").rstrip(DOUBT)
    return other[: len(one)] < one[: len(other)]


def _signs(root: Value) -> Iterator[Problem]:
    """Signs that nothing could ever hold for."""
    found: list[tuple[Path, Entry]] = [(("scope", at), sign) for at, sign in enumerate(entries(root, "scope"))]
    for path, sign in found:
        if "slot" in sign:
            yield (*path, "slot"), "the scope is about claims; a slot would hold for none of them"
    for section, field in SIGNED:
        for index, entry in enumerate(entries(root, section)):
            found += [((section, index, field, at), sign) for at, sign in enumerate(entry.get(field) or ())]
    for path, sign in found:
        yield from _no_days(path, sign, ("since", "until"))
        if _before(sign.get("until"), sign.get("since")):
            yield (*path, "until"), f"until '{sign['until']}' is before since, '{sign['since']}'"
        for field in ("words", "without"):
            for language, words in (sign.get(field) or {}).items():
                for at, word in enumerate(words):
                    if not LETTER.search(word):
                        sentence = f"'{word}' holds no letter or digit, so no report could hold it"
                        yield (*path, field, language, at), sentence


def _unused(root: Value) -> Iterator[Problem]:
    """Elements and exemptions that no provision names."""
    used = {
        name
        for entry in entries(root, "provisions")
        for field in (*USES, "exemptions")
        for name in entry.get(field) or ()
    }
    for section in ("elements", "exemptions"):
        for index, entry in enumerate(entries(root, section)):
            if entry["id"] not in used:
                yield (section, index, "id"), f"no provision names '{entry['id']}'"


def _empty(root: Value) -> Iterator[Problem]:
    """Provisions that nothing could ever point to, and the same element in two roles."""
    for index, entry in enumerate(entries(root, "provisions")):
        if not entry.get("elements") and not entry.get("indicators"):
            yield ("provisions", index), "names neither elements nor indicators, so nothing could point to it"
        asked = [*(entry.get("elements") or ()), *(entry.get("supporting") or ())]
        for name, times in Counter(asked).items():
            if times > 1:
                yield ("provisions", index), f"names '{name}' twice among its elements and supporting elements"
