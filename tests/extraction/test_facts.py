"""What a dossier asks for besides figures: each form of value, who says it, and what must not come out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factory import document
from tallystick.dossiers.loading import load
from tallystick.errors import ReadingError
from tallystick.extraction.facts import facts
from tallystick.extraction.record import FACT_COLUMNS, fact_record
from tallystick.model.claim import Status
from tallystick.model.dossier import Dossier, Slot, SlotKind, SlotWords
from tallystick.model.fact import Fact


def asking(kind: SlotKind, **words: tuple[str, ...]) -> Dossier:
    """Give a dossier with one slot of `kind`."""
    return Dossier("flood", "The flood", "", (), facts=(Slot("slot", "Slot", kind, (("en", SlotWords(**words)),)),))


def values(text: str, kind: SlotKind, **words: tuple[str, ...]) -> list[str]:
    """Give the values of one slot in `text`."""
    return [fact.value for fact in facts(document(text), asking(kind, **words))]


def told(text: str, published: str | None = None) -> list[Fact]:
    """Give what the bundled dossier asks for in `text`."""
    return list(facts(document(text, published=published), load("dprk-russia")))


def slots(text: str) -> dict[str, list[str]]:
    """Give the values of `text` by slot of the bundled dossier."""
    found: dict[str, list[str]] = {}
    for fact in told(text):
        found.setdefault(fact.slot, []).append(fact.value)
    return found


def test_a_designation_has_a_number_or_a_name() -> None:
    """A unit that a number or a name singles out comes out with both."""
    text = "The 12th Dyke Brigade and the Harbor Regiment came."
    assert values(text, SlotKind.DESIGNATION, nouns=("brigade", "regiment")) == ["12th Dyke Brigade", "Harbor Regiment"]


def test_a_designation_may_be_numbered_behind_its_noun() -> None:
    """An article is named by the number behind it and what it is of."""
    text = "They rely on Article 7 of the Water Charter."
    assert values(text, SlotKind.DESIGNATION, nouns=("article",)) == ["Article 7 of the Water Charter"]


@pytest.mark.parametrize(
    "text",
    [
        "The brigade came.",
        "An engineer brigade came.",
        "The Brigade's trucks came.",
        "The 12th Brigade commander came.",
    ],
)
def test_a_noun_alone_is_no_designation(text: str) -> None:
    """A noun without number or name, and one that only stands before another, names nothing."""
    assert values(text, SlotKind.DESIGNATION, nouns=("brigade",)) == []


def test_an_occasion_has_its_number_and_its_time() -> None:
    """The wave of a deployment comes with when it was."""
    text = "The helpers arrived in three convoys at the end of May 2024 to dig. A second convoy of divers came in July."
    found = values(text, SlotKind.OCCASION, nouns=("convoy",))
    assert found == ["three convoys at the end of May 2024", "second convoy of divers"]


def test_an_unnumbered_noun_is_no_occasion() -> None:
    """The convoy by itself tells of no wave."""
    assert values("The convoy was long.", SlotKind.OCCASION, nouns=("convoy",)) == []


def test_names_in_quotation_marks_follow_a_cue() -> None:
    """Two names joined by "or" are two values, without their marks."""
    text = "Locally the unit is known as the 'mud brothers' or the 'Sunday shovels.'"
    assert values(text, SlotKind.FOLLOWING, cues=("know as",)) == ["mud brothers", "Sunday shovels"]


def test_what_follows_a_cue_without_a_name_is_nothing() -> None:
    """A plain noun behind the cue is a description, not a name."""
    assert values("It is known as a quiet town.", SlotKind.FOLLOWING, cues=("know as",)) == []


def test_what_follows_a_cue_is_headed_by_one_of_the_nouns() -> None:
    """The cue alone is too common: the nouns decide."""
    text = "Under pressure, the unit works under Ruritania's Ministry of Waters."
    assert values(text, SlotKind.FOLLOWING, cues=("under",), nouns=("ministry",)) == ["Ruritania's Ministry of Waters"]


def test_a_bare_noun_behind_a_cue_says_nothing() -> None:
    """A ministry could be any; with a word before it, it is one."""
    words = {"cues": ("under",), "nouns": ("ministry",)}
    text = "It works under the ministry. It works under the water ministry."
    assert values(text, SlotKind.FOLLOWING, **words) == ["water ministry"]


def test_a_passive_that_keeps_its_object_is_an_action() -> None:
    """What somebody is paid stands behind the passive."""
    words = {"verbs": ("pay",), "holds": ("$",)}
    text = "Each digger is paid $80 a month. The digger was paid by the town."
    assert values(text, SlotKind.ACTION, **words) == ["paid $80 a month"]


def test_a_designation_leaves_its_owner_out() -> None:
    """Whose the unit is tells the sentence, not its name."""
    assert values("Ruritania's 2nd Dyke Brigade came.", SlotKind.DESIGNATION, nouns=("brigade",)) == [
        "2nd Dyke Brigade"
    ]


def test_an_action_takes_its_list_of_objects() -> None:
    """A list of objects is of the action, the next clause is not."""
    text = "The crew will repair roads, bridges and two schools, and the mayor thanked them."
    assert values(text, SlotKind.ACTION, verbs=("repair",), doers=("crew",)) == [
        "repair roads, bridges and two schools"
    ]


def test_an_action_of_others_is_not_taken() -> None:
    """The verb counts where one of the doers does it."""
    assert values("The mayor repaired his roof.", SlotKind.ACTION, verbs=("repair",), doers=("crew",)) == []


def test_a_passive_or_an_adjective_is_no_action() -> None:
    """What was done to something, and a participle before its noun, are nobody's task."""
    text = "The crew saw that the bridge was repaired by hand. The crew liked the repaired bridge."
    assert values(text, SlotKind.ACTION, verbs=("repair",), doers=("crew",)) == []


