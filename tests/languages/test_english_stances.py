"""Who thinks, wants and judges what in English reports, and which words name the source in full."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factory import document
from tallystick.languages.english.grammar.parsing import parse
from tallystick.languages.english.speech.attribution import attributions
from tallystick.model.attribution import Attribution


def read(text: str) -> tuple[Attribution, ...]:
    """The attributions of `text`."""
    return attributions(parse(document(text)))


def sources(text: str) -> list[str]:
    """The words that name each source, in order of content."""
    return [" ".join(text[start:end] for start, end in one.source) for one in read(text)]


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("The union opposes the plan to close the mine.", "The union", "the plan to close the mine"),
        ("Anna Weiss has endorsed the bridge.", "Anna Weiss", "the bridge"),
        ("The mine was criticized on Friday by the union.", "the union", "The mine"),
        ("Voters are worried that the bridge will not hold.", "Voters", "the bridge will not hold"),
        ("The union's fear that the mine will close has grown.", "The union's", "the mine will close has grown"),
        ("Some 40 percent of drivers prefer the old bridge.", "40 percent of drivers", "the old bridge"),
        ("In a survey of drivers, half wanted the bridge back.", "a survey of drivers", "half wanted the bridge back"),
        ("The mayor praised the bridge and mocked the mine.", "The mayor", "the mine"),
        ("Anna Weiss has doubts about the bridge.", "Anna Weiss", "the bridge"),
        ("Anna Weiss is a critic of the mine.", "Anna Weiss", "the mine"),
    ],
)
def test_views_have_a_holder_and_an_object(text: str, source: str, content: str) -> None:
    """A verb, a noun or an adjective of thinking or judging gives a stance."""
    found = [
        one
        for one in read(text)
        if one.kind == "stance" and content in " ".join(text[start:end] for start, end in one.content)
    ]
    assert any(source in text[one.source[0][0] : one.source[0][1]] for one in found), read(text)


def test_what_somebody_would_have_is_no_stance() -> None:
    """A modal verb before "have" or "make" tells of no view that is held."""
    assert not read("The union would make jokes about the bridge.")


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("The mayor fell to 10 percent in a survey of drivers.", "a survey of drivers", "fell to 10 percent"),
        ("The group is planning to spend 30 million euros.", "The group", "to spend 30 million euros"),
        ("The union fired back at the mayor.", "The union", "at the mayor"),
        ("The union would oppose the bridge.", "The union", "the bridge"),
        ("After suggesting a delay, Anna Weiss left.", "Anna Weiss", "a delay"),
        ("Anna Weiss was in Oslo, promising to build 3 bridges.", "Anna Weiss", "to build 3 bridges"),
        ("The mayor was asked by the union whether 40 miners would go.", "the union", "whether 40 miners would go"),
        ('"It is shut," said Anna Weiss, referring to the 40 bridges.', "Anna Weiss", "the 40 bridges"),
        ("The mayor is assured of 40 votes.", "The mayor", "40 votes"),
    ],
)
def test_figures_are_held_by_whom_they_are_told_of(text: str, source: str, content: str) -> None:
    """Surveys behind their figures, plans, answers, participles and passives have their holder."""
    assert any(
        source in text[one.source[0][0] : one.source[0][1]]
        and content in " ".join(text[start:end] for start, end in one.content)
        for one in read(text)
    ), read(text)


@pytest.mark.parametrize(
    "text",
    ["The ministry released in May.", "The miners voted.", "The crew kept the bridge open.", "The union went home."],
)
def test_verbs_that_tell_of_no_view_with_what_follows(text: str) -> None:
    """The same verb with another word behind it, or with none, is no stance."""
    assert [one for one in read(text) if one.kind == "stance"] == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The mayor dismissed concerns that 40 miners would go.", "stance"),
        ("A man known as the Mole dug 40 tunnels.", "anonymous"),
        ("Some 40 trucks expected to cross were lost.", "anonymous"),
    ],
)
def test_views_without_an_owner(text: str, kind: str) -> None:
    """A noun of view without an owner is whose the clause is; what is said of a noun is nobody's by name."""
    assert kind in {one.kind for one in read(text)}


