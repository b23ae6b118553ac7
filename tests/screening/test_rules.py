"""Rules R17, R18, R20, R21 and R23 as far as flags obey them, each with its reason; whole sentences come in."""

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factory import document
from tallystick.deriving import derive
from tallystick.dossiers.loading import load
from tallystick.extraction.extraction import extract
from tallystick.model.document import Document
from tallystick.model.flag import Flag

DOSSIER = load("dprk-russia")


def report(text: str, day: str | None, name: str = "one") -> Document:
    """A report of this day."""
    return document(text, id=name, outlet=name.capitalize(), published=day)


def flags(code: str, *reports: Document) -> list[Flag]:
    """The flags of one kind in a case of these reports."""
    claims = tuple(claim for one in reports for claim in extract(one, DOSSIER))
    return [flag for flag in derive(reports, claims, DOSSIER).flags if flag.code == code]


def words(flag: Flag, *reports: Document) -> list[str]:
    """The words that a flag rests on."""
    texts = {one.id: one.text for one in reports}
    return [texts[span.document][span.start : span.end] for span in flag.evidence]


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        ("A brigade of 90,000 soldiers came to Kursk.", ["brigade", "90,000"]),
        ("The 11th brigade, numbering about 400 soldiers, came to Kursk.", ["brigade", "400"]),
        ("The battalion has 12,000 soldiers.", ["battalion", "12,000"]),
        ("Two brigades of 500 men each were sent to Kursk.", ["brigades", "500"]),
        ("A company of 2,000 soldiers was sent to Kursk.", ["company", "2,000"]),
        ("The brigade of 1,000 soldiers arrived in Rostov.", ["brigade", "1,000"]),
    ],
)
def test_a_unit_of_an_unusual_size_is_worth_a_note(text: str, evidence: list[str]) -> None:
    """R20: no army calls so many or so few a brigade; perhaps the text means a detachment, or all that were sent."""
    told = report(text, "2025-06-20")
    (found,) = flags("implausible_size", told)
    assert (found.severity, words(found, told)) == ("note", evidence)
    assert "would be unusual" in found.reason


@pytest.mark.parametrize(
    "text",
    [
        "Two brigades of 5,000 military builders will be sent to Kursk.",
        "A brigade of 3,000 soldiers came to Kursk.",
        "A company of 5,000 employees was sold.",
        "The fire brigade of 30 firefighters came.",
        "The brigade lost 400 soldiers.",
        "The brigade has 400 soldiers in Kursk.",
        "A battalion came. Of 12,000 soldiers nobody knew.",
        "A brigade of more than 1,000 soldiers came to Kursk.",
    ],
)
def test_usual_sizes_and_other_relations_are_left_alone(text: str) -> None:
    """R20: what is customary, a business, a part of a unit, its losses and an open bound say nothing unusual."""
    assert flags("implausible_size", report(text, "2025-06-20")) == []


def test_land_that_nobody_can_clear_is_worth_a_note() -> None:
    """R20: people, land and time of one sentence make a yield, and a deminer clears some dozens of square meters."""
    told = report("About 1,000 sappers cleared 42,400 hectares in 90 days.", "2025-12-20")
    (found,) = flags("implausible_size", told)
    assert "4,711 square meters" in found.reason
    assert words(found, told) == ["1,000", "42,400 hectares", "in 90 days"]


@pytest.mark.parametrize(
    "text",
    [
        "About 1,000 sappers cleared 200 hectares in 90 days.",
        "About 1,000 sappers cleared 42,400 hectares.",
        "About 1,000 sappers came. Fields of 42,400 hectares were sown in 90 days.",
    ],
)
def test_land_without_an_unusual_yield_is_left_alone(text: str) -> None:
    """R20: a yield is reckoned only where one sentence gives people, land and time."""
    assert flags("implausible_size", report(text, "2025-12-20")) == []


WORKERS = (
    "North Korea will send 6,000 workers to the Kursk region to clear mines and rebuild what was destroyed in the "
    "fighting there last year, {who} on Tuesday."
)


