"""Which act of speech holds a figure, and so who asserts it."""

import pytest

from factory import document
from tallystick.extraction.speakers import SpeakerReading, speaker_of
from tallystick.languages.english.grammar.parsing import parse
from tallystick.languages.english.speech.attribution import attributions
from tallystick.model.quantity import Bound, Quantity, QuantityKind


def read(text: str, figure: str, *, outlet: str | None = None) -> SpeakerReading:
    """The reading of `figure` in `text`."""
    parsed = parse(document(text, outlet=outlet))
    start = text.index(figure)
    sentence = next(one for one in parsed.sentences if one.start <= start < one.end)
    quantity = Quantity(start, start + len(figure), 1, 1, Bound.EXACT, QuantityKind.COUNT)
    return speaker_of(parsed, attributions(parsed), sentence, quantity)


def test_speaker_is_null_where_nobody_is_credited() -> None:
    """The outlet's own voice has no speaker, and the ground says so."""
    reading = read("The river flooded 300 homes and drove 40 families away.", "40")
    assert reading.speaker is None
    assert reading.attribution is None
    assert str(reading.grounds[0]).startswith("speaker=null")


def test_innermost_content_decides() -> None:
    """Of two statements nested in each other the inner one holds the figure."""
    text = "The harbor master said rescuers reported that 12 sailors were missing."
    assert read(text, "12").speaker == "rescuers"


def test_reported_act_belongs_to_who_reports_it() -> None:
    """What a minister says another leader agreed to is the minister's assertion."""
    text = "Minister Ivan Petrov said that President Oleg Lind agreed to send 700 welders."
    assert read(text, "700").speaker == "Ivan Petrov"


def test_actor_of_an_act_is_speaker_where_nobody_reports_it() -> None:
    """A promise in the report's own voice makes the one who promised the speaker."""
    assert read("The council promised 90 tents to the valley.", "90").speaker == "council"


def test_figure_after_an_act_is_the_reports_own() -> None:
    """A relative clause behind an act is told by the report itself."""
    text = "The council promised help to the valley, where a storm killed 31 people."
    assert read(text, "31").speaker is None


def test_figure_outside_the_content_has_no_speaker() -> None:
    """A figure before an act of speech is not in its content."""
    text = "A crowd of 500 gathered. The mayor said the square was full."
    assert read(text, "500").speaker is None


@pytest.mark.parametrize(
    ("text", "speaker", "via"),
    [
        ("TASS quoted engineer Pavel Orlov as saying 25 drills had arrived.", "Pavel Orlov", "TASS"),
        ("The pit had 25 drills, the Harbor Gazette said, quoting a foreman.", "foreman", "Harbor Gazette"),
        ("The foreman said 25 drills had arrived, Interfax reported.", "foreman", "Interfax"),
        ("A foreman told the Interfax news agency that 25 drills had arrived.", "A foreman", "Interfax news agency"),
        ("A foreman told Interfax that 25 drills had arrived.", "A foreman", None),
        ("A lawmaker, citing the spy agency, said 25 drills had arrived.", "spy agency", None),
        ("The ministry said 25 drills had arrived (Yonhap).", "ministry", "Yonhap"),
        ("Some 25 drills had arrived, Interfax reported.", "Interfax", None),
    ],
)
def test_relay_is_via(text: str, speaker: str, via: str | None) -> None:
    """The medium that passes on a statement is via; one with nobody behind it is the speaker."""
    reading = read(text, "25")
    assert reading.speaker is not None
    assert reading.speaker.removeprefix("a ") == speaker
    assert reading.via == via


def test_own_outlet_is_never_via() -> None:
    """The outlet that publishes the document relays nothing to itself."""
    assert read("A foreman told Interfax that 25 drills had arrived.", "25", outlet="Interfax").via is None


def test_other_outlet_that_was_told_is_via() -> None:
    """Where the publishing outlet is known, another one that was told relays the statement."""
    reading = read("A foreman told Interfax that 25 drills had arrived.", "25", outlet="Harbor Gazette")
    assert reading.via == "Interfax"


def test_relay_holds_for_the_sentence_that_continues() -> None:
    """What the same speaker adds was relayed by the same agency."""
    text = "Foreman Pavel Orlov said the pit was dry, Interfax reported. He added that 25 drills had arrived."
    assert read(text, "25").via == "Interfax"


def test_grounds_point_at_the_cue() -> None:
    """The ground of a speaker is the span of the words of speech."""
    text = "Police said 14 cars were found."
    ground = read(text, "14").grounds[0]
    assert (ground.field, ground.value, ground.start) == ("speaker", "Police", text.index("said"))
    assert text[ground.start : ground.end] == ground.cue
