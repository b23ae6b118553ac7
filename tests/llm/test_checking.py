"""What a model tells of a report, held against it: nothing that is not there gets through, whatever the answer is."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factory import document
from model_server import claims, told
from tallystick.dossiers.loading import load
from tallystick.extraction.quantities import numbers
from tallystick.llm.answers import parsed
from tallystick.llm.checking import Checker
from tallystick.llm.plain import plain_numbers
from tallystick.model.claim import Claim, Ground
from tallystick.model.document import Document, Passage, PassageKind
from tallystick.model.quantity import Bound
from tallystick.model.second_reader import RefusalKind

TEXT = (
    "Moscow said that 5,000 North Korean soldiers had come to Kursk. More than 300 were killed there.\n"
    "Between 5,000 and 6,000 builders follow, Sergei Shoigu said. The talks of 17 June 2025 lasted 3 hours.\n"
    "Dozens of engineers left. Of 40 sappers 40 came back. They were paid $2.5 million.\n"
    "Moscow said that 5,000 North Korean soldiers had come to Kursk.\n"
)
SENTENCE = "Moscow said that 5,000 North Korean soldiers had come to Kursk."
DOSSIER = load("dprk-russia")
CUE = "model quiet-7b (q4), prompt figures-1 sha256:00"
REPORT = document(TEXT)


def checked(*found: dict[str, Any], report: Document = REPORT) -> tuple[list[Claim], list[RefusalKind]]:
    """The proposals of an answer with these claims, and why others are refused."""
    records, refusals = parsed(claims(*found))
    proposed, refused = Checker(report, DOSSIER, CUE).check(records)
    return list(proposed), [one.kind for one in (*refusals, *refused)]


def test_a_figure_is_found_by_its_words_alone() -> None:
    """Its offsets, its sentence and its surroundings are ours; every field has the model for its ground."""
    [claim], refusals = checked(
        told(SENTENCE, "5,000", 5000, counted="North Korean soldiers", origin="KP", place="Kursk", speaker="Moscow",
             when="2025-06", start=3, end=9)
    )  # fmt: skip
    assert refusals == []
    assert TEXT[claim.start : claim.end] == claim.figure == "5,000"
    assert (claim.start, claim.quote, claim.unit) == (TEXT.index("5,000"), SENTENCE, "person")
    assert {one.field for one in claim.grounds} >= {"low", "category", "status", "place", "speaker", "when"}
    assert {one.cue for one in claim.grounds} == {CUE}
    assert Ground("place", "Kursk", CUE) in claim.grounds


def test_a_figure_that_holds_more_words_is_taken_to_its_number() -> None:
    """The span is that of the number, as for the rules."""
    [claim], _ = checked(told(SENTENCE, "5,000 North Korean soldiers", 5000))
    assert claim.figure == "5,000"


def test_a_sentence_that_stands_twice_gives_two_claims() -> None:
    """A third of the same is one too many."""
    found, refusals = checked(*[told(SENTENCE, "5,000", 5000)] * 3)
    assert [one.start for one in found] == [TEXT.index("5,000"), TEXT.rindex("5,000")]
    assert refusals == [RefusalKind.DUPLICATE]


@pytest.mark.parametrize(
    ("bound", "low", "high", "read"),
    [
        ("at_least", 300, None, (300, None, Bound.AT_LEAST)),
        ("exact", 300, 300, (300, 300, Bound.EXACT)),
        ("at_most", None, 300, (None, 300, Bound.AT_MOST)),
    ],
)
def test_a_bound_may_be_read_otherwise_than_by_the_rules(
    bound: str, low: int | None, high: int | None, read: tuple[object, ...]
) -> None:
    """What number it is they tell; how the words around bound it is what a second reader is for."""
    quote = "More than 300 were killed there."
    [claim], _ = checked(told(quote, "300", None, bound=bound, category="killed") | {"low": low, "high": high})
    assert (claim.low, claim.high, claim.bound) == read


def test_vague_words_take_the_number_of_the_rules() -> None:
    """A model that gives another number is refused, one that gives none is right."""
    quote = "Dozens of engineers left."
    [claim], _ = checked(told(quote, "Dozens", None, category="engineer", bound="vague"))
    assert (claim.low, claim.high, claim.bound) == (24, None, Bound.VAGUE)
    assert checked(told(quote, "Dozens", 36, category="engineer")) == ([], [RefusalKind.OTHER_NUMBER])


def test_money_has_its_own_unit() -> None:
    """Not that of the category, whatever the model thinks."""
    [claim], _ = checked(told("They were paid $2.5 million.", "$2.5 million", 2_500_000, category="money"))
    assert (claim.unit, claim.low) == ("USD", 2_500_000)


@pytest.mark.parametrize(
    ("found", "kind"),
    [
        (told("Moscow said that 9,000 soldiers had come.", "9,000", 9000), RefusalKind.NO_QUOTATION),
        (told(SENTENCE.replace("had", "have"), "5,000", 5000), RefusalKind.NO_QUOTATION),
        (told(SENTENCE.upper(), "5,000", 5000), RefusalKind.NO_QUOTATION),
        (told(SENTENCE, "9,000", 9000), RefusalKind.NO_FIGURE),
        (told(SENTENCE, "5,000", 9000), RefusalKind.OTHER_NUMBER),
        (told(SENTENCE, "5,000", None, bound="range") | {"low": 5000, "high": 9000}, RefusalKind.OTHER_NUMBER),
        (told(SENTENCE, "5,000", None), RefusalKind.OTHER_NUMBER),
        (told(SENTENCE, "000", 0), RefusalKind.NO_NUMBER),
        (told(SENTENCE, "soldiers", 5000), RefusalKind.NO_NUMBER),
        (told("Between 5,000 and 6,000 builders follow", "5,000", 5000), RefusalKind.NO_NUMBER),
        (told("Of 40 sappers 40 came back.", "40", 40), RefusalKind.AMBIGUOUS),
        (told("The talks of 17 June 2025 lasted 3 hours.", "3 hours", 3), RefusalKind.NOT_COUNTED),
        (told(SENTENCE, "5,000", 5000, category="dragon"), RefusalKind.OTHER_FIELD),
        (told(SENTENCE, "5,000", 5000, category="money"), RefusalKind.OTHER_FIELD),
        (told("They were paid $2.5 million.", "$2.5 million", 2_500_000), RefusalKind.OTHER_FIELD),
        (told(SENTENCE, "5,000", 5000, status="certain"), RefusalKind.OTHER_FIELD),
        (told(SENTENCE, "5,000", 5000, bound="roughly"), RefusalKind.OTHER_FIELD),
        (told(SENTENCE, "5,000", 5000, aspect="dreamt"), RefusalKind.OTHER_FIELD),
        (told(SENTENCE, "5,000", 5000, origin="Korea"), RefusalKind.OTHER_FIELD),
        (told(SENTENCE, "5,000", 5000, when="next week"), RefusalKind.OTHER_FIELD),
        (told(SENTENCE, "5,000", 5000, speaker="Vladimir Putin"), RefusalKind.NO_WORDS),
        (told(SENTENCE, "5,000", 5000, place="Belgorod"), RefusalKind.NO_WORDS),
        (told(SENTENCE, "5,000", 5000, counted="elite paratroopers"), RefusalKind.NO_WORDS),
        (told(SENTENCE, "5,000", True), RefusalKind.NO_RECORD),
        (told(SENTENCE, "5,000", 5000) | {"quote": None}, RefusalKind.NO_RECORD),
        (told(SENTENCE, "5,000", 5000) | {"figure": ["5,000"]}, RefusalKind.NO_RECORD),
        (told(SENTENCE, "5,000", 10**400), RefusalKind.NO_RECORD),
        (told(SENTENCE, "5,000", 5000, place="x" * 5_000), RefusalKind.NO_RECORD),
    ],
)
def test_what_is_not_in_the_report_is_refused(found: dict[str, Any], kind: RefusalKind) -> None:
    """By a reason with a name, each by itself: the claim beside it is taken."""
    beside = told("More than 300 were killed there.", "300", 300, category="killed")
    proposed, refusals = checked(found, beside)
    assert [one.figure for one in proposed] == ["300"]
    assert refusals == [kind]


def test_words_that_did_not_go_out_are_not_taken_back() -> None:
    """A reader's comment is no part of the report, though it stands in its text."""
    text = "5,000 soldiers came.\n9,000 soldiers came."
    passages = (Passage(0, 20, PassageKind.BODY), Passage(21, 41, PassageKind.COMMENT))
    report = Document(id="d", text=text, sha256="", passages=passages, name="d")
    found, refusals = checked(told("9,000 soldiers came.", "9,000", 9000), report=report)
    assert (found, refusals) == ([], [RefusalKind.NO_QUOTATION])


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ("", RefusalKind.NO_JSON),
        ("I cannot help with that.", RefusalKind.NO_JSON),
        ('{"claims": [', RefusalKind.NO_JSON),
        ("[" * 50_000, RefusalKind.NO_JSON),
        ('{"claims": NaN}', RefusalKind.NO_JSON),
        ('{"claims": ' + "9" * 5_000 + "}", RefusalKind.NO_JSON),
        ('{"claims": {}}', RefusalKind.NO_LIST),
        ("{}", RefusalKind.NO_LIST),
        ('{"claims": [null]}', RefusalKind.NO_RECORD),
        ('{"claims": [[]]}', RefusalKind.NO_RECORD),
        ("x" * 300_000, RefusalKind.TOO_LARGE),
        (json.dumps([{}] * 401), RefusalKind.TOO_MANY),
    ],
)
def test_an_answer_that_is_none_is_refused_as_a_whole(answer: str, kind: RefusalKind) -> None:
    """And never raises."""
    found, refusals = parsed(answer)
    assert found == ()
    assert refusals[-1].kind is kind
    assert all(len(one.told) <= 160 for one in refusals)