def test_a_relay_that_raises_the_speaker_is_flagged() -> None:
    """R17: what a governor said has not been confirmed by the Kremlin because a copy says so."""
    one = report(WORKERS.format(who="Governor Khinshtein said"), "2025-06-17")
    other = report(WORKERS.format(who="the Kremlin confirmed"), "2025-06-18", "two")
    (found,) = flags("attribution_upgrade", one, other)
    assert (found.severity, words(found, one, other)) == ("warning", ["Khinshtein", "6,000", "Kremlin", "6,000"])
    assert flags("attribution_upgrade", other, one) == [found]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Sergei Shoigu said", "the Kremlin confirmed"),
        ("the Kremlin said", "Governor Khinshtein confirmed"),
        ("Governor Khinshtein said", "Russian officials confirmed"),
        ("Governor Khinshtein said", "South Korea confirmed"),
        ("the National Intelligence Service said", "South Korea confirmed"),
        ("a local clerk said", "the Kremlin confirmed"),
    ],
)
def test_a_speaker_who_may_stand_for_the_body_is_no_upgrade(first: str, second: str) -> None:
    """R17: the dossier says for whom he speaks; a lower, vaguer or foreign name raises nobody."""
    one = report(WORKERS.format(who=first), "2025-06-17")
    other = report(WORKERS.format(who=second), "2025-06-18", "two")
    assert flags("attribution_upgrade", one, other) == []


def test_two_statements_of_one_figure_are_no_upgrade() -> None:
    """R17: where nothing ties them, the Kremlin may have said of its own what the governor said."""
    one = report("Governor Khinshtein said on Tuesday that 6,000 North Korean workers would come.", "2025-06-17")
    other = report(
        "Asked about rebuilding villages near the border, the Kremlin confirmed to reporters that it expected "
        "6,000 workers from North Korea.",
        "2025-06-18",
        "two",
    )
    assert flags("attribution_upgrade", one, other) == []


CROSSED = (
    "According to the border service {number} North Korean workers came to Russia in the first three months of the "
    "year to work on building sites in the east, a border official told reporters on Friday in Vladivostok."
)


@pytest.mark.parametrize(
    ("full", "short"),
    [("13,221", "13"), ("13,221", "13/221"), ("5 thousand", "5"), ("50,000", "5"), ("15,000", "1,500")],
)
def test_a_number_that_lost_digits_in_a_copied_passage_is_flagged(full: str, short: str) -> None:
    """R23: separators, words of scale and counting in ten thousands are lost in translation; nobody counted anew."""
    one = report(CROSSED.format(number=full), "2025-06-17")
    other = report(CROSSED.format(number=short), "2025-06-19", "two")
    (found,) = flags("number_lost_in_translation", one, other)
    assert found.severity == "warning"
    assert words(found, one, other)[0] == full
    assert [span.document for span in found.evidence] == ["one", "two"]
    assert flags("translation_suspect", one, other) == []


@pytest.mark.parametrize("other", ["13,221", "14,221", "13,000", "some"])
def test_another_number_in_a_copied_passage_lost_nothing(other: str) -> None:
    """R23: the same number, an update and a rounded one are no loss of digits."""
    reports = (
        report(CROSSED.format(number="13,221"), "2025-06-17"),
        report(CROSSED.format(number=other), "2025-06-19", "two"),
    )
    assert flags("number_lost_in_translation", *reports) == []


SILENT = (
    "Sergei Shoigu said that 6,000 North Korean workers would come to the Kursk region. {silence} the deployment.",
    "North Korea confirmed on Thursday that it would send 6,000 workers to the Kursk region.",
)


@pytest.mark.parametrize(
    ("silence", "found"),
    [
        ("North Korea has not yet confirmed", "North Korea has not yet confirmed"),
        ("North Korea's state media has yet to confirm", "North Korea's state media has yet to confirm"),
        ("Pyongyang did not announce", "Pyongyang did not announce"),
    ],
)
def test_a_silence_ends_with_the_confirmation(silence: str, found: str) -> None:
    """R21: "has not confirmed yet" is true of its day; two days later the same state confirmed it."""
    one = report(SILENT[0].format(silence=silence), "2025-06-17")
    other = report(SILENT[1], "2025-06-19", "two")
    (flag,) = flags("silence_ended", one, other)
    assert (flag.severity, words(flag, one, other)) == ("note", [found, "6,000"])
    assert "2025-06-17" in flag.reason
    assert flags("silence_ended", other, one) == [flag]


