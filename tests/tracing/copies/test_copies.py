"""Text that stands in two reports, or twice in one, shows who repeats whom."""

from dataclasses import replace

from factory import claim, document
from tallystick.dossiers.loading import load
from tallystick.model.document import Document
from tallystick.model.lineage import Edge, EdgeLevel, Mechanism
from tallystick.tracing.tracing import trace

DOSSIER = load("general")
LEAD = "Rescuers in the harbor city pulled 140 survivors from the collapsed terminal before the second wave arrived."
MORE = "The operator of the terminal gave no reason for the collapse and closed its office to the press on Monday."


def edges(*documents: Document, figure: str = "140", level: EdgeLevel = EdgeLevel.CLAIM) -> list[Edge]:
    """Edges of one level between documents that each hold `figure` once."""
    claims = tuple(claim(source, figure, category="civilian") for source in documents if figure in source.text)
    return [edge for edge in trace(documents, claims, DOSSIER).edges if edge.level is level]


def test_a_later_report_with_the_same_paragraph_goes_back_to_the_earlier_one() -> None:
    """The order of publication decides, not the order of input."""
    late = document(f"{LEAD}\n{MORE}", id="late", outlet="Late Post", published="2024-03-02")
    early = document(f"{LEAD}\n{MORE}", id="early", outlet="Early Post", published="2024-03-01")
    (edge,) = edges(late, early, level=EdgeLevel.DOCUMENT)
    assert (edge.later, edge.earlier, edge.mechanism) == ("late", "early", Mechanism.IDENTICAL_TEXT)
    (edge,) = edges(late, early)
    assert edge.mechanism is Mechanism.IDENTICAL_TEXT
    assert edge.earlier == claim(early, "140").id
    assert "Late Post" in edge.reason
    assert "Early Post" in edge.reason


def test_a_dateline_does_not_hide_a_copy() -> None:
    """A credit in front of the text is not part of what was said."""
    plain = document(LEAD, id="plain", published="2024-03-01")
    dated = document(f"PORT AGNES, March 1 (Early Post) - {LEAD}", id="dated", published="2024-03-02")
    (edge,) = edges(plain, dated)
    assert edge.mechanism is Mechanism.IDENTICAL_TEXT


def test_a_rewritten_opening_is_a_near_copy() -> None:
    """Most five-word runs are left, so the figure is the earlier one's."""
    first = document(LEAD, id="first", published="2024-03-01")
    changed = LEAD.replace("Rescuers in the harbor city", "Teams")
    (edge,) = edges(first, document(changed, id="second", published="2024-03-02"))
    assert edge.mechanism is Mechanism.NEAR_IDENTICAL_TEXT
    assert edge.confidence < 1


def test_two_reports_of_one_subject_are_no_copies() -> None:
    """The same facts in other words share no runs of five words."""
    first = document(LEAD, id="first", published="2024-03-01")
    other = document(
        "When the second wave came, 140 people had already been saved from the ruins of the terminal, crews said.",
        id="other", published="2024-03-02",
    )  # fmt: skip
    found = [edge.mechanism for edge in edges(first, other)]
    assert Mechanism.NEAR_IDENTICAL_TEXT not in found
    assert not edges(first, other, level=EdgeLevel.DOCUMENT)


def test_a_report_that_takes_over_one_paragraph_goes_back_to_its_source() -> None:
    """One long paragraph of another outlet is enough."""
    own = "\n".join(f"Traders in the city of glass number {number} bought cement again today." for number in range(9))
    first = document(
        f"{LEAD}\n{MORE} It had opened in spring.", id="first", outlet="Early Post", published="2024-03-01"
    )
    later = document(
        f"{own}\n{MORE} It had opened in spring.", id="later", outlet="Market Post", published="2024-03-02"
    )
    (edge,) = edges(first, later, level=EdgeLevel.DOCUMENT)
    assert edge.later == "later"
    assert edge.mechanism is Mechanism.PARTIAL_TEXT
    assert "25 words" in edge.reason


