"""Who is credited with what in English reports."""

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


def holder(text: str, words: str) -> Attribution | None:
    """The attribution of `text` whose content holds `words`, the narrowest first."""
    at = text.index(words)
    spans = [(end - start, one) for one in read(text) for start, end in one.content if start <= at < end]
    return min(spans, key=lambda pair: pair[0])[1] if spans else None


@pytest.mark.parametrize(
    "text",
    [
        "Some 40 trucks crossed, news agency TASS quoted Anna Weiss as saying on Friday.",
        "According to Anna Weiss, cited by TASS, 40 trucks crossed.",
    ],
)
def test_an_agency_that_quotes_or_is_cited_for_somebody_relays(text: str) -> None:
    """Whoever is quoted is the source."""
    found = holder(text, "40 trucks")
    assert found is not None
    assert (found.speaker, found.via) == ("Anna Weiss", "TASS")


def test_a_price_per_piece_credits_nobody() -> None:
    """Only a name behind the comma and "per" is one."""
    assert read("Drivers earn 800 dollars for 40 trucks, per month.") == ()


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Officials said that 40 trucks crossed the border.", "Officials"),
        ("Some 40 trucks crossed the border, officials said.", "officials"),
        ("Some 40 trucks, officials said on Monday, crossed the border.", "officials"),
        ("Some 40 trucks crossed the border, Anna Weiss said in Oslo on Monday after she left Bergen.", "Anna Weiss"),
        ("Some 40 trucks crossed the border, said Anna Weiss, a customs officer.", "Anna Weiss"),
        ("“We saw 40 trucks,” said customs officer Anna Weiss.", "Anna Weiss"),
        ('"We saw 40 trucks," a customs officer told reporters.', "a customs officer"),
        ("According to the customs office, 40 trucks crossed.", "customs office"),
        ("Some 40 trucks crossed, according to figures released by the customs office.", "customs office"),
        ("In the army's estimate, 40 trucks crossed.", "the army"),
        ("The army's figures show that 40 trucks crossed.", "army"),
        ("Anna Weiss, a spokeswoman for the customs office, said 40 trucks crossed.", "Anna Weiss"),
        ("The customs minister, Karim al-Hadi, said 40 trucks crossed.", "Karim al-Hadi"),
        ("The loss of 40 trucks was confirmed on Friday by the army.", "army"),
        ("The US military said 40 trucks were lost.", "US military"),
        ("The ministry estimates that 40 trucks crossed.", "ministry"),
        ("The army put the number of trucks at 40 trucks.", "army"),
        ("The bank approved a loan for 40 trucks.", "bank"),
        ("General Lee, who led the convoy, said 40 trucks crossed.", "Lee"),
        ("Some 40 trucks crossed, according to press reports.", "press reports"),
        ("Some 40 trucks crossed, customs records show.", "customs records"),
        ("Some 40 trucks crossed, customs officers say; the road is shut.", "customs officers"),
        ("The report published on Tuesday showed that 40 trucks crossed.", "report"),
        ("As first reported by the Daily Courier, 40 trucks crossed.", "Daily Courier"),
        ("Anna Weiss, a driver based in Oslo, said she saw 40 trucks.", "Anna Weiss"),
        ("Anna Weiss, a driver who has crossed twice, said 40 trucks were lost.", "Anna Weiss"),
        ("The Daily Courier found drivers lost 40 trucks.", "Daily Courier"),
        ("The minister, who left, praised Oslo and on Monday announced 40 trucks.", "minister"),
        ("Anna Weiss, who ran customs, said the old trucks may be 40 trucks.", "Anna Weiss"),
        ("Mrs. Lee, these people said, would send 40 trucks.", "these people"),
        (
            "Some 40 trucks crossed, news agency TASS quoted customs minister Anna Weiss as saying on Friday.",
            "Anna Weiss",
        ),
        ("Some 40 trucks crossed, TASS cited Weiss as saying.", "Weiss"),
        ("According to Anna Weiss, cited by TASS, 40 trucks crossed.", "Anna Weiss"),
        ("Some 40 trucks crossed, per TASS.", "TASS"),
        ("Anna Weiss, the head of customs, notes that 40 trucks crossed.", "Anna Weiss"),
    ],
)
def test_source_of_content(text: str, speaker: str) -> None:
    """The source of a statement is found before, behind and inside it."""
    found = holder(text, "40 trucks")
    assert found is not None
    assert found.speaker.removeprefix("the ") == speaker.removeprefix("the ")