@pytest.mark.parametrize(
    ("silence", "later", "day"),
    [
        ("North Korea has not yet confirmed", "The Kremlin said that it would take 6,000 workers.", "2025-06-19"),
        ("North Korea has not yet confirmed", SILENT[1], "2025-06-16"),
        ("North Korea has not yet confirmed", "North Korea said on Thursday that 40 ships had come in.", "2025-06-19"),
        ("North Korea has confirmed", SILENT[1], "2025-06-19"),
        ("Experts on North Korea have not confirmed", SILENT[1], "2025-06-19"),
        ("A spokesman for the North has not confirmed", SILENT[1], "2025-06-19"),
    ],
)  # fmt: skip
def test_a_silence_that_nobody_broke_stands(silence: str, later: str, day: str) -> None:
    """R21: another speaker, an earlier day, another figure or another subject of the sentence end no silence."""
    reports = report(SILENT[0].format(silence=silence), "2025-06-17"), report(later, day, "two")
    assert flags("silence_ended", *reports) == []


def test_a_report_without_a_date_has_no_dated_silence() -> None:
    """R21: what nobody can date cannot be said to have ended."""
    one = report(SILENT[0].format(silence="North Korea has not yet confirmed"), None)
    assert flags("silence_ended", one, report(SILENT[1], "2025-06-19", "two")) == []


@pytest.mark.parametrize(
    ("text", "day", "severity"),
    [
        ("Pentagon spokesman Pat Ryder said that 10,000 soldiers had come to Kursk.", "2025-10-29", "error"),
        ("Russian ambassador Alexander Matsegora said that 15,000 workers had come.", "2026-02-10", "error"),
        ("Pentagon spokesman Pat Ryder warned. The 10,000 soldiers had come in June 2025.", None, "warning"),
    ],
)
def test_nobody_speaks_from_an_office_that_he_has_left(text: str, day: str | None, severity: str) -> None:
    """R18 (A1, A7, A8): he had left it, or died, when he is said to have said it; undated texts are read by content."""
    (found,) = flags("office_anachronism", report(text, day))
    assert found.severity == severity


def test_an_old_quotation_with_its_year_is_in_order() -> None:
    """R18 (A1): a dated quotation of somebody who was in office then is no fault."""
    text = "In June 2024 Pentagon spokesman Pat Ryder said that 10,000 soldiers could come to Kursk."
    assert flags("office_anachronism", report(text, "2025-10-29")) == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The UN Panel of Experts said that 10,000 North Korean workers were in Russia.", "2025-06-17"),
        ("The Multilateral Sanctions Monitoring Team said that 10,000 workers were in Russia.", "2024-02-17"),
    ],
)
def test_a_body_that_is_not_there_says_nothing(text: str, day: str) -> None:
    """R18 (A4): a panel whose mandate has ended, or a team before it was set up, can have counted nothing."""
    told = report(text, day)
    (found,) = flags("body_anachronism", told)
    assert (found.severity, words(found, told)) == ("warning", ["10,000"])


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("In March 2024 the UN Panel of Experts said that 10,000 workers were in Russia.", "2025-06-17"),
        ("The UN Panel of Experts said that 10,000 North Korean workers were in Russia.", "2024-05-10"),
        ("The UN Panel of Experts said that 10,000 North Korean workers were in Russia.", None),
        ("The National Intelligence Service said that 10,000 workers were in Russia.", "2025-06-17"),
    ],
)
def test_a_body_in_its_time_is_in_order(text: str, day: str | None) -> None:
    """R18 (A4): an old report that is dated, the last weeks, an undated text and a body without years are no fault."""
    assert flags("body_anachronism", report(text, day)) == []


WORDS = (
    "“If they send their people into this war they will be cannon fodder in it, and we have said so to all who would "
    "listen.”"
)
ASKED = (
    f"Asked about a television story on engineers, the spokesman told reporters on the lawn: {WORDS} He then went back "
    "into the building and took no other questions from those who were waiting outside in the rain since the morning."
)
REPLIED = (
    f"{{when}} in reply to a question on arrivals at the border, the spokesman said this of the men who were "
    f"seen there: {WORDS} Nobody in the capital of the country wanted to add anything to that, and the embassy did not "
    "answer its telephone all day."
)


