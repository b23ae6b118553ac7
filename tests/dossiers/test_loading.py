"""Dossier files as their writers meet them: what loads, what is inherited, and what each mistake is told as."""

import json
from hashlib import sha256
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tallystick.dossiers.loading import bundled, load, source
from tallystick.errors import DossierError, UnknownDossierError
from tallystick.model.dossier import Dossier, Lexicon, Watch

HEAD = "schema: tallystick.dossier/1\nname: tests\ntitle: Tests\n"
CATEGORY = "categories:\n  - {id: sunk, label: Sunk, kind: equipment, unit: item}\n"


def write(folder: Path, text: str) -> Path:
    """A dossier file with `text`."""
    path = folder / "tests.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def problems(folder: Path, text: str) -> tuple[str, ...]:
    """What loading `text` complains of."""
    with pytest.raises(DossierError) as caught:
        load(write(folder, text))
    return caught.value.problems


@pytest.mark.parametrize("name", bundled())
def test_every_bundled_dossier_loads(name: str) -> None:
    """The files that come with the package keep their own schema."""
    dossier = load(name)
    assert dossier.name == name
    assert dossier.categories


def test_the_schema_is_a_schema() -> None:
    """Editors can use dossier.schema.json."""
    path = Path(__file__).parents[2] / "src" / "tallystick" / "dossiers" / "dossier.schema.json"
    Draft202012Validator.check_schema(json.loads(path.read_text(encoding="utf-8")))


def test_every_field_comes_through(tmp_path: Path) -> None:
    """What the file says stands in the record; words are lower case, dates and codes are strings."""
    dossier = load(
        write(
            tmp_path,
            HEAD
            + """about: What sinks.
categories:
  - id: sunk
    label: Sunk
    kind: equipment
    unit: item
    parts: [boat]
    words: {en: {nouns: [Ship, Patrol  Boat], verbs: [sink], adjectives: [SUNK]}}
  - {id: boat, label: Boats, kind: equipment, unit: item}
excluded: {en: [Buoy, pier]}
actors:
  - {id: navy, name: The Navy, aliases: [Fleet], kind: organization, side: NO, speaks_for: [state], linked: []}
  - {id: state, name: Norway, kind: state}
places:
  - {id: sea, name: The Sea, country: null, within: ~, code: NO-03}
sources:
  - {name: Harbor Post, domains: [post.example.no], kind: outlet, reliability: B, note: Read for years.}
tenures:
  - {actor: navy, office: {name: Lord, aliases: []}, start: 2012-11-06, end: 2024-05, citation: Gazette, checked: V}
""",
        )
    )
    assert dossier.about == "What sinks."
    assert dossier.categories[0].lexicon("en") == Lexicon(("ship", "patrol boat"), ("sink",), ("sunk",))
    assert dossier.categories[0].parts == ("boat",)
    assert dossier.excluded == (("en", ("buoy", "pier")),)
    assert dossier.actors[0].side == "NO"
    assert dossier.actors[0].speaks_for == ("state",)
    assert (dossier.places[0].country, dossier.places[0].within, dossier.places[0].code) == (None, None, "NO-03")
    assert dossier.sources[0].domains == ("post.example.no",)
    assert (dossier.tenures[0].start, dossier.tenures[0].end) == ("2012-11-06", "2024-05")
    assert dossier.sha256 == sha256((tmp_path / "tests.yaml").read_bytes()).hexdigest()


def test_a_string_may_be_a_path(tmp_path: Path) -> None:
    """The command line hands over strings."""
    path = write(tmp_path, HEAD)
    assert load(str(path)) == load(path)
    assert source(str(path)) == path.read_bytes()


def extended(folder: Path, more: str) -> Dossier:
    """A dossier that extends "general"."""
    return load(write(folder, HEAD + "extends: general\n" + more))


