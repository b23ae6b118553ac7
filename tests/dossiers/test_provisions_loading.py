"""Packs of provisions as their writers meet them: what loads, and what each mistake is told as."""

import json
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from tallystick.dossiers.loading import bundled, load
from tallystick.dossiers.provisions.loading import pack
from tallystick.dossiers.using import KINDS, bundled_parts, part, used
from tallystick.errors import DossierError
from tallystick.model.claim import Aspect, Measure, Status
from tallystick.model.provision import Checked, Jurisdiction, Pack, Reach, Sign, Tier

SUFFIX = ".provisions.yaml"
# A whole pack; line numbers of the tests are those of this text.
PACK = """\
schema: tallystick.provisions/1
name: nets
title: Nets at sea
about: >-
  What ships
  may catch.
program: null
scope:
  - categories: [ship]
instruments:
  - id: net-treaty
    title: Net Treaty
    kind: treaty
    aliases: [Nets Pact]
    number: "7"
    signed: 2001-02-03
    adopted: 2001-05
    in_force: 2001-06-01
    checked: V2
    citation: Gazette
  - {id: old-treaty, title: Old Treaty, kind: treaty, in_force: 1990, ended: 2001-06-02, checked: K, citation: Gazette}
elements:
  - id: at-sea
    label: they are at sea
    question: Where are they?
    signs:
      - categories: [ship]
        aspects: [arrived]
        measures: [stock]
        statuses: [actual]
        units: [item]
        origins: [NO]
        countries: [SE]
        jurisdictions: [contested]
        since: 2001-07-01
        until: 2030
        reach: contested
        note: a reading
    contrary:
      - {categories: [ship], words: {en: [In  Port]}, without: {en: [not in port], nb: [i havn]}}
  - {id: netted, label: they carry nets, question: "Which nets?", signs: [{slot: cargo}]}
exemptions:
  - {id: licensed, label: a license covers them, source: "Article 4", signs: [{slot: paper}], checked: V}
justifications:
  - {id: custom, label: An old custom, instrument: old-treaty, signs: [{slot: paper}], note: no exemption, checked: I}
duties:
  - {who: parties, what: yearly reports, due: ["2002-01-01"], provisions: [net-3], checked: K}
provisions:
  - id: net-3
    instrument: net-treaty
    paragraph: "3(a)"
    eid: art_3__point_a
    actor: parties
    act: do not fish
    object: with
      long nets
    conditions: in summer
    binding: no
    deadline: 2002-01-01
    until: 2040
    superseded_by: net-4
    elements: [at-sea, netted]
    indicators: [at-sea]
    exemptions: [licensed]
    cap: indicator
    note: rarely kept
    number_checked: V
    text_checked: I
    citation: Gazette 7
  - id: net-4
    instrument: net-treaty
    paragraph: "4"
    eid: art_4
    actor: parties
    act: report
    object: nets
    indicators: [at-sea]
    supporting: [netted]
    number_checked: K
    text_checked: K
    citation: Gazette
"""
LINES = PACK.splitlines()
# What damage puts in: marks of YAML.
BITS = (
    b"\n",
    b": ",
    b"[",
    b"]",
    b"{",
    b"}",
    b"~",
    b"- ",
    b"  ",
    b"'",
    b'"',
    b"null",
    b"&a ",
    b"*a",
    b"!!int ",
    b"\x00",
)


def read(text: str) -> Pack:
    """The pack of a text."""
    return pack(text.encode("utf-8"), "nets.provisions.yaml")


def problems(content: bytes) -> tuple[str, ...]:
    """What reading complains of."""
    with pytest.raises(DossierError) as caught:
        pack(content, "nets.provisions.yaml")
    return caught.value.problems


def mistaken(old: str, new: str) -> tuple[str, ...]:
    """What reading complains of once `old`, which stands there, is `new`."""
    assert old in PACK
    return problems(PACK.replace(old, new, 1).encode("utf-8"))


def check(content: bytes) -> None:
    """Hold that `content` is a pack, or is refused for reasons that each start with a line of it."""
    told: tuple[str, ...] | None = None
    try:
        held = pack(content, "nets.provisions.yaml")
    except DossierError as error:
        told = error.problems
    else:
        assert held.provisions
    assert told is None or told
    last = content.count(b"\n") + 1
    assert all(1 <= int(one.partition(": ")[0]) <= last for one in told or ())


def line(words: str) -> int:
    """The line of the pack on which `words` first stand."""
    return next(number for number, text in enumerate(LINES, start=1) if words in text)


