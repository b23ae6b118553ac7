"""What the figures of English sentences count, and what happened to the counted."""

import pytest

from factory import document
from tallystick.dossiers.loading import load
from tallystick.extraction.extraction import extract
from tallystick.languages.english.grammar.parsing import parse
from tallystick.languages.english.nouns.counted import counted
from tallystick.languages.english.numbers.quantities import quantities
from tallystick.languages.language import Counted

GENERAL = load("general")


def read(text: str, figure: str) -> Counted:
    """What the first `figure` of `text` counts."""
    parsed = parse(document(text))
    start = text.index(figure)
    sentence = next(one for one in parsed.sentences if one.start <= start < one.end)
    found = quantities(sentence, text)
    index = next(i for i, quantity in enumerate(found) if quantity.start <= start < quantity.end)
    return counted(parsed, sentence, found, index)


def categories(text: str) -> list[tuple[str, str]]:
    """Figure and category of every claim of `text`."""
    return [(claim.figure, claim.category) for claim in extract(document(text), GENERAL)]


@pytest.mark.parametrize(
    ("text", "figure", "phrase"),
    [
        ("The mill employs 2,600 production and office workers.", "2,600", "production and office workers"),
        ("It will cut about 120 to 180 of its more than 9,000 jobs.", "120 to 180", "jobs"),
        ("They took 400, 500 or 600 evacuees.", "400", "evacuees"),
        ("The arrest brought to nine the number of smugglers in custody.", "nine", "smugglers"),
        ("The number injured topped 2,200.", "2,200", "injured"),
        ("The death toll, initially 10, is not final.", "10", "death toll"),
        ("Of the soldiers sent, 3,000 came back.", "3,000", "soldiers"),
        ("Four Orthodox, two Catholics and a Jew were admitted.", "Four", "Orthodox"),
        ("Rebels shot seven herders 20 kilometers from town.", "seven", "herders"),
    ],
)
def test_a_noun_may_stand_apart_from_its_figure(text: str, figure: str, phrase: str) -> None:
    """Behind "of", behind the list, before the verb, or shared with the next figure."""
    assert read(text, figure).phrase == phrase


def test_a_row_of_labels_belongs_to_the_labels() -> None:
    """In "Dead: 19 Hurt: 48" the word behind a figure names the next one."""
    text = "Dead: 19 Injured: 48 Hospitalized: 12"
    assert categories(text) == [("19", "killed"), ("48", "wounded"), ("12", "wounded")]


@pytest.mark.parametrize(
    ("text", "figure", "predicate"),
    [
        ("The mayor honored the two firemen who died in the blaze.", "two", "die"),
        ("We heard that 14 rebels died there.", "14", "die"),
        ("Relatives of the 30 miners killed waited.", "30", "kill"),
        ("The three clerks - two women and a man - were killed at work.", "three", "kill"),
        ("Six pupils, five boys and a girl, died.", "Six", "die"),
        ("He was arrested along with three accomplices.", "three", "arrest"),
        ("Five guests were taken to a hospital nearby.", "Five", "hospitalize"),
        ("The crash left 55 wounded, 15 critically.", "15", "injure"),
        ("Eleven others including two Danes were wounded.", "Eleven", "wound"),
        ("It killed a baker and five of her children.", "five", "kill"),
        ("The raid left three people ages 20 to 31 dead.", "three", "dead"),
        ("Mud swept hundreds of people to their deaths.", "hundreds", "sweep dead"),
        ("Eight people were pulled injured from the mud.", "Eight", "injure"),
        ("All four people are expected to recover.", "four", "expect to recover"),
        ("He shot into the crowd, fatally wounding three people.", "three", "wound dead"),
    ],
)
def test_the_fate_is_told_before_anything_else(text: str, figure: str, predicate: str) -> None:
    """In a relative clause, behind an insertion, before "along with", by an adverb alone."""
    found = read(text, figure)
    assert (found.predicate, found.passive) == (predicate, True)


@pytest.mark.parametrize(
    "text",
    [
        "Three Killed In Warehouse Fire Near Dockyard",
        "The blast killed at least three, and the harbor stayed closed.",
        "Two barrages hit the town. Three were killed in the second one.",
    ],
)
def test_the_dead_need_no_noun(text: str) -> None:
    """Headlines and elided figures; what an elided one inherits may be no people."""
    assert ("three", "killed") in [(figure.lower(), category) for figure, category in categories(text)]


def test_the_wounded_of_a_headline_share_its_shape() -> None:
    """The verb of a second figure has no subject of its own."""
    assert categories("Gunman kills 1, wounds 2 at a bank") == [("1", "killed"), ("2", "wounded")]


def test_men_are_soldiers_near_troops() -> None:
    """The sentence before tells who the men are."""
    text = "A contingent of Danish troops sailed on Monday. Six hundred men left on a ferry and 200 others by air."
    assert categories(text) == [("Six hundred", "soldier"), ("200", "soldier")]


def test_men_alone_are_men() -> None:
    """Without troops nearby nobody is a soldier."""
    assert categories("Six hundred men left on a ferry.") == [("Six hundred", "other")]


def test_a_purpose_makes_people_workers() -> None:
    """Foreigners counted for demining are a mixed contingent of workers."""
    text = "The minister agreed to take 900 Cubans to help with demining in the hills."
    assert categories(text) == [("900", "worker_other")]


def test_tonnes_are_aid_where_aid_is_told_of() -> None:
    """Tonnes of a crop are no claim, tonnes of the same crop given as aid are."""
    assert categories("The port shipped 20,000 tonnes of maize.") == []
    assert categories("The aid will include 20,000 tonnes of maize.") == [("20,000", "aid_quantity")]


def test_legal_cases_are_no_people() -> None:
    """A case of a disease is a patient, a case at court is none."""
    assert categories("The clinic confirmed 12 cases of cholera.") == [("12", "other")]
    assert categories("The three cases are still open.") == []