def test_extending_keeps_what_is_inherited_and_its_order(tmp_path: Path) -> None:
    """Inherited categories come first; new ones follow."""
    general = load("general")
    dossier = extended(tmp_path, CATEGORY)
    assert dossier.categories == (*general.categories, dossier.categories[-1])
    assert dossier.categories[-1].id == "sunk"
    assert dossier.sources == general.sources
    assert dossier.sha256 != sha256((tmp_path / "tests.yaml").read_bytes()).hexdigest()


def test_a_category_adds_its_words_before_the_inherited_ones(tmp_path: Path) -> None:
    """An entry with an inherited id needs no other field."""
    general = load("general").categories[0]
    dossier = extended(tmp_path, f"categories:\n  - {{id: {general.id}, words: {{en: {{nouns: [Drownedness]}}}}}}\n")
    category = dossier.categories[0]
    assert (category.id, category.label, category.kind) == (general.id, general.label, general.kind)
    assert category.lexicon("en").nouns == ("drownedness", *general.lexicon("en").nouns)
    assert category.lexicon("en").verbs == general.lexicon("en").verbs


def test_excluded_nouns_add_to_the_inherited_ones(tmp_path: Path) -> None:
    """What the extended dossier never counts is not counted here either."""
    inherited = dict(load("general").excluded)["en"]
    assert dict(extended(tmp_path, "excluded: {en: [Lighthouse]}\n").excluded)["en"] == ("lighthouse", *inherited)


def test_a_source_replaces_the_inherited_one_in_its_place(tmp_path: Path) -> None:
    """A dossier may grade an agency otherwise for its own subject."""
    general = load("general").sources[0]
    dossier = extended(tmp_path, f"sources:\n  - {{name: {general.name}, kind: agency, reliability: D}}\n")
    assert dossier.sources[0].reliability == "D"
    assert len(dossier.sources) == len(load("general").sources)


def test_an_unknown_name_lists_what_there_is() -> None:
    """The message names the bundled dossiers."""
    with pytest.raises(UnknownDossierError, match=r"atlantis: no such dossier; bundled are .*general"):
        load("atlantis")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "1: the file is empty; it starts with 'schema: tallystick.dossier/1'"),
        ("name: tests\ntitle: Tests\n", "1: schema missing"),
        (
            HEAD + "categories:\n  - {id: sunk, label: Sunk, kind: peple, unit: item}\n",
            "5: categories[0].kind: 'peple' is not one of ['people', 'casualty', 'equipment', 'aid', 'money', 'other']",
        ),
        (
            HEAD + "categories:\n  - id: sunk\n    lable: Sunk\n    label: Sunk\n    kind: aid\n    unit: item\n",
            "6: categories[0].lable: unknown key; did you mean 'label'?",
        ),
        (
            HEAD + "categories:\n  - id: sunk\n",
            "5: categories[0]: label and kind and unit missing for the category 'sunk'",
        ),
        (HEAD + "actors: navy\n", "4: actors: 'navy' is not a list"),
        (
            HEAD + "actors:\n  - {id: navy, name: Navy, side: norway}\n",
            "5: actors[0].side: 'norway' is not an ISO 3166-1 alpha-2 code such as KP, or null",
        ),
        (
            HEAD + "actors:\n  - {id: navy, name: Navy}\n  - {id: navy, name: Fleet}\n",
            "6: actors[1].id: 'navy' stands in actors twice; give each its own id",
        ),
        (
            HEAD + "actors:\n  - {id: navy, name: Navy}\n  - {id: lord, name: Lord, speaks_for: [nayv]}\n",
            "6: actors[1].speaks_for[0]: 'nayv' is not in actors; did you mean 'navy'?",
        ),
        (HEAD + "places:\n  - {id: sea, name: Sea, within: sky}\n", "5: places[0].within: 'sky' is not in places"),
        (
            HEAD + "places:\n  - {id: a, name: A, within: b}\n  - {id: b, name: B, within: a}\n",
            "5: places[0].within: 'a' holds itself by way of within",
        ),
        (
            HEAD + "sources:\n  - {name: Post, reliability: G}\n",
            "5: sources[0].reliability: 'G' is not one of ['A', 'B', 'C', 'D', 'E', 'F']",
        ),
        (
            HEAD + "sources:\n  - {name: Post, domains: [www.post.com]}\n",
            "5: sources[0].domains[0]: 'www.post.com' is not a host name in lower case without www.",
        ),
        (HEAD + "watch: {terms: [storm]}\n", "4: watch.terms[0]: 'storm' is not a list"),
        (
            HEAD + "watch: {terms: [['st*rm']]}\n",
            "4: watch.terms[0][0]: 'st*rm' is not a word or phrase, or the start of one and an asterisk",
        ),
        (
            HEAD + "watch: {feeds: ['ftp://post.example']}\n",
            "4: watch.feeds[0]: 'ftp://post.example' is not an address that starts with http:// or https://",
        ),
        (HEAD + "extends: genral\n", "4: extends: 'genral' is no bundled dossier; did you mean 'general'?"),
        (HEAD + "title: Again\n", "4: the key 'title' stands here twice; keep one of them"),
        (
            HEAD + "about: &a x\nactors: *a\n",
            "5: the alias *a is not allowed in a dossier; write the value out",
        ),
        (
            HEAD + "about: !!python/object/apply:os.system [ls]\n",
            "4: anchors and tags are not allowed in a dossier; write the plain value",
        ),
        (HEAD + "---\nname: two\n", "4: a second YAML document starts here; a dossier is one"),
        (HEAD + "? [a]\n: b\n", "4: a key must be a word, not a list or a mapping"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, text: str, problem: str) -> None:
    """Each kind of mistake: the line, the path, what is wrong."""
    assert problem in problems(tmp_path, text)