@pytest.mark.parametrize("name", [name for name in bundled_parts() if name.endswith(SUFFIX)])
def test_every_bundled_pack_loads(name: str) -> None:
    """The packs that come with the package keep their own schema, and each is named as its file."""
    file = used(name, ())
    assert file is not None
    (held,) = part(file).packs
    assert held.name + SUFFIX == name
    assert held.provisions


@pytest.mark.parametrize("name", bundled())
def test_bundled_packs_ask_for_what_their_dossier_has(name: str) -> None:
    """Slots and categories of every sign are those of the dossier: a misspelled one would never hold."""
    dossier = load(name)
    slots = {slot.id for slot in dossier.facts}
    categories = {category.id for category in dossier.categories}
    for sign in (sign for held in dossier.packs for sign in every_sign(held)):
        assert sign.slot is None or sign.slot in slots
        assert categories.issuperset(sign.categories)


def every_sign(held: Pack) -> list[Sign]:
    """All signs of a pack."""
    groups = [held.scope]
    for element in held.elements:
        groups += [element.signs, element.contrary]
    groups += [exemption.signs for exemption in held.exemptions]
    groups += [justification.signs for justification in held.justifications]
    return [sign for group in groups for sign in group]


def test_the_schema_is_a_schema() -> None:
    """Editors can use provisions.schema.json."""
    folder = Path(__file__).parents[2] / "src" / "tallystick" / "dossiers" / "provisions"
    Draft202012Validator.check_schema(json.loads((folder / "provisions.schema.json").read_text(encoding="utf-8")))


def test_packs_are_a_kind_of_part() -> None:
    """A dossier can use them by the end of their name."""
    assert KINDS[SUFFIX](PACK.encode("utf-8"), "nets.provisions.yaml").packs == (read(PACK),)


def test_the_head_comes_through() -> None:
    """Texts are on one line; the digest is that of the bytes."""
    held = read(PACK)
    assert (held.name, held.title, held.about, held.program) == ("nets", "Nets at sea", "What ships may catch.", None)
    assert held.scope == (Sign(categories=("ship",)),)
    assert held.sha256 == sha256(PACK.encode("utf-8")).hexdigest()


def test_instruments_come_through() -> None:
    """Dates are strings as they are written; what is not given is None."""
    treaty, old = read(PACK).instruments
    assert (treaty.id, treaty.title, treaty.kind, treaty.number) == ("net-treaty", "Net Treaty", "treaty", "7")
    assert (treaty.signed, treaty.adopted, treaty.in_force, treaty.ended) == (
        "2001-02-03", "2001-05", "2001-06-01", None,
    )  # fmt: skip
    assert (treaty.aliases, treaty.checked, treaty.citation) == (("Nets Pact",), Checked.SECONDARY, "Gazette")
    assert (old.signed, old.in_force, old.ended, old.number) == (None, "1990", "2001-06-02", None)


def test_signs_come_through() -> None:
    """Every field of a sign is read; words are lower case."""
    (element, _) = read(PACK).elements
    assert element.signs == (
        Sign(
            categories=("ship",),
            origins=("NO",),
            countries=("SE",),
            statuses=(Status.ACTUAL,),
            aspects=(Aspect.ARRIVED,),
            measures=(Measure.STOCK,),
            units=("item",),
            jurisdictions=(Jurisdiction.CONTESTED,),
            since="2001-07-01",
            until="2030",
            reach=Reach.CONTESTED,
            note="a reading",
        ),
    )
    (against,) = element.contrary
    assert against.words == (("en", ("in port",)),)
    assert against.without == (("en", ("not in port",)), ("nb", ("i havn",)))
    assert (against.reach, against.slot) == (Reach.PLAIN, None)


def test_exemptions_justifications_and_duties_come_through() -> None:
    """Each keeps where it stands and how far it was checked."""
    held = read(PACK)
    (exemption,) = held.exemptions
    assert (exemption.id, exemption.source, exemption.checked) == ("licensed", "Article 4", Checked.READ)
    assert exemption.signs == (Sign(slot="paper"),)
    (justification,) = held.justifications
    assert (justification.instrument, justification.note, justification.checked) == (
        "old-treaty", "no exemption", Checked.INTERPRETED,
    )  # fmt: skip
    (duty,) = held.duties
    assert (duty.who, duty.due, duty.provisions) == ("parties", ("2002-01-01",), ("net-3",))