def test_words_that_are_older_than_what_they_are_quoted_on_are_flagged() -> None:
    """R18 (A2): words in print sixteen months before do not answer the news of today."""
    one = report(ASKED, "2024-06-25")
    other = report(REPLIED.format(when="On Wednesday,"), "2025-10-29", "two")
    (found,) = flags("recycled_quotation", one, other)
    assert found.severity == "warning"
    assert [span.document for span in found.evidence] == ["two", "one"]
    assert all("cannon fodder" in passage for passage in words(found, one, other))
    assert "2024-06-25" in found.reason
    assert flags("recycled_quotation", other, one) == [found]


@pytest.mark.parametrize(
    ("when", "day"),
    [("In June 2024", "2025-10-29"), ("Last year", "2025-10-29"), ("Long ago", "2025-10-29"), ("Today", "2024-07-30")],
)
def test_words_that_are_said_to_be_old_are_in_order(when: str, day: str) -> None:
    """R18 (A2): whoever says that he quotes old words, or quotes them soon, misleads nobody."""
    one = report(ASKED, "2024-06-25")
    other = report(REPLIED.format(when=when), day, "two")
    assert flags("recycled_quotation", one, other) == []


def test_a_statement_from_the_day_after_the_report_is_flagged() -> None:
    """R18 (A6): what is told as done has not been done on a day to come."""
    told = report("The ministry said that 3,000 soldiers came to Kursk on 20 August 2025.", "2025-06-17")
    (found,) = flags("date_in_future", told)
    assert words(found, told) == ["3,000"]


def test_flags_do_not_depend_on_the_order_of_the_reports() -> None:
    """R24: the same reports give the same flags, evidence and words in whatever order they come."""
    reports = (
        report(WORKERS.format(who="Governor Khinshtein said"), "2025-06-17"),
        report(WORKERS.format(who="the Kremlin confirmed"), "2025-06-18", "two"),
        report(
            f"{SILENT[0].format(silence='North Korea has not yet confirmed')} A brigade of 90,000 soldiers left.",
            "2025-06-17",
        ),
        report(SILENT[1], "2025-06-19", "four"),
    )
    reports = (*reports[:2], replace(reports[2], id="three"), reports[3])
    claims = {one.id: extract(one, DOSSIER) for one in reports}
    found = {
        derive(order, tuple(claim for one in order for claim in claims[one.id]), DOSSIER).flags
        for order in permutations(reports)
    }
    (flagged,) = found
    assert {"attribution_upgrade", "silence_ended", "implausible_size"} <= {flag.code for flag in flagged}


PIECES = (
    "brigade of", "two brigades,", "numbering", "about", "9,999,999", "1,000 soldiers", "sappers cleared", "each",
    "42,400 hectares", "in 90 days", "(", "North Korea", "has not yet confirmed", "the Kremlin said that", "“", "”",
    ".", "\n", "km from",
)  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=40), st.lists(st.sampled_from(PIECES), max_size=40))
def test_no_text_breaks_the_rules(one: list[str], other: list[str]) -> None:
    """Whatever the words, every flag rests on spans of its reports."""
    reports = report(" ".join(one), "2024-06-17"), report(" ".join(other), "2025-06-19", "two")
    claims = tuple(claim for told in reports for claim in extract(told, DOSSIER))
    for flag in derive(reports, claims, DOSSIER).flags:
        assert all(words(flag, *reports))


@pytest.mark.parametrize(
    "text",
    [
        "Some 3,000 people own land under leases which expire on August 14.",
        "The plant is giving 2,000 workers a holiday from July 26.",
        "Officials said in the report that 70,000 people came in fiscal 2026.",
        "More than 15,000 people were left homeless by Thursday's earthquake.",
    ],
)
def test_a_term_that_lies_ahead_is_no_event_of_the_future(text: str) -> None:
    """R18: what runs from or until a later day is told of today; a weekday may be of the week before."""
    assert flags("date_in_future", report(text, "2025-06-20")) == []


def test_an_event_with_a_later_date_is_flagged() -> None:
    """R18: a report of June cannot tell as a fact what happened in September."""
    told = report("On 5 September 2025 the shelling killed 40 soldiers in Kursk.", "2025-06-20")
    (found,) = flags("date_in_future", told)
    assert (found.severity, words(found, told)) == ("warning", ["40"])


