"""Status, aspect and measure of English figures, read in their own clause."""

import pytest

from factory import document
from tallystick.dossiers.loading import load
from tallystick.extraction.extraction import extract
from tallystick.languages.english.grammar.noun_phrases import phrase_after
from tallystick.languages.english.grammar.parsing import parse
from tallystick.languages.english.nouns.predicates import predicate_left, predicate_right
from tallystick.languages.english.status.status import status
from tallystick.languages.language import Counted, StatusReading
from tallystick.model.claim import Aspect, Measure, Status
from tallystick.model.quantity import Bound, Quantity, QuantityKind


def read(text: str, figure: str) -> StatusReading:
    """The reading of `figure` in the one sentence `text`, its noun phrase found by the grammar alone."""
    parsed = parse(document(text))
    start = text.index(figure)
    sentence = next(one for one in parsed.sentences if one.start <= start < one.end)
    quantity = Quantity(start, start + len(figure), 1, 1, Bound.EXACT, QuantityKind.COUNT)
    tokens = sentence.tokens
    after = sentence.position(quantity.end - 1) + 1
    phrase = phrase_after(tokens, after)
    end = after if phrase is None else phrase.end
    predicate = predicate_left(tokens, sentence.position(start)) or predicate_right(tokens, end)
    counted = Counted(
        None if phrase is None else tokens[phrase.start].start,
        None if phrase is None else tokens[phrase.end - 1].end,
        None,
        "",
        predicate="" if predicate is None else predicate.base,
        predicate_span=None if predicate is None else (tokens[predicate.first].start, tokens[predicate.last].end),
        passive=predicate is not None and predicate.undergone,
    )
    return status(parsed, sentence, quantity, counted)


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("Moscow will receive 700 builders from Hanoi.", "700"),
        ("The minister said it would send 40 trucks.", "40"),
        ("The cabinet has decided to dispatch 300 sappers and 90 medics.", "90"),
        ("Norway pledged 20 tents.", "20"),
        ("Some 600 nurses are expected to arrive.", "600"),
        ("The firm plans to hire 80 welders.", "80"),
        ("Oslo to Dispatch 400 Engineers to Harbor", "400"),
        ("The two sides agreed to send 150 drivers.", "150"),
        ("About 900 miners are to be sent home.", "900"),
        ("The state promised 30 buses.", "30"),
    ],
)
def test_planned(text: str, figure: str) -> None:
    """A cue of plan that governs the figure makes it planned."""
    assert read(text, figure).status is Status.PLANNED


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("As many as 500 sailors could die.", "500"),
        ("The army might lose 70 tanks.", "70"),
        ("The province has room for 4,000 settlers.", "4,000"),
        ("Kampala requested 60 trucks.", "60"),
        ("Some 25 climbers are feared dead.", "25"),
        ("Did the army lose 900 men?", "900"),
        ("The brigade is ready to send 200 scouts.", "200"),
        ("They carried rations enough for 350 families.", "350"),
    ],
)
def test_possible(text: str, figure: str) -> None:
    """A cue of possibility, request or capacity that governs the figure makes it possible."""
    assert read(text, figure).status is Status.POSSIBLE


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("The blast killed 12 miners.", "12"),
        ("The minister, who will retire soon, said 45 soldiers died.", "45"),
        ("Police arrested 6 would-be bombers.", "6"),
        ("The plan failed after 30 workers left.", "30"),
        ("Officials said 14 people were hurt, and the road may reopen today.", "14"),
    ],
)
def test_actual(text: str, figure: str) -> None:
    """A cue that stands elsewhere in the sentence does not govern the figure."""
    assert read(text, figure).status is Status.ACTUAL


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("The ministry denied that 80 pilots had fled.", "80"),
        ("The embassy rejected reports of 500 deserters.", "500"),
    ],
)
def test_denied(text: str, figure: str) -> None:
    """A sentence that reports the figure as denied makes it denied."""
    assert read(text, figure).status is Status.DENIED


def test_the_ground_quotes_its_cue() -> None:
    """The ground of a status holds the span of the words that decided it."""
    text = "Moscow will receive 700 builders."
    ground = read(text, "700").grounds[0]
    assert ground.start is not None
    assert text[ground.start : ground.end] == ground.cue == "will"


def test_killed_aspect() -> None:
    """A predicate of death gives the aspect killed."""
    assert read("The blast killed 12 miners.", "12").aspect is Aspect.KILLED


def test_plan_measure() -> None:
    """The size of a target is measured as a plan; that a figure is planned its status tells already."""
    assert read("Moscow set a target of 700 builders.", "700").measure is Measure.PLAN
    assert read("Moscow will receive 700 builders.", "700").measure is None