def test_a_view_inside_a_relative_clause_ends_with_it() -> None:
    """What stands behind the comma that closes the clause belongs to the report."""
    text = "A driver supporting the mayor, Anna Weiss of Oslo, said she had made 150 calls."
    views = [one for one in read(text) if one.kind == "stance"]
    assert [text[start:end] for one in views for start, end in one.content] == ["the mayor"]


def test_a_view_ends_before_the_sentence_behind_a_colon() -> None:
    """A colon with a sentence of its own closes what somebody holds."""
    text = "The mayor has mocked the union because it pays: He said 40 miners had left."
    views = [one for one in read(text) if one.kind == "stance"]
    assert views
    assert all("40 miners" not in text[start:end] for one in views for start, end in one.content)


def test_a_quotation_holds_no_stance_of_its_own() -> None:
    """What somebody wants inside the words of another is part of those words."""
    assert [one.kind for one in read('"The union opposes the bridge," the mayor said.')] == ["direct"]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Anna Weiss, a driver from Oslo, said the bridge was shut.", "Anna Weiss, a driver from Oslo,"),
        ("His deputy, Anna Weiss, said the bridge was shut.", "His deputy, Anna Weiss,"),
        ('"It is shut," said Anna Weiss, a driver from Oslo.', "Anna Weiss, a driver from Oslo"),
        ("The bridge is shut, according to figures released by the city.", "figures released by the city"),
    ],
)
def test_the_source_is_the_whole_phrase(text: str, source: str) -> None:
    """Appositions and participles belong to the words that name the source; the speaker stays the name."""
    assert source in sources(text)


def test_a_relative_pronoun_stands_for_the_source() -> None:
    """In "drivers who said" the pronoun is the source and the noun the speaker."""
    text = "The drivers who said the bridge was shut went home."
    found = read(text)
    assert text[slice(*found[0].source[0])] == "who"
    assert "drivers" in found[0].speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ('Anna Weiss continued: "The bridge will stay shut."', "Anna Weiss"),
        ('Anna Weiss continued:\n\n"The bridge will stay shut."', "Anna Weiss"),
        ('"The bridge will stay shut," Anna Weiss shot back.', "Anna Weiss"),
        ('"The bridge will stay shut." ― Anna Weiss', "Anna Weiss"),
    ],
)
def test_any_verb_or_mark_that_joins_name_and_quotation_is_a_cue(text: str, speaker: str) -> None:
    """The quotation is the speaker's although no verb of speech stands there."""
    found = [one for one in read(text) if any("stay shut" in text[start:end] for start, end in one.content)]
    assert [one.speaker for one in found] == [speaker]


def test_a_quotation_inside_another_goes_on_with_nothing() -> None:
    """Who is cited inside a quotation does not become the speaker of the next one."""
    text = '"The mayor says it is shut," Anna Weiss said. "That bridge of ours will stay shut for years."'
    found = [one for one in read(text) if any("for years" in text[start:end] for start, end in one.content)]
    assert {one.speaker for one in found} == {"Anna Weiss"}


def test_a_transcript_quoted_as_a_whole_has_its_turns() -> None:
    """Names before colons are turns although each paragraph opens with a quotation mark."""
    text = '"WEISS: The bridge is shut.\n\n"BERG: For how long will it be shut?\n\n"WEISS: For a year at least.'
    assert [one.speaker for one in read(text) if one.kind == "turn"] == ["WEISS", "BERG", "WEISS"]


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("The mine is expected to close in May.", "is expected"),
        ("The mine reportedly employs 300 people.", "reportedly"),
        ("The bridge seems safe for now.", "seems"),
    ],
)
def test_what_nobody_is_named_for_has_its_cue_for_a_source(text: str, cue: str) -> None:
    """A passive without an agent and a word of hearsay give an attribution with no speaker."""
    found = [one for one in read(text) if one.kind == "anonymous"]
    assert [(text[slice(*one.source[0])], one.speaker) for one in found] == [(cue, "")]


