"""Text that stands in two reports, or twice in one, shows who repeats whom."""

from dataclasses import replace

from factory import claim, document
from tallystick.dossiers.loading import load
from tallystick.model.document import Document, PassageKind
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


STORY = (
    "The harbor authority closed the eastern basin on Monday after divers found three cracked piles below the fuel "
    "pier. Two tankers were sent on to the northern port and a third lies at anchor outside the mole. The pier was "
    "built in the year of the great storm and has been repaired four times since then."
)
AFTER = (
    "Nobody could say how long the repair would take. The builder of the pier went out of business long ago, and its "
    "drawings were lost when the town hall burned. Fishermen from the villages along the coast have offered their "
    "boats to carry fuel to the island for as long as the basin stays shut."
)
OTHER = (
    "Grain prices rose again at the exchange, where dealers spoke of a dry spring and of buyers from abroad. "
    "A market report from the south speaks of empty silos, low rivers and mills that stand still for want of water."
)


def test_a_passage_in_a_longer_piece_is_partial_whatever_its_paragraphs() -> None:
    """The paragraphs of the source are merged and split again, its words are the same."""
    first = document(f"{STORY}\n{AFTER}", id="first", outlet="Early Post", published="2024-03-01")
    lifted = STORY.replace("pier. Two", "pier.\nTwo") + " " + AFTER.replace("take. The", "take.\nThe")
    longer = f"{OTHER}\n{OTHER[::-1]}\n{lifted}\n" + OTHER.replace("e", "o")
    (edge,) = edges(first, document(longer, id="later", published="2024-03-02"), level=EdgeLevel.DOCUMENT)
    assert edge.mechanism is Mechanism.PARTIAL_TEXT
    assert sum(shared.later_end - shared.later_start for shared in edge.shared) > 500


def test_a_figure_in_a_lifted_passage_goes_back_to_its_source() -> None:
    """Also where the paragraph around it is another one."""
    first = document(f"{STORY} {LEAD} {AFTER}", id="first", outlet="Early Post", published="2024-03-01")
    later = document(f"{OTHER} {LEAD} {AFTER[:80]} {OTHER[::-1]}", id="later", published="2024-03-02")
    (edge,) = edges(first, later)
    assert edge.mechanism is Mechanism.PARTIAL_TEXT
    assert len(edge.shared) == 1


SAID = "We have counted every single house on this street twice and there is nobody left inside"


def test_the_same_quotation_and_figures_in_other_words_are_rewording() -> None:
    """The shape of the quotation marks does not matter."""
    first = document(
        f"The mayor stood in the rain. “{SAID},” she told reporters, who had come by boat. Of the people who live "
        "there 140 were brought to the gymnasium.",
        id="first", outlet="Early Post", published="2024-03-01",
    )  # fmt: skip
    later = document(
        f'All 140 residents now sleep in a school, according to the head of the town. "{SAID}", her words were.',
        id="later", outlet="Late Post", published="2024-03-02",
    )  # fmt: skip
    (edge,) = edges(first, later, level=EdgeLevel.DOCUMENT)
    assert (edge.later, edge.earlier, edge.mechanism) == ("later", "first", Mechanism.REWORDED_TEXT)
    assert later.text[edge.shared[0].later_start : edge.shared[0].later_end] == SAID
    (edge,) = edges(first, later)
    assert edge.mechanism is Mechanism.REWORDED_TEXT


def test_the_same_quotation_with_other_figures_is_no_rewording() -> None:
    """Two reporters hear the same sentence; what they count is theirs."""
    first = document(f"“{SAID},” said the mayor. In the gymnasium 140 people slept.", id="a", published="2024-03-01")
    later = document(
        f"“{SAID},” said the mayor. Police spoke of 55 people in a school.", id="b", published="2024-03-02"
    )
    claims = (claim(first, "140"), claim(later, "55"))
    found = [edge.mechanism for edge in trace((first, later), claims, DOSSIER).edges]
    assert Mechanism.REWORDED_TEXT not in found


def test_one_small_figure_beside_a_quotation_is_no_rewording() -> None:
    """Two reports of one afternoon both count two men of their own."""
    first = document(f"“{SAID},” said the mayor. 2 men stood by.", id="a", published="2024-03-01")
    later = document(f"The mayor spoke to 2 men of the fire brigade: “{SAID}.”", id="b", published="2024-03-02")
    found = [edge.mechanism for edge in edges(first, later, figure="2", level=EdgeLevel.DOCUMENT)]
    assert Mechanism.REWORDED_TEXT not in found


def test_the_same_figures_with_a_shorter_quotation_are_no_rewording() -> None:
    """A few words of direct speech are a saying."""
    first = document("“There is nobody left inside,” said the mayor. 140 people were there.", id="a")
    later = document("Of 140 people none remained. “There is nobody left inside,” a fireman said.", id="b")
    found = [edge.mechanism for edge in edges(first, later, level=EdgeLevel.DOCUMENT)]
    assert Mechanism.REWORDED_TEXT not in found