def test_no_guessed_measure() -> None:
    """A bare count has no measure: a stock is never guessed."""
    assert read("The camp took 700 residents.", "700").measure is None


def test_working_is_a_stock() -> None:
    """People who are working are a stock."""
    reading = read("Some 700 loggers are working in the north.", "700")
    assert (reading.aspect, reading.measure) == (Aspect.WORKING, Measure.STOCK)


def test_cumulative_since() -> None:
    """A count since a date is cumulative."""
    assert read("Since January, 40 pilots have died.", "40").measure is Measure.CUMULATIVE


def claimed(text: str, figure: str) -> Status:
    """The status of the claim on `figure`, everything read as in the product."""
    return next(claim.status for claim in extract(document(text), load("general")) if claim.figure == figure)


@pytest.mark.parametrize("figure", ["400", "500", "600"])
def test_a_denied_list_is_denied_to_its_end(figure: str) -> None:
    """The negation of the verb holds for each figure of its object."""
    assert claimed("The state is not admitting 400, 500 or 600 refugees.", figure) is Status.DENIED


@pytest.mark.parametrize(
    ("text", "figure", "expected"),
    [
        ("The yards to be closed are at Hull (90 workers) and Leith (70 workers).", "70", Status.PLANNED),
        ("The payments would total 500 million marks ($280 million).", "$280 million", Status.PLANNED),
        ("The group will ballot its 290,000 members.", "290,000", Status.ACTUAL),
        ("How can a country of 31 million people be afraid?", "31 million", Status.ACTUAL),
        ("A force of 800 troops, is due to land in May.", "800", Status.PLANNED),
        ("Up to 300 steel jobs are at risk.", "300", Status.POSSIBLE),
        ("The firm will have to shed 40 workers.", "40", Status.PLANNED),
        ("The agency is appealing for a total of $5 million.", "$5 million", Status.POSSIBLE),
        ("They called for a minute of silence for the 12 dead.", "12", Status.ACTUAL),
        ("Strikers vowed to march against bombs in the north, killing 20 people.", "20", Status.ACTUAL),
        ("The minister denied the claims made after a fire that killed 12 people.", "12", Status.ACTUAL),
        ("A 5,000-strong force led by Norway, could be deployed.", "5,000", Status.POSSIBLE),
    ],
)
def test_what_governs_the_figure_decides(text: str, figure: str, expected: Status) -> None:
    """Brackets share the status of what stands before; whole populations stand whatever is done with them."""
    assert claimed(text, figure) is expected


def measured(text: str, figure: str) -> Measure | None:
    """The measure of the claim on `figure`, everything read as in the product."""
    return next(claim.measure for claim in extract(document(text), load("general")) if claim.figure == figure)


@pytest.mark.parametrize(
    ("text", "figure", "expected"),
    [
        ("The crash killed 30 people, including two women and five boys.", "five", Measure.PART),
        ("It hired 40 welders, 12 of them from Leith.", "12", Measure.PART),
        ("Of the soldiers sent, 300 died.", "300", Measure.PART),
        ("Three of the miners were found dead.", "Three", Measure.PART),
        ("The death toll has risen to 41.", "41", Measure.CUMULATIVE),
        ("More than 450 people have been killed in the past four years.", "450", Measure.CUMULATIVE),
        ("Some 80 people have died since January.", "80", Measure.CUMULATIVE),
        ("The firm employs 755 people.", "755", Measure.STOCK),
        ("Norway has some 900 troops in the hills.", "900", Measure.STOCK),
        ("The state set a target of 500 builders.", "500", Measure.PLAN),
        ("The state will send 500 builders.", "500", None),
        ("The bomb killed 12 people on Monday.", "12", None),
    ],
)
def test_measure_only_where_words_decide_it(text: str, figure: str, expected: Measure | None) -> None:
    """Parts, running totals, standing numbers and targets; else null, never a guess."""
    assert measured(text, figure) is expected


def test_casualties_have_their_aspect_however_counted() -> None:
    """A toll tells of dead as a verb does."""
    (claim,) = extract(document("The death toll rose to 41."), load("general"))
    assert claim.aspect is Aspect.KILLED


@pytest.mark.parametrize(
    ("text", "figure", "expected"),
    [
        ("Only 60% of the 900 miners will go.", "900", Status.ACTUAL),
        ("Half of the 900 miners will go.", "900", Status.ACTUAL),
        ("The 900 miners will go.", "900", Status.PLANNED),
        ("There was news of efforts to have 3 million people on new drugs.", "3 million", Status.PLANNED),
    ],
)
def test_a_whole_stands_whatever_a_share_of_it_will_do(text: str, figure: str, expected: Status) -> None:
    """What a share of the counted will do is no plan of the whole; "to have" is an infinitive like any other."""
    assert claimed(text, figure) is expected
