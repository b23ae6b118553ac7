"""What is wrong with a dossier file: its values and lines come in, problems that name the line go out.

`check_form` holds the file against dossier.schema.json; `check_sense` looks at what a schema cannot say: duplicates,
references to what is not there, impossible dates.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from jsonschema import Draft202012Validator
from rapidfuzz.process import extractOne

from tallystick.dossiers.lines import Key, Path, Tree, Value

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

__all__ = ["Names", "check_form", "check_sense", "entries", "is_date", "located"]

# Ids that an extended dossier brings along, by section ("actors").
Names = Mapping[str, frozenset[str]]
SECTIONS = {"categories": "id", "facts": "id", "actors": "id", "places": "id", "sources": "name"}
# (section, field, section that holds what the field refers to)
REFERENCES = (
    ("categories", "parts", "categories"),
    ("actors", "speaks_for", "actors"),
    ("actors", "linked", "actors"),
    ("places", "within", "places"),
    ("tenures", "actor", "actors"),
)
# Fields that must not lead back to where they started: a place does not hold itself.
ACYCLIC = (("categories", "parts"), ("places", "within"))
# (section, what one entry is called, the fields that it needs unless it adds to an inherited one)
REQUIRED = (
    ("categories", "category", ("label", "kind", "unit")),
    ("facts", "slot", ("label", "kind")),
)
# Word lists of which a slot of each kind needs one in every language: without them it would find nothing.
NEEDED = {
    "designation": ("nouns",),
    "occasion": ("nouns",),
    "following": ("cues",),
    "action": ("verbs", "cues"),
    "role": ("verbs",),
    "distance": ("nouns",),
    "purpose": ("doers",),
    "statement": ("verbs",),
}
# rapidfuzz ratio from which a misspelled name is worth suggesting: "lable" for "label" has 80.
SIMILAR = 60
DOSSIER = "dossier.schema.json"


def check_form(tree: Tree, schema: str = DOSSIER) -> tuple[str, ...]:
    """Give what in `tree` does not follow the schema, as "line: path: sentence" in order of lines.

    Args:
        tree: The file.
        schema: File name of the JSON schema, from the folder of this module on.
    """
    validator = _validator(schema)
    if tree.root is None:
        wanted = schema.rpartition("/")[2].partition(".")[0]
        return (f"1: the file is empty; it starts with 'schema: tallystick.{wanted}/1'",)
    found: list[tuple[int, str]] = []
    for error in validator.iter_errors(tree.root):
        path = tuple(error.absolute_path)
        if error.validator == "additionalProperties" and isinstance(error.instance, dict):
            found += [located(tree, (*path, key), sentence) for key, sentence in _unknown_keys(error)]
        else:
            found.append(located(tree, path, _sentence(error)))
    return tuple(f"{line}: {sentence}" for line, sentence in sorted(set(found)))


def check_sense(tree: Tree, inherited: Names) -> tuple[str, ...]:
    """Give what in `tree`, which follows the schema, contradicts itself or `inherited`; in order of lines."""
    found = [
        located(tree, path, sentence)
        for check in (_duplicates, _references, _cycles, _tenures)
        for path, sentence in check(tree.root, inherited)
    ]
    for check in (_incomplete, _wordless):
        found += [located(tree, path, sentence) for path, sentence in check(tree.root, inherited)]
    return tuple(f"{line}: {sentence}" for line, sentence in sorted(set(found)))


def entries(root: Value, section: str) -> list[dict[str, Any]]:
    """Give the entries of a section of a checked dossier; empty where it has none."""
    found = root.get(section) if isinstance(root, dict) else None
    return [entry for entry in found if isinstance(entry, dict)] if isinstance(found, list) else []


@cache
def _validator(name: str) -> Draft202012Validator:
    schema = json.loads(files("tallystick.dossiers").joinpath(name).read_text(encoding="utf-8"))
    return Draft202012Validator(schema)


def located(tree: Tree, path: Path, sentence: str) -> tuple[int, str]:
    """Give the line of `path` (of its nearest parent that has one), and the sentence after the path."""
    known = path
    while known and known not in tree.lines:
        known = known[:-1]
    name = _written(path)
    return tree.lines.get(known, 1), f"{name}: {sentence}" if name else sentence


def _written(path: Path) -> str:
    """`("categories", 3, "kind")` as `categories[3].kind`."""
    name = ""
    for key in path:
        if isinstance(key, int):
            name += f"[{key}]"
        else:
            name += f".{key}" if name else key
    return name


def _unknown_keys(error: "ValidationError") -> Iterator[tuple[Key, str]]:
    """Each key that the schema does not know, with the nearest one that it does."""
    known = list(error.schema.get("properties", {})) if isinstance(error.schema, dict) else []
    keys: Iterable[str] = error.instance if isinstance(error.instance, dict) else ()
    for key in keys:
        if key not in known:
            near = extractOne(key, known, score_cutoff=SIMILAR)
            hint = f"did you mean '{near[0]}'?" if near else f"known are {', '.join(known)}"
            yield key, f"unknown key; {hint}"


def _sentence(error: "ValidationError") -> str:
    """The problem in words; the schema's description says what was wanted where a pattern would not."""
    about = error.schema.get("description") if isinstance(error.schema, dict) else None
    instance: Any = error.instance
    if error.validator == "pattern" and about:
        return f"{instance!r} is not {about}"
    if error.validator == "required":
        required: Any = error.validator_value
        missing = [key for key in required if key not in instance]
        return f"{' and '.join(missing)} missing"
    if error.validator == "type":
        wanted = {"array": "a list", "object": "a mapping", "string": "some text"}
        return f"{_short(instance)} is not {wanted.get(str(error.validator_value), about or error.validator_value)}"
    return error.message