@pytest.mark.parametrize(
    ("start", "end", "problem"),
    [
        ("2024-02-30", "null", "6: tenures[0].start: '2024-02-30' is no day of the calendar"),
        (
            "last May",
            "null",
            "6: tenures[0].start: 'last May' is not an EDTF date such as 2024-05-12, 2024-05 or null",
        ),
        ("2024-05", "2023", "6: tenures[0].end: '2023' is before the start, '2024-05'"),
    ],
)
def test_impossible_tenures_are_told(tmp_path: Path, start: str, end: str, problem: str) -> None:
    """Dates that do not exist, or that run backwards."""
    text = (
        HEAD
        + "actors: [{id: navy, name: Navy}]\ntenures:\n"
        + f"  - {{actor: navy, office: {{name: Lord}}, start: {start}, end: {end}, citation: Gazette, checked: V}}\n"
    )
    assert problem in problems(tmp_path, text)


def test_broken_yaml_is_told_with_its_line(tmp_path: Path) -> None:
    """The words after the line are those of the YAML library."""
    assert problems(tmp_path, HEAD + "about: [a, b\n")[0].startswith("5: not YAML: ")


def test_all_mistakes_are_told_at_once_in_order_of_lines(tmp_path: Path) -> None:
    """A writer mends a file in one go; `str()` of the error has the path before every line."""
    path = write(tmp_path, "schema: tallystick.dossier/2\nname: Tests\ntitle: Tests\nactors:\n  - {id: A, name: x}\n")
    with pytest.raises(DossierError) as caught:
        load(path)
    lines = str(caught.value).splitlines()
    assert [line.removeprefix(f"{path}:").split(":")[0] for line in lines] == ["1", "2", "5"]


def test_an_alias_bomb_is_refused_at_its_first_alias(tmp_path: Path) -> None:
    """Nested aliases would unfold to gigabytes."""
    layers = "".join(f"x{index}: &x{index} [*x{index - 1}, *x{index - 1}]\n" for index in range(1, 40))
    found = problems(tmp_path, "x0: &x0 lol\n" + layers)
    assert any("alias *x0" in problem for problem in found)