@pytest.mark.parametrize(
    ("text", "whom"),
    [
        ("A source said that 6,000 North Korean workers would come to Kursk to clear mines in summer.", '"A source"'),
        ("Some 6,000 North Korean workers arrived in Kursk to clear mines in summer.", "one report that names nobody"),
    ],
)
def test_a_figure_of_many_reports_that_nobody_stands_behind_is_noted(text: str, whom: str) -> None:
    """R21: three reports make it look well founded, and there is nobody to ask."""
    reports = tuple(report(text, f"2025-06-{17 + turn}", f"paper-{turn}") for turn in range(3))
    (found,) = flags("anonymous_origin", *reports)
    assert (found.severity, len(found.claims)) == ("note", 3)
    assert whom in found.reason
    assert flags("single_origin", *reports) == []


@pytest.mark.parametrize("reports", [1, 2])
def test_a_figure_of_few_reports_is_no_common_knowledge(reports: int) -> None:
    """R21: nobody takes one or two reports for many."""
    text = "A source said that 6,000 North Korean workers would come to Kursk to clear mines in summer."
    told = [report(text, f"2025-06-{17 + turn}", f"paper-{turn}") for turn in range(reports)]
    assert flags("anonymous_origin", *told) == []


def test_a_figure_of_a_named_speaker_is_not_anonymous() -> None:
    """R21: somebody can be asked, so that it is one origin and no more."""
    text = "Sergei Shoigu said that 6,000 North Korean workers would come to Kursk to clear mines in summer."
    reports = tuple(report(text, f"2025-06-{17 + turn}", f"paper-{turn}") for turn in range(3))
    assert flags("anonymous_origin", *reports) == []
    assert len(flags("single_origin", *reports)) == 1


def test_more_than_doubled_of_three_times_is_told_with_its_arithmetic() -> None:
    """R9: 600 and 2,000 are true and said too small; that is a step of the estimate, and no flag."""
    told = report(
        "The toll of North Korean dead in Kursk more than doubled to 2,000 from 600, the National Intelligence Service "
        "said.",
        "2025-09-11",
    )
    claims = extract(told, DOSSIER)
    derived = derive((told,), claims, DOSSIER)
    steps = [step for one in derived.estimates for step in one.steps]
    assert any("2,000" in step and "600 = 3.3" in step and "too little" in step for step in steps)
    assert "ratio_mismatch" not in {one.code for one in derived.flags}


@pytest.mark.parametrize(
    "text",
    [
        "The number of North Korean soldiers in Russia tripled to {} from 11,000, Ukrainian intelligence said.",
        "{} North Korean soldiers will come, triple the 11,000 of last year, Ukrainian intelligence said.",
    ],
)
@pytest.mark.parametrize(("number", "off"), [("30,000", False), ("33,000", False), ("25,000", True)])
def test_a_multiple_is_right_as_far_as_its_figures_are_rounded(text: str, number: str, *, off: bool) -> None:
    """R9: 30,000 and 11,000 may be counts of which one is three times the other; 25,000 can not."""
    found = flags("ratio_mismatch", report(text.format(number), "2025-07-03"))
    assert bool(found) is off


@pytest.mark.parametrize("place", ["", " in Kursk"])
def test_people_whom_their_country_tells_are_one_population(place: str) -> None:
    """A dossier with places of its own watches one subject: its casualties of one country are the same ones."""
    text = "Russia has lost men. The {} said that {} North Korean soldiers had been killed or wounded{}."
    one = report(text.format("National Intelligence Service", "4,700", place), "2025-06-17")
    other = report(text.format("Pentagon", "12,000", place), "2025-06-18", "two")
    (found,) = flags("conflict", one, other)
    assert found.severity == "warning"
    bare = replace(DOSSIER, places=())
    claims = tuple(claim for told in (one, other) for claim in extract(told, bare))
    kept = [flag.code for flag in derive((one, other), claims, bare).flags if flag.code == "conflict"]
    assert bool(kept) is bool(place)


def test_reports_on_other_subjects_are_in_no_conflict() -> None:
    """Two counts of anybody's dead are no conflict of this subject: these reports do not bear on it."""
    text = "The {} said that {} American soldiers had been killed."
    one = report(text.format("army", "12"), "2025-06-17")
    other = report(text.format("Pentagon", "40"), "2025-06-18", "two")
    assert flags("conflict", one, other) == []
