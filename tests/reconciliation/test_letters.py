"""Which letter of a source holds: by topic, by role, by date; and that credibility never looks at it."""

from dataclasses import replace

import pytest

from factory import document
from reconciled import DOSSIER, claim, line_of, weighed
from tallystick.model.claim import Claim
from tallystick.model.dossier import Actor, Grade, Source
from tallystick.model.estimate import Estimate

GRADES = (
    Grade("D"),
    Grade("C", topic="casualty"),
    Grade("B", topic="killed"),
    Grade("E", role="primary"),
    Grade("A", since="2025-03"),
)


REPORT = document("5 of them.", id="d", outlet="Post", published="2025-01-10")


def estimate(source: Source, one: Claim, published: str | None = "2025-01-10") -> Estimate:
    """The estimate of one claim of one report."""
    dossier = replace(
        DOSSIER, sources=(source,), actors=(*DOSSIER.actors, Actor("duma", "Far Duma", side="XA", kind="organization"))
    )
    return line_of(weighed([replace(REPORT, published=published)], [one], dossier=dossier), one)


def letter(source: Source, one: Claim, published: str | None = "2025-01-10") -> str:
    """The letter of the only reading."""
    return estimate(source, one, published).readings[0].reliability


def test_a_grade_for_the_category_comes_before_its_kind_before_any() -> None:
    """The narrower topic decides."""
    source = Source("Post", reliability="D", grades=GRADES)
    assert letter(source, claim(REPORT, "5", category="killed", speaker="A Clerk")) == "B"
    assert letter(replace(source, grades=(*GRADES[:2],)), claim(REPORT, "5", category="killed")) == "C"
    assert letter(source, claim(REPORT, "5", category="builder", speaker="A Clerk")) == "D"


def test_the_role_decides_among_grades_of_one_topic() -> None:
    """What an outlet says in its own voice is primary, what it credits to another a relay."""
    source = Source("Post", reliability="D", grades=GRADES)
    assert letter(source, claim(REPORT, "5", category="builder", speaker=None)) == "E"


@pytest.mark.parametrize(("published", "wanted"), [("2025-02-28", "D"), ("2025-03-01", "A"), (None, "D")])
def test_the_latest_grade_that_is_not_after_the_report_holds(published: str | None, wanted: str) -> None:
    """A regrading changes nothing of what was reported before it; a report without a date takes no dated grade."""
    source = Source("Post", reliability="D", grades=GRADES)
    assert letter(source, claim(REPORT, "5", category="builder", speaker="A Clerk"), published) == wanted


def test_a_state_agency_speaks_for_itself_where_a_body_of_its_state_speaks() -> None:
    """For a foreign body it is a relay, as a private outlet is for any."""
    grades = (Grade("B", role="primary"), Grade("D", role="relay"))
    agency = Source("Post", kind="state_media", state="XA", grades=grades)
    assert letter(agency, claim(REPORT, "5", category="builder", speaker="Far Duma")) == "B"
    assert letter(agency, claim(REPORT, "5", category="builder", speaker="South Ministry")) == "D"
    assert letter(replace(agency, kind="outlet"), claim(REPORT, "5", category="builder", speaker="Far Duma")) == "D"


def test_an_aggregator_has_its_own_role() -> None:
    """Whoever speaks."""
    source = Source("Post", kind="aggregator", grades=(Grade("E", role="aggregator"), Grade("A", role="primary")))
    assert letter(source, claim(REPORT, "5", category="builder", speaker=None)) == "E"


def test_a_topic_that_nobody_can_grade_is_f() -> None:
    """An F for a topic does not fall back on the general letter, and stays out of arithmetic."""
    found = estimate(
        Source("Post", reliability="B", grades=(Grade("B"), Grade("F", topic="killed"))),
        claim(REPORT, "5", category="killed"),
    )
    assert found.readings[0].reliability == "F"


def test_credibility_does_not_look_at_letters() -> None:
    """Admiralty's two axes are never merged: the same origins give the same grade under any letters."""
    one = claim(REPORT, "5", category="builder", speaker="A Clerk")
    found = {estimate(Source("Post", reliability=grade), one).credibility for grade in "ABCDEF"}
    assert len(found) == 1