def test_an_outlets_own_formula_is_no_copy() -> None:
    """What every report of an outlet ends with shows no descent."""
    formula = "The Early Post is read by all who want to know what moves the harbor and the people who live around it."
    words = ("first words about cement and its price on the exchange", "other words about fish and where it was landed")
    one, two = (
        document(f"{text} today.\n{text} on Sunday as well, say dealers; {text[::-1]}.\n{formula}",
                 id=text[:5], outlet="Early Post", published="2024-03-01")
        for text in words
    )  # fmt: skip
    assert not edges(one, two, level=EdgeLevel.DOCUMENT)


def test_a_repeated_paragraph_of_one_report_counts_once() -> None:
    """The second printing goes back to the first, and both are one origin."""
    source = document(f"{LEAD}\n{MORE}\n{LEAD}")
    first, second, third = source.passages
    source = replace(source, passages=(first, second, replace(third, repeats=first.start)))
    claims = (claim(source, "140"), claim(source, "140", nth=1))
    lineage = trace((source,), claims, DOSSIER)
    (edge,) = lineage.edges
    assert (edge.later, edge.earlier) == (claims[1].id, claims[0].id)
    assert edge.mechanism is Mechanism.REPEATED_PASSAGE
    assert len(lineage.origins) == 1


def test_a_lost_separator_goes_back_to_the_number_it_was_cut_from() -> None:
    """A translated copy with "13" for "13,221" is no second origin."""
    text = "The border service counted {} citizens who entered the republic in the year before the treaty was signed."
    first = document(text.format("13,221"), id="first", published="2024-03-01")
    later = document(text.format("13"), id="later", published="2024-03-02")
    claims = (claim(first, "13,221"), claim(later, "13"))
    lineage = trace((first, later), claims, DOSSIER)
    assert len(lineage.origins) == 1
    assert any("separator" in edge.reason for edge in lineage.edges)


def test_another_number_in_a_near_copy_is_another_origin() -> None:
    """An update of the toll is a new figure, however much of its text is old."""
    text = "Police said {} people were rescued from the hills above the lake after two days of rain without a pause."
    first = document(text.format("40"), id="first", published="2024-03-01")
    later = document(text.format("55"), id="later", published="2024-03-02")
    lineage = trace((first, later), (claim(first, "40"), claim(later, "55")), DOSSIER)
    assert len(lineage.origins) == 2


def test_a_copy_whose_numbers_were_changed_is_a_copy() -> None:
    """A translated paragraph with other numbers shares all runs once numbers are left aside."""
    text = "Border guards counted {} citizens who entered in {}, about {} times more than in {} when all was shut."
    first = document(text.format("13,221", 2024, 12, 2023), id="first", published="2024-03-01")
    later = document(text.format("13", 2024, 221, 2023), id="later", published="2024-03-02")
    (edge,) = edges(first, later, level=EdgeLevel.DOCUMENT)
    assert edge.mechanism is Mechanism.NEAR_IDENTICAL_TEXT


def test_a_whole_copy_is_told_from_a_passage_taken_over() -> None:
    """The reason says which share of the text is old."""
    first = document(f"{LEAD}\n{MORE}", id="first", outlet="Early Post", published="2024-03-01")
    whole = document(f"{LEAD}\n{MORE}", id="whole", outlet="Early Post", published="2024-03-02")
    (edge,) = edges(first, whole, level=EdgeLevel.DOCUMENT)
    assert "100%" in edge.reason


def test_of_one_day_the_report_with_a_credit_line_is_the_copy() -> None:
    """A report that credits another outlet comes after it, whichever was read first."""
    credited = document(f"PORT AGNES (Early Post) - {LEAD}", id="credited", outlet="Copy Post", published="2024-03-01")
    own = document(LEAD, id="own", outlet="Early Post", published="2024-03-01")
    found = edges(credited, own)
    assert {(edge.later, edge.earlier) for edge in found} == {(claim(credited, "140").id, claim(own, "140").id)}
