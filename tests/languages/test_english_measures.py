"""How English figures relate to time and to their whole: stock, flow, running total, part, peak, room and plan."""

import pytest

from factory import document
from tallystick.dossiers.loading import load
from tallystick.extraction.extraction import extract
from tallystick.model.claim import Claim, Measure

GENERAL = load("general")


def claim_on(text: str, figure: str) -> Claim:
    """The claim on `figure`, everything read as in the product."""
    return next(claim for claim in extract(document(text), GENERAL) if claim.figure == figure)


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("Some 700 workers are currently felling trees in the north.", "700"),
        ("Around 900 soldiers were stationed on the island.", "900"),
        ("The yard represents 2,300 welders.", "2,300"),
        ("Kenya hosts 80,000 refugees.", "80,000"),
        ("The minister praised the union's 5,000 members.", "5,000"),
        ("The flood cut off a city of 3 million people.", "3 million"),
        ("The number of workers at the yard fell from 900 to 640.", "640"),
        ("The army will increase its garrison to almost 5,000 soldiers.", "5,000"),
        ("About 12,000 workers are jobless.", "12,000"),
        ("There are now 40 soldiers in the fort.", "40"),
    ],
)
def test_stock(text: str, figure: str) -> None:
    """A present state, an owner or a size makes a figure the number there is."""
    assert claim_on(text, figure).measure is Measure.STOCK


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("The ship flew home 1,800 refugees.", "1,800"),
        ("Police found the bodies of their two sons.", "two"),
        ("Milk was currently selling for 320 pesos.", "320 pesos"),
        ("The camp had to have 3,000 people moved.", "3,000"),
        ("The population increased by 25,000 people.", "25,000"),
        ("When the roof fell, 31 miners were working in the shaft.", "31"),
        ("The college has enrolled 400 people.", "400"),
        ("There are a further 900 people on such schemes.", "900"),
    ],
)
def test_no_stock_is_guessed(text: str, figure: str) -> None:
    """Family, prices, growth and those who were just there when something happened are no stock."""
    assert claim_on(text, figure).measure is not Measure.STOCK


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("Floods there kill 600 people a year.", "600"),
        ("Every year 500 migrants cross the strait.", "500"),
        ("Some 5,000 migrants crossed the border last month.", "5,000"),
        ("In 2023, 700 workers left the island.", "700"),
        ("The state deported 900 people during May.", "900"),
        ("About 4,000 students graduated this year.", "4,000"),
    ],
)
def test_flow(text: str, figure: str) -> None:
    """A rate, and a movement told of a period that bounds it, make a flow."""
    assert claim_on(text, figure).measure is Measure.FLOW


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("Some 5,000 migrants crossed the border.", "5,000"),
        ("The baker earns $2 a day.", "$2"),
        ("The 900 workers who left last year had no home.", "900"),
    ],
)
def test_no_flow_is_guessed(text: str, figure: str) -> None:
    """A movement without a period, a wage, and a movement that only names those counted make no flow."""
    assert claim_on(text, figure).measure is not Measure.FLOW


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        (
            "Since the fighting in the hills broke out in March 2003, about 2,875 soldiers have been killed there.",
            "2,875",
        ),
        ("The death toll from the blast in the old mine near the northern town of Alba rose to 169.", "169"),
        ("The arrest brought to nine the number of people in custody.", "nine"),
        ("From 1971 to 2000, storms killed 34,000 people.", "34,000"),
        ("The war has left 300,000 people dead.", "300,000"),
        ("Some 1.6 million refugees have fled across the border.", "1.6 million"),
        ("In total, 70 people were found dead.", "70"),
        ("Three attacks over the past two days left 12 people dead.", "12"),
    ],
)
def test_running_total(text: str, figure: str) -> None:
    """A period up to now, a toll that grew and a conflict that goes on sum up."""
    assert claim_on(text, figure).measure is Measure.CUMULATIVE


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("The toll rose to three and 12 others were wounded.", "12"),
        ("The yard has been shut since May, with 2,100 workers laid off.", "2,100"),
        ("The group is blamed for raids since then, including a blast which left 202 people dead.", "202"),
        ("The man who fired into a crowd last week, killing three people, has been held.", "three"),
    ],
)
def test_no_total_is_guessed(text: str, figure: str) -> None:
    """A period and a toll of another clause do not reach the figure."""
    assert claim_on(text, figure).measure is not Measure.CUMULATIVE


@pytest.mark.parametrize(
    ("text", "figure", "expected"),
    [
        ("Two of the injured were children.", "Two", Measure.PART),
        ("Among the dead were 12 children.", "12", Measure.PART),
        ("The remaining 76 sailors were found.", "76", Measure.PART),
        ("All four of them were hurt.", "four", None),
        ("He was among the three killed.", "three", None),
        ("The fire killed four people, including the cook, and 15 were injured.", "15", None),
        ("A record 5,000 migrants came.", "5,000", Measure.PEAK),
        ("The crowd peaked at 900 demonstrators.", "900", Measure.PEAK),
        ("The shelter can house 400 people.", "400", Measure.CAPACITY),
        ("The bus was designed to carry 26 people.", "26", Measure.CAPACITY),
        ("The hall has a capacity of 90 people.", "90", Measure.CAPACITY),
        ("The state set a quota of 500 migrants.", "500", Measure.PLAN),
        ("The state plans to withdraw 500 soldiers.", "500", None),
    ],
)
def test_part_peak_room_and_plan(text: str, figure: str, expected: Measure | None) -> None:
    """The whole, the top, the room or the target must be named."""
    assert claim_on(text, figure).measure is expected


def test_the_ground_of_a_measure_quotes_its_cue() -> None:
    """The ground names the measure and the span of the words that decide it."""
    text = "Some 5,000 migrants crossed the border last month."
    ground = next(one for one in claim_on(text, "5,000").grounds if one.field == "measure")
    assert ground.start is not None
    assert (ground.value, text[ground.start : ground.end]) == ("flow", "last month")