def test_a_value_must_hold_one_of_the_words() -> None:
    """An action on something else is no value of the slot."""
    words = {"verbs": ("earn",), "holds": ("money", "wage")}
    text = "They earn good money there. They earn praise."
    assert values(text, SlotKind.ACTION, **words) == ["earn good money there"]


def test_two_roles_of_one_sentence_are_two_values() -> None:
    """Each officer keeps what he directs."""
    text = "It has a captain leading the divers and a young sergeant managing the pumps."
    found = values(text, SlotKind.ROLE, verbs=("lead", "manage"), doers=("captain", "sergeant"))
    assert found == ["a captain leading the divers", "a young sergeant managing the pumps"]


def test_a_role_may_be_passive() -> None:
    """Whom "led by" names directs."""
    assert values("A team led by Captain Ada Brook came.", SlotKind.ROLE, verbs=("lead",), doers=("captain",)) == [
        "Captain Ada Brook"
    ]


def test_a_distance_names_what_it_is_counted_from() -> None:
    """The hedge, the number and the place are one value."""
    text = "They camp about 30 km north of the Green Dam and dug 4 km of ditches."
    found = values(text, SlotKind.DISTANCE, nouns=("km",), cues=("from", "north of"))
    assert found == ["about 30 km north of the Green Dam"]


def test_a_distance_in_two_units_is_one_value() -> None:
    """The bracket belongs to the distance and is none of its own."""
    text = "They camp 30 kilometres (20 miles) west of the Green Dam."
    found = values(text, SlotKind.DISTANCE, nouns=("kilometre", "mile"), cues=("west of",))
    assert found == ["30 kilometres (20 miles) west of the Green Dam"]


def test_the_purpose_of_an_order_is_its_infinitive() -> None:
    """What an order is for may stand behind who gave it and when."""
    text = "An order issued by the canton in March to drain the valley was kept."
    assert values(text, SlotKind.PURPOSE, doers=("order",)) == ["drain the valley"]