def test_provisions_come_through() -> None:
    """Every field of a provision is read; `binding: no` is no string."""
    first, second = read(PACK).provisions
    assert (first.paragraph, first.eid, first.instrument) == ("3(a)", "art_3__point_a", "net-treaty")
    assert (first.actor, first.act, first.object, first.conditions) == (
        "parties", "do not fish", "with long nets", "in summer",
    )  # fmt: skip
    assert (first.binding, second.binding) == (False, True)
    assert (first.in_force, first.deadline, first.until, first.superseded_by) == (None, "2002-01-01", "2040", "net-4")
    assert (first.elements, first.indicators, first.supporting) == (("at-sea", "netted"), ("at-sea",), ())
    assert (first.exemptions, first.cap, first.note) == (("licensed",), Tier.INDICATOR, "rarely kept")
    assert (first.number_checked, first.text_checked, first.citation) == (
        Checked.READ,
        Checked.INTERPRETED,
        "Gazette 7",
    )
    assert (second.cap, second.supporting) == (None, ("netted",))


@pytest.mark.parametrize(
    ("old", "new", "at", "reason"),
    [
        ("title: Nets at sea", "titel: Nets at sea", "title", "did you mean 'title'?"),
        ("    paragraph: ", "    paragraf: ", "paragraph: ", "did you mean 'paragraph'?"),
        ("aspects: [arrived]", "aspect: [arrived]", "aspects", "did you mean 'aspects'?"),
        ("    note: rarely kept", "    color: red", "rarely kept", "unknown key"),
        ("number_checked: V\n", "number_checked: X\n", "number_checked: V", "'X' is not one of"),
        ("kind: treaty\n", "kind: pact\n", "kind: treaty", "'pact' is not one of"),
        ("aspects: [arrived]", "aspects: [came]", "aspects", "'came' is not one of"),
        ("measures: [stock]", "measures: [many]", "measures", "'many' is not one of"),
        ("statuses: [actual]", "statuses: [true]", "statuses", "'true' is not one of"),
        ("jurisdictions: [contested]", "jurisdictions: [mine]", "jurisdictions", "'mine' is not one of"),
        ("reach: contested", "reach: far", "reach", "'far' is not one of"),
        ("cap: indicator", "cap: determined", "cap:", "'determined' is not one of"),
        ("binding: no", "binding: false", "binding", "'false' is not one of"),
        ("origins: [NO]", "origins: [Norway]", "origins", "'Norway' is not an ISO 3166-1 alpha-2 code such as KP"),
        ("eid: art_4", "eid: article 4", "eid: art_4", "'article 4' is not an Akoma-Ntoso-style id"),
        ("id: net-4", "id: Net 4", "id: net-4", "'Net 4' is not an id"),
        ("question: Where are they?", "question: Where", "question: Where", "'Where' is not a question"),
        ("elements: [at-sea, netted]", "elements: at-sea", "elements: [at-sea", "'at-sea' is not a list"),
        ("conditions: in summer", "conditions: ~", "conditions", "nothing is not some text"),
        ("citation: Gazette 7", "citation: ' '", "citation: Gazette 7", "' ' is not some text"),
        ("schema: tallystick.provisions/1", "schema: tallystick.dossier/1", "schema", "'tallystick.provisions/1'"),
        ("scope:\n  - categories: [ship]", "scope: []", "scope", "[] should be non-empty"),
        ("  - categories: [ship]\ninst", "  - {}\ninst", "  - categories: [ship]", "{} should be non-empty"),
    ],
)
def test_a_mistake_of_form_is_told_with_its_line(old: str, new: str, at: str, reason: str) -> None:
    """Unknown keys come with the nearest known one, values that a field cannot have with what it can."""
    (told,) = [one for one in mistaken(old, new) if reason in one]
    assert told.startswith(f"{line(at)}: ")


def test_what_is_missing_is_named() -> None:
    """The line is that of the entry."""
    (told,) = mistaken("    number_checked: V\n    text_checked: I\n", "")
    assert told == f"{line('- id: net-3')}: provisions[0]: number_checked and text_checked missing"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("deadline: 2002-01-01", "deadline: 2002-02-30", "deadline: '2002-02-30' is no day of the calendar"),
        ("signed: 2001-02-03", "signed: 2001-02-30", "signed: '2001-02-30' is no day of the calendar"),
        ("until: 2030", "until: 2030-06-31", "until: '2030-06-31' is no day of the calendar"),
        ("deadline: 2002-01-01", "deadline: 2001-05-31", "deadline '2001-05-31' is before in force, '2001-06-01'"),
        ("until: 2040", "until: 2001-05", "until '2001-05' is before in force, '2001-06-01'"),
        ("in_force: 2001-06-01", "in_force: 2001-01-01", "in_force '2001-01-01' is before signed, '2001-02-03'"),
        ("until: 2030", "until: 2001-06", "until '2001-06' is before since, '2001-07-01'"),
    ],
)
def test_an_impossible_date_is_told_with_its_line(old: str, new: str, told: str) -> None:
    """A day that does not exist, and an end before its start."""
    (problem,) = mistaken(old, new)
    assert problem.startswith(f"{line(old)}: ")
    assert problem.endswith(told)