@pytest.mark.parametrize(
    "text",
    [
        "Some 40 trucks were reported to have crossed the border.",
        "The general is said to own 40 trucks.",
        "The general declined to say whether 40 trucks crossed.",
        "The storm claimed the lives of 40 truckers and 40 trucks.",
        "The army acted according to a plan for 40 trucks.",
        "They drove 40 trucks across the border.",
        "A convoy of Hamid Said, 24, and 40 trucks crossed.",
    ],
)
def test_no_source(text: str) -> None:
    """A passive without an agent, a refusal and a loss of lives credit nobody with a statement."""
    found = holder(text, "40 trucks")
    assert found is None or found.kind in ("anonymous", "stance")


def test_source_cue_and_content_are_spans_of_the_text() -> None:
    """All three parts are given as they stand in the text."""
    text = "Some 40 trucks crossed the border, border guards said."
    (found,) = read(text)
    assert [text[a:b] for a, b in found.source] == ["border guards"]
    assert [text[a:b] for a, b in found.cue] == ["said"]
    assert [text[a:b] for a, b in found.content] == ["Some 40 trucks crossed the border"]


def test_surname_resolves_to_the_full_name() -> None:
    """A surname alone is the person whom the text named in full, also later."""
    text = "Weiss said 40 trucks crossed. The office of Anna Weiss gave no dates."
    found = holder(text, "40 trucks")
    assert found is not None
    assert found.speaker == "Anna Weiss"


def test_pronoun_resolves_to_the_last_person_who_spoke() -> None:
    """The pronoun "he" passes over a body that spoke in between."""
    text = "Officer Paul Weiss said the road was open. The ministry said it was wet. He added that 40 trucks crossed."
    found = holder(text, "40 trucks")
    assert found is not None
    assert found.speaker == "Paul Weiss"


def test_pronoun_without_a_name_credits_nobody() -> None:
    """A pronoun that points at nobody is given as written, with a kind of its own."""
    found = holder("He said 40 trucks crossed.", "40 trucks")
    assert found is not None
    assert (found.speaker, found.kind) == ("He", "unnamed")


def test_definite_noun_resolves_to_the_fuller_phrase() -> None:
    """The words "the sources" are for those that were named before."""
    text = "Grain trade sources said demand was weak. Some 40 trucks were sold, the sources said."
    found = holder(text, "40 trucks")
    assert found is not None
    assert found.speaker == "Grain trade sources"


def test_initials_resolve_to_the_name() -> None:
    """Initials stand for the name that the text spells out."""
    text = "The World Grain Council met in Oslo. WGC said 40 trucks crossed."
    found = holder(text, "40 trucks")
    assert found is not None
    assert found.speaker == "World Grain Council"


def test_quotation_is_one_statement_over_its_sentences() -> None:
    """The cue behind the second sentence of a quotation credits the first one too."""
    text = "“We saw 40 trucks. They were new,” said Anna Weiss."
    found = holder(text, "40 trucks")
    assert found is not None
    assert (found.speaker, found.kind) == ("Anna Weiss", "direct")


def test_quotation_runs_on_over_paragraphs() -> None:
    """A paragraph that opens the quotation again belongs to its speaker."""
    text = "“It was cold,” said Anna Weiss. “The road was icy.\n“We saw 40 trucks there.”"
    found = holder(text, "40 trucks")
    assert found is not None
    assert found.speaker == "Anna Weiss"


def test_quotation_that_opens_again_without_closing_is_one_statement() -> None:
    """A straight mark that can only open goes on with the quotation of the same speaker."""
    text = 'Anna Weiss said: "It was cold. "We saw 40 trucks there. "They were new." The road was closed.'
    found = holder(text, "40 trucks")
    assert found is not None
    assert found.speaker == "Anna Weiss"
    assert holder(text, "The road") is None