def test_agency_text_under_many_mastheads_is_one_origin() -> None:
    """Each goes back to the agency's own report of that day, whichever was read first."""
    own = document(f"{LEAD}\n{STORY}\n{AFTER}", id="zz-own", outlet="Harbor Press", published="2024-03-01")
    papers = [
        document(
            f"PORT AGNES, March 1 (Harbor Press) - {LEAD}\n{STORY}\n{AFTER}\n(Reporting by Ann Lee; editing by Jo Ray)",
            id=f"paper-{turn}", outlet=f"Paper {turn}", published="2024-03-01",
        )
        for turn in range(12)
    ]  # fmt: skip
    sources = (*papers, own)
    lineage = trace(sources, tuple(claim(source, "140", category="civilian") for source in sources), DOSSIER)
    copied = [edge for edge in lineage.edges if edge.mechanism is Mechanism.IDENTICAL_TEXT]
    assert {edge.earlier for edge in copied if edge.level is EdgeLevel.DOCUMENT} == {"zz-own"}
    assert len(lineage.origins) == 1


def test_of_one_day_the_report_of_an_agency_is_the_original() -> None:
    """Also where a paper that prints it names an earlier hour and no agency."""
    paper = document(f"{LEAD}\n{STORY}", id="paper", outlet="Morning Post", published="2024-03-01T06:00:00Z")
    agency = document(f"{LEAD}\n{STORY}", id="agency", outlet="Reuters", published="2024-03-01T09:00:00Z")
    (edge,) = edges(paper, agency, level=EdgeLevel.DOCUMENT)
    assert (edge.later, edge.earlier) == ("paper", "agency")
    after = replace(agency, published="2024-03-02")
    (edge,) = edges(paper, after, level=EdgeLevel.DOCUMENT)
    assert (edge.later, edge.earlier) == ("agency", "paper")


def test_without_the_agencys_own_report_the_earliest_is_the_origin() -> None:
    """A credit line names no report of the case."""
    papers = [
        document(f"PORT AGNES (Harbor Press) - {LEAD}\n{STORY}", id=f"p{day}", outlet=f"Paper {day}",
                 published=f"2024-03-0{day}")
        for day in (3, 1, 2)
    ]  # fmt: skip
    assert {edge.earlier for edge in edges(*papers, level=EdgeLevel.DOCUMENT)} == {"p1"}


def test_the_same_text_months_later_is_an_old_text_under_a_new_date() -> None:
    """The reason names the gap and the first date."""
    first = document(f"{LEAD}\n{STORY}", id="first", outlet="Early Post", published="2024-03-01")
    later = document(f"{LEAD}\n{STORY}", id="later", outlet="Late Post", published="2025-03-01")
    (edge,) = edges(first, later, level=EdgeLevel.DOCUMENT)
    assert edge.mechanism is Mechanism.REPUBLISHED_TEXT
    assert "365 days" in edge.reason
    assert "2024-03-01" in edge.reason


def test_the_same_text_a_week_later_is_a_copy() -> None:
    """Weeklies print what dailies had."""
    first = document(f"{LEAD}\n{STORY}", id="first", published="2024-03-01")
    later = document(f"{LEAD}\n{STORY}", id="later", published="2024-03-08")
    (edge,) = edges(first, later, level=EdgeLevel.DOCUMENT)
    assert edge.mechanism is Mechanism.IDENTICAL_TEXT


def test_a_report_goes_back_to_the_version_that_it_shares_most_with() -> None:
    """A copy of an edited copy has the editor's words."""
    first = document(f"{LEAD}\n{STORY}", id="first", outlet="One", published="2024-03-01")
    edited = document(f"{LEAD}\n{STORY}\n{MORE}", id="edited", outlet="Two", published="2024-03-02")
    last = document(f"{LEAD}\n{STORY}\n{MORE}", id="last", outlet="Three", published="2024-03-03")
    found = {(edge.later, edge.earlier) for edge in edges(first, edited, last, level=EdgeLevel.DOCUMENT)}
    assert found == {("edited", "first"), ("last", "edited")}


def test_a_report_made_of_two_goes_back_to_both() -> None:
    """Each source is named with the passages that come from it."""
    one = document(f"{STORY}\n{LEAD}", id="one", outlet="One", published="2024-03-01")
    two = document(AFTER, id="two", outlet="Two", published="2024-03-01")
    both = document(f"{STORY}\n{AFTER}\n{OTHER}", id="both", outlet="Three", published="2024-03-02")
    found = {(edge.later, edge.earlier) for edge in edges(one, two, both, level=EdgeLevel.DOCUMENT)}
    assert found == {("both", "one"), ("both", "two")}


def test_a_comment_below_a_text_is_no_copy_of_it() -> None:
    """What readers say is not what the report says."""
    first = document(STORY, id="first", published="2024-03-01")
    later = document(f"{OTHER}\n{STORY}", id="later", published="2024-03-02")
    passages = (later.passages[0], replace(later.passages[1], kind=PassageKind.COMMENT))
    assert not edges(first, replace(later, passages=passages), level=EdgeLevel.DOCUMENT)


def test_a_long_quotation_alone_is_no_partial_copy() -> None:
    """Whoever was there can quote it."""
    said = "“" + STORY.replace("“", "").replace("”", "") + "”"
    first = document(f"{said} the captain said.\n{OTHER}", id="first", outlet="One", published="2024-03-01")
    later = document(f"{AFTER}\n{said} she read aloud.", id="later", outlet="Two", published="2024-03-02")
    found = [edge.mechanism for edge in edges(first, later, level=EdgeLevel.DOCUMENT)]
    assert Mechanism.PARTIAL_TEXT not in found