def test_an_infinitive_of_another_clause_is_no_purpose() -> None:
    """Behind the next finite verb the order is no longer the subject."""
    assert values("The order came after the mayor agreed to dig.", SlotKind.PURPOSE, doers=("order",)) == []
    assert values("In order to dig, they came.", SlotKind.PURPOSE, doers=("order",)) == []
    assert values("They had no orders to dig the well.", SlotKind.PURPOSE, doers=("order",)) == []


def test_an_order_may_speak_through_a_verb() -> None:
    """A finite verb ends the clause of an order unless the slot names it."""
    text = "A directive told the crew to drain the valley."
    assert values(text, SlotKind.PURPOSE, doers=("directive",), verbs=("tell",)) == ["drain the valley"]
    assert values(text, SlotKind.PURPOSE, doers=("directive",)) == []


def test_a_purpose_keeps_its_negation() -> None:
    """What was ordered not to be done does not turn into its opposite."""
    assert values("The crew was ordered not to dig the well.", SlotKind.PURPOSE, doers=("order",)) == [
        "not to dig the well"
    ]


def test_a_statement_has_its_speaker() -> None:
    """Who warned of what: the content is the value, the source its speaker."""
    text = "Mayor Ada Brook warned that the dam would break. She said that it rained."
    found = facts(document(text), asking(SlotKind.STATEMENT, verbs=("warn",)))
    assert [(fact.value, fact.speaker) for fact in found] == [("warned that the dam would break", "Ada Brook")]


def test_a_statement_is_of_those_who_are_asked_for() -> None:
    """Where the slot names speakers, others say nothing."""
    text = "Ruritania insisted that the dam holds. Ada Brook insisted that it rains."
    dossier = asking(SlotKind.STATEMENT, verbs=("insist",), doers=("ruritania",))
    assert [fact.value for fact in facts(document(text), dossier)] == ["insisted that the dam holds"]


def test_a_statement_that_comes_before_its_verb_stands_alone() -> None:
    """A quotation with its source behind it is the value without the verb."""
    text = '"The dam will break very soon," Ada Brook warned.'
    found = facts(document(text), asking(SlotKind.STATEMENT, verbs=("warn",)))
    assert [fact.value.strip('"') for fact in found] == ["The dam will break very soon"]


def test_the_subject_may_stand_shortly_before() -> None:
    """A pronoun's sentence is read where a sentence before it names the subject, and not where none does."""
    words = {"verbs": ("repair",), "about": ("crew",)}
    assert values("The crew came. They repair roads.", SlotKind.ACTION, **words) == ["repair roads"]
    assert values("The mayor came. They repair roads.", SlotKind.ACTION, **words) == []
    far = "The crew came. " + "It rained. " * 5 + "They repair roads."
    assert values(far, SlotKind.ACTION, **words) == []


def test_a_plan_is_planned() -> None:
    """The words that make a figure a plan make a fact one."""
    text = "The crew plans to repair the bridge. The crew repaired the school."
    found = facts(document(text), asking(SlotKind.ACTION, verbs=("repair",)))
    assert [fact.status for fact in found] == [Status.PLANNED, Status.ACTUAL]


def test_a_dossier_without_slots_has_no_facts() -> None:
    """Nothing is asked, nothing is told."""
    assert facts(document("The 12th Dyke Brigade came."), load("general")) == ()


def test_a_language_without_words_has_no_facts() -> None:
    """Slots of another language leave an English text alone."""
    slot = Slot("unit", "Unit", SlotKind.DESIGNATION, (("ko", SlotWords(nouns=("brigade",))),))
    assert facts(document("The 12th Dyke Brigade came."), Dossier("a", "A", "", (), facts=(slot,))) == ()


def test_an_unknown_language_is_told() -> None:
    """A text that cannot be read is a failure, as for figures."""
    french = document("La brigade arrive.")
    other = type(french)(french.id, french.text, french.sha256, french.passages, french.name, language="fr")
    with pytest.raises(ReadingError):
        facts(other, load("dprk-russia"))