def _short(value: Value) -> str:
    """A value in few words: a whole mapping would fill the screen."""
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    return "nothing" if value is None else repr(value)


def _duplicates(root: Value, _inherited: Names) -> Iterator[tuple[Path, str]]:
    for section, field in SECTIONS.items():
        seen: set[str] = set()
        for index, entry in enumerate(entries(root, section)):
            name = entry[field]
            if name in seen:
                yield (section, index, field), f"'{name}' stands in {section} twice; give each its own {field}"
            seen.add(name)


def _incomplete(root: Value, inherited: Names) -> Iterator[tuple[Path, str]]:
    """A category or slot that is not inherited needs all its fields."""
    for section, name, fields in REQUIRED:
        for index, entry in enumerate(entries(root, section)):
            missing = [field for field in fields if field not in entry]
            if missing and entry["id"] not in inherited.get(section, frozenset()):
                yield (section, index), f"{' and '.join(missing)} missing for the {name} '{entry['id']}'"


def _wordless(root: Value, inherited: Names) -> Iterator[tuple[Path, str]]:
    """A slot that is not inherited needs the words that its kind works with."""
    for index, entry in enumerate(entries(root, "facts")):
        needed = NEEDED.get(entry.get("kind", ""), ())
        if not needed or entry["id"] in inherited.get("facts", frozenset()):
            continue
        words = entry.get("words") or {}
        if not words:
            yield ("facts", index), f"words missing for the slot '{entry['id']}'"
        for language, lists in words.items():
            if not any(lists.get(name) for name in needed):
                yield ("facts", index, "words", language), f"a slot of kind {entry['kind']} needs {' or '.join(needed)}"


def _references(root: Value, inherited: Names) -> Iterator[tuple[Path, str]]:
    known = {
        section: {entry[field] for entry in entries(root, section)} | inherited.get(section, frozenset())
        for section, field in SECTIONS.items()
    }
    for section, field, target in REFERENCES:
        for index, entry in enumerate(entries(root, section)):
            for at, name in _referred(entry, field):
                if name not in known[target]:
                    near = extractOne(name, sorted(known[target]), score_cutoff=SIMILAR)
                    hint = f"; did you mean '{near[0]}'?" if near else ""
                    yield (section, index, *at), f"'{name}' is not in {target}{hint}"


def _referred(entry: Mapping[str, Any], field: str) -> list[tuple[Path, str]]:
    """The ids that a field names, each with its path inside the entry."""
    value = entry.get(field)
    if isinstance(value, list):
        return [((field, index), name) for index, name in enumerate(value)]
    return [] if value is None else [((field,), value)]


def _cycles(root: Value, _inherited: Names) -> Iterator[tuple[Path, str]]:
    for section, field in ACYCLIC:
        steps = {entry["id"]: [name for _, name in _referred(entry, field)] for entry in entries(root, section)}
        for index, entry in enumerate(entries(root, section)):
            if _leads_to(steps, entry["id"]):
                yield (section, index, field), f"'{entry['id']}' holds itself by way of {field}"


def _leads_to(steps: Mapping[str, list[str]], goal: str) -> bool:
    """Whether following `steps` from `goal` comes back to it."""
    ahead = list(steps[goal])
    seen: set[str] = set()
    while ahead:
        name = ahead.pop()
        if name == goal:
            return True
        if name not in seen:
            seen.add(name)
            ahead += steps.get(name, [])
    return False


def _tenures(root: Value, _inherited: Names) -> Iterator[tuple[Path, str]]:
    for index, entry in enumerate(entries(root, "tenures")):
        for field in ("start", "end"):
            value = entry.get(field)
            if value is not None and not is_date(value.rstrip("?~%")):
                yield ("tenures", index, field), f"'{value}' is no day of the calendar"
        start, end = entry.get("start"), entry.get("end")
        if start and end and end[: len(start)] < start[: len(end)]:
            yield ("tenures", index, "end"), f"'{end}' is before the start, '{start}'"


def is_date(written: str) -> bool:
    """Tell whether YYYY, YYYY-MM or YYYY-MM-DD names a time that exists."""
    try:
        date.fromisoformat(written + "-01-01"[len(written) - 4 :] if len(written) < 10 else written)
    except ValueError:
        return False
    return True
