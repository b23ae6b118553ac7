"""Passages: what of a report is read for figures, and what repeats."""

from hypothesis import given
from hypothesis import strategies as st

from tallystick.model.document import PassageKind
from tallystick.reading.text.passages import Hints, label

PROSE = "The ministry said on Monday that the first builders had come to the region and that more would follow soon."
OTHER = "Local officials gave no number and asked for patience, while the opposition spoke of a scandal without end."


def kinds(text: str, hints: Hints | None = None) -> dict[str, PassageKind]:
    """What each passage of `text` is."""
    return {text[passage.start : passage.end]: passage.kind for passage in label(text, hints)}


def test_a_short_line_before_prose_is_a_headline() -> None:
    """It is read like the body."""
    found = kinds(f"600 builders reach Kursk\n{PROSE}")
    assert found["600 builders reach Kursk"] is PassageKind.HEADLINE
    assert found[PROSE] is PassageKind.BODY


def test_page_furniture_is_told_by_its_wording() -> None:
    """Reading time, buttons, bylines and notices count nothing."""
    lines = ["3 min read", "Share on Facebook", "By Anna Bright", "Read more: 40 die in fire", "© 2025 Harbor Press"]
    found = kinds("\n".join([*lines, PROSE]))
    assert all(found[line] in (PassageKind.FURNITURE, PassageKind.BYLINE) for line in lines)
    notice = "Disclaimer: this text was translated by a machine and may hold up to 10 errors."
    assert kinds(f"{PROSE}\n{notice}")[notice] is PassageKind.DISCLAIMER


def test_a_date_alone_is_no_headline() -> None:
    """In Russian and Ukrainian as in English: nothing is counted in it."""
    lines = ["17 июня 2025, 12:00", "17 червня 2025", "17.06.2025 09:15", "June 17, 2025"]
    found = kinds("\n\n".join([*lines, PROSE]))
    assert all(found[line] is PassageKind.BYLINE for line in lines)


def test_prose_that_begins_like_furniture_stays_body() -> None:
    """A cue holds for a whole line only."""
    line = "Share prices of 12 builders fell after the ministry named the 600 men, and the paper printed them all."
    assert kinds(f"{PROSE}\n{line}")[line] is PassageKind.BODY


def test_reader_comments_are_left_out() -> None:
    """All that stands under their title, up to the end."""
    comments = ["2 Comments", "grumpy_owl", "I bet it is 60,000 by now", "Ann Onymous", "Nobody asked the 6,000."]
    found = kinds("\n".join([PROSE, PROSE.replace("Monday", "Tuesday"), OTHER, *comments]))
    assert all(found[line] is PassageKind.COMMENT for line in comments)
    assert found[OTHER] is PassageKind.BODY


def test_a_link_to_the_comments_under_the_headline_ends_nothing() -> None:
    """At the top, "5 Comments" is furniture; the article goes on."""
    found = kinds(f"Builders reach Kursk\n5 Comments\n{PROSE}\n{OTHER}")
    assert found["5 Comments"] is not PassageKind.BODY
    assert found[PROSE] is PassageKind.BODY
    assert found[OTHER] is PassageKind.BODY


def test_a_repeated_paragraph_points_to_the_earlier_one() -> None:
    """Also where a word was changed; not where a number was."""
    changed = PROSE.replace("soon.", "later.")
    number = PROSE.replace("the first builders", "600 builders")
    other_number = PROSE.replace("the first builders", "700 builders")
    text = "\n".join([PROSE, OTHER, changed, number, other_number])
    passages = label(text)
    assert passages[2].repeats == passages[0].start
    assert passages[1].repeats is None
    assert passages[4].repeats is None


def test_hints_of_the_format_win() -> None:
    """Comments told apart by the page are comments, whatever they say."""
    text = f"{PROSE}\n\n{OTHER}"
    found = kinds(text, Hints(comments=len(PROSE) + 2))
    assert found[OTHER] is PassageKind.COMMENT


def test_wrapped_lines_are_one_paragraph() -> None:
    """An old terminal's line ends are not paragraphs."""
    wrapped = (
        "The ministry said on Monday that the first of the builders had come\n"
        "to the region and that more than six hundred others would follow\n"
        "before the end of the year, if the weather and the roads allow it.\n"
    )
    assert len(label(wrapped)) == 1


@given(st.text(alphabet=st.sampled_from("ab 1,.\n\r\t\u2028“”#-:ё北"), max_size=400))
def test_every_mark_stands_in_exactly_one_passage(text: str) -> None:
    """Nothing that is not white space is lost or read twice, in order."""
    passages = label(text)
    held = [at for passage in passages for at in range(passage.start, passage.end)]
    assert held == sorted(set(held))
    assert {at for at, mark in enumerate(text) if not mark.isspace()} <= set(held)
    assert all(text[p.start : p.end] == text[p.start : p.end].strip() for p in passages)
