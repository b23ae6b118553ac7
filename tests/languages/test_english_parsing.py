"""English sentences, tokens, tags and quotations: spans that hold what they say."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factory import document
from tallystick.languages.english.grammar.parsing import parse
from tallystick.languages.english.grammar.tagging import tags
from tallystick.languages.english.grammar.tokens import sentence_spans, token_spans


def words(text: str) -> list[str]:
    """The tokens of a text."""
    return [text[start:end] for start, end in token_spans(text, 0, len(text))]


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph."""
    return [text[start:end] for start, end in sentence_spans(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5,000 men", ["5,000", "men"]),
        ("It isn't Kim's.", ["It", "is", "n't", "Kim", "'s", "."]),
        ("the U.S. troops", ["the", "U.S.", "troops"]),
        ("a so-called bridge", ["a", "so-called", "bridge"]),
        ("the 2215th Brigade", ["the", "2215th", "Brigade"]),
        ("1.5 million", ["1.5", "million"]),
    ],
)
def test_a_word_a_number_and_a_mark_are_tokens(text: str, expected: list[str]) -> None:
    """Separators stay in numbers, clitics come apart, hyphens hold words together."""
    assert words(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Gen. Sergei K. Shoigu met Mr. Kim in St. Petersburg.",
        "About 1.5 million came, the U.N. said.",
        "“Will they come?” he asked.",
        "No. 4 in the list is Sgt. Miller.",
    ],
)
def test_a_full_stop_inside_a_sentence_ends_none(text: str) -> None:
    """Abbreviations, initials, decimals and quoted questions."""
    assert sentences(text) == [text]


def test_sentences_end_at_their_marks() -> None:
    """Also inside quotation marks, and after an abbreviation before a function word."""
    text = "They came in the U.S. The police saw them. “Nobody knows.” Why? It rained!"
    expected = ["They came in the U.S.", "The police saw them.", "“Nobody knows.”", "Why?", "It rained!"]
    assert sentences(text) == expected


@given(st.text(alphabet=st.sampled_from("Ab1 ,.'’\"“”?-\n$%北é"), max_size=200))
def test_tokens_hold_every_mark_that_is_no_space(text: str) -> None:
    """Nothing is lost, nothing is read twice."""
    held = [at for start, end in token_spans(text, 0, len(text)) for at in range(start, end)]
    assert held == [at for at, mark in enumerate(text) if not mark.isspace()]
    inside = [at for start, end in sentence_spans(text, 0, len(text)) for at in range(start, end)]
    assert inside == sorted(set(inside))
    assert set(held) <= set(inside)


@pytest.mark.parametrize(
    ("text", "word", "tag"),
    [
        ("Moscow will send 5,000 builders", "send", "VB"),
        ("Moscow will send 5,000 builders", "5,000", "CD"),
        ("Moscow will send 5,000 builders", "builders", "NNS"),
        ("Moscow will send 5,000 builders", "Moscow", "NNP"),
        ("At least twelve people were killed", "killed", "VBN"),
        ("At least twelve people were killed", "twelve", "CD"),
        ("The bomb killed twelve people", "killed", "VBD"),
        ("He plans to leave", "leave", "VB"),
        ("Shoigu said the plans were ready", "plans", "NNS"),
    ],
)
def test_tags_tell_verbs_names_and_nouns_apart(text: str, word: str, tag: str) -> None:
    """By the lexicon, the shape and the neighbors."""
    tokens = words(text)
    assert tags(tokens)[tokens.index(word)] == tag


def test_quotations_have_their_marks_and_apostrophes_are_none() -> None:
    """Curly, straight and doubled marks open and close; single ones are apostrophes."""
    text = "“Ten came,” he said. \"Five left,\" she said. ``Two stayed,'' the 'old' man's son said."
    found = parse(document(text)).quotes
    assert [text[start:end] for start, end in found] == ["“Ten came,”", '"Five left,"', "``Two stayed,''"]


def test_a_mark_never_closed_ends_with_its_paragraph() -> None:
    """A lost mark must not quote the rest of the report."""
    text = "“Ten came, and nobody\nThe ministry said nothing."
    found = parse(document(text)).quotes
    assert [text[start:end] for start, end in found] == ["“Ten came, and nobody"]


def test_sentences_of_a_parse_know_their_paragraph() -> None:
    """Each stands in a passage and carries its number."""
    text = "Ten came. Five left.\nTwo stayed."
    found = parse(document(text)).sentences
    assert [(text[one.start : one.end], one.paragraph, one.index) for one in found] == [
        ("Ten came.", 0, 0), ("Five left.", 0, 1), ("Two stayed.", 1, 2),
    ]  # fmt: skip
    first = found[0]
    assert [first.position(token.start) for token in first.tokens] == list(range(len(first.tokens)))
    assert first.position(first.end) == len(first.tokens)


def test_a_sentence_without_an_end_is_read_in_pieces_that_hold_it_all() -> None:
    """Junk must not take time that grows with its square."""
    text = "five soldiers and " * 400 + "no more."
    found = parse(document(text)).sentences
    assert len(found) > 1
    assert max(len(one.tokens) for one in found) <= 200
    assert [token.text for one in found for token in one.tokens] == words(text)
    assert all(one.start == one.tokens[0].start and one.end == one.tokens[-1].end for one in found)
    assert all(before.end <= after.start for before, after in pairwise(found))


@pytest.mark.parametrize(
    ("sentence", "tag"),
    [
        ("About 300 sappers are to clear mines.", "VB"),
        ("About 300 sappers were sent to clear mines.", "VB"),
        ("They moved to clear water.", "JJ"),
    ],
)
def test_an_adjective_behind_to_is_a_verb_where_somebody_has_to_do_it(sentence: str, tag: str) -> None:
    """The task of a mission is no place."""
    words = sentence.replace(".", " .").split()
    assert tags(words)[words.index("clear")] == tag