def test_a_deployment_becomes_a_card() -> None:
    """The bundled dossier finds unit, parent, waves, place, tasks, names, command, payment, order and treaty."""
    text = (
        "North Korea sent the 404th Bridge Brigade under its Ministry of Public Works to Russia in two waves in"
        " early May. The soldiers are to rebuild bridges, roads and a railway some 80 km from Voronezh. Locals call it"
        " by other words, and it is known as the 'iron guests' there. A lieutenant general oversees the works."
        " The brigade hopes to earn foreign currency. A directive of March from Pyongyang to restore the border towns"
        " was read aloud. Moscow points to Article 9 of the pact."
    )
    found = slots(text)
    assert found["unit"] == ["404th Bridge Brigade"]
    assert found["parent"] == ["Ministry of Public Works"]
    assert found["wave"] == ["two waves in early May"]
    assert "rebuild bridges, roads and a railway some 80 km from Voronezh" in found["task"]
    assert found["place"] == ["some 80 km from Voronezh"]
    assert found["local_name"] == ["iron guests"]
    assert found["command"] == ["A lieutenant general oversees the works"]
    assert found["payment"] == ["earn foreign currency"]
    assert found["purpose"] == ["restore the border towns"]
    assert found["legal_basis"] == ["Article 9 of the pact"]


@pytest.mark.parametrize(
    "text",
    [
        "Ruritania's 3rd Lancer Brigade repaired a bridge 20 km from the coast under its Ministry of War.",
        "The mayor warned that the dam would break and urged people to leave.",
        "A colonel commands the two convoys; they earn good wages under Article 5 of the code.",
        "North Korea fired a missile on Tuesday and the sea was calm.",
        "North Korean state television showed a general at a dinner in Pyongyang.",
    ],
)
def test_other_subjects_are_left_alone(text: str) -> None:
    """The bundled dossier takes nothing from reports of something else."""
    assert told(text) == []


def test_spans_and_ids_hold() -> None:
    """Every value is the text at its span, every id is its own, and twice gives the same."""
    text = "North Korea sent the 404th Bridge Brigade. Its soldiers rebuild roads, and the 405th Bridge Brigade a port."
    found = told(text, published="2025-05-02")
    assert len(found) > 2
    for fact in found:
        assert text[fact.start : fact.end] == fact.value
        assert text[fact.start - len(fact.prefix) : fact.start] == fact.prefix
        assert fact.quote in text
        assert fact.stated == "2025-05-02"
        assert fact.grounds[0].field == "slot"
    assert len({fact.id for fact in found}) == len(found)
    assert found == told(text, published="2025-05-02")


def test_the_record_of_a_fact_has_the_documented_fields() -> None:
    """A line of `--kind fact` says what it is."""
    record = fact_record(told("North Korea sent the 404th Bridge Brigade.")[0])
    assert tuple(record) == FACT_COLUMNS
    assert (record["kind"], record["slot"], record["value"]) == ("fact", "unit", "404th Bridge Brigade")
    assert record["grounds"] == [
        "slot=unit: 'Brigade', 34-41", "status=actual: no cue of plan, possibility or denial governs the figure",
        "speaker=null: no act of speech holds the figure",
    ]  # fmt: skip


def test_long_junk_takes_linear_time() -> None:
    """Thousands of cues in one line without an end neither crash nor hang."""
    junk = "North Korean brigade under ministry known as 'order to repair, " * 3_000
    assert isinstance(told(junk), list)


WORDS = (
    "North Korean brigade under the Ministry of Defense known as ' \" “ ” ( ) , . ; : to and or who repair roads led by"
    " General order warned that 50 km from 12th in two waves May $ 800 paid Article 7 of treaty - is \u202e 𐐷"
).split()


@given(st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join) | st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    """Whatever stands there, spans hold and values of one slot do not overlap."""
    ends: dict[str, int] = {}
    for fact in told("North Korea. " + text):
        assert fact.value
        assert fact.value == ("North Korea. " + text)[fact.start : fact.end]
        assert fact.start >= ends.get(fact.slot, 0)
        ends[fact.slot] = fact.end