@pytest.mark.parametrize(
    "around", ["```json\n{}\n```", "<think>[5,000?] {{</think>\n{}", "Here it is:\n{}\nDone.", "{}"]
)
def test_an_answer_may_stand_among_other_words(around: str) -> None:
    """Models write fences, thoughts and courtesies around it."""
    before, _, after = around.rpartition("{}")
    found, refusals = parsed(before + claims(told(SENTENCE, "5,000", 5000)) + after)
    assert (len(found), refusals) == (1, ())


def test_where_no_grammar_reads_the_language_only_digits_are_taken() -> None:
    """As any custom of writing them reads them; a number in words cannot be checked, and is refused."""
    text = "Москва заяви, че идват 5 000 войници и 12.500 работници, сто души загинаха, 15,000 напуснаха."
    report = replace(document(text), language="bg")
    good = [told(text, "5 000", 5000), told(text, "12.500", 12500)]
    bad = [told(text, "сто", 100), told(text, "5,000", 5000), told(text, "5 000", 9000)]
    found, refusals = checked(*good, *bad, report=report)
    assert [(one.figure, one.low) for one in found] == [("5 000", 5000), ("12.500", 12500)]
    assert refusals == [RefusalKind.OTHER_NUMBER, RefusalKind.NO_NUMBER, RefusalKind.OTHER_NUMBER]


