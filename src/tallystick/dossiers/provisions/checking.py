"""What is wrong with a pack of provisions beyond its form: a tree that follows the schema comes in, problems go out."""

from collections.abc import Iterator

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

Problem = tuple[Path, str]


def check_sense(tree: Tree) -> tuple[str, ...]:
    """Give what in `tree`, which follows the schema, contradicts itself: "line: path: sentence" in order of lines."""
    checks = (_duplicates, _references, _circles, _dates, _unused, _empty)
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
    known = {section: [entry["id"] for entry in entries(root, section)] for section in SECTIONS}
    for section, field, target in REFERENCES:
        for index, entry in enumerate(entries(root, section)):
            value = entry.get(field)
            named = enumerate(value) if isinstance(value, list) else () if value is None else ((None, value),)
            for at, name in named:
                if name not in known[target]:
                    near = extractOne(name, known[target], score_cutoff=SIMILAR)
                    hint = f"; did you mean '{near[0]}'?" if near else ""
                    path = (section, index, field) if at is None else (section, index, field, at)
                    yield path, f"'{name}' is not in {target}{hint}"


def _circles(root: Value) -> Iterator[Problem]:
    """Provisions that took the place of one another in a circle."""
    after = {entry["id"]: entry.get("superseded_by") for entry in entries(root, "provisions")}
    for index, entry in enumerate(entries(root, "provisions")):
        seen, name = {entry["id"]}, after[entry["id"]]
        while name is not None and name not in seen:
            seen.add(name)
            name = after.get(name)
        if name == entry["id"]:
            yield ("provisions", index, "superseded_by"), f"'{entry['id']}' would supersede itself"


def _dates(root: Value) -> Iterator[Problem]:
    force = {entry["id"]: entry.get("in_force") for entry in entries(root, "instruments")}
    for section in ("instruments", "provisions"):
        for index, entry in enumerate(entries(root, section)):
            for field in DATES:
                value = entry.get(field)
                if value is not None and not is_date(value.rstrip("?~%")):
                    yield (section, index, field), f"'{value}' is no day of the calendar"
            held = {field: entry.get(field) for field in DATES}
            if section == "provisions":
                held["in_force"] = held["in_force"] or force.get(entry["instrument"])
            for first, then in ORDERED:
                one, other = held[first], held[then]
                if one and other and other[: len(one)] < one[: len(other)]:
                    yield (section, index, then), f"{then} '{other}' is before {first.replace('_', ' ')}, '{one}'"


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
        for name in dict.fromkeys(asked):
            if asked.count(name) > 1:
                yield ("provisions", index), f"names '{name}' twice among its elements and supporting elements"