def test_deep_nesting_is_refused(tmp_path: Path) -> None:
    """Neither thirty brackets nor a hundred thousand crash it."""
    assert problems(tmp_path, HEAD + "about: " + "[" * 30) == (
        "4: nested more than 20 levels deep; a dossier nests six",
    )
    assert problems(tmp_path, HEAD + "about: " + "[" * 100_000)[0].startswith("4: ")


def test_a_huge_file_is_refused(tmp_path: Path) -> None:
    """A file of more than 5 MB is no dossier."""
    assert "a dossier has at most 5,000,000" in problems(tmp_path, "#" * 5_000_001)[0]


def test_invalid_utf8_is_told_with_its_line(tmp_path: Path) -> None:
    """Nothing is guessed about other encodings."""
    path = tmp_path / "tests.yaml"
    path.write_bytes(HEAD.encode() + b"about: caf\xe9\n")
    with pytest.raises(DossierError, match=r"tests\.yaml:4: byte \d+ is not UTF-8; save the file as UTF-8"):
        load(path)


def test_a_folder_is_no_dossier(tmp_path: Path) -> None:
    """The reason of the system is passed on."""
    with pytest.raises(DossierError, match="cannot be read: Is a directory"):
        load(tmp_path)


SLOTS = """schema: tallystick.dossier/1
name: flood
title: The flood
extends: dprk-russia
facts:
"""


def test_a_slot_adds_its_words_to_an_inherited_one(tmp_path: Path) -> None:
    """Own words come before the inherited ones, in lower case; label and kind stay."""
    file = tmp_path / "flood.yaml"
    file.write_text(SLOTS + "  - {id: unit, words: {en: {nouns: [Dyke Company]}}}\n", encoding="utf-8")
    inherited = {slot.id: slot for slot in load("dprk-russia").facts}["unit"]
    slot = next(slot for slot in load(file).facts if slot.id == "unit")
    words, theirs = slot.lexicon("en"), inherited.lexicon("en")
    assert words is not None
    assert theirs is not None
    assert (slot.label, slot.kind) == (inherited.label, inherited.kind)
    assert words.nouns == ("dyke company", *theirs.nouns)
    assert words.about == theirs.about
    assert slot.lexicon("ko") is None


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ("{id: boat, label: Boat}", "kind missing for the slot 'boat'"),
        ("{id: boat, label: Boat, kind: ship}", "'ship' is not one of"),
        ("{id: boat, label: Boat, kind: role}", "words missing for the slot 'boat'"),
        ("{id: boat, label: Boat, kind: role, words: {en: {nouns: [boat]}}}", "a slot of kind role needs verbs"),
        ("{id: boat, label: Boat, kind: role, words: {en: {verb: [row]}}}", "did you mean 'verbs'?"),
    ],
)
def test_a_slot_that_would_find_nothing_is_told(tmp_path: Path, entry: str, problem: str) -> None:
    """Kind and the words it works with are needed."""
    file = tmp_path / "flood.yaml"
    file.write_text(SLOTS + f"  - {entry}\n", encoding="utf-8")
    with pytest.raises(DossierError) as raised:
        load(file)
    assert problem in str(raised.value)
    assert ":6:" in str(raised.value) or "6: " in str(raised.value)


def test_what_is_watched_comes_through(tmp_path: Path) -> None:
    """Groups of terms in lower case and feeds as written; a dossier that says nothing watches everything."""
    text = HEAD + "watch:\n  terms: [[Ship*, 'Patrol  Boat'], [storm]]\n  feeds: ['https://post.example/Feed']\n"
    dossier = load(write(tmp_path, text))
    assert dossier.watch == Watch((("ship*", "patrol boat"), ("storm",)), ("https://post.example/Feed",))
    assert load(write(tmp_path, HEAD)).watch == Watch()


def test_own_terms_take_the_place_of_inherited_ones(tmp_path: Path) -> None:
    """A dossier about something narrower is not found by the terms of what it extends."""
    dossier = extended(tmp_path, "watch: {terms: [[storm]]}\n")
    assert dossier.watch.terms == (("storm",),)