@pytest.mark.parametrize(
    "words",
    ["{} тыс. солдат", "{} мільйонів", "{}万人", "{}만 명", "{} mil soldados", "{} Millionen Menschen", "{} Prozent",
     "{}%", "{}–6 soldats", "{}½", "{}²", "{}·000", "{}٬000", "{}\u2060000", "T-{}", "{}-й",
     "{}k", "{}/6", "$ {}", "€{}"],
)  # fmt: skip
def test_digits_that_the_next_sign_makes_another_number_of_are_refused(words: str) -> None:
    """Where no grammar reads the language, five thousand is not to be proposed as five."""
    report = replace(document(f"x: {words.format(5)}."), language="xx")
    found, refusals = checked(told(report.text, "5", 5), report=report)
    assert (found, refusals) == ([], [RefusalKind.NO_NUMBER])


@pytest.mark.parametrize("words", ["{} militares", "{} милиционеров", "{}人", "{}명", "({})", "«{} бойцов»", "{}, 60."])
def test_digits_of_their_own_are_taken(words: str) -> None:
    """Words that only begin like a thousand, letters that count people, brackets."""
    report = replace(document(f"x: {words.format(350)}"), language="xx")
    found, refusals = checked(told(report.text, "350", 350), report=report)
    assert ([one.low for one in found], refusals) == ([350], [])


