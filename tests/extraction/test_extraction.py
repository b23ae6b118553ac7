"""Claims of whole sentences: what is counted, who says so, and what the spans hold."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factory import document
from tallystick.dossiers.loading import load
from tallystick.errors import ReadingError
from tallystick.extraction.extraction import extract
from tallystick.extraction.record import record
from tallystick.model.claim import Claim, Status
from tallystick.model.document import Document, PassageKind
from tallystick.model.quantity import Bound
from tallystick.reading.text.passages import label

GENERAL = load("general")


def report(text: str, *, language: str = "en") -> Document:
    """A report whose passages are told by its own wording."""
    found = document(text, published="2025-06-18")
    return Document(
        found.id, text, found.sha256, label(text), found.name, published=found.published, language=language
    )  # fmt: skip


def read(text: str) -> tuple[Claim, ...]:
    """The claims of `text`."""
    return extract(report(text), GENERAL)


@pytest.mark.parametrize(
    ("text", "figure", "counted", "category"),
    [
        ("Moscow will get 700 builders from Hanoi.", "700", "builders", "construction_worker"),
        ("The blast killed 12 miners.", "12", "miners", "killed"),
        ("Twelve were killed in the blast.", "Twelve", None, "killed"),
        ("The blast left 30 people wounded.", "30", "people", "wounded"),
        ("The army lost 2,000 troops.", "2,000", "troops", "killed"),
        ("Some 40,000 people were displaced by the flood.", "40,000", "people", "displaced"),
        ("They delivered 300 tonnes of rice.", "300", "tonnes of rice", "aid_quantity"),
        ("It shipped 3 million artillery shells.", "3 million", "artillery shells", "shell"),
        ("The army has 60 tanks there.", "60", "tanks", "vehicle_or_weapon"),
        ("The bank lent the state $20 million.", "$20 million", None, "money"),
    ],
)
def test_what_is_counted_and_its_category(text: str, figure: str, counted: str | None, category: str) -> None:
    """By the noun, by what happened to it, or by the currency."""
    (claim,) = read(text)
    assert claim.figure == figure
    assert claim.category == category
    if counted is not None:
        assert claim.counted == counted


@pytest.mark.parametrize(
    "text",
    [
        "The two countries signed 12 treaties.",
        "It lies 50 kilometers from the border.",
        "In 2024 it rained for 30 days.",
        "The 2215th Brigade crossed in section 4 of Article 51.",
        "Prices rose by 12 percent.",
        "The team won 3-1.",
        "Several soldiers and many officers came.",
    ],
)
def test_what_counts_nothing_is_no_claim(text: str) -> None:
    """Countries, distances, dates, names, percentages, scores and bare "several"."""
    assert read(text) == ()


def test_a_coordination_is_two_claims_with_one_speaker() -> None:
    """Both have their own noun and the same status."""
    text = "Pyongyang will send 5,000 construction workers and 1,000 sappers to Kursk, Sergei Shoigu said."
    one, two = read(text)
    assert (one.category, two.category) == ("construction_worker", "deminer")
    assert one.status is two.status is Status.PLANNED
    assert one.speaker == two.speaker == "Sergei Shoigu"


def test_an_elided_noun_is_inherited() -> None:
    """The second figure counts what the first one does, with its own outcome."""
    killed, wounded = read("At least 12 people were killed and 30 wounded in Kabul.")
    assert (killed.category, wounded.category) == ("killed", "wounded")
    assert (killed.bound, wounded.bound) == (Bound.AT_LEAST, Bound.EXACT)


def test_comments_and_furniture_are_not_read() -> None:
    """Only headline and body are."""
    prose = "The ministry said on Monday that 600 builders had come to the region and that more would follow soon."
    text = "\n".join([prose, prose.replace("600", "700"), prose.replace("Monday", "Friday"), "2 Comments", "owl",
                      "I bet it is 60,000 soldiers", "Ann Onymous", "Nobody asked the 6,000 workers."])  # fmt: skip
    assert [claim.figure for claim in read(text)] == ["600", "700", "600"]


def test_every_field_that_was_decided_has_a_ground() -> None:
    """Grounds with a span quote the text at that span."""
    text = "Moscow will receive more than 700 builders from Vietnam in the Kursk region, Marat Khusnullin said."
    (claim,) = read(text)
    fields = {ground.field for ground in claim.grounds}
    assert {"bound", "category", "status", "speaker", "place", "origin"} <= fields
    for ground in claim.grounds:
        assert ground.start is None or text[ground.start : ground.end] == ground.cue


def test_the_same_text_gives_the_same_claims_and_ids() -> None:
    """Ids depend on document and span alone."""
    text = "The blast killed 12 miners and 3 drivers."
    assert read(text) == read(text)
    assert len({claim.id for claim in read(text)}) == 2


def test_the_record_has_the_documented_fields_in_order() -> None:
    """What `extract` writes; offsets count code points."""
    text = "🚩 The blast killed 12 miners."
    (claim,) = read(text)
    written = record(claim)
    assert (written["start"], written["end"], written["figure"]) == (text.index("12"), text.index("12") + 2, "12")
    assert written["document"] == "doc-1"
    assert str(written["suffix"]).startswith(" miners")


def test_a_language_that_cannot_be_read_is_an_error_that_names_it() -> None:
    """Better than claims read by the rules of another language."""
    with pytest.raises(ReadingError, match="ja"):
        extract(report("兵士十人が死亡した。", language="ja"), GENERAL)


PIECES = [
    "12", "5,000", "killed", "people", "said", "“", "”", "\n", "to", "Kim", "will send", "and", ",", ".", "in",
    "Russia", "workers", "$3 million", "about", "TASS", "(AP)", "?", "not", "thousands of", "on Monday", "of them",
]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=50))
def test_any_row_of_words_gives_claims_whose_spans_hold(pieces: list[str]) -> None:
    """Odd texts end in claims that keep the one rule, never in a crash."""
    text = " ".join(pieces)
    found = report(text)
    kinds = {passage.kind for passage in found.passages}
    claims = extract(found, GENERAL)
    assert all(text[claim.start : claim.end] == claim.figure and claim.grounds for claim in claims)
    assert not claims or kinds & {PassageKind.BODY, PassageKind.HEADLINE}


def test_the_ground_of_a_place_tells_which_place_it_is() -> None:
    """Its value holds country and identifier, its cue the words of the report."""
    (claim,) = read("Some 700 nurses have arrived in Pennsylvania.")
    (ground,) = [one for one in claim.grounds if one.field == "place"]
    assert claim.place == "Pennsylvania"
    assert str(ground) == "place=Pennsylvania (US-PA): 'Pennsylvania', 32-44"


@pytest.mark.parametrize(
    "text",
    [
        "The yard sent 40,000 welders, twice as many as the 600 welders counted in May.",
        "The yard sent 40,000 welders, more than the 600 it gave in May.",
        "Three times as many as 600 welders came.",
    ],
)
def test_what_a_figure_is_compared_with_is_exact(text: str) -> None:
    """A figure behind "twice as many as" or "more than the" is compared with, and not bounded by these words."""
    known = next(claim for claim in read(text) if claim.figure == "600")
    assert (known.low, known.high, known.bound) == (600, 600, Bound.EXACT)


def test_as_many_as_bounds_a_figure() -> None:
    """Without a comparison "as many as" bounds from above."""
    (claim,) = read("As many as 600 welders came.")
    assert claim.bound is Bound.AT_MOST


def test_a_figure_compared_with_counts_the_same() -> None:
    """A figure given earlier counts what it is compared with, not the noun that stands between."""
    claims = read("The army said 1,200 of its soldiers died in raids on two tanks, more than the 600 it gave in April.")
    known = next(claim for claim in claims if claim.figure == "600")
    assert (known.category, known.counted) == ("killed", "soldiers")


def test_a_verb_behind_a_plural_is_no_noun() -> None:
    """A verb that the lexicon knows as a noun does not hide the people who do it."""
    (claim,) = read("Nearly 70,000 Korean laborers work abroad.")
    assert (claim.category, claim.counted) == ("labourer", "Korean laborers")


@pytest.mark.parametrize(
    ("text", "categories"),
    [
        ("The army lost 9,000 men: 4,000 killed and 5,000 wounded.", ("casualties_unspecified", "killed", "wounded")),
        ("The army lost 9,000 soldiers.", ("killed",)),
        ("The army lost 9,000 soldiers, and 5,000 were wounded.", ("killed", "wounded")),
    ],
)
def test_a_loss_is_of_the_dead_unless_it_is_divided(text: str, categories: tuple[str, ...]) -> None:
    """A loss that is told as killed and wounded is of casualties; a fate told of its own is no part of it."""
    assert tuple(claim.category for claim in read(text)) == categories
