"""Sentences without end are read around their figures."""

from factory import document
from tallystick.languages.english.parsing import parse
from tallystick.languages.english.windows import LONGEST_SENTENCE, around


def test_a_sentence_of_prose_is_left_whole() -> None:
    """Only what is longer than any prose is cut."""
    (sentence,) = parse(document("Gunmen killed 12 miners in Kenya.")).sentences
    assert around(sentence, 14) is sentence


def test_of_a_sentence_without_end_the_tokens_around_the_figure_stay() -> None:
    """Its offsets stay those of the document."""
    text = "killed 12 miners in Kenya and " * LONGEST_SENTENCE
    sentence = parse(document(text)).sentences[0]
    start = text.index("12", len(text) // 2)
    cut = around(sentence, start)
    assert len(cut.tokens) < LONGEST_SENTENCE
    assert cut.tokens[cut.position(start)].start == start