def test_digits_with_three_behind_a_point_are_thousands() -> None:
    """A decimal is read where it cannot be a thousand."""
    assert plain_numbers("5.000") == frozenset((5000,))
    assert plain_numbers("2,5") == frozenset((2.5,))


@pytest.mark.parametrize(("field", "part"), [("speaker", "Putin"), ("place", "Kursk"), ("counted", "oldier")])
def test_a_part_of_a_word_is_no_word_of_the_report(field: str, part: str) -> None:
    """As “Disputing” names no Putin."""
    report = document("Disputing this, he said that 5,000 soldiers were in Kurskaya.")
    found, refusals = checked(told(report.text, "5,000", 5000, **{field: part}), report=report)
    assert (found, refusals) == ([], [RefusalKind.NO_WORDS])


@given(st.integers(0, 10**15), st.sampled_from([",", ".", " ", "\u00a0", "’"]))
def test_a_number_is_read_back_however_its_thousands_are_parted(number: int, between: str) -> None:
    """Whatever the custom."""
    assert number in plain_numbers(f"{number:,}".replace(",", between))


words = st.one_of(st.none(), st.text(max_size=40), st.sampled_from([SENTENCE, "5,000", "Kursk", "soldier", "\ud800"]))
values = st.one_of(
    words,
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.lists(st.integers(), max_size=2),
)
pieces = st.integers(0, len(TEXT)).flatmap(
    lambda start: st.integers(start, min(len(TEXT), start + 80)).map(lambda end: TEXT[start:end])
)
records = st.fixed_dictionaries(
    {"quote": st.one_of(pieces, values), "figure": st.one_of(pieces, st.sampled_from(["5,000", "300", "40"]), values),
     "low": st.one_of(st.sampled_from([5000, 300, 40, None]), values),
     "high": st.one_of(st.sampled_from([5000, 300, 40, None]), values),
     "bound": st.one_of(st.sampled_from(["exact", "at_least", "vague"]), values),
     "status": st.one_of(st.just("actual"), values), "category": st.one_of(st.just("soldier"), values)},
    optional=dict.fromkeys(("aspect", "measure", "counted", "origin", "place", "speaker", "when", "start"), values),
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(records, values), max_size=6))
def test_no_answer_raises_and_every_proposal_stands_in_the_text(answer: list[Any]) -> None:
    """Whatever a model says: a named refusal, or a claim whose figure is at its span and reads as its numbers."""
    found, refusals = parsed(json.dumps({"claims": answer}))
    proposed, refused = CHECKER.check(found)
    assert len(proposed) + len(refusals) + len(refused) == len(answer)
    for claim in proposed:
        assert TEXT[claim.start : claim.end] == claim.figure
        assert claim.figure in claim.quote
        assert claim.quote in TEXT
        assert {claim.low, claim.high} - {None} <= NUMBERS[claim.start, claim.end]
    assert all(isinstance(one.kind, RefusalKind) for one in (*refusals, *refused))


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(), st.binary().map(lambda found: found.decode("utf-8", "replace"))))
def test_no_garbage_raises(answer: str) -> None:
    """It is refused by name."""
    found, refusals = parsed(answer)
    proposed, refused = CHECKER.check(found)
    assert proposed == ()
    assert refusals or refused or not found


def _numbers() -> dict[tuple[int, int], set[object]]:
    return {(int(str(one["start"])), int(str(one["end"]))): {one["low"], one["high"]} for one in numbers(REPORT)}


NUMBERS = _numbers()
CHECKER = Checker(REPORT, DOSSIER, CUE)