@pytest.mark.parametrize(
    "text",
    [
        "Most oppose the bridge.",
        "One in five oppose the bridge.",
        "The ministers both oppose the bridge.",
        "She herself opposes it.",
    ],
)
def test_shares_and_pronouns_hold_views(text: str) -> None:
    """A count that stands alone, a floating "both" and a reflexive leave the subject what it is."""
    assert [one.kind for one in read(text)] == ["stance"]


@pytest.mark.parametrize(
    "text",
    [
        "Anna Weiss runs the port.\n\nQ: How many come?\n\nA: About 400 ships a year.\n\nQ: Why?\n\nA: It is big.",
        "Anna Weiss runs the port.\n\n**Berg:** How many?\n\n**Weiss:** We get about 400.\n\n**Berg:** Why is that?",
        "The port.\n\n**Jon Berg**\n\nThe port is large.\n\n**Anna Weiss**\n\nWe get about 400 ships.",
    ],
)
def test_interviews_have_turns_in_every_form(text: str) -> None:
    """Letters, bold names before colons and bold names that stand alone open a turn of the person interviewed."""
    found = [one for one in read(text) if one.kind == "turn" and any("400" in text[a:b] for a, b in one.content)]
    assert [one.speaker for one in found] == ["Anna Weiss"]


def test_a_turn_goes_on_over_paragraphs() -> None:
    """What follows a turn without a mark of its own belongs to it."""
    text = "WEISS: The port is large.\n\nIt holds 400 ships.\n\nBERG: Why is it so?\n\nWEISS: It was built so."
    found = [one for one in read(text) if any("400" in text[start:end] for start, end in one.content)]
    assert "WEISS" in {one.speaker for one in found}


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        ("A poll released in late August found that 40 percent use it.", "40 percent", "A poll"),
        ("The army's estimate is that 40 men came.", "40 men", "army"),
        ("Volga Wire, citing a lawmaker who quoted the spy agency as saying 40 men came, left.", "40", "spy agency"),
        ("The mayor said Mr. Berg should pay 40 crowns.", "40 crowns", "mayor"),
        ("The mayor said it was wet, and the army said it had sent 40 men.", "40 men", "army"),
        ("Anna Weiss, a driver in Oslo, said the way was 40 miles long.", "40 miles", "Anna Weiss"),
    ],
)
def test_subjects_are_found_across_what_stands_between(text: str, words: str, speaker: str) -> None:
    """Participles, abbreviations, joined clauses and appositions do not hide who speaks."""
    found = [one for one in read(text) if any(words in text[start:end] for start, end in one.content)]
    assert speaker in {one.speaker for one in found if one.kind != "stance"}


def test_a_chain_keeps_its_relay() -> None:
    """An agency that cites an official who quotes a body relays the words of the body."""
    text = "Interfax reported, citing a lawmaker who quoted the spy agency as saying that 40 men came."
    found = min(
        (one for one in read(text) if one.kind != "stance"), key=lambda one: one.content[0][1] - one.content[0][0]
    )
    assert (found.speaker, found.via) == ("spy agency", "Interfax")


def test_a_headline_quotes_whom_its_report_names() -> None:
    """A name before the colon of a headline is the source where the text has that person speak."""
    text = "Weiss: Bridge will stay shut\n\nAnna Weiss, the mayor, said it was unsafe."
    assert ("headline", "Anna Weiss") in {(one.kind, one.speaker) for one in read(text)}


WORDS = (
    "Anna Weiss Mr. the a his they who which that those most one 40 percent poll union mayor's fear support opposes"
    " said says was been have both to by in of as and but while seems reportedly asked expected released made clear"
    " critic worried about : , . - — ― ( ) ; \" “ ” '' `` ** Q A"
).split()


@given(st.lists(st.sampled_from((*WORDS, "\n\n")), max_size=40))
def test_no_row_of_words_breaks_the_reader(words: list[str]) -> None:
    """Any order of cues, names and marks gives attributions whose spans lie in the text and hold something."""
    text = " ".join(words)
    for one in read(text):
        assert one.source
        assert one.content
        for start, end in (*one.source, *one.cue, *one.content):
            assert 0 <= start < end <= len(text)