@pytest.mark.parametrize("uncertain", ["2001-06?", "2001~", "2001-06-01%"])
def test_a_date_may_be_uncertain(uncertain: str) -> None:
    """EDTF marks of doubt are kept."""
    held = read(
        PACK.replace("signed: 2001-02-03", f"signed: {uncertain}").replace("in_force: 2001-06-01", "in_force: 2001-09")
    )
    assert held.instruments[0].signed == uncertain


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("superseded_by: net-4", "superseded_by: net-5", "'net-5' is not in provisions; did you mean 'net-3'?"),
        ("instrument: old-treaty", "instrument: charter", "'charter' is not in instruments"),
        (
            "elements: [at-sea, netted]",
            "elements: [at-sea, neted]",
            "'neted' is not in elements; did you mean 'netted'?",
        ),
        ("supporting: [netted]", "supporting: [customs]", "'customs' is not in elements"),
        ("provisions: [net-3]", "provisions: [net-9]", "'net-9' is not in provisions; did you mean 'net-3'?"),
        (
            'instrument: net-treaty\n    paragraph: "4"',
            'instrument: x\n    paragraph: "4"',
            "'x' is not in instruments",
        ),
        ("superseded_by: net-4", "superseded_by: net-3", "'net-3' would supersede itself"),
    ],
)
def test_a_reference_that_leads_nowhere_is_told_with_its_line(old: str, new: str, told: str) -> None:
    """Dangling ids come with the nearest known one."""
    (problem,) = mistaken(old, new)
    assert problem.startswith(f"{line(old) if old.count(chr(10)) == 0 else line('- id: net-4') + 1}: ")
    assert told in problem


def test_an_element_in_two_roles_is_told() -> None:
    """Asked for and only supporting: it cannot be both."""
    (told,) = mistaken("    indicators: [at-sea]\n    exempt", "    supporting: [netted]\n    exempt")
    assert told.startswith(f"{line('- id: net-3')}: provisions[0]: names 'netted' twice among its elements")


def test_exemptions_that_are_not_there_are_told_as_well_as_those_that_nobody_names() -> None:
    """A misspelled reference is two mistakes."""
    hint = "; did you mean 'licensed'?"
    told = mistaken("exemptions: [licensed]", "exemptions: [license]")
    assert told == (
        f"{line('{id: licensed')}: exemptions[0].id: no provision names 'licensed'",
        f"{line('exemptions: [licensed]')}: provisions[0].exemptions[0]: 'license' is not in exemptions{hint}",
    )


@pytest.mark.parametrize(
    ("section", "entry"),
    [
        ("instruments", "  - {id: net-treaty, title: T, kind: treaty, checked: K, citation: c}"),
        ("elements", "  - {id: netted, label: l, question: q?}"),
        ("exemptions", "  - {id: licensed, label: l, source: s, checked: K}"),
        ("justifications", "  - {id: custom, label: l, note: n, checked: K}"),
    ],
)
def test_an_id_that_stands_twice_is_told_with_its_line(section: str, entry: str) -> None:
    """The later one is named."""
    name = entry.split(",")[0].rpartition(" ")[2]
    (told,) = [one for one in mistaken(f"{section}:\n", f"{section}:\n{entry}\n") if "twice" in one]
    assert told.endswith(f".id: '{name}' stands in {section} twice; give each its own id")
    assert int(told.partition(":")[0]) > line(f"{section}:") + 1


def test_a_circle_of_provisions_is_told_for_each_of_them() -> None:
    """Two that take the place of one another would both never apply."""
    told = mistaken(
        "    indicators: [at-sea]\n    supporting", "    superseded_by: net-3\n    indicators: [at-sea]\n    supporting"
    )
    assert [one.partition(": ")[2] for one in told] == [
        "provisions[0].superseded_by: 'net-3' would supersede itself",
        "provisions[1].superseded_by: 'net-4' would supersede itself",
    ]


