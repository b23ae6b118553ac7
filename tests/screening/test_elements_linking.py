"""Which facts of a report belong to which of its populations."""

from dataclasses import replace

import pytest

from factory import claim, document, fact
from tallystick.model.claim import Claim
from tallystick.model.document import Document, PassageKind
from tallystick.model.dossier import Category, Dossier, Lexicon
from tallystick.model.fact import Fact
from tallystick.screening.elements.kinds import Kinds
from tallystick.screening.elements.linking import links

DOSSIER = Dossier(
    name="test",
    title="Test",
    about="For tests.",
    categories=(
        Category("soldier", "Soldiers", "people", "person", (("en", Lexicon(("soldier", "troop", "military"))),)),
        Category("builder", "Builders", "people", "person", (("en", Lexicon(("builder", "construction troop"))),)),
        Category("worker", "Workers", "people", "person", (("en", Lexicon(("worker", "-er"))),), parts=("builder",)),
        Category("money", "Money", "money", "USD"),
    ),
)


def told(found: Document, figure: str, category: str, counted: str) -> Claim:
    """A claim whose sentence is its own, cut at full stops."""
    made = claim(found, figure, category=category, counted=counted)
    start = found.text.rfind(". ", 0, made.start) + 2 if ". " in found.text[: made.start] else 0
    start = max(start, found.text.rfind("\n", 0, made.start) + 1)
    return replace(made, quote=found.text[start : found.text.index(".", made.end) + 1])


def said(found: Document, value: str, slot: str = "combat") -> Fact:
    """A fact whose sentence is its own."""
    made = fact(found, value, slot=slot)
    start = max(found.text.rfind(". ", 0, made.start) + 2 if ". " in found.text[: made.start] else 0,
                found.text.rfind("\n", 0, made.start) + 1)  # fmt: skip
    return replace(made, quote=found.text[start : found.text.index(".", made.end - 1) + 1])


def hangs(text: str, value: str, *claims: tuple[str, str, str], unit: str | None = None) -> list[str]:
    """The figures that a fact hangs on."""
    found = document(text)
    facts = [said(found, value)] + ([said(found, unit, "unit")] if unit else [])
    linked = links(found, [told(found, *one) for one in claims], facts, Kinds(DOSSIER))
    return [link.claim.figure for link in linked if link.fact.slot == "combat"]


SOLDIERS, BUILDERS = ("500", "soldier", "soldiers"), ("900", "builder", "builders")


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Some 500 soldiers came. The 900 builders dig.", ["900"]),
        ("Some 500 soldiers and 900 builders dig.", ["500", "900"]),
        ("Some 500 soldiers came. So did 900 builders. The soldiers dig.", ["500"]),
        ("Some 500 soldiers came.\nSo did 900 builders. There they dig.", ["900"]),
        ("Some 500 soldiers came.\nSo did 900 builders.\nThere they dig.", ["500"]),
    ],
)
def test_sentence_then_name_then_paragraph_then_lead(text: str, figures: list[str]) -> None:
    """The nearest bond that there is decides."""
    assert hangs(text, "dig", SOLDIERS, BUILDERS) == figures


def test_a_unit_names_its_population_further_on() -> None:
    """Its words may even be those of another kind."""
    text = "Some 500 soldiers of the 9th Builders Brigade came.\nSo did 900.\nThe brigade of builders dig."
    assert hangs(text, "dig", SOLDIERS, BUILDERS, unit="9th Builders Brigade") == ["500"]


def test_a_unit_makes_its_soldiers_people_of_its_kind() -> None:
    """Soldiers of a brigade of construction troops are those troops further on; without the unit they are not."""
    text = "Some 500 soldiers of the 9th Construction Troops came.\nLater on construction troops dig."
    assert hangs(text, "dig", SOLDIERS, unit="9th Construction Troops") == ["500"]
    assert hangs(text, "dig", SOLDIERS) == []


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("The troops dig.", []),
        ("Once the troops left, workers dig.", ["900"]),
        ("As troops dig, builders wait.", []),
        ("With military help they dig.", ["900"]),
        ("The construction troops dig.", ["900"]),
    ],
)
def test_what_is_said_of_people_of_another_kind_belongs_to_nobody(sentence: str, figures: list[str]) -> None:
    """The last people named before the fact are meant; parts and wholes go together; a mass noun names nobody."""
    assert hangs(f"Some 900 builders came. {sentence}", "dig", BUILDERS) == figures


def test_comments_and_claims_in_them_are_left_out() -> None:
    """A reader's words bind nothing."""
    found = document("Some 500 soldiers came.\nWe dig.")
    first, second = found.passages
    apart = replace(found, passages=(first, replace(second, kind=PassageKind.COMMENT)))
    assert links(found, [told(found, *SOLDIERS)], [said(found, "dig")], Kinds(DOSSIER))
    assert not links(apart, [told(apart, *SOLDIERS)], [said(apart, "dig")], Kinds(DOSSIER))


def test_a_report_without_claims_has_no_links() -> None:
    """There is nothing to hang on."""
    found = document("They dig.")
    assert not links(found, [], [said(found, "dig")], Kinds(DOSSIER))