def test_statement_is_not_carried_to_the_next_sentence() -> None:
    """A plain sentence after a statement is the report's own."""
    assert holder("Officials said the road was open. Some 40 trucks crossed.", "40 trucks") is None


def test_interview_turns_have_their_speakers() -> None:
    """In an interview the name before the colon speaks its paragraph."""
    text = "Moderator: How many came to the border?\nWeiss: We saw many. There were 40 trucks."
    found = holder(text, "40 trucks")
    assert found is not None
    assert (found.speaker, found.kind) == ("Weiss", "turn")


def test_country_before_a_colon_speaks_its_headline() -> None:
    """A headline such as "Seoul: ..." credits the government."""
    found = holder("Seoul: Pyongyang is sending 40 trucks", "40 trucks")
    assert found is not None
    assert (found.speaker, found.kind) == ("Seoul", "headline")


def test_list_entry_is_no_turn() -> None:
    """A label before a bare number speaks nothing."""
    assert read("Norway: 40 trucks") == ()


def test_denied_report_belongs_to_who_asserted_it() -> None:
    """Where reports are denied, the reports assert the figure."""
    found = holder("The mayor denied press reports of 40 trucks at the border.", "40 trucks")
    assert found is not None
    assert (found.speaker, found.negated) == ("press reports", True)


def test_denial_without_a_report_belongs_to_the_denier() -> None:
    """Where nobody is named who asserted it, the denier is the source."""
    found = holder("The mayor denied that 40 trucks crossed.", "40 trucks")
    assert found is not None
    assert (found.speaker, found.negated) == ("mayor", True)


def test_two_sources_of_one_sentence_keep_apart() -> None:
    """Each half of a sentence has the source that stands beside it."""
    text = "Police said five men crossed, while residents spoke of ghosts; 40 trucks crossed, the army said."
    found = holder(text, "40 trucks")
    assert found is not None
    assert found.speaker == "army"
    found = holder(text, "five men")
    assert found is not None
    assert found.speaker == "Police"


VOCABULARY = (
    'said Police he , " “ ” ( ) TASS quoted as saying according to by of the ministry 40 trucks : ; -- and who denied'
    " reports . announced was citing Seoul Weiss told"
).split()
WORDS = st.sampled_from([*VOCABULARY, "\n"])


@given(st.lists(WORDS, max_size=40))
def test_any_text_gives_spans_of_it(words: list[str]) -> None:
    """Whatever the words, every span lies in the text and every speaker is a part of it."""
    text = " ".join(words)
    for found in read(text):
        assert found.speaker in text
        assert found.content
        assert all(0 <= start < end <= len(text) for start, end in (*found.source, *found.cue, *found.content))


@pytest.mark.parametrize(
    "text",
    [
        'Anna Weiss has apologized for what happened: "We lost 40 trucks."',
        'BORDER SHUT - Anna Weiss: "We lost 40 trucks."',
    ],
)
def test_a_colon_before_a_quotation_leads_to_who_is_quoted(text: str) -> None:
    """The subject before the colon, or the name itself, is who speaks."""
    found = holder(text, "40 trucks")
    assert found is not None
    assert found.speaker == "Anna Weiss"


def test_under_a_heading_nobody_goes_on_speaking() -> None:
    """A name with a colon above paragraphs that tell of that person is no turn of an interview."""
    text = "Weiss: Wait and see.\n\nWeiss, who lost 40 trucks, has left.\n\nLee: Now or never.\n\nLee has 12 trucks."
    turns = [one for one in read(text) if one.kind == "turn"]
    assert turns
    assert all("trucks" not in text[start:end] for one in turns for start, end in one.content)


def test_a_question_is_of_whom_the_next_sentence_tells() -> None:
    """A sentence of speech without content credits the quotation that ends where it begins."""
    found = holder('"Where are the 40 trucks?" Anna Weiss asked.', "40 trucks")
    assert found is not None
    assert found.speaker == "Anna Weiss"