def test_an_element_that_no_provision_names_is_told() -> None:
    """It would never be looked at."""
    (told,) = mistaken("elements:\n", "elements:\n  - {id: idle, label: l, question: q?}\n")
    assert told == f"{line('elements:') + 1}: elements[0].id: no provision names 'idle'"


def test_a_provision_to_which_nothing_could_point_is_told() -> None:
    """What only supports does not point."""
    (told,) = mistaken("    indicators: [at-sea]\n    supporting", "    supporting")
    assert told.startswith(f"{line('- id: net-4')}: provisions[1]: names neither elements nor indicators")


def test_words_without_a_letter_are_told() -> None:
    """Words are looked for without marks: nothing would be left of these."""
    (told,) = mistaken("en: [not in port]", 'en: ["$*"]')
    assert told.startswith(f"{line('en: [not in port]')}: ")
    assert told.endswith("'$*' holds no letter or digit, so no report could hold it")


def test_a_scope_looks_at_claims() -> None:
    """Facts hang on claims: a scope that asks for a slot would hold for none."""
    (told,) = mistaken("scope:\n  - categories: [ship]", "scope:\n  - categories: [ship]\n    slot: cargo")
    assert told == f"{line('scope:') + 2}: scope[0].slot: the scope is about claims; a slot would hold for none of them"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "1: the file is empty; it starts with 'schema: tallystick.provisions/1'"),
        (b"# nothing yet\n", "1: the file is empty; it starts with 'schema: tallystick.provisions/1'"),
        (b"schema: x\nname: \xff\n", "2: byte 16 is not UTF-8; save the file as UTF-8"),
        (b"a: b\n---\nc: d\n", "2: a second YAML document starts here; a dossier is one"),
        (b"a: &x b\n", "1: anchors and tags are not allowed in a dossier; write the plain value"),
        (b"a: b\nc: *x\n", "2: the alias *x is not allowed in a dossier; write the value out"),
        (b"a: b\na: c\n", "2: the key 'a' stands here twice; keep one of them"),
        (b"just words", "1: 'just words' is not a mapping"),
        (b"- a\n", "1: a list is not a mapping"),
    ],
)
def test_a_file_that_is_no_pack_is_told(content: bytes, told: str) -> None:
    """Problems of the file as a whole."""
    assert problems(content) == (told,)


def test_yaml_that_is_none_is_told_with_its_line() -> None:
    """The parser's own words."""
    (told,) = problems(PACK.replace("scope:\n", "scope: [\n").encode("utf-8"))
    assert told.partition(": ")[2].startswith("not YAML: ")


def test_all_mistakes_are_told_at_once() -> None:
    """In order of lines."""
    text = PACK.replace("kind: treaty\n", "kind: pact\n").replace("eid: art_4", "eid: four").replace("act: report", "")
    told = problems(text.encode("utf-8"))
    assert len(told) == 3
    assert [int(one.partition(":")[0]) for one in told] == sorted(int(one.partition(":")[0]) for one in told)


def test_a_long_chain_of_successors_is_followed_to_its_end() -> None:
    """It is no circle; that its end is missing is told."""
    more = "".join(
        f"  - {{id: p-{n}, instrument: net-treaty, paragraph: p, eid: art_5, actor: a, act: a, object: o, "
        f"superseded_by: p-{n + 1}, indicators: [netted], number_checked: K, text_checked: K, citation: c}}\n"
        for n in range(3_000)
    )
    (told,) = problems((PACK + more).encode("utf-8"))
    assert "'p-3000' is not in provisions; did you mean 'p-300'?" in told


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_damaged_bytes_give_a_pack_or_named_problems(draw: st.DataObject) -> None:
    """Whatever is cut out, put in or doubled: a pack, or problems that each start with a line of the file."""
    content = PACK.encode("utf-8")
    for _ in range(draw.draw(st.integers(1, 4))):
        start = draw.draw(st.integers(0, len(content)))
        end = min(len(content), start + draw.draw(st.integers(0, 40)))
        new = draw.draw(st.one_of(st.binary(max_size=8), st.sampled_from(BITS)))
        content = content[:start] + new + content[end:]
    check(content)


@given(st.integers(0, len(LINES) - 1), st.integers(0, len(LINES) - 1))
def test_lines_in_another_order_give_a_pack_or_named_problems(one: int, other: int) -> None:
    """Lines that change places leave YAML that is often whole, and sense that is not."""
    swapped = list(LINES)
    swapped[one], swapped[other] = swapped[other], swapped[one]
    check("\n".join(swapped).encode("utf-8"))
